//! The manuals' enumerations, all open: a code or word that no table lists is kept and has no name.
use core::fmt;

use super::attached_data::{Value, ValueBuf};
use super::key::{KeyType, Problem, WireType, key_type, sealed};
use crate::text::Text;

/// A table of values as data, for printing and checking.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ValueTable {
    /// The name of the table.
    pub name: &'static str,
    /// Codes and their names; empty for a table of words, and where the manuals give no codes.
    pub codes: &'static [(i64, &'static str)],
    /// The words, or names whose codes the manuals do not give.
    pub words: &'static [&'static str],
    /// Other spellings in the manuals, each with the name or word that it denotes.
    pub aliases: &'static [(&'static str, &'static str)],
}

impl ValueTable {
    /// Returns the name of a code.
    #[must_use]
    pub fn name_of(&self, code: i64) -> Option<&'static str> {
        let mut codes = self.codes.iter();
        codes
            .find(|(listed, _)| *listed == code)
            .map(|(_, name)| *name)
    }

    /// Returns the code for a name or another spelling of it, regardless of letter case, blanks,
    /// hyphens and underscores.
    #[must_use]
    pub fn code_of(&self, name: &str) -> Option<i64> {
        let is_it = |known: &str| same_name(known.as_bytes(), name.as_bytes());
        let name = self.usual(name.as_bytes()).unwrap_or(name);
        let listed = self.codes.iter();
        let found = listed.clone().find(|(_, known)| *known == name);
        found
            .or_else(|| self.codes.iter().find(|(_, known)| is_it(known)))
            .map(|(code, _)| *code)
    }

    /// Returns the listed word for a text, regardless of letter case, blanks, hyphens and
    /// underscores.
    #[must_use]
    pub fn word_of(&self, text: &[u8]) -> Option<&'static str> {
        let mut words = self.words.iter();
        let word = words.find(|word| same_name(word.as_bytes(), text));
        word.copied().or_else(|| self.usual(text))
    }

    fn usual(&self, name: &[u8]) -> Option<&'static str> {
        let mut aliases = self.aliases.iter();
        aliases
            .find(|(alias, _)| same_name(alias.as_bytes(), name))
            .map(|(_, usual)| *usual)
    }
}

/// Text that is neither a name of the manuals nor a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("neither a name of {table} nor a number")]
pub struct UnknownName {
    /// The table.
    pub table: &'static str,
}

/// Compares names regardless of letter case, blanks, hyphens and underscores.
fn same_name(one: &[u8], other: &[u8]) -> bool {
    let plain = |name| {
        <[u8]>::iter(name)
            .filter(|byte| !b" -_".contains(byte))
            .map(u8::to_ascii_lowercase)
    };
    plain(one).eq(plain(other))
}

/// Declares an open table of codes.
macro_rules! code {
    (
        $(#[$doc:meta])*
        $type:ident $id:literal $(names [$($unnumbered:literal),*])? {
            $($(#[$const_doc:meta])* $const:ident = $code:literal $name:literal $(| $alias:literal)*),* $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $type(pub i64);

        impl $type {
            $(
                $(#[$const_doc])*
                #[doc = concat!("\n\nCode ", $code, ", `", $name, "`.")]
                pub const $const: $type = $type($code);
            )*

            /// The table as data.
            pub const TABLE: &'static $crate::gsw::enumerations::ValueTable =
                &$crate::gsw::enumerations::ValueTable {
                    name: $id,
                    codes: &[$(($code, $name)),*],
                    words: &[$($($unnumbered),*)?],
                    aliases: &[$($(($alias, $name),)*)*],
                };

            /// Returns the manuals' name of the code.
            #[must_use]
            pub fn name(self) -> Option<&'static str> {
                Self::TABLE.name_of(self.0)
            }

            /// Returns the code for one of the manuals' names, regardless of letter case, blanks,
            /// hyphens and underscores.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::TABLE.code_of(name).map($type)
            }

            fn problem(&self) -> Option<Problem> {
                // A table without codes makes no code unlisted.
                (!Self::TABLE.codes.is_empty() && self.name().is_none()).then_some(Problem::UnlistedCode)
            }
        }

        /// Shows the name or, for an unlisted code, the number.
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.name() {
                    Some(name) => f.pad(name),
                    None => self.0.fmt(f),
                }
            }
        }

        /// Shows name and number.
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match *self {
                    $(Self::$const => f.write_str(concat!(stringify!($const), "(", $code, ")")),)*
                    #[allow(unreachable_patterns, reason = "a table without codes")]
                    Self(code) => write!(f, "{}({code})", stringify!($type)),
                }
            }
        }

        /// Reads a name of the manuals or a decimal number.
        impl core::str::FromStr for $type {
            type Err = $crate::gsw::enumerations::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let unknown = $crate::gsw::enumerations::UnknownName { table: $id };
                let code = Self::TABLE.code_of(text).or_else(|| text.trim().parse().ok());
                code.map($type).ok_or(unknown)
            }
        }

        impl From<i64> for $type {
            fn from(code: i64) -> Self {
                $type(code)
            }
        }

        impl From<$type> for i64 {
            fn from(code: $type) -> Self {
                code.0
            }
        }

        /// Serializes as the number.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        /// Reads a number or decimal text.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::gsw::forms::code(stringify!($type), deserializer)
            }
        }

        key_type!($type, "integer", Int from [Int, Str],
            read(value) $crate::gsw::key::int(value).map($type),
            write(code) Some(ValueBuf::Int(code.0)),
            number(code) Some(code.0),
            problem $type::problem,
            listed $type::name);
    };
}
pub(super) use code;

macro_rules! codes {
    ($(
        $(#[$doc:meta])*
        $type:ident $id:literal $(names $names:tt)? { $($rows:tt)* }
    )*) => {
        $(code! { $(#[$doc])* $type $id $(names $names)? { $($rows)* } })*

        const CODES: &[&ValueTable] = &[$($type::TABLE),*];
    };
}

macro_rules! words {
    ($(
        $(#[$doc:meta])*
        $type:ident $id:literal $strict:ident { $($const:ident $word:literal $(| $alias:literal)*),* $(,)? }
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
            pub struct $type<'a>(Text<'a>);

            impl<'a> $type<'a> {
                $(
                    #[doc = concat!("`", $word, "`.")]
                    pub const $const: $type<'static> = $type(Text::new($word.as_bytes()));
                )*

                /// The table as data.
                pub const TABLE: &'static ValueTable = &ValueTable {
                    name: $id,
                    codes: &[],
                    words: &[$($word),*],
                    aliases: &[$($(($alias, $word),)*)*],
                };

                /// Returns the value for a text. Listed words are recognised in any letter case,
                /// with or without blanks, and under the manuals' other names; other text is kept
                /// unchanged.
                #[must_use]
                pub fn new(text: impl Into<Text<'a>>) -> Self {
                    let text = text.into();
                    $type(Self::TABLE.word_of(text.as_bytes()).map_or(text, Text::from))
                }

                /// Returns the word as written.
                #[must_use]
                pub const fn text(self) -> Text<'a> {
                    self.0
                }

                /// Returns the listed word, if it is listed.
                #[must_use]
                pub fn name(self) -> Option<&'static str> {
                    Self::TABLE.words.iter().find(|word| self.0 == **word).copied()
                }

                fn problem(&self) -> Option<Problem> {
                    self.name().is_none().then_some(Problem::$strict)
                }
            }

            impl<'a> From<&'a str> for $type<'a> {
                fn from(text: &'a str) -> Self {
                    $type::new(text)
                }
            }

            impl fmt::Display for $type<'_> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            /// Serializes as text.
            #[cfg(feature = "serde")]
            impl serde::Serialize for $type<'_> {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(&self.0)
                }
            }

            key_type!($type<'static>, "string", Str from [Str],
                read(value) Value::as_text(&value).map($type::new),
                write(word) Some(ValueBuf::from(word.0)),
                problem $type::problem,
                listed $type::name);
        )*

        const WORDS: &[&ValueTable] = &[$($type::TABLE),*];
    };
}

codes! {
    /// The outcome of a call (Service Client API, getListOfCallResults). The list is the one that
    /// Workspace Web Edition offers, and has gaps.
    CallResult "call_results" {
        OK = 0 "OK",
        GENERAL_ERROR = 3 "GENERAL_ERROR",
        SYSTEM_ERROR = 4 "SYSTEM_ERROR",
        BUSY = 6 "BUSY",
        NO_ANSWER = 7 "NO_ANSWER",
        SIT_DETECTED = 8 "SIT_DETECTED",
        ANSWERING_MACHINE = 9 "ANSWERING_MACHINE",
        ALL_TRUNKS_BUSY = 10 "ALL_TRUNKS_BUSY",
        SIT_INVALID_NUM = 11 "SIT_INVALID_NUM",
        SIT_VACANT = 12 "SIT_VACANT",
        SIT_OPERINTERCEPT = 13 "SIT_OPERINTERCEPT",
        SIT_UNKNOWN = 14 "SIT_UNKNOWN",
        SIT_NO_CIRCUIT = 15 "SIT_NO_CIRCUIT",
        SIT_REORDER = 16 "SIT_REORDER",
        FAXDETECTED = 17 "FAXDETECTED",
        ABANDONED = 21 "ABANDONED",
        DROPPED = 26 "DROPPED",
        DROPPED_NO_ANSWER = 27 "DROPPED_NO_ANSWER",
        UNKNOWN = 28 "UNKNOWN",
        SILENCE = 32 "SILENCE",
        ANSWER = 33 "ANSWER",
        NUTONE = 34 "NUTONE",
        NO_DIAL_TONE = 35 "NO_DIAL_TONE",
        NO_PROGRESS = 36 "NO_PROGRESS",
        NO_RINGBACK = 37 "NO_RINGBACK",
        NO_ESTABLISHED = 38 "NO_ESTABLISHED",
        PAGER_DETECTED = 39 "PAGER_DETECTED",
        WRONG_PARTY = 40 "WRONG_PARTY",
        DIAL_ERROR = 41 "DIAL_ERROR",
        CALL_DROP_ERROR = 42 "CALL_DROP_ERROR",
        SWITCH_ERROR = 43 "SWITCH_ERROR",
        NO_FREE_PORT_ERROR = 44 "NO_FREE_PORT_ERROR",
        TRANSFER_ERROR = 45 "TRANSFER_ERROR",
        STALE = 46 "STALE",
        AGENT_CALLBACK_ERROR = 47 "AGENT_CALLBACK_ERROR",
        GROUP_CALLBACK_ERROR = 48 "GROUP_CALLBACK_ERROR",
        DO_NOT_CALL = 51 "DO_NOT_CALL",
        CANCEL_RECORD = 52 "CANCEL_RECORD",
        WRONG_NUMBER = 53 "WRONG_NUMBER",
    }

    /// The kind of number or address that a record holds (Outbound Contact Reference Manual, Enumeration Table).
    PhoneType "phone_types" {
        NO_CONTACT_TYPE = 0 "No Contact Type" | "None",
        HOME_PHONE = 1 "Home Phone",
        DIRECT_BUSINESS_PHONE = 2 "Direct Business Phone",
        BUSINESS_WITH_EXT = 3 "Business With Ext" | "Business With Extension",
        MOBILE = 4 "Mobile",
        VACATION_PHONE = 5 "Vacation Phone",
        PAGER = 6 "Pager",
        MODEM = 7 "Modem",
        VOICE_MAIL = 8 "Voice Mail",
        PIN_PAGER = 9 "Pin Pager",
        EMAIL_ADDRESS = 10 "E-mail Address" | "E-mail",
        INSTANT_MESSAGING = 11 "Instant Messaging",
    }

    /// The state of a record (Outbound Contact Reference Manual, Enumeration Table).
    RecordStatus "record_statuses" {
        NO_RECORD_STATUS = 0 "No Record Status",
        READY = 1 "Ready",
        RETRIEVED = 2 "Retrieved",
        UPDATED = 3 "Updated",
        STALE = 4 "Stale",
        CANCELED = 5 "Canceled" | "Cancelled",
        AGENT_ERROR = 6 "Agent Error",
        MISSED_CALLBACK = 8 "Missed CallBack",
    }

    /// The purpose of a record (Outbound Contact Reference Manual, Enumeration Table).
    RecordType "record_types" {
        NO_RECORD_TYPE = 0 "No Record Type",
        UNKNOWN = 1 "Unknown",
        GENERAL = 2 "General",
        CAMPAIGN_RESCHEDULED = 3 "Campaign Rescheduled",
        PERSONAL_RESCHEDULED = 4 "Personal Rescheduled",
        PERSONAL_CALLBACK = 5 "Personal CallBack",
        CAMPAIGN_CALLBACK = 6 "Campaign CallBack",
        NO_CALL = 7 "No Call",
    }

    /// The dialing mode of a campaign in statistical events (Reference Manual, User Event
    /// Attributes).
    DialMode "dial_modes" {
        PREDICT = 1 "Predict",
        PROGRESS = 2 "Progress",
        PREVIEW = 3 "Preview",
        PROGRESS_AND_SEIZE = 4 "ProgressAndSeize",
        PREDICT_AND_SEIZE = 5 "PredictAndSeize",
        PUSH_PREVIEW = 8 "PushPreview",
        PROGRESSIVE_GVP = 9 "ProgressiveGVP",
        POWER_GVP = 11 "PowerGVP",
    }

    /// The report's place in the reports of a call attempt (Reference Manual, Default Record
    /// Information).
    HistSequenceNum "hist_sequence_num" {
        FIRST = 0 "first submission",
        SECOND = 1 "second submission",
    }

    /// Marks a call as overdialed, because no engaging call took it over (Reference Manual, Reserved
    /// Keys).
    AsmOverdial "asm_overdial" {
        OVERDIALED = 1 "overdialed",
    }

    /// The originator of a change of a campaign group (Deployment Guide). The manual lists two codes only:
    /// it mentions automatic actions too, by schedule and by conditions of the group.
    CampaignGroupActor "campaign_group_actors" {
        UNKNOWN = 0 "Actor Type unknown",
        OCS_CLIENT = 1 "Actor Type OCS Client",
    }

    /// The request that caused a change of a campaign group: a `CMMessageType` (Deployment Guide), whose
    /// codes are not published.
    CampaignGroupAction "campaign_group_actions" names [
        "CM_ReqLoadCampaign", "CM_ReqUnloadCampaign", "CM_ReqStartDialing", "CM_ReqStopDialing",
        "CM_ReqSetDialingMode"
    ] {}

    /// The state of a campaign group: a `GSW_CM_AttrGroupCampStatus` (Deployment Guide), whose codes are not
    /// published.
    CampaignGroupStatus "campaign_group_states" names [
        "loaded", "started", "stopped", "unloaded", "dial mode change"
    ] {}

    /// The optimization method: a `GSW_CM_AttrOptimizeBy` (Deployment Guide), whose codes are not published.
    OptimizeBy "optimize_by" {}

    /// The dialing mode of a campaign in HTTP notifications: a `GSW_CM_AttrDialMode` (Deployment Guide),
    /// whose codes are not published and may differ from those of [`DialMode`].
    HttpDialMode "http_dial_mode" {}

    /// The type of a statistical event (Reference Manual, User Event Attributes), whose codes are not published.
    StatEventType "stat_events" {}
}

words! {
    /// The dialing mode of a campaign in events (Reference Manual, `CampaignStarted`).
    CampaignMode "campaign_modes" UnlistedWord {
        PREDICTIVE "Predictive",
        PROGRESSIVE "Progressive",
        PREVIEW "Preview",
        PROGRESSIVE_WITH_SEIZING "Progressive with Seizing" | "Engaged Progressive",
        PREDICTIVE_WITH_SEIZING "Predictive with Seizing" | "Engaged Predictive",
        PUSH_PREVIEW "Push Preview",
        PROGRESSIVE_GVP "Progressive GVP",
        POWER_GVP "Power GVP",
    }

    /// The medium of a contact (Reference Manual, Media Type Business Attribute).
    ContactMedia "contact_media" OtherWord {
        ANY "any",
        VOICE "voice",
        EMAIL "email",
        INSTANT_MESSAGE "instant message",
    }

    /// Whether something concerns a whole chain of records or one of them (Reference Manual, Reserved Keys).
    ChainAttr "chain_attr" UnlistedWord {
        ALL_CHAIN "AllChain",
        RECORD_ONLY "RecordOnly",
    }

    /// The treatment of a chain once a record is processed (Reference Manual, `RecordProcessed`). The
    /// record becomes [`RecordType::PERSONAL_RESCHEDULED`] or [`RecordType::CAMPAIGN_RESCHEDULED`].
    Treatment "treatments" UnlistedWord {
        PERSONAL "RecordTreatPersonal",
        CAMPAIGN "RecordTreatCampaign",
    }

    /// The type of an interaction (Reference Manual, Reserved Keys).
    InteractionType "interaction_type" UnlistedWord {
        OUTBOUND "Outbound",
    }

    /// The subtype of an interaction (Reference Manual, Reserved Keys).
    InteractionSubtype "interaction_subtype" UnlistedWord {
        OUTBOUND_NEW "OutboundNew",
    }

    /// The level of a statistic: campaign group or calling list (Deployment Guide).
    StatLevel "stat_levels" OtherWord {
        CAMPAIGN_GROUP "Campaign Group",
        CALLING_LIST "Calling List(s)" | "Calling List",
    }

    /// Requests of other applications that make the server cancel records on desktops (Reference Manual,
    /// Communication DN API).
    ThirdPartyRequest "third_party_requests" OtherWord {
        CANCEL_RECORD "CM_ReqCancelRecord",
        DO_NOT_CALL "CM_ReqDoNotCall",
    }

    /// Options of a campaign that set the caller's number (Reference Manual, Caller ID Support).
    CallerIdOption "caller_id_options" OtherWord {
        DIGITS "CPNDigits",
        PLAN "CPNPlan",
        PRESENTATION "CPNPresentation",
        SCREENING "CPNScreening",
    }

    /// The sender and the receiver of a message (Reference Manual, All Desktop Protocol Events).
    Direction "directions" OtherWord {
        OCS_TO_DESKTOP "O>D" | "OCS to desktop",
        DESKTOP_TO_OCS "D>O" | "desktop to OCS",
    }
}

/// Returns every table of the desktop protocol. The Service Client API has two more, in `client`.
pub fn tables() -> impl Iterator<Item = &'static ValueTable> {
    let tables = CODES.iter().chain(WORDS);
    tables.copied().chain([CallbackType::TABLE])
}

impl PhoneType {
    /// Returns the medium for the type. The manual gives none for pagers and modems.
    #[must_use]
    pub fn contact_media(self) -> Option<ContactMedia<'static>> {
        Some(match self {
            PhoneType::NO_CONTACT_TYPE => ContactMedia::ANY,
            PhoneType::HOME_PHONE
            | PhoneType::DIRECT_BUSINESS_PHONE
            | PhoneType::BUSINESS_WITH_EXT
            | PhoneType::MOBILE
            | PhoneType::VACATION_PHONE
            | PhoneType::VOICE_MAIL => ContactMedia::VOICE,
            PhoneType::EMAIL_ADDRESS => ContactMedia::EMAIL,
            PhoneType::INSTANT_MESSAGING => ContactMedia::INSTANT_MESSAGE,
            _ => return None,
        })
    }
}

impl DialMode {
    /// Returns the mode as events name it. The link between the two lists is by their names.
    #[must_use]
    pub fn campaign_mode(self) -> Option<CampaignMode<'static>> {
        Some(match self {
            DialMode::PREDICT => CampaignMode::PREDICTIVE,
            DialMode::PROGRESS => CampaignMode::PROGRESSIVE,
            DialMode::PREVIEW => CampaignMode::PREVIEW,
            DialMode::PROGRESS_AND_SEIZE => CampaignMode::PROGRESSIVE_WITH_SEIZING,
            DialMode::PREDICT_AND_SEIZE => CampaignMode::PREDICTIVE_WITH_SEIZING,
            DialMode::PUSH_PREVIEW => CampaignMode::PUSH_PREVIEW,
            DialMode::PROGRESSIVE_GVP => CampaignMode::PROGRESSIVE_GVP,
            DialMode::POWER_GVP => CampaignMode::POWER_GVP,
            _ => return None,
        })
    }
}

impl ChainAttr<'_> {
    /// Returns the effective value: the whole chain if the key is missing.
    #[must_use]
    pub fn effective(value: Option<Self>) -> Self {
        value.unwrap_or(ChainAttr::ALL_CHAIN)
    }
}

impl Treatment<'_> {
    /// Returns the type that the record gets.
    #[must_use]
    pub fn record_type(self) -> Option<RecordType> {
        match self {
            Treatment::PERSONAL => Some(RecordType::PERSONAL_RESCHEDULED),
            Treatment::CAMPAIGN => Some(RecordType::CAMPAIGN_RESCHEDULED),
            _ => None,
        }
    }
}

/// The callee of a callback: the agent or the campaign (Reference Manual, Reserved Keys). Text to and
/// from desktops; statistical events carry a code, which is not published and stays unchanged.
/// [`service_client_name`](Self::service_client_name) is the spelling of the Service Client API, whose
/// JSON has an owned form of this type (`client::CallbackType`, with the feature `serde`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CallbackType<'a>(Callback<'a>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Callback<'a> {
    Word(Text<'a>),
    Code(i64),
}

impl<'a> CallbackType<'a> {
    /// `Personal`: for the agent.
    pub const PERSONAL: CallbackType<'static> =
        CallbackType(Callback::Word(Text::new(b"Personal")));
    /// `Campaign`: for any agent of the campaign.
    pub const CAMPAIGN: CallbackType<'static> =
        CallbackType(Callback::Word(Text::new(b"Campaign")));

    /// The table as data.
    pub const TABLE: &'static ValueTable = &ValueTable {
        name: "callback_types",
        codes: &[],
        words: &["Personal", "Campaign"],
        aliases: &[],
    };

    /// Returns the value that a text means, in any letter case; other text is kept as it is.
    #[must_use]
    pub fn new(text: impl Into<Text<'a>>) -> Self {
        let text = text.into();
        let listed = Self::TABLE.word_of(text.as_bytes());
        CallbackType(Callback::Word(listed.map_or(text, Text::from)))
    }

    /// Returns a code, for statistical events.
    #[must_use]
    pub const fn from_code(code: i64) -> Self {
        CallbackType(Callback::Code(code))
    }

    /// Returns the code, if it is one.
    #[must_use]
    pub const fn code(self) -> Option<i64> {
        match self.0 {
            Callback::Code(code) => Some(code),
            Callback::Word(_) => None,
        }
    }

    /// Returns the listed word, if it is one.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self.0 {
            Callback::Word(text) => Self::TABLE
                .words
                .iter()
                .find(|word| text == **word)
                .copied(),
            Callback::Code(_) => None,
        }
    }

    /// Returns the listed word as the Service Client API spells it: in capitals.
    #[must_use]
    pub fn service_client_name(self) -> Option<&'static str> {
        match self {
            CallbackType::PERSONAL => Some("PERSONAL"),
            CallbackType::CAMPAIGN => Some("CAMPAIGN"),
            _ => None,
        }
    }

    fn read(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Int(code) => Some(Self::from_code(code)),
            _ => value.as_text().map(Self::new),
        }
    }

    fn write(&self) -> Option<ValueBuf> {
        Some(match self.0 {
            Callback::Word(text) => ValueBuf::from(text),
            Callback::Code(code) => ValueBuf::Int(code),
        })
    }

    fn problem(&self) -> Option<Problem> {
        match self.0 {
            Callback::Word(_) => self.name().is_none().then_some(Problem::UnlistedWord),
            Callback::Code(_) => Some(Problem::CodeForWord),
        }
    }
}

impl<'a> From<&'a str> for CallbackType<'a> {
    fn from(text: &'a str) -> Self {
        CallbackType::new(text)
    }
}

impl fmt::Display for CallbackType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Callback::Word(text) => text.fmt(f),
            Callback::Code(code) => code.fmt(f),
        }
    }
}

key_type!(CallbackType<'static>, "string", Str from [Str, Int],
    read(value) CallbackType::read(value), write(value) CallbackType::write(value), problem CallbackType::problem,
    listed CallbackType::name);
