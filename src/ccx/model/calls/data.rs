//! The data of a call: numbers, call variables, named variables, associated clients.

use alloc::vec::Vec;
use core::mem;

use super::super::{Change, Dropped, Limits, filled};
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

/// A message with data of a call.
pub(super) trait Data<'a> {
    /// Bit by bit, the texts that a message of the type can carry, by their place among the fields.
    const CARRIES: u32;
    /// Tells of each text that says something, with its place.
    fn texts(&self, tell: impl FnMut(usize, Text<'a>));
    fn named_variables(&self) -> Repeated<'a, NamedVariable<'a>>;
    fn named_arrays(&self) -> Repeated<'a, NamedArray<'a>>;
    fn clients(&self) -> Repeated<'a, CtiClient<'a>>;
}

/// The data of a message type: which of the eight texts it has, and whether it has clients.
macro_rules! data {
    ($Message:ident: $($place:literal $field:ident)*; $($clients:ident)?) => {
        data! { @ $Message: $($place $field)*
4 call_wrapup_data 8 call_variable1 9 call_variable2 10 call_variable3 11 call_variable4
12 call_variable5 13 call_variable6 14 call_variable7 15 call_variable8 16 call_variable9
17 call_variable10; $($clients)? }
    };
    (@ $Message:ident: $($place:literal $field:ident)*; $($clients:ident)?) => {
        impl<'a> Data<'a> for $Message<'a> {
            const CARRIES: u32 = 0 $(| 1 << $place)*;
            #[inline(always)]
            fn texts(&self, mut tell: impl FnMut(usize, Text<'a>)) {
                $(if let Some(text) = filled(self.$field) {
                    tell($place, text.into());
                })*
            }
            fn named_variables(&self) -> Repeated<'a, NamedVariable<'a>> {
                self.named_variables
            }
            fn named_arrays(&self) -> Repeated<'a, NamedArray<'a>> {
                self.named_arrays
            }
            fn clients(&self) -> Repeated<'a, CtiClient<'a>> {
                [$(self.$clients,)? Repeated::default()][0]
            }
        }
    };
}

data! { BeginCallEvent:
0 ani 1 dnis 2 dialed_number 3 caller_entered_digits 7 user_to_user_info; cti_clients }
data! { CallDeliveredEvent:
0 ani 1 dnis 2 dialed_number 3 caller_entered_digits 7 user_to_user_info; }
data! { CallDataUpdateEvent:
0 ani 3 caller_entered_digits 5 customer_phone_number 6 customer_account_number; cti_clients }
data! { SetCallDataReq: 0 ani 3 caller_entered_digits 6 customer_account_number; }
data! { SnapshotCallConf: 0 ani 1 dnis 2 dialed_number 3 caller_entered_digits; }

impl Call {
    /// Applies the data of a message.
    pub(super) fn update<'a>(
        &mut self,
        message: &impl Data<'a>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        message.texts(|place, text| self.set_text(place, text, changes));
        self.update_lists(message, limits, changes);
    }

    /// Applies the data of a message, and removes all other data.
    pub(super) fn replace<'a, D: Data<'a>>(
        &mut self,
        message: &D,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let mut missing = D::CARRIES;
        message.texts(|place, text| {
            missing &= !(1 << place);
            self.set_text(place, text, changes);
        });
        let (named, arrays) = (message.named_variables(), message.named_arrays());
        self.remove_others(missing, named, arrays, changes);
        self.update_lists(message, limits, changes);
    }

    #[inline]
    fn update_lists<'a>(
        &mut self,
        message: &impl Data<'a>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let (named, arrays) = (message.named_variables(), message.named_arrays());
        if !named.is_empty() || !arrays.is_empty() {
            self.update_named(named, arrays, limits, changes);
        }
        let clients = message.clients();
        if !clients.is_empty() {
            self.update_clients(clients, limits, changes);
        }
    }

    #[inline]
    fn set_text(&mut self, place: usize, text: Text<'_>, changes: &mut Vec<Change>) {
        if let Some(Some(kept)) = self.data.texts.get(place)
            && *kept == text
        {
            return;
        }
        self.put_text(place, text, changes);
    }

    #[inline(never)]
    fn put_text(&mut self, place: usize, text: Text<'_>, changes: &mut Vec<Change>) {
        let (Some(field), Some(kept)) = (
            DataField::ALL.get(place).copied(),
            self.data.texts.get_mut(place),
        ) else {
            return;
        };
        let after = Some(TextBuf::from(text));
        let before = mem::replace(kept, after.clone());
        changes.push(self.change(CallWhat::Text {
            field,
            before,
            after,
        }));
    }

    /// Removes the texts that are missing, bit by bit, and what lists do not name.
    fn remove_others<'a>(
        &mut self,
        mut missing: u32,
        named_variables: Repeated<'a, NamedVariable<'a>>,
        named_arrays: Repeated<'a, NamedArray<'a>>,
        changes: &mut Vec<Change>,
    ) {
        let (key, call_id) = (self.key, self.call_id);
        let mut tell = |what| changes.push(Change::Call { key, call_id, what });
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
        self.data.named_variables.retain(|(name, value)| {
            let kept = named_variables.iter().any(|named| *name == named.name);
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
            let mut named = named_arrays.iter();
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
    fn update_named<'a>(
        &mut self,
        named_variables: Repeated<'a, NamedVariable<'a>>,
        named_arrays: Repeated<'a, NamedArray<'a>>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let (key, call_id) = (self.key, self.call_id);
        let mut tell = |what| changes.push(Change::Call { key, call_id, what });
        let mut dropped = None;
        for named in named_variables.iter() {
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
        for named in named_arrays.iter() {
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
    fn update_clients<'a>(
        &mut self,
        clients: Repeated<'a, CtiClient<'a>>,
        limits: &Limits,
        changes: &mut Vec<Change>,
    ) {
        let listed = || {
            clients.iter().map(|client| {
                let signature = client.cti_client_signature.unwrap_or_default();
                (signature, client.cti_client_time_stamp)
            })
        };
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
