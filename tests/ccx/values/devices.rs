//! Ids of devices, and what version 14 made of them.

use std::collections::HashSet;

use cti_codec::ccx::{DeviceId, Text, TextBuf};

#[test]
fn an_id_is_split_at_its_first_dot() {
    for (id, primary, actual) in [
        ("1000.1001", "1000", Some("1001")),
        ("1000.1001.1002", "1000", Some("1001.1002")),
        ("1000", "1000", None),
        ("1000.", "1000", Some("")),
        (".1001", "", Some("1001")),
        (".", "", Some("")),
        ("", "", None),
    ] {
        let id = DeviceId::from(id);
        assert_eq!(id.primary(), primary, "{id}");
        assert_eq!(id.actual(), actual.map(Text::from), "{id}");
    }
    let id = DeviceId::from(b"\xff.\xfe".as_slice());
    assert_eq!(id.primary(), b"\xff".as_slice());
    assert_eq!(id.actual(), Some(Text::new(b"\xfe")));
}

/// Whatever a text does, an id does.
#[test]
fn an_id_is_the_text_that_it_is() {
    let owned = String::from("2006");
    let id = DeviceId::from(&owned);
    assert_eq!(id, "2006");
    assert_eq!("2006", id);
    assert_eq!(id, owned);
    assert_eq!(id, Text::from("2006"));
    assert_eq!(id, DeviceId(Text::from("2006")));
    assert_eq!(Text::from(id), "2006");
    assert_eq!(TextBuf::from(id), id);
    assert_eq!(DeviceId::from(&id.to_buf()), id);
    assert_eq!(id.to_str(), Ok("2006"));
    assert_eq!(id.parse(), Some(2006));
    assert_eq!(format!("{id:>6}|{id:?}"), "  2006|\"2006\"");
    assert_eq!(DeviceId::from("\x1b").to_string(), "\\u{1b}");
    assert!(DeviceId::default().is_empty());
    let distinct: HashSet<_> = [id, DeviceId::from("2006"), DeviceId::from("2007")].into();
    assert_eq!(distinct.len(), 2);
}

#[cfg(feature = "serde")]
#[test]
fn an_id_is_a_string_in_json() {
    let id = DeviceId::from("1000.1001");
    assert_eq!(serde_json::to_string(&id).unwrap(), r#""1000.1001""#);
    assert_eq!(
        serde_json::from_str::<DeviceId<'_>>(r#""1000.1001""#).unwrap(),
        id
    );
}
