//! Sessions: each test names the rules it proves, which are those of the guide, numbered as in
//! `tests/data/ccx_session_rules.md`.

mod closing;
pub(crate) mod configuration;
mod failover;
mod heartbeats;
mod opening;
mod requests;
mod server;
mod simulation;
mod system;
mod teams;
mod terminals;

use std::time::Duration;

use bytes::BytesMut;
use cti_codec::ccx::session::{Action, Client, Event, Settings};
use cti_codec::ccx::{
    CtiService, Frame, FrameDecoder, Message, MessageType, OpenConf, OpenReq, Received, StatusCode,
    Version,
};

pub(super) const EVERYTHING: CtiService = CtiService::from_bits_retain(0x4_0096);

pub(super) const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The tests' times leave nothing to chance.
pub(super) fn settings(addresses: usize) -> Settings {
    let mut settings = Settings::for_addresses(addresses);
    settings.timings.jitter_percent = 0;
    settings
}

/// The same without configuration and teams, for tests about something else.
pub(super) fn plain(addresses: usize) -> Settings {
    Settings {
        configuration: false,
        teams: false,
        ..settings(addresses)
    }
}

/// A client, and the test as its driver and its server.
pub(super) struct Bench {
    pub(super) client: Client,
    pub(super) now: Duration,
}

impl Bench {
    pub(super) fn new(settings: Settings, open: &OpenReq<'_>) -> Self {
        let mut client = Client::new(settings, open).unwrap();
        client.start(Duration::ZERO);
        Self {
            client,
            now: Duration::ZERO,
        }
    }

    pub(super) fn bridge(settings: Settings) -> Self {
        Self::new(settings, &OpenReq::bridge_mode())
    }

    /// One that has a session open with all services.
    pub(super) fn open(settings: Settings) -> Self {
        let mut bench = Self::bridge(settings);
        bench.connect(0);
        bench.grant(EVERYTHING);
        bench
    }

    /// A client that wants to connect is connected, and sends `OPEN_REQ`.
    #[track_caller]
    pub(super) fn connect(&mut self, address: usize) -> Received {
        assert_eq!(self.client.poll_action(), Some(Action::Connect { address }));
        assert_eq!(self.client.poll_action(), None);
        self.client.handle_connected(self.now);
        let mut sent = self.sent();
        assert_eq!(sent.len(), 1);
        let open = sent.remove(0);
        assert_eq!(open.message_type(), MessageType::OPEN_REQ);
        Received {
            frame: open,
            version: self.client.version(),
        }
    }

    #[track_caller]
    pub(super) fn grant(&mut self, services_granted: CtiService) {
        self.give(OpenConf {
            invoke_id: 1,
            services_granted,
            unified_ccx_online: true.into(),
            ..Default::default()
        });
    }

    pub(super) fn refuse(&mut self, status: StatusCode) {
        self.give(cti_codec::ccx::FailureConf {
            invoke_id: 1,
            status,
            ..Default::default()
        });
    }

    pub(super) fn give<'a>(&mut self, message: impl Into<Message<'a>>) {
        let mut bytes = BytesMut::new();
        message
            .into()
            .encode_as_received(self.client.version(), &mut bytes)
            .unwrap();
        self.client.handle_input(self.now, &bytes);
    }

    /// What was sent since the last time.
    pub(super) fn sent(&mut self) -> Vec<Frame> {
        let mut decoder = FrameDecoder::new();
        while let Some(bytes) = self.client.poll_transmit() {
            decoder.feed(&bytes);
        }
        std::iter::from_fn(|| decoder.next_frame().unwrap()).collect()
    }

    /// The types of what was sent since the last time.
    pub(super) fn sent_types(&mut self) -> Vec<MessageType> {
        let sent = self.sent();
        sent.iter()
            .map(cti_codec::mhdr::Frame::message_type)
            .collect()
    }

    pub(super) fn events(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.client.poll_event()).collect()
    }

    pub(super) fn actions(&mut self) -> Vec<Action> {
        std::iter::from_fn(|| self.client.poll_action()).collect()
    }

    /// Lets the clock run, and does what is due as it comes.
    pub(super) fn run_to(&mut self, until: Duration) {
        let mut times = 0;
        while let Some(due) = self.client.poll_timeout()
            && due <= until
        {
            self.now = self.now.max(due);
            self.client.handle_timeout(self.now);
            times += 1;
            assert!(times < 10_000, "a deadline that does not pass");
        }
        self.now = until;
        self.client.handle_timeout(until);
    }

    pub(super) fn run(&mut self, time: Duration) {
        self.run_to(self.now + time);
    }
}

/// The fields of the first frame of a type among those sent.
#[track_caller]
pub(super) fn only(frames: &[Frame], message_type: MessageType) -> &Frame {
    let mut found = frames
        .iter()
        .filter(|frame| frame.message_type() == message_type);
    let frame = found.next().unwrap_or_else(|| panic!("no {message_type}"));
    assert!(found.next().is_none(), "more than one {message_type}");
    frame
}

pub(super) fn encode<'a>(message: impl Into<Message<'a>>, version: Version) -> BytesMut {
    let mut bytes = BytesMut::new();
    message
        .into()
        .encode_as_received(version, &mut bytes)
        .unwrap();
    bytes
}
