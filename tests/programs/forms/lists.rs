//! Lists in all the forms in which people have them, as `attached_data` reads them.

use cti_codec::gsw::{AttachedData, AttachedDataBuf, Value, json, trace};

use super::*;

/// Lists with one of everything.
pub(crate) fn sample() -> Vec<AttachedDataBuf> {
    let mut started = AttachedDataBuf::new();
    started.push("GSW_USER_EVENT", "CampaignStarted");
    started.push("GSW_APPLICATION_ID", 139);
    started.push("GSW_CAMPAIGN_NAME", "Spring, 2025: all");
    let mut request = AttachedDataBuf::new();
    request.push("GSW_AGENT_REQ_TYPE", "PreviewRecordRequest");
    request.push("GSW_APPLICATION_ID", 139);
    request.push("GSW_REFERENCE_ID", 3);
    request.push("Note", "");
    let mut customer = AttachedDataBuf::new();
    customer.push("Name", "Jo Doe");
    customer.push("Visits", 7);
    let mut record = AttachedDataBuf::new();
    record.push("GSW_PHONE", "+33 5");
    record.push("Segment", "gold");
    record.push("Customer", customer);
    vec![started, request, record]
}

pub(crate) fn packed(list: &AttachedDataBuf) -> Vec<u8> {
    list.view().pack().unwrap()
}

/// The list as the program shows it.
pub(crate) fn object(list: &AttachedDataBuf) -> String {
    json::write(list.view())
}

/// Pairs one to a line, in the words of a program.
fn pairs(
    data: AttachedData<'_>,
    depth: usize,
    write: fn(&str, Value<'_>) -> String,
    out: &mut String,
) {
    for pair in data {
        let key = pair.key.to_string();
        let _ = writeln!(out, "{}{}", "\t".repeat(depth), write(&key, pair.value));
        if let Value::List(list) = pair.value {
            pairs(list, depth + 1, write, out);
        }
    }
}

fn sdk(key: &str, value: Value<'_>) -> String {
    match value {
        Value::Int(number) => format!("'{key}' [int] = {number}"),
        Value::List(_) => format!("'{key}' [lst] = KVList: "),
        value => format!("'{key}' [str] = \"{}\"", value.as_text().unwrap()),
    }
}

fn typed(key: &str, value: Value<'_>) -> String {
    match value {
        Value::Int(number) => format!("'{key}' [integer] = {number}"),
        Value::List(_) => format!("'{key}' [list] = TKVList:"),
        value => format!("'{key}' [string] = '{}'", value.as_text().unwrap()),
    }
}

fn interaction(key: &str, value: Value<'_>) -> String {
    match value {
        Value::List(_) => format!("'{key}' [list, size (unpacked)=40] ="),
        other => sdk(key, other),
    }
}

fn bare(key: &str, value: Value<'_>) -> String {
    match value {
        Value::Int(number) => format!("'{key}'\t{number}"),
        Value::List(_) => format!("'{key}'(list)"),
        value => format!("'{key}'\t'{}'", value.as_text().unwrap()),
    }
}

fn under(head: &str, list: &AttachedDataBuf, write: fn(&str, Value<'_>) -> String) -> String {
    let mut text = format!("\t{head}\n");
    pairs(list.view(), 2, write, &mut text);
    text
}

fn value(list: &AttachedDataBuf) -> serde_json::Value {
    serde_json::from_str(&object(list)).unwrap()
}

fn python(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("u'{key}': {}", python(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        serde_json::Value::String(text) => format!("'{text}'"),
        other => other.to_string(),
    }
}

/// A form: its name, how it is written, and whether tools may put something before its lines.
type Written = (&'static str, fn(&AttachedDataBuf) -> String, bool);

/// The forms in which logs and programs have lists, other than their bytes.
pub(crate) const LISTS: &[Written] = &[
    (
        "T-Server",
        |list| {
            String::from_utf8(trace::write("UserData", list.view()).unwrap()).unwrap()
                + "\tAttributeThisDN\t'3308'\n"
        },
        true,
    ),
    (
        "Platform SDK",
        |list| {
            under("AttributeUserData [bstr] = KVList: ", list, sdk)
                + "\tAttributeThisDN [str] = \"3308\"\n"
        },
        true,
    ),
    ("TKVList", |list| under("TKVList:", list, typed), true),
    (
        "Interaction Server",
        |list| {
            under(
                "attr_user_data [list, size (unpacked)=120] =",
                list,
                interaction,
            ) + "\tattr_ref_id [int] = 12\n"
        },
        true,
    ),
    (
        "bare pairs",
        |list| {
            let mut text = String::new();
            pairs(list.view(), 2, bare, &mut text);
            text + "\n"
        },
        true,
    ),
    (
        "JSON",
        |list| {
            format!(
                "{{\"event\":\"x\",\"call\":{{\"id\":7,\"userData\":{}}}}}\n",
                object(list)
            )
        },
        true,
    ),
    (
        "JSON over lines",
        |list| {
            let whole = serde_json::json!({"calls": [{"userData": value(list)}]});
            serde_json::to_string_pretty(&whole).unwrap() + "\n"
        },
        false,
    ),
    (
        "JSON in a line",
        |list| format!("POST /x body={{\"userData\":{}}} took 3 ms\n", object(list)),
        true,
    ),
    (
        "JSON in JSON",
        |list| {
            let inner = serde_json::json!({ "userData": value(list) }).to_string();
            let middle = serde_json::json!({ "body": inner }).to_string();
            serde_json::json!({ "level": "info", "msg": middle }).to_string() + "\n"
        },
        true,
    ),
    (
        "Python dict",
        |list| format!("got {{'userData': {}}}\n", python(&value(list))),
        true,
    ),
    (
        "a cell of CSV",
        |list| {
            let inner = serde_json::json!({ "userData": value(list) }).to_string();
            format!("12,ocs,\"{}\",end\n", inner.replace('"', "\"\""))
        },
        true,
    ),
];

/// Checks that an input gives these lists and nothing else.
#[track_caller]
fn gives(input: &[u8], lists: &[AttachedDataBuf], what: &str) {
    let expected: String = lists.iter().map(|list| object(list) + "\n").collect();
    let got = ran("attached_data", &["--to", "json"], input);
    assert_eq!(
        (got.out.as_str(), got.err.as_str(), got.status),
        (expected.as_str(), "", Some(0)),
        "{what}\n{}",
        String::from_utf8_lossy(input)
    );
}

fn in_a_log(text: &str) -> String {
    format!("10:15:00 [main] got 3 parts (0, 1) of 12:\n{text}10:15:01 done\n")
}

#[test]
fn every_form_of_bytes_is_read() {
    let lists = sample();
    for (name, form) in FORMS {
        let text: String = lists.iter().map(|list| form(&packed(list))).collect();
        gives(text.as_bytes(), &lists, name);
        let text: String = lists
            .iter()
            .map(|list| in_a_log(&form(&packed(list))))
            .collect();
        gives(text.as_bytes(), &lists, name);
    }
}

#[test]
fn every_form_of_logs_is_read() {
    let lists = sample();
    for (name, form, _) in LISTS {
        let text: String = lists.iter().map(|list| in_a_log(&form(list))).collect();
        gives(text.as_bytes(), &lists, name);
    }
}

#[test]
fn every_prefix_is_passed_over() {
    let lists = sample();
    for (prefix_name, prefix) in PREFIXES {
        for (name, form) in FORMS.iter().filter(|(name, _)| ROWS.contains(name)) {
            let text: String = lists
                .iter()
                .map(|list| prefixed(&form(&packed(list)), *prefix))
                .collect();
            gives(text.as_bytes(), &lists, &format!("{prefix_name}, {name}"));
        }
        for (name, form, rows) in LISTS {
            if *rows {
                let text: String = lists
                    .iter()
                    .map(|list| prefixed(&form(list), *prefix) + "next\n")
                    .collect();
                gives(text.as_bytes(), &lists, &format!("{prefix_name}, {name}"));
            }
        }
    }
}

#[test]
fn every_encoding_is_read() {
    let lists = sample();
    for (encoding, encode) in ENCODINGS {
        let text: String = LISTS
            .iter()
            .map(|(_, form, _)| in_a_log(&form(&lists[2])))
            .chain(
                FORMS
                    .iter()
                    .map(|(_, form)| in_a_log(&form(&packed(&lists[1])))),
            )
            .collect();
        let expected: Vec<AttachedDataBuf> = LISTS
            .iter()
            .map(|_| lists[2].clone())
            .chain(FORMS.iter().map(|_| lists[1].clone()))
            .collect();
        gives(&encode(&text), &expected, encoding);
    }
}

#[test]
fn what_is_no_list_is_none() {
    for (text, words) in [
        (
            "0000000 0000 0100 0001\n",
            "words of 2 bytes, read as little-endian",
        ),
        (
            "retries [0, 1, 0, 0, 3, 1, 2] of (0, 1)\n",
            "no attached data found",
        ),
        ("0001 0203 0405 0607 0809\n", "no list begins"),
        (
            "{\"level\":\"info\",\"msg\":\"up\"}\n{\"level\":\"info\",\"msg\":\"down\"}\n",
            "records of a log",
        ),
        (
            "{\"message\":\"HEARTBEAT_REQ\",\"id\":5,\"fields\":{\"InvokeID\":7}}\n",
            "which encode packs",
        ),
        (
            "one\ntwo GSW_PHONE\n",
            "GSW_ keys at line 2, but no list around them",
        ),
        (
            "MHDR:    0000: 00 00 00 04 00 00 00 05 ........\n",
            "MHDR rows at line 1, which decode shows",
        ),
        (
            "\n{ length=4 type=HEARTBEAT_REQ, invokeID: 7 }\n",
            "messages of Unified CCX at line 2",
        ),
        (
            "message EventRinging\n\tAttributeThisDN\t'3308'\n",
            "events of a T-Server at line 1",
        ),
        ("x\n{\"a\": {\"b\": 1}} y\n", "JSON at line 2"),
    ] {
        let got = ran("attached_data", &["--to", "json"], text.as_bytes());
        assert_eq!((got.out.as_str(), got.status), ("", Some(1)), "{text}");
        assert!(got.err.contains(words), "{words}: {}", got.err);
    }
    // What looks like another form in the text column of a dump is none.
    let mut list = AttachedDataBuf::new();
    list.push("k", "{\"GSW_PHONE\":\"1\"}  'GSW_PHONE'\t'1'");
    let dump = format!("begin\n{}end\n", HexDump(&packed(&list)));
    gives(dump.as_bytes(), &[list], "a text column");
}

#[test]
fn an_explanation_tells_of_every_passage() {
    let list = &sample()[0];
    let mut log = String::new();
    for (_, form, _) in LISTS {
        log += &in_a_log(&form(list));
    }
    for (_, form) in FORMS {
        log += &in_a_log(&form(&packed(list)));
    }
    let got = ran(
        "attached_data",
        &["--explain", "--to", "json"],
        log.as_bytes(),
    );
    assert_eq!(got.status, Some(0));
    for words in [
        "text, which is looked at line by line",
        "a list of a server's trace: AttributeUserData with its length in brackets",
        "pairs with their types",
        "pairs by themselves, the first with a key of the manuals",
        "a member userData of JSON",
        "a dump begins",
        "a passage of hex digits begins",
        "a packed list, whole to its last byte",
        "which are whole packed lists",
    ] {
        assert!(got.err.contains(words), "{words}\n{}", got.err);
    }
    let left = "one GSW_PHONE two\n{\"a\":1} x\n[1, 2, 3]\n00000000: 00 00 00 00 00 00 00 00\nx\n";
    let got = ran("attached_data", &["--explain"], left.as_bytes());
    for words in [
        "line 1: left: GSW_ keys",
        "line 2: left: JSON",
        "line 4: left, as no list begins with these bytes",
    ] {
        assert!(got.err.contains(words), "{words}\n{}", got.err);
    }
}
