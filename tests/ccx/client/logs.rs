//! What the client logs: nothing that a person has said or is called, but at the level of single
//! messages, and never a password.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::BytesMut;
use cti_codec::ccx::client::start_with;
use cti_codec::ccx::session::{Event, Server, ServerEvent, ServerSettings};
use cti_codec::ccx::{
    CallDeliveredEvent, CtiService, FailureConf, FailureEvent, Message, MessageType, OpenConf,
    OpenReq, QueryAgentStateConf, QueryAgentStateReq, SetAgentStateReq, StatusCode, Version,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::Instant;
use tracing::field::{Field, Visit};
use tracing::{Level, Metadata, Subscriber, span};

use super::{options, until};

/// All lines that were logged, each with its level.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<(Level, String)>>>);

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Lines {
    fn note(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(metadata.name().to_owned());
        record(&mut fields);
        self.0.lock().unwrap().push((*metadata.level(), fields.0));
    }
}

impl Subscriber for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        self.note(span.metadata(), |fields| span.record(fields));
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        self.note(event.metadata(), |fields| event.record(fields));
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

fn encode<'a>(message: impl Into<Message<'a>>) -> BytesMut {
    let mut bytes = BytesMut::new();
    message.into().encode(Version::V14, &mut bytes).unwrap();
    bytes
}

/// A server that puts texts of persons into all that it can send.
async fn talk(mut stream: DuplexStream) {
    let origin = Instant::now();
    let mut server = Server::accept(ServerSettings::default(), Duration::ZERO);
    let mut buffer = [0; 4096];
    loop {
        while let Some(event) = server.poll_event() {
            match event {
                ServerEvent::OpenRequested(_) => server
                    .grant(&OpenConf {
                        services_granted: CtiService::ALL_EVENTS,
                        unified_ccx_online: true.into(),
                        ..Default::default()
                    })
                    .unwrap(),
                ServerEvent::Request(request) => answer(&mut server, &request.message().unwrap()),
                _ => {}
            }
        }
        while let Some(bytes) = server.poll_transmit() {
            stream.write_all(&bytes).await.unwrap();
        }
        match stream.read(&mut buffer).await {
            Ok(length) if length > 0 => server.handle_input(origin.elapsed(), &buffer[..length]),
            _ => return,
        }
    }
}

fn answer(server: &mut Server, request: &Message<'_>) {
    let invoke_id = request.invoke_id().unwrap();
    if request.message_type() == MessageType::SET_AGENT_STATE_REQ {
        let status = StatusCode::INVALID_AGENT_DATA;
        let text = "no such agent as secretlogin";
        server.fail(invoke_id, status, Some(text)).unwrap();
        return;
    }
    let call = CallDeliveredEvent {
        call_id: 7,
        ani: Some("secretani".into()),
        call_variable1: Some("secretvariable".into()),
        connection_device_id: Some("secretdevice".into()),
        ..Default::default()
    };
    let mut bytes = BytesMut::new();
    let call = Message::from(call);
    call.encode_as_received(Version::V14, &mut bytes).unwrap();
    server.send_raw(&bytes);
    // An answer to nothing, and one that does not decode.
    let stray = FailureConf {
        invoke_id: 999,
        status: StatusCode::INVALID_CALLID,
        text: Some("secretstray".into()),
        ..Default::default()
    };
    server.send_raw(&encode(stray));
    let text = b"secretbytes";
    let mut broken = BytesMut::from(&[0, 0, 0, 0, 0, 0, 0, 10][..]);
    broken.extend_from_slice(text);
    broken[3] = text.len() as u8;
    server.send_raw(&broken);
    let failure = FailureEvent {
        status: StatusCode::UNSPECIFIED_FAILURE,
        text: Some("secretfailure".into()),
        ..Default::default()
    };
    server.send_raw(&encode(failure));
    let confirmation = QueryAgentStateConf {
        invoke_id,
        agent_id: Some("secretagent".into()),
        agent_extension: Some("secretextension".into()),
        ..Default::default()
    };
    server.send(&confirmation.into()).unwrap();
}

#[tokio::test(start_paused = true)]
async fn s60_no_text_of_a_message_is_logged_but_at_the_level_of_single_messages() {
    let lines = Lines::default();
    let guard = tracing::subscriber::set_default(lines.clone());
    let open = OpenReq {
        services_requested: CtiService::ALL_EVENTS,
        client_id: Some("secretclient".into()),
        client_password: Some(b"hiddenpassword"),
        client_signature: Some("secretsignature".into()),
        ..OpenReq::bridge_mode()
    };
    let connector = |_| async {
        let (near, far) = duplex(1000);
        tokio::spawn(talk(far));
        Ok(near)
    };
    let (client, mut events) = start_with(connector, options(1), &open).unwrap();
    client.opened().await.unwrap();
    let query = QueryAgentStateReq {
        agent_id: Some("secretasked".into()),
        ..Default::default()
    };
    client.request(&query).await.unwrap();
    let login = SetAgentStateReq {
        agent_state: cti_codec::ccx::AgentState::LOGIN,
        agent_instrument: Some("secretphone".into()),
        agent_id: Some("secretlogin".into()),
        agent_password: Some("hiddenpin".into()),
        ..Default::default()
    };
    client.request(&login).await.unwrap_err();
    client.close().await;
    until(&mut events, |event| *event == Event::Closed).await;
    drop(guard);

    let lines = lines.0.lock().unwrap();
    let of = |level| lines.iter().filter(move |line| line.0 == level).count();
    assert!(of(Level::INFO) > 0 && of(Level::WARN) > 0 && of(Level::TRACE) > 0);
    // What came of each request, and why.
    let told = |word: &str, status: &str| {
        let mut debug = lines.iter().filter(|line| line.0 == Level::DEBUG);
        debug.any(|(_, line)| line.contains(word) && line.contains(status))
    };
    assert!(told("confirmed", "QUERY_AGENT_STATE_CONF"), "{lines:?}");
    let status = StatusCode::INVALID_AGENT_DATA.to_string();
    assert!(told("refused", &status), "{lines:?}");
    for (level, line) in lines.iter() {
        assert!(!line.contains("hidden"), "{level} {line}");
        if *level != Level::TRACE {
            assert!(!line.contains("secret"), "{level} {line}");
        }
    }
    // At that level they are there: what this looks for can be found.
    let traced = lines.iter().any(|line| line.1.contains("secret"));
    assert!(traced, "{lines:?}");
}
