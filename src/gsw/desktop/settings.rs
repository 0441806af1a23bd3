//! The settings of a desktop.
use core::time::Duration;

use crate::gsw::values::UnixTime;

/// The times of a conversation. The manual specifies none, so each has a default that you may
/// change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timings {
    /// The maximum time for an answer to a request: 10 s.
    pub answer: Duration,
    /// The number of attempts for a request that may be repeated, including the first: 3.
    pub tries: u32,
    /// The time for answers to `CampaignStatusRequest`, which have no end mark: 5 s. Also the
    /// minimum time between two that are sent by themselves.
    pub status: Duration,
    /// The pauses before the next request for a record after 'no records available', one after the
    /// other: 5, 10, 20, 30 s. A record resets them.
    pub retry: [Duration; 4],
    /// The maximum silence of a chain before it counts as partial: 10 s.
    pub chain: Duration,
    /// The least time between two requests to log out: 5 s.
    pub log_out_again: Duration,
    /// The maximum time for [`log_out`](super::Desktop::log_out): 10 min.
    pub log_out: Duration,
    /// When a final request that met an error of the database is made anew, once: after 5 s.
    pub database: Duration,
    /// The time for which the id of an ended request is remembered, so that its answer is
    /// recognized as late: 10 min.
    pub remember: Duration,
    /// After how long a record that is still open is reported, once: never, unless you say so. The
    /// server has such a time of its own and lets go of the record after it (`stale_clean_timeout`).
    pub reminder: Option<Duration>,
}

impl Default for Timings {
    fn default() -> Self {
        Timings {
            answer: Duration::from_secs(10),
            tries: 3,
            status: Duration::from_secs(5),
            retry: [5, 10, 20, 30].map(Duration::from_secs),
            chain: Duration::from_secs(10),
            log_out_again: Duration::from_secs(5),
            log_out: Duration::from_secs(600),
            database: Duration::from_secs(5),
            remember: Duration::from_secs(600),
            reminder: None,
        }
    }
}

/// The limits of a desktop's memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Campaigns: 64.
    pub campaigns: usize,
    /// Records: 1024. At the limit none is requested, and one that comes anyway is given back at
    /// once: see [`Event::OverLimit`](super::Event::OverLimit).
    pub records: usize,
    /// Records that are kept with their data: 256. Later ones are kept without, and can be finished
    /// like any other.
    pub records_with_data: usize,
    /// Bytes of keys and values that a record may have to be kept with its data: 64 KiB.
    pub record_bytes: usize,
    /// Members of a chain that were fetched with it: 64.
    pub members: usize,
    /// Requests without an answer: 64.
    pub outstanding: usize,
    /// Requests that are remembered after their end: 512.
    pub remembered: usize,
    /// Ids of servers that others have taken over from: 16.
    pub retired: usize,
    /// Events that were not polled: 1024. Beyond it the oldest are counted and dropped.
    pub events: usize,
    /// Bytes in such events that came from the other side: 1 MiB.
    pub event_bytes: usize,
    /// Bytes of the name of a campaign, a group or a list: 1024. A longer one counts as missing.
    pub name_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            campaigns: 64,
            records: 1024,
            records_with_data: 256,
            record_bytes: 64 << 10,
            members: 64,
            outstanding: 64,
            remembered: 512,
            retired: 16,
            events: 1024,
            event_bytes: 1 << 20,
            name_bytes: 1024,
        }
    }
}

/// The settings of a desktop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The first reference id, from 1 to 2,147,483,647: 1. Other programs on the same DN number
    /// their requests too, so choose a random number: an error names nothing but this id.
    pub first_reference_id: i64,
    /// Whether `CampaignStatusRequest` is sent without being told: at the start, when the connection
    /// is back, after an error that says that a campaign is not as it was thought to be, and when a
    /// server does not answer. On unless you say otherwise.
    pub automatic: bool,
    /// Whether requests to a server that does not repeat reference ids go out one at a time, so that
    /// their answers cannot be mixed up. Off unless you say otherwise.
    pub one_at_a_time: bool,
    /// Whether a record may be asked for in any mode, with a warning where it is not Preview. Off
    /// unless you say otherwise.
    pub preview_in_any_mode: bool,
    /// Whether the log-out asks again for an agent when its estimate has run out, instead of
    /// treating the agent as free to leave. Off by default.
    pub ask_again_after_estimate: bool,
    /// The time of day at `Duration::ZERO`. With it a callback in the past is refused here, by the
    /// offset of the record's time zone.
    pub wall_clock: Option<UnixTime>,
    /// The times.
    pub timings: Timings,
    /// The limits.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            first_reference_id: 1,
            automatic: true,
            one_at_a_time: false,
            preview_in_any_mode: false,
            ask_again_after_estimate: false,
            wall_clock: None,
            timings: Timings::default(),
            limits: Limits::default(),
        }
    }
}
