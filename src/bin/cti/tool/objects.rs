//! JSON objects out of a stream: one to a line, over several lines, or in an array.

use memchr::memchr;

/// The most bytes of an object.
const LARGEST: usize = 4 << 20;
/// The longest line that is looked at as a whole.
const LONGEST: usize = 64 * 1024;

/// What stands in a stream of objects.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The text of an object, complete as far as braces tell, and its first line.
    Object(u64, Vec<u8>),
    /// Text that is no object: its line, the object that has begun, and why it is none.
    Other(u64, Vec<u8>, &'static str),
}

/// Finds the objects in a stream that comes in pieces, and gives each out with its last brace.
#[derive(Default, Debug)]
pub(crate) struct Objects {
    /// A line that may begin an object within another, until it is known.
    held: Vec<u8>,
    line: u64,
    /// Whether some of the line has come.
    within: bool,
    /// The object that has begun.
    object: Vec<u8>,
    began: u64,
    state: Scan,
    /// Within an object that is too large.
    too_large: bool,
    /// Within text that is no object, up to the end of its line.
    junk: bool,
}

/// How far braces and quotes of an object have come.
#[derive(Clone, Copy, Default, Debug)]
struct Scan {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Scan {
    /// Takes in a byte; whether it ends the object.
    fn step(&mut self, byte: u8) -> bool {
        if self.quoted {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.quoted = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth = self.depth.saturating_add(1),
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

impl Objects {
    /// Takes a line off the bytes if it begins an object and can be read as a whole; with it its
    /// number and what was read. `None` where it takes [`feed_line`](Self::feed_line).
    pub(crate) fn line<'b, T>(
        &mut self,
        bytes: &mut &'b [u8],
        read: impl FnOnce(&'b [u8]) -> Option<T>,
    ) -> Option<(u64, &'b [u8], T)> {
        if self.within || self.is_open() || !self.held.is_empty() || !bytes.starts_with(b"{") {
            return None;
        }
        let (line, rest) = bytes.split_at_checked(memchr(b'\n', bytes)?)?;
        let value = read(line)?;
        *bytes = rest.strip_prefix(b"\n").unwrap_or(rest);
        self.line = self.line.saturating_add(1);
        self.junk = false;
        Some((self.line, line, value))
    }

    /// Takes a line, or a part of one, off the bytes, and gives out complete objects.
    pub(crate) fn feed_line(&mut self, bytes: &mut &[u8], pieces: &mut Vec<Piece>) {
        let end = memchr(b'\n', bytes).map_or(bytes.len(), |end| end.saturating_add(1));
        let (line, rest) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
        self.feed(line, pieces);
        *bytes = rest;
    }

    /// Takes in the next bytes, and gives out complete objects.
    pub(crate) fn feed(&mut self, mut bytes: &[u8], pieces: &mut Vec<Piece>) {
        while !bytes.is_empty() {
            let end = memchr(b'\n', bytes).map_or(bytes.len(), |end| end.saturating_add(1));
            let (line, rest) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
            bytes = rest;
            let starts = !self.within;
            self.within = !line.ends_with(b"\n");
            if starts {
                self.line = self.line.saturating_add(1);
                self.junk = false;
            }
            // An object at the beginning of a line that is complete within it: what has begun
            // before has lost its end. That takes the whole line to see.
            let may_begin = starts && self.is_open() && line.starts_with(b"{");
            if may_begin || !self.held.is_empty() {
                self.held.extend_from_slice(line);
                if self.within && self.held.len() < LONGEST {
                    continue;
                }
                let line = std::mem::take(&mut self.held);
                if is_message(&line) {
                    self.give_up("the object does not end", pieces);
                }
                self.text(&line, pieces);
            } else {
                self.text(line, pieces);
            }
        }
    }

    /// To be called at the end.
    pub(crate) fn finish(&mut self, pieces: &mut Vec<Piece>) {
        let line = std::mem::take(&mut self.held);
        if is_message(&line) {
            self.give_up("the object does not end", pieces);
        }
        self.text(&line, pieces);
        self.give_up("the object does not end", pieces);
    }

    /// Returns whether an object has begun that is not complete.
    fn is_open(&self) -> bool {
        !self.object.is_empty() || self.too_large
    }

    fn give_up(&mut self, why: &'static str, pieces: &mut Vec<Piece>) {
        if self.is_open() {
            let text = std::mem::take(&mut self.object);
            pieces.push(Piece::Other(self.began, text, why));
        }
        self.too_large = false;
        self.state = Scan::default();
    }

    /// Takes in a line, or a part of one.
    fn text(&mut self, line: &[u8], pieces: &mut Vec<Piece>) {
        if self.junk {
            return;
        }
        let mut rest = line;
        while !rest.is_empty() {
            if !self.is_open() {
                let blank = |byte: &u8| {
                    byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | 0x1e)
                };
                let blanks = rest.iter().take_while(|byte| blank(byte)).count();
                rest = rest.get(blanks..).unwrap_or_default();
                match rest.first() {
                    None => return,
                    Some(b'{') => {
                        self.began = self.line;
                        self.state = Scan::default();
                    }
                    Some(_) => {
                        let why = "not an object";
                        pieces.push(Piece::Other(self.line, Vec::new(), why));
                        self.junk = true;
                        return;
                    }
                }
            }
            let mut state = self.state;
            let end = rest.iter().position(|byte| state.step(*byte));
            self.state = state;
            let until = end.map_or(rest.len(), |end| end.saturating_add(1));
            let (taken, behind) = rest.split_at_checked(until).unwrap_or((rest, &[]));
            if self.object.len().saturating_add(taken.len()) > LARGEST {
                self.object.clear();
                self.too_large = true;
            }
            if !self.too_large {
                self.object.extend_from_slice(taken);
            }
            rest = behind;
            if end.is_some() {
                let text = std::mem::take(&mut self.object);
                pieces.push(if std::mem::take(&mut self.too_large) {
                    Piece::Other(self.began, text, "the object is too large")
                } else {
                    Piece::Object(self.began, text)
                });
            } else if self.state.quoted && line.ends_with(b"\n") {
                self.give_up("a text does not end on its line", pieces);
                return;
            }
        }
    }
}

/// Returns whether a line holds the whole object of a message, or of attached data, and nothing
/// else.
fn is_message(line: &[u8]) -> bool {
    let mut state = Scan::default();
    let text = line.trim_ascii_end();
    let end = text.iter().position(|byte| state.step(*byte));
    let names = [&b"{\"message\""[..], b"{\"id\"", b"{\"GSW_"];
    end.is_some_and(|end| end.saturating_add(1) == text.len())
        && names.iter().any(|name| text.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, size: usize) -> Vec<Piece> {
        let mut objects = Objects::default();
        let mut pieces = Vec::new();
        for chunk in text.as_bytes().chunks(size) {
            objects.feed(chunk, &mut pieces);
        }
        objects.finish(&mut pieces);
        pieces
    }

    #[test]
    fn objects_end_where_their_braces_do() {
        let text = "[{\"a\": \"}\\\"{\"},\n{\"b\":\n  {}}] \nword\n{\"c\":1}{\"d\":2}\n{\"e\n{\"id\":1,\n{\"id\":2}\n";
        let object = |line, text: &str| Piece::Object(line, text.into());
        let expected = [
            object(1, "{\"a\": \"}\\\"{\"}"),
            object(2, "{\"b\":\n  {}}"),
            Piece::Other(4, Vec::new(), "not an object"),
            object(5, "{\"c\":1}"),
            object(5, "{\"d\":2}"),
            Piece::Other(6, b"{\"e\n".into(), "a text does not end on its line"),
            Piece::Other(7, b"{\"id\":1,\n".into(), "the object does not end"),
            object(8, "{\"id\":2}"),
        ];
        for size in 1..text.len() {
            assert_eq!(pieces(text, size), expected);
        }
    }
}
