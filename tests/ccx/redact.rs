//! Passwords behind asterisks, and stand-ins for what is personal.

use std::collections::HashSet;
use std::net::IpAddr;

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
                    for before in [&b"before\0"[..], b"before"] {
                        let body = |password: &[u8]| {
                            let before = field(version, 7, before);
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

fn learned<'a>(texts: impl IntoIterator<Item = &'a str>) -> Originals {
    let mut originals = Originals::default();
    for text in texts {
        originals.learn_text(text.as_bytes());
    }
    originals
}

/// Half of the numbers with three digits: enough for most stand-ins to be originals by chance.
fn numbers() -> Vec<String> {
    (100..1_000).step_by(2).map(|n| n.to_string()).collect()
}

#[test]
fn no_stand_in_is_another_original_as_long_as_there_are_others() {
    let numbers = numbers();
    let originals = learned(numbers.iter().map(String::as_str));
    let redactor = originals.clone().redactor(None);
    assert_eq!(redactor.collisions(), 0);
    let stand_in = |text: &String| String::from_utf8(redactor.personal(text.as_bytes())).unwrap();
    let others: HashSet<String> = numbers.iter().map(stand_in).collect();
    assert_eq!(others.len(), numbers.len());
    assert!(numbers.iter().all(|number| !others.contains(number)));
    // With a key the stand-ins are what they are, and it is told how many are originals.
    let keyed = originals.redactor(Some(b"spring"));
    let known: HashSet<&String> = numbers.iter().collect();
    let stand_in = |text: &String| String::from_utf8(keyed.personal(text.as_bytes())).unwrap();
    let collisions = numbers.iter().map(stand_in);
    let collisions = collisions.filter(|other| known.contains(other)).count();
    assert!(collisions > 100, "{collisions}");
    assert_eq!(keyed.collisions(), collisions);
    // Words of one letter or two tell nobody, and all are taken before long.
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    let letters = learned(letters.iter().map(String::as_str));
    assert_eq!(letters.redactor(Some(b"spring")).collisions(), 0);
}

#[test]
fn no_stand_in_is_another_address_as_long_as_there_are_others() {
    let addresses: Vec<IpAddr> = (1..=45_u8)
        .map(|n| IpAddr::from([10, n % 10, n / 10 % 10, n * 5 % 9 + 1]))
        .collect();
    // By chance, some would nearly always be.
    for _ in 0..6 {
        let mut originals = Originals::default();
        for address in &addresses {
            originals.learn_address(*address);
        }
        let redactor = originals.redactor(None);
        assert_eq!(redactor.collisions(), 0);
        for address in &addresses {
            let other = redactor.address(*address);
            assert!(!addresses.contains(&other), "{address} {other}");
        }
    }
    let redactor = Originals::default().redactor(None);
    for none in ["::", "::1", "ff02::1", "0.0.0.0", "127.0.0.1"] {
        let none: IpAddr = none.parse().unwrap();
        assert_eq!(redactor.address(none), none);
    }
}

/// Four letters are found anywhere, three as a word of their own.
#[test]
fn a_short_text_is_found_as_a_word_only() {
    let redactor = learned(["abc", "wxyz"]).redactor(Some(b"spring"));
    let other = |text: &str| String::from_utf8(redactor.personal(text.as_bytes())).unwrap();
    let (short, long) = (other("abc"), other("wxyz"));
    for kept in ["xabc", "abcx", "1abc2"] {
        assert_eq!(redactor.text(kept), kept);
    }
    assert_eq!(redactor.text("(abc)"), format!("({short})"));
    assert_eq!(redactor.text("abc"), short);
    assert_eq!(redactor.text("1wxyz2"), format!("1{long}2"));
}

/// Letters of any alphabet have stand-ins, and what stands between words is kept.
#[test]
fn words_of_any_alphabet_are_replaced() {
    let text = "\u{ab}\u{395}\u{3bb}\u{3ad}\u{3bd}\u{3b7}\u{a0}\u{2013} \u{5d3}\u{5d5}\u{5d3}\u{bb}\u{3002}";
    let redactor = learned([text]).redactor(Some(b"spring"));
    let other = String::from_utf8(redactor.personal(text.as_bytes())).unwrap();
    assert_eq!(other.len(), text.len());
    let mut words = 0;
    for (was, is) in text
        .split(|letter: char| !letter.is_alphabetic())
        .zip(other.split(|letter: char| !letter.is_alphabetic()))
    {
        assert_eq!(was.len(), is.len(), "{other}");
        assert!(was.is_empty() || was != is, "{other}");
        words += usize::from(!was.is_empty());
    }
    assert_eq!(words, 2, "{other}");
    let signs = |text: &str| -> String { text.chars().filter(|c| !c.is_alphabetic()).collect() };
    assert_eq!(signs(&other), signs(text));
}

/// A field of another message is personal there as well.
#[test]
fn a_field_that_is_astray_is_replaced() {
    for version in [Version::V14, Version::V18] {
        let body = [&7_u32.to_be_bytes()[..], &field(version, 194, b"jdoe\0")].concat();
        let astray = Frame::new(Bytes::from(frame(5, &body))).unwrap();
        let redactor = Originals::default().redactor(Some(b"spring"));
        let shown = redactor.frame(&astray, version);
        let (was, is) = (astray.bytes(), shown.bytes());
        let name = was.len() - 5..was.len() - 1;
        assert_ne!(is[name.clone()], was[name.clone()]);
        assert_eq!(is[..name.start], was[..name.start]);
        assert_eq!(is[name.end..], was[name.end..]);
    }
}

/// A number is no text, whatever its bytes would spell.
#[test]
fn a_number_is_kept_though_it_spells_a_text() {
    let version = Version::V14;
    let layout = LAYOUTS
        .iter()
        .find(|layout| layout.name == "CALL_QUEUED_EVENT")
        .unwrap();
    let fixed = vec![0; layout.fixed_size(version)];
    let csq_id = field(version, 62, b"2006");
    let bytes = frame(layout.message_type, &[fixed, csq_id].concat());
    let queued = Frame::new(Bytes::from(bytes)).unwrap();
    let redactor = learned(["2006"]).redactor(Some(b"spring"));
    assert_eq!(redactor.frame(&queued, version).bytes(), queued.bytes());
    assert_ne!(redactor.text("2006"), "2006");
}
