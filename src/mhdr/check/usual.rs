//! What nothing is to be said of, seen at a glance.

use crate::mhdr::layout::{Kind, ValueTable};
use crate::mhdr::wire;

/// Returns whether a number needs no finding.
#[inline(always)]
pub(super) fn is_usual(
    kind: Kind,
    values: Option<&'static ValueTable>,
    reserved: Option<u32>,
    value: u32,
) -> bool {
    match (reserved, values) {
        (Some(reserved), _) => value == reserved,
        (None, _) if value > 1 && kind == Kind::Bool => false,
        (None, Some(values)) => values.lists(value),
        (None, None) => true,
    }
}

/// Returns whether a text is ASCII without a NUL. Eight bytes at a time, as most texts are short.
pub(super) fn is_plain(text: &[u8]) -> bool {
    let odd = |word: &[u8; 8]| {
        let word = u64::from_ne_bytes(*word);
        (wire::zero_in(word) | word) & wire::HIGH
    };
    let Some(last) = text.last_chunk::<8>() else {
        // Of two halves, which may overlap, too.
        if let (Some([a, b, c, d]), Some([e, f, g, h])) = (text.first_chunk(), text.last_chunk()) {
            return odd(&[*a, *b, *c, *d, *e, *f, *g, *h]) == 0;
        }
        return text.iter().all(|byte| matches!(byte, 1..0x80));
    };
    // The last eight bytes may overlap the word before them.
    let words = text.as_chunks::<8>().0;
    words.iter().fold(odd(last), |bits, word| bits | odd(word)) == 0
}

/// Reads a number; `None` if no number has this size.
#[inline]
pub(super) fn number(data: &[u8]) -> Option<u32> {
    match *data {
        [a] => Some(a.into()),
        [a, b] => Some(u16::from_be_bytes([a, b]).into()),
        [a, b, c, d] => Some(u32::from_be_bytes([a, b, c, d])),
        _ => None,
    }
}
