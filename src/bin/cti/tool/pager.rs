//! Text page by page, as git and others show it.

use std::io::{self, IsTerminal};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A pager that runs.
pub(crate) struct Pager(Child);

impl Pager {
    /// Starts the user's pager, if standard output is a terminal; `less` leaves no more than a page as
    /// it is.
    pub(crate) fn start() -> Option<Self> {
        if !io::stdout().is_terminal() {
            return None;
        }
        let named = ["CTI_PAGER", "PAGER"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok());
        let mut command = match named.as_deref() {
            Some("" | "cat") => return None,
            Some(line) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", line]);
                shell
            }
            None => Command::new("less"),
        };
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", "FRX");
        }
        command.stdin(Stdio::piped()).spawn().ok().map(Self)
    }

    /// Where to write the text.
    pub(crate) fn take(&mut self) -> Option<ChildStdin> {
        self.0.stdin.take()
    }

    pub(crate) fn wait(mut self) {
        let _ = self.0.wait();
    }
}
