//! Frames for `tokio_util::codec`.

use std::io;

use bytes::BytesMut;
use tokio_util::codec::{Decoder, Encoder};

use crate::ccx::{EncodeError, Frame, FrameDecoder, FrameError, Message, Version};

/// Cuts frames out of a stream, and writes messages and frames to one: for
/// `tokio_util::codec::Framed` and its halves.
///
/// A frame is not decoded, as its version is the session's: ask [`Frame::decode`]. A body over the
/// limit is an error, after which `Framed` ends.
///
/// ```
/// use bytes::BytesMut;
/// use cti_codec::ccx::client::FrameCodec;
/// use cti_codec::ccx::{HeartbeatReq, Message, Version};
/// use tokio_util::codec::{Decoder, Encoder};
///
/// let mut codec = FrameCodec::new(Version::V14);
/// let mut bytes = BytesMut::new();
/// let heartbeat = HeartbeatReq { invoke_id: 7, ..Default::default() };
/// codec.encode(Message::from(heartbeat), &mut bytes)?;
/// let frame = codec.decode(&mut bytes)?.unwrap();
/// assert_eq!(frame.decode(Version::V14)?, heartbeat.into());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct FrameCodec {
    decoder: FrameDecoder,
    /// The version in which messages are written.
    pub version: Version,
}

impl FrameCodec {
    /// Creates a codec with the usual limit for a body.
    #[must_use]
    pub fn new(version: Version) -> Self {
        Self::with_max_body(version, FrameDecoder::DEFAULT_MAX_BODY)
    }

    /// Creates a codec with another limit for a body.
    #[must_use]
    pub fn with_max_body(version: Version, max_body: u32) -> Self {
        Self {
            decoder: FrameDecoder::with_max_body(max_body),
            version,
        }
    }
}

impl Default for FrameCodec {
    fn default() -> Self {
        Self::new(Version::default())
    }
}

/// Why a codec gives up on a stream.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The input is no frame, or ended within one.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// A message was not written, as the guide forbids it.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl Decoder for FrameCodec {
    type Item = Frame;
    type Error = CodecError;

    fn decode(&mut self, source: &mut BytesMut) -> Result<Option<Frame>, CodecError> {
        // Joins the parts split off the same buffer, without copying where possible.
        self.decoder.buffer_mut().unsplit(source.split());
        let frame = self.decoder.next_frame()?;
        if frame.is_none() {
            source.reserve(self.decoder.wanted().min(1 << 16));
        }
        Ok(frame)
    }

    fn decode_eof(&mut self, source: &mut BytesMut) -> Result<Option<Frame>, CodecError> {
        let frame = self.decode(source)?;
        if frame.is_none() {
            self.decoder.finish()?;
        }
        Ok(frame)
    }
}

impl Encoder<Message<'_>> for FrameCodec {
    type Error = CodecError;

    fn encode(&mut self, message: Message<'_>, out: &mut BytesMut) -> Result<(), CodecError> {
        message.encode(self.version, out)?;
        Ok(())
    }
}

impl Encoder<Frame> for FrameCodec {
    type Error = CodecError;

    fn encode(&mut self, frame: Frame, out: &mut BytesMut) -> Result<(), CodecError> {
        out.extend_from_slice(frame.bytes());
        Ok(())
    }
}
