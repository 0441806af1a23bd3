//! The keys of a message that matter to a conversation. Looking them up allocates nothing.
use crate::gsw::attached_data::{AttachedData, Value};
use crate::gsw::enumerations::ChainAttr;
use crate::gsw::error_code::ErrorCode;
use crate::gsw::keys::{self, Key, KeyType};
use crate::gsw::messages::MessageType;
use crate::gsw::values::TextOrNumber;
use crate::text::Text;

/// Returns the value of a key. One of the wrong type counts as missing here.
pub(super) fn look<'a, T: KeyType>(data: AttachedData<'a>, key: Key<T>) -> Option<T::Of<'a>> {
    data.find(key).ok().flatten()
}

/// The facts that identify messages and records.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) kind: MessageType,
    pub(super) data: AttachedData<'a>,
    /// 0 counts as missing, here and below.
    pub(super) application: Option<i64>,
    pub(super) reference: Option<i64>,
    pub(super) handle: Option<i64>,
    pub(super) chain: Option<i64>,
    pub(super) campaign: Option<Text<'a>>,
    pub(super) group: Option<Text<'a>>,
    pub(super) list: Option<Text<'a>>,
    pub(super) phone: Option<Text<'a>>,
    pub(super) customer: Option<TextOrNumber<'a>>,
}

impl<'a> Facts<'a> {
    pub(super) fn read(kind: MessageType, data: AttachedData<'a>, name_bytes: usize) -> Self {
        let number = |key| look(data, key).filter(|number: &i64| *number > 0);
        let name = |key: Key<Text<'static>>| {
            look(data, key).filter(|text| !text.is_empty() && text.len() <= name_bytes)
        };
        Facts {
            kind,
            data,
            application: number(keys::APPLICATION_ID),
            reference: number(keys::REFERENCE_ID),
            handle: number(keys::RECORD_HANDLE),
            chain: look(data, keys::CHAIN_ID),
            campaign: name(keys::CAMPAIGN_NAME),
            group: name(keys::CAMPAIGN_GROUP_NAME),
            list: name(keys::CALLING_LIST),
            phone: look(data, keys::PHONE),
            customer: look(data, keys::CUSTOMER_ID),
        }
    }

    /// Returns whether only the record is meant; `None` without the key.
    pub(super) fn record_only(&self) -> Option<bool> {
        look(self.data, keys::CHAIN_ATTR).map(|attr| attr == ChainAttr::RECORD_ONLY)
    }

    pub(super) fn error(&self) -> ErrorCode {
        look(self.data, keys::ERROR_NUMBER).unwrap_or_default()
    }

    pub(super) fn error_text(&self) -> Text<'a> {
        look(self.data, keys::ERROR).unwrap_or_default()
    }

    /// Returns the type of the request that an error refuses.
    pub(super) fn refused(&self) -> Option<MessageType> {
        let name = look(self.data, keys::AGENT_REQ_TYPE)?;
        let called = |kind: &&MessageType| {
            let layout = kind.layout();
            let mut names = layout.value.iter().chain(layout.other_values);
            kind.is_request() && names.any(|known| name == **known)
        };
        MessageType::ALL.iter().find(called).copied()
    }

    pub(super) fn number(&self, key: Key<i64>) -> Option<i64> {
        look(self.data, key)
    }
}

/// The situations that share the code 101, by their texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Situation {
    StartRequired,
    NoAutoCampaign,
    Other,
}

impl Situation {
    pub(super) fn of(code: ErrorCode, text: Text<'_>) -> Self {
        let says = |words: &str| {
            let (text, words) = (text.as_bytes(), words.as_bytes());
            let mut windows = text.windows(words.len());
            windows.any(|window| window.eq_ignore_ascii_case(words))
        };
        match code {
            ErrorCode::INVALID_REQUEST if says("PreviewDialingModeStart") => Self::StartRequired,
            ErrorCode::INVALID_REQUEST if says("'Auto' campaign") || says("no Auto campaign") => {
                Self::NoAutoCampaign
            }
            _ => Self::Other,
        }
    }
}

/// Bytes of keys and values, the most there are where lists nest too deep.
pub(super) fn size(data: AttachedData<'_>) -> usize {
    fn at(data: AttachedData<'_>, depth: usize) -> usize {
        let sizes = data.iter().map(|pair| {
            let value = match pair.value {
                Value::Str(text) | Value::Unicode(text) => text.len(),
                Value::Binary(bytes) => bytes.len(),
                Value::Int(_) | Value::Hidden => 8,
                Value::List(list) => match depth.checked_sub(1) {
                    Some(depth) => at(list, depth),
                    None => usize::MAX,
                },
            };
            pair.key.len().saturating_add(value)
        });
        sizes.fold(0, usize::saturating_add)
    }
    at(data, crate::gsw::Limits::MAX_DEPTH)
}
