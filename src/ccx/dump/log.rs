//! A log's information about a message: its time, direction and peer.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The maximum number of bytes kept of a line that describes the following message.
const MAX_LINE: usize = 256;

/// A log's information about a message, from its line and the lines before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Log {
    /// The time that the log gives, as printed: `Nov 20 10:43:59.435 EDT`.
    pub time: Option<String>,
    /// The direction of the message, from the view of the writer of the log.
    pub direction: Option<Direction>,
    /// The other side: an address, with a port if one is printed.
    pub address: Option<String>,
}

/// The direction of a message, from the view of the writer of the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// It was received: `got`, `received`, `processing`.
    In,
    /// It was sent: `sent`, `sending`, `writing`.
    Out,
}

/// The last two lines before a message.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    last: Vec<u8>,
    before: Vec<u8>,
}

impl Context {
    pub(super) const fn new() -> Self {
        Self {
            last: Vec::new(),
            before: Vec::new(),
        }
    }

    pub(super) fn remember(&mut self, line: &[u8]) {
        core::mem::swap(&mut self.last, &mut self.before);
        self.last.clear();
        self.last
            .extend_from_slice(line.get(..MAX_LINE).unwrap_or(line));
    }

    pub(super) fn clear(&mut self) {
        self.last.clear();
        self.before.clear();
    }

    /// Returns the information of these lines and of the beginning of the message's own, once.
    pub(super) fn log(&mut self, prefix: &[u8]) -> Log {
        let mut log = Log::default();
        for line in [prefix, &self.last, &self.before] {
            tell(&mut log, line);
        }
        self.clear();
        log
    }

    /// Like [`log`](Self::log), for a message in rows, described only by the entry that they belong
    /// to: the last line, if it has a time.
    pub(super) fn log_of_rows(&mut self, prefix: &[u8]) -> Option<Log> {
        let mut log = Log::default();
        let lines: [&[u8]; 2] = [prefix, &self.last];
        for line in lines.into_iter().filter(|line| has_time(line)) {
            tell(&mut log, line);
        }
        self.clear();
        (log != Log::default()).then_some(log)
    }
}

/// Returns whether a text has a time of day in it.
pub(super) fn has_time(text: &[u8]) -> bool {
    time(&String::from_utf8_lossy(text)).is_some()
}

/// Reads a line's information about the following message.
fn tell(log: &mut Log, line: &[u8]) {
    let line = String::from_utf8_lossy(line);
    if log.time.is_none() {
        log.time = time(&line);
    }
    if log.direction.is_none() {
        log.direction = direction(&line);
    }
    if log.address.is_none() {
        log.address = address(&line);
    }
}

/// Returns the direction, from the last word that names one.
fn direction(line: &str) -> Option<Direction> {
    line.split(|letter: char| !letter.is_ascii_alphabetic())
        .rev()
        .find_map(|word| match word.to_ascii_lowercase().as_str() {
            "got" | "receive" | "received" | "receiving" | "recv" | "processing" | "read"
            | "reading" | "inbound" | "incoming" => Some(Direction::In),
            "sent" | "send" | "sending" | "writing" | "wrote" | "write" | "outbound"
            | "outgoing" => Some(Direction::Out),
            _ => None,
        })
}

/// Returns a time of day with the date before and the zone after it.
fn time(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let clock = (0..bytes.len()).find(|at| {
        let Some([a, b, b':', c, d, b':', e, f]) =
            bytes.get(*at..).and_then(|rest| rest.first_chunk::<8>())
        else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        [a, b, c, d, e, f].iter().all(|byte| byte.is_ascii_digit())
            && before.is_none_or(|byte| !byte.is_ascii_digit() && *byte != b':')
    })?;
    let rest = line.get(clock..)?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = clock.saturating_add(8);
    if let Some(fraction) = rest.get(8..).and_then(|tail| tail.strip_prefix(['.', ','])) {
        end = end.saturating_add(1).saturating_add(digits(fraction));
    }
    // The zone: `Z`, `+02:00`, `EDT`.
    let tail = line.get(end..)?;
    let zone = tail
        .trim_start_matches(' ')
        .split(|letter: char| {
            !(letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | ':'))
        })
        .next()
        .map(|zone| zone.trim_end_matches(':'))
        .filter(|zone| {
            let name =
                (1..=5).contains(&zone.len()) && zone.bytes().all(|byte| byte.is_ascii_uppercase());
            let offset = zone.len() <= 6
                && zone.starts_with(['+', '-'])
                && zone
                    .bytes()
                    .skip(1)
                    .all(|byte| byte.is_ascii_digit() || byte == b':')
                && zone.len() >= 3;
            name || offset
        });
    if let Some(zone) = zone {
        let gap = tail
            .len()
            .saturating_sub(tail.trim_start_matches(' ').len());
        end = end.saturating_add(gap).saturating_add(zone.len());
    }
    // The date: `Nov 20`, `2024-11-20`, `20 Nov 2024`, `11/20/2024`.
    let before = line.get(..clock)?;
    let mut start = clock;
    let mut words = 0_usize;
    for (index, word) in before.rmatch_indices([' ', 'T']) {
        let text = line
            .get(index.saturating_add(word.len())..start)?
            .trim_matches([' ', 'T']);
        if !text.is_empty() && !is_date(text) {
            break;
        }
        words = words.saturating_add(usize::from(!text.is_empty()));
        start = index.saturating_add(word.len());
        if words > 3 {
            break;
        }
    }
    let first = line.get(..start)?.trim_matches([' ', 'T']);
    if !first.is_empty() && is_date(first) {
        start = 0;
    }
    Some(line.get(start..end)?.trim().to_string())
}

/// Returns whether a word is part of a date.
fn is_date(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    MONTHS
        .iter()
        .any(|month| word.starts_with(month) && word.len() <= 9)
        || word.len() <= 10
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.'))
}

/// Returns an IPv4 address, with its port if one follows.
fn address(line: &str) -> Option<String> {
    line.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ':')))
        .find(|word| {
            let (host, port) = word.split_once(':').unwrap_or((word, ""));
            let mut parts = 0_usize;
            let sound = host.split('.').all(|part| {
                parts = parts.saturating_add(1);
                part.parse::<u8>().is_ok()
            });
            sound && parts == 4 && port.bytes().all(|byte| byte.is_ascii_digit())
        })
        .map(|word| word.trim_end_matches(':').to_string())
}
