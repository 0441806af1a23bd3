//! Do-not-call requests for numbers and customers (Outbound Contact Reference Manual, Submitting `DoNotCall` Requests).
use super::prelude::*;

message! {
    /// Asks never to call a number or a customer again. With a handle it covers the whole chain and
    /// is final.
    request DoNotCall = "DoNotCall", "Submitting DoNotCall Requests" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Conditional;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Conditional;
        CHAIN_ATTR chain_attr: ChainAttr<'a>, Optional = "AllChain" => ChainAttr::ALL_CHAIN;
        MESSAGE message: Text<'a>, Optional;
        PHONE phone: Text<'a>, Conditional;
        CUSTOMER_ID customer_id: TextOrNumber<'a>, Conditional;
        RECORD_HANDLE record_handle: i64, Optional;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [DoNotCallAcknowledge, Error];
    errors [] likely [109];
    acknowledge DoNotCallAcknowledge [
        application_id, calling_list, campaign_name, chain_attr, phone, customer_id, record_handle
    ];
    rules [
        Rule::with_handle("DoNotCall.1", &[], &[keys::PHONE.name(), keys::CUSTOMER_ID.name()], &[])
    ];
}

message! {
    /// The number or customer will not be called again.
    event DoNotCallAcknowledge = "DoNotCallAcknowledge", "Submitting DoNotCall Requests" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Conditional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Conditional;
        /// The manual's default here contradicts every other mention of the key.
        CHAIN_ATTR chain_attr: ChainAttr<'a>, Optional = "RecordOnly" => ChainAttr::ALL_CHAIN;
        PHONE phone: Text<'a>, Conditional;
        CUSTOMER_ID customer_id: TextOrNumber<'a>, Conditional;
        RECORD_HANDLE record_handle: i64, Optional;
        DURATION duration: i64, Optional;
    }
    rules [
        Rule::with_handle("DoNotCallAcknowledge.1", &[], &[keys::PHONE.name(), keys::CUSTOMER_ID.name()], &[])
    ];
}
