//! Decoding by a plain nom parser that copies its results.

use nom::error::{Error, ErrorKind, FromExternalError};
use nom::multi::length_data;
use nom::number::complete::{be_u8, be_u16, be_u32};
use nom::{Err, IResult, Parser};

use crate::owned::{
    BeginCall, BeginCallFields, CallDelivered, CallDeliveredFields, FieldError, Message,
};

/// All the rest, field by field.
fn floating<'a>(
    mut input: &'a [u8],
    mut put: impl FnMut(u8, &'a [u8]) -> Result<(), FieldError>,
) -> IResult<&'a [u8], ()> {
    while !input.is_empty() {
        let (rest, (id, data)) = (be_u8, length_data(be_u8)).parse(input)?;
        put(id, data).map_err(|error| {
            Err::Failure(Error::from_external_error(input, ErrorKind::MapRes, error))
        })?;
        input = rest;
    }
    Ok((input, ()))
}

fn begin_call(input: &[u8]) -> IResult<&[u8], BeginCall> {
    let (input, monitor_id) = be_u32(input)?;
    let (input, peripheral_id) = be_u32(input)?;
    let (input, peripheral_type) = be_u16(input)?;
    let (input, num_cti_clients) = be_u16(input)?;
    let (input, num_named_variables) = be_u16(input)?;
    let (input, num_named_arrays) = be_u16(input)?;
    let (input, call_type) = be_u16(input)?;
    let (input, connection_device_type) = be_u16(input)?;
    let (input, call_id) = be_u32(input)?;
    let (input, called_party_disposition) = be_u16(input)?;
    let mut fields = BeginCallFields::default();
    let (input, ()) = floating(input, |id, data| fields.put(id, data))?;
    Ok((
        input,
        BeginCall {
            monitor_id,
            peripheral_id,
            peripheral_type,
            num_cti_clients,
            num_named_variables,
            num_named_arrays,
            call_type,
            connection_device_type,
            call_id,
            called_party_disposition,
            floating: fields,
        },
    ))
}

fn call_delivered(input: &[u8]) -> IResult<&[u8], CallDelivered> {
    let (input, monitor_id) = be_u32(input)?;
    let (input, peripheral_id) = be_u32(input)?;
    let (input, peripheral_type) = be_u16(input)?;
    let (input, connection_device_type) = be_u16(input)?;
    let (input, call_id) = be_u32(input)?;
    let (input, line_handle) = be_u16(input)?;
    let (input, line_type) = be_u16(input)?;
    let (input, application_id) = be_u32(input)?;
    let (input, service_id) = be_u32(input)?;
    let (input, csq_id) = be_u32(input)?;
    let (input, skill_group_id) = be_u32(input)?;
    let (input, skill_group_priority) = be_u16(input)?;
    let (input, alerting_device_type) = be_u16(input)?;
    let (input, calling_device_type) = be_u16(input)?;
    let (input, called_device_type) = be_u16(input)?;
    let (input, last_redirect_device_type) = be_u16(input)?;
    let (input, local_connection_state) = be_u16(input)?;
    let (input, event_cause) = be_u16(input)?;
    let (input, num_named_variables) = be_u16(input)?;
    let (input, num_named_arrays) = be_u16(input)?;
    let mut fields = CallDeliveredFields::default();
    let (input, ()) = floating(input, |id, data| fields.put(id, data))?;
    Ok((
        input,
        CallDelivered {
            monitor_id,
            peripheral_id,
            peripheral_type,
            connection_device_type,
            call_id,
            line_handle,
            line_type,
            application_id,
            service_id,
            csq_id,
            skill_group_id,
            skill_group_priority,
            alerting_device_type,
            calling_device_type,
            called_device_type,
            last_redirect_device_type,
            local_connection_state,
            event_cause,
            num_named_variables,
            num_named_arrays,
            floating: fields,
        },
    ))
}

/// Decodes a frame.
pub fn decode(frame: &[u8]) -> Result<Message, Err<Error<&[u8]>>> {
    let (rest, length) = be_u32(frame)?;
    let (rest, message_type) = be_u32(rest)?;
    let (_, body) = nom::bytes::complete::take(length)(rest)?;
    match message_type {
        9 => call_delivered
            .map(Message::CallDelivered)
            .parse(body)
            .map(|(_, message)| message),
        23 => begin_call
            .map(Message::BeginCall)
            .parse(body)
            .map(|(_, message)| message),
        _ => Err(Err::Error(Error::new(frame, ErrorKind::Switch))),
    }
}
