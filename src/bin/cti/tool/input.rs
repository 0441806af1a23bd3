//! An input as pieces of bytes, in any text encoding.

use std::io::{self, ErrorKind, Read};

/// The bytes asked for at once.
const CHUNK: usize = 128 * 1024;
/// The number of bytes needed to recognize an input.
const HEAD: usize = 8;

/// An input that is read in pieces, as they come.
pub(crate) struct Input<'a> {
    read: &'a mut dyn Read,
    buffer: Vec<u8>,
    encoding: Option<Encoding>,
}

#[derive(Clone, Debug)]
enum Encoding {
    Bytes,
    /// Text whose lines end in CR alone.
    Returns,
    Utf16(Utf16),
    Utf32(Utf32),
}

/// Other data than frames or text, recognized by its beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Other(pub(crate) &'static str);

impl<'a> Input<'a> {
    pub(crate) fn new(read: &'a mut dyn Read) -> Self {
        Self {
            read,
            buffer: Vec::new(),
            encoding: None,
        }
    }

    /// Returns the next piece, empty at the end. The first has eight bytes at least, or begins as
    /// text, or is the whole input; a byte order mark is removed, and UTF-16 becomes UTF-8.
    pub(crate) fn next(&mut self) -> io::Result<&[u8]> {
        loop {
            let ended = self.fill()?;
            if self.encoding.is_none() {
                while is_unclear(&self.buffer) && self.more()? {}
                let (encoding, mark) = encoding(&self.buffer);
                self.buffer.drain(..mark);
                self.encoding = Some(encoding);
            }
            match &mut self.encoding {
                Some(Encoding::Utf16(utf16)) => self.buffer = utf16.read(&self.buffer),
                Some(Encoding::Utf32(utf32)) => self.buffer = utf32.read(&self.buffer),
                Some(Encoding::Returns) => {
                    for byte in self.buffer.iter_mut().filter(|byte| **byte == b'\r') {
                        *byte = b'\n';
                    }
                }
                Some(Encoding::Bytes) | None => {}
            }
            if ended || !self.buffer.is_empty() {
                return Ok(&self.buffer);
            }
        }
    }

    /// Reads a piece in place of the last one; whether that was the end.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.clear();
        self.more().map(|more| !more)
    }

    /// Reads more bytes.
    fn more(&mut self) -> io::Result<bool> {
        let before = self.buffer.len();
        self.buffer.resize(before.saturating_add(CHUNK), 0);
        let count = loop {
            match self
                .read
                .read(self.buffer.get_mut(before..).unwrap_or_default())
            {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                done => break done,
            }
        };
        let end = before.saturating_add(count.as_ref().copied().unwrap_or_default());
        self.buffer.truncate(end);
        count.map(|count| count > 0)
    }
}

/// Returns whether more bytes are needed to recognize the input.
fn is_unclear(head: &[u8]) -> bool {
    head.len() < 2 || head.len() < HEAD && !head.iter().all(is_letter)
}

/// Returns the encoding of an input, and the length of its byte order mark.
fn encoding(head: &[u8]) -> (Encoding, usize) {
    let utf16 = |little| {
        Encoding::Utf16(Utf16 {
            little,
            odd: None,
            high: None,
        })
    };
    let utf32 = |little| {
        Encoding::Utf32(Utf32 {
            little,
            left: Vec::new(),
        })
    };
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Bytes, 3),
        [0xff, 0xfe, 0, 0, ..] => (utf32(true), 4),
        [0, 0, 0xfe, 0xff, ..] => (utf32(false), 4),
        [0xff, 0xfe, ..] => (utf16(true), 2),
        [0xfe, 0xff, ..] => (utf16(false), 2),
        // Text without a mark: every other byte is 0, and those between are letters.
        [a, 0, b, 0, c, 0, d, 0, ..] if [a, b, c, d].into_iter().all(is_letter) => (utf16(true), 0),
        [0, a, 0, b, 0, c, 0, d, ..] if [a, b, c, d].into_iter().all(is_letter) => {
            (utf16(false), 0)
        }
        _ if has_returns(head) => (Encoding::Returns, 0),
        _ => (Encoding::Bytes, 0),
    }
}

/// Returns whether lines end in CR alone, as far as there are lines.
fn has_returns(head: &[u8]) -> bool {
    let (last, before) = head.split_last().unwrap_or((&0, &[]));
    memchr::memchr(b'\r', before).is_some()
        && *last != b'\n'
        && memchr::memchr2(b'\n', 0, before).is_none()
}

fn is_letter(byte: &u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n')
}

#[derive(Clone, Debug)]
struct Utf16 {
    little: bool,
    /// Half a unit.
    odd: Option<u8>,
    /// Half a pair of units.
    high: Option<u16>,
}

impl Utf16 {
    fn read(&mut self, bytes: &[u8]) -> Vec<u8> {
        let odd = self.odd.take();
        let mut bytes = odd.into_iter().chain(bytes.iter().copied());
        let mut units: Vec<u16> = self.high.take().into_iter().collect();
        while let Some(first) = bytes.next() {
            let Some(second) = bytes.next() else {
                self.odd = Some(first);
                break;
            };
            units.push(if self.little {
                u16::from_le_bytes([first, second])
            } else {
                u16::from_be_bytes([first, second])
            });
        }
        if let Some(0xd800..=0xdbff) = units.last() {
            self.high = units.pop();
        }
        let text: String = char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        text.into_bytes()
    }
}

/// Names an input that is neither text nor frames by its beginning.
pub(crate) fn other(head: &[u8]) -> Option<Other> {
    Some(Other(match head {
        [0x0a, 0x0d, 0x0d, 0x0a, ..] => {
            "a capture (pcapng), which is not read here: in Wireshark, Follow TCP Stream, show as raw, save"
        }
        [0xa1, 0xb2, 0xc3 | 0x3c, 0xd4 | 0x4d, ..] | [0xd4 | 0x4d, 0xc3 | 0x3c, 0xb2, 0xa1, ..] => {
            "a capture (pcap), which is not read here: in Wireshark, Follow TCP Stream, show as raw, save"
        }
        [0x1f, 0x8b, ..] => "compressed by gzip: unpack it with gunzip -c",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "compressed by zstd: unpack it with zstd -dc",
        [0xfd, b'7', b'z', b'X', b'Z', ..] => "compressed by xz: unpack it with xz -dc",
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => "compressed by bzip2: unpack it with bzip2 -dc",
        [0x04, 0x22, 0x4d, 0x18, ..] => "compressed by lz4: unpack it with lz4 -dc",
        [b'P', b'K', 3, 4, ..] => "a zip archive: unpack it with unzip -p",
        [b'7', b'z', 0xbc, 0xaf, ..] => "a 7z archive: unpack it with 7z x -so",
        [b'R', b'a', b'r', b'!', ..] => "a RAR archive: unpack it first",
        [0x14..=0x17, 3, 0..=4, ..] => {
            "TLS records, which cannot be read: capture on the server, or decrypt in Wireshark"
        }
        [b's', b'n', b'o', b'o', b'p', 0, ..] => {
            "a capture (snoop): convert it with editcap -F pcap"
        }
        [b'G', b'M', b'B', b'U', ..] => {
            "a capture (Network Monitor): convert it with editcap -F pcap"
        }
        _ if is_event_trace(head) => {
            "a trace of Windows (ETL): convert it with etl2pcapng capture.etl capture.pcapng"
        }
        [b'E', b'l', b'f', b'F', ..] => "a Windows event log: export it as text",
        [b'%', b'P', b'D', b'F', ..] => "a PDF: copy the text out of it",
        [0x7f, b'E', b'L', b'F', ..] => "a program",
        [0x45, 0, ..] | [0x60, 0, 0, 0, ..] if head.contains(&0) => {
            "IP packets without a capture file around them"
        }
        _ => return None,
    }))
}

/// Whether a file begins as traces of Windows do: with the size of a buffer, a power of two, and
/// behind the header of the buffer the first event, which describes the trace.
fn is_event_trace(head: &[u8]) -> bool {
    let size = head
        .first_chunk::<4>()
        .map(|size| u32::from_le_bytes(*size));
    size.is_some_and(|size| size.is_power_of_two() && (0x400..=0x10_0000).contains(&size))
        && matches!(head.get(0x48..0x4c), Some([2, 0, 1 | 2, 0xc0]))
}

#[derive(Clone, Debug)]
struct Utf32 {
    little: bool,
    /// The beginning of a unit.
    left: Vec<u8>,
}

impl Utf32 {
    fn read(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.left.extend_from_slice(bytes);
        let mut units = self.left.chunks_exact(4);
        let text: String = (&mut units)
            .map(|unit| {
                let unit = unit.first_chunk().copied().unwrap_or_default();
                let number = if self.little {
                    u32::from_le_bytes(unit)
                } else {
                    u32::from_be_bytes(unit)
                };
                char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
            })
            .collect();
        self.left = units.remainder().to_vec();
        text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives out a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    fn all(bytes: &[u8], size: usize) -> String {
        let mut drops = Drops(bytes, size);
        let mut input = Input::new(&mut drops);
        let mut all = Vec::new();
        loop {
            let piece = input.next().unwrap();
            if piece.is_empty() {
                return String::from_utf8(all).unwrap();
            }
            all.extend_from_slice(piece);
        }
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "MHDR: \u{1f980} and\n\u{e9}";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for size in 1..9 {
            assert_eq!(all(text.as_bytes(), size), text);
            assert_eq!(
                all(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), size),
                text
            );
            assert_eq!(all(&[b"\xff\xfe", le.as_slice()].concat(), size), text);
            assert_eq!(all(&[b"\xfe\xff", be.as_slice()].concat(), size), text);
            assert_eq!(all(&le, size), text);
            assert_eq!(all(&be, size), text);
            assert_eq!(all(b"", size), "");
            let quads = |bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
                let marked = format!("\u{feff}{text}");
                marked
                    .chars()
                    .flat_map(|letter| bytes(letter.into()))
                    .collect()
            };
            assert_eq!(all(&quads(u32::to_le_bytes), size), text);
            assert_eq!(all(&quads(u32::to_be_bytes), size), text);
        }
    }
}
