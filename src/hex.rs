//! Bytes as hexadecimal digits.

#[cfg(feature = "serde")]
use alloc::vec::Vec;
use core::fmt;

/// Returns the two digits of a byte, in lower case.
pub(crate) const fn digits(byte: u8) -> [u8; 2] {
    const fn digit(value: u8) -> u8 {
        match value {
            0..=9 => b'0'.wrapping_add(value),
            _ => b'a'.wrapping_sub(10).wrapping_add(value),
        }
    }
    [digit(byte >> 4), digit(byte & 15)]
}

/// Shows bytes as digits without separators.
#[cfg_attr(
    not(feature = "serde"),
    allow(dead_code, reason = "JSON is behind serde")
)]
pub(crate) struct Hex<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.0.chunks(32) {
            let mut text = [0; 64];
            let (pairs, _) = text.as_chunks_mut::<2>();
            for (pair, byte) in pairs.iter_mut().zip(part) {
                *pair = digits(*byte);
            }
            let end = part.len().saturating_mul(2);
            let shown = text.get(..end).and_then(|text| str::from_utf8(text).ok());
            f.write_str(shown.unwrap_or_default())?;
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Hex<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Parses digits in either case; `None` if a digit is missing or invalid.
#[cfg(feature = "serde")]
pub(crate) fn parse(text: &str) -> Option<Vec<u8>> {
    bytes(text)?.collect()
}

/// The same one by one, `None` for two that are no digits; `None` at once if one is missing.
#[cfg(feature = "serde")]
pub(crate) fn bytes(text: &str) -> Option<impl ExactSizeIterator<Item = Option<u8>> + Clone> {
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| {
        let high = char::from(*high).to_digit(16)?;
        let low = char::from(*low).to_digit(16)?;
        u8::try_from(high << 4 | low).ok()
    };
    odd.is_empty().then(|| pairs.iter().map(byte))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    #[test]
    fn digits_go_there_and_back() {
        let all: [u8; 256] = core::array::from_fn(|byte| u8::try_from(byte).unwrap_or_default());
        let text = super::Hex(&all).to_string();
        assert_eq!(text.get(..8), Some("00010203"));
        assert_eq!(text.get(504..), Some("fcfdfeff"));
        #[cfg(feature = "serde")]
        {
            assert_eq!(super::parse(&text), Some(all.to_vec()));
            assert_eq!(super::parse(&text.to_uppercase()), Some(all.to_vec()));
            for wrong in ["0", "0g", "+1", "0x", "\u{e9}0", "000"] {
                assert_eq!(super::parse(wrong), None, "{wrong}");
            }
        }
    }
}
