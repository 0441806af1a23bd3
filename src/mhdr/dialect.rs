//! What tells one protocol of this message format from another.

use core::fmt;
use core::hash::Hash;

use super::engine::AnyMessage;
use super::error::TypeName;
use super::layout::Layout;
use super::wire::{FieldHeader, Widths};

/// A protocol of this message format, by its versions: the version picks the dialect.
///
/// Whatever is written once for all dialects asks this trait for the tables. A dialect is a set of
/// tables and nothing else: its version, its message types, its values and its messages.
pub trait Dialect: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display + Default + 'static {
    /// The type of a message, as the header's `MessageTypeID` gives it.
    type MessageType: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display + From<u32> + Into<u32>;
    /// A message of any type.
    type Message<'a>: AnyMessage<'a, Version = Self>;
    /// How the older versions write the header of a floating field.
    type Older: Widths;
    /// How the newer ones do.
    type Newer: Widths;
    /// The versions that the tables know, oldest first.
    const KNOWN: &'static [Self];
    /// The number of the version.
    fn number(self) -> u32;
    /// Whether it is one of those with the [`Newer`](Self::Newer) header.
    fn is_newer(self) -> bool;
    /// The tables of all message types.
    fn layouts() -> &'static [&'static Layout];
    /// The tables of a message type; `None` where there are none.
    fn layout(message_type: u32) -> Option<&'static Layout>;
    /// The name of a message type, which it may have without tables.
    fn type_name(message_type: u32) -> Option<&'static str>;
    /// The type with a name.
    fn type_named(name: &str) -> Option<u32>;
    /// The size of the fixed part of a message type; `None` where there are no tables.
    fn fixed_size(self, message_type: u32) -> Option<usize>;

    /// The header of a floating field in this version.
    #[inline(always)]
    fn field_header(self) -> FieldHeader {
        if self.is_newer() {
            Self::Newer::HEADER
        } else {
            Self::Older::HEADER
        }
    }

    /// The version whose tables have most: for showing messages, which no version stops.
    #[must_use]
    fn newest() -> Self {
        Self::KNOWN.last().copied().unwrap_or_default()
    }

    /// A message type as errors name it.
    #[must_use]
    fn name_type(message_type: u32) -> TypeName {
        TypeName {
            number: message_type,
            name: Self::type_name(message_type),
        }
    }
}
