//! Stand-ins for words: of the same length and kind, and a different one for each word.
//!
//! A word is a vector of letters, each a place in an alphabet of its kind. A Feistel network over the
//! two halves, keyed, is a permutation `P` of all words of the same kinds; the stand-in is
//! `P⁻¹(P(word) + 1)`, which is a permutation as well and leaves no word as it is.

use std::vec::Vec;

use sha2::{Digest as _, Sha256};

/// The rounds of the network.
const ROUNDS: u8 = 8;
/// Of a number, so many digits are kept, as they say where in a dial plan it belongs: a third, and
/// no more than these.
const MOST_KEPT: usize = 3;

/// The secret key of the stand-ins.
#[derive(Clone)]
pub(super) struct Key(pub(super) [u8; 32]);

impl Key {
    /// Numbers below each of the radixes, which follow from the secret and from all that is given.
    pub(super) fn numbers(
        &self,
        purpose: &[u8],
        given: &[u8],
        radixes: impl Iterator<Item = u32>,
    ) -> Vec<u32> {
        let mut left = Vec::new();
        let mut counter = 0_u32;
        let mut next = || {
            if left.is_empty() {
                let mut hash = Sha256::new();
                hash.update(self.0);
                hash.update(counter.to_be_bytes());
                hash.update([u8::try_from(purpose.len()).unwrap_or(u8::MAX)]);
                hash.update(purpose);
                hash.update(given);
                counter = counter.wrapping_add(1);
                let block: [u8; 32] = hash.finalize().into();
                left.extend(block.chunks_exact(4).map(|part| {
                    part.iter()
                        .fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
                }));
            }
            left.pop().unwrap_or(0)
        };
        radixes
            .map(|radix| next().checked_rem(radix).unwrap_or(0))
            .collect()
    }
}

/// A letter: its kind, its place in the alphabet of the kind, and how many places there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Letter {
    kind: Kind,
    place: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Digit,
    /// A to Z in either case, which stays as it is.
    Letter {
        upper: bool,
    },
    /// À to ÿ.
    Latin,
    Cyrillic,
    Han,
    Hangul,
    /// Another character of several bytes, of which the last is replaced.
    Other {
        lead: [u8; 3],
        length: u8,
    },
    /// A byte that is no character, above or below 0xc0.
    High,
    Low,
    /// A byte of a field that is no text: a control or a sign.
    Control,
    Sign,
}

/// Signs of ASCII, but for letters and digits.
const SIGNS: &[u8] = b" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

impl Kind {
    fn radix(self) -> u32 {
        match self {
            Self::Digit => 10,
            Self::Letter { .. } => 26,
            Self::Latin | Self::Other { .. } | Self::High | Self::Low => 64,
            Self::Cyrillic => 96,
            Self::Han => 20_992,
            Self::Hangul => 11_172,
            Self::Control => 31,
            Self::Sign => 33,
        }
    }

    /// Returns the tag that separates kinds when a word is hashed. Upper and lower case are the
    /// same.
    fn tag(self) -> u8 {
        match self {
            Self::Digit => b'0',
            Self::Letter { .. } => b'a',
            Self::Latin => b'l',
            Self::Cyrillic => b'c',
            Self::Han => b'h',
            Self::Hangul => b'k',
            Self::Other { .. } => b'o',
            Self::High => b'8',
            Self::Low => b'7',
            Self::Control => b'n',
            Self::Sign => b's',
        }
    }
}

impl Letter {
    fn of_byte(byte: u8) -> Option<Self> {
        let (kind, first) = match byte {
            b'0'..=b'9' => (Kind::Digit, b'0'),
            b'a'..=b'z' => (Kind::Letter { upper: false }, b'a'),
            b'A'..=b'Z' => (Kind::Letter { upper: true }, b'A'),
            0xc0..=0xff => (Kind::High, 0xc0),
            0x80..=0xbf => (Kind::Low, 0x80),
            1..=0x1f => (Kind::Control, 1),
            _ => {
                let place = SIGNS.iter().position(|sign| *sign == byte)?;
                return Some(Self {
                    kind: Kind::Sign,
                    place: u32::try_from(place).ok()?,
                });
            }
        };
        Some(Self {
            kind,
            place: u32::from(byte.wrapping_sub(first)),
        })
    }

    fn of_char(letter: char) -> Option<Self> {
        let code = u32::from(letter);
        let (kind, first) = match code {
            0xc0..=0xff => (Kind::Latin, 0xc0),
            0x400..=0x45f => (Kind::Cyrillic, 0x400),
            0x4e00..=0x9fff => (Kind::Han, 0x4e00),
            0xac00..=0xd7a3 => (Kind::Hangul, 0xac00),
            // Punctuation, and marks that turn text around.
            0x80..=0xbf | 0x2000..=0x206f | 0x3000..=0x303f | 0xfe00..=0xffff => return None,
            _ => {
                let mut bytes = [0; 4];
                let bytes = letter.encode_utf8(&mut bytes).as_bytes();
                let (last, lead) = bytes.split_last()?;
                let mut kept = [0; 3];
                kept.get_mut(..lead.len())?.copy_from_slice(lead);
                return Some(Self {
                    kind: Kind::Other {
                        lead: kept,
                        length: u8::try_from(lead.len()).ok()?,
                    },
                    place: u32::from(last & 0x3f),
                });
            }
        };
        Some(Self {
            kind,
            place: code.saturating_sub(first),
        })
    }

    fn write(self, out: &mut Vec<u8>) {
        let byte = |first: u8| {
            let place = u8::try_from(self.place).unwrap_or_default();
            first.wrapping_add(place)
        };
        let mut letter = |first: u32| {
            let letter = char::from_u32(first.saturating_add(self.place)).unwrap_or('?');
            let mut bytes = [0; 4];
            out.extend_from_slice(letter.encode_utf8(&mut bytes).as_bytes());
        };
        match self.kind {
            Kind::Latin => letter(0xc0),
            Kind::Cyrillic => letter(0x400),
            Kind::Han => letter(0x4e00),
            Kind::Hangul => letter(0xac00),
            Kind::Digit => out.push(byte(b'0')),
            Kind::Letter { upper: false } => out.push(byte(b'a')),
            Kind::Letter { upper: true } => out.push(byte(b'A')),
            Kind::High => out.push(byte(0xc0)),
            Kind::Low => out.push(byte(0x80)),
            Kind::Control => out.push(byte(1)),
            Kind::Sign => {
                let sign = usize::try_from(self.place)
                    .ok()
                    .and_then(|at| SIGNS.get(at));
                out.push(sign.copied().unwrap_or(b' '));
            }
            Kind::Other { lead, length } => {
                out.extend_from_slice(lead.get(..usize::from(length)).unwrap_or_default());
                out.push(byte(0x80));
            }
        }
    }
}

/// A word, or the text between words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Run<'a> {
    Word(&'a [u8]),
    /// Kept as it is.
    Kept(&'a [u8]),
}

/// Cuts a text into words and the text between them. In a field that is no text, all bytes except
/// NUL are replaced, runs of letters and digits as words of their own.
pub(super) fn runs(mut bytes: &[u8], is_text: bool) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    while !bytes.is_empty() {
        let sort = sort_of(bytes, is_text).0;
        let mut size = 0_usize;
        while let Some(rest) = bytes.get(size..)
            && !rest.is_empty()
        {
            let (next, length) = sort_of(rest, is_text);
            if next != sort {
                break;
            }
            size = size.saturating_add(length);
        }
        let (run, rest) = bytes.split_at_checked(size.max(1)).unwrap_or((bytes, &[]));
        runs.push(match sort {
            Sort::Between => Run::Kept(run),
            Sort::Word | Sort::Raw => Run::Word(run),
        });
        bytes = rest;
    }
    runs
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Raw,
    Between,
}

/// Returns the kind of a character, and its length in bytes.
fn sort_of(bytes: &[u8], is_text: bool) -> (Sort, usize) {
    match bytes.first() {
        Some(byte) if byte.is_ascii_alphanumeric() => (Sort::Word, 1),
        Some(0) | None => (Sort::Between, 1),
        Some(byte) if byte.is_ascii() => (if is_text { Sort::Between } else { Sort::Raw }, 1),
        Some(_) if !is_text => (Sort::Raw, 1),
        Some(_) => match first_char(bytes) {
            Some(letter) => {
                let sort = match Letter::of_char(letter) {
                    Some(_) => Sort::Word,
                    None => Sort::Between,
                };
                (sort, letter.len_utf8())
            }
            None => (Sort::Word, 1),
        },
    }
}

/// Returns the first character of the bytes, if it has several bytes.
fn first_char(bytes: &[u8]) -> Option<char> {
    let head = bytes.get(..4.min(bytes.len()))?;
    let chunk = head.utf8_chunks().next()?;
    chunk.valid().chars().next()
}

fn letters(word: &[u8]) -> Option<Vec<Letter>> {
    let mut letters = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.first() {
        let (letter, size) = match first_char(rest) {
            Some(letter) if !letter.is_ascii() => match Letter::of_char(letter) {
                Some(known) => (known, letter.len_utf8()),
                None => (Letter::of_byte(*first)?, 1),
            },
            _ => (Letter::of_byte(*first)?, 1),
        };
        letters.push(letter);
        rest = rest.get(size..)?;
    }
    Some(letters)
}

/// Returns the number of letters of a word that are kept: for a number, its place in the dial plan.
fn kept(letters: &[Letter]) -> usize {
    if letters.iter().all(|letter| letter.kind == Kind::Digit) {
        letters.len().checked_div(3).unwrap_or(0).min(MOST_KEPT)
    } else {
        0
    }
}

/// Returns the stand-in of a word: of the same length and kind, never the word itself.
pub(super) fn stand_in(key: &Key, word: &[u8]) -> Vec<u8> {
    let Some(mut letters) = letters(word) else {
        return word.to_vec();
    };
    let start = kept(&letters);
    let mut given: Vec<u8> = letters.iter().map(|letter| letter.kind.tag()).collect();
    for letter in letters.iter().take(start) {
        given.extend_from_slice(&letter.place.to_be_bytes());
    }
    for letter in &letters {
        if let Kind::Other { lead, .. } = letter.kind {
            given.extend_from_slice(&lead);
        }
    }
    let Some(changing) = letters.get_mut(start..) else {
        return word.to_vec();
    };
    for round in 0..ROUNDS {
        mix(key, &given, changing, round, u32::wrapping_add);
    }
    increment(changing);
    for round in (0..ROUNDS).rev() {
        mix(key, &given, changing, round, |place, number| {
            place.wrapping_sub(number)
        });
    }
    let mut out = Vec::with_capacity(word.len());
    for letter in letters {
        letter.write(&mut out);
    }
    out
}

/// Runs a round of the network: adds to one half a function of the other, or subtracts it.
fn mix(key: &Key, given: &[u8], letters: &mut [Letter], round: u8, change: fn(u32, u32) -> u32) {
    let middle = letters.len() / 2;
    let Some((left, right)) = letters.split_at_mut_checked(middle) else {
        return;
    };
    let (changed, other) = if round.is_multiple_of(2) {
        (left, right)
    } else {
        (right, left)
    };
    let mut seed = vec![round];
    seed.extend_from_slice(given);
    for letter in other.iter() {
        seed.extend_from_slice(&letter.place.to_be_bytes());
    }
    let radixes = changed.iter().map(|letter| letter.kind.radix());
    let numbers = key.numbers(b"word", &seed, radixes);
    for (letter, number) in changed.iter_mut().zip(numbers) {
        let radix = letter.kind.radix();
        // Both are below the radix, so that one more makes the difference positive.
        let place = change(letter.place.wrapping_add(radix), number);
        letter.place = place.checked_rem(radix).unwrap_or(0);
    }
}

/// Increments to the next word of the same kinds; the last one wraps to the first.
fn increment(letters: &mut [Letter]) {
    for letter in letters.iter_mut().rev() {
        letter.place = letter.place.saturating_add(1);
        if letter.place < letter.kind.radix() {
            return;
        }
        letter.place = 0;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const KEY: Key = Key([7; 32]);

    #[test]
    fn every_word_of_a_kind_has_another_one_for_itself() {
        for (first, count) in [
            ("00", 100),
            ("000", 100),
            ("0000", 1_000),
            ("a", 26),
            ("aa", 676),
        ] {
            let mut seen = HashSet::new();
            for number in 0..count {
                let word = match first.as_bytes()[0] {
                    b'0' => format!("{number:0width$}", width = first.len()),
                    _ => {
                        let mut rest: u32 = number;
                        let mut word = String::new();
                        for _ in 0..first.len() {
                            word.push(char::from(b'a' + u8::try_from(rest % 26).unwrap()));
                            rest /= 26;
                        }
                        word
                    }
                };
                let other = stand_in(&KEY, word.as_bytes());
                assert_ne!(other, word.as_bytes());
                assert_eq!(other.len(), word.len());
                assert!(seen.insert(other), "{word}");
            }
        }
    }

    #[test]
    fn length_kind_and_the_start_of_a_number_are_kept() {
        for word in [
            "2006",
            "4930123456",
            "jdoe",
            "JDoe",
            "SEP00112233",
            "Müller",
            "Иван",
            "王小明",
            "김",
            "Ωμέγα",
        ] {
            let other = stand_in(&KEY, word.as_bytes());
            let other = String::from_utf8(other).unwrap();
            assert_eq!(other.len(), word.len());
            assert_ne!(other, word);
            for (one, two) in word.chars().zip(other.chars()) {
                assert_eq!(one.is_ascii_digit(), two.is_ascii_digit(), "{word} {other}");
                assert_eq!(
                    one.is_ascii_uppercase(),
                    two.is_ascii_uppercase(),
                    "{word} {other}"
                );
                assert_eq!(one.len_utf8(), two.len_utf8());
            }
        }
        assert_eq!(stand_in(&KEY, b"4930123456")[..3], *b"493");
        assert_eq!(stand_in(&KEY, b"2006")[..1], *b"2");
        // The same in either case.
        let lower = stand_in(&KEY, b"jdoe");
        assert_eq!(stand_in(&KEY, b"JDOE"), lower.to_ascii_uppercase());
        // Another key, other words.
        assert_ne!(stand_in(&Key([8; 32]), b"jdoe"), lower);
    }

    #[test]
    fn what_stands_between_words_is_kept() {
        assert_eq!(
            runs(b"1000.1001", true),
            [Run::Word(b"1000"), Run::Kept(b"."), Run::Word(b"1001")]
        );
        assert_eq!(
            runs("Zo\u{eb}\0".as_bytes(), true),
            [Run::Word("Zoë".as_bytes()), Run::Kept(b"\0")]
        );
        assert_eq!(
            runs(b"\x04ab\0\x91", false),
            [
                Run::Word(b"\x04"),
                Run::Word(b"ab"),
                Run::Kept(b"\0"),
                Run::Word(b"\x91")
            ]
        );
        // A right-to-left override is no part of a name.
        assert_eq!(runs("a\u{202e}".as_bytes(), true).len(), 2);
        for bytes in [&b"\xff\xc3("[..], b"\xe4\xb8", b"\x80\0\x80"] {
            for is_text in [true, false] {
                let all: Vec<u8> = runs(bytes, is_text)
                    .into_iter()
                    .flat_map(|run| match run {
                        Run::Word(word) => {
                            let other = stand_in(&KEY, word);
                            assert_eq!(other.len(), word.len());
                            word.to_vec()
                        }
                        Run::Kept(kept) => kept.to_vec(),
                    })
                    .collect();
                assert_eq!(all, bytes);
            }
        }
    }
}
