//! Dumps and traces by writers of the tests' own, which know what every line says: how many bytes, the
//! number of each line, what is left out and what is too much.

use std::fmt::Write as _;

use super::*;

/// What a line of a dump is to the reader, and the bytes that come with it.
type Line = (Result<HexLine, HexErrorKind>, Vec<u8>);

#[derive(Clone, Copy, PartialEq, Debug)]
enum Tool {
    /// `xxd -a`: pairs of bytes, a text column, the last row in full.
    Xxd,
    /// `hexdump -C`: a gap in the middle, text between bars, the end's offset on a line of its own.
    Hexdump,
    /// `od -t x1`: octal offsets of seven digits, no text, the end's offset.
    Od,
    /// `od -A d -t x1`: the same in decimal.
    OdDecimal,
    /// Unified CCX and others: four digits and a colon.
    Colon,
}

const TOOLS: [Tool; 5] = [
    Tool::Xxd,
    Tool::Hexdump,
    Tool::Od,
    Tool::OdDecimal,
    Tool::Colon,
];

fn offset(tool: Tool, at: usize) -> String {
    match tool {
        Tool::Xxd => format!("{at:08x}: "),
        Tool::Hexdump => format!("{at:08x}  "),
        Tool::Od => format!("{at:07o} "),
        Tool::OdDecimal => format!("{at:07} "),
        Tool::Colon => format!("{at:04x}: "),
    }
}

fn row(tool: Tool, at: usize, bytes: &[u8]) -> String {
    let mut line = offset(tool, at);
    for (index, byte) in bytes.iter().enumerate() {
        write!(line, "{byte:02x}").unwrap();
        match tool {
            Tool::Xxd if index % 2 == 0 => {}
            Tool::Hexdump if index == 7 => line.push_str("  "),
            _ => line.push(' '),
        }
    }
    let shown: String = bytes
        .iter()
        .map(|byte| match byte {
            0x20..=0x7e => char::from(*byte),
            _ => '.',
        })
        .collect();
    match tool {
        Tool::Xxd => write!(line, " {shown}").unwrap(),
        Tool::Hexdump => write!(line, " |{shown}|").unwrap(),
        Tool::Od | Tool::OdDecimal => {}
        // Padded, since two bytes and the text "00" are else three bytes to anybody.
        Tool::Colon => write!(line, "{:1$}{shown}", "", (16 - bytes.len()) * 3).unwrap(),
    }
    line
}

/// A dump of some bytes, with a `*` for rows that repeat the one before.
fn dump(tool: Tool, bytes: &[u8], text: &mut String, lines: &mut Vec<Line>) {
    let ends = matches!(tool, Tool::Hexdump | Tool::Od | Tool::OdDecimal);
    let rows: Vec<_> = bytes.chunks(16).collect();
    let mut left_out = Vec::new();
    for (index, bytes) in rows.iter().enumerate() {
        let last = index + 1 == rows.len();
        let again = index > 0 && rows[index - 1] == *bytes;
        // Behind the first row, a decimal offset cannot be told from an octal one.
        let told = tool != Tool::OdDecimal || index > 1;
        if again && told && tool != Tool::Colon && (ends || !last) {
            if left_out.is_empty() {
                writeln!(text, "*").unwrap();
                lines.push((Ok(HexLine::Empty), Vec::new()));
            }
            left_out.extend(*bytes);
            continue;
        }
        writeln!(text, "{}", row(tool, index * 16, bytes)).unwrap();
        let first = index == 0;
        left_out.extend(*bytes);
        lines.push((
            Ok(if first { HexLine::First } else { HexLine::Next }),
            std::mem::take(&mut left_out),
        ));
    }
    if ends {
        writeln!(text, "{}", offset(tool, bytes.len()).trim_end()).unwrap();
        lines.push((Ok(HexLine::Empty), left_out));
    }
}

/// Bytes of which whole rows repeat often.
fn repeating() -> impl Strategy<Value = Vec<u8>> {
    let row = prop_oneof![
        Just(vec![0; 16]),
        Just(b"0123456789abcdef".to_vec()),
        Just(b"                ".to_vec()),
        proptest::collection::vec(any::<u8>(), 16),
    ];
    let rows = proptest::collection::vec((row, 1..6_usize), 1..6);
    let tail = proptest::collection::vec(any::<u8>(), 0..16);
    (rows, tail).prop_map(|(rows, tail)| {
        let mut bytes: Vec<u8> = rows
            .into_iter()
            .flat_map(|(row, times)| row.repeat(times))
            .collect();
        bytes.extend(tail);
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_line_of_a_dump_gives_its_bytes(
        dumps in proptest::collection::vec((proptest::sample::select(&TOOLS[..]), repeating(), any::<bool>()), 1..4),
    ) {
        let mut text = String::new();
        let mut lines: Vec<Line> = Vec::new();
        for (tool, bytes, comment) in dumps {
            dump(tool, &bytes, &mut text, &mut lines);
            // What parts two dumps.
            text.push_str(if comment { "# another\n" } else { "\n" });
            lines.push((Ok(HexLine::Empty), Vec::new()));
        }
        let mut reader = HexReader::new();
        for (line, (expected, bytes)) in text.lines().zip(lines) {
            let mut out = BytesMut::new();
            let read = reader.line(line.as_bytes(), &mut out).map_err(|error| error.kind);
            prop_assert_eq!((read, &out[..]), (expected, &bytes[..]), "{} of\n{}", line, text);
        }
    }
}

/// The rows that a reader puts back come to a megabyte in all, however many dumps ask for them.
#[test]
fn what_stars_stand_for_is_bounded_over_a_whole_text() {
    let part = |left_out: usize| {
        let [first, last] = [0, 16 + left_out].map(|at| row(Tool::Colon, at, &[7; 16]));
        format!("{first}\n*\n{last}\n\n")
    };
    let mut reader = HexReader::new();
    let mut out = BytesMut::new();
    let mut read = |text: &str| {
        let before = out.len();
        let results: Result<Vec<_>, _> = text
            .lines()
            .map(|line| reader.line(line.as_bytes(), &mut out))
            .collect();
        results.map(|_| out.len() - before)
    };
    for _ in 0..3 {
        assert_eq!(read(&part(1 << 18)), Ok((1 << 18) + 32));
    }
    // One row more than what is left is refused, and takes nothing away.
    let error = read(&part((1 << 18) + 16)).unwrap_err();
    assert_eq!((error.line, error.column), (15, 1));
    assert_eq!(error.kind, HexErrorKind::Repeated);
    assert_eq!(read(&part(1 << 18)), Ok((1 << 18) + 32));
    assert_eq!(read(&part(16)).unwrap_err().kind, HexErrorKind::Repeated);
    // Each reader has its own.
    assert!(read_hex(part(1 << 20).as_bytes()).is_ok());
    assert!(read_hex(part((1 << 20) + 16).as_bytes()).is_err());
}

/// A row of 256 bytes may repeat, a longer one may not, as its bytes are not kept.
#[test]
fn rows_that_repeat_have_256_bytes_at_most() {
    for (width, repeats) in [(256, true), (257, false)] {
        let digits = "07 ".repeat(width);
        let text = format!("0000: {digits}\n*\n{:04x}: 01\n", width * 3);
        let read = read_hex(text.as_bytes());
        match repeats {
            true => assert_eq!(read.unwrap().len(), width * 3 + 1),
            false => {
                let error = read.unwrap_err();
                assert_eq!((error.line, error.kind), (2, HexErrorKind::Repeated));
            }
        }
    }
}

/// After a bad row nobody knows what a `*` before it stood for, and a new dump begins anew.
#[test]
fn a_star_before_a_bad_row_is_forgotten() {
    let mut reader = HexReader::new();
    let mut out = BytesMut::new();
    let mut read = |line: &str| {
        let read = reader.line(line.as_bytes(), &mut out);
        read.map_err(|error| (error.line, error.kind))
    };
    assert_eq!(read("0000: 01 02 03 04"), Ok(HexLine::First));
    assert_eq!(read("*"), Ok(HexLine::Empty));
    assert_eq!(read("0007: 05"), Err((3, HexErrorKind::Repeated)));
    assert_eq!(read("0000: 06 07 08 09 0a"), Ok(HexLine::First));
    assert_eq!(read("0005: 0b"), Ok(HexLine::Next));
    // Nor is one taken for granted behind it.
    assert_eq!(
        read("0008: 0c"),
        Err((
            6,
            HexErrorKind::Offset {
                expected: 6,
                found: 8
            }
        ))
    );
    assert_eq!(read("*"), Ok(HexLine::Empty));
    assert_eq!(read("0020: 0d"), Ok(HexLine::Next));
    assert_eq!(read("0021: 0e"), Ok(HexLine::Next));
    assert_eq!(out[..], [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13, 14]);
}

#[test]
fn offsets_have_64_bits() {
    let kinds = |text: &str| read_hex(text.as_bytes()).map_err(|error| (error.line, error.kind));
    assert_eq!(kinds("ffffffffffffffff: 00"), Ok(vec![0]));
    assert_eq!(
        kinds("10000000000000000: 00"),
        Err((1, HexErrorKind::NotHex))
    );
    // Beyond the last offset nothing is known to follow, and nothing is lost.
    assert_eq!(
        kinds("fffffffffffffffe: 00 01\n0001: 02"),
        Ok(vec![0, 1, 2])
    );
}

/// A column that shows its bytes in a way of its own is one byte longer than they at most.
#[test]
fn a_text_column_is_no_longer_than_its_bytes() {
    let kinds = |text: &str| read_hex(text.as_bytes()).map_err(|error| error.kind);
    assert_eq!(kinds("0000: 41 42 ~~"), Ok(vec![0x41, 0x42]));
    assert_eq!(kinds("0000: 41 42 ~~~"), Ok(vec![0x41, 0x42]));
    assert_eq!(kinds("0000: 41 42 ~~~~"), Err(HexErrorKind::NotHex));
    assert_eq!(kinds("0000: 41 42 ~"), Ok(vec![0x41, 0x42]));
}

#[test]
fn as_many_good_lines_as_bad_ones_are_no_hex() {
    assert_eq!(detect(b"00 01\nDear all\n"), None);
    assert_eq!(detect(b"00 01\nDear all\n02 03\n"), Some(Form::Hex));
    // Colours are text.
    assert_eq!(detect(b"\x1b[31mDear\x1b[0m all\n"), None);
    assert_eq!(detect(b"Dear\x01all\n"), Some(Form::Binary));
}

/// What happens to a frame of a log.
#[derive(Clone, Debug)]
enum Fate {
    Whole,
    /// Rows but the first are left out.
    Without(Vec<prop::sample::Index>),
    /// The rows end early.
    Cut(prop::sample::Index),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        Just(Fate::Whole),
        proptest::collection::vec(any::<prop::sample::Index>(), 1..4).prop_map(Fate::Without),
        any::<prop::sample::Index>().prop_map(Fate::Cut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_frame_of_a_trace_has_its_line(
        frames in proptest::collection::vec((proptest::collection::vec(any::<u8>(), 1..120), fate(), 0..3_usize), 1..6),
        prefix in proptest::sample::select(&["", "7091948: Nov 20 10:43:59 ", "<189>1 host "][..]),
    ) {
        let mut log: Vec<String> = Vec::new();
        let mut expected = Vec::new();
        for (index, (body, fate, noise)) in frames.into_iter().enumerate() {
            log.extend((0..noise).map(|at| format!("{prefix}%MIVR-{at}:reading...")));
            let number = 1000 + u32::try_from(index).unwrap();
            let header = [(body.len() as u32).to_be_bytes(), number.to_be_bytes()].concat();
            // A row shows the header alone, whatever else stands in it.
            let more = if index % 2 == 0 { " 00 00" } else { "" };
            log.push(format!("{prefix}MHDR:    {}{more}", row(Tool::Od, 0, &header).replacen("0000000 ", "0000: ", 1)));
            let line = log.len();
            let rows: Vec<_> = body.chunks(16).enumerate().collect();
            let missing: Vec<usize> = match &fate {
                Fate::Whole => Vec::new(),
                Fate::Without(which) if rows.len() > 1 => {
                    which.iter().map(|which| 1 + which.index(rows.len() - 1)).collect()
                }
                Fate::Without(_) => Vec::new(),
                Fate::Cut(at) => (at.index(rows.len())..rows.len()).collect(),
            };
            let mut shown = 0;
            let mut next = 0;
            let mut lost = None;
            for (index, bytes) in rows {
                if missing.contains(&index) {
                    continue;
                }
                let text = row(Tool::Colon, index * 16, bytes);
                log.push(match index {
                    0 => format!("{prefix}MDATA:   {text}"),
                    _ => text,
                });
                if next != index * 16 && lost.is_none() {
                    lost = Some((log.len(), next, index * 16));
                }
                next = index * 16 + bytes.len();
                shown += bytes.len();
            }
            let message = MessageType(number);
            let needed = body.len();
            expected.push(match lost {
                Some((row, expected, found)) => Err(TraceError {
                    line,
                    kind: TraceErrorKind::Lost { message, needed, left: shown, row, expected, found },
                }),
                None if shown < needed => Err(TraceError {
                    line,
                    kind: TraceErrorKind::Incomplete { message, needed, left: shown },
                }),
                None => Ok((line, [header, body].concat())),
            });
        }
        let read: Vec<_> = traced(log.join("\n").as_bytes())
            .into_iter()
            .map(|read| read.map(|traced| (traced.line, traced.frame.bytes().to_vec())))
            .collect();
        prop_assert_eq!(read, expected, "{}", log.join("\n"));
    }
}

/// The end of a log behind a whole frame is no error, and what comes then belongs to no frame.
#[test]
fn the_end_of_a_log_behind_a_frame() {
    let frame = Frame::new([0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7].as_slice()).unwrap();
    let mut reader = TraceReader::new();
    for line in TraceRows(&frame).to_string().lines() {
        reader.line(line.as_bytes());
    }
    assert_eq!(reader.next_frame().unwrap().unwrap().line, 1);
    reader.finish();
    assert_eq!(reader.next_frame(), None);
    reader.line(b"MDATA:   0000: 00 00 00 07 ....");
    let error = reader.next_frame().unwrap().unwrap_err();
    assert_eq!((error.line, error.kind), (3, TraceErrorKind::NoHeader));
}
