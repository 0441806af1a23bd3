//! The client over tokio: over streams in memory with paused time, and over real sockets.

mod codec;
#[cfg(feature = "simulator")]
mod load;
mod logs;
mod requests;
mod sessions;
mod sockets;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cti_codec::ccx::client::{Client, Events, Options, SlowReader, start_with};
use cti_codec::ccx::session::{Event, Server, ServerEvent, ServerSettings};
use cti_codec::ccx::{
    CtiService, Message, OpenConf, OpenReq, QueryAgentStateConf, Received, StatusCode,
};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::Instant;

const SERVICES: CtiService = CtiService::from_bits_retain(0x16);

/// What a server of the tests does.
#[derive(Clone, Default)]
pub(super) struct Behaviour {
    /// Does not answer requests.
    silent: bool,
    /// Refuses to open.
    refuses: Option<StatusCode>,
    /// How many events it sends for each request.
    events: u32,
    /// Drops the connection at the first request.
    drops: bool,
}

/// Runs the server's side of a connection until it ends.
pub(super) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, behaviour: Behaviour) {
    let origin = Instant::now();
    let mut server = Server::accept(ServerSettings::default(), Duration::ZERO);
    let mut buffer = vec![0; 4096];
    loop {
        while let Some(event) = server.poll_event() {
            match event {
                ServerEvent::OpenRequested(_) => match behaviour.refuses {
                    Some(status) => server.refuse(status, None).unwrap(),
                    None => server
                        .grant(&OpenConf {
                            services_granted: SERVICES,
                            unified_ccx_online: true.into(),
                            ..Default::default()
                        })
                        .unwrap(),
                },
                ServerEvent::Request(_) if behaviour.drops => server.drop_connection(),
                ServerEvent::Request(request) if !behaviour.silent => {
                    answer(&mut server, &request, &behaviour);
                }
                _ => {}
            }
        }
        while let Some(bytes) = server.poll_transmit() {
            if stream.write_all(&bytes).await.is_err() {
                return;
            }
        }
        if server.is_ended() {
            return;
        }
        let until = server.poll_timeout().map(|at| origin + at);
        tokio::select! {
            length = stream.read(&mut buffer) => match length {
                Ok(length) if length > 0 => {
                    server.handle_input(origin.elapsed(), &buffer[..length]);
                }
                _ => server.handle_disconnected(origin.elapsed()),
            },
            () = tokio::time::sleep_until(until.unwrap_or(origin)), if until.is_some() => {
                server.handle_timeout(origin.elapsed());
            }
        }
    }
}

fn answer(server: &mut Server, request: &Received, behaviour: &Behaviour) {
    let Ok(Message::QueryAgentStateReq(query)) = request.message() else {
        panic!("{request:?}")
    };
    for number in 0..behaviour.events {
        let event = cti_codec::ccx::CallHeldEvent {
            call_id: number,
            holding_device_id: Some("2006".into()),
            connection_device_id: Some("2006".into()),
            ..Default::default()
        };
        server.send(&event.into()).unwrap();
    }
    if query.agent_id.is_some_and(|id| id == "nobody") {
        let status = StatusCode::INVALID_AGENT_DATA;
        server.fail(query.invoke_id, status, Some("who?")).unwrap();
        return;
    }
    let confirmation = QueryAgentStateConf {
        invoke_id: query.invoke_id,
        agent_state: cti_codec::ccx::AgentState::READY,
        agent_id: query.agent_id,
        ..Default::default()
    };
    server.send(&confirmation.into()).unwrap();
}

/// What is done with each connection: by address, and how many there have been.
type Accept = Box<dyn FnMut(usize, usize) -> Option<Behaviour> + Send>;

pub(super) fn options(addresses: usize) -> Options {
    let mut options = Options::default();
    options.settings.addresses = addresses;
    options.settings.timings.jitter_percent = 0;
    options
}

/// A client whose connections are made in memory, and served as `accept` says; `None` refuses one.
pub(super) fn in_memory(options: Options, accept: Accept) -> (Client, Events, Arc<Mutex<usize>>) {
    let attempts = Arc::new(Mutex::new(0));
    let (counted, accept) = (Arc::clone(&attempts), Arc::new(Mutex::new(accept)));
    let connector = move |address| {
        let number = {
            let mut number = counted.lock().unwrap();
            *number += 1;
            *number
        };
        let behaviour = (accept.lock().unwrap())(address, number);
        async move {
            let behaviour = behaviour.ok_or(io::ErrorKind::ConnectionRefused)?;
            let (near, far): (DuplexStream, DuplexStream) = duplex(1000);
            tokio::spawn(serve(far, behaviour));
            Ok(near)
        }
    };
    let open = OpenReq {
        services_requested: SERVICES,
        ..OpenReq::bridge_mode()
    };
    let (client, events) = start_with(connector, options, &open).unwrap();
    (client, events, attempts)
}

/// The same with servers that all behave alike.
pub(super) fn alike(behaviour: Behaviour) -> (Client, Events) {
    let (client, events, _) = in_memory(options(1), Box::new(move |_, _| Some(behaviour.clone())));
    (client, events)
}

/// Fetches events until one fits.
pub(super) async fn until(events: &mut Events, fits: impl Fn(&Event) -> bool) -> Event {
    loop {
        let event = events.next().await.expect("more events");
        if fits(&event) {
            return event;
        }
    }
}

#[test]
fn the_default_misses_and_says_so() {
    assert_eq!(Options::default().slow_reader, SlowReader::Misses);
}
