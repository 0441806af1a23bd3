//! Frames in all the forms in which people have them, as `decode` reads them.

use cti_codec::ccx::Frame;
use cti_codec::ccx::dump::read_hex;

use super::*;

/// Messages as JSON.
pub(crate) fn objects(frames_: &[Frame]) -> String {
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
    for (prefix_name, prefix) in PREFIXES {
        let rows: String = some.iter().map(traced).collect();
        let log = prefixed(&rows, *prefix);
        let got = ran("decode", &["--to", "json"], log.as_bytes());
        assert_eq!(
            (bare(&got.out).as_str(), got.err.as_str()),
            (expected.as_str(), ""),
            "{prefix_name}\n{log}"
        );
        for (name, form) in FORMS.iter().filter(|(name, _)| ROWS.contains(name)) {
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
            (bare(&got.out).as_str(), got.err.as_str()),
            (expected.as_str(), ""),
            "{between}\n{log}"
        );
    }
}

#[test]
fn what_is_no_frame_is_none() {
    for text in [
        "           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n",
        "retries [0, 0, 0, 4] of (0, 1)\n",
        "2024-11-19 07:06:40.000 00:00:00:00:00:05 is up\n",
        "id 0000000400000005 seen\n",
        "00000000-0000-0004-0000-000500000007\n",
        "12 34 00 00 00 04 00 00 00 05 00 00 00 07\n",
        "1234 0000 0004 0000 0005 0000 0007\n",
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

#[test]
fn every_encoding_is_read() {
    let frame = expected()[9].clone();
    let log: String = FORMS
        .iter()
        .map(|(_, form)| {
            format!(
                "10:15:00 [main] got:\n{}10:15:01 done\n",
                form(frame.bytes())
            )
        })
        .collect();
    let all: Vec<Frame> = FORMS.iter().map(|_| frame.clone()).collect();
    let expected = objects(&all);
    for (encoding, encode) in ENCODINGS {
        let got = ran("decode", &["--to", "json"], &encode(&log));
        assert_eq!(
            (got.out.as_str(), got.err.as_str()),
            (expected.as_str(), ""),
            "{encoding}"
        );
    }
}

#[test]
fn an_explanation_tells_of_every_passage() {
    let frame = &expected()[9];
    let mut log = traced(frame);
    log += "got {length=31 type=END_CALL_EVENT, connectionCallID: 7, connectionDeviceID: 9026 }\n";
    for (_, form) in FORMS {
        log += &format!("10:15:00 got:\n{}10:15:01 done\n", form(frame.bytes()));
    }
    let got = ran("decode", &["--explain", "--to", "json"], log.as_bytes());
    assert_eq!(got.status, Some(0), "{}", got.err);
    for words in [
        "byte 0: text, which is looked at line by line",
        "line 1: rows of a low-level trace, with all",
        "a message that a high-level trace prints: END_CALL_EVENT",
        "a dump begins",
        "a passage of hex digits begins",
        "which are whole frames",
    ] {
        assert!(got.err.contains(words), "{words}\n{}", got.err);
    }
    let bytes = ran("decode", &["--explain"], frame.bytes());
    assert!(bytes.err.contains("the first eight are a header"));
    let left = "MHDR: none\n{ length=7 of 9 }\n00000000: ff ff ff ff ff ff ff ff\nx\n[0, 0, 0, 9, 1, 2, 3, 4]\n";
    let got = ran("decode", &["--explain"], left.as_bytes());
    for words in [
        "line 1: left: MHDR:, but no row of a header behind it",
        "line 2: left: a message in text, but no type behind its length",
        "line 3: left, as no frame begins with these bytes",
        "line 5: an array of 8 bytes, which are no frames",
    ] {
        assert!(got.err.contains(words), "{words}\n{}", got.err);
    }
}

#[test]
fn an_answer_helps_where_there_is_no_frame() {
    for (text, words) in [
        (
            "one\nMHDR: none\n",
            "MHDR: at line 2, but no row of a header behind it",
        ),
        (
            "x\n\tAttributeUserData\t[34] 00\n",
            "attached data at line 2, which attached_data shows",
        ),
        (
            "1: %MIVR-SS_TEL-7-UNK:up\n",
            "lines of a MIVR log at line 1, but no messages in them",
        ),
        (
            "@1 message EventRinging\n",
            "a trace of a T-Server at line 1, which is another protocol",
        ),
        (
            "<?xml version=\"1.0\"?>\n<Dialog/>",
            "notifications of Finesse in XML at line 2",
        ),
        (
            "10:43:59 IP 10.2.2.9.42027 > 10.2.2.5.1: Flags [P.], length 31\n",
            "tcpdump -X shows",
        ),
        ("0001020304050607\n", "hex, but no frame begins in it"),
        (
            "a\n00000000: 01 02 03 04 05 06 07 08\n",
            "hex digits at line 2, but no frame begins in them",
        ),
        (
            "a\nx = [1, 2, 3, 4, 5, 6, 0, 0, 0]\n",
            "an array of 9 bytes at line 2, but no frame begins in it",
        ),
        ("{\"message\":\"OPEN_REQ\"}\n", "which encode packs"),
    ] {
        let got = ran("decode", &[], text.as_bytes());
        assert_eq!((got.out.as_str(), got.status), ("", Some(1)), "{text}");
        assert!(got.err.contains(words), "{words}: {}", got.err);
        assert!(got.err.contains("neither frames nor hex"), "{}", got.err);
    }
}

/// Whole packets, as Wireshark copies them.
#[test]
fn packets_in_every_form_lose_their_headers() {
    let frame = &expected()[0];
    let mut packet = read_hex(
        b"001122334455 66778899aabb 0800 4500 0000 1234 4000 4006 0000 0a020209 0a020205 \
          a42b c491 00000007 000007d0 5018 faf0 0000 0000",
    )
    .unwrap();
    packet.extend_from_slice(frame.bytes());
    packet[17] = u8::try_from(packet.len() - 14).unwrap();
    let expected = objects(std::slice::from_ref(frame));
    // What comes before the packet proper on Linux, and on a loopback of BSD.
    let linux = [
        &[0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0],
        &packet[14..],
    ]
    .concat();
    let loopback = [&[2, 0, 0, 0], &packet[14..]].concat();
    let bare = packet[14..].to_vec();
    for packet in [packet, linux, loopback, bare] {
        for (name, form) in FORMS {
            let text = format!("10:15:00 x\n{}end\n", form(&packet));
            let got = ran("decode", &["--to", "json"], text.as_bytes());
            assert_eq!(
                (got.out.as_str(), got.err.as_str()),
                (expected.as_str(), ""),
                "{name}\n{text}"
            );
        }
        let rows: Vec<String> = packet
            .chunks(16)
            .map(|row| format!("\"{}\"", each(row, |b| format!("\\x{b:02x}"), "")))
            .collect();
        let text = rows.join(" \\\n") + "\n";
        assert_eq!(
            shown(&["--to", "json"], text.as_bytes()),
            expected,
            "{text}"
        );
    }
}
