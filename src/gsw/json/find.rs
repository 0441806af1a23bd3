//! Finds lists in JSON at any depth, among any other text.
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{BINARY, LIST, STRING, UNICODE, UNICODE_HEX, of_type};
use crate::gsw::attached_data::{AttachedDataBuf, Limits, ValueBuf};
use crate::gsw::keys;
use crate::hex;
use crate::text::Text;

/// A list that was found.
#[derive(Clone, Debug)]
pub(in crate::gsw) struct Found {
    /// The line of the outermost bracket around it.
    pub(in crate::gsw) line: usize,
    /// The name of the member that is the list; empty for an object that is one by its keys.
    pub(in crate::gsw) name: String,
    /// Values that are `null`.
    pub(in crate::gsw) hidden: usize,
    /// Values that a list holds as text: fractions, truth values, arrays.
    pub(in crate::gsw) converted: usize,
    pub(in crate::gsw) data: AttachedDataBuf,
}

/// Takes text line by line, keeps the text within brackets until they close, and reads it.
#[derive(Clone, Debug)]
pub(in crate::gsw) struct Finder {
    limit: usize,
    depth: usize,
    /// From the outermost bracket that is open.
    text: Vec<u8>,
    /// The line of its first bracket.
    line: usize,
    /// The places of open brackets, outermost first.
    open: Vec<usize>,
    /// The closed ranges within the open ones, outermost ranges only.
    closed: Vec<Range<usize>>,
    /// The quote of the string that is open, and whether a backslash stood before.
    string: Option<u8>,
    escaped: bool,
}

impl Finder {
    pub(in crate::gsw) fn new(limits: Limits) -> Self {
        Finder {
            limit: limits.max_bytes,
            depth: limits.depth(),
            text: Vec::new(),
            line: 0,
            open: Vec::new(),
            closed: Vec::new(),
            string: None,
            escaped: false,
        }
    }

    /// Returns whether a bracket is open.
    pub(in crate::gsw) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Processes a line and adds the lists that it completes.
    pub(in crate::gsw) fn line(&mut self, line: &[u8], number: usize, found: &mut Vec<Found>) {
        let mut rest = line;
        while !rest.is_empty() {
            if self.open.is_empty() {
                let Some(place) = memchr::memchr2(b'{', b'[', rest) else {
                    return;
                };
                rest = rest.get(place..).unwrap_or_default();
                if !may_begin(rest) {
                    rest = rest.get(1..).unwrap_or_default();
                    continue;
                }
                self.line = number;
            }
            let Some((first, after)) = rest.split_first() else {
                return;
            };
            self.byte(*first, found);
            rest = after;
        }
        // No string continues over a line.
        self.string = None;
        self.escaped = false;
        if self.is_open() {
            self.byte(b'\n', found);
        }
    }

    fn byte(&mut self, byte: u8, found: &mut Vec<Found>) {
        let place = self.text.len();
        self.text.push(byte);
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if let Some(quote) = self.string {
            if byte == quote {
                self.string = None;
            }
        } else {
            match byte {
                b'"' | b'\'' => self.string = Some(byte),
                b'{' | b'[' => self.open.push(place),
                b'}' | b']' => self.close(byte, found),
                _ => {}
            }
        }
        if self.text.len() > self.limit {
            self.shorten(found);
        }
    }

    fn close(&mut self, byte: u8, found: &mut Vec<Found>) {
        let Some(start) = self.open.pop() else {
            return;
        };
        let opened = self.text.get(start);
        let fits = matches!((opened, byte), (Some(b'{'), b'}') | (Some(b'['), b']'));
        if !fits {
            return self.give_up(found);
        }
        while self.closed.last().is_some_and(|inner| inner.start > start) {
            self.closed.pop();
        }
        self.closed.push(start..self.text.len());
        if self.open.is_empty() {
            self.give_up(found);
        }
    }

    /// Reads the closed ranges, and forgets the rest.
    pub(in crate::gsw) fn give_up(&mut self, found: &mut Vec<Found>) {
        let text = core::mem::take(&mut self.text);
        for range in core::mem::take(&mut self.closed) {
            let before = text.get(..range.start).unwrap_or_default();
            let lines = memchr::memchr_iter(b'\n', before).count();
            let part = text.get(range).unwrap_or_default();
            harvest(part, self.line.saturating_add(lines), self.depth, found);
        }
        self.open.clear();
        self.string = None;
        self.escaped = false;
        // The memory serves for the next.
        self.text = text;
        self.text.clear();
    }

    /// Does without the outermost bracket, which is open for too long.
    fn shorten(&mut self, found: &mut Vec<Found>) {
        let next = self.open.get(1).copied().unwrap_or(self.text.len());
        let text = core::mem::take(&mut self.text);
        let (before, rest) = text.split_at_checked(next).unwrap_or((&text, &[]));
        let closed = core::mem::take(&mut self.closed);
        for range in closed {
            if range.start >= next {
                let (start, end) = (range.start.wrapping_sub(next), range.end.wrapping_sub(next));
                self.closed.push(start..end);
                continue;
            }
            let lines = before.get(..range.start).unwrap_or_default();
            let lines = memchr::memchr_iter(b'\n', lines).count();
            let part = text.get(range).unwrap_or_default();
            harvest(part, self.line.saturating_add(lines), self.depth, found);
        }
        let lines = memchr::memchr_iter(b'\n', before).count();
        self.line = self.line.saturating_add(lines);
        self.text = rest.to_vec();
        self.open = self
            .open
            .iter()
            .skip(1)
            .map(|place| place.saturating_sub(next))
            .collect();
    }
}

/// Returns whether JSON may begin with this bracket: most brackets of a log are others.
fn may_begin(text: &[u8]) -> bool {
    let Some((bracket, rest)) = text.split_first() else {
        return false;
    };
    let next = rest.trim_ascii_start().first();
    match bracket {
        b'{' => matches!(next, None | Some(b'"' | b'\'' | b'\\' | b'}' | b'u')),
        _ => matches!(next, None | Some(b'{' | b'[')),
    }
}

/// JSON as far as lists need it.
#[derive(Clone, Debug)]
enum Node {
    Null,
    Int(i64),
    Text(String),
    /// A fraction or a truth value, as text.
    Other(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any JSON value")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Other(value.to_string()))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Int(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
                Ok(i64::try_from(value).map_or_else(|_| Node::Other(value.to_string()), Node::Int))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
                Ok(Node::Other(value.to_string()))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
                Ok(Node::Text(value.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
                let mut array = Vec::new();
                while let Some(item) = items.next_element()? {
                    array.push(item);
                }
                Ok(Node::Array(array))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
                let mut object = Vec::new();
                while let Some(member) = members.next_entry()? {
                    object.push(member);
                }
                Ok(Node::Object(object))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// Shows the value as JSON.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &String| serde_json::to_string(text).unwrap_or_default();
        match self {
            Node::Null => f.write_str("null"),
            Node::Int(number) => number.fmt(f),
            Node::Text(text) => f.write_str(&quoted(text)),
            Node::Other(text) => f.write_str(text),
            Node::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "[" } else { "," })?;
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Node::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    let comma = if index == 0 { "{" } else { "," };
                    write!(f, "{comma}{}:{value}", quoted(name))?;
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

/// JSON texts within strings are followed so deep.
const TEXTS: usize = 4;

/// Adds the lists in a text that is JSON, a Python dict, or either with its quotes escaped.
fn harvest(text: &[u8], line: usize, depth: usize, found: &mut Vec<Found>) {
    let Some(node) = parse(text) else { return };
    let mut harvest = Harvest { line, depth, found };
    harvest.walk(&node, "", TEXTS);
}

fn parse(text: &[u8]) -> Option<Node> {
    let json = |text: &[u8]| serde_json::from_slice::<Node>(text).ok();
    let has = |bytes: &[u8]| memchr::memmem::find(text, bytes).is_some();
    json(text)
        .or_else(|| has(b"\\\"").then(|| json(&unescaped(text)))?)
        .or_else(|| has(b"\"\"").then(|| json(&undoubled(text)))?)
        .or_else(|| has(b"'").then(|| json(&from_python(text)?))?)
}

/// Returns the text with one level of backslashes removed.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => plain.extend(bytes.next()),
            other => plain.push(*other),
        }
    }
    plain
}

/// Returns the text with doubled quotes, as in a table's cell, made single.
fn undoubled(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        plain.push(*first);
        rest = match (first, after) {
            (b'"', [b'"', after @ ..]) => after,
            _ => after,
        };
    }
    plain
}

/// Converts a Python dict to JSON.
fn from_python(text: &[u8]) -> Option<Vec<u8>> {
    let mut json = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            b'\'' | b'"' => {
                json.push(b'"');
                let rest = python_string(*first, after, &mut json)?;
                json.push(b'"');
                rest
            }
            b'(' => {
                json.push(b'[');
                after
            }
            b')' => {
                json.push(b']');
                after
            }
            byte if byte.is_ascii_alphabetic() => {
                let end = rest.iter().position(|byte| !byte.is_ascii_alphabetic());
                let (word, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
                match word {
                    b"True" | b"true" => json.extend_from_slice(b"true"),
                    b"False" | b"false" => json.extend_from_slice(b"false"),
                    b"None" | b"null" => json.extend_from_slice(b"null"),
                    // A letter before a string is its prefix; in a number it is a digit or
                    // exponent.
                    b"e" | b"E" => json.extend_from_slice(word),
                    b"u" | b"b" | b"r" if matches!(after.first(), Some(b'\'' | b'"')) => {}
                    _ => return None,
                }
                after
            }
            byte => {
                json.push(*byte);
                after
            }
        };
    }
    Some(json)
}

/// Converts the content of a Python string to that of a JSON string, and returns the text after it.
fn python_string<'a>(quote: u8, text: &'a [u8], json: &mut Vec<u8>) -> Option<&'a [u8]> {
    let mut rest = text;
    loop {
        let (first, after) = rest.split_first()?;
        rest = after;
        match first {
            byte if *byte == quote => return Some(rest),
            b'"' => json.extend_from_slice(b"\\\""),
            b'\\' => {
                let (escaped, after) = rest.split_first()?;
                rest = after;
                match escaped {
                    b'\'' => json.push(b'\''),
                    b'x' => {
                        let (digits, after) = rest.split_at_checked(2)?;
                        json.extend_from_slice(b"\\u00");
                        json.extend_from_slice(digits);
                        rest = after;
                    }
                    other => json.extend_from_slice(&[b'\\', *other]),
                }
            }
            other => json.push(*other),
        }
    }
}

/// The names of members that are attached data.
const NAMES: [&str; 12] = [
    "userdata",
    "attributeuserdata",
    "attruserdata",
    "attritxuserdata",
    "attacheddata",
    "kvlist",
    "kvdata",
    "extensions",
    "attributeextensions",
    "reasons",
    "attributereasons",
    "calldata",
];

fn is_list_name(name: &str) -> bool {
    let plain = || {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters.map(|byte| byte.to_ascii_lowercase())
    };
    NAMES.iter().any(|known| plain().eq(known.bytes()))
}

struct Harvest<'a> {
    line: usize,
    depth: usize,
    found: &'a mut Vec<Found>,
}

impl Harvest<'_> {
    /// Walks a value with its name.
    fn walk(&mut self, node: &Node, name: &str, texts: usize) {
        let named = is_list_name(name);
        match node {
            Node::Object(members) => {
                let reserved = members
                    .iter()
                    .any(|(key, _)| keys::is_reserved(Text::from(key)));
                if named || reserved {
                    self.found(name, |list| list.object(members));
                } else {
                    for (name, value) in members {
                        self.walk(value, name, texts);
                    }
                }
            }
            Node::Array(items) => {
                if is_workspace(items, named) {
                    self.found(name, |list| list.entries(items));
                } else {
                    // The items of an array have the array's name.
                    items.iter().for_each(|item| self.walk(item, name, texts));
                }
            }
            Node::Text(text) => {
                let text = text.trim();
                if let Some(texts) = texts.checked_sub(1)
                    && may_begin(text.as_bytes())
                    && let Some(node) = parse(text.as_bytes())
                {
                    self.walk(&node, name, texts);
                }
            }
            Node::Null | Node::Int(_) | Node::Other(_) => {}
        }
    }

    fn found(&mut self, name: &str, read: impl FnOnce(&mut List) -> AttachedDataBuf) {
        let mut list = List {
            hidden: 0,
            converted: 0,
            depth: self.depth,
        };
        let data = read(&mut list);
        self.found.push(Found {
            line: self.line,
            name: name.into(),
            hidden: list.hidden,
            converted: list.converted,
            data,
        });
    }
}

/// Returns whether an array is a list in the form of Workspace.
fn is_workspace(items: &[Node], named: bool) -> bool {
    let is_entry = |item: &Node| match item {
        Node::Object(members) => {
            let has = |name: &str| members.iter().any(|(member, _)| member == name);
            has("key") && has("value") && (named || has("type"))
        }
        _ => false,
    };
    !items.is_empty() && items.iter().all(is_entry)
}

struct List {
    hidden: usize,
    converted: usize,
    depth: usize,
}

impl List {
    fn object(&mut self, members: &[(String, Node)]) -> AttachedDataBuf {
        let mut list = AttachedDataBuf::new();
        if let [(tag, Node::Array(pairs))] = members
            && tag == LIST
        {
            for pair in pairs {
                if let Node::Array(pair) = pair
                    && let [key, value] = &pair[..]
                {
                    let value = self.value(value);
                    match self.value(key) {
                        ValueBuf::Str(key) => list.push(key, value),
                        _ => self.converted = self.converted.saturating_add(1),
                    }
                }
            }
            return list;
        }
        for (key, value) in members {
            let value = self.value(value);
            list.push(key, value);
        }
        list
    }

    fn entries(&mut self, items: &[Node]) -> AttachedDataBuf {
        let mut list = AttachedDataBuf::new();
        for item in items {
            let Node::Object(members) = item else {
                continue;
            };
            let member = |name: &str| {
                let mut members = members.iter();
                members
                    .find(|(member, _)| member == name)
                    .map(|(_, node)| node)
            };
            let key = match member("key") {
                Some(Node::Text(key)) => key.clone(),
                Some(other) => other.to_string(),
                None => continue,
            };
            let kind = match member("type") {
                Some(Node::Text(kind)) => kind.as_str(),
                _ => "",
            };
            let value = match (kind, member("value")) {
                ("kvlist" | "list", Some(Node::Array(items))) => {
                    self.nested(|list| list.entries(items))
                }
                (_, Some(value)) => self.value(value),
                (_, None) => continue,
            };
            let typed = of_type(kind, value.clone());
            list.push(key, typed.unwrap_or(value));
        }
        list
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> AttachedDataBuf) -> ValueBuf {
        let Some(depth) = self.depth.checked_sub(1) else {
            self.hidden = self.hidden.saturating_add(1);
            return ValueBuf::Hidden;
        };
        let before = core::mem::replace(&mut self.depth, depth);
        let list = read(self);
        self.depth = before;
        ValueBuf::List(list)
    }

    fn value(&mut self, node: &Node) -> ValueBuf {
        match node {
            Node::Null => {
                self.hidden = self.hidden.saturating_add(1);
                ValueBuf::Hidden
            }
            Node::Int(number) => ValueBuf::Int(*number),
            Node::Text(text) => text.as_str().into(),
            Node::Object(members) => match tagged(members) {
                Some(value) => value,
                None => self.nested(|list| list.object(members)),
            },
            Node::Array(items) if is_workspace(items, false) => {
                self.nested(|list| list.entries(items))
            }
            Node::Array(_) | Node::Other(_) => {
                self.converted = self.converted.saturating_add(1);
                node.to_string().as_str().into()
            }
        }
    }
}

/// Reads a value that is an object with one member, since JSON has no notation for it.
fn tagged(members: &[(String, Node)]) -> Option<ValueBuf> {
    let [(tag, Node::Text(text))] = members else {
        return None;
    };
    Some(match tag.as_str() {
        BINARY => ValueBuf::Binary(hex::parse(text)?),
        STRING => ValueBuf::Str(hex::parse(text)?),
        UNICODE => ValueBuf::Unicode(text.as_bytes().to_vec()),
        UNICODE_HEX => ValueBuf::Unicode(hex::parse(text)?),
        _ => return None,
    })
}
