//! Traces as they lie around: with something before each line, through word processors, with lines
//! spoilt or hidden.

use super::*;

/// A list with nested ones, as each program prints it. Lines begin with a tab for each level.
const SERVER: &str = "\tAttributeUserData\t[86] 00 03 03 00..\n\
    \t\t'Customer'(list) 'Name'\t'Jo Doe'\n\
    \t\t\t'Visits'\t12\n\
    \t\t'GSW_PHONE'\t'+33 5'\n\
    \t\t'It's \"so\"'\t'it's'\n\
    \tAttributeThisDN\t'3308'\n";

const SDK: &str = "\tAttributeUserData [bstr] = KVList: \n\
    \t\t'Customer' [lst] = KVList: \n\
    \t\t\t'Name' [str] = \"Jo Doe\"\n\
    \t\t\t'Visits' [int] = 12\n\
    \t\t'GSW_PHONE' [str] = \"+33 5\"\n\
    \t\t'It's \"so\"' [str] = \"it's\"\n\
    \tAttributeThisDN [str] = \"3308\"\n";

const TYPED: &str = "\tTKVList:\n\
    \t\t'Customer' [list] = TKVList:\n\
    \t\t\t'Name' [string] = 'Jo Doe'\n\
    \t\t\t'Visits' [integer] = 12\n\
    \t\t'GSW_PHONE' [string] = '+33 5'\n\
    \t\t'It's \"so\"' [string] = 'it's'\n";

const INTERACTION: &str = "\tattr_user_data [list, size (unpacked)=120] =\n\
    \t\t'Customer' [list, size (unpacked)=40] =\n\
    \t\t\t'Name' [str] = \"Jo Doe\"\n\
    \t\t\t'Visits' [int] = 12\n\
    \t\t'GSW_PHONE' [str] = \"+33 5\"\n\
    \t\t'It's \"so\"' [str] = \"it's\"\n\
    \tattr_ref_id [int] = 12\n";

const BARE: &str = "\t\t'GSW_PHONE'\t'+33 5'\n\
    \t\t'Customer'(list) 'Name'\t'Jo Doe'\n\
    \t\t\t'Visits'\t12\n\
    \t\t'It's \"so\"'\t'it's'\n";

fn customer() -> AttachedDataBuf {
    let mut customer = AttachedDataBuf::new();
    customer.push("Name", "Jo Doe");
    customer.push("Visits", 12);
    let mut data = AttachedDataBuf::new();
    data.push("Customer", customer);
    data.push("GSW_PHONE", "+33 5");
    data.push("It's \"so\"", "it's");
    data
}

/// The pairs, whatever their order.
fn sorted(data: &AttachedDataBuf) -> Vec<String> {
    let mut pairs: Vec<String> = data.view().iter().map(|pair| format!("{pair:?}")).collect();
    pairs.sort();
    pairs
}

fn one(log: &str) -> trace::TraceList {
    let mut lists = all(log.as_bytes());
    assert_eq!(lists.len(), 1, "{log}\n{lists:?}");
    lists.remove(0).unwrap()
}

/// Every form in every disguise gives the list, all of it and nothing else.
#[test]
fn a_list_is_found_in_each_form_behind_whatever_tools_put_before_lines() {
    let plain = |_: usize, line: &str| line.to_owned();
    type Lead = fn(usize, &str) -> String;
    let leads: [(&str, Lead); 9] = [
        ("none", plain),
        ("grep", |n, line| match n % 3 {
            0 => format!("ocs-2.log:{}:{line}", n + 98),
            _ => format!("ocs-2.log-{}-{line}", n + 98),
        }),
        ("syslog", |n, line| {
            format!("Mar  1 10:21:{:02} ocs2 OCServer[77]: {line}", n + 8)
        }),
        ("mail", |_, line| format!("> {line}")),
        ("mail twice", |_, line| format!("> > {line}")),
        ("find list", |n, line| format!("  Line {}: {line}", n + 9)),
        ("cat -n", |n, line| format!("{:6}\t{line}", n + 9)),
        ("iso", |n, line| {
            format!("2026-03-01T10:21:07.{:03}+01:00 node {line}", n + 8)
        }),
        ("carriage return", |_, line| format!("{line}\r")),
    ];
    for (form, text) in [
        ("server", SERVER),
        ("sdk", SDK),
        ("typed", TYPED),
        ("interaction", INTERACTION),
        ("bare", BARE),
    ] {
        for (name, lead) in leads {
            let log: String = ["10:21:07 something else", ""]
                .into_iter()
                .chain(text.lines())
                .chain(["10:21:08 'quoted' words, and no pair"])
                .enumerate()
                .map(|(number, line)| lead(number, line) + "\n")
                .collect();
            let list = one(&log);
            assert_eq!(
                sorted(&list.data),
                sorted(&customer()),
                "{form}, {name}: {log}"
            );
            assert_eq!((list.hidden, list.losses), (0, 0), "{form}, {name}");
            assert_eq!(list.line, 3, "{form}, {name}");
            if form == "server" {
                assert_eq!(list.missing(), Some(0), "{name}");
            }
        }
    }
}

#[test]
fn forms_say_which_they_are() {
    let form = |log| {
        let list = one(log);
        (list.form, list.attribute.to_string(), list.printed_length)
    };
    assert_eq!(
        form(SERVER),
        (trace::Form::Server, "UserData".into(), Some(86))
    );
    assert_eq!(form(SDK), (trace::Form::Typed, "UserData".into(), None));
    assert_eq!(form(TYPED), (trace::Form::Typed, String::new(), None));
    assert_eq!(
        form(INTERACTION),
        (trace::Form::Typed, "attr_user_data".into(), None)
    );
    assert_eq!(form(BARE), (trace::Form::Bare, String::new(), None));
}

#[test]
fn word_processors_may_have_been_at_it() {
    let disguises: [fn(&str) -> String; 5] = [
        |log| log.replace('\t', "\u{a0}\u{a0}\u{a0}\u{a0}"),
        |log| {
            log.replace("'C", "\u{2018}C")
                .replace("'\t'", "\u{2019}\t\u{2018}")
        },
        |log| log.replace('\n', "\n\n"),
        |log| log.replace('\n', "\r\n   \r\n"),
        |log| log.replace('\t', "    "),
    ];
    for (number, disguise) in disguises.into_iter().enumerate() {
        let list = one(&disguise(SERVER));
        assert_eq!(list.data, customer(), "{number}");
        assert_eq!(
            (list.hidden, list.losses, list.missing()),
            (0, 0, Some(0)),
            "{number}"
        );
    }
    let list = one(&SDK
        .replace('"', "\u{201d}")
        .replace("\u{201d}so\u{201d}", "\"so\""));
    assert_eq!(list.data, customer());
}

#[test]
fn where_indentation_is_lost_the_length_decides() {
    let flat: String = SERVER
        .lines()
        .map(|line| format!("{}\n\n", line.trim_start()))
        .collect();
    let log = format!("{flat}'Next' 'pair of nobody'\n");
    let list = one(&log);
    // Nothing tells where the inner list ends.
    assert_eq!((list.missing(), list.losses), (Some(0), 0));
    assert_eq!(
        json::write(list.data.view()),
        r#"{"Customer":{"Name":"Jo Doe","Visits":12,"GSW_PHONE":"+33 5","It's \"so\"":"it's"}}"#
    );
    // Of two lists each has its own.
    let log = "AttributeReasons [14] 00 01 01 00..\n'RTR' 115\n\
        AttributeExtensions [14] 00 01 01 00..\n'Two' 116\n'no' 'one''s'\n";
    let lists: Vec<_> = all(log.as_bytes()).into_iter().flatten().collect();
    let texts: Vec<_> = lists
        .iter()
        .map(|list| json::write(list.data.view()))
        .collect();
    assert_eq!(texts, [r#"{"RTR":115}"#, r#"{"Two":116}"#]);
}

#[test]
fn hidden_values_are_told_and_the_others_shown() {
    for hidden in [
        " [output suppressed]",
        "\t[output suppressed]",
        "\t*",
        "",
        "\t'*****'",
        "\t<hidden>",
        "\tnull",
    ] {
        let log = SERVER.replace("\t'+33 5'", hidden);
        let list = one(&log);
        assert_eq!((list.hidden, list.losses), (1, 0), "{hidden}");
        assert_eq!(list.data.view().value("GSW_PHONE"), Some(Value::Hidden));
        assert_eq!(list.data.view().len(), 3);
        assert_eq!(
            list.missing(),
            Some(5),
            "{hidden}: the bytes of what is hidden"
        );
    }
    let log = SDK.replace("= \"Jo Doe\"", "= [output suppressed]");
    let list = one(&log);
    assert_eq!((list.hidden, list.losses), (1, 0));
    let Some(Value::List(inner)) = list.data.view().value("Customer") else {
        panic!("{list:?}");
    };
    assert_eq!(inner.value("Name"), Some(Value::Hidden));
    assert_eq!(inner.value("Visits"), Some(Value::Int(12)));
}

#[test]
fn a_line_that_is_no_pair_costs_one_pair() {
    for spoilt in [
        "'Visits' 1x2",
        "Visits 12",
        "'Visits",
        "\u{fffd}\u{fffd}",
        "'Visits' {12}",
    ] {
        let log = SERVER.replace("'Visits'\t12", spoilt);
        let list = one(&log);
        assert_eq!((list.losses, list.lost[0].line), (1, 3), "{spoilt}");
        assert_eq!(list.data.view().len(), 3, "{spoilt}");
        // 'Visits' 12 packs to 15 bytes.
        assert_eq!(list.missing(), Some(15), "{spoilt}");
    }
    // Lines cut out: the printed length tells.
    for (line, bytes) in [(3, 15), (4, 19), (5, 18)] {
        let log: String = SERVER
            .lines()
            .enumerate()
            .filter(|(number, _)| number + 1 != line)
            .map(|(_, line)| format!("{line}\n"))
            .collect();
        assert_eq!(one(&log).missing(), Some(bytes), "{line}");
    }
    assert_eq!(
        one("\tAttributeUserData\t[86] 00 03 03 00..\n").missing(),
        Some(84)
    );
}

#[test]
fn a_value_goes_on_to_its_quote() {
    let log = "\tAttributeExtensions\t[53] 00 02 00 00..\n\
        \t\t'Address'\t'1 Main Street\n2nd floor'\n\t\t'Segment'\t'gold'\n\tAttributeThisDN\t'3308'\n";
    let list = one(log);
    assert_eq!((list.losses, list.missing()), (0, Some(0)));
    assert_eq!(
        list.data.view().value("Address"),
        Some("1 Main Street\n2nd floor".into())
    );
    assert_eq!(list.data.view().value("Segment"), Some("gold".into()));
    // A value that looks like a pair, where the length says that it is none.
    let log = "\tAttributeExtensions\t[27] 00 01 00 00..\n\t\t'Note'\t'a\n\t\t'Segment'\t'b'\n";
    assert_eq!(
        one(log).data.view().value("Note"),
        Some("a\n\t\t'Segment'\t'b".into())
    );
    // One that never ends costs itself and nothing else, whatever follows.
    for rest in ["\t\t'Segment'\t'gold'\n", "rest\n\t\t'Segment'\t'gold'\n"] {
        let log =
            format!("\tAttributeExtensions\t[53] 00 02 00 00..\n\t\t'Address'\t'1 Main\n{rest}");
        let list = one(&log);
        assert_eq!(list.lost[0].line, 2);
        assert_eq!(
            list.data.view().len(),
            usize::from(!rest.starts_with("rest"))
        );
    }
    let two = "\tAttributeExtensions\t[53] 00\n\t\t'Address'\t'1 Main\n\tAttributeReasons\t[14] 00 01\n\t\t'RTR'\t115\n";
    let lists = all(two.as_bytes());
    assert_eq!(lists.len(), 2);
    assert_eq!(lists[1].as_ref().unwrap().data.view().len(), 1);
}

#[test]
fn lines_that_a_tool_has_joined_come_apart() {
    for (end, tab) in [("#012", "#011"), ("\\n", "\\t"), ("\\r\\n", "\t")] {
        let line = SERVER.replace('\n', end).replace('\t', tab);
        let log = format!("Mar  1 10:21:07 ocs2 OCServer[77]: {line}\nMar  1 10:21:08 other\n");
        let list = one(&log);
        assert_eq!((list.data, list.line), (customer(), 1), "{end}");
    }
}

#[test]
fn a_table_s_cells_have_quotes_about_them() {
    let log: String = SERVER
        .lines()
        .enumerate()
        .map(|(number, line)| format!("{number},ocs2,\"{line}\"\n"))
        .filter(|line| !line.contains("It's"))
        .collect();
    let list = one(&log);
    assert_eq!((list.data.view().len(), list.losses), (2, 0), "{list:?}");
    assert_eq!(list.data.view().value("GSW_PHONE"), Some("+33 5".into()));
}

#[test]
fn keys_without_quotes_make_a_list_where_the_manuals_know_the_first() {
    for sign in [" = ", ": ", "=", " -> ", " => ", "\t"] {
        let log = format!(
            "10:21:07 sent\nGSW_USER_EVENT{sign}CampaignStarted\nGSW_APPLICATION_ID{sign}139\n\
             GSW_PHONE{sign}5551212\nAccount{sign}A 17\n\nNobody{sign}1\n"
        );
        let list = one(&log);
        assert_eq!(
            json::write(list.data.view()),
            r#"{"GSW_USER_EVENT":"CampaignStarted","GSW_APPLICATION_ID":139,"GSW_PHONE":"5551212","Account":"A 17"}"#,
            "{sign:?}"
        );
    }
    for nothing in [
        "'Segment'\t'gold'\n'Attempts'\t2\n",
        "a line about GSW_PHONE and no more\n",
        "the value of 'GSW_PHONE' is not known\n",
        "KVList:\n",
        "the KVList: was sent\n",
        "x = y\n",
        "[list] =\n",
        "Attribute\t[5] 00\n",
        "AttributeUserData\t[five] 00\n",
        "AttributeUserData\t[34] and more\n",
    ] {
        assert_eq!(all(nothing.as_bytes()).len(), 0, "{nothing}");
    }
}

/// However the log is cut into pieces, the same lists come out.
#[test]
fn pieces_of_any_size_give_the_same_lists() {
    let log = [SERVER, SDK, "other lines\n", INTERACTION, BARE, "\nend"].concat();
    let whole: Vec<_> = all(log.as_bytes())
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(whole.len(), 4);
    for size in [1, 2, 3, 7, 64, 1000] {
        let mut reader = trace::Reader::new();
        let mut lists = Vec::new();
        for piece in log.as_bytes().chunks(size) {
            reader.feed(piece);
            lists.extend(std::iter::from_fn(|| reader.next_list()));
        }
        reader.finish();
        lists.extend(std::iter::from_fn(|| reader.next_list()));
        let lists: Vec<_> = lists.into_iter().map(Result::unwrap).collect();
        assert_eq!(lists, whole, "{size}");
    }
}

/// A list is there as soon as the line after it is.
#[test]
fn lists_come_out_as_the_log_comes_in() {
    let mut reader = trace::Reader::new();
    reader.feed(SERVER.as_bytes());
    assert_eq!(reader.next_list().unwrap().unwrap().data, customer());
    reader.feed(b"\tAttributeReasons\t[14] 00 01 01 00..\n\t\t'RTR'\t115\n");
    assert!(reader.next_list().is_none(), "it may go on");
    reader.finish();
    assert!(reader.next_list().is_some());
}

#[test]
fn a_line_without_an_end_costs_no_more_than_the_limit() {
    let limits = Limits {
        max_bytes: 1000,
        ..Limits::default()
    };
    let mut reader = trace::Reader::with_limits(limits);
    for _ in 0..1000 {
        reader.feed(&[b'x'; 1000]);
    }
    reader.feed(b"\n");
    reader.feed(SERVER.as_bytes());
    let list = reader.next_list().unwrap().unwrap();
    assert_eq!((list.data, list.line), (customer(), 2));
}
