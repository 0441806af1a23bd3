//! Stand-ins for what is personal.

use bytes::Bytes;
use cti_codec::ccx::layout::{FieldRow, FixedRow, GroupRow, Kind};
use cti_codec::ccx::redact::{Originals, is_personal};
use cti_codec::ccx::{
    BeginCallEvent, Frame, LAYOUTS, List, Message, NamedVariable, SystemEvent, Unlisted, Value,
    Version, Visitor,
};
use oracles::ccx::{Choices, Style, noise, sample};

/// Personal texts of a message that are long enough to be no chance.
#[derive(Default)]
struct Personal(Vec<Vec<u8>>);

impl<'a> Visitor<'a> for Personal {
    fn fixed(&mut self, _: &'static FixedRow, _: Value<'_>) {}
    fn field(&mut self, row: &'static FieldRow, value: Value<'a>) {
        if !is_personal(row) {
            return;
        }
        let text = match value {
            Value::Text(text) => text.as_bytes(),
            Value::Bytes(bytes) => bytes,
            Value::NamedVariable(variable) => variable.value.as_bytes(),
            Value::NamedArray(element) => element.value.as_bytes(),
            _ => return,
        };
        let alphanumeric = text
            .iter()
            .filter(|byte| byte.is_ascii_alphanumeric())
            .count();
        if alphanumeric >= 6 {
            self.0.push(text.to_vec());
        }
    }
    fn list(&mut self, _: &'static GroupRow, list: List<'_, 'a>) {
        list.each(|element| element.visit(self));
    }
    fn unlisted(&mut self, _: Unlisted<'a>) {}
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window.eq_ignore_ascii_case(text))
}

#[test]
fn nothing_original_is_left_in_any_byte() {
    for key in [None, Some(&b"spring"[..])] {
        for version in [Version::V14, Version::V18] {
            let mut originals = Originals::default();
            let mut frames = Vec::new();
            let mut secrets = Vec::new();
            for (at, layout) in LAYOUTS.iter().enumerate() {
                for (round, style) in [Style::Lawful, Style::Wild].into_iter().enumerate() {
                    let bytes = noise((at * 10 + round) as u64 + 77, 300);
                    let frame = sample(layout, version, style, &mut Choices::new(&bytes)).frame();
                    let Ok(frame) = Frame::new(Bytes::from(frame)) else {
                        continue;
                    };
                    if let Ok(message) = frame.decode(version) {
                        let mut personal = Personal::default();
                        message.visit(&mut personal);
                        secrets.extend(personal.0);
                    }
                    originals.learn(&frame, version);
                    frames.push(frame);
                }
            }
            // The same texts where nothing says what they are: a type without a layout, a field that
            // no table lists, words of a server.
            let sound = frames.len();
            for secret in secrets.clone() {
                let Ok(length) = u8::try_from(secret.len()) else {
                    continue;
                };
                let narrow = [&[0, 0, 0, 7, 0xf0, length][..], &secret].concat();
                let wide = [&[0, 0, 0, 7, 0x10, 0xf0, length][..], &secret].concat();
                // One of the two is read in the wrong version.
                for (number, body) in [(9_999_u32, secret.clone()), (5, narrow), (5, wide)] {
                    let size = (body.len() as u32).to_be_bytes();
                    let frame = [&size[..], &number.to_be_bytes(), &body].concat();
                    frames.push(Frame::new(Bytes::from(frame)).unwrap());
                }
            }
            assert!(secrets.len() > 100, "{}", secrets.len());
            let redactor = originals.redactor(key);
            for (at, frame) in frames.iter().enumerate() {
                let other = redactor.frame(frame, version);
                assert_eq!(other.message_type(), frame.message_type());
                assert_eq!(other.bytes().len(), frame.bytes().len());
                if at < sound {
                    assert_eq!(other.decode(version).is_ok(), frame.decode(version).is_ok());
                }
                for secret in &secrets {
                    assert!(
                        !holds(other.bytes(), secret),
                        "{:?} is left in {}",
                        String::from_utf8_lossy(secret),
                        frame.message_type()
                    );
                }
                // Its beginning, too, as a capture may have no more.
                let half = frame.bytes().len() / 2;
                let part = redactor.bytes(&frame.bytes()[..half], version);
                assert_eq!(part.len(), half);
                for secret in &secrets {
                    assert!(!holds(&part, secret));
                }
            }
        }
    }
}

fn frame_of<'a>(message: impl Into<Message<'a>>) -> Frame {
    let mut out = bytes::BytesMut::new();
    message
        .into()
        .encode_as_received(Version::V14, &mut out)
        .unwrap();
    Frame::new(out.freeze()).unwrap()
}

/// A text that is too short to be searched for anywhere is found where it stands as a word of its
/// own: in a field that no table lists, and in the body of a type that nobody knows.
#[test]
fn a_short_text_is_found_as_a_word_where_nothing_says_what_stands_there() {
    let call = frame_of(BeginCallEvent {
        connection_device_id: Some("2006".into()),
        call_variable1: Some("Bob".into()),
        ..Default::default()
    });
    let mut originals = Originals::default();
    originals.learn(&call, Version::V14);
    let redactor = originals.redactor(None);
    let mut stranger = [&call.bytes()[..], b"\xf0\x04Bob\0"].concat();
    let length = (stranger.len() - 8) as u32;
    stranger[..4].copy_from_slice(&length.to_be_bytes());
    let unknown = b"\0\0\0\x0a\0\0\x27\x0fto Bob, ok".to_vec();
    for bytes in [stranger, unknown] {
        let frame = Frame::new(Bytes::from(bytes)).unwrap();
        let other = redactor.frame(&frame, Version::V14);
        assert_eq!(other.bytes().len(), frame.bytes().len());
        assert!(!holds(other.bytes(), b"bob"), "{other:?}");
    }
}

#[test]
fn the_same_text_has_the_same_stand_in() {
    let variables = [
        NamedVariable {
            name: "BABuddyName".into(),
            value: "Erika,Mustermann".into(),
        },
        NamedVariable {
            name: "user.iban".into(),
            value: "DE02120300000000202051".into(),
        },
    ];
    let call = frame_of(BeginCallEvent {
        connection_device_id: Some("2006.2016".into()),
        ani: Some("+49 30 123456".into()),
        call_variable1: Some("ERIKA".into()),
        call_variable2: Some("2006".into()),
        user_to_user_info: Some(b"\x04Erika\x91"),
        named_variables: (&variables).into(),
        ..Default::default()
    });
    let words = frame_of(SystemEvent {
        text: Some("2006 has lost erika,mustermann at 10.1.1.20".into()),
        ..Default::default()
    });
    let mut originals = Originals::default();
    originals.learn(&call, Version::V14);
    originals.learn_address("10.1.1.20".parse().unwrap());
    let redactor = originals.redactor(Some(b"spring"));
    let call = redactor.frame(&call, Version::V14);
    let Message::BeginCallEvent(call) = call.decode(Version::V14).unwrap() else {
        panic!()
    };
    let extension = call.call_variable2.unwrap().to_string();
    assert_eq!(
        call.connection_device_id.unwrap().primary(),
        extension.as_str()
    );
    assert!(extension.starts_with('2') && extension != "2006");
    let erika = call.call_variable1.unwrap().to_string();
    let mut named = call.named_variables.iter();
    let buddy = named.next().unwrap();
    // The guide's own names stay.
    assert_eq!(buddy.name, "BABuddyName");
    let (first, _) = buddy.value.to_str().unwrap().split_once(',').unwrap();
    assert_eq!(first.to_uppercase(), erika);
    let iban = named.next().unwrap();
    assert_ne!(iban.name, "user.iban");
    assert_eq!(iban.value.len(), 22);
    assert!(holds(call.user_to_user_info.unwrap(), erika.as_bytes()));
    let ani = call.ani.unwrap().to_string();
    assert!(
        ani.starts_with('+') && ani.len() == 13 && !ani.contains("123456"),
        "{ani}"
    );
    let words = redactor.frame(&words, Version::V14);
    let Message::SystemEvent(words) = words.decode(Version::V14).unwrap() else {
        panic!()
    };
    let text = words.text.unwrap().to_string();
    assert!(
        text.starts_with(&format!("{extension} has lost ")),
        "{text}"
    );
    assert!(text.to_uppercase().contains(&erika), "{text}");
    assert!(
        text.contains(" at 10.") && !text.contains("10.1.1.20"),
        "{text}"
    );
    // Comments are texts as well.
    assert!(
        redactor
            .text("see Erika,Mustermann")
            .to_uppercase()
            .contains(&erika)
    );
    assert_eq!(redactor.text("nothing"), "nothing");
    // Neither the key nor a text is shown.
    assert!(!format!("{redactor:?}").contains("spring"));
}

#[test]
fn what_is_personal_follows_from_the_tables() {
    let mut kept = std::collections::BTreeSet::new();
    let mut rows: Vec<_> = LAYOUTS.iter().flat_map(|layout| layout.floating).collect();
    while let Some(row) = rows.pop() {
        match row {
            cti_codec::ccx::layout::FloatingRow::Group(group) => rows.extend(group.rows),
            cti_codec::ccx::layout::FloatingRow::Field(row) => {
                let text = matches!(
                    row.kind,
                    Kind::String | Kind::Unspec | Kind::NamedVar | Kind::NamedArray
                );
                if text && !is_personal(row) {
                    kept.insert(row.name);
                }
            }
        }
    }
    assert_eq!(
        kept.into_iter().collect::<Vec<_>>(),
        [
            "AgentConfigKey",
            "ApplicationConfigKey",
            "CSQConfigKey",
            "DeviceConfigKey",
            "TerminalTypeName",
            "Text",
        ]
    );
    // What is no message at all is passed through.
    let redactor = Originals::default().redactor(None);
    for bytes in [&b""[..], b"\0\0", &[0, 0, 0, 9, 0, 0, 0, 3]] {
        assert_eq!(redactor.bytes(bytes, Version::V14), bytes);
    }
}
