//! Writes messages as a capture file for Wireshark.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::vec::Vec;

use etherparse::PacketBuilder;

use super::item::Side;
use super::time::Time;

/// The maximum number of stream bytes in one packet.
const SEGMENT: usize = 1460;

/// Writes messages as a TCP connection, in pcap format with nanoseconds.
///
/// Addresses are from the range reserved for documentation, unless you give others.
#[derive(Clone, Debug)]
pub struct Writer {
    out: Vec<u8>,
    ends: [SocketAddrV4; 2],
    next: [u32; 2],
    open: bool,
    time: i64,
}

impl Writer {
    /// Creates a capture of a session from `192.0.2.1:50001` to port 12028 of `192.0.2.2`.
    #[must_use]
    pub fn new() -> Self {
        Self::between(
            SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 50_001),
            SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 12_028),
        )
    }

    /// Creates a capture of a session between a client and a server.
    #[must_use]
    pub fn between(client: SocketAddrV4, server: SocketAddrV4) -> Self {
        let mut out = Vec::new();
        out.extend_from_slice(&0xa1b2_3c4d_u32.to_le_bytes());
        out.extend_from_slice(&2_u16.to_le_bytes());
        out.extend_from_slice(&4_u16.to_le_bytes());
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(&262_144_u32.to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
        Self {
            out,
            ends: [client, server],
            next: [1_000, 5_000],
            open: false,
            time: 0,
        }
    }

    /// Appends a message, or any other bytes that one end sent. Without a time it gets that of the
    /// message before it.
    pub fn message(&mut self, time: Option<Time>, from: Side, bytes: &[u8]) {
        if let Some(time) = time {
            self.time = time.nanoseconds;
        }
        self.open();
        for chunk in bytes.chunks(SEGMENT) {
            self.packet(from, chunk, Flags::Data);
        }
    }

    /// Returns the bytes written since the last call, for a stream.
    pub fn take(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.out)
    }

    /// Ends the connection, and returns the rest of the file.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        if self.open {
            self.packet(Side::Client, &[], Flags::Fin);
            self.packet(Side::Server, &[], Flags::Fin);
            self.packet(Side::Client, &[], Flags::Data);
        }
        self.out
    }

    fn open(&mut self) {
        if self.open {
            return;
        }
        self.open = true;
        self.packet(Side::Client, &[], Flags::Syn);
        self.packet(Side::Server, &[], Flags::SynAck);
        self.packet(Side::Client, &[], Flags::Data);
    }

    fn packet(&mut self, from: Side, data: &[u8], flags: Flags) {
        let [client, server] = self.ends;
        let [client_next, server_next] = self.next;
        let (source, destination, seq, ack) = match from {
            Side::Client => (client, server, client_next, server_next),
            Side::Server => (server, client, server_next, client_next),
        };
        let mac = |end: &SocketAddrV4| {
            let [a, b, c, d] = end.ip().octets();
            [2, 0, a, b, c, d]
        };
        let builder = PacketBuilder::ethernet2(mac(&source), mac(&destination))
            .ipv4(source.ip().octets(), destination.ip().octets(), 64)
            .tcp(source.port(), destination.port(), seq, 65_535);
        let builder = match flags {
            Flags::Syn => builder.syn(),
            Flags::SynAck => builder.syn().ack(ack),
            Flags::Fin => builder.fin().ack(ack),
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
        let taken = match flags {
            Flags::Data => taken,
            // SYN and FIN take one sequence number.
            Flags::Syn | Flags::SynAck | Flags::Fin => taken.saturating_add(1),
        };
        let [client_next, server_next] = &mut self.next;
        let next = match from {
            Side::Client => client_next,
            Side::Server => server_next,
        };
        *next = next.wrapping_add(taken);
    }
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
}
