//! Cold code that locates the fault in a message that does not decode.

use crate::mhdr::dialect::Dialect;
use crate::mhdr::error::{DecodeError, Fault, FieldName};
use crate::mhdr::layout::{FieldRow, Layout};
use crate::mhdr::wire::{HEADER_SIZE, Walk};

/// Returns the error of a truncated fixed part, with the truncated field.
#[cold]
pub(crate) fn short_fixed(layout: &'static Layout, body: &[u8], version: u32) -> DecodeError {
    let mut at = 0_usize;
    let mut field = "BodyLength";
    let mut needed = 0;
    for row in layout.fixed.iter().filter(|row| row.is_in(version)) {
        field = row.name;
        needed = row.size();
        if at.saturating_add(needed) > body.len() {
            break;
        }
        at = at.saturating_add(needed);
    }
    DecodeError {
        message: layout.type_name(),
        field: FieldName::Listed(field),
        offset: at.saturating_add(HEADER_SIZE),
        kind: Fault::Truncated {
            needed,
            left: body.len().saturating_sub(at),
        },
    }
}

/// Returns the error of a malformed floating part. `from` is the wire from the broken field on.
#[cold]
pub(crate) fn bad_field(
    layout: &'static Layout,
    body: &[u8],
    from: &[u8],
    id: Option<u16>,
    kind: Fault,
) -> DecodeError {
    let field = match id {
        None => FieldName::Listed("FieldDataID"),
        Some(id) => layout
            .field(id)
            .map_or(FieldName::Unlisted(id), |row| FieldName::Listed(row.name)),
    };
    DecodeError {
        message: layout.type_name(),
        field,
        offset: body
            .len()
            .saturating_sub(from.len())
            .saturating_add(HEADER_SIZE),
        kind,
    }
}

/// Returns the fault of a field that its row does not admit.
#[cold]
pub(crate) fn misfit(row: &FieldRow, data: &[u8]) -> Fault {
    match row.kind.size() {
        Some(expected) => Fault::WrongSize {
            kind: row.kind,
            expected,
            found: data.len(),
        },
        None => Fault::UnterminatedName,
    }
}

/// Returns the error of a body that is cut short: looks for the place, which decoding does not keep.
#[cold]
#[inline(never)]
pub(crate) fn cut_short<V: Dialect>(message_type: u32, body: &[u8], version: V) -> DecodeError {
    let number = version.number();
    let cut = V::layout(message_type).and_then(|layout| {
        let Some(floating) = body.get(layout.size_in(number)..) else {
            return Some(short_fixed(layout, body, number));
        };
        let mut walk = Walk::new(floating, version.field_header());
        while walk.step().is_some() {}
        let cut = walk.cut()?;
        Some(bad_field(layout, body, cut.from, cut.id, cut.kind))
    });
    // A type without tables has no fields to be cut short.
    cut.unwrap_or_else(|| DecodeError {
        message: V::name_type(message_type),
        field: FieldName::Listed("BodyLength"),
        offset: 0,
        kind: Fault::Truncated { needed: 0, left: 0 },
    })
}
