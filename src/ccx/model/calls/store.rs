//! The calls of a model, by key and by `CallID`.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::vec::Vec;
use core::slice;

use super::call::{Call, CallKey};

/// How many bits of a key say where its call lies.
const PLACE_BITS: u32 = 20;
/// The most calls that there can be.
pub(super) const MOST: usize = 1 << PLACE_BITS;
/// The place of no call.
const NOWHERE: u32 = u32::MAX;

/// Calls lie at places that their keys name, so that it takes no search to find them, and are
/// chained in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Store {
    places: Vec<Place>,
    free: Vec<u32>,
    oldest: u32,
    youngest: u32,
    by_id: BTreeMap<u32, Keys>,
    /// The number of calls that there have been.
    count: u64,
}

#[derive(Clone, Debug)]
struct Place {
    call: Option<Box<Call>>,
    older: u32,
    younger: u32,
}

/// The calls with the same `CallID`, oldest first.
#[derive(Clone, Debug)]
enum Keys {
    One(CallKey),
    Several(Vec<CallKey>),
}

impl Keys {
    #[inline]
    fn as_slice(&self) -> &[CallKey] {
        match self {
            Self::One(key) => slice::from_ref(key),
            Self::Several(keys) => keys,
        }
    }
}

impl CallKey {
    /// Returns a key, greater than all before it.
    fn new(count: u64, place: u32) -> Self {
        Self(count << PLACE_BITS | u64::from(place))
    }

    #[inline]
    fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX) & (MOST - 1)
    }
}

impl Default for Store {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            free: Vec::new(),
            oldest: NOWHERE,
            youngest: NOWHERE,
            by_id: BTreeMap::new(),
            count: 0,
        }
    }
}

impl Store {
    pub(super) fn len(&self) -> usize {
        self.places.len().saturating_sub(self.free.len())
    }

    #[inline]
    pub(super) fn get(&self, key: CallKey) -> Option<&Call> {
        let call = self.places.get(key.place())?.call.as_deref()?;
        (call.key == key).then_some(call)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, key: CallKey) -> Option<&mut Call> {
        let call = self.places.get_mut(key.place())?.call.as_deref_mut()?;
        (call.key == key).then_some(call)
    }

    /// Returns the calls with a `CallID`, oldest first.
    #[inline]
    pub(super) fn with_id(&self, call_id: u32) -> &[CallKey] {
        self.by_id.get(&call_id).map_or(&[], Keys::as_slice)
    }

    /// Returns the calls, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Call> {
        let mut place = self.oldest;
        core::iter::from_fn(move || {
            let here = self.place(place)?;
            place = here.younger;
            here.call.as_deref()
        })
    }

    /// Returns the calls in any order.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Call> {
        let places = self.places.iter_mut();
        places.filter_map(|place| place.call.as_deref_mut())
    }

    fn place(&self, place: u32) -> Option<&Place> {
        self.places.get(usize::try_from(place).ok()?)
    }

    fn place_mut(&mut self, place: u32) -> Option<&mut Place> {
        self.places.get_mut(usize::try_from(place).ok()?)
    }

    /// Adds a call, made with its key. There must be fewer than [`MOST`].
    pub(super) fn insert(&mut self, call: impl FnOnce(CallKey) -> Call) -> CallKey {
        let at = match self.free.pop() {
            Some(at) => at,
            None => {
                self.places.push(Place {
                    call: None,
                    older: NOWHERE,
                    younger: NOWHERE,
                });
                u32::try_from(self.places.len().saturating_sub(1)).unwrap_or(NOWHERE)
            }
        };
        let key = CallKey::new(self.count, at);
        self.count = self.count.saturating_add(1);
        let call = Box::new(call(key));
        self.name(call.call_id, key);
        let older = self.youngest;
        if let Some(place) = self.place_mut(at) {
            *place = Place {
                call: Some(call),
                older,
                younger: NOWHERE,
            };
        }
        match self.place_mut(older) {
            Some(place) => place.younger = at,
            None => self.oldest = at,
        }
        self.youngest = at;
        key
    }

    pub(super) fn remove(&mut self, key: CallKey) -> Option<Box<Call>> {
        self.get(key)?;
        let place = self.places.get_mut(key.place())?;
        let (older, younger) = (place.older, place.younger);
        let call = place.call.take()?;
        match self.place_mut(older) {
            Some(place) => place.younger = younger,
            None => self.oldest = younger,
        }
        match self.place_mut(younger) {
            Some(place) => place.older = older,
            None => self.youngest = older,
        }
        self.free.extend(u32::try_from(key.place()));
        self.unname(call.call_id, key);
        Some(call)
    }

    /// Gives a call another `CallID`.
    pub(super) fn rename(&mut self, key: CallKey, call_id: u32) {
        if let Some(call) = self.get_mut(key) {
            let before = core::mem::replace(&mut call.call_id, call_id);
            self.unname(before, key);
            self.name(call_id, key);
        }
    }

    fn name(&mut self, call_id: u32, key: CallKey) {
        match self.by_id.entry(call_id) {
            Entry::Vacant(place) => {
                place.insert(Keys::One(key));
            }
            Entry::Occupied(mut place) => match place.get_mut() {
                Keys::One(other) => {
                    let both = Vec::from([key.min(*other), key.max(*other)]);
                    place.insert(Keys::Several(both));
                }
                Keys::Several(keys) => {
                    let at = keys.partition_point(|other| *other < key);
                    keys.insert(at, key);
                }
            },
        }
    }

    fn unname(&mut self, call_id: u32, key: CallKey) {
        match self.by_id.get_mut(&call_id) {
            Some(Keys::One(other)) if *other == key => {
                self.by_id.remove(&call_id);
            }
            Some(Keys::Several(keys)) => {
                if let Ok(place) = keys.binary_search(&key) {
                    keys.remove(place);
                }
                if let [one] = **keys {
                    self.by_id.insert(call_id, Keys::One(one));
                }
            }
            _ => {}
        }
    }
}
