//! Text on the wire: bytes, usually UTF-8, sometimes an older code page.

use alloc::borrow::Cow;
use alloc::string::String;
use core::borrow::Borrow;
use core::fmt::{self, Write};
use core::str::{self, FromStr, Utf8Error};

use crate::text_buf::TextBuf;

/// Text as the bytes received.
///
/// They are usually UTF-8, but are not validated until you ask, so a name in another encoding does
/// not cost a message and survives unchanged.
///
/// In `ccx` it is the data of a STRING field without the terminating NUL, which `FieldDataLength`
/// counts: decoding removes that NUL and accepts its absence, encoding always writes it. In `gsw`
/// it is a key or a value.
///
/// ```
/// use cti_codec::ccx::Text;
///
/// let text = Text::from("Zo\u{eb}");
/// assert_eq!(text, "Zo\u{eb}");
/// assert_eq!(text.to_str(), Ok("Zo\u{eb}"));
/// assert_eq!(Text::from("2006").parse(), Some(2006));
/// ```
///
/// # Display
///
/// The other side chooses the text, so neither `Display` nor `Debug` passes on any character that moves
/// a cursor, begins a line, changes colours or turns the direction of writing: control characters (C0,
/// DEL, C1), bidirectional controls and Unicode's line separators show as escapes, such as `\n` and
/// `\u{1b}`.
///
/// | | escapes | bytes that are not UTF-8 | reversible |
/// | --- | --- | --- | --- |
/// | `Display`, `to_string` | harmful characters | `U+FFFD` | no |
/// | `Debug` | also `"`, `\` and all that is not printable; in quotes | `\xff` | yes |
/// | [`to_string_lossy`](Self::to_string_lossy) | nothing | `U+FFFD` | if UTF-8 |
///
/// ```
/// use cti_codec::ccx::Text;
///
/// let text = Text::from(b"\x1b[2JZo\xeb");
/// assert_eq!(text.to_string(), "\\u{1b}[2JZo\u{fffd}");
/// assert_eq!(format!("{text:?}"), r#""\u{1b}[2JZo\xeb""#);
/// assert_eq!(text.to_string_lossy(), "\x1b[2JZo\u{fffd}");
/// assert_eq!(format!("{:>5}|{:.2}", Text::from("abc"), Text::from("abc")), "  abc|ab");
/// ```
///
/// # As the key of a map
///
/// A text hashes and sorts like its bytes, so you can query a map with keys of [`TextBuf`], or of
/// any other type that lends bytes, without a copy:
///
/// ```
/// use std::collections::HashMap;
/// use cti_codec::ccx::{Text, TextBuf};
///
/// let mut agents = HashMap::<TextBuf, u32>::new();
/// agents.insert("jdoe".into(), 2006);
/// let from_a_frame = Text::from("jdoe");
/// assert_eq!(agents.get(from_a_frame.as_bytes()), Some(&2006));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// Creates a text over these bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Returns the number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.len()
    }

    /// Returns whether the text has no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text as a `str`.
    ///
    /// # Errors
    /// Fails if the text is not UTF-8.
    pub const fn to_str(self) -> Result<&'a str, Utf8Error> {
        str::from_utf8(self.0)
    }

    /// Returns the text as a `str`, with `U+FFFD` for bytes that are not UTF-8. Control characters
    /// stay: do not send it to a terminal.
    #[must_use]
    pub fn to_string_lossy(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }

    /// Parses the text as a number or any other type that parses from a `str`; `None` if it is not
    /// UTF-8 or not such a value.
    #[must_use]
    pub fn parse<T: FromStr>(self) -> Option<T> {
        self.to_str().ok()?.parse().ok()
    }

    /// Copies the bytes, to keep them when the frame is gone.
    #[must_use]
    pub fn to_buf(self) -> TextBuf {
        self.into()
    }

    /// Removes one terminating NUL.
    #[inline(always)]
    pub(crate) fn from_wire(data: &'a [u8]) -> Self {
        match data.split_last() {
            Some((0, text)) => Self(text),
            _ => Self(data),
        }
    }

    /// Returns the decimal number that the text spells, without blanks around it.
    pub(crate) fn to_int(self) -> Option<i64> {
        self.to_str().ok()?.trim().parse().ok()
    }

    /// Writes the characters, escaping harmful ones.
    fn write_escaped(self, out: &mut impl Write) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for part in chunk.valid().split_inclusive(is_harmful) {
                let mut chars = part.chars();
                match chars.next_back() {
                    Some(last) if is_harmful(last) => {
                        out.write_str(chars.as_str())?;
                        write!(out, "{}", last.escape_default())?;
                    }
                    _ => out.write_str(part)?,
                }
            }
            if !chunk.invalid().is_empty() {
                out.write_char('\u{fffd}')?;
            }
        }
        Ok(())
    }
}

/// Returns whether a character could forge a line, move the cursor or change the reading of the
/// following text: control characters, bidirectional controls, line and paragraph separators.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}

impl<'a> From<&'a String> for Text<'a> {
    fn from(text: &'a String) -> Self {
        Self(text.as_bytes())
    }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Text<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Self(bytes)
    }
}

impl<'a> From<Text<'a>> for &'a [u8] {
    fn from(text: Text<'a>) -> Self {
        text.0
    }
}

/// Fails if the text is not UTF-8.
impl<'a> TryFrom<Text<'a>> for &'a str {
    type Error = Utf8Error;

    fn try_from(text: Text<'a>) -> Result<Self, Utf8Error> {
        text.to_str()
    }
}

/// Fails if the text is not UTF-8; [`Text::to_string_lossy`] does not.
impl TryFrom<Text<'_>> for String {
    type Error = Utf8Error;

    fn try_from(text: Text<'_>) -> Result<Self, Utf8Error> {
        text.to_str().map(Self::from)
    }
}

/// Returns whether texts are equal. Texts are short, and a call costs more than comparing them in
/// pieces of known sizes, which may overlap.
#[inline(always)]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    if let (Some(head), Some(tail)) = (one.first_chunk::<8>(), one.last_chunk::<8>()) {
        return Some(head) == other.first_chunk::<8>()
            && Some(tail) == other.last_chunk::<8>()
            && (one.len() <= 16 || one == other);
    }
    if let (Some(head), Some(tail)) = (one.first_chunk::<4>(), one.last_chunk::<4>()) {
        return Some(head) == other.first_chunk::<4>() && Some(tail) == other.last_chunk::<4>();
    }
    one.first() == other.first() && one.get(1) == other.get(1) && one.last() == other.last()
}

/// Compares with other types that lend bytes, in both directions.
macro_rules! compare {
    ($Text:ty: $($other:ty)*) => {$(
        impl PartialEq<$other> for $Text {
            #[inline]
            fn eq(&self, other: &$other) -> bool {
                $crate::text::same(self.as_bytes(), AsRef::<[u8]>::as_ref(other))
            }
        }
        impl PartialEq<$Text> for $other {
            #[inline]
            fn eq(&self, other: &$Text) -> bool {
                $crate::text::same(AsRef::<[u8]>::as_ref(self), other.as_bytes())
            }
        }
    )*};
}
pub(crate) use compare;

compare!(Text<'_>: str &str String [u8] &[u8] TextBuf);

impl AsRef<[u8]> for Text<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0
    }
}

impl Borrow<[u8]> for Text<'_> {
    fn borrow(&self) -> &[u8] {
        self.0
    }
}

/// Shows the text on one line, harmless to a terminal: see the table at [`Text`].
impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_str() {
            Ok(text) if !text.contains(is_harmful) => f.pad(text),
            _ if f.width().is_none() && f.precision().is_none() => self.write_escaped(f),
            _ => {
                let mut text = String::new();
                self.write_escaped(&mut text)?;
                f.pad(&text)
            }
        }
    }
}

/// Shows every byte, escaped unless it is printable ASCII or part of valid UTF-8.
impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for chunk in self.0.utf8_chunks() {
            fmt::Display::fmt(&chunk.valid().escape_debug(), f)?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        f.write_str("\"")
    }
}

#[cfg(feature = "serde")]
mod json {
    use alloc::string::String;
    use core::fmt;

    use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
    use serde::ser::{Serialize, SerializeMap, Serializer};

    use super::{Text, TextBuf};
    use crate::hex::{self, Hex};

    const HEX: &str = "hex";

    /// Serializes as a string, or as `{"hex":"…"}` where the text is not UTF-8.
    impl Serialize for Text<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if let Ok(text) = self.to_str() {
                return serializer.serialize_str(text);
            }
            let mut map = serializer.serialize_map(Some(1))?;
            map.serialize_entry(HEX, &Hex(self.as_bytes()))?;
            map.end()
        }
    }

    /// Serializes like [`Text`].
    impl Serialize for TextBuf {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.text().serialize(serializer)
        }
    }

    struct Borrowed;

    impl<'de> Visitor<'de> for Borrowed {
        type Value = Text<'de>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string that can be borrowed")
        }

        fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
            Ok(text.into())
        }

        fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<Text<'de>, E> {
            Ok(bytes.into())
        }
    }

    /// Borrows from the input, like `&str`, and so fails at strings with escapes in them and at
    /// text that is not UTF-8. [`TextBuf`] reads every form that is written.
    impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(Borrowed)
        }
    }

    struct Owned;

    impl<'de> Visitor<'de> for Owned {
        type Value = TextBuf;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string, or bytes as {\"hex\":\"…\"}")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<TextBuf, E> {
            Ok(text.into())
        }

        fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<TextBuf, E> {
            Ok(Text::new(bytes).to_buf())
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TextBuf, A::Error> {
            let wrong = || de::Error::invalid_type(de::Unexpected::Map, &self);
            let Some((key, digits)) = map.next_entry::<String, String>()? else {
                return Err(wrong());
            };
            if key != HEX || map.next_key::<de::IgnoredAny>()?.is_some() {
                return Err(wrong());
            }
            let bytes = hex::parse(&digits);
            let bytes = bytes.ok_or_else(|| de::Error::custom("hexadecimal digits expected"))?;
            Ok(bytes.as_slice().into())
        }
    }

    impl<'de> Deserialize<'de> for TextBuf {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(Owned)
        }
    }
}
