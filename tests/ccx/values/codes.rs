//! Codes and masks: names and numbers there and back, defaults, JSON, and what the tables are asked.

use std::collections::HashSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;
#[cfg(feature = "std")]
use std::time::{Duration, SystemTime};

use cti_codec::ccx::{
    AgentState, AgentStateMask, AgentStateReasonCode, AutoWork, Bool, CallEventMask, CallType,
    CcxStatus, ConfigMask, ConnectionDeviceType, CtiService, DeviceType, EventCause,
    LocalConnectionState, MessageType, OpenReq, ParseValueError, RecordType, Remedy,
    ShortConfigMask, StatusCode, Time, TimeOutOfRange, VALUE_TABLES, Version,
};

#[test]
fn a_code_is_read_by_either_name_and_by_number() {
    for text in ["AGENT_STATE_READY", "READY", "3", "0x3"] {
        assert_eq!(text.parse(), Ok(AgentState::READY), "{text}");
    }
    assert_eq!("777".parse(), Ok(AgentState(777)));
    assert_eq!("0xffff".parse(), Ok(AgentState::NONE));
    assert_eq!("None".parse(), Ok(AgentState::NONE));
    for text in [
        "",
        "ready",
        "65536",
        "-1",
        "+3",
        "0x",
        "0x+3",
        " 3",
        "3 ",
        "AGENT_STATE_",
    ] {
        let error = text.parse::<AgentState>().unwrap_err();
        assert_eq!(error.table, "AgentState", "{text}");
    }
    assert_eq!(
        "x".parse::<CtiService>().unwrap_err().to_string(),
        "is neither a name of CtiService nor a number that it can have"
    );
    assert_eq!("OPEN_REQ".parse(), Ok(MessageType::OPEN_REQ));
    assert_eq!("0x17".parse(), Ok(MessageType::BEGIN_CALL_EVENT));
    assert!("OPEN".parse::<MessageType>().is_err());
}

#[test]
fn a_mask_is_read_as_it_is_shown() {
    let mask = AgentStateMask::AGENT_LOGIN | AgentStateMask::from_bits_retain(0x8000_0200);
    for mask in [mask, AgentStateMask::empty(), AgentStateMask::all(), !mask] {
        assert_eq!(mask.to_string().parse(), Ok(mask));
    }
    assert_eq!(
        "AGENT_WORK|1".parse(),
        Ok(AgentStateMask::from_bits_retain(0x21))
    );
    for text in ["", "|", "1|", "AGENT_WORK | SLEEP", "0x1_0000_0000"] {
        assert!(text.parse::<AgentStateMask>().is_err(), "{text}");
    }
}

#[test]
fn the_width_of_a_column_is_kept() {
    fn column(value: impl Display) -> String {
        format!("[{value:>8.5}]")
    }
    assert_eq!(column(RecordType::CHANGE), "[   Chang]");
    assert_eq!(column(MessageType::OPEN_REQ), "[   OPEN_]");
    assert_eq!(column(AgentStateMask::AGENT_WORK), "[   AGENT]");
    assert_eq!(column(Bool::TRUE), "[    true]");
    assert_eq!(column(AutoWork::Long(0)), "[   false]");
    assert_eq!(format!("{:6}|", AgentState(777)), "   777|");
    let services = CtiService::CLIENT_EVENTS | CtiService::CLIENT_CONTROL;
    let shown = "CTI_SERVICE_CLIENT_EVENTS | CTI_SERVICE_CLIENT_CONTROL";
    assert_eq!(format!("{services:60}|"), format!("{shown:60}|"));
}

/// Name and number, in one form.
#[test]
fn for_debugging_names_and_numbers_are_shown() {
    fn debug(value: impl Debug) -> String {
        format!("{value:?}")
    }
    assert_eq!(debug(EventCause::NONE), "CEC_NONE(65535)");
    assert_eq!(debug(EventCause(4)), "EventCause(4)");
    assert_eq!(
        debug(CtiService::SUPERVISOR | CtiService::from_bits_retain(8)),
        "CtiService(CTI_SERVICE_SUPERVISOR | 0x8 = 0x88)"
    );
    assert_eq!(
        debug(ShortConfigMask(2)),
        "ConfigMask(CONFIG_CSQ_MASK = 0x2)"
    );
    assert_eq!(debug(Bool(7)), "true(7)");
    assert_eq!(debug(Time(86_400)), "1970-01-02T00:00:00Z(86400)");
}

#[test]
fn numbers_become_values_and_values_numbers() {
    assert_eq!(u16::from(AgentState::from(777)), 777);
    assert_eq!(u32::from(CtiService::from(0x88)), 0x88);
    assert_eq!(u32::from(MessageType::from(3)), 3);
    assert!(bool::from(Bool(7)) && !bool::from(Bool::FALSE));
    assert!(bool::from(AutoWork::Long(1)));
    assert!(Bool::TRUE > Bool::FALSE);
    let distinct: HashSet<_> = [AgentState::READY, AgentState(3), AgentState::LOGIN].into();
    assert_eq!(distinct.len(), 2);
    assert_eq!(
        ConfigMask::from(ShortConfigMask(0x1F)),
        ConfigMask::ALL_KINDS_V18
    );
    assert_eq!(
        ShortConfigMask::try_from(ConfigMask::ALL_KINDS),
        Ok(ShortConfigMask(0xF))
    );
    assert!(ShortConfigMask::try_from(ConfigMask::from_bits_retain(0x1_0000)).is_err());
}

/// A field that nobody set asks for nothing and says nothing.
#[test]
fn defaults_mean_none() {
    assert_eq!(AgentState::default(), AgentState::UNKNOWN);
    assert_eq!(AgentStateReasonCode::default(), AgentStateReasonCode::NONE);
    assert_eq!(EventCause::default(), EventCause::NONE);
    assert_eq!(DeviceType::default(), DeviceType::NONE);
    assert_eq!(ConnectionDeviceType::default(), ConnectionDeviceType::NONE);
    assert_eq!(LocalConnectionState::default(), LocalConnectionState::NONE);
    assert_eq!(CallType::default(), CallType::INVALID);
    assert_eq!(CcxStatus::default(), CcxStatus::NORMAL);
    assert_eq!(StatusCode::default(), StatusCode::NO_ERROR);
    assert_eq!(CtiService::default(), CtiService::empty());
}

#[test]
fn all_bits_are_those_that_a_session_can_ask_for() {
    assert_eq!(CallEventMask::all(), CallEventMask::ALL_EVENTS);
    assert_eq!(AgentStateMask::all(), AgentStateMask::ALL_STATES);
    assert_eq!(ConfigMask::all(), ConfigMask::ALL_KINDS_V18);
    assert_eq!(
        ConfigMask::ALL_KINDS | ConfigMask::TERMINAL,
        ConfigMask::ALL_KINDS_V18
    );
    assert_eq!(CallEventMask::all().bits(), 0x0065_EFFF);
    assert_eq!(
        CtiService::all() & CtiService::CLIENT_EVENTS,
        CtiService::empty()
    );
    assert_eq!(
        CtiService::all() | CtiService::CLIENT_EVENTS,
        CtiService::from_bits_retain(0x4_2097)
    );
    let mut out = bytes::BytesMut::new();
    let request = OpenReq {
        version_number: 18,
        idle_timeout: 60,
        services_requested: CtiService::all(),
        call_msg_mask: CallEventMask::all(),
        agent_state_mask: AgentStateMask::all(),
        config_msg_mask: ConfigMask::all(),
        client_id: Some("".into()),
        client_password: Some(b""),
        ..Default::default()
    };
    let message = cti_codec::ccx::Message::from(request);
    message.encode(Version::V18, &mut out).unwrap();
    let frame = cti_codec::ccx::Frame::new(out.freeze()).unwrap();
    assert_eq!(frame.check(Version::V18), []);
}

/// Bits that no table lists come through every operation.
#[test]
fn masks_keep_the_bits_that_they_do_not_know() {
    let came = CtiService::from_bits_retain(0x8000_0091);
    let mut services = came;
    services.remove(CtiService::CLIENT_EVENTS);
    assert_eq!(services.bits(), 0x8000_0090);
    assert_eq!(came - CtiService::CLIENT_EVENTS, services);
    assert_eq!(came & !CtiService::CLIENT_EVENTS, services);
    services.insert(CtiService::CLIENT_EVENTS);
    assert_eq!(services, came);
    assert!(came.contains(CtiService::ALL_EVENTS | CtiService::SUPERVISOR));
    assert!(!came.contains(CtiService::ALL_EVENTS | CtiService::CONFIG_EVENTS));
    assert!(came.intersects(CtiService::ALL_EVENTS | CtiService::CONFIG_EVENTS));
    assert!(!came.intersects(CtiService::CONFIG_EVENTS) && !came.is_empty());
    let bits: Vec<_> = came.iter().map(CtiService::bits).collect();
    assert_eq!(bits, [1, 0x10, 0x80, 0x8000_0000]);
    let mut masks = CtiService::empty();
    masks |= CtiService::SUPERVISOR;
    assert_eq!(masks.union(CtiService::ALL_EVENTS).bits(), 0x90);
}

#[test]
fn times_are_moments_and_moments_times() {
    #[cfg(feature = "std")]
    {
        let moment = SystemTime::UNIX_EPOCH + Duration::from_millis(86_400_999);
        assert_eq!(Time::try_from(moment), Ok(Time(86_400)));
        assert_eq!(
            SystemTime::from(Time(u32::MAX)),
            SystemTime::UNIX_EPOCH + Duration::from_secs(u32::MAX.into())
        );
        let before = SystemTime::UNIX_EPOCH - Duration::from_nanos(1);
        let after = SystemTime::from(Time(u32::MAX)) + Duration::from_secs(1);
        for moment in [before, after] {
            assert_eq!(Time::try_from(moment), Err(TimeOutOfRange));
        }
    }
    for (moment, time) in [
        ("1970-01-02T00:00:00.9Z", Ok(Time(86_400))),
        ("2106-02-07T06:28:15Z", Ok(Time(u32::MAX))),
        ("2106-02-07T06:28:16Z", Err(TimeOutOfRange)),
        ("1969-12-31T23:59:59.9Z", Err(TimeOutOfRange)),
    ] {
        let moment: jiff::Timestamp = moment.parse().unwrap();
        assert_eq!(Time::try_from(moment), time, "{moment}");
    }
    assert_eq!(jiff::Timestamp::from(Time(5)).as_second(), 5);
}

/// The first second of each day, the last one, and one within.
#[test]
fn times_are_shown_as_a_library_for_dates_shows_them() {
    for day in 0..=u32::MAX / 86_400 {
        let first = day * 86_400;
        for time in [first, first.saturating_add(86_399), first ^ 0x2A5A] {
            let time = Time(time);
            assert_eq!(time.to_string(), time.timestamp().to_string());
        }
    }
}

/// Every status has something that helps against it, but the one that is none.
#[test]
fn a_status_says_what_helps() {
    for row in StatusCode::TABLE.values {
        let remedy = StatusCode(row.first).remedy();
        assert_eq!(
            remedy.is_some(),
            row.name.is_some() && row.first != 0,
            "{row:?}"
        );
    }
    for (status, remedy) in [
        (StatusCode::SERVER_NOT_MASTER, Remedy::AnotherServer),
        (StatusCode::INVALID_VERSION, Remedy::AnotherVersion),
        (StatusCode::INVALID_TIMEOUT, Remedy::AnotherRequest),
        (StatusCode::DEVICE_IN_USE, Remedy::AnotherTime),
        (StatusCode::AUTO_CONFIG_RESET, Remedy::AnotherConfiguration),
        (StatusCode::NEW_SESSION_OPENED, Remedy::Nothing),
    ] {
        assert_eq!(status.remedy(), Some(remedy));
    }
    assert_eq!(StatusCode(4711).remedy(), None);
}

/// Whichever way a value of a table is read, it is the same value.
#[test]
fn every_name_of_every_table_leads_to_its_number() {
    fn all<T>(table: &str)
    where
        T: FromStr<Err = ParseValueError> + Display + Into<u32> + Copy,
    {
        let table = VALUE_TABLES
            .iter()
            .find(|known| known.name == table)
            .unwrap();
        for row in table.values {
            let Some(name) = row.name else { continue };
            let value: T = name.parse().unwrap();
            assert_eq!(value.into(), row.first, "{name}");
            assert_eq!(value.to_string(), name);
        }
    }
    all::<CallEventMask>("CallEventMask");
    all::<CtiService>("CtiService");
    all::<StatusCode>("StatusCode");
    all::<CcxStatus>("CcxStatus");
}

#[cfg(feature = "serde")]
mod json {
    use super::*;
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    #[track_caller]
    fn both<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, json: Value) {
        assert_eq!(serde_json::to_value(&value).unwrap(), json);
        assert_eq!(serde_json::from_value::<T>(json).unwrap(), value);
    }

    #[track_caller]
    fn refused<T: DeserializeOwned + Debug>(json: Value, message: &str) {
        let error = serde_json::from_value::<T>(json).unwrap_err();
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn values_are_spelled_as_in_messages() {
        both(AgentState::READY, json!("AGENT_STATE_READY"));
        both(AgentState(777), json!(777));
        both(MessageType::OPEN_REQ, json!("OPEN_REQ"));
        both(MessageType(4711), json!(4711));
        both(CtiService::empty(), json!([]));
        both(
            CtiService::SUPERVISOR | CtiService::from_bits_retain(0xA),
            json!(["CTI_SERVICE_CALL_DATA_UPDATE", "CTI_SERVICE_SUPERVISOR", 8]),
        );
        both(ShortConfigMask(2), json!(["CONFIG_CSQ_MASK"]));
        both(Bool::TRUE, json!(true));
        both(Bool::FALSE, json!(false));
        both(Bool(7), json!(7));
        both(Time(86_400), json!(86_400));
        both(Version::V14, json!(14));
        both(Version(19), json!(19));
    }

    #[test]
    fn other_spellings_are_read_and_wrong_ones_told() {
        let read = |json: Value| serde_json::from_value::<AgentState>(json).unwrap();
        assert_eq!(read(json!("READY")), AgentState::READY);
        assert_eq!(read(json!(3)), AgentState::READY);
        let read = |json: Value| serde_json::from_value::<CtiService>(json).unwrap();
        assert_eq!(read(json!(0x88)).bits(), 0x88);
        assert_eq!(read(json!(["SUPERVISOR", 8])).bits(), 0x88);
        refused::<AgentState>(
            json!("ready"),
            "invalid value: string \"ready\", expected a name or a number of AgentState",
        );
        refused::<AgentState>(
            json!(65_536),
            "invalid value: integer `65536`, expected a name or a number of AgentState",
        );
        refused::<AgentState>(
            json!(-1),
            "invalid type: integer `-1`, expected a name or a number of AgentState",
        );
        refused::<CtiService>(
            json!(["x"]),
            "invalid value: string \"x\", expected a name or a number of CtiService",
        );
        refused::<CtiService>(
            json!("SUPERVISOR"),
            "invalid type: string \"SUPERVISOR\", expected an array of names or a number of CtiService",
        );
        refused::<Bool>(
            json!(65_536),
            "invalid value: integer `65536`, expected true, false or a number of two bytes",
        );
        assert!(serde_json::from_value::<ShortConfigMask>(json!(65_536)).is_err());
    }
}
