//! Frames from the tables of the specification, one value changed at a time, and the verdict on them.

use cti_codec::ccx::{self, FieldName, Frame, Version};
use serde_json::Value;

use crate::common::{as_received, frame, number, rows, strict, text};

/// The kinds of refusal, without their figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    Missing,
    TooLong(usize, usize),
    TooMany(usize, usize),
    TooMuchNamedData(usize),
    NotInVersion(u32),
    InnerNul,
    NotBool(u32),
    CountMismatch(u32, usize),
    Rule,
}

pub(super) fn fault(kind: ccx::Fault) -> Fault {
    match kind {
        ccx::Fault::Missing => Fault::Missing,
        ccx::Fault::TooLong { length, max }
        | ccx::Fault::NameTooLong { length, max }
        | ccx::Fault::ValueTooLong { length, max } => Fault::TooLong(length, max),
        ccx::Fault::TooMany { count, max } => Fault::TooMany(count, max),
        ccx::Fault::TooMuchNamedData { length, max: 2000 } => Fault::TooMuchNamedData(length),
        ccx::Fault::NotInVersion { since, until: None } => Fault::NotInVersion(since),
        ccx::Fault::InnerNul { .. } => Fault::InnerNul,
        ccx::Fault::NotBool { value } => Fault::NotBool(value),
        ccx::Fault::CountMismatch { count, listed } => Fault::CountMismatch(count, listed),
        ccx::Fault::Rule(_) => Fault::Rule,
        other => panic!("{other:?}"),
    }
}

pub(super) struct Fixed<'s> {
    pub(super) row: &'s Value,
    pub(super) bytes: Vec<u8>,
}

#[derive(Clone)]
pub(super) struct Floating<'s> {
    pub(super) row: &'s Value,
    pub(super) data: Vec<u8>,
}

/// A body with one element in each list, which therefore is as flat as the table.
pub(super) struct Draft<'s> {
    pub(super) message: &'s Value,
    pub(super) version: Version,
    pub(super) fixed: Vec<Fixed<'s>>,
    pub(super) floating: Vec<Floating<'s>>,
}

pub(super) fn since(row: &Value) -> u32 {
    row.get("since").map_or(10, |since| number(since) as u32)
}

pub(super) fn is_text(row: &Value) -> bool {
    text(&row["type"]) == "STRING"
}

/// The size of a number; none for what has any length.
pub(super) fn width(row: &Value) -> Option<usize> {
    match text(&row["type"]) {
        "STRING" | "UNSPEC" | "NAMEDVAR" | "NAMEDARRAY" => None,
        _ => Some(number(&row["max"]) as usize),
    }
}

pub(super) fn bytes(value: u64, size: usize) -> Vec<u8> {
    value.to_be_bytes()[8 - size.min(8)..].to_vec()
}

pub(super) fn groups(message: &Value) -> &[Value] {
    message.get("groups").map_or(&[], |groups| rows(groups))
}

pub(super) fn is_in(group: &Value, id: u64) -> bool {
    rows(&group["ids"])
        .iter()
        .any(|member| number(member) == id)
}

/// `NumCSQs[191]` is the floating field 191.
pub(super) fn floating_count(group: &Value) -> Option<u64> {
    let (_, id) = text(&group["count_field"]).split_once('[')?;
    id.trim_end_matches(']').parse().ok()
}

/// The field that the specification means, under the name that the library must give it.
pub(super) fn is_named(row: &Value, name: FieldName) -> bool {
    let FieldName::Listed(name) = name else {
        return false;
    };
    match (row.get("reserved"), row.get("known_as")) {
        (None, _) => name == text(&row["name"]),
        (Some(_), Some(known)) => name == text(known),
        (Some(_), None) => name.to_ascii_lowercase().starts_with("reserved"),
    }
}

impl<'s> Draft<'s> {
    /// Everything that the version has, each once and small.
    pub(super) fn full(message: &'s Value, version: Version) -> Self {
        let mut draft = Draft {
            message,
            version,
            fixed: Vec::new(),
            floating: Vec::new(),
        };
        for row in rows(&message["fixed"]) {
            if since(row) > version.number() {
                continue;
            }
            let value = match text(&row["name"]) {
                "VersionNumber" => version.number().into(),
                "IdleTimeout" => 60,
                // Neither logs in nor out, which asks for more.
                "AgentState" => 3,
                "Operation" => 1,
                _ => row.get("value").map_or(0, number),
            };
            let mut bytes = bytes(value, number(&row["size"]) as usize);
            bytes.resize(number(&row["size"]) as usize, 0);
            draft.fixed.push(Fixed { row, bytes });
        }
        for row in rows(&message["floating"]) {
            if since(row) <= version.number() {
                draft.floating.push(Floating {
                    row,
                    data: usual(message, row),
                });
            }
        }
        draft.count();
        draft
    }

    /// Only what the guide requires.
    pub(super) fn least(message: &'s Value, version: Version) -> Self {
        let mut draft = Self::full(message, version);
        draft
            .floating
            .retain(|field| must_be_there(message, field.row));
        draft.count();
        draft
    }

    /// Sets the counts of lists of one element or none.
    pub(super) fn count(&mut self) {
        for group in groups(self.message) {
            let there = self
                .floating
                .iter()
                .any(|field| is_in(group, number(&field.row["id"])));
            self.set_count(group, u16::from(there));
        }
    }

    pub(super) fn set_count(&mut self, group: &Value, count: u16) {
        let count = count.to_be_bytes().to_vec();
        match floating_count(group) {
            Some(id) => {
                for field in &mut self.floating {
                    if number(&field.row["id"]) == id {
                        field.data.clone_from(&count);
                    }
                }
            }
            None => {
                let name = text(&group["count_field"]);
                let row = self
                    .fixed
                    .iter_mut()
                    .find(|field| text(&field.row["name"]) == name);
                row.unwrap().bytes = count;
            }
        }
    }

    pub(super) fn frame(&self) -> Vec<u8> {
        let mut body: Vec<u8> = self
            .fixed
            .iter()
            .flat_map(|field| field.bytes.clone())
            .collect();
        for field in &self.floating {
            let id = (number(&field.row["id"]) as u16).to_be_bytes();
            body.extend(if self.version.number() < 18 {
                &id[1..]
            } else {
                &id[..]
            });
            body.push(field.data.len() as u8);
            body.extend(&field.data);
        }
        frame(number(&self.message["id"]) as u32, &body)
    }

    /// Encoding must refuse the draft for this fault of this row, or not at all.
    #[track_caller]
    pub(super) fn judged(&self, expected: Option<(&Value, Fault)>) {
        self.named(expected.map(|(row, fault)| (move |name| is_named(row, name), fault)));
    }

    #[track_caller]
    pub(super) fn named(&self, expected: Option<(impl Fn(FieldName) -> bool, Fault)>) {
        let bytes = self.frame();
        let about = format!(
            "{} in {}: {bytes:02x?}",
            text(&self.message["name"]),
            self.version
        );
        let received = Frame::new(bytes.as_slice()).unwrap();
        let message = received
            .decode(self.version)
            .unwrap_or_else(|error| panic!("{error}: {about}"));
        // What came is sent on.
        assert_eq!(
            as_received(&message, self.version).as_ref(),
            Ok(&bytes),
            "{about}"
        );
        let fixed_part = self.fixed.iter().map(|field| field.bytes.len()).sum();
        if self.version == Version::V17
            && message
                .message_type()
                .layout()
                .is_some_and(|layout| layout.fixed_size(Version::V18) == fixed_part)
        {
            crate::findings::widths::are_the_same(&bytes, fixed_part);
        }
        let result = strict(&message, self.version);
        match (&result, expected) {
            (Ok(written), None) => assert_eq!(*written, bytes, "{about}"),
            (Err(error), Some((is_named, expected))) => {
                assert_eq!(error.message, message.message_type(), "{about}");
                assert!(is_named(error.field), "{error}: {about}");
                assert_eq!(fault(error.kind), expected, "{error}: {about}");
            }
            (Ok(_), Some((_, expected))) => panic!("not refused: {expected:?}, {about}"),
            (Err(error), None) => panic!("{error}: {about}"),
        }
        #[cfg(feature = "serde")]
        self.as_object(&message, &result);
    }

    /// The same through JSON, where a message is built anew. Counts are derived there.
    #[cfg(feature = "serde")]
    fn as_object(&self, message: &ccx::Message<'_>, result: &Result<Vec<u8>, ccx::EncodeError>) {
        use cti_codec::ccx::json::{JsonError, read_strict};

        // One of the oldest, one in the middle and one with wide ids are as good as all.
        if ![10, 14, 18].contains(&self.version.number()) {
            return;
        }
        let object = serde_json::to_value(message).unwrap();
        let mut out = bytes::BytesMut::new();
        let again = read_strict(&object, self.version, &mut out).map(|_| out.to_vec());
        match result {
            Err(error) if matches!(error.kind, ccx::Fault::CountMismatch { .. }) => {
                assert!(again.is_ok(), "{again:?}: {object}");
            }
            Err(error) => {
                let name = match error.field {
                    FieldName::Listed(name) => name,
                    FieldName::Unlisted(_) => panic!("{error}"),
                };
                match again {
                    Err(JsonError::Refused(refused)) => assert_eq!(refused, *error, "{object}"),
                    Err(JsonError::Malformed(malformed)) => {
                        let path = malformed.path.as_str();
                        assert!(path.contains(name), "{malformed}, {error}: {object}");
                    }
                    Ok(_) => panic!("{error} is no fault for JSON: {object}"),
                }
            }
            Ok(bytes) => assert_eq!(again.as_ref(), Ok(bytes), "{object}"),
        }
    }

    pub(super) fn changed(&self, at: usize, data: Vec<u8>) -> Self {
        let mut changed = self.again();
        changed.floating[at].data = data;
        changed
    }

    pub(super) fn again(&self) -> Self {
        Draft {
            message: self.message,
            version: self.version,
            fixed: self
                .fixed
                .iter()
                .map(|field| Fixed {
                    row: field.row,
                    bytes: field.bytes.clone(),
                })
                .collect(),
            floating: self.floating.clone(),
        }
    }
}

/// Small data of the row, which the guide allows.
pub(super) fn usual(message: &Value, row: &Value) -> Vec<u8> {
    if groups(message)
        .iter()
        .any(|group| floating_count(group) == Some(number(&row["id"])))
    {
        return vec![0, 1];
    }
    match (text(&row["type"]), width(row)) {
        (_, Some(size)) => bytes(row.get("value").map_or(0, number), size),
        ("NAMEDVAR", _) => b"n\0v\0".to_vec(),
        ("NAMEDARRAY", _) => b"\x07n\0v\0".to_vec(),
        _ if row.get("reserved").is_some() => vec![0],
        _ => b"1\0".to_vec(),
    }
}

/// `TeamName` is required here too, as the drafts add a team.
pub(super) fn must_be_there(message: &Value, row: &Value) -> bool {
    match &row["required"] {
        Value::Bool(required) => *required,
        when => {
            text(when) == "in each record" && groups(message).is_empty()
                || text(when).starts_with("unless Operation")
        }
    }
}
