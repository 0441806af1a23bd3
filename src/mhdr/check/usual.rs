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

/// Something else than 0 if one of the eight bytes is NUL or not ASCII.
#[inline(always)]
const fn odd(word: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(word);
    (wire::zero_in(word) | word) & wire::HIGH
}

/// Returns whether a text is ASCII without a NUL. Eight bytes at a time, as most texts are short.
pub(super) fn is_plain(text: &[u8]) -> bool {
    // The first and the last ones may overlap.
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        let ends = odd(*first) | odd(*last);
        return ends == 0 && (text.len() <= 16 || is_plain_long(text));
    }
    if let (Some([a, b, c, d]), Some([e, f, g, h])) = (text.first_chunk(), text.last_chunk()) {
        return odd([*a, *b, *c, *d, *e, *f, *g, *h]) == 0;
    }
    text.iter().all(|byte| matches!(byte, 1..0x80))
}

/// The same, but for the last bytes, which have been looked at.
fn is_plain_long(text: &[u8]) -> bool {
    let (words, _) = text.as_chunks::<8>();
    words.iter().fold(0, |bits, word| bits | odd(*word)) == 0
}

/// Returns the place of the first NUL, if all before it is ASCII.
#[inline(always)]
pub(super) fn first_plain(data: &[u8]) -> Option<usize> {
    let (words, rest) = data.as_chunks::<8>();
    let mut at = 0_usize;
    for word in words {
        let odd = odd(*word);
        if odd != 0 {
            let at = at.wrapping_add(odd.trailing_zeros() as usize / 8);
            return (data.get(at) == Some(&0)).then_some(at);
        }
        at = at.wrapping_add(8);
    }
    let in_rest = rest.iter().position(|byte| !matches!(byte, 1..0x80))?;
    let at = at.wrapping_add(in_rest);
    (data.get(at) == Some(&0)).then_some(at)
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
