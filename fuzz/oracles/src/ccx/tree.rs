//! A second decoder, which knows a message by its [`Layout`] alone.
//!
//! It shares no code with the structs: it has its own walk, its own numbers, its own notion of
//! where an element of a list ends. It is slow and allocates; its merit is that it was written from
//! the rules and not from the other decoder. What [`Message::visit`] shows must be what it finds,
//! and what encoding writes must be what [`Tree::body`] writes.

use cti_codec::ccx::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Layout, Reserved};
use cti_codec::ccx::{
    DecodeError, Fault, FieldName, List, Message, Unlisted, Value, Version, Visitor,
};

/// A message taken apart, or made up, by its tables.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Its tables.
    pub layout: &'static Layout,
    /// The version that it is laid out in.
    pub version: Version,
    /// The fields of the fixed part that the version has, with their bytes.
    pub fixed: Vec<(&'static FixedRow, Vec<u8>)>,
    /// What is there of the floating part, in table order.
    pub parts: Vec<Part>,
    /// What the table does not list, in wire order.
    pub unlisted: Vec<(u16, Vec<u8>)>,
}

/// A row of a floating part that is there.
#[derive(Clone, Debug)]
pub enum Part {
    /// A field with its data.
    Field(&'static FieldRow, Vec<u8>),
    /// A list with its elements, each in table order.
    List(&'static GroupRow, Vec<Vec<Part>>),
}

/// What a visitor is shown, or ought to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A field of the fixed part.
    Fixed(&'static str, Datum),
    /// A floating field.
    Field(u16, &'static str, Datum),
    /// A list begins.
    ListBegins(&'static str),
    /// An element begins.
    ElementBegins,
    /// An element ends.
    ElementEnds,
    /// A list ends.
    ListEnds,
    /// A field that the table does not list.
    Unlisted(u16, Vec<u8>),
}

/// A value, read by its kind.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "named after the kinds")]
pub enum Datum {
    Unsigned(u32),
    Signed(i32),
    Bool(u32, usize),
    Text(Vec<u8>),
    Bytes(Vec<u8>),
    Named(Option<u8>, Vec<u8>, Vec<u8>),
}

/// A field on the wire.
#[derive(Clone, Copy, Debug)]
struct Found<'a> {
    id: u16,
    data: &'a [u8],
    /// It is of a row that it does not fit.
    refused: bool,
}

fn number(data: &[u8]) -> u32 {
    data.iter()
        .fold(0, |value, byte| value << 8 | u32::from(*byte))
}

fn without_nul(data: &[u8]) -> &[u8] {
    data.strip_suffix(&[0]).unwrap_or(data)
}

impl Datum {
    /// Reads data that has been found to have a size of its kind.
    fn read(kind: Kind, data: &[u8]) -> Self {
        match kind {
            Kind::Uchar | Kind::Ushort | Kind::Uint | Kind::Time => Self::Unsigned(number(data)),
            Kind::Int => Self::Signed(i32::from_ne_bytes(number(data).to_ne_bytes())),
            Kind::Bool => Self::Bool(number(data), data.len()),
            Kind::String => Self::Text(without_nul(data).to_vec()),
            Kind::Unspec => Self::Bytes(data.to_vec()),
            Kind::NamedVar => Self::named(None, data),
            Kind::NamedArray => Self::named(Some(data[0]), &data[1..]),
        }
    }

    fn named(index: Option<u8>, data: &[u8]) -> Self {
        let mut halves = data.splitn(2, |byte| *byte == 0);
        let name = halves.next().unwrap_or_default().to_vec();
        let value = without_nul(halves.next().unwrap_or_default()).to_vec();
        Self::Named(index, name, value)
    }

    /// What a visitor is shown for it.
    fn shown(value: Value<'_>) -> Self {
        match value {
            Value::Unsigned(value) => Self::Unsigned(value),
            Value::Signed(value) => Self::Signed(value),
            Value::Bool { value, size } => Self::Bool(value, size),
            Value::Text(text) => Self::Text(text.as_bytes().to_vec()),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
            Value::NamedVariable(variable) => Self::Named(
                None,
                variable.name.as_bytes().to_vec(),
                variable.value.as_bytes().to_vec(),
            ),
            Value::NamedArray(array) => Self::Named(
                Some(array.index),
                array.name.as_bytes().to_vec(),
                array.value.as_bytes().to_vec(),
            ),
        }
    }

    /// The data of a floating field that encoding writes for it, whose kind the row says.
    pub fn data(&self, kind: Kind) -> Vec<u8> {
        match self {
            Self::Unsigned(value) => {
                let size = kind.size().unwrap_or(4);
                value.to_be_bytes()[4 - size..].to_vec()
            }
            Self::Signed(value) => value.to_be_bytes().to_vec(),
            Self::Bool(value, size) => value.to_be_bytes()[4 - size..].to_vec(),
            Self::Text(text) => [text, [0].as_slice()].concat(),
            Self::Bytes(bytes) => bytes.clone(),
            Self::Named(index, name, value) => {
                let index = index.as_slice();
                [index, name, [0].as_slice(), value, [0].as_slice()].concat()
            }
        }
    }
}

/// Whether a row, or a row of the group that it is, has an id.
pub fn holds(row: &FloatingRow, id: u16) -> bool {
    match row {
        FloatingRow::Field(row) => row.id == id,
        FloatingRow::Group(group) => group.rows.iter().any(|row| holds(row, id)),
    }
}

/// The row of a field, however deep.
pub fn leaf(rows: &'static [FloatingRow], id: u16) -> Option<&'static FieldRow> {
    rows.iter().find_map(|row| match row {
        FloatingRow::Field(row) => (row.id == id).then_some(row),
        FloatingRow::Group(group) => leaf(group.rows, id),
    })
}

/// Whether a field can have this data: a number of the wrong size, or a name without an end, is as if
/// the table did not list it.
pub fn fits(row: &FieldRow, data: &[u8]) -> bool {
    match row.kind {
        Kind::Uchar => data.len() == 1,
        Kind::Ushort => data.len() == 2,
        Kind::Int | Kind::Uint | Kind::Time => data.len() == 4,
        // AutoWork, the one BOOL of a floating part, is accepted in both sizes.
        Kind::Bool => [2, 4].contains(&data.len()),
        Kind::String | Kind::Unspec => true,
        Kind::NamedVar => data.contains(&0),
        Kind::NamedArray => data.get(1..).unwrap_or_default().contains(&0),
    }
}

/// The bytes of a field in the fixed part: UNSPEC has eight there.
pub fn fixed_size(row: &FixedRow) -> usize {
    match row.kind {
        Kind::Uchar => 1,
        Kind::Ushort | Kind::Bool => 2,
        Kind::Int | Kind::Uint | Kind::Time => 4,
        _ => 8,
    }
}

impl Tree {
    /// Takes a body apart.
    ///
    /// # Errors
    /// Those that the typed decoder must give.
    pub fn read(
        layout: &'static Layout,
        body: &[u8],
        version: Version,
    ) -> Result<Self, DecodeError> {
        let error = |field, at: usize, kind| DecodeError {
            message: layout.type_name(),
            field,
            offset: 8 + at,
            kind,
        };
        let mut at = 0;
        let mut fixed = Vec::new();
        for row in layout.fixed {
            if !row.is_in(version.number()) {
                continue;
            }
            let needed = fixed_size(row);
            let left = body.len() - at;
            if left < needed {
                let kind = Fault::Truncated { needed, left };
                return Err(error(FieldName::Listed(row.name), at, kind));
            }
            fixed.push((row, body[at..at + needed].to_vec()));
            at += needed;
        }

        let name = |id| match leaf(layout.floating, id) {
            Some(row) => FieldName::Listed(row.name),
            None => FieldName::Unlisted(id),
        };
        let wide = version >= Version::V18;
        let mut listed: Vec<Found<'_>> = Vec::new();
        let mut unlisted = Vec::new();
        while at < body.len() {
            let rest = &body[at..];
            let id_size = if wide { 2 } else { 1 };
            if rest.len() < id_size {
                let kind = Fault::Truncated {
                    needed: id_size + 1,
                    left: rest.len(),
                };
                return Err(error(FieldName::Listed("FieldDataID"), at, kind));
            }
            let id = number(&rest[..id_size]).try_into().unwrap_or(u16::MAX);
            let length = rest.get(id_size).copied().map_or(0, usize::from);
            let needed = id_size + 1 + length;
            if rest.len() < needed {
                let kind = Fault::Truncated {
                    needed,
                    left: rest.len(),
                };
                return Err(error(name(id), at, kind));
            }
            let data = &rest[id_size + 1..needed];
            let row = layout.floating.iter().find(|row| holds(row, id));
            let again = listed.iter().any(|found| found.id == id && !found.refused);
            let mut refused = false;
            match row {
                None => unlisted.push((id, data.to_vec())),
                // The first counts.
                Some(FloatingRow::Field(_)) if again => unlisted.push((id, data.to_vec())),
                Some(_) => {
                    refused = leaf(layout.floating, id).is_some_and(|row| !fits(row, data));
                    if refused {
                        unlisted.push((id, data.to_vec()));
                    }
                }
            }
            // Those of no row stay in, as they end an element.
            listed.push(Found { id, data, refused });
            at += needed;
        }
        Ok(Self {
            layout,
            version,
            fixed,
            parts: parts(layout.floating, &listed),
            unlisted,
        })
    }

    /// The body that encoding writes as received: in table order, texts with their NUL, what is not
    /// listed last.
    pub fn body(&self) -> Vec<u8> {
        let mut body: Vec<u8> = Vec::new();
        for (_, data) in &self.fixed {
            body.extend(data);
        }
        for block in self.blocks() {
            body.extend(block);
        }
        body
    }

    /// The floating part in pieces that may change places: single fields, elements of lists,
    /// unlisted fields.
    pub fn blocks(&self) -> Vec<Vec<u8>> {
        let mut blocks = Vec::new();
        for part in &self.parts {
            match part {
                Part::Field(row, data) => blocks.push(self.field(row.id, data)),
                Part::List(_, elements) => {
                    blocks.extend(elements.iter().map(|element| self.element(element)));
                }
            }
        }
        for (id, data) in &self.unlisted {
            blocks.push(self.field(*id, data));
        }
        blocks
    }

    fn element(&self, element: &[Part]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in element {
            match part {
                Part::Field(row, data) => bytes.extend(self.field(row.id, data)),
                Part::List(_, elements) => {
                    for element in elements {
                        bytes.extend(self.element(element));
                    }
                }
            }
        }
        bytes
    }

    /// `FieldDataID`, `FieldDataLength`, data. Longer data than the length can say loses its end.
    pub fn field(&self, id: u16, data: &[u8]) -> Vec<u8> {
        let length = data.len().min(255);
        let [high, low] = id.to_be_bytes();
        let mut bytes = if self.version >= Version::V18 {
            vec![high, low]
        } else {
            vec![low]
        };
        bytes.extend(u8::try_from(length));
        bytes.extend(&data[..length]);
        bytes
    }

    /// Header and body.
    pub fn frame(&self) -> Vec<u8> {
        frame(self.layout.message_type, &self.body())
    }

    /// The same with every field as encoding writes it: text with its NUL, named data with both.
    #[must_use]
    pub fn canonical(&self) -> Self {
        let mut tree = self.clone();
        canonical(&mut tree.parts);
        tree
    }

    /// Whether a field is longer than `FieldDataLength` can say.
    pub fn overflows(&self) -> bool {
        fn overflow(parts: &[Part]) -> bool {
            parts.iter().any(|part| match part {
                Part::Field(_, data) => data.len() > 255,
                Part::List(_, elements) => elements.iter().any(|element| overflow(element)),
            })
        }
        overflow(&self.parts)
    }

    /// What a visitor ought to be shown.
    pub fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for row in self.layout.fixed {
            let data = self
                .fixed
                .iter()
                .find(|(other, _)| core::ptr::eq(*other, row));
            let datum = match data {
                Some((_, data)) => Datum::read(row.kind, data),
                // A version without the field leaves its default in the struct.
                None => default(row),
            };
            events.push(Event::Fixed(row.name, datum));
        }
        show(&self.parts, &mut events);
        for (id, data) in &self.unlisted {
            events.push(Event::Unlisted(*id, data.clone()));
        }
        events
    }
}

/// The value of a field of the fixed part that nobody has set: what the guide prints, or what means
/// that there is none.
pub fn default(row: &FixedRow) -> Datum {
    let size = fixed_size(row);
    let printed = u64::from(row.usual).to_be_bytes();
    Datum::read(row.kind, &printed[8 - size..])
}

/// The data of a reserved floating field as printed.
pub fn printed(row: &FieldRow, reserved: Reserved) -> Vec<u8> {
    match (reserved, row.kind.size()) {
        (Reserved::Number(value), Some(size)) => value.to_be_bytes()[4 - size..].to_vec(),
        _ => vec![0],
    }
}

/// Header and body.
pub fn frame(message_type: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [
        length.to_be_bytes().as_slice(),
        &message_type.to_be_bytes(),
        body,
    ]
    .concat()
}

/// What of these rows is among these fields.
fn parts(rows: &'static [FloatingRow], fields: &[Found<'_>]) -> Vec<Part> {
    let mut parts = Vec::new();
    for row in rows {
        match row {
            FloatingRow::Field(row) => {
                let is_meant = |found: &&Found<'_>| found.id == row.id && !found.refused;
                if let Some(found) = fields.iter().find(is_meant) {
                    parts.push(Part::Field(row, found.data.to_vec()));
                }
            }
            FloatingRow::Group(group) => {
                let elements: Vec<_> = elements(group, fields)
                    .iter()
                    .map(|element| self::parts(group.rows, element))
                    .collect();
                if !elements.is_empty() {
                    parts.push(Part::List(group, elements));
                }
            }
        }
    }
    parts
}

/// An element ends where the first member of the next one, or anything that is not a
/// member, begins; and where a member comes again that it has. A member that does not fit its row is
/// as if it were not there, but ends an element of an inner list if it is no member there.
fn elements<'f>(group: &GroupRow, fields: &[Found<'f>]) -> Vec<Vec<Found<'f>>> {
    let mut elements: Vec<Vec<Found<'f>>> = Vec::new();
    let mut open = false;
    for found in fields {
        let Some(index) = group.rows.iter().position(|row| holds(row, found.id)) else {
            open = false;
            continue;
        };
        if found.refused {
            if open && let Some(element) = elements.last_mut() {
                element.push(*found);
            }
            continue;
        }
        let single = matches!(group.rows[index], FloatingRow::Field(_));
        let again = single
            && elements.last().is_some_and(|element| {
                element
                    .iter()
                    .any(|other| other.id == found.id && !other.refused)
            });
        if !open || index == 0 || again {
            elements.push(Vec::new());
            open = true;
        }
        if let Some(element) = elements.last_mut() {
            element.push(*found);
        }
    }
    elements
}

fn canonical(parts: &mut [Part]) {
    for part in parts {
        match part {
            Part::Field(row, data) => *data = Datum::read(row.kind, data).data(row.kind),
            Part::List(_, elements) => elements.iter_mut().for_each(|element| canonical(element)),
        }
    }
}

fn show(parts: &[Part], events: &mut Vec<Event>) {
    for part in parts {
        match part {
            Part::Field(row, data) => {
                events.push(Event::Field(row.id, row.name, Datum::read(row.kind, data)));
            }
            Part::List(group, elements) => {
                events.push(Event::ListBegins(group.name));
                for element in elements {
                    events.push(Event::ElementBegins);
                    show(element, events);
                    events.push(Event::ElementEnds);
                }
                events.push(Event::ListEnds);
            }
        }
    }
}

/// What a message shows to a visitor.
pub fn shown(message: &Message<'_>) -> Vec<Event> {
    struct Shown(Vec<Event>);
    impl<'a> Visitor<'a> for Shown {
        fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
            self.0.push(Event::Fixed(row.name, Datum::shown(value)));
        }
        fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
            self.0
                .push(Event::Field(row.id, row.name, Datum::shown(value)));
        }
        fn implied_fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
            self.fixed(row, value);
        }
        fn implied(&mut self, row: &'static FieldRow, value: Value<'a>) {
            self.field(row, value);
        }
        fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
            self.0.push(Event::ListBegins(row.name));
            list.each(|element| {
                self.0.push(Event::ElementBegins);
                element.visit(self);
                self.0.push(Event::ElementEnds);
            });
            self.0.push(Event::ListEnds);
        }
        fn unlisted(&mut self, fields: Unlisted<'a>) {
            for field in &fields {
                self.0.push(Event::Unlisted(field.id, field.data.to_vec()));
            }
        }
    }
    let mut shown = Shown(Vec::new());
    message.visit(&mut shown);
    shown.0
}
