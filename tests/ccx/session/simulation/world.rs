//! The world of the simulation: a client and its user, two nodes, a network, a clock.

mod serving;

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use cti_codec::ccx::session::{
    Action, Client, ConfigurationEvent, Event, Next, OpenFailure, RequestError, RequestId, Server,
    ServerSettings, Settings, Unanswered,
};
use cti_codec::ccx::{FailureEvent, Message, MessageType, OpenReq, QueryAgentStateReq, StatusCode};

use super::super::secs;

/// When the faults end, and everything has to come right again.
const CALM: Duration = secs(240);
/// When it has to be right.
const END: Duration = secs(420);

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
    fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }
    fn millis(&mut self, limit: u64) -> Duration {
        Duration::from_millis(self.below(limit))
    }
}

/// One way of a connection: bytes arrive in order, each chunk at its time.
#[derive(Default)]
struct Way {
    chunks: VecDeque<(Duration, Bytes)>,
    last: Duration,
}

impl Way {
    fn push(&mut self, at: Duration, bytes: Bytes) {
        self.last = self.last.max(at);
        self.chunks.push_back((self.last, bytes));
    }
}

struct Connection {
    number: u64,
    node: usize,
    server: Server,
    to_server: Way,
    to_client: Way,
    /// How many bytes more get through before it breaks.
    left: u64,
    /// When each side learns that it is broken.
    client_learns: Option<Duration>,
    server_learns: Option<Duration>,
    /// The number of the next event.
    sequence: u32,
    answers: Vec<(Duration, Vec<u8>)>,
}

#[derive(Default)]
struct Node {
    up: bool,
    master: bool,
    refused: Option<Duration>,
}

pub(super) struct World {
    random: Random,
    now: Duration,
    client: Client,
    nodes: [Node; 2],
    connections: Vec<Connection>,
    /// The connection of the client, or the attempt.
    current: Option<u64>,
    connecting: Option<(Duration, bool, usize)>,
    numbers: u64,
    pending: HashMap<RequestId, Duration>,
    ended: HashMap<RequestId, ()>,
    generation: u64,
    open: bool,
    /// The number of the last event of the session.
    heard: Option<u32>,
    counts: [u64; 4],
    next_wish: Duration,
    next_fault: Duration,
    /// The configuration as the server has it: how many agents, and its key.
    agents: u64,
    key: u64,
    /// When the client was last given anything; the clock may have jumped since.
    handled: Duration,
    /// Whether the user fetches events only now and then.
    reads_slowly: bool,
    max_events: usize,
    window: usize,
    pub(super) talk: bool,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let mut settings = Settings::for_addresses(2);
        settings.seed = seed;
        settings.window = 1 + random.below(8) as usize;
        settings.max_events = 8 + random.below(200) as usize;
        settings.timings.heartbeat = secs(5 + random.below(25));
        let (window, max_events) = (settings.window, settings.max_events);
        let mut client = Client::new(settings, &OpenReq::bridge_mode()).unwrap();
        client.start(Duration::ZERO);
        Self {
            now: Duration::ZERO,
            client,
            nodes: [
                Node {
                    up: true,
                    master: random.one_in(2),
                    refused: None,
                },
                Node {
                    up: true,
                    master: true,
                    refused: None,
                },
            ],
            connections: Vec::new(),
            current: None,
            connecting: None,
            numbers: 0,
            pending: HashMap::new(),
            ended: HashMap::new(),
            generation: 0,
            open: false,
            heard: None,
            counts: [0; 4],
            next_wish: Duration::ZERO,
            next_fault: random.millis(20_000),
            agents: 3,
            key: 1,
            handled: Duration::ZERO,
            reads_slowly: random.one_in(4),
            max_events,
            window,
            talk: false,
            random,
        }
    }

    pub(super) fn sessions(&self) -> u64 {
        self.generation
    }

    /// Requests confirmed, refused, out of time, lost.
    pub(super) fn outcomes(&self) -> [u64; 4] {
        self.counts
    }

    fn calm(&self) -> bool {
        self.now >= CALM
    }

    pub(super) fn run(&mut self) {
        let mut steps = 0;
        while self.now < END {
            self.step();
            steps += 1;
            assert!(
                steps < 200_000,
                "the world does not get on at {:?}",
                self.now
            );
        }
        self.settle();
    }

    /// What has to be true at the end, and after the client is closed.
    fn settle(&mut self) {
        self.drain(true);
        assert!(self.client.is_online(), "no session at the end");
        assert!(self.client.configuration_is_settled());
        let configuration = self.client.configuration();
        let agents = configuration.agents().count() as u64;
        assert_eq!(agents, self.agents, "configuration");
        assert_eq!(configuration.keys().agents, Some(self.key.to_be_bytes()));
        let team = configuration.team(1).expect("the team");
        assert_eq!(team.name(), "Sales");
        self.client.close(self.now);
        let until = self.now + secs(10);
        while self.now < until {
            self.step();
        }
        self.drain(true);
        assert!(self.client.is_idle());
        assert!(self.pending.is_empty(), "requests without an end");
        assert_eq!(self.client.poll_timeout(), None);
    }

    /// Goes to the next moment at which something is due, and does it.
    fn step(&mut self) {
        let mut next = self.now + secs(5);
        let mut consider = |at: Option<Duration>| next = next.min(at.unwrap_or(next));
        consider(self.client.poll_timeout());
        consider(self.connecting.map(|(at, ..)| at));
        if !self.calm() {
            consider(Some(self.next_fault));
        }
        consider(Some(self.next_wish));
        for connection in &self.connections {
            consider(connection.server.poll_timeout());
            consider(connection.to_server.chunks.front().map(|chunk| chunk.0));
            consider(connection.to_client.chunks.front().map(|chunk| chunk.0));
            consider(connection.client_learns);
            consider(connection.server_learns);
            consider(connection.answers.iter().map(|answer| answer.0).min());
        }
        self.now = self.now.max(next);
        self.handled = self.now;
        self.client.handle_timeout(self.now);
        self.connect();
        self.network();
        self.serve();
        if !self.calm() && self.next_fault <= self.now {
            self.fault();
        }
        if self.next_wish <= self.now {
            self.wish();
        }
        if self.calm() {
            for node in &mut self.nodes {
                (node.up, node.master) = (true, true);
            }
            for connection in &mut self.connections {
                if connection.left > 0 {
                    connection.left = u64::MAX;
                }
            }
        }
        self.drive();
        // A user who fetches events only now and then.
        let lazy = self.reads_slowly && !self.random.one_in(10);
        self.drain(!lazy || self.calm());
        self.invariants();
    }

    /// Nothing waits without a deadline, and nothing grows.
    fn invariants(&mut self) {
        if !self.client.is_idle() {
            let due = self.client.poll_timeout().expect("a deadline");
            assert!(due <= self.now + secs(60), "waits until {due:?}");
        }
        assert!(self.client.outstanding() <= self.window);
        let (servers, client) = (&self.connections, &self.client);
        assert!(servers.len() < 200);
        let _ = client;
    }

    fn connect(&mut self) {
        let Some((at, works, node)) = self.connecting else {
            return;
        };
        if at > self.now {
            return;
        }
        self.connecting = None;
        if !works {
            self.client.handle_disconnected(self.now);
            return;
        }
        self.numbers += 1;
        self.current = Some(self.numbers);
        let left = if self.calm() || self.random.one_in(3) {
            u64::MAX
        } else {
            self.random.below(6000)
        };
        self.connections.push(Connection {
            number: self.numbers,
            node,
            server: Server::accept(ServerSettings::default(), self.now),
            to_server: Way::default(),
            to_client: Way::default(),
            left,
            client_learns: None,
            server_learns: None,
            sequence: 0,
            answers: Vec::new(),
        });
        self.client.handle_connected(self.now);
    }

    /// Moves bytes, and breaks connections.
    fn network(&mut self) {
        for index in 0..self.connections.len() {
            loop {
                let connection = &mut self.connections[index];
                let current = self.current == Some(connection.number);
                if connection.client_learns.is_some_and(|at| at <= self.now) {
                    connection.client_learns = None;
                    if current {
                        self.current = None;
                        self.client.handle_disconnected(self.now);
                    }
                }
                if connection.server_learns.is_some_and(|at| at <= self.now) {
                    connection.server_learns = None;
                    connection.server.handle_disconnected(self.now);
                }
                let due = |way: &Way| way.chunks.front().is_some_and(|chunk| chunk.0 <= self.now);
                let to_client =
                    due(&connection.to_client) && (!current || self.client.wants_input());
                let for_server = due(&connection.to_server);
                let way = if for_server {
                    &mut connection.to_server
                } else if to_client {
                    &mut connection.to_client
                } else {
                    break;
                };
                let (_, mut bytes) = way.chunks.pop_front().unwrap();
                let whole = bytes.len() as u64;
                if whole > connection.left {
                    bytes.truncate(connection.left as usize);
                    let (one, other) = (self.random.millis(3000), self.random.millis(60_000));
                    connection.client_learns = Some(self.now + one);
                    connection.server_learns = Some(self.now + other);
                    connection.to_client.chunks.clear();
                    connection.to_server.chunks.clear();
                }
                connection.left = connection.left.saturating_sub(whole);
                if !for_server {
                    if current {
                        self.client.handle_input(self.now, &bytes);
                    }
                } else {
                    connection.server.handle_input(self.now, &bytes);
                }
            }
        }
    }

    /// Cuts what is sent into pieces, and delays them.
    fn chop(&mut self, way: &mut Way, mut bytes: Bytes) {
        while !bytes.is_empty() {
            let length = if self.random.one_in(3) {
                1 + self.random.below(40) as usize
            } else {
                bytes.len()
            };
            let piece = bytes.split_to(length.min(bytes.len()));
            let delay = if !self.calm() && self.random.one_in(50) {
                self.random.millis(45_000)
            } else {
                self.random.millis(200)
            };
            way.push(self.now + delay, piece);
        }
    }

    fn fault(&mut self) {
        self.next_fault = self.now + self.random.millis(30_000);
        let node = self.random.below(2) as usize;
        match self.random.below(8) {
            // A node goes down, and all its connections break; or it comes back.
            0 => {
                self.nodes[node].up ^= true;
                let now = self.now;
                for connection in &mut self.connections {
                    if connection.node == node {
                        connection.client_learns.get_or_insert(now);
                        connection.server_learns.get_or_insert(now);
                    }
                }
            }
            1 => self.nodes[node].master ^= true,
            2 => self.administer(),
            // The clock jumps, or everything stood still.
            3 => self.now += self.random.millis(120_000),
            // The server throws everyone out.
            4 => {
                let status = StatusCode([4, 92, 96, 17][self.random.below(4) as usize]);
                let event = FailureEvent {
                    status,
                    ..Default::default()
                };
                for connection in &mut self.connections {
                    let _ = connection.server.send(&event.into());
                }
            }
            // It forgets what it was about to answer.
            5 => {
                for connection in &mut self.connections {
                    connection.answers.clear();
                }
            }
            6 => {
                for index in 0..self.connections.len() {
                    let mut connection = self.connections.swap_remove(index);
                    for _ in 0..self.random.below(300) {
                        self.event(&mut connection);
                    }
                    self.connections.push(connection);
                    let last = self.connections.len() - 1;
                    self.connections.swap(index, last);
                }
            }
            _ => {
                let now = self.now;
                if let Some(connection) = self.connections.last_mut() {
                    connection.client_learns.get_or_insert(now);
                }
            }
        }
    }

    /// The user asks for something.
    fn wish(&mut self) {
        self.next_wish = self.now + self.random.millis(4000);
        let query = QueryAgentStateReq {
            agent_id: Some("jdoe".into()),
            ..Default::default()
        };
        match self.client.request(self.now, &query.into()) {
            Ok(id) => {
                assert!(self.client.is_open());
                assert!(self.pending.insert(id, self.now).is_none());
                assert!(!self.ended.contains_key(&id));
                if self.random.one_in(20) {
                    self.client.cancel(id);
                    self.pending.remove(&id);
                    self.ended.insert(id, ());
                }
            }
            Err(RequestError::NotOpen) => assert!(!self.client.is_open()),
            Err(RequestError::WindowFull) => {
                assert_eq!(self.client.outstanding(), self.window);
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// What a driver does.
    fn drive(&mut self) {
        while let Some(action) = self.client.poll_action() {
            match action {
                Action::Connect { address } => {
                    assert!(self.connecting.is_none() && self.current.is_none());
                    if let Some(refused) = self.nodes[address].refused.take()
                        && !self.reads_slowly
                    {
                        let pause = self.now - refused;
                        assert!(pause >= secs(10), "asks again after {pause:?}");
                    }
                    let works = self.nodes[address].up;
                    let delay = if !self.calm() && self.random.one_in(20) {
                        secs(20)
                    } else {
                        self.random.millis(300)
                    };
                    self.connecting = Some((self.now + delay, works, address));
                }
                Action::Disconnect => {
                    self.connecting = None;
                    if let Some(current) = self.current.take() {
                        let delay = self.random.millis(2000);
                        for connection in &mut self.connections {
                            if connection.number == current {
                                connection.to_client.chunks.clear();
                                connection.server_learns = Some(self.now + delay);
                            }
                        }
                    }
                }
            }
        }
        while let Some(bytes) = self.client.poll_transmit() {
            let current = self.current.expect("bytes for a connection");
            let index = self
                .connections
                .iter()
                .position(|connection| connection.number == current);
            if let Some(index) = index {
                let mut way = std::mem::take(&mut self.connections[index].to_server);
                self.chop(&mut way, bytes);
                self.connections[index].to_server = way;
            }
        }
    }

    /// The user fetches events.
    fn drain(&mut self, all: bool) {
        let mut fetched = 0;
        while all || fetched < 3 {
            let Some(event) = self.client.poll_event() else {
                return;
            };
            fetched += 1;
            assert!(fetched < 100 * self.max_events.max(100));
            self.hear(event);
        }
    }

    fn end(&mut self, id: RequestId, outcome: usize) {
        assert!(self.pending.remove(&id).is_some(), "{id:?} ends twice");
        self.ended.insert(id, ());
        self.counts[outcome] += 1;
    }

    fn hear(&mut self, event: Event) {
        if self.talk {
            println!("{:?} {event:?}", self.now);
        }
        match event {
            Event::Opened { generation, .. } => {
                assert!(!self.open);
                assert_eq!(generation, self.generation + 1);
                self.generation = generation;
                self.open = true;
                self.heard = None;
            }
            Event::Lost {
                generation, next, ..
            } => {
                assert!(self.open);
                assert_eq!(generation, self.generation);
                assert!(matches!(next, Next::Connect { .. }));
                self.open = false;
            }
            Event::NotOpened { cause, address, .. } => {
                assert!(!self.open);
                if matches!(cause, OpenFailure::Refused { .. }) {
                    self.nodes[address].refused = Some(self.handled);
                }
                assert!(!matches!(cause, OpenFailure::NotTheProtocol));
            }
            Event::Closed => self.open = false,
            Event::Confirmed { id, answer } => {
                assert_eq!(answer.message_type(), MessageType::QUERY_AGENT_STATE_CONF);
                self.end(id, 0);
            }
            Event::Refused { id, .. } => self.end(id, 1),
            Event::Unanswered { id, why, .. } => {
                let lost = why == Unanswered::SessionLost;
                assert!(self.open);
                self.end(id, if lost { 3 } else { 2 });
            }
            Event::Late { id, .. } => assert!(self.ended.contains_key(&id)),
            Event::Message(received) => {
                if let Ok(Message::CallHeldEvent(event)) = received.message() {
                    assert!(self.open);
                    let next = self.heard.map_or(1, |heard| heard + 1);
                    assert_eq!(event.call_id, next, "an event is missing or comes twice");
                    self.heard = Some(event.call_id);
                }
            }
            Event::Stopped(cause) => panic!("{cause}"),
            Event::Undecodable { error, .. } => panic!("{error}"),
            Event::Configuration(ConfigurationEvent::TooLarge) => panic!("too large"),
            _ => {}
        }
    }
}
