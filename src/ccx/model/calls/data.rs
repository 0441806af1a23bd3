//! The data of a call: numbers, call variables, named variables, associated clients.

use alloc::vec::Vec;
use core::mem;

use super::super::{Change, Dropped, Limits, filled, set};
use super::call::Call;
use super::what::CallWhat;
use crate::ccx::messages::{
    BeginCallEvent, CallDataUpdateEvent, CallDeliveredEvent, CtiClient, SetCallDataReq,
    SnapshotCallConf,
};
use crate::ccx::outbound::OutboundContact;
use crate::ccx::values::Time;
use crate::ccx::{NamedArray, NamedVariable, Repeated, Text, TextBuf};

/// A text that a call carries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DataField {
    /// `ANI`: the number of the caller.
    Ani,
    /// `DNIS`: the number that the caller dialed, as the network gave it.
    Dnis,
    /// `DialedNumber`.
    DialedNumber,
    /// `CallerEnteredDigits`.
    CallerEnteredDigits,
    /// `CallWrapupData`.
    CallWrapupData,
    /// `CustomerPhoneNumber`.
    CustomerPhoneNumber,
    /// `CustomerAccountNumber`.
    CustomerAccountNumber,
    /// `UserToUserInfo`: octets.
    UserToUserInfo,
    /// `CallVariable1` to `CallVariable10`, by their number.
    CallVariable(u8),
}

/// The number of fields.
const FIELDS: usize = 18;

impl DataField {
    const ALL: [Self; FIELDS] = [
        Self::Ani,
        Self::Dnis,
        Self::DialedNumber,
        Self::CallerEnteredDigits,
        Self::CallWrapupData,
        Self::CustomerPhoneNumber,
        Self::CustomerAccountNumber,
        Self::UserToUserInfo,
        Self::CallVariable(1),
        Self::CallVariable(2),
        Self::CallVariable(3),
        Self::CallVariable(4),
        Self::CallVariable(5),
        Self::CallVariable(6),
        Self::CallVariable(7),
        Self::CallVariable(8),
        Self::CallVariable(9),
        Self::CallVariable(10),
    ];

    fn place(self) -> Option<usize> {
        Self::ALL.iter().position(|field| *field == self)
    }
}

/// A client that is associated with a call.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AssociatedClient {
    /// The signature it gave in `OPEN_REQ`.
    pub signature: TextBuf,
    /// When it was associated with the call.
    pub time: Option<Time>,
}

/// The data of a call.
///
/// In events an empty text means no change; one space blanks a variable, and is kept. Named
/// variables are replaced even by empty values.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CallData {
    texts: [Option<TextBuf>; FIELDS],
    named_variables: Vec<(TextBuf, TextBuf)>,
    named_arrays: Vec<(TextBuf, u8, TextBuf)>,
    /// The clients that are associated with the call, oldest first.
    pub clients: Vec<AssociatedClient>,
}

impl CallData {
    /// Returns a text; `None` if there is none.
    #[must_use]
    pub fn text(&self, field: DataField) -> Option<Text<'_>> {
        let text = self.texts.get(field.place()?)?.as_ref();
        text.map(TextBuf::text)
    }

    /// Returns a call variable by its number, 1 to 10, with a blanked one as an empty text.
    #[must_use]
    pub fn call_variable(&self, number: u8) -> Option<Text<'_>> {
        let text = self.text(DataField::CallVariable(number))?;
        Some(if text == " " { Text::default() } else { text })
    }

    /// Returns the named variables, in the order received.
    pub fn named_variables(&self) -> impl Iterator<Item = NamedVariable<'_>> {
        self.named_variables
            .iter()
            .map(|(name, value)| NamedVariable {
                name: name.text(),
                value: value.text(),
            })
    }

    /// Returns the elements of named arrays, in the order received.
    pub fn named_arrays(&self) -> impl Iterator<Item = NamedArray<'_>> {
        let elements = self.named_arrays.iter();
        elements.map(|(name, index, value)| NamedArray {
            index: *index,
            name: name.text(),
            value: value.text(),
        })
    }

    /// Returns the value of a named variable.
    #[must_use]
    pub fn named_variable(&self, name: &str) -> Option<Text<'_>> {
        self.named_variables()
            .find(|variable| variable.name == name)
            .map(|variable| variable.value)
    }

    /// Returns the contact of an outbound call, from its named variables.
    #[must_use]
    pub fn outbound_contact(&self) -> OutboundContact<'_> {
        OutboundContact::read(self.named_variables())
    }

    /// Reports all data, as if new.
    pub(super) fn announce(&self, mut tell: impl FnMut(CallWhat)) {
        for (field, text) in DataField::ALL.into_iter().zip(&self.texts) {
            if let after @ Some(_) = text.clone() {
                let before = None;
                tell(CallWhat::Text {
                    field,
                    before,
                    after,
                });
            }
        }
        for (name, value) in &self.named_variables {
            tell(CallWhat::NamedVariable {
                name: name.clone(),
                before: None,
                after: Some(value.clone()),
            });
        }
        for (name, index, value) in &self.named_arrays {
            tell(CallWhat::NamedArray {
                name: name.clone(),
                index: *index,
                before: None,
                after: Some(value.clone()),
            });
        }
        if !self.clients.is_empty() {
            tell(CallWhat::Clients {
                before: Vec::new(),
                after: self.clients.clone(),
            });
        }
    }
}

/// The data in a message.
pub(super) struct Update<'a> {
    /// The texts that say something, with their places, and how many there are.
    texts: [(u8, Text<'a>); FIELDS],
    count: usize,
    /// Bit by bit, the fields that are among them.
    filled: u32,
    /// Bit by bit, the fields that a message of the type can carry.
    carries: u32,
    named_variables: Repeated<'a, NamedVariable<'a>>,
    named_arrays: Repeated<'a, NamedArray<'a>>,
    clients: Repeated<'a, CtiClient<'a>>,
}

impl<'a> Update<'a> {
    #[inline(always)]
    fn put(&mut self, place: u8, text: Option<Text<'a>>) {
        self.carries |= 1 << place;
        if let Some(text) = filled(text)
            && let Some(put) = self.texts.get_mut(self.count)
        {
            *put = (place, text);
            self.count = self.count.saturating_add(1);
            self.filled |= 1 << place;
        }
    }
}

/// The data of a message type: which of the eight texts it has, and whether it has clients.
macro_rules! update {
    ($Message:ident: $($place:literal $field:ident)*; $($clients:ident)?) => {
        impl<'a> From<&$Message<'a>> for Update<'a> {
            fn from(message: &$Message<'a>) -> Self {
                let mut update = Self {
                    texts: [(0, Text::new(&[])); FIELDS],
                    count: 0,
                    filled: 0,
                    carries: 0,
                    named_variables: message.named_variables,
                    named_arrays: message.named_arrays,
                    clients: [$(message.$clients,)? Repeated::default()][0],
                };
                $(update.put($place, message.$field.map(Text::from));)*
                update.put(4, message.call_wrapup_data);
                update.put(8, message.call_variable1);
                update.put(9, message.call_variable2);
                update.put(10, message.call_variable3);
                update.put(11, message.call_variable4);
                update.put(12, message.call_variable5);
                update.put(13, message.call_variable6);
                update.put(14, message.call_variable7);
                update.put(15, message.call_variable8);
                update.put(16, message.call_variable9);
                update.put(17, message.call_variable10);
                update
            }
        }
    };
}

update! { BeginCallEvent:
0 ani 1 dnis 2 dialed_number 3 caller_entered_digits 7 user_to_user_info; cti_clients }
update! { CallDeliveredEvent:
0 ani 1 dnis 2 dialed_number 3 caller_entered_digits 7 user_to_user_info; }
update! { CallDataUpdateEvent:
0 ani 3 caller_entered_digits 5 customer_phone_number 6 customer_account_number; cti_clients }
update! { SetCallDataReq: 0 ani 3 caller_entered_digits 6 customer_account_number; }
update! { SnapshotCallConf: 0 ani 1 dnis 2 dialed_number 3 caller_entered_digits; }

impl Call {
    /// Applies the data of a message and, with `replace`, removes all other data.
    pub(super) fn update(
        &mut self,
        update: &Update<'_>,
        replace: bool,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let (key, call_id) = (self.key, self.call_id);
        let mut tell = |what| changes.push(Change::Call { key, call_id, what });
        let texts = update.texts.get(..update.count).unwrap_or_default();
        for (place, text) in texts {
            let place = usize::from(*place);
            let (Some(field), Some(kept)) = (
                DataField::ALL.get(place).copied(),
                self.data.texts.get_mut(place),
            ) else {
                continue;
            };
            if let Some(before) = set(kept, *text) {
                let after = kept.clone();
                tell(CallWhat::Text {
                    field,
                    before,
                    after,
                });
            }
        }
        if replace {
            let mut missing = update.carries & !update.filled;
            for (field, kept) in DataField::ALL.into_iter().zip(&mut self.data.texts) {
                if missing & 1 == 1
                    && let before @ Some(_) = kept.take()
                {
                    tell(CallWhat::Text {
                        field,
                        before,
                        after: None,
                    });
                }
                missing >>= 1;
            }
        }
        if replace {
            self.data.named_variables.retain(|(name, value)| {
                let kept = update
                    .named_variables
                    .iter()
                    .any(|named| *name == named.name);
                if !kept {
                    tell(CallWhat::NamedVariable {
                        name: name.clone(),
                        before: Some(value.clone()),
                        after: None,
                    });
                }
                kept
            });
            self.data.named_arrays.retain(|(name, index, value)| {
                let mut named = update.named_arrays.iter();
                let kept = named.any(|named| *name == named.name && *index == named.index);
                if !kept {
                    tell(CallWhat::NamedArray {
                        name: name.clone(),
                        index: *index,
                        before: Some(value.clone()),
                        after: None,
                    });
                }
                kept
            });
        }
        if !update.named_variables.is_empty() || !update.named_arrays.is_empty() {
            self.update_named(update, limits, changes);
        }
        self.update_clients(update, limits, changes);
    }

    fn update_named(&mut self, update: &Update<'_>, limits: &Limits, changes: &mut Vec<Change>) {
        let (key, call_id) = (self.key, self.call_id);
        let mut tell = |what| changes.push(Change::Call { key, call_id, what });
        let mut dropped = None;
        for named in update.named_variables.iter() {
            let variables = &mut self.data.named_variables;
            let full = variables.len() >= limits.named_per_call;
            let known = variables.iter_mut().find(|(name, _)| *name == named.name);
            match known {
                Some((_, value)) if *value == named.value => {}
                Some((name, value)) => {
                    let after = TextBuf::from(named.value);
                    let before = mem::replace(value, after.clone());
                    tell(CallWhat::NamedVariable {
                        name: name.clone(),
                        before: Some(before),
                        after: Some(after),
                    });
                }
                None if full => dropped = Some(named.name),
                None => {
                    let (name, value) = (TextBuf::from(named.name), TextBuf::from(named.value));
                    variables.push((name.clone(), value.clone()));
                    tell(CallWhat::NamedVariable {
                        name,
                        before: None,
                        after: Some(value),
                    });
                }
            }
        }
        for named in update.named_arrays.iter() {
            let arrays = &mut self.data.named_arrays;
            let full = arrays.len() >= limits.named_per_call;
            let known = arrays
                .iter_mut()
                .find(|(name, index, _)| *name == named.name && *index == named.index);
            match known {
                Some((_, _, value)) if *value == named.value => {}
                Some((name, index, value)) => {
                    let after = TextBuf::from(named.value);
                    let before = mem::replace(value, after.clone());
                    tell(CallWhat::NamedArray {
                        name: name.clone(),
                        index: *index,
                        before: Some(before),
                        after: Some(after),
                    });
                }
                None if full => dropped = Some(named.name),
                None => {
                    let (name, value) = (TextBuf::from(named.name), TextBuf::from(named.value));
                    arrays.push((name.clone(), named.index, value.clone()));
                    tell(CallWhat::NamedArray {
                        name,
                        index: named.index,
                        before: None,
                        after: Some(value),
                    });
                }
            }
        }
        if let Some(name) = dropped {
            changes.push(Change::Dropped(Dropped::Named(call_id, name.into())));
        }
    }

    /// A message that lists clients lists all of them.
    fn update_clients(&mut self, update: &Update<'_>, limits: &Limits, changes: &mut Vec<Change>) {
        let listed = || {
            update.clients.iter().map(|client| {
                let signature = client.cti_client_signature.unwrap_or_default();
                (signature, client.cti_client_time_stamp)
            })
        };
        if update.clients.is_empty() {
            return;
        }
        let mut count = 0_usize;
        let mut same = true;
        for (place, (signature, time)) in listed().enumerate() {
            count = place.saturating_add(1);
            same &= self
                .data
                .clients
                .get(place)
                .is_some_and(|known| known.signature == signature && known.time == time);
        }
        if count == 0 || same && count == self.data.clients.len() {
            return;
        }
        let kept = limits.clients_per_call;
        if count > kept {
            changes.push(Change::Dropped(Dropped::Client(self.call_id)));
        }
        let after: Vec<_> = listed()
            // The oldest are left out.
            .skip(count.saturating_sub(kept))
            .map(|(signature, time)| AssociatedClient {
                signature: signature.into(),
                time,
            })
            .collect();
        if after == self.data.clients {
            return;
        }
        let before = mem::replace(&mut self.data.clients, after.clone());
        changes.push(self.change(CallWhat::Clients { before, after }));
    }
}

impl Call {
    /// Puts other data in the place of the call's.
    pub(super) fn replace_data(&mut self, data: CallData, changes: &mut Vec<Change>) {
        if self.data == data {
            return;
        }
        let (key, call_id) = (self.key, self.call_id);
        let mut tell = |what| changes.push(Change::Call { key, call_id, what });
        let before = mem::replace(&mut self.data, data);
        let texts = before.texts.into_iter().zip(&self.data.texts);
        for (field, (before, after)) in DataField::ALL.into_iter().zip(texts) {
            if before != *after {
                let after = after.clone();
                tell(CallWhat::Text {
                    field,
                    before,
                    after,
                });
            }
        }
        let value = |list: &[(TextBuf, TextBuf)], name: &TextBuf| {
            let found = list.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        for (name, old) in &before.named_variables {
            let after = value(&self.data.named_variables, name);
            if after.as_ref() != Some(old) {
                tell(CallWhat::NamedVariable {
                    name: name.clone(),
                    before: Some(old.clone()),
                    after,
                });
            }
        }
        for (name, new) in &self.data.named_variables {
            if value(&before.named_variables, name).is_none() {
                tell(CallWhat::NamedVariable {
                    name: name.clone(),
                    before: None,
                    after: Some(new.clone()),
                });
            }
        }
        let element = |list: &[(TextBuf, u8, TextBuf)], name: &TextBuf, index: u8| {
            let found = list
                .iter()
                .find(|known| known.0 == *name && known.1 == index);
            found.map(|known| known.2.clone())
        };
        for (name, index, old) in &before.named_arrays {
            let after = element(&self.data.named_arrays, name, *index);
            if after.as_ref() != Some(old) {
                tell(CallWhat::NamedArray {
                    name: name.clone(),
                    index: *index,
                    before: Some(old.clone()),
                    after,
                });
            }
        }
        for (name, index, new) in &self.data.named_arrays {
            if element(&before.named_arrays, name, *index).is_none() {
                tell(CallWhat::NamedArray {
                    name: name.clone(),
                    index: *index,
                    before: None,
                    after: Some(new.clone()),
                });
            }
        }
        if before.clients != self.data.clients {
            tell(CallWhat::Clients {
                before: before.clients,
                after: self.data.clients.clone(),
            });
        }
    }

    /// Takes over data that the call lacks, as far as there is room.
    pub(super) fn fill_data(
        &mut self,
        other: CallData,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let mut data = self.data.clone();
        for (own, text) in data.texts.iter_mut().zip(other.texts) {
            *own = own.take().or(text);
        }
        for (name, value) in other.named_variables {
            let list = &mut data.named_variables;
            if list.len() < limits.named_per_call && !list.iter().any(|own| own.0 == name) {
                list.push((name, value));
            }
        }
        for (name, index, value) in other.named_arrays {
            let list = &mut data.named_arrays;
            let known = list.iter().any(|own| own.0 == name && own.1 == index);
            if list.len() < limits.named_per_call && !known {
                list.push((name, index, value));
            }
        }
        if data.clients.is_empty() {
            data.clients = other.clients;
        }
        self.replace_data(data, changes);
    }
}
