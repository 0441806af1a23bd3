//! Everything in all the forms in which people have it, behind whatever tools put before lines, in
//! any encoding, and cut at any place: a table for both programs.

mod cuts;
mod frames;
mod haystack;
mod lists;
mod words;

use std::fmt::Write as _;

use cti_codec::ccx::Frame;
use cti_codec::ccx::dump::{HexDump, TraceRows};

use super::run::*;
use super::sample::expected;

pub(crate) fn each(bytes: &[u8], format: fn(u8) -> String, between: &str) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format(*byte)).collect();
    bytes.join(between)
}

pub(crate) fn shown_text(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '.',
        })
        .collect()
}

/// Rows with an offset, bytes and text.
pub(crate) fn rows(bytes: &[u8], row: fn(usize, &[u8]) -> String) -> String {
    bytes
        .chunks(16)
        .enumerate()
        .fold(String::new(), |mut text, (index, bytes)| {
            let _ = writeln!(text, "{}", row(index * 16, bytes));
            text
        })
}

pub(crate) fn lines(bytes: &[u8], format: fn(u8) -> String, comma: &str) -> String {
    let rows: Vec<String> = bytes
        .chunks(12)
        .map(|row| each(row, format, comma))
        .collect();
    rows.join(&format!("{}\n    ", comma.trim_end()))
}

pub(crate) fn octets(bytes: &[u8]) -> String {
    bytes
        .chunks(2)
        .map(|pair| each(pair, |b| format!("{b:02x}"), ""))
        .collect::<Vec<_>>()
        .join(" ")
}

pub(crate) type Form = (&'static str, fn(&[u8]) -> String);

pub(crate) const FORMS: &[Form] = &[
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
    ("od -b", |b| {
        rows(b, |at, b| {
            format!("{at:07o} {}", each(b, |b| format!("{b:03o}"), " "))
        })
    }),
    ("od -t u1", |b| {
        rows(b, |at, b| {
            format!("{at:07o} {}", each(b, |b| format!("{b:3}"), " "))
        })
    }),
    ("od -t d1", |b| {
        rows(b, |at, b| {
            let cells = each(b, |b| format!("{:4}", b.cast_signed()), " ");
            format!("{at:07o} {cells}")
        })
    }),
    ("od -c", |b| {
        rows(b, |at, b| {
            let cells = each(
                b,
                |b| match b {
                    0 => " \\0".into(),
                    7..=13 => format!(" \\{}", char::from(b"abtnvfr"[usize::from(b) - 7])),
                    b' '..=b'~' => format!("  {}", char::from(b)),
                    b => format!("{b:03o}"),
                },
                " ",
            );
            format!("{at:07o} {cells}.")
                .trim_end_matches('.')
                .to_owned()
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
    ("JSON over lines", |b| {
        format!(
            "{{\n  \"type\": \"Buffer\",\n  \"data\": [\n    {}\n  ]\n}}\n",
            each(b, |b| b.to_string(), ",\n    ")
        )
    }),
    ("JSON", |b| {
        format!(
            "{{\"type\":\"Buffer\",\"data\":[{}]}}\n",
            each(b, |b| b.to_string(), ",")
        )
    }),
    ("Elixir", |b| {
        format!("<<{}>>\n", each(b, |b| b.to_string(), ", "))
    }),
];

pub(crate) fn traced(frame: &Frame) -> String {
    TraceRows(frame).to_string()
}

/// Puts something before each line.
pub(crate) fn prefixed(text: &str, prefix: fn(usize) -> String) -> String {
    text.lines()
        .enumerate()
        .fold(String::new(), |mut all, (number, line)| {
            let _ = writeln!(all, "{}{line}", prefix(number));
            all
        })
}

pub(crate) type Prefix = fn(usize) -> String;

pub(crate) const PREFIXES: &[(&str, Prefix)] = &[
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

/// The forms that have one row after another, each of which a tool may put something before.
pub(crate) const ROWS: &[&str] = &[
    "plain",
    "blanks",
    "colons",
    "hyphens",
    "0x",
    "\\x",
    "xxd",
    "xxd -b",
    "hexdump -C",
    "od -A x -t x1",
    "od -t x1z",
    "od -b",
    "od -t u1",
    "od -c",
    "Wireshark",
    "Netty",
    "Go",
    "Rust Debug",
    "Java signed",
    "C#",
    "Kotlin",
    "Python bytes",
    "Python hex",
    "Node",
    "JSON",
    "Elixir",
];

type Encoding = (&'static str, fn(&str) -> Vec<u8>);

/// The ways in which a text may come.
pub(crate) const ENCODINGS: &[Encoding] = &[
    ("UTF-8", |text| text.into()),
    ("UTF-8 with a mark", |text| format!("\u{feff}{text}").into()),
    ("lines of Windows", |text| text.replace('\n', "\r\n").into()),
    ("UTF-16LE", |text| {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    ("UTF-16LE with a mark", |text| {
        let text = format!("\u{feff}{text}");
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    ("UTF-16BE with a mark", |text| {
        let text = format!("\u{feff}{text}");
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }),
];

/// Lines of logs in which nothing is.
pub(crate) const OTHER: [&str; 12] = [
    "7091923: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:CSOutboundMsgProcessor: idle",
    "10:15:00.000 INFO  [pool-1-thread-3] c.c.Dispatcher - 0000001234 took 00:00:04",
    "\tat com.example.Frames.read(Frames.java:100)",
    "{\"level\":\"info\",\"ids\":[0,0,0,4,0,0,0,5],\"msg\":\"length=4 type=x\"}",
    "GET /0000/0004 HTTP/1.1 200 (0, 0)",
    "00000000: offset of nothing",
    "",
    "@10:21:07.1230 [0] 8.1.000.00 distribute_event: message EventRegistered",
    "        AttributeThisDN '3308'",
    "2025-03-01 10:21:07,123 [0001] DEBUG x.Y - 'quoted' 'words', {main} up; 1,000 of 4,000 (3, 0)",
    "0001 0203 0405 is no list, and 00-00-00-05 is a place",
    "Mar  1 10:21:07 ccx1 kernel: [    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]",
];
