//! Owned text.

use alloc::string::String;
use alloc::sync::Arc;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::text::{Text, compare, same};

/// The longest text that needs no allocation.
const INLINE: usize = 22;

/// Text that outlives its message: an owned [`Text`].
///
/// Up to 22 bytes are stored in the value itself, which covers extensions, logins and most call
/// variables; a longer text is shared between clones. You can query a map keyed by `TextBuf` with
/// bytes, which allocates nothing:
///
/// ```
/// use std::collections::BTreeMap;
/// use cti_codec::ccx::{Text, TextBuf};
///
/// let agents = BTreeMap::from([(TextBuf::from("jdoe"), 2006)]);
/// let heard = Text::from("jdoe");
/// assert_eq!(agents.get(heard.as_bytes()), Some(&2006));
/// assert_eq!(TextBuf::from(heard), "jdoe");
/// ```
#[derive(Clone)]
pub struct TextBuf(Kept);

#[derive(Clone)]
enum Kept {
    Inline(Short),
    Shared(Arc<[u8]>),
}

#[derive(Clone, Copy)]
struct Short {
    length: u8,
    bytes: [u8; INLINE],
}

impl TextBuf {
    /// Returns a text that needs no allocation, for a look into a map, where it compares faster than
    /// bytes.
    pub(crate) fn short(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; INLINE];
        let length = u8::try_from(text.len()).ok()?;
        copy(text, &mut bytes).map(|()| Self(Kept::Inline(Short { length, bytes })))
    }

    /// Returns the bytes.
    #[must_use]
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Kept::Inline(Short { length, bytes }) => {
                bytes.get(..usize::from(*length)).unwrap_or_default()
            }
            Kept::Shared(bytes) => bytes,
        }
    }

    /// Returns the text, borrowed, for a message that you build.
    #[must_use]
    #[inline]
    pub fn text(&self) -> Text<'_> {
        Text::new(self.as_bytes())
    }
}

impl From<&[u8]> for TextBuf {
    #[inline]
    fn from(text: &[u8]) -> Self {
        Self::short(text).unwrap_or_else(|| long(text))
    }
}

#[cold]
#[inline(never)]
fn long(text: &[u8]) -> TextBuf {
    TextBuf(Kept::Shared(text.into()))
}

/// Copies a short text, in pieces of known sizes that may overlap, as a call costs more than that.
/// Returns `None` if there is no room.
#[inline]
fn copy(text: &[u8], into: &mut [u8; INLINE]) -> Option<()> {
    let into = into.get_mut(..text.len())?;
    if let (Some(head), Some(tail)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        *into.first_chunk_mut::<8>()? = *head;
        if let Some(middle) = text.get(8..16) {
            into.get_mut(8..16)?.copy_from_slice(middle);
        }
        *into.last_chunk_mut::<8>()? = *tail;
    } else if let (Some(head), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        *into.first_chunk_mut::<4>()? = *head;
        *into.last_chunk_mut::<4>()? = *tail;
    } else if let (Some(first), Some(last)) = (text.first(), text.last()) {
        *into.first_mut()? = *first;
        if let Some(second) = text.get(1) {
            *into.get_mut(1)? = *second;
        }
        *into.last_mut()? = *last;
    }
    Some(())
}

impl From<Text<'_>> for TextBuf {
    fn from(text: Text<'_>) -> Self {
        text.as_bytes().into()
    }
}

impl From<&str> for TextBuf {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl From<&String> for TextBuf {
    fn from(text: &String) -> Self {
        text.as_bytes().into()
    }
}

impl From<String> for TextBuf {
    fn from(text: String) -> Self {
        text.as_bytes().into()
    }
}

impl<'a> From<&'a TextBuf> for Text<'a> {
    fn from(text: &'a TextBuf) -> Self {
        text.text()
    }
}

impl Default for TextBuf {
    fn default() -> Self {
        [].as_slice().into()
    }
}

impl AsRef<[u8]> for TextBuf {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Borrow<[u8]> for TextBuf {
    fn borrow(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl PartialEq for TextBuf {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        same(self.as_bytes(), other.as_bytes())
    }
}

impl Eq for TextBuf {}

impl PartialOrd for TextBuf {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Sorts like the bytes.
impl Ord for TextBuf {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Kept::Inline(one), Kept::Inline(other)) => {
                let order = |place| word(&one.bytes, place).cmp(&word(&other.bytes, place));
                let order = order(0)
                    .then_with(|| order(8))
                    .then_with(|| order(INLINE.saturating_sub(8)));
                // A text ends in zeros, as another one may that is longer.
                order.then_with(|| one.length.cmp(&other.length))
            }
            _ => self.as_bytes().cmp(other.as_bytes()),
        }
    }
}

/// Returns eight bytes as a number that sorts like them.
#[inline(always)]
fn word(bytes: &[u8; INLINE], place: usize) -> u64 {
    let bytes = bytes.get(place..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Hashes like the bytes, by which a map may be queried.
impl Hash for TextBuf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

compare!(TextBuf: str &str String [u8] &[u8]);

/// Displays like [`Text`].
impl fmt::Display for TextBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// Displays like [`Text`].
impl fmt::Debug for TextBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text(), f)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn short_and_long_texts_are_the_same_text() {
        for length in 0..=255 {
            let bytes: Vec<u8> = (0..length).map(|at| b'A' ^ at).collect();
            let length = usize::from(length);
            let kept = TextBuf::from(bytes.as_slice());
            assert_eq!(kept.as_bytes(), bytes);
            assert_eq!(kept, kept.clone());
            // A text that differs anywhere is another one.
            for at in 0..length {
                let mut other = bytes.clone();
                other[at] ^= 0x20;
                assert_ne!(kept, other.as_slice());
                assert_ne!(kept, TextBuf::from(other.as_slice()));
            }
            assert_ne!(kept, [bytes.as_slice(), b"\0"].concat().as_slice());
            assert_eq!(matches!(kept.0, Kept::Inline(_)), length <= INLINE);
        }
        assert_eq!(size_of::<Option<TextBuf>>(), 24);
    }

    #[test]
    fn texts_sort_like_their_bytes() {
        let mut texts = Vec::new();
        for length in [0, 1, 2, 7, 8, 9, 15, 16, 17, INLINE - 1, INLINE, INLINE + 1] {
            for fill in [0, b'a', 0xff] {
                texts.push(alloc::vec![fill; length]);
                for at in 0..length {
                    for other in [0, b'b', 0xff] {
                        let mut text = alloc::vec![fill; length];
                        text[at] = other;
                        texts.push(text);
                    }
                }
            }
        }
        for one in &texts {
            for other in &texts {
                let kept = |text: &[u8]| TextBuf::from(text);
                assert_eq!(kept(one).cmp(&kept(other)), one.cmp(other));
            }
        }
    }
}
