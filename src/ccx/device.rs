//! Devices: their ids, and the records of `CONFIG_DEVICE_EVENT` by the kind of device.

use alloc::string::String;
use core::fmt;
use core::ops::Deref;

use super::messages::DeviceRecord;
use super::values::ConfigDeviceType;
use crate::mhdr::prelude::*;
use crate::text::compare;
use crate::text_buf::TextBuf;

/// The id of a device: an extension, a CTI port, a route point or another number.
///
/// From version 14 on it may have the form `primary.actual`, such as `1000.1001`: for an agent with
/// several lines, the primary extension and the line in question. In all other respects it is a
/// [`Text`].
///
/// ```
/// use cti_codec::ccx::DeviceId;
///
/// let id = DeviceId::from("1000.1001");
/// assert_eq!(id, "1000.1001");
/// assert_eq!(id.primary(), "1000");
/// assert_eq!(id.actual(), Some("1001".into()));
/// assert_eq!(DeviceId::from("2006").actual(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent, bound(deserialize = "'de: 'a")))]
pub struct DeviceId<'a>(pub Text<'a>);

impl<'a> DeviceId<'a> {
    /// Returns the part before the first dot, or the whole id if it has none.
    #[must_use]
    pub fn primary(self) -> Text<'a> {
        self.split().0
    }

    /// Returns the line: the part after the first dot, other dots included; `None` without a dot.
    #[must_use]
    pub fn actual(self) -> Option<Text<'a>> {
        self.split().1
    }

    fn split(self) -> (Text<'a>, Option<Text<'a>>) {
        let mut halves = self.0.as_bytes().splitn(2, |byte| *byte == b'.');
        let primary = halves.next().unwrap_or_default();
        (Text::new(primary), halves.next().map(Text::new))
    }
}

impl<'a> Deref for DeviceId<'a> {
    type Target = Text<'a>;

    fn deref(&self) -> &Text<'a> {
        &self.0
    }
}

macro_rules! from {
    ($($Other:ty)*) => {$(
        impl<'a> From<$Other> for DeviceId<'a> {
            fn from(text: $Other) -> Self {
                Self(text.into())
            }
        }
    )*};
}

from!(Text<'a> &'a str &'a String &'a TextBuf &'a [u8]);

impl<'a> From<DeviceId<'a>> for Text<'a> {
    fn from(id: DeviceId<'a>) -> Self {
        id.0
    }
}

impl From<DeviceId<'_>> for TextBuf {
    fn from(id: DeviceId<'_>) -> Self {
        id.0.into()
    }
}

compare!(DeviceId<'_>: str &str String [u8] &[u8] Text<'_> TextBuf);

impl AsRef<[u8]> for DeviceId<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Displays like [`Text`].
impl fmt::Display for DeviceId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Displays like [`Text`].
impl fmt::Debug for DeviceId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<'a> Single<'a> for DeviceId<'a> {
    const KIND: Kind = Kind::String;
    const VALUES: Option<&'static ValueTable> = None;
    #[inline(always)]
    fn parse(data: &'a [u8]) -> Option<Self> {
        <Text<'a> as Single<'a>>::parse(data).map(Self)
    }
    #[inline(always)]
    fn take(step: &Step<'a>) -> Option<Self> {
        Text::take(step).map(Self)
    }
    #[inline(always)]
    fn size(self) -> usize {
        self.0.size()
    }
    #[inline(always)]
    fn put(self, row: &'static FieldRow, out: &mut Writer<'_>) {
        self.0.put(row, out);
    }
    #[inline(always)]
    fn stays(data: &'a [u8], row: &FieldRow, strict: bool) -> bool {
        <Text<'a> as Single<'a>>::stays(data, row, strict)
    }
    fn value(self) -> Value<'a> {
        self.0.value()
    }
    #[inline(always)]
    fn refusal(self) -> Option<Fault> {
        self.0.refusal()
    }
}

/// The contents of a [`DeviceRecord`] by the kind of device (guide, Table 50).
///
/// A record has the same fields for every kind; only this table gives their meaning. Fields that a
/// kind does not use are omitted here, and stay in the record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Device<'a> {
    /// The phone of an agent: `DeviceType` 3.
    Agent {
        /// `DeviceField0`: Unified CCX's own number for the agent.
        agent_record_id: Option<u32>,
        /// `DeviceField2`: the login.
        login_id: Option<Text<'a>>,
        /// `DeviceField4`: the extension.
        agent_extension: Option<Text<'a>>,
    },
    /// A route point: `DeviceType` 5.
    RoutePoint {
        /// `DeviceField0`: the call control group. The guide's example before the table puts it in
        /// `DeviceField1`.
        call_control_group_id: Option<u32>,
        /// `DeviceField1`: the application.
        application_id: Option<u32>,
        /// `DeviceField2`: the number of the route point.
        route_point: Option<Text<'a>>,
        /// `MaxQueued`: the maximum number of sessions.
        session_limit: Option<u32>,
    },
    /// A CTI port: `DeviceType` 6.
    CtiPort {
        /// `DeviceField0`: the call control group.
        call_control_group_id: Option<u32>,
        /// `DeviceField2`: the port.
        cti_port_id: Option<Text<'a>>,
    },
    /// A call control group: `DeviceType` 7.
    CallControlGroup {
        /// `DeviceField0`: the group.
        call_control_group_id: Option<u32>,
        /// `MaxQueued`: the number of CTI ports in the group.
        cti_port_count: Option<u32>,
    },
    /// A kind that the table does not list; `None` if the record does not name one.
    Other(Option<ConfigDeviceType>),
}

impl<'a> DeviceRecord<'a> {
    /// Returns the contents of the record, by its `DeviceType`.
    ///
    /// ```
    /// use cti_codec::ccx::{ConfigDeviceType, Device, DeviceRecord};
    ///
    /// let record = DeviceRecord {
    ///     device_type: Some(ConfigDeviceType::CTI_PORT),
    ///     device_field0: Some(4),
    ///     device_field2: Some("CP_6001".into()),
    ///     ..DeviceRecord::default()
    /// };
    /// let port = Device::CtiPort {
    ///     call_control_group_id: Some(4),
    ///     cti_port_id: Some("CP_6001".into()),
    /// };
    /// assert_eq!(record.device(), port);
    /// ```
    #[must_use]
    pub fn device(&self) -> Device<'a> {
        match self.device_type {
            Some(ConfigDeviceType::AGENT) => Device::Agent {
                agent_record_id: self.device_field0,
                login_id: self.device_field2,
                agent_extension: self.device_field4,
            },
            Some(ConfigDeviceType::ROUTE_POINT) => Device::RoutePoint {
                call_control_group_id: self.device_field0,
                application_id: self.device_field1,
                route_point: self.device_field2,
                session_limit: self.max_queued,
            },
            Some(ConfigDeviceType::CTI_PORT) => Device::CtiPort {
                call_control_group_id: self.device_field0,
                cti_port_id: self.device_field2,
            },
            Some(ConfigDeviceType::CALL_CONTROL_GROUP) => Device::CallControlGroup {
                call_control_group_id: self.device_field0,
                cti_port_count: self.max_queued,
            },
            other => Device::Other(other),
        }
    }
}
