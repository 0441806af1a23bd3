//! Capture files as one time line, whatever order they come in.
//!
//! A file whose first packet lies ahead is not kept open, so that hundreds of files of a ring buffer
//! take no more than one does.

use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use cti_codec::capture::{Entry, FileError, LinkType, Packet, Packets, Time};

use super::run;

/// The bytes asked for at once.
const CHUNK: usize = 256 * 1024;

/// A step through the files.
pub(crate) enum Step<'a> {
    /// An entry of the file with this name.
    Entry(&'a str, Entry<'a>),
    /// So many bytes have been read, and the next may take their time.
    Pause(usize),
    /// Another file has taken this name, or it was truncated.
    Rotated(&'a str),
    /// The file can be read no further.
    Damaged(&'a str, FileError),
    /// The file cannot be read.
    Failed(&'a str, io::Error),
}

/// Capture files.
#[derive(Default)]
pub(crate) struct Captures {
    files: Vec<File>,
}

struct File {
    name: String,
    /// Where to open it, if that can be done again.
    path: Option<PathBuf>,
    source: Option<Source>,
    /// It is followed, whatever file has its name.
    follow: bool,
    /// The time of the next packet.
    at: i64,
    held: Option<Held>,
    ended: bool,
}

struct Source {
    read: Box<dyn Read>,
    buffer: Vec<u8>,
    packets: Packets,
}

/// A packet that waits for its turn.
struct Held {
    number: u64,
    time: Option<Time>,
    link: LinkType,
    data: Vec<u8>,
    length: usize,
    comment: Option<String>,
}

impl Captures {
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Takes a file in, of which the beginning has been read.
    pub(crate) fn add(
        &mut self,
        name: String,
        path: &Path,
        follow: bool,
        head: &[u8],
        read: Box<dyn Read>,
    ) {
        let mut packets = Packets::new();
        packets.feed(head);
        // Only files can be read again.
        let again = path.metadata().is_ok_and(|data| data.is_file());
        let mut file = File {
            name,
            path: again.then(|| path.to_owned()),
            source: None,
            follow,
            at: first_time(head).unwrap_or(i64::MIN),
            held: None,
            ended: false,
        };
        if !again || self.files.is_empty() {
            file.source = Some(Source {
                read,
                buffer: Vec::new(),
                packets,
            });
        }
        self.files.push(file);
    }

    /// Reads all files to their ends.
    pub(crate) fn read(
        &mut self,
        show: &mut dyn FnMut(Step<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        loop {
            let open = || {
                self.files
                    .iter()
                    .enumerate()
                    .filter(|(_, file)| !file.ended)
            };
            let Some((index, _)) = open().min_by_key(|(index, file)| (file.at, *index)) else {
                return Ok(());
            };
            let limit = open()
                .filter(|(other, _)| *other != index)
                .map(|(_, file)| file.at)
                .min()
                .unwrap_or(i64::MAX);
            if let Some(file) = self.files.get_mut(index) {
                file.advance(limit, show)?;
            }
        }
    }
}

/// The time of the first packet, as far as the beginning of a file has it.
fn first_time(head: &[u8]) -> Option<i64> {
    let mut packets = Packets::new();
    packets.feed(head);
    while let Ok(Some(entry)) = packets.next_entry() {
        if let Entry::Packet(packet) = entry {
            return packet.time.map(|time| time.nanoseconds);
        }
    }
    None
}

impl File {
    /// Gives out what there is up to a time.
    fn advance(
        &mut self,
        limit: i64,
        show: &mut dyn FnMut(Step<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let name = self.name.as_str();
        let source = match (&mut self.source, &self.path) {
            (Some(source), _) => source,
            (none, Some(path)) => match if self.follow {
                run::follow_again(path)
            } else {
                run::open(path)
            } {
                Ok(read) => none.insert(Source {
                    read,
                    buffer: Vec::new(),
                    packets: Packets::new(),
                }),
                Err(error) => {
                    self.ended = true;
                    return show(Step::Failed(name, error));
                }
            },
            (None, None) => {
                self.ended = true;
                return Ok(());
            }
        };
        if let Some(held) = self.held.take() {
            show(Step::Entry(name, Entry::Packet(held.packet())))?;
        }
        let ended = loop {
            match source.packets.next_entry() {
                Ok(Some(Entry::Packet(packet))) => {
                    self.at = packet.time.map_or(self.at, |time| time.nanoseconds);
                    if self.at > limit {
                        self.held = Some(Held::from(&packet));
                        return Ok(());
                    }
                    show(Step::Entry(name, Entry::Packet(packet)))?;
                }
                Ok(Some(entry)) => show(Step::Entry(name, entry))?,
                Ok(None) => {
                    show(Step::Pause(source.buffer.len()))?;
                    match source.more() {
                        Ok(true) => {}
                        Ok(false) if self.follow => {
                            // What is cut short here goes on in no other file.
                            if let Err(error) = source.packets.finish() {
                                show(Step::Damaged(name, error))?;
                            }
                            break Ok(());
                        }
                        Ok(false) => break source.packets.finish().map_err(Ended::Damaged),
                        Err(error) => break Err(Ended::Failed(error)),
                    }
                }
                Err(error) => break Err(Ended::Damaged(error)),
            }
        };
        self.source = None;
        self.ended = !(self.follow && self.path.is_some() && ended.is_ok());
        if !self.ended {
            return show(Step::Rotated(name));
        }
        match ended {
            Ok(()) => Ok(()),
            Err(Ended::Damaged(error)) => show(Step::Damaged(name, error)),
            Err(Ended::Failed(error)) => show(Step::Failed(name, error)),
        }
    }
}

enum Ended {
    Damaged(FileError),
    Failed(io::Error),
}

impl Source {
    /// Reads on; whether there was more.
    fn more(&mut self) -> io::Result<bool> {
        self.buffer.resize(CHUNK, 0);
        loop {
            match self.read.read(&mut self.buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(count) => {
                    self.buffer.truncate(count);
                    self.packets.feed(&self.buffer);
                    return Ok(count > 0);
                }
            }
        }
    }
}

impl Held {
    fn packet(&self) -> Packet<'_> {
        Packet {
            number: self.number,
            time: self.time,
            link: self.link,
            data: &self.data,
            length: self.length,
            comment: self.comment.as_deref(),
        }
    }
}

impl From<&Packet<'_>> for Held {
    fn from(packet: &Packet<'_>) -> Self {
        Self {
            number: packet.number,
            time: packet.time,
            link: packet.link,
            data: packet.data.to_vec(),
            length: packet.length,
            comment: packet.comment.map(Into::into),
        }
    }
}
