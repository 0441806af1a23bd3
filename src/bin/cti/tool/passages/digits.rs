//! Lines of digits: where a passage of them begins, and rows in unusual forms made usual.

use super::Look;
use super::words::Words;

/// Where on a line a passage begins: at an offset of 0 and the bytes behind it, or at digits of what
/// is looked for.
pub(super) fn begins(line: &[u8], in_digits: impl Fn(&[u8]) -> bool) -> Option<usize> {
    let margin = line.len().saturating_sub(line.trim_ascii_start().len());
    let text = line.get(margin..)?;
    if zero_offset(text) || in_digits(text) {
        return Some(margin);
    }
    // Behind the prefix of a logger, grep or a mail.
    let head = line.get(..line.len().min(512))?;
    // The row of a trace.
    let labels = [&b"MHDR:"[..], b"MDATA:"];
    let label = labels
        .iter()
        .filter_map(|label| memchr::memmem::find(head, label))
        .min();
    let head = head.get(..label.unwrap_or(head.len()))?;
    let mut at = margin;
    while let Some(byte) = head.get(at) {
        if *byte == b'|' && is_of_a_table(line.get(at..)?) {
            return Some(at);
        }
        let before = at.checked_sub(1).and_then(|before| head.get(before));
        let escape = *byte == b'\\' && head.get(at.saturating_add(1)) == Some(&b'x');
        if !byte.is_ascii_hexdigit() && !escape {
            at = at.saturating_add(1);
            continue;
        }
        let text = line.get(at..)?;
        let run = text.iter().take_while(|byte| byte.is_ascii_hexdigit());
        let run = run.count().max(1);
        let apart = before.is_none_or(|byte| match byte {
            b'.' => false,
            // The groups of a number have commas, too.
            b',' => run >= 24,
            byte => !byte.is_ascii_alphanumeric(),
        });
        // Numbers behind a bracket are an array, and escapes behind a quote a literal.
        // More digits than those of one are a literal of another sort, as in SQL.
        let number = (text.starts_with(b"0x") || text.starts_with(b"0X"))
            && !text
                .get(2..10)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let prefix = head.get(..at)?;
        let opened = |byte: &u8| b"[{(<,".contains(byte);
        let in_array = number && prefix.trim_ascii_end().last().is_some_and(opened)
            || escape && memchr::memchr2(b'"', b'\'', prefix).is_some()
            || memchr::memmem::find(prefix, b"<Buffer ").is_some();
        if apart && !in_array && (zero_offset(text) || in_digits(text)) {
            return (!is_data(prefix, run)).then_some(at);
        }
        at = at.saturating_add(run);
    }
    None
}

/// Returns whether digits of the same kind precede these, so that nothing begins here.
fn is_data(prefix: &[u8], width: usize) -> bool {
    let Some(before) = prefix.strip_suffix(b" ") else {
        return false;
    };
    let group = |group: &[u8]| group.len() == width && group.iter().all(u8::is_ascii_hexdigit);
    let before = before.trim_ascii();
    // A single number behind words may be that of the line, or a size.
    width.is_multiple_of(2)
        && (before.rsplit(|byte| *byte == b' ').take(2).all(group)
            || before.split(|byte| *byte == b' ').all(group))
}

/// A text without what closes the quotes or brackets that a logger has opened before it.
pub(super) fn unclosed(text: &[u8]) -> &[u8] {
    let open = |byte: &u8| matches!(byte, b'"' | b'\'' | b')' | b']' | b';' | b',' | b'>' | b'}');
    let kept = text
        .len()
        .saturating_sub(text.iter().rev().take_while(|byte| open(byte)).count());
    // A text column may end so, too.
    let digits = text.get(..kept).unwrap_or_default();
    let hex = digits.iter().all(|byte| {
        byte.is_ascii_hexdigit()
            || byte.is_ascii_whitespace()
            || matches!(byte, b':' | b'-' | b',' | b'x' | b'\\')
    });
    if hex { digits } else { text }
}

/// What `od` shows a byte as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Od {
    Octal,
    Letters,
    Decimal,
    Signed,
}

/// Makes rows as other tools print them ones of pairs of digits: those of a table of Netty, with the
/// bits of their bytes, with bytes in octal, decimal or letters, as `od` has them for `-b`,
/// `-t u1` and `-c`, or with words.
#[derive(Clone, Debug, Default)]
pub(super) struct Usual {
    /// The rows have words.
    pub(super) words: Option<Words>,
    /// What the first row has shown.
    od: Option<Od>,
    /// The rows have the bits of bytes.
    bits: bool,
}

impl Usual {
    /// The row in the usual form, if it is in another; `look` says what bytes look like.
    pub(super) fn row(&mut self, line: &[u8], look: impl Fn(&[u8]) -> Look) -> Option<Vec<u8>> {
        let text = line.trim_ascii();
        if is_of_a_table(text) {
            let (digits, rest) = text.get(1..)?.split_at_checked(8)?;
            return Some([digits, b": ", rest.get(1..)?].concat());
        }
        let end = text.iter().take_while(|byte| byte.is_ascii_hexdigit());
        let (offset, rest) = text.split_at_checked(end.count())?;
        match rest.first() {
            Some(b':') => {
                let cells = rest.get(1..)?;
                let bytes = bits(cells);
                self.bits |= !bytes.is_empty();
                if is_zero(offset) {
                    let words = offset.len() == 8 && bytes.is_empty();
                    self.words = words.then(|| Words::of_xxd(cells, look)).flatten();
                }
                match self.words {
                    Some(words) => words.row(offset, cells),
                    None => self.bits.then(|| row(offset, b":", &bytes)),
                }
            }
            Some(b' ') if matches!(offset.len(), 6 | 7) => {
                if is_zero(offset) {
                    self.od = Od::of(rest);
                    let words = || Words::of(rest, look);
                    self.words = self.od.is_none().then(words).flatten();
                }
                match self.words {
                    Some(words) => words.row(offset, rest),
                    None => Some(row(offset, b"", &self.od?.bytes(rest)?)),
                }
            }
            _ => None,
        }
    }
}

fn is_zero(offset: &[u8]) -> bool {
    offset.iter().all(|digit| *digit == b'0')
}

/// The line between the cells of a table as hexyl draws it, and that within a cell.
const BAR: &[u8] = "\u{2502}".as_bytes();
const HALF: &[u8] = "\u{250a}".as_bytes();

/// Draws the lines of such a table with `|`, as others do.
pub(super) fn plain_bars(line: &[u8]) -> Option<Vec<u8>> {
    memchr::memmem::find(line, BAR)?;
    let mut plain = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some((first, tail)) = rest.split_first() {
        if let Some(tail) = rest.strip_prefix(BAR) {
            plain.push(b'|');
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix(HALF) {
            plain.push(b' ');
            rest = tail;
        } else {
            plain.push(*first);
            rest = tail;
        }
    }
    Some(plain)
}

/// Returns whether a text begins as a row of a table of Netty.
pub(super) fn is_of_a_table(text: &[u8]) -> bool {
    text.strip_prefix(b"|")
        .and_then(|text| text.split_at_checked(8))
        .is_some_and(|(digits, rest)| {
            digits.iter().all(u8::is_ascii_hexdigit) && rest.starts_with(b"|")
        })
}

/// The bytes of a row that has eight digits 0 or 1 for each, and one character. The last digits may
/// have been cut off.
fn bits(row: &[u8]) -> Vec<u8> {
    let mut rest = row.trim_ascii_start();
    let mut bytes = Vec::new();
    while let Some((digits, tail)) = rest.split_at_checked(8)
        && digits.iter().all(|digit| matches!(digit, b'0' | b'1'))
        && tail.first().is_none_or(u8::is_ascii_whitespace)
    {
        let digits = core::str::from_utf8(digits).ok();
        bytes.extend(digits.and_then(|digits| u8::from_str_radix(digits, 2).ok()));
        rest = tail.strip_prefix(b" ").unwrap_or(tail);
    }
    let text = rest.trim_ascii();
    let cut = text.len() < 8 && text.iter().all(|digit| matches!(digit, b'0' | b'1'));
    if text.len() > bytes.len() && !cut {
        bytes.clear();
    }
    bytes
}

impl Od {
    /// What the cells of a first row show.
    fn of(cells: &[u8]) -> Option<Self> {
        let kinds = [Self::Octal, Self::Decimal, Self::Letters, Self::Signed];
        kinds.into_iter().find(|kind| kind.bytes(cells).is_some())
    }

    /// The bytes of a row, in columns with a blank before each.
    fn bytes(self, cells: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Octal => columns(cells, 4, |text| match text.len() {
                3 => u8::from_str_radix(text, 8).ok(),
                _ => None,
            }),
            Self::Letters => columns(cells, 4, letter),
            Self::Decimal => columns(cells, 4, |text| decimal(text)?.parse().ok()),
            Self::Signed => columns(cells, 5, |text| {
                decimal(text)?.parse().ok().map(i8::cast_unsigned)
            }),
        }
    }
}

/// A number without zeros before it, which words of two bytes have.
fn decimal(text: &str) -> Option<&str> {
    (text == "0" || !text.starts_with('0')).then_some(text)
}

/// A byte as `od -c` has it.
fn letter(text: &str) -> Option<u8> {
    match text.as_bytes() {
        b"\\0" => Some(0),
        b"\\a" => Some(7),
        b"\\b" => Some(8),
        b"\\t" => Some(9),
        b"\\n" => Some(10),
        b"\\v" => Some(11),
        b"\\f" => Some(12),
        b"\\r" => Some(13),
        b"" => Some(b' '),
        [byte] => Some(*byte),
        [_, _, _] => u8::from_str_radix(text, 8).ok(),
        _ => None,
    }
}

/// The bytes in columns of so many characters; `None` if one is none.
fn columns(cells: &[u8], width: usize, read: fn(&str) -> Option<u8>) -> Option<Vec<u8>> {
    // Blanks at the end of a row may have been lost, or added.
    let end = cells.trim_ascii_end().len().next_multiple_of(width);
    let mut cells = cells.get(..end).unwrap_or(cells).to_vec();
    cells.resize(end, b' ');
    let bytes: Option<Vec<u8>> = cells
        .chunks(width)
        .map(|cell| {
            let text = core::str::from_utf8(cell.strip_prefix(b" ")?).ok()?;
            read(text.trim_start())
        })
        .collect();
    bytes.filter(|bytes| (1..=64).contains(&bytes.len()))
}

/// A row with a pair of digits for each byte.
pub(super) fn row(offset: &[u8], colon: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut row = [offset, colon, b" "].concat();
    for byte in bytes {
        row.extend_from_slice(format!("{byte:02x} ").as_bytes());
    }
    row
}

/// Splits a text into the digits of its offset and the rest.
pub(super) fn offset(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.strip_prefix(b"0x").unwrap_or(text);
    let count = text.iter().take_while(|byte| byte.is_ascii_hexdigit());
    let (digits, rest) = text.split_at_checked(count.count())?;
    let (colon, rest) = match rest.strip_prefix(b":") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let blank = rest.first().is_some_and(u8::is_ascii_whitespace);
    let data = rest.trim_ascii_start();
    let pair = data.get(..2)?.iter().all(u8::is_ascii_hexdigit);
    // Wireshark has four digits and two blanks.
    let long = if colon {
        3..=16
    } else if rest.starts_with(b"  ") {
        4..=16
    } else {
        6..=16
    };
    // Without a colon, bytes follow, and not further words of the same kind.
    let bytes = colon || data.get(2).is_none_or(u8::is_ascii_whitespace) || digits.len() == 7;
    (blank && pair && bytes && long.contains(&digits.len())).then_some((digits, data))
}

/// Returns whether a text begins with a row of offset 0.
pub(super) fn zero_offset(text: &[u8]) -> bool {
    let zeros = text.iter().take_while(|byte| **byte == b'0').count();
    if offset(text).is_some_and(|(digits, _)| is_zero(digits)) {
        return true;
    }
    let Some(cells) = text.get(zeros..).filter(|_| matches!(zeros, 6 | 7)) else {
        return false;
    };
    let end = memchr::memchr(b'\n', cells).unwrap_or(cells.len());
    let cells = cells.get(..end).unwrap_or_default();
    let other = || Words::of(cells, |_| Look::Other).is_some();
    cells.starts_with(b" ") && (Od::of(cells).is_some() || other())
}

/// Returns whether a line is an offset alone, of so many digits.
pub(super) fn is_last_offset(text: &[u8], digits: usize) -> bool {
    text.len() == digits && text.iter().all(u8::is_ascii_hexdigit)
}

/// Returns whether a line begins as a line of hex does.
pub(super) fn looks_like_hex(text: &[u8]) -> bool {
    let text = text
        .strip_prefix(b"0x")
        .or_else(|| text.strip_prefix(b"\\x"))
        .unwrap_or(text);
    let count = text.iter().take_while(|byte| byte.is_ascii_hexdigit());
    let count = count.count();
    let next = text.get(count);
    count > 0
        && next.is_none_or(|byte| {
            matches!(
                byte,
                b' ' | b'\t' | b',' | b':' | b';' | b'-' | b'_' | b'\\'
            ) || count >= 2
        })
}

/// The first bytes that digits at the front of a text show, up to so many.
pub(crate) fn first_bytes(text: &[u8], most: usize) -> Vec<u8> {
    shown_bytes(text).take(most).collect()
}

/// The first bytes that digits at the front of a text show, in no memory of their own.
pub(crate) struct First<const N: usize>([u8; N], usize);

impl<const N: usize> First<N> {
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut bytes = [0; N];
        let shown = bytes.iter_mut().zip(shown_bytes(text));
        let count = shown.map(|(place, byte)| *place = byte).count();
        Self(bytes, count)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.get(..self.1).unwrap_or_default()
    }
}

/// The bytes that digits at the front of a text show, with or without signs between them.
pub(crate) fn shown_bytes(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = match rest {
            [b'0', b'x' | b'X', more @ ..] | [b'\\', b'x', more @ ..] => more,
            rest => rest,
        };
        let (&[high, low], more) = rest.split_first_chunk::<2>()?;
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let byte = u8::try_from((digit(high)? << 4) | digit(low)?).ok()?;
        let signs = more.iter().take_while(|byte| is_sign(**byte)).count();
        rest = more.get(signs..).unwrap_or_default();
        Some(byte)
    })
}

/// Returns whether a character may stand between digits.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b',' | b':' | b';' | b'-' | b'_')
}

/// How far around a place is looked at to tell whether something begins there.
pub(super) const AROUND: usize = 64;

/// Whether a passage of digits may begin with those at a place, at which there are zeros.
/// So many groups of digits may stand before them.
pub(super) fn may_be_digits(
    bytes: &[u8],
    at: usize,
    before_zeros: usize,
    in_digits: impl Fn(&[u8]) -> bool,
) -> bool {
    // The place may be that of the x before the digits.
    let at = match bytes.get(at) {
        Some(b'x') => at.saturating_add(1),
        _ => at,
    };
    let head = bytes.get(at.saturating_sub(AROUND)..at).unwrap_or_default();
    let run = head.iter().rev();
    let run = run.take_while(|byte| byte.is_ascii_hexdigit()).count();
    let digits = |byte: &u8| byte.is_ascii_hexdigit() || b" :-\t".contains(byte);
    if head.len() == AROUND && head.iter().all(digits) {
        // A packet may begin with any digits.
        return true;
    }
    let before = |count: usize| head.len().checked_sub(count).and_then(|at| head.get(at));
    let mut start = at.saturating_sub(run);
    let x = matches!(before(run.saturating_add(1)), Some(b'x' | b'X'));
    if x {
        start = start.saturating_sub(1);
        if matches!(before(run.saturating_add(2)), Some(b'0' | b'\\')) {
            start = start.saturating_sub(1);
        }
    }
    // The end of a piece is looked at together with the next one.
    let Some(text) = bytes.get(start..).filter(|text| text.len() > AROUND) else {
        return true;
    };
    if in_digits(text) || zero_offset(text) {
        return true;
    }
    let mut groups = head.get(..head.len().saturating_sub(at.saturating_sub(start)));
    for _ in 0..before_zeros {
        let Some(before) = groups else { break };
        let signs = before.iter().rev().take_while(|byte| is_sign(**byte));
        let signs = signs.count();
        let digits = before.iter().rev().skip(signs);
        let digits = digits.take_while(|byte| byte.is_ascii_hexdigit()).count();
        groups = before.get(..before.len().saturating_sub(signs.saturating_add(digits)));
        start = start.saturating_sub(signs.saturating_add(digits));
        if signs == 0 || digits == 0 {
            break;
        }
        if bytes.get(start..).is_some_and(&in_digits) {
            return true;
        }
    }
    // A table has bars around the offset.
    head.ends_with(b"|") || head.ends_with(BAR) || x && may_be_array(bytes, at)
}

/// Whether a number at a place may be one of an array: behind a bracket or a quote, with signs and
/// other numbers between at most.
pub(super) fn may_be_array(bytes: &[u8], at: usize) -> bool {
    let head = bytes.get(at.saturating_sub(AROUND)..at).unwrap_or_default();
    for byte in head.iter().rev() {
        match byte {
            b'[' | b'{' | b'(' | b'<' | b'"' | b'\'' | b'\n' | b'/' | b'*' => return true,
            b'0'..=b'9'
            | b'a'..=b'f'
            | b'A'..=b'F'
            | b' '
            | b','
            | b'x'
            | b'X'
            | b'\\'
            | b'-'
            | b'\t'
            | b')'
            | b'y'
            | b't'
            | b'u'
            // A no-break space.
            | 0xc2
            | 0xa0 => {}
            _ => return false,
        }
    }
    true
}
