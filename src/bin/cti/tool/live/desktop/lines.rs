//! Lines from a script, or from somebody at a prompt.

use std::io::{self, BufRead, IsTerminal};
use std::sync::mpsc;
use std::thread;

/// The longest line that is a command.
const LONGEST: usize = 4096;

/// Lines, read in a thread of their own one after the other, each when it is asked for.
pub(super) struct Lines {
    asks: mpsc::Sender<()>,
    lines: tokio::sync::mpsc::Receiver<String>,
}

impl Lines {
    pub(super) fn start() -> io::Result<Self> {
        let (asks, asked) = mpsc::channel();
        let (sender, lines) = tokio::sync::mpsc::channel(1);
        thread::Builder::new().name("lines".into()).spawn(move || {
            if io::stdin().is_terminal() && io::stdout().is_terminal() {
                prompt(&asked, &sender);
            } else {
                script(&asked, &sender);
            }
        })?;
        Ok(Self { asks, lines })
    }

    /// Says that the next line is wanted.
    pub(super) fn ready(&self) {
        // Where nobody reads any more, there is no next line.
        let _ = self.asks.send(());
    }

    /// The next line; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<String> {
        self.lines.recv().await
    }
}

fn script(asked: &mpsc::Receiver<()>, lines: &tokio::sync::mpsc::Sender<String>) {
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while asked.recv().is_ok() {
        line.clear();
        match io::Read::take(&mut input, LONGEST as u64).read_until(b'\n', &mut line) {
            Ok(length) if length > 0 => {}
            _ => return,
        }
        let text = String::from_utf8_lossy(&line).into_owned();
        if lines.blocking_send(text).is_err() {
            return;
        }
    }
}

fn prompt(asked: &mpsc::Receiver<()>, lines: &tokio::sync::mpsc::Sender<String>) {
    script(asked, lines);
}
