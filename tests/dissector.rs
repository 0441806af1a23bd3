//! The Wireshark dissector: it is current, and Wireshark finds with it what the library finds.
//!
//! Needs `tshark`. Where there is none, only the first test says something; CI installs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation
)]

#[path = "../examples/dissector/lua.rs"]
mod lua;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use cti_codec::capture::{Side, Time, Writer};
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow, Kind, SentBy, ValueTable};
use cti_codec::ccx::{
    Frame, LAYOUTS, List, Message, MessageType, OpenReq, Unlisted, Value, Version, Visitor,
};
use oracles::ccx::{Choices, Style, noise, sample};

fn script() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/dissector/ccxcti.lua")
}

#[test]
fn the_committed_dissector_is_current() {
    let committed = fs::read_to_string(script()).unwrap();
    assert!(
        committed == lua::dissector(),
        "write it anew: cargo run --example dissector > examples/dissector/ccxcti.lua"
    );
}

#[test]
fn every_filter_name_has_one_type() {
    let text = lua::dissector();
    let fields = text.split("local FIELDS = {").nth(1).unwrap();
    let fields = fields.split("\n}\n").next().unwrap();
    let mut seen = BTreeSet::new();
    for line in fields.lines().filter(|line| line.contains('"')) {
        assert!(seen.insert(line.split('"').nth(1).unwrap()), "{line}");
    }
    assert!(seen.len() > 150);
}

/// What the library shows of a message: for each filter name the values in order, as `tshark`
/// prints them. Texts that `tshark` would print in another form are `None`.
#[derive(Default)]
struct Expected(BTreeMap<String, Vec<Option<String>>>);

impl Expected {
    fn put(
        &mut self,
        name: &str,
        kind: Kind,
        values: Option<&'static ValueTable>,
        value: Value<'_>,
    ) {
        let mask = values.is_some_and(|table| table.mask);
        let text = match value {
            Value::Unsigned(number) if kind == Kind::Time => {
                let time = jiff::Timestamp::from_second(number.into()).unwrap();
                Some(
                    time.to_zoned(jiff::tz::TimeZone::UTC)
                        .strftime("%b %e, %Y %H:%M:%S.000000000 UTC")
                        .to_string(),
                )
            }
            Value::Unsigned(number) if mask => Some(format!("0x{number:08x}")),
            Value::Unsigned(number) | Value::Bool { value: number, .. } => Some(number.to_string()),
            Value::Signed(number) => Some(number.to_string()),
            Value::Text(text) => plain(text.as_bytes()),
            Value::Bytes(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
            Value::NamedVariable(named) => {
                self.named(None, named.name.as_bytes(), named.value.as_bytes());
                return;
            }
            Value::NamedArray(named) => {
                self.named(
                    Some(named.index),
                    named.name.as_bytes(),
                    named.value.as_bytes(),
                );
                return;
            }
        };
        self.0
            .entry(lua::filter(name, kind, values))
            .or_default()
            .push(text);
    }

    fn named(&mut self, index: Option<u8>, name: &[u8], value: &[u8]) {
        let mut put = |key: &str, value| self.0.entry(key.into()).or_default().push(value);
        if let Some(index) = index {
            put("named.index", Some(index.to_string()));
        }
        put("named.name", plain(name));
        put("named.value", plain(value));
    }
}

fn plain(text: &[u8]) -> Option<String> {
    let plain = text
        .iter()
        .all(|byte| (b' '..=b'~').contains(byte) && !b"\\\"".contains(byte));
    plain.then(|| String::from_utf8(text.to_vec()).unwrap())
}

struct Shown<'e>(&'e mut Expected, u32);

impl<'a> Visitor<'a> for Shown<'_> {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        if row.is_in(self.1) {
            self.0.put(row.name, row.kind, row.values, value);
        }
    }
    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.0.put(row.name, row.kind, row.values, value);
    }
    fn implied_fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        self.fixed(row, value);
    }
    fn implied(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.field(row, value);
    }
    fn list(&mut self, _: &'static GroupRow, list: List<'_, 'a>) {
        list.each(|element| element.visit(self));
    }
    fn unlisted(&mut self, fields: Unlisted<'a>) {
        for field in &fields {
            let [high, low] = field.id.to_be_bytes();
            let head = if self.1 >= 18 {
                vec![high, low]
            } else {
                vec![low]
            };
            let whole = [&head[..], &[field.data.len() as u8], field.data].concat();
            let text = whole.iter().map(|byte| format!("{byte:02x}")).collect();
            self.0
                .0
                .entry("unlisted".into())
                .or_default()
                .push(Some(text));
        }
    }
}

fn tshark(file: &[u8], name: &str, arguments: &[&str]) -> Option<(String, String)> {
    if Command::new("tshark").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI needs tshark");
        eprintln!("no tshark here: nothing is compared");
        return None;
    }
    let path = std::env::temp_dir().join(format!("ccxcti-{}-{name}.pcap", std::process::id()));
    fs::write(&path, file).unwrap();
    let output = Command::new("tshark")
        .arg("-X")
        .arg(format!("lua_script:{}", script().display()))
        .arg("-r")
        .arg(&path)
        .args(arguments)
        .output()
        .unwrap();
    fs::remove_file(&path).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| !line.contains("Running as user"))
        .collect::<Vec<_>>()
        .join("\n");
    assert!(output.status.success(), "{errors}");
    Some((String::from_utf8_lossy(&output.stdout).into_owned(), errors))
}

#[test]
fn wireshark_finds_what_the_library_finds() {
    for version in Version::ALL {
        let mut writer = Writer::new();
        let mut open = bytes::BytesMut::new();
        let mut time = 0;
        Message::from(OpenReq {
            version_number: version.number(),
            idle_timeout: 60,
            client_id: Some("".into()),
            client_password: Some(b""),
            ..OpenReq::default()
        })
        .encode(version, &mut open)
        .unwrap();
        writer.message(None, Side::Client, &open);
        let mut expected = Vec::new();
        for (at, layout) in LAYOUTS.iter().enumerate() {
            // A second request to open would change the version.
            if layout.message_type == MessageType::OPEN_REQ.0 {
                continue;
            }
            for round in 0..3_u64 {
                let bytes = noise(at as u64 * 100 + round, 200);
                let tree = sample(layout, version, Style::Lawful, &mut Choices::new(&bytes));
                let frame = Frame::new(tree.frame()).unwrap();
                // One packet for one message.
                if frame.bytes().len() > 1_400 {
                    continue;
                }
                let from = match layout.sent_by {
                    SentBy::Client => Side::Client,
                    _ => Side::Server,
                };
                time += 1_000;
                let stamp = Time {
                    nanoseconds: time,
                    digits: 9,
                };
                writer.message(Some(stamp), from, frame.bytes());
                let mut shown = Expected::default();
                let message = frame.decode(version).unwrap();
                message.visit(&mut Shown(&mut shown, version.number()));
                expected.push((layout.name, shown));
            }
        }
        let filters: BTreeSet<_> = expected
            .iter()
            .flat_map(|(_, shown)| shown.0.keys())
            .collect();
        let mut arguments = vec![
            "-T",
            "fields",
            "-E",
            "occurrence=a",
            "-E",
            "aggregator=\u{1}",
            "-e",
            "ccxcti.version",
        ];
        let names: Vec<_> = filters
            .iter()
            .map(|name| format!("ccxcti.{name}"))
            .collect();
        for name in &names {
            arguments.extend(["-e", name]);
        }
        let file = writer.finish();
        let Some((out, errors)) = tshark(&file, &version.to_string(), &arguments) else {
            return;
        };
        assert_eq!(errors, "");
        // The handshake and the request to open come first, and other packets have no columns.
        let mut lines = out
            .lines()
            .filter(|line| !line.trim_matches('\t').is_empty());
        lines.next();
        for (name, shown) in &expected {
            let line = lines.next().unwrap_or_else(|| panic!("{name} is missing"));
            let mut columns = line.split('\t');
            assert_eq!(columns.next(), Some(version.to_string().as_str()), "{name}");
            for (filter, column) in filters.iter().zip(columns) {
                let nothing = Vec::new();
                let want = shown.0.get(*filter).unwrap_or(&nothing);
                let have: Vec<_> = match (column, want.len()) {
                    ("", 0) => Vec::new(),
                    _ => column.split('\u{1}').collect(),
                };
                if want.iter().any(Option::is_none) {
                    continue;
                }
                let want: Vec<_> = want.iter().flatten().map(String::as_str).collect();
                assert_eq!(have, want, "{name}.{filter} in version {version}");
            }
        }
        assert_eq!(lines.next(), None);
    }
}

#[test]
fn damaged_messages_raise_no_lua_error() {
    let mut writer = Writer::new();
    for (at, layout) in LAYOUTS.iter().enumerate() {
        for round in 0..4_u64 {
            let version = Version::ALL[(at + round as usize) % Version::ALL.len()];
            let bytes = noise(at as u64 * 7 + round, 120);
            let tree = sample(layout, version, Style::Wild, &mut Choices::new(&bytes));
            let mut frame = tree.frame();
            let damage = noise(at as u64 + round, 8);
            if frame.len() > 1_400 {
                continue;
            }
            // Flips a byte of the body, and cuts some off in such a way that the header still fits.
            if let Some(place) = frame.len().checked_sub(9) {
                let place = 8 + usize::from(damage[0]) % (place + 1);
                frame[place] ^= damage[1];
            }
            let cut = usize::from(damage[2]) % 4;
            let length = frame.len().saturating_sub(cut).max(8);
            frame.truncate(length);
            frame[..4].copy_from_slice(&(length as u32 - 8).to_be_bytes());
            writer.message(None, Side::Server, &frame);
        }
    }
    let Some((out, errors)) = tshark(&writer.finish(), "damaged", &["-V", "-2"]) else {
        return;
    };
    assert_eq!(errors, "");
    assert!(
        !out.contains("Lua Error"),
        "{}",
        out.split("Lua Error").nth(1).unwrap_or_default()
    );
    assert!(out.contains("cut short"));
}
