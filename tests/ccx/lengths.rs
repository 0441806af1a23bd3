//! Texts, names and values of every length are written as they are, wherever they come to lie, and a NUL
//! is found at every place.

use cti_codec::ccx::*;

const FORMS: [Version; 2] = [Version::V14, Version::V18];
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM";

/// The first letters, with a NUL among them or without.
fn letters(length: usize, nul: Option<usize>) -> String {
    let mut letters = LETTERS[..length].to_owned();
    if let Some(at) = nul {
        letters.replace_range(at..=at, "\0");
    }
    letters
}

/// So many bytes before the fields that are tested.
fn filled(bytes: usize) -> Vec<NamedVariable<'static>> {
    (0..bytes)
        .step_by(24)
        .map(|_| NamedVariable {
            name: "a name of all".into(),
            value: "1234567".into(),
        })
        .collect()
}

fn sent(version: Version, message: &SetCallDataReq<'_>) -> Result<Vec<u8>, EncodeError> {
    message.to_bytes(version).map(|bytes| bytes.to_vec())
}

fn comes_back(version: Version, message: &SetCallDataReq<'_>) {
    let bytes = sent(version, message).unwrap();
    let frame = Frame::new(bytes.as_slice()).unwrap();
    assert_eq!(
        frame.decode_as::<SetCallDataReq>(version).as_ref(),
        Ok(message)
    );
    let mut slice = vec![0xAA; bytes.len()];
    let whole = Message::from(*message);
    assert_eq!(whole.encode_to_slice(version, &mut slice), Ok(bytes.len()));
    assert_eq!(slice, bytes);
    // What is written as received is the same.
    let mut again = bytes::BytesMut::new();
    let received = frame.decode(version).unwrap();
    received.encode_as_received(version, &mut again).unwrap();
    assert_eq!(again, bytes);
}

#[test]
fn a_text_of_any_length() {
    for version in FORMS {
        for length in 0..LETTERS.len() {
            let text = letters(length, None);
            let message = SetCallDataReq {
                connection_device_id: Some("1".into()),
                call_variable1: Some(text.as_str().into()),
                call_variable2: Some("b".into()),
                ..Default::default()
            };
            comes_back(version, &message);
            for at in 0..length {
                let text = letters(length, Some(at));
                let message = SetCallDataReq {
                    call_variable1: Some(text.as_str().into()),
                    // A later fault is not the one that is told.
                    call_variable2: Some("b\0".into()),
                    ..message
                };
                let error = sent(version, &message).unwrap_err();
                assert_eq!(error.field, FieldName::Listed("CallVariable1"));
                assert_eq!(error.kind, Fault::InnerNul { at });
            }
        }
    }
}

#[test]
fn an_earlier_fault_is_told() {
    let message = SetCallDataReq {
        connection_device_id: None,
        call_variable1: Some("a\0b".into()),
        ..Default::default()
    };
    let error = sent(Version::V14, &message).unwrap_err();
    assert_eq!(
        (error.field, error.kind),
        (FieldName::Listed("ConnectionDeviceID"), Fault::Missing)
    );
}

#[test]
fn a_name_and_a_value_of_any_length() {
    for version in FORMS {
        for (name, value) in (0..=32).flat_map(|name| (0..39).map(move |value| (name, value))) {
            let texts = [letters(name, None), letters(value, None)];
            // Wherever in the stage it comes to lie.
            let mut variables = filled((name * 39 + value) % 240);
            variables.push(NamedVariable {
                name: texts[0].as_str().into(),
                value: texts[1].as_str().into(),
            });
            let elements = [NamedArray {
                index: 7,
                name: texts[0].as_str().into(),
                value: texts[1].as_str().into(),
            }];
            let message = SetCallDataReq {
                connection_device_id: Some("1".into()),
                named_variables: (&variables).into(),
                named_arrays: (&elements).into(),
                ..Default::default()
            };
            comes_back(version, &message);
        }
    }
}

#[test]
fn a_nul_in_a_name_or_a_value() {
    for version in FORMS {
        for length in [1, 3, 4, 7, 8, 9, 16, 17, 24, 31, 32] {
            for at in 0..length {
                let (whole, cut) = (letters(length, None), letters(length, Some(at)));
                for in_name in [true, false] {
                    let (name, value) = if in_name {
                        (&cut, &whole)
                    } else {
                        (&whole, &cut)
                    };
                    let mut variables = filled(length * 9);
                    variables.push(NamedVariable {
                        name: name.as_str().into(),
                        value: value.as_str().into(),
                    });
                    variables.extend(filled(50));
                    let message = SetCallDataReq {
                        connection_device_id: Some("1".into()),
                        named_variables: (&variables).into(),
                        ..Default::default()
                    };
                    let error = sent(version, &message).unwrap_err();
                    assert_eq!(error.field, FieldName::Listed("NamedVariable"));
                    let at = if in_name { at } else { length + 1 + at };
                    assert_eq!(error.kind, Fault::InnerNul { at });
                    // A value may have one as received, where a name ends with it.
                    let mut out = bytes::BytesMut::new();
                    let whole = Message::from(message);
                    let forwarded = whole.encode_as_received(version, &mut out);
                    assert_eq!(forwarded.is_err(), in_name);
                    assert_eq!(out.is_empty(), in_name);
                }
            }
        }
    }
}

#[test]
fn a_nul_in_an_element_of_any_index() {
    for version in FORMS {
        for index in [0, 1, 255] {
            let element = |value: &'static str| NamedArray {
                index,
                name: "name".into(),
                value: value.into(),
            };
            let sends = |elements: &[NamedArray<'_>]| {
                let message = SetCallDataReq {
                    connection_device_id: Some("1".into()),
                    named_arrays: elements.into(),
                    ..Default::default()
                };
                sent(version, &message)
                    .map(|_| ())
                    .map_err(|error| error.kind)
            };
            let [plain, cut] = ["value", "val\0e"].map(element);
            assert_eq!(sends(&[plain, plain, plain]), Ok(()));
            let refused = Err(Fault::InnerNul { at: 9 });
            assert_eq!(sends(&[plain, cut, plain]), refused);
            assert_eq!(sends(&[cut]), refused);
        }
    }
}

#[test]
fn so_much_named_data_and_no_more() {
    for version in FORMS {
        let header = if version.has_wide_ids() { 3 } else { 2 };
        for value in [5, 31, 32, 100, 210] {
            let text = "v".repeat(value);
            let each = header + value + 4;
            let fits = 2000 / each;
            let variables = vec![
                NamedVariable {
                    name: "na".into(),
                    value: text.as_str().into(),
                };
                // Not all of a long list are looked at.
                100_000
            ];
            let message = |count: usize| SetCallDataReq {
                connection_device_id: Some("1".into()),
                named_variables: (&variables[..count]).into(),
                ..Default::default()
            };
            comes_back(version, &message(fits));
            for count in [fits + 1, fits + 20, 50_000] {
                let error = sent(version, &message(count)).unwrap_err();
                assert_eq!(error.field, FieldName::Listed("NamedVariable"));
                let (length, max) = ((fits + 1) * each, 2000);
                assert_eq!(error.kind, Fault::TooMuchNamedData { length, max });
            }
        }
    }
}
