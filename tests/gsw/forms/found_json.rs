//! Lists in JSON, wherever they sit in it.

use super::*;
use trace::Form;

/// The lists of a text, each with its name.
fn found(text: &str) -> Vec<(String, String)> {
    all(text.as_bytes())
        .into_iter()
        .map(|list| {
            let list = list.unwrap();
            assert_eq!(list.form, Form::Json, "{text}");
            (list.attribute.to_string(), json::write(list.data.view()))
        })
        .collect()
}

const LIST: &str = r#"{"Segment":"gold","Visits":12,"Customer":{"Name":"Jo \"D\" Doe"}}"#;

#[test]
fn a_list_is_found_in_every_envelope() {
    let workspace = json::write_workspace(json::read(LIST.as_bytes()).unwrap().view()).unwrap();
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    for text in [
        format!(r#"{{"userData":{LIST}}}"#),
        format!(r#"{{"userData":{workspace}}}"#),
        format!(r#"{{"event":{{"call":[1,{{"AttributeUserData":{LIST}}}]}},"x":null}}"#),
        format!(r#"[{{"a":1}},{{"user_data":{LIST},"b":2}}]"#),
        format!(r#"{{"data":{}}}"#, quoted(&format!(r#"{{"userData":{LIST}}}"#))),
        format!(r#"{{"userData":{}}}"#, quoted(LIST)),
        format!(r#"{{"userData":{}}}"#, quoted(&workspace)),
        format!(r#"10:21:07.1 [INFO] (main) POST body={{"userData":{LIST}}} to {{host}}"#),
        format!("{{\n  \"userData\":\n    {}\n}}", LIST.replace(',', ",\n  ")),
        format!("> {{\"userData\": {LIST}}}"),
        format!(r#"12,"{}",x"#, format!(r#"{{"userData":{LIST}}}"#).replace('"', "\"\"")),
        format!(r#"say "{}""#, format!(r#"{{"userData":{LIST}}}"#).replace('\\', "\\\\").replace('"', "\\\"")),
        r#"{'userData': {u'Segment': 'gold', 'Visits': 12, "Customer": {'Name': 'Jo "D" Doe'}}, 'x': None, 'y': (True, False)}"#.to_owned(),
        r#"{'load': 1e-5, 'peak': 2E3, 'userData': {'Segment': 'gold', 'Visits': 12, 'Customer': {'Name': 'Jo "D" Doe'}}}"#.to_owned(),
    ] {
        let lists = found(&format!("before\n{text}\nafter\n"));
        // A table's cell cannot tell a doubled quote from two; one sample has none within.
        let [(_, list)] = &lists[..] else { panic!("{text}\n{lists:?}") };
        assert_eq!(list, LIST, "{text}");
    }
}

#[test]
fn names_and_lines_are_told() {
    let text = format!("x\n{{\"a\":[{{\"Extensions\":{LIST}}},\n{{\"reasons\":{LIST}}}]}}\n");
    let lists: Vec<_> = all(text.as_bytes())
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let told: Vec<_> = lists
        .iter()
        .map(|list| (list.attribute.to_string(), list.line))
        .collect();
    assert_eq!(told, [("Extensions".into(), 2), ("reasons".into(), 2)]);
    // Whatever is left open above it, a list is there.
    for before in ["{\"open\": [", "{\"a\": {", "{ \"it's", "[[[[", "{\"x\":1]"] {
        let text = format!("{before}\n{{\"userData\":{LIST}}}\n");
        assert_eq!(found(&text).len(), 1, "{before}");
        let text = format!("{before}\n\tAttributeUserData\t[14] 00 01 00 00..\n\t\t'RTR'\t115\n");
        assert_eq!(all(text.as_bytes()).len(), 1, "{before}");
    }
}

#[test]
fn an_object_with_a_key_of_the_manuals_is_a_list() {
    let list = r#"{"GSW_USER_EVENT":"CampaignStarted","GSW_APPLICATION_ID":139,"x":"y"}"#;
    let text = format!(
        r#"{{"request":"outbound.getChainedRecords","data":[{{"records":[{list},{list}]}}]}}"#
    );
    assert_eq!(
        found(&text),
        [
            ("records".into(), list.into()),
            ("records".into(), list.into())
        ]
    );
    assert_eq!(found(list), [(String::new(), list.into())]);
    for nothing in [
        r#"{"level":"info","msg":"started"}"#,
        "[1,2,3]",
        "a [INFO] {brace}",
        "{}",
        r#"{"userData":null}"#,
        r#"{"userData":"text"}"#,
        r#"{"userData":{"a":"unclosed"#,
        "{\"userData\" {}}",
        r#"[{"key":"a","name":"b"}]"#,
    ] {
        assert_eq!(found(nothing), [], "{nothing}");
    }
}

#[test]
fn what_a_list_cannot_hold_is_told() {
    let text = r#"{"userData":{"GSW_PHONE":null,"f":1.5,"t":true,"a":[1,{"b":"c"}],"wide":18446744073709551615}}"#;
    let list = all(text.as_bytes()).remove(0).unwrap();
    assert_eq!((list.hidden, list.converted), (1, 4));
    assert_eq!(
        json::write(list.data.view()),
        r#"{"GSW_PHONE":null,"f":"1.5","t":"true","a":"[1,{\"b\":\"c\"}]","wide":"18446744073709551615"}"#
    );
    let ours = r#"{"userData":{"b":{"$binary":"00ff"},"l":{"$list":[["k",1],["k",2]]},"u":{"$unicode":"x"}}}"#;
    let list = all(ours.as_bytes()).remove(0).unwrap();
    assert_eq!(list.converted, 0);
    assert!(
        ours.contains(&json::write(list.data.view())),
        "{:?}",
        list.data
    );
}

/// JSON without an end costs no more than the limit, and what is whole within it comes out.
#[test]
fn brackets_that_stay_open_are_bounded() {
    let limits = Limits {
        max_bytes: 4096,
        ..Limits::default()
    };
    let mut reader = trace::Reader::with_limits(limits);
    let mut lists = 0;
    reader.feed(b"[");
    for _ in 0..1000 {
        reader.feed(format!("{{\"userData\":{LIST}}},\n").as_bytes());
        lists += std::iter::from_fn(|| reader.next_list()).count();
    }
    assert!(lists > 900, "they come out on the way: {lists}");
    reader.finish();
    lists += std::iter::from_fn(|| reader.next_list()).count();
    assert_eq!(lists, 1000);
    for open in ["{", "[", "{\"a\":", "[{\"a\":[", "{\"", "{'"] {
        let text = open.repeat(100_000);
        assert_eq!(all(text.as_bytes()).len(), 0, "{open}");
    }
}
