//! Devices that go out of service and come back.

use cti_codec::ccx::model::{Change, Dropped, Limits, Model, OutOfService, Times, View};
use cti_codec::ccx::{CcxStatus, DeviceType, SystemEvent, SystemEventID};

use super::Play;

fn told(id: SystemEventID, device: &str) -> SystemEvent<'_> {
    SystemEvent {
        system_event_id: id,
        ccx_status: CcxStatus::IN_SERVICE,
        event_device_type: DeviceType::AGENT_DEVICE,
        event_device_id: Some(device.into()),
        ..Default::default()
    }
}

const OUT: SystemEventID = SystemEventID::INSTRUMENT_OUT_OF_SERVICE;
const BACK: SystemEventID = SystemEventID::INSTRUMENT_BACK_IN_SERVICE;

/// Rules S46, S47: an event sets a flag on the device, and agents stay as they are.
#[test]
fn out_of_service() {
    let mut play = Play::agent("agt2006", "2006");
    let state = play.state("agt2006");
    let changes = play.received(told(OUT, "2006"));
    let out = OutOfService {
        device_type: DeviceType::AGENT_DEVICE,
        since: play.now,
        stale: false,
    };
    assert_eq!(
        changes,
        [Change::Device {
            device_id: "2006".into(),
            before: None,
            after: Some(out),
        }]
    );
    assert_eq!(play.model.devices.out_of_service("2006".into()), Some(out));
    assert_eq!(play.state("agt2006"), state);
    // The same again, another server's state, and what names no device.
    assert_eq!(play.received(told(OUT, "2006")), []);
    assert_eq!(play.received(told(SystemEventID::CCX_ONLINE, "2006")), []);
    assert_eq!(play.received(told(BACK, "")), []);
    assert_eq!(play.received(told(BACK, "2007")), []);
    assert_eq!(play.model.devices.iter().count(), 1);

    // Nothing tells after a reconnect whether it is still out.
    play.model.disconnected();
    let stale = OutOfService { stale: true, ..out };
    assert_eq!(
        play.model.devices.out_of_service("2006".into()),
        Some(stale)
    );
    assert_eq!(
        play.received(told(OUT, "2006")),
        [Change::Device {
            device_id: "2006".into(),
            before: Some(stale),
            after: Some(out),
        }]
    );
    assert_eq!(
        play.received(told(BACK, "2006")),
        [Change::Device {
            device_id: "2006".into(),
            before: Some(out),
            after: None,
        }]
    );
    assert_eq!(play.model.devices.out_of_service("2006".into()), None);
}

#[test]
fn bounded() {
    let limits = Limits {
        devices: 2,
        ..Limits::default()
    };
    let mut model = Model::with(View::Bridge, Times::default(), limits);
    let now = std::time::Duration::ZERO;
    for device in ["1", "2"] {
        assert_eq!(model.received(now, &told(OUT, device).into()).len(), 1);
    }
    assert_eq!(
        model.received(now, &told(OUT, "3").into()),
        [Change::Dropped(Dropped::Device("3".into()))]
    );
    assert_eq!(model.devices.iter().count(), 2);
}
