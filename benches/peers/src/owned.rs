//! The result of every owning decoder: numbers, `String`s and `Vec`s for exactly the fields of the
//! message. `deku` and `binrw` derive the same structs; nom fills them.

use std::str::Utf8Error;
use std::string::FromUtf8Error;

use binrw::BinRead;
use cti_codec::ccx;
use deku::DekuRead;
use deku::ctx::Endian;

use crate::by_binrw::floating;
use crate::by_deku::collect;

/// Why a floating field cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum FieldError {
    #[error("a text is not UTF-8")]
    Utf8,
    #[error("a number has the wrong size")]
    Size,
    #[error("no NUL ends the name of a variable")]
    Name,
}

impl From<FromUtf8Error> for FieldError {
    fn from(_: FromUtf8Error) -> Self {
        Self::Utf8
    }
}

impl From<Utf8Error> for FieldError {
    fn from(_: Utf8Error) -> Self {
        Self::Utf8
    }
}

/// A floating field as it comes.
#[derive(Clone, PartialEq, Eq, Debug, DekuRead, BinRead)]
#[deku(ctx = "_: Endian")]
pub struct Field {
    pub id: u8,
    pub length: u8,
    #[deku(count = "length")]
    #[br(count = length)]
    pub data: Vec<u8>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NamedVariable {
    pub name: String,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NamedArray {
    pub index: u8,
    pub name: String,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CtiClient {
    pub signature: Option<String>,
    pub time_stamp: Option<u32>,
}

/// The data of a floating field: owned already, and made into a text in place, or borrowed, and
/// copied once.
pub trait Data: AsRef<[u8]> {
    fn text(self) -> Result<String, FieldError>;
    fn bytes(self) -> Vec<u8>;
    /// Splits `name NUL value NUL`.
    fn name_and_value(self) -> Result<(String, String), FieldError>;
}

fn name_size(data: &[u8]) -> Result<usize, FieldError> {
    data.iter()
        .position(|byte| *byte == 0)
        .ok_or(FieldError::Name)
}

impl Data for Vec<u8> {
    fn text(mut self) -> Result<String, FieldError> {
        if self.last() == Some(&0) {
            self.pop();
        }
        Ok(String::from_utf8(self)?)
    }

    fn bytes(self) -> Vec<u8> {
        self
    }

    fn name_and_value(mut self) -> Result<(String, String), FieldError> {
        let name = name_size(&self)?;
        let value = self.split_off(name + 1);
        Ok((self.text()?, value.text()?))
    }
}

impl Data for &[u8] {
    fn text(self) -> Result<String, FieldError> {
        Ok(str::from_utf8(self.strip_suffix(&[0]).unwrap_or(self))?.to_owned())
    }

    fn bytes(self) -> Vec<u8> {
        self.to_vec()
    }

    fn name_and_value(self) -> Result<(String, String), FieldError> {
        let (name, value) = self.split_at(name_size(self)?);
        Ok((name.text()?, value[1..].text()?))
    }
}

/// A number of four bytes.
fn number(data: &[u8]) -> Result<u32, FieldError> {
    let bytes = data.try_into().map_err(|_| FieldError::Size)?;
    Ok(u32::from_be_bytes(bytes))
}

impl NamedVariable {
    fn new(data: impl Data) -> Result<Self, FieldError> {
        let (name, value) = data.name_and_value()?;
        Ok(Self { name, value })
    }
}

impl NamedArray {
    fn new(data: impl Data) -> Result<Self, FieldError> {
        let (index, data) = data.as_ref().split_first().ok_or(FieldError::Size)?;
        let (name, value) = data.name_and_value()?;
        Ok(Self {
            index: *index,
            name,
            value,
        })
    }
}

/// Panics unless the values are those that cti-codec has.
pub trait Check<T> {
    fn check(&self, expected: &T);
}

macro_rules! check {
    ($self:ident, $other:ident: $($field:ident)*) => {
        $(assert_eq!(u32::from($self.$field), raw($other.$field), stringify!($field));)*
    };
}

/// Returns a number of the fixed part, of any type.
fn raw(number: impl Raw) -> u32 {
    number.raw()
}

trait Raw {
    fn raw(self) -> u32;
}

impl Raw for u16 {
    fn raw(self) -> u32 {
        self.into()
    }
}

impl Raw for u32 {
    fn raw(self) -> u32 {
        self
    }
}

macro_rules! codes {
    ($($Name:ident)*) => {
        $(impl Raw for ccx::$Name {
            fn raw(self) -> u32 {
                self.0.into()
            }
        })*
    };
}

codes!(CallType CallPartyDisposition ConnectionDeviceType DeviceType EventCause LineType LocalConnectionState);

macro_rules! check_texts {
    ($floating:ident, $expected:ident: $($text:ident)*) => {
        $(assert_eq!(
            $floating.$text.as_deref(),
            $expected.$text.map(|text| text.to_str().expect("UTF-8")),
            stringify!($text)
        );)*
    };
}

fn check_named(named: &[NamedVariable], expected: ccx::Repeated<'_, ccx::NamedVariable<'_>>) {
    let expected = expected.iter().map(|variable| NamedVariable {
        name: variable.name.to_string(),
        value: variable.value.to_string(),
    });
    assert!(expected.eq(named.iter().cloned()));
}

/// The floating part of [`BeginCall`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BeginCallFields {
    pub connection_device_id: Option<String>,
    pub ani: Option<String>,
    pub user_to_user_info: Option<Vec<u8>>,
    pub dnis: Option<String>,
    pub dialed_number: Option<String>,
    pub caller_entered_digits: Option<String>,
    pub call_variable1: Option<String>,
    pub call_variable2: Option<String>,
    pub call_variable3: Option<String>,
    pub call_variable4: Option<String>,
    pub call_variable5: Option<String>,
    pub call_variable6: Option<String>,
    pub call_variable7: Option<String>,
    pub call_variable8: Option<String>,
    pub call_variable9: Option<String>,
    pub call_variable10: Option<String>,
    pub call_wrapup_data: Option<String>,
    pub named_variables: Vec<NamedVariable>,
    pub named_arrays: Vec<NamedArray>,
    pub cti_clients: Vec<CtiClient>,
}

impl BeginCallFields {
    /// Takes a field in. One that the message does not have is left out.
    pub fn put(&mut self, id: u8, data: impl Data) -> Result<(), FieldError> {
        match id {
            25 => self.connection_device_id = Some(data.text()?),
            8 => self.ani = Some(data.text()?),
            10 => self.dnis = Some(data.text()?),
            11 => self.dialed_number = Some(data.text()?),
            12 => self.caller_entered_digits = Some(data.text()?),
            13 => self.call_variable1 = Some(data.text()?),
            14 => self.call_variable2 = Some(data.text()?),
            15 => self.call_variable3 = Some(data.text()?),
            16 => self.call_variable4 = Some(data.text()?),
            17 => self.call_variable5 = Some(data.text()?),
            18 => self.call_variable6 = Some(data.text()?),
            19 => self.call_variable7 = Some(data.text()?),
            20 => self.call_variable8 = Some(data.text()?),
            21 => self.call_variable9 = Some(data.text()?),
            22 => self.call_variable10 = Some(data.text()?),
            46 => self.call_wrapup_data = Some(data.text()?),
            9 => self.user_to_user_info = Some(data.bytes()),
            23 => self.cti_clients.push(CtiClient {
                signature: Some(data.text()?),
                time_stamp: None,
            }),
            24 => {
                let time_stamp = Some(number(data.as_ref())?);
                match self.cti_clients.last_mut() {
                    Some(client) if client.time_stamp.is_none() => client.time_stamp = time_stamp,
                    _ => self.cti_clients.push(CtiClient {
                        signature: None,
                        time_stamp,
                    }),
                }
            }
            82 => self.named_variables.push(NamedVariable::new(data)?),
            83 => self.named_arrays.push(NamedArray::new(data)?),
            _ => {}
        }
        Ok(())
    }
}

impl TryFrom<Vec<Field>> for BeginCallFields {
    type Error = FieldError;
    fn try_from(fields: Vec<Field>) -> Result<Self, FieldError> {
        let mut taken = Self::default();
        for field in fields {
            taken.put(field.id, field.data)?;
        }
        Ok(taken)
    }
}

/// `BEGIN_CALL_EVENT`.
#[derive(Clone, PartialEq, Eq, Debug, DekuRead, BinRead)]
#[deku(endian = "endian", ctx = "endian: Endian, length: u32")]
#[br(import(length: u32))]
pub struct BeginCall {
    pub monitor_id: u32,
    pub peripheral_id: u32,
    pub peripheral_type: u16,
    pub num_cti_clients: u16,
    pub num_named_variables: u16,
    pub num_named_arrays: u16,
    pub call_type: u16,
    pub connection_device_type: u16,
    pub call_id: u32,
    pub called_party_disposition: u16,
    #[deku(
        bytes_read = "length.saturating_sub(BeginCall::FIXED)",
        map = "collect"
    )]
    #[br(parse_with = floating, args(8 + u64::from(length)))]
    pub floating: BeginCallFields,
}

impl BeginCall {
    /// The bytes of the fixed part.
    pub const FIXED: u32 = 26;
}

impl Check<ccx::BeginCallEvent<'_>> for BeginCall {
    fn check(&self, expected: &ccx::BeginCallEvent<'_>) {
        check!(self, expected: monitor_id peripheral_id peripheral_type call_type connection_device_type call_id called_party_disposition);
        assert_eq!(expected.cti_clients.announced(), Some(self.num_cti_clients));
        assert_eq!(
            expected.named_variables.announced(),
            Some(self.num_named_variables)
        );
        assert_eq!(
            expected.named_arrays.announced(),
            Some(self.num_named_arrays)
        );
        let floating = &self.floating;
        check_texts!(floating, expected: connection_device_id ani dnis dialed_number caller_entered_digits call_variable1 call_variable2 call_variable3 call_variable4 call_variable5 call_variable6 call_variable7 call_variable8 call_variable9 call_variable10 call_wrapup_data);
        assert_eq!(
            floating.user_to_user_info.as_deref(),
            expected.user_to_user_info
        );
        let clients = expected.cti_clients.iter().map(|client| CtiClient {
            signature: client.cti_client_signature.map(|text| text.to_string()),
            time_stamp: client.cti_client_time_stamp.map(|time| time.0),
        });
        assert!(clients.eq(floating.cti_clients.iter().cloned()));
        check_named(&floating.named_variables, expected.named_variables);
        let arrays = expected.named_arrays.iter().map(|array| NamedArray {
            index: array.index,
            name: array.name.to_string(),
            value: array.value.to_string(),
        });
        assert!(arrays.eq(floating.named_arrays.iter().cloned()));
    }
}

/// The floating part of [`CallDelivered`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CallDeliveredFields {
    pub connection_device_id: Option<String>,
    pub alerting_device_id: Option<String>,
    pub calling_device_id: Option<String>,
    pub called_device_id: Option<String>,
    pub last_redirect_device_id: Option<String>,
    pub secondary_call_id: Option<u32>,
    pub ani: Option<String>,
    pub user_to_user_info: Option<Vec<u8>>,
    pub dnis: Option<String>,
    pub dialed_number: Option<String>,
    pub caller_entered_digits: Option<String>,
    pub call_variable1: Option<String>,
    pub call_variable2: Option<String>,
    pub call_variable3: Option<String>,
    pub call_variable4: Option<String>,
    pub call_variable5: Option<String>,
    pub call_variable6: Option<String>,
    pub call_variable7: Option<String>,
    pub call_variable8: Option<String>,
    pub call_variable9: Option<String>,
    pub call_variable10: Option<String>,
    pub call_wrapup_data: Option<String>,
    pub named_variables: Vec<NamedVariable>,
    pub named_arrays: Vec<NamedArray>,
}

impl CallDeliveredFields {
    /// Takes a field in. One that the message does not have is left out.
    pub fn put(&mut self, id: u8, data: impl Data) -> Result<(), FieldError> {
        match id {
            25 => self.connection_device_id = Some(data.text()?),
            26 => self.alerting_device_id = Some(data.text()?),
            27 => self.calling_device_id = Some(data.text()?),
            28 => self.called_device_id = Some(data.text()?),
            29 => self.last_redirect_device_id = Some(data.text()?),
            8 => self.ani = Some(data.text()?),
            10 => self.dnis = Some(data.text()?),
            11 => self.dialed_number = Some(data.text()?),
            12 => self.caller_entered_digits = Some(data.text()?),
            13 => self.call_variable1 = Some(data.text()?),
            14 => self.call_variable2 = Some(data.text()?),
            15 => self.call_variable3 = Some(data.text()?),
            16 => self.call_variable4 = Some(data.text()?),
            17 => self.call_variable5 = Some(data.text()?),
            18 => self.call_variable6 = Some(data.text()?),
            19 => self.call_variable7 = Some(data.text()?),
            20 => self.call_variable8 = Some(data.text()?),
            21 => self.call_variable9 = Some(data.text()?),
            22 => self.call_variable10 = Some(data.text()?),
            46 => self.call_wrapup_data = Some(data.text()?),
            9 => self.user_to_user_info = Some(data.bytes()),
            202 => self.secondary_call_id = Some(number(data.as_ref())?),
            82 => self.named_variables.push(NamedVariable::new(data)?),
            83 => self.named_arrays.push(NamedArray::new(data)?),
            _ => {}
        }
        Ok(())
    }
}

impl TryFrom<Vec<Field>> for CallDeliveredFields {
    type Error = FieldError;
    fn try_from(fields: Vec<Field>) -> Result<Self, FieldError> {
        let mut taken = Self::default();
        for field in fields {
            taken.put(field.id, field.data)?;
        }
        Ok(taken)
    }
}

/// `CALL_DELIVERED_EVENT`.
#[derive(Clone, PartialEq, Eq, Debug, DekuRead, BinRead)]
#[deku(endian = "endian", ctx = "endian: Endian, length: u32")]
#[br(import(length: u32))]
pub struct CallDelivered {
    pub monitor_id: u32,
    pub peripheral_id: u32,
    pub peripheral_type: u16,
    pub connection_device_type: u16,
    pub call_id: u32,
    pub line_handle: u16,
    pub line_type: u16,
    pub application_id: u32,
    pub service_id: u32,
    pub csq_id: u32,
    pub skill_group_id: u32,
    pub skill_group_priority: u16,
    pub alerting_device_type: u16,
    pub calling_device_type: u16,
    pub called_device_type: u16,
    pub last_redirect_device_type: u16,
    pub local_connection_state: u16,
    pub event_cause: u16,
    pub num_named_variables: u16,
    pub num_named_arrays: u16,
    #[deku(
        bytes_read = "length.saturating_sub(CallDelivered::FIXED)",
        map = "collect"
    )]
    #[br(parse_with = floating, args(8 + u64::from(length)))]
    pub floating: CallDeliveredFields,
}

impl CallDelivered {
    /// The bytes of the fixed part.
    pub const FIXED: u32 = 54;
}

impl Check<ccx::CallDeliveredEvent<'_>> for CallDelivered {
    fn check(&self, expected: &ccx::CallDeliveredEvent<'_>) {
        check!(self, expected: monitor_id peripheral_id peripheral_type connection_device_type call_id line_handle line_type application_id service_id csq_id skill_group_id skill_group_priority alerting_device_type calling_device_type called_device_type last_redirect_device_type local_connection_state event_cause);
        assert_eq!(
            expected.named_variables.announced(),
            Some(self.num_named_variables)
        );
        assert_eq!(
            expected.named_arrays.announced(),
            Some(self.num_named_arrays)
        );
        let floating = &self.floating;
        check_texts!(floating, expected: connection_device_id alerting_device_id calling_device_id called_device_id last_redirect_device_id ani dnis dialed_number caller_entered_digits call_variable1 call_variable2 call_variable3 call_variable4 call_variable5 call_variable6 call_variable7 call_variable8 call_variable9 call_variable10 call_wrapup_data);
        assert_eq!(
            floating.user_to_user_info.as_deref(),
            expected.user_to_user_info
        );
        assert_eq!(floating.secondary_call_id, expected.secondary_call_id);
        check_named(&floating.named_variables, expected.named_variables);
        let arrays = expected.named_arrays.iter().map(|array| NamedArray {
            index: array.index,
            name: array.name.to_string(),
            value: array.value.to_string(),
        });
        assert!(arrays.eq(floating.named_arrays.iter().cloned()));
    }
}

/// A message of any type.
#[derive(Clone, PartialEq, Eq, Debug, DekuRead)]
#[deku(
    endian = "endian",
    ctx = "endian: Endian, message_type: u32, length: u32",
    id = "message_type"
)]
pub enum Message {
    #[deku(id = 9)]
    CallDelivered(#[deku(ctx = "length")] CallDelivered),
    #[deku(id = 23)]
    BeginCall(#[deku(ctx = "length")] BeginCall),
}

impl Check<ccx::Message<'_>> for Message {
    fn check(&self, expected: &ccx::Message<'_>) {
        match (self, expected) {
            (Self::CallDelivered(event), ccx::Message::CallDeliveredEvent(expected)) => {
                event.check(expected);
            }
            (Self::BeginCall(event), ccx::Message::BeginCallEvent(expected)) => {
                event.check(expected);
            }
            _ => panic!("not the same type: {self:?}"),
        }
    }
}
