//! The programs, as the tool `cti` has them for commands and the examples one by one.
#![allow(
    clippy::doc_markdown,
    reason = "doc comments of the arguments are their help, shown as they stand"
)]

pub(crate) mod attached_data;
mod captures;
pub(crate) mod decode;
pub(crate) mod encode;
mod escaped;
pub(crate) mod frames;
mod input;
#[cfg(feature = "tokio")]
pub(crate) mod live;
mod objects;
mod packets;
mod pager;
pub(crate) mod passages;
pub(crate) mod run;
mod secrets;
mod select;
mod session;
mod summary;
mod unpack;
