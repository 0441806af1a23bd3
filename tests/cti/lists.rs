//! Attached data: inputs at the edge of what is a list.

use super::run::{Ran, ran};

fn lists(args: &[&str], input: &str) -> Ran {
    ran(
        "attached-data",
        &[&["--to", "json"], args].concat(),
        input.as_bytes(),
    )
}

#[test]
fn an_object_that_does_not_end_is_told() {
    let got = lists(&[], "{\"GSW_A\":\"x\"}\n{\"GSW_B\":");
    assert_eq!(
        (got.out.as_str(), got.status),
        ("{\"GSW_A\":\"x\"}\n", Some(1))
    );
    let told = "cti attached-data: standard input: line 2: the object does not end\n";
    assert_eq!(got.err, told);
}

/// Where there is a list, other objects are passed over without a word.
#[test]
fn objects_that_are_no_lists_are_told_of_only_where_there_is_no_list() {
    let list = "{\"GSW_A\":\"x\"}\n";
    for other in [
        r#"{"id":5,"hex":"00"}"#,
        r#"{"time":"10:15","msg":"started"}"#,
    ] {
        let got = lists(&[], &format!("{list}{other}\n"));
        assert_eq!((got.out.as_str(), got.err.as_str()), (list, ""));
        assert_eq!(got.status, Some(0));
        let alone = lists(&[], other);
        assert_eq!((alone.out.as_str(), alone.status), ("", Some(1)));
        assert!(alone.err.contains("JSON at line 1, but"), "{}", alone.err);
    }
    // One member that a log might have makes no record of a log.
    let got = lists(&[], r#"{"time":"10:15","a":1}"#);
    assert_eq!(got.out, "{\"time\":\"10:15\",\"a\":1}\n");
    assert_eq!((got.err.as_str(), got.status), ("", Some(0)));
}

/// Each line that a list has something of is explained as a part of it and as nothing else.
#[test]
fn what_a_list_takes_is_not_said_to_be_left() {
    let trace = "\tAttributeUserData\t[20] 00 01 00 00..\n\t\t'GSW_A'\t'abc'\n";
    let json = "log {\"GSW_A\":\"x\"}\nlog {\"GSW_B\":\"x\"}\n";
    for (input, count) in [(trace, 1), (json, 2)] {
        let got = lists(&["--explain"], input);
        assert_eq!((got.out.lines().count(), got.status), (count, Some(0)));
        assert!(!got.err.contains("left"), "{}", got.err);
        // The form of the input, and each list.
        assert_eq!(got.err.lines().count(), 1 + count, "{}", got.err);
    }
}

#[test]
fn too_little_is_nothing_in_particular() {
    let nothing = "cti attached-data: standard input: no attached data found";
    for little in ["", "\n", "7", "got [9, 9, 9, 9, 9, 9, 9]\n"] {
        let got = lists(&[], little);
        assert_eq!((got.out.as_str(), got.status), ("", Some(1)));
        assert_eq!(got.err, format!("{nothing}\n"), "{little:?}");
    }
    for (enough, words) in [
        ("77", "these are hex digits"),
        (
            "got [9, 9, 9, 9, 9, 9, 9, 9]\n",
            "an array of 8 bytes at line 1",
        ),
    ] {
        let got = lists(&[], enough);
        let told = format!("{nothing}: {words}");
        assert!(got.err.starts_with(&told), "{enough:?} {}", got.err);
    }
}

/// Lines count from the beginning of the input, in a trace among objects too.
#[test]
fn a_bad_line_behind_objects_has_its_number() {
    let trace = "\n\tAttributeUserData\t[9] 00 01\n\t\tkey\tx\n\t\t'a'\t'b'\n";
    let got = lists(&[], &format!("{{\"x\":1}}\n{{{trace}}}\n"));
    assert_eq!(
        (got.out.as_str(), got.status),
        ("{\"x\":1}\n{\"a\":\"b\"}\n", Some(1))
    );
    let told = "line 4, column 3: 'key' and value expected\n";
    assert!(got.err.ends_with(told), "{}", got.err);
}

/// That pairs are announced and none is there is told beside the list, which is empty.
#[test]
fn a_list_without_its_pairs_has_a_note() {
    let got = lists(&[], "\tAttributeUserData\t[20] 00 01 00 00..\n\nother\n");
    assert_eq!((got.out.as_str(), got.status), ("{}\n", Some(1)));
    assert_eq!(
        got.err,
        "cti attached-data: standard input:1: attached data: note: the trace says 20 bytes, these \
         pairs pack to 2\n\
         cti attached-data: standard input: line 1: 20 bytes of pairs are announced, and none is \
         there\n"
    );
    // A list that has none is no loss.
    let got = lists(&[], "\tAttributeUserData\t[2] 00 00\n\nother\n");
    assert_eq!((got.out.as_str(), got.err.as_str()), ("{}\n", ""));
    assert_eq!(got.status, Some(0));
}
