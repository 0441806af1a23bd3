//! Date and time of a TIME. Here, as a library for dates takes as long to build as all messages do.

use core::fmt;

/// Seconds since 1970, shown as `2026-11-21T08:00:00Z`.
pub(crate) struct Utc(pub(crate) u32);

impl fmt::Display for Utc {
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "32 bits of seconds are few days, and no difference is negative"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minutes, second) = (self.0 / 60, self.0 % 60);
        let (hours, minute) = (minutes / 60, minutes % 60);
        let (days, hour) = (hours / 24, hours % 24);
        // Years that begin in March end with the leap day, in cycles of 400 that begin in the year 0.
        let days = days + 719_468;
        let (cycle, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        // Five months from March on, and from August on, have 153 days.
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let year = 400 * cycle + year;
        let (year, month) = match month {
            0..10 => (year, month + 3),
            _ => (year + 1, month - 9),
        };
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
        )
    }
}
