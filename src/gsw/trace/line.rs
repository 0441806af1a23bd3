//! Lines of a trace as they lie around: something before them, odd blanks and quotes.

/// The characters that count as blanks.
const BLANKS: [&[u8]; 6] = [
    b" ",
    b"\t",
    b"\xc2\xa0",     // no-break space
    b"\xe2\x80\x87", // figure space
    b"\xe2\x80\xaf", // narrow no-break space
    b"\xe3\x80\x80", // ideographic space
];

fn blank(text: &[u8]) -> Option<&'static [u8]> {
    let mut blanks = BLANKS.iter();
    blanks.find(|blank| text.starts_with(blank)).copied()
}

pub(super) fn trim_start(mut text: &[u8]) -> &[u8] {
    while let Some(blank) = blank(text) {
        text = text.get(blank.len()..).unwrap_or_default();
    }
    text
}

pub(super) fn trim_end(mut text: &[u8]) -> &[u8] {
    loop {
        text = text.trim_ascii_end();
        let Some(shorter) = BLANKS.iter().find_map(|blank| text.strip_suffix(*blank)) else {
            return text;
        };
        text = shorter;
    }
}

/// Returns the column after a text of blanks: a tab leads to the next multiple of eight.
fn columns(mut blanks: &[u8]) -> usize {
    let mut column = 0_usize;
    while let Some(blank) = blank(blanks) {
        column = match blank {
            b"\t" => (column | 7).saturating_add(1),
            _ => column.saturating_add(1),
        };
        blanks = blanks.get(blank.len()..).unwrap_or_default();
    }
    column
}

/// A line that is cut where its content begins.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The text that a tool put before the line: a file's name, a time, `> `.
    pub(super) lead: &'a [u8],
    /// The blanks between that and the content, in columns.
    pub(super) indentation: usize,
    /// The content, without blanks at its end.
    pub(super) content: &'a [u8],
    /// Bytes before the content.
    pub(super) margin: usize,
}

impl<'a> Line<'a> {
    /// Cuts the line as if its content began here.
    pub(super) fn cut(line: &'a [u8], margin: usize) -> Self {
        let (before, content) = line.split_at_checked(margin).unwrap_or((line, b""));
        let lead = trim_end(before);
        Line {
            lead,
            indentation: columns(before.get(lead.len()..).unwrap_or_default()),
            content: trim_end(content),
            margin,
        }
    }

    /// Cuts the line with only blanks before its content.
    pub(super) fn plain(line: &'a [u8]) -> Self {
        Self::cut(line, line.len().saturating_sub(trim_start(line).len()))
    }

    /// Returns whether the line belongs with another: nothing precedes its content, or the same
    /// lead except for numbers and the signs beside them.
    pub(super) fn is_led_like(&self, lead: &[u8]) -> bool {
        self.lead.is_empty() || shape(self.lead).eq(shape(lead))
    }
}

/// Reduces a lead to its constant part: all numbers are the same, and so are the signs between
/// them, by which tools tell matching lines from context.
fn shape(lead: &[u8]) -> impl Iterator<Item = u8> {
    let mut last = None;
    lead.iter().filter_map(move |byte| {
        let class = match byte {
            b'0'..=b'9' => b'0',
            b':' | b'-' | b'.' | b',' | b'+' => b':',
            b'\t' => b' ',
            other => *other,
        };
        // A number or a run of signs counts once.
        let again = last == Some(class) && b"0: ".contains(&class);
        last = Some(class);
        (!again).then_some(class)
    })
}

/// A quotation mark: straight, or as word processors turn it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    Single,
    Double,
}

const QUOTES: [(&[u8], Quote); 12] = [
    (b"'", Quote::Single),
    (b"\"", Quote::Double),
    (b"`", Quote::Single),
    (b"\xc2\xb4", Quote::Single),
    (b"\xe2\x80\x98", Quote::Single),
    (b"\xe2\x80\x99", Quote::Single),
    (b"\xe2\x80\x9a", Quote::Single),
    (b"\xe2\x80\xb2", Quote::Single),
    (b"\xe2\x80\x9c", Quote::Double),
    (b"\xe2\x80\x9d", Quote::Double),
    (b"\xe2\x80\x9e", Quote::Double),
    (b"\xe2\x80\xb3", Quote::Double),
];

/// Returns the quotation mark at the front of a text, and the text after it.
pub(super) fn open(text: &[u8]) -> Option<(Quote, &[u8])> {
    // Most texts begin with no mark.
    let first = *text.first()?;
    if first.is_ascii() && !b"'\"`".contains(&first) {
        return None;
    }
    // Markdown's code, in which a line stands with its indentation.
    if let [b'`', next @ ..] = text
        && blank(next).is_some()
    {
        return None;
    }
    QUOTES
        .iter()
        .find_map(|(mark, quote)| Some((*quote, text.strip_prefix(*mark)?)))
}

/// Returns the text before a mark of this sort at its end.
pub(super) fn close(text: &[u8], quote: Quote) -> Option<&[u8]> {
    let mut marks = QUOTES.iter().filter(|(_, sort)| *sort == quote);
    marks.find_map(|(mark, _)| text.strip_suffix(*mark))
}

/// Returns the places of marks of this sort in a text, as the text before and after each.
pub(super) fn marks(text: &[u8], quote: Quote) -> impl Iterator<Item = (&[u8], &[u8])> {
    let firsts = text.iter().enumerate();
    firsts.filter_map(move |(place, _)| {
        let (before, rest) = text.split_at_checked(place)?;
        let (found, after) = open(rest)?;
        (found == quote).then_some((before, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_lead_to_multiples_of_eight() {
        for (blanks, column) in [
            ("\t", 8),
            ("   \t", 8),
            ("       \t", 8),
            ("        \t", 16),
            ("    \t ", 9),
            ("\u{a0}\u{a0}\t\t", 16),
            ("\u{3000}", 1),
        ] {
            assert_eq!(columns(blanks.as_bytes()), column, "{blanks:?}");
        }
    }

    #[test]
    fn leads_are_the_same_but_for_numbers() {
        let like = |one: &str, other: &str| shape(one.as_bytes()).eq(shape(other.as_bytes()));
        assert!(like("ocs.log:9:", "ocs.log-10-"));
        assert!(like(
            "Mar  1 10:21:07 ocs2 OCServer[77]:",
            "Mar 11 10:21:08 ocs2 OCServer[1234]:"
        ));
        assert!(like(">", ">"));
        assert!(!like(">", ">>"));
        assert!(!like("a", "b"));
    }
}
