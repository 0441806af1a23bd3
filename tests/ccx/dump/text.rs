//! Messages that logs print with names and values.

use cti_codec::ccx::dump::{TextError, TextErrorKind, TextMessage, TextReader, without_prefix};
use cti_codec::ccx::{ConfigAgentEvent, Message, Version};

fn read(log: &str) -> Vec<Result<TextMessage, TextError>> {
    let mut reader = TextReader::new();
    let mut all = Vec::new();
    for line in log.lines() {
        reader.line(line.as_bytes());
        all.extend(std::iter::from_fn(|| reader.next_message()));
    }
    reader.finish();
    all.extend(std::iter::from_fn(|| reader.next_message()));
    all
}

/// The prefixes of two lines are alike but for their numbers, and each has one where the other has.
#[test]
fn a_prefix_has_a_number_where_the_other_has_one() {
    assert_eq!(
        without_prefix(b"a.log:12: x", b"a.log:9: "),
        Some(&b"x"[..])
    );
    assert_eq!(without_prefix(b"a.log:: x", b"a.log:9: "), None);
    assert_eq!(without_prefix(b"a.log:9: x", b"a.log:: "), None);
}

#[test]
fn a_message_is_as_long_as_64_kib_and_no_longer() {
    let of = |length: usize| {
        let text = "x".repeat(length - "text=}".len());
        read(&format!("{{length=9 type=SYSTEM_EVENT, text={text}}}\n"))
    };
    assert!(matches!(&of(64 * 1024)[..], [Ok(_)]));
    let longer = of(64 * 1024 + 1);
    let [Err(error)] = &longer[..] else {
        panic!("{} messages", longer.len());
    };
    assert_eq!((error.line, &error.kind), (1, &TextErrorKind::TooLong));
}

/// Braces that a text has and does not close end with the message, and not with the log.
#[test]
fn braces_of_a_text_do_not_keep_a_message_open() {
    let log = "{length=9 type=SYSTEM_EVENT, text=a {{ b, eventDeviceID=5}\nanother line, x=1}\n";
    let all = read(log);
    let [Ok(message)] = &all[..] else {
        panic!("{all:?}");
    };
    let pairs: Vec<_> = message.pairs().map(|pair| pair.0.to_string()).collect();
    assert_eq!(pairs, ["text", "eventDeviceID"]);
}

/// The number behind a name is that of the innermost list: an agent has several queues.
#[test]
fn a_number_counts_in_the_list_that_it_stands_in() {
    let agents = "LoginID:jdoe CSQID[0]:7 CSQID[1]:9 LoginID:asmith CSQID[0]:5";
    let all = read(&format!("MsgType:CONFIG_AGENT_EVENT ({agents})\n"));
    let [Ok(message)] = &all[..] else {
        panic!("{all:?}");
    };
    let fields = message.fields(Version::V14).unwrap();
    assert_eq!(fields.left, []);
    let Ok(Message::ConfigAgentEvent(ConfigAgentEvent { records, .. })) =
        fields.frame.decode(Version::V14)
    else {
        panic!("{fields:?}");
    };
    let queues: Vec<Vec<_>> = records
        .iter()
        .map(|record| record.csqs.iter().map(|queue| queue.csq_id).collect())
        .collect();
    assert_eq!(queues, [vec![Some(7), Some(9)], vec![Some(5)]]);
}
