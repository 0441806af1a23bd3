//! Many clients over real sockets, a server that is killed again and again: nothing is lost that the
//! protocol does not lose, and memory stays flat.
//!
//! `.ci/long load` runs it for a minute: 50 clients, 1,000 events a second to each, ten kills. On each
//! run of the tests it is smaller, and depends on no time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cti_codec::ccx::client::{Options, SlowReader, start};
use cti_codec::ccx::session::Event;
use cti_codec::ccx::simulator::{Plan, Running, Simulator};
use cti_codec::ccx::{
    CcxStatus, DeviceType, Message, OpenReq, QueryAgentStateReq, SystemEvent, SystemEventID,
};

/// How much of it.
struct Load {
    clients: usize,
    kills: u32,
    /// Events between two kills.
    events: u32,
    /// How many of them a second; as fast as they go if `None`.
    rate: Option<u32>,
}

/// What became of it.
#[derive(Default)]
struct Seen {
    /// The number of the last event that each client has heard.
    heard: Vec<AtomicU32>,
    /// The session that each client is in.
    session: Vec<AtomicU32>,
    events: AtomicU64,
    confirmed: AtomicU64,
    failed: AtomicU64,
}

impl Seen {
    fn ended(&self) -> u64 {
        self.confirmed.load(Ordering::SeqCst) + self.failed.load(Ordering::SeqCst)
    }
}

/// What the process takes, in KiB, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

async fn client(number: usize, address: String, kills: u32, seen: Arc<Seen>) {
    let mut options = Options::to([address]);
    options.slow_reader = SlowReader::Waits;
    options.settings.timings.pause_after_loss = Duration::from_millis(20);
    options.settings.timings.max_pause = Duration::from_millis(50);
    options.settings.seed = number as u64;
    let (client, mut events) = start(options, &OpenReq::bridge_mode()).unwrap();
    let mut requests = tokio::task::JoinSet::new();
    let mut last = None;
    loop {
        match events.next().await.expect("more events") {
            Event::Opened { generation, .. } => {
                last = None;
                let session = u32::try_from(generation).unwrap();
                seen.session[number].store(session, Ordering::SeqCst);
            }
            Event::Lost { generation, .. } if generation > u64::from(kills) => break,
            Event::Message(received) => {
                let Ok(Message::SystemEvent(event)) = received.message() else {
                    continue;
                };
                let count = event.system_event_arg1;
                let next = last.map_or(count, |last: u32| last + 1);
                assert_eq!(
                    count, next,
                    "client {number} misses an event, or has it twice"
                );
                last = Some(count);
                seen.heard[number].store(count, Ordering::SeqCst);
                seen.events.fetch_add(1, Ordering::SeqCst);
                if count.is_multiple_of(500) {
                    // In a task of its own: who waits for an answer and fetches no events meanwhile
                    // would keep the session from reading.
                    let (client, seen) = (client.clone(), Arc::clone(&seen));
                    // Those that have ended would take memory until they are fetched.
                    while let Some(ended) = requests.try_join_next() {
                        ended.unwrap();
                    }
                    requests.spawn(async move {
                        let query = QueryAgentStateReq {
                            agent_id: Some("agt2005".into()),
                            ..Default::default()
                        };
                        let ended = match client.request(&query).await {
                            Ok(_) => &seen.confirmed,
                            Err(_) => &seen.failed,
                        };
                        ended.fetch_add(1, Ordering::SeqCst);
                    });
                }
            }
            Event::Undecodable { error, .. } => panic!("{error}"),
            Event::Missed { events } => panic!("{events} events missed"),
            Event::Stray(received) => panic!("{received:?}"),
            _ => {}
        }
    }
    while let Some(request) = requests.join_next().await {
        request.unwrap();
    }
}

async fn until(is: impl Fn() -> bool) {
    while !is() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// Puts the load on, and tells what was seen and how memory went.
async fn run(load: &Load) -> (Arc<Seen>, Vec<u64>) {
    let seen = Arc::new(Seen {
        heard: (0..load.clients).map(|_| AtomicU32::new(0)).collect(),
        session: (0..load.clients).map(|_| AtomicU32::new(0)).collect(),
        ..Seen::default()
    });
    let mut server = Running::start("127.0.0.1:0", Simulator::new(Plan::quiet())).unwrap();
    let address = server.address().to_string();
    let mut clients = tokio::task::JoinSet::new();
    for number in 0..load.clients {
        clients.spawn(client(
            number,
            address.clone(),
            load.kills,
            Arc::clone(&seen),
        ));
    }
    let mut sent = 0;
    let mut memory_at = Vec::new();
    for session in 1..=load.kills + 1 {
        let all = |numbers: &[AtomicU32], wanted| {
            numbers
                .iter()
                .all(|number| number.load(Ordering::SeqCst) == wanted)
        };
        until(|| all(&seen.session, session)).await;
        let begin = Instant::now();
        for count in 1..=load.events {
            sent += 1;
            let event = SystemEvent {
                ccx_status: CcxStatus::IN_SERVICE,
                system_event_id: SystemEventID(77),
                system_event_arg1: sent,
                event_device_type: DeviceType::NONE,
                ..SystemEvent::default()
            };
            server.with(|simulator, now| simulator.tell(now, &event.into()));
            if let Some(rate) = load.rate {
                let due = begin + Duration::from_secs(1) * count / rate;
                tokio::time::sleep_until(due.into()).await;
            } else if count.is_multiple_of(100) {
                // Not more than clients take.
                until(|| all(&seen.heard, sent)).await;
            }
        }
        until(|| all(&seen.heard, sent)).await;
        if load.rate.is_none() {
            // However long the answers take: only the long test kills while some are under way.
            let asked = u64::from(sent) * load.clients as u64 / 500;
            until(|| seen.ended() == asked).await;
        }
        memory_at.extend(memory());
        let simulator = server.stop();
        // Somebody else could take the port meanwhile: then it is tried again.
        server = Running::start(&address, simulator).unwrap();
    }
    while let Some(client) = clients.join_next().await {
        client.unwrap();
    }
    (seen, memory_at)
}

fn check(load: &Load, seen: &Seen) {
    let all = u64::from(load.events) * u64::from(load.kills + 1) * load.clients as u64;
    assert_eq!(seen.events.load(Ordering::SeqCst), all);
    let requests = all / 500;
    let confirmed = seen.confirmed.load(Ordering::SeqCst);
    assert_eq!(seen.ended(), requests);
    // Each was asked while the session was open.
    let expected = if load.rate.is_none() {
        requests
    } else {
        requests / 2
    };
    assert!(confirmed >= expected, "{confirmed} of {requests}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_that_the_protocol_does_not_lose() {
    let load = Load {
        clients: 8,
        kills: 2,
        events: 500,
        rate: None,
    };
    let (seen, _) = run(&load).await;
    check(&load, &seen);
}

#[ignore = "takes a minute: .ci/long load"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_clients_for_a_minute() {
    let load = Load {
        clients: 50,
        kills: 10,
        events: 5_500,
        rate: Some(1_000),
    };
    let begin = Instant::now();
    let (seen, memory) = run(&load).await;
    check(&load, &seen);
    let confirmed = seen.confirmed.load(Ordering::SeqCst);
    println!(
        "{} clients, {} events each of {} a second, {} kills in {:?}: {} events received, none lost; \
         {confirmed} requests confirmed, {} ended with a lost session; memory {memory:?} KiB",
        load.clients,
        load.events * (load.kills + 1),
        load.rate.unwrap_or_default(),
        load.kills,
        begin.elapsed(),
        seen.events.load(Ordering::SeqCst),
        seen.failed.load(Ordering::SeqCst),
    );
    // Once all has been used that threads and allocator keep, it stays.
    let (middle, last) = (memory[memory.len() / 2], memory[memory.len() - 1]);
    assert!(last < middle + middle / 4, "memory grows: {memory:?}");
}
