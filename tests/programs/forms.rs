//! Frames in all the forms in which people have them.

use std::fmt::Write as _;

use cti_codec::ccx::Frame;
use cti_codec::ccx::dump::{HexDump, TraceRows};

use super::run::*;
use super::sample::expected;

fn each(bytes: &[u8], format: fn(u8) -> String, between: &str) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format(*byte)).collect();
    bytes.join(between)
}

fn shown_text(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '.',
        })
        .collect()
}

/// Rows with an offset, bytes and text.
fn rows(bytes: &[u8], row: fn(usize, &[u8]) -> String) -> String {
    bytes
        .chunks(16)
        .enumerate()
        .fold(String::new(), |mut text, (index, bytes)| {
            let _ = writeln!(text, "{}", row(index * 16, bytes));
            text
        })
}

fn lines(bytes: &[u8], format: fn(u8) -> String, comma: &str) -> String {
    let rows: Vec<String> = bytes
        .chunks(12)
        .map(|row| each(row, format, comma))
        .collect();
    rows.join(&format!("{}\n    ", comma.trim_end()))
}

fn octets(bytes: &[u8]) -> String {
    bytes
        .chunks(2)
        .map(|pair| each(pair, |b| format!("{b:02x}"), ""))
        .collect::<Vec<_>>()
        .join(" ")
}

type Form = (&'static str, fn(&[u8]) -> String);

const FORMS: &[Form] = &[
    ("plain", |b| each(b, |b| format!("{b:02x}"), "") + "\n"),
    ("blanks", |b| each(b, |b| format!("{b:02X}"), " ") + "\n"),
    ("colons", |b| each(b, |b| format!("{b:02x}"), ":") + "\n"),
    ("hyphens", |b| each(b, |b| format!("{b:02X}"), "-") + "\n"),
    ("0x", |b| each(b, |b| format!("0x{b:02x}"), ", ") + "\n"),
    ("\\x", |b| each(b, |b| format!("\\x{b:02x}"), "") + "\n"),
    ("xxd", |b| {
        rows(b, |at, b| {
            format!("{at:08x}: {:<39}  {}", octets(b), shown_text(b))
        })
    }),
    ("xxd -b", |b| {
        b.chunks(6)
            .enumerate()
            .fold(String::new(), |mut text, (index, b)| {
                let bits = each(b, |b| format!("{b:08b}"), " ");
                let _ = writeln!(text, "{:08x}: {bits:<53}  {}", index * 6, shown_text(b));
                text
            })
    }),
    ("hexdump -C", |b| HexDump(b).to_string()),
    ("od -A x -t x1", |b| {
        rows(b, |at, b| {
            format!("{at:06x} {}", each(b, |b| format!("{b:02x}"), " "))
        })
    }),
    ("od -t x1z", |b| {
        rows(b, |at, b| {
            format!(
                "{at:07o} {:<47}  >{}<",
                each(b, |b| format!("{b:02x}"), " "),
                shown_text(b)
            )
        })
    }),
    ("tcpdump -x of the payload", |b| {
        rows(b, |at, b| format!("\t0x{at:04x}:  {}", octets(b)))
    }),
    ("Wireshark", |b| {
        rows(b, |at, b| {
            format!(
                "{at:04x}  {:<47}   {}",
                each(b, |b| format!("{b:02x}"), " "),
                shown_text(b)
            )
        })
    }),
    ("Netty", |b| {
        let head = "         +-------------------------------------------------+\n         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |\n+--------+-------------------------------------------------+----------------+\n";
        let table = rows(b, |at, b| {
            format!(
                "|{at:08x}| {:<48}|{:<16}|",
                each(b, |b| format!("{b:02x}"), " "),
                shown_text(b)
            )
        });
        format!(
            "{head}{table}+--------+-------------------------------------------------+----------------+\n"
        )
    }),
    ("Format-Hex", |b| {
        let head = "\n           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n\n";
        let table = rows(b, |at, b| {
            format!(
                "{at:08X}   {:<47}  {}",
                each(b, |b| format!("{b:02X}"), " "),
                shown_text(b)
            )
        });
        format!("{head}{table}\n")
    }),
    ("Format-Hex 7", |b| {
        let head = "\n   Label: String (System.String) <1A2B3C4D>\n\n          Offset Bytes                                           Ascii\n                 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n          ------ ----------------------------------------------- -----\n";
        let table = rows(b, |at, b| {
            format!(
                "{at:016X} {:<47} {}",
                each(b, |b| format!("{b:02X}"), " "),
                shown_text(b)
            )
        });
        format!("{head}{table}\n")
    }),
    ("C", |b| {
        format!(
            "unsigned char frame[] = {{\n    {}\n}};\nunsigned int frame_len = {};\n",
            lines(b, |b| format!("0x{b:02x}"), ", "),
            b.len()
        )
    }),
    ("Wireshark C", |b| {
        format!(
            "char peer0_0[] = {{ /* Packet 4 */\n{} }};\n",
            lines(b, |b| format!("0x{b:02x}"), ", ")
        )
    }),
    ("Rust", |b| {
        format!(
            "let frame: [u8; {}] = [ {}];\n",
            b.len(),
            lines(b, |b| format!("0x{b:02x}"), ", ")
        )
    }),
    ("Rust Debug", |b| format!("frame = {b:?}\n")),
    ("Go", |b| {
        format!(
            "data := []byte{{{}}}\n",
            each(b, |b| format!("{b:#x}"), ", ")
        )
    }),
    ("Java", |b| {
        format!(
            "byte[] frame = {{ {} }};\n",
            lines(b, |b| format!("(byte) 0x{b:02x}"), ", ")
        )
    }),
    ("Java signed", |b| {
        format!(
            "frame: {:?}\n",
            b.iter().map(|b| b.cast_signed()).collect::<Vec<_>>()
        )
    }),
    ("C#", |b| {
        format!(
            "var frame = new byte[] {{ {} }};\n",
            each(b, |b| format!("0x{b:02X}"), ", ")
        )
    }),
    ("Kotlin", |b| {
        format!(
            "byteArrayOf({})\n",
            each(b, |b| b.cast_signed().to_string(), ", ")
        )
    }),
    ("Python list", |b| format!("frame = {b:?}\n")),
    ("Python bytes", |b| {
        let text = each(
            b,
            |b| match b {
                b'\'' | b'\\' => format!("\\{}", char::from(b)),
                b' '..=b'~' => char::from(b).to_string(),
                b => format!("\\x{b:02x}"),
            },
            "",
        );
        format!("b'{text}'\n")
    }),
    ("Python hex", |b| {
        format!(
            "bytes.fromhex(\"{}\")\n",
            each(b, |b| format!("{b:02x}"), "")
        )
    }),
    ("JavaScript", |b| {
        format!(
            "Uint8Array({}) [\n  {}\n]\n",
            b.len(),
            lines(b, |b| b.to_string(), ", ")
        )
    }),
    ("Node", |b| {
        format!("<Buffer {}>\n", each(b, |b| format!("{b:02x}"), " "))
    }),
    ("JSON", |b| {
        format!(
            "{{\"type\":\"Buffer\",\"data\":{}}}\n",
            each(b, |b| b.to_string(), ",").as_str().pipe()
        )
    }),
    ("Elixir", |b| {
        format!("<<{}>>\n", each(b, |b| b.to_string(), ", "))
    }),
];

/// Puts brackets around.
trait Pipe {
    fn pipe(&self) -> String;
}

impl Pipe for str {
    fn pipe(&self) -> String {
        format!("[{self}]")
    }
}

fn traced(frame: &Frame) -> String {
    TraceRows(frame).to_string()
}

/// Puts something before each line.
fn prefixed(text: &str, prefix: fn(usize) -> String) -> String {
    text.lines()
        .enumerate()
        .fold(String::new(), |mut all, (number, line)| {
            let _ = writeln!(all, "{}{line}", prefix(number));
            all
        })
}

type Prefix = fn(usize) -> String;

const PREFIXES: &[(&str, Prefix)] = &[
    ("nothing", |_| String::new()),
    ("mail", |_| "> ".into()),
    ("grep", |line| {
        format!(
            "MIVR12.log{}{}{}",
            if line == 0 { ':' } else { '-' },
            line + 9,
            if line == 0 { ':' } else { '-' }
        )
    }),
    ("syslog", |line| {
        format!("Mar  1 10:21:{:02} ccx1 mivr[77]: ", line % 60)
    }),
    ("journald", |line| {
        format!(
            "Mar 01 10:21:{:02}.{:06} ccx1 mivr[1234]: ",
            line % 60,
            line * 37
        )
    }),
];

/// The messages of the sample, as JSON.
fn objects(frames_: &[Frame]) -> String {
    shown(&["--to", "json"], &frames(frames_))
}

#[test]
fn every_form_is_read() {
    let all = expected();
    let some = [all[0].clone(), all[9].clone(), all[18].clone()];
    let expected = objects(&some);
    for (name, form) in FORMS {
        let text: String = some.iter().map(|frame| form(frame.bytes())).collect();
        let got = ran("decode", &["--to", "json"], text.as_bytes());
        assert_eq!(
            (got.out.as_str(), got.err.as_str()),
            (expected.as_str(), ""),
            "{name}\n{text}"
        );
        // In a log, with other lines between.
        let text: String = some
            .iter()
            .map(|frame| {
                format!(
                    "10:15:00 [main] got 3 parts (0, 1) of 12:\n{}10:15:01 done\n",
                    form(frame.bytes())
                )
            })
            .collect();
        let got = ran("decode", &["--to", "json"], text.as_bytes());
        assert_eq!(
            (got.out.as_str(), got.err.as_str()),
            (expected.as_str(), ""),
            "{name}\n{text}"
        );
    }
}

#[test]
fn every_prefix_is_passed_over() {
    let all = expected();
    let some = [all[0].clone(), all[9].clone()];
    let expected = objects(&some);
    let dumps: &[Form] = &[
        ("blanks", |b| each(b, |b| format!("{b:02X}"), " ") + "\n"),
        ("hexdump -C", |b| HexDump(b).to_string()),
        ("xxd", |b| {
            rows(b, |at, b| {
                format!("{at:08x}: {:<39}  {}", octets(b), shown_text(b))
            })
        }),
    ];
    for (prefix_name, prefix) in PREFIXES {
        let rows: String = some.iter().map(traced).collect();
        let log = prefixed(&rows, *prefix);
        let got = ran("decode", &["--to", "json"], log.as_bytes());
        assert_eq!(
            (got.out.as_str(), got.err.as_str()),
            (expected.as_str(), ""),
            "{prefix_name}\n{log}"
        );
        for (name, form) in dumps {
            let text: String = some
                .iter()
                .map(|frame| prefixed(&form(frame.bytes()), *prefix))
                .collect();
            let got = ran("decode", &["--to", "json"], text.as_bytes());
            assert_eq!(
                (got.out.as_str(), got.err.as_str()),
                (expected.as_str(), ""),
                "{prefix_name} {name}\n{text}"
            );
        }
    }
    // Rows that a logger has put into one line.
    for between in ["#012", "\\n", " ", "\\r\\n"] {
        let log: String = some
            .iter()
            .map(|frame| {
                format!(
                    "Mar  1 10:21:07 ccx1 mivr: {}\nnext\n",
                    traced(frame).trim_end().replace('\n', between)
                )
            })
            .collect();
        let got = ran("decode", &["--to", "json"], log.as_bytes());
        assert_eq!(
            (got.out.as_str(), got.err.as_str()),
            (expected.as_str(), ""),
            "{between}\n{log}"
        );
    }
}

#[test]
fn what_is_no_frame_is_none() {
    let words = "0000000 0000 0400 0000 0500 0000 0700\n000000c\n";
    let got = ran("decode", &[], words.as_bytes());
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)));
    assert!(got.err.contains("od -t x1"), "{}", got.err);
    for text in [
        "           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n",
        "retries [0, 0, 0, 4] of (0, 1)\n",
        "2024-11-19 07:06:40.000 00:00:00:00:00:05 is up\n",
        "id 0000000400000005 seen\n",
        "00000000-0000-0004-0000-000500000007\n",
    ] {
        let got = ran("decode", &["--to", "json"], text.as_bytes());
        assert_eq!((got.out.as_str(), got.status), ("", Some(1)), "{text}");
    }
    // Node shows no more than 50 bytes.
    let frame = &expected()[3];
    let shown_bytes = each(&frame.bytes()[..50], |b| format!("{b:02x}"), " ");
    let cut = format!(
        "<Buffer {shown_bytes} ... {} more bytes>\n",
        frame.bytes().len() - 50
    );
    let got = ran("decode", &["--to", "json"], cut.as_bytes());
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)));
    assert!(got.err.contains("shows not all"), "{}", got.err);
}

/// Two hundred messages in ten thousand lines of a log, in all forms and behind all prefixes: all
/// are found, and none that is not there.
#[test]
fn needles_in_a_haystack() {
    let all = expected();
    let other = [
        "7091923: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:CSOutboundMsgProcessor: idle",
        "10:15:00.000 INFO  [pool-1-thread-3] c.c.Dispatcher - 0000001234 took 00:00:04",
        "\tat com.example.Frames.read(Frames.java:100)",
        "{\"level\":\"info\",\"ids\":[0,0,0,4,0,0,0,5],\"msg\":\"length=4 type=x\"}",
        "GET /0000/0004 HTTP/1.1 200 (0, 0)",
        "00000000: offset of nothing",
        "",
    ];
    for shift in 0..3 {
        let mut log = String::new();
        let mut sent = Vec::new();
        for needle in 0..200 {
            for line in 0..48 {
                let text = other[(needle * 5 + line * 3 + shift) % other.len()];
                let _ = writeln!(log, "{text}");
            }
            let frame = &all[(needle + shift) % all.len()];
            let prefix = PREFIXES[(needle + shift) % PREFIXES.len()].1;
            let text = match needle % 3 {
                0 => prefixed(&traced(frame), prefix),
                1 => FORMS[(needle / 3 + shift) % FORMS.len()].1(frame.bytes()),
                _ => prefixed(&HexDump(frame.bytes()).to_string(), prefix),
            };
            log += &text;
            sent.push(frame.clone());
        }
        assert!(log.lines().count() > 10_000);
        let expected = objects(&sent);
        let got = ran("decode", &["--to", "json"], log.as_bytes());
        for (number, (got, expected)) in got.out.lines().zip(expected.lines()).enumerate() {
            let (form, _) = FORMS[(number / 3 + shift) % FORMS.len()];
            assert_eq!(got, expected, "needle {number}, {form}");
        }
        assert_eq!(got.out.lines().count(), 200, "{}", got.err);
        let wide: Vec<u8> = log.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(ran("decode", &["--to", "json"], &wide).out, got.out);
    }
}
