//! Checking bodies against their tables.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde_json::value::RawValue;

use super::body_text;
use super::enums::{EventType, Realm};
use super::error::{MISSING, ReadError, TWICE};
use super::event::{EVENT_BODY, EVENT_MESSAGE, EventInfo};
use super::number;
use super::object::members;
use super::source;
use super::table::{JsonType, Kind, Row, Table};
use super::value::{Reading, Text, Value, only_item, repeated};

/// An objection of the manual to a body.
///
/// Where the manual contradicts itself, neither form is a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The place, as a JSON pointer from the root of the body.
    pub pointer: String,
    /// The fault.
    pub kind: FindingKind,
}

/// The fault in a body. [`name`](Self::name) is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingKind {
    /// An attribute is missing that the manual does not call optional.
    Missing,
    /// No table lists the member.
    Unlisted,
    /// No list has the value.
    UnlistedValue,
    /// No table describes an event of this realm and type.
    UnknownEvent,
    /// The value has another type.
    WrongType {
        /// The type of the table.
        expected: &'static str,
        /// The type that came.
        found: &'static str,
    },
    /// The member occurs twice with two values.
    Twice,
    /// The value is nested too deeply to be checked.
    TooDeep,
    /// There are more findings than anyone would read; this is the last one.
    More,
}

impl FindingKind {
    /// Returns a stable name for programs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unlisted => "unlisted",
            Self::UnlistedValue => "unlisted-value",
            Self::UnknownEvent => "unknown-event",
            Self::WrongType { .. } => "wrong-type",
            Self::Twice => "twice",
            Self::TooDeep => "too-deep",
            Self::More => "more",
        }
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(MISSING),
            Self::Unlisted => f.write_str("not in the table"),
            Self::UnlistedValue => f.write_str("a value that no list has"),
            Self::UnknownEvent => f.write_str("no table describes this event"),
            Self::WrongType { expected, found } => write!(f, "{expected} expected, {found} found"),
            Self::Twice => f.write_str(TWICE),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::More => f.write_str("more findings are not shown"),
        }
    }
}

/// Shows the place with control characters escaped.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place: Cow<'_, str> = match self.pointer.as_str() {
            "" => "the body".into(),
            pointer => pointer.escape_debug().to_string().into(),
        };
        write!(f, "{place}: {}", self.kind)
    }
}

/// The maximum number of findings for a body, so that the other side does not decide it.
const MOST: usize = 256;

/// Event types that the manual lists without describing them.
const UNDESCRIBED: [(&str, &str); 6] = [
    ("TELEPHONY", "HOLD_EVENT"),
    ("TELEPHONY", "CONSULT_EVENT"),
    ("TELEPHONY", "PROCESS_TRANSFERRING_EVENT"),
    ("TELEPHONY", "PROCESS_TRANSFERRED_EVENT"),
    ("ADMINISTRATION", "WORKREASON_UPDATED_EVENT"),
    ("CALLBACK", "NEW_CALLBACKS_LIST_EVENT"),
];

/// Checks the body of a request to the webhook: the two wrappers and the event in them.
///
/// # Errors
///
/// The body is no JSON object.
pub fn check_event(body: &[u8]) -> Result<Vec<Finding>, ReadError> {
    let (raw, reading) = whole(body_text(body)?)?;
    let mut check = Check::new(&reading);
    check.object(&EVENT_MESSAGE, raw);
    Ok(check.findings)
}

/// Checks the body of a request or a response against its table.
///
/// # Errors
///
/// The text is no JSON object.
pub fn check_json(table: &'static Table, json: &str) -> Result<Vec<Finding>, ReadError> {
    let (raw, reading) = whole(json)?;
    let mut check = Check::new(&reading);
    check.object(table, raw);
    Ok(check.findings)
}

fn whole(text: &str) -> Result<(&RawValue, Reading), ReadError> {
    let raw: &RawValue = serde_json::from_str(text).map_err(ReadError::Json)?;
    if !raw.get().starts_with('{') {
        return Err(ReadError::NotAnObject);
    }
    Ok((raw, Reading::new(text)))
}

struct Check<'r> {
    pointer: String,
    findings: Vec<Finding>,
    reading: &'r Reading,
}

impl<'r> Check<'r> {
    fn new(reading: &'r Reading) -> Self {
        Self {
            pointer: String::new(),
            findings: Vec::new(),
            reading,
        }
    }

    fn find(&mut self, kind: FindingKind) {
        let kind = match self.findings.len() {
            ..MOST => kind,
            MOST => FindingKind::More,
            _ => return,
        };
        self.findings.push(Finding {
            pointer: self.pointer.clone(),
            kind,
        });
    }

    /// Does something one step further down.
    fn at(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        if self.findings.len() > MOST {
            return;
        }
        let length = self.pointer.len();
        self.pointer.push('/');
        for letter in step.chars() {
            match letter {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                letter => self.pointer.push(letter),
            }
        }
        check(self);
        self.pointer.truncate(length);
    }

    fn object(&mut self, table: &'static Table, raw: &RawValue) {
        let before = self.reading.budget();
        self.members(table, raw);
        self.reading.set_budget(before);
    }

    fn members(&mut self, table: &'static Table, raw: &RawValue) {
        let Some(list) = members(raw, self.reading) else {
            self.find(FindingKind::More);
            return;
        };
        if let Some((first, second)) = repeated(&list)
            && let (Some((name, one)), Some((_, other))) = (list.get(first), list.get(second))
            && one.get() != other.get()
        {
            self.at(name, |check| check.find(FindingKind::Twice));
        }
        let find = |name: &str| {
            list.iter()
                .find(|(known, _)| known == name)
                .map(|(_, raw)| *raw)
        };
        let described = core::ptr::eq(table, &EVENT_BODY)
            .then(|| self.event(&find))
            .flatten();
        for row in table.rows {
            let mut names = core::iter::once(&row.name)
                .chain(row.aliases)
                .filter_map(|name| Some((*name, find(name)?)))
                .peekable();
            if names.peek().is_none() && !row.optional {
                self.at(row.name, |check| check.find(FindingKind::Missing));
            }
            let kind = match (row.name, described) {
                ("type" | "realm", Some(_)) => &Kind::Any,
                ("data", Some(kind)) => kind,
                _ => &row.kind,
            };
            let also = if described.is_some() { &[] } else { row.also };
            let row = Row { also, ..*row };
            for (name, raw) in names {
                self.at(name, |check| check.value(kind, &row, raw));
            }
        }
        for (name, _) in list.iter().filter(|(name, _)| table.row(name).is_none()) {
            self.at(name, |check| check.find(FindingKind::Unlisted));
        }
    }

    /// Returns the table of the event in an inner object, if one describes it.
    fn event<'b>(&mut self, find: &impl Fn(&str) -> Option<&'b RawValue>) -> Option<&'static Kind> {
        let text = |name| <Text<'b>>::parse(find(name)?, &[], self.reading);
        let (realm, event_type) = (text("realm")?, text("type")?);
        let (realm, event_type) = (realm.trim(), event_type.trim());
        if let Some(event) = EventInfo::of(realm, event_type) {
            return Some(&event.data);
        }
        if UNDESCRIBED.contains(&(realm, event_type)) {
            return Some(&Kind::Any);
        }
        if Realm::NAMES.lists(realm) && EventType::NAMES.lists(event_type) {
            self.at("type", |check| check.find(FindingKind::UnknownEvent));
        }
        None
    }

    fn value(&mut self, kind: &Kind, row: &Row, raw: &RawValue) {
        let found = Found::of(raw);
        let as_text = || <Text<'_>>::parse(raw, &[], self.reading);
        let fits = match (kind, found) {
            (_, Found::Null) => row.optional || matches!(kind, Kind::List(_)),
            (Kind::Versions { current, v1 }, _) => {
                let is_current = match v1 {
                    Kind::List(_) => found != Found::Type(JsonType::List),
                    _ => is_current(raw, self.reading),
                };
                let kind = if is_current { current } else { v1 };
                // The keys of a list may be text.
                let also = &[JsonType::String];
                return self.value(kind, &Row { also, ..*row }, raw);
            }
            (Kind::Any, _) => true,
            (Kind::Object(table), Found::Type(JsonType::Object)) => {
                return self.object(table, raw);
            }
            (Kind::List(item), Found::Type(JsonType::List)) => {
                return self.items(item, row, raw);
            }
            (Kind::List(item), Found::Type(JsonType::Object))
                if row.also.contains(&JsonType::Object) =>
            {
                return self.value(item, row, raw);
            }
            (Kind::Name(names), Found::Type(JsonType::String)) => {
                if !as_text().is_some_and(|text| names.lists(text.trim())) {
                    self.find(FindingKind::UnlistedValue);
                }
                true
            }
            (Kind::Name(names), Found::Type(JsonType::Integer)) => {
                let numbered = names.values.iter().any(|(_, number)| number.is_some());
                let listed = number::integer(raw.get())
                    .is_some_and(|number| names.name_of(number).is_some());
                if numbered && !listed {
                    self.find(FindingKind::UnlistedValue);
                }
                numbered || row.also.contains(&JsonType::Integer)
            }
            (Kind::Name(_), Found::Type(JsonType::List)) if row.also.contains(&JsonType::List) => {
                match only_item(raw) {
                    Some(item) => return self.value(kind, row, item),
                    None => false,
                }
            }
            (Kind::Integer | Kind::Float, Found::Type(JsonType::String)) => {
                row.also.contains(&JsonType::String)
                    && as_text().is_some_and(|text| number::integer_in_text(&text).is_some())
            }
            (Kind::AgentOrAll, Found::Type(JsonType::String)) => as_text()
                .is_some_and(|text| text == "*" || number::integer_in_text(&text).is_some()),
            (Kind::Float, Found::Type(JsonType::Integer)) => true,
            (_, Found::Type(found)) => found == kind.json_type() || row.also.contains(&found),
        };
        if !fits {
            self.find(FindingKind::WrongType {
                expected: kind.json_type().name(),
                found: found.name(),
            });
        }
    }

    fn items(&mut self, kind: &Kind, row: &Row, raw: &RawValue) {
        let mut place = 0_usize;
        // The text is known to be JSON.
        let _ = source::whole(raw.get(), |list| {
            list.items(&mut |item| {
                let item = item.raw()?;
                // A list may be null; nothing permits that of its items.
                let row = Row {
                    optional: false,
                    ..*row
                };
                self.at(&place.to_string(), |check| check.value(kind, &row, item));
                place = place.saturating_add(1);
                Some(())
            })
        });
    }
}

/// Returns whether the data of an administration event have the current form.
fn is_current(raw: &RawValue, reading: &Reading) -> bool {
    let names = ["eventAction", "entity"];
    members(raw, reading).is_some_and(|list| list.iter().any(|(name, _)| names.contains(&&**name)))
}

/// The JSON type of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Null,
    Type(JsonType),
}

impl Found {
    fn of(raw: &RawValue) -> Self {
        let text = raw.get();
        Self::Type(match text.as_bytes().first() {
            Some(b'"') => JsonType::String,
            Some(b'{') => JsonType::Object,
            Some(b'[') => JsonType::List,
            Some(b't' | b'f') => JsonType::Boolean,
            Some(b'n') | None => return Self::Null,
            _ if text.contains(['.', 'e', 'E']) => JsonType::Float,
            _ => JsonType::Integer,
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Type(found) => found.name(),
        }
    }
}
