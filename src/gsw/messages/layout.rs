//! The tables of the manual as data: what printing, checking and tests share.
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
    /// Who sends it; `None` for statistical events, which go to a Stat Server.
    pub direction: Option<Direction<'static>>,
    /// The key that says what message it is.
    pub key: &'static str,
    /// What stands under that key; `None` where the key alone decides.
    pub value: Option<&'static str>,
    /// Other values that mean the same message: variants of the name that the manual uses. Read,
    /// not written.
    pub other_values: &'static [&'static str],
    /// The keys of the message, that of [`key`](Self::key) not among them.
    pub rows: &'static [Row],
    /// Whether custom fields have a place in it.
    pub custom_fields: bool,
    /// Keys without a row that are in their place nevertheless.
    pub accepts: &'static [&'static str],
    /// What one key demands of others.
    pub rules: &'static [Rule],
    /// For a request: the events that may answer it.
    pub answered_by: &'static [MessageType],
    /// For a request: the errors that the manual names for it.
    pub errors: &'static [ErrorCode],
    /// For a request: errors that go with it by what they mean.
    pub likely_errors: &'static [ErrorCode],
}

impl Layout {
    /// Whether the message goes by this name, usual or not.
    pub(super) fn is_called(&self, name: Text<'_>) -> bool {
        let mut names = self.value.iter().chain(self.other_values);
        names.any(|known| name == **known)
    }
}

/// Whether a key has to be there.
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
    /// Whether it has to be there in what is written.
    pub requirement: Requirement,
    /// The value that a missing key stands for, as the manual prints it.
    pub default: Option<&'static str>,
    /// Written even when not set, since the manual contradicts itself about what a missing key
    /// means.
    pub explicit: bool,
    /// What else there is to say of it.
    pub flags: Flags,
}

/// What sets a row apart. A misspelt flag in a table does not compile.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Flags {
    /// Required when written, yet known to be missing in what servers and other parts of the
    /// manuals show.
    pub lenient: bool,
    /// Not in the table of the manual, but said of the message elsewhere.
    pub unlisted: bool,
    /// 0 and empty text stand for nothing.
    pub zero_is_unset: bool,
}

impl Flags {
    pub(super) const NONE: Self = Flags {
        lenient: false,
        unlisted: false,
        zero_is_unset: false,
    };
}

/// What one key demands of others.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Keys that depend on another one.
    Conditional {
        /// Its name in the tables.
        id: &'static str,
        /// The key that decides.
        if_present: &'static str,
        /// With this value the key counts as missing.
        unless: Option<i64>,
        /// Required when it is there.
        then_all: &'static [&'static str],
        /// Required when it is not.
        else_all: &'static [&'static str],
        /// One of them is required when it is not there.
        else_any: &'static [&'static str],
        /// One of them will do on input in place of `else_all`.
        else_lenient: &'static [&'static str],
    },
    /// Codes that are allowed here.
    Allowed {
        /// Its name in the tables.
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

    /// A record handle asks for campaign and calling list.
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
