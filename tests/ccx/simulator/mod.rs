//! The simulated server, before clients that hold to the guide and others.

mod audiences;
mod chaos;
#[cfg(feature = "serde")]
mod flows;
mod peer;
mod requests;
#[cfg(feature = "serde")]
mod sequences;
mod truth;

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use cti_codec::ccx::model::{Change, Model, View};
use cti_codec::ccx::session::{Action, Client, ConfigurationEvent, Event, RequestId, Settings};
use cti_codec::ccx::simulator::{ConnectionId, Plan, Simulator};
use cti_codec::ccx::{
    Device, Message, MessageType, OpenReq, Received, SystemEventID, Text, TextBuf, Version,
};
use fastrand::Rng;

use crate::model::mirror::Mirror;

/// A client with a model, a network and a server, in virtual time.
pub(crate) struct World {
    pub(crate) now: Duration,
    pub(crate) client: Client,
    pub(crate) model: Model,
    mirror: Mirror,
    noted: u32,
    pub(crate) server: Simulator,
    pub(crate) rng: Rng,
    /// How long bytes are under way, at most.
    pub(crate) delay: Duration,
    connection: Option<ConnectionId>,
    to_client: VecDeque<(Duration, Bytes)>,
    to_server: VecDeque<(Duration, Bytes)>,
    connects: Option<Duration>,
    /// Connections that the server does not know to be gone yet.
    gone: Vec<(Duration, ConnectionId)>,
    /// Requests that have not ended.
    pub(crate) pending: BTreeSet<RequestId>,
    /// The number in the last event of the session that has one.
    heard: Option<u32>,
    pub(crate) sessions: u32,
    pub(crate) ended: [u32; 3],
    pub(crate) events: Vec<Event>,
    pub(crate) changes: Vec<Change>,
    /// Whether changes are kept.
    pub(crate) keep: bool,
    /// Whether what happens is printed.
    pub(crate) talk: bool,
}

impl World {
    pub(crate) fn new(plan: Plan, view: View, open: &OpenReq<'_>, seed: u64) -> Self {
        Self::with(plan, view, open, seed, Version::V14)
    }

    pub(crate) fn with(
        plan: Plan,
        view: View,
        open: &OpenReq<'_>,
        seed: u64,
        version: Version,
    ) -> Self {
        let mut settings = Settings {
            tap: true,
            ..Settings::default()
        };
        settings.prefer(version);
        let mut client = Client::new(settings, open).unwrap();
        client.start(Duration::ZERO);
        Self {
            now: Duration::ZERO,
            client,
            model: Model::new(view),
            mirror: Mirror::default(),
            noted: 0,
            server: Simulator::new(plan),
            rng: Rng::with_seed(seed),
            delay: Duration::from_millis(50),
            connection: None,
            to_client: VecDeque::new(),
            to_server: VecDeque::new(),
            connects: None,
            gone: Vec::new(),
            pending: BTreeSet::new(),
            heard: None,
            sessions: 0,
            ended: [0; 3],
            events: Vec::new(),
            changes: Vec::new(),
            keep: false,
            talk: false,
        }
    }

    pub(crate) fn bridge(plan: Plan, seed: u64) -> Self {
        Self::new(plan, View::Bridge, &OpenReq::bridge_mode(), seed)
    }

    /// The line breaks; what is under way is lost.
    pub(crate) fn cut(&mut self) {
        if let Some(id) = self.connection.take() {
            self.server.handle_disconnected(self.now, id);
            self.to_client.clear();
            self.to_server.clear();
            self.client.handle_disconnected(self.now);
            self.settle();
        }
    }

    /// The line breaks within what is under way: some bytes of it still arrive, and the server learns
    /// of it when it will. Others of its connections may be open by then.
    pub(crate) fn break_off(&mut self) {
        let Some(id) = self.connection.take() else {
            return;
        };
        if let Some((_, bytes)) = self.to_client.pop_front() {
            let some = self.rng.usize(..=bytes.len());
            self.client.handle_input(self.now, &bytes.slice(..some));
        }
        if let Some((_, bytes)) = self.to_server.pop_front() {
            let some = self.rng.usize(..=bytes.len());
            self.server.handle_input(self.now, id, &bytes.slice(..some));
        }
        self.to_client.clear();
        self.to_server.clear();
        let learns = self.now + Duration::from_millis(self.rng.u64(..60_000));
        self.gone.push((learns, id));
        self.settle();
        self.client.handle_disconnected(self.now);
        self.settle();
    }

    /// The clock jumps; what was due meanwhile is done at once.
    pub(crate) fn jump(&mut self, time: Duration) {
        self.now += time;
        self.settle();
        self.due();
        self.settle();
    }

    /// Sends a request, if it can be sent now.
    pub(crate) fn ask_for<'m>(&mut self, message: impl Into<Message<'m>>) -> Option<RequestId> {
        let id = self.client.request(self.now, &message.into()).ok()?;
        assert!(self.pending.insert(id));
        Some(id)
    }

    fn later(&mut self) -> Duration {
        let most = u64::try_from(self.delay.as_micros()).unwrap();
        self.now + Duration::from_micros(self.rng.u64(..=most))
    }

    /// Lets things happen until a time.
    pub(crate) fn run_until(&mut self, until: Duration) {
        let mut times = 0;
        loop {
            times += 1;
            assert!(times < 200_000, "does not get on at {:?}", self.now);
            self.settle();
            let next = [
                self.client.poll_timeout(),
                self.server.poll_timeout(),
                self.model.poll_timeout(),
                self.connects,
                self.to_client.front().map(|(at, _)| *at),
                self.to_server.front().map(|(at, _)| *at),
                self.gone.iter().map(|(at, _)| *at).min(),
            ];
            let next = next.into_iter().flatten().min();
            let Some(next) = next.filter(|next| *next <= until) else {
                self.now = until;
                return;
            };
            self.now = self.now.max(next);
            self.due();
            if !self.client.is_idle() {
                // Nothing waits without a deadline.
                let due = self.client.poll_timeout().expect("a deadline");
                assert!(due <= self.now + Duration::from_secs(60), "{due:?}");
            }
        }
    }

    pub(crate) fn run(&mut self, time: Duration) {
        self.run_until(self.now + time);
    }

    fn due(&mut self) {
        if self.connects.is_some_and(|at| at <= self.now) {
            self.connects = None;
            self.connection = Some(self.server.connected(self.now));
            self.client.handle_connected(self.now);
        }
        while self
            .to_server
            .front()
            .is_some_and(|(at, _)| *at <= self.now)
        {
            let (_, bytes) = self.to_server.pop_front().unwrap();
            if let Some(id) = self.connection {
                self.server.handle_input(self.now, id, &bytes);
            }
        }
        while self
            .to_client
            .front()
            .is_some_and(|(at, _)| *at <= self.now)
        {
            let (_, bytes) = self.to_client.pop_front().unwrap();
            self.client.handle_input(self.now, &bytes);
            self.settle();
        }
        let (learnt, gone) = std::mem::take(&mut self.gone)
            .into_iter()
            .partition(|(at, _)| *at <= self.now);
        self.gone = gone;
        let learnt: Vec<(Duration, ConnectionId)> = learnt;
        for (_, id) in learnt {
            self.server.handle_disconnected(self.now, id);
        }
        self.server.handle_timeout(self.now);
        self.client.handle_timeout(self.now);
        let changes = self.model.handle_timeout(self.now);
        self.note(changes);
    }

    /// Moves bytes and events until nothing moves any more at this time.
    pub(crate) fn settle(&mut self) {
        loop {
            let mut moved = false;
            while let Some(action) = self.client.poll_action() {
                moved = true;
                match action {
                    Action::Connect { .. } => self.connects = Some(self.later()),
                    Action::Disconnect => {
                        self.connects = None;
                        self.to_client.clear();
                        self.to_server.clear();
                        if let Some(id) = self.connection.take() {
                            self.server.handle_disconnected(self.now, id);
                        }
                    }
                }
            }
            while let Some(bytes) = self.client.poll_transmit() {
                moved = true;
                let last = self.to_server.back().map(|(at, _)| *at);
                let at = self.later().max(last.unwrap_or_default());
                self.to_server.push_back((at, bytes));
            }
            if let Some(id) = self.connection {
                while let Some(bytes) = self.server.poll_transmit(self.now, id) {
                    moved = true;
                    let last = self.to_client.back().map(|(at, _)| *at);
                    let at = self.later().max(last.unwrap_or_default());
                    // In pieces of any size.
                    let cut = self.rng.usize(..=bytes.len());
                    self.to_client.push_back((at, bytes.slice(..cut)));
                    self.to_client.push_back((at, bytes.slice(cut..)));
                }
                if self.server.is_ended(id) && self.to_client.is_empty() {
                    self.server.handle_disconnected(self.now, id);
                    self.connection = None;
                    self.client.handle_disconnected(self.now);
                    moved = true;
                }
            }
            for (_, id) in &self.gone {
                // Into the void.
                while self.server.poll_transmit(self.now, *id).is_some() {}
            }
            while let Some(event) = self.client.poll_event() {
                moved = true;
                self.event(event);
            }
            moved |= self.ask();
            if !moved {
                return;
            }
        }
    }

    /// Sends what the recovery wants to know. What was not sent is asked for later.
    fn ask(&mut self) -> bool {
        let mut moved = false;
        while let Some(ask) = self.model.poll_request() {
            let id = self.client.request(self.now, &ask.message()).unwrap();
            assert!(self.pending.insert(id));
            moved = true;
        }
        moved
    }

    /// Each request ends once, and events come in order and once.
    fn check(&mut self, event: &Event) {
        let (id, outcome) = match event {
            Event::Confirmed { id, .. } => (id, 0),
            Event::Refused { id, .. } => (id, 1),
            Event::Unanswered { id, .. } => (id, 2),
            Event::Opened { .. } => {
                self.heard = None;
                self.sessions += 1;
                return;
            }
            Event::Undecodable { error, .. } => panic!("{error}"),
            Event::Message(received) if received.message_type() == MessageType::SYSTEM_EVENT => {
                if let Ok(Message::SystemEvent(event)) = received.message()
                    && event.system_event_id == SystemEventID(77)
                {
                    let number = event.system_event_arg1;
                    let next = self.heard.map_or(number, |heard| heard + 1);
                    assert_eq!(number, next, "an event is missing or comes twice");
                    self.heard = Some(number);
                }
                return;
            }
            _ => return,
        };
        assert!(self.pending.remove(id), "{id:?} ends twice");
        self.ended[outcome] += 1;
    }

    fn event(&mut self, event: Event) {
        if self.talk {
            match &event {
                Event::Tap { sent, frame } => {
                    let way = if *sent { ">" } else { "<" };
                    println!("{:?} {way} {}", self.now, frame.message().unwrap());
                }
                Event::Message(_) => {}
                event => println!("{:?} {event:?}", self.now),
            }
        }
        self.check(&event);
        let changes = match &event {
            Event::Tap { sent, frame } => {
                let message = frame.message().unwrap();
                if *sent {
                    self.model.sent(self.now, &message)
                } else {
                    self.model.received(self.now, &message)
                }
            }
            Event::Lost { .. } | Event::Closed => self.model.disconnected(),
            Event::Configuration(
                ConfigurationEvent::Complete { .. } | ConfigurationEvent::Unavailable,
            ) => self.recover(),
            _ => Vec::new(),
        };
        if self.keep {
            self.events.push(event);
        }
        self.note(changes);
    }

    fn recover(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        let configuration = self.client.configuration();
        for agent in configuration.agents() {
            let login_id: Text<'_> = agent.login_id.unwrap_or_default();
            self.model
                .agents
                .learn(login_id, agent.extension, &mut changes);
        }
        let ports: Vec<TextBuf> = configuration
            .devices()
            .filter_map(|record| match record.device() {
                Device::CtiPort { cti_port_id, .. } => cti_port_id.map(TextBuf::from),
                _ => None,
            })
            .collect();
        let csqs: Vec<u32> = configuration.csqs().filter_map(|csq| csq.csq_id).collect();
        let ports = ports.iter().map(TextBuf::text);
        changes.extend(self.model.recover(self.now, ports, csqs));
        changes
    }

    fn note(&mut self, changes: Vec<Change>) {
        if !changes.is_empty() {
            self.mirror.apply(&changes);
            // Now and then, as there are many.
            self.noted += 1;
            if self.noted.is_multiple_of(16) {
                self.mirror.is_like(&self.model);
            }
        }
        if self.keep {
            self.changes.extend(changes);
        }
    }

    /// Sends a request and lets time go on until it is answered.
    pub(crate) fn request<'m>(&mut self, message: impl Into<Message<'m>>) -> Received {
        let id = self.ask_for(message).unwrap();
        self.keep = true;
        self.events.clear();
        for _ in 0..100 {
            self.run(Duration::from_millis(250));
            let answer = self.events.iter().find_map(|event| match event {
                Event::Confirmed { id: of, answer } | Event::Refused { id: of, answer }
                    if *of == id =>
                {
                    Some(answer.clone())
                }
                _ => None,
            });
            if let Some(answer) = answer {
                return answer;
            }
        }
        panic!("no answer: {:?}", self.events);
    }
}
