//! A message on one line, for logs.

use core::fmt::{self, Display, Write};

use super::dialect::Dialect;
use super::engine::{AnyMessage, List, Unlisted, Value, Visitor};
use super::error::TypeName;
use super::layout::{FieldRow, FixedRow, FloatingRow, GroupRow, Kind, Reserved, ValueTable};
use super::time::Utc;
use crate::hex::Hex;
use crate::text::Text;

/// The number of bytes shown of a body without a struct.
const MAX_RAW: usize = 32;

/// Writes a message of any type.
pub(crate) fn write_any<'a, M: AnyMessage<'a>>(
    message: &M,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let name = M::Version::name_type(message.type_number());
    if let Some(body) = message.raw_body() {
        let shown = body.get(..MAX_RAW).unwrap_or(body);
        let more = if shown.len() < body.len() { "…" } else { "" };
        return write!(f, "{name} body={}{more} ({} bytes)", Hex(shown), body.len());
    }
    write(
        name,
        &mut |line| message.visit_in(M::Version::newest(), line),
        f,
    )
}

/// Writes a message on one line: its type and the fields that are set, under the guide's names.
pub(crate) fn write<'a>(
    name: TypeName,
    show: &mut dyn FnMut(&mut dyn Visitor<'a>),
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    write!(f, "{name}")?;
    let mut line = Line {
        out: f,
        result: Ok(()),
        separator: " ",
    };
    show(&mut line);
    line.result
}

struct Line<'f, 'o> {
    out: &'f mut fmt::Formatter<'o>,
    result: fmt::Result,
    /// The separator before the next field.
    separator: &'static str,
}

impl Line<'_, '_> {
    fn put(&mut self, write: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result) {
        if self.result.is_ok() {
            self.result = write(self.out);
        }
    }

    fn field(&mut self, name: &dyn Display, value: &dyn Display) {
        let separator = self.separator;
        self.separator = " ";
        self.put(|f| write!(f, "{separator}{name}={value}"));
    }
}

impl<'a> Visitor<'a> for Line<'_, '_> {
    fn fixed(&mut self, row: &'static FixedRow, value: Value<'_>) {
        let usual = match value {
            // A list is shown itself.
            _ if row.counts.is_some() => true,
            // A number that means 'none', or that is always the same.
            Value::Unsigned(number) => row.says_nothing(number),
            Value::Signed(number) => row.says_nothing(number.cast_unsigned()),
            Value::Bytes(bytes) => bytes.iter().all(|byte| *byte == 0),
            _ => false,
        };
        if !usual {
            self.field(&row.name, &Shown(value, row.kind, row.values));
        }
    }

    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        match value {
            _ if row.counts.is_some() => {}
            Value::Unsigned(number) if row.reserved == Some(Reserved::Number(number)) => {}
            Value::Text(text) if row.reserved == Some(Reserved::Empty) && text.is_empty() => {}
            Value::Text(text) if row.secret && !text.is_empty() => self.field(&row.name, &"***"),
            Value::Bytes(bytes) if row.secret && !bytes.is_empty() => {
                self.field(&row.name, &"***");
            }
            Value::NamedVariable(variable) => {
                self.field(&Name(variable.name), &Quoted(variable.value));
            }
            Value::NamedArray(element) => {
                let name = format_args!("{}[{}]", Name(element.name), element.index);
                self.field(&name, &Quoted(element.value));
            }
            value => self.field(&row.name, &Shown(value, row.kind, row.values)),
        }
    }

    fn array(&mut self, row: &'static FieldRow, values: &mut dyn Iterator<Item = Value<'a>>) {
        let separator = self.separator;
        self.separator = " ";
        self.put(|f| {
            write!(f, "{separator}{}=[", row.name)?;
            let mut separator = "";
            for value in values {
                write!(f, "{separator}{}", Shown(value, row.kind, row.values))?;
                separator = " ";
            }
            f.write_char(']')
        });
    }

    fn list(&mut self, row: &'static GroupRow, list: List<'_, 'a>) {
        // Named data is one field each, which needs no braces.
        let named = matches!(
            row.rows,
            [FloatingRow::Field(FieldRow {
                kind: Kind::NamedVar | Kind::NamedArray,
                ..
            })]
        );
        let separator = self.separator;
        self.put(|f| write!(f, "{separator}{}=[", row.name));
        self.separator = "";
        list.each(|element| {
            if named {
                element.visit(self);
            } else {
                let separator = self.separator;
                self.put(|f| write!(f, "{separator}{{"));
                self.separator = "";
                element.visit(self);
                self.put(|f| f.write_char('}'));
            }
            self.separator = " ";
        });
        self.put(|f| f.write_char(']'));
        self.separator = " ";
    }

    fn unlisted(&mut self, fields: Unlisted<'a>) {
        for field in &fields {
            self.field(&format_args!("[{}]", field.id), &Hex(field.data));
        }
    }
}

/// A value, shown by its row.
struct Shown<'a>(Value<'a>, Kind, Option<&'static ValueTable>);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.2) {
            (Value::Unsigned(bits), Some(table)) if table.mask => {
                let (names, rest) = table.bits(bits);
                let mut separator = "";
                for name in names {
                    write!(f, "{separator}{name}")?;
                    separator = "|";
                }
                match (rest, separator) {
                    (0, "") => f.write_str("0"),
                    (0, _) => Ok(()),
                    _ => write!(f, "{separator}{rest:#x}"),
                }
            }
            (Value::Unsigned(code), Some(table)) => match table.name_of(code) {
                Some(name) => f.write_str(name),
                None => write!(f, "{code}"),
            },
            (Value::Unsigned(seconds), None) if self.1 == Kind::Time && seconds != 0 => {
                Utc(seconds).fmt(f)
            }
            (Value::Unsigned(number), None) => write!(f, "{number}"),
            (Value::Signed(number), table) => {
                match table.and_then(|table| table.name_of(number.cast_unsigned())) {
                    Some(name) => f.write_str(name),
                    None => write!(f, "{number}"),
                }
            }
            (Value::Bool { value: 0, .. }, _) => f.write_str("false"),
            (Value::Bool { value: 1, .. }, _) => f.write_str("true"),
            (Value::Bool { value, .. }, _) => write!(f, "{value}"),
            (Value::Text(text), _) => Quoted(text).fmt(f),
            (Value::Bytes(bytes), _) => Hex(bytes).fmt(f),
            (Value::NamedVariable(_) | Value::NamedArray(_), _) => Ok(()),
        }
    }
}

/// A text in quotes, escaped.
struct Quoted<'a>(Text<'a>);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The name of a variable: unquoted if it cannot be mistaken for anything else.
struct Name<'a>(Text<'a>);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-$".contains(byte);
        let name = self.0;
        if !name.is_empty() && name.as_bytes().iter().all(plain) {
            write!(f, "{name}")
        } else {
            write!(f, "{name:?}")
        }
    }
}
