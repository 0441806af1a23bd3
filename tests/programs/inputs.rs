//! What the form of an input may not depend on, and what is said of the rest.

use cti_codec::ccx::dump::{HexDump, TraceRows};
use cti_codec::ccx::*;

use super::run::*;
use super::sample::{SAMPLE, expected};

/// A frame with a text that somebody else has chosen.
fn with_text(text: &str) -> Frame {
    let mut bytes = bytes::BytesMut::new();
    let system = SystemEvent {
        text: Some(text.into()),
        event_device_type: DeviceType::NONE,
        ..Default::default()
    };
    Message::from(system)
        .encode_as_received(Version::V14, &mut bytes)
        .unwrap();
    Frame::new(bytes.freeze()).unwrap()
}

const FORGED: &str =
    "\nMHDR:    0000: 00 00 00 04 00 00 00 05 ........\nMDATA:   0000: 00 00 00 07 ....\n";

#[test]
fn a_text_in_a_frame_is_no_message() {
    for text in [
        "MHDR: 0000: 00 ",
        FORGED,
        "{main} up",
        "\n0000: 00 00 00 04 00 00 00 05 00 00 00 07\n",
    ] {
        let forged = with_text(text);
        let mut all = expected();
        all.insert(0, forged.clone());
        all.push(forged);
        let bytes = frames(&all);
        let objects = shown(&["--to", "json"], &bytes);
        assert_eq!(objects.lines().count(), all.len(), "{text}");
        assert_eq!(packed(&[], objects.as_bytes()).len(), bytes.len());
        // In dumps of 64 bytes, the text column has room for a whole row.
        let mut dump = String::new();
        for (offset, row) in bytes.chunks(64).enumerate() {
            let hex: Vec<String> = row
                .chunks(2)
                .map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect())
                .collect();
            let text: String = row
                .iter()
                .map(|byte| match byte {
                    b' '..=b'~' => char::from(*byte),
                    _ => '.',
                })
                .collect();
            dump += &format!("{:08x}: {:<159}  {text}\n", offset * 64, hex.join(" "));
        }
        assert_eq!(shown(&["--to", "json"], dump.as_bytes()), objects, "{dump}");
        let rows: String = all
            .iter()
            .map(|frame| TraceRows(frame).to_string())
            .collect();
        assert_eq!(shown(&["--to", "json"], rows.as_bytes()), objects);
    }
    // A header row that is cut is no header of a log.
    let cut = ran("decode", &[], b"MHDR: 0000: 00 \n");
    assert_eq!((cut.out.as_str(), cut.status), ("", Some(1)));
}

#[test]
fn each_passage_has_its_form() {
    // What `tail` shows first may be the middle of a frame.
    let tail = "0010: 00 09 00 00 01 00 01 23 00 00 19 05 32 30 30 35 .......#....2005\n\
                0020: 00 08 05 32 30 30 35 00 ...2005.\n";
    let objects = bare(&shown(&["--to", "json"], SAMPLE.as_bytes()));
    let log = format!("{tail}{SAMPLE}");
    assert_eq!(bare(&shown(&["--to", "json"], log.as_bytes())), objects);
    // A dump among other lines, and rows behind it.
    let heartbeat = HexDump(HEARTBEAT).to_string();
    let log =
        format!("10:15:02 received\n{heartbeat}10:15:03 and\n{SAMPLE}10:15:04\n{heartbeat}end\n");
    let shown_log = bare(&shown(&["--to", "json"], log.as_bytes()));
    assert_eq!(
        shown_log,
        format!("{HEARTBEAT_JSON}\n{objects}{HEARTBEAT_JSON}\n")
    );
    let text = shown(&[], log.as_bytes());
    assert!(
        text.starts_with("   1  HEARTBEAT_REQ (5)  4 bytes at line 2\n"),
        "{text}"
    );
    let last = log.lines().count() - 1;
    assert!(text.contains(&format!(
        "  22  HEARTBEAT_REQ (5)  4 bytes at line {last}\n"
    )));
}

#[test]
fn encodings_do_not_matter() {
    let log = format!("MIVR \u{e9}\n{SAMPLE}");
    let objects = shown(&["--to", "json"], log.as_bytes());
    let le: Vec<u8> = log.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for input in [
        [b"\xef\xbb\xbf", log.as_bytes()].concat(),
        [b"\xff\xfe", le.as_slice()].concat(),
        le,
        log.replace('\n', "\r\n").into_bytes(),
    ] {
        assert_eq!(shown(&["--to", "json"], &input), objects);
    }
    let object = format!("\u{feff}{HEARTBEAT_JSON}\n");
    assert_eq!(packed(&[], object.as_bytes()), HEARTBEAT);
    let wide: Vec<u8> = object.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(packed(&[], &wide), HEARTBEAT);
}

#[test]
fn other_files_are_named() {
    for (head, word) in [
        (&b"\x1f\x8b\x08\0\0\0\0\0\x02\x03"[..], "gzip"),
        (b"BZh91AY&SY\0\0", "bzip2 -dc"),
        (b"PK\x03\x04\x14\0\0\0\x08\0", "unzip"),
        (b"\x16\x03\x01\x02\0\x01\0\x01\xfc", "TLS"),
    ] {
        for program in ["decode", "attached_data", "encode"] {
            let ran = ran(program, &[], head);
            assert_eq!((ran.out.as_str(), ran.status), ("", Some(1)));
            assert!(ran.err.contains(word), "{}", ran.err);
            assert!(!ran.err.contains("BodyLength"));
        }
    }
    let packet = "\t0x0000:  4500 0047 1234 4000 4006 0000 0a02 0209  E..G.4@.@.......\n\
                  \t0x0010:  0a02 0205 a42b c491 0000 0007 0000 07d0  .....+..........\n\
                  \t0x0020:  5018 faf0 0000 0000 0000 0017 0000 0018  P...............\n\
                  \t0x0030:  0000 0000 0000 0001 0015 0000 0100 31f1  ..............1.\n\
                  \t0x0040:  1905 3333 3038 00                        ..3308.\n";
    let line = "10:43:59.435000 IP 10.2.2.9.42027 > 10.2.2.5.50321: Flags [P.], length 31\n";
    let object = shown(&["--to", "json"], format!("{line}{packet}").as_bytes());
    assert!(
        object.contains(r#""ConnectionDeviceID":"3308""#),
        "{object}"
    );
    // Sent again, it is the same message.
    let twice = format!("{line}{packet}{line}{packet}");
    assert_eq!(shown(&["--to", "json"], twice.as_bytes()), object);
}

#[test]
fn what_is_passed_over_has_a_size() {
    let mut bytes = frames(&expected());
    bytes[48] = 0x7f;
    let ran_lost = ran("decode", &["--to", "json"], &bytes);
    assert_eq!(
        (ran_lost.out.lines().count(), ran_lost.status),
        (19, Some(1))
    );
    assert_eq!(
        ran_lost.err,
        "decode: standard input: frame 2 at byte 48: BodyLength of CALL_SERVICE_INITIATED_EVENT is \
         2130706490, over the limit of 16384\n\
         decode: standard input: 66 bytes from byte 48 on passed over; a frame begins at byte 114\n"
    );
    // A length that may be one is believed.
    let mut input = vec![0, 0, 0x40, 1, 0, 0, 0, 5];
    input.resize(8 + 0x4001, 1);
    input.extend_from_slice(HEARTBEAT);
    let text = ran("decode", &[], &input);
    assert!(
        text.out
            .starts_with("   2  HEARTBEAT_REQ (5)  4 bytes at byte 16393\n")
    );
    // Nothing at all.
    let zeros = ran("decode", &[], &[0; 300]);
    assert_eq!((zeros.out.as_str(), zeros.status), ("", Some(1)));
    assert!(zeros.err.contains("300 bytes"), "{}", zeros.err);
    let line = format!("{}\n{SAMPLE}", "x".repeat(300 << 10));
    let long = ran(
        "decode",
        &["--to", "json", "--from", "trace"],
        line.as_bytes(),
    );
    assert_eq!((long.out.lines().count(), long.status), (20, Some(0)));
    assert!(
        long.err
            .contains("line 1: the last 45057 bytes of the line"),
        "{}",
        long.err
    );
}

#[test]
fn lines_behind_a_bad_one_begin_no_frame() {
    // The frame that a bad line belongs to is lost, with its other lines.
    let input = "00 00 00 0c 00 00 00 05\n00 00 00 07 zz 00 00 00\n00 00 00 04 00 00 00 05\n\n\
                 00 00 00 04 00 00 00 05 00 00 00 07\n";
    let bad = ran("decode", &["--to", "json"], input.as_bytes());
    assert_eq!(bad.out, format!("{HEARTBEAT_JSON}\n"));
    assert_eq!(bad.status, Some(1));
    assert!(bad.err.contains("line 2, column 13"), "{}", bad.err);
    assert!(
        bad.err.contains("within the frame that begins on line 1"),
        "{}",
        bad.err
    );
    // Nothing is said of line 3, which looks like the beginning of another frame.
    assert_eq!(bad.err.lines().count(), 1, "{}", bad.err);
}

#[test]
fn the_version_is_found_out() {
    let open = r#"{"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":18,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"","ClientPassword":{"hex":""}}}"#;
    let event =
        r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"a","ActiveTerminal":"SEP01"}}"#;
    let session = packed(&[], format!("{open}\n{event}\n{event}\n").as_bytes());
    let alone = packed(
        &["--version", "18"],
        format!("{event}\n{event}\n").as_bytes(),
    );
    assert!(session.ends_with(&alone));
    let found = ran("decode", &["--to", "json"], &alone);
    assert_eq!(found.status, Some(0));
    assert_eq!(
        found.out,
        shown(&["--to", "json", "--version", "18"], &alone)
    );
    assert_eq!(found.err.lines().count(), 1, "{}", found.err);
    assert!(
        found.err.contains("frame 1 at byte 0: read as version 18"),
        "{}",
        found.err
    );
    // Told, it is not doubted.
    assert_eq!(ran("decode", &["--version", "14"], &alone).status, Some(1));
    // A session of version 14 says nothing.
    shown(&[], &frames(&expected()));
    // Its OPEN_REQ counts even if it is not shown; and not for the next file, unless they are one.
    let dir = std::env::temp_dir().join(format!("cti-codec-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let (first, second) = (dir.join("1.bin"), dir.join("2.bin"));
    let cut = session.len() - alone.len();
    std::fs::write(&first, &session[..cut]).unwrap();
    std::fs::write(&second, &alone).unwrap();
    let files = [first.to_str().unwrap(), second.to_str().unwrap()];
    let args = [&["--to", "json", "--type", "30"], &files[..]].concat();
    let apart = ran("decode", &args, b"");
    assert!(
        apart.err.contains("frame 1 at byte 0: read as version 18"),
        "{}",
        apart.err
    );
    let joined = ran("decode", &[&["--join"], &args[..]].concat(), b"");
    assert_eq!((joined.err.as_str(), joined.status), ("", Some(0)));
    assert_eq!(joined.out, apart.out);
    // The numbers of frames begin anew with each file, or go on.
    let text = ran("decode", &files, b"");
    assert!(
        text.out.contains("\n   1  AGENT_STATE_EVENT"),
        "{}",
        text.out
    );
    let text = ran("decode", &[&["--join"], &files[..]].concat(), b"");
    assert!(
        text.out.contains("\n   2  AGENT_STATE_EVENT"),
        "{}",
        text.out
    );
    std::fs::remove_dir_all(dir).unwrap();
    // A sister protocol.
    let object = open.replace("18", "20");
    let refused = ran("encode", &[], object.as_bytes());
    assert_eq!((refused.out.as_str(), refused.status), ("", Some(1)));
    assert!(refused.err.contains("VersionNumber"), "{}", refused.err);
    let mut bytes = session[..cut].to_vec();
    bytes[15] = 20;
    let strange = ran("decode", &[], &bytes);
    assert!(strange.err.contains("GED-188"), "{}", strange.err);
}

#[test]
fn passwords_are_hidden() {
    let login = r#"{"message":"SET_AGENT_STATE_REQ","fields":{"InvokeID":1,"AgentState":"AGENT_STATE_LOGIN","ForcedFlag":"False","AgentInstrument":"2006","AgentID":"jdoe","AgentPassword":"pa55w0rd"}}"#;
    let open = r#"{"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":14,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"me","ClientPassword":{"hex":"70613535773072640000"}}}"#;
    let bytes = packed(&[], format!("{login}\n{open}\n").as_bytes());
    let hex = "7061353577307264";
    for to in ["text", "json"] {
        let hidden = ran("decode", &["--check", "--to", to], &bytes);
        assert_eq!(hidden.status, Some(0));
        for output in [&hidden.out, &hidden.err] {
            let plain = output.replace(' ', "").to_lowercase();
            assert!(
                !plain.contains("pa55w0rd") && !plain.contains(hex),
                "{output}"
            );
        }
        let args = ["--show-secrets", "--to", to];
        assert!(shown(&args, &bytes).contains("pa55w0rd"));
    }
    let text = shown(&[], &bytes);
    assert_eq!(text.matches("Password  ").count(), 2, "{text}");
    assert_eq!(text.matches("  (hidden)\n").count(), 2, "{text}");
    let hidden = shown(&["--to", "json"], &bytes);
    let refused = ran("encode", &[], hidden.as_bytes());
    assert_eq!((refused.out.as_str(), refused.status), ("", Some(1)));
    assert!(refused.err.contains("--show-secrets"), "{}", refused.err);
    let all = shown(&["--to", "json", "--show-secrets"], &bytes);
    assert_eq!(packed(&[], all.as_bytes()), bytes);
    // Nor do they stand in what is said of a frame that cannot be decoded, or packed.
    let mut cut = bytes.clone();
    let length = cut[..4].to_vec();
    assert_eq!(length[..3], [0, 0, 0]);
    cut[3] += 1;
    cut.insert(8 + usize::from(length[3]), 1);
    for to in ["text", "json"] {
        let shown = ran("decode", &["--to", to], &cut);
        assert_eq!(shown.status, Some(1));
        let all = (shown.out + &shown.err).replace(' ', "").to_lowercase();
        assert!(!all.contains(hex) && !all.contains("pa55w0rd"), "{all}");
    }
    let wrong = login.replace("\"pa55w0rd\"", "[\"pa55w0rd\"]");
    let refused = ran("encode", &[], wrong.as_bytes());
    assert!(
        refused.err.contains("AgentPassword") && !refused.err.contains("pa55"),
        "{}",
        refused.err
    );
}

#[test]
fn nothing_reaches_a_terminal_unescaped() {
    let evil = "\u{1b}[31m \u{9b}31m \u{7f} \u{202e} \r x";
    let escaped = evil.escape_default().to_string();
    let object = format!(r#"{{"message":"HEARTBEAT_REQ","fields":{{"{escaped}":1}}}}"#);
    let object = object
        .replace("\\u{1b}", "\\u001b")
        .replace("\\u{9b}", "\\u009b");
    let object = object
        .replace("\\u{7f}", "\\u007f")
        .replace("\\u{202e}", "\\u202e");
    let list = object.replace(
        r#""message":"HEARTBEAT_REQ","fields":{"#,
        r#""GSW_USER_EVENT":"CampaignStarted","#,
    );
    let list = list.replace("}}", "}");
    let name = "no such \u{1b}[31m\u{9b} file";
    for (program, input) in [("encode", &object), ("attached_data", &list)] {
        for args in [&[][..], &["--check", "--to", "packed"], &[name]] {
            if program == "encode" && args.len() > 1 {
                continue;
            }
            let ran = ran(program, args, input.as_bytes());
            let all = ran.out + &ran.err;
            assert!(
                !all.contains(
                    |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}'
                ),
                "{all:?}"
            );
            assert!(all.contains("u{9b}"), "{all}");
        }
    }
    let frame = with_text(evil);
    for args in [&[][..], &["--to", "json"]] {
        let text = shown(args, frame.bytes());
        assert!(
            !text.contains(
                |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}'
            ),
            "{text:?}"
        );
    }
}

#[test]
fn types_have_numbers_in_hex_too() {
    let bytes = frames(&expected());
    let named = shown(&["--type", "BEGIN_CALL_EVENT"], &bytes);
    assert_eq!(shown(&["--type", "0x17"], &bytes), named);
    assert_eq!(shown(&["--type", "23"], &bytes), named);
}

#[test]
fn fields_that_a_version_lacks_are_not_shown() {
    let object = br#"{"message":"CONFIG_REQUEST_EVENT","fields":{"ConfigurationMask":1}}"#;
    for (version, there) in [("10", false), ("14", true)] {
        let args = ["--version", version];
        let made = packed(&args, object);
        // Where it is there, and not as prescribed, it is shown.
        let mut raised = made.clone();
        if there {
            raised[15] = 9;
        }
        let text = shown(&args, &raised);
        assert_eq!(text.contains("PeripheralID"), there, "{text}");
        assert_eq!(made.len(), if there { 22 } else { 18 });
    }
}

#[test]
fn findings_have_their_offset() {
    let mut bytes = frames(&expected()[6..7]);
    bytes[23] = 99;
    let object = shown(&["--check", "--to", "json"], &bytes);
    let object: serde_json::Value = serde_json::from_str(&object).unwrap();
    let offsets: Vec<u64> = object["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["offset"].as_u64().unwrap())
        .collect();
    assert_eq!(offsets, [22], "{object}");
}

/// A frame has the line that it begins on, wherever on the line it begins or ends.
#[test]
fn frames_in_hex_have_the_line_they_begin_on() {
    let digits: Vec<String> = HEARTBEAT.iter().map(|byte| format!("{byte:02x}")).collect();
    for width in [5, 7, 11, 12, 13, 17, 24, 30] {
        let all: Vec<_> = digits.iter().cycle().take(4 * 12).cloned().collect();
        let lines: Vec<_> = all.chunks(width).map(|line| line.join(" ")).collect();
        let text = shown(&["--from", "hex"], lines.join("\n").as_bytes());
        let places: Vec<_> = text
            .lines()
            .filter_map(|line| line.split_once(" at line ")?.1.parse::<usize>().ok())
            .collect();
        let expected: Vec<usize> = (0..4).map(|frame| frame * 12 / width + 1).collect();
        assert_eq!(places, expected, "{width}\n{text}");
    }
}

/// A body over the limit is passed over however it comes, and what follows is where it is.
#[test]
fn what_follows_a_body_over_the_limit_is_where_it_is() {
    let length = 0x40_000_u32;
    let mut input = HEARTBEAT.to_vec();
    input.extend(length.to_be_bytes());
    input.extend([0, 0, 0, 5]);
    input.resize(input.len() + length as usize, 1);
    input.extend(HEARTBEAT);
    input.extend(HEARTBEAT);
    let ran = ran("decode", &["--from", "bin"], &input);
    let places: Vec<usize> = ran
        .out
        .lines()
        .filter_map(|line| line.split_once(" bytes at byte ")?.1.parse().ok())
        .collect();
    let behind = 12 + 8 + length as usize;
    assert_eq!(places, [0, behind, behind + 12], "{}", ran.out);
    assert_eq!(
        (ran.err.lines().count(), ran.status),
        (1, Some(1)),
        "{}",
        ran.err
    );
}

/// The heading of a file whose name somebody else has chosen.
#[cfg(unix)]
#[test]
fn names_of_files_are_escaped() {
    let dir = std::env::temp_dir().join(format!("cti-names-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let names = ["a\u{1b}[31m\n==> b <==.bin", "c\u{202e}\u{9b}.bin"];
    let files = names.map(|name| dir.join(name));
    for file in &files {
        std::fs::write(file, HEARTBEAT).unwrap();
    }
    let args = [files[0].to_str().unwrap(), files[1].to_str().unwrap()];
    let text = shown(&args, b"");
    std::fs::remove_dir_all(&dir).unwrap();
    assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text:?}");
    assert_eq!(
        text.lines().filter(|line| line.starts_with("==> ")).count(),
        2,
        "{text}"
    );
    assert!(text.contains("a\\u{1b}[31m\\n==> b <==.bin <=="), "{text}");
}

/// An `OPEN_REQ` for a version that there is not leaves the session in its own, and is read in it.
#[test]
fn an_open_req_of_no_version_is_read_in_the_one_before() {
    let open = r#"{"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":18,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"desk","ClientPassword":{"hex":""}}}"#;
    let event =
        r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"a","ActiveTerminal":"SEP01"}}"#;
    let first = packed(&[], format!("{open}\n").as_bytes());
    let both = packed(&[], format!("{open}\n{event}\n").as_bytes());
    let mut again = first.clone();
    again[12..16].copy_from_slice(&99_u32.to_be_bytes());
    let session = [&first[..], &again, &both[first.len()..]].concat();
    let ran = ran("decode", &["--to", "json"], &session);
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(
        (lines.len(), ran.status),
        (3, Some(0)),
        "{} {}",
        ran.out,
        ran.err
    );
    let expected = lines[0].replace("\"VersionNumber\":18", "\"VersionNumber\":99");
    assert_eq!(lines[1], expected);
    assert!(
        lines[2].contains("\"ActiveTerminal\":\"SEP01\""),
        "{}",
        ran.out
    );
    assert!(
        ran.err.contains("VersionNumber 99 is not of this protocol"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("GED-188"), "{}", ran.err);
}
