//! Times of packets.

use core::fmt;

use jiff::Timestamp;

/// The time at which a packet was captured, with the precision of its file.
///
/// Displays as RFC 3339 in UTC: `2024-11-19T07:06:40.123456789Z`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time {
    /// Nanoseconds since 1970-01-01 UTC.
    pub nanoseconds: i64,
    /// Decimal places of the seconds in the file, 0 to 9.
    pub digits: u8,
}

impl Time {
    /// Returns the time as a timestamp, for arithmetic and for other time zones.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        // Nanoseconds in an i64 are within the range of a timestamp.
        Timestamp::from_nanosecond(self.nanoseconds.into()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Converts a time in units of a capture's own resolution; `None` outside the years that 64
    /// bits of nanoseconds cover.
    pub(super) fn from_units(units: u64, per_second: u64, offset: i64) -> Option<Self> {
        let per_second = per_second.max(1);
        let seconds = i128::from(units.checked_div(per_second)?).checked_add(offset.into())?;
        let rest = i128::from(units.checked_rem(per_second)?)
            .checked_mul(1_000_000_000)?
            .checked_div(per_second.into())?;
        let nanoseconds = seconds.checked_mul(1_000_000_000)?.checked_add(rest)?;
        let mut digits = 0_u8;
        let mut unit = 1_u64;
        while unit < per_second && digits < 9 {
            unit = unit.saturating_mul(10);
            digits = digits.saturating_add(1);
        }
        Some(Self {
            nanoseconds: nanoseconds.try_into().ok()?,
            digits,
        })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.*}",
            usize::from(self.digits.min(9)),
            self.timestamp()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn a_time_shows_the_precision_of_its_file() {
        let shown = |units, per_second, offset| {
            Time::from_units(units, per_second, offset).map(|time| time.to_string())
        };
        assert_eq!(
            shown(1_732_000_000_123_456, 1_000_000, 0).as_deref(),
            Some("2024-11-19T07:06:40.123456Z")
        );
        assert_eq!(
            shown(1_732_000_000_000_000_001, 1_000_000_000, 0).as_deref(),
            Some("2024-11-19T07:06:40.000000001Z")
        );
        assert_eq!(
            shown(5, 1, 1_732_000_000).as_deref(),
            Some("2024-11-19T07:06:45Z")
        );
        // A resolution of a power of two keeps the digits that it can fill.
        assert_eq!(
            shown(1_024 + 512, 1_024, 0).as_deref(),
            Some("1970-01-01T00:00:01.5000Z")
        );
        assert_eq!(Time::from_units(u64::MAX, 1, 0), None);
    }
}
