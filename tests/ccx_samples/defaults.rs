//! The defaults of all structs, against the specification.

use cti_codec::ccx::MessageType;
use cti_codec::ccx::layout::Kind;
use cti_codec::ccx::{LAYOUTS, Message};
use oracles::ccx::{Datum, Event, default, shown};

use crate::common::{defaults, number, rows, spec, text};

#[test]
fn a_default_message_has_the_values_that_the_guide_prints_in_its_reserved_fields() {
    let spec = spec();
    let defaults = defaults();
    let types: Vec<_> = defaults.iter().map(Message::message_type).collect();
    let all: Vec<MessageType> = LAYOUTS
        .iter()
        .map(|layout| layout.message_type.into())
        .collect();
    assert_eq!(
        types, all,
        "the list of structs in tests/common is not complete"
    );
    for message in &defaults {
        let layout = message.message_type().layout().unwrap();
        let specified = rows(&spec["messages"])
            .iter()
            .find(|row| text(&row["name"]) == layout.name)
            .unwrap();
        let mut shown = shown(message).into_iter();
        for (row, specified) in layout.fixed.iter().zip(rows(&specified["fixed"])) {
            let Some(Event::Fixed(name, datum)) = shown.next() else {
                panic!("{}.{} is not shown", layout.name, row.name);
            };
            // What means 'none' is no number that only happens to be there.
            let none = row.values.map_or(0, |table| {
                assert!(table.default == 0 || table.name_of(table.default).is_some());
                table.default
            });
            let none = match row.name {
                "ApplicationID" | "CSQID" | "CallID" | "SupervisorCallID" if row.usual != 0 => {
                    u32::MAX
                }
                _ => none,
            };
            let value = specified
                .get("value")
                .map_or(none, |value| number(value) as u32);
            let expected = match text(&specified["type"]) {
                "INT" if row.kind == Kind::Int => Datum::Signed(value.cast_signed()),
                "BOOL" => Datum::Bool(value, 2),
                "UNSPEC" => Datum::Bytes(vec![0; 8]),
                _ => Datum::Unsigned(value),
            };
            assert_eq!((name, &datum), (row.name, &expected), "{}", layout.name);
            assert_eq!(datum, default(row));
        }
        // Nothing floating is set.
        assert_eq!(shown.next(), None, "{}", layout.name);
    }
}
