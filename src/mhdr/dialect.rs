//! The trait that distinguishes the protocols of this message format.

use core::fmt;
use core::hash::Hash;

use super::engine::AnyMessage;
use super::error::TypeName;
use super::layout::Layout;
use super::wire::{FieldHeader, Widths};

/// A protocol of this message format, by its versions: the version picks the dialect.
///
/// Code that serves all dialects gets the tables from this trait. A dialect is only a set of
/// tables: its version, its message types, its values and its messages.
pub trait Dialect: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display + Default + 'static {
    /// The type of a message, from the header's `MessageTypeID`.
    type MessageType: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display + From<u32> + Into<u32>;
    /// A message of any type.
    type Message<'a>: AnyMessage<'a, Version = Self>;
    /// The header of a floating field in older versions.
    type Older: Widths;
    /// The header of a floating field in newer versions.
    type Newer: Widths;
    /// The versions in the tables, oldest first.
    const KNOWN: &'static [Self];
    /// Returns the number of the version.
    fn number(self) -> u32;
    /// Returns whether it is one of those with the [`Newer`](Self::Newer) header.
    fn is_newer(self) -> bool;
    /// Returns the tables of all message types.
    fn layouts() -> &'static [&'static Layout];
    /// Returns the tables of a message type; `None` if it has none.
    fn layout(message_type: u32) -> Option<&'static Layout>;
    /// Returns the name of a message type, which it may have without tables.
    fn type_name(message_type: u32) -> Option<&'static str>;
    /// Returns the type with a name.
    fn type_named(name: &str) -> Option<u32>;
    /// Returns the size of the fixed part of a message type; `None` if it has no tables.
    fn fixed_size(self, message_type: u32) -> Option<usize>;

    /// Returns the header of a floating field in this version.
    #[inline(always)]
    fn field_header(self) -> FieldHeader {
        if self.is_newer() {
            Self::Newer::HEADER
        } else {
            Self::Older::HEADER
        }
    }

    /// Returns the version with the most fields, for displaying messages independently of the
    /// version.
    #[must_use]
    fn newest() -> Self {
        Self::KNOWN.last().copied().unwrap_or_default()
    }

    /// Returns a message type as errors name it.
    #[must_use]
    fn name_type(message_type: u32) -> TypeName {
        TypeName {
            number: message_type,
            name: Self::type_name(message_type),
        }
    }
}
