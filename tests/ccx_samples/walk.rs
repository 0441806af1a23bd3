//! The one walk over a message, and JSON that streams off it.

use bytes::BytesMut;
use cti_codec::ccx::json::{self, Document, Object, Packed};
use cti_codec::ccx::layout::{FieldRow, FixedRow, FloatingRow, GroupRow};
use cti_codec::ccx::{
    AgentCapacity, ConfigRequestEvent, LAYOUTS, List, Message, MessageType, SetAgentStateReq,
    Unlisted, Value, Version, Visitor,
};
use oracles::ccx::{Style, Tree};

use crate::samples::{about, decode, for_all};

/// Looks up each row by its index in the layout.
struct Rows {
    fixed: &'static [FixedRow],
    floating: &'static [FloatingRow],
    count: usize,
}

impl Rows {
    fn floating(&mut self, row: &'static FieldRow) {
        let Some(FloatingRow::Field(own)) = self.floating.get(row.index) else {
            panic!("{row:?}")
        };
        assert!(std::ptr::eq(own, row), "{row:?}");
        self.count += 1;
    }
}

impl<'a> Visitor<'a> for Rows {
    fn fixed(&mut self, row: &'static FixedRow, _: Value<'_>) {
        assert!(std::ptr::eq(&self.fixed[row.index], row), "{row:?}");
        self.count += 1;
    }
    fn implied_fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        self.fixed(row, value);
    }
    fn field(&mut self, row: &'static FieldRow, _: Value<'a>) {
        self.floating(row);
    }
    fn implied(&mut self, row: &'static FieldRow, _: Value<'a>) {
        self.floating(row);
    }
    fn missing(&mut self, row: &'static FieldRow) {
        self.floating(row);
    }
    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        let Some(FloatingRow::Group(own)) = self.floating.get(row.index) else {
            panic!("{row:?}")
        };
        assert!(std::ptr::eq(own, row), "{row:?}");
        let outer = std::mem::replace(&mut self.floating, row.rows);
        list.each(|element| element.visit(self));
        self.floating = outer;
    }
    fn unlisted(&mut self, _: Unlisted<'a>) {}
}

#[test]
fn the_rows_that_are_shown_are_those_of_the_layouts() {
    let mut count = 0;
    for style in [Style::Lawful, Style::Wild] {
        for_all(style, 4, |tree| {
            let body = tree.body();
            let message = decode(tree, &body);
            let layout = LAYOUTS
                .iter()
                .find(|layout| layout.message_type == tree.layout.message_type)
                .unwrap();
            let mut rows = Rows {
                fixed: layout.fixed,
                floating: layout.floating,
                count: 0,
            };
            message.visit(&mut rows);
            assert!(rows.count >= layout.fixed.len(), "{}", about(tree));
            count += rows.count;
        });
    }
    assert!(count > 50_000, "{count}");
}

/// Takes down by which call each field came.
#[derive(Default)]
struct Calls(Vec<(&'static str, &'static str)>);

impl<'a> Visitor<'a> for Calls {
    fn fixed(&mut self, row: &'static FixedRow, _: Value<'_>) {
        self.0.push(("fixed", row.name));
    }
    fn implied_fixed(&mut self, row: &'static FixedRow, _: Value<'_>) {
        self.0.push(("implied_fixed", row.name));
    }
    fn field(&mut self, row: &'static FieldRow, _: Value<'a>) {
        self.0.push(("field", row.name));
    }
    fn implied(&mut self, row: &'static FieldRow, _: Value<'a>) {
        self.0.push(("implied", row.name));
    }
    fn missing(&mut self, row: &'static FieldRow) {
        self.0.push(("missing", row.name));
    }
    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        self.0.push(("list", row.name));
        list.each(|element| element.visit(self));
    }
    fn unlisted(&mut self, fields: Unlisted<'a>) {
        assert!(!fields.is_empty());
        self.0.push(("unlisted", ""));
    }
}

fn calls(message: &Message<'_>, version: Version) -> Vec<(&'static str, &'static str)> {
    let mut calls = Calls::default();
    message.visit_in(version, &mut calls);
    calls.0
}

#[test]
fn what_goes_without_saying_is_decided_by_the_walk() {
    // The guide both requires and prescribes `CUSTOMER_ID`, and prescribes `PeripheralID`.
    for (customer_id, call) in [(None, "missing"), (Some(0), "implied"), (Some(7), "field")] {
        let event = ConfigRequestEvent {
            customer_id,
            ..Default::default()
        };
        assert_eq!(
            calls(&event.into(), Version::V14),
            [
                ("fixed", "ConfigurationMask"),
                ("implied_fixed", "PeripheralID"),
                (call, "CUSTOMER_ID"),
            ],
        );
    }
    // Version 12 brought `AgentCapacity`, which is shown before all the same where it says something.
    for (capacity, version, call) in [
        (0, Version::V11, "implied_fixed"),
        (0, Version::V12, "fixed"),
        (1, Version::V11, "fixed"),
    ] {
        let message = Message::from(SetAgentStateReq {
            agent_capacity: AgentCapacity::from_bits_retain(capacity),
            ..Default::default()
        });
        assert!(calls(&message, version).contains(&(call, "AgentCapacity")));
    }
    assert_eq!(calls(&Message::empty(MessageType(999)), Version::V18), []);
}

/// Through a binary format and back: what serializes is no matter of `serde_json`.
#[test]
fn objects_travel_by_other_serializers() {
    let mut count = 0;
    for_all(Style::Wild, 3, |tree: &Tree| {
        let body = tree.body();
        let message = decode(tree, &body);
        let length = body.len();
        let object = Object { length, message };
        let packed = rmp_serde::to_vec(&object).unwrap();
        let document: Document = rmp_serde::from_slice(&packed).unwrap();
        let mut out = BytesMut::new();
        let packed = document.pack(tree.version, &mut out).unwrap();
        assert!(matches!(packed, Packed::AsReceived(_)), "{}", about(tree));
        assert_eq!(out, tree.frame(), "{}", about(tree));
        count += 1;

        // And a value gives what a text gives.
        let value = serde_json::to_value(object).unwrap();
        let text = serde_json::to_string(&object).unwrap();
        assert_eq!(value.to_string(), text);
        let mut again = BytesMut::new();
        json::read(&value, tree.version, &mut again).unwrap();
        assert_eq!(again, out);
    });
    assert!(count > 2000, "{count}");
}

/// Bytes that are cut, doubled or put in between: `comes_back` says what reading finds.
#[test]
fn whether_an_object_comes_back_is_known_without_reading_it() {
    let (mut back, mut lost) = (0, 0);
    for_all(Style::Wild, 6, |tree| {
        let body = tree.body();
        let fixed = tree.layout.fixed_size(tree.version);
        let wide = usize::from(tree.version.has_wide_ids());
        for change in 0..4 {
            let mut body = body.clone();
            // A field of the floating part: its place and the length of its data.
            let mut at = fixed;
            let mut fields = Vec::new();
            while let Some(length) = body.get(at + wide + 1) {
                let size = 2 + wide + usize::from(*length);
                fields.push((at, size));
                at += size;
            }
            let Some((at, size)) = fields.get(change * 5 % fields.len().max(1)).copied() else {
                continue;
            };
            match change {
                0 => {}
                // The last byte of its data goes: of a text, the NUL.
                1 if size > 2 + wide => {
                    body.remove(at + size - 1);
                    body[at + wide + 1] -= 1;
                }
                // A stranger stands before it.
                2 => {
                    let stranger = [0, 0xfe, 0];
                    body.splice(at..at, stranger[1 - wide..].iter().copied());
                }
                // It comes twice.
                _ => {
                    let field = body[at..at + size].to_vec();
                    body.splice(at..at, field);
                }
            }
            let message_type = MessageType(tree.layout.message_type);
            let message = Message::decode_body(message_type, &body, tree.version).unwrap();
            let length = body.len();
            let object = Object { length, message };
            let mut out = BytesMut::new();
            let value = serde_json::to_value(object).unwrap();
            let read = json::read(&value, tree.version, &mut out);
            let comes_back = read.is_ok() && out.len() == length + 8;
            assert_eq!(
                object.comes_back(tree.version),
                comes_back,
                "{read:?} of {value}, {body:02x?}"
            );
            if comes_back {
                back += 1;
            } else {
                lost += 1;
            }
        }
    });
    assert!(back > 5000 && lost > 500, "{back} {lost}");
}
