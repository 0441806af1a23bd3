//! What TCP carries in a packet that a dump shows with its headers.

/// The bytes of a TCP segment, and which direction of which connection they belong to.
pub(super) struct Segment<'a> {
    pub(super) flow: Vec<u8>,
    pub(super) sequence: u32,
    pub(super) data: &'a [u8],
}

/// The protocol number of TCP.
const TCP: u8 = 6;

/// Takes the headers off a packet, be they with or without that of Ethernet.
pub(super) fn segment(packet: &[u8]) -> Option<Segment<'_>> {
    ip(packet).or_else(|| ethernet(packet))
}

/// Whether bytes begin as a packet does.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let ip = |bytes: &[u8]| match bytes {
        [0x45..=0x4f, _, _, _, ..] => bytes.get(9).is_none_or(|protocol| *protocol == TCP),
        [0x60..=0x6f, _, _, _, _, _, next, ..] => *next == TCP,
        _ => false,
    };
    ip(bytes)
        || match bytes.get(12..) {
            Some([0x08, 0x00, rest @ ..] | [0x86, 0xdd, rest @ ..]) => {
                matches!(rest, [0x45..=0x4f | 0x60..=0x6f, ..])
            }
            Some([0x81, 0x00, _, _, ..]) => true,
            _ => false,
        }
}

fn ethernet(packet: &[u8]) -> Option<Segment<'_>> {
    match packet.get(12..)? {
        [0x08, 0x00, rest @ ..] | [0x86, 0xdd, rest @ ..] => ip(rest),
        [0x81, 0x00, _, _, 0x08, 0x00, rest @ ..] | [0x81, 0x00, _, _, 0x86, 0xdd, rest @ ..] => {
            ip(rest)
        }
        _ => None,
    }
}

fn ip(packet: &[u8]) -> Option<Segment<'_>> {
    let (addresses, next, header, total) = match packet {
        [first @ 0x45..=0x4f, _, high, low, ..] => {
            let header = usize::from(first & 0x0f).checked_mul(4)?;
            let total = usize::from(u16::from_be_bytes([*high, *low]));
            (packet.get(12..20)?, *packet.get(9)?, header, total)
        }
        [0x60..=0x6f, _, _, _, high, low, next, ..] => {
            let total = usize::from(u16::from_be_bytes([*high, *low])).checked_add(40)?;
            (packet.get(8..40)?, *next, 40, total)
        }
        _ => return None,
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
