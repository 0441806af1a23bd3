//! The connection of either role: frames in, bytes out.

use bytes::{Bytes, BytesMut};

use crate::ccx::{EncodeError, Frame, FrameDecoder, FrameError, Message, Version};

/// The least room that is made for input, in bytes: that of some ten messages.
const ROOM: usize = 1024;

#[derive(Debug)]
pub(super) struct Link {
    decoder: FrameDecoder,
    out: BytesMut,
    max_body: u32,
}

impl Link {
    pub(super) fn new(max_body: u32) -> Self {
        Self {
            decoder: FrameDecoder::with_max_body(max_body),
            out: BytesMut::new(),
            max_body,
        }
    }

    /// Begins anew, for another connection.
    pub(super) fn reset(&mut self) {
        self.decoder = FrameDecoder::with_max_body(self.max_body);
        self.out.clear();
    }

    #[inline]
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        let buffer = self.decoder.buffer_mut();
        let room = buffer.capacity().saturating_sub(buffer.len());
        if room < bytes.len() {
            // Makes room for more than these, as messages often come one by one.
            buffer.reserve(bytes.len().max(ROOM));
        }
        self.decoder.feed(bytes);
    }

    /// Returns whether there are bytes that belong to no frame taken so far.
    #[inline]
    pub(super) fn has_input(&self) -> bool {
        !self.decoder.is_empty()
    }

    #[inline]
    pub(super) fn next_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        self.decoder.next_frame()
    }

    /// Like [`next_frame`](Self::next_frame), and tells whether the frame is one that `see` looks
    /// for.
    #[inline(always)]
    pub(super) fn next_seen(
        &mut self,
        see: impl FnOnce(&Frame<&[u8]>) -> bool,
    ) -> Result<Option<(bool, Frame)>, FrameError> {
        self.decoder.next_seen(see)
    }

    /// Returns whether a frame or a fault is available without more input.
    pub(super) fn has_frame(&self) -> bool {
        self.decoder.wanted() == 0
    }

    pub(super) fn unsent(&self) -> usize {
        self.out.len()
    }

    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Queues a message, and returns its bytes if a tap wants them.
    pub(super) fn encode(
        &mut self,
        message: &Message<'_>,
        version: Version,
        tap: bool,
    ) -> Result<Option<Frame>, EncodeError> {
        let start = self.out.len();
        message.encode(version, &mut self.out)?;
        Ok(tap
            .then(|| self.out.get(start..))
            .flatten()
            .and_then(|sent| Frame::new(Bytes::copy_from_slice(sent)).ok()))
    }

    pub(super) fn transmit(&mut self) -> Option<Bytes> {
        if self.out.is_empty() {
            return None;
        }
        Some(self.out.split().freeze())
    }
}

/// Reads a number of the fixed part, even if the rest does not decode.
pub(super) fn fixed_u32(frame: &Frame, at: usize) -> Option<u32> {
    let bytes = frame.body().get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*bytes))
}
