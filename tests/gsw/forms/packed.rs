//! The packed form.

use super::*;

#[test]
fn packed_bytes_are_these() {
    let mut data = AttachedDataBuf::new();
    data.push("a", "bc");
    data.push("n", -2);
    data.push("u", 4_294_967_295);
    data.push("b", ValueBuf::Binary(vec![0, 255]));
    data.push("l", AttachedDataBuf::new());
    data.push("w", ValueBuf::Unicode(b"\xc3\xa9".to_vec()));
    let packed = [
        &[0, 6][..],
        &[0, 0, 1, b'a', 0, 2, b'b', b'c'],
        &[1, 0, 1, b'n', 0, 4, 255, 255, 255, 254],
        &[1, 0, 1, b'u', 0, 4, 255, 255, 255, 255],
        &[2, 0, 1, b'b', 0, 2, 0, 255],
        &[3, 0, 1, b'l', 0, 0, 0, 2, 0, 0],
        &[4, 0, 1, b'w', 0, 2, 0xc3, 0xa9],
    ]
    .concat();
    assert_eq!(data.view().pack().unwrap(), packed);
    let unpacked = AttachedData::unpack(&packed).unwrap();
    assert_eq!(unpacked.value("n"), Some(Value::Int(-2)));
    assert_eq!(
        unpacked.value("u"),
        Some(Value::Int(-1)),
        "four bytes are read as signed"
    );
    assert_eq!(
        unpacked.value("l"),
        Some(Value::List(AttachedData::default()))
    );
    let bytes: Vec<u8> = packed.iter().copied().chain([9, 9]).collect();
    let (list, rest) = AttachedData::unpack_prefix(&bytes, Limits::default()).unwrap();
    assert_eq!((list.len(), rest), (6, &[9, 9][..]));
}

#[test]
fn wide_integers_that_fit_32_bits_without_a_sign_are_packed() {
    // Found by fuzzing: seven bytes are read as 2989257728, packed as four, and those read as
    // signed.
    let mut wide = vec![0, 1, 1, 0, 1, b'k', 0, 7];
    wide.extend([0, 0, 0, 0xb2, 0x2c, 0x74, 0]);
    let data = AttachedData::unpack(&wide).unwrap();
    assert_eq!(data.value("k"), Some(Value::Int(0xb22c_7400)));
    let packed = data.pack().unwrap();
    assert_eq!(packed, [0, 1, 1, 0, 1, b'k', 0, 4, 0xb2, 0x2c, 0x74, 0]);
    let again = AttachedData::unpack(&packed).unwrap();
    assert_eq!(again.value("k"), Some(Value::Int(0xb22c_7400 - (1 << 32))));
    assert_eq!(again.pack().unwrap(), packed);
}

#[test]
fn every_prefix_of_packed_bytes_has_its_error() {
    let mut inner = AttachedDataBuf::new();
    inner.push("i", 1);
    let mut data = AttachedDataBuf::new();
    data.push("key", "value");
    data.push("list", inner);
    let packed = data.view().pack().unwrap();
    for end in 0..packed.len() {
        let error = AttachedData::unpack(&packed[..end]).unwrap_err();
        let UnpackErrorKind::Truncated { needed, left } = error.kind else {
            panic!("{error}")
        };
        assert_eq!(error.offset + left, end, "{error}");
        assert!(needed > left, "{error}");
    }
    let mut longer = packed.clone();
    longer.push(0);
    let trailing = UnpackError {
        offset: packed.len(),
        key: String::new(),
        kind: UnpackErrorKind::TrailingBytes { left: 1 },
    };
    assert_eq!(AttachedData::unpack(&longer), Err(trailing));
}

#[test]
fn errors_of_packed_bytes_name_their_place() {
    let error = |bytes: &[u8]| AttachedData::unpack(bytes).unwrap_err().to_string();
    assert_eq!(
        error(&[0, 1, 9, 0, 1, b'k', 0, 0]),
        "byte 2: k: value of unknown type 9"
    );
    assert_eq!(
        error(&[0, 1, 1, 0, 1, b'k', 0, 0]),
        "byte 6: k: integer of 0 bytes; 1 to 8 expected"
    );
    assert_eq!(
        error(&[0, 1, 1, 0, 1, b'k', 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        "byte 6: k: integer of 9 bytes; 1 to 8 expected"
    );
    assert_eq!(
        error(&[0, 1, 3, 0, 1, b'k', 0, 0, 0, 3, 0, 0, 7]),
        "byte 12: k: 1 bytes after the last pair of the list"
    );
    assert_eq!(
        error(&[0, 1, 3, 0, 1, b'k', 0, 0, 0, 2, 0, 1]),
        "byte 12: k: needs 3 bytes, 0 left"
    );
    assert_eq!(
        error(&[0, 1, 0, 255, 255]),
        "byte 5: needs 65535 bytes, 0 left"
    );
    assert_eq!(
        error(&[0, 1, 3, 0, 0, 255, 255, 255, 255]),
        "byte 9: needs 4294967295 bytes, 0 left"
    );
    // A nested list cannot borrow from what follows it.
    assert_eq!(
        error(&[0, 2, 3, 0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0]),
        "byte 11: needs 3 bytes, 0 left"
    );
}

#[test]
fn depth_and_size_are_bounded() {
    let limits = |max_depth, max_bytes| Limits {
        max_depth,
        max_bytes,
    };
    for depth in [0, 1, 16, 17, 64] {
        let data = nested(depth);
        let packed = data.view().pack().unwrap();
        assert_eq!(
            AttachedData::unpack_with(&packed, limits(depth, usize::MAX)),
            Ok(data.view())
        );
        if let Some(less) = depth.checked_sub(1) {
            let error = AttachedData::unpack_with(&packed, limits(less, usize::MAX)).unwrap_err();
            assert_eq!(error.kind, UnpackErrorKind::TooDeep);
        }
        let text = trace::write("X", data.view()).unwrap();
        let lists: Vec<_> = trace::lists_with(&text, limits(depth, usize::MAX)).collect();
        assert_eq!(lists[0].as_ref().unwrap().data, data);
        if let Some(less) = depth.checked_sub(1) {
            let list = trace::lists_with(&text, limits(less, usize::MAX))
                .next()
                .unwrap()
                .unwrap();
            let [error] = list.lost[..] else {
                panic!("{:?}", list.lost)
            };
            assert_eq!((error.line, error.kind), (2, TraceErrorKind::TooDeep));
            #[cfg(feature = "serde")]
            {
                let text = json::write(data.view());
                assert!(json::read_with(text.as_bytes(), limits(less, usize::MAX)).is_err());
                assert_eq!(
                    json::read_with(text.as_bytes(), limits(depth, usize::MAX)).unwrap(),
                    data
                );
            }
        }
    }
    // Beyond what any stack is asked to bear, whatever the limits say.
    let error = nested(65).view().pack().unwrap_err();
    assert_eq!(
        (error.key.as_str(), error.kind),
        ("k", PackErrorKind::TooDeep)
    );
    let mut packed = vec![0, 0];
    for _ in 0..5000 {
        let length = u32::try_from(packed.len()).unwrap().to_be_bytes();
        packed = [&[0, 1, 3, 0, 0][..], &length, &packed].concat();
    }
    let error = AttachedData::unpack_with(&packed, limits(usize::MAX, usize::MAX)).unwrap_err();
    assert_eq!(error.kind, UnpackErrorKind::TooDeep);
    #[cfg(feature = "serde")]
    {
        let text = format!("{}1{}", "{\"k\":".repeat(5000), "}".repeat(5000));
        assert!(json::read_with(text.as_bytes(), limits(usize::MAX, usize::MAX)).is_err());
    }
    let text = header(&format!("\t\t{}'k'\t1\n", "'k'(list) ".repeat(5000)));
    let list = trace::lists_with(text.as_bytes(), limits(usize::MAX, usize::MAX))
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(list.lost[0].kind, TraceErrorKind::TooDeep);

    let packed = nested(3).view().pack().unwrap();
    let kind = |bytes: &[u8], limit| {
        AttachedData::unpack_with(bytes, limits(16, limit))
            .map(drop)
            .map_err(|error| error.kind)
    };
    assert!(kind(&packed, packed.len()).is_ok());
    let limit = packed.len() - 1;
    assert_eq!(
        kind(&packed, limit),
        Err(UnpackErrorKind::TooLarge { limit })
    );
    let prefix = AttachedData::unpack_prefix(&packed, limits(16, limit)).unwrap_err();
    assert_eq!(prefix.kind, UnpackErrorKind::TooLarge { limit });
    let log = header("\t\t'key'\t'value'\n\t\t'key'\t'value'\n");
    let error = trace::lists_with(log.as_bytes(), limits(16, 20))
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 3, column 3: list larger than the limit of 20 bytes"
    );
    // Both lines have 13 bytes, and the second may still end at the limit.
    let last = |limit| {
        trace::lists_with(log.as_bytes(), limits(16, limit))
            .next()
            .unwrap()
    };
    assert_eq!(last(26).unwrap().data.view().len(), 2);
    assert_eq!(
        last(25).unwrap_err().kind,
        TraceErrorKind::TooLarge { limit: 25 }
    );
    #[cfg(feature = "serde")]
    {
        assert!(json::read_with(b"{\"key\": 1}", limits(16, 9)).is_err());
        assert!(json::read_with(b"{\"key\": 1}", limits(16, 10)).is_ok());
    }
}

#[test]
fn nothing_is_cut_to_fit_the_packed_form() {
    let refused = |value: ValueBuf| {
        let mut data = AttachedDataBuf::new();
        data.push("k", value);
        data.view().pack().map_err(|error| error.to_string())
    };
    for number in [
        i64::from(i32::MIN) - 1,
        i64::from(u32::MAX) + 1,
        i64::MIN,
        i64::MAX,
    ] {
        assert_eq!(
            refused(number.into()),
            Err(format!("k: integer {number} does not fit 32 bits"))
        );
    }
    for number in [i64::from(i32::MIN), i64::from(u32::MAX)] {
        assert!(refused(number.into()).is_ok());
    }
    assert!(refused(ValueBuf::Str(vec![b'x'; 65_535])).is_ok());
    assert_eq!(
        refused(ValueBuf::Str(vec![b'x'; 65_536])),
        Err("k: value of 65536 bytes is too long to be packed".into())
    );
    let mut data = AttachedDataBuf::new();
    data.push(vec![b'k'; 65_536], 1);
    assert_eq!(
        data.view().pack().unwrap_err().kind,
        PackErrorKind::KeyTooLong { length: 65_536 }
    );
    let mut data = AttachedDataBuf::new();
    for _ in 0..65_536 {
        data.push("", 1);
    }
    assert_eq!(
        data.view().pack().unwrap_err().to_string(),
        "list of 65536 pairs; at most 65535 can be packed"
    );
}
