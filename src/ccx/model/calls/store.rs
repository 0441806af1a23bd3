//! The calls of a model, by key and by `CallID`.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::call::{Call, CallKey};

/// How many bits of a key say where its call lies.
const PLACE_BITS: u32 = 20;
/// The most calls that there can be.
pub(super) const MOST: usize = 1 << PLACE_BITS;
/// The place of no call.
const NOWHERE: u32 = u32::MAX;

/// Calls lie at places that their keys name, so that it takes no search to find them, and are
/// chained in the order in which they came. A table leads from a `CallID` to the calls with it.
#[derive(Clone, Debug)]
pub(super) struct Store {
    places: Vec<Place>,
    free: Vec<u32>,
    oldest: u32,
    youngest: u32,
    /// By the hash of a `CallID`, the first of a chain of places, in which younger calls come
    /// before older ones. As many as there are places, or more: a power of two.
    chains: Vec<u32>,
    /// The number of calls that there have been.
    count: u64,
}

#[derive(Clone, Debug)]
struct Place {
    call: Option<Box<Call>>,
    call_id: u32,
    /// The next one in the chain of the `CallID`.
    next: u32,
    older: u32,
    younger: u32,
}

/// The calls with the same `CallID`, youngest first.
pub(super) struct WithId<'s> {
    store: &'s Store,
    call_id: u32,
    at: u32,
}

impl<'s> Iterator for WithId<'s> {
    type Item = &'s Call;

    #[inline]
    fn next(&mut self) -> Option<&'s Call> {
        loop {
            let place = self.store.place(self.at)?;
            self.at = place.next;
            if place.call_id == self.call_id {
                return place.call.as_deref();
            }
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
            chains: Vec::new(),
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

    /// Returns the calls with a `CallID`, youngest first.
    #[inline]
    pub(super) fn with_id(&self, call_id: u32) -> WithId<'_> {
        let chain = self.chain(call_id);
        WithId {
            store: self,
            call_id,
            at: self.chains.get(chain).copied().unwrap_or(NOWHERE),
        }
    }

    /// Returns the place of a `CallID`'s chain: its hash.
    #[inline]
    fn chain(&self, call_id: u32) -> usize {
        let spread = call_id.wrapping_mul(0x9E37_79B9);
        // The highest bits are the best spread.
        let high = u64::from(spread).wrapping_mul(u64::try_from(self.chains.len()).unwrap_or(0));
        usize::try_from(high >> u32::BITS).unwrap_or(0)
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

    #[inline]
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
                    call_id: 0,
                    next: NOWHERE,
                    older: NOWHERE,
                    younger: NOWHERE,
                });
                u32::try_from(self.places.len().saturating_sub(1)).unwrap_or(NOWHERE)
            }
        };
        let key = CallKey::new(self.count, at);
        self.count = self.count.saturating_add(1);
        let call = Box::new(call(key));
        let call_id = call.call_id;
        let older = self.youngest;
        if let Some(place) = self.place_mut(at) {
            *place = Place {
                call: Some(call),
                call_id,
                next: NOWHERE,
                older,
                younger: NOWHERE,
            };
        }
        match self.place_mut(older) {
            Some(place) => place.younger = at,
            None => self.oldest = at,
        }
        self.youngest = at;
        if self.places.len() > self.chains.len() {
            self.chain_all();
        } else {
            self.name(at);
        }
        key
    }

    pub(super) fn remove(&mut self, key: CallKey) -> Option<Box<Call>> {
        self.get(key)?;
        let at = u32::try_from(key.place()).ok()?;
        self.unname(at);
        let place = self.place_mut(at)?;
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
        self.free.push(at);
        Some(call)
    }

    /// Gives a call another `CallID`.
    pub(super) fn rename(&mut self, key: CallKey, call_id: u32) {
        if let Some(call) = self.get_mut(key)
            && let Ok(at) = u32::try_from(key.place())
        {
            call.call_id = call_id;
            self.unname(at);
            if let Some(place) = self.place_mut(at) {
                place.call_id = call_id;
            }
            self.name(at);
        }
    }

    /// Makes the table larger.
    fn chain_all(&mut self) {
        let size = self.places.len().next_power_of_two().max(16);
        self.chains.clear();
        self.chains.resize(size, NOWHERE);
        let mut at = self.oldest;
        while let Some(place) = self.place(at) {
            let younger = place.younger;
            self.name(at);
            at = younger;
        }
    }

    /// Puts a call into the chain of its `CallID`, after those that are younger.
    fn name(&mut self, at: u32) {
        let key = |place: &Place| place.call.as_ref().map(|call| call.key);
        let Some(named) = self.place(at) else { return };
        let (chain, own) = (self.chain(named.call_id), key(named));
        let mut before = None;
        let mut next = self.chains.get(chain).copied().unwrap_or(NOWHERE);
        while let Some(place) = self.place(next)
            && key(place) > own
        {
            before = Some(next);
            next = place.next;
        }
        if let Some(named) = self.place_mut(at) {
            named.next = next;
        }
        self.link(chain, before, at);
    }

    /// Takes a call out of the chain of its `CallID`.
    fn unname(&mut self, at: u32) {
        let Some(named) = self.place(at) else { return };
        let (chain, after) = (self.chain(named.call_id), named.next);
        let mut before = None;
        let mut here = self.chains.get(chain).copied().unwrap_or(NOWHERE);
        while here != at
            && let Some(place) = self.place(here)
        {
            before = Some(here);
            here = place.next;
        }
        if here == at {
            self.link(chain, before, after);
        }
    }

    fn link(&mut self, chain: usize, before: Option<u32>, to: u32) {
        let link = match before {
            Some(before) => self.place_mut(before).map(|place| &mut place.next),
            None => self.chains.get_mut(chain),
        };
        if let Some(link) = link {
            *link = to;
        }
    }
}
