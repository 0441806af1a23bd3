//! By `deku`: the derives of [`owned`](crate::owned).

use deku::no_std_io::ErrorKind;
use deku::{DekuContainerRead, DekuError, DekuRead};

use crate::owned::{Field, FieldError, Message};

/// A message and the header before it.
#[derive(Debug, DekuRead)]
#[deku(endian = "big")]
pub struct Frame {
    pub length: u32,
    pub message_type: u32,
    #[deku(ctx = "*message_type, *length")]
    pub message: Message,
}

/// The list of fields that has been read, as the fields of a message.
pub(crate) fn collect<T: TryFrom<Vec<Field>, Error = FieldError>>(
    fields: Vec<Field>,
) -> Result<T, DekuError> {
    T::try_from(fields).map_err(|_| DekuError::Io(ErrorKind::InvalidData))
}

/// Decodes a frame.
pub fn decode(frame: &[u8]) -> Result<Message, DekuError> {
    let (_, frame) = Frame::from_bytes((frame, 0))?;
    Ok(frame.message)
}
