//! Times on the command line.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};

/// A time as people write it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum When {
    /// With its offset from UTC.
    At(Timestamp),
    /// Where the reader is.
    Local(DateTime),
    /// A whole day where the reader is.
    Day(Date),
    /// On the day on which the capture begins.
    Clock(Time),
    /// Before the end.
    Before(SignedDuration),
}

/// A time on the command line.
pub(crate) fn when(text: &str) -> Result<When, String> {
    if let Some(length) = text.strip_prefix('-') {
        let span: Option<Span> = length.parse().ok();
        let length = span.and_then(|span| {
            span.to_duration(SpanRelativeTo::days_are_24_hours())
                .ok()
                .filter(|length| !length.is_negative())
        });
        return length
            .map(When::Before)
            .ok_or_else(|| "a length of time is written as in -10min, -2h or -1h30m".into());
    }
    if let Ok(at) = text.parse() {
        return Ok(When::At(at));
    }
    if let Ok(day) = text.parse::<Date>()
        && text.len() <= 10
    {
        return Ok(When::Day(day));
    }
    if let Ok(local) = text.parse() {
        return Ok(When::Local(local));
    }
    match text.parse() {
        Ok(clock) if text.contains(':') => Ok(When::Clock(clock)),
        _ => Err(
            "a time is written as in 10:15, 2024-11-19T07:06:40Z, '2024-11-19 10:15' or -10min"
                .into(),
        ),
    }
}

/// Which side of a stretch of time is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Bound {
    Since,
    Until,
}

impl When {
    /// The nanoseconds since 1970, for a capture from one time to another.
    pub(crate) fn nanoseconds(self, first: i64, last: i64, utc: bool, bound: Bound) -> i64 {
        let zone = if utc {
            TimeZone::UTC
        } else {
            TimeZone::system()
        };
        let of = |local: DateTime| {
            let zoned = local.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
            clamped(zoned.unwrap_or(Timestamp::MIN))
        };
        match self {
            Self::At(at) => clamped(at),
            Self::Local(local) => of(local),
            Self::Day(day) if bound == Bound::Since => of(day.at(0, 0, 0, 0)),
            Self::Day(day) => of(day.at(23, 59, 59, 999_999_999)),
            Self::Clock(clock) => {
                let day = Timestamp::from_nanosecond(first.into())
                    .unwrap_or(Timestamp::UNIX_EPOCH)
                    .to_zoned(zone.clone())
                    .date();
                of(day.to_datetime(clock))
            }
            Self::Before(length) => {
                let length = i64::try_from(length.as_nanos()).unwrap_or(i64::MAX);
                last.saturating_sub(length)
            }
        }
    }
}

fn clamped(at: Timestamp) -> i64 {
    let at = at.as_nanosecond();
    i64::try_from(at).unwrap_or(if at < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let first = 1_732_000_000_123_456_000;
        let last = first + 3_600_000_000_000;
        let at = |text: &str, bound| {
            when(text).map(|when| {
                let at = when.nanoseconds(first, last, true, bound);
                Timestamp::from_nanosecond(at.into()).unwrap().to_string()
            })
        };
        for (text, since, until) in [
            (
                "2024-11-19T07:06:40.5+01:00",
                "2024-11-19T06:06:40.5Z",
                "2024-11-19T06:06:40.5Z",
            ),
            ("10:15", "2024-11-19T10:15:00Z", "2024-11-19T10:15:00Z"),
            (
                "2024-11-18 10:15:30",
                "2024-11-18T10:15:30Z",
                "2024-11-18T10:15:30Z",
            ),
            (
                "2024-11-18",
                "2024-11-18T00:00:00Z",
                "2024-11-18T23:59:59.999999999Z",
            ),
            (
                "-10min",
                "2024-11-19T07:56:40.123456Z",
                "2024-11-19T07:56:40.123456Z",
            ),
            (
                "-1d",
                "2024-11-18T08:06:40.123456Z",
                "2024-11-18T08:06:40.123456Z",
            ),
        ] {
            assert_eq!(at(text, Bound::Since).as_deref(), Ok(since), "{text}");
            assert_eq!(at(text, Bound::Until).as_deref(), Ok(until), "{text}");
        }
        for text in ["", "10", "-", "--10min", "tomorrow", "25:00", "-10parsecs"] {
            assert!(when(text).is_err(), "{text}");
        }
    }
}
