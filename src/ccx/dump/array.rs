//! Arrays and literals of bytes, as programs and their debuggers print them.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use super::{is_blank, trim_end};

/// The most bytes of an array.
const MAX_BYTES: usize = 1 << 20;
/// The fewest bytes of a literal that is cut: a quote before a digit begins other things, too.
const MIN_CUT: usize = 8;
/// The longest text that a tool has put before a line.
const MAX_LEAD: usize = 128;
/// The maximum number of lines in a row without a byte within an array, for comments and the like.
const MAX_LINES: usize = 16;

/// Finds arrays and literals of bytes in source code and in output of programs, among any other
/// lines.
///
/// It reads numbers between brackets, as in C, Rust, Go, Java (signed), C#, Python, JavaScript and
/// Elixir, in decimal or with `0x`, over one line or many, with comments between; `<Buffer 00 04>`
/// of Node; and quoted text of escapes, `b'\x00\x04'` or `"\0\x04"`.
///
/// ```
/// use cti_codec::ccx::dump::ArrayReader;
///
/// let mut reader = ArrayReader::new();
/// reader.line(b"let frame: [u8; 12] = [0x00, 0x00, 0x00, 0x04,");
/// reader.line(b"    0, 0, 0, 5, 0, 0, 0, 7]; // a heartbeat");
/// let array = reader.next_array().unwrap();
/// assert_eq!((array.line, &array.bytes[..]), (1, &[0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7][..]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct ArrayReader {
    /// The lines taken in.
    line: usize,
    open: Option<Open>,
    /// The beginning of the line on which the open array begins: what a tool has put before it stands
    /// before the next ones, too.
    head: Vec<u8>,
    done: VecDeque<Array>,
}

/// An array of bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Array {
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// Its bytes, two at least.
    pub bytes: Vec<u8>,
    /// Whether there are more bytes than it shows: it says so itself, or does not end.
    pub cut: bool,
}

#[derive(Clone, Debug)]
struct Open {
    line: usize,
    kind: Kind,
    bytes: Vec<u8>,
    /// Within a comment.
    comment: bool,
    cut: bool,
    /// The lines since the last byte.
    without: usize,
    /// The last number ends with its line, and may have been cut there.
    unsure: bool,
    /// A literal has ended that goes on with another on the next line.
    between: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Numbers with commas, up to this bracket.
    Numbers(u8),
    /// Pairs of digits with blanks: `<Buffer 00 04>`.
    Pairs,
    /// Escapes and characters, up to this quote.
    Quoted(u8),
}

/// The continuation of a line.
enum Step {
    /// The array goes on after it.
    Open,
    /// The array ends before this byte.
    Closed(usize),
    /// It does not end where it has to.
    Cut,
    /// This is no array.
    Not,
}

impl ArrayReader {
    /// Creates a reader.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Processes the next line, with or without its line ending, and returns whether an array
    /// includes some of it. Then call [`next_array`](Self::next_array) until it returns `None`.
    pub fn line(&mut self, line: &[u8]) -> bool {
        self.line = self.line.saturating_add(1);
        let line = trim_end(line);
        let mut at = 0_usize;
        let mut taken = false;
        if let Some(open) = &self.open {
            let lead = lead(line, &self.head, self.line.saturating_sub(open.line));
            match self.go_on(line, lead) {
                Step::Open => return true,
                Step::Closed(end) => {
                    at = end;
                    taken = true;
                }
                Step::Cut => return true,
                Step::Not => {}
            }
        }
        while let Some((kind, begin)) = begins(line, at) {
            self.open = Some(Open {
                line: self.line,
                kind,
                bytes: Vec::new(),
                comment: false,
                cut: false,
                without: 0,
                unsure: false,
                between: false,
            });
            match self.go_on(line, begin) {
                Step::Open => {
                    self.head.clear();
                    self.head
                        .extend_from_slice(line.get(..MAX_LEAD).unwrap_or(line));
                    return true;
                }
                Step::Closed(end) => {
                    at = end;
                    taken = true;
                }
                Step::Cut => return true,
                Step::Not => at = begin,
            }
        }
        taken
    }

    /// Counts lines that are known to have no array.
    pub fn pass(&mut self, lines: usize) {
        self.line = self.line.saturating_add(lines);
    }

    /// Returns whether an array has begun that has not ended.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Returns whether an array has begun that has bytes already: a bracket alone begins other
    /// things, too.
    #[must_use]
    pub fn has_bytes(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| !open.bytes.is_empty())
    }

    /// Returns the next array.
    pub fn next_array(&mut self) -> Option<Array> {
        self.done.pop_front()
    }

    /// Call this at the end of the text: an open array is returned as cut.
    pub fn finish(&mut self) {
        if let Some(open) = self.open.take() {
            self.give_out_cut(open);
        }
    }

    fn give_out_cut(&mut self, mut open: Open) {
        if open.unsure {
            open.bytes.pop();
        }
        if open.bytes.len() > 1 {
            self.done.push_back(Array {
                line: open.line,
                bytes: open.bytes,
                cut: !open.between,
            });
        }
    }

    /// Reads the open array's part of a line.
    fn go_on(&mut self, line: &[u8], from: usize) -> Step {
        let Some(mut open) = self.open.take() else {
            return Step::Not;
        };
        let before = open.bytes.len();
        let step = match open.kind {
            Kind::Numbers(close) => open.numbers(line, from, close),
            Kind::Pairs => open.pairs(line, from),
            Kind::Quoted(quote) => open.quoted(line, from, quote),
        };
        open.without = if open.bytes.len() > before {
            0
        } else {
            open.without.saturating_add(1)
        };
        match step {
            Step::Open if open.bytes.len() > MAX_BYTES || open.without > MAX_LINES => {
                return Step::Not;
            }
            Step::Open => self.open = Some(open),
            // A literal ends on its line, unless the line was cut.
            Step::Cut => self.give_out_cut(open),
            Step::Closed(_) if open.bytes.len() > 1 => self.done.push_back(Array {
                line: open.line,
                bytes: open.bytes,
                cut: open.cut,
            }),
            _ => {}
        }
        step
    }
}

/// Returns how much of a line within an array is what a tool has put before it: as the line on which
/// the array begins has it, but for numbers; or the number of the line, so many lines further on.
fn lead(line: &[u8], head: &[u8], lines: usize) -> usize {
    if let (Some((first, _)), Some((number, end))) = (line_number(head), line_number(line))
        && first.checked_add(lines) == Some(number)
    {
        return end;
    }
    let class = |byte: u8| match byte {
        b'0'..=b'9' => b'0',
        b':' | b'-' | b'.' | b',' | b'+' => b':',
        b'\t' => b' ',
        other => other,
    };
    let (mut at, mut other) = (0_usize, 0_usize);
    while let (Some(one), Some(two)) = (line.get(at), head.get(other)) {
        if at >= MAX_LEAD || class(*one) != class(*two) {
            break;
        }
        // Numbers, signs and blanks count once, however many there are.
        let run = |text: &[u8], from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            let same = rest.iter().take_while(|byte| class(**byte) == class(*one));
            from.saturating_add(same.count())
        };
        (at, other) = if b"0: ".contains(&class(*one)) {
            (run(line, at), run(head, other))
        } else {
            (at.saturating_add(1), other.saturating_add(1))
        };
    }
    // It ends before a number, and not within.
    let is_word = |at: usize| line.get(at).is_some_and(u8::is_ascii_alphanumeric);
    while at > 0 && is_word(at) && is_word(at.saturating_sub(1)) {
        at = at.saturating_sub(1);
    }
    let text = line.get(..at).unwrap_or_default();
    // Numbers of the array are none of it.
    let of_numbers = |byte: &u8| byte.is_ascii_hexdigit() || b"xX,- \t".contains(byte);
    let numbers = text.iter().all(of_numbers) && text.iter().any(u8::is_ascii_digit);
    if numbers { 0 } else { at }
}

/// The number at the front of a line, and the place behind it and the sign that sets it apart.
fn line_number(line: &[u8]) -> Option<(usize, usize)> {
    let blanks = line.iter().take_while(|byte| is_blank(**byte)).count();
    let rest = line.get(blanks..)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = core::str::from_utf8(rest.get(..digits)?)
        .ok()?
        .parse()
        .ok()?;
    let sign = rest.get(digits)?;
    (is_blank(*sign) || matches!(sign, b':' | b'-' | b'|'))
        .then_some((number, blanks.saturating_add(digits).saturating_add(1)))
}

/// Returns the place where an array may begin, and that of its content.
fn begins(line: &[u8], from: usize) -> Option<(Kind, usize)> {
    let rest = line.get(from..)?;
    rest.iter().enumerate().find_map(|(index, byte)| {
        let after = rest.get(index.saturating_add(1)..)?;
        let place = from.saturating_add(index).saturating_add(1);
        match byte {
            b'[' | b'{' | b'(' => {
                let text = after.trim_ascii_start();
                let numbers = matches!(text.first(), None | Some(b'0'..=b'9' | b'-'))
                    || text.starts_with(b"/*")
                    || text.starts_with(b"//")
                    || text.starts_with(b"(byte)");
                let close = match byte {
                    b'[' => b']',
                    b'{' => b'}',
                    _ => b')',
                };
                numbers.then_some((Kind::Numbers(close), place))
            }
            b'<' => {
                if after.starts_with(b"Buffer ") {
                    Some((Kind::Pairs, place.saturating_add(7)))
                } else {
                    let digit = after.get(1).is_some_and(u8::is_ascii_digit);
                    (after.first() == Some(&b'<') && digit)
                        .then_some((Kind::Numbers(b'>'), place.saturating_add(1)))
                }
            }
            b'\'' | b'"' => {
                let escape = matches!(after, [b'\\', b'0' | b'x' | b'u', ..]);
                // The bytes of Python may begin with a letter.
                let head = after.get(..64).unwrap_or(after);
                let python = || {
                    place.checked_sub(2).and_then(|at| line.get(at)) == Some(&b'b')
                        && memchr::memmem::find(head, b"\\x").is_some()
                };
                (escape || python()).then_some((Kind::Quoted(*byte), place))
            }
            _ => None,
        }
    })
}

impl Open {
    fn numbers(&mut self, line: &[u8], from: usize, close: u8) -> Step {
        let mut at = from;
        loop {
            let Some(rest) = line.get(at..) else {
                return Step::Open;
            };
            if self.comment {
                let Some(end) = memchr::memmem::find(rest, b"*/") else {
                    return Step::Open;
                };
                self.comment = false;
                at = at.saturating_add(end).saturating_add(2);
                continue;
            }
            // A cut may leave only some digits, or fewer signs.
            let cut = |text: &[u8]| {
                let beginnings: [&[u8]; 4] = [b"(byte)", b"0x", b"0X", b"-"];
                beginnings.iter().any(|whole| whole.starts_with(text))
            };
            let skipped = |byte: &&u8| byte.is_ascii_whitespace() || **byte == b',';
            let blanks = rest.iter().take_while(skipped).count();
            at = at.saturating_add(blanks);
            let rest = rest.get(blanks..).unwrap_or_default();
            let Some(first) = rest.first() else {
                return Step::Open;
            };
            self.unsure = false;
            if rest.starts_with(b"//") || rest.starts_with(b"#") {
                return Step::Open;
            }
            if rest.starts_with(b"/*") {
                self.comment = true;
                at = at.saturating_add(2);
                continue;
            }
            if *first == close {
                return Step::Closed(at);
            }
            if let Some(rest) = rest.strip_prefix(b"...") {
                self.cut = true;
                // `... 62 more items`
                let close = memchr::memchr(close, rest);
                return match close {
                    Some(end) => Step::Closed(at.saturating_add(3).saturating_add(end)),
                    None => Step::Open,
                };
            }
            let cast = match rest.strip_prefix(b"(byte)") {
                Some(tail) => rest.len().saturating_sub(tail.trim_ascii_start().len()),
                None => 0,
            };
            let text = rest.get(cast..).unwrap_or_default();
            let length = text
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
                .count();
            let Some(value) = number(text.get(..length).unwrap_or_default()) else {
                let more = !self.bytes.is_empty() && cut(text);
                return if more { Step::Open } else { Step::Not };
            };
            self.bytes.push(value);
            at = at.saturating_add(cast).saturating_add(length);
            let next = line.get(at);
            self.unsure = next.is_none();
            let ends = next.is_none_or(|byte| {
                byte.is_ascii_whitespace() || matches!(byte, b',' | b'/') || *byte == close
            });
            if !ends {
                return Step::Not;
            }
        }
    }

    fn pairs(&mut self, line: &[u8], from: usize) -> Step {
        let mut at = from;
        while let Some(byte) = line.get(at) {
            if byte.is_ascii_whitespace() {
                at = at.saturating_add(1);
                continue;
            }
            let rest = line.get(at..).unwrap_or_default();
            if *byte == b'>' {
                return Step::Closed(at);
            }
            if rest.starts_with(b"...") {
                // `... 62 more bytes`
                self.cut = true;
                return match memchr::memchr(b'>', rest) {
                    Some(end) => Step::Closed(at.saturating_add(end)),
                    None => Step::Not,
                };
            }
            if rest.len() == 1 && rest.iter().all(u8::is_ascii_hexdigit) {
                // Cut within a byte.
                return Step::Open;
            }
            let hex = |digits: &&[u8; 2]| digits.iter().all(u8::is_ascii_hexdigit);
            let value = rest.first_chunk::<2>().filter(hex).and_then(|digits| {
                let digits = core::str::from_utf8(digits).ok()?;
                u8::from_str_radix(digits, 16).ok()
            });
            let alone = rest
                .get(2)
                .is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'>');
            match value.filter(|_| alone) {
                Some(value) => self.bytes.push(value),
                None => return Step::Not,
            }
            at = at.saturating_add(2);
        }
        Step::Open
    }

    fn quoted(&mut self, line: &[u8], from: usize, quote: u8) -> Step {
        let mut at = from;
        if core::mem::take(&mut self.between) {
            let blanks = line.iter().take_while(|byte| is_blank(**byte)).count();
            if line.get(blanks) != Some(&quote) {
                return Step::Closed(0);
            }
            at = blanks.saturating_add(1);
        }
        let digits = |text: &[u8], radix| {
            let text = core::str::from_utf8(text).ok()?;
            u8::from_str_radix(text, radix).ok()
        };
        while let Some(rest) = line.get(at..) {
            let (value, length) = match rest {
                [] => break,
                [byte, tail @ ..] if *byte == quote => {
                    let end = at.saturating_add(1);
                    // Another literal behind it belongs to it, as in C.
                    let next = tail.trim_ascii_start();
                    let gap = tail.len().saturating_sub(next.len());
                    match next {
                        [byte, ..] if *byte == quote => {
                            at = end.saturating_add(gap).saturating_add(1);
                            continue;
                        }
                        // It may go on with the next line.
                        [b'\\'] => {
                            self.between = true;
                            return Step::Open;
                        }
                        _ => return Step::Closed(end),
                    }
                }
                [b'\\', b'x', a, b, ..] if digits(&[*a, *b], 16).is_some() => {
                    (digits(&[*a, *b], 16), 4)
                }
                [b'\\', b'u', b'0', b'0', a, b, ..] => (digits(&[*a, *b], 16), 6),
                [b'\\', a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', ..] => {
                    (digits(&[*a, *b, *c], 8), 4)
                }
                [b'\\', b'0', ..] => (Some(0), 2),
                // As few digits as there can be, as strace prints them.
                [b'\\', b'1'..=b'7', tail @ ..] => {
                    let more = tail.iter().take(2);
                    let more = more
                        .take_while(|digit| matches!(digit, b'0'..=b'7'))
                        .count();
                    let octal = rest.get(1..more.saturating_add(2)).unwrap_or_default();
                    (digits(octal, 8), more.saturating_add(2))
                }
                [b'\\', b'n', ..] => (Some(b'\n'), 2),
                [b'\\', b'r', ..] => (Some(b'\r'), 2),
                [b'\\', b't', ..] => (Some(b'\t'), 2),
                [b'\\', b'a', ..] => (Some(7), 2),
                [b'\\', b'b', ..] => (Some(8), 2),
                [b'\\', b'f', ..] => (Some(12), 2),
                [b'\\', b'v', ..] => (Some(11), 2),
                [b'\\', b'\\', ..] => (Some(b'\\'), 2),
                [b'\\', byte @ (b'\'' | b'"'), ..] => (Some(*byte), 2),
                [b'\\', ..] => (None, 0),
                [byte, ..] => (Some(*byte), 1),
            };
            let Some(value) = value else {
                let digits = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b'x' | b'u');
                if rest.len() < 6 && rest.iter().skip(1).all(digits) {
                    // Cut within an escape.
                    break;
                }
                return Step::Not;
            };
            self.bytes.push(value);
            at = at.saturating_add(length);
        }
        if self.bytes.len() < MIN_CUT {
            return Step::Not;
        }
        self.unsure = true;
        Step::Cut
    }
}

/// Parses a byte, signed or not, in decimal or with `0x`, and with the suffix of some languages.
fn number(text: &[u8]) -> Option<u8> {
    let text = core::str::from_utf8(text).ok()?;
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let value = match hex {
        Some(digits) => {
            let digits = digits.strip_suffix("u8").unwrap_or(digits);
            i16::from_str_radix(digits, 16).ok()?
        }
        None => {
            let digits = text.strip_suffix("u8").or_else(|| text.strip_suffix("i8"));
            digits.unwrap_or(text).parse().ok()?
        }
    };
    match value {
        0..=255 => u8::try_from(value).ok(),
        -128..=-1 => i8::try_from(value).ok().map(i8::cast_unsigned),
        _ => None,
    }
}
