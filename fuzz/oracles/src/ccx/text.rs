//! Oracles of what is read out of any text: messages that a trace prints, and arrays of bytes.

use cti_codec::ccx::Version;
use cti_codec::ccx::dump::{Array, ArrayReader, TextMessage, TextReader};

/// Messages in text have their place and their pairs, and what becomes of them decodes, in any
/// version; a log says the same however it goes on.
pub fn text(data: &[u8]) {
    let mut reader = TextReader::new();
    let mut found = 0;
    let mut number = 0;
    for line in data.split(|byte| *byte == b'\n') {
        number += 1;
        reader.line(line);
        while let Some(message) = reader.next_message() {
            match message {
                Ok(message) => found += shows(&message, number),
                Err(error) => assert!((1..=number).contains(&error.line), "{error}"),
            }
        }
    }
    reader.finish();
    assert!(!reader.is_open());
    while let Some(message) = reader.next_message() {
        if let Ok(message) = message {
            found += shows(&message, number);
        }
    }
    assert!(found <= data.len(), "no more than there is");
}

/// The bytes of the pairs of a message.
fn shows(message: &TextMessage, lines: usize) -> usize {
    assert!((1..=lines).contains(&message.line));
    let size = message
        .pairs()
        .map(|(name, value)| {
            assert!(!name.is_empty());
            name.as_bytes().len() + value.as_bytes().len()
        })
        .sum();
    for version in [Version::V10, Version::V14, Version::V18] {
        let Some(fields) = message.fields(version) else {
            assert_eq!(message.message_type, None);
            continue;
        };
        let frame = &fields.frame;
        assert_eq!(Some(frame.message_type()), message.message_type);
        let decoded = frame.decode(version);
        assert!(decoded.is_ok(), "{:?} of {message:?}", decoded.err());
        assert!(fields.left.len() <= message.pairs().count());
    }
    size
}

/// Arrays have their place and no more bytes than digits; and bytes in any notation come back.
pub fn arrays(data: &[u8]) {
    let mut reader = ArrayReader::new();
    let mut bytes = 0;
    let mut number = 0;
    let mut check = |array: Array, number: usize| {
        assert!((1..=number).contains(&array.line));
        assert!(array.bytes.len() > 1 || array.cut);
        bytes += array.bytes.len();
    };
    for line in data.split(|byte| *byte == b'\n') {
        number += 1;
        reader.line(line);
        while let Some(array) = reader.next_array() {
            check(array, number);
        }
    }
    reader.finish();
    assert!(!reader.is_open());
    while let Some(array) = reader.next_array() {
        check(array, number);
    }
    assert!(bytes <= data.len(), "no more than there is");

    if data.len() < 2 {
        return;
    }
    let each = |write: fn(&u8) -> String, between: &str| {
        data.iter().map(write).collect::<Vec<_>>().join(between)
    };
    for text in [
        format!("{data:?}"),
        format!("{data:#?}"),
        format!("<Buffer {}>", each(|byte| format!("{byte:02x}"), " ")),
        format!("{{{}}}", each(|byte| format!("(byte) {byte:#x}"), ", ")),
        format!("({})", each(|byte| byte.cast_signed().to_string(), ",\n")),
        format!("b\"\\x00{}\"", each(|byte| format!("\\x{byte:02x}"), "")),
    ] {
        let mut reader = ArrayReader::new();
        text.lines()
            .for_each(|line| _ = reader.line(line.as_bytes()));
        let array = reader
            .next_array()
            .unwrap_or_else(|| panic!("none in {text}"));
        let literal = usize::from(text.starts_with('b'));
        assert_eq!(array.bytes.get(literal..), Some(data), "{text}");
        assert!(!array.cut, "{text}");
        assert_eq!(reader.next_array(), None, "{text}");
    }
}
