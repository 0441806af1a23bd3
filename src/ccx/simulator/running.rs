//! A simulated server behind a socket.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::string::ToString;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::vec::Vec;

use bytes::Bytes;

use super::{ConnectionId, Simulator};

/// The most bytes that wait for a client that does not read; then its connection is dropped.
const MAX_WAITING: usize = 8 << 20;

/// A simulated server that listens at an address, in threads of its own, until it is dropped.
///
/// ```
/// use std::net::TcpStream;
/// use cti_codec::ccx::simulator::{Plan, Running, Simulator};
///
/// let server = Running::start("127.0.0.1:0", Simulator::new(Plan::quiet()))?;
/// let client = TcpStream::connect(server.address())?;
/// // What the server believes, at any time.
/// assert_eq!(server.with(|simulator, _now| simulator.centre().calls().count()), 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    shared: Arc<Shared>,
    inputs: Sender<Input>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    simulator: Mutex<Simulator>,
    start: Instant,
    stopped: AtomicBool,
}

impl Shared {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Simulator) -> T) -> T {
        // A thread that panicked leaves a simulator that goes on all the same.
        let mut simulator = self
            .simulator
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        act(&mut simulator)
    }
}

enum Input {
    Connected(TcpStream),
    Read(ConnectionId, Bytes),
    Gone(ConnectionId),
    Wake,
}

impl Running {
    /// Listens at an address; port 0 takes a free one.
    ///
    /// # Errors
    /// Fails if the address is invalid, or in use.
    pub fn start(address: impl ToSocketAddrs, simulator: Simulator) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            simulator: Mutex::new(simulator),
            start: Instant::now(),
            stopped: AtomicBool::new(false),
        });
        let (inputs, received) = mpsc::channel();
        let accepts = spawn("simulator-accept", {
            let (shared, inputs) = (Arc::clone(&shared), inputs.clone());
            move || accept(&listener, &shared, &inputs)
        })?;
        let works = spawn("simulator", {
            let (shared, inputs) = (Arc::clone(&shared), inputs.clone());
            move || work(&shared, &received, &inputs)
        })?;
        Ok(Self {
            address,
            shared,
            inputs,
            threads: Vec::from([accepts, works]),
        })
    }

    /// Returns the address on which it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Does something with the simulator, which waits meanwhile; the time is that of its clock.
    pub fn with<T>(&self, act: impl FnOnce(&mut Simulator, Duration) -> T) -> T {
        let now = self.shared.now();
        let done = self.shared.with(|simulator| act(simulator, now));
        let _ = self.inputs.send(Input::Wake);
        done
    }

    /// Stops listening, drops all connections and gives the simulator back: another start takes up
    /// where it was.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn stop(mut self) -> Simulator {
        self.halt();
        let plan = super::Plan::quiet();
        let mut simulator = Simulator::new(plan);
        self.shared
            .with(|running| core::mem::swap(running, &mut simulator));
        simulator
    }

    fn halt(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        let _ = self.inputs.send(Input::Wake);
        // Wakes the thread that accepts.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.halt();
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_string()).spawn(run)
}

fn accept(listener: &TcpListener, shared: &Shared, inputs: &Sender<Input>) {
    for stream in listener.incoming() {
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        if let Ok(stream) = stream
            && inputs.send(Input::Connected(stream)).is_err()
        {
            return;
        }
    }
}

struct Connection {
    stream: TcpStream,
    writes: Sender<Bytes>,
    waiting: Arc<AtomicUsize>,
}

fn work(shared: &Shared, received: &Receiver<Input>, inputs: &Sender<Input>) {
    let mut connections: BTreeMap<ConnectionId, Connection> = BTreeMap::new();
    loop {
        let due = shared.with(|simulator| simulator.poll_timeout());
        let wait = due.map_or(Duration::from_secs(1), |due| {
            due.saturating_sub(shared.now())
        });
        let input = received.recv_timeout(wait.min(Duration::from_secs(1)));
        if shared.stopped.load(Ordering::SeqCst)
            || matches!(input, Err(RecvTimeoutError::Disconnected))
        {
            for connection in connections.values() {
                let _ = connection.stream.shutdown(Shutdown::Both);
            }
            shared.with(|simulator| {
                for id in connections.keys() {
                    simulator.handle_disconnected(shared.now(), *id);
                }
            });
            return;
        }
        let now = shared.now();
        shared.with(|simulator| {
            let mut input = input.ok();
            while let Some(next) = input.take() {
                match next {
                    Input::Connected(stream) => {
                        let id = simulator.connected(now);
                        match connect(stream, id, inputs) {
                            Ok(connection) => {
                                connections.insert(id, connection);
                            }
                            Err(_) => simulator.handle_disconnected(now, id),
                        }
                    }
                    Input::Read(id, bytes) => simulator.handle_input(now, id, &bytes),
                    Input::Gone(id) => {
                        connections.remove(&id);
                        simulator.handle_disconnected(now, id);
                    }
                    Input::Wake => {}
                }
                input = received.try_recv().ok();
            }
            simulator.handle_timeout(now);
            connections.retain(|id, connection| {
                while let Some(bytes) = simulator.poll_transmit(now, *id) {
                    connection.waiting.fetch_add(bytes.len(), Ordering::SeqCst);
                    let _ = connection.writes.send(bytes);
                }
                let waiting = connection.waiting.load(Ordering::SeqCst);
                let ended = simulator.is_ended(*id);
                if ended || waiting > MAX_WAITING {
                    simulator.handle_disconnected(now, *id);
                    // The queue is written first; the writer then shuts the connection down.
                    if waiting > MAX_WAITING {
                        let _ = connection.stream.shutdown(Shutdown::Both);
                    }
                    return false;
                }
                true
            });
        });
    }
}

fn connect(stream: TcpStream, id: ConnectionId, inputs: &Sender<Input>) -> io::Result<Connection> {
    stream.set_nodelay(true)?;
    let (writes, queued) = mpsc::channel::<Bytes>();
    let waiting = Arc::new(AtomicUsize::new(0));
    let mut reads = stream.try_clone()?;
    let inputs = inputs.clone();
    spawn("simulator-read", move || {
        let mut buffer = [0; 16_384];
        while let Ok(count @ 1..) = reads.read(&mut buffer) {
            let bytes = Bytes::copy_from_slice(buffer.get(..count).unwrap_or_default());
            if inputs.send(Input::Read(id, bytes)).is_err() {
                return;
            }
        }
        let _ = inputs.send(Input::Gone(id));
    })?;
    let mut out = stream.try_clone()?;
    let written = Arc::clone(&waiting);
    spawn("simulator-write", move || {
        for bytes in queued {
            written.fetch_sub(bytes.len(), Ordering::SeqCst);
            if out.write_all(&bytes).is_err() {
                break;
            }
        }
        let _ = out.shutdown(Shutdown::Both);
    })?;
    Ok(Connection {
        stream,
        writes,
        waiting,
    })
}
