//! Whether a frame decodes, for less than decoding costs.

use crate::ccx::{DecodeError, Frame, Version};
use crate::mhdr::FieldHeader;
use crate::mhdr::prelude::{Dialect as _, Narrow, Walk, Wide, WideId};

impl<B: AsRef<[u8]>> Frame<B> {
    /// Returns the error that decoding gives, if it does. Costs less: whatever lies within the frame
    /// decodes.
    #[inline]
    pub(super) fn decodes(&self, version: Version) -> Result<(), DecodeError> {
        if self.is_whole(version) {
            return Ok(());
        }
        self.decode_with(version, |_| ())
    }

    /// Returns whether the fixed part and each floating field lie within the frame, so that it
    /// decodes. It may if they do not.
    #[inline]
    pub(super) fn is_whole(&self, version: Version) -> bool {
        let Some(fixed) = version.fixed_size(self.message_type().0) else {
            return true;
        };
        let Some(floating) = self.body().get(fixed..) else {
            return false;
        };
        reaches_end(Walk::new(floating, version.field_header()))
    }
}

/// Returns whether each field ends within the wire.
#[inline(always)]
fn reaches_end(mut walk: Walk<'_>) -> bool {
    match walk.header {
        FieldHeader::Narrow => while walk.step_as::<Narrow>().is_some() {},
        FieldHeader::WideId => while walk.step_as::<WideId>().is_some() {},
        FieldHeader::Wide => while walk.step_as::<Wide>().is_some() {},
    }
    walk.rest.is_empty()
}
