//! There and back: what `decode` shows, `encode` packs.

use std::io::Write;

use bytes::BytesMut;
use cti_codec::ccx::dump::HexDump;
use cti_codec::ccx::*;

use super::run::*;
use super::sample::{SAMPLE, expected, text, traced};

#[test]
fn decode_shows_the_sample() {
    let ran = ran("decode", &["--sample"], b"");
    assert_eq!(ran.status, Some(0));
    assert!(ran.err.contains("bundled sample"), "{}", ran.err);
    let headers: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains(" bytes at "))
        .collect();
    assert_eq!(headers.len(), 20);
    assert_eq!(
        headers[5],
        "   6  CALL_QUEUED_EVENT (21)  74 bytes at line 54"
    );
    assert!(ran.out.contains(
        "      LastRedirectDeviceID    \"\"\n\
         \x20     CSQs (1)\n\
         \x20       1. CSQID              1\n\n"
    ));
    assert!(ran.out.ends_with(
        "
      NumCTIClients           0
      NumNamedVariables       0
      NumNamedArrays          0
      CallType                CALLTYPE_CCX_IN
      ConnectionDeviceType    CONNECTION_ID_STATIC
      CallID                  16777488
      CalledPartyDisposition  CD_INVALID
      ConnectionDeviceID      \"9026\"
      ANI                     \"2006\"
      DNIS                    \"7000\"
      DialedNumber            \"7000\"

"
    ));
}

#[test]
fn every_form_shows_the_same() {
    let expected = expected();
    let bytes = frames(&expected);
    let dump = HexDump(&bytes).to_string();
    let dumps: String = expected
        .iter()
        .map(|frame| HexDump(frame.bytes()).to_string())
        .collect();
    let objects = shown(&["--to", "json", "-"], &bytes);
    assert_eq!(objects.lines().count(), 20);
    for (form, input) in [
        ("bin", bytes.as_slice()),
        ("hex", dump.as_bytes()),
        ("hex", dumps.as_bytes()),
        ("trace", SAMPLE.as_bytes()),
    ] {
        assert_eq!(bare(&shown(&["--to=json", "-"], input)), objects);
        let told = shown(&["--to=json", "--from", form, "-"], input);
        assert_eq!(bare(&told), objects);
    }
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/queued_call.trace"
    );
    assert_eq!(bare(&shown(&["--to=json", file], b"")), objects);
    let twice = shown(&["--to=json", file, "-"], &bytes);
    assert_eq!(bare(&twice), objects.repeat(2));
}

#[test]
fn json_gives_the_bytes_back() {
    let expected = expected();
    let bytes = frames(&expected);
    let objects = shown(&["--to", "json", "-"], &bytes);
    // The guide's trace alone, the last of them, is not in table order, which JSON does not tell.
    let trace = bytes.len() - expected.last().unwrap().bytes().len();
    let back = packed(&[], objects.as_bytes());
    assert_eq!(back.len(), bytes.len());
    assert_eq!(back[..trace], bytes[..trace]);
    assert_ne!(back[trace..], bytes[trace..]);
    assert!(!objects.contains("\"body\""));
    for to in ["hex", "trace"] {
        let text = packed(&["--to", to, "-"], objects.as_bytes());
        assert_eq!(bare(&shown(&["--to", "json", "-"], &text)), objects);
    }
    // Fields can be changed.
    let changed = objects.lines().last().unwrap().replace("16777488", "1");
    let ran_changed = ran("encode", &["--to", "trace"], changed.as_bytes());
    assert_eq!(ran_changed.status, Some(0));
    let mine = traced(&ran_changed.out);
    let Ok(Message::BeginCallEvent(event)) = mine[0].decode(Version::V14) else {
        panic!("another message: {}", ran_changed.out);
    };
    assert_eq!((event.call_id, event.dnis), (1, text("7000")));
}

#[test]
fn texts_without_nul_come_back() {
    let mut bytes = vec![0, 0, 0, 20, 0, 0, 0, 24];
    bytes.extend([
        0, 0, 0, 0, 0, 0, 0, 1, 0, 21, 0, 0, 0, 0, 0, 1, 25, 2, b'4', b'2',
    ]);
    let object = shown(&["--to", "json", "-"], &bytes);
    assert!(object.contains(r#""ConnectionDeviceID":"42""#), "{object}");
    assert_eq!(packed(&[], object.as_bytes()), bytes);
    // Strictly, they end in NUL.
    assert_eq!(
        packed(&["--strict"], object.as_bytes()).len(),
        bytes.len() + 1
    );
    // Without the bytes they are another message, which is said.
    let (fields, _) = object.split_once(r#","body""#).unwrap();
    let mine = ran("encode", &["--to", "hex"], format!("{fields}}}").as_bytes());
    assert_eq!(mine.status, Some(0));
    assert!(
        mine.err.contains("the length was 20, and is 21"),
        "{}",
        mine.err
    );
}

#[test]
fn bad_frames_do_not_hide_the_others() {
    let input = [CUT_HEARTBEAT, HEARTBEAT, &HEARTBEAT[..10]].concat();
    let ran_text = ran("decode", &["-"], &input);
    assert_eq!(ran_text.status, Some(1));
    assert_eq!(
        ran_text.err,
        "decode: standard input: frame 1 at byte 0: \
         HEARTBEAT_REQ.[1] at byte 12: needs 2 bytes, 1 left\n\
         decode: standard input: frame 3 at byte 25: \
         the stream ends within a frame: needs 12 bytes, 10 left\n"
    );
    assert_eq!(
        ran_text.out,
        "   1  HEARTBEAT_REQ (5)  5 bytes at byte 0
      cannot be decoded: [1] at byte 12: needs 2 bytes, 1 left
      00000000  00 00 00 05 00 00 00 05  00 00 00 07 01           |.............|

   2  HEARTBEAT_REQ (5)  4 bytes at byte 13
      InvokeID  7

"
    );
    // As JSON it gives its bytes back.
    let ran_json = ran("decode", &["--to", "json", "-"], &input);
    assert_eq!(ran_json.status, Some(1));
    assert_eq!(packed(&[], ran_json.out.as_bytes()), input[..25]);
    let strict = ran(
        "encode",
        &["--strict", "--to", "hex"],
        ran_json.out.as_bytes(),
    );
    assert_eq!(strict.status, Some(1));
    assert!(
        strict.err.starts_with("encode: standard input: line 1: "),
        "{}",
        strict.err
    );
    assert!(
        strict.out.starts_with("# HEARTBEAT_REQ, 4 bytes\n"),
        "{}",
        strict.out
    );
}

#[test]
fn bodies_over_the_limit_are_passed_over() {
    let mut input = vec![0, 0, 0x40, 1, 0, 0, 0, 5];
    input.resize(8 + 0x4001, 1);
    input.extend_from_slice(HEARTBEAT);
    let ran_bin = ran("decode", &["--to", "json", "-"], &input);
    assert_eq!(ran_bin.status, Some(1));
    assert_eq!(ran_bin.out, format!("{HEARTBEAT_JSON}\n"));
    assert!(
        ran_bin.err.contains("is 16385, over the limit of 16384"),
        "{}",
        ran_bin.err
    );
    // Cut within: how much is missing is said, too.
    let ran_cut = ran("decode", &["--from", "bin", "-"], &input[..100]);
    assert_eq!(ran_cut.status, Some(1));
    assert_eq!(
        ran_cut.err,
        "decode: standard input: frame 1 at byte 0: BodyLength of HEARTBEAT_REQ is 16385, \
         over the limit of 16384; its 16393 bytes are passed over\n\
         decode: standard input: the input ends 16293 bytes before the end of that body\n"
    );
}

#[test]
fn bad_text_does_not_hide_the_rest() {
    // One frame on each line.
    let line = "00 00 00 04 00 00 00 05 00 00 00 07\n";
    let input = format!(
        "{line}{}{}{line}",
        line.replace("05", "0"),
        line.replace("05", "zz")
    );
    let ran_lines = ran(
        "decode",
        &["--to", "json", "--from", "hex", "-"],
        input.as_bytes(),
    );
    assert_eq!(ran_lines.out, format!("{HEARTBEAT_JSON}\n").repeat(2));
    assert_eq!(ran_lines.status, Some(1));
    assert_eq!(
        ran_lines.err,
        "decode: standard input: line 2, column 22: an odd number of hex digits\n\
         decode: standard input: the next line is no better\n"
    );
    // A dump for each frame; the first has lost a row.
    let dump = HexDump(expected()[0].bytes()).to_string();
    let (first, rest) = dump.split_once('\n').unwrap();
    let (_, lost) = rest.split_once('\n').unwrap();
    let input = format!("{first}\n{lost}{}", HexDump(HEARTBEAT));
    let ran_dumps = ran("decode", &["--to", "json", "-"], input.as_bytes());
    assert_eq!(ran_dumps.out, format!("{HEARTBEAT_JSON}\n"));
    assert_eq!(ran_dumps.status, Some(1));
    assert!(
        ran_dumps
            .err
            .contains("line 2, column 1: offset 20 where 10 follows"),
        "{}",
        ran_dumps.err
    );
    // The guide's trace as printed, and a whole one behind it.
    let restored = SAMPLE.rsplit_once("# The guide's own").unwrap().1;
    let printed = restored.replacen("00 15 00 00 00 00 00 00 ", "00 15 00 00 00 00 00 ", 1);
    let ran_trace = ran(
        "decode",
        &["--to", "json", "-"],
        (printed + SAMPLE).as_bytes(),
    );
    assert_eq!(
        (ran_trace.out.lines().count(), ran_trace.status),
        (20, Some(1))
    );
    assert!(
        ran_trace
            .err
            .contains("BEGIN_CALL_EVENT shows 53 of the 54 bytes of its body"),
        "{}",
        ran_trace.err
    );
}

#[test]
fn what_is_no_input() {
    for input in ["Dear all,\n", "{\"message\":\"OPEN_REQ\"}\n"] {
        let ran = ran("decode", &["-"], input.as_bytes());
        assert_eq!(ran.status, Some(1));
        assert!(ran.err.contains("neither frames nor hex"), "{}", ran.err);
    }
    assert_eq!(shown(&["-"], b""), "");
    let ran_missing = ran("decode", &["--to", "json", "no such file", "-"], HEARTBEAT);
    assert_eq!(ran_missing.status, Some(1));
    assert_eq!(ran_missing.out, format!("{HEARTBEAT_JSON}\n"));
    assert!(
        ran_missing.err.starts_with("decode: no such file: "),
        "{}",
        ran_missing.err
    );
}

#[test]
fn a_session_sets_the_version() {
    let open = r#"{"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":18,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"","ClientPassword":{"hex":""}}}"#;
    let event =
        r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"a","ActiveTerminal":"SEP01"}}"#;
    let bytes = packed(&[], format!("{open}\n{event}\n").as_bytes());
    let objects = shown(&["--to", "json", "-"], &bytes);
    assert!(objects.contains(r#""ActiveTerminal":"SEP01""#), "{objects}");
    assert_eq!(packed(&[], objects.as_bytes()), bytes);
    // A file behind it is another session again.
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/queued_call.trace"
    );
    let both = shown(&["--to", "json", "-", file], &bytes);
    let after = packed(&[], both.as_bytes());
    assert_eq!(after.len(), bytes.len() + frames(&expected()).len());
    // Without the session it takes the option, on both sides.
    let refused = ran("encode", &["--to", "hex"], event.as_bytes());
    assert_eq!(refused.status, Some(1));
    let alone = packed(&["--version", "18"], event.as_bytes());
    assert!(bytes.ends_with(&alone));
    let objects = shown(&["--to", "json", "--version", "18", "-"], &alone);
    assert!(objects.contains(r#""ActiveTerminal":"SEP01""#), "{objects}");
    // An OPEN_REQ that asks for 18 in the narrow form of what came before.
    let mut narrow = BytesMut::new();
    let message = OpenReq {
        version_number: 18,
        idle_timeout: 60,
        client_id: text("desk"),
        client_password: Some(b""),
        ..Default::default()
    };
    Message::from(message)
        .encode_as_received(Version::V14, &mut narrow)
        .unwrap();
    let object = shown(&["--to", "json", "-"], &narrow);
    assert!(object.contains(r#""ClientID":"desk""#), "{object}");
    // It comes back, with the remark that its version does not fit its form.
    let back = run("encode", &[], object.as_bytes());
    assert_eq!(
        (back.stdout, back.status.code()),
        (narrow.to_vec(), Some(0))
    );
    assert!(String::from_utf8_lossy(&back.stderr).contains("VersionNumber"));
}

#[test]
fn types_filter() {
    let bytes = frames(&expected());
    for name in ["AGENT_STATE_EVENT", "agent_state_event", "30"] {
        let objects = shown(&["--to=json", "--type", name, "-"], &bytes);
        assert_eq!(objects.lines().count(), 4);
    }
    let objects = shown(
        &["--to=json", "--type=30", "--type=END_CALL_EVENT", "-"],
        &bytes,
    );
    assert_eq!(objects.lines().count(), 5);
    let unknown = ran("decode", &["--type", "DEQUEUED"], b"");
    assert_eq!(unknown.status, Some(2));
    assert!(
        unknown.err.contains("CALL_DEQUEUED_EVENT"),
        "{}",
        unknown.err
    );
}

#[test]
fn findings() {
    let mut agent = frames(&expected()[6..7]);
    agent[23] = 99;
    let input = [&frames(&expected()[..6]), agent.as_slice()].concat();
    let ran_text = ran("decode", &["--check", "--type", "30", "-"], &input);
    assert_eq!(ran_text.status, Some(0));
    assert!(
        ran_text
            .out
            .contains("      ! code-unlisted: CSQState at byte 22: is 99, which no table lists\n"),
        "{}",
        ran_text.out
    );
    assert_eq!(ran_text.err, "decode: 1 frame checked, 1 finding\n");
    let bytes = [HEARTBEAT, CUT_HEARTBEAT].concat();
    let ran_json = ran("decode", &["--check", "--to", "json", "-"], &bytes);
    let objects: Vec<serde_json::Value> = ran_json
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(objects[0]["findings"], serde_json::json!([]));
    assert_eq!(objects[1]["findings"][0]["name"], "truncated");
    assert_eq!(packed(&[], ran_json.out.as_bytes()), bytes);
}

#[test]
fn text_is_for_people() {
    let objects = br#"
        {"message":"SYSTEM_EVENT","fields":{"CCXStatus":1024,"CCXTime":1732183859,"SystemEventID":77,"EventDeviceType":"DEVID_NONE","Text":"up\n"},"unlisted":[{"id":97,"hex":"03040506"}]}
        {"message":"BEGIN_CALL_EVENT","fields":{"PeripheralType":22,"CallID":4294967295,"ConnectionDeviceID":"1","NamedVariables":[{"name":"user.layout","value":"Default"}],"NamedArrays":[{"index":3,"name":"list","value":""}]}}
        {"message":"CONFIG_AGENT_EVENT","fields":{"Records":[{"RecordType":"Add","LoginID":"ann","CSQs":[{"CSQID":1},{"CSQID":2}]},{"RecordType":9,"LoginID":"bob"}]}}
        {"id":999,"hex":"6869"}
    "#;
    assert_eq!(
        shown(&["-"], &packed(&[], objects)),
        r#"   1  SYSTEM_EVENT (31)  38 bytes at byte 0
      CCXStatus        CCX_IN_SERVICE
      CCXTime          2024-11-21 10:10:59 UTC
      SystemEventID    77
      SystemEventArg1  0
      SystemEventArg2  0
      SystemEventArg3  0
      EventDeviceType  DEVID_NONE
      Text             "up\n"
      not in the table of the message
        [97]           03 04 05 06  |....|

   2  BEGIN_CALL_EVENT (23)  61 bytes at byte 46
      PeripheralType          22  reserved, 21 in the guide
      NumCTIClients           0
      NumNamedVariables       1
      NumNamedArrays          1
      CallType                CALLTYPE_INVALID
      ConnectionDeviceType    CONNECTION_ID_NONE
      CallID                  NULL_CALL_ID
      CalledPartyDisposition  CD_INVALID
      ConnectionDeviceID      "1"
      NamedVariables (1)
        1. user.layout        "Default"
      NamedArrays (1)
        1. list[3]            ""

   3  CONFIG_AGENT_EVENT (237)  38 bytes at byte 115
      NumRecords       2
      Records (2)
        1. RecordType  Add
           LoginID     "ann"
           NumCSQs     2
           CSQs (2)
             1. CSQID  1
             2. CSQID  2
        2. RecordType  9
           LoginID     "bob"

   4  message type 999  2 bytes at byte 161
      00000000  00 00 00 02 00 00 03 e7  68 69                    |........hi|

"#
    );
}

#[test]
fn objects_that_are_bad() {
    let objects = br#"{"message":"HEARTBEAT_REQ","fields":{"InvokeID":7}}

{"message":"HEARTBEAT_REQ","fields":{"InvokeID":"x"}}
{"message":"HEARTBEAT_REQ",
{"message":"END_CALL_EVENT","id":24,"length":16,"fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":1}}
"#;
    let ran_lenient = ran("encode", &["--to", "trace"], objects);
    assert_eq!(ran_lenient.status, Some(1));
    let lines: Vec<&str> = ran_lenient.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran_lenient.err);
    assert!(lines[0].starts_with("encode: standard input: line 3: HEARTBEAT_REQ.InvokeID: "));
    assert!(lines[1].starts_with("encode: standard input: line 4: the object does not end"));
    assert_eq!(
        lines[2],
        "encode: standard input: line 5: packed as received, \
         but END_CALL_EVENT.ConnectionDeviceID: is required"
    );
    assert_eq!(traced(&ran_lenient.out).len(), 2);
    let ran_strict = ran("encode", &["--to", "trace", "--strict"], objects);
    assert_eq!(traced(&ran_strict.out).len(), 1);
    // A warning alone is no failure.
    let last = objects.split(|byte| *byte == b'\n').nth(4).unwrap();
    assert_eq!(ran("encode", &["--to", "trace"], last).status, Some(0));
}

#[test]
fn help_and_wrong_usage() {
    for name in ["decode", "encode"] {
        let help = ran(name, &["--help"], b"");
        assert_eq!((help.err.as_str(), help.status), ("", Some(0)));
        for word in ["--to", "--version", "Examples:", "exit status"] {
            assert!(help.out.contains(word), "{word} in the help of {name}");
        }
        for wrong in [&["--to", "xml"][..], &["--version", "9"], &["--nonsense"]] {
            assert_eq!(ran(name, wrong, b"").status, Some(2));
        }
    }
}

#[test]
fn a_reader_that_has_seen_enough() {
    let bytes = frames(&expected()).repeat(500);
    let objects = shown(&["--to", "json", "-"], &bytes);
    for (name, args, input) in [
        ("decode", &["-"][..], bytes.as_slice()),
        ("encode", &["--to", "hex"], objects.as_bytes()),
    ] {
        let mut child = command(name, args).spawn().unwrap();
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        let output = std::thread::scope(|scope| {
            scope.spawn(move || drop(stdin.write_all(input)));
            child.wait_with_output().unwrap()
        });
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }
}
