//! Lines from a script, or from somebody at a prompt, and lines for them.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::super::run::plain;
use super::words::{self, Row};

/// What a prompt has to know of a program.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    /// What stands before a line.
    pub(crate) prompt: &'static str,
    /// What may come next, by what stands before the cursor and since the last blank.
    pub(crate) next: fn(head: &str, word: &str) -> Vec<String>,
    /// Whether a line is not to be found in the history.
    pub(crate) is_secret: fn(&str) -> bool,
}

/// The longest line that is a command.
const LONGEST: usize = 4096;

/// A line, or why it is none.
pub(crate) type Line = Result<String, String>;

/// Lines, read in a thread of their own one after the other, each when it is asked for.
pub(crate) struct Lines {
    asks: mpsc::Sender<()>,
    lines: tokio::sync::mpsc::Receiver<Line>,
}

impl Lines {
    /// Begins to read; gives the place for what is to be shown.
    pub(crate) fn start(words: Words) -> io::Result<(Self, Shown)> {
        let (asks, asked) = mpsc::channel();
        let (sender, lines) = tokio::sync::mpsc::channel(1);
        let at_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        let typed = Arc::new(Mutex::new(Typed::new(words.prompt)));
        let editor = if at_terminal {
            editor(words, &typed).ok()
        } else {
            None
        };
        let shown = Shown {
            typed: editor.is_some().then(|| Arc::clone(&typed)),
        };
        thread::Builder::new()
            .name("lines".into())
            .spawn(move || match editor {
                Some(editor) => prompt(editor, words, &typed, &asked, &sender),
                None => script(&mut io::stdin().lock(), &asked, &sender),
            })?;
        Ok((Self { asks, lines }, shown))
    }

    /// Says that the next line is wanted.
    pub(crate) fn ready(&self) {
        // Where nobody reads any more, there is no next line.
        let _ = self.asks.send(());
    }

    /// The next line; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Line> {
        self.lines.recv().await
    }
}

fn script(
    input: &mut impl BufRead,
    asked: &mpsc::Receiver<()>,
    lines: &tokio::sync::mpsc::Sender<Line>,
) {
    let mut first = true;
    while asked.recv().is_ok() {
        let line = match read_line(input) {
            Ok(Some(line)) => line,
            Ok(None) => return,
            Err(error) => {
                let _ = lines.blocking_send(Err(format!("standard input: {error}")));
                return;
            }
        };
        // Some editors mark a file as UTF-8.
        let marked = std::mem::take(&mut first);
        let line = match line {
            Ok(line) if marked => Ok(line.trim_start_matches('\u{feff}').to_owned()),
            line => line,
        };
        if lines.blocking_send(line).is_err() {
            return;
        }
    }
}

/// Reads a line to its end, of which no more is kept than a command has.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    let mut line = Vec::new();
    let mut piece = Vec::new();
    let mut is_long = false;
    loop {
        piece.clear();
        let length = io::Read::take(&mut *input, limit).read_until(b'\n', &mut piece)?;
        if line.is_empty() && length == 0 {
            return Ok(None);
        }
        let room = LONGEST.saturating_sub(line.len());
        is_long |= length > room;
        line.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if length == 0 || piece.ends_with(b"\n") {
            break;
        }
    }
    Ok(Some(if is_long {
        Err(format!("is longer than {LONGEST} bytes"))
    } else {
        String::from_utf8(line).map_err(|_| "is not UTF-8".to_owned())
    }))
}

/// Shows lines: on standard output, or above the prompt.
///
/// The editor has a printer of its own for that, with which it forgets to look at what has been
/// typed ahead, or pasted, until another key is pressed.
pub(crate) struct Shown {
    typed: Option<Arc<Mutex<Typed>>>,
}

/// How long the editor takes to show a key that it has told of.
const SETTLES: Duration = Duration::from_millis(10);

impl Shown {
    /// Whether somebody sits at a terminal.
    pub(crate) fn is_prompt(&self) -> bool {
        self.typed.is_some()
    }

    /// Shows a line, at once.
    pub(crate) fn line(&mut self, line: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let Some(typed) = &self.typed else {
            writeln!(out, "{line}")?;
            return out.flush();
        };
        let settles = lock(typed).settles();
        if !settles.is_zero() {
            thread::sleep(settles);
        }
        let typed = lock(typed);
        out.write_all(typed.below(line).as_bytes())?;
        out.flush()
    }

    /// Shows the commands.
    pub(crate) fn help(&mut self, own: &'static [Row]) -> io::Result<()> {
        for (name, takes, what) in words::all(own) {
            let command = format!("{name} {takes}");
            self.line(&format!("help {command:<42} {what}"))?;
        }
        Ok(())
    }

    /// Shows why a command failed.
    pub(crate) fn failed(&mut self, name: &str, why: &str) -> io::Result<()> {
        self.line(&format!("failed {}: {}", plain(name), plain(why)))
    }
}

fn lock(typed: &Mutex<Typed>) -> MutexGuard<'_, Typed> {
    typed.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What stands at the prompt.
struct Typed {
    prompt: &'static str,
    /// Whether a line is being typed.
    reading: bool,
    line: String,
    /// Where the cursor is, as a place in the line.
    place: usize,
    changed: Instant,
    /// The width of the terminal.
    columns: usize,
}

impl Typed {
    fn new(prompt: &'static str) -> Self {
        Self {
            prompt,
            reading: false,
            line: String::new(),
            place: 0,
            changed: Instant::now(),
            columns: 80,
        }
    }

    fn set(&mut self, line: &str, place: usize) {
        self.line.clear();
        self.line.push_str(line);
        self.place = place;
        self.changed = Instant::now();
    }

    fn settles(&self) -> Duration {
        if self.reading {
            SETTLES.saturating_sub(self.changed.elapsed())
        } else {
            Duration::ZERO
        }
    }

    /// The row and the column after a text at the prompt.
    fn after(&self, text: &str) -> (usize, usize) {
        let width = self.prompt.chars().chain(text.chars()).count();
        let row = width.checked_div(self.columns).unwrap_or_default();
        (row, width.checked_rem(self.columns).unwrap_or(width))
    }

    /// Writes a line in the place of the prompt, and the prompt below it as it was.
    fn below(&self, text: &str) -> String {
        if !self.reading {
            return format!("{text}\n");
        }
        let up = |rows: usize| match rows {
            0 => String::new(),
            rows => format!("\x1b[{rows}A"),
        };
        let (row, column) = self.after(self.line.get(..self.place).unwrap_or(&self.line));
        let (end, edge) = self.after(&self.line);
        // A terminal leaves the cursor at the edge until there is more to show.
        let wrap = if edge == 0 { "\r\n" } else { "" };
        let right = match column {
            0 => String::new(),
            column => format!("\x1b[{column}C"),
        };
        format!(
            "\r{}\x1b[J{text}\r\n{}{}{wrap}{}\r{right}",
            up(row),
            self.prompt,
            self.line,
            up(end.saturating_sub(row)),
        )
    }
}

/// Completes words, and notes what is typed.
struct Names(Words, Arc<Mutex<Typed>>);

impl rustyline::completion::Completer for Names {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        place: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let before = line.get(..place).unwrap_or_default();
        let start = before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at.saturating_add(1));
        let word = before.get(start..).unwrap_or_default();
        let head = before.get(..start).unwrap_or_default().trim();
        let names = (self.0.next)(head, word);
        let fits = names.into_iter().filter(|name| name.starts_with(word));
        Ok((start, fits.map(|name| name + " ").collect()))
    }
}

/// Called with each change of the line.
impl rustyline::hint::Hinter for Names {
    type Hint = String;

    fn hint(&self, line: &str, place: usize, _: &rustyline::Context<'_>) -> Option<String> {
        lock(&self.1).set(line, place);
        None
    }
}

/// Called with each move of the cursor.
impl rustyline::highlight::Highlighter for Names {
    fn highlight_char(&self, line: &str, place: usize, _: rustyline::highlight::CmdKind) -> bool {
        lock(&self.1).set(line, place);
        false
    }
}

impl rustyline::validate::Validator for Names {}
impl rustyline::Helper for Names {}

type Editor = rustyline::Editor<Names, rustyline::history::MemHistory>;

/// An editor for somebody at a terminal.
fn editor(words: Words, typed: &Arc<Mutex<Typed>>) -> rustyline::Result<Editor> {
    let config = rustyline::Config::builder()
        .completion_type(rustyline::CompletionType::List)
        .build();
    let mut editor = Editor::with_history(config, rustyline::history::MemHistory::new())?;
    editor.set_helper(Some(Names(words, Arc::clone(typed))));
    Ok(editor)
}

fn prompt(
    mut editor: Editor,
    words: Words,
    typed: &Mutex<Typed>,
    asked: &mpsc::Receiver<()>,
    lines: &tokio::sync::mpsc::Sender<Line>,
) {
    while asked.recv().is_ok() {
        let columns = editor.dimensions().map(|(columns, _)| columns);
        let mut now = lock(typed);
        now.columns = columns.map_or(80, usize::from);
        now.set("", 0);
        now.reading = true;
        drop(now);
        let line = editor.readline(words.prompt);
        lock(typed).reading = false;
        let Ok(line) = line else { return };
        if !(words.is_secret)(&line) {
            let _ = editor.add_history_entry(line.as_str());
        }
        if lines.blocking_send(Ok(line)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(script: &[u8]) -> Vec<Line> {
        let mut input = io::BufReader::with_capacity(7, script);
        let read = || read_line(&mut input).unwrap();
        std::iter::from_fn(read).collect()
    }

    #[test]
    fn lines_of_a_script() {
        let ok = |line: &str| Ok(line.to_owned());
        assert_eq!(lines(b""), []);
        assert_eq!(
            lines(b"\n\r\na\nb"),
            [ok("\n"), ok("\r\n"), ok("a\n"), ok("b")]
        );
        let long = "x".repeat(LONGEST);
        let why = Err("is longer than 4096 bytes".to_owned());
        // What is left of it is no line of its own.
        let script = format!("a {long}\nhold\n{long}");
        assert_eq!(lines(script.as_bytes()), [why, ok("hold\n"), ok(&long)]);
        let not_utf8 = Err("is not UTF-8".to_owned());
        assert_eq!(lines(b"login jd\xff\nb\n"), [not_utf8, ok("b\n")]);
    }

    #[test]
    fn a_line_above_the_prompt_leaves_what_is_typed() {
        let mut typed = Typed::new("> ");
        assert_eq!(typed.below("event"), "event\n");
        typed.reading = true;
        typed.columns = 10;
        assert_eq!(typed.below("event"), "\r\x1b[Jevent\r\n> \r\x1b[2C");
        typed.set("hold", 2);
        assert_eq!(typed.below("event"), "\r\x1b[Jevent\r\n> hold\r\x1b[4C");
        // The line fills the second row up, and the cursor is in the first.
        typed.set("wrapup 123 4567890", 4);
        assert_eq!(
            typed.below("event"),
            "\r\x1b[Jevent\r\n> wrapup 123 4567890\r\n\x1b[2A\r\x1b[6C"
        );
        typed.set("wrapup 12", 9);
        assert_eq!(
            typed.below("event"),
            "\r\x1b[1A\x1b[Jevent\r\n> wrapup 12\r\x1b[1C"
        );
    }
}
