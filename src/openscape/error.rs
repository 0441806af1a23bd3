//! Errors of reading JSON text.

use alloc::string::String;

/// What errors and findings say of a member that is not there.
pub(super) const MISSING: &str = "missing";
/// What they say of a member that is there twice.
pub(super) const TWICE: &str = "stands there twice with two values";

/// The reason why JSON text could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are no text.
    #[error("not UTF-8 from byte {0}")]
    NotUtf8(usize),
    /// The text is no JSON. The error has line and column.
    #[error("no JSON: {0}")]
    Json(serde_json::Error),
    /// The text is JSON, but no object.
    #[error("no JSON object")]
    NotAnObject,
    /// A member occurs twice with two values; neither is chosen.
    #[error("{}: {TWICE}", .0.escape_debug())]
    Twice(String),
    /// A member is missing that must be there.
    #[error("{0}: {MISSING}")]
    Missing(&'static str),
    /// A member that must be there has another type, or does not fit without loss.
    #[error("{0}: has another type")]
    WrongType(&'static str),
    /// A member that is kept as received is nested more deeply than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("nested more than {} levels deep", super::MAX_DEPTH)]
    TooDeep,
    /// So many members for the length of the text that reading them would take too much memory.
    #[error("too many members for a body of this length")]
    TooMany,
}

/// The reason why something was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A value that JSON has no form for.
    #[error(transparent)]
    Json(serde_json::Error),
}
