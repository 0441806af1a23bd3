//! Text as it travels: bytes, usually UTF-8, sometimes an older code page.

use core::fmt;
use core::str::{self, Utf8Error};

/// Text as the bytes that arrived.
///
/// Usually they are UTF-8, but nothing is validated until somebody asks, so a name typed in another
/// encoding does not cost a message and survives unchanged. `Display` shows as replacement
/// characters what is not UTF-8.
///
/// In `ccx` it is the data of a STRING field without the terminating NUL, which `FieldDataLength`
/// counts: decoding takes that NUL off and accepts its absence, encoding always writes it. In `gsw`
/// it is a key or a value.
///
/// ```
/// use cti_codec::ccx::Text;
///
/// let text = Text::from("Zo\u{eb}");
/// assert_eq!(text, "Zo\u{eb}");
/// assert_eq!(text.to_str(), Ok("Zo\u{eb}"));
/// assert_eq!(Text::from(b"Zo\xeb").to_string(), "Zo\u{fffd}");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// Text over these bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The text as a `str`.
    ///
    /// # Errors
    /// The text is not UTF-8.
    pub const fn to_str(self) -> Result<&'a str, Utf8Error> {
        str::from_utf8(self.0)
    }

    /// Whether there is no byte in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Takes one terminating NUL off.
    #[inline(always)]
    pub(crate) fn from_wire(data: &'a [u8]) -> Self {
        match data.split_last() {
            Some((0, text)) => Self(text),
            _ => Self(data),
        }
    }

    /// The decimal number that the text spells, surrounding blanks aside.
    pub(crate) fn to_int(self) -> Option<i64> {
        self.to_str().ok()?.trim().parse().ok()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
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

/// Shows what is not UTF-8 as replacement characters. Width and precision bind UTF-8 only.
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

/// Shows every byte, escaped where it is not printable ASCII or valid UTF-8.
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
