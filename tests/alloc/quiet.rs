//! A message that changes nothing is no allocation, on its way through session and model.

use std::time::Duration;

use cti_codec::ccx::model::{Change, Model, View};
use cti_codec::ccx::session::{Client, Event, Settings};
use cti_codec::ccx::{
    AgentState, AgentStateCsq, AgentStateEvent, BeginCallEvent, CallConnectionClearedEvent,
    CallDataUpdateEvent, CallDeliveredEvent, CallDequeuedEvent, CallEstablishedEvent,
    CallHeldEvent, CallOriginatedEvent, CallQueuedEvent, CallRetrievedEvent,
    CallServiceInitiatedEvent, ConfigMask, CtiClient, CtiService, DeviceType, FailureConf,
    HeartbeatConf, LAYOUTS, LocalConnectionState, Message, NamedVariable, OpenConf, OpenReq,
    QueryAgentStateConf, QueryAgentStateReq, QueryQueueStatisticsConf, QueryQueueStatisticsReq,
    QueueCsq, RtpStartedEvent, StatusCode, SystemEvent, SystemEventID, Version,
};
use oracles::ccx::Style;

use crate::counting::allocations;
use crate::samples::{SEEDS, about, seeded};
use crate::session::bytes;

/// A session and the model behind it.
struct Behind {
    client: Client,
    model: Model,
    now: Duration,
}

/// What came of a message.
#[derive(Debug)]
struct Heard {
    changes: Vec<Change>,
    /// Messages that the session has passed on, and events of its own.
    messages: usize,
    others: usize,
    allocations: u64,
}

impl Behind {
    fn new() -> Self {
        let open = OpenReq {
            services_requested: CtiService::ALL_EVENTS,
            config_msg_mask: ConfigMask::empty(),
            ..OpenReq::bridge_mode()
        };
        let now = Duration::ZERO;
        let mut client = Client::new(Settings::default(), &open).unwrap();
        client.start(now);
        while client.poll_action().is_some() {}
        client.handle_connected(now);
        let mut behind = Self {
            client,
            model: Model::new(View::Bridge),
            now,
        };
        behind.hear(&bytes(OpenConf {
            invoke_id: 1,
            services_granted: CtiService::ALL_EVENTS,
            ..Default::default()
        }));
        assert!(behind.client.is_open());
        // Buffers have grown once an event has gone through them.
        let heard = behind.hear(&bytes(RtpStartedEvent::default()));
        assert_eq!(heard.messages, 1);
        while behind.client.poll_transmit().is_some() {}
        behind
    }

    /// Sends a request, and returns its `InvokeID`.
    fn ask(&mut self, request: impl Into<Message<'static>>) -> u32 {
        self.client.request(self.now, &request.into()).unwrap();
        let sent = self.client.poll_transmit().unwrap();
        let frame = cti_codec::ccx::Frame::new(sent).unwrap();
        let request = frame.decode(Version::V14).unwrap();
        assert_eq!(self.model.sent(self.now, &request), []);
        request.invoke_id().unwrap()
    }

    fn hear(&mut self, bytes: &[u8]) -> Heard {
        let mut heard = Heard {
            changes: Vec::new(),
            messages: 0,
            others: 0,
            allocations: 0,
        };
        let ((), count, _) = allocations(|| {
            self.client.handle_input(self.now, bytes);
            while let Some(event) = self.client.poll_event() {
                let received = match event {
                    Event::Message(received) | Event::Stray(received) => received,
                    Event::Confirmed { answer, .. } | Event::Refused { answer, .. } => answer,
                    _ => {
                        heard.others += 1;
                        continue;
                    }
                };
                heard.messages += 1;
                let message = received.message().unwrap();
                let changes = self.model.received(self.now, &message);
                if !changes.is_empty() {
                    heard.changes = changes;
                }
            }
        });
        heard.allocations = count;
        heard
    }

    /// The same message twice: the second says nothing new.
    fn twice<'a>(&mut self, message: impl Into<Message<'a>>) {
        let bytes = bytes(message);
        self.hear(&bytes);
        self.quiet(&bytes);
    }

    fn quiet(&mut self, bytes: &[u8]) {
        let heard = self.hear(bytes);
        let frame = cti_codec::ccx::Frame::new(bytes).unwrap();
        assert_eq!(
            (heard.changes.as_slice(), heard.allocations),
            ([].as_slice(), 0),
            "{:?}",
            frame.decode(Version::V14)
        );
    }
}

const CALL: u32 = 16_777_507;
const PHONE: &str = "2006";
/// Longer than what a kept text holds without an allocation.
const LOGIN: &str = "somebody.with.a.long.name@example.com";

/// Agents: the same state again, with CSQs and without, and the same answer to a query.
#[test]
fn agents() {
    let mut behind = Behind::new();
    let csqs = [1, 2, 3].map(|csq_id| AgentStateCsq {
        csq_id: Some(csq_id),
        csq_state: Some(AgentState::READY),
        ..AgentStateCsq::default()
    });
    let event = AgentStateEvent {
        agent_id: Some(LOGIN.into()),
        agent_extension: Some(PHONE.into()),
        agent_instrument: Some(PHONE.into()),
        cti_client_signature: Some("desktop".into()),
        agent_state: AgentState::READY,
        csq_id: 0xFFFF_FFFF,
        ..AgentStateEvent::default()
    };
    behind.twice(event);
    behind.twice(AgentStateEvent {
        csqs: (&csqs).into(),
        ..event
    });
    behind.twice(AgentStateEvent {
        csqs: (&csqs[..1]).into(),
        ..event
    });
    behind.twice(AgentStateEvent {
        agent_state: AgentState::LOGOUT,
        ..event
    });
    // Known by the extension alone, and not known at all.
    behind.twice(AgentStateEvent {
        agent_id: None,
        agent_extension: Some("2007".into()),
        agent_instrument: None,
        ..event
    });
    behind.twice(AgentStateEvent::default());

    let answer = |invoke_id| QueryAgentStateConf {
        invoke_id,
        agent_id: Some(LOGIN.into()),
        agent_extension: Some(PHONE.into()),
        agent_state: AgentState::NOT_READY,
        ..QueryAgentStateConf::default()
    };
    let query = QueryAgentStateReq {
        agent_id: Some(LOGIN.into()),
        ..QueryAgentStateReq::default()
    };
    let invoke_id = behind.ask(query);
    behind.hear(&bytes(answer(invoke_id)));
    let invoke_id = behind.ask(query);
    behind.quiet(&bytes(answer(invoke_id)));
}

/// Queues: the same figures again, and none.
#[test]
fn queues() {
    let mut behind = Behind::new();
    let query = QueryQueueStatisticsReq {
        csq_id: Some(1),
        ..QueryQueueStatisticsReq::default()
    };
    let answer = |invoke_id| QueryQueueStatisticsConf {
        invoke_id,
        csq_id: Some(1),
        calls_in_priority_queue1: 7,
        ..QueryQueueStatisticsConf::default()
    };
    let invoke_id = behind.ask(query);
    let heard = behind.hear(&bytes(answer(invoke_id)));
    assert_eq!(heard.changes.len(), 1);
    let invoke_id = behind.ask(query);
    behind.quiet(&bytes(answer(invoke_id)));
    // What nobody has asked for, and a refusal that says nothing.
    behind.quiet(&bytes(answer(4711)));
    let invoke_id = behind.ask(QueryAgentStateReq {
        agent_id: Some(LOGIN.into()),
        ..QueryAgentStateReq::default()
    });
    behind.quiet(&bytes(FailureConf {
        invoke_id,
        status: StatusCode::INVALID_AGENT_DATA,
        ..FailureConf::default()
    }));
}

/// Calls: each event of a call's life again, as it comes.
#[test]
fn calls() {
    let mut behind = Behind::new();
    let caller = Some("555 0147 0147 0147 0147 0147".into());
    let csqs = [QueueCsq {
        csq_id: Some(1),
        ..QueueCsq::default()
    }];
    let variables = [NamedVariable {
        name: "user.layout".into(),
        value: "A value that no kept text holds without an allocation".into(),
    }];
    let clients = [CtiClient {
        cti_client_signature: Some("desktop".into()),
        cti_client_time_stamp: None,
    }];
    // A stream, and the data, of a call that is not there.
    behind.quiet(&bytes(RtpStartedEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        ..RtpStartedEvent::default()
    }));
    behind.twice(CallDataUpdateEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        call_variable1: Some("gold".into()),
        ..CallDataUpdateEvent::default()
    });

    behind.hear(&bytes(BeginCallEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        ani: caller,
        ..BeginCallEvent::default()
    }));
    behind.twice(CallServiceInitiatedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        local_connection_state: LocalConnectionState::INITIATE,
        ..CallServiceInitiatedEvent::default()
    });
    behind.twice(CallOriginatedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        called_device_id: caller,
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallOriginatedEvent::default()
    });
    behind.twice(CallQueuedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        local_connection_state: LocalConnectionState::QUEUED,
        csqs: (&csqs).into(),
        ..CallQueuedEvent::default()
    });
    behind.twice(CallDeliveredEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        alerting_device_id: Some(PHONE.into()),
        alerting_device_type: DeviceType::AGENT_DEVICE,
        calling_device_id: caller,
        local_connection_state: LocalConnectionState::ALERTING,
        call_variable1: Some("a customer whom we have known for long".into()),
        call_variable2: Some("".into()),
        named_variables: (&variables).into(),
        ..CallDeliveredEvent::default()
    });
    behind.twice(CallDequeuedEvent {
        call_id: CALL,
        connection_device_id: Some("9001".into()),
        ..CallDequeuedEvent::default()
    });
    behind.twice(CallEstablishedEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        answering_device_id: Some(PHONE.into()),
        answering_device_type: DeviceType::AGENT_DEVICE,
        calling_device_id: caller,
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallEstablishedEvent::default()
    });
    behind.twice(CallDataUpdateEvent {
        call_id: CALL,
        new_call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        call_variable3: Some("an order of last week, and the one before".into()),
        named_variables: (&variables).into(),
        cti_clients: (&clients).into(),
        ..CallDataUpdateEvent::default()
    });
    behind.twice(RtpStartedEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        ..RtpStartedEvent::default()
    });
    behind.twice(CallHeldEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        local_connection_state: LocalConnectionState::HOLD,
        ..CallHeldEvent::default()
    });
    behind.twice(CallRetrievedEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        local_connection_state: LocalConnectionState::CONNECT,
        ..CallRetrievedEvent::default()
    });
    behind.twice(CallConnectionClearedEvent {
        call_id: CALL,
        connection_device_id: Some(PHONE.into()),
        releasing_device_id: Some(PHONE.into()),
        ..CallConnectionClearedEvent::default()
    });
}

/// What has no meaning for the model: an answer to nothing, a device that is out of service already,
/// a type that nobody knows.
#[test]
fn others() {
    let mut behind = Behind::new();
    behind.quiet(&bytes(HeartbeatConf {
        invoke_id: 4711,
        ..Default::default()
    }));
    behind.twice(SystemEvent {
        system_event_id: SystemEventID::INSTRUMENT_OUT_OF_SERVICE,
        event_device_id: Some(LOGIN.into()),
        ..SystemEvent::default()
    });
    behind.quiet(&[0, 0, 0, 4, 0, 0, 0xFE, 0xFE, 1, 2, 3, 4]);
    assert!(behind.client.is_open());
}

/// The same of every type of message, filled in at random: whatever changes nothing. Two kinds change
/// something that no change tells: configuration, which the session keeps, and the data of a call
/// that is not shown yet.
#[test]
fn every_type() {
    let mut quiet = 0;
    for layout in LAYOUTS {
        for style in [Style::Lawful, Style::Wild] {
            for seed in 0..SEEDS {
                let tree = seeded(layout, Version::V14, style, seed);
                let frame = tree.frame();
                let mut behind = Behind::new();
                behind.hear(&frame);
                let heard = behind.hear(&frame);
                let passed_on = (heard.messages, heard.others) == (1, 0);
                let untold = ["CONFIG", "CALL_DATA_UPDATE_EVENT"];
                let untold = untold.iter().any(|name| layout.name.contains(name));
                if passed_on && heard.changes.is_empty() && !untold {
                    assert_eq!(heard.allocations, 0, "{}", about(&tree));
                    quiet += 1;
                }
            }
        }
    }
    println!("{quiet} messages of {}", LAYOUTS.len() * 2 * SEEDS as usize);
    assert!(quiet > 2000, "only {quiet}");
}
