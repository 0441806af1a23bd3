//! The list that benchmarks of attached data run on, and their operations on it.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each benchmark uses some of them"
)]
#![allow(clippy::arithmetic_side_effects, reason = "sums of lengths")]

use cti_codec::gsw::{
    AttachedData, AttachedDataBuf, CallResult, CallTime, ContactMedia, PhoneType,
    SecondsFromMidnight, Text, TzOffset, keys,
};

/// A record to preview, as a server sends it: 20 pairs.
pub fn preview_record() -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    data.set(keys::USER_EVENT, "PreviewRecord".into());
    data.set(keys::APPLICATION_ID, 139);
    data.set(keys::RECORD_HANDLE, 283);
    data.set(keys::REFERENCE_ID, 7);
    data.set(keys::ATTEMPTS, 2);
    data.set(keys::CALL_RESULT, CallResult::NO_ANSWER);
    data.set(keys::CALL_TIME, CallTime(1_700_000_000));
    data.set(keys::CALLING_LIST, "Spring Customers".into());
    data.set(keys::CAMPAIGN_GROUP_NAME, "Spring offers@Team North".into());
    data.set(
        keys::CAMPAIGN_GROUP_DESCRIPTION,
        "Offers to customers of last year".into(),
    );
    data.set(keys::CAMPAIGN_NAME, "Spring offers".into());
    data.set(keys::CHAIN_ID, 40_017);
    data.set(keys::CONTACT_MEDIA_TYPE, ContactMedia::VOICE);
    data.set(keys::FROM, SecondsFromMidnight(28_800));
    data.set(keys::UNTIL, SecondsFromMidnight(64_800));
    data.set(keys::TZ_OFFSET, TzOffset(7_200));
    data.set(keys::PHONE, "+33555005".into());
    data.set(keys::PHONE_TYPE, PhoneType::MOBILE);
    data.push("Account", "A-0017-2231");
    data.push("Language", "French");
    assert_eq!(data.view().len(), 20);
    data
}

/// The minimum work of any reader: one step for each pair, each checked against the end. The sum of
/// the lengths keeps the compiler from dropping a step. Independent of the library.
pub fn bare_walk(bytes: &[u8]) -> Option<usize> {
    let (count, mut rest) = bytes.split_first_chunk::<2>()?;
    let mut sum = 0;
    for _ in 0..u16::from_be_bytes(*count) {
        let (&[_type, high, low], after) = rest.split_first_chunk::<3>()?;
        let key = usize::from(u16::from_be_bytes([high, low]));
        let (length, after) = after.get(key..)?.split_first_chunk::<2>()?;
        let value = usize::from(u16::from_be_bytes(*length));
        rest = after.get(value..)?;
        sum += key + value;
    }
    Some(sum)
}

/// Unpacks and takes one value from near the front, one from the middle and one from near the end.
pub fn unpack_3_lookups(bytes: &[u8]) -> Option<(i64, Text<'_>, Text<'_>)> {
    let data = AttachedData::unpack(bytes).ok()?;
    Some((
        data.get(keys::RECORD_HANDLE).ok()?,
        data.get(keys::CAMPAIGN_NAME).ok()?,
        data.get(keys::PHONE).ok()?,
    ))
}
