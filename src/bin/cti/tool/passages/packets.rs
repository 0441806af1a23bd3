//! What TCP carries in a packet that a dump shows with its headers.

/// The bytes of a TCP segment, and which direction of which connection they belong to.
pub(super) struct Segment<'a> {
    pub(super) flow: Vec<u8>,
    pub(super) sequence: u32,
    pub(super) data: &'a [u8],
}

/// The protocol number of TCP.
const TCP: u8 = 6;

/// Where IP may begin in a packet: behind the header of a link, if there is one.
fn ip_at(packet: &[u8]) -> impl Iterator<Item = usize> {
    let kind = |at: usize| match packet.get(at..)?.first_chunk::<2>()? {
        [0x08, 0x00] | [0x86, 0xdd] => Some(()),
        _ => None,
    };
    let tag = |at: usize| {
        matches!(
            packet.get(at..),
            Some([0x81 | 0x91, 0x00, ..] | [0x88, 0xa8, ..])
        )
    };
    // The first row of a dump may end within the tags.
    let kind_or_end = |at: usize| packet.len() < at.saturating_add(2) || kind(at).is_some();
    let head = packet.first_chunk::<4>().copied().unwrap_or_default();
    [
        // None, as `tcpdump -x` shows packets.
        Some(0),
        // Ethernet, with up to two tags.
        kind(12).map(|()| 14),
        (tag(12) && kind_or_end(16)).then_some(18),
        (tag(12) && tag(16) && kind_or_end(20)).then_some(22),
        // What Linux puts before packets of any interface, in both versions.
        kind(14)
            .filter(|()| head[0] == 0 && head[1] < 5)
            .map(|()| 16),
        kind(0)
            .filter(|()| head[2] == 0 && head[3] == 0)
            .map(|()| 20),
        // A loopback of BSD.
        matches!(
            head,
            [2 | 24 | 28 | 30, 0, 0, 0] | [0, 0, 0, 2 | 24 | 28 | 30]
        )
        .then_some(4),
    ]
    .into_iter()
    .flatten()
}

/// Takes the headers off a packet, with or without that of a link.
pub(super) fn segment(packet: &[u8]) -> Option<Segment<'_>> {
    ip_at(packet).find_map(|at| ip(packet.get(at..)?))
}

/// Returns whether the first bytes of a row are those of a packet.
pub(super) fn begins(bytes: &[u8]) -> bool {
    ip_at(bytes).any(|at| match bytes.get(at..) {
        Some([0x45..=0x4f, rest @ ..]) => rest.get(8).is_none_or(|protocol| *protocol == TCP),
        Some([0x60..=0x6f, rest @ ..]) => rest.get(5).is_none_or(|next| *next == TCP),
        // The row ends within the header of the link.
        Some([]) | None => at > 0,
        Some(_) => false,
    })
}

/// The size of a packet with all its headers, if these are whole.
pub(super) fn is_whole(packet: &[u8]) -> bool {
    ip_at(packet).any(|at| {
        packet.get(at..).is_some_and(|bytes| {
            let whole = lengths(bytes).is_some_and(|(_, total)| {
                // Ethernet fills up short packets.
                let behind = bytes.len().checked_sub(total);
                behind.is_some_and(|behind| behind < 47)
            });
            whole && ip(bytes).is_some()
        })
    })
}

/// The length of the header of IP, and that of all of it.
fn lengths(packet: &[u8]) -> Option<(usize, usize)> {
    match packet {
        [first @ 0x45..=0x4f, _, high, low, ..] => {
            let header = usize::from(first & 0x0f).checked_mul(4)?;
            Some((header, usize::from(u16::from_be_bytes([*high, *low]))))
        }
        [0x60..=0x6f, _, _, _, high, low, ..] => {
            let total = usize::from(u16::from_be_bytes([*high, *low])).checked_add(40)?;
            Some((40, total))
        }
        _ => None,
    }
}

fn ip(packet: &[u8]) -> Option<Segment<'_>> {
    let (header, total) = lengths(packet)?;
    let (addresses, next) = if packet.first()? >> 4 == 4 {
        (packet.get(12..20)?, *packet.get(9)?)
    } else {
        (packet.get(8..40)?, *packet.get(6)?)
    };
    if next != TCP || total < header {
        return None;
    }
    // What is behind the end of a short packet fills up its Ethernet frame.
    let packet = packet.get(..total.min(packet.len()))?;
    let tcp = packet.get(header..)?;
    let ports = tcp.get(..4)?;
    let sequence = u32::from_be_bytes(*tcp.get(4..)?.first_chunk()?);
    let offset = usize::from(tcp.get(12)? >> 4).checked_mul(4)?;
    Some(Segment {
        flow: [addresses, ports].concat(),
        sequence,
        data: tcp.get(offset.max(20)..)?,
    })
}
