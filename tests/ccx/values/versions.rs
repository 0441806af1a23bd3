//! Versions, those that no guide describes included.

use bytes::BytesMut;
use cti_codec::ccx::{Body, ConfigRequestEvent, Frame, Message, UnknownVersion, Version};

#[test]
fn versions_are_read_from_numbers_and_texts() {
    for version in Version::ALL {
        assert_eq!(Version::new(version.number()), Some(version));
        assert_eq!(Version::try_from(version.number()), Ok(version));
        assert_eq!(version.to_string().parse(), Ok(version));
        assert_eq!(u32::from(version), version.0);
        assert!(version.is_known());
    }
    for number in [0, 9, 19, 256, u32::MAX] {
        assert_eq!(Version::new(number), None);
        assert_eq!(Version::try_from(number), Err(UnknownVersion));
        assert_eq!(number.to_string().parse::<Version>(), Err(UnknownVersion));
        assert!(!Version(number).is_known());
    }
    for text in ["", "v14", "14.0", " 14"] {
        assert_eq!(text.parse::<Version>(), Err(UnknownVersion), "{text}");
    }
    assert_eq!(format!("{:>4}", Version::V14), "  14");
    assert_eq!(
        UnknownVersion.to_string(),
        "is none of the versions 10 to 18"
    );
}

/// A version has what came before it; whatever came first is in all.
#[test]
fn a_version_has_what_exists_since_an_earlier_one() {
    for version in Version::ALL {
        for since in Version::ALL {
            assert_eq!(version.has(since), since <= version);
        }
        assert!(Version(99).has(version));
        assert_eq!(Version(3).has(version), version == Version::V10);
    }
}

/// A version that is newer than the guides is written as the newest one, an older one as the oldest.
#[test]
fn versions_that_no_guide_describes_have_the_fields_of_the_nearest() {
    for (unknown, nearest) in [
        (Version(19), Version::V18),
        (Version(u32::MAX), Version::V18),
        (Version(9), Version::V10),
        (Version(0), Version::V10),
    ] {
        let message = Message::from(ConfigRequestEvent::default());
        let frame = |version| {
            let mut out = BytesMut::new();
            message.encode(version, &mut out).unwrap();
            Frame::new(out.freeze()).unwrap()
        };
        assert_eq!(frame(unknown), frame(nearest));
        assert_eq!(
            frame(nearest).decode(unknown),
            frame(nearest).decode(nearest)
        );
        assert_eq!(
            ConfigRequestEvent::LAYOUT.fixed_size(unknown),
            ConfigRequestEvent::LAYOUT.fixed_size(nearest)
        );
    }
}
