//! Constants, data types and versions.

use super::*;

/// What the guide's own traffic uses and no table of it lists: a value, several values, or bits.
const IN_TRAFFIC: &[(&str, u32, u32, Option<&str>)] = &[
    ("AgentState", 0xFFFF, 0xFFFF, Some("None")),
    ("AgentStateMask", 0x3E00, 0x3E00, None),
    ("AgentStateReasonCode", 0, 0, Some("None")),
    // Administrators define these.
    ("AgentStateReasonCode", 1, 0xFFFF, None),
    ("CcxStatus", 0, 0, Some("Normal")),
];

#[test]
fn every_constant_of_every_table_is_the_one_of_the_specification() {
    let spec = spec();
    let mut report = Report::default();
    let tables = rows(&spec["value_tables"]);
    let specified: BTreeSet<_> = tables.iter().map(|table| text(&table["name"])).collect();
    report.same(
        "tables",
        VALUE_TABLES.iter().map(|table| table.name).collect(),
        specified.clone(),
    );
    // No table is attached to a field that is not one of these.
    for layout in LAYOUTS {
        let fixed = layout.fixed.iter().filter_map(|row| row.values);
        let floating = flat(layout.floating);
        for table in fixed.chain(floating.into_iter().filter_map(|row| row.values)) {
            let known = VALUE_TABLES.iter().find(|other| other.name == table.name);
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
        let Some(table) = VALUE_TABLES.iter().find(|table| table.name == name) else {
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
        let departures = IN_TRAFFIC.iter().filter(|departure| departure.0 == name);
        values.extend(departures.map(|&(_, first, last, name)| (first, last, name)));
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
    for table in VALUE_TABLES {
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
            for row in table.values.iter().filter(|row| row.name.is_some()) {
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
