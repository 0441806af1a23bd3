//! Code that the programs share: files, complaints, exit statuses.

use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use cti_codec::ccx::Version;

use super::unpack::{Follow, WAIT, unpacked};

/// The outcome of a run, and the place of its report.
pub(crate) struct Run {
    program: &'static str,
    bad: bool,
    /// Whether what there is to tell will be told at another time.
    quiet: bool,
    progress: Option<Progress>,
}

/// How far a run has come, on standard error, for somebody who waits for it.
struct Progress {
    began: Instant,
    shown: Option<Instant>,
    read: u64,
    total: u64,
}

/// A run that takes no longer shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the word is changed.
const CHANGE: Duration = Duration::from_millis(200);

impl Run {
    pub(crate) fn new(program: &'static str) -> Self {
        Self {
            program,
            bad: false,
            quiet: false,
            progress: None,
        }
    }

    /// Shows how far the run has come, of so many bytes in all; 0 where that is not known.
    pub(crate) fn show_progress(&mut self, total: u64) {
        self.progress = Some(Progress {
            began: Instant::now(),
            shown: None,
            read: 0,
            total,
        });
    }

    /// So many bytes more have been read.
    pub(crate) fn read(&mut self, bytes: usize) {
        let Some(progress) = &mut self.progress else {
            return;
        };
        progress.read = progress.read.saturating_add(long(bytes));
        let due = match progress.shown {
            Some(shown) => shown.elapsed() >= CHANGE,
            None => progress.began.elapsed() >= PATIENCE,
        };
        if due {
            progress.shown = Some(Instant::now());
            let megabytes = grouped(progress.read / 1_000_000);
            let text = match progress
                .read
                .saturating_mul(100)
                .checked_div(progress.total)
            {
                Some(percent @ 0..=100) => format!("{percent} %, {megabytes} MB read"),
                _ => format!("{megabytes} MB read"),
            };
            let _ = write!(io::stderr(), "\r{text}\x1b[K");
        }
    }

    /// Takes the word on the progress away.
    fn clear(&mut self) {
        if let Some(progress) = &mut self.progress
            && progress.shown.take().is_some()
        {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    /// Tells nothing, and takes nothing for bad, until told otherwise.
    pub(crate) fn quiet(&mut self, quiet: bool) {
        self.quiet = quiet;
    }

    /// Tells of something bad, after all that has been shown so far. The run goes on, and ends
    /// with status 1.
    pub(crate) fn complain(&mut self, out: &mut impl Write, text: impl Display) -> io::Result<()> {
        self.fail();
        self.note(out, text)
    }

    /// Makes the run end with status 1 for something that has been shown already.
    pub(crate) fn fail(&mut self) {
        self.bad |= !self.quiet;
    }

    /// Reports a remark in one line, regardless of the other side's characters in it.
    pub(crate) fn note(&mut self, out: &mut impl Write, text: impl Display) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.clear();
        out.flush()?;
        let text = plain(&text.to_string());
        // A closed standard error gets no report.
        let _ = writeln!(io::stderr(), "{}: {text}", self.program);
        Ok(())
    }

    /// Wrong usage, told as clap tells it.
    pub(crate) fn misused(&self, text: &str) -> ExitCode {
        let _ = writeln!(
            io::stderr(),
            "error: {text}\n\nFor more information, try '--help'."
        );
        ExitCode::from(2)
    }

    /// Returns the exit status. A reader that closes early, such as `head`, is no failure.
    pub(crate) fn end(mut self, done: io::Result<()>) -> ExitCode {
        self.clear();
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
            Err(error) => {
                let _ = self.complain(&mut io::sink(), format!("standard output: {error}"));
            }
            Ok(()) => {}
        }
        if self.bad {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// The inputs: the files; without any, standard input unless it is a terminal.
pub(crate) enum Sources {
    Sample,
    Files(Vec<PathBuf>),
}

pub(crate) fn sources(files: &[PathBuf], sample: bool) -> Sources {
    if sample || files.is_empty() && io::stdin().is_terminal() {
        Sources::Sample
    } else if files.is_empty() {
        Sources::Files(vec!["-".into()])
    } else {
        Sources::Files(files.to_vec())
    }
}

/// Returns the name of an input.
pub(crate) fn name(file: &Path) -> String {
    if file.as_os_str() == "-" {
        "standard input".into()
    } else {
        plain(&file.display().to_string())
    }
}

/// Opens a file, and unpacks it if it is compressed; `-` is standard input.
pub(crate) fn open(file: &Path) -> io::Result<Box<dyn Read>> {
    if file.as_os_str() == "-" {
        return unpacked(Box::new(io::stdin().lock()));
    }
    unpacked(Box::new(opened(file)?))
}

/// Opens a file that is read on as it grows.
pub(crate) fn follow(file: &Path) -> io::Result<Box<dyn Read>> {
    Ok(Box::new(Follow::new(opened(file)?, file.to_owned())))
}

/// Opens a file that has come in place of one that was followed. There may be none for a while.
pub(crate) fn follow_again(file: &Path) -> io::Result<Box<dyn Read>> {
    loop {
        match follow(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => thread::sleep(WAIT),
            done => return done,
        }
    }
}

/// The remark about such a file.
pub(crate) const ROTATED: &str = "replaced or truncated; reading on from its beginning";

fn opened(file: &Path) -> io::Result<File> {
    let opened = File::open(file)?;
    // Reading would fail, too, in words that help less.
    if opened.metadata()?.is_dir() {
        return Err(io::Error::other("is a directory"));
    }
    Ok(opened)
}

/// Returns text that has no effect on a terminal and stays in its line.
pub(crate) fn plain(text: &str) -> String {
    text.chars().fold(String::new(), |mut plain, letter| {
        if is_unsafe(letter) {
            plain.extend(letter.escape_default());
        } else {
            plain.push(letter);
        }
        plain
    })
}

/// Returns whether a character affects its surroundings: controls, and marks that turn text around
/// or break lines.
pub(crate) fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Bytes as hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Returns `one frame`, `2 frames`.
pub(crate) fn count(number: u64, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

/// A number with its thousands set off: `4,711`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(index);
        if index > 0 && left.is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Parses a version of the command line.
pub(crate) fn version(text: &str) -> Result<Version, String> {
    text.parse()
        .ok()
        .and_then(Version::new)
        .ok_or_else(|| "a protocol version is a number from 10 to 18".into())
}

/// Converts a length.
pub(crate) fn long(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character there is, by the ranges of Unicode: controls, what turns or breaks lines, and
    /// what cannot be seen.
    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        let obeyed = [
            '\0'..='\u{1f}',
            '\u{7f}'..='\u{9f}',
            '\u{61c}'..='\u{61c}',
            '\u{200b}'..='\u{200f}',
            '\u{2028}'..='\u{202e}',
            '\u{2060}'..='\u{206f}',
            '\u{feff}'..='\u{feff}',
            '\u{fff9}'..='\u{fffb}',
        ];
        for letter in '\0'..=char::MAX {
            let escaped = obeyed.iter().any(|range| range.contains(&letter));
            let shown = match escaped {
                true => letter.escape_default().to_string(),
                false => letter.to_string(),
            };
            assert_eq!(plain(&letter.to_string()), shown, "{letter:?}");
        }
        assert_eq!(plain("a\nb\u{1b}[0m"), "a\\nb\\u{1b}[0m");
        let file = Path::new("a\u{202e}\n.bin");
        assert_eq!(name(file), "a\\u{202e}\\n.bin");
        assert_eq!(name(Path::new("-")), "standard input");
    }

    #[test]
    fn numbers_for_people() {
        let counts = [0, 1, 2, 11].map(|number| count(number, "frame"));
        assert_eq!(counts, ["0 frames", "1 frame", "2 frames", "11 frames"]);
        let numbers = [0, 12, 999, 1_000, 12_345, 999_999, 1_234_567];
        assert_eq!(
            numbers.map(grouped),
            ["0", "12", "999", "1,000", "12,345", "999,999", "1,234,567"]
        );
        for text in ["9", "19", "", "x", "14 ", "-14"] {
            assert!(version(text).is_err(), "{text}");
        }
        assert_eq!(version("18"), Ok(Version::V18));
        assert_eq!(hex(&[0, 0xab]), "00ab");
    }
}
