//! The library's tables against those of the specification, `data/ccx.json`, in both directions: a
//! row that is missing and a row that is made up both fail.
//!
//! A deliberate departure of the library is a constant of this file with its reason, and a departure
//! that no longer exists fails too.

mod constants;
mod index;

use cti_codec::ccx::layout::{
    Class, FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Required, Reserved, SentBy,
};
use cti_codec::ccx::{FrameDecoder, LAYOUTS, MessageType, VALUE_TABLES, Version, special};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use crate::common::{message_type, number, rows, spec, text};

/// CSQID is INT in these tables and unsigned here.
const UNSIGNED_CSQ_ID: &[(&str, &str)] = &[
    ("QUERY_QUEUE_STATISTICS_REQ", "CSQID"),
    ("QUERY_QUEUE_STATISTICS_CONF", "CSQID"),
];

/// Reserved fields for which no name is known; the library has to call them something.
const NAMED_BY_US: &[(&str, &str)] = &[
    ("TEAM_CONFIG_REQ", "Reserved"),
    ("TEAM_CONFIG_EVENT", "Reserved"),
    ("CONFIG_APPLICATION_EVENT", "reserved173"),
    ("CONFIG_CSQ_EVENT", "reserved173"),
];

/// What the JSON form calls a list of these groups: they are plural there, and so are the tables'
/// names for them.
const LISTS: &[(&str, &str)] = &[
    ("NamedVariable", "NamedVariables"),
    ("NamedArray", "NamedArrays"),
    ("CTIClient", "CTIClients"),
    ("CSQ", "CSQs"),
    ("Record.CSQ", "CSQs"),
    ("Record.Instrument", "Instruments"),
    ("ConnectedParty", "ConnectedParties"),
    ("CallDevice", "CallDevices"),
    ("Call", "Calls"),
    ("Peripheral", "Peripherals"),
    ("Member", "Members"),
    ("Record", "Records"),
];

/// Collects all that differs, so that one run tells everything.
#[derive(Default)]
struct Report(Vec<String>);

impl Report {
    #[track_caller]
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, library: T, specified: T) {
        if library != specified {
            self.0
                .push(format!("{what}: {library:?}, specified {specified:?}"));
        }
    }

    #[track_caller]
    fn done(self) {
        assert!(self.0.is_empty(), "\n{}\n", self.0.join("\n"));
    }
}

pub(crate) fn plural(group: &str) -> &'static str {
    let found = LISTS.iter().find(|(singular, _)| *singular == group);
    found.unwrap_or_else(|| panic!("{group} has no plural")).1
}

fn since(row: &Value) -> u32 {
    row.get("since").map_or(10, |since| number(since) as u32)
}

/// The name that the library should have: for a reserved field the one that is known.
fn name(
    message: &str,
    row: &Value,
    library: &str,
    ours: &mut BTreeSet<(String, String)>,
) -> String {
    if row.get("reserved").is_none() {
        return text(&row["name"]).to_owned();
    }
    match row.get("known_as") {
        Some(known) => text(known).to_owned(),
        None => {
            ours.insert((message.to_owned(), library.to_owned()));
            library.to_owned()
        }
    }
}

fn flat(rows: &'static [FloatingRow]) -> Vec<&'static FieldRow> {
    let fields = rows.iter().map(|row| match row {
        FloatingRow::Field(row) => vec![row],
        FloatingRow::Group(group) => flat(group.rows),
    });
    fields.flatten().collect()
}

/// All groups with the name that the specification gives to their place.
fn groups(rows: &'static [FloatingRow], within: &str) -> Vec<(String, &'static GroupRow)> {
    let mut found = Vec::new();
    for row in rows {
        if let FloatingRow::Group(group) = row {
            let path = format!("{within}{}", group.name);
            found.push((path.clone(), group));
            found.extend(groups(group.rows, &format!("{path}/")));
        }
    }
    found
}

/// The fields of the library that count a list, fixed or floating, as the specification writes
/// them: `NumCSQs`, `NumPeripherals[228]`.
fn counts(
    fixed: &'static [FixedRow],
    rows: &'static [FloatingRow],
    within: &str,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for row in fixed {
        if let Some(list) = row.counts {
            found.insert(format!("{within}{list}"), row.name.to_owned());
        }
    }
    for row in rows {
        match row {
            FloatingRow::Field(row) => {
                if let Some(list) = row.counts {
                    found.insert(
                        format!("{within}{list}"),
                        format!("{}[{}]", row.name, row.id),
                    );
                }
            }
            FloatingRow::Group(group) => {
                found.extend(counts(&[], group.rows, &format!("{within}{}/", group.name)));
            }
        }
    }
    found
}

#[test]
fn every_row_of_every_message_is_the_one_of_the_specification() {
    let spec = spec();
    let mut report = Report::default();
    let mut unsigned = BTreeSet::new();
    let mut ours = BTreeSet::new();
    let messages = rows(&spec["messages"]);
    let names: Vec<_> = messages
        .iter()
        .map(|message| text(&message["name"]))
        .collect();
    let library: Vec<_> = LAYOUTS.iter().map(|layout| layout.name).collect();
    report.same("messages", library, names);

    for message in messages {
        let Some(layout) = LAYOUTS
            .iter()
            .find(|layout| layout.name == text(&message["name"]))
        else {
            continue;
        };
        let of = layout.name;
        report.same(of, layout.message_type, number(&message["id"]) as u32);
        report.same(
            of,
            layout.class,
            match text(&message["class"]) {
                "session" => Class::Session,
                "error" => Class::Error,
                "configuration" => Class::Configuration,
                "agent_state" => Class::AgentState,
                "call_event" => Class::CallEvent,
                "call_control" => Class::CallControl,
                "miscellaneous" => Class::Miscellaneous,
                other => panic!("class {other}"),
            },
        );
        report.same(
            of,
            layout.sent_by,
            match text(&message["sent_by"]) {
                "client" => SentBy::Client,
                "server" => SentBy::Server,
                "client or server" => SentBy::Both,
                other => panic!("sent by {other}"),
            },
        );

        let fixed = rows(&message["fixed"]);
        report.same(
            &format!("{of}, rows of the fixed part"),
            layout.fixed.len(),
            fixed.len(),
        );
        for (row, specified) in layout.fixed.iter().zip(fixed) {
            let what = format!("{of}.{}", row.name);
            let name = name(of, specified, row.name, &mut ours);
            report.same(&what, row.name, &name);
            kind(
                &mut report,
                of,
                row.name,
                row.kind,
                specified,
                &mut unsigned,
            );
            report.same(&what, row.size() as u64, number(&specified["size"]));
            report.same(
                &what,
                row.reserved.map(u64::from),
                specified
                    .get("reserved")
                    .map(|_| number(&specified["value"])),
            );
            report.same(
                &what,
                row.reserved_until.map(u64::from),
                specified.get("reserved_until").map(number),
            );
            report.same(&what, row.since.max(10), since(specified));
            report.same(
                &what,
                row.values.map(|table| table.name),
                specified.get("values").map(text),
            );
        }

        let floating = rows(&message["floating"]);
        let fields = flat(layout.floating);
        report.same(
            &format!("{of}, rows of the floating part"),
            fields.iter().map(|row| u64::from(row.id)).collect(),
            floating
                .iter()
                .map(|row| number(&row["id"]))
                .collect::<Vec<_>>(),
        );
        for (row, specified) in fields.into_iter().zip(floating) {
            let what = format!("{of}.{}[{}]", row.name, row.id);
            let name = name(of, specified, row.name, &mut ours);
            report.same(&what, row.name, &name);
            kind(
                &mut report,
                of,
                row.name,
                row.kind,
                specified,
                &mut unsigned,
            );
            // The second size of AutoWork is the larger one.
            let second = specified.get("also_accept").map(|sizes| number(&sizes[0]));
            report.same(
                &what,
                row.max as u64,
                number(&specified["max"]).max(second.unwrap_or(0)),
            );
            report.same(
                &what,
                row.required,
                match &specified["required"] {
                    Value::Bool(false) => Required::No,
                    Value::Bool(true) => Required::Yes,
                    // The element of a list is a record, and Yes binds each element.
                    Value::String(when) if when == "in each record" => Required::Yes,
                    Value::String(when) => Required::When(when.clone().leak()),
                    other => panic!("required: {other}"),
                },
            );
            report.same(
                &what,
                row.reserved,
                specified
                    .get("reserved")
                    .map(|_| match &specified["value"] {
                        Value::String(empty) if empty.is_empty() => Reserved::Empty,
                        value => Reserved::Number(number(value) as u32),
                    }),
            );
            report.same(&what, row.since.max(10), since(specified));
            report.same(
                &what,
                row.values.map(|table| table.name),
                specified.get("values").map(text),
            );
            // Only one field has two sizes, and it is the BOOL among the floating ones.
            report.same(
                &what,
                row.kind == Kind::Bool,
                specified.get("also_accept").is_some(),
            );
        }

        list_groups(&mut report, layout, message);
    }
    let as_strings = |list: &[(&str, &str)]| {
        list.iter()
            .map(|(message, field)| ((*message).to_owned(), (*field).to_owned()))
            .collect::<BTreeSet<_>>()
    };
    report.same("unsigned", unsigned, as_strings(UNSIGNED_CSQ_ID));
    report.same("names of our own", ours, as_strings(NAMED_BY_US));
    report.done();
}

fn kind(
    report: &mut Report,
    message: &str,
    field: &str,
    kind: Kind,
    specified: &Value,
    unsigned: &mut BTreeSet<(String, String)>,
) {
    let specified = text(&specified["type"]);
    if field == "CSQID" && kind == Kind::Uint && specified == "INT" {
        unsigned.insert((message.to_owned(), field.to_owned()));
        return;
    }
    report.same(&format!("{message}.{field}"), kind.name(), specified);
}

/// Names, members and their order, the most elements, and the field that counts them.
fn list_groups(report: &mut Report, layout: &'static Layout, message: &Value) {
    let of = layout.name;
    let library: BTreeMap<_, _> = groups(layout.floating, "").into_iter().collect();
    let library_counts = counts(layout.fixed, layout.floating, "");
    let mut specified_paths = BTreeMap::new();
    let none = Vec::new();
    for group in message
        .get("groups")
        .map_or(none.as_slice(), |groups| rows(groups))
    {
        let path = match text(&group["name"]).split_once('.') {
            Some((outer, _)) => format!("{}/{}", plural(outer), plural(text(&group["name"]))),
            None => plural(text(&group["name"])).to_owned(),
        };
        specified_paths.insert(path.clone(), text(&group["count_field"]).to_owned());
        let Some(found) = library.get(&path) else {
            continue;
        };
        report.same(
            &format!("{of}/{path}"),
            flat(found.rows)
                .iter()
                .map(|row| u64::from(row.id))
                .collect(),
            rows(&group["ids"]).iter().map(number).collect::<Vec<_>>(),
        );
        report.same(
            &format!("{of}/{path}"),
            found.max_count.map(|max| max as u64),
            group["max_count"].as_u64(),
        );
    }
    report.same(
        &format!("{of}, groups"),
        library.keys().collect::<Vec<_>>(),
        specified_paths.keys().collect(),
    );
    report.same(&format!("{of}, counts"), library_counts, specified_paths);
}

#[test]
fn reserved_floating_fields_are_known_by_one_name_everywhere() {
    let spec = spec();
    let known: BTreeMap<_, _> = rows(&spec["reserved_field_ids_known_as"])
        .iter()
        .map(|row| (number(&row["id"]), text(&row["name"])))
        .collect();
    for layout in LAYOUTS {
        for row in flat(layout.floating) {
            if row.reserved.is_some()
                && let Some(name) = known.get(&u64::from(row.id))
            {
                assert_eq!(row.name, *name, "{}", layout.name);
            }
        }
    }
}

/// The size of the floating fields of these rows with everything in them.
fn largest(rows: &[FloatingRow], version: Version) -> (usize, bool) {
    let header = if version.has_wide_ids() { 3 } else { 2 };
    let mut named = false;
    let mut size = 0;
    for row in rows {
        match row {
            FloatingRow::Field(row) if row.is_in(version.number()) => size += header + row.max,
            FloatingRow::Field(_) => {}
            FloatingRow::Group(group) => match group.rows {
                [FloatingRow::Field(row)]
                    if matches!(row.kind, Kind::NamedVar | Kind::NamedArray) =>
                {
                    named = true;
                }
                rows => {
                    let (element, inner) = largest(rows, version);
                    assert!(!inner);
                    // Where the guide gives no limit it says that there is always one.
                    size += element * group.max_count.unwrap_or(1);
                }
            },
        }
    }
    (size, named)
}

#[test]
fn the_largest_body_that_the_tables_allow_is_within_the_default_limit() {
    let spec = spec();
    let limits = &spec["limits"];
    assert_eq!(
        u64::from(FrameDecoder::DEFAULT_MAX_BODY),
        number(&limits["max_body_default"])
    );
    let body = |layout: &&Layout, version| {
        let (size, named) = largest(layout.floating, version);
        let named = if named {
            number(&spec["named_total_limit"]) as usize
        } else {
            0
        };
        layout.fixed_size(version) + size + named
    };
    let most = LAYOUTS
        .iter()
        .flat_map(|layout| Version::ALL.map(|version| body(layout, version)))
        .max()
        .unwrap();
    assert_eq!(most as u64, number(&limits["largest_body_by_tables"]));
    assert!(most as u64 <= number(&limits["max_body_default"]));
}
