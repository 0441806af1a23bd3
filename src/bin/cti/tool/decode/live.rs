//! Messages of a live session, shown one by one as they come.

use std::io::{self, Write};

use cti_codec::ccx::{Frame, Version};
use jiff::Timestamp;

use super::{Args, Captures, Decode, Run, SelectArgs, Selection, Session, To, json};
use crate::tool::decode::show::Painter;

impl<W: Write> Decode<W> {
    /// What shows messages to people, or as JSON.
    pub(crate) fn live(program: &'static str, out: W, json: bool, color: bool) -> Self {
        Self {
            args: Args {
                to: if json { To::Json } else { To::Text },
                ..Args::none()
            },
            run: Run::new(program),
            out,
            painter: Painter { color },
            session: Session::new(None),
            number: 0,
            shown: 0,
            findings: 0,
            selection: Selection::new(&SelectArgs::default(), false),
            learning: false,
            summary: None,
            captures: Captures::default(),
            names: std::collections::HashMap::new(),
            guessed: std::collections::BTreeSet::new(),
        }
    }

    /// Shows a message that has just come, and flushes it.
    pub(crate) fn show(&mut self, frame: &Frame, version: Version) -> io::Result<()> {
        self.number = self.number.saturating_add(1);
        let message = frame.decode(version);
        match self.args.to {
            To::Text => {
                // To the millisecond.
                let now = Timestamp::now();
                let rest = format!("{} bytes at {now:.3}", frame.body().len());
                self.text(&rest, frame, version, &message)?;
            }
            To::Json => {
                let extra = serde_json::Map::new();
                json::write(&mut self.out, frame, version, &message, None, extra, false)?;
            }
        }
        self.out.flush()
    }
}
