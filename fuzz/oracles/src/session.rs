//! Sessions under any input at any time.

use std::collections::HashSet;
use std::time::Duration;

use cti_codec::ccx::session::{
    Action, Client, Event, RequestId, Server, ServerEvent, ServerSettings, Settings,
};
use cti_codec::ccx::{
    ConfigMask, ConfigRequestEvent, ConfigRequestKeyEvent, LAYOUTS, Message, OpenConf, OpenReq,
    QueryAgentStateReq, TeamConfigReq,
};

/// Takes what an input decides, and zeros when there is no more.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn some(&mut self) -> &'a [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        let (some, rest) = self.0.split_at(length);
        self.0 = rest;
        some
    }
}

/// A frame with the header of a message that there is, and any body.
fn frame(bytes: &mut Bytes<'_>) -> Vec<u8> {
    let layout = LAYOUTS[usize::from(bytes.byte()) % LAYOUTS.len()];
    let number = layout.message_type;
    // An InvokeID that may be meant, for most types the first field.
    let invoke_id = u32::from(bytes.byte() % 8);
    let rest = bytes.some();
    let length = u32::try_from(rest.len() + 4).expect("short");
    let mut frame = Vec::new();
    frame.extend(length.to_be_bytes());
    frame.extend(number.to_be_bytes());
    frame.extend(invoke_id.to_be_bytes());
    frame.extend(rest);
    frame
}

/// A client and whatever comes: each request ends once, it never waits without a deadline, and what
/// it keeps is bounded.
pub fn client(data: &[u8]) {
    let mut bytes = Bytes(data);
    let mut settings = Settings::for_addresses(1 + usize::from(bytes.byte() % 3));
    settings.window = 1 + usize::from(bytes.byte() % 4);
    settings.max_events = 1 + usize::from(bytes.byte());
    settings.tap = bytes.byte() % 4 == 0;
    settings.max_configuration = 2000;
    let window = settings.window;
    let mut client = Client::new(settings, &OpenReq::bridge_mode()).expect("a lawful request");
    let mut now = Duration::ZERO;
    let mut pending: HashSet<RequestId> = HashSet::new();
    let mut open = false;
    client.start(now);
    while !bytes.0.is_empty() {
        match bytes.byte() % 16 {
            0 => client.handle_connected(now),
            1 => client.handle_disconnected(now),
            2 => client.handle_input(now, bytes.some()),
            3..=6 => client.handle_input(now, &frame(&mut bytes)),
            7 => {
                now += Duration::from_millis(u64::from(bytes.byte()) * 250);
                client.handle_timeout(now);
            }
            8 => {
                let conf = OpenConf {
                    invoke_id: 1,
                    services_granted: OpenReq::bridge_mode().services_requested,
                    unified_ccx_online: true.into(),
                    ..OpenConf::default()
                };
                let mut frame = bytes::BytesMut::new();
                Message::from(conf)
                    .encode_as_received(client.version(), &mut frame)
                    .expect("fits");
                client.handle_input(now, &frame);
            }
            9 => {
                let request: Message<'_> = match bytes.byte() % 4 {
                    0 => ConfigRequestKeyEvent::default().into(),
                    1 => ConfigRequestEvent {
                        configuration_mask: ConfigMask::ALL_KINDS,
                        customer_id: Some(0),
                        ..ConfigRequestEvent::default()
                    }
                    .into(),
                    2 => TeamConfigReq::default().into(),
                    _ => QueryAgentStateReq {
                        agent_id: Some("jdoe".into()),
                        ..QueryAgentStateReq::default()
                    }
                    .into(),
                };
                if let Ok(id) = client.request(now, &request) {
                    assert!(client.is_open() && pending.insert(id));
                }
            }
            10 => {
                if let Some(id) = pending.iter().next().copied() {
                    pending.remove(&id);
                    client.cancel(id);
                    // It may have ended already, with the event on its way: then that still comes.
                    drain(&mut client, &mut pending, &mut open, Some(id));
                }
            }
            11 => client.close(now),
            12 => client.start(now),
            13 => client.download(now),
            14 => while client.poll_transmit().is_some() {},
            _ => drain(&mut client, &mut pending, &mut open, None),
        }
        while let Some(action) = client.poll_action() {
            if let Action::Connect { .. } = action
                && bytes.byte() % 2 == 0
            {
                client.handle_connected(now);
            }
        }
        assert!(client.outstanding() <= window);
        assert_eq!(client.poll_timeout().is_none(), client.is_idle());
        if !client.wants_input() {
            drain(&mut client, &mut pending, &mut open, None);
            while client.poll_transmit().is_some() {}
        }
    }
    drain(&mut client, &mut pending, &mut open, None);
    client.close(now);
    client.handle_timeout(now + Duration::from_secs(3600));
    drain(&mut client, &mut pending, &mut open, None);
    assert!(client.is_idle());
    assert!(pending.is_empty(), "requests without an end");
}

fn drain(
    client: &mut Client,
    pending: &mut HashSet<RequestId>,
    open: &mut bool,
    cancelled: Option<RequestId>,
) {
    while let Some(event) = client.poll_event() {
        match event {
            Event::Confirmed { id, .. }
            | Event::Refused { id, .. }
            | Event::Unanswered { id, .. } => {
                assert!(
                    pending.remove(&id) || cancelled == Some(id),
                    "{id:?} ends twice"
                );
            }
            Event::Opened { .. } => {
                assert!(!*open);
                *open = true;
            }
            Event::Lost { .. } => {
                assert!(*open);
                *open = false;
            }
            Event::Closed => *open = false,
            _ => {}
        }
    }
}

/// A server's side and whatever comes: it always has a deadline until it has ended, and ends once.
pub fn server(data: &[u8]) {
    let mut bytes = Bytes(data);
    let settings = ServerSettings {
        strict: bytes.byte() % 2 == 0,
        max_events: 1 + usize::from(bytes.byte()),
        ..ServerSettings::default()
    };
    let mut now = Duration::ZERO;
    let mut server = Server::accept(settings, now);
    let mut ended = 0;
    while !bytes.0.is_empty() {
        match bytes.byte() % 8 {
            0 => server.handle_input(now, bytes.some()),
            1 | 2 => server.handle_input(now, &frame(&mut bytes)),
            3 => {
                let open = OpenReq {
                    version_number: 10 + u32::from(bytes.byte() % 10),
                    idle_timeout: 40,
                    ..OpenReq::bridge_mode()
                };
                let mut frame = bytes::BytesMut::new();
                let version = cti_codec::ccx::Version::new(open.version_number);
                Message::from(open)
                    .encode_as_received(version.unwrap_or_default(), &mut frame)
                    .expect("fits");
                server.handle_input(now, &frame);
            }
            4 => {
                now += Duration::from_millis(u64::from(bytes.byte()) * 250);
                server.handle_timeout(now);
            }
            5 => while server.poll_transmit().is_some() {},
            6 if bytes.byte() % 8 == 0 => server.handle_disconnected(now),
            _ => {}
        }
        while let Some(event) = server.poll_event() {
            match event {
                ServerEvent::OpenRequested(request) => {
                    assert!(request.message().is_ok());
                    server.grant(&OpenConf::default()).expect("a lawful answer");
                }
                ServerEvent::Request(request) => assert!(request.message().is_ok()),
                ServerEvent::Ended(_) => ended += 1,
                _ => {}
            }
        }
        assert_eq!(server.poll_timeout().is_none(), server.is_ended());
    }
    assert!(ended <= 1);
}
