//! Files as they lie on disks: compressed, or still being written.

use std::fs::{File, Metadata};
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use super::run::long;

/// The bytes asked for at once.
const CHUNK: usize = 64 * 1024;
/// How long to wait for more of a file that grows.
pub(crate) const WAIT: Duration = Duration::from_millis(200);

/// A file that is read on as it grows. It ends where another file has taken its name, or it was
/// truncated.
pub(crate) struct Follow {
    file: File,
    path: PathBuf,
    /// The bytes read.
    at: u64,
    /// Another file has taken the name.
    replaced: bool,
}

impl Follow {
    pub(crate) fn new(file: File, path: PathBuf) -> Self {
        Self {
            file,
            path,
            at: 0,
            replaced: false,
        }
    }

    /// Returns whether the name is that of another file by now. Between two files it is none's.
    fn is_replaced(&self) -> io::Result<bool> {
        let own = identity(&self.file.metadata()?);
        Ok(self
            .path
            .metadata()
            .is_ok_and(|data| identity(&data) != own))
    }
}

/// Tells a file from others.
#[cfg(unix)]
fn identity(data: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (data.dev(), data.ino())
}

#[cfg(not(unix))]
fn identity(data: &Metadata) -> Option<std::time::SystemTime> {
    data.created().ok()
}

impl Read for Follow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.file.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                self.at = self.at.saturating_add(long(count));
                return Ok(count);
            }
            if self.replaced || self.file.metadata()?.len() < self.at {
                return Ok(0);
            }
            // The next turn reads the bytes that were written until then.
            self.replaced = self.is_replaced()?;
            if !self.replaced {
                thread::sleep(WAIT);
            }
        }
    }
}

/// Unpacks an input that is compressed by gzip, zstd or lz4, and returns others as they are.
pub(crate) fn unpacked(mut read: Box<dyn Read>) -> io::Result<Box<dyn Read>> {
    // As much as comes at once, so that what an input is can still be told by how it begins.
    let mut begun = Vec::new();
    loop {
        let before = begun.len();
        begun.resize(before.saturating_add(CHUNK), 0);
        let count = match read.read(begun.get_mut(before..).unwrap_or_default()) {
            Err(error) if error.kind() == ErrorKind::Interrupted => 0,
            Err(error) => return Err(error),
            Ok(0) => {
                begun.truncate(before);
                break;
            }
            Ok(count) => count,
        };
        begun.truncate(before.saturating_add(count));
        // What is none of them is not waited for: a person may write it, one line at a time.
        let may_be = matches!(begun.as_slice(), [] | [0x1f | 0x28 | 0x04, ..]);
        if begun.len() >= 4 || !may_be {
            break;
        }
    }
    let head = begun.first_chunk::<4>().copied().unwrap_or_default();
    let whole = Cursor::new(begun).chain(read);
    let (by, read): (_, Box<dyn Read>) = match head {
        [0x1f, 0x8b, ..] => ("gzip", Box::new(flate2::read::MultiGzDecoder::new(whole))),
        [0x28, 0xb5, 0x2f, 0xfd] => ("zstd", Box::new(Zstd::Between(Box::new(whole)))),
        [0x04, 0x22, 0x4d, 0x18] => {
            let read = lz4_flex::frame::FrameDecoder::new(whole);
            ("lz4", Box::new(read))
        }
        _ => return Ok(Box::new(whole)),
    };
    Ok(Box::new(Packed { by, read }))
}

/// A compressed file, whose faults say so.
struct Packed {
    by: &'static str,
    read: Box<dyn Read>,
}

impl Read for Packed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let by = self.by;
        self.read.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::Interrupted => error,
            _ => io::Error::other(format!(
                "compressed by {by}, and cut short or damaged: {error}"
            )),
        })
    }
}

/// The frames of a zstd file, one after the other.
enum Zstd {
    Between(Box<dyn Read>),
    Frame(Box<ruzstd::decoding::StreamingDecoder<Box<dyn Read>, ruzstd::decoding::FrameDecoder>>),
    Ended,
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(self, Self::Ended) {
                Self::Ended => return Ok(0),
                Self::Between(mut read) => {
                    let mut first = [0];
                    if read.read(&mut first)? == 0 {
                        return Ok(0);
                    }
                    let read: Box<dyn Read> = Box::new(Cursor::new(first).chain(read));
                    let frame = ruzstd::decoding::StreamingDecoder::new(read).map_err(|error| {
                        io::Error::new(ErrorKind::InvalidData, error.to_string())
                    })?;
                    *self = Self::Frame(Box::new(frame));
                }
                Self::Frame(mut frame) => match frame.read(buffer)? {
                    0 => *self = Self::Between(frame.into_inner()),
                    count => {
                        *self = Self::Frame(frame);
                        return Ok(count);
                    }
                },
            }
        }
    }
}
