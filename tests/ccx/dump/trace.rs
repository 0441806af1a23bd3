//! The trace of a server.

use super::*;

fn frame(line: usize) -> Result<TracedFrame, TraceError> {
    Ok(TracedFrame {
        line,
        log: None,
        frame: Frame::new(Bytes::from(guide())).unwrap(),
    })
}

#[test]
fn the_trace_of_the_guide() {
    assert_eq!(traced(restored().as_bytes()), [frame(2)]);
    let lost = TraceError {
        line: 2,
        kind: TraceErrorKind::Lost {
            message: MessageType::BEGIN_CALL_EVENT,
            needed: 54,
            left: 53,
            row: 4,
            expected: 15,
            found: 16,
        },
    };
    assert_eq!(
        lost.to_string(),
        "line 2: BEGIN_CALL_EVENT shows 53 of the 54 bytes of its body: \
         the row on line 4 is at 0010, not at 000f"
    );
    let log = format!("{PRINTED}{}", restored());
    assert_eq!(traced(log.as_bytes()), [Err(lost), frame(8)]);
}

#[test]
fn a_trace_among_other_lines() {
    let log = restored().replace('\n', "\r\n");
    assert_eq!(traced(log.as_bytes()), [frame(2)]);
    // A logger's prefix before each row, and lines of other threads in between.
    let log: String = restored()
        .lines()
        .flat_map(|line| {
            [
                format!("2026: 11 21 10:43:59.435 [cti] {line}\n"),
                "7091949: Nov 20 10:43:59.436 EDT %MIVR-SS_TEL-7-UNK:0123: ab\n".into(),
                "\u{fffd}\u{0} 0040: junk\n".into(),
            ]
        })
        .collect();
    assert_eq!(traced(log.as_bytes()), [frame(4)]);
}

#[test]
fn lines_that_only_look_like_rows_of_a_trace() {
    let log = restored();
    let lines: Vec<&str> = log.lines().collect();
    // Before the body has begun, after it has ended, and where no row of it can begin.
    for (index, stray) in [
        (2, "0000: 01 02"),
        (3, "0013: 01 02"),
        (3, "0014:01 02"),
        (6, "0000: 01 02"),
        (6, "0036: what comes next"),
    ] {
        let mut lines = lines.clone();
        lines.insert(index, stray);
        assert_eq!(traced(lines.join("\n").as_bytes()), [frame(2)], "{stray}");
    }
    // A body that is empty waits for no row.
    let log = "MHDR:    0000: 00 00 00 00 00 00 00 05 ........\n0000: 01 02";
    let empty = Frame::new(Bytes::from_static(&[0, 0, 0, 0, 0, 0, 0, 5])).unwrap();
    assert_eq!(
        traced(log.as_bytes()),
        [Ok(TracedFrame {
            line: 1,
            log: None,
            frame: empty
        })]
    );
}

#[test]
fn traces_that_break_off() {
    let log = restored();
    let lines: Vec<&str> = log.lines().collect();
    let cut = lines[..4].join("\n");
    let incomplete = |line| {
        Err(TraceError {
            line,
            kind: TraceErrorKind::Incomplete {
                message: MessageType::BEGIN_CALL_EVENT,
                needed: 54,
                left: 32,
            },
        })
    };
    assert_eq!(traced(cut.as_bytes()), [incomplete(2)]);
    assert_eq!(
        traced(format!("{cut}\n{log}").as_bytes()),
        [incomplete(2), frame(6)]
    );
    let kinds = |log: &str| -> Vec<Option<TraceErrorKind>> {
        traced(log.as_bytes())
            .into_iter()
            .map(|done| done.err().map(|error| error.kind))
            .collect()
    };
    assert_eq!(
        kinds(&lines[2..].join("\n")),
        [Some(TraceErrorKind::NoHeader)]
    );
    assert_eq!(
        kinds(&log.replace("36 00 00 00 17", "36 00 00 17")),
        [Some(TraceErrorKind::Header { left: 7 })]
    );
    assert_eq!(
        kinds(&log.replace("00 00 00 36 00", "00 00 40 01 00")),
        [Some(TraceErrorKind::TooLong(FrameError::BodyTooLong {
            message_type: MessageType::BEGIN_CALL_EVENT.into(),
            body_length: 16_385,
            max_body: 16_384,
        }))]
    );
    assert_eq!(
        kinds(&log.replace("00 00 00 36 00", "00 00 00 30 00")),
        [None, Some(TraceErrorKind::Surplus)]
    );
    // Once the body is whole, more data is too much, with a label as without.
    assert_eq!(
        kinds(&format!("{log}{}", lines[2])),
        [None, Some(TraceErrorKind::Surplus)]
    );
    // A header alone is a frame, if its body is empty.
    assert_eq!(
        kinds("MHDR:    0000: 00 00 00 00 00 00 00 05 ........"),
        [None]
    );
}

#[test]
fn a_log_tells_when_a_frame_was_sent_and_which_way() {
    let told = |log: &str| {
        let mut reader = TraceReader::new();
        log.lines().for_each(|line| {
            reader.line(line.as_bytes());
        });
        let log = reader.next_frame().unwrap().unwrap().log;
        log.map(|log| (log.time, log.direction, log.address))
    };
    let rows = restored();
    let rows = rows.split_once('\n').unwrap().1;
    let time = |text: &str| Some(text.to_owned());
    assert_eq!(
        told(&restored()),
        Some((time("Nov 20 10:43:59.435 EDT"), Some(Direction::Out), None))
    );
    let log = format!("10:15:00,123 received from 10.2.2.5:50321\n{rows}");
    assert_eq!(
        told(&log),
        Some((
            time("10:15:00,123"),
            Some(Direction::In),
            time("10.2.2.5:50321")
        ))
    );
    let log: String = rows
        .lines()
        .map(|row| format!("Mar  1 10:21:07 ccx1 mivr[77]: {row}\n"))
        .collect();
    assert_eq!(told(&log), Some((time("Mar  1 10:21:07"), None, None)));
    // The line above is another's, or has been told of another frame.
    assert_eq!(told(&format!("writing...\n{rows}")), None);
    assert_eq!(told(&format!("10:15:00 writing...\n\n{rows}")), None);
}

/// A row begins a line, or stands behind a prefix: within a word there is none.
#[test]
fn a_row_does_not_begin_within_a_word() {
    let log = restored();
    let lines: Vec<&str> = log.lines().collect();
    for (prefix, is_row) in [
        ("", true),
        ("10:43:59 ", true),
        ("file.log-", true),
        ("file.log:12:", true),
        ("|", true),
        ("x", false),
        ("log", false),
        ("[12]log", false),
    ] {
        let mut reader = TraceReader::default();
        assert!(reader.line(lines[1].as_bytes()) && reader.line(lines[2].as_bytes()));
        let line = format!("{prefix}{}", lines[3]);
        assert_eq!(reader.line(line.as_bytes()), is_row, "{line}");
    }
}
