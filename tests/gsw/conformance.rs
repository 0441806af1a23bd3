//! The library's tables against `gsw.json`, in both directions: a missing row fails, and so does an
//! invented one.

#[cfg(feature = "serde")]
use cti_codec::gsw::client::{FieldType, ValueType};
use cti_codec::gsw::keys::{self, WireType};
use cti_codec::gsw::messages::{DesktopMessage, MessageType, Requirement, Rule, StatEvent};
use cti_codec::gsw::{
    AttachedDataBuf, ChainAttr, Direction, ErrorCode, PhoneType, Text, Treatment, enumerations,
};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

fn spec() -> Json {
    serde_json::from_str(include_str!("../data/gsw.json")).unwrap()
}

fn array(json: &Json) -> &[Json] {
    json.as_array().unwrap()
}

fn strings(json: &Json) -> Vec<&str> {
    json.as_array()
        .into_iter()
        .flatten()
        .map(|item| item.as_str().unwrap())
        .collect()
}

/// The message of the specification with this name.
fn message<'a>(spec: &'a Json, name: &str) -> &'a Json {
    array(&spec["messages"])
        .iter()
        .find(|message| message["name"] == name)
        .unwrap()
}

/// The 42 messages; the statistical event is no message to or from a desktop.
fn messages() -> impl Iterator<Item = MessageType> {
    MessageType::ALL
        .iter()
        .copied()
        .filter(|kind| *kind != MessageType::StatEvent)
}

#[test]
fn keys_match() {
    let spec = spec();
    let listed: BTreeMap<&str, &Json> = array(&spec["keys"])
        .iter()
        .map(|key| (key["name"].as_str().unwrap(), key))
        .collect();
    let ours: BTreeSet<&str> = keys::ALL.iter().map(|info| info.name).collect();
    assert_eq!(ours, listed.keys().copied().collect());
    assert_eq!((keys::ALL.len(), ours.len()), (98, 98));

    let wire = |name: &str| match name {
        "int" => WireType::Int,
        "int64" => WireType::Int64,
        "string" => WireType::Str,
        "number|null" => WireType::Number,
        other => panic!("{other}"),
    };
    for info in keys::ALL {
        let key = listed[info.name];
        let encode = &key["codec"]["encode"];
        let encode = encode
            .as_str()
            .unwrap_or_else(|| encode["desktop"].as_str().unwrap());
        assert_eq!(info.encode, wire(encode), "{}", info.name);
        let set = |names: Vec<&str>| {
            names
                .into_iter()
                .map(|name| wire(name) as u8)
                .collect::<BTreeSet<_>>()
        };
        let decode: BTreeSet<u8> = info.decode.iter().map(|kind| *kind as u8).collect();
        // Beyond the manuals: some programs write every integer as text.
        let mut listed = set(strings(&key["codec"]["decode"]));
        if listed.contains(&(WireType::Int as u8)) {
            listed.insert(WireType::Str as u8);
        }
        assert_eq!(decode, listed, "{}", info.name);
        assert_eq!(
            info.aliases,
            strings(&key["spelling_variants"]),
            "{}",
            info.name
        );
        assert_eq!(
            info.reserved,
            key["reserved"].as_bool().unwrap(),
            "{}",
            info.name
        );
        assert_eq!(
            info.record,
            key["default_record_information"].as_bool().unwrap(),
            "{}",
            info.name
        );
        assert_eq!(
            info.stat,
            key["user_event_attribute"].as_bool().unwrap(),
            "{}",
            info.name
        );
        if info.encode != WireType::Number {
            // C26: 0 is sent although the table begins at 1.
            let min = if info.name == "GSW_LOGOUT_TIME" {
                Some(0)
            } else {
                key["range"]["min"].as_i64()
            };
            assert_eq!(
                (info.min, info.max),
                (min, key["range"]["max"].as_i64()),
                "{}",
                info.name
            );
        }
        assert_eq!(
            info.name.starts_with("GSW_"),
            key["reserved_by_prefix"].as_bool().unwrap()
        );
        assert!(keys::is_reserved(info.name.into()), "{}", info.name);
    }
    for (list, count) in [("reserved", 60), ("record", 26), ("stat", 13)] {
        let is_in = |info: &&keys::KeyInfo| match list {
            "reserved" => info.reserved,
            "record" => info.record,
            _ => info.stat,
        };
        assert_eq!(keys::ALL.iter().filter(is_in).count(), count, "{list}");
    }
    for range in array(&spec["formats"]["ranges"]) {
        assert!(keys::info(range["key"].as_str().unwrap().into()).is_some());
    }
}

#[test]
fn enumerations_match() {
    let mut spec = spec();
    let spec = spec["enumerations"].as_object_mut().unwrap();
    let tables: Vec<_> = enumerations::tables().collect();
    // The Service Client API, which is JSON, has two more.
    #[cfg(feature = "serde")]
    let tables = [tables.as_slice(), &[FieldType::TABLE, ValueType::TABLE]].concat();
    #[cfg(not(feature = "serde"))]
    spec.retain(|id, _| !id.starts_with("service_client"));
    let ours: BTreeMap<&str, _> = tables.iter().map(|table| (table.name, table)).collect();
    let names: BTreeSet<&str> = spec.keys().map(String::as_str).collect();
    assert_eq!(ours.keys().copied().collect::<BTreeSet<_>>(), names);
    assert_eq!((ours.len(), tables.len()), (spec.len(), spec.len()));

    for (id, listed) in &*spec {
        let table = ours[id.as_str()];
        let mut codes = Vec::new();
        let mut words = Vec::new();
        for value in listed["values"].as_array().into_iter().flatten() {
            match (
                value["code"].as_i64(),
                value["name"].as_str().or(value.as_str()),
            ) {
                (Some(code), Some(name)) => codes.push((code, name)),
                // Directions: the code is the word.
                (None, Some(_)) if value["code"].is_string() => {
                    words.push(value["code"].as_str().unwrap());
                }
                (None, Some(name)) => words.push(name),
                // The one value without a name: presence is all that counts.
                (None, None) => codes.push((value.as_i64().unwrap(), "overdialed")),
                (Some(_), None) => panic!("{value}"),
            }
        }
        assert_eq!(
            (table.codes, table.words),
            (codes.as_slice(), words.as_slice()),
            "{id}"
        );
    }
}

#[test]
fn names_of_enumerations_match() {
    let spec = spec();
    let phones = array(&spec["enumerations"]["phone_types"]["values"]);
    for phone in phones {
        let code = PhoneType(phone["code"].as_i64().unwrap());
        for name in ["name", "name_002", "name_media_table"] {
            if let Some(name) = phone[name].as_str() {
                assert_eq!(PhoneType::from_name(name), Some(code), "{name}");
            }
        }
        let media = code
            .contact_media()
            .and_then(cti_codec::gsw::ContactMedia::name);
        assert_eq!(media, phone["contact_media"].as_str(), "{code}");
    }
    for mode in array(&spec["enumerations"]["dial_modes"]["values"]) {
        let code = enumerations::DialMode(mode["code"].as_i64().unwrap());
        assert_eq!(
            code.campaign_mode()
                .and_then(cti_codec::gsw::CampaignMode::name),
            mode["campaign_mode"].as_str()
        );
    }
    for mode in array(&spec["enumerations"]["campaign_modes"]["values"]) {
        let name = mode["name"].as_str().unwrap();
        for other in [Some(name), mode["log_name"].as_str()]
            .into_iter()
            .flatten()
        {
            assert_eq!(enumerations::CampaignMode::new(other).name(), Some(name));
        }
    }
    for treatment in array(&spec["enumerations"]["treatments"]["values"]) {
        let value = Treatment::new(treatment["name"].as_str().unwrap());
        assert_eq!(
            value
                .record_type()
                .and_then(cti_codec::gsw::RecordType::name),
            treatment["effect"].as_str()
        );
    }
    let callbacks = &spec["enumerations"]["callback_types"];
    for (word, capitals) in strings(&callbacks["values"])
        .into_iter()
        .zip(strings(&callbacks["service_client_values"]))
    {
        let value = enumerations::CallbackType::new(capitals);
        assert_eq!(
            (value.name(), value.service_client_name()),
            (Some(word), Some(capitals))
        );
    }
    assert_eq!(
        ChainAttr::effective(None).name(),
        spec["enumerations"]["chain_attr"]["default"].as_str()
    );
    assert_eq!(
        spec["service_client"]["call_results"]
            .as_object()
            .unwrap()
            .len(),
        39
    );
    for (name, code) in spec["service_client"]["call_results"].as_object().unwrap() {
        assert_eq!(
            enumerations::CallResult::from_name(name).map(|result| result.0),
            code.as_i64()
        );
    }
}

#[test]
fn errors_match() {
    let spec = spec();
    let errors = &spec["errors"];
    let codes: Vec<(i64, &str)> = array(&errors["codes"])
        .iter()
        .map(|error| {
            (
                error["code"].as_i64().unwrap(),
                error["name"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(ErrorCode::TABLE.codes, codes);
    assert_eq!(codes.len(), 20);
    let aliases: Vec<(&str, &str)> = array(&errors["codes"])
        .iter()
        .flat_map(|error| {
            let name = error["name"].as_str().unwrap();
            strings(&error["aliases"])
                .into_iter()
                .map(move |alias| (alias, name))
        })
        .collect();
    assert_eq!(ErrorCode::TABLE.aliases, aliases);
    let code_of = |name: &str| codes.iter().find(|code| code.1 == name).unwrap().0;
    let aliases = aliases.iter().map(|(alias, name)| (code_of(name), *alias));
    for (code, name) in codes.iter().copied().chain(aliases) {
        assert_eq!(ErrorCode::from_name(name), Some(ErrorCode(code)), "{name}");
    }
    let ready_time: Vec<(ErrorCode, &str)> = array(&errors["readytime"])
        .iter()
        .map(|error| {
            (
                ErrorCode(error["code"].as_i64().unwrap()),
                error["description"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(ErrorCode::READY_TIME.as_slice(), ready_time);
    let texts: Vec<&str> = array(&errors["codes"][0]["message_forms"])
        .iter()
        .map(|form| form["text"].as_str().unwrap())
        .collect();
    assert_eq!(ErrorCode::INVALID_REQUEST_TEXTS.as_slice(), texts);
}

#[test]
fn messages_match() {
    let spec = spec();
    let names: BTreeSet<&str> = array(&spec["messages"])
        .iter()
        .map(|m| m["name"].as_str().unwrap())
        .collect();
    let ours: BTreeSet<&str> = messages().map(|kind| kind.layout().name).collect();
    assert_eq!(ours, names);
    assert_eq!((messages().count(), ours.len()), (42, 42));
    let kinds = |requests: bool| {
        let kinds = messages().filter(|kind| kind.is_request() == requests);
        kinds
            .map(|kind| kind.layout().name)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        kinds(true),
        strings(&spec["message_index"]["requests"])
            .into_iter()
            .collect()
    );
    assert_eq!(
        kinds(false),
        strings(&spec["message_index"]["events"])
            .into_iter()
            .collect()
    );

    for kind in messages() {
        let (layout, listed) = (kind.layout(), message(&spec, kind.layout().name));
        assert_eq!(kind.to_string(), layout.name);
        assert_eq!(
            layout.section,
            listed["section"].as_str().unwrap(),
            "{kind}"
        );
        assert_eq!(
            layout.direction.map(Direction::text),
            listed["direction"].as_str().map(Text::from),
            "{kind}"
        );
        assert_eq!(
            layout.key,
            listed["discriminator"]["key"].as_str().unwrap(),
            "{kind}"
        );
        assert_eq!(
            layout.value,
            listed["discriminator"]["value"].as_str(),
            "{kind}"
        );
        let others: BTreeSet<&str> = layout.other_values.iter().copied().collect();
        let mut values: BTreeSet<&str> = strings(&listed["decode_values"]).into_iter().collect();
        values.extend(strings(&listed["decode_aliases"]));
        values.retain(|value| Some(*value) != layout.value);
        assert_eq!(others, values, "{kind}");
        assert_eq!(
            layout.custom_fields,
            listed["custom_fields"]["allowed"].as_bool().unwrap(),
            "{kind}"
        );
    }
}

#[test]
fn rows_match() {
    let spec = spec();
    let mut checked = 0;
    for kind in messages() {
        let (layout, listed) = (kind.layout(), message(&spec, kind.layout().name));
        // (key, requirement, default), each key once: where a table repeats one, the stricter row
        // counts (C41).
        let mut expected: Vec<(&str, Requirement, Option<String>)> = Vec::new();
        for row in array(&listed["attributes"]) {
            let key = row["key"].as_str().unwrap();
            let requirement = match row["required"].as_str().unwrap() {
                "yes" => Requirement::Required,
                "conditional" => Requirement::Conditional,
                "no" => Requirement::Optional,
                other => panic!("{other}"),
            };
            let default = match &row["default"] {
                Json::Null => None,
                Json::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            };
            checked += 1;
            if Some(key) == layout.value.and(Some(layout.key)) {
                assert_eq!(requirement, Requirement::Required);
                continue;
            }
            match expected.iter_mut().find(|row| row.0 == key) {
                Some(first) if requirement == Requirement::Required => first.1 = requirement,
                Some(_) => {}
                None => expected.push((key, requirement, default)),
            }
        }
        let rows = layout.rows.iter().filter(|row| !row.flags.unlisted);
        let ours: Vec<_> = rows
            .map(|row| (row.key, row.requirement, row.default.map(String::from)))
            .collect();
        assert_eq!(ours, expected, "{kind}");

        // What a row is typed as must be what the table says, once conflicts are settled by the
        // key's own type.
        for row in array(&listed["attributes"]) {
            let info = keys::info(row["key"].as_str().unwrap().into()).unwrap();
            let conflict = array(&spec["keys"])
                .iter()
                .find(|key| key["name"] == info.name)
                .unwrap()["type_conflict"]
                .as_bool()
                .unwrap();
            let wire = match row["type"].as_str().unwrap() {
                "Int" | "Integer" => WireType::Int,
                "String" => WireType::Str,
                other => panic!("{other}"),
            };
            assert!(
                info.decode.contains(&wire) && (conflict || info.encode == wire),
                "{kind}.{}",
                info.name
            );
        }

        // C47: every reply carries the reference id, C46: every error the application id; no table
        // says so.
        let unlisted: Vec<&str> = layout
            .rows
            .iter()
            .filter(|row| row.flags.unlisted)
            .map(|row| row.key)
            .collect();
        let also: &[&str] = match kind {
            MessageType::Error => &[
                "GSW_AGENT_REQ_TYPE",
                "GSW_APPLICATION_ID",
                "GSW_REFERENCE_ID",
            ],
            _ if kind.is_request() => &[],
            _ => &["GSW_REFERENCE_ID"],
        };
        assert_eq!(unlisted, also, "{kind}");
    }
    assert!(checked > 300, "{checked} rows");
}

#[test]
fn stat_event_matches() {
    let spec = spec();
    let listed: Vec<&str> = array(&spec["stat_event"]["attributes"])
        .iter()
        .map(|row| row["key"].as_str().unwrap())
        .collect();
    let rows = StatEvent::LAYOUT
        .rows
        .iter()
        .filter(|row| !row.flags.unlisted);
    assert_eq!(rows.clone().map(|row| row.key).collect::<Vec<_>>(), listed);
    let mandatory: Vec<&str> = rows
        .filter(|row| row.requirement == Requirement::Required)
        .map(|row| row.key)
        .collect();
    assert_eq!(mandatory, strings(&spec["stat_event"]["mandatory"]));
    assert!(
        listed
            .iter()
            .all(|key| keys::info((*key).into()).unwrap().stat)
    );
}

#[test]
fn rules_match() {
    let spec = spec();
    for kind in messages() {
        let listed = message(&spec, kind.layout().name);
        let expected: Vec<&Json> = array(&listed["rules"])
            .iter()
            .filter(|rule| {
                matches!(
                    rule["kind"].as_str(),
                    Some("conditional-mandatory" | "allowed-values")
                )
            })
            .collect();
        assert_eq!(kind.layout().rules.len(), expected.len(), "{kind}");
        for (rule, listed) in kind.layout().rules.iter().zip(expected) {
            match rule {
                Rule::Conditional {
                    id,
                    if_present,
                    unless,
                    then_all,
                    else_all,
                    else_any,
                    ..
                } => {
                    assert_eq!(*id, listed["id"]);
                    assert_eq!(*if_present, listed["if"]["present"]);
                    assert_eq!(*unless, listed["if"]["and_not_equal"].as_i64());
                    assert_eq!(*then_all, strings(&listed["then_required_all"]));
                    assert_eq!(*else_all, strings(&listed["else_required_all"]));
                    assert_eq!(*else_any, strings(&listed["else_required_any"]));
                }
                Rule::Allowed { id, key, codes, .. } => {
                    assert_eq!(*id, listed["id"]);
                    assert_eq!(*key, listed["key"]);
                    let allowed: Vec<i64> = array(&listed["allowed"])
                        .iter()
                        .filter_map(Json::as_i64)
                        .collect();
                    assert_eq!(*codes, allowed);
                }
            }
        }
    }
}

#[test]
fn answers_match() {
    let spec = spec();
    for kind in messages() {
        let (layout, listed) = (kind.layout(), message(&spec, kind.layout().name));
        let responses: Vec<&str> = listed["responses"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|r| r["name"].as_str().unwrap())
            .collect();
        let ours: Vec<&str> = kind
            .answered_by()
            .iter()
            .map(|event| event.layout().name)
            .collect();
        assert_eq!(ours, responses, "{kind}");
        let answers: Vec<&str> = kind
            .answers()
            .map(|request| request.layout().name)
            .collect();
        assert_eq!(answers, strings(&listed["response_to"]), "{kind}");
        let codes = |json: &Json| -> Vec<ErrorCode> {
            json.as_array()
                .into_iter()
                .flatten()
                .map(|code| ErrorCode(code.as_i64().unwrap()))
                .collect()
        };
        assert_eq!(layout.errors, codes(&listed["errors_stated"]), "{kind}");
        let mut likely = codes(&listed["errors_inferred"]);
        // A handle that the server does not hold has its own code, in these requests too.
        if matches!(
            kind,
            MessageType::RequestRecordCancel | MessageType::DoNotCall
        ) {
            likely.push(ErrorCode::RECORD_NOT_FOUND);
        }
        assert_eq!(layout.likely_errors, likely, "{kind}");

        if kind.is_request() {
            let mut data = AttachedDataBuf::new();
            data.push(layout.key, layout.value.unwrap());
            data.set(keys::REFERENCE_ID, 77);
            let request = DesktopMessage::from_attached_data(&data).unwrap();
            let error = request.error(ErrorCode::DB_ERROR);
            assert_eq!(error.is_none(), listed["never_error"] == true, "{kind}");
            for answer in [error, request.acknowledgement()].into_iter().flatten() {
                assert_eq!(answer.reference_id(), Some(77));
                assert!(answer.may_answer(&request), "{kind}");
            }
        }
    }
}

#[test]
fn every_row_reads_and_writes() {
    // A list with every key of every table: each key must come out of the typed message as it went
    // in, so that a row that is listed but not wired up fails.
    for kind in messages() {
        let layout = kind.layout();
        let mut data = AttachedDataBuf::new();
        if let Some(value) = layout.value {
            data.push(layout.key, value);
        }
        for row in layout.rows {
            match keys::info(row.key.into()).unwrap().encode {
                WireType::Str => data.push(
                    row.key,
                    if row.key == "GSW_CALL_TIME" {
                        "1616000000"
                    } else {
                        "x"
                    },
                ),
                _ => data.push(row.key, 7),
            }
        }
        match kind {
            MessageType::NoRecordsAvailable => {
                data.set(keys::ERROR_NUMBER, ErrorCode::NO_RECORDS_AVAILABLE);
            }
            MessageType::NoRunningPreviewCampaigns => {
                data.set(keys::ERROR_NUMBER, ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS);
            }
            _ => {}
        }
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        assert_eq!(message.message_type(), kind);
        assert_eq!(message.to_attached_data_as_received(), data, "{kind}");
        let debug = format!("{message:?}");
        assert!(
            debug.contains("unlisted: Unlisted([])"),
            "every key has its field: {debug}"
        );
        assert!(
            !debug.contains(": None"),
            "and every field its key: {debug}"
        );
    }
}
