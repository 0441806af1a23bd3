//! A second opinion on strict encoding. It is built from the specification alone, writes frames
//! with a writer of its own, and says for each change of one value whether the guide allows it and
//! which field is at fault. Encoding must say the same, for every row of every message in every
//! version, just inside and just outside of each limit; so must the JSON form.

mod draft;

use cti_codec::ccx::{self, FieldName, Frame, Version};
use serde_json::Value;

use crate::common::{number, rows, spec, text};
use crate::conformance::plural;
use draft::*;

fn for_each(mut check: impl FnMut(&Value, Version)) {
    let spec = spec();
    for message in rows(&spec["messages"]) {
        for version in Version::ALL {
            check(message, version);
        }
    }
}

/// The fields of which the guide asks for one at least, whatever else is in the message.
fn alternatives<'s>(spec: &'s Value, message: &Value) -> Option<Vec<&'s str>> {
    let rule = rows(&spec["rules"]).iter().find(|rule| {
        rule["message"] == message["name"]
            && rule.get("at_least_one_of").is_some()
            && rule.get("when").is_none()
    })?;
    let names = rows(&rule["at_least_one_of"]).iter().map(text);
    // Of an id of a call and the device, the device can be left out.
    Some(names.map(|name| name.rsplit(' ').next().unwrap()).collect())
}

#[test]
fn what_the_guide_asks_for_passes_and_everything_it_allows() {
    let spec = spec();
    for_each(|message, version| {
        Draft::full(message, version).judged(None);
        let least = Draft::least(message, version);
        let Some(names) = alternatives(&spec, message) else {
            least.judged(None);
            return;
        };
        least.named(Some((
            |name| name == FieldName::Listed(names[0].to_owned().leak()),
            Fault::Rule,
        )));
        for name in &names {
            let mut one = Draft::full(message, version);
            one.floating.retain(|field| {
                must_be_there(message, field.row) || text(&field.row["name"]) == *name
            });
            one.count();
            one.judged(None);
        }
    });
}

#[test]
fn each_field_is_missed_where_it_is_required_and_only_there() {
    let mut required = 0;
    for_each(|message, version| {
        let full = Draft::full(message, version);
        for (at, field) in full.floating.iter().enumerate() {
            let row = field.row;
            let id = number(&row["id"]);
            // Without its only member an element is none, and without its count a list is not counted.
            let alone = |group: &&Value| is_in(group, id) && rows(&group["ids"]).len() == 1;
            let counts = |group: &Value| floating_count(group) == Some(id);
            if groups(message)
                .iter()
                .any(|group| alone(&group) || counts(group))
            {
                continue;
            }
            let mut without = full.again();
            without.floating.remove(at);
            without.count();
            let fault = match &row["required"] {
                Value::Bool(false) => None,
                // Encoding fills it in.
                Value::Bool(true) if row.get("reserved").is_some() => continue,
                Value::Bool(true) => Some(Fault::Missing),
                when => match text(when) {
                    "agent mode" => None,
                    "in each record" => Some(Fault::Missing),
                    _ => Some(Fault::Rule),
                },
            };
            required += u32::from(fault.is_some());
            without.judged(fault.map(|fault| (row, fault)));
        }
    });
    assert!(required > 500, "only {required}");
}

#[test]
fn each_text_is_as_long_as_its_row_allows_and_no_longer() {
    for_each(|message, version| {
        let full = Draft::full(message, version);
        for (at, field) in full.floating.iter().enumerate() {
            let (row, max) = (field.row, number(&field.row["max"]) as usize);
            if width(row).is_some() || text(&row["type"]).starts_with("NAMED") {
                continue;
            }
            for length in [1, max - 1, max, max + 1, 255] {
                if length > 255 {
                    continue;
                }
                let mut data = vec![b'x'; length];
                if is_text(row) {
                    data[length - 1] = 0;
                }
                let fault = (length > max).then_some((row, Fault::TooLong(length, max)));
                full.changed(at, data).judged(fault);
            }
            if is_text(row) {
                // At the end there is one more than ends it.
                for data in [b"a\0b\0".as_slice(), b"a\0\0", b"\0\0"] {
                    full.changed(at, data.to_vec())
                        .judged(Some((row, Fault::InnerNul)));
                }
            }
        }
    });
}

#[test]
fn a_bool_is_0_or_1_and_numbers_are_free() {
    let most = |size: usize| vec![0xff; size];
    for_each(|message, version| {
        let full = Draft::full(message, version);
        for (at, field) in full.fixed.iter().enumerate() {
            let (row, size) = (field.row, field.bytes.len());
            let name = text(&row["name"]);
            let counts = |group: &Value| text(&group["count_field"]) == name;
            // Counts have a test of their own, and rules those of `rules`.
            let ruled = [
                "VersionNumber",
                "IdleTimeout",
                "AgentState",
                "Operation",
                "ServicesRequested",
            ];
            if ruled.contains(&name) || groups(message).iter().any(counts) {
                continue;
            }
            for value in [bytes(0, size), bytes(1, size), bytes(2, size), most(size)] {
                let mut value = value;
                value.resize(size, 0);
                let free = text(&row["type"]) != "BOOL" || row.get("reserved").is_some();
                let number = value
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | u32::from(*byte));
                let fault = (!free && number > 1).then_some((row, Fault::NotBool(number)));
                let mut changed = full.again();
                changed.fixed[at].bytes = value;
                changed.judged(fault);
            }
        }
        for (at, field) in full.floating.iter().enumerate() {
            let row = field.row;
            let id = number(&row["id"]);
            let counts = |group: &Value| floating_count(group) == Some(id);
            let Some(size) = width(row) else { continue };
            if groups(message).iter().any(counts) {
                continue;
            }
            let second = row
                .get("also_accept")
                .map(|sizes| number(&sizes[0]) as usize);
            for size in [Some(size), second].into_iter().flatten() {
                for value in [bytes(0, size), bytes(1, size), bytes(2, size), most(size)] {
                    let number = value
                        .iter()
                        .fold(0, |sum, byte| sum << 8 | u32::from(*byte));
                    let bound = text(&row["type"]) == "BOOL" && number > 1;
                    let fault = bound.then_some((row, Fault::NotBool(number)));
                    full.changed(at, value).judged(fault);
                }
            }
        }
    });
}

#[test]
fn a_field_is_refused_in_versions_before_its_own() {
    let mut cases = 0;
    for_each(|message, version| {
        let newest = Draft::full(message, Version::V18);
        for field in &newest.floating {
            let (row, id) = (field.row, number(&field.row["id"]));
            if since(row) <= version.number() || id > 255 {
                continue;
            }
            // At its place in the table, with the list it is in or counts and nothing else newer.
            let mut older = Draft::full(message, version);
            older.floating = newest
                .floating
                .iter()
                .filter(|other| {
                    since(other.row) <= version.number() || number(&other.row["id"]) == id
                })
                .cloned()
                .collect();
            older.count();
            // A count alone counts nothing.
            let counts = groups(message)
                .iter()
                .find(|group| floating_count(group) == Some(id));
            if let Some(group) = counts {
                older.set_count(group, 0);
            }
            // A list whose count the version lacks is refused for the count, which is derived.
            let its_count = groups(message)
                .iter()
                .filter(|group| is_in(group, id))
                .find_map(floating_count)
                .and_then(|id| {
                    newest
                        .floating
                        .iter()
                        .find(|field| number(&field.row["id"]) == id)
                })
                .map(|count| count.row)
                .filter(|count| since(count) > version.number());
            let row = its_count.unwrap_or(row);
            cases += 1;
            older.judged(Some((row, Fault::NotInVersion(since(row)))));
        }
    });
    assert!(cases > 50, "only {cases}");
}

/// The draft with this many elements in a list, all alike.
fn elements<'s>(full: &Draft<'s>, group: &Value, count: usize) -> Draft<'s> {
    let mut many = full.again();
    let is_member = |field: &Floating<'_>| is_in(group, number(&field.row["id"]));
    let first = many.floating.iter().position(is_member).unwrap();
    let element: Vec<_> = many
        .floating
        .iter()
        .filter(|field| is_member(field))
        .cloned()
        .collect();
    many.floating.retain(|field| !is_member(field));
    for _ in 0..count {
        many.floating.splice(first..first, element.clone());
    }
    many.set_count(group, count as u16);
    many
}

/// Lists that the version has, whole.
fn lists<'s>(full: &Draft<'s>) -> Vec<&'s Value> {
    let there = |id: &Value| {
        let is = |field: &Floating<'_>| field.row["id"] == *id;
        full.floating.iter().any(is)
    };
    let whole = |group: &&Value| rows(&group["ids"]).iter().any(there);
    groups(full.message).iter().filter(whole).collect()
}

#[test]
fn a_list_has_as_many_elements_as_its_row_allows_and_its_count_says_so() {
    for_each(|message, version| {
        let full = Draft::full(message, version);
        for group in lists(&full) {
            let list = plural(text(&group["name"]));
            let is_list = |name| name == FieldName::Listed(list);
            if let Some(max) = group["max_count"].as_u64() {
                let max = max as usize;
                for count in [2, max - 1, max] {
                    elements(&full, group, count).judged(None);
                }
                for count in [max + 1, max + 2] {
                    let fault = Fault::TooMany(count, max);
                    elements(&full, group, count).named(Some((is_list, fault)));
                }
            }
            let counting = text(&group["count_field"]).split('[').next().unwrap();
            let is_count = |name| name == FieldName::Listed(counting.to_owned().leak());
            let counted = floating_count(group).is_none_or(|id| {
                full.floating
                    .iter()
                    .any(|field| number(&field.row["id"]) == id)
            });
            if !counted {
                continue;
            }
            for listed in [1, 3] {
                for count in [0, listed as u16 - 1, listed as u16 + 1, 0xffff] {
                    let mut wrong = elements(&full, group, listed);
                    wrong.set_count(group, count);
                    wrong.named(Some((is_count, Fault::CountMismatch(count.into(), listed))));
                }
            }
        }
    });
}

#[test]
fn named_data_has_its_room_in_name_value_and_all_together() {
    let spec = spec();
    let limit = |key: &str, part: &str| number(&spec[key][part]) as usize;
    let total = number(&spec["named_total_limit"]) as usize;
    for_each(|message, version| {
        let full = Draft::full(message, version);
        let header = if version.number() < 18 { 2 } else { 3 };
        for group in lists(&full) {
            let id = number(&group["ids"][0]);
            let at = full
                .floating
                .iter()
                .position(|field| number(&field.row["id"]) == id);
            let at = at.unwrap();
            let row = full.floating[at].row;
            let (key, index) = match text(&row["type"]) {
                "NAMEDVAR" => ("named_variable", 0),
                "NAMEDARRAY" => ("named_array", 1),
                _ => continue,
            };
            let (name_max, value_max) = (limit(key, "VariableName"), limit(key, "VariableValue"));
            // Lengths without the NULs.
            let data = |name: usize, value: usize| {
                let parts = [
                    vec![7; index],
                    vec![b'n'; name],
                    vec![0],
                    vec![b'v'; value],
                    vec![0],
                ];
                parts.concat()
            };
            for (name, value) in [(0, 0), (name_max - 1, value_max - 1)] {
                full.changed(at, data(name, value)).judged(None);
            }
            let long = Fault::TooLong(name_max + 1, name_max);
            full.changed(at, data(name_max, 1))
                .judged(Some((row, long)));
            let long = Fault::TooLong(value_max + 1, value_max);
            full.changed(at, data(1, value_max))
                .judged(Some((row, long)));
            let mut inner = data(1, 3);
            inner[index + 3] = 0;
            full.changed(at, inner).judged(Some((row, Fault::InnerNul)));

            // As much as there may be with the other list's element, and one byte more. The list
            // that is written last is the one that is over.
            let named: usize = full
                .floating
                .iter()
                .filter(|field| text(&field.row["type"]).starts_with("NAMED"))
                .map(|field| header + field.data.len())
                .sum();
            let others = named - header - full.floating[at].data.len();
            let room = total - others;
            let mut rest = room;
            let mut many = elements(&full, group, 0);
            let mut count = 0;
            while rest > 0 {
                // Each of 100 bytes, the last one of what is left.
                let size = if rest >= 200 { 100 } else { rest };
                let field = Floating {
                    row,
                    data: data(4, size - header - index - 6),
                };
                many.floating.insert(at, field);
                rest -= size;
                count += 1;
            }
            many.set_count(group, count);
            many.judged(None);
            many.floating[at].data.insert(index, b'n');
            let last = full
                .floating
                .iter()
                .rfind(|field| text(&field.row["type"]).starts_with("NAMED"))
                .unwrap();
            many.judged(Some((last.row, Fault::TooMuchNamedData(total + 1))));
            // Checking points at the same field, in each width.
            let is_named = |field: &Floating<'_>| text(&field.row["type"]).starts_with("NAMED");
            let over = many.floating.iter().rposition(is_named).unwrap();
            let before = many.floating[..over]
                .iter()
                .map(|field| header + field.data.len());
            let fixed: usize = many.fixed.iter().map(|field| field.bytes.len()).sum();
            let offset = 8 + fixed + before.sum::<usize>();
            let bytes = many.frame();
            let found = Frame::new(bytes.as_slice()).unwrap().check(version);
            let is_over = |finding: &&ccx::Finding| {
                matches!(finding.kind, ccx::Fault::TooMuchNamedData { .. })
            };
            let found = found.iter().find(is_over);
            assert_eq!(found.map(|finding| finding.offset), Some(offset));
        }
    });
}

#[test]
fn an_idle_timeout_is_within_its_range() {
    let spec = spec();
    let rule = rows(&spec["rules"])
        .iter()
        .find_map(|rule| rule.get("range"))
        .unwrap();
    let (min, below) = (number(&rule["min"]), number(&rule["below"]));
    for_each(|message, version| {
        let full = Draft::full(message, version);
        let of = |field: &Fixed<'_>| field.row["name"] == rule["field"];
        let Some(at) = full.fixed.iter().position(of) else {
            return;
        };
        for value in [0, min - 1, min, below - 1, below, 0xffff_fffe, 0xffff_ffff] {
            let allowed = (min..below).contains(&value) || value == 0xffff_ffff;
            let mut changed = full.again();
            changed.fixed[at].bytes = bytes(value, 4);
            let row = changed.fixed[at].row;
            changed.judged((!allowed).then_some((row, Fault::Rule)));
        }
    });
}
