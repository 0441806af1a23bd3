//! Text line by line: what may begin a passage is looked at, and the rest is passed over.

use aho_corasick::Span;
use aho_corasick::packed::{Config, MatchKind, Searcher};
use cti_codec::ccx::dump::ArrayReader;
use memchr::{memchr, memchr_iter, memchr3, memmem, memrchr};

use super::super::run::{count, long};
use super::digits::AROUND;
use super::hex::Hex;
use super::{Cut, First, Items, Look, Place, may_be_array, may_be_digits, packets};

/// The longest line, in bytes. What is behind is passed over, and told.
const LONGEST: usize = 256 * 1024;

/// Within so many bytes of an input each line that resembles something is looked at, so that an
/// answer can name it where nothing was found.
const HEAD: u64 = 64 * 1024;

/// What the bytes around a marker tell: a quick look, which spares most lines a long one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Near {
    /// A passage may begin wherever the marker is.
    Anything,
    /// The marker begins the head of a passage, which [`Wanted::is_head`] knows.
    Head,
    /// The marker is among digits.
    Digits,
    /// The marker is among the numbers of an array or literal.
    Array,
}

/// The only form that is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Only {
    /// Digits.
    Hex,
    /// What servers log.
    Log,
}

/// What a program looks for in text, other than in digits and arrays.
pub(crate) trait Wanted {
    type Cut: Cut;
    /// What the first line of any passage has in it.
    const MARKERS: &'static [(Near, &'static [&'static str])];

    /// Returns whether a passage is open that the next line may belong to.
    fn is_open(&self) -> bool;

    /// Returns whether the head of a passage may begin at [`Near::Head`].
    fn is_head(text: &[u8]) -> bool;

    /// Takes in a line in which nothing begins, one of the two before a marker.
    fn context(&mut self, number: u64, line: &[u8]);

    /// Takes in a line. Lines that no marker is in and that nothing waits for do not come.
    fn line(
        &mut self,
        number: u64,
        line: &[u8],
        bytes: &mut Bytes<Self::Cut>,
        items: &mut Found<Self>,
    );

    /// Takes in a line of which is known that it is of a server's log.
    fn log(&mut self, number: u64, line: &[u8], items: &mut Found<Self>);

    /// Takes in that the next line may take its time.
    fn pause(&mut self, items: &mut Found<Self>);

    /// Takes in the end.
    fn finish(&mut self, items: &mut Found<Self>);

    /// Remembers the beginning of an input.
    fn look(&mut self, head: &[u8]);

    /// What to say where nothing was found; `bytes` is what digits or arrays have been left.
    fn nothing(&self, only: Option<Only>, bytes: Option<String>) -> Option<String>;
}

/// What comes of the lines.
pub(crate) type Found<W> = Items<<<W as Wanted>::Cut as Cut>::Found>;

/// Reads bytes in text: digits and arrays.
pub(crate) struct Bytes<C> {
    hex: Hex<C>,
    arrays: ArrayReader,
    /// The lines that the reader of arrays has counted.
    counted: u64,
    /// The first array that was left: its line and its size.
    left: Option<(u64, String)>,
}

impl<C: Cut> Bytes<C> {
    fn new(only: Option<Only>) -> Self {
        Self {
            hex: Hex::new(only == Some(Only::Hex)),
            arrays: ArrayReader::new(),
            counted: 0,
            left: None,
        }
    }

    /// Returns whether an array has begun that may go on.
    pub(crate) fn in_array(&self) -> bool {
        self.arrays.is_open()
    }

    /// Returns whether a passage of digits goes on that has begun.
    pub(crate) fn in_digits(&self) -> bool {
        self.hex.is_active()
    }

    /// Returns whether that is a dump, whose rows may have any text behind them.
    pub(crate) fn in_dump(&self) -> bool {
        self.hex.is_dump()
    }

    /// Takes in a line of digits, if it is one.
    pub(crate) fn digits(&mut self, number: u64, line: &[u8], items: &mut Items<C::Found>) -> bool {
        self.hex.line(number, line, items)
    }

    /// Takes in a line, and the arrays that end on it. Returns whether an array has more of it than
    /// a bracket.
    pub(crate) fn array(&mut self, number: u64, line: &[u8], items: &mut Items<C::Found>) -> bool {
        if self.counted == number {
            // It was asked for before others were.
            return false;
        }
        let missed = number.saturating_sub(1).saturating_sub(self.counted);
        self.arrays
            .pass(usize::try_from(missed).unwrap_or(usize::MAX));
        self.counted = number;
        self.arrays.line(line);
        let open = self.arrays.has_bytes();
        self.give_out(items) || open
    }

    /// Gives out the arrays that are complete, and says whether there are any.
    fn give_out(&mut self, items: &mut Items<C::Found>) -> bool {
        let mut taken = false;
        while let Some(array) = self.arrays.next_array() {
            taken = true;
            if packets::is_whole(&array.bytes) {
                items.because(Place::Line(long(array.line)), || {
                    "the array is a packet, with its headers".into()
                });
                self.hex.segment(long(array.line), &array.bytes, items);
            } else {
                if array.bytes.len() >= 8 && C::look(&array.bytes) == Look::Other {
                    let bytes = count(long(array.bytes.len()), "byte");
                    let line = long(array.line);
                    self.left.get_or_insert((line, bytes));
                }
                C::array(&array, items);
            }
        }
        taken
    }

    fn finish(&mut self, items: &mut Items<C::Found>) {
        self.hex.finish(items);
        self.arrays.finish();
        self.give_out(items);
    }

    /// What was left of digits and arrays.
    fn left(&self) -> Option<String> {
        let what = C::WHAT;
        if let Some((line, bytes)) = &self.left {
            return Some(format!(
                "an array of {bytes} at line {line}, but no {what} begins in it"
            ));
        }
        let line = self.hex.left?;
        Some(format!(
            "hex digits at line {line}, but no {what} begins in them"
        ))
    }
}

/// Reads text line by line.
pub(crate) struct Lines<W: Wanted> {
    only: Option<Only>,
    /// The line that has begun.
    partial: Vec<u8>,
    /// The bytes of that line that were passed over.
    passed: u64,
    /// The lines taken in.
    number: u64,
    /// The bytes taken in.
    at: u64,
    bytes: Bytes<W::Cut>,
    wanted: W,
    markers: Markers,
    /// So many of the next lines have no marker.
    context: u64,
    begun: bool,
}

impl<W: Wanted> Lines<W> {
    pub(crate) fn new(wanted: W, only: Option<Only>) -> Self {
        Self {
            only,
            partial: Vec::new(),
            passed: 0,
            number: 0,
            at: 0,
            bytes: Bytes::new(only),
            wanted,
            markers: Markers::new(W::MARKERS),
            context: 0,
            begun: false,
        }
    }

    /// Takes in text behind so many lines that others have taken.
    pub(crate) fn behind(mut self, lines: u64) -> Self {
        self.number = lines;
        self.begun = lines > 0;
        self
    }

    pub(crate) fn feed(&mut self, mut bytes: &[u8], items: &mut Found<W>) {
        if !self.begun {
            self.begun = true;
            self.wanted.look(bytes);
        }
        let strict = self.at >= HEAD && !items.explain;
        self.at = self.at.saturating_add(long(bytes.len()));
        while !bytes.is_empty() {
            if self.partial.is_empty() && self.context == 0 && self.is_idle() {
                bytes = self.skip(bytes, strict);
            }
            let (line, rest) = match memchr(b'\n', bytes) {
                Some(end) => bytes
                    .split_at_checked(end.saturating_add(1))
                    .unwrap_or((bytes, &[])),
                None => {
                    self.hold(bytes);
                    if self.only == Some(Only::Hex) {
                        self.pieces(items);
                    }
                    break;
                }
            };
            bytes = rest;
            if self.partial.is_empty() {
                let passed = line.len().saturating_sub(LONGEST);
                self.passed = long(passed);
                self.line(line.get(..LONGEST).unwrap_or(line), items);
            } else {
                self.hold(line);
                let line = std::mem::take(&mut self.partial);
                self.line(&line, items);
                self.partial = line;
                self.partial.clear();
            }
        }
        self.wanted.pause(items);
    }

    pub(crate) fn finish(&mut self, items: &mut Found<W>) {
        if !self.partial.is_empty() {
            let line = std::mem::take(&mut self.partial);
            self.line(&line, items);
        }
        self.bytes.finish(items);
        self.wanted.finish(items);
        if !items.any()
            && let Some(text) = self.wanted.nothing(self.only, self.bytes.left())
        {
            items.wrong(text);
        }
    }

    /// Returns whether no passage has begun that the next line may belong to.
    fn is_idle(&self) -> bool {
        self.only.is_none()
            && !self.bytes.hex.is_active()
            && !self.bytes.arrays.is_open()
            && !self.wanted.is_open()
    }

    /// Passes over the lines before the next one that may begin a passage.
    fn skip<'a>(&mut self, bytes: &'a [u8], strict: bool) -> &'a [u8] {
        let mut from = 0_usize;
        let before = loop {
            match self.markers.find(bytes, from) {
                Some((at, near)) if may_begin::<W>(bytes, at, near, strict) => {
                    break bytes.get(..at).unwrap_or_default();
                }
                // Behind the digits there, which begin at one place only.
                Some((at, _)) => from = at.saturating_add(digits_at(bytes, at).max(1)),
                None => break bytes,
            }
        };
        // The two lines before tell when a message in text was sent, and which way.
        let mut end = memrchr(b'\n', before).map_or(0, |end| end.saturating_add(1));
        self.context = 0;
        for _ in 0..2 {
            if end > 0 {
                let behind = before.get(..end.saturating_sub(1)).unwrap_or_default();
                end = memrchr(b'\n', behind).map_or(0, |end| end.saturating_add(1));
                self.context = self.context.saturating_add(1);
            }
        }
        let passed = bytes.get(..end).unwrap_or_default();
        self.number = self
            .number
            .saturating_add(long(memchr_iter(b'\n', passed).count()));
        bytes.get(end..).unwrap_or_default()
    }

    fn hold(&mut self, bytes: &[u8]) {
        let room = LONGEST.saturating_sub(self.partial.len());
        let held = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.partial.extend_from_slice(held);
        let passed = long(bytes.len().saturating_sub(held.len()));
        self.passed = self.passed.saturating_add(passed);
    }

    /// Takes the beginning of a line of hex without an end.
    fn pieces(&mut self, items: &mut Found<W>) {
        if self.partial.len() < LONGEST / 2 {
            return;
        }
        let parts = self
            .partial
            .iter()
            .rposition(|byte| matches!(byte, b' ' | b','))
            .map_or(self.partial.len() & !1, |blank| blank.saturating_add(1));
        let line: Vec<u8> = self.partial.drain(..parts).collect();
        self.bytes
            .hex
            .line(self.number.saturating_add(1), &line, items);
    }

    fn line(&mut self, line: &[u8], items: &mut Found<W>) {
        self.number = self.number.saturating_add(1);
        let number = self.number;
        if self.passed > 0 {
            let passed = count(std::mem::take(&mut self.passed), "byte");
            items.note(format!(
                "line {number}: the last {passed} of the line are passed over"
            ));
        }
        let line = line.trim_ascii_end();
        let context = self.context > 0;
        self.context = self.context.saturating_sub(1);
        let bracket = memchr3(b'[', b'{', b'(', line).is_some();
        if context && !bracket && self.is_idle() {
            self.wanted.context(number, line);
            return;
        }
        match self.only {
            Some(Only::Hex) => _ = self.bytes.hex.line(number, line, items),
            Some(Only::Log) => self.wanted.log(number, line, items),
            None => self.wanted.line(number, line, &mut self.bytes, items),
        }
    }
}

/// Returns whether a passage may begin at a marker, as far as the bytes around tell.
fn may_begin<W: Wanted>(bytes: &[u8], at: usize, near: Near, strict: bool) -> bool {
    match near {
        Near::Anything => true,
        Near::Head => !strict || bytes.get(at..).is_none_or(W::is_head),
        Near::Digits => may_be_digits(bytes, at, W::Cut::BEFORE, |text| {
            W::Cut::in_digits(text)
                && (!strict || W::Cut::look(First::<SHOWN>::of(text).bytes()) != Look::Other)
        }),
        Near::Array => may_be_array(bytes, at),
    }
}

/// So many bytes tell what begins with them.
const SHOWN: usize = 16;

/// The digits from a place on, but for the last, with which a number of an array may begin. Among
/// many, a packet may begin with any.
fn digits_at(bytes: &[u8], at: usize) -> usize {
    let digits = bytes.get(at..).unwrap_or_default().iter();
    let digits = digits.take(AROUND.saturating_add(1));
    let count = digits.take_while(|byte| byte.is_ascii_hexdigit()).count();
    count.saturating_sub(1)
}

/// Finds the next place at which a passage may begin.
struct Markers {
    /// What each of them is near.
    near: Vec<Near>,
    /// All at once, where the machine can.
    packed: Option<Searcher>,
    one_by_one: Vec<memmem::Finder<'static>>,
}

impl Markers {
    fn new(markers: &'static [(Near, &'static [&'static str])]) -> Self {
        let all = || markers.iter().flat_map(|(_, texts)| texts.iter());
        let near =
            |(near, texts): &(Near, &'static [&str])| std::iter::repeat_n(*near, texts.len());
        let mut config = Config::new();
        let packed = config
            .match_kind(MatchKind::LeftmostFirst)
            .builder()
            .extend(all())
            .build();
        let finder = |marker: &&'static str| memmem::Finder::new(*marker);
        let one_by_one = match packed {
            Some(_) => Vec::new(),
            None => all().map(finder).collect(),
        };
        Self {
            near: markers.iter().flat_map(near).collect(),
            packed,
            one_by_one,
        }
    }

    /// Returns the place of the next marker, and what it is near.
    fn find(&self, bytes: &[u8], from: usize) -> Option<(usize, Near)> {
        let (at, marker) = match &self.packed {
            Some(packed) => {
                let found = packed.find_in(bytes, Span::from(from..bytes.len()))?;
                (found.start(), found.pattern().as_usize())
            }
            None => {
                let rest = bytes.get(from..)?;
                let places = self.one_by_one.iter().zip(0_usize..);
                places
                    .filter_map(|(finder, marker)| {
                        Some((finder.find(rest)?.saturating_add(from), marker))
                    })
                    .min()?
            }
        };
        Some((at, self.near.get(marker).copied().unwrap_or(Near::Anything)))
    }
}
