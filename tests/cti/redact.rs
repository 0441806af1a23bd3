//! Captures to be sent away, and captures made of JSON.

use serde_json::Value;

use super::centre::capture;
use super::run::Temporary;
use super::run::{output, ran, shown};

/// All that is personal in the capture.
const SECRETS: [&str; 21] = [
    "jdoe",
    "asmith",
    "bwayne",
    "2006",
    "2007",
    "2008",
    "2099",
    "6000",
    "6001",
    "SEP00112233AABB",
    "4930123456",
    "4940987654",
    "8005550100",
    "4711",
    "Erika",
    "Mustermann",
    "K-20417",
    "Wallboard",
    "tops3cret",
    "secret",
    "user.contract",
];

fn holds(bytes: &[u8], text: &str) -> bool {
    let text = text.as_bytes();
    bytes
        .windows(text.len())
        .any(|window| window.eq_ignore_ascii_case(text))
}

/// What there is beside the messages: numbers that happen to have the same digits.
fn without_numbers(objects: &str) -> String {
    objects
        .lines()
        .map(|line| {
            let mut object: Value = serde_json::from_str(line).unwrap();
            let all = object.as_object_mut().unwrap();
            all.remove("time");
            if let Some(fields) = all.get_mut("fields").and_then(Value::as_object_mut) {
                fields.retain(|_, value| !value.is_number());
            }
            object.to_string()
        })
        .collect()
}

#[test]
fn nothing_original_is_left() {
    let file = Temporary::new("redact.pcap", &capture());
    for secret in SECRETS {
        assert!(holds(&capture(), secret), "{secret} is not in the capture");
    }
    for args in [&["--redact"][..], &["--redact", "--redact-key", "spring"]] {
        let with = |more: &[&str]| {
            let args = [args, more, &[file.name()]].concat();
            output("decode", &args, b"")
        };
        let json = with(&["--to", "json", "--show-secrets"]);
        assert_eq!(json.status.code(), Some(0));
        let objects = without_numbers(&String::from_utf8(json.stdout.clone()).unwrap());
        let text = with(&["--show-secrets", "--utc"]);
        let pcap = with(&["--to", "pcap"]);
        let summary = with(&["--summary"]);
        let printed = String::from_utf8_lossy(&json.stderr).into_owned();
        for (name, bytes) in [
            ("json", objects.as_bytes()),
            ("text", &text.stdout),
            ("pcap", &pcap.stdout),
            ("errors", printed.as_bytes()),
        ] {
            for secret in SECRETS {
                // Digits of a number in a dial plan may come about by chance in others.
                if secret.len() > 4 || name == "json" {
                    assert!(!holds(bytes, secret), "{secret} is in {name}");
                }
            }
            for address in ["10.1.1.20", "10.1.1.31", "10.1.1.2:"] {
                assert!(!holds(bytes, address), "{address} is in {name}");
            }
        }
        for address in [[10, 1, 1, 20], [10, 1, 1, 2], [10, 1, 1, 31]] {
            assert!(!pcap.stdout.windows(4).any(|bytes| bytes == address));
        }
        assert!(!holds(&summary.stdout, "10.1.1."));
        // It is the same traffic.
        let again = Temporary::new("redacted.pcap", &pcap.stdout);
        let of = |name: &str| {
            let objects = ran("decode", &["--to", "json", name], b"").out;
            let mut lines: Vec<_> = objects
                .lines()
                .map(|line| {
                    let object: Value = serde_json::from_str(line).unwrap();
                    [
                        &object["time"],
                        &object["message"],
                        &object["length"],
                        &object["missing"],
                    ]
                    .map(Value::to_string)
                })
                .collect();
            lines.sort();
            lines
        };
        assert_eq!(of(again.name()), of(file.name()));
        // jdoe is one person all along, whatever the name is now.
        let agents: Vec<String> = String::from_utf8(json.stdout)
            .unwrap()
            .lines()
            .filter_map(|line| {
                let object: Value = serde_json::from_str(line).unwrap();
                let own = object["session"] == 2;
                let agent = object.pointer("/fields/AgentID").filter(|_| own)?;
                Some(agent.as_str().unwrap().to_owned())
            })
            .collect();
        assert!(agents.len() > 4);
        assert!(
            agents
                .iter()
                .all(|agent| *agent == agents[0] && agent.len() == 4)
        );
    }
}

#[test]
fn a_key_makes_stand_ins_equal_across_files() {
    let whole = capture();
    let one = Temporary::new("key-1.pcap", &whole);
    let objects = shown(
        &["--to", "json", "--session", "2", "--show-secrets"],
        &whole,
    );
    let keyed = |key: &str, input: &[u8]| {
        let args = [
            "--to",
            "json",
            "--session",
            "2",
            "--redact",
            "--redact-key",
            key,
            "-",
        ];
        ran("decode", &args, input).out
    };
    let name = |objects: &str| {
        let line = objects
            .lines()
            .find(|line| line.contains("OPEN_REQ"))
            .unwrap();
        let object: Value = serde_json::from_str(line).unwrap();
        object["fields"]["AgentID"].as_str().unwrap().to_owned()
    };
    let from_capture = name(&keyed("spring", &whole));
    // From the JSON of the same messages by way of a capture without sessions.
    let packed = output("encode", &["--to", "bin"], objects.as_bytes()).stdout;
    let args = ["--to", "json", "--redact", "--redact-key", "spring", "-"];
    assert_eq!(name(&ran("decode", &args, &packed).out), from_capture);
    assert_ne!(name(&keyed("summer", &whole)), from_capture);
    // Without a key they are others each time.
    let chance = |_| {
        let args = ["--to", "json", "--session", "2", "--redact", one.name()];
        name(&ran("decode", &args, b"").out)
    };
    let names: Vec<String> = (0..4).map(chance).collect();
    assert!(names.iter().any(|other| *other != names[0]), "{names:?}");
    let wrong = ran("decode", &["--redact-key", "spring", one.name()], b"");
    assert_eq!(wrong.status, Some(2), "{}", wrong.err);
}

#[test]
fn logs_are_redacted_too() {
    let args = ["--to", "json", "--redact"];
    let got = ran("decode", &args, super::run::SAMPLE.as_bytes());
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
    assert!(!got.out.contains("agt2006") && !got.out.contains("\"2006\""));
    assert_eq!(got.out.lines().count(), 20);
    assert!(got.out.contains("\"CallID\":16777507"));
}

#[test]
fn json_becomes_a_capture_with_its_sessions_and_times() {
    let whole = capture();
    let objects = shown(
        &["--to", "json", "--show-secrets", "--port", "12028"],
        &whole,
    );
    let back = output("encode", &["--to", "pcap"], objects.as_bytes());
    assert_eq!(
        (back.stderr.as_slice(), back.status.code()),
        (&b""[..], Some(0))
    );
    let again = shown(&["--to", "json", "--show-secrets"], &back.stdout);
    // The order of two sides may be another one where a capture begins in the middle; sessions count
    // anew.
    let of = |objects: &str| {
        let mut lines: Vec<Value> = objects
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .map(|mut object: Value| {
                object.as_object_mut().unwrap().remove("session");
                object
            })
            .filter(|object| object.get("missing").is_none())
            .collect();
        lines.sort_by_key(ToString::to_string);
        lines
    };
    assert_eq!(of(&again), of(&objects));
    assert!(again.contains("\"missing\":180"), "{again}");
    // Objects of one's own: sides follow from the types.
    let own = "{\"message\":\"HEARTBEAT_REQ\",\"fields\":{\"InvokeID\":7}}\n\
               {\"message\":\"HEARTBEAT_CONF\",\"fields\":{\"InvokeID\":7}}\n";
    let made = output("encode", &["--to", "pcap", "-"], own.as_bytes()).stdout;
    let shown = shown(&["--to", "json"], &made);
    let sides: Vec<_> = shown
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["from"].clone())
        .collect();
    assert_eq!(sides, ["client", "server"]);
    let wrong = br#"{"message":"HEARTBEAT_REQ","fields":{"InvokeID":7},"client":"here"}"#;
    let wrong = output("encode", &["--to", "pcap", "-"], wrong);
    assert_eq!(wrong.status.code(), Some(1));
    let told = String::from_utf8(wrong.stderr).unwrap();
    assert!(told.contains("client: must be an address"), "{told}");
}

#[test]
fn a_capture_without_secrets_has_no_passwords() {
    let packets = output("decode", &["--to", "pcap"], &capture()).stdout;
    assert!(holds(&packets, "jdoe") && !holds(&packets, "tops3cret"));
    assert!(holds(&packets, "*********"));
    let open = output("decode", &["--to", "pcap", "--show-secrets"], &capture()).stdout;
    assert!(holds(&open, "tops3cret"));
}

#[test]
fn what_a_capture_leaves_out_is_told_with_its_size() {
    for args in [&["--to", "pcap"][..], &["--to", "pcap", "--redact"]] {
        let got = output("decode", args, &capture());
        let told = String::from_utf8(got.stderr).unwrap();
        assert!(
            told.contains(
                "cti decode: left out of the capture that is written: 2 connections of other \
                 protocols, 71 bytes\n"
            ),
            "{told}"
        );
        assert_eq!(got.status.code(), Some(0));
    }
}
