//! The outbound feature's named variables, and the records of devices, as types.

use bytes::BytesMut;
use cti_codec::ccx::outbound::{
    BaBuddyName, BaDirection, BaMode, BaResponse, BaStatus, BaTimeZone, BaValueError, BaVariable,
    OutboundContact,
};
use cti_codec::ccx::{
    BeginCallEvent, ConfigDeviceEvent, ConfigDeviceType, Device, DeviceId, DeviceRecord, Frame,
    Message, NamedVariable, Repeated, SetCallDataReq, Text, Version,
};
use jiff::civil::date;
use jiff::tz::Offset;
use proptest::prelude::*;

/// The words of the guide's Table 9, in its order, and what they mean here.
const WORDS: [(&str, BaResponse<'static>); 17] = [
    ("Accept", BaResponse::Accept),
    ("Reject", BaResponse::Reject),
    ("Reject-Close", BaResponse::RejectClose),
    ("Skip", BaResponse::Skip),
    ("Skip-Close", BaResponse::SkipClose),
    ("Cancel Reservation", BaResponse::CancelReservation),
    ("Reclassify", BaResponse::Reclassify),
    ("REX_VOICE", BaResponse::RexVoice),
    ("REX_ANS_MACHINE", BaResponse::RexAnsMachine),
    ("REX_FAX", BaResponse::RexFax),
    ("REX_INVALID", BaResponse::RexInvalid),
    ("DO_NOT_CALL", BaResponse::DoNotCall),
    ("BUSY", BaResponse::Busy),
    ("Callback Cancel", BaResponse::CallbackCancel),
    ("SkipNext", BaResponse::SkipNext),
    ("SKIP_WRONG_NUMBER", BaResponse::SkipWrongNumber),
    ("SKIP NOT_HOME", BaResponse::SkipNotHome),
];

/// Reading and writing, which must undo each other.
fn both_ways(text: &str, response: BaResponse<'_>) {
    assert_eq!(BaResponse::from(text), response);
    assert_eq!(response.to_value().unwrap().text(), text);
    assert_eq!(response.to_string(), text);
}

#[test]
fn words() {
    for (text, response) in WORDS {
        both_ways(text, response);
    }
}

#[test]
fn forms_with_data() {
    let at = date(2026, 2, 28).at(9, 5, 0, 0);
    both_ways("Callback 02282026 09:05", BaResponse::Callback(at));
    let midnight = date(2028, 2, 29).at(0, 0, 0, 0);
    both_ways("Callback 02292028 00:00", BaResponse::Callback(midnight));
    let last = date(9999, 12, 31).at(23, 59, 0, 0);
    both_ways("Callback 12319999 23:59", BaResponse::Callback(last));
    let first = date(0, 1, 1).at(0, 0, 0, 0);
    both_ways("Callback 01010000 00:00", BaResponse::Callback(first));
    both_ways("P#5551212", BaResponse::PhoneNumber("5551212".into()));
    both_ways("P#", BaResponse::PhoneNumber(Text::default()));
}

#[test]
fn anything_else_is_kept() {
    for text in [
        "",
        "accept",
        "Accept ",
        "Callback",
        "Callback ",
        "Callback 02302026 09:05",
        "Callback 02292026 09:05",
        "Callback 13012026 09:05",
        "Callback 00012026 09:05",
        "Callback 02282026 24:00",
        "Callback 02282026 09:60",
        "Callback 02282026 9:05",
        "Callback 02282026 09:05:00",
        "Callback 02282026 09-05",
        "Callback 02282026T09:05",
        "Callback +2282026 09:05",
        "Callback 0228+026 09:05",
        "callback 02282026 09:05",
        "p#5551212",
        "P5551212",
    ] {
        both_ways(text, BaResponse::Other(text.into()));
    }
    // Not UTF-8: sent as it came, shown as well as may be.
    let response = BaResponse::from(Text::from(b"Zo\xeb"));
    assert_eq!(response, BaResponse::Other(b"Zo\xeb".into()));
    assert_eq!(response.to_value().unwrap().text(), Text::from(b"Zo\xeb"));
    assert_eq!(response.to_string(), "Zo\u{fffd}");
}

#[test]
fn what_cannot_be_said() {
    let refusal = |response: BaResponse<'_>| response.to_value().unwrap_err();
    let at = date(2026, 2, 28).at(9, 5, 1, 0);
    let response = BaResponse::Callback(at);
    assert_eq!(refusal(response), BaValueError::NotWholeMinutes(at));
    assert_eq!(response.to_string(), "Callback 02282026 09:05:01");
    let at = date(2026, 2, 28).at(9, 5, 0, 1);
    let response = BaResponse::Callback(at);
    assert_eq!(refusal(response), BaValueError::NotWholeMinutes(at));
    assert_eq!(response.to_string(), "Callback 02282026 09:05:00.000000001");
    let at = date(-1, 12, 31).at(9, 5, 0, 0);
    assert_eq!(refusal(BaResponse::Callback(at)), BaValueError::Year(at));

    // 210 bytes are the most, P# among them.
    let long = [b'7'; 211];
    let too_long = BaValueError::TooLong {
        length: 211,
        max: 210,
    };
    for (most, over) in [
        (
            BaResponse::Other(long[..210].into()),
            BaResponse::Other(long[..].into()),
        ),
        (
            BaResponse::PhoneNumber(long[..208].into()),
            BaResponse::PhoneNumber(long[..209].into()),
        ),
    ] {
        assert_eq!(most.to_value().unwrap().text().as_bytes().len(), 210);
        assert_eq!(refusal(over), too_long);
    }
    // How much too long is said in full.
    let longest = [b'7'; 1000];
    let length = 1002;
    assert_eq!(
        refusal(BaResponse::PhoneNumber(longest.as_slice().into())),
        BaValueError::TooLong { length, max: 210 }
    );
    assert_eq!(
        refusal(BaResponse::Other("a\0b".into())),
        BaValueError::InnerNul
    );
    assert_eq!(
        refusal(BaResponse::PhoneNumber("5\0".into())),
        BaValueError::InnerNul
    );
}

#[test]
fn variables() {
    let names = BaVariable::ALL.map(BaVariable::name);
    assert_eq!(
        names,
        [
            "BACampaign",
            "BAAccountNumber",
            "BAResponse",
            "BAStatus",
            "BADialedListID",
            "BATimeZone",
            "BABuddyName",
            "BACustomerNumber"
        ]
    );
    for variable in BaVariable::ALL {
        assert_eq!(
            BaVariable::from_name(variable.name().into()),
            Some(variable)
        );
    }
    assert_eq!(BaVariable::from_name("BACampaignID".into()), None);
    assert_eq!(BaVariable::from_name("bacampaign".into()), None);

    let long = [b'1'; 211];
    for (variable, max) in [(BaVariable::AccountNumber, 30), (BaVariable::Campaign, 210)] {
        assert_eq!(variable.max_length(), max);
        let built = variable.with(long[..max].into()).unwrap();
        assert_eq!(built.name, variable.name());
        assert_eq!(built.value, Text::from(&long[..max]));
        let length = max + 1;
        assert_eq!(
            variable.with(long[..length].into()),
            Err(BaValueError::TooLong { length, max })
        );
    }
    assert_eq!(
        BaVariable::Campaign.with("a\0".into()),
        Err(BaValueError::InnerNul)
    );
}

/// The sizes that the guide's traces give to single variables, which settle their spelling: id,
/// length, name, value and both NULs.
#[test]
fn sizes_of_the_traces() {
    for (variable, value, total) in [
        (BaVariable::Response, "Accept", 20),
        (BaVariable::Response, "Skip", 18),
        (BaVariable::Response, "Reject", 20),
        (BaVariable::Status, "CO", 14),
        (BaVariable::TimeZone, "-00360", 20),
        (BaVariable::CustomerNumber, "4022", 24),
    ] {
        let built = variable.with(value.into()).unwrap();
        let size = built.name.as_bytes().len() + built.value.as_bytes().len() + 4;
        assert_eq!(size, total, "{variable:?}");
    }
}

#[test]
fn statuses() {
    let parts = |text: &'static str| {
        let status = BaStatus(text.into());
        (status.mode(), status.direction())
    };
    let outbound = Some(BaDirection::Outbound);
    assert_eq!(
        parts("DO"),
        (Some(BaMode::DirectPreviewReservation), outbound)
    );
    assert_eq!(parts("CO"), (Some(BaMode::Connected), outbound));
    assert_eq!(parts("ZO"), (Some(BaMode::Transferred), outbound));
    assert_eq!(
        parts("QI"),
        (Some(BaMode::Other(b'Q')), Some(BaDirection::Other(b'I')))
    );
    for text in ["", "D", "DOX"] {
        assert_eq!(parts(text), (None, None));
    }
}

#[test]
fn time_zones() {
    let minutes = |text: &'static str| BaTimeZone(text.into()).minutes();
    assert_eq!(minutes("-00360"), Some(-360));
    assert_eq!(minutes("00330"), Some(330));
    assert_eq!(minutes("+00330"), Some(330));
    assert_eq!(minutes("00000"), Some(0));
    for text in ["", "-", "GMT", "-06:00", "99999999999", " 00330", "00330 "] {
        assert_eq!(minutes(text), None, "{text}");
    }
    let seconds = |text: &'static str| BaTimeZone(text.into()).offset().map(Offset::seconds);
    assert_eq!(seconds("-00360"), Some(-360 * 60));
    // What is a number, but no offset.
    assert_eq!(minutes("01560"), Some(1560));
    assert_eq!(seconds("01560"), None);
    assert_eq!(seconds("2147483647"), None);
    assert_eq!(seconds("GMT"), None);
}

#[test]
fn buddy_names() {
    let split = |text: &'static str| BaBuddyName(text.into()).split();
    assert_eq!(split("John,Doe"), ("John".into(), Some("Doe".into())));
    assert_eq!(split("John"), ("John".into(), None));
    assert_eq!(split("John,"), ("John".into(), Some("".into())));
    assert_eq!(split(",Doe"), ("".into(), Some("Doe".into())));
    assert_eq!(
        split("John,Doe,Jr."),
        ("John".into(), Some("Doe,Jr.".into()))
    );
    assert_eq!(split(""), ("".into(), None));
}

/// The preview call of the guide's chapter 11, through the wire.
#[test]
fn contact_of_the_guide() {
    let variable = |name: &'static str, value: &'static str| NamedVariable {
        name: name.into(),
        value: value.into(),
    };
    let variables = [
        variable("BACampaign", "LoadCamp"),
        variable("BACampaignID", "2"),
        variable("BATimeZone", "-00360"),
        variable("BAResponse", "Accept"),
        variable("BAStatus", "CO"),
        variable("BACustomerNumber", "4022"),
        variable("user.layout", "OODefault"),
        variable("BAAccountNumber", "AC111"),
        variable("BADialedListID", "20779"),
        variable("BABuddyName", "John,Doe"),
        // Not in the guide: what comes again does not count.
        variable("BAResponse", "Reject"),
    ];
    let event = Message::BeginCallEvent(BeginCallEvent {
        connection_device_id: Some("4020".into()),
        named_variables: Repeated::from(&variables),
        ..BeginCallEvent::default()
    });
    let mut bytes = BytesMut::new();
    event.encode_as_received(Version::V14, &mut bytes).unwrap();
    let frame = Frame::new(bytes).unwrap();
    let Ok(Message::BeginCallEvent(event)) = frame.decode(Version::V14) else {
        panic!()
    };
    let contact = OutboundContact::read(event.named_variables);
    assert_eq!(
        contact,
        OutboundContact {
            campaign: Some("LoadCamp".into()),
            account_number: Some("AC111".into()),
            response: Some(BaResponse::Accept),
            status: Some(BaStatus("CO".into())),
            dialed_list_id: Some("20779".into()),
            time_zone: Some(BaTimeZone("-00360".into())),
            buddy_name: Some(BaBuddyName("John,Doe".into())),
            customer_number: Some("4022".into()),
        }
    );
    // A reservation call has an empty response.
    let variables = [variable("BAResponse", "")];
    let contact = OutboundContact::read(Repeated::from(&variables));
    assert_eq!(contact.response, Some(BaResponse::Other("".into())));
    assert_eq!(
        OutboundContact {
            response: None,
            ..contact
        },
        OutboundContact::default()
    );
}

/// Every response in a `SET_CALL_DATA_REQ` that strict encoding accepts and checking finds nothing
/// in.
#[test]
fn responses_through_the_wire() {
    let callback = BaResponse::Callback(date(2026, 11, 23).at(8, 30, 0, 0));
    let phone = BaResponse::PhoneNumber("5551212".into());
    let longest = [b'x'; 210];
    let other = BaResponse::Other(longest.as_slice().into());
    let words = WORDS.iter().map(|(_, response)| *response);
    for response in words.chain([callback, phone, other]) {
        let value = response.to_value().unwrap();
        let variables = [value.named_variable()];
        let request = Message::SetCallDataReq(SetCallDataReq {
            connection_device_id: Some("4020".into()),
            named_variables: Repeated::from(&variables),
            ..SetCallDataReq::default()
        });
        let mut bytes = BytesMut::new();
        request.encode(Version::V14, &mut bytes).unwrap();
        let frame = Frame::new(bytes).unwrap();
        assert_eq!(frame.check(Version::V14), []);
        let Ok(Message::SetCallDataReq(request)) = frame.decode(Version::V14) else {
            panic!()
        };
        let contact = OutboundContact::read(request.named_variables);
        assert_eq!(contact.response, Some(response));
    }
}

proptest! {
    /// Whatever bytes come are written as they came.
    #[test]
    fn lossless(text in prop::collection::vec(1_u8.., 0..211)) {
        let response = BaResponse::from(Text::from(text.as_slice()));
        let value = response.to_value().unwrap();
        prop_assert_eq!(value.text().as_bytes(), text);
    }

    /// The same close to the forms with data, and what is read is what was written.
    #[test]
    fn lossless_near_the_forms(text in "(Callback |P#)[0-9]{8}[ 0-9][0-9]{2}[:0-9][0-9]{2}") {
        let response = BaResponse::from(text.as_str());
        let value = response.to_value().unwrap();
        prop_assert_eq!(value.text(), text.as_str());
        prop_assert_eq!(BaResponse::from(value.text()), response);
    }
}

/// Every kind of device, with each field that Table 50 gives it in a place of its own.
#[test]
fn devices() {
    let record = |device_type| DeviceRecord {
        device_type,
        max_queued: Some(1),
        device_field0: Some(2),
        device_field1: Some(3),
        device_field2: Some("two".into()),
        device_field4: Some("four".into()),
        ..DeviceRecord::default()
    };
    let records = [
        record(Some(ConfigDeviceType::AGENT)),
        record(Some(ConfigDeviceType::ROUTE_POINT)),
        record(Some(ConfigDeviceType::CTI_PORT)),
        record(Some(ConfigDeviceType::CALL_CONTROL_GROUP)),
        record(Some(ConfigDeviceType(4))),
        record(None),
    ];
    let event = Message::ConfigDeviceEvent(ConfigDeviceEvent {
        records: Repeated::from(&records),
        ..ConfigDeviceEvent::default()
    });
    let mut bytes = BytesMut::new();
    event.encode(Version::V14, &mut bytes).unwrap();
    let frame = Frame::new(bytes).unwrap();
    let Ok(Message::ConfigDeviceEvent(event)) = frame.decode(Version::V14) else {
        panic!()
    };
    let devices: Vec<_> = event.records.iter().map(|record| record.device()).collect();
    assert_eq!(
        devices,
        [
            Device::Agent {
                agent_record_id: Some(2),
                login_id: Some("two".into()),
                agent_extension: Some("four".into()),
            },
            Device::RoutePoint {
                call_control_group_id: Some(2),
                application_id: Some(3),
                route_point: Some("two".into()),
                session_limit: Some(1),
            },
            Device::CtiPort {
                call_control_group_id: Some(2),
                cti_port_id: Some("two".into()),
            },
            Device::CallControlGroup {
                call_control_group_id: Some(2),
                cti_port_count: Some(1),
            },
            Device::Other(Some(ConfigDeviceType(4))),
            Device::Other(None),
        ]
    );
    assert_eq!(DeviceRecord::default().device(), Device::Other(None));
}

#[test]
fn a_device_id_is_split_at_its_first_dot() {
    let halves = |text: &'static str| {
        let id = DeviceId::from(text);
        (
            id.primary().to_string(),
            id.actual().map(|text| text.to_string()),
        )
    };
    let pair =
        |primary: &str, actual: Option<&str>| (primary.to_owned(), actual.map(str::to_owned));
    assert_eq!(halves("1000.1001.7"), pair("1000", Some("1001.7")));
    assert_eq!(halves("1000."), pair("1000", Some("")));
    assert_eq!(halves(".1001"), pair("", Some("1001")));
    assert_eq!(halves("1000"), pair("1000", None));
    assert_eq!(halves(""), pair("", None));
}
