//! Messages of every type, printed as a high-level trace prints them by a writer of its own, come
//! back equal.

use cti_codec::ccx::dump::TextReader;
use cti_codec::ccx::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind};
use cti_codec::ccx::{
    Frame, LAYOUTS, List, Message, MessageType, Unlisted, Value, Version, Visitor,
};
use oracles::ccx::{Style, Tree, noise};

use super::samples::{about, seeded};

/// The frame of a sample with all that a trace shows: without fields that the message does not
/// list, and with letters in its texts.
fn readable(tree: &Tree) -> Frame {
    let frame = Frame::new(bytes::Bytes::from(tree.frame())).unwrap();
    let (version, layout) = (tree.version, tree.layout);
    let mut out = frame.bytes()[..8 + layout.fixed_size(version)].to_vec();
    let mut seen = Vec::new();
    for field in frame.floating_fields(version) {
        let field = field.unwrap();
        let Some(row) = layout.field(field.id) else {
            continue;
        };
        let single = layout
            .floating
            .iter()
            .any(|row| matches!(row, FloatingRow::Field(row) if row.id == field.id));
        let known = row.is_in(version.number())
            && row.kind.size().is_none_or(|size| size == field.data.len());
        if !known || single && seen.contains(&field.id) {
            continue;
        }
        seen.push(field.id);
        if version.has_wide_ids() {
            out.extend(field.id.to_be_bytes());
        } else {
            out.push(field.id.try_into().unwrap());
        }
        out.push(field.data.len().try_into().unwrap());
        let text = matches!(row.kind, Kind::String | Kind::NamedVar | Kind::NamedArray);
        let index = usize::from(row.kind == Kind::NamedArray);
        out.extend(field.data.iter().enumerate().map(|(at, byte)| match byte {
            0 => 0,
            byte if text && at >= index => b'a' + byte % 26,
            byte => *byte,
        }));
    }
    let length = u32::try_from(out.len() - 8).unwrap();
    out[..4].copy_from_slice(&length.to_be_bytes());
    Frame::new(out.into()).unwrap()
}

/// Prints names and values.
struct Printer {
    version: Version,
    sign: &'static str,
    comma: &'static str,
    lower: bool,
    text: String,
    first: bool,
}

impl Printer {
    fn pair(&mut self, name: &str, value: &str) {
        if !self.first {
            self.text += self.comma;
        }
        self.first = false;
        let mut letters = name.chars();
        match letters.next() {
            // `agentID` is another field where there are two.
            Some(first) if self.lower && name != "AgentID" && name != "AGENT_ID" => {
                self.text.extend(first.to_lowercase());
                self.text += letters.as_str();
            }
            _ => self.text += name,
        }
        self.text += self.sign;
        self.text += value;
    }
}

fn shown(kind: Kind, value: Value<'_>) -> String {
    match value {
        // As Java shows numbers.
        Value::Unsigned(u32::MAX) if kind == Kind::Uint => "-1".into(),
        Value::Unsigned(value) | Value::Bool { value, .. } => value.to_string(),
        Value::Signed(value) => value.to_string(),
        Value::Text(text) => text.to_string(),
        Value::NamedVariable(named) => format!("name: {}, value: {}", named.name, named.value),
        Value::NamedArray(named) => {
            format!(
                "index: {}, name: {}, value: {}",
                named.index, named.name, named.value
            )
        }
        Value::Bytes(bytes) => {
            let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            bytes.join(" ")
        }
    }
}

impl<'a> Visitor<'a> for Printer {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        if row.is_in(self.version.number()) {
            self.pair(row.name, &shown(row.kind, value));
        }
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        let text = shown(row.kind, value);
        if matches!(row.kind, Kind::NamedVar | Kind::NamedArray) {
            self.text += &text;
        } else {
            self.pair(row.name, &text);
        }
    }

    fn implied_fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        self.fixed(row, value);
    }

    fn implied(&mut self, row: &'static FieldRow, value: Value<'a>) {
        self.field(row, value);
    }

    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        self.pair(row.name, "[");
        self.first = true;
        list.each(|element| {
            if !self.text.ends_with('[') {
                self.text += self.comma;
            }
            self.text.push('{');
            self.first = true;
            element.visit(self);
            self.text.push('}');
            self.first = false;
        });
        self.text.push(']');
        self.first = false;
    }

    fn unlisted(&mut self, _: Unlisted<'a>) {}
}

fn printed(
    message: &Message<'_>,
    version: Version,
    sign: &'static str,
    comma: &'static str,
    lower: bool,
) -> String {
    let mut printer = Printer {
        version,
        sign,
        comma,
        lower,
        text: String::new(),
        first: true,
    };
    message.visit(&mut printer);
    printer.text
}

#[test]
fn what_is_printed_comes_back() {
    let mut count = 0;
    for layout in LAYOUTS {
        for version in [Version::V10, Version::V14, Version::V18] {
            for seed in 0..6 {
                let tree = seeded(layout, version, Style::Lawful, seed);
                let frame = readable(&tree);
                let message = frame.decode(version).unwrap();
                let name = layout.name;
                let length = frame.body().len();
                let a = printed(&message, version, ": ", ", ", false);
                let b = printed(&message, version, "=", ",", true);
                let logs = [
                    format!("{{ length=-1 type={name}, {a} }}"),
                    format!("10:15:00.123 got {{length={length} type={name},{b}}}"),
                    format!(
                        "one\n{{ length={length} type={name}, {}}}\nanother",
                        a.replace(", ", ",\n")
                    ),
                    format!("> {{ length=-1 type={name}, {}}}", a.replace(", ", ",\n> ")),
                ];
                for log in logs {
                    let mut reader = TextReader::new();
                    for line in log.lines() {
                        reader.line(line.as_bytes());
                    }
                    reader.finish();
                    let traced = reader.next_message();
                    let traced = traced.unwrap_or_else(|| panic!("none in {log}")).unwrap();
                    assert_eq!(reader.next_message(), None, "{log}");
                    assert_eq!(traced.message_type, Some(MessageType(layout.message_type)));
                    let fields = traced.fields(version).unwrap();
                    assert_eq!(fields.left, [], "{log}\n{}", about(&tree));
                    assert_eq!(fields.absent, [""; 0]);
                    let back = fields.frame.decode(version).unwrap();
                    assert_eq!(back, message, "{log}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 6000, "{count}");
}

/// Whatever is broken, nothing panics, and what is cut off is told.
#[test]
fn what_is_cut_is_told() {
    for layout in LAYOUTS {
        let tree = seeded(layout, Version::V14, Style::Lawful, 3);
        let message = readable(&tree);
        let message = message.decode(Version::V14).unwrap();
        let text = printed(&message, Version::V14, ": ", ", ", false);
        let log = format!("{{ length=-1 type={}, {text} }}", layout.name);
        let start = log.find(", ").unwrap();
        for end in (start..log.len() - 1).step_by(17) {
            let Some(cut) = log.get(..end) else { continue };
            let mut reader = TextReader::new();
            reader.line(cut.as_bytes());
            reader.finish();
            // A brace of a list can pass for the last one where a cut makes it that.
            if !cut.trim_end().ends_with('}') {
                assert!(reader.next_message().unwrap().is_err(), "{cut}");
            }
        }
        let mut bytes = log.into_bytes();
        for (index, noise) in noise(7, 64).into_iter().enumerate() {
            let at = (index * 31) % bytes.len();
            bytes[at] = noise;
            let mut reader = TextReader::new();
            for line in bytes.split(|byte| *byte == b'\n') {
                reader.line(line);
            }
            reader.finish();
            while let Some(traced) = reader.next_message() {
                if let Ok(traced) = traced {
                    drop(traced.fields(Version::V14));
                }
            }
        }
    }
}
