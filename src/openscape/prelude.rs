//! The items that the tables use.

pub(super) use super::command::{Command, CommandInfo, Media, commands};
pub(super) use super::enums::*;
pub(super) use super::event::{Deleted, EventInfo, Updated, events};
pub(super) use super::object::{self, MemberList, Members, Object, object};
pub(super) use super::objects::*;
pub(super) use super::response::Response;
pub(super) use super::session::{RequestError, Session};
pub(super) use super::source::Source;
pub(super) use super::table::{JsonType, Kind, Row, Table};
pub(super) use super::value::{self, Agent, Other, Reading, Resource, Secret, Text, Value};
