//! The sample that the programs bring along.

use bytes::{Bytes, BytesMut};
use cti_codec::ccx::dump::{TraceReader, TraceRows, read_hex};
use cti_codec::ccx::special::{NULL_APPLICATION, NULL_CSQ};
use cti_codec::ccx::*;

pub(super) const SAMPLE: &str = include_str!("../../examples/data/queued_call.trace");

const CALL: u32 = 16_777_507;

pub(super) fn text<'a, T: From<&'a str>>(text: &'a str) -> Option<T> {
    Some(text.into())
}

fn agent_state(state: AgentState, next: AgentState) -> AgentStateEvent<'static> {
    AgentStateEvent {
        csq_state: state,
        state_duration: 0,
        csq_id: NULL_CSQ,
        agent_state: state,
        event_reason_code: AgentStateReasonCode(0),
        agent_extension: text("2006"),
        agent_id: text("agt2006"),
        next_agent_state: Some(next),
        ..Default::default()
    }
}

fn connection_cleared(
    device: &str,
    device_type: DeviceType,
    cause: EventCause,
) -> CallConnectionClearedEvent<'_> {
    CallConnectionClearedEvent {
        connection_device_type: ConnectionDeviceType::STATIC,
        call_id: CALL,
        releasing_device_type: device_type,
        local_connection_state: LocalConnectionState::NONE,
        event_cause: cause,
        connection_device_id: text(device),
        releasing_device_id: text(device),
        ..Default::default()
    }
}

/// The messages of 'Example Message Flow for a Queued and Answered Call', guide, pages 218 to 225,
/// with the values printed there.
fn flow(with: &mut dyn FnMut(Message<'_>)) {
    let agent = DeviceType::AGENT_DEVICE;
    let port = DeviceType::CTI_PORT;
    let fixed = ConnectionDeviceType::STATIC;
    // 1. The caller on extension 2005 calls trigger 7000.
    with(
        BeginCallEvent {
            call_type: CallType::OUT,
            connection_device_type: fixed,
            call_id: CALL,
            called_party_disposition: CallPartyDisposition::INVALID,
            connection_device_id: text("2005"),
            ani: text("2005"),
            ..Default::default()
        }
        .into(),
    );
    with(
        CallServiceInitiatedEvent {
            connection_device_type: fixed,
            call_id: CALL,
            application_id: NULL_APPLICATION,
            csq_id: NULL_CSQ,
            calling_device_type: agent,
            local_connection_state: LocalConnectionState::INITIATE,
            event_cause: EventCause::NONE,
            connection_device_id: text("2005"),
            calling_device_id: text("2005"),
            ..Default::default()
        }
        .into(),
    );
    with(
        CallOriginatedEvent {
            connection_device_type: fixed,
            call_id: CALL,
            application_id: NULL_APPLICATION,
            csq_id: NULL_CSQ,
            calling_device_type: agent,
            called_device_type: DeviceType::ROUTE_POINT,
            local_connection_state: LocalConnectionState::INITIATE,
            event_cause: EventCause::NONE,
            connection_device_id: text("2005"),
            calling_device_id: text("2005"),
            called_device_id: text("7000"),
            ..Default::default()
        }
        .into(),
    );
    with(
        CallDeliveredEvent {
            connection_device_type: fixed,
            call_id: CALL,
            application_id: 2,
            csq_id: NULL_CSQ,
            alerting_device_type: port,
            calling_device_type: agent,
            called_device_type: port,
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::ALERTING,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: text("9019"),
            alerting_device_id: text("9019"),
            calling_device_id: text("2005"),
            called_device_id: text("9019"),
            last_redirect_device_id: text(""),
            secondary_call_id: Some(0),
            ani: text("2005"),
            dnis: text("7000"),
            dialed_number: text("7000"),
            ..Default::default()
        }
        .into(),
    );
    with(
        CallEstablishedEvent {
            connection_device_type: fixed,
            call_id: CALL,
            application_id: 2,
            csq_id: NULL_CSQ,
            answering_device_type: port,
            calling_device_type: agent,
            called_device_type: port,
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: text("9019"),
            answering_device_id: text("9019"),
            calling_device_id: text("2005"),
            called_device_id: text("9019"),
            last_redirect_device_id: text(""),
            ..Default::default()
        }
        .into(),
    );
    // 2. The call is queued.
    let csqs = [QueueCsq {
        csq_id: Some(1),
        ..Default::default()
    }];
    with(
        CallQueuedEvent {
            connection_device_type: fixed,
            call_id: CALL,
            application_id: 2,
            queue_device_type: DeviceType::QUEUE,
            calling_device_type: agent,
            called_device_type: DeviceType::ROUTE_POINT,
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::QUEUED,
            event_cause: EventCause::NONE,
            connection_device_id: text("9019"),
            queue_device_id: text("1"),
            calling_device_id: text("2005"),
            called_device_id: text("7000"),
            last_redirect_device_id: text(""),
            csqs: (&csqs).into(),
            ..Default::default()
        }
        .into(),
    );
    // 3. The agent becomes ready. 4. The agent is reserved; the guide prints the same values.
    let no_state = AgentState(65_535);
    with(agent_state(AgentState::READY, no_state).into());
    with(agent_state(AgentState::READY, no_state).into());
    // 5. The agent's phone rings.
    with(
        CallDeliveredEvent {
            connection_device_type: fixed,
            call_id: CALL,
            application_id: 2,
            csq_id: 1,
            alerting_device_type: agent,
            calling_device_type: agent,
            called_device_type: agent,
            last_redirect_device_type: DeviceType::NONE,
            local_connection_state: LocalConnectionState::ALERTING,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: text("2006"),
            alerting_device_id: text("2006"),
            calling_device_id: text("2005"),
            called_device_id: text("2006"),
            last_redirect_device_id: text(""),
            secondary_call_id: Some(16_777_508),
            ..Default::default()
        }
        .into(),
    );
    // 6. The agent answers.
    with(agent_state(AgentState::TALKING, AgentState::READY).into());
    with(
        CallDataUpdateEvent {
            call_type: CallType::AGENT_INSIDE,
            connection_device_type: fixed,
            call_id: CALL,
            called_party_disposition: CallPartyDisposition::INVALID,
            connection_device_id: text("2005"),
            // Required, but left out in print: nothing says that they change.
            new_connection_device_type: fixed,
            new_call_id: CALL,
            new_connection_device_id: text("2005"),
            ..Default::default()
        }
        .into(),
    );
    with(
        CallEstablishedEvent {
            connection_device_type: fixed,
            call_id: CALL,
            application_id: NULL_APPLICATION,
            csq_id: 1,
            answering_device_type: agent,
            calling_device_type: agent,
            called_device_type: agent,
            last_redirect_device_type: port,
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::NEW_CALL,
            connection_device_id: text("2006"),
            answering_device_id: text("2006"),
            calling_device_id: text("2005"),
            called_device_id: text("2006"),
            last_redirect_device_id: text("9019"),
            ..Default::default()
        }
        .into(),
    );
    with(
        CallDequeuedEvent {
            connection_device_type: ConnectionDeviceType::NONE,
            call_id: CALL,
            application_id: NULL_APPLICATION,
            queue_device_type: DeviceType::DEVICE_IDENTIFIER,
            num_queued: 0,
            local_connection_state: LocalConnectionState::CONNECT,
            event_cause: EventCause::NONE,
            connection_device_id: text(""),
            queue_device_id: text(""),
            ..Default::default()
        }
        .into(),
    );
    // 7. The call is disconnected from the CTI port.
    with(connection_cleared("9019", port, EventCause::REDIRECTED).into());
    // 8. The caller hangs up.
    with(connection_cleared("2005", agent, EventCause::NONE).into());
    with(agent_state(AgentState::READY, no_state).into());
    with(connection_cleared("2006", agent, EventCause::NONE).into());
    with(
        CallClearedEvent {
            call_id: CALL,
            local_connection_state: LocalConnectionState::NULL,
            event_cause: EventCause::CECX_DROP_HANDLED_OTHER,
            connection_device_id: text("2005"),
            ..Default::default()
        }
        .into(),
    );
    with(
        EndCallEvent {
            connection_device_type: fixed,
            call_id: CALL,
            connection_device_id: text(""),
            ..Default::default()
        }
        .into(),
    );
}

/// The frames that the sample must have: the flow, and the guide's trace with the byte restored
/// that is lost in print.
pub(super) fn expected() -> Vec<Frame> {
    let mut frames = Vec::new();
    flow(&mut |message| {
        let mut bytes = BytesMut::new();
        message.encode(Version::V14, &mut bytes).unwrap();
        frames.push(Frame::new(bytes.freeze()).unwrap());
    });
    let guide = read_hex(
        b"00000036 00000017 00000000 00000001 0015 0000 0000 0000 0001 0000 01000110 0000 \
          0805 32303036 00 0B05 37303030 00 1905 39303236 00 0A05 37303030 00",
    );
    frames.push(Frame::new(Bytes::from(guide.unwrap())).unwrap());
    frames
}

pub(super) fn traced(log: &str) -> Vec<Frame> {
    let mut reader = TraceReader::new();
    for line in log.lines() {
        reader.line(line.as_bytes());
    }
    reader.finish();
    std::iter::from_fn(|| reader.next_frame())
        .map(|traced| traced.unwrap().frame)
        .collect()
}

#[test]
fn the_sample_is_the_flow_of_the_guide() {
    let expected = expected();
    let rows: String = expected
        .iter()
        .map(|frame| TraceRows(frame).to_string())
        .collect();
    assert_eq!(traced(SAMPLE), expected, "the frames are:\n{rows}");
}
