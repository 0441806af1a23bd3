//! Two hundred messages, or lists, in ten thousand lines of a log: all are found, and none that is
//! not there, whatever stands before the lines and however the log is encoded.

use super::lists::{LISTS, packed, sample};
use super::*;

/// A log with something after every 50 lines, shuffled in another way for each number.
fn haystack(shuffle: usize, mut needle: impl FnMut(usize) -> String) -> String {
    let mut log = String::new();
    for at in 0..200 {
        for line in 0..50 {
            let text = OTHER[(at * 5 + line * 7 + shuffle) % OTHER.len()];
            let _ = writeln!(log, "{text}");
        }
        log += &needle(at);
    }
    assert!(log.lines().count() > 10_000);
    log
}

#[test]
fn two_hundred_frames_in_ten_thousand_lines() {
    let all = expected();
    for shuffle in 0..3 {
        let prefix = |at: usize| PREFIXES[(at + shuffle) % PREFIXES.len()].1;
        let form = |at: usize| FORMS[(at / 4 + shuffle * 5) % FORMS.len()];
        let sent: Vec<Frame> = (0..200)
            .map(|at| all[(at + shuffle) % all.len()].clone())
            .collect();
        let log = haystack(shuffle, |at| {
            let (name, form) = form(at);
            let bytes = sent[at].bytes();
            match at % 4 {
                0 => prefixed(&TraceRows(&sent[at]).to_string(), prefix(at)),
                1 if ROWS.contains(&name) => prefixed(&form(bytes), prefix(at)),
                1 | 2 => form(bytes),
                _ => prefixed(&HexDump(bytes).to_string(), prefix(at)),
            }
        });
        let expected = frames::objects(&sent);
        for (encoding, encode) in ENCODINGS {
            let got = ran("decode", &["--to", "json"], &encode(&log));
            let got_out = bare(&got.out);
            for (at, (got, expected)) in got_out.lines().zip(expected.lines()).enumerate() {
                let (name, _) = form(at);
                assert_eq!(got, expected, "{encoding}, needle {at}, {name}");
            }
            assert_eq!(got_out.lines().count(), 200, "{encoding}: {}", got.err);
            assert_eq!((got.err.as_str(), got.status), ("", Some(0)), "{encoding}");
        }
    }
}

#[test]
fn two_hundred_lists_in_ten_thousand_lines() {
    let all = sample();
    for shuffle in 0..3 {
        let prefix = |at: usize| PREFIXES[(at + shuffle) % PREFIXES.len()].1;
        let form = |at: usize| FORMS[(at / 4 + shuffle * 5) % FORMS.len()];
        let written = |at: usize| LISTS[(at / 2 + shuffle) % LISTS.len()];
        let name = |at: usize| match at % 2 {
            0 => written(at).0,
            _ => form(at).0,
        };
        let list = |at: usize| &all[(at + shuffle) % all.len()];
        let log = haystack(shuffle, |at| {
            let text = match at % 2 {
                0 => written(at).1(list(at)),
                _ => form(at).1(&packed(list(at))),
            };
            let rows = at % 2 == 0 && written(at).2 || at % 2 == 1 && ROWS.contains(&name(at));
            if rows {
                prefixed(&text, prefix(at))
            } else {
                text
            }
        });
        let expected: Vec<String> = (0..200).map(|at| lists::object(list(at))).collect();
        for (encoding, encode) in ENCODINGS {
            let got = ran("attached_data", &["--to", "json"], &encode(&log));
            for (at, (got, expected)) in got.out.lines().zip(&expected).enumerate() {
                assert_eq!(got, expected, "{encoding}, needle {at}, {}", name(at));
            }
            assert_eq!(got.out.lines().count(), 200, "{encoding}: {}", got.err);
            assert_eq!((got.err.as_str(), got.status), ("", Some(0)), "{encoding}");
        }
    }
}
