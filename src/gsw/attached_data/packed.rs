//! The packed form. Its layout is not published; this one is inferred. It reproduces the lengths
//! and leading bytes that published server traces print, which are the only evidence for it.
//!
//! A list is a `u16` count and then its pairs. A pair is a type byte (0 string, 1 integer, 2
//! binary, 3 list, 4 unicode string), a `u16` length and the key, a length and the value. The
//! length of a value is a `u16`, of a list a `u32`. An integer is written in 4 bytes; from 1 to 8
//! are read, sign-extended. All numbers are big-endian, nothing ends in a NUL.
use alloc::string::String;
use alloc::vec::Vec;

use super::{AttachedData, Limits, Pair, Value};
use crate::gsw::error::{PackError, PackErrorKind, UnpackError, UnpackErrorKind};
use crate::text::Text;

const STRING: u8 = 0;
const INTEGER: u8 = 1;
const BINARY: u8 = 2;
const LIST: u8 = 3;
const UNICODE: u8 = 4;

/// A list that [`walk`] has checked, or that is nested in one.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    /// The pairs, without the count before them.
    pub(super) pairs: &'a [u8],
    pub(super) count: u16,
    marks: Marks,
}

impl<'a> List<'a> {
    /// A list within a list.
    pub(super) const fn within(pairs: &'a [u8], count: u16) -> Self {
        Self {
            pairs,
            count,
            marks: Marks::NONE,
        }
    }
}

/// An index that shortens look-ups. The list is divided into quarters, each with a set of marks of
/// its keys; a quarter without a key's mark is skipped.
#[derive(Clone, Copy)]
struct Marks {
    /// Marks of the keys in each quarter.
    seen: [u32; 4],
    /// The starts of the second to fourth quarter.
    starts: [u16; 3],
}

impl Marks {
    /// No marks: the whole list is the last quarter.
    const NONE: Marks = Marks {
        seen: [0, 0, 0, u32::MAX],
        starts: [0; 3],
    };
}

/// One bit of 32, derived from the key. Length and middle byte tell most of the manuals' keys
/// apart, which all begin alike.
#[inline]
fn mark(key: &[u8]) -> u32 {
    let middle = key.get(key.len() / 2).copied().unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, reason = "its low bits do")]
    let length = key.len() as u32;
    1_u32.rotate_left(u32::from(middle).wrapping_add(length << 2))
}

impl<'a> List<'a> {
    /// Returns the value under a key: hops from key to key and builds only that value.
    #[inline(always)]
    pub(super) fn find(&self, wanted: &[u8]) -> Option<Value<'a>> {
        let mark = mark(wanted);
        let [second, third, fourth] = self.marks.starts.map(usize::from);
        let starts = [0, second, third, fourth];
        let ends = [second, third, fourth, self.pairs.len()];
        for ((seen, start), end) in self.marks.seen.iter().zip(starts).zip(ends) {
            if seen & mark == 0 {
                continue;
            }
            let mut rest = self.pairs.get(start..end)?;
            while !rest.is_empty() {
                let (kind, key, tail) = split_key(rest)?;
                let (value, tail) = split_value(kind, tail)?;
                if key == wanted {
                    return to_value(kind, value);
                }
                rest = tail;
            }
        }
        None
    }
}

pub(super) fn unpack(bytes: &[u8], limits: Limits) -> Result<AttachedData<'_>, UnpackError> {
    if bytes.len() > limits.max_bytes {
        return Err(too_large(limits));
    }
    let (data, rest) = unpack_prefix(bytes, limits)?;
    match rest.len() {
        0 => Ok(data),
        left => Err(at(bytes, rest, UnpackErrorKind::TrailingBytes { left })),
    }
}

pub(super) fn unpack_prefix(
    bytes: &[u8],
    limits: Limits,
) -> Result<(AttachedData<'_>, &[u8]), UnpackError> {
    // Bytes past the limit are ignored, and an end caused by the limit is reported as the limit.
    let (seen, unseen) = bytes
        .split_at_checked(limits.max_bytes)
        .unwrap_or((bytes, &[]));
    let (data, rest) = walk(seen, seen, limits.depth()).map_err(|error| match error.kind {
        UnpackErrorKind::Truncated { .. } if !unseen.is_empty() => too_large(limits),
        _ => error,
    })?;
    let used = seen.len().saturating_sub(rest.len());
    Ok((data, bytes.get(used..).unwrap_or_default()))
}

#[cold]
fn too_large(limits: Limits) -> UnpackError {
    UnpackError {
        offset: limits.max_bytes,
        key: String::new(),
        kind: UnpackErrorKind::TooLarge {
            limit: limits.max_bytes,
        },
    }
}

/// Returns the error at the offset of `rest`, a tail of `whole`.
#[cold]
fn at(whole: &[u8], rest: &[u8], kind: UnpackErrorKind) -> UnpackError {
    UnpackError {
        offset: whole.len().saturating_sub(rest.len()),
        key: String::new(),
        kind,
    }
}

/// Adds the pair's key to the error, unless it has one from a nested list.
#[cold]
fn under(key: &[u8], error: UnpackError) -> UnpackError {
    if error.key.is_empty() {
        let key = Text::new(key).to_string_lossy().into_owned();
        UnpackError { key, ..error }
    } else {
        error
    }
}

#[cold]
fn truncated(whole: &[u8], rest: &[u8], needed: usize) -> UnpackError {
    at(
        whole,
        rest,
        UnpackErrorKind::Truncated {
            needed,
            left: rest.len(),
        },
    )
}

/// Checks one list at the front of `bytes`, a tail of `whole`. `depth` is the number of further
/// levels allowed in it.
fn walk<'a>(
    whole: &'a [u8],
    bytes: &'a [u8],
    depth: usize,
) -> Result<(AttachedData<'a>, &'a [u8]), UnpackError> {
    let Some((&count, pairs)) = bytes.split_first_chunk::<2>() else {
        return Err(truncated(whole, bytes, 2));
    };
    let count = u16::from_be_bytes(count);
    let quarter = count.div_ceil(4);
    let mut left = count;
    let mut rest = pairs;
    let (mut starts, mut seen) = ([0; 4], [0; 4]);
    for (start, seen) in starts.iter_mut().zip(&mut seen) {
        *start = pairs.len().saturating_sub(rest.len());
        let here = quarter.min(left);
        left = left.saturating_sub(here);
        for _ in 0..here {
            rest = match pass_pair(rest, seen) {
                Some(after) => after,
                None => walk_pair(whole, rest, depth)?,
            };
        }
    }
    let used = pairs.len().saturating_sub(rest.len());
    let marks = match starts.map(u16::try_from) {
        [_, Ok(second), Ok(third), Ok(fourth)] => Marks {
            seen,
            starts: [second, third, fourth],
        },
        _ => Marks::NONE,
    };
    let list = List {
        pairs: pairs.get(..used).unwrap_or(pairs),
        count,
        marks,
    };
    Ok((AttachedData::from_packed(list), rest))
}

/// Skips the pair at the front of the bytes and adds the mark of its key. Returns `None`, with the
/// mark, for a list, and `None` for a malformed pair: [`walk_pair`] handles both.
#[inline]
fn pass_pair<'a>(bytes: &'a [u8], seen: &mut u32) -> Option<&'a [u8]> {
    let (kind, key, rest) = split_key(bytes)?;
    *seen |= mark(key);
    if kind == LIST {
        return None;
    }
    let (value, rest) = split_value(kind, rest)?;
    let known = match kind {
        INTEGER => (1..=8).contains(&value.len()),
        _ => matches!(kind, STRING | BINARY | UNICODE),
    };
    known.then_some(rest)
}

/// Checks the pair at the front of `rest`, a tail of `whole`, that [`pass_pair`] did not skip: a
/// list or a malformed pair.
#[inline(never)]
fn walk_pair<'a>(whole: &'a [u8], rest: &'a [u8], depth: usize) -> Result<&'a [u8], UnpackError> {
    let Some((&[kind, high, low], after_head)) = rest.split_first_chunk::<3>() else {
        return Err(truncated(whole, rest, 3));
    };
    let key = usize::from(u16::from_be_bytes([high, low]));
    let Some((key, after_key)) = after_head.split_at_checked(key) else {
        return Err(truncated(whole, after_head, key));
    };
    let nested = match kind {
        LIST => walk_nested(whole, after_key, depth),
        _ => Err(wrong_value(whole, rest, kind, after_key)),
    };
    nested.map_err(|error| under(key, error))
}

/// Returns the error for a malformed value other than a list.
#[cold]
fn wrong_value(whole: &[u8], pair: &[u8], kind: u8, after_key: &[u8]) -> UnpackError {
    let Some((&length, after_length)) = after_key.split_first_chunk::<2>() else {
        return truncated(whole, after_key, 2);
    };
    let length = usize::from(u16::from_be_bytes(length));
    if after_length.len() < length {
        return truncated(whole, after_length, length);
    }
    // Every other kind and width was skipped as valid.
    if kind == INTEGER {
        at(whole, after_key, UnpackErrorKind::IntegerWidth { length })
    } else {
        at(whole, pair, UnpackErrorKind::UnknownType { code: kind })
    }
}

fn walk_nested<'a>(
    whole: &'a [u8],
    after_key: &'a [u8],
    depth: usize,
) -> Result<&'a [u8], UnpackError> {
    let Some((&length, after_length)) = after_key.split_first_chunk::<4>() else {
        return Err(truncated(whole, after_key, 4));
    };
    let Some(depth) = depth.checked_sub(1) else {
        return Err(at(whole, after_key, UnpackErrorKind::TooDeep));
    };
    // A length that does not fit the machine's size cannot fit the bytes either.
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    let Some((nested, after_value)) = after_length.split_at_checked(length) else {
        return Err(truncated(whole, after_length, length));
    };
    // Offsets count from the front of the whole, so the nested list is walked as a tail of a
    // shortened whole.
    let end = whole.len().saturating_sub(after_value.len());
    let whole = whole.get(..end).unwrap_or(whole);
    match walk(whole, nested, depth)? {
        (_, []) => Ok(after_value),
        (_, rest) => Err(at(
            whole,
            rest,
            UnpackErrorKind::TrailingBytes { left: rest.len() },
        )),
    }
}

/// Returns the pair at the front of bytes that [`walk`] has checked.
#[inline]
pub(super) fn next_pair(bytes: &[u8]) -> Option<(Pair<'_>, &[u8])> {
    let (kind, key, rest) = split_key(bytes)?;
    let (value, rest) = split_value(kind, rest)?;
    Some((
        Pair {
            key: Text::new(key),
            value: to_value(kind, value)?,
        },
        rest,
    ))
}

#[inline]
fn split_key(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[kind, high, low], rest) = bytes.split_first_chunk::<3>()?;
    let (key, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes([high, low])))?;
    Some((kind, key, rest))
}

#[inline]
fn split_value(kind: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if kind == LIST {
        let (&length, rest) = bytes.split_first_chunk::<4>()?;
        return rest.split_at_checked(usize::try_from(u32::from_be_bytes(length)).ok()?);
    }
    let (&length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(length)))
}

#[inline]
fn to_value(kind: u8, value: &[u8]) -> Option<Value<'_>> {
    Some(match kind {
        STRING => Value::Str(Text::new(value)),
        INTEGER => Value::Int(to_int(value)),
        BINARY => Value::Binary(value),
        UNICODE => Value::Unicode(Text::new(value)),
        LIST => {
            let (&count, pairs) = value.split_first_chunk::<2>()?;
            Value::List(AttachedData::from_packed(List::within(
                pairs,
                u16::from_be_bytes(count),
            )))
        }
        _ => return None,
    })
}

#[inline]
fn to_int(value: &[u8]) -> i64 {
    match <[u8; 4]>::try_from(value) {
        Ok(value) => i64::from(i32::from_be_bytes(value)),
        Err(_) => {
            let fill = if value.first().is_some_and(|byte| byte & 0x80 != 0) {
                -1
            } else {
                0
            };
            value
                .iter()
                .fold(fill, |number: i64, byte| (number << 8) | i64::from(*byte))
        }
    }
}

pub(super) fn pack(data: AttachedData<'_>) -> Result<Vec<u8>, PackError> {
    let mut out = Vec::new();
    pack_list(data, &mut out, Limits::MAX_DEPTH)?;
    Ok(out)
}

pub(super) fn measure(data: AttachedData<'_>) -> Result<(usize, [u8; 4]), PackError> {
    let mut out = Measure {
        length: 0,
        head: [0; 4],
    };
    pack_list(data, &mut out, Limits::MAX_DEPTH)?;
    Ok((out.length, out.head))
}

/// A destination for packed bytes.
trait Out {
    /// Whether a hidden value counts as a string of one byte.
    const COUNTS_HIDDEN: bool;

    fn put(&mut self, bytes: &[u8]);

    fn length(&self) -> usize;

    /// Overwrites bytes that were reserved as zeros.
    fn patch(&mut self, at: usize, bytes: [u8; 4]);
}

impl Out for Vec<u8> {
    const COUNTS_HIDDEN: bool = false;

    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn patch(&mut self, at: usize, bytes: [u8; 4]) {
        if let Some(slot) = self.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *slot = bytes;
        }
    }
}

/// Counts the bytes and keeps the first ones, all of which come before any that are patched.
struct Measure {
    length: usize,
    head: [u8; 4],
}

impl Out for Measure {
    const COUNTS_HIDDEN: bool = true;

    fn put(&mut self, bytes: &[u8]) {
        let head = self.head.get_mut(self.length..).unwrap_or_default();
        for (slot, byte) in head.iter_mut().zip(bytes) {
            *slot = *byte;
        }
        self.length = self.length.saturating_add(bytes.len());
    }

    fn length(&self) -> usize {
        self.length
    }

    fn patch(&mut self, _at: usize, _bytes: [u8; 4]) {}
}

fn pack_list(data: AttachedData<'_>, out: &mut impl Out, depth: usize) -> Result<(), PackError> {
    let count = u16::try_from(data.len()).map_err(|_| PackError {
        key: Default::default(),
        kind: PackErrorKind::TooManyPairs { count: data.len() },
    })?;
    out.put(&count.to_be_bytes());
    for pair in data {
        pack_pair(&pair, out, depth).map_err(|error| match error {
            Refused::Here(kind) => PackError {
                key: pair.key.to_string_lossy().into_owned(),
                kind,
            },
            Refused::Below(error) => error,
        })?;
    }
    Ok(())
}

/// A refusal, with or without the name of its key.
enum Refused {
    Here(PackErrorKind),
    Below(PackError),
}

fn pack_pair(pair: &Pair<'_>, out: &mut impl Out, depth: usize) -> Result<(), Refused> {
    let key = pair.key.as_bytes();
    let key_length = u16::try_from(key.len())
        .map_err(|_| Refused::Here(PackErrorKind::KeyTooLong { length: key.len() }))?;
    let kind = match pair.value {
        Value::Str(_) | Value::Hidden => STRING,
        Value::Int(_) => INTEGER,
        Value::Binary(_) => BINARY,
        Value::List(_) => LIST,
        Value::Unicode(_) => UNICODE,
    };
    out.put(&[kind]);
    out.put(&key_length.to_be_bytes());
    out.put(key);
    match pair.value {
        Value::Str(text) | Value::Unicode(text) => pack_value(text.as_bytes(), out),
        Value::Binary(bytes) => pack_value(bytes, out),
        Value::Int(number) => pack_value(&pack_int(number)?, out),
        Value::Hidden => hidden(out),
        Value::List(list) => {
            let depth = depth
                .checked_sub(1)
                .ok_or(Refused::Here(PackErrorKind::TooDeep))?;
            let start = out.length();
            out.put(&[0; 4]);
            let from = out.length();
            pack_list(list, out, depth).map_err(Refused::Below)?;
            let length = out.length().saturating_sub(from);
            let length = u32::try_from(length)
                .map_err(|_| Refused::Here(PackErrorKind::ValueTooLong { length }))?;
            out.patch(start, length.to_be_bytes());
            Ok(())
        }
    }
}

fn hidden<O: Out>(out: &mut O) -> Result<(), Refused> {
    if O::COUNTS_HIDDEN {
        pack_value(b"*", out)
    } else {
        Err(Refused::Here(PackErrorKind::Hidden))
    }
}

/// Accepts signed and unsigned 32-bit integers: both fit 4 bytes, and traces print either.
fn pack_int(number: i64) -> Result<[u8; 4], Refused> {
    match (i32::try_from(number), u32::try_from(number)) {
        (Ok(number), _) => Ok(number.to_be_bytes()),
        (_, Ok(number)) => Ok(number.to_be_bytes()),
        _ => Err(Refused::Here(PackErrorKind::IntegerTooWide { number })),
    }
}

fn pack_value(value: &[u8], out: &mut impl Out) -> Result<(), Refused> {
    let length = u16::try_from(value.len()).map_err(|_| {
        Refused::Here(PackErrorKind::ValueTooLong {
            length: value.len(),
        })
    })?;
    out.put(&length.to_be_bytes());
    out.put(value);
    Ok(())
}
