//! One direction of a TCP connection: segments in any order become a stream with holes.

use std::collections::BTreeMap;
use std::vec::Vec;

use super::item::{Stamp, Why};
use super::layers::Segment;

/// The start of a stream, far enough from 0 that data found to lie before it has a place.
const BASE: u64 = 1 << 40;
/// A segment further ahead than this, or further back than the other limit, belongs to another
/// connection: no window is that wide.
const JUMP_AHEAD: i64 = 64 << 20;
const JUMP_BACK: i64 = 1 << 20;
/// A reset further ahead than this is none.
const RESET_AHEAD: i64 = 64 << 10;
/// The number of bytes held after a hole before it counts as missing.
const MAX_HELD: usize = 1 << 20;
/// The time for which a hole may still be filled, in nanoseconds of the capture: this one if the
/// receiver has acknowledged the bytes, so that they are not sent again, the other one if not.
const WAIT_ACKED: i64 = 1_000_000_000;
const WAIT: i64 = 10_000_000_000;
/// The number of segments, or the time, for which a stream without its SYN is held, in case its
/// first segments are out of order.
const START_SEGMENTS: u8 = 4;
const START_WAIT: i64 = 200_000_000;
/// The number of bytes kept for comparison with retransmissions.
const HISTORY: usize = 2 << 10;

/// The output of a flow.
#[derive(Debug)]
pub(super) enum Out<'a> {
    Data(&'a [u8], &'a Stamp),
    Hole(u64, Why, &'a Stamp),
    Differs(u64, &'a Stamp),
    /// Bytes from before the assumed start of the stream, too late to be put before it.
    Early(u64, &'a Stamp),
}

/// The part of a segment that belongs to one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) seq: u32,
    pub(super) data: &'a [u8],
    pub(super) cut: usize,
    pub(super) fin: bool,
    pub(super) stamp: &'a Stamp,
    pub(super) now: i64,
}

#[derive(Clone, Debug)]
struct Piece {
    bytes: Vec<u8>,
    stamp: Stamp,
}

/// A segment far from the position of the stream.
#[derive(Clone, Debug)]
pub(super) struct Jump {
    pub(super) seq: u32,
    pub(super) bytes: Vec<u8>,
    pub(super) stamp: Stamp,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// The sequence number at `position`; `None` before the first segment.
    next: Option<u32>,
    position: u64,
    isn: Option<u32>,
    /// The end of the stream, from its FIN.
    fin: Option<u64>,
    held: BTreeMap<u64, Piece>,
    held_bytes: usize,
    /// The stretches that the capture cut off: their starts and ends.
    cuts: BTreeMap<u64, u64>,
    /// The time since when the stream has waited for a hole to be filled.
    waits_since: Option<i64>,
    /// The position that the receiver has acknowledged.
    acked: u64,
    history: Vec<u8>,
    /// The time since when, and the number of segments for which, a start without SYN has been
    /// held.
    starting: Option<(i64, u8)>,
    /// The start of the bytes already emitted.
    start: u64,
    jump: Option<Jump>,
    stamp: Stamp,
}

impl Flow {
    /// Takes the first sequence number, from a SYN. Returns whether the stream begins with it: a
    /// SYN may be captured after the first data.
    pub(super) fn begins_with(&mut self, isn: u32) -> bool {
        if self.isn.is_some() {
            return false;
        }
        self.isn = Some(isn);
        if self.next.is_some() {
            return false;
        }
        self.begin(isn.wrapping_add(1));
        true
    }

    pub(super) fn isn(&self) -> Option<u32> {
        self.isn
    }

    fn begin(&mut self, next: u32) {
        self.next = Some(next);
        self.position = BASE;
        self.start = BASE;
        self.acked = BASE;
    }

    /// Returns whether the stream has reached its FIN.
    pub(super) fn is_finished(&self) -> bool {
        self.fin.is_some_and(|fin| fin <= self.position)
    }

    pub(super) fn has_fin(&self) -> bool {
        self.fin.is_some()
    }

    /// Returns whether it needs further ticks.
    pub(super) fn waits(&self) -> bool {
        self.waits_since.is_some() || self.starting.is_some()
    }

    /// Returns whether this stream may use a sequence number next.
    pub(super) fn is_near(&self, seq: u32) -> bool {
        self.next.is_none_or(|next| {
            let distance = i64::from(seq.wrapping_sub(next).cast_signed());
            (-JUMP_BACK..=JUMP_AHEAD).contains(&distance)
        })
    }

    /// Returns whether a reset with this sequence number counts: a receiver takes it within the
    /// window only, and others that tear connections down have to guess.
    pub(super) fn may_reset(&self, seq: u32) -> bool {
        self.next.is_none_or(|next| {
            let distance = i64::from(seq.wrapping_sub(next).cast_signed());
            (-JUMP_BACK..=RESET_AHEAD).contains(&distance)
        })
    }

    /// Returns whether a segment has bytes that directly follow those that were there.
    pub(super) fn is_new(&self, segment: &Segment<'_>) -> bool {
        self.next == Some(segment.seq) && !segment.data.is_empty()
    }

    /// Notes that the receiver has all bytes before this one.
    pub(super) fn acknowledged(&mut self, ack: u32) {
        let Some(next) = self.next else {
            return;
        };
        let ahead = i64::from(ack.wrapping_sub(next).cast_signed());
        if (1..=JUMP_AHEAD).contains(&ahead) {
            let to = self.position.saturating_add(ahead.unsigned_abs());
            self.acked = self.acked.max(to);
        }
    }

    /// Processes a segment. Returns the previous one if the two belong to another connection on the
    /// same ports.
    pub(super) fn segment(
        &mut self,
        part: &Part<'_>,
        out: &mut dyn FnMut(Out<'_>),
    ) -> Option<Jump> {
        let empty = part.data.is_empty() && part.cut == 0;
        let next = match self.next {
            Some(next) => next,
            None if empty => return None,
            None => {
                self.begin(part.seq);
                self.starting = Some((part.now, 0));
                part.seq
            }
        };
        let distance = i64::from(part.seq.wrapping_sub(next).cast_signed());
        if !(-JUMP_BACK..=JUMP_AHEAD).contains(&distance) {
            return self.far(part, empty);
        }
        self.jump = None;
        let at = self.position.saturating_add_signed(distance);
        let end = at.saturating_add(length(part.data));
        let cut_end = end.saturating_add(u64::try_from(part.cut).unwrap_or(u64::MAX));
        if part.fin {
            self.fin = Some(self.fin.map_or(cut_end, |fin| fin.min(cut_end)));
        }
        // A keep-alive repeats the last byte, or sends another in its place.
        let keeps_alive = distance == -1 && part.data.len() <= 1 && self.starting.is_none();
        if empty || keeps_alive {
            return None;
        }
        self.stamp.clone_from(part.stamp);
        if part.cut > 0 && cut_end > self.position {
            self.cuts
                .entry(end)
                .and_modify(|known| *known = cut_end.max(*known))
                .or_insert(cut_end);
        }
        if let Some((_, segments)) = &mut self.starting {
            *segments = segments.saturating_add(1);
        }
        if self.starting.is_none()
            && at == self.position
            && self.held.is_empty()
            && self.cuts.is_empty()
        {
            self.give(part.data, part.stamp, out);
            return None;
        }
        // After a SYN there is nothing before the start.
        if at < self.start && self.starting.is_none() && self.isn.is_none() {
            out(Out::Early(
                self.start.min(end).saturating_sub(at),
                part.stamp,
            ));
        }
        let differs = self.take(at, part.data, part.stamp);
        if differs > 0 {
            out(Out::Differs(differs, part.stamp));
        }
        self.go_on(part.now, out);
        None
    }

    #[cold]
    fn far(&mut self, part: &Part<'_>, empty: bool) -> Option<Jump> {
        if empty {
            return None;
        }
        let goes_on = self.jump.as_ref().is_some_and(|jump| {
            let length = u32::try_from(jump.bytes.len()).unwrap_or(u32::MAX);
            jump.seq.wrapping_add(length) == part.seq
        });
        if goes_on {
            return self.jump.take();
        }
        self.jump = Some(Jump {
            seq: part.seq,
            bytes: part.data.to_vec(),
            stamp: part.stamp.clone(),
        });
        None
    }

    /// Advances the clock.
    pub(super) fn tick(&mut self, now: i64, out: &mut dyn FnMut(Out<'_>)) {
        if self.waits() {
            self.go_on(now, out);
        }
    }

    /// Emits all bytes held: the capture or the connection has ended.
    pub(super) fn finish(&mut self, out: &mut dyn FnMut(Out<'_>)) {
        self.end_of_start();
        loop {
            self.drain(out);
            match self.held.keys().next().copied() {
                Some(first) => self.hole(first, Why::Lost, out),
                None => break,
            }
        }
        self.waits_since = None;
        // The receiver has bytes that were never captured. One of them may be the FIN.
        let end = match self.fin {
            Some(fin) => Some(fin),
            None if self.acked > self.position.saturating_add(1) => Some(self.acked),
            None => None,
        };
        if let Some(end) = end.filter(|end| *end > self.position && self.next.is_some()) {
            self.hole(end, Why::Lost, out);
        }
    }

    fn go_on(&mut self, now: i64, out: &mut dyn FnMut(Out<'_>)) {
        if let Some((since, segments)) = self.starting {
            let waited = now.saturating_sub(since);
            if segments < START_SEGMENTS && (0..=START_WAIT).contains(&waited) {
                return;
            }
            self.end_of_start();
        }
        loop {
            self.drain(out);
            let Some(first) = self.held.keys().next().copied() else {
                self.waits_since = None;
                return;
            };
            let since = *self.waits_since.get_or_insert(now);
            let acked = self.acked > self.position;
            let limit = if acked { WAIT_ACKED } else { WAIT };
            if self.held_bytes <= MAX_HELD && now.saturating_sub(since) <= limit {
                return;
            }
            self.hole(first, Why::Lost, out);
            self.waits_since = None;
        }
    }

    /// Sets the start of the data held so far to its earliest segment.
    fn end_of_start(&mut self) {
        if self.starting.take().is_none() {
            return;
        }
        if let (Some(first), Some(next)) = (self.held.keys().next().copied(), self.next) {
            let ahead = i128::from(first).saturating_sub(i128::from(self.position));
            let ahead = i32::try_from(ahead).unwrap_or(0);
            self.next = Some(next.wrapping_add_signed(ahead));
            self.position = first;
            self.start = first;
        }
    }

    /// Emits the next bytes, as far as they are there.
    fn drain(&mut self, out: &mut dyn FnMut(Out<'_>)) {
        loop {
            if let Some(piece) = self.held.remove(&self.position) {
                self.held_bytes = self.held_bytes.saturating_sub(piece.bytes.len());
                self.give(&piece.bytes, &piece.stamp, out);
                continue;
            }
            let Some((&from, &to)) = self.cuts.first_key_value() else {
                return;
            };
            if from > self.position {
                return;
            }
            self.cuts.remove(&from);
            if to > self.position {
                let end = match self.held.keys().next() {
                    Some(first) => to.min(*first),
                    None => to,
                };
                self.hole(end, Why::Cut, out);
            }
        }
    }

    fn hole(&mut self, to: u64, why: Why, out: &mut dyn FnMut(Out<'_>)) {
        let bytes = to.saturating_sub(self.position);
        if bytes == 0 {
            return;
        }
        let stamp = match self.held.first_key_value() {
            Some((_, piece)) => piece.stamp.clone(),
            None => self.stamp.clone(),
        };
        out(Out::Hole(bytes, why, &stamp));
        self.history.clear();
        self.advance(bytes);
    }

    fn give(&mut self, data: &[u8], stamp: &Stamp, out: &mut dyn FnMut(Out<'_>)) {
        out(Out::Data(data, stamp));
        let keep = data
            .get(data.len().saturating_sub(HISTORY)..)
            .unwrap_or_default();
        if self.history.len().saturating_add(keep.len()) > HISTORY.saturating_mul(2) {
            let old = self
                .history
                .len()
                .saturating_sub(HISTORY.saturating_sub(keep.len()));
            self.history.drain(..old);
        }
        self.history.extend_from_slice(keep);
        self.advance(length(data));
    }

    fn advance(&mut self, bytes: u64) {
        self.position = self.position.saturating_add(bytes);
        // Sequence numbers wrap at 32 bits.
        let low = u32::try_from(bytes & u64::from(u32::MAX)).unwrap_or(0);
        self.next = self.next.map(|next| next.wrapping_add(low));
    }

    /// Keeps the new bytes of a segment, and returns how many differ from those already there.
    fn take(&mut self, at: u64, data: &[u8], stamp: &Stamp) -> u64 {
        let end = at.saturating_add(length(data));
        let slice = |from: u64, to: u64| {
            let index =
                |place: u64| usize::try_from(place.saturating_sub(at)).unwrap_or(usize::MAX);
            data.get(index(from)..index(to)).unwrap_or_default()
        };
        let mut differs = 0_u64;
        let mut from = at;
        // The bytes already emitted, as far as they are remembered.
        if from < self.position && self.starting.is_none() {
            let old_end = end.min(self.position);
            let known_from = self.position.saturating_sub(length(&self.history));
            let compare = from.max(known_from);
            let index = |place: u64| usize::try_from(place.saturating_sub(known_from)).unwrap_or(0);
            let known = self
                .history
                .get(index(compare)..index(old_end))
                .unwrap_or_default();
            differs = differs.saturating_add(count_differing(known, slice(compare, old_end)));
            from = old_end;
        }
        while from < end {
            // The piece that covers this place, or the first one after it.
            let before = self
                .held
                .range(..=from)
                .next_back()
                .and_then(|(start, piece)| {
                    let piece_end = start.saturating_add(length(&piece.bytes));
                    (piece_end > from).then_some((*start, piece_end))
                });
            if let Some((start, piece_end)) = before {
                let to = end.min(piece_end);
                if let Some(piece) = self.held.get(&start) {
                    let index =
                        |place: u64| usize::try_from(place.saturating_sub(start)).unwrap_or(0);
                    let known = piece.bytes.get(index(from)..index(to)).unwrap_or_default();
                    differs = differs.saturating_add(count_differing(known, slice(from, to)));
                }
                from = to;
                continue;
            }
            let to = self
                .held
                .range(from..)
                .next()
                .map_or(end, |(start, _)| end.min(*start));
            let bytes = slice(from, to).to_vec();
            self.held_bytes = self.held_bytes.saturating_add(bytes.len());
            self.held.insert(
                from,
                Piece {
                    bytes,
                    stamp: stamp.clone(),
                },
            );
            from = to;
        }
        differs
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn count_differing(one: &[u8], two: &[u8]) -> u64 {
    if one == two {
        return 0;
    }
    let count = one.iter().zip(two).filter(|(a, b)| a != b).count();
    u64::try_from(count).unwrap_or(u64::MAX)
}
