//! The tables as a Kaitai Struct description.

#[path = "../dissector/names.rs"]
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cti_codec::ccx::layout::{FieldRow, FixedRow, FloatingRow, Kind, Layout, ValueTable};
use cti_codec::ccx::{LAYOUTS, MessageType, Version};
use names::snake;

const HEAD: &str = "\
# Made from the tables of cti-codec by `cargo run --example kaitai`: change those, not this.
meta:
  id: ccx_cti
  title: Cisco Unified CCX CTI protocol
  application: Cisco Unified Contact Center Express
  license: MIT
  ks-version: 0.9
  endian: be
doc: |
  One direction of a session: messages one after the other. The version is that of the session's
  OPEN_REQ; it decides which fields exist, and from 18 on FieldDataID has two bytes.
  A number whose field has another size than its type is left out, and texts are bytes until you
  ask for them as UTF-8, so that no field of a server fails the parse.
params:
  - id: version
    type: u4
    doc: The protocol version of the session, 10 to 18.
seq:
  - id: messages
    type: message
    repeat: eos
";

const COMMON: &str = "  text:
    seq:
      - id: raw
        terminator: 0
        eos-error: false
    instances:
      value:
        value: raw.to_s('UTF-8')
  boolean:
    seq:
      - id: two_bytes
        type: u2
        if: _io.size == 2
      - id: four_bytes
        type: u4
        if: _io.size == 4
    instances:
      value:
        value: '_io.size == 4 ? four_bytes : two_bytes'
  named_variable:
    seq:
      - id: name
        type: text
      - id: value
        type: text
  named_array:
    seq:
      - id: index
        type: u1
        if: not _io.eof
      - id: name
        type: text
      - id: value
        type: text
";

/// The type that holds a number of a floating field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    primitive: &'static str,
    size: usize,
    table: Option<&'static str>,
    array: bool,
}

impl Number {
    fn name(self) -> String {
        let list = if self.array { "list_of_" } else { "" };
        match self.table {
            Some(table) => format!("{list}{}_{}", snake(table), self.primitive),
            None => format!("{list}number_{}", self.primitive),
        }
    }
}

#[derive(Default)]
struct Tables {
    numbers: BTreeSet<Number>,
    enums: BTreeMap<&'static str, &'static ValueTable>,
}

impl Tables {
    /// The name of a table's enumeration; `None` for masks, which are numbers.
    fn table(&mut self, values: Option<&'static ValueTable>) -> Option<&'static str> {
        let table = values.filter(|table| !table.mask)?;
        self.enums.insert(table.name, table);
        Some(table.name)
    }
}

/// The whole file.
pub(crate) fn description() -> String {
    let mut tables = Tables::default();
    let mut types = String::new();
    for layout in LAYOUTS {
        message(layout, &mut tables, &mut types);
    }
    let mut out = String::from(HEAD);
    out.push_str("types:\n");
    header(&mut out);
    out.push_str(COMMON);
    for number in &tables.numbers {
        let _ = writeln!(out, "  {}:\n    seq:\n      - id: value", number.name());
        let _ = writeln!(out, "        type: {}", number.primitive);
        if let Some(table) = number.table {
            let _ = writeln!(out, "        enum: {}", snake(table));
        }
        let condition = if number.array {
            let rest = "_io.size - _io.pos";
            format!(
                "repeat: until\n        repeat-until: {rest} < {}\n        if: _io.size >= {}",
                number.size, number.size
            )
        } else {
            format!("if: _io.size == {}", number.size)
        };
        let _ = writeln!(out, "        {condition}");
    }
    out.push_str(&types);
    out.push_str("enums:\n  message_type:\n");
    for number in 0..1_024 {
        if let Some(name) = MessageType(number).name() {
            let _ = writeln!(out, "    {number}: {}", constant(name));
        }
    }
    for table in tables.enums.values() {
        let _ = writeln!(out, "  {}:", snake(table.name));
        let mut names = BTreeSet::new();
        let mut numbers = BTreeSet::new();
        for row in table.values {
            let Some(name) = row.name.filter(|_| row.first == row.last) else {
                continue;
            };
            let name = constant(name);
            if numbers.insert(row.first) && names.insert(name.clone()) {
                let _ = writeln!(out, "    {}: {name}", row.first);
            }
        }
    }
    out
}

/// The message itself, with a case for each type.
fn header(out: &mut String) {
    out.push_str(
        "  message:
    seq:
      - id: body_length
        type: u4
      - id: message_type
        type: u4
        enum: message_type
      - id: body
        size: body_length
        type:
          switch-on: message_type
          cases:
",
    );
    for layout in LAYOUTS {
        let name = constant(layout.name);
        let _ = writeln!(out, "            'message_type::{name}': {name}");
    }
}

fn message(layout: &'static Layout, tables: &mut Tables, out: &mut String) {
    let name = constant(layout.name);
    let _ = writeln!(out, "  {name}:\n    seq:");
    let mut seen = BTreeSet::new();
    for row in layout.fixed {
        fixed(row, &mut seen, tables, out);
    }
    let _ = writeln!(
        out,
        "      - id: fields\n        type: {name}_field\n        repeat: eos"
    );
    let _ = write!(
        out,
        "  {name}_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < {wide}
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= {wide}
      - id: length
        type: u1
      - id: data
        size: length
",
        wide = Version::V18
    );
    let mut cases = BTreeMap::new();
    let mut rows = Vec::new();
    flat(layout.floating, &mut rows);
    for row in rows {
        if let Some(kind) = kind(row, tables) {
            cases.entry(row.id).or_insert((kind, row.name));
        }
    }
    if !cases.is_empty() {
        out.push_str("        type:\n          switch-on: id\n          cases:\n");
        for (id, (kind, name)) in &cases {
            let _ = writeln!(out, "            {id}: {kind} # {name}");
        }
    }
    let _ = writeln!(
        out,
        "    instances:\n      id:\n        value: '_root.version < {} ? id_of_one_byte : id_of_two_bytes'",
        Version::V18
    );
}

fn fixed(
    row: &'static FixedRow,
    seen: &mut BTreeSet<String>,
    tables: &mut Tables,
    out: &mut String,
) {
    let mut name = snake(row.name);
    while !seen.insert(name.clone()) {
        name.push('_');
    }
    let _ = writeln!(out, "      - id: {name}");
    match primitive(row.kind) {
        Some((primitive, _)) => {
            let _ = writeln!(out, "        type: {primitive}");
            if let Some(table) = tables.table(row.values) {
                let _ = writeln!(out, "        enum: {}", snake(table));
            }
        }
        None => {
            let _ = writeln!(out, "        size: {}", row.size());
        }
    }
    let since =
        (row.since > Version::V10.number()).then(|| format!("_root.version >= {}", row.since));
    let until = row.until.map(|until| format!("_root.version <= {until}"));
    let conditions: Vec<String> = since.into_iter().chain(until).collect();
    if !conditions.is_empty() {
        let _ = writeln!(out, "        if: {}", conditions.join(" and "));
    }
}

fn flat(rows: &'static [FloatingRow], all: &mut Vec<&'static FieldRow>) {
    for row in rows {
        match row {
            FloatingRow::Field(row) => all.push(row),
            FloatingRow::Group(group) => flat(group.rows, all),
        }
    }
}

/// The type of a floating field; `None` for bytes.
fn kind(row: &'static FieldRow, tables: &mut Tables) -> Option<String> {
    // A server may send it in four bytes.
    if row.kind == Kind::Bool && row.values.is_none_or(|table| !table.mask) {
        return Some("boolean".into());
    }
    let Some((primitive, size)) = primitive(row.kind) else {
        return match row.kind {
            Kind::String => Some("text".into()),
            Kind::NamedVar => Some("named_variable".into()),
            Kind::NamedArray => Some("named_array".into()),
            _ => None,
        };
    };
    let number = Number {
        primitive,
        size,
        table: tables.table(row.values),
        array: row.array,
    };
    tables.numbers.insert(number);
    Some(number.name())
}

fn primitive(kind: Kind) -> Option<(&'static str, usize)> {
    match kind {
        Kind::Uchar => Some(("u1", 1)),
        Kind::Ushort | Kind::Bool => Some(("u2", 2)),
        Kind::Int => Some(("s4", 4)),
        Kind::Uint | Kind::Time => Some(("u4", 4)),
        _ => None,
    }
}

/// A name as Kaitai has them: words that languages keep for themselves are set apart.
fn constant(name: &str) -> String {
    let words: String = name
        .chars()
        .map(|letter| match letter {
            'A'..='Z' | 'a'..='z' | '0'..='9' => letter,
            _ => '_',
        })
        .collect();
    let name = if words.chars().any(|letter| letter.is_ascii_lowercase()) {
        words.split('_').map(snake).collect::<Vec<_>>().join("_")
    } else {
        words.to_ascii_lowercase()
    };
    match name.as_str() {
        "none" | "true" | "false" | "null" => format!("value_{name}"),
        name if name.starts_with(|first: char| first.is_ascii_digit() || first == '_') => {
            format!("value_{name}")
        }
        _ => name,
    }
}
