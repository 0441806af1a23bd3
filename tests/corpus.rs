//! Runs the corpora of the fuzz targets through their oracles, so that what fuzzing has found once
//! is looked for on every run of the tests.
//!
//! `cargo test --test corpus -- --ignored` writes the seeds anew from the tables.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "helpers of tests"
)]

mod common;

use std::fs;
use std::path::PathBuf;

use common::hex;
use cti_codec::capture::{Side, Writer};
use cti_codec::ccx::dump::{HexDump, TraceRows};
use cti_codec::ccx::json::Object;
use cti_codec::ccx::{Frame, LAYOUTS, Message, Version};
use cti_codec::gsw::{AttachedDataBuf, json, trace};
use oracles::ccx::{Choices, Style, noise, sample};
use oracles::{capture, ccx, desktop, gsw, openscape, session};

type Oracle = fn(&[u8]);

/// Every fuzz target with its oracle.
const TARGETS: &[(&str, Oracle)] = &[
    ("ccx_frames", ccx::frames),
    ("ccx_decode", ccx::decode),
    ("ccx_second", ccx::second),
    ("ccx_structured", ccx::structured),
    ("ccx_check", ccx::check),
    ("ccx_json", ccx::json),
    ("ccx_json_text", ccx::json_text),
    ("ccx_dump", ccx::dump),
    ("ccx_text", ccx::text),
    ("ccx_arrays", ccx::arrays),
    ("ccx_outbound", ccx::outbound),
    ("ccx_model", ccx::model),
    ("ccx_stream", ccx::stream),
    ("ccx_built", ccx::built),
    ("ccx_piped", ccx::piped),
    ("capture_file", capture::file),
    ("capture_segments", capture::segments),
    ("gsw_packed", gsw::packed),
    ("gsw_trace", gsw::trace),
    ("gsw_json", gsw::json),
    ("gsw_desktop", desktop::desktop),
    ("gsw_desktop_message", gsw::desktop_message),
    ("gsw_client", gsw::client),
    ("gsw_campaign_group_state", gsw::campaign_group_state),
    ("session_client", session::client),
    ("session_server", session::server),
    ("openscape_event", openscape::event),
    ("openscape_answer", openscape::answer),
];

fn corpus(target: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("fuzz/corpus").join(target)
}

#[test]
fn every_corpus_passes_its_oracle() {
    for (target, oracle) in TARGETS {
        let mut files = 0;
        let mut bytes = 0;
        for file in fs::read_dir(corpus(target)).unwrap() {
            let path = file.unwrap().path();
            let data = fs::read(&path).unwrap();
            files += 1;
            bytes += data.len();
            if std::panic::catch_unwind(|| oracle(&data)).is_err() {
                panic!("{} fails", path.display());
            }
        }
        assert!(files > 0, "{target} has no corpus");
        // Small enough to live in the repository.
        assert!(
            files < 200 && bytes < 300_000,
            "{target}: {files} files, {bytes} bytes"
        );
    }
}

/// What a model is asked to bear depends on what came before, so there is no end of cases; some are
/// tried here, and the rest by fuzzing.
#[test]
fn models_bear_noise() {
    for seed in 0..2_000 {
        if std::panic::catch_unwind(|| ccx::model(&noise(seed, 2_000))).is_err() {
            panic!("seed {seed}");
        }
    }
}

/// So it is with a desktop.
#[test]
fn desktops_bear_noise() {
    let seeds = std::env::var("SEEDS").map_or(300, |seeds| seeds.parse::<u64>().unwrap() / 5);
    for seed in 0..seeds {
        if std::panic::catch_unwind(|| desktop::desktop(&noise(seed, 4_000))).is_err() {
            panic!("seed {seed}");
        }
    }
}

#[test]
fn every_target_is_one_line_and_is_replayed_here() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap();
    let mut files = 0;
    for file in fs::read_dir(root.join("fuzz/fuzz_targets")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            TARGETS.iter().any(|(target, _)| *target == name),
            "{name} is not replayed"
        );
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "{name} is not built"
        );
        files += 1;
    }
    assert_eq!(files, TARGETS.len());
}

#[test]
fn an_empty_input_is_no_panic() {
    for (_, oracle) in TARGETS {
        for data in [
            [].as_slice(),
            &[0],
            &[0, 0],
            &[0xff; 3],
            &[0; 64],
            &[0xff; 64],
        ] {
            oracle(data);
        }
    }
}

/// Any bytes, without a fuzzer: a little of what the targets do for hours. `.ci/long` has more seeds.
#[test]
fn noise_passes_every_oracle() {
    let seeds = std::env::var("SEEDS").map_or(2000, |seeds| seeds.parse().unwrap());
    for (_, oracle) in TARGETS {
        for seed in 0..seeds {
            let length = noise(seed, 1)[0];
            oracle(&noise(seed + 1, usize::from(length) * 2));
        }
    }
}

/// A version, a message and its body, as most targets of `ccx` take them.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let mut bodies = Vec::new();
    for (index, layout) in LAYOUTS.iter().enumerate() {
        // Versions change with the messages, the two that bring the most more often.
        let version = [14, 18, 10, 14, 18, 11, 12, 17][index % 8];
        let number = (0..9)
            .find(|at| Version::ALL[*at].number() == version)
            .unwrap();
        // Few choices make small messages; those with lists need some more.
        let lists = layout.floating.len() > 6;
        let bytes = noise(index as u64 + 1, if lists { 160 } else { 40 });
        let mut choices = Choices::new(&bytes);
        let tree = sample(layout, Version::ALL[number], Style::Lawful, &mut choices);
        let data = [[number as u8, index as u8].as_slice(), &tree.body()].concat();
        bodies.push((layout.name, data));
    }
    bodies
}

fn write(target: &str, name: &str, data: impl AsRef<[u8]>) {
    fs::create_dir_all(corpus(target)).unwrap();
    fs::write(corpus(target).join(format!("seed-{name}")), data).unwrap();
}

#[test]
#[ignore = "writes the seeds into fuzz/corpus"]
fn write_seeds() {
    for (name, data) in bodies() {
        for target in ["ccx_decode", "ccx_second", "ccx_check", "ccx_json"] {
            write(target, name, &data);
        }
        let (version, index) = (data[0], data[1]);
        let choices = [[index, version, 1].as_slice(), &noise(index.into(), 80)].concat();
        write("ccx_structured", name, choices);

        let at = Version::ALL[usize::from(version)];
        let message_type = LAYOUTS[usize::from(index)].message_type;
        let message = Message::decode_body(message_type.into(), &data[2..], at).unwrap();
        let length = data.len() - 2;
        let object = serde_json::to_vec(&Object { length, message }).unwrap();
        write(
            "ccx_json_text",
            name,
            [[version].as_slice(), &object].concat(),
        );
        if index % 8 == 0 {
            let frame = Frame::new(ccx::frame(message_type, &data[2..])).unwrap();
            write(
                "ccx_dump",
                &format!("hex-{name}"),
                HexDump(frame.bytes()).to_string(),
            );
            write(
                "ccx_dump",
                &format!("trace-{name}"),
                TraceRows(&frame).to_string(),
            );
        }
    }
    for seed in 0..20 {
        write("ccx_model", &format!("noise-{seed}"), noise(seed, 4_000));
    }
    let heartbeat = "00000004 00000005 00000001";
    for (name, data) in [
        ("one", format!("08 00 {heartbeat}")),
        ("cut", format!("08 02 03 08 {heartbeat} {heartbeat}")),
        (
            "empty-body",
            format!("08 02 02 05 00000000 ffffffff {heartbeat}"),
        ),
        (
            "over-the-limit",
            format!("01 01 07 00000010 00000001 {} {heartbeat}", "61".repeat(16)),
        ),
        (
            "never-ends",
            "08 01 09 00000100 00000007 00000001 00000002".to_owned(),
        ),
        ("giant", "08 02 02 03 ffffffff 00000003 00000001".to_owned()),
        ("half-a-header", "08 00 000000".to_owned()),
    ] {
        write("ccx_frames", name, hex(&data));
    }
    for (name, text) in [
        (
            "plain",
            "0000 0004 00000005\n0x00, 0x00, 0x00, 0x07  # a heartbeat\n",
        ),
        (
            "xxd",
            "00000000: 0000 0004 0000 0005 0000 0007            ............\n",
        ),
        (
            "hexdump",
            "00000000  00 00 00 04 00 00 00 05  00 00 00 07   |............|\n0000000c\n",
        ),
        ("od", "0000000 000 000 000 004 000 000 000 005\n0000010\n"),
        ("repeated", "0000: 00 00 00 00\n*\n0010: 01\n"),
        (
            "lost",
            "MHDR:    0000: 00 00 00 04 00 00 00 05 ....\nMDATA:   0004: 00 ....\nMDATA:\n",
        ),
    ] {
        write("ccx_dump", name, text);
    }

    for (name, text) in [
        (
            "guide",
            "7091923: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:\ngot an event message:\n\
             { length=-1 type=BEGIN_CALL_EVENT, monitorID: 0, connectionCallID: 16777488,\n\
             connectionDeviceID: 9026, ani2: 2006, callVar1: null }\n",
        ),
        (
            "one-line",
            "sent {length=69 type=OPEN_REQ,invokeId=7,versionNumber=18,clientPass=[B@a4a433}\n",
        ),
        (
            "server",
            "10:44 MsgType:AGENT_STATE_EVENT (AgentState:AVAILABLE(3) CSQID[0]:1\n  CSQID[1]:2)\n",
        ),
        (
            "line",
            "MsgType: CallDequeuedEvent CallID: 1 QueueDeviceID: 7\n",
        ),
        (
            "finesse",
            "DECODED_MESSAGE_FROM_CTI_SERVER cti_message=CTIAgentStateEvent [agentState=3, a=[1, {b: 2}]]\n",
        ),
        (
            "value",
            "{length=9 type=SYSTEM_EVENT,text=a }} {length=1 type=CLOSE_REQ}, b}\n",
        ),
        (
            "open",
            "{length=9 type=SYSTEM_EVENT,text=a\n{ length=8\n}\n",
        ),
    ] {
        write("ccx_text", name, text);
    }
    for (name, text) in [
        (
            "c",
            "unsigned char a[] = {\n  0x00, 0x04, /* and */\n  0xff // end\n};\n",
        ),
        ("java", "{ (byte) 0x0, (byte)-1 } [0, -128, 127]\n"),
        ("elixir", "<<0, 4, 255>>\n"),
        ("node", "<Buffer 00 04 ff ... 7 more bytes>\n"),
        ("json", "{\"type\":\"Buffer\",\"data\":[\n0,\n4\n]}\n"),
        ("python", "b'\\x00\\x04A\\n' bytes([0, 4])\n"),
        ("literals", "\"\\0\\x04\" \"\\377\\u0000\"\n"),
        ("cut", "[0, 4,\n0x"),
    ] {
        write("ccx_arrays", name, text);
    }

    let mut writer = Writer::new();
    writer.message(None, Side::Client, &hex(heartbeat));
    writer.message(None, Side::Server, &hex("00000004 00000006 00000001"));
    let file = writer.finish();
    write("capture_file", "pcap", [&[9], &file[..]].concat());
    // The same packets in pcapng: a section, an interface, a block for each.
    let mut section = hex("10 0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000");
    section.extend(hex("01000000 14000000 0100 0000 00000000 14000000"));
    let mut rest = &file[24..];
    while let Some((head, tail)) = rest.split_at_checked(16) {
        let length = usize::from(head[8]) + usize::from(head[9]) * 256;
        let (packet, tail) = tail.split_at(length);
        let size = (32 + length.next_multiple_of(4)) as u32;
        section.extend([6, 0, 0, 0]);
        section.extend(size.to_le_bytes());
        section.extend([0; 12]);
        section.extend([head[8], head[9], 0, 0, head[8], head[9], 0, 0]);
        section.extend(packet);
        section.resize(section.len() + length.next_multiple_of(4) - length, 0);
        section.extend(size.to_le_bytes());
        rest = tail;
    }
    write("capture_file", "pcapng", section);
    let steps = (0_u16..60).flat_map(|step| {
        let [high, low] = (step / 2 * 40).to_be_bytes();
        [(step % 2) as u8 | 2, high, low, 40, 40]
    });
    write("capture_segments", "in-order", steps.collect::<Vec<_>>());
    write(
        "capture_segments",
        "syn",
        [0xf0, 0, 0, 0, 0, 0, 0, 24, 24, 0, 0, 0, 0, 24, 1],
    );
    write(
        "capture_segments",
        "cut",
        [0, 0, 0, 100, 0, 0x0c, 0, 100, 100, 0, 0, 0, 200, 100, 0],
    );

    for seed in 0..12_u64 {
        // A session of two or three messages, and doors for it.
        let session: Vec<u8> = (0..3)
            .flat_map(|at| {
                let layout = &LAYOUTS[(seed as usize * 7 + at * 31) % LAYOUTS.len()];
                let bytes = noise(seed + at as u64 + 1, 40);
                let version = Version::ALL[seed as usize % 9];
                sample(layout, version, Style::Lawful, &mut Choices::new(&bytes)).frame()
            })
            .collect();
        let name = format!("session-{seed}");
        write(
            "ccx_piped",
            &name,
            [&[(seed % 9) as u8], session.as_slice()].concat(),
        );
        let doors: Vec<u8> = session
            .chunks(20)
            .flat_map(|chunk| {
                let door = chunk.len() as u8 * 9 + (seed % 3) as u8;
                [&[door], chunk, &[3, 4, 6, 7]].concat()
            })
            .collect();
        write("ccx_stream", &name, [&[32], doors.as_slice()].concat());
        write("ccx_built", &name, noise(seed + 99, 400));
    }

    let spec = common::spec();
    let responses = &spec["outbound"]["ba_response"];
    for response in ["reservation", "preview"].map(|kind| &responses[kind]) {
        for (index, text) in common::rows(response).iter().map(common::text).enumerate() {
            write("ccx_outbound", &format!("{}-{index}", text.len()), text);
        }
    }
    write("ccx_outbound", "time", "Callback 12312026 23:59");
    write("ccx_outbound", "number", "P#5551212");

    for name in [
        "getCallResult",
        "getChainedRecords",
        "getListOfCallResults",
        "getRecordFields",
    ] {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let file = root.join(format!("tests/data/service_client/{name}.json"));
        let response: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        write("gsw_client", name, response.to_string());
        for (index, part) in response["data"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            write("gsw_client", &format!("{name}-{index}"), part.to_string());
        }
    }
    let state = r#"{"GSW_USER_EVENT":"CampaignGroupState","GSW_CAMPAIGN_GROUP_DBID":1,"GSW_CAMPAIGN_GROUP_NAME":"g","GSW_CAMPAIGN_NAME":"c","GSW_STAT_HIT_RATIO":0.5,"lists":[{"name":"l","GSW_STAT_TIME_TO_COMPLETE":7}]}"#;
    write("gsw_campaign_group_state", "nested", state);

    for seed in 0..24_u64 {
        let length = 200 + seed as usize * 60;
        write(
            "gsw_desktop",
            &format!("noise-{seed}"),
            noise(seed + 7, length),
        );
    }

    let spec: serde_json::Value = serde_json::from_str(include_str!("data/gsw.json")).unwrap();
    for message in common::rows(&spec["messages"]) {
        let name = common::text(&message["name"]);
        let mut list = AttachedDataBuf::default();
        for row in common::rows(&message["attributes"]) {
            let key = common::text(&row["key"]);
            match row["value"].as_str().or(row["default"].as_str()) {
                Some(value) => list.push(key, value),
                None if row["type"] == "Int" => list.push(key, 7_i64),
                None => list.push(key, "text"),
            }
        }
        let packed = list.view().pack().unwrap();
        write("gsw_desktop_message", name, &packed);
        if name.len().is_multiple_of(3) {
            write("gsw_packed", name, &packed);
            write(
                "gsw_trace",
                name,
                trace::write("UserData", list.view()).unwrap(),
            );
            write("gsw_json", name, json::write(list.view()));
        }
    }
}
