//! Reading packed attached data allocates nothing.

use cti_codec::gsw::{AttachedData, AttachedDataBuf, MessageType, Value, keys};

use crate::counting::allocations;

#[test]
fn unpacking_iterating_and_looking_up_allocate_nothing() {
    let mut inner = AttachedDataBuf::new();
    inner.push("Node", "272");
    let mut data = AttachedDataBuf::new();
    data.push("GSW_USER_EVENT", "PreviewRecord");
    data.push("ORSI", inner);
    for index in 0..20 {
        data.push(format!("Custom_{index}"), index);
    }
    data.push("GSW_RECORD_HANDLE", 283);
    data.push("GSW_PHONE", "555");
    data.push("GSW_DATE_TIME", "05/27/2021 10:55");
    data.push("GSW_CAMPAIGN_MODE", "Engaged Predictive");
    data.push("GSW_TZ_OFFSET", "-3600");
    let packed = data.view().pack().unwrap();

    let ((), count, _) = allocations(|| {
        let data = AttachedData::unpack(&packed).unwrap();
        assert_eq!(data.iter().count(), data.len());
        assert_eq!(data.get(keys::RECORD_HANDLE), Ok(283));
        assert!(data.get(keys::PHONE).is_ok());
        assert!(data.get(keys::DATE_TIME).is_ok());
        assert!(data.get(keys::CAMPAIGN_MODE).is_ok());
        assert!(data.get(keys::TZ_OFFSET).is_ok());
        assert!(data.get(keys::CAMPAIGN_GROUP_NAME).is_err());
        let Some(Value::List(inner)) = data.value("ORSI") else {
            unreachable!()
        };
        assert!(inner.value("Node").is_some());
        assert_eq!(MessageType::of(data), Ok(MessageType::PreviewRecord));
        assert!(AttachedData::unpack(&packed[1..]).is_err());
    });
    assert_eq!(count, 0);
}
