//! Extracts the TCP segment from a packet: link layer, VLANs, tunnels, IP and its fragments.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::vec::Vec;

use etherparse::defrag::IpDefragBuf;
use etherparse::{
    EtherType, IpFragOffset, IpNumber, LaxNetSlice, LaxSlicedPacket, TcpSlice, TransportSlice,
    UdpSlice,
};

use super::file::{LinkType, Packet};

/// A segment of a TCP connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    pub(super) source: SocketAddr,
    pub(super) destination: SocketAddr,
    pub(super) seq: u32,
    pub(super) ack: Option<u32>,
    pub(super) syn: bool,
    pub(super) fin: bool,
    pub(super) rst: bool,
    pub(super) data: &'a [u8],
    /// Bytes after `data` that the capture cut off.
    pub(super) cut: usize,
}

/// The maximum nesting of tunnels.
const MAX_DEPTH: usize = 4;
/// The maximum number of fragmented packets reassembled at the same time.
const MAX_FRAGMENTED: usize = 64;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct FragmentKey {
    source: IpAddr,
    destination: IpAddr,
    identification: u32,
    protocol: u8,
}

/// Reads packets. Keeps the fragments of incomplete IP packets.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    fragments: HashMap<FragmentKey, (u64, IpDefragBuf)>,
}

/// Returns whether the link type is supported.
pub(super) fn reads(link: LinkType) -> bool {
    matches!(
        link,
        LinkType::ETHERNET
            | LinkType::LINUX_SLL
            | LinkType::LINUX_SLL2
            | LinkType::NULL
            | LinkType::LOOP
            | LinkType::RAW
            | LinkType::IPV4
            | LinkType::IPV6
            | PPP
            | PPP_HDLC
            | LinkType(12 | 14)
    )
}

impl Layers {
    /// Passes each TCP segment that the packet completes to `show`.
    pub(super) fn segments(&mut self, packet: &Packet<'_>, show: &mut dyn FnMut(Segment<'_>)) {
        let data = packet.data;
        let lost = packet.length.saturating_sub(data.len());
        let mut context = Context {
            number: packet.number,
            lost,
            depth: 0,
        };
        match packet.link {
            LinkType::ETHERNET => self.ethernet(data, &mut context, show),
            LinkType::LINUX_SLL => {
                if let (Some(kind), Some(rest)) = (two(data, 14), data.get(16..)) {
                    self.by_ether_type(EtherType(kind), rest, &mut context, show);
                }
            }
            LinkType::LINUX_SLL2 => {
                if let (Some(kind), Some(rest)) = (two(data, 0), data.get(20..)) {
                    self.by_ether_type(EtherType(kind), rest, &mut context, show);
                }
            }
            LinkType::NULL | LinkType::LOOP => {
                self.ip(data.get(4..).unwrap_or_default(), &mut context, show);
            }
            PPP | PPP_HDLC => self.ppp(data, &mut context, show),
            _ if reads(packet.link) => self.ip(data, &mut context, show),
            _ => {}
        }
    }

    fn ethernet(&mut self, data: &[u8], context: &mut Context, show: &mut dyn FnMut(Segment<'_>)) {
        if let Ok(sliced) = LaxSlicedPacket::from_ethernet(data) {
            self.sliced(&sliced, context, show);
        }
    }

    fn by_ether_type(
        &mut self,
        kind: EtherType,
        data: &[u8],
        context: &mut Context,
        show: &mut dyn FnMut(Segment<'_>),
    ) {
        let sliced = LaxSlicedPacket::from_ether_type(kind, data);
        self.sliced(&sliced, context, show);
    }

    fn ip(&mut self, data: &[u8], context: &mut Context, show: &mut dyn FnMut(Segment<'_>)) {
        if let Ok(sliced) = LaxSlicedPacket::from_ip(data) {
            self.sliced(&sliced, context, show);
        }
    }

    fn sliced(
        &mut self,
        sliced: &LaxSlicedPacket<'_>,
        context: &mut Context,
        show: &mut dyn FnMut(Segment<'_>),
    ) {
        let (source, destination, payload, announced, fragment) = match &sliced.net {
            Some(LaxNetSlice::Ipv4(ipv4)) => {
                let header = ipv4.header();
                let announced = usize::from(header.total_len())
                    .saturating_sub(header.slice().len())
                    .saturating_sub(ipv4.extensions().auth.map_or(0, |auth| auth.slice().len()));
                let fragment = header.is_fragmenting_payload().then(|| {
                    (
                        u32::from(header.identification()),
                        header.fragments_offset(),
                        header.more_fragments(),
                    )
                });
                (
                    IpAddr::from(header.source_addr()),
                    IpAddr::from(header.destination_addr()),
                    ipv4.payload(),
                    announced,
                    fragment,
                )
            }
            Some(LaxNetSlice::Ipv6(ipv6)) => {
                let header = ipv6.header();
                let announced = usize::from(header.payload_length())
                    .saturating_sub(ipv6.extensions().slice().len());
                let fragment =
                    ipv6_fragment(ipv6.extensions().first_header(), ipv6.extensions().slice());
                (
                    IpAddr::from(header.source_addr()),
                    IpAddr::from(header.destination_addr()),
                    ipv6.payload(),
                    announced,
                    fragment,
                )
            }
            _ => {
                if let Some(payload) = sliced.ether_payload() {
                    self.other(payload.ether_type.0, payload.payload, context, show);
                }
                return;
            }
        };
        let inner = Inner {
            source,
            destination,
            protocol: payload.ip_number,
        };
        if let Some((identification, offset, more)) = fragment {
            self.fragment(
                &inner,
                (identification, offset, more),
                payload.payload,
                context,
                show,
            );
            return;
        }
        // Bytes that the capture cut off, not those that a network card still has to fill in.
        let cut = match (context.lost, payload.incomplete, announced) {
            (0, _, _) => 0,
            // Offloading leaves the length 0 if the packet is too large for the field.
            (lost, _, 0) => lost,
            (_, true, announced) => announced.saturating_sub(payload.payload.len()),
            _ => 0,
        };
        let (inner, payload) = match past_extensions(inner.protocol, payload.payload) {
            Some((protocol, rest)) => (Inner { protocol, ..inner }, rest),
            None => (inner, payload.payload),
        };
        match &sliced.transport {
            None if inner.protocol == IpNumber::TCP => {
                if let Ok(tcp) = TcpSlice::from_slice(payload) {
                    show(segment(&inner, &tcp, cut));
                }
            }
            Some(TransportSlice::Tcp(tcp)) => show(segment(&inner, tcp, cut)),
            Some(TransportSlice::Udp(udp)) => self.udp(udp, context, show),
            _ => self.tunnel(&inner, payload, context, show),
        }
    }

    /// Reads the layers between Ethernet and IP: MPLS, PPP, and the older form with LLC and SNAP.
    fn other(
        &mut self,
        kind: u16,
        data: &[u8],
        context: &mut Context,
        show: &mut dyn FnMut(Segment<'_>),
    ) {
        if !context.deeper() {
            return;
        }
        match kind {
            0x8847 | 0x8848 => {
                let mut labels = data.chunks_exact(4);
                // The last label has a bit of its own.
                let last = labels.position(|label| label.get(2).is_some_and(|bits| bits & 1 != 0));
                let rest = last
                    .and_then(|last| last.checked_add(1)?.checked_mul(4))
                    .and_then(|end| data.get(end..))
                    .unwrap_or_default();
                match rest.first().map(|first| first >> 4) {
                    Some(4 | 6) => self.ip(rest, context, show),
                    // Ethernet behind a control word.
                    Some(0) => self.ethernet(rest.get(4..).unwrap_or_default(), context, show),
                    _ => {}
                }
            }
            0x8864 => self.ppp(data.get(6..).unwrap_or_default(), context, show),
            // A length, and not a type.
            0..=1500 => {
                if let [0xaa, 0xaa, 3, _, _, _, high, low, rest @ ..] = data {
                    let kind = u16::from_be_bytes([*high, *low]);
                    self.by_ether_type(EtherType(kind), rest, context, show);
                }
            }
            _ => {}
        }
    }

    fn ppp(&mut self, data: &[u8], context: &mut Context, show: &mut dyn FnMut(Segment<'_>)) {
        let data = data.strip_prefix(&[0xff, 3]).unwrap_or(data);
        // The first byte of the protocol may be left out where it is 0.
        if let [0x21 | 0x57, rest @ ..] = data.strip_prefix(&[0]).unwrap_or(data) {
            self.ip(rest, context, show);
        }
    }

    fn fragment(
        &mut self,
        inner: &Inner,
        (identification, offset, more): (u32, IpFragOffset, bool),
        payload: &[u8],
        context: &mut Context,
        show: &mut dyn FnMut(Segment<'_>),
    ) {
        let key = FragmentKey {
            source: inner.source,
            destination: inner.destination,
            identification,
            protocol: inner.protocol.0,
        };
        if !self.fragments.contains_key(&key) && self.fragments.len() >= MAX_FRAGMENTED {
            let oldest = self
                .fragments
                .iter()
                .min_by_key(|(_, (number, _))| *number)
                .map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                self.fragments.remove(&oldest);
            }
        }
        let number = context.number;
        let (last, buffer) = self.fragments.entry(key.clone()).or_insert_with(|| {
            (
                number,
                IpDefragBuf::new(inner.protocol, Vec::new(), Vec::new()),
            )
        });
        *last = number;
        let complete = match buffer.add(offset, more, payload) {
            Ok(()) => buffer.is_complete(),
            // Contradictory fragments make no packet.
            Err(_) => {
                self.fragments.remove(&key);
                return;
            }
        };
        if !complete {
            return;
        }
        let Some((_, buffer)) = self.fragments.remove(&key) else {
            return;
        };
        let (data, _) = buffer.take_bufs();
        context.lost = 0;
        match inner.protocol {
            IpNumber::TCP => {
                if let Ok(tcp) = TcpSlice::from_slice(&data) {
                    show(segment(inner, &tcp, 0));
                }
            }
            IpNumber::UDP => {
                if let Ok(udp) = UdpSlice::from_slice_lax(&data) {
                    self.udp(&udp, context, show);
                }
            }
            _ => self.tunnel(inner, &data, context, show),
        }
    }

    /// Reads VXLAN, with and without its extension for other protocols, and Geneve.
    fn udp(
        &mut self,
        udp: &UdpSlice<'_>,
        context: &mut Context,
        show: &mut dyn FnMut(Segment<'_>),
    ) {
        if !context.deeper() {
            return;
        }
        let data = udp.payload();
        match udp.destination_port() {
            // 8472 is the port that Linux used before the assignment.
            4789 | 8472 => {
                if let [flags, _, _, _, _, _, _, _, rest @ ..] = data
                    && flags & 0x08 != 0
                {
                    self.ethernet(rest, context, show);
                }
            }
            4790 => match data {
                [_, _, _, 1 | 2, _, _, _, _, rest @ ..] => self.ip(rest, context, show),
                [_, _, _, 3, _, _, _, _, rest @ ..] => self.ethernet(rest, context, show),
                _ => {}
            },
            6081 => {
                let options = data
                    .first()
                    .map_or(0, |first| usize::from(first & 0x3f).saturating_mul(4));
                let rest = data.get(options.saturating_add(8)..).unwrap_or_default();
                match two(data, 2) {
                    Some(TRANSPARENT_ETHERNET) => self.ethernet(rest, context, show),
                    Some(kind) => self.by_ether_type(EtherType(kind), rest, context, show),
                    None => {}
                }
            }
            _ => {}
        }
    }

    /// Reads IP in IP, GRE and ERSPAN.
    fn tunnel(
        &mut self,
        inner: &Inner,
        data: &[u8],
        context: &mut Context,
        show: &mut dyn FnMut(Segment<'_>),
    ) {
        if !context.deeper() {
            return;
        }
        match inner.protocol {
            IpNumber::IPV4 | IpNumber::IPV6 => self.ip(data, context, show),
            IpNumber::GRE => self.gre(data, context, show),
            _ => {}
        }
    }

    fn gre(&mut self, data: &[u8], context: &mut Context, show: &mut dyn FnMut(Segment<'_>)) {
        let (Some(flags), Some(kind)) = (two(data, 0), two(data, 2)) else {
            return;
        };
        // GRE source routing, which is obsolete, and version 1, which is another protocol.
        if flags & 0x4007 != 0 {
            return;
        }
        let optional = [0x8000, 0x2000, 0x1000]
            .iter()
            .filter(|flag| flags & **flag != 0)
            .count()
            .saturating_mul(4);
        let rest = data.get(optional.saturating_add(4)..).unwrap_or_default();
        match kind {
            TRANSPARENT_ETHERNET => self.ethernet(rest, context, show),
            // ERSPAN type I has no header of its own, and no sequence number that would indicate
            // one.
            0x88be if flags & 0x1000 == 0 => self.ethernet(rest, context, show),
            0x88be => self.ethernet(rest.get(8..).unwrap_or_default(), context, show),
            0x22eb => {
                let platform = rest.get(11).is_some_and(|flags| flags & 1 != 0);
                let header = if platform { 20 } else { 12 };
                let carried = rest.get(header..).unwrap_or_default();
                // The type of the frame: Ethernet, or IP alone.
                match two(rest, 10).map(|flags| (flags >> 10) & 0x1f) {
                    Some(2) => self.ip(carried, context, show),
                    _ => self.ethernet(carried, context, show),
                }
            }
            kind => self.by_ether_type(EtherType(kind), rest, context, show),
        }
    }
}

/// Passes over the extension headers of IPv6 that etherparse does not: those of mobility, HIP and
/// SHIM6. `None` if there are none.
fn past_extensions(mut protocol: IpNumber, mut data: &[u8]) -> Option<(IpNumber, &[u8])> {
    const OTHERS: [u8; 3] = [135, 139, 140];
    let first = protocol;
    while OTHERS.contains(&protocol.0) {
        let [next, length, ..] = *data else {
            return None;
        };
        let size = usize::from(length).checked_add(1)?.checked_mul(8)?;
        protocol = IpNumber(next);
        data = data.get(size..)?;
    }
    (protocol != first).then_some((protocol, data))
}

/// The facts that apply to all layers of a packet.
struct Context {
    number: u64,
    /// The number of bytes at its end that were not captured.
    lost: usize,
    depth: usize,
}

impl Context {
    fn deeper(&mut self) -> bool {
        self.depth = self.depth.saturating_add(1);
        self.depth <= MAX_DEPTH
    }
}

struct Inner {
    source: IpAddr,
    destination: IpAddr,
    protocol: IpNumber,
}

const PPP: LinkType = LinkType(9);
const PPP_HDLC: LinkType = LinkType(50);
/// The protocol number of an encapsulated Ethernet frame.
const TRANSPARENT_ETHERNET: u16 = 0x6558;

fn segment<'a>(inner: &Inner, tcp: &TcpSlice<'a>, cut: usize) -> Segment<'a> {
    Segment {
        source: SocketAddr::new(inner.source, tcp.source_port()),
        destination: SocketAddr::new(inner.destination, tcp.destination_port()),
        seq: tcp.sequence_number(),
        ack: tcp.ack().then(|| tcp.acknowledgment_number()),
        syn: tcp.syn(),
        fin: tcp.fin(),
        rst: tcp.rst(),
        data: tcp.payload(),
        cut,
    }
}

/// Returns the fragment header among the extension headers of an IPv6 packet, which may be
/// truncated: identification, offset and whether more follow; `None` for an unfragmented packet.
fn ipv6_fragment(first: Option<IpNumber>, mut headers: &[u8]) -> Option<(u32, IpFragOffset, bool)> {
    let mut kind = first?;
    loop {
        let (next, length) = match headers {
            [next, length, ..] => (IpNumber(*next), usize::from(*length)),
            _ => return None,
        };
        let size = match kind {
            IpNumber::IPV6_FRAGMENTATION_HEADER => {
                let [_, _, high, low, a, b, c, d] = *headers.first_chunk()?;
                let offset = u16::from_be_bytes([high, low]);
                let identification = u32::from_be_bytes([a, b, c, d]);
                let more = offset & 1 != 0;
                let offset = IpFragOffset::try_new(offset >> 3).ok()?;
                return (more || offset.value() != 0).then_some((identification, offset, more));
            }
            IpNumber::AUTHENTICATION_HEADER => length.saturating_add(2).saturating_mul(4),
            _ => length.saturating_add(1).saturating_mul(8),
        };
        headers = headers.get(size..)?;
        kind = next;
    }
}

fn two(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?
        .first_chunk()
        .map(|bytes| u16::from_be_bytes(*bytes))
}
