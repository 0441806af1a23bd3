//! The keys of the manuals, each of which knows the type of its value.
use super::attached_data::{AttachedDataBuf, Value, ValueBuf};
use super::enumerations::*;
use super::error::{ReservedKey, WrongType};
use super::error_code::ErrorCode;
use super::values::*;
use crate::text::Text;

pub use super::key::{Key, KeyType, Problem, WireType};

/// The manuals' facts about a key, as data.
#[derive(Clone, Copy, Debug)]
pub struct KeyInfo {
    /// The key.
    pub name: &'static str,
    /// Other spellings, which are read but not written.
    pub aliases: &'static [&'static str],
    /// The type in which desktops get and send the value.
    pub encode: WireType,
    /// The types in which the value is read.
    pub decode: &'static [WireType],
    /// The least number allowed.
    pub min: Option<i64>,
    /// The greatest number allowed.
    pub max: Option<i64>,
    /// Listed under Reserved Keys (Reference Manual).
    pub reserved: bool,
    /// Listed under Default Record Information (Reference Manual).
    pub record: bool,
    /// Listed under User Event Attributes (Reference Manual), for statistical events.
    pub stat: bool,
    problem: fn(Value<'_>) -> Result<Option<Problem>, WrongType>,
    listed: fn(Value<'_>) -> Option<&'static str>,
    is_unset: fn(Value<'_>) -> bool,
}

impl KeyInfo {
    /// Returns whether this is a spelling of the key.
    pub(super) fn is(&self, key: Text<'_>) -> bool {
        key == self.name || self.aliases.iter().any(|alias| key == **alias)
    }

    /// Returns whether the value stands for 'not set'.
    pub(super) fn is_unset(&self, value: Value<'_>) -> bool {
        (self.is_unset)(value)
    }

    /// Returns the manual's name for the value, if the key has an enumeration that lists it.
    #[must_use]
    pub fn value_name(&self, value: Value<'_>) -> Option<&'static str> {
        (self.listed)(value)
    }

    /// Returns the manual's objection to the value.
    ///
    /// # Errors
    /// Fails if the value has a type that the key does not allow.
    pub fn problem(&self, value: Value<'_>) -> Result<Option<Problem>, WrongType> {
        (self.problem)(value)
    }
}

/// Returns whether the manual reserves a key, so that a custom field cannot have it: everything
/// with the prefix `GSW_`, in any letter case, and the two keys of interactions (Reference Manual,
/// Reserved Keys).
#[must_use]
pub fn is_reserved(key: Text<'_>) -> bool {
    let key = key.as_bytes();
    let prefixed = key
        .get(..4)
        .is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"GSW_"));
    let interaction = [INTERACTION_TYPE.name(), INTERACTION_SUBTYPE.name()];
    prefixed
        || interaction
            .iter()
            .any(|name| key.eq_ignore_ascii_case(name.as_bytes()))
}

/// Returns the manuals' facts about a key, if they list it in this or another spelling.
#[must_use]
pub fn info(key: Text<'_>) -> Option<&'static KeyInfo> {
    ALL.iter().find(|info| info.is(key))
}

/// Refuses a reserved key for a custom field.
pub(super) fn refuse_reserved(key: Text<'_>) -> Result<(), ReservedKey> {
    if is_reserved(key) {
        Err(ReservedKey {
            key: key.to_string_lossy().into_owned(),
        })
    } else {
        Ok(())
    }
}

impl AttachedDataBuf {
    /// Adds a custom field at the end.
    ///
    /// # Errors
    /// The manual reserves the key: see [`is_reserved`].
    pub fn push_custom(
        &mut self,
        key: &str,
        value: impl Into<ValueBuf>,
    ) -> Result<(), ReservedKey> {
        refuse_reserved(key.into())?;
        self.push(key, value);
        Ok(())
    }

    /// Removes every pair with this key; of a key that the manuals list, in each of its spellings.
    pub fn remove(&mut self, key: impl AsRef<[u8]>) {
        let key = Text::new(key.as_ref());
        match info(key) {
            Some(info) => self.retain(|pair| !info.is(pair.key)),
            None => self.retain(|pair| pair.key != key),
        }
    }
}

macro_rules! keys {
    ($(
        $(#[$doc:meta])*
        $const:ident: $type:ty = $name:literal $(or [$($alias:literal),*])? $(from $min:literal $(to $max:literal)?)?
            [$($list:ident)*];
    )*) => {
        $(
            $(#[$doc])*
            #[doc = concat!("\n\n`", $name, "`.")]
            pub const $const: Key<$type> = Key::listed(
                $name,
                &[$($($alias),*)?],
                keys!(@limit $($min)?),
                keys!(@limit $($($max)?)?),
            );
        )*

        /// Every key of the manuals, in alphabetical order.
        // The row that is in all three lists sets every field.
        #[allow(clippy::needless_update)]
        pub const ALL: &[KeyInfo] = &[$(
            KeyInfo {
                name: $name,
                aliases: $const.aliases(),
                encode: <$type as KeyType>::ENCODE,
                decode: <$type as KeyType>::DECODE,
                min: $const.min,
                max: $const.max,
                $($list: true,)*
                problem: |value| $const.problem(value),
                listed: |value| $const.read(value).ok().and_then(<$type as KeyType>::listed),
                is_unset: |value| $const.is_unset(value),
                ..UNLISTED
            }
        ),*];
    };
    (@limit) => { None };
    (@limit $limit:literal) => { Some($limit) };
}

/// The defaults of a row of the table.
const UNLISTED: KeyInfo = KeyInfo {
    name: "",
    aliases: &[],
    encode: WireType::Str,
    decode: &[],
    min: None,
    max: None,
    reserved: false,
    record: false,
    stat: false,
    problem: |_| Ok(None),
    listed: |_| None,
    is_unset: |_| false,
};

keys! {
    /// Time at which the call was abandoned.
    ABANDONED: UnixTime = "GSW_ABANDONED" [record];
    /// Time at which the work after the call was done.
    ACW_COMPLETED: UnixTime = "GSW_ACW_COMPLETED" [record];
    /// Time at which an agent answered the call.
    AGENT_ANSWERED: UnixTime = "GSW_AGENT_ANSWERED" [reserved];
    /// Database id of the agent.
    AGENT_DBID: i64 = "GSW_AGENT_DBID" [stat];
    /// Login of the agent who had the record last.
    AGENT_ID: Text<'static> = "GSW_AGENT_ID" [reserved];
    /// Time at which an agent released the call.
    AGENT_RELEASED: UnixTime = "GSW_AGENT_RELEASED" [reserved];
    /// The type of a desktop's request. Every message to the server has it.
    AGENT_REQ_TYPE: Text<'static> = "GSW_AGENT_REQ_TYPE" [reserved];
    /// Database id of the server application; only the server that it names answers.
    APPLICATION_ID: i64 = "GSW_APPLICATION_ID" from 101 [reserved record stat];
    /// Marks a call as overdialed, because no engaging call took it over.
    ASM_OVERDIAL: AsmOverdial = "GSW_ASM_OVERDIAL" [reserved];
    /// On an engaging call: the handle of the record that is dialed for the agent on it.
    ASSURED_HANDLE: i64 = "GSW_ASSURED_HANDLE" from 1 [reserved];
    /// Number of attempts at the record so far.
    ATTEMPTS: i64 = "GSW_ATTEMPTS" from 0 [reserved record];
    /// The rule by which validation before dialing turned the record down.
    BLOCKING_RULE: Text<'static> = "GSW_BLOCKING_RULE" [reserved];
    /// The type of the object by which validation before dialing turned the record down.
    BLOCKING_RULE_TYPE: i64 = "GSW_BLOCKING_RULE_TYPE" [reserved];
    /// The callee of a callback. A code in statistical events.
    CALLBACK_TYPE: CallbackType<'static> = "GSW_CALLBACK_TYPE" [reserved stat];
    /// Name of the calling list.
    CALLING_LIST: Text<'static> = "GSW_CALLING_LIST" [reserved record];
    /// Database id of the calling list, as the samples of the Service Client API spell the key.
    CALLING_LIST_DBID: i64 = "GSW_CALLING_LIST_DBID" [];
    /// Identifier of the call attempt in historical reports; one for all records of a chain.
    CALL_ATTEMPT_GUID: Text<'static> = "GSW_CALL_ATTEMPT_GUID" [reserved record];
    /// Database id of the calling list, as statistical events spell the key.
    CALL_LIST_DBID: i64 = "GSW_CALL_LIST_DBID" [stat];
    /// The outcome of the last call, as the server or the desktop reports it.
    CALL_RESULT: CallResult = "GSW_CALL_RESULT" [reserved record stat];
    /// There when the call tests the detection of answering machines: the agent is to confirm its
    /// result.
    CALL_RESULT_FEEDBACK: i64 = "GSW_CALL_RESULT_FEEDBACK" [reserved];
    /// Time at which the record was called.
    CALL_TIME: CallTime = "GSW_CALL_TIME" from 0 [reserved];
    /// Chains of the campaign that are ready or retrieved.
    CAMPAIGN_COMPLETE: i64 = "GSW_CAMPAIGN_COMPLETE" [stat];
    /// Database id of the campaign.
    CAMPAIGN_DBID: i64 = "GSW_CAMPAIGN_DBID" [stat];
    /// Description of the campaign; may be empty.
    CAMPAIGN_DESCRIPTION: Text<'static> = "GSW_CAMPAIGN_DESCRIPTION" [reserved];
    /// The request behind a change of the campaign group.
    CAMPAIGN_GROUP_ACTION: CampaignGroupAction = "GSW_CAMPAIGN_GROUP_ACTION" [];
    /// The originator of a change of the campaign group.
    CAMPAIGN_GROUP_ACTOR: CampaignGroupActor = "GSW_CAMPAIGN_GROUP_ACTOR" [];
    /// Database id of the campaign group.
    CAMPAIGN_GROUP_DBID: TextOrNumber<'static> = "GSW_CAMPAIGN_GROUP_DBID" [reserved];
    /// Description of the campaign group; may be empty.
    CAMPAIGN_GROUP_DESCRIPTION: Text<'static> = "GSW_CAMPAIGN_GROUP_DESCRIPTION" [reserved record];
    /// Identifier of the campaign group, as desktops and telephony events get it.
    CAMPAIGN_GROUP_GUID: Text<'static> = "GSW_CAMPAIGN_GROUP_GUID" [record];
    /// Name of the campaign group. Outranks the name of the campaign.
    CAMPAIGN_GROUP_NAME: Text<'static> = "GSW_CAMPAIGN_GROUP_NAME" or ["GSW_Campaign_GROUP_NAME"] [reserved record];
    /// State of the campaign group.
    CAMPAIGN_GROUP_STATUS: CampaignGroupStatus = "GSW_CAMPAIGN_GROUP_STATUS" [];
    /// Identifier of the campaign group, as HTTP notifications give it.
    CAMPAIGN_GROUP_UUID: Text<'static> = "GSW_CAMPAIGN_GROUP_UUID" [];
    /// The dialing mode of the campaign.
    CAMPAIGN_MODE: CampaignMode<'static> = "GSW_CAMPAIGN_MODE" [reserved];
    /// Name of the campaign.
    CAMPAIGN_NAME: Text<'static> = "GSW_CAMPAIGN_NAME" [reserved record];
    /// Name of the script from which the campaign group was made.
    CAMPAIGN_TEMPLATE_NAME: Text<'static> = "GSW_CAMPAIGN_TEMPLATE_NAME" [reserved];
    /// The scope, the whole chain or the record alone.
    CHAIN_ATTR: ChainAttr<'static> = "GSW_CHAIN_ATTR" [reserved];
    /// The chain of the record.
    CHAIN_ID: i64 = "GSW_CHAIN_ID" from 0 [reserved record];
    /// The place of the record in its chain.
    CHAIN_N: i64 = "GSW_CHAIN_N" from 0 [reserved];
    /// Time at which the processing of the call attempt ended.
    COMPLETE_PROCESSING: UnixTime = "GSW_COMPLETE_PROCESSING" [record];
    /// The medium of the contact.
    CONTACT_MEDIA_TYPE: ContactMedia<'static> = "GSW_CONTACT_MEDIA_TYPE" [reserved];
    /// Country code of the client.
    COUNTRY_CODE: Text<'static> = "GSW_COUNTRY_CODE" [record];
    /// Time at which call progress detection ended.
    CPD_COMPLETED: UnixTime = "GSW_CPD_COMPLETED" [reserved];
    /// The caller's number as configured for the record; may be empty.
    CPN_DIGITS: Text<'static> = "GSW_CPN_DIGITS" [reserved];
    /// The caller id set that the caller's number came from.
    CPN_DIGITS_SET: Text<'static> = "GSW_CPN_DIGITS_SET" [reserved];
    /// Identifier of the customer: a field that the owner of the calling list defines.
    CUSTOMER_ID: TextOrNumber<'static> = "GSW_CUSTOMER_ID" or ["GSW_CUSTOMER ID"] [reserved];
    /// A custom field in the samples of the Service Client API. Its prefix breaks the rule: not for
    /// use.
    CUSTOM_STRING: Text<'static> = "GSW_CUSTOM_STRING" [];
    /// The time to call, in the time zone of the record. In HTTP notifications: the time of the
    /// event, in UTC seconds.
    DATE_TIME: DateTime<'static> = "GSW_DATE_TIME" [reserved];
    /// Mask of the device.
    DEVICE_MASK: Text<'static> = "GSW_DEVICE_MASK" [reserved];
    /// Time at which dialing began.
    DIALING: UnixTime = "GSW_DIALING" [reserved];
    /// The dialing mode of the campaign, as a code.
    DIAL_MODE: DialMode = "GSW_DIAL_MODE" [stat];
    /// The duration of a ban on calls, in seconds.
    DURATION: i64 = "GSW_DURATION" [];
    /// Area code of the device.
    D_AREA_CODE: Text<'static> = "GSW_D_AREA_CODE" [record];
    /// Region code of the device.
    D_STATE_CODE: Text<'static> = "GSW_D_STATE_CODE" [reserved];
    /// Time zone of the device.
    D_TZ_JAVA_NAME: Text<'static> = "GSW_D_TZ_JAVA_NAME" [reserved];
    /// Name of the error.
    ERROR: Text<'static> = "GSW_ERROR" [reserved];
    /// Description of the error.
    ERROR_DESCRIPTION: Text<'static> = "GSW_ERROR_DESCRIPTION" [reserved stat];
    /// Code of the error.
    ERROR_NUMBER: ErrorCode = "GSW_ERROR_NUMBER" [reserved];
    /// The time of day from which the record may be called.
    FROM: SecondsFromMidnight = "GSW_FROM" or ["GWS_FROM"] from 0 [reserved];
    /// Database id of the group of agents or places.
    GROUP_DBID: i64 = "GSW_GROUP_DBID" [stat];
    /// Name of the group of agents or places.
    GROUP_NAME: Text<'static> = "GSW_GROUP_NAME" [];
    /// Whether this is the first or the second report of the call attempt.
    HIST_SEQUENCE_NUM: HistSequenceNum = "GSW_HIST_SEQUENCE_NUM" [record];
    /// Chains of the calling list that are ready.
    LIST_COMPLETE: i64 = "GSW_LIST_COMPLETE" [stat];
    /// Seconds until the agent may log out. The table begins at 1, yet 0 is sent.
    LOGOUT_TIME: i64 = "GSW_LOGOUT_TIME" from 0 [reserved];
    /// A note to log with a do-not-call request, or the server's remark on a cancellation.
    MESSAGE: Text<'static> = "GSW_MESSAGE" [reserved];
    /// The optimization target of predictive dialing.
    OPTIMIZE_BY: OptimizeBy = "GSW_OPTIMIZE_BY" [record];
    /// The value that predictive dialing aims at.
    OPTIMIZE_GOAL: i64 = "GSW_OPTIMIZE_GOAL" [record];
    /// The customer's phone number.
    PHONE: Text<'static> = "GSW_PHONE" [reserved record];
    /// The kind of number or address.
    PHONE_TYPE: PhoneType = "GSW_PHONE_TYPE" [reserved];
    /// Postal code of the client.
    POSTAL_CODE: Text<'static> = "GSW_POSTAL_CODE" [record];
    /// Name of the DN to which calls are transferred.
    QUEUE_NAME: Text<'static> = "GSW_QUEUE_NAME" [];
    /// Seconds until the agent will be ready.
    READY_TIME: i64 = "GSW_READY_TIME" from 1 [];
    /// The server's identifier of the record while it holds it. Not the id in the calling list.
    RECORD_HANDLE: i64 = "GSW_RECORD_HANDLE" from 1 [reserved record];
    /// The state of the record.
    RECORD_STATUS: RecordStatus = "GSW_RECORD_STATUS" [reserved];
    /// The purpose of the record.
    RECORD_TYPE: RecordType = "GSW_RECORD_TYPE" [reserved];
    /// A number of the desktop that the server returns in the answer.
    REFERENCE_ID: i64 = "GSW_REFERENCE_ID" [];
    /// Time at which the call was released.
    RELEASED: UnixTime = "GSW_RELEASED" [reserved];
    /// The time of the scheduled call.
    SCHEDULED_TIME: UnixTime = "GSW_SCHEDULED_TIME" [record];
    /// Scheduled records in process.
    SCHED_REC_NUM: i64 = "GSW_SCHED_REC_NUM" from 0 [stat];
    /// Database id of the script for the agent.
    SCRIPT_ID: i64 = "GSW_SCRIPT_ID" [reserved];
    /// Time at which the processing of the call attempt began.
    START_PROCESSING: UnixTime = "GSW_START_PROCESSING" [record];
    /// Region code of the client.
    STATE_CODE: Text<'static> = "GSW_STATE_CODE" [reserved];
    /// Fraction of time for which agents are busy.
    STAT_BUSY_FACTOR: Statistic = "GSW_STAT_BUSY_FACTOR" [];
    /// The type of a statistical event. Every message to a Stat Server has it.
    STAT_EVENT: StatEventType = "GSW_STAT_EVENT" [stat];
    /// Fraction of calls that reach a person.
    STAT_HIT_RATIO: Statistic = "GSW_STAT_HIT_RATIO" [];
    /// Fraction of calls for which no agent was free.
    STAT_OVERDIAL_RATE: Statistic = "GSW_STAT_OVERDIAL_RATE" [];
    /// Seconds until all records are dialed.
    STAT_TIME_TO_COMPLETE: Statistic = "GSW_STAT_TIME_TO_COMPLETE" [];
    /// Database id of the switch.
    SWITCH_DBID: i64 = "GSW_SWITCH_DBID" [reserved];
    /// Contact center id of the tenant.
    TENANT_CCID: TenantCcid<'static> = "GSW_TENANT_CCID" [reserved];
    /// Name of the tenant.
    TENANT_NAME: TenantName<'static> = "GSW_TENANT_NAME" [record];
    /// The treatment of the chain once the record is processed.
    TREATMENT: Treatment<'static> = "GSW_TREATMENT" [reserved];
    /// Time zone of the client.
    TZ_CODE: Text<'static> = "GSW_TZ_CODE" [record];
    /// Time zone of the client.
    TZ_JAVA_NAME: Text<'static> = "GSW_TZ_JAVA_NAME" [reserved];
    /// Name of the time zone in the configuration, usually three letters.
    TZ_NAME: Text<'static> = "GSW_TZ_NAME" [reserved];
    /// Offset of the time zone from UTC.
    TZ_OFFSET: TzOffset = "GSW_TZ_OFFSET" from -43200 to 43200 [reserved record];
    /// The time of day until which the record may be called; later than the start.
    UNTIL: SecondsFromMidnight = "GSW_UNTIL" from 0 [reserved];
    /// The type of the server's event. Every message to a desktop has it, except error replies.
    USER_EVENT: Text<'static> = "GSW_USER_EVENT" [reserved];
    /// Subtype of the interaction, always the same.
    INTERACTION_SUBTYPE: InteractionSubtype<'static> = "InteractionSubtype" [reserved];
    /// Type of the interaction, always the same.
    INTERACTION_TYPE: InteractionType<'static> = "InteractionType" [reserved];
}
