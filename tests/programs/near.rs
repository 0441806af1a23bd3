//! The field's inputs with what other tools put before their lines and with what editors, mails and
//! pages do to them: what comes out stays the same.

use super::run::*;

type Prefix = (&'static str, fn(usize) -> String);

const PREFIXES: &[Prefix] = &[
    ("vim", |line| format!("{:4} ", line + 1)),
    ("less -N", |line| format!("{:7} ", line + 1)),
    ("grep -n", |line| format!("{}:", line + 1)),
    ("ripgrep", |line| format!("logs/MIVR12.log:{}:", line + 1)),
    ("findstr", |line| {
        format!("C:\\logs\\MIVR.log({}): ", line + 1)
    }),
    ("docker", |line| {
        format!("2024-11-19T07:06:{:02}.123456789Z stdout F ", line % 60)
    }),
    ("kubectl", |_| "[pod/ccx-0/app] ".into()),
    ("syslog of RFC 5424", |_| {
        "<134>1 2024-11-19T07:06:40.123Z ccx1 mivr 77 - - ".into()
    }),
    ("journald", |_| "Nov 19 07:06:40 ccx1 mivr[77]: ".into()),
    ("a logger", |_| "[2024-11-19 07:06:40,123] INFO: ".into()),
    ("another logger", |_| {
        "2024-11-19 07:06:40,123 [main] DEBUG com.x.Y - ".into()
    }),
    ("a mail", |_| "> > ".into()),
    ("a page", |_| "&gt; ".into()),
    ("a tracker", |_| "bq. ".into()),
    ("a list", |_| "- ".into()),
    ("a table", |_| "| ".into()),
    ("diff", |_| "+".into()),
    ("a tab", |_| "\t".into()),
    ("blanks", |_| "    ".into()),
    ("colours", |_| "\u{1b}[32mINFO\u{1b}[0m ".into()),
];

type Change = (&'static str, fn(&str) -> Vec<u8>);

const CHANGES: &[Change] = &[
    ("lines of Windows", |text| text.replace('\n', "\r\n").into()),
    ("lines of an old Mac", |text| {
        text.replace('\n', "\r").into()
    }),
    ("the last line has no end", |text| text.trim_end().into()),
    ("blanks at the ends", |text| {
        text.replace('\n', "  \t\n").into()
    }),
    ("UTF-16", |text| {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    ("UTF-32", |text| {
        let marked = format!("\u{feff}{text}");
        let units = marked.chars().map(u32::from);
        units.flat_map(u32::to_le_bytes).collect()
    }),
];

fn file(name: &str) -> String {
    let path = format!("{}/tests/data/field/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn given(program: &str, input: &[u8]) -> (String, Option<i32>) {
    let got = ran(program, &["--to", "json"], input);
    (bare(&got.out), got.status)
}

#[test]
fn what_tools_put_before_lines_changes_nothing() {
    let without = |text: &str, lead: &str| -> String {
        let lines = text
            .lines()
            .map(|line| line.strip_prefix(lead).unwrap_or(line));
        lines.map(|line| format!("{line}\n")).collect()
    };
    let lead = file("5-syslog.log");
    let (lead, _) = lead.split_once(": ").unwrap();
    for (program, text) in [
        ("decode", file("1-rust-array.txt")),
        ("decode", file("2-tcpdump-X.txt")),
        ("decode", file("3-v18-second-file.log")),
        ("attached_data", file("4-hidden-in-nested-list.log")),
        ("attached_data", file("4-address-of-two-lines.log")),
        (
            "attached_data",
            without(&file("5-syslog.log"), &format!("{lead}: ")),
        ),
    ] {
        let expected = given(program, text.as_bytes());
        assert_eq!(expected.1, Some(0), "{text}");
        for (name, prefix) in PREFIXES {
            // Nothing tells blanks of a tool from those of a value in the middle of a list.
            if text.contains("1 Main Street") && prefix(0).trim().is_empty() {
                continue;
            }
            let lines = text.lines().enumerate();
            let input: String = lines
                .map(|(number, line)| format!("{}{line}\n", prefix(number)))
                .collect();
            let got = given(program, input.as_bytes());
            assert_eq!(got, expected, "{name}\n{input}");
        }
        for (name, change) in CHANGES {
            let input = change(&text);
            let got = given(program, &input);
            assert_eq!(got, expected, "{name}\n{}", String::from_utf8_lossy(&input));
        }
    }
}

/// As they come out of pages, chats and mails.
#[test]
fn no_break_spaces_are_blanks() {
    for name in [
        "1-rust-array.txt",
        "2-tcpdump-X.txt",
        "3-v18-second-file.log",
    ] {
        let text = file(name);
        let expected = given("decode", text.as_bytes());
        let spaces = text.replace(' ', "\u{a0}");
        assert_eq!(given("decode", spaces.as_bytes()), expected, "{spaces}");
        // Every other one, as HTML keeps runs of blanks.
        let spaces = text.replace("  ", "\u{a0} ");
        assert_eq!(given("decode", spaces.as_bytes()), expected, "{spaces}");
    }
}

#[test]
fn empty_lines_between_the_rows_of_a_packet_do_not_end_it() {
    let text = file("2-tcpdump-X.txt");
    let spaced = text.replace('\n', "\n\n");
    assert_eq!(
        given("decode", spaced.as_bytes()),
        given("decode", text.as_bytes())
    );
}

#[test]
fn a_value_over_lines_keeps_blanks_of_its_own() {
    // The printed length is that with blanks before the second line, or that without.
    for (length, value) in [(32, "1 Main\\n  2nd floor"), (30, "1 Main\\n2nd floor")] {
        let log = format!(
            "ocs: \tAttributeUserData\t[{length}] 00 01 00 00..\nocs: \t\t'Address'\t'1 Main\nocs:   2nd floor'\nocs: \tAttributeThisDN\t'3308'\n"
        );
        let got = ran("attached_data", &["--to", "json"], log.as_bytes());
        assert_eq!(
            got.out,
            format!("{{\"Address\":\"{value}\"}}\n"),
            "{length} {}",
            got.err
        );
    }
}

/// Both directions of a stream as Wireshark shows them in turn, each with offsets of its own.
#[test]
fn two_directions_of_a_dump_are_told_apart_by_their_indentation() {
    let beat = |number: u8| {
        let digits = format!("00 00 00 04 00 00 00 05  00 00 00 {number:02x}");
        format!("{digits:<49}  ........ ....\n")
    };
    let text = format!(
        "    00000000  {}00000000  {}    0000000C  {}0000000C  {}00000018  {}    00000018  {}",
        beat(1),
        beat(2),
        beat(3),
        beat(4),
        beat(5),
        beat(6),
    );
    let got = ran("decode", &["--to", "json"], text.as_bytes());
    let numbers: Vec<&str> = got
        .out
        .lines()
        .map(|line| line.rsplit_once(':').unwrap().1.trim_end_matches('}'))
        .collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6"], "{text}{}", got.err);
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
    // A row that is missing is told still.
    let lost = text.replacen("0000000C", "0000001C", 1);
    let got = ran("decode", &[], lost.as_bytes());
    assert!(got.err.contains("offset 1c where"), "{}", got.err);
}

#[test]
fn frames_of_further_tools_are_read() {
    let beats =
        "{\"message\":\"HEARTBEAT_REQ\",\"id\":5,\"length\":4,\"fields\":{\"InvokeID\":12}}\n";
    for text in [
        // strace, with as few digits as there can be.
        r#"read(7, "\0\0\0\4\0\0\0\5\0\0\0\f", 4096) = 12"#,
        r#"read(7, "\0\0\0\4\0\0\0\5\0\0\0\14", 4096) = 12"#,
        "INSERT INTO t VALUES (0x00000004000000050000000C);",
        "│00000000│ 00 00 00 04 00 00 00 05 ┊ 00 00 00 0c             │0000000•┊000_    │",
    ] {
        let got = ran("decode", &["--to", "json"], format!("{text}\n").as_bytes());
        assert_eq!(got.out, beats, "{text} {}", got.err);
        assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
    }
}
