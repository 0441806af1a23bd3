//! The records of `CONFIG_DEVICE_EVENT`, by the kind of device.

use super::messages::DeviceRecord;
use super::values::ConfigDeviceType;
use crate::text::Text;

/// What a [`DeviceRecord`] says about its kind of device (guide, Table 50).
///
/// A record has the same fields for every kind; what they mean is in this table alone. Fields that
/// a kind does not use are left out here, and stay in the record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Device<'a> {
    /// The phone of an agent: `DeviceType` 3.
    Agent {
        /// `DeviceField0`: the number that Unified CCX itself has for the agent.
        agent_record_id: Option<u32>,
        /// `DeviceField2`: the login.
        login_id: Option<Text<'a>>,
        /// `DeviceField4`: the extension.
        agent_extension: Option<Text<'a>>,
    },
    /// A route point: `DeviceType` 5.
    RoutePoint {
        /// `DeviceField0`: the call control group. The example before the table has it in
        /// `DeviceField1`.
        call_control_group_id: Option<u32>,
        /// `DeviceField1`: the application.
        application_id: Option<u32>,
        /// `DeviceField2`: the number of the route point.
        route_point: Option<Text<'a>>,
        /// `MaxQueued`: how many sessions there may be.
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
    /// A kind that the table does not have; `None` where the record does not say which.
    Other(Option<ConfigDeviceType>),
}

impl<'a> Text<'a> {
    /// Splits a device id of the CCX protocol, version 14 and later, `Primary.Actual`, at its first
    /// dot.
    ///
    /// An agent with several lines is named by the primary extension and the line that is meant.
    /// Without a dot the whole is the primary one.
    ///
    /// ```
    /// use cti_codec::ccx::Text;
    ///
    /// let (primary, actual) = Text::from("1000.1001").split_device_id();
    /// assert_eq!((primary, actual), ("1000".into(), Some("1001".into())));
    /// ```
    #[must_use]
    pub fn split_device_id(self) -> (Self, Option<Self>) {
        let mut halves = self.as_bytes().splitn(2, |byte| *byte == b'.');
        let primary = halves.next().unwrap_or_default();
        (Self::new(primary), halves.next().map(Self::new))
    }
}

impl<'a> DeviceRecord<'a> {
    /// What the record says, by its `DeviceType`.
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
