//! What a page notes about an interaction before the agent marks the record as done.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use serde_json::Value;

use super::calls::RescheduleRecord;
use super::field::{Field, RecordData, UpdateRefused};
use super::names::CallbackType;
use crate::gsw::attached_data::ValueBuf;
use crate::gsw::desktop::{Callback, Changes, Desktop, End, Finish, RecordId, Refused, RequestId};
use crate::gsw::values::NotWholeMinutes;
use crate::gsw::{CallResult, ChainAttr, MinuteTime};

/// The notes of a page about one interaction, which the web desktop sends to the server when the
/// record is marked as done: until then each can be taken back (Service Client API, descriptions of
/// the methods).
///
/// The methods check what the documentation demands of an interaction. Take a callback back by
/// setting [`callback`](Self::callback) to `None`.
///
/// ```
/// use cti_codec::gsw::CallResult;
/// use cti_codec::gsw::client::{Draft, NoteRefused};
///
/// let mut draft = Draft::default();
/// assert_eq!(draft.set_call_result(CallResult::BUSY), Err(NoteRefused::NoCall));
/// draft.has_call = true;
/// draft.set_do_not_call(true)?;
/// assert_eq!(draft.set_call_result(CallResult::BUSY), Err(NoteRefused::DoNotCall));
/// draft.set_do_not_call(false)?;
/// draft.set_call_result(CallResult::BUSY)?;
/// # Ok::<(), NoteRefused>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Whether the interaction has or had a call. With the call of a preview record its interaction
    /// gets another id.
    pub has_call: bool,
    /// The call result.
    pub call_result: Option<CallResult>,
    /// Whether the customer is not to be called any more.
    pub do_not_call: bool,
    /// When to call again, by the clock of the record's time zone, and who.
    pub callback: Option<(MinuteTime, CallbackType)>,
    /// New values of fields.
    pub changes: RecordData,
}

/// The reason why a note is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteRefused {
    /// The interaction has no call, and had none.
    #[error("no call was made")]
    NoCall,
    /// The customer is marked as not to be called, which excludes a call result.
    #[error("marked as not to be called")]
    DoNotCall,
    /// The time of a callback.
    #[error("rescheduleDate: {0}")]
    Time(#[from] NotWholeMinutes),
    /// The record has no such field.
    #[error("{0}: no such field")]
    NoField(String),
    /// A field does not take the value. Then none of the update is taken.
    #[error("{name}: {why}")]
    Field {
        /// The name of the field.
        name: String,
        /// The reason.
        why: UpdateRefused,
    },
}

impl Draft {
    /// Notes the call result: `setCallResult`.
    ///
    /// # Errors
    /// Fails without a call, and for a customer who is not to be called.
    pub fn set_call_result(&mut self, call_result: CallResult) -> Result<(), NoteRefused> {
        self.check_call()?;
        if self.do_not_call {
            return Err(NoteRefused::DoNotCall);
        }
        self.call_result = Some(call_result);
        Ok(())
    }

    /// Notes whether the customer is not to be called any more: `setDoNotCall`, `removeDoNotCall`.
    ///
    /// # Errors
    /// Fails without a call.
    pub fn set_do_not_call(&mut self, do_not_call: bool) -> Result<(), NoteRefused> {
        self.check_call()?;
        self.do_not_call = do_not_call;
        Ok(())
    }

    /// Notes a callback: `rescheduleRecord`, with or without a call.
    ///
    /// # Errors
    /// Fails for a time with seconds.
    pub fn reschedule(&mut self, call: &RescheduleRecord) -> Result<(), NoteRefused> {
        let at = MinuteTime::try_from(call.reschedule_date)?;
        self.callback = Some((at, call.callback_type.clone()));
        Ok(())
    }

    /// Notes new values of fields, all of them or none: `updateRecordFields`, with what
    /// `getRecordFields` has returned.
    ///
    /// # Errors
    /// Fails for a field that is not there, is not editable, is mandatory and would be empty, or is
    /// of another type.
    pub fn update_fields(
        &mut self,
        update: &RecordData,
        fields: &[Field],
    ) -> Result<(), NoteRefused> {
        let members = match serde_json::to_value(update) {
            Ok(Value::Object(members)) => members,
            _ => return Ok(()),
        };
        for (name, value) in &members {
            let field = fields.iter().find(|field| field.name == *name);
            let field = field.ok_or_else(|| NoteRefused::NoField(name.clone()))?;
            let name = || name.clone();
            field
                .check_update(value)
                .map_err(|why| NoteRefused::Field { name: name(), why })?;
        }
        let kept = &mut self.changes;
        kept.from = update.from.or(kept.from);
        kept.until = update.until.or(kept.until);
        kept.phone_type = update.phone_type.or(kept.phone_type);
        if let Some(phone) = &update.phone {
            kept.phone = Some(phone.clone());
        }
        for (name, value) in update.unlisted.iter() {
            kept.unlisted.insert(&name, value);
        }
        Ok(())
    }

    /// Marks the record as done, with all that was noted. Custom fields keep their JSON type as far
    /// as attached data has one: integers stay integers, other values become text, a null an empty
    /// one.
    ///
    /// # Errors
    /// See [`Desktop::finish`]; a callback for a customer who is not to be called is refused there.
    pub fn finish(
        &self,
        desktop: &mut Desktop,
        now: Duration,
        record: RecordId,
    ) -> Result<RequestId, Refused> {
        let custom: Vec<(String, ValueBuf)> = self
            .changes
            .unlisted
            .iter()
            .map(|(name, value)| (name.into_owned(), to_attached(&value)))
            .collect();
        let custom: Vec<(&str, crate::gsw::Value<'_>)> = custom
            .iter()
            .map(|(name, value)| (name.as_str(), value.view()))
            .collect();
        let end = if self.do_not_call {
            End::DoNotCall {
                scope: ChainAttr::ALL_CHAIN,
                message: None,
            }
        } else {
            End::Processed
        };
        let finish = Finish {
            changes: Changes {
                call_result: self.call_result,
                from: self.changes.from,
                until: self.changes.until,
                phone: self.changes.phone.as_deref().map(Into::into),
                phone_type: self.changes.phone_type,
                custom: &custom,
            },
            callback: self.callback.as_ref().map(|(at, callback_type)| Callback {
                callback_type: callback_type.into(),
                at: *at,
            }),
            end,
            ..Finish::default()
        };
        desktop.finish(now, record, &finish)
    }

    fn check_call(&self) -> Result<(), NoteRefused> {
        self.has_call.then_some(()).ok_or(NoteRefused::NoCall)
    }
}

fn to_attached(value: &Value) -> ValueBuf {
    match (value, value.as_i64()) {
        (_, Some(number)) => number.into(),
        (Value::Null, _) => "".into(),
        (Value::String(text), _) => text.as_str().into(),
        (other, _) => other.to_string().as_str().into(),
    }
}
