//! Frames in text: where they begin, and what resembles them.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use super::made::{frame, heartbeat};
use super::run::{PROGRAM, Ran, ran, shown};

const NOTHING: &str = "cti decode: standard input: neither frames nor hex, and no MHDR rows of a \
                       trace or messages in text";
const HEARTBEAT: &str =
    "{\"message\":\"HEARTBEAT_REQ\",\"id\":5,\"length\":4,\"fields\":{\"InvokeID\":7}}\n";
const HEARTBEAT_HEX: &str = "000000040000000500000007";

fn objects(input: &str) -> Ran {
    ran("decode", &["--to", "json"], input.as_bytes())
}

/// The one heartbeat is found, and nothing is said.
#[track_caller]
fn has_the_heartbeat(input: &str) {
    let got = objects(input);
    assert_eq!(
        (got.out.as_str(), got.err.as_str(), got.status),
        (HEARTBEAT, "", Some(0)),
        "{input}"
    );
}

/// Nothing is found, and just this is said of it.
#[track_caller]
fn has_nothing(input: &str, why: &str) {
    let got = objects(input);
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)), "{input}");
    assert_eq!(got.err, format!("{NOTHING}{why}\n"), "{input}");
}

fn pairs(bytes: &[u8], between: &str) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(between)
}

/// A dump as Wireshark copies it.
fn dump(bytes: &[u8]) -> String {
    bytes
        .chunks(16)
        .enumerate()
        .fold(String::new(), |mut text, (row, bytes)| {
            let _ = writeln!(text, "{:04x}  {}", row * 16, pairs(bytes, " "));
            text
        })
}

/// A frame of an unknown type, with this body.
fn unknown(message_type: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    [&length.to_be_bytes(), &message_type.to_be_bytes(), body].concat()
}

#[test]
fn an_array_is_frames_and_nothing_else() {
    // The beginning of a frame is told as one that is cut, where its type is known.
    let got = objects("got [0,0,0,9,0,0,0,5,1,2]\n");
    let told = "frame 1 at line 1: an array of 10 bytes: the last 10 bytes are no whole frame\n";
    assert!(got.err.ends_with(told), "{}", got.err);
    // Numbers that are just a header may be any, and so may those of a type that nobody knows.
    has_nothing("got [0,0,0,4,0,0,0,5]\n", "");
    has_nothing("got [0,0,0,9,0,0,3,231,1,2]\n", "");
    for none in ["got [0,0,0,0,0,0,0,0]\n", "got [0,0,0,0,0,0,4,0]\n"] {
        // No message has the type 0, and none one above a thousand.
        let why = ": an array of 8 bytes at line 1, but no frame begins in it";
        has_nothing(none, why);
    }
}

#[test]
fn too_few_digits_are_nothing_in_particular() {
    for few in ["0", "00 00", "0 0\n"] {
        has_nothing(few, "");
    }
    let why = ": hex, but no frame begins in it: its first bytes are no header (00 00, a length, a \
               message type)";
    has_nothing("12 34 56", why);
    // An array of fewer bytes than a header is not worth a word.
    has_nothing("got [1, 2, 3, 4, 5, 6, 7]\n", "");
}

/// A length of up to a megabyte is believed, and is over the limit.
#[test]
fn a_length_over_the_limit_is_told_as_one() {
    let got = objects("00000000  00 10 00 00 00 00 00 05 01 02\n");
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)));
    assert_eq!(
        got.err,
        "cti decode: standard input: frame 1 at line 1: BodyLength of HEARTBEAT_REQ is 1048576, \
         over the limit of 16384\n"
    );
    let got = objects("00000000  00 10 00 01 00 00 00 05 01 02\n");
    assert!(got.err.contains("no frame begins in it"), "{}", got.err);
}

/// Each line that a message has something of is explained as a part of it and as nothing else.
#[test]
fn what_a_message_takes_is_not_said_to_be_left() {
    let log = "a {length=4 type=HEARTBEAT_REQ,invokeId=7}\n\
               {length=4 type=HEARTBEAT_REQ,\n invokeId=7}\n\
               MHDR:    0000: 00 00 00 04 00 00 00 05 ........\n\
               MDATA:   0000: 00 00 00 07 ....\n\
               got [0,0,0,4,0,0,0,5,0,0,0,7]\n";
    let got = ran("decode", &["--explain", "--to", "json"], log.as_bytes());
    assert_eq!((got.out.lines().count(), got.status), (4, Some(0)));
    assert!(!got.err.contains("left"), "{}", got.err);
    // The form of the input, and each message.
    assert_eq!(got.err.lines().count(), 5, "{}", got.err);
}

#[test]
fn a_frame_begins_where_its_digits_do() {
    // As a literal of SQL, though the groups of a number have commas before them.
    has_the_heartbeat(&format!("INSERT INTO t VALUES (1,{HEARTBEAT_HEX})\n"));
    // Behind a number that has as many digits as an offset of od.
    let bytes = pairs(&heartbeat(7), " ");
    has_the_heartbeat(&format!("1234567 0000000 {bytes}\n1234567 0000014\n"));
    // Behind zeros that are no offset, as no bytes are behind them.
    has_the_heartbeat(&format!("0000000 x {HEARTBEAT_HEX}\n"));
    // Words behind which nothing else begins, in the middle of a log.
    let log = "nothing of the kind is on this line\n".repeat(20);
    for digits in [
        pairs(&heartbeat(7), "\\x").replacen("00", "\\x00", 1),
        pairs(&heartbeat(7), " 0x").replacen("00", "0x00", 1),
        format!("0x{HEARTBEAT_HEX}"),
    ] {
        has_the_heartbeat(&format!("{log}bytes: {digits}\n{log}"));
    }
}

#[test]
fn rows_have_the_bytes_that_they_show() {
    // Words of four bytes, of which the first might be eight bits each.
    let words = "00000000: 00000010 00000111 41424344 45464748  ........ABCDEFGH\n\
                 00000010: 494a4b4c 4d4e4f50  IJKLMNOP\n";
    let body = "\"hex\":\"4142434445464748494a4b4c4d4e4f50\"";
    let got = objects(words);
    assert!(
        got.out.contains("\"id\":273") && got.out.contains(body),
        "{}",
        got.out
    );
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
    // Every byte, as od -c has it.
    let bytes = unknown(273, &(0..=255).collect::<Vec<u8>>());
    let cell = |byte: &u8| match byte {
        0 => "\\0".into(),
        7..=13 => format!("\\{}", char::from(b"abtnvfr"[usize::from(*byte) - 7])),
        b' '..=b'~' => char::from(*byte).to_string(),
        byte => format!("{byte:03o}"),
    };
    let mut letters = String::new();
    for (row, bytes) in bytes.chunks(16).enumerate() {
        let cells: String = bytes
            .iter()
            .map(|byte| format!("{:>4}", cell(byte)))
            .collect();
        let _ = writeln!(letters, "{:07o}{cells}", row * 16);
    }
    let _ = writeln!(letters, "{:07o}", bytes.len());
    assert_eq!(objects(&letters).out, shown(&["--to", "json"], &bytes));
}

/// However long the line is that has no end, with the option that says so.
#[test]
fn a_line_of_hex_may_be_longer_than_what_is_held() {
    let line = HEARTBEAT_HEX.repeat(26_000);
    let got = ran(
        "decode",
        &["--from", "hex", "--to", "json"],
        line.as_bytes(),
    );
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
    assert_eq!(got.out, HEARTBEAT.repeat(26_000));
}

/// A segment of TCP with this behind its headers, of IP in version 4 or 6.
fn packet(version: u8, data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(20 + data.len()).unwrap();
    let mut packet = match version {
        4 => vec![
            0x45,
            0,
            0,
            20 + length,
            0,
            1,
            0x40,
            0,
            64,
            6,
            0,
            0,
            10,
            2,
            2,
            9,
            10,
            2,
            2,
            5,
        ],
        _ => [&[0x60, 0, 0, 0, 0, length, 6, 64][..], &[0x20; 32]].concat(),
    };
    // Ports, sequence number, acknowledgement, size of the header, flags, window, sum, urgent.
    packet.extend([
        0xc3, 0x51, 0xa4, 0x2b, 0, 0, 3, 0xe8, 0, 0, 0, 1, 0x50, 0x18,
    ]);
    packet.extend([0xff, 0xff, 0, 0, 0, 0]);
    packet.extend_from_slice(data);
    packet
}

const MACS: [u8; 12] = [2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

fn ethernet(tags: &[[u8; 4]], packet: &[u8]) -> Vec<u8> {
    [&MACS[..], &tags.concat(), &[8, 0], packet].concat()
}

/// What Linux puts before a packet of any interface, of this kind.
fn cooked(kind: u8, packet: &[u8]) -> Vec<u8> {
    let head = [0, kind, 0, 1, 0, 6, 2, 1, 2, 3, 4, 5, 0, 0, 8, 0];
    [&head[..], packet].concat()
}

/// Dumps of packets with the headers of their link, one row to sixteen bytes or all on one line.
#[test]
fn a_packet_is_known_by_its_headers() {
    let of = |version| packet(version, &heartbeat(7));
    let whole = of(4);
    for (link, packet) in [
        ("none", whole.clone()),
        ("none, IP 6", of(6)),
        ("Ethernet", ethernet(&[], &whole)),
        ("a VLAN", ethernet(&[[0x81, 0, 0, 5]], &whole)),
        (
            "a VLAN of a provider",
            ethernet(&[[0x88, 0xa8, 0, 5]], &whole),
        ),
        (
            "two",
            ethernet(&[[0x88, 0xa8, 0, 5], [0x81, 0, 0, 6]], &whole),
        ),
        (
            "two alike",
            ethernet(&[[0x81, 0, 0, 5], [0x81, 0, 0, 6]], &whole),
        ),
        (
            "two, as they were",
            ethernet(&[[0x91, 0, 0, 5], [0x81, 0, 0, 6]], &whole),
        ),
        ("Linux, received", cooked(0, &whole)),
        ("Linux, sent", cooked(4, &whole)),
    ] {
        for text in [dump(&packet), format!("{}\n", pairs(&packet, ""))] {
            let got = objects(&text);
            assert_eq!(
                (got.out.as_str(), got.err.as_str()),
                (HEARTBEAT, ""),
                "{link}"
            );
        }
    }
    // What only resembles one: nobody knows such tags, or such a kind of packet.
    for other in [
        ethernet(&[[0x12, 0x34, 0, 5], [0x81, 0, 0, 6]], &whole),
        ethernet(&[[0x88, 0, 0, 5]], &whole),
        ethernet(&[[0x81, 0, 0, 5], [0x12, 0x34, 0, 6]], &whole),
        cooked(7, &whole),
    ] {
        for text in [dump(&other), format!("{}\n", pairs(&other, ""))] {
            let got = objects(&text);
            assert_eq!((got.out.as_str(), got.status), ("", Some(1)), "{text}");
        }
    }
}

#[test]
fn a_packet_is_explained() {
    let explained = |text: &str| ran("decode", &["--explain"], text.as_bytes()).err;
    let dump_of = |data: &[u8]| dump(&ethernet(&[], &packet(4, data)));
    let words = "line 1: the dump is of a packet, with its headers\n";
    let dumped = explained(&dump_of(&heartbeat(7)));
    assert!(dumped.contains(words), "{dumped}");
    // With nothing behind its headers it is a packet all the same, on one line too.
    let empty = packet(4, &[]);
    for text in [dump_of(&[]), pairs(&empty, "")] {
        let words = "line 1: the packet has nothing behind its headers\n";
        let explained = explained(&text);
        assert!(explained.contains(words), "{explained}");
    }
    // The last rows are missing.
    let got = objects(&dump(&ethernet(&[], &empty[..36])));
    assert_eq!((got.out.as_str(), got.status), ("", Some(1)));
    let words = "cti decode: standard input: line 1: a packet that is not TCP, or is cut\n";
    assert_eq!(got.err, words);
    // Far behind the beginning of a log, where not every line is looked at.
    let log = "nothing of the kind is on this line\n".repeat(3_000);
    has_the_heartbeat(&format!("{log}{}\n{log}", dump_of(&heartbeat(7))));
}

#[test]
fn messages_in_text_are_checked_when_that_is_asked_for() {
    let log = "10:44:01 got a message from 10.1.2.3:50001\n\
               MsgType:AGENT_STATE_EVENT (AgentState:17 AgentExtension:\"2006\" AgentID:\"jdoe\")\n\
               MsgType:SYSTEM_FOO_EVENT (a:1 longer:2)\n";
    let finding = "! code-unlisted: AgentState at byte 38: is 17, which no table lists";
    let plain = ran("decode", &[], log.as_bytes());
    assert_eq!((plain.err.as_str(), plain.status), ("", Some(0)));
    assert!(!plain.out.contains('!'), "{}", plain.out);
    // A message that nobody knows has its pairs.
    let pairs = "      a       1\n      longer  2\n";
    assert!(plain.out.contains(pairs), "{}", plain.out);
    let checked = ran("decode", &["--check"], log.as_bytes());
    assert!(checked.out.contains(finding), "{}", checked.out);
    assert!(checked.err.contains("1 finding"), "{}", checked.err);
    let object = objects(log).out;
    let address = "\"log\":{\"line\":2,\"time\":\"10:44:01\",\"direction\":\"received\",\"address\":\"10.1.2.3:50001\"";
    assert!(object.contains(address), "{object}");
}

/// Of messages in text, too, those before the login count.
#[test]
fn an_agent_is_followed_through_text() {
    let log = "MsgType:ANSWER_CALL_REQ (InvokeID:1 ConnectionCallID:5 AgentInstrument:2006)\n\
               MsgType:ANSWER_CALL_REQ (InvokeID:2 ConnectionCallID:6 AgentInstrument:2007)\n\
               MsgType:AGENT_STATE_EVENT (AgentState:AVAILABLE(3) AgentExtension:\"2006\" AgentID:\"jdoe\")\n";
    let file = super::run::Temporary::new("agent.log", log.as_bytes());
    let args = ["--to", "json", "--agent", "jdoe", file.name()];
    let shown = shown(&args, b"");
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 2, "{shown}");
    assert!(lines[0].contains("\"CallID\":5"), "{shown}");
    assert!(lines[1].contains("AGENT_STATE_EVENT"), "{shown}");
}

/// The first frame that tells the version decides; the rest of the session is not guessed at.
#[test]
fn a_version_is_found_out_once() {
    let wide = {
        let event =
            r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"a","ActiveTerminal":"SEP01"}}"#;
        super::run::output("encode", &["--version", "18"], event.as_bytes()).stdout
    };
    let narrow = frame(
        r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"abcdefg","AgentExtension":"2006"}}"#,
    );
    let got = ran("decode", &[], &[&wide[..], &narrow, &wide].concat());
    assert_eq!(got.status, Some(1), "{}", got.err);
    assert_eq!(got.err.matches("read as version").count(), 1, "{}", got.err);
    assert_eq!(got.out.matches("ActiveTerminal").count(), 2, "{}", got.out);
}

/// A session is opened by the number of the message as by its name.
#[test]
fn an_open_req_by_its_number_tells_the_version() {
    let fields = r#""fields":{"InvokeID":1,"VersionNumber":18,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"","ClientPassword":{"hex":""}}"#;
    let event = r#"{"message":"AGENT_STATE_EVENT","fields":{"AgentID":"a"}}"#;
    let packed = |head: &str| {
        let text = format!("{{{head},{fields}}}\n{event}\n");
        let got = super::run::output("encode", &[], text.as_bytes());
        assert_eq!(got.status.code(), Some(0), "{head}");
        got.stdout
    };
    assert_eq!(packed("\"id\":3"), packed("\"message\":\"OPEN_REQ\""));
}

/// What is typed is answered at once, however short it is.
#[test]
fn two_bytes_are_not_waited_behind() {
    for (command, typed, answer) in [
        (
            "encode",
            &b"1\n"[..],
            "cti encode: standard input: line 1: not an object",
        ),
        // A frame without a body.
        (
            "decode",
            &[0, 0, 0, 0, 0, 0, 0, 99],
            "   1  message type 99  0 bytes at byte 0",
        ),
    ] {
        let mut child = Command::new(PROGRAM)
            .arg(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(typed).unwrap();
        stdin.flush().unwrap();
        let read: Box<dyn Read + Send> = match command {
            "encode" => Box::new(child.stderr.take().unwrap()),
            _ => Box::new(child.stdout.take().unwrap()),
        };
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let _ = BufReader::new(read).read_line(&mut line);
            let _ = send.send(line);
        });
        // While the input is open. It may take as long as a slow machine needs; what hangs would
        // take for ever.
        let line = receive.recv_timeout(std::time::Duration::from_secs(120));
        drop(stdin);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(line.as_deref().map(str::trim_end), Ok(answer));
    }
}
