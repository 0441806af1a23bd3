//! The engine that turns a table of a guide into a struct.
//!
//! [`message!`] and [`group!`] turn rows into a struct, its layout and its code in both directions.
//! The logic is in the traits of the files here; the macros only call it once per row. A message
//! begins with its name, type, class and sender; for a request follow `->` and its confirmation, and
//! `where` the method that checks the rules between its fields:
//!
//! ```text
//! OpenReq = OPEN_REQ(3), Session, Client -> OpenConf where broken_rules;
//! ```
//!
//! A row has the form
//!
//! ```text
//! /// User ID that the client logs in with.
//! "ClientID" [1] client_id: Option<Text<'a>> [max 64, required];
//! "NumCSQs" = count of csqs "CSQs";
//! ```
//!
//! The brackets contain the other facts of the guide's table: the words are the fields of
//! [`Facts`]. A count is no field of the struct, since the list provides it.
//!
//! [`registry!`] generates a dialect's `Message` from its message structs, and the look-ups by type.

mod array;
mod body;
mod count;
pub(super) mod facts;
pub(super) mod fault;
mod list;
mod macros;
pub(super) mod named;
mod number;
mod registry;
pub(super) mod rule;
mod single;
mod slot;
mod unlisted;
pub(super) mod visit;
pub(super) mod writer;

pub use array::Numbers;
pub use body::{AnyMessage, Body, OtherType, Request};
pub use list::{Element, Elements, Repeated};
pub use named::{NamedArray, NamedVariable};
pub use rule::Rule;
pub use unlisted::{Unlisted, UnlistedFields};
pub use visit::{Fields, List, Value, Visitor};

/// The items that the declarations of a dialect need, its messages and its values.
#[allow(unused_imports, reason = "a dialect need not have all that there is")]
pub(crate) mod prelude {
    pub(crate) use super::array::Numbers;
    pub(crate) use super::body::{AnyMessage, Body, OtherType, Request};
    pub(crate) use super::count::{
        Announced, Came, Counted, count, floating_count, shown_count, write_count,
    };
    pub(crate) use super::facts::{
        Facts, STRAY, agree, bit, fixed_row, fixed_sizes, floating_row, is_counted, number_fixed,
        number_floating, place_of, row_of, types,
    };
    pub(crate) use super::fault::{cut_short, short_fixed};
    pub(crate) use super::list::{Element, Repeated, Stays, Within, lists};
    pub(crate) use super::macros::{
        body_item, facts, group, if_exists, if_implied, if_secret, message, message_doc, row_doc,
        said, unless_reserved, usual,
    };
    pub(crate) use super::named::{MAX_VALUE, NamedArray, NamedVariable};
    pub(crate) use super::number::{Fixed, Number};
    pub(crate) use super::registry::registry;
    pub(crate) use super::rule::{Report, Rule, refuse_broken, rule};
    pub(crate) use super::single::{Single, has_nul};
    pub(crate) use super::slot::{Accept, Place, Slot, same};
    pub(crate) use super::unlisted::Unlisted;
    pub(crate) use super::visit::{Show, Value, Visitor};
    pub(crate) use super::writer::{Content, How, Mode, Out, Writer, encode, newer, refuse};
    pub(crate) use crate::mhdr::check::{self, Finding};
    pub(crate) use crate::mhdr::dialect::Dialect;
    pub(crate) use crate::mhdr::error::{DecodeError, EncodeError, Fault, TypeName};
    pub(crate) use crate::mhdr::layout::{
        Class, FieldRow, FixedRow, FloatingRow, Kind, Layout, Places, Plan, SentBy, ValueTable,
    };
    pub(crate) use crate::mhdr::summary;
    pub(crate) use crate::mhdr::wire::{
        FieldHeader, FloatingField, Narrow, Room, Step, Walk, Wide, WideId, Widths,
    };
    pub(crate) use crate::text::Text;
}
