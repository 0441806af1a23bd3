//! The tables of the manual as data, shared by printing, checking and tests.
use super::MessageType;
use crate::gsw::enumerations::Direction;
use crate::gsw::error_code::ErrorCode;
use crate::gsw::keys;
use crate::text::Text;

/// The table of one message.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The name in the manual's heading.
    pub name: &'static str,
    /// The section of the Outbound Contact Reference Manual.
    pub section: &'static str,
    /// The sender; `None` for statistical events, which go to a Stat Server.
    pub direction: Option<Direction<'static>>,
    /// The key that identifies the message.
    pub key: &'static str,
    /// The value of that key; `None` where the key alone decides.
    pub value: Option<&'static str>,
    /// Variants of the value that the manual uses for the same message. Read, never written.
    pub other_values: &'static [&'static str],
    /// The keys of the message, without [`key`](Self::key).
    pub rows: &'static [Row],
    /// Whether the message may carry custom fields.
    pub custom_fields: bool,
    /// Keys that are accepted without a row.
    pub accepts: &'static [&'static str],
    /// Dependencies between keys.
    pub rules: &'static [Rule],
    /// For a request: the events that may answer it.
    pub answered_by: &'static [MessageType],
    /// For a request: the errors that the manual names for it.
    pub errors: &'static [ErrorCode],
    /// For a request: further errors whose meaning fits it.
    pub likely_errors: &'static [ErrorCode],
}

impl Layout {
    /// Returns whether the message has this name, usual or variant.
    pub(super) fn is_called(&self, name: Text<'_>) -> bool {
        let mut names = self.value.iter().chain(self.other_values);
        names.any(|known| name == **known)
    }
}

/// How far a key is required.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Requirement {
    /// Always.
    Required,
    /// When a [`Rule`] demands it.
    Conditional,
    /// Never.
    Optional,
}

/// A key of a message.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The key.
    pub key: &'static str,
    /// Whether the key is required in a message that you write.
    pub requirement: Requirement,
    /// The value that a missing key stands for, as the manual prints it.
    pub default: Option<&'static str>,
    /// Written even when not set, since the manual contradicts itself about what a missing key
    /// means.
    pub explicit: bool,
    /// Further properties.
    pub flags: Flags,
}

/// Properties that set a row apart. A misspelt flag in a table does not compile.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Flags {
    /// Required when written, yet missing in samples of servers and other parts of the manuals.
    pub lenient: bool,
    /// Not in the manual's table, but mentioned for the message elsewhere.
    pub unlisted: bool,
    /// 0 and empty text mean 'not set'.
    pub zero_is_unset: bool,
}

impl Flags {
    pub(super) const NONE: Self = Flags {
        lenient: false,
        unlisted: false,
        zero_is_unset: false,
    };
}

/// A dependency of keys on another key.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Keys that depend on another one.
    Conditional {
        /// The name of the rule in the tables.
        id: &'static str,
        /// The key that decides.
        if_present: &'static str,
        /// With this value the key counts as missing.
        unless: Option<i64>,
        /// Keys required when the deciding key is present.
        then_all: &'static [&'static str],
        /// Keys required when it is absent.
        else_all: &'static [&'static str],
        /// Keys of which one is required when it is absent.
        else_any: &'static [&'static str],
        /// Keys of which one suffices on input in place of `else_all`.
        else_lenient: &'static [&'static str],
    },
    /// Codes that are allowed here.
    Allowed {
        /// The name of the rule in the tables.
        id: &'static str,
        /// The key.
        key: &'static str,
        /// The codes.
        codes: &'static [i64],
        /// The key whose presence lifts the rule.
        unless_present: &'static str,
    },
}

impl Rule {
    const OF_A_RECORD: &'static [&'static str] =
        &[keys::CAMPAIGN_NAME.name(), keys::CALLING_LIST.name()];

    /// A record handle requires campaign and calling list.
    pub(super) const fn with_handle(
        id: &'static str,
        else_all: &'static [&'static str],
        else_any: &'static [&'static str],
        else_lenient: &'static [&'static str],
    ) -> Self {
        Rule::Conditional {
            id,
            if_present: keys::RECORD_HANDLE.name(),
            unless: None,
            then_all: Self::OF_A_RECORD,
            else_all,
            else_any,
            else_lenient,
        }
    }
}
