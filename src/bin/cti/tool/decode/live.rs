//! Messages of a live session, shown one by one as they come.

use std::io::{self, Write};

use cti_codec::ccx::{Frame, Version};
use jiff::Timestamp;

use super::{Args, Decode, To, json};

impl<W: Write> Decode<W> {
    /// Creates the output of messages, as text or as JSON.
    pub(crate) fn live(program: &'static str, out: W, json: bool, color: bool) -> Self {
        let args = Args {
            to: if json { To::Json } else { To::Text },
            ..Args::none()
        };
        Self::new(program, out, args, color)
    }

    /// Shows a message that has just come, and flushes it.
    pub(crate) fn show(&mut self, frame: &Frame, version: Version) -> io::Result<()> {
        self.number = self.number.saturating_add(1);
        let message = frame.decode(version);
        match self.args.to {
            To::Text | To::Pcap => {
                // To the millisecond.
                let now = Timestamp::now();
                let rest = format!("{} bytes at {now:.3}", frame.body().len());
                self.text(&rest, frame, version, &message)?;
            }
            To::Json => {
                let log = json::LogOf::default();
                json::write(&mut self.out, frame, version, &message, None, &log, false)?;
            }
        }
        self.out.flush()
    }
}
