//! Messages as packets, and their places as JSON gives them.

use std::io;

use cti_codec::capture::{Session, Side, Time};
use cti_codec::ccx::MessageType;
use cti_codec::ccx::json::Document;
use cti_codec::ccx::layout::SentBy;
use jiff::Timestamp;

/// The end that sends messages of a type.
pub(crate) fn side(message_type: MessageType) -> Side {
    match message_type.sent_by() {
        Some(SentBy::Client) => Side::Client,
        _ => Side::Server,
    }
}

/// Where a message stands in a capture.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) session: Session,
    pub(crate) time: Option<Time>,
    /// The end that sent it, if that is said.
    pub(crate) from: Option<Side>,
}

impl Place {
    /// As an object of `decode --to json` has it. What it does not say is made up: sessions of ports
    /// of their own, between addresses kept for documentation.
    pub(crate) fn of(object: &Document) -> Result<Self, String> {
        let text = |key: &'static str| match object.text(&[key]) {
            None if object.has(&[key]) => Err(format!("{key}: must be a string")),
            text => Ok(text),
        };
        let number = match object.number(&["session"]) {
            None if object.has(&["session"]) => Err("session: must be a number"),
            None => Ok(1),
            Some(number) => u32::try_from(number).map_err(|_| "session: is too large"),
        }?;
        let port = number.wrapping_add(50_000) & 0xffff;
        let port = u16::try_from(port).unwrap_or(50_001).max(1_024);
        let end = |key: &'static str, default: ([u8; 4], u16)| match text(key)? {
            None => Ok(default.into()),
            Some(end) => end
                .parse()
                .map_err(|_| format!("{key}: must be an address with a port")),
        };
        let time = text("time")?.map(time).transpose()?;
        let from = match text("from")? {
            None => None,
            Some("client") => Some(Side::Client),
            Some("server") => Some(Side::Server),
            Some(_) => return Err("from: must be client or server".into()),
        };
        Ok(Self {
            session: Session {
                number,
                client: end("client", ([192, 0, 2, 1], port))?,
                server: end("server", ([192, 0, 2, 2], 12_028))?,
                from_start: true,
            },
            time,
            from,
        })
    }
}

/// A time as RFC 3339 has it, with its digits.
fn time(text: &str) -> Result<Time, String> {
    let wrong = || "time: must be as 2024-11-19T07:06:40.123456Z".to_owned();
    let at: Timestamp = text.parse().map_err(|_| wrong())?;
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    Ok(Time {
        nanoseconds: i64::try_from(at.as_nanosecond()).map_err(|_| wrong())?,
        digits: u8::try_from(digits.min(9)).unwrap_or(9),
    })
}

/// Bytes are not for a terminal.
pub(crate) fn refuse_terminal() -> Option<&'static str> {
    use io::IsTerminal as _;
    io::stdout()
        .is_terminal()
        .then_some("--to pcap writes bytes: send them to a file, > capture.pcap")
}
