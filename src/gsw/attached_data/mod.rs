//! The list of key-value pairs that is the whole content of a user event.
mod packed;

use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::error::{PackError, UnpackError};
use crate::text::Text;

/// The value of a pair, borrowed from the list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Value<'a> {
    /// A string.
    Str(Text<'a>),
    /// An integer: the manuals' Int, Integer, Long and Int64 alike, since no width is stated
    /// anywhere.
    Int(i64),
    /// Bytes that the protocol does not interpret.
    Binary(&'a [u8]),
    /// A nested list.
    List(AttachedData<'a>),
    /// A string that its sender marked as Unicode.
    Unicode(Text<'a>),
    /// A value that its source does not show: filtered in a trace, `null` in JSON. It has no packed
    /// form.
    Hidden,
}

impl<'a> Value<'a> {
    /// Returns the name of the type, as errors print it.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Value::Str(_) => "string",
            Value::Int(_) => "integer",
            Value::Binary(_) => "binary",
            Value::List(_) => "list",
            Value::Unicode(_) => "unicode string",
            Value::Hidden => "hidden value",
        }
    }

    /// Returns the text of a string of either kind.
    #[must_use]
    pub const fn as_text(&self) -> Option<Text<'a>> {
        match self {
            Value::Str(text) | Value::Unicode(text) => Some(*text),
            _ => None,
        }
    }

    /// Returns the number of an integer.
    #[must_use]
    pub const fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns a copy that owns its content.
    #[must_use]
    pub fn to_buf(&self) -> ValueBuf {
        match self {
            Value::Str(text) => ValueBuf::Str(text.as_bytes().to_vec()),
            Value::Int(number) => ValueBuf::Int(*number),
            Value::Binary(bytes) => ValueBuf::Binary(bytes.to_vec()),
            Value::List(list) => ValueBuf::List(list.to_buf()),
            Value::Unicode(text) => ValueBuf::Unicode(text.as_bytes().to_vec()),
            Value::Hidden => ValueBuf::Hidden,
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Str(text.into())
    }
}

impl<'a> From<Text<'a>> for Value<'a> {
    fn from(text: Text<'a>) -> Self {
        Value::Str(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

/// The value of a pair of an [`AttachedDataBuf`]. [`Value`] is its borrowed form.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum ValueBuf {
    /// A string.
    Str(Vec<u8>),
    /// An integer.
    Int(i64),
    /// Bytes that the protocol does not interpret.
    Binary(Vec<u8>),
    /// A nested list.
    List(AttachedDataBuf),
    /// A string that its sender marked as Unicode.
    Unicode(Vec<u8>),
    /// A value that its source does not show.
    Hidden,
}

impl ValueBuf {
    /// Returns the value, borrowed.
    #[must_use]
    pub fn view(&self) -> Value<'_> {
        match self {
            ValueBuf::Str(text) => Value::Str(Text::new(text)),
            ValueBuf::Int(number) => Value::Int(*number),
            ValueBuf::Binary(bytes) => Value::Binary(bytes),
            ValueBuf::List(list) => Value::List(list.view()),
            ValueBuf::Unicode(text) => Value::Unicode(Text::new(text)),
            ValueBuf::Hidden => Value::Hidden,
        }
    }
}

impl From<&str> for ValueBuf {
    fn from(text: &str) -> Self {
        ValueBuf::Str(text.as_bytes().to_vec())
    }
}

impl From<Text<'_>> for ValueBuf {
    fn from(text: Text<'_>) -> Self {
        ValueBuf::Str(text.as_bytes().to_vec())
    }
}

impl From<i64> for ValueBuf {
    fn from(number: i64) -> Self {
        ValueBuf::Int(number)
    }
}

impl From<AttachedDataBuf> for ValueBuf {
    fn from(list: AttachedDataBuf) -> Self {
        ValueBuf::List(list)
    }
}

impl From<Value<'_>> for ValueBuf {
    fn from(value: Value<'_>) -> Self {
        value.to_buf()
    }
}

/// A key with its value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pair<'a> {
    /// The key, as it arrived.
    pub key: Text<'a>,
    /// The value.
    pub value: Value<'a>,
}

/// A [`Pair`] in less room, for lists of them: what speeds up look-ups in a list within it goes.
#[derive(Clone, Copy)]
pub(super) struct SmallPair<'a> {
    key: Text<'a>,
    value: SmallValue<'a>,
}

#[derive(Clone, Copy)]
enum SmallValue<'a> {
    Str(Text<'a>),
    Int(i64),
    Binary(&'a [u8]),
    Packed(&'a [u8], u16),
    Owned(&'a [(Vec<u8>, ValueBuf)]),
    Unicode(Text<'a>),
    Hidden,
}

impl<'a> From<Pair<'a>> for SmallPair<'a> {
    fn from(pair: Pair<'a>) -> Self {
        let value = match pair.value {
            Value::Str(text) => SmallValue::Str(text),
            Value::Int(number) => SmallValue::Int(number),
            Value::Binary(bytes) => SmallValue::Binary(bytes),
            Value::List(AttachedData(Source::Packed(list))) => {
                SmallValue::Packed(list.pairs, list.count)
            }
            Value::List(AttachedData(Source::Owned(pairs))) => SmallValue::Owned(pairs),
            Value::Unicode(text) => SmallValue::Unicode(text),
            Value::Hidden => SmallValue::Hidden,
        };
        let key = pair.key;
        Self { key, value }
    }
}

impl<'a> From<SmallPair<'a>> for Pair<'a> {
    fn from(pair: SmallPair<'a>) -> Self {
        let value = match pair.value {
            SmallValue::Str(text) => Value::Str(text),
            SmallValue::Int(number) => Value::Int(number),
            SmallValue::Binary(bytes) => Value::Binary(bytes),
            SmallValue::Packed(pairs, count) => Value::List(AttachedData::from_packed(
                packed::List::within(pairs, count),
            )),
            SmallValue::Owned(pairs) => Value::List(AttachedData(Source::Owned(pairs))),
            SmallValue::Unicode(text) => Value::Unicode(text),
            SmallValue::Hidden => Value::Hidden,
        };
        let key = pair.key;
        Self { key, value }
    }
}

/// The limits beyond which a reader refuses input. The defaults are far above the sizes that the
/// protocol uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The depth of nested lists: 0 allows none. Capped at [`Limits::MAX_DEPTH`].
    pub max_depth: usize,
    /// The size of one list in bytes, in any form of input.
    pub max_bytes: usize,
}

impl Limits {
    /// The deepest nesting that any reader or writer follows, even if `max_depth` is higher, so
    /// that the stack cannot overflow.
    pub const MAX_DEPTH: usize = 64;

    pub(crate) fn depth(&self) -> usize {
        self.max_depth.min(Self::MAX_DEPTH)
    }
}

impl Default for Limits {
    /// A depth of 16 lists and a size of 1 MiB.
    fn default() -> Self {
        Limits {
            max_depth: 16,
            max_bytes: 1 << 20,
        }
    }
}

/// Attached data, borrowed from packed bytes or from an [`AttachedDataBuf`].
///
/// Order and duplicates are kept. The look-ups work for both origins. A view of packed bytes is
/// read in place and allocates nothing.
///
/// ```
/// use cti_codec::gsw::{AttachedDataBuf, keys};
///
/// let mut data = AttachedDataBuf::new();
/// data.set(keys::RECORD_HANDLE, 283);
/// data.push_custom("Custom_Integer", 7)?;
///
/// let packed = data.view().pack()?;
/// let data = cti_codec::gsw::AttachedData::unpack(&packed)?;
/// assert_eq!(data.get(keys::RECORD_HANDLE)?, 283);
/// assert_eq!(data.find(keys::CAMPAIGN_NAME)?, None);
/// assert_eq!(data.get(keys::Key::<i64>::new("Custom_Integer"))?, 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct AttachedData<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Packed(packed::List<'a>),
    Owned(&'a [(Vec<u8>, ValueBuf)]),
}

impl<'a> AttachedData<'a> {
    const fn from_packed(list: packed::List<'a>) -> Self {
        AttachedData(Source::Packed(list))
    }

    /// Reads the packed form within the default [`Limits`]; the list must fill the bytes.
    ///
    /// # Errors
    /// Fails if the bytes are malformed; the error names the key and the byte offset.
    pub fn unpack(bytes: &'a [u8]) -> Result<Self, UnpackError> {
        Self::unpack_with(bytes, Limits::default())
    }

    /// Reads the packed form within the limits given; the list must fill the bytes.
    ///
    /// # Errors
    /// Fails if the bytes are malformed; the error names the key and the byte offset.
    pub fn unpack_with(bytes: &'a [u8], limits: Limits) -> Result<Self, UnpackError> {
        packed::unpack(bytes, limits)
    }

    /// Reads one list in packed form from the front of the bytes and returns it with the bytes
    /// after it.
    ///
    /// # Errors
    /// Fails if the bytes are malformed; the error names the key and the byte offset.
    pub fn unpack_prefix(bytes: &'a [u8], limits: Limits) -> Result<(Self, &'a [u8]), UnpackError> {
        packed::unpack_prefix(bytes, limits)
    }

    /// Returns the list in packed form.
    ///
    /// Its integers have 32 bits of unspecified sign: a value of 2,147,483,648 or more is packed
    /// unsigned and reads back as the negative number with the same bits.
    ///
    /// # Errors
    /// Names the first pair that the form cannot carry: an integer beyond 32 bits, a key or value
    /// beyond 65,535 bytes, a hidden value.
    pub fn pack(&self) -> Result<Vec<u8>, PackError> {
        packed::pack(*self)
    }

    /// Returns the length of the packed form and its first four bytes, as a trace prints them. A
    /// hidden value counts as the star that a trace prints for it.
    pub(super) fn measure(&self) -> Result<(usize, [u8; 4]), PackError> {
        packed::measure(*self)
    }

    /// Returns the number of pairs, not counting those of nested lists.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.0 {
            Source::Packed(list) => usize::from(list.count),
            Source::Owned(pairs) => pairs.len(),
        }
    }

    /// Returns whether there is no pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the pairs in their order.
    #[must_use]
    pub fn iter(&self) -> Pairs<'a> {
        Pairs(match self.0 {
            Source::Packed(packed::List { pairs, count, .. }) => {
                PairsSource::Packed { pairs, count }
            }
            Source::Owned(pairs) => PairsSource::Owned(pairs.iter()),
        })
    }

    /// Returns the first value under exactly this key, of any type.
    #[must_use]
    pub fn value(&self, key: impl AsRef<[u8]>) -> Option<Value<'a>> {
        let key = key.as_ref();
        match self.0 {
            Source::Packed(list) => list.find(key),
            Source::Owned(pairs) => pairs
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.view()),
        }
    }

    /// Returns a copy that owns its content.
    #[must_use]
    pub fn to_buf(&self) -> AttachedDataBuf {
        AttachedDataBuf {
            pairs: self
                .iter()
                .map(|pair| (pair.key.as_bytes().to_vec(), pair.value.to_buf()))
                .collect(),
        }
    }
}

impl Default for AttachedData<'_> {
    fn default() -> Self {
        AttachedData(Source::Owned(&[]))
    }
}

impl PartialEq for AttachedData<'_> {
    /// Equal if the pairs are the same, in the same order, whether packed or owned.
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for AttachedData<'_> {}

impl Hash for AttachedData<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        self.iter().for_each(|pair| pair.hash(state));
    }
}

impl fmt::Debug for AttachedData<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|pair| (pair.key, pair.value)))
            .finish()
    }
}

impl<'a> IntoIterator for AttachedData<'a> {
    type Item = Pair<'a>;
    type IntoIter = Pairs<'a>;

    fn into_iter(self) -> Pairs<'a> {
        self.iter()
    }
}

impl<'a> From<&'a AttachedDataBuf> for AttachedData<'a> {
    fn from(list: &'a AttachedDataBuf) -> Self {
        list.view()
    }
}

/// The pairs of a list, in order.
#[derive(Clone, Debug)]
pub struct Pairs<'a>(PairsSource<'a>);

#[derive(Clone, Debug)]
enum PairsSource<'a> {
    Packed { pairs: &'a [u8], count: u16 },
    Owned(core::slice::Iter<'a, (Vec<u8>, ValueBuf)>),
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        match &mut self.0 {
            PairsSource::Packed { pairs, count } => {
                *count = count.checked_sub(1)?;
                let (pair, rest) = packed::next_pair(pairs)?;
                *pairs = rest;
                Some(pair)
            }
            PairsSource::Owned(pairs) => pairs.next().map(|(key, value)| Pair {
                key: Text::new(key),
                value: value.view(),
            }),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.0 {
            PairsSource::Packed { count, .. } => usize::from(*count),
            PairsSource::Owned(pairs) => pairs.len(),
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Pairs<'_> {}

/// Attached data to build and to keep. [`view`](Self::view) gives the look-ups.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct AttachedDataBuf {
    pairs: Vec<(Vec<u8>, ValueBuf)>,
}

impl AttachedDataBuf {
    /// Creates an empty list.
    #[must_use]
    pub const fn new() -> Self {
        AttachedDataBuf { pairs: Vec::new() }
    }

    /// Returns the list, borrowed.
    #[must_use]
    pub fn view(&self) -> AttachedData<'_> {
        AttachedData(Source::Owned(&self.pairs))
    }

    /// Adds a pair at the end without checking the key. Use it to copy a list; for your own fields
    /// use [`push_custom`](Self::push_custom).
    pub fn push(&mut self, key: impl AsRef<[u8]>, value: impl Into<ValueBuf>) {
        self.pairs.push((key.as_ref().to_vec(), value.into()));
    }

    /// Replaces the first pair with the key or, failing that, with another spelling of it;
    /// otherwise adds the pair at the end.
    pub(super) fn put(&mut self, key: &str, aliases: &[&str], value: ValueBuf) {
        let place = |name: &str| self.pairs.iter().position(|pair| pair.0 == name.as_bytes());
        let place = place(key).or_else(|| aliases.iter().find_map(|alias| place(alias)));
        match place.and_then(|place| self.pairs.get_mut(place)) {
            Some(pair) => *pair = (key.as_bytes().to_vec(), value),
            None => self.push(key, value),
        }
    }

    /// Keeps the pairs for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(Pair<'_>) -> bool) {
        self.pairs.retain(|(key, value)| {
            keep(Pair {
                key: Text::new(key),
                value: value.view(),
            })
        });
    }
}

impl fmt::Debug for AttachedDataBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(f)
    }
}

impl<'a> Extend<Pair<'a>> for AttachedDataBuf {
    fn extend<I: IntoIterator<Item = Pair<'a>>>(&mut self, pairs: I) {
        self.pairs.extend(
            pairs
                .into_iter()
                .map(|pair| (pair.key.as_bytes().to_vec(), pair.value.to_buf())),
        );
    }
}

impl<'a> FromIterator<Pair<'a>> for AttachedDataBuf {
    fn from_iter<I: IntoIterator<Item = Pair<'a>>>(pairs: I) -> Self {
        let mut list = AttachedDataBuf::new();
        list.extend(pairs);
        list
    }
}
