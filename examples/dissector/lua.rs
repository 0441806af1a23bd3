//! The tables as Lua.

#[path = "names.rs"]
mod names;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cti_codec::ccx::layout::{
    FieldRow, FixedRow, FloatingRow, Kind, Layout, Required, Reserved, SentBy, ValueTable,
};
use cti_codec::ccx::{LAYOUTS, MessageType};
use names::snake;

const HEAD: &str = "\
-- SPDX-License-Identifier: MIT
-- Wireshark dissector for the Cisco Unified CCX CTI protocol. Made from the tables of cti-codec by
-- `cargo run --example dissector`: change those, not this.
";

/// The whole file.
pub(crate) fn dissector() -> String {
    let mut out = String::from(HEAD);
    let tables = Tables::new();
    tables.write(&mut out);
    out.push_str(include_str!("runtime.lua"));
    out
}

/// The filter name of a field, without the protocol's.
#[cfg(test)]
pub(crate) fn filter(name: &str, kind: Kind, values: Option<&'static ValueTable>) -> String {
    static TABLES: std::sync::LazyLock<Tables> = std::sync::LazyLock::new(Tables::new);
    TABLES.fields[TABLES.index(name, kind, values)].0.clone()
}

/// How Lua holds a value of this kind.
fn lua_kind(kind: Kind, values: Option<&'static ValueTable>) -> &'static str {
    match kind {
        Kind::Uchar | Kind::Ushort | Kind::Uint if values.is_some_and(|table| table.mask) => "mask",
        Kind::Uchar | Kind::Ushort | Kind::Uint => "uint",
        Kind::Int => "int",
        Kind::Bool => "bool",
        Kind::Time => "time",
        Kind::String => "string",
        Kind::Unspec => "bytes",
        Kind::NamedVar => "named_variable",
        Kind::NamedArray => "named_array",
    }
}

type Key = (String, &'static str, Option<&'static str>);

struct Tables {
    /// Filter name, name, kind and table of values.
    fields: Vec<(String, String, &'static str, Option<&'static str>)>,
    index: BTreeMap<Key, usize>,
    values: BTreeMap<&'static str, &'static ValueTable>,
}

impl Tables {
    fn new() -> Self {
        let mut tables = Self {
            fields: Vec::new(),
            index: BTreeMap::new(),
            values: BTreeMap::new(),
        };
        for layout in LAYOUTS {
            for row in layout.fixed {
                tables.add(row.name, row.kind, row.values);
            }
            tables.add_rows(layout.floating);
        }
        tables
    }

    fn add_rows(&mut self, rows: &'static [FloatingRow]) {
        for row in rows {
            match row {
                FloatingRow::Field(row) => self.add(row.name, row.kind, row.values),
                FloatingRow::Group(group) => self.add_rows(group.rows),
            }
        }
    }

    fn add(&mut self, name: &str, kind: Kind, values: Option<&'static ValueTable>) {
        let key = key(name, kind, values);
        if self.index.contains_key(&key) {
            return;
        }
        if let Some(table) = values {
            self.values.insert(table.name, table);
        }
        // One filter name has one type: where a name has several in the guide, the later ones say
        // which.
        let mut filter = snake(name);
        if self.fields.iter().any(|(known, ..)| *known == filter) {
            filter = format!("{filter}_{}", snake(key.2.unwrap_or(key.1)));
        }
        self.index.insert(key, self.fields.len());
        self.fields.push((
            filter,
            name.to_owned(),
            lua_kind(kind, values),
            values.map(|table| table.name),
        ));
    }

    fn index(&self, name: &str, kind: Kind, values: Option<&'static ValueTable>) -> usize {
        self.index[&key(name, kind, values)]
    }

    fn write(&self, out: &mut String) {
        out.push_str("\nlocal TYPE_NAMES = {\n");
        for number in 0..1_024 {
            if let Some(name) = MessageType(number).name() {
                let _ = writeln!(out, "    [{number}] = \"{name}\",");
            }
        }
        out.push_str("}\n\nlocal VALUES = {\n");
        for table in self.values.values() {
            write_values(table, out);
        }
        out.push_str("}\n\n-- Filter name, name, kind, values.\nlocal FIELDS = {\n");
        for (filter, name, kind, values) in &self.fields {
            let _ = write!(out, "    {{ \"{filter}\", \"{name}\", \"{kind}\"");
            if let Some(values) = values {
                let _ = write!(out, ", \"{values}\"");
            }
            out.push_str(" },\n");
        }
        out.push_str("}\n\nlocal MESSAGES = {\n");
        for layout in LAYOUTS {
            self.write_message(layout, out);
        }
        out.push_str("}\n");
    }

    fn write_message(&self, layout: &Layout, out: &mut String) {
        let sender = match layout.sent_by {
            SentBy::Client => "client",
            SentBy::Server => "server",
            SentBy::Both => "both",
        };
        let _ = write!(
            out,
            "    [{}] = {{ name = \"{}\", sender = \"{sender}\"",
            layout.message_type, layout.name
        );
        if let Some(confirmation) = layout.confirmation {
            let _ = write!(out, ", confirmation = {confirmation}");
        }
        if layout
            .fixed
            .first()
            .is_some_and(|row| row.name == "InvokeID")
        {
            out.push_str(", invoke_id = true");
        }
        if layout.name.ends_with("FAILURE_CONF") {
            out.push_str(", failure = true");
        }
        out.push_str(",\n      fixed = {\n");
        for row in layout.fixed {
            self.write_fixed(row, out);
        }
        out.push_str("      },\n      floating = {\n");
        self.write_rows(layout.floating, None, 8, out);
        out.push_str("      } },\n");
    }

    fn write_fixed(&self, row: &FixedRow, out: &mut String) {
        let field = self.index(row.name, row.kind, row.values) + 1;
        let _ = write!(out, "        {{ field = {field}, size = {}", row.size());
        // A count of bytes that are not a number has no value to compare.
        if let (Some(reserved), Some(_)) = (row.reserved, row.kind.size()) {
            let _ = write!(out, ", reserved = {reserved}");
        }
        write_versions(row.since, row.until, out);
        let _ = writeln!(out, " }}, -- {}", row.name);
    }

    fn write_rows(
        &self,
        rows: &[FloatingRow],
        within: Option<&str>,
        indent: usize,
        out: &mut String,
    ) {
        for row in rows {
            match row {
                FloatingRow::Field(row) => {
                    let _ = write!(out, "{:indent$}", "");
                    self.write_field(row, out);
                }
                FloatingRow::Group(group) => {
                    let _ = write!(out, "{:indent$}{{ name = \"{}\"", "", group.name);
                    if let Some(within) = within {
                        let _ = write!(out, ", within = \"{within}\"");
                    }
                    if let Some(most) = group.max_count {
                        let _ = write!(out, ", most = {most}");
                    }
                    out.push_str(", rows = {\n");
                    self.write_rows(group.rows, Some(group.name), indent + 2, out);
                    let _ = writeln!(out, "{:indent$}}} }},", "");
                }
            }
        }
    }

    fn write_field(&self, row: &FieldRow, out: &mut String) {
        let field = self.index(row.name, row.kind, row.values) + 1;
        let _ = write!(
            out,
            "{{ id = {}, field = {field}, max = {}",
            row.id, row.max
        );
        if let Some(size) = row.kind.size() {
            let _ = write!(out, ", size = {size}");
        }
        if let Some(Reserved::Number(reserved)) = row.reserved {
            let _ = write!(out, ", reserved = {reserved}");
        }
        if row.required == Required::Yes {
            out.push_str(", required = true");
        }
        write_versions(row.since, row.until, out);
        let _ = writeln!(out, " }}, -- {}", row.name);
    }
}

fn key(name: &str, kind: Kind, values: Option<&'static ValueTable>) -> Key {
    (
        name.to_owned(),
        lua_kind(kind, values),
        values.map(|table| table.name),
    )
}

fn write_versions(since: u32, until: Option<u32>, out: &mut String) {
    if since != 0 {
        let _ = write!(out, ", since = {since}");
    }
    if let Some(until) = until {
        let _ = write!(out, ", last = {until}");
    }
}

fn write_values(table: &ValueTable, out: &mut String) {
    let _ = write!(out, "    [\"{}\"] = {{ ", table.name);
    if table.mask {
        out.push_str("bits = {");
        for row in table.values {
            if let Some(name) = row.name
                && row.first.is_power_of_two()
            {
                let _ = write!(out, " {{ {:#x}, \"{name}\" }},", row.first);
            }
        }
        out.push_str(" } },\n");
        return;
    }
    out.push_str("names = {");
    for row in table.values {
        if let (Some(name), true) = (row.name, row.first == row.last) {
            let _ = write!(out, " [{}] = \"{name}\",", row.first);
        }
    }
    out.push_str(" }, reserved = {");
    for row in table.values {
        if row.name.is_none() || row.first != row.last {
            let _ = write!(out, " {{ {}, {} }},", row.first, row.last);
        }
    }
    out.push_str(" } },\n");
}
