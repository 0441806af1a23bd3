//! Numbers that are read only if that loses nothing.

use alloc::format;

/// Returns a 64-bit integer from a JSON number: plain digits, or a decimal without a fraction.
pub(super) fn integer(text: &str) -> Option<i64> {
    if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return None;
    }
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (digits, exponent) = decimal(text)?;
    let zeros = usize::try_from(exponent).ok().filter(|zeros| *zeros < 20)?;
    if digits.len == 0 {
        return Some(0);
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let zeros = "0".repeat(zeros);
    format!("{sign}{}{zeros}", digits.as_str()).parse().ok()
}

/// Returns an integer from text, if the number prints as this very text.
pub(super) fn integer_in_text(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    let plain = text.strip_prefix('-').unwrap_or(text);
    let canonical = plain == "0" && text == plain
        || plain.starts_with(|first: char| ('1'..='9').contains(&first));
    canonical.then_some(number)
}

/// Returns a 64-bit float from a JSON number, if it stands for the same decimal.
pub(super) fn float(text: &str) -> Option<f64> {
    if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    if !number.is_finite() {
        return None;
    }
    let same = decimal(text)? == decimal(&format!("{number:e}"))?;
    same.then_some(number)
}

/// Returns a number from text, if the text is that of a JSON number.
pub(super) fn float_in_text(text: &str) -> Option<f64> {
    let number: &serde_json::value::RawValue = serde_json::from_str(text).ok()?;
    float(number.get()).filter(|_| number.get() == text)
}

/// Up to 17 significant digits: no shortest text of an `f64` has more.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Digits {
    bytes: [u8; 17],
    len: usize,
}

impl Digits {
    fn as_str(&self) -> &str {
        let digits = self.bytes.get(..self.len).unwrap_or_default();
        core::str::from_utf8(digits).unwrap_or_default()
    }
}

/// Returns the significant digits of a number and the power of ten of the last of them.
fn decimal(text: &str) -> Option<(Digits, i64)> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = Digits {
        bytes: [0; 17],
        len: 0,
    };
    let mut exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let mut zeros = 0_usize;
    for digit in whole.bytes().chain(fraction.bytes()) {
        if digit == b'0' {
            zeros = zeros.checked_add(1)?;
            continue;
        }
        if digits.len == 0 {
            zeros = 0;
        }
        let end = digits.len.checked_add(zeros)?;
        digits.bytes.get_mut(digits.len..end)?.fill(b'0');
        *digits.bytes.get_mut(end)? = digit;
        digits.len = end.checked_add(1)?;
        zeros = 0;
    }
    if digits.len == 0 {
        return Some((digits, 0));
    }
    exponent = exponent.checked_add(i64::try_from(zeros).ok()?)?;
    Some((digits, exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_where_nothing_is_lost() {
        for (text, number) in [
            ("0", Some(0)),
            ("-1", Some(-1)),
            ("3.0", Some(3)),
            ("3.00e1", Some(30)),
            ("1e3", Some(1000)),
            ("-12.50e1", Some(-125)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("9.223372036854775807e18", None),
            ("3.5", None),
            ("1e300", None),
            ("0.0", Some(0)),
            ("1.0000000000000000000001", None),
        ] {
            assert_eq!(integer(text), number, "{text}");
        }
        for (text, number) in [
            ("7", Some(7)),
            ("-1", Some(-1)),
            ("0", Some(0)),
            ("-0", None),
            ("07", None),
            ("+7", None),
            (" 7", None),
            ("", None),
        ] {
            assert_eq!(integer_in_text(text), number, "{text}");
        }
    }

    #[test]
    fn floats_are_read_where_nothing_is_lost() {
        for (text, number) in [
            ("66.7", Some(66.7)),
            ("66.70", Some(66.7)),
            ("100", Some(100.0)),
            ("1e2", Some(100.0)),
            ("66.66666666666667", Some(66.666_666_666_666_67)),
            ("0.1000000000000000055511151231257827", None),
            ("1234567890123456789", None),
            ("1e400", None),
            ("1e-400", None),
            ("0", Some(0.0)),
        ] {
            assert_eq!(float(text), number, "{text}");
        }
    }
}
