//! Names and values of a trace as the fields of a message.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::{BufMut, BytesMut};

use super::names::{self, plain};
use super::record::{self, Style};
use super::{Left, LeftWhy, TextFields, TextMessage};
use crate::ccx::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, ValueTable};
use crate::ccx::{Frame, Version};
use crate::text::Text;

/// The most elements of a list, so that an index asks for no more.
const MAX_ELEMENTS: usize = 1000;

/// The floating fields of a message or of an element.
#[derive(Default)]
struct Set {
    /// The row of each field, by its place in the table, and its data.
    fields: Vec<(usize, Vec<u8>)>,
    lists: BTreeMap<usize, Vec<Set>>,
}

/// Reads the pairs of a message.
pub(super) fn fields(
    layout: &'static Layout,
    version: Version,
    message: &TextMessage,
) -> Option<TextFields> {
    let mut reader = Reader {
        layout,
        version,
        fixed: layout.fixed.iter().map(|_| None).collect(),
        floating: Set::default(),
        left: Vec::new(),
        long_id: false,
    };
    reader.long_id = message
        .pairs()
        .any(|(name, value)| plain(name.as_bytes()) == "agentidlong" && value != "null");
    for (name, value) in message.pairs() {
        reader.pair(name, value);
    }
    reader.write()
}

struct Reader {
    layout: &'static Layout,
    version: Version,
    /// The bytes of each fixed field that was given.
    fixed: Vec<Option<Vec<u8>>>,
    floating: Set,
    left: Vec<Left>,
    /// Whether the trace has another name for the guide's `AgentID`.
    long_id: bool,
}

/// The meaning of a name.
enum Target {
    Fixed(usize, &'static FixedRow),
    /// A field, by the places of the lists that it is in.
    Field(Vec<usize>, usize, &'static FieldRow),
    List(usize, &'static GroupRow),
}

impl Reader {
    fn pair(&mut self, name: Text<'_>, value: Text<'_>) {
        if let Err(why) = self.try_pair(name, value) {
            self.left.push(Left {
                name: name.to_string(),
                value: value.to_string(),
                why,
            });
        }
    }

    fn try_pair(&mut self, name: Text<'_>, value: Text<'_>) -> Result<(), LeftWhy> {
        let (bare, index) = indexed(name.as_bytes());
        let target = self.target(bare).ok_or(LeftWhy::Unknown)?;
        if value == "null" {
            return Ok(());
        }
        if is_hidden(value.as_bytes()) {
            return Err(LeftWhy::Hidden);
        }
        match target {
            Target::Fixed(place, row) => {
                if !row.is_in(self.version.number()) {
                    return Err(LeftWhy::NotInVersion);
                }
                let bytes = fixed(row, value).ok_or(LeftWhy::Unfit)?;
                match self.fixed.get_mut(place) {
                    Some(Some(before)) if *before == bytes => Ok(()),
                    Some(Some(_)) => Err(LeftWhy::Twice),
                    Some(none) => {
                        *none = Some(bytes);
                        Ok(())
                    }
                    None => Err(LeftWhy::Unknown),
                }
            }
            Target::List(place, group) => {
                let items = record::items(value.as_bytes()).ok_or(LeftWhy::Unfit)?;
                for item in items {
                    let mut element = Set::default();
                    self.element(group, item, &mut element)?;
                    list(&mut self.floating, place).push(element);
                }
                Ok(())
            }
            Target::Field(lists, place, row) => {
                if !row.is_in(self.version.number()) {
                    return Err(LeftWhy::NotInVersion);
                }
                if lists.is_empty() {
                    let data = floating(row, value).ok_or(LeftWhy::Unfit)?;
                    let before = self
                        .floating
                        .fields
                        .iter()
                        .find(|(given, _)| *given == place);
                    return match before {
                        Some((_, before)) if *before == data => Ok(()),
                        Some(_) => Err(LeftWhy::Twice),
                        None => {
                            self.floating.fields.push((place, data));
                            Ok(())
                        }
                    };
                }
                let items = record::items(value.as_bytes());
                let many = items.is_some();
                let items = items.unwrap_or_else(|| alloc::vec![value.as_bytes()]);
                for (number, item) in items.into_iter().enumerate() {
                    let index = if many { Some(number) } else { index };
                    let data = floating(row, Text::new(item)).ok_or(LeftWhy::Unfit)?;
                    let set = descend(&mut self.floating, &lists, place, index);
                    let set = set.ok_or(LeftWhy::Unfit)?;
                    set.fields.push((place, data));
                }
                Ok(())
            }
        }
    }

    /// Reads an element of a list: `{name: value, …}`, or the value of its only field.
    fn element(
        &mut self,
        group: &'static GroupRow,
        item: &[u8],
        element: &mut Set,
    ) -> Result<(), LeftWhy> {
        let inner = item
            .strip_prefix(b"{")
            .and_then(|item| item.strip_suffix(b"}"));
        let Some(inner) = inner else {
            let [FloatingRow::Field(row)] = group.rows else {
                return Err(LeftWhy::Unfit);
            };
            let data = floating(row, Text::new(item)).ok_or(LeftWhy::Unfit)?;
            element.fields.push((0, data));
            return Ok(());
        };
        if let [FloatingRow::Field(row)] = group.rows
            && matches!(row.kind, Kind::NamedVar | Kind::NamedArray)
        {
            let data = named(row.kind, inner).ok_or(LeftWhy::Unfit)?;
            element.fields.push((0, data));
            return Ok(());
        }
        for pair in record::pairs(Style::Braces, inner) {
            let name = inner.get(pair.name).unwrap_or_default();
            let value = Text::new(inner.get(pair.value).unwrap_or_default());
            let wanted = plain(name);
            let found = group.rows.iter().enumerate().find(|(_, row)| {
                let name = match row {
                    FloatingRow::Field(row) => row.name,
                    FloatingRow::Group(group) => group.name,
                };
                plain(name.as_bytes()) == wanted
                    || names::alias(&wanted).is_some_and(|alias| plain(name.as_bytes()) == alias)
            });
            match found {
                Some((place, FloatingRow::Field(row))) => {
                    if value == "null" {
                        continue;
                    }
                    let data = floating(row, value).ok_or(LeftWhy::Unfit)?;
                    element.fields.push((place, data));
                }
                Some((place, FloatingRow::Group(inner_group))) => {
                    let items = record::items(value.as_bytes()).ok_or(LeftWhy::Unfit)?;
                    for item in items {
                        let mut inner_element = Set::default();
                        self.element(inner_group, item, &mut inner_element)?;
                        list(element, place).push(inner_element);
                    }
                }
                None => self.left.push(Left {
                    name: Text::new(name).to_string(),
                    value: value.to_string(),
                    why: LeftWhy::Unknown,
                }),
            }
        }
        Ok(())
    }

    /// Returns the meaning of a name in the message.
    fn target(&self, name: &[u8]) -> Option<Target> {
        // As the guide and its tables spell it, case and all.
        let exact = |row: &str| row.as_bytes() == name;
        if let Some(target) = self.find(&exact) {
            return Some(target);
        }
        let wanted = plain(name);
        // The guide's AgentID came late; `agentID` in traces is its reserved predecessor.
        if wanted == "agentid" && self.long_id {
            let reserved = |row: &str| row == "AGENT_ID";
            if let Some(target) = self.find(&reserved) {
                return Some(target);
            }
        }
        let guide = |row: &str| row != "AGENT_ID" && plain(row.as_bytes()) == wanted;
        if let Some(target) = self.find(&guide) {
            return Some(target);
        }
        let alias = names::alias(&wanted)?;
        let other = |row: &str| row != "AGENT_ID" && plain(row.as_bytes()) == alias;
        self.find(&other).or_else(|| self.reserved(&wanted))
    }

    /// Finds `reserveN`: the reserved fields of the fixed part in order.
    fn reserved(&self, name: &str) -> Option<Target> {
        let (_, number) = names::numbered(name).filter(|(stem, _)| *stem == "reserve")?;
        let number: usize = number.parse().ok()?;
        let mut rows = self.layout.fixed.iter().enumerate();
        let mut reserved = rows.by_ref().filter(|(_, row)| row.reserved.is_some());
        let (place, row) = reserved.nth(number.checked_sub(1)?)?;
        Some(Target::Fixed(place, row))
    }

    fn find(&self, is: &dyn Fn(&str) -> bool) -> Option<Target> {
        let fixed = self.layout.fixed.iter().enumerate();
        for (place, row) in fixed {
            if is(row.name) {
                return Some(Target::Fixed(place, row));
            }
        }
        let lists = self.layout.floating.iter().enumerate();
        for (place, row) in lists {
            if let FloatingRow::Group(group) = row
                && is(group.name)
            {
                return Some(Target::List(place, group));
            }
        }
        field(self.layout.floating, is, &mut Vec::new())
    }

    fn write(self) -> Option<TextFields> {
        let mut absent = Vec::new();
        let mut bytes = BytesMut::new();
        bytes.put_u32(0);
        bytes.put_u32(self.layout.message_type);
        for (row, given) in self.layout.fixed.iter().zip(&self.fixed) {
            if !row.is_in(self.version.number()) {
                continue;
            }
            match given {
                Some(given) => bytes.put_slice(given),
                None => {
                    absent.push(row.name);
                    put(&mut bytes, row.size(), row.reserved.unwrap_or_default());
                }
            }
        }
        let mut left = self.left;
        write(
            &mut bytes,
            self.layout.floating,
            &self.floating,
            self.version,
            &mut left,
        );
        let length = u32::try_from(bytes.len().checked_sub(8)?).ok()?;
        if let Some(header) = bytes.first_chunk_mut::<4>() {
            *header = length.to_be_bytes();
        }
        let frame = Frame::new(bytes.freeze()).ok()?;
        Some(TextFields {
            frame,
            left,
            absent,
        })
    }
}

/// Finds a field anywhere in a floating part.
fn field(
    rows: &'static [FloatingRow],
    is: &dyn Fn(&str) -> bool,
    lists: &mut Vec<usize>,
) -> Option<Target> {
    for (place, row) in rows.iter().enumerate() {
        if let FloatingRow::Field(row) = row
            && is(row.name)
        {
            return Some(Target::Field(lists.clone(), place, row));
        }
    }
    for (place, row) in rows.iter().enumerate() {
        if let FloatingRow::Group(group) = row {
            lists.push(place);
            let found = field(group.rows, is, lists);
            if found.is_some() {
                return found;
            }
            lists.pop();
        }
    }
    None
}

fn list(set: &mut Set, place: usize) -> &mut Vec<Set> {
    set.lists.entry(place).or_default()
}

/// Returns the element of a field: that of its index, or the last one that lacks the field.
fn descend<'a>(
    set: &'a mut Set,
    lists: &[usize],
    field: usize,
    index: Option<usize>,
) -> Option<&'a mut Set> {
    let Some((first, inner)) = lists.split_first() else {
        return Some(set);
    };
    let list = list(set, *first);
    let taken =
        |element: &Set| inner.is_empty() && element.fields.iter().any(|(given, _)| *given == field);
    let at = match index {
        Some(index) if index < MAX_ELEMENTS && inner.is_empty() => index,
        _ if list.last().is_none_or(taken) => list.len(),
        _ => list.len().saturating_sub(1),
    };
    while list.len() <= at {
        list.push(Set::default());
    }
    descend(list.get_mut(at)?, inner, field, index)
}

/// Splits the index of an element off a name.
fn indexed(name: &[u8]) -> (&[u8], Option<usize>) {
    let Some(open) = name.iter().position(|byte| *byte == b'[') else {
        return (name, None);
    };
    let (bare, index) = name.split_at_checked(open).unwrap_or((name, &[]));
    let digits = index
        .strip_prefix(b"[")
        .and_then(|index| index.strip_suffix(b"]"));
    let index = digits
        .and_then(|digits| core::str::from_utf8(digits).ok())
        .and_then(|digits| digits.parse().ok());
    (bare, index)
}

/// Returns whether a log shows a substitute for a value: the address of an object, or stars.
fn is_hidden(value: &[u8]) -> bool {
    let address = value.starts_with(b"[B@") || value.starts_with(b"[C@");
    let stars = value.len() > 1 && value.iter().all(|byte| *byte == b'*');
    address || stars || value == b"[output suppressed]"
}

/// Returns the number of a value, numeric or by its name in a table.
fn number(table: Option<&'static ValueTable>, value: Text<'_>) -> Option<i64> {
    let text = value.to_str().ok()?.trim();
    if let Some(number) = integer(text) {
        return Some(number);
    }
    match text.to_ascii_lowercase().as_str() {
        "true" => return Some(1),
        "false" => return Some(0),
        _ => {}
    }
    // `AVAILABLE(3)`, `3 (READY)`.
    if let Some((before, inside)) = text.split_once('(') {
        let inside = inside.trim_end_matches(')').trim();
        if let Some(number) = integer(before.trim()).or_else(|| integer(inside)) {
            return Some(number);
        }
    }
    let table = table?;
    let mut bits = 0_i64;
    for part in text.split('|') {
        let part = part.trim();
        let value = integer(part).or_else(|| named_value(table, part).map(i64::from))?;
        if !table.mask && text.contains('|') {
            return None;
        }
        bits |= value;
    }
    Some(bits)
}

fn integer(text: &str) -> Option<i64> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Returns the value of a name, with or without the common prefix of a table's names.
fn named_value(table: &'static ValueTable, name: &str) -> Option<u32> {
    let name = name.to_ascii_uppercase();
    let alias = names::VALUES
        .iter()
        .find(|(alias, _)| *alias == name)
        .map_or(name.as_str(), |(_, guide)| guide);
    let is = |guide: &str| {
        let guide = guide.to_ascii_uppercase();
        guide == name
            || guide == alias
            || guide
                .strip_suffix(alias)
                .is_some_and(|stem| stem.ends_with("STATE_") || stem.ends_with("TYPE_"))
    };
    table
        .values
        .iter()
        .find(|row| row.name.is_some_and(is))
        .map(|row| row.first)
}

/// Returns the low bytes of a number, if it fits their size, signed or unsigned.
fn sized(number: i64, size: usize) -> Option<Vec<u8>> {
    let bits = u32::try_from(size.checked_mul(8)?).ok()?;
    let top = 1_i64.checked_shl(bits)?;
    let low = top.checked_div(2)?.checked_neg()?;
    if size > 4 || number >= top || number < low {
        return None;
    }
    let bytes = number.to_be_bytes();
    Some(bytes.get(bytes.len().checked_sub(size)?..)?.to_vec())
}

fn fixed(row: &'static FixedRow, value: Text<'_>) -> Option<Vec<u8>> {
    match row.kind.size() {
        Some(size) => sized(number(row.values, value)?, size),
        // The UNSPEC fields of a fixed part.
        None => {
            let bytes = super::super::read_hex(value.as_bytes()).ok()?;
            (bytes.len() == row.size()).then_some(bytes)
        }
    }
}

/// Returns the data of a floating field.
fn floating(row: &'static FieldRow, value: Text<'_>) -> Option<Vec<u8>> {
    let bytes = value.as_bytes();
    let data = match row.kind {
        Kind::String => {
            let text = unquoted(bytes);
            let mut data = text.to_vec();
            data.push(0);
            (!text.contains(&0)).then_some(data)?
        }
        Kind::Unspec => super::super::read_hex(bytes).unwrap_or_else(|_| bytes.to_vec()),
        Kind::NamedVar | Kind::NamedArray => named(row.kind, bytes)?,
        kind => sized(number(row.values, value)?, kind.size()?)?,
    };
    u8::try_from(data.len()).ok().map(|_| data)
}

/// Removes the quotes around a text.
fn unquoted(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\"")
        .and_then(|text| text.strip_suffix(b"\""))
        .unwrap_or(text)
}

/// Parses `name=value`, `name: value`, or `name: x, value: y`; for an array `name[3]=value`.
fn named(kind: Kind, text: &[u8]) -> Option<Vec<u8>> {
    let pairs = record::pairs(Style::Braces, text);
    let get = |key: &str| {
        pairs
            .iter()
            .find(|pair| {
                text.get(pair.name.clone())
                    .is_some_and(|name| plain(name) == key)
            })
            .and_then(|pair| text.get(pair.value.clone()))
    };
    let (name, value, index) = match (get("name"), get("value")) {
        (Some(name), Some(value)) => {
            let index = get("index").and_then(|index| core::str::from_utf8(index).ok());
            (
                name,
                value,
                index.and_then(|index| index.parse::<usize>().ok()),
            )
        }
        _ => {
            let sign = text.iter().position(|byte| matches!(byte, b'=' | b':'))?;
            let (name, value) = text.split_at_checked(sign)?;
            let (name, index) = indexed(name.trim_ascii());
            (name, value.get(1..)?.trim_ascii(), index)
        }
    };
    let mut data = Vec::new();
    if kind == Kind::NamedArray {
        data.push(u8::try_from(index.unwrap_or_default()).ok()?);
    }
    for text in [name, value] {
        if text.contains(&0) {
            return None;
        }
        data.extend_from_slice(unquoted(text));
        data.push(0);
    }
    Some(data)
}

/// Writes a number in a given size.
fn put(bytes: &mut BytesMut, size: usize, value: u32) {
    let number = u64::from(value).to_be_bytes();
    let from = number.len().saturating_sub(size);
    bytes.put_slice(number.get(from..).unwrap_or_default());
}

/// Writes fields in the order of their table.
fn write(
    bytes: &mut BytesMut,
    rows: &'static [FloatingRow],
    set: &Set,
    version: Version,
    left: &mut Vec<Left>,
) {
    for (place, row) in rows.iter().enumerate() {
        match row {
            FloatingRow::Field(row) => {
                for (_, data) in set.fields.iter().filter(|(given, _)| *given == place) {
                    if !row.is_in(version.number()) {
                        left.push(Left {
                            name: row.name.into(),
                            value: String::new(),
                            why: LeftWhy::NotInVersion,
                        });
                        continue;
                    }
                    if version.has_wide_ids() {
                        bytes.put_u16(row.id);
                    } else {
                        bytes.put_u8(u8::try_from(row.id).unwrap_or_default());
                    }
                    bytes.put_u8(u8::try_from(data.len()).unwrap_or_default());
                    bytes.put_slice(data);
                }
            }
            FloatingRow::Group(group) => {
                for element in set.lists.get(&place).into_iter().flatten() {
                    write(bytes, group.rows, element, version, left);
                }
            }
        }
    }
}
