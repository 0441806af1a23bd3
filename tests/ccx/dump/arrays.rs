//! Arrays and literals of bytes.

use cti_codec::ccx::dump::{Array, ArrayReader};

fn arrays(text: &str) -> Vec<Array> {
    let mut reader = ArrayReader::new();
    let mut all = Vec::new();
    for line in text.lines() {
        reader.line(line.as_bytes());
        all.extend(std::iter::from_fn(|| reader.next_array()));
    }
    reader.finish();
    all.extend(std::iter::from_fn(|| reader.next_array()));
    all
}

fn bytes(text: &str) -> Vec<Vec<u8>> {
    arrays(text).into_iter().map(|array| array.bytes).collect()
}

#[test]
fn every_notation_of_a_byte() {
    for text in [
        "[0, 4, 255]",
        "{ 0x00, 0x04, 0xff }",
        "{(byte) 0x0, (byte)4, (byte) -1}",
        "[0u8, 4u8, 0xFFu8]",
        "(0,\n 4, // a comment\n /* another\n one */ 255)",
        "<<0, 4, 255>>",
        "<Buffer 00 04 ff>",
        "<Buffer 00\n04 ff>",
        "b'\\x00\\x04\\xff'",
        "\"\\0\\x04\\377\"",
        "\"\\u0000\\u0004\\u00ff\"",
        "\"\\0\" \"\\x04\\377\"",
    ] {
        assert_eq!(bytes(text), [[0, 4, 255]], "{text}");
    }
    for text in [
        "[0]",
        "[0, 256]",
        "[0, x]",
        "(0, 4",
        "f(0, y)",
        "\"\\0\\q\"",
        "<Buffer +0 00>",
        "<Buffer 000 0>",
    ] {
        let whole: Vec<Array> = arrays(text)
            .into_iter()
            .filter(|array| !array.cut)
            .collect();
        assert_eq!(whole, [], "{text}");
    }
}

/// Literals as C, Rust, Python and JavaScript write them, each escape beside bytes as they are.
#[test]
fn every_escape_of_a_literal() {
    for (escape, byte) in [
        (r"\0", 0),
        (r"\n", b'\n'),
        (r"\r", b'\r'),
        (r"\t", b'\t'),
        (r"\a", 7),
        (r"\b", 8),
        (r"\v", 11),
        (r"\f", 12),
        (r"\\", b'\\'),
        (r"\'", b'\''),
        (r#"\""#, b'"'),
        (r"\x7f", 0x7f),
        (r"\xFF", 0xff),
        (r"\u00e9", 0xe9),
        (r"\007", 7),
        (r"\377", 0xff),
        ("A", b'A'),
        (" ", b' '),
        ("[", b'['),
    ] {
        for quote in ['"', '\''] {
            let text = format!("{quote}\\0{escape}{escape}\\x01z{quote}");
            assert_eq!(bytes(&text), [[0, byte, byte, 1, b'z']], "{text}");
            // Cut within the escape: what is before it is there, but for the last byte, which may
            // go on in some notations.
            let whole = format!("{quote}\\0\\x01\\x02\\x03\\x04\\x05\\x06\\x07");
            for end in 1..escape.len() {
                let text = format!("{whole}{}", &escape[..end]);
                let all = arrays(&text);
                let shown = all.first().is_some_and(|array| {
                    array.cut && array.bytes.starts_with(&[0, 1, 2, 3, 4, 5, 6])
                });
                assert!(shown && all.len() == 1, "{text}: {all:?}");
            }
        }
    }
    // No byte, or no escape of any of them.
    for escape in [r"\q", r"\x0g", r"\400", r"\u0100", r"\u00g0", r"\8"] {
        let text = format!("\"\\0\\x01\\x02\\x03\\x04\\x05\\x06\\x07{escape}........\"");
        assert_eq!(arrays(&text), [], "{text}");
    }
    // A character that is no byte, and no escape that has lost its end.
    assert_eq!(
        arrays("\"\\0\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\u1234"),
        []
    );
}

#[test]
fn what_does_not_end_is_cut() {
    for text in [
        "x\n[0, 4, 5,\n6,",
        "x\n[0, 4, 5, 6, 7",
        "x\n[0x0, 0x4, 0x5, 0x6, 0x",
        "x\n{ (byte) 0, (byte)4, (byte) 5, (byte) 6, (by",
        "x\n<Buffer 00 04 05 06 0",
        "x\n<Buffer 00 04 05 06 ... 7 more bytes>",
        "x\n{0, 4, 5, 6, ... }",
    ] {
        let cut = Array {
            line: 2,
            bytes: vec![0, 4, 5, 6],
            cut: true,
        };
        assert_eq!(arrays(text), [cut], "{text}");
    }
    let literal = arrays("b'\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\nnext");
    assert_eq!((literal.len(), literal[0].cut), (1, true));
    // A bracket, or a comment, that never ends does not swallow what follows.
    let more: String = (0..20).map(|line| format!("line {line}\n")).collect();
    assert_eq!(bytes(&format!("[\n{more}[1, 2]")), [[1, 2]]);
    assert_eq!(bytes(&format!("[/*\n{more}[1, 2]")), [[1, 2]]);
}

/// Brackets that begin nothing do not cost the rest of their line each.
#[test]
fn long_lines_take_no_longer_than_they_are() {
    for part in [
        "<Buffer ",
        "<Buffer 00 ",
        "[/*",
        "[...",
        "\"\\0'\\0",
        "[0 [",
        "{  ",
    ] {
        let mut reader = ArrayReader::new();
        reader.line(part.repeat((1 << 20) / part.len()).as_bytes());
        reader.finish();
    }
}
