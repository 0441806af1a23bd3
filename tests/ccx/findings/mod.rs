//! Checking: each kind of finding with its field, offset and name, and beside it a legal neighbour
//! that has none; and checking against decoding and strict encoding, which must agree with it.

mod agreement;
#[cfg(feature = "serde")]
mod doors;
mod fields;
mod lists;
pub(crate) mod widths;

use bytes::BytesMut;
use cti_codec::ccx::layout::{
    FieldRow, FixedRow, FloatingRow, Kind, Layout, Required, Reserved, ValueTable,
};
use cti_codec::ccx::{Fault, Finding, Frame, LAYOUTS, Message, MessageType, Version};
use proptest::prelude::*;
use proptest::sample::Index;

/// The header and body of a message.
fn frame(message_type: MessageType, body: &[u8]) -> Frame<Vec<u8>> {
    let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
    bytes.extend(message_type.0.to_be_bytes());
    bytes.extend(body);
    Frame::new(bytes).unwrap()
}

/// The id and the data of a floating field.
type Raw<'a> = (u16, &'a [u8]);

/// A floating field on the wire.
fn field(version: Version, id: u16, data: &[u8]) -> Vec<u8> {
    let mut wire = Vec::new();
    if version.has_wide_ids() {
        wire.extend(id.to_be_bytes());
    } else {
        wire.push(id.try_into().unwrap());
    }
    wire.push(data.len().try_into().unwrap());
    wire.extend(data);
    wire
}

/// A fixed part with everything 0 or else what its table lists first, but what is reserved, and
/// what is given by its name.
fn fixed(layout: &Layout, version: Version, values: &[(&str, u32)]) -> Vec<u8> {
    let mut wire = Vec::new();
    for row in layout
        .fixed
        .iter()
        .filter(|row| row.is_in(version.number()))
    {
        let value = values
            .iter()
            .find(|(name, _)| *name == row.name)
            .map_or_else(|| legal(row), |(_, value)| *value);
        match row.kind.size() {
            Some(1) => wire.push(value.try_into().unwrap()),
            Some(2) => wire.extend(u16::try_from(value).unwrap().to_be_bytes()),
            Some(_) => wire.extend(value.to_be_bytes()),
            None => wire.extend([u8::try_from(value).unwrap(); 8]),
        }
    }
    wire
}

/// A legal value.
fn legal(row: &FixedRow) -> u32 {
    match (row.reserved, row.values) {
        (Some(reserved), _) => reserved,
        // Where there is no device, a type says so.
        (None, Some(values)) if values.value_of("DEVID_NONE").is_some() => {
            values.value_of("DEVID_NONE").unwrap()
        }
        (None, Some(values)) if !values.lists(0) => values.values[0].first,
        _ => 0,
    }
}

/// What checking finds in version 14, shown, with the names of its kinds. After the given fields
/// come those that the message requires.
fn findings(message_type: MessageType, values: &[(&str, u32)], fields: &[Raw<'_>]) -> Vec<String> {
    let mut fields = fields.to_vec();
    for row in message_type.layout().unwrap().floating {
        if let FloatingRow::Field(row) = row
            && row.required == Required::Yes
            && row.kind == Kind::String
            && !fields.iter().any(|(id, _)| *id == row.id)
        {
            fields.push((row.id, b"\0"));
        }
    }
    findings_in(Version::V14, message_type, values, &fields)
}

/// The same without the fields that the message requires.
fn findings_alone(
    message_type: MessageType,
    values: &[(&str, u32)],
    fields: &[Raw<'_>],
) -> Vec<String> {
    findings_in(Version::V14, message_type, values, fields)
}

fn findings_in(
    version: Version,
    message_type: MessageType,
    values: &[(&str, u32)],
    fields: &[Raw<'_>],
) -> Vec<String> {
    let (frame, _) = laid_out(version, message_type, values, fields);
    in_every_width(&frame, version, message_type, values, fields);
    shown(&frame, version)
}

/// A message, and where its floating fields begin.
fn laid_out(
    version: Version,
    message_type: MessageType,
    values: &[(&str, u32)],
    fields: &[Raw<'_>],
) -> (Frame<Vec<u8>>, Vec<usize>) {
    let mut body = fixed(message_type.layout().unwrap(), version, values);
    let mut starts = Vec::new();
    for (id, data) in fields {
        starts.push(8 + body.len());
        body.extend(field(version, *id, data));
    }
    starts.push(8 + body.len());
    (frame(message_type, &body), starts)
}

/// Named data takes more where ids do.
const IN_TOTAL: &str = "named-data-too-long";

/// Where ids take two bytes the same is found, one byte later for each id before it.
fn in_every_width(
    narrow: &Frame<Vec<u8>>,
    version: Version,
    message_type: MessageType,
    values: &[(&str, u32)],
    fields: &[Raw<'_>],
) {
    let layout = message_type.layout().unwrap();
    // What a version brings is a finding in those before it.
    let leaves = |rows: &'static [FloatingRow]| {
        let mut all = Vec::new();
        agreement::leaves(rows, &mut all);
        all
    };
    let newer = leaves(layout.floating)
        .iter()
        .any(|row| !row.is_in(version.number()) && fields.iter().any(|(id, _)| *id == row.id));
    let sizes = [version, Version::V18].map(|version| layout.fixed_size(version));
    if version >= Version::V18 || newer || sizes[0] != sizes[1] {
        return;
    }
    let (_, starts) = laid_out(version, message_type, values, fields);
    // A request to open a session names the version that it is written in.
    let values: Vec<_> = values
        .iter()
        .map(|(name, value)| match *name {
            "VersionNumber" if *value == version.number() => (*name, 18),
            _ => (*name, *value),
        })
        .collect();
    let (wide, wide_starts) = laid_out(Version::V18, message_type, &values, fields);
    let place = |offset: usize| match starts.iter().rposition(|start| *start <= offset) {
        None => offset,
        Some(index) => {
            let within = offset - starts[index];
            wide_starts[index] + within + usize::from(within > 0)
        }
    };
    let moved: Vec<_> = narrow
        .check(version)
        .into_iter()
        .map(|found| (found.field, place(found.offset), found.kind.name()))
        .filter(|(.., kind)| *kind != IN_TOTAL)
        .collect();
    let found: Vec<_> = wide
        .check(Version::V18)
        .into_iter()
        .map(|found| (found.field, found.offset, found.kind.name()))
        .filter(|(.., kind)| *kind != IN_TOTAL)
        .collect();
    assert_eq!(found, moved, "{message_type} {values:?} {fields:?}");
}

fn shown(frame: &Frame<Vec<u8>>, version: Version) -> Vec<String> {
    frame
        .check(version)
        .iter()
        .map(|finding| format!("{} {finding}", finding.kind.name()))
        .collect()
}

const NONE: [&str; 0] = [];

/// For a `SYSTEM_EVENT`, whose floating part begins at byte 34.
const TEXT: Raw<'static> = (7, b"up\0");
/// For a call that leaves a queue: one CSQ follows.
const QUEUED: &[(&str, u32)] = &[("NumCSQs", 1)];
