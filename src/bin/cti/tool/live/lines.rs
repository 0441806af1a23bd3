//! Lines from a script, or from somebody at a prompt.

use std::io::{self, BufRead, IsTerminal};
use std::sync::mpsc;
use std::thread;

/// Prints a line above the prompt.
pub(crate) type Printer = Box<dyn FnMut(String) + Send>;

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

/// Lines, read in a thread of their own one after the other, each when it is asked for.
pub(crate) struct Lines {
    asks: mpsc::Sender<()>,
    lines: tokio::sync::mpsc::Receiver<String>,
}

impl Lines {
    /// Begins to read; gives what prints lines above the prompt, where there is one.
    pub(crate) fn start(words: Words) -> io::Result<(Self, Option<Printer>)> {
        let (asks, asked) = mpsc::channel();
        let (sender, lines) = tokio::sync::mpsc::channel(1);
        let at_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        let mut editor = if at_terminal {
            editor(words).ok()
        } else {
            None
        };
        let printer = editor.as_mut().and_then(|editor| {
            let mut printer = editor.create_external_printer().ok()?;
            let print = move |line: String| {
                // A terminal that is gone shows nothing more.
                let _ = rustyline::ExternalPrinter::print(&mut printer, line);
            };
            Some(Box::new(print) as Printer)
        });
        thread::Builder::new()
            .name("lines".into())
            .spawn(move || match editor {
                Some(editor) => prompt(editor, words, &asked, &sender),
                None => script(&asked, &sender),
            })?;
        Ok((Self { asks, lines }, printer))
    }

    /// Says that the next line is wanted.
    pub(crate) fn ready(&self) {
        // Where nobody reads any more, there is no next line.
        let _ = self.asks.send(());
    }

    /// The next line; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<String> {
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

/// Completes words.
struct Names(Words);

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

impl rustyline::hint::Hinter for Names {
    type Hint = String;
}
impl rustyline::highlight::Highlighter for Names {}
impl rustyline::validate::Validator for Names {}
impl rustyline::Helper for Names {}

type Editor = rustyline::Editor<Names, rustyline::history::MemHistory>;

/// An editor for somebody at a terminal.
fn editor(words: Words) -> rustyline::Result<Editor> {
    let config = rustyline::Config::builder()
        .completion_type(rustyline::CompletionType::List)
        .build();
    let mut editor = Editor::with_history(config, rustyline::history::MemHistory::new())?;
    editor.set_helper(Some(Names(words)));
    Ok(editor)
}

fn prompt(
    mut editor: Editor,
    words: Words,
    asked: &mpsc::Receiver<()>,
    lines: &tokio::sync::mpsc::Sender<String>,
) {
    while asked.recv().is_ok() {
        let Ok(line) = editor.readline(words.prompt) else {
            return;
        };
        if !(words.is_secret)(&line) {
            let _ = editor.add_history_entry(line.as_str());
        }
        if lines.blocking_send(line).is_err() {
            return;
        }
    }
}
