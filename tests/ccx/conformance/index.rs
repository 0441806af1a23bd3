//! The index of the messages in the documentation.

use super::*;

const SOURCES: [&str; 7] = [
    include_str!("../../../src/ccx/messages/agent_state.rs"),
    include_str!("../../../src/ccx/messages/call_control.rs"),
    include_str!("../../../src/ccx/messages/call_event.rs"),
    include_str!("../../../src/ccx/messages/configuration.rs"),
    include_str!("../../../src/ccx/messages/failure.rs"),
    include_str!("../../../src/ccx/messages/miscellaneous.rs"),
    include_str!("../../../src/ccx/messages/session.rs"),
];

/// The tables that the documentation of a message names, such as `Tables 12 and 13`.
fn guide(name: &str) -> &'static str {
    let declared = format!(" = {name}(");
    let found = SOURCES.iter().find_map(|source| {
        let (before, _) = source.split_once(&declared)?;
        let docs = before.lines().rev().skip(1).map(str::trim);
        docs.take_while(|line| line.starts_with("///"))
            .find_map(|line| line.strip_prefix("/// Guide: ")?.strip_suffix('.'))
    });
    found.unwrap_or_else(|| panic!("{name} names no table"))
}

/// `OpenReq` for `OPEN_REQ`.
fn struct_name(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{first}{}", rest.to_ascii_lowercase())
    });
    words.collect()
}

#[test]
fn the_index_of_messages_has_a_row_for_each_layout() {
    let index = include_str!("../../../src/ccx/messages/index.md");
    let indexed: Vec<&str> = index.lines().skip(4).collect();
    let layouts: Vec<String> = LAYOUTS
        .iter()
        .map(|layout| {
            let sent_by = match layout.sent_by {
                SentBy::Client => "client",
                SentBy::Server => "server",
                SentBy::Both => "either side",
            };
            format!(
                "| {} | `{}` | [`{}`] | {sent_by} | {} |",
                layout.message_type,
                layout.name,
                struct_name(layout.name),
                guide(layout.name)
            )
        })
        .collect();
    assert_eq!(indexed, layouts);
}
