//! By `binrw`: the derives of [`owned`](crate::owned).

use std::io::Cursor;

use binrw::{BinRead, BinReaderExt, BinResult};

use crate::owned::{BeginCall, CallDelivered, Field, FieldError, Message};

#[derive(BinRead)]
#[br(big)]
struct Header {
    length: u32,
    message_type: u32,
}

/// The fields up to a position, as the fields of a message. `helpers::until_eof` would detect the
/// end by a failure, which is costly.
#[binrw::parser(reader, endian)]
pub(crate) fn floating<T: TryFrom<Vec<Field>, Error = FieldError>>(end: u64) -> BinResult<T> {
    let mut fields = Vec::new();
    while reader.stream_position()? < end {
        fields.push(Field::read_options(reader, endian, ())?);
    }
    T::try_from(fields).map_err(|error| binrw::Error::Custom {
        pos: end,
        err: Box::new(error),
    })
}

/// Decodes a frame. A binrw enum tries its variants in turn, so the type is matched here.
pub fn decode(frame: &[u8]) -> BinResult<Message> {
    let mut cursor = Cursor::new(frame);
    let header: Header = cursor.read_be()?;
    let arguments = (header.length,);
    Ok(match header.message_type {
        9 => Message::CallDelivered(CallDelivered::read_be_args(&mut cursor, arguments)?),
        23 => Message::BeginCall(BeginCall::read_be_args(&mut cursor, arguments)?),
        _ => {
            return Err(binrw::Error::NoVariantMatch { pos: 4 });
        }
    })
}
