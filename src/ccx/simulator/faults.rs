//! Deliberate faults of a simulated server.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use fastrand::Rng;

use crate::ccx::{Frame, FrameDecoder, MessageType, Version};
use crate::faults::faults;

faults! {
    /// A way to misbehave.
    example "not-master";

    /// Refuses each session, as a standby server does (`E_CTI_SERVER_NOT_MASTER`).
    NotMaster "not-master";
    /// Refuses each session with `E_CTI_UNSPECIFIED_FAILURE`.
    Refuse "refuse";
    /// Refuses versions over 12.
    OldVersion "old-version";
    /// Never answers `OPEN_REQ`.
    NoOpen "no-open";
    /// Grants only events.
    GrantLess "grant-less";
    /// Says in `OPEN_CONF` that it is offline, and comes online after 5 seconds.
    StartsOffline "starts-offline";
    /// Goes offline 5 seconds after a session has opened.
    GoesOffline "goes-offline";
    /// Ends each session after 5 seconds, as if the client had opened another one.
    NewSession "new-session";
    /// Falls silent 5 seconds after a session has opened, and keeps the connection.
    Silent "silent";
    /// Does not answer heartbeats.
    NoHeartbeats "no-heartbeats";
    /// Answers heartbeats with `FAILURE_CONF`, as a server does that is offline.
    RefuseHeartbeats "refuse-heartbeats";
    /// Answers requests 12 seconds late, which the guide allows.
    Late "late";
    /// Answers requests twice.
    Twice "twice";
    /// Answers requests with another `InvokeID`.
    WrongInvokeId "wrong-invoke-id";
    /// Does not answer requests.
    NoAnswers "no-answers";
    /// Cuts frames at any byte, and sends the rest a little later.
    Cut "cut";
    /// Drops the connection now and then, between frames.
    Reset "reset";
    /// Drops the connection now and then, within a frame.
    ResetInFrame "reset-in-frame";
    /// Sends bytes that are no frame after a while.
    Garbage "garbage";
    /// Sends 1,000 meaningless events a second.
    Flood "flood";
    /// Adds to each message a field that no table lists, as a newer server may.
    NewerFields "newer-fields";
    /// Sends messages of reserved types in between.
    ReservedTypes "reserved-types";
    /// Demands after each download that the configuration be requested again.
    ConfigReset "config-reset";
    /// Fails each first download in the middle.
    ConfigError "config-error";
    /// Has no configuration.
    ConfigEmpty "config-empty";
}

/// Returns whether a message answers a request of an open session.
pub(super) fn is_answer(message_type: MessageType) -> bool {
    let name = message_type.name().unwrap_or_default();
    name.ends_with("_CONF")
        && !matches!(
            message_type,
            MessageType::OPEN_CONF | MessageType::HEARTBEAT_CONF | MessageType::CLOSE_CONF
        )
}

/// A frame, or a part of one.
#[derive(Debug)]
struct Piece {
    at: Duration,
    bytes: Bytes,
    /// Whether the rest of the frame is the next piece.
    cut: bool,
}

/// The bytes to send on a connection, with the faults applied.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    ready: VecDeque<Piece>,
    late: VecDeque<Piece>,
    /// Whether the rest of a frame is what comes next.
    within: bool,
    /// The number of frames until the fault of the connection.
    countdown: Option<u32>,
    pub reset: bool,
    pub opened: Option<Duration>,
}

impl Outbox {
    pub(super) fn next_due(&self) -> Option<Duration> {
        let ready = self.ready.front().map(|piece| piece.at);
        let late = self.late.front().filter(|_| !self.within);
        let late = late.map(|piece| piece.at);
        [ready, late].into_iter().flatten().min()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.late.is_empty()
    }

    pub(super) fn pop(&mut self, now: Duration) -> Option<Bytes> {
        let is_due = |queue: &VecDeque<Piece>| queue.front().is_some_and(|piece| piece.at <= now);
        let piece = if is_due(&self.ready) {
            self.ready.pop_front()?
        } else if is_due(&self.late) && !self.within {
            self.late.pop_front()?
        } else {
            return None;
        };
        self.within = piece.cut;
        Some(piece.bytes)
    }

    /// Sends bytes after those that are ready.
    fn put(&mut self, at: Duration, bytes: Bytes) {
        let cut = false;
        self.ready.push_back(Piece { at, bytes, cut });
    }

    /// Applies the faults to bytes that the server sends.
    pub(super) fn push(
        &mut self,
        now: Duration,
        bytes: Bytes,
        version: Version,
        faults: &[Fault],
        rng: &mut Rng,
    ) {
        if faults.is_empty() {
            self.put(now, bytes);
            return;
        }
        let has = |fault| faults.contains(&fault);
        let silent = has(Fault::Silent)
            && self
                .opened
                .is_some_and(|at| now.saturating_sub(at) >= Duration::from_secs(5));
        if silent || self.reset {
            return;
        }
        let mut decoder = FrameDecoder::with_max_body(u32::MAX);
        decoder.feed(&bytes);
        while let Ok(Some(frame)) = decoder.next_frame() {
            self.push_frame(now, &frame, version, &has, rng);
            if self.reset {
                return;
            }
        }
    }

    fn push_frame(
        &mut self,
        now: Duration,
        frame: &Frame,
        version: Version,
        has: &impl Fn(Fault) -> bool,
        rng: &mut Rng,
    ) {
        let message_type = frame.message_type();
        let answer = is_answer(message_type);
        if answer && has(Fault::NoAnswers) {
            return;
        }
        let mut bytes = BytesMut::from(frame.bytes().as_ref());
        if answer
            && has(Fault::WrongInvokeId)
            && let Some(last) = bytes.get_mut(11)
        {
            *last ^= 0x55;
        }
        if has(Fault::NewerFields) {
            add_field(&mut bytes, version);
        }
        if has(Fault::ReservedTypes) {
            let mut reserved = BytesMut::new();
            reserved.put_u32(4);
            reserved.put_u32(112);
            reserved.put_u32(0);
            self.put(now, reserved.freeze());
        }
        let bytes = bytes.freeze();
        let copies = if answer && has(Fault::Twice) { 2 } else { 1 };
        for _ in 0..copies {
            if answer && has(Fault::Late) {
                let at = now.saturating_add(Duration::from_secs(12));
                let (bytes, cut) = (bytes.clone(), false);
                self.late.push_back(Piece { at, bytes, cut });
            } else if has(Fault::Cut) && bytes.len() > 1 {
                let at = rng.usize(1..bytes.len());
                let last = self.ready.back().map_or(now, |piece| piece.at).max(now);
                self.ready.push_back(Piece {
                    at: last,
                    bytes: bytes.slice(..at),
                    cut: true,
                });
                let later = last.saturating_add(Duration::from_millis(rng.u64(1..30)));
                self.put(later, bytes.slice(at..));
            } else {
                self.put(now, bytes.clone());
            }
        }
        self.end_by_chance(now, message_type, &bytes, has, rng);
    }

    /// Ends the connection after some frames.
    fn end_by_chance(
        &mut self,
        now: Duration,
        message_type: MessageType,
        bytes: &Bytes,
        has: &impl Fn(Fault) -> bool,
        rng: &mut Rng,
    ) {
        let ends = has(Fault::Reset) || has(Fault::ResetInFrame) || has(Fault::Garbage);
        if !ends || message_type == MessageType::OPEN_CONF {
            return;
        }
        let left = self.countdown.unwrap_or_else(|| rng.u32(20..200));
        self.countdown = Some(left.saturating_sub(1));
        if left > 1 {
            return;
        }
        self.countdown = None;
        if has(Fault::Garbage) {
            let noise: Vec<u8> = core::iter::repeat_with(|| rng.u8(128..)).take(64).collect();
            self.put(now, noise.into());
            return;
        }
        if has(Fault::ResetInFrame) && bytes.len() > 1 {
            let at = rng.usize(1..bytes.len());
            self.put(now, bytes.slice(..at));
        }
        // Nothing comes after that.
        self.late.clear();
        self.reset = true;
    }
}

/// Appends a floating field that no table lists.
fn add_field(bytes: &mut BytesMut, version: Version) {
    let before = bytes.len();
    if version.has_wide_ids() {
        bytes.put_u16(0x7FFA);
    } else {
        bytes.put_u8(250);
    }
    bytes.put_slice(b"\x06newer\0");
    let added = u32::try_from(bytes.len().saturating_sub(before)).unwrap_or(0);
    if let Some(length) = bytes.first_chunk_mut::<4>() {
        *length = u32::from_be_bytes(*length)
            .saturating_add(added)
            .to_be_bytes();
    }
}
