//! Hex dumps of every kind.

use super::*;

#[test]
fn what_xxd_prints() {
    reads(
        "00000000: 0000 0036 0000 0017 0000 0000 0000 0001  ...6............\n\
         00000010: 0015 0000 0000 0000 0001 0000 0100 0110  ................\n\
         00000020: 0000 0805 3230 3036 000b 0537 3030 3000  ....2006...7000.\n\
         00000030: 1905 3930 3236 000a 0537 3030 3000       ..9026...7000.\n",
    );
    // xxd -g 1 -d
    reads(
        "00000000: 00 00 00 36 00 00 00 17 00 00 00 00 00 00 00 01  ...6............\n\
         00000016: 00 15 00 00 00 00 00 00 00 01 00 00 01 00 01 10  ................\n\
         00000032: 00 00 08 05 32 30 30 36 00 0b 05 37 30 30 30 00  ....2006...7000.\n\
         00000048: 19 05 39 30 32 36 00 0a 05 37 30 30 30 00        ..9026...7000.\n",
    );
    // xxd -p
    reads(
        "000000360000001700000000000000010015000000000000000100000100\n\
         01100000080532303036000b053730303000190539303236000a05373030\n\
         3000\n",
    );
    // xxd -i
    reads(
        "0x00, 0x00, 0x00, 0x36, 0x00, 0x00, 0x00, 0x17, 0x00, 0x00, 0x00, 0x00,\n\
         0x00, 0x00, 0x00, 0x01, 0x00, 0x15, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,\n\
         0x00, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x10, 0x00, 0x00, 0x08, 0x05,\n\
         0x32, 0x30, 0x30, 0x36, 0x00, 0x0b, 0x05, 0x37, 0x30, 0x30, 0x30, 0x00,\n\
         0x19, 0x05, 0x39, 0x30, 0x32, 0x36, 0x00, 0x0a, 0x05, 0x37, 0x30, 0x30,\n\
         0x30, 0x00\n",
    );
}

#[test]
fn what_hexdump_and_od_print() {
    reads(
        "00000000  00 00 00 36 00 00 00 17  00 00 00 00 00 00 00 01  |...6............|\n\
         00000010  00 15 00 00 00 00 00 00  00 01 00 00 01 00 01 10  |................|\n\
         00000020  00 00 08 05 32 30 30 36  00 0b 05 37 30 30 30 00  |....2006...7000.|\n\
         00000030  19 05 39 30 32 36 00 0a  05 37 30 30 30 00        |..9026...7000.|\n\
         0000003e\n",
    );
    // od -A x -t x1
    reads(
        "000000 00 00 00 36 00 00 00 17 00 00 00 00 00 00 00 01\n\
         000010 00 15 00 00 00 00 00 00 00 01 00 00 01 00 01 10\n\
         000020 00 00 08 05 32 30 30 36 00 0b 05 37 30 30 30 00\n\
         000030 19 05 39 30 32 36 00 0a 05 37 30 30 30 00\n\
         00003e\n",
    );
    // od -t x1z: offsets in octal
    reads(
        "0000000 00 00 00 36 00 00 00 17 00 00 00 00 00 00 00 01  >...6............<\n\
         0000020 00 15 00 00 00 00 00 00 00 01 00 00 01 00 01 10  >................<\n\
         0000040 00 00 08 05 32 30 30 36 00 0b 05 37 30 30 30 00  >....2006...7000.<\n\
         0000060 19 05 39 30 32 36 00 0a 05 37 30 30 30 00        >..9026...7000.<\n\
         0000076\n",
    );
    // od -A d -t x1, and od -A n -t x1z
    reads(
        "0000000 00 00 00 36 00 00 00 17 00 00 00 00 00 00 00 01\n\
         0000016 00 15 00 00 00 00 00 00 00 01 00 00 01 00 01 10\n\
         0000032 00 00 08 05 32 30 30 36 00 0b 05 37 30 30 30 00\n\
         0000048 19 05 39 30 32 36 00 0a 05 37 30 30 30 00\n\
         0000062\n",
    );
    reads(
        " 00 00 00 36 00 00 00 17 00 00 00 00 00 00 00 01  >...6............<\n\
         \x2000 15 00 00 00 00 00 00 00 01 00 00 01 00 01 10  >................<\n\
         \x2000 00 08 05 32 30 30 36 00 0b 05 37 30 30 30 00  >....2006...7000.<\n\
         \x2019 05 39 30 32 36 00 0a 05 37 30 30 30 00        >..9026...7000.<\n",
    );
}

#[test]
fn what_tcpdump_and_wireshark_print() {
    reads(
        "\t0x0000:  0000 0036 0000 0017 0000 0000 0000 0001  ...6............\n\
         \t0x0010:  0015 0000 0000 0000 0001 0000 0100 0110  ................\n\
         \t0x0020:  0000 0805 3230 3036 000b 0537 3030 3000  ....2006...7000.\n\
         \t0x0030:  1905 3930 3236 000a 0537 3030 3000       ..9026...7000.\n",
    );
    reads(
        "0000   00 00 00 36 00 00 00 17 00 00 00 00 00 00 00 01   ...6............\n\
         0010   00 15 00 00 00 00 00 00 00 01 00 00 01 00 01 10   ................\n\
         0020   00 00 08 05 32 30 30 36 00 0b 05 37 30 30 30 00   ....2006...7000.\n\
         0030   19 05 39 30 32 36 00 0a 05 37 30 30 30 00         ..9026...7000.\n",
    );
    // Both halves parted, as older ones had it.
    reads(
        "0000  00 00 00 36 00 00 00 17  00 00 00 00 00 00 00 01   ...6.... ........\n\
         0010  00 15 00 00 00 00 00 00  00 01 00 00 01 00 01 10   ........ ........\n\
         0020  00 00 08 05 32 30 30 36  00 0b 05 37 30 30 30 00   ....2006 ...7000.\n\
         0030  19 05 39 30 32 36 00 0a  05 37 30 30 30 00         ..9026.. .7000.\n",
    );
}

#[test]
fn what_people_type() {
    // The guide's own body rows, behind a header by hand. One blank parts the text from the bytes.
    reads(
        "00000036 00000017  # BEGIN_CALL_EVENT\r\n\
         \r\n\
         0000: 00 00 00 00 00 00 00 01 00 15 00 00 00 00 00 00 ....\r\n\
         0010: 00 01 00 00 01 00 01 10 00 00 08 05 32 30 30 36 .....2006\r\n\
         0020: 00 0B 05 37 30 30 30 00 19 05 39 30 32 36 00 0A ..7000...9026..\r\n\
         0030: 05 37 30 30 30 00 .7000.\r\n",
    );
    let bytes = guide();
    let colons: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    for separator in [":", "-", " ", ", ", "\t", "_"] {
        reads(&colons.join(separator));
    }
    reads(&format!("\u{feff}{}", colons.concat()));
    reads(&format!("\\x{}", colons.join("\\x")));
    reads(&format!("0x{}", colons.concat()));
    reads(&format!(
        "// a comment\n0x{}  // another\n# a third",
        colons.concat()
    ));
}

#[test]
fn text_columns_that_look_like_data() {
    // Each row shows what looks like bytes, after one blank, two blanks or a bar.
    for gap in [" ", "  ", "  |"] {
        let text = format!(
            "0000: 00 00 00 08 00 00 00 05 33 20 33 33 20 34 34 20{gap}........3 33 44 \n\
             0010: 31 32 33 34 61 62 63 64 00 01 02 03 32 30 30 36{gap}1234abcd....2006\n\
             0020: 31 32 20 33 34 35{gap}12 345\n\
             0026: 32 30{gap}20\n"
        );
        let bytes = read_hex(text.as_bytes()).unwrap();
        assert_eq!(bytes.len(), 0x28, "{text}");
        assert!(bytes.ends_with(b"12 34520"), "{text}");
    }
}

#[test]
fn data_that_looks_like_an_offset_or_a_text_column() {
    // A heartbeat without a body could be an offset and one word.
    assert_eq!(
        read_hex(b"00000000 00000005").unwrap(),
        [0, 0, 0, 0, 0, 0, 0, 5]
    );
    assert_eq!(
        read_hex(b"0000 0000 0000 0005").unwrap(),
        [0, 0, 0, 0, 0, 0, 0, 5]
    );
    assert_eq!(
        read_hex(b"0000000000000005").unwrap(),
        [0, 0, 0, 0, 0, 0, 0, 5]
    );
    // The second line of plain digits counts up by chance.
    assert_eq!(
        read_hex(b"00 00 00 04\n0004 05").unwrap(),
        [0, 0, 0, 4, 0, 4, 5]
    );
    // Digits that show the ones before them, but without a gap.
    assert_eq!(read_hex(b"33 34 34").unwrap(), [0x33, 0x34, 0x34]);
    // A gap in the middle is none.
    assert_eq!(read_hex(b"00 00  00 05").unwrap(), [0, 0, 0, 5]);
}

#[test]
fn several_dumps_in_a_text() {
    let mut text = String::new();
    let mut bytes = Vec::new();
    for frame in [guide(), vec![0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7], guide()] {
        text += &format!("# frame\n{}", HexDump(&frame));
        bytes.extend_from_slice(&frame);
    }
    assert_eq!(read_hex(text.as_bytes()).unwrap(), bytes);
    let text: String = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(read_hex(text.as_bytes()).unwrap(), bytes);
}

#[test]
fn rows_left_out() {
    let text = b"00000000  00 00 00 40 00 00 00 44  00 00 00 00 00 00 00 00  |...@...D........|\n\
                 00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n\
                 *\n\
                 00000048\n";
    // 0x48 - 0x20 is no whole number of rows.
    assert_eq!(read_hex(text).unwrap_err().kind, HexErrorKind::Repeated);
    let text = String::from_utf8(text.to_vec()).unwrap();
    let bytes = read_hex(text.replace("00000048", "00000050").as_bytes()).unwrap();
    assert_eq!(bytes.len(), 0x50);
    assert!(bytes[16..].iter().all(|byte| *byte == 0));
    let bomb = text.replace("00000048", "fffffff0");
    assert_eq!(
        read_hex(bomb.as_bytes()).unwrap_err().kind,
        HexErrorKind::Repeated
    );
    assert_eq!(read_hex(b"*").unwrap_err().kind, HexErrorKind::Repeated);
    // Only right behind a row, and one that is short enough to be kept.
    refuses("0000: 00 00\n\n*\n0004:", 3, 1, HexErrorKind::Repeated);
    let long = format!("0000:{}\n*\n0202:", " 00".repeat(257));
    refuses(&long, 2, 1, HexErrorKind::Repeated);
}

#[test]
fn a_dump_that_goes_on_behind_an_empty_line() {
    let mut reader = HexReader::default();
    let mut bytes = BytesMut::new();
    for (line, is) in [
        ("0000: 00", HexLine::First),
        ("0001: 01", HexLine::Next),
        ("", HexLine::Empty),
        ("0002: 02", HexLine::First),
        ("0003: 03", HexLine::Next),
    ] {
        assert_eq!(reader.line(line.as_bytes(), &mut bytes), Ok(is), "{line}");
    }
    assert_eq!(bytes[..], [0, 1, 2, 3]);
}

/// Would take minutes if each place in a line were compared with all of it.
#[test]
fn long_lines_take_no_longer_than_they_are() {
    let many = 100_000;
    for (start, group, end) in [
        ("0000: ", "20 ", "x"),
        ("0000: ", "20  ", "x"),
        ("0000: ", "20 ", ""),
        ("", "20  ", "x"),
        ("", "00", ""),
        ("", "00 ", ""),
        ("", "0000: ", ""),
        ("MHDR: 0000: ", "00 ", ""),
        ("", "MHDR: ", ""),
        ("0000:", "    ", "00"),
    ] {
        let line = format!("{start}{}{end}", group.repeat(many));
        let _ = read_hex(line.as_bytes());
        let _ = detect(line.as_bytes());
        let log = format!("{PRINTED}{}\n{line}", &PRINTED[..200]);
        let _ = traced(log.as_bytes());
    }
}

#[track_caller]
fn refuses(text: &str, line: usize, column: usize, kind: HexErrorKind) {
    let error = read_hex(text.as_bytes()).expect_err(text);
    assert_eq!(
        (error.line, error.column, error.kind),
        (line, column, kind),
        "{text}"
    );
}

#[test]
fn what_cannot_be_told() {
    refuses("00 00\n00 0", 2, 4, HexErrorKind::OddDigits);
    refuses("00 00 000 00", 1, 7, HexErrorKind::OddDigits);
    refuses("00 zz 00", 1, 4, HexErrorKind::NotHex);
    refuses("00 0z 00", 1, 5, HexErrorKind::NotHex);
    refuses("hello", 1, 1, HexErrorKind::NotHex);
    refuses("0000: 00 zz 36 00 00", 1, 10, HexErrorKind::NotHex);
    // An offset that no file is long enough for.
    refuses("10000000000000000: 00 05", 1, 1, HexErrorKind::NotHex);
    refuses(
        "0000: 00 00 00 36  ...6\n0004: 00 zz 36 00 00",
        2,
        10,
        HexErrorKind::NotHex,
    );
    refuses(
        "0000: 00 00 00 36 00 00 00 17\n0010: 00",
        2,
        1,
        HexErrorKind::Offset {
            expected: 8,
            found: 16,
        },
    );
    // A whole row is lost: 20 is no octal 16 here.
    refuses(
        "00000000  00 00 00 36 00 00 00 17  00 00 00 00 00 00 00 01\n00000020  00",
        2,
        1,
        HexErrorKind::Offset {
            expected: 16,
            found: 32,
        },
    );
    // hexdump and od -x, which swap the bytes of each word
    refuses("0000000 0000 3600 0000 1700", 1, 1, HexErrorKind::Words);
    refuses(
        "0000000 000000 033000 000000 013400",
        1,
        1,
        HexErrorKind::Words,
    );
    refuses("000000 0000 3600 0000 1700", 1, 1, HexErrorKind::Words);
}

/// Reads to exactly these bytes.
#[track_caller]
fn gives(text: &str, bytes: &[u8]) {
    assert_eq!(read_hex(text.as_bytes()).as_deref(), Ok(bytes), "{text}");
}

#[test]
fn offsets_are_told_from_data_by_what_stands_around_them() {
    // A colon right behind digits is an offset's only before a blank, and not behind a byte.
    gives("0000:0036:0000:0017", &[0, 0, 0, 0x36, 0, 0, 0, 0x17]);
    gives("00: 11 22", &[0, 0x11, 0x22]);
    gives("000: 00 01\n002: 05", &[0, 1, 5]);
    // Four digits that neither count up nor begin a full row.
    gives("0010 00 00 00", &[0, 0x10, 0, 0, 0]);
    // An odd number of digits is no data: the rows of od, from the middle of a file.
    gives("0000020 00 00 00 36\n0000024 05", &[0, 0, 0, 0x36, 5]);
    // Full rows from the middle of a dump have an offset that is a multiple of their bytes.
    let row: Vec<u8> = (0x40..0x50).collect();
    let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
    let hex = hex.join(" ");
    gives(&format!("0010 {hex}"), &row);
    gives(&format!("0004 {hex}"), &[&[0, 4], row.as_slice()].concat());
}

#[test]
fn digits_behind_a_dump() {
    // Without a colon, and with one; what counts up goes on with the dump, anything else is plain.
    gives(
        "0000 00 01\n\n0000 0004 0000 0005",
        &[0, 1, 0, 0, 0, 4, 0, 0, 0, 5],
    );
    gives("0000: 00 01\n0004 0506", &[0, 1, 0, 4, 5, 6]);
    gives("0000: 00 01\n\n0036 00 01", &[0, 1, 0, 0x36, 0, 1]);
    gives("0000: 00 01\n\n0002 05 06", &[0, 1, 5, 6]);
}

#[test]
fn groups_of_several_bytes_are_words_only_behind_the_offsets_of_od() {
    gives("00000004 0000 0005", &[0, 0, 0, 4, 0, 0, 0, 5]);
    gives("00000000 0004 0005", &[0, 0, 0, 0, 0, 4, 0, 5]);
    gives("000000 0004", &[0, 0, 0, 0, 4]);
}

#[test]
fn offsets_stay_in_what_they_are_written_in() {
    // 32 in decimal, where 16 was in octal: a row was lost, and another one cut.
    let row = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";
    refuses(
        &format!("0000000 {row}\n0000020 {row}\n0000032 00"),
        3,
        1,
        HexErrorKind::Offset {
            expected: 32,
            found: 26,
        },
    );
}

#[test]
fn text_columns_of_other_kinds() {
    // In EBCDIC, where it looks like data: longer than the groups, or behind a shorter one.
    gives("0000: f1 f2 f3 f4  1234", &[0xF1, 0xF2, 0xF3, 0xF4]);
    gives(
        "0000: f1f2f3f4 f5f6  123456",
        &[0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6],
    );
    // And where only its place tells, behind a row that is not full.
    gives(
        "0000: c1 c2 c3 99  ABCr\n0004: c1 c2        AB",
        &[0xC1, 0xC2, 0xC3, 0x99, 0xC1, 0xC2],
    );
    // Between bars, however long.
    gives("0000: 00 36  |in words|", &[0, 0x36]);
    gives("0000: 00 36  # its length\n0002: 05", &[0, 0x36, 5]);
    // What is not printable may be anything but a digit.
    gives("0000: 33 33 20 00  33 ?", b"33 \0");
    // All digits, two blanks away or one.
    gives("0000: 33 34  34", &[0x33, 0x34]);
    gives("0000: 33 34 34", &[0x33, 0x34, 0x34]);
    // Only the first half of a column in two shows what stands before it.
    gives(
        "0000: 33 33 20 33 33 20 33 33 41 33 33 33 20  33 33 33A333",
        b"33 33 33A333 ",
    );
    // Behind digits without an offset: no longer than the bytes, and parted from them.
    gives("00 00 00 36  ~~~~~", &[0, 0, 0, 0x36]);
    refuses("00 36  ~~~~~", 1, 8, HexErrorKind::NotHex);
    refuses("00,zz", 1, 4, HexErrorKind::NotHex);
}

/// Blanks at the end of a line are no column: the rows of a dump lost their last byte if the first
/// one had only blanks to show and a later one had more.
#[test]
fn a_text_column_that_the_first_row_does_not_have() {
    gives(
        "0000: 20 20 20 20      \n0004: 00 00 00 36  ...6\n0008: 20 20 20 20      \n000c: 05  .\n",
        b"    \0\0\x006    \x05",
    );
}

#[test]
fn a_mark_of_the_byte_order_begins_a_text_and_no_other_line() {
    gives("\u{feff}00 05", &[0, 5]);
    refuses("00\n\u{feff}05", 2, 1, HexErrorKind::NotHex);
}

#[test]
fn goes_on_after_an_error() {
    let mut reader = HexReader::new();
    let mut bytes = BytesMut::new();
    assert_eq!(reader.line(b"00 00 00 00", &mut bytes), Ok(HexLine::First));
    assert!(reader.line(b"00 00 0", &mut bytes).is_err());
    assert_eq!(
        reader.line(b"00 00 00 05\r\n", &mut bytes),
        Ok(HexLine::Next)
    );
    assert_eq!(reader.line(b"", &mut bytes), Ok(HexLine::Empty));
    assert_eq!(reader.line(b"0000: 01", &mut bytes), Ok(HexLine::First));
    assert!(reader.line(b"0001: zz zz zz zz", &mut bytes).is_err());
    assert_eq!(reader.line(b"0010: 02", &mut bytes), Ok(HexLine::Next));
    assert_eq!(reader.line(b"0000: 03", &mut bytes), Ok(HexLine::First));
    assert_eq!(bytes[..], [0, 0, 0, 0, 0, 0, 0, 5, 1, 2, 3]);
}

/// Found by fuzzing: the rows that a `*` stands for were kept though the row after it was bad.
#[test]
fn a_bad_row_behind_repeated_ones_leaves_nothing_behind() {
    let mut reader = HexReader::new();
    let mut out = BytesMut::new();
    reader.line(b"0000: 00 00 00 00", &mut out).unwrap();
    reader.line(b"*", &mut out).unwrap();
    reader
        .line(b"0010: \"MaxTaskLimit\"01", &mut out)
        .unwrap_err();
    assert_eq!(out, [0; 4][..]);
}

/// Digits behind a gap are the text of a row where they show its bytes, and more bytes where not.
#[test]
fn a_text_of_digits_shows_the_bytes_before_it() {
    let (text, more) = (b"AB CD", b"AB CD\xab\xcd");
    assert_eq!(read_hex(b"41 42 20 43 44  AB CD").unwrap(), text);
    assert_eq!(read_hex(b"41 42 07 43 44  AB CD").unwrap(), b"AB\x07CD");
    let other = [&b"AB-CD"[..], &more[5..]].concat();
    assert_eq!(read_hex(b"41 42 2d 43 44  AB CD").unwrap(), other);
}
