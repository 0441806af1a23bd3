//! The library's tables against those of the specification, `data/ccx.json`, in both directions: a
//! row that is missing and a row that is made up both fail.
//!
//! Where the library departs on purpose, the departure stands in a constant of this file with the
//! ruling that it comes from, and a departure that is no longer there fails too.
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

use std::collections::{BTreeMap, BTreeSet};

use common::{defaults, message_type, number, rows, spec, text};
use cti_codec::ccx::fuzzing::{Datum, Event, default, shown};
use cti_codec::ccx::layout::{
    Class, FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Required, Reserved, SentBy,
    ValueTable,
};
use cti_codec::ccx::{
    AgentCapacity, AgentFlags, AgentState, AgentStateMask, AgentStateReasonCode, AgentType,
    AudioCodec, CallEventMask, CallPartyDisposition, CallType, CcxErrorCode, CcxStatus,
    ConfigDeviceType, ConfigEndStatus, ConfigKeyStatus, ConfigMask, ConfigParam, ConfigType,
    ConnectionDeviceType, ConsultType, ControlFailure, CtiService, DeviceType, EchoCancellation,
    EventCause, ForcedFlag, FrameDecoder, LAYOUTS, LineType, LocalConnectionState,
    MediaRoutingDomain, MemberType, MessageType, RecordType, RtpBitRate, RtpDirection, RtpType,
    StatusCode, SupervisoryAction, SystemEventID, TeamConfigStatus, TeamOperation, Version,
    special,
};
use serde_json::Value;

/// Ruling 20: CSQID is INT in these tables and unsigned here.
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
    ("ConnectedParty", "ConnectedParties"),
    ("CallDevice", "CallDevices"),
    ("Call", "Calls"),
    ("Peripheral", "Peripherals"),
    ("Member", "Members"),
    ("Record", "Records"),
];

/// All tables of constants in the library.
const TABLES: &[&ValueTable] = &[
    AgentState::TABLE,
    CtiService::TABLE,
    CallEventMask::TABLE,
    AgentStateMask::TABLE,
    ConfigMask::TABLE,
    ConfigKeyStatus::TABLE,
    ConfigEndStatus::TABLE,
    SupervisoryAction::TABLE,
    DeviceType::TABLE,
    LocalConnectionState::TABLE,
    EventCause::TABLE,
    SystemEventID::TABLE,
    ConnectionDeviceType::TABLE,
    AudioCodec::TABLE,
    CallType::TABLE,
    ControlFailure::TABLE,
    CcxErrorCode::TABLE,
    &special::SPECIAL_VALUES,
    CcxStatus::TABLE,
    StatusCode::TABLE,
    AgentStateReasonCode::TABLE,
    ConfigType::TABLE,
    RecordType::TABLE,
    TeamOperation::TABLE,
    AgentFlags::TABLE,
    MemberType::TABLE,
    AgentType::TABLE,
    ForcedFlag::TABLE,
    AgentCapacity::TABLE,
    ConfigParam::TABLE,
    TeamConfigStatus::TABLE,
    RtpDirection::TABLE,
    RtpType::TABLE,
    RtpBitRate::TABLE,
    EchoCancellation::TABLE,
    ConsultType::TABLE,
    MediaRoutingDomain::TABLE,
    ConfigDeviceType::TABLE,
    CallPartyDisposition::TABLE,
    LineType::TABLE,
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

fn plural(group: &str) -> &'static str {
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
        report.same(of, layout.message_type.0, number(&message["id"]) as u32);
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
            report.same(&what, row.since.number(), since(specified));
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
            // Ruling 8: the second size of AutoWork is the larger one.
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
            report.same(&what, row.since.number(), since(specified));
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
fn every_constant_of_every_table_is_the_one_of_the_specification() {
    let spec = spec();
    let mut report = Report::default();
    let tables = rows(&spec["value_tables"]);
    let specified: BTreeSet<_> = tables.iter().map(|table| text(&table["name"])).collect();
    report.same(
        "tables",
        TABLES.iter().map(|table| table.name).collect(),
        specified.clone(),
    );
    // No table is attached to a field that is not one of these.
    for layout in LAYOUTS {
        let fixed = layout.fixed.iter().filter_map(|row| row.values);
        let floating = flat(layout.floating);
        for table in fixed.chain(floating.into_iter().filter_map(|row| row.values)) {
            let known = TABLES.iter().find(|other| other.name == table.name);
            let known = known.unwrap_or_else(|| panic!("{} in {}", table.name, layout.name));
            assert_eq!(
                table.values, known.values,
                "{} in {}",
                table.name, layout.name
            );
        }
    }
    for specified in tables {
        let name = text(&specified["name"]);
        let Some(table) = TABLES.iter().find(|table| table.name == name) else {
            continue;
        };
        report.same(
            name,
            table.table.map(u64::from),
            specified["table"].as_u64(),
        );
        report.same(name, table.mask, text(&specified["kind"]) == "mask");
        let mut library: Vec<_> = table
            .values
            .iter()
            .map(|row| (row.first, row.last, row.name))
            .collect();
        let mut values: Vec<_> = rows(&specified["values"])
            .iter()
            .map(|value| {
                let (first, last) = range(&value["value"]);
                let named = text(&value["name"]) != "reserved";
                (first, last, named.then(|| text(&value["name"])))
            })
            .collect();
        library.sort_unstable();
        values.sort_unstable();
        report.same(name, library, values);
    }
    report.done();
}

/// A value, or several in a row such as `6-8`.
fn range(value: &Value) -> (u32, u32) {
    match value {
        Value::String(range) => {
            let (first, last) = range.split_once('-').unwrap();
            (first.parse().unwrap(), last.parse().unwrap())
        }
        value => {
            let value = u32::try_from(number(value)).unwrap();
            (value, value)
        }
    }
}

/// The constants themselves are made from the same rows as the tables; what is looked up by name
/// must be what is looked up by value.
#[test]
fn names_and_values_of_constants_lead_to_each_other() {
    for table in TABLES {
        for row in table.values {
            let Some(name) = row.name else {
                assert!(table.lists(row.first) && table.lists(row.last));
                assert_eq!(table.name_of(row.first), None, "{} {row:?}", table.name);
                continue;
            };
            assert_eq!(table.value_of(name), Some(row.first), "{}", table.name);
            assert!(table.lists(row.first));
            // Special values share a number; the first has the name.
            if table.name != "SpecialValue" {
                assert_eq!(table.name_of(row.first), Some(name), "{}", table.name);
            }
        }
        assert_eq!(table.value_of("no such name"), None);
        if table.mask {
            let all = table.values.iter().fold(0, |all, row| all | row.first);
            assert!(table.lists(all) && table.lists(0));
            for row in table.values {
                assert_eq!(row.first.count_ones(), 1, "{} {row:?}", table.name);
            }
            for bit in (0..32).map(|bit| 1 << bit) {
                assert_eq!(table.lists(bit), all & bit != 0, "{}", table.name);
            }
        } else {
            // One more than any that is listed.
            let most = table.values.iter().map(|row| row.last).max().unwrap();
            if let Some(above) = most.checked_add(1) {
                assert!(!table.lists(above), "{}", table.name);
            }
        }
    }
}

#[test]
fn the_special_values_are_constants_too() {
    let spec = spec();
    let table = rows(&spec["value_tables"])
        .iter()
        .find(|table| table["name"] == "SpecialValue")
        .unwrap();
    let specified: BTreeMap<_, _> = rows(&table["values"])
        .iter()
        .map(|value| (text(&value["name"]), number(&value["value"])))
        .collect();
    let library = BTreeMap::from([
        ("MAX_NUM_DEVICES", special::MAX_NUM_DEVICES as u64),
        ("MAX_CSQ_COUNT", special::MAX_CSQ_COUNT as u64),
        ("MAX_AGENTS", special::MAX_AGENTS as u64),
        ("NULL_CALL_ID", u64::from(special::NULL_CALL_ID)),
        ("NULL_APPLICATION", u64::from(special::NULL_APPLICATION)),
        ("NULL_CSQ", u64::from(special::NULL_CSQ)),
        ("NULL_LINEHANDLE", u64::from(special::NULL_LINEHANDLE)),
    ]);
    assert_eq!(library, specified);
}

#[test]
fn types_without_a_layout_have_the_names_that_are_known_and_no_others() {
    let spec = spec();
    let mut named: BTreeMap<u32, &str> = BTreeMap::new();
    for list in ["named_without_layout", "reserved_message_ids_known_as"] {
        for row in rows(&spec[list]) {
            named.insert(number(&row["id"]) as u32, text(&row["name"]));
        }
    }
    // Every reserved id has a name.
    for id in rows(&spec["reserved_message_ids"]) {
        assert!(named.contains_key(&(number(id) as u32)), "{id}");
    }
    let with_layout: BTreeMap<u32, &str> = rows(&spec["messages"])
        .iter()
        .map(|row| (number(&row["id"]) as u32, text(&row["name"])))
        .collect();
    let beyond = [0x1_0000, 0x7fff_ffff, u32::MAX];
    for id in (0..=0x1000).chain(beyond) {
        let library = MessageType(id);
        let specified = with_layout.get(&id).or_else(|| named.get(&id)).copied();
        assert_eq!(library.name(), specified, "{id}");
        assert_eq!(
            library.layout().is_some(),
            with_layout.contains_key(&id),
            "{id}"
        );
        if let Some(name) = specified {
            assert_eq!(message_type(name), library);
            assert_eq!(library.to_string(), name);
        } else {
            assert_eq!(library.to_string(), id.to_string());
        }
    }
    assert_eq!(MessageType::from_name("OPEN"), None);
    assert_eq!(MessageType::from_name(""), None);
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

#[test]
fn data_types_have_the_sizes_of_the_specification() {
    const KINDS: &[Kind] = &[
        Kind::Uchar,
        Kind::Ushort,
        Kind::Int,
        Kind::Uint,
        Kind::Bool,
        Kind::Time,
        Kind::String,
        Kind::Unspec,
        Kind::NamedVar,
        Kind::NamedArray,
    ];
    /// Types that no message uses, and the header, which is no field.
    const WITHOUT_A_KIND: &[&str] = &["CHAR", "SHORT", "MHDR"];
    let spec = spec();
    let specified: BTreeMap<_, _> = rows(&spec["data_types"])
        .iter()
        .map(|row| (text(&row["name"]), &row["size"]))
        .collect();
    let names: BTreeSet<_> = KINDS.iter().map(|kind| kind.name()).collect();
    let expected: BTreeSet<_> = specified
        .keys()
        .copied()
        .filter(|name| !WITHOUT_A_KIND.contains(name))
        .collect();
    assert_eq!(names, expected);
    for kind in KINDS {
        let size = specified[kind.name()].as_u64();
        assert_eq!(kind.size().map(|size| size as u64), size, "{}", kind.name());
    }
    for message in rows(&spec["messages"]) {
        let fields = rows(&message["fixed"])
            .iter()
            .chain(rows(&message["floating"]));
        for field in fields {
            assert!(!WITHOUT_A_KIND.contains(&text(&field["type"])), "{field}");
        }
    }
    let header: u64 = rows(&spec["header"])
        .iter()
        .map(|row| number(&row["size"]))
        .sum();
    assert_eq!(Some(header), specified["MHDR"].as_u64());
    assert_eq!(header, 8);
}

#[test]
fn versions_and_the_width_of_a_field_id_are_those_of_the_specification() {
    let spec = spec();
    let versions = &spec["versions"];
    let range: Vec<_> = rows(&versions["range"]).iter().map(number).collect();
    let library: Vec<_> = Version::ALL
        .iter()
        .map(|version| version.number())
        .collect();
    let specified: Vec<_> = (range[0] as u32..=range[1] as u32).collect();
    assert_eq!(library, specified);
    for number in (0..=256).chain([u32::MAX]) {
        let known = specified.contains(&number);
        assert_eq!(
            Version::new(number).map(Version::number),
            known.then_some(number)
        );
    }
    assert_eq!(Version::default().number(), 14);
    for (range, bytes) in versions["field_id_bytes"].as_object().unwrap() {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        for version in first.parse::<u32>().unwrap()..=last.parse().unwrap() {
            let wide = Version::new(version).unwrap().has_wide_ids();
            assert_eq!(wide, number(bytes) == 2, "{version}");
        }
    }
    assert_eq!(number(&versions["field_length_bytes"]), 1);
}

/// The size of the floating fields of these rows with everything in them.
fn largest(rows: &[FloatingRow], version: Version) -> (usize, bool) {
    let header = if version.has_wide_ids() { 3 } else { 2 };
    let mut named = false;
    let mut size = 0;
    for row in rows {
        match row {
            FloatingRow::Field(row) if row.since <= version => size += header + row.max,
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

#[test]
fn a_default_message_has_the_values_that_the_guide_prints_in_its_reserved_fields() {
    let spec = spec();
    let defaults = defaults();
    let types: Vec<_> = defaults
        .iter()
        .map(cti_codec::ccx::Message::message_type)
        .collect();
    let all: Vec<_> = LAYOUTS.iter().map(|layout| layout.message_type).collect();
    assert_eq!(
        types, all,
        "the list of structs in tests/common is not complete"
    );
    for message in &defaults {
        let layout = message.message_type().layout().unwrap();
        let specified = rows(&spec["messages"])
            .iter()
            .find(|row| text(&row["name"]) == layout.name)
            .unwrap();
        let mut shown = shown(message).into_iter();
        for (row, specified) in layout.fixed.iter().zip(rows(&specified["fixed"])) {
            let Some(Event::Fixed(name, datum)) = shown.next() else {
                panic!("{}.{} is not shown", layout.name, row.name);
            };
            let value = specified.get("value").map_or(0, number) as u32;
            let expected = match text(&specified["type"]) {
                "INT" if row.kind == Kind::Int => Datum::Signed(value.cast_signed()),
                "BOOL" => Datum::Bool(value, 2),
                "UNSPEC" => Datum::Bytes(vec![0; 8]),
                _ => Datum::Unsigned(value),
            };
            assert_eq!((name, &datum), (row.name, &expected), "{}", layout.name);
            assert_eq!(datum, default(row));
        }
        // Nothing floating is set.
        assert_eq!(shown.next(), None, "{}", layout.name);
    }
}
