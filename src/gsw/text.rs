//! Text as it travels: bytes, usually UTF-8, sometimes an older code page.
use core::fmt;

/// Text of a key or a value, kept as the bytes that arrived.
///
/// Nothing says which encoding a configuration uses, so nothing is validated: a name typed in
/// Latin-1 survives unchanged. [`Display`](fmt::Display) shows it as UTF-8 with `U+FFFD` for what
/// is not.
///
/// ```
/// use cti_codec::gsw::Text;
///
/// let name = Text::from("Spring offers");
/// assert_eq!(name, "Spring offers");
/// assert_eq!(name.to_str(), Ok("Spring offers"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// Text over these bytes.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Text(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The text as `str`.
    ///
    /// # Errors
    /// Where the bytes are not UTF-8.
    pub const fn to_str(self) -> Result<&'a str, core::str::Utf8Error> {
        core::str::from_utf8(self.0)
    }

    /// Whether there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The decimal number that the text spells, surrounding blanks aside.
    pub(crate) fn to_int(self) -> Option<i64> {
        self.to_str().ok()?.trim().parse().ok()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text(text.as_bytes())
    }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Text(bytes)
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(text) = self.to_str() {
            return f.pad(text);
        }
        for chunk in self.0.utf8_chunks() {
            f.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                f.write_str("\u{fffd}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_str() {
            Ok(text) => fmt::Debug::fmt(text, f),
            Err(_) => write!(f, "b\"{}\"", self.0.escape_ascii()),
        }
    }
}
