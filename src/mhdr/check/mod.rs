//! Checking: lists every finding in a message, where decoding stops at the first error and
//! tolerates the rest.

mod clean;
mod finding;
mod part;
mod usual;
mod walk;

use alloc::vec::Vec;

use bytes::BytesMut;

use super::dialect::Dialect;
use super::engine::AnyMessage as _;
use super::engine::Rule;
use super::engine::rule::Report;
use super::engine::writer::{Mode, Out};
use super::error::{EncodeError, Fault};
use super::frame::Frame;
use super::layout::Layout;
use clean::is_clean;
use walk::Walk;

pub use finding::Finding;

impl<B: AsRef<[u8]>, V: Dialect> Frame<B, V> {
    /// Checks the message against the guide: returns all its faults, by offset, where
    /// [`decode`](Self::decode) is lenient or stops at the first error.
    ///
    /// A decode error is reported as a finding. Nothing after a truncated field is judged: neither
    /// missing fields nor incomplete lists. The maximum sizes are those of encoding. The order of
    /// floating fields is free.
    ///
    /// At most about a thousand findings are listed, and the last one counts the others, so that
    /// the sender does not decide how much memory this takes.
    ///
    /// ```
    /// use cti_codec::ccx::{Frame, Version};
    ///
    /// // A SYSTEM_EVENT without a device, whose text is not terminated.
    /// let mut bytes = vec![0, 0, 0, 30, 0, 0, 0, 31];
    /// bytes.extend([0; 26]);
    /// bytes.extend([7, 2, b'u', b'p']);
    /// let frame = Frame::new(bytes).unwrap();
    ///
    /// let findings = frame.check(Version::V14);
    /// assert!(findings.iter().any(|finding| finding.kind.name() == "final-nul-missing"
    ///     && finding.to_string() == "SYSTEM_EVENT.Text at byte 34: does not end in NUL"));
    /// ```
    #[must_use]
    pub fn check(&self, version: V) -> Vec<Finding> {
        let message_type = self.message_type().into();
        let Some(layout) = V::layout(message_type) else {
            return alloc::vec![walk::untyped(V::name_type(message_type))];
        };
        let (number, header) = (version.number(), version.field_header());
        if is_clean(layout, self.body(), number, header) {
            let mut broken = false;
            self.rules(version, &mut |_, _| broken = true);
            if !broken {
                return Vec::new();
            }
        }
        self.list(layout, version)
    }

    /// Lists the findings.
    #[cold]
    fn list(&self, layout: &'static Layout, version: V) -> Vec<Finding> {
        let name = layout.type_name();
        let mut walk = Walk::new(name, self.body(), version.number(), version.field_header());
        walk.message(layout);
        self.rules(version, &mut |rule, element| {
            walk.rule(layout, rule, element);
        });
        walk.finish()
    }

    /// Reports the rules that the message breaks; none if it does not decode.
    fn rules(&self, version: V, broken: &mut dyn FnMut(&'static Rule, Option<usize>)) {
        if V::Message::has_rules(self.message_type().into()) {
            let version_number = version.number();
            let _ = self.decode_with(version, |message| {
                message.rules(&mut Report {
                    version: version_number,
                    broken,
                });
            });
        }
    }
}

/// Returns the faults of a message before it is sent: encodes it without the guide's checks, and
/// then checks it. Among them is the one that encoding refuses the message for, if it does.
pub(crate) fn before_sending<V: Dialect>(
    encode: impl Fn(Mode, Out<'_>) -> Result<usize, EncodeError>,
    version: V,
) -> Vec<Finding> {
    let mut bytes = BytesMut::new();
    if let Err(error) = encode(Mode::Lenient, Out::Grow(&mut bytes)) {
        return alloc::vec![error.into()];
    }
    let mut findings = match Frame::<_, V>::new(bytes) {
        Ok(frame) => frame.check(version),
        Err(_) => Vec::new(),
    };
    // Of fields that the frame does not show as the message has them.
    if let Err(refusal) = encode(Mode::Strict, Out::Slice(&mut []))
        && !matches!(refusal.kind, Fault::NoRoom { .. })
        && !findings.iter().any(|finding| finding.says(&refusal))
    {
        findings.insert(0, refusal.into());
    }
    findings
}
