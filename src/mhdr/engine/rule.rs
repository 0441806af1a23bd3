//! Rules between the fields of a message.

use core::fmt;

use super::writer::Writer;
use crate::mhdr::error::Fault;

/// A rule between the fields of a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Rule {
    /// The field that the rule binds, as the guide spells it; the first one where there are several.
    pub field: &'static str,
    /// The requirement of the rule.
    pub text: &'static str,
    /// Whether encoding refuses a message that breaks it. Others are only findings.
    pub binding: bool,
}

/// The collector of broken rules.
pub struct Report<'r> {
    /// The number of the version that the message is encoded in.
    pub(crate) version: u32,
    /// Takes in a rule, and the index of the element that breaks it where it binds a list's member.
    pub(crate) broken: &'r mut dyn FnMut(&'static Rule, Option<usize>),
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report").finish_non_exhaustive()
    }
}

/// Refuses the message for the first broken rule that encoding does not let pass.
#[inline]
pub(crate) fn refuse_broken(out: &mut Writer<'_>, rules: impl FnOnce(&mut Report<'_>)) {
    let mut first = None;
    rules(&mut Report {
        version: out.how.version,
        broken: &mut |rule, _| {
            if rule.binding && first.is_none() {
                first = Some(rule);
            }
        },
    });
    if let Some(rule) = first {
        out.refuse_field(rule.field, Fault::Rule(rule));
    }
}

/// Reports a rule if it is broken.
macro_rules! rule {
    ($report:ident, $holds:expr, $field:literal, $text:literal) => {
        rule!(@ $report, $holds, $field, $text, true, None)
    };
    ($report:ident, $holds:expr, $field:literal, $text:literal, finding) => {
        rule!(@ $report, $holds, $field, $text, false, None)
    };
    // `$breaks` is the index of an element that breaks it, if there is one.
    ($report:ident, element $breaks:expr, $field:literal, $text:literal, finding) => {
        if let Some(index) = $breaks {
            rule!(@ $report, false, $field, $text, false, Some(index));
        }
    };
    (@ $report:ident, $holds:expr, $field:literal, $text:literal, $binding:literal, $at:expr) => {
        if !$holds {
            ($report.broken)(
                &$crate::mhdr::Rule {
                    field: $field,
                    text: $text,
                    binding: $binding,
                },
                $at,
            );
        }
    };
}
pub(crate) use rule;
