//! Text: compared, converted, kept, and shown without harm.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use cti_codec::ccx::{NamedArray, NamedVariable, Repeated, SetCallDataReq, Text, TextBuf, Version};

#[test]
fn texts_compare_with_what_people_have() {
    let text = Text::from("jdoe");
    let string = String::from("jdoe");
    let kept = text.to_buf();
    assert_eq!(text, *"jdoe");
    assert_eq!(text, "jdoe");
    assert_eq!(text, string);
    assert_eq!(text, b"jdoe".as_slice());
    assert_eq!("jdoe", text);
    assert_eq!(*"jdoe", text);
    assert_eq!(string, text);
    assert_eq!(*b"jdoe".as_slice(), text);
    assert_eq!(kept, text);
    assert_eq!(text, kept);
    assert_eq!(kept, "jdoe");
    assert_eq!("jdoe", kept);
    assert_eq!(kept, string);
    for other in ["", "jdo", "jdoes", "Jdoe"] {
        assert_ne!(text, other);
        assert_ne!(other, text);
        assert_ne!(kept, other);
        assert_ne!(String::from(other), text);
    }
    assert!(Text::from("a") < Text::from("b"));
}

#[test]
fn texts_convert_there_and_back() {
    let owned = String::from("Zo\u{eb}");
    let text = Text::from(&owned);
    assert_eq!(<&str>::try_from(text), Ok("Zo\u{eb}"));
    assert_eq!(String::try_from(text), Ok(owned.clone()));
    assert_eq!(<&[u8]>::from(text), owned.as_bytes());
    assert_eq!(text.as_ref(), owned.as_bytes());
    assert_eq!(text.len(), 4);
    assert!(matches!(text.to_string_lossy(), Cow::Borrowed("Zo\u{eb}")));
    assert_eq!(TextBuf::from(owned.clone()), TextBuf::from(&owned));
    assert_eq!(Text::from(&TextBuf::from(text)), text);

    let latin = Text::new(b"Zo\xeb");
    assert!(<&str>::try_from(latin).is_err() && String::try_from(latin).is_err());
    assert_eq!(latin.to_string_lossy(), "Zo\u{fffd}");
    assert_eq!(latin.parse::<u32>(), None);
    assert_eq!(Text::from("2006").parse(), Some(2006_u32));
    assert_eq!(Text::from("2006 ").parse::<u32>(), None);
}

#[test]
fn a_map_is_asked_with_a_text_of_a_frame() {
    let text = Text::new(b"jdoe");
    let hashed = HashMap::from([(TextBuf::from("jdoe"), 1)]);
    assert_eq!(hashed.get(text.as_bytes()), Some(&1));
    let sorted = BTreeMap::from([(TextBuf::from("jdoe"), 2), ("adoe".into(), 3)]);
    assert_eq!(sorted.get(text.as_bytes()), Some(&2));
    let borrowed = HashMap::from([(Text::from("jdoe"), 4)]);
    assert_eq!(borrowed.get(b"jdoe".as_slice()), Some(&4));
    let order: Vec<_> = sorted.into_keys().collect();
    assert_eq!(order, ["adoe", "jdoe"]);
}

/// All that moves a cursor, begins a line or turns writing around; and what looks close to it.
#[test]
fn nothing_harmful_reaches_a_terminal() {
    let harmful = (0..0x20)
        .chain(0x7f..0xa0)
        .chain([0x61c, 0x200e, 0x200f])
        .chain(0x2028..=0x202e)
        .chain(0x2066..=0x2069)
        .map(|code| char::from_u32(code).unwrap());
    for character in harmful {
        let text = format!("a{character}b");
        for shown in [
            Text::from(&text).to_string(),
            format!("{:20}", Text::from(&text)),
            format!("{:?}", Text::from(&text)),
            TextBuf::from(&text).to_string(),
        ] {
            assert!(!shown.contains(character), "{shown:?}");
            assert!(shown.contains('\\'), "{shown:?}");
            assert!(shown.contains('a') && shown.contains('b'), "{shown:?}");
        }
        // The bytes are another matter.
        assert_eq!(Text::from(&text).to_string_lossy(), text);
    }
    for harmless in [
        ' ', '~', '\u{a0}', '\u{2010}', '\u{2027}', '\u{202f}', '\u{206a}', 'é', '\\',
    ] {
        let text = format!("a{harmless}b");
        assert_eq!(Text::from(&text).to_string(), text);
    }
    assert_eq!(Text::from("\x1b\x1b").to_string(), "\\u{1b}\\u{1b}");
    assert_eq!(Text::from("\n\r\t").to_string(), "\\n\\r\\t");
    assert_eq!(
        Text::new(b"\n\xff\x1b\xc3").to_string(),
        "\\n\u{fffd}\\u{1b}\u{fffd}"
    );
}

#[test]
fn width_and_precision_bind_every_text() {
    for (text, wide, short) in [
        (&b"abc"[..], "  abc", "ab"),
        (b"a\n", "  a\\n", "a\\"),
        (b"\xff\xfe", "   \u{fffd}\u{fffd}", "\u{fffd}\u{fffd}"),
        (b"", "     ", ""),
    ] {
        let text = Text::new(text);
        assert_eq!(format!("{text:>5}"), wide);
        assert_eq!(format!("{text:.2}"), short);
        assert_eq!(format!("{:>5}", text.to_buf()), wide);
    }
}

#[cfg(feature = "serde")]
#[test]
fn texts_are_json_strings_or_hex() {
    for (text, json) in [
        (&b"jdoe"[..], r#""jdoe""#),
        (b"a\"\n", r#""a\"\n""#),
        (b"Zo\xeb", r#"{"hex":"5a6feb"}"#),
        (b"", r#""""#),
    ] {
        let text = Text::new(text);
        assert_eq!(serde_json::to_string(&text).unwrap(), json);
        assert_eq!(serde_json::to_string(&text.to_buf()).unwrap(), json);
        assert_eq!(serde_json::from_str::<TextBuf>(json).unwrap(), text);
    }
    assert_eq!(
        serde_json::from_str::<Text<'_>>(r#""jdoe""#).unwrap(),
        "jdoe"
    );
    // Only what can be borrowed.
    assert!(serde_json::from_str::<Text<'_>>(r#""\n""#).is_err());
    for wrong in [
        "1",
        "null",
        "{}",
        r#"{"hex":"0"}"#,
        r#"{"hex":"00","more":1}"#,
        r#"{"dec":"00"}"#,
        r#"{"hex":{"hex":"00"}}"#,
    ] {
        assert!(serde_json::from_str::<TextBuf>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn named_data_is_asked_by_name() {
    let variables = [("a", "1"), ("b", ""), ("a", "2")].map(|(name, value)| NamedVariable {
        name: name.into(),
        value: value.into(),
    });
    let list = Repeated::from(&variables);
    assert_eq!(list.value("a"), Some("1".into()), "the first counts");
    assert_eq!(list.value(String::from("b")), Some("".into()));
    assert_eq!(list.value(Text::new(b"c")), None);
    assert_eq!(Repeated::<NamedVariable<'_>>::default().value("a"), None);

    let elements =
        [(0, "x", "1"), (1, "y", "2"), (1, "x", "3")].map(|(index, name, value)| NamedArray {
            index,
            name: name.into(),
            value: value.into(),
        });
    let list = Repeated::from(&elements);
    assert_eq!(list.value("x", 1), Some("3".into()));
    assert_eq!(list.value("y", 0), None);
    let x: Vec<_> = list.values("x").collect();
    assert_eq!(x, [(0, "1".into()), (1, "3".into())]);
    assert_eq!(list.values("z").count(), 0);
}

/// What is at the limit is written, one more is not.
#[test]
fn named_data_has_limits() {
    let name = "n".repeat(NamedVariable::MAX_NAME + 1);
    let value = "v".repeat(NamedVariable::MAX_VALUE + 1);
    let written = |name: &str, value: &str| {
        let variables = [NamedVariable {
            name: name.into(),
            value: value.into(),
        }];
        let request = SetCallDataReq {
            connection_device_id: Some("2006".into()),
            named_variables: Repeated::from(&variables),
            ..Default::default()
        };
        let mut out = bytes::BytesMut::new();
        let message = cti_codec::ccx::Message::from(request);
        message.encode(Version::V14, &mut out).is_ok()
    };
    assert!(written(&name[1..], &value[1..]));
    assert!(!written(&name, &value[1..]));
    assert!(!written(&name[1..], &value));
}

/// Kept or borrowed, short or long, a text has the order and the hash of its bytes.
#[test]
fn texts_have_the_order_and_hash_of_their_bytes() {
    use std::hash::{BuildHasher, RandomState};

    let long = "x".repeat(40);
    let texts = [
        "",
        "a",
        "aa",
        "ab",
        "b",
        "B",
        "jdoe",
        "\u{eb}",
        "xxxxxxxxxxxxxxxxxxxxxx",
    ];
    let longer = [long.as_str(), &long[..23], &long[..22], &long[..21]];
    let hasher = RandomState::new();
    for one in texts.iter().chain(&longer) {
        let (kept, text) = (TextBuf::from(*one), Text::from(*one));
        assert_eq!(kept.as_bytes(), one.as_bytes());
        assert_eq!(hasher.hash_one(&kept), hasher.hash_one(one.as_bytes()));
        assert_eq!(hasher.hash_one(text), hasher.hash_one(one.as_bytes()));
        for other in texts.iter().chain(&longer) {
            let expected = one.as_bytes().cmp(other.as_bytes());
            let other = (TextBuf::from(*other), Text::from(*other));
            assert_eq!(kept.cmp(&other.0), expected);
            assert_eq!(kept.partial_cmp(&other.0), Some(expected));
            assert_eq!(text.cmp(&other.1), expected);
            assert_eq!(kept == other.0, expected.is_eq());
        }
    }
}
