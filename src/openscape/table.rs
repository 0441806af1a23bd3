//! The tables as data: for checking bodies, for tools, and for comparison with the manual.

/// A type as the manual's tables name it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JsonType {
    /// Text.
    String,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A JSON object.
    Object,
    /// A JSON array.
    List,
}

impl JsonType {
    /// Returns the manual's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Integer => "Integer",
            Self::Float => "Float",
            Self::Boolean => "Boolean",
            Self::Object => "Object",
            Self::List => "List",
        }
    }
}

/// The contents of an attribute.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Any text.
    Text,
    /// An integer.
    Integer,
    /// A number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A name from a list that may be longer than the manual knows.
    Name(&'static Names),
    /// The key of an agent as a number, or `*` for all.
    AgentOrAll,
    /// A key or an extension as text, or `*` for all.
    ResourceOrAll,
    /// An object with a table of its own.
    Object(&'static Table),
    /// A list.
    List(&'static Kind),
    /// The data of an administration event, which has two forms.
    Versions {
        /// With `eventAction` and `entity`, or with `keyList`.
        current: &'static Kind,
        /// As sent for `webhookAPIVersion` V1.
        v1: &'static Kind,
    },
    /// Anything.
    Any,
}

impl Kind {
    /// Returns the JSON type that is written.
    pub const fn json_type(&self) -> JsonType {
        match self {
            Self::Text | Self::Name(_) | Self::ResourceOrAll => JsonType::String,
            Self::Integer | Self::AgentOrAll => JsonType::Integer,
            Self::Float => JsonType::Float,
            Self::Boolean => JsonType::Boolean,
            Self::Object(_) | Self::Versions { .. } | Self::Any => JsonType::Object,
            Self::List(_) => JsonType::List,
        }
    }
}

/// An attribute: a row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The name that is written.
    pub name: &'static str,
    /// Other spellings that the manual shows. They are read where the name itself is not there.
    pub aliases: &'static [&'static str],
    /// The contents.
    pub kind: Kind,
    /// Other JSON types that the manual shows for it. They are read, too.
    pub also: &'static [JsonType],
    /// Whether the manual says that it may be absent.
    pub optional: bool,
}

/// A table: the attributes of a request, a response, an event or an object.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The attributes in the manual's order.
    pub rows: &'static [Row],
}

impl Table {
    /// Returns the row that describes the attribute of this name or spelling.
    pub fn row(&self, name: &str) -> Option<&'static Row> {
        self.rows
            .iter()
            .find(|row| row.name == name || row.aliases.contains(&name))
    }
}

/// A list of names that an attribute may have.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The name of the enumeration.
    pub name: &'static str,
    /// The names in the manual's order, with numbers where the manual gives them.
    pub values: &'static [(&'static str, Option<i64>)],
    /// Names that the manual shows but does not list.
    pub shown: &'static [&'static str],
}

impl Names {
    /// Returns the name with this number.
    pub fn name_of(&self, number: i64) -> Option<&'static str> {
        self.values
            .iter()
            .find(|(_, known)| *known == Some(number))
            .map(|(name, _)| *name)
    }

    /// Returns the place of a name in the manual's order.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.values.iter().position(|(known, _)| *known == name)
    }

    /// Returns the place of the name that has this number.
    pub(super) fn place_of(&self, number: i64) -> Option<usize> {
        self.values
            .iter()
            .position(|(_, known)| *known == Some(number))
    }

    /// Returns whether the list has this name, or an example shows it.
    pub fn lists(&self, name: &str) -> bool {
        self.shown.contains(&name) || self.place(name).is_some()
    }
}
