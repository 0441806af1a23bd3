//! Messages without personal data, to be sent to a vendor or attached to a ticket.
//!
//! Names, logins, extensions, devices, phone numbers, entered digits, call variables and the like
//! are replaced by stand-ins of the same length and kind: digits for digits; a number keeps its
//! start, which gives its place in a dial plan. The same text has the same stand-in everywhere, so
//! that you can still follow each party. Frames keep their lengths, and decode as before.
//!
//! A text may occur elsewhere before the field that gives its meaning, so all data has to be read
//! before anything is replaced: [`Originals`] collects it, [`Redactor`] replaces it.
//!
//! ```
//! use cti_codec::ccx::redact::Originals;
//! use cti_codec::ccx::{AgentStateEvent, Body as _, Frame, Message, SystemEvent, Version};
//!
//! let event = AgentStateEvent { agent_id: Some("jdoe".into()), ..Default::default() };
//! let event = Frame::new(event.to_bytes(Version::V14)?)?;
//! let system = SystemEvent { text: Some("jdoe is gone".into()), ..Default::default() };
//! let system = Frame::new(system.to_bytes(Version::V14)?)?;
//!
//! let mut originals = Originals::default();
//! originals.learn(&system, Version::V14);
//! originals.learn(&event, Version::V14);
//! let redactor = originals.redactor(None);
//! let system = redactor.frame(&system, Version::V14);
//! let Message::SystemEvent(system) = system.decode(Version::V14)? else { panic!() };
//! let text = system.text.unwrap().to_string();
//! assert!(text.ends_with(" is gone") && !text.contains("jdoe") && text.len() == 12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Personal data
//!
//! Personal are all texts and bytes of a floating part, except for those in [`is_personal`]'s list. In
//! these, only texts known to be personal from elsewhere are replaced, as in fields that no table
//! lists, types without a layout, and truncated messages. The name of a named variable is replaced
//! too, unless it is from the guide's outbound feature.
//!
//! # Limits
//!
//! A stand-in depends on the text alone, so anyone with the key can try all extensions until one fits;
//! keep the key as carefully as the capture. Texts of one or two characters are replaced in their own
//! fields, not elsewhere.

mod address;
mod words;

use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::{IpAddr, SocketAddr};
use std::ops::Range;
use std::sync::OnceLock;
use std::vec::Vec;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::layout::{FieldRow, FloatingRow, Kind};
use super::outbound::BaVariable;
use super::{Frame, LAYOUTS, MessageType, Text, Version};
use words::{Key, Run, runs};

/// Shorter texts are not searched for elsewhere.
const SHORTEST: usize = 3;
/// Shorter texts are searched for as whole words only.
const ANYWHERE: usize = 4;
/// The number of attempts to find a stand-in that is no other original.
const TRIES: usize = 1_000;
const HEADER: usize = 8;

/// Returns whether a field is personal as a whole, by its row.
///
/// All texts and bytes are, except for a server's messages in words (`Text`), the names of kinds of
/// terminals, and the keys of configurations.
#[must_use]
pub fn is_personal(row: &FieldRow) -> bool {
    match row.kind {
        Kind::String | Kind::NamedVar | Kind::NamedArray => {
            !matches!(row.name, "Text" | "TerminalTypeName")
        }
        Kind::Unspec => !row.name.ends_with("ConfigKey"),
        _ => false,
    }
}

/// The personal data in messages.
#[derive(Clone, Default, Debug)]
pub struct Originals {
    texts: BTreeSet<Vec<u8>>,
    /// Names of variables, which are replaced but not searched for.
    words: BTreeSet<Vec<u8>>,
    addresses: BTreeSet<IpAddr>,
}

impl Originals {
    /// Takes in a frame.
    pub fn learn(&mut self, frame: &Frame, version: Version) {
        self.learn_bytes(frame.bytes(), version);
    }

    /// Takes in a frame of which the end is missing.
    pub fn learn_bytes(&mut self, frame: &[u8], version: Version) {
        for (range, sort) in parts(frame, version) {
            let data = frame.get(range).unwrap_or_default();
            match sort {
                Sort::Text => self.learn_text(data),
                Sort::Bytes => {
                    for run in runs(data, false) {
                        if let Run::Word(word) = run {
                            self.words.insert(word.to_ascii_lowercase());
                            if word.len() >= ANYWHERE {
                                self.texts.insert(word.to_ascii_lowercase());
                            }
                        }
                    }
                }
                Sort::Name => self.learn_words(data),
                Sort::Elsewhere | Sort::Kept => {}
            }
        }
    }

    /// Takes in a text that is personal as a whole, such as the name of a computer.
    pub fn learn_text(&mut self, text: &[u8]) {
        let text = text.strip_suffix(&[0]).unwrap_or(text);
        if let Some(address) = as_address(text) {
            self.learn_address(address);
        }
        self.learn_words(text);
        for part in text.split(|byte| *byte == 0) {
            if part.len() >= SHORTEST {
                self.texts.insert(part.to_ascii_lowercase());
            }
        }
        // `1000.1001` is a line of a phone, and each of the two a number of its own.
        if text
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'.')
        {
            for part in text.split(|byte| *byte == b'.') {
                if part.len() >= ANYWHERE {
                    self.texts.insert(part.to_vec());
                }
            }
        }
    }

    fn learn_words(&mut self, text: &[u8]) {
        for run in runs(text, true) {
            if let Run::Word(word) = run {
                self.words.insert(word.to_ascii_lowercase());
            }
        }
    }

    /// Takes in an address.
    pub fn learn_address(&mut self, address: IpAddr) {
        self.addresses.insert(address);
    }

    /// Returns their replacements. With the same key the same text has the same stand-in in other
    /// files, too; without one they are random, and cannot be reversed.
    #[must_use]
    pub fn redactor(self, key: Option<&[u8]>) -> Redactor {
        let (key, is_given) = match key {
            Some(key) => (Key(Sha256::digest(key).into()), true),
            None => (Key(chance()), false),
        };
        let patterns: Vec<Vec<u8>> = self
            .texts
            .iter()
            .cloned()
            .chain(
                self.addresses
                    .iter()
                    .map(|address| address.to_string().into_bytes()),
            )
            .collect();
        let search = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .ok();
        let mut redactor = Redactor {
            search,
            words: HashMap::new(),
            tweak: 0,
            collisions: 0,
            addresses: BTreeMap::new(),
            key,
        };
        redactor.choose_words(&self, is_given);
        redactor.choose_addresses(&self.addresses, is_given);
        redactor
    }
}

/// Returns 256 random bits, from the system's seed of the standard library.
fn chance() -> [u8; 32] {
    let mut hash = Sha256::new();
    for round in 0..8_u8 {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u8(round);
        hash.update(hasher.finish().to_be_bytes());
    }
    hash.finalize().into()
}

/// Replaces personal data by stand-ins.
#[derive(Clone)]
pub struct Redactor {
    key: Key,
    search: Option<AhoCorasick>,
    /// By the word in lower case.
    words: HashMap<Vec<u8>, Vec<u8>>,
    addresses: BTreeMap<IpAddr, IpAddr>,
    tweak: u8,
    collisions: usize,
}

impl core::fmt::Debug for Redactor {
    /// Shows neither the key nor the originals.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Redactor")
            .field("words", &self.words.len())
            .field("addresses", &self.addresses.len())
            .finish_non_exhaustive()
    }
}

impl Redactor {
    /// Returns the number of stand-ins that happen to be another original. Without a key of your
    /// own that is avoided as long as there are other words of the kind.
    #[must_use]
    pub const fn collisions(&self) -> usize {
        self.collisions
    }

    /// Returns the frame with stand-ins. It has the same length, type and fields.
    #[must_use]
    pub fn frame(&self, frame: &Frame, version: Version) -> Frame {
        let bytes = self.bytes(frame.bytes(), version);
        // The header is as it was.
        Frame::new(Bytes::from(bytes)).unwrap_or_else(|_| frame.clone())
    }

    /// Returns the bytes of a frame, whose end may be missing, with stand-ins.
    #[must_use]
    pub fn bytes(&self, frame: &[u8], version: Version) -> Vec<u8> {
        let mut out = frame.to_vec();
        let parts = parts(frame, version);
        for (range, sort) in parts.clone() {
            let data = frame.get(range.clone()).unwrap_or_default();
            let other = match sort {
                Sort::Text => self.personal(data),
                Sort::Name => self.replaced(data, true),
                Sort::Bytes => self.replaced(data, false),
                Sort::Elsewhere => self.elsewhere(data),
                Sort::Kept => continue,
            };
            if let Some(place) = out.get_mut(range)
                && place.len() == other.len()
            {
                place.copy_from_slice(&other);
            }
        }
        self.sweep(&mut out, &parts, floating(frame, version));
        out
    }

    /// Replaces the remaining originals: in a message that does not match its header or its
    /// session's version, a text may extend across fields.
    fn sweep(&self, bytes: &mut [u8], parts: &[(Range<usize>, Sort)], from: usize) {
        let Some(search) = &self.search else {
            return;
        };
        let before = bytes.to_vec();
        let floating = before.get(from..).unwrap_or_default();
        for found in search.find_iter(floating) {
            let start = from.saturating_add(found.start());
            let range = start..start.saturating_add(found.len());
            let is_number = parts.iter().any(|(part, sort)| {
                *sort == Sort::Kept && part.start <= range.start && range.end <= part.end
            });
            let text = before.get(range.clone()).unwrap_or_default();
            if text.len() < ANYWHERE || is_number {
                continue;
            }
            let other = self.replaced(text, true);
            if let Some(place) = bytes.get_mut(range)
                && place.len() == other.len()
            {
                place.copy_from_slice(&other);
            }
        }
    }

    /// Replaces a text that is personal as a whole, with stand-ins for its words.
    #[must_use]
    pub fn personal(&self, text: &[u8]) -> Vec<u8> {
        let bare = text.strip_suffix(&[0]).unwrap_or(text);
        if let Some(address) = as_address(bare) {
            let other = self.address(address).to_string().into_bytes();
            if other.len() == bare.len() {
                let end = text.get(bare.len()..).unwrap_or_default();
                return [&other, end].concat();
            }
        }
        self.replaced(text, true)
    }

    /// Replaces the personal data in a text that is not personal as a whole, such as a comment.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self
            .search
            .as_ref()
            .is_some_and(|search| search.is_match(text))
        {
            false => Cow::Borrowed(text),
            true => {
                Cow::Owned(String::from_utf8_lossy(&self.elsewhere(text.as_bytes())).into_owned())
            }
        }
    }

    /// Returns the stand-in of an address.
    #[must_use]
    pub fn address(&self, address: IpAddr) -> IpAddr {
        match self.addresses.get(&address) {
            Some(other) => *other,
            None => address::stand_in(&self.key, self.tweak, address),
        }
    }

    /// Returns the stand-in of one end of a connection. Ports are kept.
    #[must_use]
    pub fn end(&self, end: SocketAddr) -> SocketAddr {
        SocketAddr::new(self.address(end.ip()), end.port())
    }

    /// Replaces all words.
    fn replaced(&self, bytes: &[u8], is_text: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        for run in runs(bytes, is_text) {
            match run {
                Run::Kept(kept) => out.extend_from_slice(kept),
                Run::Word(word) => out.extend_from_slice(&self.word(word)),
            }
        }
        out
    }

    fn word(&self, word: &[u8]) -> Vec<u8> {
        let lower = word.to_ascii_lowercase();
        let mut other = match self.words.get(&lower) {
            Some(other) => other.clone(),
            None => words::stand_in(&self.key, &lower),
        };
        for (other, byte) in other.iter_mut().zip(word) {
            if byte.is_ascii_uppercase() {
                *other = other.to_ascii_uppercase();
            }
        }
        other
    }

    /// Replaces known personal data, and keeps the rest.
    fn elsewhere(&self, bytes: &[u8]) -> Vec<u8> {
        let Some(search) = &self.search else {
            return bytes.to_vec();
        };
        let mut out = Vec::with_capacity(bytes.len());
        let mut from = 0_usize;
        for found in search.find_iter(bytes) {
            let text = bytes.get(found.range()).unwrap_or_default();
            if text.len() < ANYWHERE && !stands_alone(bytes, found.range()) {
                continue;
            }
            out.extend_from_slice(bytes.get(from..found.start()).unwrap_or_default());
            out.extend_from_slice(&match as_address(text) {
                Some(address) => self.address(address).to_string().into_bytes(),
                None => self.replaced(text, true),
            });
            from = found.end();
        }
        out.extend_from_slice(bytes.get(from..).unwrap_or_default());
        out
    }

    /// Chooses a stand-in for each word, so that no two have the same. Random ones avoid the
    /// originals.
    fn choose_words(&mut self, originals: &Originals, is_given: bool) {
        let mut taken: HashSet<Vec<u8>> = HashSet::new();
        let is_original = |word: &[u8]| {
            word.len() >= SHORTEST
                && (originals.words.contains(word) || originals.texts.contains(word))
        };
        for word in &originals.words {
            let first = words::stand_in(&self.key, word);
            let mut chosen = first.clone();
            if !is_given {
                let is_free = |other: &[u8]| {
                    other != word.as_slice() && !taken.contains(other) && !is_original(other)
                };
                let mut other = first.clone();
                for _ in 0..TRIES {
                    if is_free(&other) && !self.has_original(&other) {
                        chosen.clone_from(&other);
                        break;
                    }
                    other = words::stand_in(&self.key, &other);
                }
                // All words of the kind are originals, so they are permuted.
                if taken.contains(&chosen) {
                    let mut other = first;
                    for _ in 0..TRIES {
                        if !taken.contains(&other) && other != *word {
                            chosen = other;
                            break;
                        }
                        other = words::stand_in(&self.key, &other);
                    }
                }
            }
            if is_original(&chosen) {
                self.collisions = self.collisions.saturating_add(1);
            }
            taken.insert(chosen.clone());
            self.words.insert(word.clone(), chosen);
        }
    }

    /// Returns whether a stand-in contains an original.
    fn has_original(&self, word: &[u8]) -> bool {
        let Some(search) = &self.search else {
            return false;
        };
        // The longest match at each place suffices.
        search.find_iter(word).any(|found| found.len() >= ANYWHERE)
    }

    fn choose_addresses(&mut self, originals: &BTreeSet<IpAddr>, is_given: bool) {
        for tweak in 0..=u8::MAX {
            let chosen: BTreeMap<IpAddr, IpAddr> = originals
                .iter()
                .map(|address| (*address, address::stand_in(&self.key, tweak, *address)))
                .collect();
            let collides =
                |(one, other): (&IpAddr, &IpAddr)| one != other && originals.contains(other);
            let collisions = chosen.iter().filter(|pair| collides(*pair)).count();
            if collisions == 0 || is_given || tweak == u8::MAX {
                self.tweak = tweak;
                self.addresses = chosen;
                self.collisions = self.collisions.saturating_add(collisions);
                return;
            }
        }
    }
}

/// Returns the frame with an asterisk for each byte of its passwords.
#[must_use]
pub fn without_passwords(frame: &Frame, version: Version) -> Frame {
    let mut bytes = frame.bytes().to_vec();
    for (range, _) in parts(frame.bytes(), version) {
        let head = if version.has_wide_ids() { 3 } else { 2 };
        let id = range.start.checked_sub(head).and_then(|at| {
            let head = frame.bytes().get(at..range.start)?;
            match head {
                [high, low, _] => Some(u16::from_be_bytes([*high, *low])),
                [id, _] => Some(u16::from(*id)),
                _ => None,
            }
        });
        let row = id.and_then(|id| {
            let layout = frame.message_type().layout();
            layout
                .and_then(|layout| layout.field(id))
                .or_else(|| elsewhere(id))
        });
        if row.is_some_and(|row| row.secret)
            && let Some(data) = bytes.get_mut(range)
        {
            let text = match data.split_last_mut() {
                Some((0, text)) => text,
                _ => data,
            };
            text.fill(b'*');
        }
    }
    Frame::new(Bytes::from(bytes)).unwrap_or_else(|_| frame.clone())
}

/// Returns whether no letter or digit is adjacent to a part.
fn stands_alone(bytes: &[u8], range: Range<usize>) -> bool {
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    !word(before) && !word(bytes.get(range.end))
}

fn as_address(text: &[u8]) -> Option<IpAddr> {
    core::str::from_utf8(text).ok()?.parse().ok()
}

/// The kind of a part of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    /// Personal, a text.
    Text,
    /// Personal, no text.
    Bytes,
    /// The name of a variable.
    Name,
    /// May have something in it that is known from elsewhere.
    Elsewhere,
    Kept,
}

/// Returns the start of the floating part of a frame; for a type without a layout, of the body.
fn floating(frame: &[u8], version: Version) -> usize {
    let message_type = frame.get(4..HEADER).and_then(<[u8]>::first_chunk);
    let layout = message_type.and_then(|bytes| MessageType(u32::from_be_bytes(*bytes)).layout());
    HEADER.saturating_add(layout.map_or(0, |layout| layout.fixed_size(version)))
}

/// Cuts a frame, whose end may be missing, into its parts.
fn parts(frame: &[u8], version: Version) -> Vec<(Range<usize>, Sort)> {
    let mut parts = Vec::new();
    let message_type = frame.get(4..HEADER).and_then(<[u8]>::first_chunk);
    let Some(message_type) = message_type.map(|bytes| MessageType(u32::from_be_bytes(*bytes)))
    else {
        return parts;
    };
    let Some(layout) = message_type.layout() else {
        parts.push((HEADER..frame.len(), Sort::Elsewhere));
        return parts;
    };
    let mut at = floating(frame, version);
    let head = if version.has_wide_ids() { 3 } else { 2 };
    while let Some(rest) = frame.get(at..)
        && !rest.is_empty()
    {
        let (id, length) = match (head, rest) {
            (2, [id, length, ..]) => (u16::from(*id), usize::from(*length)),
            (3, [high, low, length, ..]) => {
                (u16::from_be_bytes([*high, *low]), usize::from(*length))
            }
            _ => break,
        };
        let start = at.saturating_add(head);
        let end = start.saturating_add(length).min(frame.len());
        let row = layout.field(id).or_else(|| elsewhere(id));
        match row {
            Some(row) => field(row, frame, start..end, &mut parts),
            None => parts.push((start..end, Sort::Elsewhere)),
        }
        at = end;
    }
    parts
}

fn field(row: &FieldRow, frame: &[u8], range: Range<usize>, parts: &mut Vec<(Range<usize>, Sort)>) {
    let data = frame.get(range.clone()).unwrap_or_default();
    if !is_personal(row) {
        let is_number = row.kind.size().is_some() && row.admits(data);
        let sort = if is_number {
            Sort::Kept
        } else {
            Sort::Elsewhere
        };
        parts.push((range, sort));
        return;
    }
    let start = match row.kind {
        Kind::Unspec => return parts.push((range, Sort::Bytes)),
        Kind::NamedVar => range.start,
        Kind::NamedArray => range.start.saturating_add(1).min(range.end),
        _ => return parts.push((range, Sort::Text)),
    };
    let rest = frame.get(start..range.end).unwrap_or_default();
    let length = rest
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(rest.len());
    let name = rest.get(..length).unwrap_or_default();
    let middle = start.saturating_add(length);
    // The guide's names are not personal.
    if BaVariable::from_name(Text::new(name)).is_none() {
        parts.push((start..middle, Sort::Name));
    }
    parts.push((middle..range.end, Sort::Text));
}

/// Returns the row of a field that the table of its message does not list, if all messages with
/// such a field agree that it is personal.
fn elsewhere(id: u16) -> Option<&'static FieldRow> {
    static ROWS: OnceLock<HashMap<u16, Option<&'static FieldRow>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows = HashMap::new();
        for layout in LAYOUTS {
            collect(layout.floating, &mut rows);
        }
        rows
    });
    rows.get(&id).copied().flatten()
}

fn collect(from: &'static [FloatingRow], rows: &mut HashMap<u16, Option<&'static FieldRow>>) {
    for row in from {
        match row {
            FloatingRow::Field(row) => {
                let known = rows.entry(row.id).or_insert(Some(row));
                if !is_personal(row) || known.is_some_and(|known| known.kind != row.kind) {
                    *known = None;
                }
            }
            FloatingRow::Group(group) => collect(group.rows, rows),
        }
    }
}
