//! STRING fields.

use core::fmt;
use core::str::{self, Utf8Error};

/// The text of a STRING field, without the terminating NUL.
///
/// On the wire the text is followed by one NUL, which `FieldDataLength` counts. Decoding takes that
/// NUL off and accepts its absence; encoding always writes it. The guide says UTF-8, but nothing
/// is validated until somebody asks, so a name typed in another encoding does not cost a message.
///
/// ```
/// use cti_codec::ccx::Text;
///
/// let text = Text::from("Zo\u{eb}");
/// assert_eq!(text, "Zo\u{eb}");
/// assert_eq!(Text::from(b"Zo\xeb").to_string(), "Zo\u{fffd}");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// The bytes of the text, without the terminating NUL.
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

    /// Takes one terminating NUL off.
    #[inline(always)]
    pub(crate) fn from_wire(data: &'a [u8]) -> Self {
        match data.split_last() {
            Some((0, text)) => Self(text),
            _ => Self(data),
        }
    }

    /// Splits a device id of protocol version 14 and later, `Primary.Actual`, at its first dot.
    ///
    /// An agent with several lines is named by the primary extension and the line that is meant.
    /// Without a dot the whole is the primary one.
    ///
    /// ```
    /// use cti_codec::ccx::Text;
    ///
    /// let (primary, actual) = Text::from("1000.1001").split_device_id();
    /// assert_eq!((primary, actual), ("1000".into(), Some("1001".into())));
    /// ```
    #[must_use]
    pub fn split_device_id(self) -> (Self, Option<Self>) {
        let mut halves = self.0.splitn(2, |byte| *byte == b'.');
        let primary = halves.next().unwrap_or_default();
        (Self(primary), halves.next().map(Self))
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(text: &'a [u8]) -> Self {
        Self(text)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Text<'a> {
    fn from(text: &'a [u8; N]) -> Self {
        Self(text)
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

/// Shows what is not UTF-8 as replacement characters.
impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
