//! Dumps of words, whose bytes stand in the order of the machine that printed them.

use cti_codec::gsw::AttachedDataBuf;

use super::frames::objects;
use super::lists::{object, packed, sample};
use super::*;

/// The words of a row as numbers, the last filled up with zeros.
fn words(row: &[u8], size: usize) -> Vec<u64> {
    row.chunks(size)
        .map(|word| {
            let mut number = [0; 8];
            number[..word.len()].copy_from_slice(word);
            u64::from_le_bytes(number)
        })
        .collect()
}

fn cells(row: &[u8], size: usize, cell: fn(u64) -> String) -> String {
    words(row, size).into_iter().map(cell).collect()
}

fn with_end(rows: &str, end: &str) -> String {
    format!("{rows}{end}\n")
}

fn octal(bytes: &[u8], row: fn(usize, &[u8]) -> String) -> String {
    with_end(&rows(bytes, row), &format!("{:07o}", bytes.len()))
}

fn hex(bytes: &[u8], row: fn(usize, &[u8]) -> String) -> String {
    with_end(&rows(bytes, row), &format!("{:07x}", bytes.len()))
}

/// The name of a form, how it is written, and the bytes of its words.
type Words = (&'static str, fn(&[u8]) -> String, usize);

const WORDS: &[Words] = &[
    (
        "od -x",
        |b| {
            octal(b, |at, b| {
                format!("{at:07o}{}", cells(b, 2, |word| format!(" {word:04x}")))
            })
        },
        2,
    ),
    (
        "hexdump",
        |b| {
            hex(b, |at, b| {
                format!("{at:07x}{:<40}", cells(b, 2, |word| format!(" {word:04x}")))
            })
        },
        2,
    ),
    (
        "hexdump -x",
        |b| {
            hex(b, |at, b| {
                format!("{at:07x}{}", cells(b, 2, |word| format!("    {word:04x}")))
            })
        },
        2,
    ),
    (
        "od -A x -t x2",
        |b| {
            let table = rows(b, |at, b| {
                format!("{at:06x}{}", cells(b, 2, |word| format!(" {word:04x}")))
            });
            with_end(&table, &format!("{:06x}", b.len()))
        },
        2,
    ),
    (
        "od -t x4z",
        |b| {
            octal(b, |at, b| {
                let cells = cells(b, 4, |word| format!(" {word:08x}"));
                format!("{at:07o}{cells:<36}  >{}<", shown_text(b))
            })
        },
        4,
    ),
    (
        "od -t x8",
        |b| {
            octal(b, |at, b| {
                format!("{at:07o}{}", cells(b, 8, |word| format!(" {word:016x}")))
            })
        },
        8,
    ),
    (
        "od",
        |b| {
            octal(b, |at, b| {
                format!("{at:07o}{}", cells(b, 2, |word| format!(" {word:06o}")))
            })
        },
        2,
    ),
    (
        "hexdump -o",
        |b| {
            hex(b, |at, b| {
                format!("{at:07x}{}", cells(b, 2, |word| format!("  {word:06o}")))
            })
        },
        2,
    ),
    (
        "od -d",
        |b| {
            octal(b, |at, b| {
                format!("{at:07o}{}", cells(b, 2, |word| format!(" {word:5}")))
            })
        },
        2,
    ),
    (
        "hexdump -d",
        |b| {
            hex(b, |at, b| {
                format!("{at:07x}{}", cells(b, 2, |word| format!("   {word:05}")))
            })
        },
        2,
    ),
    ("xxd -e", |b| rows(b, |at, b| xxd(at, b, 4)), 4),
    ("xxd -e -g 2", |b| rows(b, |at, b| xxd(at, b, 2)), 2),
];

/// A row of `xxd -e`, which does not fill up the last word.
fn xxd(at: usize, row: &[u8], size: usize) -> String {
    let cells: String = row
        .chunks(size)
        .map(|word| {
            let digits = each(
                &word.iter().rev().copied().collect::<Vec<_>>(),
                |b| format!("{b:02x}"),
                "",
            );
            format!(" {digits:>width$}", width = size * 2)
        })
        .collect();
    let width = 16 / size * (size * 2 + 1);
    format!("{at:08x}:{cells:<width$}  {}", shown_text(row))
}

fn read_as(lines: impl IntoIterator<Item = usize>, size: usize, order: &str) -> String {
    lines.into_iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(
            text,
            "decode: standard input: line {line}: words of {size} bytes, read as {order}"
        );
        text
    })
}

#[test]
fn words_are_read_as_the_usual_machine_writes_them() {
    let all = expected();
    let odd = all.iter().find(|frame| frame.bytes().len() % 2 == 1);
    let some = [all[0].clone(), odd.unwrap().clone(), all[9].clone()];
    let expected = objects(&some);
    for (name, form, size) in WORDS {
        for (prefix_name, prefix) in PREFIXES {
            let mut begins = Vec::new();
            let mut text = String::new();
            for frame in &some {
                text += "10:15:00 [main] got 3 parts (0, 1) of 12:\n";
                begins.push(text.lines().count() + 1);
                text += &prefixed(&form(frame.bytes()), *prefix);
            }
            let got = ran("decode", &["--to", "json"], text.as_bytes());
            assert_eq!(
                (bare(&got.out), got.err, got.status),
                (
                    expected.clone(),
                    read_as(begins, *size, "little-endian"),
                    Some(0)
                ),
                "{name}, {prefix_name}\n{text}"
            );
        }
    }
    for list in sample() {
        for (name, form, _) in WORDS {
            let text = form(&packed(&list));
            let got = ran("attached_data", &["--to", "json"], text.as_bytes());
            assert_eq!(
                (got.out, got.status),
                (object(&list) + "\n", Some(0)),
                "{name}\n{text}"
            );
        }
    }
}

#[test]
fn words_of_a_big_endian_machine_are_read_where_a_frame_shows_them() {
    let all = expected();
    let bytes = all[9].bytes();
    let mut text = rows(bytes, |at, b| {
        let words = b
            .chunks(2)
            .map(|word| format!(" {}", each(word, |b| format!("{b:02x}"), "")));
        format!("{at:07o}{}", words.collect::<String>())
    });
    if bytes.len() % 2 == 1 {
        text = format!("{}00\n", text.trim_end());
    }
    let _ = writeln!(text, "{:07o}", bytes.len());
    let got = ran("decode", &["--to", "json"], text.as_bytes());
    assert_eq!(
        (got.out, got.err),
        (objects(&all[9..10]), read_as([1], 2, "big-endian")),
        "{text}"
    );
}

/// Rows of words that a `*` stands for.
#[test]
fn repeated_rows_of_words_come_back() {
    let mut list = AttachedDataBuf::new();
    list.push("GSW_USER_EVENT", "x".repeat(100).as_str());
    let bytes = packed(&list);
    let mut text = String::new();
    let mut last: &[u8] = &[];
    let mut repeated = 0;
    for (index, row) in bytes.chunks(16).enumerate() {
        if row == last {
            repeated += 1;
            if repeated == 1 {
                text += "*\n";
            }
            continue;
        }
        repeated = 0;
        last = row;
        let _ = writeln!(
            text,
            "{:07x}{}",
            index * 16,
            cells(row, 2, |word| format!(" {word:04x}"))
        );
    }
    let _ = writeln!(text, "{:07x}", bytes.len());
    assert!(text.contains("\n*\n"), "{text}");
    let got = ran("attached_data", &["--to", "json"], text.as_bytes());
    assert_eq!(
        (got.out, got.status),
        (object(&list) + "\n", Some(0)),
        "{text}"
    );
}

/// A byte that only fills up the last word completes no message.
#[test]
fn what_fills_up_a_word_is_no_byte() {
    let all = expected();
    let odd = all
        .iter()
        .find(|frame| frame.bytes().len() % 2 == 0)
        .unwrap();
    let cut = &odd.bytes()[..odd.bytes().len() - 1];
    let (_, form, _) = WORDS[0];
    let got = ran("decode", &["--to", "json"], form(cut).as_bytes());
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)), "{}", got.err);
    // Without the offset at the end, nobody knows.
    let all_of_it = form(odd.bytes());
    let (without, _) = all_of_it.trim_end().rsplit_once('\n').unwrap();
    let got = ran("decode", &["--to", "json"], without.as_bytes());
    assert_eq!(got.out, objects(std::slice::from_ref(odd)));
}
