//! JSON that has no effect on a terminal: serde_json escapes what JSON forbids, and leaves the other
//! controls and the marks that turn text around as they are.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::run::is_unsafe;

/// Writes a value as an object on a line of its own.
pub(crate) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaping))?;
    out.write_all(b"\n")
}

/// Writes what is JSON already, on a line of its own.
pub(crate) fn again(out: &mut impl Write, json: &str) -> io::Result<()> {
    // Only the strings of JSON hold other characters than the common ones.
    write(out, json)?;
    out.write_all(b"\n")
}

fn write<W: ?Sized + Write>(writer: &mut W, text: &str) -> io::Result<()> {
    let mut rest = text;
    // Most text has only letters that everybody knows.
    if text.bytes().all(|byte| byte < 0x7F) {
        return writer.write_all(text.as_bytes());
    }
    while let Some((place, letter)) = rest.char_indices().find(|(_, one)| is_unsafe(*one)) {
        let (plain, from) = rest.split_at(place);
        writer.write_all(plain.as_bytes())?;
        // None of them takes more than one unit.
        write!(writer, "\\u{:04x}", u32::from(letter))?;
        rest = from.get(letter.len_utf8()..).unwrap_or_default();
    }
    writer.write_all(rest.as_bytes())
}

/// Writes as serde_json does, and what a terminal would obey as `\uXXXX`.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        write(writer, fragment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_comes_back() {
        let text = "caf\u{e9} \u{1b}[2J \u{7f} \u{9b}31m \u{202e}live\u{2066} \u{feff}\u{1f600}\n";
        let mut out = Vec::new();
        line(&mut out, &text).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(
            out,
            "\"caf\u{e9} \\u001b[2J \\u007f \\u009b31m \\u202elive\\u2066 \\ufeff\u{1f600}\\n\"\n"
        );
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);

        let mut out = Vec::new();
        again(&mut out, &serde_json::to_string(&text).unwrap()).unwrap();
        assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        assert!(
            !String::from_utf8(out)
                .unwrap()
                .trim_end()
                .contains(is_unsafe)
        );
    }
}
