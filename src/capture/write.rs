//! Writes messages as a capture file for Wireshark.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::vec::Vec;

use etherparse::PacketBuilder;

use super::item::{Closed, Session, Side};
use super::time::Time;

/// The maximum number of stream bytes in one packet.
const SEGMENT: usize = 1460;

/// Writes messages as TCP connections, in pcap format with nanoseconds.
///
/// Until you name a [`session`](Self::session), all messages belong to one from `192.0.2.1:50001` to
/// port 12028 of `192.0.2.2`, which are addresses reserved for documentation.
#[derive(Clone, Debug)]
pub struct Writer {
    out: Vec<u8>,
    session: Session,
    lines: HashMap<u32, Line>,
    time: i64,
}

/// A connection that has begun.
#[derive(Clone, Copy, Debug)]
struct Line {
    ends: [SocketAddr; 2],
    next: [u32; 2],
}

impl Writer {
    /// Creates an empty capture.
    #[must_use]
    pub fn new() -> Self {
        let mut out = Vec::new();
        out.extend_from_slice(&0xa1b2_3c4d_u32.to_le_bytes());
        out.extend_from_slice(&2_u16.to_le_bytes());
        out.extend_from_slice(&4_u16.to_le_bytes());
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(&262_144_u32.to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
        Self {
            out,
            session: Session {
                number: 1,
                client: SocketAddr::from((Ipv4Addr::new(192, 0, 2, 1), 50_001)),
                server: SocketAddr::from((Ipv4Addr::new(192, 0, 2, 2), 12_028)),
                from_start: true,
            },
            lines: HashMap::new(),
            time: 0,
        }
    }

    /// Selects the session of the messages that follow, by its number. A new session with
    /// [`from_start`](Session::from_start) begins with a handshake.
    pub fn session(&mut self, session: &Session) {
        self.session.clone_from(session);
    }

    /// Appends a message, or any other bytes that one end sent. Without a time it gets that of the
    /// message before it.
    pub fn message(&mut self, time: Option<Time>, from: Side, bytes: &[u8]) {
        self.set_time(time);
        let mut line = self.line();
        for chunk in bytes.chunks(SEGMENT) {
            self.packet(&mut line, from, chunk, Flags::Data);
        }
        self.lines.insert(self.session.number, line);
    }

    /// Omits bytes that one end sent, as in a capture that lost them; the other end acknowledges them.
    pub fn missing(&mut self, time: Option<Time>, from: Side, bytes: u64) {
        self.set_time(time);
        let mut line = self.line();
        // Sequence numbers go round at 32 bits.
        let bytes = u32::try_from(bytes & u64::from(u32::MAX)).unwrap_or(0);
        line.skip(from, bytes);
        self.packet(&mut line, from.other(), &[], Flags::Data);
        self.lines.insert(self.session.number, line);
    }

    /// Ends the session's connection as it is seen on the wire: with FIN or RST, or refused.
    pub fn close(&mut self, time: Option<Time>, closed: Closed) {
        self.set_time(time);
        let known = self.lines.remove(&self.session.number);
        match (closed, known) {
            (Closed::Finished, Some(mut line)) => self.finish_line(&mut line),
            (Closed::Reset(side), Some(mut line)) => {
                let side = side.unwrap_or(Side::Server);
                self.packet(&mut line, side, &[], Flags::Rst);
            }
            (Closed::Refused, None) => {
                let mut line = Line::new(&self.session);
                self.packet(&mut line, Side::Client, &[], Flags::Syn);
                self.packet(&mut line, Side::Server, &[], Flags::Rst);
            }
            _ => {}
        }
    }

    /// Returns the bytes written since the last call, for a stream.
    pub fn take(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.out)
    }

    /// Ends all connections, and returns the rest of the file.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let mut lines: Vec<_> = core::mem::take(&mut self.lines).into_iter().collect();
        lines.sort_unstable_by_key(|(number, _)| *number);
        for (_, mut line) in lines {
            self.finish_line(&mut line);
        }
        self.out
    }

    fn finish_line(&mut self, line: &mut Line) {
        self.packet(line, Side::Client, &[], Flags::Fin);
        self.packet(line, Side::Server, &[], Flags::Fin);
        self.packet(line, Side::Client, &[], Flags::Data);
    }

    fn set_time(&mut self, time: Option<Time>) {
        if let Some(time) = time {
            self.time = time.nanoseconds;
        }
    }

    /// Returns the connection of the session, and begins it if it is new.
    fn line(&mut self) -> Line {
        let ends = [self.session.client, self.session.server];
        match self.lines.get(&self.session.number) {
            Some(line) if line.ends == ends => *line,
            _ => {
                let mut line = Line::new(&self.session);
                if self.session.from_start {
                    self.packet(&mut line, Side::Client, &[], Flags::Syn);
                    self.packet(&mut line, Side::Server, &[], Flags::SynAck);
                    self.packet(&mut line, Side::Client, &[], Flags::Data);
                }
                line
            }
        }
    }

    fn packet(&mut self, line: &mut Line, from: Side, data: &[u8], flags: Flags) {
        let [client, server] = line.ends;
        let [client_next, server_next] = line.next;
        let (source, destination, seq, ack) = match from {
            Side::Client => (client, server, client_next, server_next),
            Side::Server => (server, client, server_next, client_next),
        };
        let builder = PacketBuilder::ethernet2(mac(source), mac(destination));
        let builder = match (source.ip(), destination.ip()) {
            (IpAddr::V4(source), IpAddr::V4(destination)) => {
                builder.ipv4(source.octets(), destination.octets(), 64)
            }
            (source, destination) => builder.ipv6(six(source), six(destination), 64),
        };
        let builder = builder.tcp(source.port(), destination.port(), seq, 65_535);
        let builder = match flags {
            Flags::Syn => builder.syn(),
            Flags::SynAck => builder.syn().ack(ack),
            Flags::Fin => builder.fin().ack(ack),
            Flags::Rst => builder.rst().ack(ack),
            Flags::Data if data.is_empty() => builder.ack(ack),
            Flags::Data => builder.psh().ack(ack),
        };
        let size = builder.size(data.len());
        // A segment is far below the length that a packet can have.
        let Ok(length) = u32::try_from(size) else {
            return;
        };
        let seconds = u32::try_from(self.time.div_euclid(1_000_000_000)).unwrap_or(0);
        let nanoseconds = u32::try_from(self.time.rem_euclid(1_000_000_000)).unwrap_or(0);
        for number in [seconds, nanoseconds, length, length] {
            self.out.extend_from_slice(&number.to_le_bytes());
        }
        // Writing to a vector does not fail.
        let _ = builder.write(&mut self.out, data);
        let taken = u32::try_from(data.len()).unwrap_or(0);
        line.skip(
            from,
            match flags {
                Flags::Data | Flags::Rst => taken,
                // SYN and FIN take one sequence number.
                Flags::Syn | Flags::SynAck | Flags::Fin => taken.saturating_add(1),
            },
        );
    }
}

impl Line {
    fn new(session: &Session) -> Self {
        // A pair of ports that is used again begins elsewhere.
        let start = session.number.wrapping_sub(1).wrapping_mul(100_003);
        Self {
            ends: [session.client, session.server],
            next: [start.wrapping_add(1_000), start.wrapping_add(5_000)],
        }
    }

    fn skip(&mut self, from: Side, bytes: u32) {
        let [client, server] = &mut self.next;
        let next = match from {
            Side::Client => client,
            Side::Server => server,
        };
        *next = next.wrapping_add(bytes);
    }
}

/// Returns a locally administered MAC address that follows from the IP address.
fn mac(end: SocketAddr) -> [u8; 6] {
    let [a, b, c, d] = match end.ip() {
        IpAddr::V4(address) => address.octets(),
        IpAddr::V6(address) => {
            let [.., a, b, c, d] = address.octets();
            [a, b, c, d]
        }
    };
    [2, 0, a, b, c, d]
}

fn six(address: IpAddr) -> [u8; 16] {
    let address: Ipv6Addr = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    address.octets()
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flags {
    Syn,
    SynAck,
    Data,
    Fin,
    Rst,
}
