//! Compares every row with the manual's tables as data, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use cti_codec::openscape::{
    self, EVENT_BODY, EVENT_MESSAGE, EventInfo, Kind, Names, Object, Table, all_commands,
    all_events, statistics,
};

use crate::data::{Attribute, MANUAL};

/// Attributes that a contradiction lets be absent although no table calls them optional.
const OPTIONAL_BY_RULING: [(&str, &str); 6] = [
    ("main.RegisterApplication", "webhookAPIVersion"), // C093
    ("open_media.QueryDeferredMessages", "agentKey"),  // C012
    ("routing.GetQueueData", "errorCode"),             // C091
    ("routing.GetQueueData", "errorDetails"),
    ("telephony.QueryLine", "associatedCallbackUserId"), // C092
    ("telephony.QueryLine", "associatedCallbackUserKey"),
];

/// Compares a table with the rows of the manual and notes the objects and enumerations in it.
fn compare(place: &str, table: &'static Table, attributes: &[Attribute], seen: &mut Seen) {
    let names: Vec<_> = table.rows.iter().map(|row| row.name).collect();
    let listed: Vec<_> = attributes.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, listed, "{place}");
    for (row, attribute) in table.rows.iter().zip(attributes) {
        let place = format!("{place}.{} (line {})", row.name, attribute.line);
        let set = |names: &[&str]| {
            names
                .iter()
                .map(ToString::to_string)
                .collect::<BTreeSet<_>>()
        };
        let aliases: BTreeSet<_> = attribute.aliases.iter().cloned().collect();
        assert_eq!(set(row.aliases), aliases, "{place}");

        let mut also: BTreeSet<_> = attribute.decode_also.iter().cloned().collect();
        // C044 to C071: the table says Object, the example shows a list.
        let object = attribute.table_type.as_deref().is_some_and(|table_type| {
            table_type.contains("Object") && !table_type.contains("List of")
        });
        if attribute.kind == "List" && object {
            also.insert("Object".into());
        }
        if place.contains("Reasons.reasons") {
            also.insert("Object".into()); // One type for seven tables, of which six say so.
        }
        if row.name == "keyList" && place.starts_with("ADMINISTRATION") {
            also.insert("String".into()); // C043
        }
        let mut found: BTreeSet<_> = row
            .also
            .iter()
            .map(|also| also.name().to_string())
            .collect();
        if let Kind::AgentOrAll | Kind::ResourceOrAll = row.kind {
            assert_eq!(attribute.wildcard.as_deref(), Some("*"), "{place}");
        } else {
            assert_eq!(attribute.wildcard, None, "{place}");
        }
        assert_eq!(std::mem::take(&mut found), also, "{place}");

        let optional = !matches!(
            &attribute.optional,
            None | Some(serde_json::Value::Bool(false))
        );
        let ruled = OPTIONAL_BY_RULING
            .iter()
            .any(|(table, name)| place.starts_with(&format!("{table}.")) && *name == row.name);
        assert_eq!(row.optional, optional || ruled, "{place}");
        kind(&place, &row.kind, attribute, seen);
    }
}

fn kind(place: &str, kind: &Kind, attribute: &Attribute, seen: &mut Seen) {
    assert_eq!(kind.json_type().name(), attribute.kind, "{place}");
    let item = match kind {
        Kind::List(item) => {
            let item_type = attribute.item_type.as_deref();
            assert_eq!(Some(item.json_type().name()), item_type, "{place}");
            item
        }
        kind => kind,
    };
    match item {
        Kind::Name(names) => {
            assert_eq!(Some(names.name), attribute.enum_ref.as_deref(), "{place}");
            seen.names.insert(names.name, **names);
        }
        Kind::Object(table) => {
            assert_eq!(Some(table.name), attribute.object_ref.as_deref(), "{place}");
            seen.objects.insert(table.name, table);
        }
        _ => {
            assert_eq!(attribute.enum_ref, None, "{place}");
            let any = matches!(item, Kind::Any);
            assert!(any || attribute.object_ref.is_none(), "{place}");
        }
    }
}

#[derive(Default)]
struct Seen {
    objects: BTreeMap<&'static str, &'static Table>,
    names: BTreeMap<&'static str, Names>,
}

#[test]
fn every_command_is_as_the_manual_says() {
    let mut seen = Seen::default();
    let mut left: BTreeSet<_> = all_commands().map(|command| command.name).collect();
    assert_eq!(left.len(), 107);
    for listed in &MANUAL.commands {
        let id = listed.id();
        let command = all_commands()
            .find(|command| command.name == id)
            .expect(&id);
        assert!(left.remove(command.name), "{id}");
        assert_eq!(command.method.as_str(), listed.method, "{id}");
        assert_eq!(command.path, listed.url.replace(' ', ""), "{id}");
        assert_eq!(command.token, listed.token, "{id}");
        let logon = if listed.token {
            listed.logon
        } else {
            Some(false)
        };
        assert_eq!(command.logon, logon, "{id}");
        assert_eq!(command.body, listed.body, "{id}");
        compare(&id, command.request, &listed.request, &mut seen);
        compare(&id, command.response, &listed.response, &mut seen);
    }
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn every_event_is_as_the_manual_says() {
    let mut seen = Seen::default();
    let mut left: BTreeSet<_> = all_events()
        .flat_map(|event| event.types.iter().map(|kind| (event.realm, *kind)))
        .collect();
    assert_eq!(left.len(), 98);
    assert_eq!(MANUAL.events.len(), 95);
    for listed in &MANUAL.events {
        for kind in &listed.types {
            let place = format!("{}.{kind}", listed.realm);
            let event = EventInfo::of(&listed.realm, kind).expect(&place);
            left.remove(&(event.realm, kind.as_str()));
            let data = match event.data {
                Kind::Versions { v1, .. } if listed.v1 => *v1,
                Kind::Versions { current, .. } => *current,
                data => data,
            };
            match data {
                Kind::List(item) => {
                    assert_eq!(listed.data_kind, "list", "{place}");
                    assert!(matches!(item, Kind::Integer), "{place}");
                }
                // The order of an entity's rows is not the same in all sections.
                Kind::Object(table) if listed.v1 => {
                    let names: BTreeSet<_> = table.rows.iter().map(|row| row.name).collect();
                    let rows = listed.data.iter().map(|row| row.name.as_str());
                    assert_eq!(names, rows.collect(), "{place}");
                    for attribute in &listed.data {
                        let row = table.row(&attribute.name).expect(&place);
                        for alias in &attribute.aliases {
                            assert_eq!(table.row(alias).map(|row| row.name), Some(row.name));
                        }
                        super::conformance::kind(&place, &row.kind, attribute, &mut seen);
                    }
                }
                Kind::Object(table) => compare(&place, table, &listed.data, &mut seen),
                _ => panic!("{place}"),
            }
        }
    }
    assert!(left.is_empty(), "{left:?}");
}

/// Objects that only other objects have are found through those.
fn objects_within(table: &'static Table, into: &mut BTreeMap<&'static str, &'static Table>) {
    fn kind(item: &'static Kind, into: &mut BTreeMap<&'static str, &'static Table>) {
        match item {
            Kind::Object(table) => {
                into.insert(table.name, table);
                objects_within(table, into);
            }
            Kind::List(item) => kind(item, into),
            Kind::Versions { current, v1 } => {
                kind(current, into);
                kind(v1, into);
            }
            _ => {}
        }
    }
    for row in table.rows {
        kind(&row.kind, into);
    }
}

#[test]
fn every_object_is_as_the_manual_says() {
    let mut seen = Seen::default();
    let mut tables = BTreeMap::new();
    for command in all_commands() {
        objects_within(command.request, &mut tables);
        objects_within(command.response, &mut tables);
        if command.response.name == "CommandResponse" {
            tables.insert("CommandResponse", command.response);
        }
    }
    for event in all_events() {
        match &event.data {
            Kind::Object(table) => objects_within(table, &mut tables),
            Kind::Versions { current, v1 } => {
                for kind in [current, v1] {
                    if let Kind::Object(table) = kind {
                        objects_within(table, &mut tables);
                    }
                }
            }
            _ => {}
        }
    }
    tables.insert("EventMessage", &EVENT_MESSAGE);
    tables.insert("EventBody", &EVENT_BODY);
    // No row has it but those of the event that is a list of them.
    tables.insert(
        "UserRealTimeElement",
        statistics::UserRealTimeElement::TABLE,
    );

    let mut left: BTreeSet<_> = tables.keys().copied().collect();
    assert_eq!(MANUAL.objects.len(), 38);
    for listed in &MANUAL.objects {
        let place = format!("{} ({})", listed.name, listed.section);
        let table = tables.get(listed.name.as_str()).expect(&place);
        compare(&place, table, &listed.attributes, &mut seen);
        left.remove(table.name);
    }
    assert!(left.is_empty(), "{left:?}");
}

macro_rules! enumerations {
    ($($Name:ident)*) => {
        [$((openscape::$Name::NAMES, openscape::$Name::LISTED.iter().map(|value| {
            let name = value.name().unwrap().to_string();
            assert_eq!(&openscape::$Name::from(format!("  {name} ").as_str()), value);
            assert_eq!(value.to_string(), name);
            (name, value.number())
        }).collect::<Vec<_>>())),*]
    };
}

#[test]
fn every_enumeration_is_as_the_manual_says() {
    let ours = enumerations! {
        CallbackOrigin CallbackResultType CallbackScheduleStatus CallbackStatus CallState CallType
        ContactState ContactType DeliveredReasons DequeueReasons DisconnectReasons DivertReasons
        ErrorCode EventAction EventCause EventType HandlingStates HoldReasons LCSType
        LineResourceType LineResourceTypes LineState LineType MediaState MediaType MessageType
        OpenMediaCommiter OpenMediaDeferReason OpenMediaDisconnectReason OpenMediaDivertReason
        OpenMediaResumeReason OpenMediaTransferReason OpenMediaTransferTarget PartyTypes
        PresenceStates Realm RealTimeQueryType RoutingStates SBRCallState ServerConnectionState
        ServerState UnavailableReasonType UserType WebCollaborationChatCommiter
        WebCollaborationDeliveredReason WebCollaborationDisconnectReason
        WebCollaborationDivertReason HotStandbyState
    };
    assert_eq!(ours.len(), MANUAL.enums.len());
    let mut values = 0;
    for ((names, listed_by_us), listed) in ours.iter().zip(&MANUAL.enums) {
        assert_eq!(names.name, listed.name);
        assert_eq!(*listed_by_us, listed.values, "{}", listed.name);
        let table: Vec<_> = names
            .values
            .iter()
            .map(|(name, number)| (name.to_string(), *number))
            .collect();
        assert_eq!(table, listed.values, "{}", listed.name);
        values += listed.values.len();
    }
    assert_eq!(values, 606);
}
