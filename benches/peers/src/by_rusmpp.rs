//! `rusmpp`, which decodes SMPP only: a PDU of the same size as a frame, with the same texts in as
//! many TLVs as the frame has floating fields.

use rusmpp_core::command::borrowed::Command;
use rusmpp_core::decode::DecodeError;
use rusmpp_core::decode::borrowed::DecodeWithLength;
use rusmpp_core::pdus::borrowed::Pdu;
use rusmpp_core::tlvs::borrowed::{Tlv, TlvValue};

/// The first tag that SMPP leaves to vendors. rusmpp keeps the values of these as they come, which
/// costs it least.
const VENDOR: u16 = 0x1400;

/// A PDU of `size` bytes with these values in TLVs: `data_sm`, whose 10 mandatory fields are as many
/// as BEGIN_CALL_EVENT has, or `deliver_sm`, whose 18 are next to the 20 of CALL_DELIVERED_EVENT.
///
/// SMPP takes 4 bytes before a value where CTI takes 2; the fixed part is smaller to make up for it.
pub fn pdu(size: usize, values: &[&[u8]]) -> Vec<u8> {
    let deliver = values.len() > 4;
    let mut values = values.to_vec();
    // What both addresses and the text may take. What lacks is cut off the last value.
    let least = if deliver { 33 } else { 26 };
    let tlvs = |values: &[&[u8]]| values.iter().map(|value| 4 + value.len()).sum::<usize>();
    if let Some(over) = (least + tlvs(&values)).checked_sub(size)
        && let Some(last) = values.last_mut()
    {
        *last = &last[..last.len() - over];
    }
    let spare = size - least - tlvs(&values);
    let (source, destination, text) = if deliver {
        let source = spare.min(4);
        let destination = (spare - source).min(4);
        (source, destination, spare - source - destination)
    } else {
        (spare / 2, spare - spare / 2, 0)
    };

    let mut pdu = Vec::new();
    pdu.extend(u32::try_from(size).expect("a small PDU").to_be_bytes());
    let id: u32 = if deliver { 0x0000_0005 } else { 0x0000_0103 };
    pdu.extend(id.to_be_bytes());
    pdu.extend([0, 0, 0, 0, 0, 0, 0, 1]);
    pdu.push(0);
    pdu.extend([1, 1]);
    pdu.extend(&b"200620062006"[..source]);
    pdu.push(0);
    pdu.extend([1, 1]);
    pdu.extend(&b"700070007000"[..destination]);
    pdu.push(0);
    if deliver {
        // esm_class to sm_default_msg_id, then the text.
        pdu.extend([0, 0, 0, 0, 0, 0, 0, 0, 0]);
        pdu.push(u8::try_from(text).expect("a short text"));
        pdu.extend(&b"ringing, ringing, ringing"[..text]);
    } else {
        // esm_class, registered_delivery, data_coding.
        pdu.extend([0, 0, 0]);
    }
    for (tag, value) in (VENDOR..).zip(&values) {
        pdu.extend(tag.to_be_bytes());
        pdu.extend(
            u16::try_from(value.len())
                .expect("a short value")
                .to_be_bytes(),
        );
        pdu.extend(*value);
    }
    assert_eq!(pdu.len(), size);
    pdu
}

/// Decodes a PDU as rusmpp's codecs do: the length of the command first, then the command.
///
/// `N` is the room for TLVs, which rusmpp keeps within the struct: no more than there are.
pub fn decode<const N: usize>(pdu: &[u8]) -> Result<Command<'_, N>, DecodeError> {
    let (length, rest) = pdu
        .split_first_chunk()
        .ok_or(DecodeError::unexpected_eof())?;
    let length = u32::from_be_bytes(*length) as usize - 4;
    let command = rest.get(..length).ok_or(DecodeError::unexpected_eof())?;
    Ok(Command::decode(command, length)?.0)
}

/// The TLVs of a command.
fn tlvs<'a, const N: usize>(command: &'a Command<'a, N>) -> &'a [Tlv<'a>] {
    match command.pdu() {
        Some(Pdu::DataSm(pdu)) => pdu.tlvs(),
        Some(Pdu::DeliverSm(pdu)) => pdu.tlvs(),
        other => panic!("neither of the two: {other:?}"),
    }
}

/// Panics unless the values are those that the PDU was made with; the last one may be cut short.
pub fn check<const N: usize>(pdu: &[u8], values: &[&[u8]]) {
    let command = decode::<N>(pdu).expect("a PDU that rusmpp takes");
    let tlvs = tlvs(&command);
    assert_eq!(tlvs.len(), values.len());
    for (at, (tlv, value)) in tlvs.iter().zip(values).enumerate() {
        let Some(TlvValue::Other { value: got, .. }) = tlv.value() else {
            panic!("not a vendor's: {tlv:?}");
        };
        if at + 1 < values.len() {
            assert_eq!(got.bytes(), *value);
        } else {
            assert!(value.starts_with(got.bytes()));
        }
    }
}
