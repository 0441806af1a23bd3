//! The outbound feature: typed named variables of outbound calls.
//!
//! Unified CCX and a desktop exchange data about an outbound contact in eight named variables
//! (guide, 'Using the Outbound Feature'). [`OutboundContact`] reads them from a message; a desktop
//! answers with a [`BaResponse`] in a `SET_CALL_DATA_REQ`:
//!
//! ```
//! use bytes::BytesMut;
//! use cti_codec::ccx::outbound::{BaMode, BaResponse, OutboundContact};
//! use cti_codec::ccx::{Frame, Message, NamedVariable, Repeated, SetCallDataReq, Version};
//!
//! // What came with a reservation call.
//! let variables = [
//!     NamedVariable { name: "BAStatus".into(), value: "DO".into() },
//!     NamedVariable { name: "BABuddyName".into(), value: "John,Doe".into() },
//! ];
//! let contact = OutboundContact::read(&Repeated::from(&variables));
//! assert_eq!(contact.status.unwrap().mode(), Some(BaMode::DirectPreviewReservation));
//! assert_eq!(contact.buddy_name.unwrap().split(), ("John".into(), Some("Doe".into())));
//!
//! // The customer asks to be called back; the answer lies on the stack.
//! let at = jiff::civil::date(2026, 11, 23).at(8, 30, 0, 0);
//! let response = BaResponse::Callback(at).to_value()?;
//! let variables = [response.named_variable()];
//! let request = Message::SetCallDataReq(SetCallDataReq {
//!     call_id: 16_800_096,
//!     connection_device_id: Some("4020".into()),
//!     named_variables: Repeated::from(&variables),
//!     ..SetCallDataReq::default()
//! });
//! let mut bytes = BytesMut::new();
//! request.encode(Version::V14, &mut bytes)?;
//!
//! // As Unified CCX reads it.
//! let frame = Frame::new(bytes)?;
//! let Message::SetCallDataReq(request) = frame.decode(Version::V14)? else { panic!() };
//! let value = request.named_variables.iter().next().unwrap().value;
//! assert_eq!(value, "Callback 11232026 08:30");
//! let contact = OutboundContact::read(&request.named_variables);
//! assert_eq!(contact.response, Some(BaResponse::Callback(at)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use core::fmt::{self, Write};

use jiff::civil::DateTime;
use jiff::tz::Offset;
use thiserror::Error;

use crate::mhdr::NamedVariable;
use crate::mhdr::prelude::{MAX_VALUE, has_nul};
use crate::text::Text;

/// The longest value of a named variable, without the terminating NUL.
const MAX_TEXT: usize = MAX_VALUE.saturating_sub(1);

/// A named variable of the outbound feature (guide, Table 8). The names are reserved: no script may
/// use them for other purposes.
///
/// The guide also has the spellings `BResponse` and `BASTatus`. These are slips: the sizes in its
/// traces match the names here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum BaVariable {
    /// The name of the call's campaign.
    Campaign,
    /// The customer's account number, for look-ups. Present only if imported with the contact.
    AccountNumber,
    /// The request of the agent or the customer: a [`BaResponse`].
    Response,
    /// Mode and direction of the call: a [`BaStatus`].
    Status,
    /// The unique key of the customer's record.
    DialedListId,
    /// The offset of the customer's clock from UTC: a [`BaTimeZone`].
    TimeZone,
    /// The customer's name: a [`BaBuddyName`]. Present only if imported with the contact.
    BuddyName,
    /// The phone number to dial.
    CustomerNumber,
}

impl BaVariable {
    /// All variables, in the guide's order.
    pub const ALL: [Self; 8] = [
        Self::Campaign,
        Self::AccountNumber,
        Self::Response,
        Self::Status,
        Self::DialedListId,
        Self::TimeZone,
        Self::BuddyName,
        Self::CustomerNumber,
    ];

    /// Returns the name, such as `BACampaign`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Campaign => "BACampaign",
            Self::AccountNumber => "BAAccountNumber",
            Self::Response => "BAResponse",
            Self::Status => "BAStatus",
            Self::DialedListId => "BADialedListID",
            Self::TimeZone => "BATimeZone",
            Self::BuddyName => "BABuddyName",
            Self::CustomerNumber => "BACustomerNumber",
        }
    }

    /// Returns the variable with this name; `None` for names other than the eight.
    #[must_use]
    pub fn from_name(name: Text<'_>) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|variable| name == variable.name())
    }

    /// Returns the maximum length of the value in bytes without the terminating NUL: 30 for an
    /// account number, otherwise the maximum of any named variable.
    #[must_use]
    pub const fn max_length(self) -> usize {
        match self {
            Self::AccountNumber => 30,
            _ => MAX_TEXT,
        }
    }

    /// Returns the named variable with this value, ready to send.
    ///
    /// # Errors
    /// Fails if the value is too long or contains a NUL.
    ///
    /// ```
    /// use cti_codec::ccx::outbound::BaVariable;
    ///
    /// let variable = BaVariable::AccountNumber.with("AC111".into()).unwrap();
    /// assert_eq!(variable.name, "BAAccountNumber");
    /// assert!(BaVariable::AccountNumber.with([b'1'; 31].as_slice().into()).is_err());
    /// ```
    pub fn with(self, value: Text<'_>) -> Result<NamedVariable<'_>, BaValueError> {
        refuse_long(value.as_bytes().len(), self.max_length())?;
        refuse_nul(value)?;
        Ok(NamedVariable {
            name: self.name().into(),
            value,
        })
    }
}

/// A value that a named variable of the outbound feature cannot have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum BaValueError {
    /// The value is too long.
    #[error("the value takes {length} bytes, {max} are allowed")]
    TooLong {
        /// The length of the value in bytes, without the terminating NUL.
        length: usize,
        /// The maximum length.
        max: usize,
    },
    /// The value contains a NUL.
    #[error("the value has a NUL within")]
    InnerNul,
    /// A callback at a time that is no whole minute.
    #[error("a callback has a time in whole minutes, {0} is none")]
    NotWholeMinutes(DateTime),
    /// A callback in a year before 0, which four digits cannot express. `DateTime` has no years
    /// over 9999.
    #[error("a callback has a year from 0 to 9999, {0} has not")]
    Year(DateTime),
}

fn refuse_long(length: usize, max: usize) -> Result<(), BaValueError> {
    if length > max {
        return Err(BaValueError::TooLong { length, max });
    }
    Ok(())
}

fn refuse_nul(text: Text<'_>) -> Result<(), BaValueError> {
    if has_nul(text.as_bytes()) {
        return Err(BaValueError::InnerNul);
    }
    Ok(())
}

/// The outbound contact of a call, from the named variables of a message.
///
/// A variable that the message lacks is `None`. Of a repeated variable the first value counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct OutboundContact<'a> {
    /// `BACampaign`: the name of the campaign.
    pub campaign: Option<Text<'a>>,
    /// `BAAccountNumber`: the customer's account.
    pub account_number: Option<Text<'a>>,
    /// `BAResponse`: the last answer. Empty, and so [`BaResponse::Other`], before the first answer.
    pub response: Option<BaResponse<'a>>,
    /// `BAStatus`: mode and direction of the call.
    pub status: Option<BaStatus<'a>>,
    /// `BADialedListID`: the key of the customer's record.
    pub dialed_list_id: Option<Text<'a>>,
    /// `BATimeZone`: the offset of the customer's clock from UTC.
    pub time_zone: Option<BaTimeZone<'a>>,
    /// `BABuddyName`: the customer's name.
    pub buddy_name: Option<BaBuddyName<'a>>,
    /// `BACustomerNumber`: the phone number to dial.
    pub customer_number: Option<Text<'a>>,
}

impl<'a> OutboundContact<'a> {
    /// Reads the contact from the named variables of a message or a call; other variables are
    /// ignored.
    #[must_use]
    pub fn read(variables: impl IntoIterator<Item = NamedVariable<'a>>) -> Self {
        let mut contact = Self::default();
        for NamedVariable { name, value } in variables {
            let Some(variable) = BaVariable::from_name(name) else {
                continue;
            };
            match variable {
                BaVariable::Campaign => first(&mut contact.campaign, value),
                BaVariable::AccountNumber => first(&mut contact.account_number, value),
                BaVariable::Response => first(&mut contact.response, value.into()),
                BaVariable::Status => first(&mut contact.status, BaStatus(value)),
                BaVariable::DialedListId => first(&mut contact.dialed_list_id, value),
                BaVariable::TimeZone => first(&mut contact.time_zone, BaTimeZone(value)),
                BaVariable::BuddyName => first(&mut contact.buddy_name, BaBuddyName(value)),
                BaVariable::CustomerNumber => first(&mut contact.customer_number, value),
            }
        }
        contact
    }
}

fn first<T>(field: &mut Option<T>, value: T) {
    field.get_or_insert(value);
}

/// The value of `BAStatus`: a letter for the mode of the call and one for its direction, such as
/// `DO` (guide, Table 8).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BaStatus<'a>(pub Text<'a>);

/// The mode of an outbound call, the first letter of `BAStatus`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BaMode {
    /// `D`: the agent is reserved, and decides whether to call the customer.
    DirectPreviewReservation,
    /// `C`: connected to the customer.
    Connected,
    /// `Z`: transferred, or in a conference.
    Transferred,
    /// A letter that the guide does not list.
    Other(u8),
}

/// The direction of an outbound call, the second letter of `BAStatus`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BaDirection {
    /// `O`: outbound, as always in Unified CCX.
    Outbound,
    /// A letter that the guide does not list.
    Other(u8),
}

impl BaStatus<'_> {
    /// Returns the mode; `None` if the status is not two bytes long.
    #[must_use]
    pub const fn mode(self) -> Option<BaMode> {
        match self.0.as_bytes() {
            [b'D', _] => Some(BaMode::DirectPreviewReservation),
            [b'C', _] => Some(BaMode::Connected),
            [b'Z', _] => Some(BaMode::Transferred),
            [other, _] => Some(BaMode::Other(*other)),
            _ => None,
        }
    }

    /// Returns the direction; `None` if the status is not two bytes long.
    #[must_use]
    pub const fn direction(self) -> Option<BaDirection> {
        match self.0.as_bytes() {
            [_, b'O'] => Some(BaDirection::Outbound),
            [_, other] => Some(BaDirection::Other(*other)),
            _ => None,
        }
    }
}

/// The value of `BATimeZone`: minutes from UTC, such as `-00360` (guide, Table 8).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BaTimeZone<'a>(pub Text<'a>);

impl BaTimeZone<'_> {
    /// Returns the minutes, negative in the west; `None` if the value is no number.
    #[must_use]
    pub fn minutes(self) -> Option<i32> {
        self.0.to_str().ok()?.parse().ok()
    }

    /// Returns the offset, for the customer's local time; `None` if the value is no number, or 26
    /// hours or more.
    ///
    /// ```
    /// use cti_codec::ccx::outbound::BaTimeZone;
    ///
    /// let offset = BaTimeZone("-00360".into()).offset().unwrap();
    /// let noon: jiff::Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    /// assert_eq!(offset.to_datetime(noon).hour(), 6);
    /// ```
    #[must_use]
    pub fn offset(self) -> Option<Offset> {
        Offset::from_seconds(self.minutes()?.checked_mul(60)?).ok()
    }
}

/// The value of `BABuddyName`: the customer's first and last name with a comma between, such as
/// `John,Doe` (guide, Table 8).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BaBuddyName<'a>(pub Text<'a>);

impl<'a> BaBuddyName<'a> {
    /// Returns first and last name, split at the first comma; without a comma the last name is
    /// `None`.
    #[must_use]
    pub fn split(self) -> (Text<'a>, Option<Text<'a>>) {
        let mut names = self.0.as_bytes().splitn(2, |byte| *byte == b',');
        let first = names.next().unwrap_or_default();
        (first.into(), names.next().map(Text::from))
    }
}

/// The value of `BAResponse`: a desktop's answer about an outbound contact (guide, Table 9).
///
/// Reads from any text and keeps values that the table does not list as [`Other`](Self::Other),
/// which writes them unchanged. To send one, see [`to_value`](Self::to_value).
///
/// ```
/// use cti_codec::ccx::outbound::BaResponse;
///
/// assert_eq!(BaResponse::from("Reject-Close"), BaResponse::RejectClose);
/// assert_eq!(BaResponse::from("P#5551212"), BaResponse::PhoneNumber("5551212".into()));
/// // There is no 31st of November.
/// let text = "Callback 11312026 08:30";
/// assert_eq!(BaResponse::from(text), BaResponse::Other(text.into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BaResponse<'a> {
    /// `Accept`, to a reservation: call the customer from the agent's phone.
    Accept,
    /// `Reject`, to a reservation: another time; the agent becomes ready.
    Reject,
    /// `Reject-Close`, to a reservation: never again in this campaign; the agent becomes ready.
    RejectClose,
    /// `Skip`, to a reservation: another time; the agent waits for the next contact.
    Skip,
    /// `Skip-Close`, to a reservation: never again in this campaign; the agent waits for the next
    /// contact.
    SkipClose,
    /// `Cancel Reservation`, to a reservation: another time; the agent becomes not ready.
    CancelReservation,
    /// `Reclassify`, during the call: classify it anew.
    Reclassify,
    /// `REX_VOICE`, during the call: a person answered.
    RexVoice,
    /// `REX_ANS_MACHINE`, during the call: an answering machine answered.
    RexAnsMachine,
    /// `REX_FAX`, during the call: a fax answered.
    RexFax,
    /// `REX_INVALID`, during the call: the phone number is not valid.
    RexInvalid,
    /// `DO_NOT_CALL`, during the call: put the number on the do-not-call list.
    DoNotCall,
    /// `BUSY`, during the call: the line is busy.
    Busy,
    /// `Callback mmddyyyy hh:mm`, during the call: the customer asks for a call at this time.
    Callback(DateTime),
    /// `P#` and a phone number, during the call, after the callback: the number to call back.
    PhoneNumber(Text<'a>),
    /// `Callback Cancel`, during the call: the customer no longer wants the callback.
    CallbackCancel,
    /// `SkipNext`, during the call: call the customer's next number.
    SkipNext,
    /// `SKIP_WRONG_NUMBER`, during the call: the number is wrong; once the call has ended, the
    /// customer's next number is called.
    SkipWrongNumber,
    /// `SKIP NOT_HOME`, during the call: the customer is not there; once the call has ended, the
    /// customer's next number is called.
    SkipNotHome,
    /// A value that the table does not list.
    Other(Text<'a>),
}

/// The fixed values.
const WORDS: &[(BaResponse<'static>, &str)] = &[
    (BaResponse::Accept, "Accept"),
    (BaResponse::Reject, "Reject"),
    (BaResponse::RejectClose, "Reject-Close"),
    (BaResponse::Skip, "Skip"),
    (BaResponse::SkipClose, "Skip-Close"),
    (BaResponse::CancelReservation, "Cancel Reservation"),
    (BaResponse::Reclassify, "Reclassify"),
    (BaResponse::RexVoice, "REX_VOICE"),
    (BaResponse::RexAnsMachine, "REX_ANS_MACHINE"),
    (BaResponse::RexFax, "REX_FAX"),
    (BaResponse::RexInvalid, "REX_INVALID"),
    (BaResponse::DoNotCall, "DO_NOT_CALL"),
    (BaResponse::Busy, "BUSY"),
    (BaResponse::CallbackCancel, "Callback Cancel"),
    (BaResponse::SkipNext, "SkipNext"),
    (BaResponse::SkipWrongNumber, "SKIP_WRONG_NUMBER"),
    (BaResponse::SkipNotHome, "SKIP NOT_HOME"),
];

/// The prefix of the time of a callback.
const CALLBACK: &str = "Callback ";
/// The prefix of a phone number.
const PHONE_NUMBER: &str = "P#";

impl BaResponse<'_> {
    /// Returns the value as sent, ready for a [`NamedVariable`]. Does not allocate.
    ///
    /// # Errors
    /// Fails if the value has no valid form: a callback at a time with seconds or before the year
    /// 0, a text that is too long or contains a NUL.
    ///
    /// ```
    /// use cti_codec::ccx::outbound::BaResponse;
    ///
    /// let value = BaResponse::PhoneNumber("5551212".into()).to_value()?;
    /// let variable = value.named_variable();
    /// assert_eq!((variable.name, variable.value), ("BAResponse".into(), "P#5551212".into()));
    /// # Ok::<(), cti_codec::ccx::outbound::BaValueError>(())
    /// ```
    pub fn to_value(&self) -> Result<BaResponseValue, BaValueError> {
        let mut value = BaResponseValue::EMPTY;
        match *self {
            Self::PhoneNumber(number) => {
                refuse_nul(number)?;
                value.put(PHONE_NUMBER.as_bytes());
                value.put(number.as_bytes());
            }
            Self::Other(text) => {
                refuse_nul(text)?;
                value.put(text.as_bytes());
            }
            Self::Callback(at) if at.second() != 0 || at.subsec_nanosecond() != 0 => {
                return Err(BaValueError::NotWholeMinutes(at));
            }
            Self::Callback(at) if at.year() < 0 => return Err(BaValueError::Year(at)),
            // These display as sent, and writing them does not fail.
            _ => {
                let _ = write!(Filling(&mut value), "{self}");
            }
        }
        refuse_long(value.length, MAX_TEXT)?;
        Ok(value)
    }
}

impl<'a> From<Text<'a>> for BaResponse<'a> {
    fn from(text: Text<'a>) -> Self {
        if let Some((word, _)) = WORDS.iter().find(|(_, word)| text == *word) {
            return *word;
        }
        if let Some(at) = callback(text.as_bytes()) {
            return Self::Callback(at);
        }
        match text.as_bytes().strip_prefix(PHONE_NUMBER.as_bytes()) {
            Some(number) => Self::PhoneNumber(number.into()),
            None => Self::Other(text),
        }
    }
}

impl<'a> From<&'a str> for BaResponse<'a> {
    fn from(text: &'a str) -> Self {
        Text::from(text).into()
    }
}

/// Reads the time of a callback; `None` if its form differs or the time does not exist.
fn callback(text: &[u8]) -> Option<DateTime> {
    let time = text.strip_prefix(CALLBACK.as_bytes())?;
    let [m1, m2, d1, d2, y1, y2, y3, y4, b' ', h1, h2, b':', n1, n2] = *time else {
        return None;
    };
    let two = |digits: [u8; 2]| i8::try_from(number(digits)?).ok();
    DateTime::new(
        number([y1, y2, y3, y4])?,
        two([m1, m2])?,
        two([d1, d2])?,
        two([h1, h2])?,
        two([n1, n2])?,
        0,
        0,
    )
    .ok()
}

/// Reads a number that consists of digits only, without a sign.
fn number<const N: usize>(digits: [u8; N]) -> Option<i16> {
    digits.into_iter().try_fold(0_i16, |number, digit| {
        let digit = char::from(digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit.try_into().ok()?)
    })
}

/// Shows the value as sent, except that text which is not UTF-8 has replacement characters, and the
/// seconds of a callback, which cannot be sent, follow its minutes. Send the result of
/// [`to_value`](BaResponse::to_value) instead.
impl fmt::Display for BaResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Callback(at) => {
                let (year, month, day) = (at.year(), at.month(), at.day());
                let (hour, minute, second) = (at.hour(), at.minute(), at.second());
                write!(
                    f,
                    "{CALLBACK}{month:02}{day:02}{year:04} {hour:02}:{minute:02}"
                )?;
                match at.subsec_nanosecond() {
                    0 if second == 0 => Ok(()),
                    0 => write!(f, ":{second:02}"),
                    nanosecond => write!(f, ":{second:02}.{nanosecond:09}"),
                }
            }
            Self::PhoneNumber(number) => write!(f, "{PHONE_NUMBER}{number}"),
            Self::Other(text) => text.fmt(f),
            word => WORDS
                .iter()
                .find(|(known, _)| known == word)
                .map_or(Ok(()), |(_, text)| f.write_str(text)),
        }
    }
}

/// A value of `BAResponse` as sent, held without allocation. [`BaResponse::to_value`] creates it.
#[derive(Clone, Copy)]
pub struct BaResponseValue {
    length: usize,
    bytes: [u8; MAX_TEXT],
}

impl BaResponseValue {
    const EMPTY: Self = Self {
        length: 0,
        bytes: [0; MAX_TEXT],
    };

    /// Appends to the value. Counts bytes beyond the capacity, so that the value is refused at the
    /// end.
    fn put(&mut self, bytes: &[u8]) {
        let end = self.length.saturating_add(bytes.len());
        if let Some(room) = self.bytes.get_mut(self.length..end) {
            room.copy_from_slice(bytes);
        }
        self.length = end;
    }

    /// Returns the value, without the terminating NUL.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        self.bytes.get(..self.length).unwrap_or_default().into()
    }

    /// Returns the named variable `BAResponse` with this value.
    #[must_use]
    pub fn named_variable(&self) -> NamedVariable<'_> {
        NamedVariable {
            name: BaVariable::Response.name().into(),
            value: self.text(),
        }
    }
}

impl fmt::Debug for BaResponseValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaResponseValue")
            .field(&self.text())
            .finish()
    }
}

/// A value under construction.
struct Filling<'v>(&'v mut BaResponseValue);

impl Write for Filling<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.put(text.as_bytes());
        Ok(())
    }
}
