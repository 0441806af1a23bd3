//! What a page notes, played from the flows of the service client, and what comes of it at a desktop.

use std::time::Duration;

use cti_codec::gsw::desktop::{Desktop, Refused, Settings};

use super::*;

fn flows() -> Value {
    serde_json::from_str(include_str!("../../data/gsw-flows.json")).unwrap()
}

fn fields() -> Vec<Field> {
    let field = |name: &str, value_type: &str, editable: bool, mandatory: bool| {
        json!({
            "name": name, "isEditable": editable, "isMandatory": mandatory, "valueType": value_type,
        })
    };
    let fields = json!([
        field("GSW_FROM", "string", false, false),
        field("GSW_UNTIL", "string", true, false),
        field("GSW_PHONE", "string", true, true),
        field("GSW_PHONE_TYPE", "number", true, false),
        field("Remark", "string", true, false),
        field("Points", "number", true, false),
    ]);
    serde_json::from_value(fields).unwrap()
}

/// Does what a call of a flow says; `None` for those that note nothing.
fn note(draft: &mut Draft, method: &str, arguments: Value) -> Option<Result<(), NoteRefused>> {
    Some(match method {
        "callPreviewRecord" => {
            draft.has_call = true;
            Ok(())
        }
        "setCallResult" => {
            let call: SetCallResult = serde_json::from_value(arguments).unwrap();
            draft.set_call_result(call.call_result)
        }
        "setDoNotCall" => draft.set_do_not_call(true),
        "removeDoNotCall" => draft.set_do_not_call(false),
        "rescheduleRecord" => draft.reschedule(&serde_json::from_value(arguments).unwrap()),
        "cancelReschedule" => {
            draft.callback = None;
            Ok(())
        }
        "updateRecordFields" => {
            let call: UpdateRecordFields = serde_json::from_value(arguments).unwrap();
            draft.update_fields(&call.record_data, &fields())
        }
        _ => return None,
    })
}

#[test]
fn each_flow_of_a_page_is_played() {
    let flows = flows();
    let (mut taken, mut refused) = (0, 0);
    for flow in flows["client_flows"].as_array().unwrap() {
        let mut draft = Draft::default();
        for step in flow["steps"].as_array().unwrap() {
            let what = format!("{} {}", text(&flow["name"]), text(&step["method"]));
            let before = draft.clone();
            let arguments = step["arguments"].clone();
            let Some(noted) = note(&mut draft, text(&step["method"]), arguments) else {
                continue;
            };
            if text(&step["expect"]).starts_with("refused") {
                assert!(noted.is_err(), "{what}");
                assert_eq!(draft, before, "{what}");
                refused += 1;
            } else {
                noted.unwrap_or_else(|why| panic!("{what}: {why}"));
                taken += 1;
            }
        }
    }
    assert!(taken >= 8 && refused >= 3, "{taken} {refused}");
}

#[test]
fn an_update_is_taken_whole_or_not_at_all() {
    let mut draft = Draft::default();
    let update = |value: Value| serde_json::from_value::<RecordData>(value).unwrap();
    let first = update(json!({"GSW_UNTIL": "18:30", "Remark": "call again", "Points": 3}));
    draft.update_fields(&first, &fields()).unwrap();
    let noted = draft.clone();
    for (wrong, why) in [
        (
            json!({"Remark": "x", "Nothing": 1}),
            "Nothing: no such field",
        ),
        (
            json!({"Remark": "x", "GSW_FROM": "09:00"}),
            "GSW_FROM: the field is not editable",
        ),
        (
            json!({"Remark": "x", "GSW_PHONE": ""}),
            "GSW_PHONE: the field is mandatory and the value is null or empty",
        ),
        (
            json!({"Remark": "x", "Points": "3"}),
            "Points: the field takes a number",
        ),
    ] {
        let refused = draft.update_fields(&update(wrong), &fields()).unwrap_err();
        assert_eq!(refused.to_string(), why);
        assert_eq!(draft, noted, "{why}");
    }
    draft
        .update_fields(
            &update(json!({"GSW_PHONE_TYPE": 9, "Points": null})),
            &fields(),
        )
        .unwrap();
    assert_eq!(draft.changes.unlisted.get("Points"), Some(Value::Null));
    assert_eq!(
        draft.changes.unlisted.get("Remark"),
        Some("call again".into())
    );
    assert_eq!(draft.changes.until, Some(SecondsFromMidnight(66_600)));
}

/// A desktop with one record that was pushed.
fn desktop() -> Desktop {
    let mut desktop = Desktop::new(Settings {
        automatic: false,
        ..Settings::default()
    });
    let mut record = cti_codec::gsw::AttachedDataBuf::new();
    for (key, value) in [
        ("GSW_USER_EVENT", "PreviewRecord"),
        ("GSW_CALLING_LIST", "Customers"),
        ("GSW_CAMPAIGN_NAME", "Spring"),
    ] {
        record.push(key, value);
    }
    record.push("GSW_APPLICATION_ID", 139);
    record.push("GSW_RECORD_HANDLE", 283);
    desktop.handle_input(Duration::ZERO, &record);
    desktop
}

#[test]
fn what_was_noted_goes_out_when_the_record_is_done() {
    let mut draft = Draft {
        has_call: true,
        ..Draft::default()
    };
    draft.set_call_result(CallResult::BUSY).unwrap();
    let update = json!({"GSW_PHONE": "+1555", "Remark": "call again", "Points": 3});
    let update = serde_json::from_value(update).unwrap();
    draft.update_fields(&update, &fields()).unwrap();

    let mut desktop = desktop();
    let id = desktop.records().next().unwrap().id;
    draft.finish(&mut desktop, Duration::ZERO, id).unwrap();
    let sent = desktop.poll_transmit().unwrap();
    assert_eq!(sent.message_type.to_string(), "RecordProcessed");
    let value = |key: &str| {
        sent.data
            .view()
            .value(key)
            .map(|value| format!("{value:?}"))
    };
    assert_eq!(value("GSW_PHONE").unwrap(), r#"Str("+1555")"#);
    assert_eq!(value("GSW_CALL_RESULT").unwrap(), "Int(6)");
    assert_eq!(value("Remark").unwrap(), r#"Str("call again")"#);
    assert_eq!(value("Points").unwrap(), "Int(3)");

    // Nobody is called back who is not to be called.
    let mut desktop = self::desktop();
    draft.set_do_not_call(true).unwrap();
    draft
        .reschedule(&RescheduleRecord {
            interaction_id: "2".into(),
            record_handle: 283,
            reschedule_date: date(2027, 5, 3).at(10, 0, 0, 0),
            callback_type: CallbackType::Personal,
            unlisted: Members::default(),
        })
        .unwrap();
    let refused = draft.finish(&mut desktop, Duration::ZERO, id).unwrap_err();
    assert_eq!(refused, Refused::NeedsProcessed);
    draft.callback = None;
    draft.finish(&mut desktop, Duration::ZERO, id).unwrap();
    // What was changed goes before it.
    let sent = desktop.poll_transmit().unwrap();
    assert_eq!(sent.message_type.to_string(), "UpdateCallCompletionStats");
}
