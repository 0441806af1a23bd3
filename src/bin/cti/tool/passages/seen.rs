//! What was seen where nothing was found.

use memchr::memmem;

use super::{Items, Place};

/// What a line may have in it that nothing begins with.
pub(crate) struct Sign {
    /// All of these are in the line.
    pub(crate) texts: &'static [&'static str],
    /// What it is: `GSW_ keys`.
    pub(crate) what: &'static str,
    /// What is missing, or who reads it: `but no list around them`.
    pub(crate) but: &'static str,
}

impl Sign {
    pub(crate) const fn new(
        texts: &'static [&'static str],
        what: &'static str,
        but: &'static str,
    ) -> Self {
        Self { texts, what, but }
    }

    fn is_in(&self, line: &[u8]) -> bool {
        let has = |text: &&str| memmem::find(line, text.as_bytes()).is_some();
        self.texts.iter().all(has)
    }
}

/// What was seen, with the first line of each kind.
pub(crate) struct Seen {
    signs: &'static [Sign],
    lines: Vec<(u64, &'static Sign)>,
    /// Whether the input has anything in it.
    any: bool,
    /// What the input is, by how it begins.
    is: Option<&'static str>,
}

impl Seen {
    pub(crate) fn new(signs: &'static [Sign]) -> Self {
        Self {
            signs,
            lines: Vec::new(),
            any: false,
            is: None,
        }
    }

    /// Looks at the beginning of an input, of which lines that nothing can begin with are not seen
    /// again; `is` names the input as a whole.
    pub(crate) fn look(&mut self, head: &[u8], is: Option<&'static str>) {
        self.any |= !head.trim_ascii().is_empty();
        self.is = self.is.or(is);
        for (number, line) in (1..).zip(head.split(|byte| *byte == b'\n')) {
            self.see(number, line);
        }
    }

    /// Looks at a line, and returns the sign in it.
    fn see(&mut self, number: u64, line: &[u8]) -> Option<&'static Sign> {
        let sign = self.signs.iter().find(|sign| sign.is_in(line))?;
        let known = self.lines.iter().any(|(_, known)| known.what == sign.what);
        if !known {
            self.lines.push((number, sign));
        }
        Some(sign)
    }

    /// Looks at a line that nothing was found in, and tells why it is left if it has something.
    pub(crate) fn left<F>(&mut self, number: u64, line: &[u8], items: &mut Items<F>) {
        if let Some(Sign { what, but, .. }) = self.see(number, line) {
            items.because(Place::Line(number), || format!("left: {what}, {but}"));
        }
    }

    /// Returns whether the input has anything in it.
    pub(crate) fn any(&self) -> bool {
        self.any
    }

    /// What to say where nothing was found. Signs come in the order of their list, as the first of
    /// them tell the most.
    pub(crate) fn nothing(&self, looked: &str, bytes: Option<String>) -> String {
        let first = self
            .signs
            .iter()
            .find_map(|sign| self.lines.iter().find(|(_, known)| known.what == sign.what))
            .map(|(line, sign)| {
                let Sign { what, but, .. } = sign;
                let comma = if but.is_empty() { "" } else { ", " };
                format!("{what} at line {line}{comma}{but}")
            });
        match self.is.map(String::from).or(first).or(bytes) {
            Some(seen) => format!("{looked}: {seen}"),
            None => looked.into(),
        }
    }
}
