//! Passwords behind asterisks.

use bytes::Bytes;
use cti_codec::ccx::layout::{FieldRow, FloatingRow};
use cti_codec::ccx::redact::{Originals, without_passwords};
use cti_codec::ccx::{Frame, LAYOUTS, Version};

use crate::common::frame;

fn fields(rows: &'static [FloatingRow]) -> Vec<&'static FieldRow> {
    let fields = rows.iter().map(|row| match row {
        FloatingRow::Field(row) => vec![row],
        FloatingRow::Group(group) => fields(group.rows),
    });
    fields.flatten().collect()
}

fn field(version: Version, id: u16, data: &[u8]) -> Vec<u8> {
    let id = id.to_be_bytes();
    let id = if version.has_wide_ids() {
        &id[..]
    } else {
        &id[1..]
    };
    [id, &[data.len() as u8], data].concat()
}

/// In its own message and astray in each other one, with its NUL and without, in each width: the
/// password is gone to its last byte, and nothing else is.
#[test]
fn a_password_is_hidden_to_its_last_byte_and_nothing_else_is() {
    let mut secrets: Vec<_> = LAYOUTS
        .iter()
        .flat_map(|layout| fields(layout.floating))
        .collect();
    secrets.retain(|row| row.secret);
    assert_eq!(secrets.len(), 2);
    for layout in LAYOUTS {
        for version in [Version::V10, Version::V14, Version::V17, Version::V18] {
            let fixed = vec![b'f'; layout.fixed_size(version)];
            for secret in &secrets {
                let elsewhere = fields(layout.floating)
                    .iter()
                    .any(|row| row.id == secret.id && row.name != secret.name);
                if elsewhere {
                    continue;
                }
                for password in [&b""[..], b"\0", b"p", b"p\0", b"pass word", b"pass\0"] {
                    let bare = password.strip_suffix(b"\0").unwrap_or(password);
                    let stars = [vec![b'*'; bare.len()], password[bare.len()..].to_vec()].concat();
                    let body = |password: &[u8]| {
                        let before = field(version, 7, b"before\0");
                        let password = field(version, secret.id, password);
                        let after = field(version, 97, b"\0behind");
                        [&fixed[..], &before, &password, &after].concat()
                    };
                    let bytes = frame(layout.message_type, &body(password));
                    let hidden = frame(layout.message_type, &body(&stars));
                    let bytes = Frame::new(Bytes::from(bytes)).unwrap();
                    let shown = without_passwords(&bytes, version);
                    assert_eq!(
                        shown.bytes(),
                        &hidden,
                        "{} in {} of {version}",
                        secret.name,
                        layout.name
                    );
                }
            }
        }
    }
}

/// A field that says it is longer than the frame hides as much of it as there is.
#[test]
fn a_password_that_is_cut_off_is_hidden() {
    for version in [Version::V14, Version::V18] {
        let layout = LAYOUTS
            .iter()
            .find(|layout| layout.name == "OPEN_REQ")
            .unwrap();
        let mut body = vec![0; layout.fixed_size(version)];
        let mut password = field(version, 2, b"secret");
        let length = password.len() - 7;
        password[length] = 40;
        let whole = body.len() + password.len() - 6;
        body.extend(password);
        let bytes = Frame::new(Bytes::from(frame(layout.message_type, &body))).unwrap();
        let shown = without_passwords(&bytes, version);
        body[whole..].fill(b'*');
        assert_eq!(
            shown.bytes(),
            &frame(layout.message_type, &body),
            "{version}"
        );
    }
}

/// Of two texts of which one begins with the other, the longer one is found.
#[test]
fn the_longest_text_is_replaced() {
    let mut originals = Originals::default();
    for text in ["muster", "mustermann", "mustermann gmbh"] {
        originals.learn_text(text.as_bytes());
    }
    let redactor = originals.redactor(Some(b"spring"));
    for text in ["muster", "mustermann", "mustermann gmbh"] {
        let other = String::from_utf8(redactor.personal(text.as_bytes())).unwrap();
        assert_ne!(other, text);
        assert_eq!(redactor.text(&format!("({text})")), format!("({other})"));
        let loud = text.to_uppercase();
        assert_eq!(redactor.text(&loud), other.to_uppercase());
    }
}
