//! What a message shows of itself.

use super::named::{NamedArray, NamedVariable};
use crate::mhdr::layout::{FieldRow, FixedRow, GroupRow};
use crate::mhdr::wire::FloatingField;
use crate::text::Text;

/// The value of a field, as a [`Visitor`] is shown it. Its row says how to read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// Any unsigned number: UCHAR, USHORT, UINT, TIME, a code or a mask.
    Unsigned(u32),
    /// An INT.
    Signed(i32),
    /// A BOOL and the bytes it takes.
    Bool {
        /// 0 for false; any other is true.
        value: u32,
        /// 2, or 4 where a server sends it so.
        size: usize,
    },
    /// A STRING, without the terminating NUL.
    Text(Text<'a>),
    /// An UNSPEC.
    Bytes(&'a [u8]),
    /// A NAMEDVAR.
    NamedVariable(NamedVariable<'a>),
    /// A NAMEDARRAY.
    NamedArray(NamedArray<'a>),
}

/// Receives the fields of a message, one call per field, in table order, with their rows.
///
/// The rows are those of the message's [`Layout`](crate::mhdr::layout::Layout). Floating fields that
/// are absent are not shown; those of the fixed part all are, as a message does not know its version.
pub trait Visitor<'a> {
    /// A field of the fixed part.
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>);
    /// A field of the floating part, or of an element of a list.
    fn field(&mut self, row: &'static FieldRow, value: Value<'a>);
    /// A field that holds an array of numbers. Unless you say otherwise, it is shown as so many
    /// fields.
    fn array(&mut self, row: &'static FieldRow, values: &mut dyn Iterator<Item = Value<'a>>) {
        for value in values {
            self.field(row, value);
        }
    }
    /// A list with elements begins.
    fn list_begins(&mut self, row: &'static GroupRow);
    /// An element of the list begins.
    fn element_begins(&mut self);
    /// The element ends.
    fn element_ends(&mut self);
    /// The list ends.
    fn list_ends(&mut self);
    /// A field that the table does not list.
    fn unlisted(&mut self, field: FloatingField<'a>);
}
