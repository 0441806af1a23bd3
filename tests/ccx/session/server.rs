//! The server's side.

use std::time::Duration;

use bytes::BytesMut;
use cti_codec::ccx::session::{Ended, SendError, Server, ServerEvent, ServerSettings};
use cti_codec::ccx::{
    CloseReq, CtiService, Frame, FrameDecoder, HeartbeatReq, HoldCallReq, Message, MessageType,
    OpenConf, OpenReq, QueryAgentStateReq, StatusCode, Version,
};

use super::{encode, secs};

struct Bench {
    server: Server,
    now: Duration,
}

impl Bench {
    fn new(settings: ServerSettings) -> Self {
        Self {
            server: Server::accept(settings, Duration::ZERO),
            now: Duration::ZERO,
        }
    }

    fn open(settings: ServerSettings) -> Self {
        let mut bench = Self::new(settings);
        bench.give(open_req());
        assert!(matches!(
            bench.events()[..],
            [ServerEvent::OpenRequested(_)]
        ));
        bench.server.grant(&OpenConf::default()).unwrap();
        let sent = bench.sent();
        assert_eq!(sent[0].message_type(), MessageType::OPEN_CONF);
        bench
    }

    fn give<'a>(&mut self, message: impl Into<Message<'a>>) {
        let message = message.into();
        let version = match message {
            Message::OpenReq(open) => Version::new(open.version_number).unwrap_or(Version::V14),
            _ => self.server.version(),
        };
        self.server
            .handle_input(self.now, &encode(message, version));
    }

    fn sent(&mut self) -> Vec<Frame> {
        let mut decoder = FrameDecoder::new();
        while let Some(bytes) = self.server.poll_transmit() {
            decoder.feed(&bytes);
        }
        std::iter::from_fn(|| decoder.next_frame().unwrap()).collect()
    }

    /// The one failure that was sent: `InvokeID` and status.
    #[track_caller]
    fn failure(&mut self) -> (u32, u32) {
        let sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        let Ok(Message::FailureConf(failure)) = sent[0].decode(self.server.version()) else {
            panic!("{sent:?}")
        };
        (failure.invoke_id, failure.status.0)
    }

    fn events(&mut self) -> Vec<ServerEvent> {
        std::iter::from_fn(|| self.server.poll_event()).collect()
    }

    fn run_to(&mut self, until: Duration) {
        self.now = until;
        self.server.handle_timeout(until);
    }
}

fn open_req() -> OpenReq<'static> {
    OpenReq {
        invoke_id: 5,
        version_number: 14,
        idle_timeout: 40,
        ..OpenReq::bridge_mode()
    }
}

fn query(invoke_id: u32) -> QueryAgentStateReq<'static> {
    QueryAgentStateReq {
        invoke_id,
        agent_id: Some("jdoe".into()),
        ..Default::default()
    }
}

#[test]
fn s3_before_open_req_everything_is_refused_and_after_it_another_one() {
    let mut bench = Bench::new(ServerSettings::default());
    bench.give(query(3));
    assert_eq!(bench.failure(), (3, 4));
    bench.give(HeartbeatReq {
        invoke_id: 4,
        ..Default::default()
    });
    assert_eq!(bench.failure(), (4, 4));

    let mut bench = Bench::open(ServerSettings::default());
    bench.give(OpenReq {
        invoke_id: 9,
        ..open_req()
    });
    assert_eq!(bench.failure(), (9, 5));
    assert!(bench.server.is_open());
}

#[test]
fn s19_the_version_is_taken_out_of_open_req_and_an_unknown_one_refused() {
    for version in Version::ALL {
        let mut bench = Bench::new(ServerSettings::default());
        bench.give(OpenReq {
            version_number: version.number(),
            ..open_req()
        });
        let events = bench.events();
        let [ServerEvent::OpenRequested(request)] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!(request.version, version);
        bench.server.grant(&OpenConf::default()).unwrap();
        let sent = bench.sent();
        let Ok(Message::OpenConf(conf)) = sent[0].decode(version) else {
            panic!()
        };
        assert_eq!(conf.invoke_id, 5);
        assert_eq!(conf.peripherals.len(), usize::from(version >= Version::V14));
        assert_eq!(bench.server.version(), version);
    }
    for number in [0, 9, 19, u32::MAX] {
        let mut bench = Bench::new(ServerSettings::default());
        bench.give(OpenReq {
            version_number: number,
            ..open_req()
        });
        assert_eq!(bench.failure(), (5, 1), "{number}");
    }
    let mut old = Bench::new(ServerSettings {
        newest: Version::V12,
        ..ServerSettings::default()
    });
    old.give(open_req());
    assert_eq!(old.failure(), (5, 1));
}

#[test]
fn s40_s52_what_is_wrong_with_an_open_req_has_its_status() {
    let cases = [
        (
            OpenReq {
                idle_timeout: 19,
                ..open_req()
            },
            18,
        ),
        (
            OpenReq {
                idle_timeout: 120,
                ..open_req()
            },
            18,
        ),
        (
            OpenReq {
                idle_timeout: u32::MAX,
                ..open_req()
            },
            18,
        ),
        (
            OpenReq {
                client_id: None,
                ..open_req()
            },
            6,
        ),
        (
            OpenReq {
                client_password: None,
                ..open_req()
            },
            6,
        ),
        (
            OpenReq {
                peripheral_id: 3,
                ..open_req()
            },
            7,
        ),
        (
            OpenReq {
                services_requested: CtiService::CLIENT_EVENTS | CtiService::ALL_EVENTS,
                ..open_req()
            },
            3,
        ),
        (
            OpenReq {
                services_requested: CtiService::CLIENT_EVENTS,
                ..open_req()
            },
            6,
        ),
        (
            OpenReq {
                client_signature: Some(cti_codec::ccx::Text::new(&[b'x'; 64])),
                ..open_req()
            },
            23,
        ),
    ];
    for (open, status) in cases {
        let mut bench = Bench::new(ServerSettings::default());
        bench.give(open);
        assert_eq!(bench.failure(), (5, status));
        assert!(matches!(bench.events()[..], [ServerEvent::Fault { .. }]));
        assert_eq!(
            bench.server.grant(&OpenConf::default()),
            Err(SendError::NotOpen)
        );
    }
    let mut endless = Bench::new(ServerSettings {
        endless_idle_timeout: true,
        ..ServerSettings::default()
    });
    endless.give(OpenReq {
        idle_timeout: u32::MAX,
        ..open_req()
    });
    endless.server.grant(&OpenConf::default()).unwrap();
    assert_eq!(endless.server.poll_timeout(), None);
}

#[test]
fn s56_a_refused_client_is_given_5_s_to_leave() {
    let mut bench = Bench::new(ServerSettings::default());
    bench.give(open_req());
    bench.events();
    bench
        .server
        .refuse(StatusCode::SERVER_NOT_MASTER, Some("standby"))
        .unwrap();
    assert_eq!(bench.failure(), (5, 92));
    // What still comes is answered with 4, an OPEN_REQ too.
    bench.give(open_req());
    assert_eq!(bench.failure(), (5, 4));
    bench.events();
    bench.run_to(secs(5));
    assert_eq!(bench.events(), [ServerEvent::Ended(Ended::Refused)]);
}

#[test]
fn s33_s38_heartbeats_are_answered_and_silence_ends_the_session() {
    let mut bench = Bench::open(ServerSettings::default());
    for time in [10, 49, 88] {
        bench.run_to(secs(time));
        bench.give(HeartbeatReq {
            invoke_id: 7,
            ..Default::default()
        });
        let sent = bench.sent();
        assert_eq!(sent[0].message_type(), MessageType::HEARTBEAT_CONF);
        assert_eq!(sent[0].invoke_id(), Some(7));
    }
    assert_eq!(bench.server.poll_timeout(), Some(secs(128)));
    bench.run_to(secs(128) - secs(1));
    assert!(bench.server.is_open());
    bench.run_to(secs(128));
    assert_eq!(bench.events(), [ServerEvent::Ended(Ended::Idle)]);
    assert_eq!(bench.server.poll_transmit(), None);
}

#[test]
fn s50_close_req_is_confirmed_and_the_client_drops_the_connection() {
    for leaves in [true, false] {
        let mut bench = Bench::open(ServerSettings::default());
        bench.give(CloseReq {
            invoke_id: 8,
            ..Default::default()
        });
        let sent = bench.sent();
        assert_eq!(sent[0].message_type(), MessageType::CLOSE_CONF);
        assert!(!bench.server.is_ended());
        if leaves {
            bench.server.handle_disconnected(bench.now);
        } else {
            bench.run_to(secs(5));
        }
        assert_eq!(bench.events(), [ServerEvent::Ended(Ended::Closed)]);
    }
}

#[test]
fn s52_requests_that_are_not_as_the_guide_says() {
    let mut bench = Bench::open(ServerSettings::default());
    // A type that is none, or none of a client's.
    let unknown = [0, 0, 0, 4, 0, 0, 0, 99, 0, 0, 0, 21];
    bench.server.handle_input(bench.now, &unknown);
    assert_eq!(bench.failure(), (21, 2));
    bench.give(OpenConf {
        invoke_id: 22,
        ..Default::default()
    });
    assert_eq!(bench.failure(), (22, 2));
    // A required field is missing.
    bench.give(HoldCallReq {
        invoke_id: 23,
        ..Default::default()
    });
    assert_eq!(bench.failure(), (23, 6));
    // A field is longer than the guide allows.
    let long = [b'x'; 200];
    bench.give(QueryAgentStateReq {
        agent_id: Some(cti_codec::ccx::Text::new(&long)),
        ..query(24)
    });
    assert_eq!(bench.failure(), (24, 23));
    bench.events();

    // A server that is less strict leaves that to its caller.
    let mut lax = Bench::open(ServerSettings {
        strict: false,
        ..ServerSettings::default()
    });
    lax.give(HoldCallReq {
        invoke_id: 23,
        ..Default::default()
    });
    assert!(matches!(lax.events()[..], [ServerEvent::Request(_)]));
}

#[test]
fn s55_requests_come_in_their_order() {
    let mut bench = Bench::open(ServerSettings::default());
    let mut bytes = BytesMut::new();
    for invoke_id in 1..=50 {
        bytes.extend_from_slice(&encode(query(invoke_id), Version::V14));
    }
    // Byte by byte.
    for byte in bytes {
        bench.server.handle_input(bench.now, &[byte]);
    }
    let ids: Vec<_> = bench
        .events()
        .iter()
        .map(|event| match event {
            ServerEvent::Request(request) => request.frame.invoke_id().unwrap(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids, (1..=50).collect::<Vec<_>>());
}

#[test]
fn a_flood_waits_and_a_client_that_does_not_read_is_not_waited_for() {
    let mut bench = Bench::open(ServerSettings {
        max_events: 4,
        max_unsent: 1000,
        ..ServerSettings::default()
    });
    for invoke_id in 0..10 {
        bench.give(query(invoke_id));
    }
    assert!(!bench.server.wants_input());
    assert_eq!(bench.events().len(), 10);
    for _ in 0..1000 {
        bench.give(HeartbeatReq::default());
    }
    assert!(!bench.server.wants_input());
    assert_eq!(bench.sent().len(), 1000);

    let event = Message::from(cti_codec::ccx::CallHeldEvent {
        holding_device_id: Some("2006".into()),
        connection_device_id: Some("2006".into()),
        ..Default::default()
    });
    let ended = (0..1000).find_map(|_| bench.server.send(&event).err());
    assert_eq!(ended, Some(SendError::Congested));
    assert_eq!(bench.events(), [ServerEvent::Ended(Ended::Congested)]);
}

#[test]
fn a_connection_without_open_req_does_not_stay() {
    let mut bench = Bench::new(ServerSettings::default());
    bench.run_to(secs(30));
    assert_eq!(bench.events(), [ServerEvent::Ended(Ended::Idle)]);
    let mut noise = Bench::new(ServerSettings::default());
    noise
        .server
        .handle_input(noise.now, b"GET / HTTP/1.1\r\n\r\n");
    assert!(matches!(
        noise.events()[..],
        [ServerEvent::Ended(Ended::NotAFrame(_))]
    ));
}

/// What the server refuses of a request, by its settings.
#[test]
fn what_is_wrong_with_a_request_has_its_status() {
    let wrong = |settings: ServerSettings| {
        let mut bench = Bench::open(settings);
        let fields = [cti_codec::ccx::FloatingField {
            id: 250,
            data: b"x",
        }];
        let unknown = QueryAgentStateReq {
            unlisted: cti_codec::ccx::Unlisted::from(&fields),
            ..query(7)
        };
        bench.give(unknown);
        let sent = bench.sent();
        let refused = sent.first().map(|frame| match frame.decode(Version::V14) {
            Ok(Message::FailureConf(failure)) => (failure.invoke_id, failure.status),
            other => panic!("{other:?}"),
        });
        (refused, bench.events().len())
    };
    let strict = ServerSettings {
        strict: true,
        ..ServerSettings::default()
    };
    assert_eq!(wrong(strict.clone()), (None, 1));
    let stricter = ServerSettings {
        refuse_unknown_fields: true,
        ..strict
    };
    let refused = Some((7, StatusCode::INVALID_FIELD));
    assert_eq!(wrong(stricter.clone()).0, refused);
    // One that is not strict looks at nothing of the kind.
    let lenient = ServerSettings {
        strict: false,
        ..stricter
    };
    assert_eq!(wrong(lenient), (None, 1));
}
