//! Records that will not be dialed (Outbound Contact Reference Manual, Rejecting Records, Canceling Records).
use super::prelude::*;

message! {
    /// Gives a record back for another agent. Final.
    request RecordReject = "RecordReject" or ["RejectRecord"], "Rejecting Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        RECORD_HANDLE record_handle: i64, Required;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [RecordRejectAcknowledge, Error];
    errors [109] likely [];
    acknowledge RecordRejectAcknowledge [
        application_id, calling_list, campaign_name, record_handle
    ];
}

message! {
    /// The record was taken back.
    event RecordRejectAcknowledge = "RecordRejectAcknowledge", "Rejecting Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        RECORD_HANDLE record_handle: i64, Required;
    }
}

message! {
    /// Asks not to dial a record or a chain, by handle, phone or customer, in this order of
    /// precedence. Final with a handle.
    request RequestRecordCancel = "RequestRecordCancel" or ["RecordCancel"], "Canceling Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Conditional;
        CAMPAIGN_GROUP_NAME campaign_group_name: Text<'a>, Optional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Conditional;
        CHAIN_ATTR chain_attr: ChainAttr<'a>, Optional = "AllChain" => ChainAttr::ALL_CHAIN;
        CUSTOMER_ID customer_id: TextOrNumber<'a>, Optional;
        PHONE phone: Text<'a>, Conditional;
        RECORD_HANDLE record_handle: i64, Optional;
        REFERENCE_ID reference_id: i64, Optional;
    }
    answered by [RecordCancelAcknowledge, Error];
    errors [] likely [109];
    acknowledge RecordCancelAcknowledge [
        application_id, calling_list, campaign_name, chain_attr, phone, record_handle
    ];
    rules [
        Rule::with_handle("RequestRecordCancel.1", &[keys::PHONE.name()], &[], &[keys::CUSTOMER_ID.name()])
    ];
}

message! {
    /// The record or chain is canceled.
    event RecordCancelAcknowledge = "RecordCancelAcknowledge", "Canceling Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Conditional;
        CAMPAIGN_NAME campaign_name: Text<'a>, Conditional;
        CHAIN_ATTR chain_attr: ChainAttr<'a>, Optional = "AllChain" => ChainAttr::ALL_CHAIN;
        MESSAGE message: Text<'a>, Optional;
        PHONE phone: Text<'a>, Optional;
        RECORD_HANDLE record_handle: i64, Optional;
    }
    accepts [CUSTOMER_ID];
    rules [
        Rule::with_handle("RecordCancelAcknowledge.1", &[], &[], &[])
    ];
}

message! {
    /// A record on this desktop was canceled elsewhere: delete it, or its chain.
    event RecordCancel = "RecordCancel", "Canceling Records" {
        APPLICATION_ID application_id: i64, Required;
        CALLING_LIST calling_list: Text<'a>, Required;
        CAMPAIGN_NAME campaign_name: Text<'a>, Required;
        RECORD_HANDLE record_handle: i64, Required;
        CHAIN_ATTR chain_attr: ChainAttr<'a>, Optional = "AllChain" => ChainAttr::ALL_CHAIN;
        PHONE phone: Text<'a>, Required;
        CUSTOMER_ID customer_id: TextOrNumber<'a>, Required lenient;
    }
}
