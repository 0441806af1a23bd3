//! Information: snapshots, devices, statistics.

use cti_codec::ccx::{
    ControlFailure, LocalConnectionState, Message, MessageType, QueryAgentQueueStatisticsReq,
    QueryDeviceInfoReq, QueryQueueStatisticsReq, QuerySummaryStatisticsReq, SnapshotCallReq,
    SnapshotDeviceReq, StatusCode,
};

use super::{confirmed, make_call, quiet, refused};

/// Information: snapshots, devices, statistics, and unknown ones.
#[test]
fn information() {
    let mut world = quiet();
    let call_id = make_call(&mut world, "2002", "2003");
    let device = SnapshotDeviceReq {
        agent_instrument: Some("2002".into()),
        ..SnapshotDeviceReq::default()
    };
    let conf = confirmed(&mut world, device, MessageType::SNAPSHOT_DEVICE_CONF);
    match conf.message().unwrap() {
        Message::SnapshotDeviceConf(conf) => {
            let call = conf.calls.iter().next().unwrap();
            assert_eq!(call.call_connection_call_id, Some(call_id));
            let state = call.call_device_connection_state;
            assert_eq!(state, Some(LocalConnectionState::INITIATE));
        }
        other => panic!("{other:?}"),
    }
    let nowhere = SnapshotDeviceReq {
        agent_instrument: Some("9999".into()),
        ..device
    };
    assert_eq!(
        refused(&mut world, nowhere).0,
        u32::from(ControlFailure::INVALID_CSTA_DEVICE_ID.0)
    );
    let call = SnapshotCallReq {
        call_id,
        connection_device_id: Some("2003".into()),
        ..SnapshotCallReq::default()
    };
    confirmed(&mut world, call, MessageType::SNAPSHOT_CALL_CONF);
    let gone = SnapshotCallReq { call_id: 1, ..call };
    assert_eq!(refused(&mut world, gone).2, StatusCode::INVALID_CALLID.0);
    let info = QueryDeviceInfoReq {
        agent_instrument: Some("2002".into()),
        ..QueryDeviceInfoReq::default()
    };
    confirmed(&mut world, info, MessageType::QUERY_DEVICE_INFO_CONF);
    let summary = QuerySummaryStatisticsReq::default();
    confirmed(
        &mut world,
        summary,
        MessageType::QUERY_SUMMARY_STATISTICS_CONF,
    );
    let agent = QueryAgentQueueStatisticsReq {
        agent_id: Some("agt2002".into()),
        ..QueryAgentQueueStatisticsReq::default()
    };
    confirmed(
        &mut world,
        agent,
        MessageType::QUERY_AGENT_QUEUE_STATISTICS_CONF,
    );
    let unknown = QueryQueueStatisticsReq {
        csq_id: Some(77),
        ..QueryQueueStatisticsReq::default()
    };
    assert_eq!(refused(&mut world, unknown).2, StatusCode::INVALID_CSQ.0);
    assert_eq!(world.server.mistakes(), [] as [&str; 0]);
}
