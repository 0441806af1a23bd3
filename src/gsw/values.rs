//! Values with a unit or a range: times of day, offsets, moments, and values that are text in one
//! table and a number in another.
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::hash::{Hash, Hasher};

use jiff::civil;

use super::attached_data::{Value, ValueBuf};
use super::key::{KeyType, Problem, WireType, int, key_type, sealed};
use crate::text::Text;

/// A moment in seconds since 1970-01-01 00:00 UTC. The manuals name a Unix timestamp without a
/// unit; seconds are the convention. Writing refuses moments before 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// Returns the moment for date-time arithmetic; `None` far outside the calendar.
    #[must_use]
    pub fn to_timestamp(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_second(self.0).ok()
    }

    /// Maps a negative 32-bit integer, read as signed, to a moment after 2038-01-19.
    fn from_int(number: i64) -> Self {
        match i32::try_from(number) {
            Ok(number) => UnixTime(i64::from(number.cast_unsigned())),
            Err(_) => UnixTime(number),
        }
    }

    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(number) => Some(Self::from_int(number)),
            _ => int(value).map(UnixTime),
        }
    }

    fn problem(&self) -> Option<Problem> {
        (self.0 < 0).then_some(Problem::OutOfRange {
            min: Some(0),
            max: None,
        })
    }
}

key_type!(UnixTime, "Unix time", Int64 from [Int64, Int, Str],
    read(value) UnixTime::read(value),
    write(time) Some(ValueBuf::Int(time.0)),
    number(time) Some(time.0),
    problem UnixTime::problem);

/// The time of the last call to a record, in seconds since 1970-01-01 00:00 UTC. `GSW_CALL_TIME`
/// carries it as decimal text; an integer is read as well. 0 means never.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct CallTime(pub i64);

impl CallTime {
    /// The record was never called.
    pub const NEVER: CallTime = CallTime(0);

    /// Returns the moment for date-time arithmetic; `None` if the record was never called.
    #[must_use]
    pub fn to_timestamp(self) -> Option<jiff::Timestamp> {
        if self == Self::NEVER {
            None
        } else {
            UnixTime(self.0).to_timestamp()
        }
    }

    fn read(value: Value<'_>) -> Option<Self> {
        match value.as_text() {
            Some(text) if text.is_empty() => Some(Self::NEVER),
            Some(text) => text.to_int().map(CallTime),
            None => value
                .as_int()
                .map(|number| CallTime(UnixTime::from_int(number).0)),
        }
    }
}

key_type!(CallTime, "decimal seconds", Str from [Str, Int],
    read(value) CallTime::read(value),
    write(time) Some(ValueBuf::from(time.0.to_string().as_str())),
    number(time) Some(time.0));

/// A time of day in seconds from midnight, in the time zone of the record. The Service Client API
/// also uses `HH:MM`, for fields and updates of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct SecondsFromMidnight(pub i64);

impl SecondsFromMidnight {
    /// The number of seconds in a day: the end of the last second.
    pub const MAX: SecondsFromMidnight = SecondsFromMidnight(86_400);

    /// Returns the time of day; `None` outside of 00:00:00 to 23:59:59.
    #[must_use]
    pub fn to_time(self) -> Option<civil::Time> {
        let seconds = i32::try_from(self.0).ok()?;
        civil::Time::midnight()
            .checked_add(jiff::SignedDuration::from_secs(i64::from(seconds)))
            .ok()
            .filter(|_| seconds >= 0)
    }

    /// Reads `HH:MM` or `HH.MM`, either with one or two digits for the hour, up to 23:59.
    #[must_use]
    pub fn from_clock(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once([':', '.'])?;
        let (hour, minute) = (digits(hour, 1, 2)?, digits(minute, 2, 2)?);
        let (hour, minute) = (hour.try_into().ok()?, minute.try_into().ok()?);
        civil::Time::new(hour, minute, 0, 0).ok().map(Self::from)
    }

    /// Returns the time as `HH:MM`; `None` if that would lose seconds or pass the end of the day.
    #[must_use]
    pub fn to_clock(self) -> Option<String> {
        let time = self.to_time().filter(|time| time.second() == 0)?;
        Some(format!("{:02}:{:02}", time.hour(), time.minute()))
    }

    fn problem(&self) -> Option<Problem> {
        let max = Self::MAX.0;
        (!(0..=max).contains(&self.0)).then_some(Problem::OutOfRange {
            min: Some(0),
            max: Some(max),
        })
    }
}

impl From<civil::Time> for SecondsFromMidnight {
    /// The integer has no room for fractions of a second; they are dropped.
    fn from(time: civil::Time) -> Self {
        let minutes = i64::from(time.hour())
            .saturating_mul(60)
            .saturating_add(i64::from(time.minute()));
        SecondsFromMidnight(
            minutes
                .saturating_mul(60)
                .saturating_add(i64::from(time.second())),
        )
    }
}

key_type!(SecondsFromMidnight, "seconds from midnight", Int from [Int, Str],
    read(value) int(value).map(SecondsFromMidnight),
    write(time) Some(ValueBuf::Int(time.0)),
    number(time) Some(time.0),
    problem SecondsFromMidnight::problem);

/// The offset of a time zone from UTC in seconds, positive to the east. The manual allows 12 hours
/// either way, which excludes existing zones: reading accepts those too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TzOffset(pub i64);

impl TzOffset {
    /// Returns the offset for date-time arithmetic; `None` beyond the range of `jiff`, a little
    /// over 25 hours.
    #[must_use]
    pub fn to_offset(self) -> Option<jiff::tz::Offset> {
        jiff::tz::Offset::from_seconds(i32::try_from(self.0).ok()?).ok()
    }
}

impl From<jiff::tz::Offset> for TzOffset {
    fn from(offset: jiff::tz::Offset) -> Self {
        TzOffset(i64::from(offset.seconds()))
    }
}

key_type!(TzOffset, "seconds from UTC", Int from [Int, Str],
    read(value) int(value).map(TzOffset),
    write(offset) Some(ValueBuf::Int(offset.0)),
    number(offset) Some(offset.0));

/// A date and a time to the minute, as `GSW_DATE_TIME` can carry it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MinuteTime(civil::DateTime);

/// A date and time that `MM/DD/YYYY HH:MM` cannot carry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("MM/DD/YYYY HH:MM carries whole minutes of the years 0 to 9999 only")]
pub struct NotWholeMinutes;

impl MinuteTime {
    /// Returns the date and time.
    #[must_use]
    pub const fn to_civil(self) -> civil::DateTime {
        self.0
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once(' ')?;
        let mut date = date.split('/');
        let (month, day, year) = (
            digits(date.next()?, 1, 2)?,
            digits(date.next()?, 1, 2)?,
            date.next()?,
        );
        if date.next().is_some() {
            return None;
        }
        // The manual does not name the century of two-digit years; schedules lie ahead.
        let year = match digits(year, 2, 2) {
            Some(year) => year.checked_add(2000)?,
            None => digits(year, 4, 4)?,
        };
        let (hour, minute) = time.split_once(':')?;
        let (hour, minute) = (digits(hour, 1, 2)?, digits(minute, 2, 2)?);
        let small = |number: i16| i8::try_from(number).ok();
        civil::DateTime::new(
            year,
            small(month)?,
            small(day)?,
            small(hour)?,
            small(minute)?,
            0,
            0,
        )
        .ok()
        .map(MinuteTime)
    }
}

fn digits(text: &str, min: usize, max: usize) -> Option<i16> {
    let decimal =
        (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if decimal { text.parse().ok() } else { None }
}

impl TryFrom<civil::DateTime> for MinuteTime {
    type Error = NotWholeMinutes;

    fn try_from(time: civil::DateTime) -> Result<Self, NotWholeMinutes> {
        let whole = time.second() == 0 && time.subsec_nanosecond() == 0 && time.year() >= 0;
        if whole {
            Ok(MinuteTime(time))
        } else {
            Err(NotWholeMinutes)
        }
    }
}

impl fmt::Display for MinuteTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.0;
        write!(
            f,
            "{:02}/{:02}/{:04} {:02}:{:02}",
            at.month(),
            at.day(),
            at.year(),
            at.hour(),
            at.minute()
        )
    }
}

/// A scheduled date and time in the time zone of the record. Written as `MM/DD/YYYY HH:MM`; years
/// of two digits are read as of this century.
///
/// ```
/// use cti_codec::gsw::{DateTime, MinuteTime};
///
/// let call_back = jiff::civil::date(2021, 5, 27).at(10, 55, 0, 0);
/// assert_eq!(DateTime::from("5/27/21 10:55"), DateTime::At(call_back.try_into()?));
/// assert_eq!(MinuteTime::try_from(call_back)?.to_string(), "05/27/2021 10:55");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateTime<'a> {
    /// A date and time.
    At(MinuteTime),
    /// Not scheduled: 0 or empty on the wire, omitted when written.
    Unset,
    /// Text that is no date and time of that form. The server answers it with error 111.
    Unreadable(Text<'a>),
}

impl<'a> DateTime<'a> {
    fn read(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Int(0) => Some(DateTime::Unset),
            _ => value.as_text().map(DateTime::from),
        }
    }

    fn write(&self) -> Option<ValueBuf> {
        match self {
            DateTime::At(time) => Some(ValueBuf::from(time.to_string().as_str())),
            DateTime::Unset => None,
            DateTime::Unreadable(text) => Some(ValueBuf::from(*text)),
        }
    }

    fn problem(&self) -> Option<Problem> {
        matches!(self, DateTime::Unreadable(_)).then_some(Problem::NotADateTime)
    }
}

impl<'a> From<Text<'a>> for DateTime<'a> {
    fn from(text: Text<'a>) -> Self {
        if text.is_empty() || text == "0" {
            return DateTime::Unset;
        }
        match text.to_str().ok().and_then(MinuteTime::parse) {
            Some(time) => DateTime::At(time),
            None => DateTime::Unreadable(text),
        }
    }
}

impl<'a> From<&'a str> for DateTime<'a> {
    fn from(text: &'a str) -> Self {
        DateTime::from(Text::from(text))
    }
}

key_type!(DateTime<'static>, "date and time", Str from [Str, Int],
    read(value) DateTime::read(value), write(value) DateTime::write(value), problem DateTime::problem,
    unset |time: &DateTime<'_>| *time == DateTime::Unset);

/// An identifier that is text in one table and a number in another. Written as text.
#[derive(Clone, Copy, Debug)]
pub enum TextOrNumber<'a> {
    /// Received as text, or to be sent.
    Text(Text<'a>),
    /// Received as an integer.
    Number(i64),
}

impl TextOrNumber<'_> {
    /// Returns the number, or the number that the text spells.
    #[must_use]
    pub fn to_int(self) -> Option<i64> {
        match self {
            TextOrNumber::Text(text) => text.to_int(),
            TextOrNumber::Number(number) => Some(number),
        }
    }

    fn read(value: Value<'_>) -> Option<TextOrNumber<'_>> {
        match value {
            Value::Int(number) => Some(TextOrNumber::Number(number)),
            _ => value.as_text().map(TextOrNumber::Text),
        }
    }

    fn write(&self) -> Option<ValueBuf> {
        Some(match self {
            TextOrNumber::Text(text) => ValueBuf::from(*text),
            TextOrNumber::Number(number) => ValueBuf::from(number.to_string().as_str()),
        })
    }
}

impl PartialEq for TextOrNumber<'_> {
    /// Treats 7 and "7" as the same identifier.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (TextOrNumber::Text(one), TextOrNumber::Text(other)) => one == other,
            (TextOrNumber::Number(one), TextOrNumber::Number(other)) => one == other,
            (TextOrNumber::Text(text), TextOrNumber::Number(number))
            | (TextOrNumber::Number(number), TextOrNumber::Text(text)) => {
                *text == *number.to_string()
            }
        }
    }
}

impl Eq for TextOrNumber<'_> {}

impl Hash for TextOrNumber<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            TextOrNumber::Text(text) => text.hash(state),
            TextOrNumber::Number(number) => Text::from(number.to_string().as_str()).hash(state),
        }
    }
}

impl<'a> From<&'a str> for TextOrNumber<'a> {
    fn from(text: &'a str) -> Self {
        TextOrNumber::Text(text.into())
    }
}

impl fmt::Display for TextOrNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextOrNumber::Text(text) => text.fmt(f),
            TextOrNumber::Number(number) => number.fmt(f),
        }
    }
}

key_type!(TextOrNumber<'static>, "string or integer", Str from [Str, Int],
    read(value) TextOrNumber::read(value), write(value) TextOrNumber::write(value));

/// The words for a tenant property that is not configured: one in each manual.
const UNSET_WORDS: [&str; 2] = ["undefined", "Unknown"];

/// The name of a tenant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TenantName<'a>(pub Text<'a>);

impl TenantName<'_> {
    /// Returns whether the server reports that no name is configured. Such a name is omitted when
    /// written.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        UNSET_WORDS
            .iter()
            .any(|word| self.0.as_bytes().eq_ignore_ascii_case(word.as_bytes()))
    }
}

key_type!(TenantName<'static>, "string", Str from [Str],
    read(value) Value::as_text(&value).map(TenantName),
    write(name) (!name.is_unset()).then(|| ValueBuf::from(name.0)),
    unset TenantName::is_unset);

/// The contact center id of a tenant. Written to a desktop as an integer, if it is one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TenantCcid<'a>(pub TextOrNumber<'a>);

impl TenantCcid<'_> {
    /// Returns whether the server reports that no id is configured. Such an id is omitted when
    /// written.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        matches!(self.0, TextOrNumber::Text(text) if TenantName(text).is_unset())
    }

    fn write(&self) -> Option<ValueBuf> {
        match (self.0, self.0.to_int()) {
            _ if self.is_unset() => None,
            // Text such as a number with leading zeros is not the number alone.
            (TextOrNumber::Text(text), Some(number)) if text != *format!("{number}") => {
                Some(ValueBuf::from(text))
            }
            (_, Some(number)) => Some(ValueBuf::Int(number)),
            (other, None) => other.write(),
        }
    }
}

key_type!(TenantCcid<'static>, "integer or string", Int from [Str, Int],
    read(value) TextOrNumber::read(value).map(TenantCcid),
    write(value) TenantCcid::write(value), unset TenantCcid::is_unset);

/// A statistic of a campaign group or a calling list: a number that is not negative, or no value.
/// In JSON it is a number or null; a list carries it as an integer or as decimal text.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Statistic(pub Option<f64>);

impl Statistic {
    fn read(value: Value<'_>) -> Option<Self> {
        let text = match value {
            Value::Int(number) => {
                return format!("{number}")
                    .parse()
                    .ok()
                    .map(|number| Statistic(Some(number)));
            }
            _ => value.as_text()?.to_str().ok()?.trim(),
        };
        if text.is_empty() || text == "null" {
            return Some(Statistic(None));
        }
        text.parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .map(|number| Statistic(Some(number)))
    }

    fn write(&self) -> Option<ValueBuf> {
        self.0
            .map(|number| ValueBuf::from(format!("{number}").as_str()))
    }

    fn problem(&self) -> Option<Problem> {
        self.0
            .is_some_and(|number| number < 0.0)
            .then_some(Problem::OutOfRange {
                min: Some(0),
                max: None,
            })
    }
}

key_type!(Statistic, "number", Number from [Number],
    read(value) Statistic::read(value), write(value) Statistic::write(value), problem Statistic::problem,
    unset |statistic: &Statistic| statistic.0.is_none());
