//! The trace.

use super::*;

#[test]
fn whole_logs_have_other_lines_around() {
    let log = b"2021-03-17T14:42:39 Trc 04541 EventUserEvent\r\n\
        \tAttributeThisDN\t'3800'\r\n\
        \tAttributeUserData\t[99] 00 04 00 00..\r\n\
        \t\t'GSW_USER_EVENT'\t'CampaignStarted'\r\n\
        \t\t'GSW_APPLICATION_ID'\t139\r\n\
        \t\t'it's' 'a \"quoted\" 'value''\r\n\
        \t\t'big'\t4294967295\r\n\
        \tAttributeEventSequenceNumber\t000000000000012f\r\n\
        \r\n\
        AttributeExtensions [2] 00 00\r\n\
        \r\n\
        broken tail \xff\xfe without a line end";
    let lists = all(log);
    assert_eq!(lists.len(), 2);
    let first = lists[0].as_ref().unwrap();
    assert_eq!(
        (first.attribute.clone(), first.line, first.printed_length),
        ("UserData".into(), 3, Some(99))
    );
    assert_eq!(
        first.data.view().value("it's"),
        Some(Value::Str("a \"quoted\" 'value'".into()))
    );
    assert_eq!(
        first.data.view().value("big"),
        Some(Value::Int(4_294_967_295))
    );
    assert_eq!(
        MessageType::of(&first.data),
        Ok(MessageType::CampaignStarted)
    );
    let second = lists[1].as_ref().unwrap();
    assert_eq!(
        (
            second.attribute.clone(),
            second.line,
            second.data.view().len()
        ),
        ("Extensions".into(), 10, 0)
    );
}

#[test]
fn spaces_do_as_well_as_tabs() {
    let data = only(
        "  AttributeUserData [7] 00 02 03 00..\n      'a'(list) 'b' 1\n          'c'(list)\n              'd' 'e'\n      'f' ''\n",
    );
    let mut c = AttachedDataBuf::new();
    c.push("d", "e");
    let mut a = AttachedDataBuf::new();
    a.push("b", 1);
    a.push("c", c);
    let mut expected = AttachedDataBuf::new();
    expected.push("a", a);
    expected.push("f", "");
    assert_eq!(data, expected);
}

#[cfg(feature = "serde")]
#[test]
fn lists_that_begin_on_one_line_end_where_indentation_says() {
    let data = only(&header(
        "\t\t'a'(list) 'b'(list) 'c'\t1\n\t\t\t'd'\t2\n\t\t'e'\t3\n",
    ));
    assert_eq!(
        json::write(data.view()).replace(['\n', ' '], ""),
        r#"{"a":{"b":{"c":1},"d":2},"e":3}"#
    );
    let data = only(&header(
        "\t\t'a'(list) 'b'(list) 'c'\t1\n\t\t\t\t'd'\t2\n\t\t\t'e'\t3\n",
    ));
    assert_eq!(
        json::write(data.view()).replace(['\n', ' '], ""),
        r#"{"a":{"b":{"c":1,"d":2},"e":3}}"#
    );
}

#[test]
fn lost_indentation_leaves_the_length() {
    // 'RTR' 115 packs to 14 bytes; what follows looks like a pair and belongs to nobody.
    let log = "AttributeReason [14] 00 01 01 00..\n'RTR' 115\n'not' 'in the list'\n";
    let data = only(log);
    assert_eq!(
        data.view().iter().map(|pair| pair.key).collect::<Vec<_>>(),
        ["RTR"]
    );
    let lost: String = SAMPLES
        .lines()
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    let (kept, lost) = (all(SAMPLES.as_bytes()), all(lost.as_bytes()));
    assert_eq!(kept.len(), lost.len());
    for (kept, lost) in kept.into_iter().zip(lost) {
        assert_eq!(kept.unwrap().data, lost.unwrap().data);
    }
}

#[test]
fn hidden_values_are_counted() {
    let log = header("\t\t'GSW_PHONE'\t*\n\t\t'Name'\n\t\t'Star'\t'*'\n");
    let list = trace::lists(log.as_bytes()).next().unwrap().unwrap();
    assert_eq!((list.hidden, list.losses), (2, 0));
    let shown: Vec<_> = list.data.view().iter().map(|pair| pair.value).collect();
    assert_eq!(shown, [Value::Hidden, Value::Hidden, "*".into()]);
    let error = list.data.view().pack().unwrap_err();
    assert_eq!(error.to_string(), "GSW_PHONE: the value is hidden");
    let again = trace::write("UserData", list.data.view()).unwrap();
    assert_eq!(all(&again)[0].as_ref().unwrap().data, list.data);
}

#[test]
fn errors_of_traces_name_their_place_and_the_search_goes_on() {
    let error = |pairs: &str| {
        let list = all(header(pairs).as_bytes()).remove(0).unwrap();
        assert_eq!((list.losses, list.lost.len()), (1, 1), "{pairs}");
        list.lost[0].to_string()
    };
    assert_eq!(
        error("\t\t'k'\t12x\n"),
        "line 2, column 6: 'key' and value expected"
    );
    assert_eq!(
        error("\t\t'ok'\t1\n\t\tk\t1\n"),
        "line 3, column 3: 'key' and value expected"
    );
    assert_eq!(
        error("\t\t'k'\t'open\n"),
        "line 2, column 6: 'key' and value expected"
    );
    assert_eq!(
        error("\t\t'k'\t9223372036854775808\n"),
        "line 2, column 6: 'key' and value expected"
    );
    let log = format!("{}{SAMPLES}", header("\t\t'k'\t12x\n\t\t'l'\t7\n"));
    let lists = all(log.as_bytes());
    assert_eq!(lists.len(), 4);
    let first = lists[0].as_ref().unwrap();
    assert_eq!(
        first.data.view().value("l"),
        Some(Value::Int(7)),
        "one line costs one pair"
    );
    assert_eq!(lists[1].as_ref().unwrap().line, 4);
    assert_eq!(
        all(b"\tAttributeUserData\t[99999999999999999999999] 00\n").len(),
        0,
        "a length that is no number"
    );
}

#[test]
fn what_a_trace_cannot_tell_apart_is_not_written() {
    let ambiguous = |key: &str, value: ValueBuf| {
        let mut data = AttachedDataBuf::new();
        data.push(key, value);
        matches!(trace::write("X", data.view()), Err(TraceWriteError::Ambiguous { key: at }) if at == key)
    };
    assert!(ambiguous("k", "two\nlines".into()));
    assert!(ambiguous("k\n", 1.into()));
    // The first line alone would pass for the whole of it.
    assert!(ambiguous("k", "two'\nlines".into()));
    assert!(ambiguous("k", ValueBuf::Unicode(b"two'\nlines".to_vec())));
    assert!(ambiguous("a' 'b", "c".into()));
    assert!(ambiguous("a'(list) 'b", 1.into()));
    assert!(!ambiguous("it's", "'fine'".into()));
    assert!(matches!(
        trace::write("User Data", AttachedData::default()),
        Err(TraceWriteError::AttributeName)
    ));
    let mut wide = AttachedDataBuf::new();
    wide.push("k", i64::MAX);
    assert!(matches!(
        trace::write("X", wide.view()),
        Err(TraceWriteError::Pack(_))
    ));
}

/// Found by fuzzing: a line that seems to begin a list, and is no pair of it, began it again and
/// again until the stack ran out.
#[test]
fn a_line_that_begins_a_list_is_a_pair_of_it() {
    for (log, pairs) in [
        (":: GSW_PHONE=1\n", 1),
        ("a.b: GSW_PHONE=1\n", 1),
        ("KVList: 'a' 'b'\n", 1),
        ("KVList: KVList: 'a' 'b'\n", 0),
        ("KVList: 'KVList: ' 'GSW_PHONE'\t1\n", 1),
        ("x KVList: 'a'(list) 'KVList:' 'GSW_A' 'b'\n", 1),
        ("> GSW_PHONE=1\n> GSW_ATTEMPTS=2\n", 2),
    ] {
        let lists = all(log.as_bytes());
        let found: usize = lists
            .iter()
            .map(|list| list.as_ref().unwrap().data.view().len())
            .sum();
        assert_eq!(found, pairs, "{log}: {lists:?}");
    }
    // As deep as a line has room for.
    for part in [
        "KVList: 'GSW_A' ",
        ":: GSW_A=",
        "'GSW_A'(list) ",
        "KVList:\\n",
    ] {
        let line = format!("{}\n", part.repeat((1 << 18) / part.len()));
        drop(all(line.as_bytes()));
    }
}

/// A text may have any number of lines in it, and its line ends are its own.
#[test]
fn a_value_of_several_lines_keeps_its_line_ends() {
    let data = only(&header("\t\t'note' 'one\ntwo\n\nfour'\n\t\t'next' 1\n"));
    let note = Value::Str("one\ntwo\n\nfour".into());
    assert_eq!(data.view().value("note"), Some(note));
    assert_eq!(data.view().value("next"), Some(Value::Int(1)));
}

/// Something stands between a key and its value: two quotes side by side are in a key.
#[test]
fn a_value_that_does_not_end_on_its_line_stands_apart_from_its_key() {
    let read = |line: &str| {
        let mut lists = all(header(&format!("{line}\nend'\n\t\t'next' 1\n")).as_bytes());
        assert_eq!(lists.len(), 1);
        lists.remove(0).map(|list| list.data.view().len())
    };
    assert_eq!(read("\t\t'key' 'begin"), Ok(2));
    assert_eq!(read("\t\t'key''begin"), Ok(0));
}
