//! The containers: pcap and pcapng.

use core::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::vec::Vec;

use pcap_parser::nom::Err as ParseError;
use pcap_parser::pcapng::{
    Block, NameRecordType, OptionCode, PcapNGOption, parse_block_be, parse_block_le,
};
use pcap_parser::{
    LegacyPcapBlock, parse_pcap_frame, parse_pcap_frame_be, parse_pcap_frame_modified,
    parse_pcap_header,
};
use thiserror::Error;

use super::time::Time;

/// The maximum size of one record of a file. Capture tools stop at 256 KiB a packet.
const MAX_RECORD: usize = 16 << 20;

/// The link layer of a packet, by the number that the capture formats share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LinkType(pub u32);

impl LinkType {
    /// BSD loopback.
    pub const NULL: Self = Self(0);
    /// Ethernet.
    pub const ETHERNET: Self = Self(1);
    /// IP without a link-layer header.
    pub const RAW: Self = Self(101);
    /// OpenBSD loopback.
    pub const LOOP: Self = Self(108);
    /// Linux cooked capture, version 1.
    pub const LINUX_SLL: Self = Self(113);
    /// IPv4 without a link-layer header.
    pub const IPV4: Self = Self(228);
    /// IPv6 without a link-layer header.
    pub const IPV6: Self = Self(229);
    /// Linux cooked capture, version 2.
    pub const LINUX_SLL2: Self = Self(276);
}

impl fmt::Display for LinkType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A packet of a capture file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Packet<'a> {
    /// Counts the packets of its file from 1, as Wireshark does.
    pub number: u64,
    /// The time of capture; `None` if the file does not record it.
    pub time: Option<Time>,
    /// The link layer.
    pub link: LinkType,
    /// The bytes that were captured.
    pub data: &'a [u8],
    /// The length on the wire in bytes, at least that of `data`.
    pub length: usize,
    /// The comment on the packet; `None` without one. Not escaped.
    pub comment: Option<&'a str>,
}

/// An entry of a capture file.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Entry<'a> {
    /// A packet.
    Packet(Packet<'a>),
    /// Names that the file gives to addresses. Not escaped.
    Names(Vec<(IpAddr, Vec<String>)>),
    /// The capture tool's count of packets lost so far, as far as it knows.
    Dropped {
        /// The interface, counted from 0 in its section.
        interface: u32,
        /// Packets that the interface or the operating system dropped.
        packets: u64,
    },
    /// A comment on the file as a whole. Not escaped.
    Comment(String),
}

/// The reason why a file cannot be read, or not to its end.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The file begins like neither pcap nor pcapng.
    #[error("is no pcap or pcapng capture")]
    NotACapture,
    /// A record that no capture tool writes: the file is damaged from here on.
    #[error("is damaged at byte {offset}: no record of a capture stands there")]
    Damaged {
        /// The offset of the record from the start of the file.
        offset: u64,
    },
    /// The file ends within a record, because the tool was stopped or still writes.
    #[error("ends within a record: {left} bytes from byte {offset} on are no whole packet")]
    CutShort {
        /// The offset of the record from the start of the file.
        offset: u64,
        /// The bytes of the record that are there.
        left: usize,
    },
}

/// Returns whether a file that begins with these bytes is a capture, pcap or pcapng.
#[must_use]
pub fn is_capture(head: &[u8]) -> bool {
    match head.first_chunk::<4>() {
        Some([0x0a, 0x0d, 0x0d, 0x0a]) => true,
        Some(magic) => {
            let known = |magic| matches!(magic, 0xa1b2_c3d4 | 0xa1b2_3c4d | 0xa1b2_cd34);
            known(u32::from_be_bytes(*magic)) || known(u32::from_le_bytes(*magic))
        }
        None => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Start,
    Pcap {
        link: LinkType,
        read: PcapFrame,
        units: u64,
    },
    Pcapng {
        big: bool,
    },
    /// The file is damaged from here on.
    Lost,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PcapFrame {
    Little,
    Big,
    Modified,
}

/// An interface of a pcapng section.
#[derive(Clone, Copy, Debug)]
struct Interface {
    link: LinkType,
    snap: u32,
    units: Option<u64>,
    offset: i64,
}

/// Reads the packets of one capture file. Feed it the file in pieces of any size.
///
/// Memory: the longest record, at most 16 MiB, and the piece that you fed.
#[derive(Clone, Debug)]
pub struct Packets {
    buffer: Vec<u8>,
    /// The bytes of the buffer that were read.
    start: usize,
    /// The offset of the buffer in the file.
    offset: u64,
    form: Form,
    interfaces: Vec<Interface>,
    number: u64,
    comment: String,
}

impl Packets {
    /// Creates a reader without input.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            offset: 0,
            form: Form::Start,
            interfaces: Vec::new(),
            number: 0,
            comment: String::new(),
        }
    }

    /// Adds the next bytes of the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.offset = self
            .offset
            .saturating_add(u64::try_from(self.start).unwrap_or(u64::MAX));
        let rest = self.buffer.len().saturating_sub(self.start);
        let start = self.start.min(self.buffer.len());
        self.buffer.copy_within(start.., 0);
        self.buffer.truncate(rest);
        self.start = 0;
        if self.form == Form::Lost {
            self.offset = self
                .offset
                .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        } else {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// Returns the next entry, if all of it has been fed.
    ///
    /// # Errors
    /// Fails if the file is no capture, or is damaged. No further entries follow.
    pub fn next_entry(&mut self) -> Result<Option<Entry<'_>>, FileError> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            let offset = self
                .offset
                .saturating_add(u64::try_from(self.start).unwrap_or(u64::MAX));
            match self.form {
                Form::Lost => return Ok(None),
                Form::Start => match begin(rest) {
                    Begin::Incomplete => return Ok(None),
                    Begin::Form(form, size) => {
                        self.form = form;
                        self.start = self.start.saturating_add(size);
                    }
                    Begin::Unknown => {
                        self.form = Form::Lost;
                        return Err(FileError::NotACapture);
                    }
                },
                Form::Pcap { link, read, units } => {
                    let Some(size) = record_size(rest, read) else {
                        return Ok(None);
                    };
                    if size > MAX_RECORD {
                        self.form = Form::Lost;
                        return Err(FileError::Damaged { offset });
                    }
                    let parsed = match read {
                        PcapFrame::Little => parse_pcap_frame(rest),
                        PcapFrame::Big => parse_pcap_frame_be(rest),
                        PcapFrame::Modified => parse_pcap_frame_modified(rest),
                    };
                    let Ok((tail, block)) = parsed else {
                        return Ok(None);
                    };
                    self.start = self
                        .start
                        .saturating_add(rest.len().saturating_sub(tail.len()));
                    self.number = self.number.saturating_add(1);
                    return Ok(Some(Entry::Packet(packet_of_pcap(
                        &block,
                        self.number,
                        link,
                        units,
                    ))));
                }
                Form::Pcapng { big } => {
                    let section = rest.starts_with(&[0x0a, 0x0d, 0x0d, 0x0a]);
                    let Some(size) = block_size(rest, big, section) else {
                        return Ok(None);
                    };
                    if !(12..=MAX_RECORD).contains(&size) || size % 4 != 0 {
                        self.form = Form::Lost;
                        return Err(FileError::Damaged { offset });
                    }
                    let Some(bytes) = rest.get(..size) else {
                        return Ok(None);
                    };
                    let big = if section { is_big(rest) } else { big };
                    self.form = Form::Pcapng { big };
                    let parsed = if big {
                        parse_block_be(bytes)
                    } else {
                        parse_block_le(bytes)
                    };
                    self.start = self.start.saturating_add(size);
                    let block = match parsed {
                        Ok((_, block)) => block,
                        // The length of the block is sound: its content can be skipped, unless it
                        // decides how to read the rest.
                        Err(_) if !section => {
                            if bytes.get(..4) == Some(&interface_magic(big)) {
                                self.form = Form::Lost;
                                return Err(FileError::Damaged { offset });
                            }
                            continue;
                        }
                        Err(_) => {
                            self.form = Form::Lost;
                            return Err(FileError::Damaged { offset });
                        }
                    };
                    match block {
                        Block::SectionHeader(header) => {
                            self.interfaces.clear();
                            if let Some(comment) = comment(&header.options) {
                                return Ok(Some(Entry::Comment(comment)));
                            }
                        }
                        Block::InterfaceDescription(interface) => {
                            self.interfaces.push(Interface {
                                link: LinkType(interface.linktype.0.cast_unsigned()),
                                snap: interface.snaplen,
                                units: resolution(&interface.options),
                                offset: number(&interface.options, OptionCode::IfTsoffset, big)
                                    .map_or(0, u64::cast_signed),
                            });
                        }
                        Block::EnhancedPacket(block) => {
                            self.number = self.number.saturating_add(1);
                            let interface = usize::try_from(block.if_id)
                                .ok()
                                .and_then(|at| self.interfaces.get(at));
                            let Some(interface) = interface else {
                                continue;
                            };
                            let units = u64::from(block.ts_high) << 32 | u64::from(block.ts_low);
                            let time = interface
                                .units
                                .and_then(|per| Time::from_units(units, per, interface.offset));
                            let captured = usize::try_from(block.caplen).unwrap_or(usize::MAX);
                            let data = block.data.get(..captured).unwrap_or(block.data);
                            self.comment.clear();
                            for text in comments(&block.options) {
                                if !self.comment.is_empty() {
                                    self.comment.push('\n');
                                }
                                self.comment.push_str(&text);
                            }
                            return Ok(Some(Entry::Packet(Packet {
                                number: self.number,
                                time,
                                link: interface.link,
                                data,
                                length: usize::try_from(block.origlen)
                                    .unwrap_or(usize::MAX)
                                    .max(data.len()),
                                comment: (!self.comment.is_empty())
                                    .then_some(self.comment.as_str()),
                            })));
                        }
                        Block::SimplePacket(block) => {
                            self.number = self.number.saturating_add(1);
                            let Some(interface) = self.interfaces.first() else {
                                continue;
                            };
                            let length = usize::try_from(block.origlen).unwrap_or(usize::MAX);
                            let snap = match interface.snap {
                                0 => usize::MAX,
                                snap => usize::try_from(snap).unwrap_or(usize::MAX),
                            };
                            let captured = length.min(snap);
                            let data = block.data.get(..captured).unwrap_or(block.data);
                            return Ok(Some(Entry::Packet(Packet {
                                number: self.number,
                                time: None,
                                link: interface.link,
                                data,
                                length: length.max(data.len()),
                                comment: None,
                            })));
                        }
                        Block::Unknown(block)
                            if matches!(block.block_type, OLD_PACKET | OLD_PACKET_BIG) =>
                        {
                            self.number = self.number.saturating_add(1);
                            if let Some(packet) =
                                old_packet(block.data, big, self.number, &self.interfaces)
                            {
                                return Ok(Some(Entry::Packet(packet)));
                            }
                        }
                        Block::NameResolution(block) => {
                            let names: Vec<_> = block.nr.iter().filter_map(name_record).collect();
                            if !names.is_empty() {
                                return Ok(Some(Entry::Names(names)));
                            }
                        }
                        Block::InterfaceStatistics(block) => {
                            let count = |code| number(&block.options, code, big);
                            let dropped = count(OptionCode::IsbIfDrop)
                                .unwrap_or(0)
                                .saturating_add(count(OptionCode::IsbOsDrop).unwrap_or(0));
                            if dropped != 0 {
                                return Ok(Some(Entry::Dropped {
                                    interface: block.if_id,
                                    packets: dropped,
                                }));
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// Call at the end of the file.
    ///
    /// # Errors
    /// Fails if the file ends within a record, or lacks a header.
    pub fn finish(&self) -> Result<(), FileError> {
        let left = self.buffer.len().saturating_sub(self.start);
        match self.form {
            Form::Lost => Ok(()),
            Form::Start => Err(FileError::NotACapture),
            _ if left == 0 => Ok(()),
            _ => Err(FileError::CutShort {
                offset: self
                    .offset
                    .saturating_add(u64::try_from(self.start).unwrap_or(u64::MAX)),
                left,
            }),
        }
    }
}

/// The block in which packets stood before the enhanced one came.
const OLD_PACKET: u32 = 2;
const OLD_PACKET_BIG: u32 = OLD_PACKET.swap_bytes();

/// Reads such a block.
fn old_packet<'a>(
    block: &'a [u8],
    big: bool,
    number: u64,
    interfaces: &[Interface],
) -> Option<Packet<'a>> {
    let word = |at: usize| {
        let bytes = *block.get(at..)?.first_chunk::<4>()?;
        Some(if big {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    };
    let interface = *block.first_chunk::<2>()?;
    let interface = if big {
        u16::from_be_bytes(interface)
    } else {
        u16::from_le_bytes(interface)
    };
    let interface = interfaces.get(usize::from(interface))?;
    let units = u64::from(word(4)?) << 32 | u64::from(word(8)?);
    let captured = usize::try_from(word(12)?).ok()?;
    let rest = block.get(20..)?;
    let data = rest.get(..captured).unwrap_or(rest);
    Some(Packet {
        number,
        time: interface
            .units
            .and_then(|per| Time::from_units(units, per, interface.offset)),
        link: interface.link,
        data,
        length: usize::try_from(word(16)?).ok()?.max(data.len()),
        comment: None,
    })
}

impl Default for Packets {
    fn default() -> Self {
        Self::new()
    }
}

enum Begin {
    Incomplete,
    Form(Form, usize),
    Unknown,
}

fn begin(head: &[u8]) -> Begin {
    if head.len() < 4 {
        return Begin::Incomplete;
    }
    if head.starts_with(&[0x0a, 0x0d, 0x0d, 0x0a]) {
        return Begin::Form(Form::Pcapng { big: false }, 0);
    }
    match parse_pcap_header(head) {
        Ok((tail, header)) => {
            let read = if header.is_modified_format() {
                PcapFrame::Modified
            } else if header.is_bigendian() {
                PcapFrame::Big
            } else {
                PcapFrame::Little
            };
            let form = Form::Pcap {
                // The upper bits say whether a checksum follows each frame.
                link: LinkType(header.network.0.cast_unsigned() & 0xffff),
                read,
                units: if header.is_nanosecond_precision() {
                    1_000_000_000
                } else {
                    1_000_000
                },
            };
            Begin::Form(form, head.len().saturating_sub(tail.len()))
        }
        Err(ParseError::Incomplete(_)) => Begin::Incomplete,
        Err(_) => Begin::Unknown,
    }
}

/// Returns the size of a pcap record, from its header.
fn record_size(rest: &[u8], read: PcapFrame) -> Option<usize> {
    let captured = *rest.get(8..)?.first_chunk::<4>()?;
    let captured = match read {
        PcapFrame::Big => u32::from_be_bytes(captured),
        PcapFrame::Little | PcapFrame::Modified => u32::from_le_bytes(captured),
    };
    usize::try_from(captured).ok()?.checked_add(16)
}

/// Returns the size of a pcapng block, from its first length.
fn block_size(rest: &[u8], big: bool, section: bool) -> Option<usize> {
    let length = *rest.get(4..)?.first_chunk::<4>()?;
    let big = if section {
        rest.get(8..12)?;
        is_big(rest)
    } else {
        big
    };
    let length = if big {
        u32::from_be_bytes(length)
    } else {
        u32::from_le_bytes(length)
    };
    usize::try_from(length).ok()
}

/// Returns whether a section header marks its section as big-endian.
fn is_big(section: &[u8]) -> bool {
    section.get(8..12) == Some(&[0x1a, 0x2b, 0x3c, 0x4d])
}

const fn interface_magic(big: bool) -> [u8; 4] {
    if big {
        1_u32.to_be_bytes()
    } else {
        1_u32.to_le_bytes()
    }
}

fn packet_of_pcap<'a>(
    block: &LegacyPcapBlock<'a>,
    number: u64,
    link: LinkType,
    units: u64,
) -> Packet<'a> {
    let time = u64::from(block.ts_sec)
        .checked_mul(units)
        .and_then(|whole| whole.checked_add(block.ts_usec.into()))
        .and_then(|all| Time::from_units(all, units, 0));
    Packet {
        number,
        time,
        link,
        data: block.data,
        length: usize::try_from(block.origlen)
            .unwrap_or(usize::MAX)
            .max(block.data.len()),
        comment: None,
    }
}

fn comments<'a>(options: &'a [PcapNGOption<'_>]) -> impl Iterator<Item = String> + 'a {
    options
        .iter()
        .filter(|option| option.code == OptionCode::Comment)
        .filter_map(|option| option.as_bytes().ok())
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn comment(options: &[PcapNGOption<'_>]) -> Option<String> {
    comments(options).reduce(|one, two| format!("{one}\n{two}"))
}

/// Returns the units of time per second: a power of ten or, with the highest bit set, of two.
fn resolution(options: &[PcapNGOption<'_>]) -> Option<u64> {
    let said = options
        .iter()
        .find(|option| option.code == OptionCode::IfTsresol)
        .and_then(|option| option.value().first().copied())
        .unwrap_or(6);
    let exponent = u32::from(said & 0x7f);
    if said & 0x80 == 0 {
        10_u64.checked_pow(exponent)
    } else {
        2_u64.checked_pow(exponent)
    }
}

/// Returns a 64-bit option in the byte order of its section.
fn number(options: &[PcapNGOption<'_>], code: OptionCode, big: bool) -> Option<u64> {
    let option = options.iter().find(|option| option.code == code)?;
    let bytes = *option.as_bytes().ok()?.first_chunk::<8>()?;
    Some(if big {
        u64::from_be_bytes(bytes)
    } else {
        u64::from_le_bytes(bytes)
    })
}

fn name_record(record: &pcap_parser::pcapng::NameRecord<'_>) -> Option<(IpAddr, Vec<String>)> {
    let (address, names) = match record.record_type {
        NameRecordType::Ipv4 => {
            let (address, names) = record.record_value.split_first_chunk::<4>()?;
            (IpAddr::from(Ipv4Addr::from(*address)), names)
        }
        NameRecordType::Ipv6 => {
            let (address, names) = record.record_value.split_first_chunk::<16>()?;
            (IpAddr::from(Ipv6Addr::from(*address)), names)
        }
        _ => return None,
    };
    let names = names
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    Some((address, names))
}
