//! Checking messages against their tables.
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use super::MessageType;
use super::declare::is_zero;
use super::layout::{Requirement, Row, Rule};
use crate::gsw::attached_data::{AttachedData, Pair, Value};
use crate::gsw::error::{MISSING, OtherType, WrongType};
use crate::gsw::error_code::ErrorCode;
use crate::gsw::key::int;
use crate::gsw::keys::{self, KeyInfo, Problem};
use crate::text::Text;

/// An objection of the manual to a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The severity: forbidden, or only out of the ordinary.
    pub severity: Severity,
    /// The key that the finding is about.
    pub key: Cow<'static, str>,
    /// The fault.
    pub kind: FindingKind,
}

/// The severity of a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Out of the ordinary, or known of real servers although the manual says otherwise.
    Warning,
    /// Forbidden: never written, and refused by a server.
    Error,
}

/// The fault in a message. [`name`](Self::name) is stable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum FindingKind {
    /// A required key is missing.
    Missing,
    /// A key that another key demands is missing.
    MissingWith {
        /// The other key.
        present: &'static str,
    },
    /// A key that is required in the absence of another key is missing.
    MissingWithout {
        /// The other key.
        absent: &'static str,
        /// Keys of which any one suffices; as a rule only the missing one.
        any: &'static [&'static str],
    },
    /// A value has a type that its key does not have.
    WrongType {
        /// The type that the key has.
        expected: &'static str,
        /// The type that the value has.
        found: &'static str,
    },
    /// A value of the right type is wrong.
    Value(Problem),
    /// The code is not allowed in this message.
    CodeNotAllowed {
        /// The allowed codes.
        allowed: &'static [i64],
    },
    /// The error number is not the one that defines this message.
    OtherNumber {
        /// The number that does.
        expected: i64,
    },
    /// The end of the time to call is not after its start.
    UntilNotAfterFrom,
    /// The key occurs again; only the first occurrence counts.
    Duplicate,
    /// The key has a variant spelling.
    OtherSpelling {
        /// The usual spelling.
        usual: &'static str,
    },
    /// The message has a variant name.
    OtherName {
        /// The usual name.
        usual: &'static str,
    },
    /// The table of the message does not list the key.
    Unlisted,
    /// The key has the reserved prefix, but no manual lists it.
    Reserved,
}

impl FindingKind {
    /// Returns a stable name for programs and rule files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            FindingKind::Missing => "missing",
            FindingKind::MissingWith { .. } => "missing-with",
            FindingKind::MissingWithout { .. } => "missing-without",
            FindingKind::WrongType { .. } => "wrong-type",
            FindingKind::Value(Problem::OutOfRange { .. }) => "out-of-range",
            FindingKind::Value(Problem::UnlistedCode) => "unlisted-code",
            FindingKind::Value(Problem::UnlistedWord) => "unlisted-word",
            FindingKind::Value(Problem::OtherWord) => "other-word",
            FindingKind::Value(Problem::CodeForWord) => "code-for-word",
            FindingKind::Value(Problem::NotADateTime) => "not-a-date-time",
            FindingKind::CodeNotAllowed { .. } => "code-not-allowed",
            FindingKind::OtherNumber { .. } => "other-number",
            FindingKind::UntilNotAfterFrom => "until-not-after-from",
            FindingKind::Duplicate => "duplicate",
            FindingKind::OtherSpelling { .. } => "other-spelling",
            FindingKind::OtherName { .. } => "other-name",
            FindingKind::Unlisted => "unlisted",
            FindingKind::Reserved => "reserved",
        }
    }

    /// Returns the code with which a server refuses a request with this fault; `None` for a fault
    /// that it tolerates.
    #[must_use]
    pub const fn error_code(&self) -> Option<ErrorCode> {
        match self {
            FindingKind::Missing
            | FindingKind::MissingWith { .. }
            | FindingKind::MissingWithout { .. } => Some(ErrorCode::ATTRIBUTE_NOT_FOUND),
            FindingKind::Value(Problem::NotADateTime) => Some(ErrorCode::INVALID_TIME_FORMAT),
            FindingKind::WrongType { .. }
            | FindingKind::Value(_)
            | FindingKind::CodeNotAllowed { .. }
            | FindingKind::OtherNumber { .. }
            | FindingKind::UntilNotAfterFrom => Some(ErrorCode::INVALID_ATTRIBUTE_VALUE),
            FindingKind::Duplicate
            | FindingKind::OtherSpelling { .. }
            | FindingKind::OtherName { .. }
            | FindingKind::Unlisted
            | FindingKind::Reserved => None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Text::from(&*self.key), self.kind)
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FindingKind::Missing => f.write_str(MISSING),
            FindingKind::MissingWith { present } => {
                write!(f, "{MISSING}, though there is {present}")
            }
            FindingKind::MissingWithout { absent, any } if any.len() < 2 => {
                write!(f, "{MISSING}, though there is no {absent}")
            }
            FindingKind::MissingWithout { absent, any } => {
                write!(f, "one of ")?;
                any.iter().try_for_each(|key| write!(f, "{key}, "))?;
                write!(f, "{absent} is needed")
            }
            FindingKind::WrongType { expected, found } => OtherType(expected, found).fmt(f),
            FindingKind::Value(Problem::OutOfRange { min, max }) => match (min, max) {
                (Some(min), Some(max)) => write!(f, "not in {min} to {max}"),
                (Some(min), None) => write!(f, "less than {min}"),
                (None, Some(max)) => write!(f, "more than {max}"),
                (None, None) => f.write_str("out of range"),
            },
            FindingKind::Value(Problem::UnlistedCode) => f.write_str("code that no table lists"),
            FindingKind::Value(Problem::UnlistedWord) => {
                f.write_str("none of the words that are allowed")
            }
            FindingKind::Value(Problem::OtherWord) => f.write_str("word that no table lists"),
            FindingKind::Value(Problem::CodeForWord) => {
                f.write_str("a code where desktops get a word")
            }
            FindingKind::Value(Problem::NotADateTime) => {
                f.write_str("not a date and time as MM/DD/YYYY HH:MM")
            }
            FindingKind::CodeNotAllowed { allowed } => {
                write!(f, "not one of the codes allowed here, {allowed:?}")
            }
            FindingKind::OtherNumber { expected } => {
                write!(f, "not {expected}, which makes the message what it is")
            }
            FindingKind::UntilNotAfterFrom => f.write_str("not after GSW_FROM"),
            FindingKind::Duplicate => f.write_str("occurs again"),
            FindingKind::OtherSpelling { usual } => write!(f, "another spelling of {usual}"),
            FindingKind::OtherName { usual } => write!(f, "another name for {usual}"),
            FindingKind::Unlisted => f.write_str("has no place in this message"),
            FindingKind::Reserved => f.write_str("has the reserved prefix, yet no manual lists it"),
        }
    }
}

/// The side of a message: about to be sent, or received.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Output,
    Input,
}

pub(super) fn check(message: MessageType, data: AttachedData<'_>, side: Side) -> Vec<Finding> {
    let mut check = Check {
        message,
        data,
        side,
        findings: Vec::new(),
    };
    check.name();
    for row in message.layout().rows {
        check.row(row);
    }
    check.others();
    for rule in message.layout().rules {
        check.rule(rule);
    }
    check.hours();
    check.number();
    check.findings
}

struct Check<'a> {
    message: MessageType,
    data: AttachedData<'a>,
    side: Side,
    findings: Vec<Finding>,
}

impl<'a> Check<'a> {
    fn find(&mut self, severity: Severity, key: impl Into<Cow<'static, str>>, kind: FindingKind) {
        self.findings.push(Finding {
            severity,
            key: key.into(),
            kind,
        });
    }

    /// Returns the severity of a fault that is forbidden when written but known to occur in
    /// received messages.
    fn error_on_output(&self) -> Severity {
        if self.side == Side::Output {
            Severity::Error
        } else {
            Severity::Warning
        }
    }

    /// Returns the pairs with the key, those in its usual spelling first.
    fn pairs(&self, key: &'static str) -> impl Iterator<Item = Pair<'a>> + use<'a> {
        let aliases = keys::info(key.into()).map_or(&[][..], |info| info.aliases);
        let usual = self.data.iter().filter(move |pair| pair.key == key);
        let is_other = move |pair: &Pair<'_>| aliases.iter().any(|alias| pair.key == **alias);
        let others = if aliases.is_empty() {
            AttachedData::default()
        } else {
            self.data
        };
        usual.chain(others.iter().filter(is_other))
    }

    fn value(&self, key: &'static str) -> Option<Value<'a>> {
        self.pairs(key).next().map(|pair| pair.value)
    }

    fn name(&mut self) {
        let layout = self.message.layout();
        if let (Some(usual), Some(value)) = (layout.value, self.data.value(layout.key))
            && value.as_text().is_some_and(|name| name != usual)
        {
            self.find(
                Severity::Warning,
                layout.key,
                FindingKind::OtherName { usual },
            );
        }
    }

    fn row(&mut self, row: &'static Row) {
        let info = keys::info(row.key.into());
        // Values that stand for 'not set' are skipped, as in reading.
        let mut pairs = self.pairs(row.key).filter(|pair| {
            let zero = row.flags.zero_is_unset && is_zero(pair.value);
            !zero && info.is_none_or(|info| !info.is_unset(pair.value))
        });
        let Some(first) = pairs.next() else {
            if row.requirement == Requirement::Required {
                // No server reliably sends its id: the manual requires it everywhere and leaves it
                // out of tables.
                let lenient = row.flags.lenient || row.key == keys::APPLICATION_ID.name();
                let severity = if lenient {
                    self.error_on_output()
                } else {
                    Severity::Error
                };
                self.find(severity, row.key, FindingKind::Missing);
            }
            return;
        };
        if pairs.next().is_some() {
            self.find(Severity::Warning, row.key, FindingKind::Duplicate);
        }
        if first.key != row.key {
            self.find(
                Severity::Warning,
                first.key.to_string_lossy().into_owned(),
                FindingKind::OtherSpelling { usual: row.key },
            );
        }
        if let Some(info) = info {
            self.known(info, first.value, Severity::Error);
        }
    }

    /// Checks the value of a known key. `worst` caps the severity of a finding.
    fn known(&mut self, info: &'static KeyInfo, value: Value<'_>, worst: Severity) {
        if value == Value::Hidden {
            return;
        }
        let problem = match info.problem(value) {
            Err(WrongType {
                expected, found, ..
            }) => {
                return self.find(worst, info.name, FindingKind::WrongType { expected, found });
            }
            Ok(None) => return,
            // Statistical events carry codes that the manual does not list.
            Ok(Some(Problem::CodeForWord)) if self.message == MessageType::StatEvent => return,
            Ok(Some(problem)) => problem,
        };
        let severity = match problem {
            Problem::UnlistedCode | Problem::OtherWord => Severity::Warning,
            Problem::UnlistedWord | Problem::CodeForWord => self.error_on_output(),
            // Zones beyond 12 hours exist.
            Problem::OutOfRange { .. } if info.name == keys::TZ_OFFSET.name() => {
                self.error_on_output()
            }
            Problem::OutOfRange { .. } | Problem::NotADateTime => Severity::Error,
        };
        self.find(severity.min(worst), info.name, FindingKind::Value(problem));
    }

    /// Checks the keys that no row lists.
    fn others(&mut self) {
        let layout = self.message.layout();
        let mut recognised = false;
        for (index, pair) in self.data.iter().enumerate() {
            if pair.key == layout.key && !recognised {
                recognised = true;
                continue;
            }
            let info = keys::info(pair.key);
            if info.is_some_and(|info| layout.rows.iter().any(|row| row.key == info.name)) {
                continue;
            }
            if let Some(info) = info {
                self.known(info, pair.value, Severity::Warning);
            }
            let accepted = layout.custom_fields
                || info.is_some_and(|info| layout.accepts.contains(&info.name));
            if !accepted {
                // A list with one such pair may have many: reserve no more memory than they take.
                if self.findings.len() == self.findings.capacity() {
                    let left = self.data.len().saturating_sub(index);
                    self.findings.reserve_exact(left);
                }
                self.find(
                    Severity::Warning,
                    pair.key.to_string_lossy().into_owned(),
                    FindingKind::Unlisted,
                );
            } else if info.is_none() && keys::is_reserved(pair.key) {
                self.find(
                    Severity::Warning,
                    pair.key.to_string_lossy().into_owned(),
                    FindingKind::Reserved,
                );
            }
        }
    }

    fn rule(&mut self, rule: &'static Rule) {
        match *rule {
            Rule::Conditional {
                if_present,
                unless,
                then_all,
                else_all,
                else_any,
                else_lenient,
                ..
            } => {
                let present = self
                    .value(if_present)
                    .is_some_and(|value| unless.is_none() || int(value) != unless);
                if present {
                    for key in then_all {
                        if self.value(key).is_none() {
                            self.find(
                                Severity::Error,
                                *key,
                                FindingKind::MissingWith {
                                    present: if_present,
                                },
                            );
                        }
                    }
                    return;
                }
                let absent = if_present;
                let any_of = |keys: &'static [&'static str]| {
                    keys.iter().any(|key| self.value(key).is_some())
                };
                let severity = if any_of(else_lenient) {
                    self.error_on_output()
                } else {
                    Severity::Error
                };
                let any_missing = !else_any.is_empty() && !any_of(else_any);
                for key in else_all {
                    if self.value(key).is_none() {
                        self.find(
                            severity,
                            *key,
                            FindingKind::MissingWithout { absent, any: &[] },
                        );
                    }
                }
                if let (true, Some(key)) = (any_missing, else_any.first()) {
                    self.find(
                        Severity::Error,
                        *key,
                        FindingKind::MissingWithout {
                            absent,
                            any: else_any,
                        },
                    );
                }
            }
            Rule::Allowed {
                key,
                codes,
                unless_present,
                ..
            } => {
                let code = self.value(key).and_then(int);
                if self.value(unless_present).is_none()
                    && code.is_some_and(|code| !codes.contains(&code))
                {
                    self.find(
                        Severity::Error,
                        key,
                        FindingKind::CodeNotAllowed { allowed: codes },
                    );
                }
            }
        }
    }

    /// Checks that the end of the time to call comes after its start.
    fn hours(&mut self) {
        let (from, until) = (self.data.find(keys::FROM), self.data.find(keys::UNTIL));
        if let (Ok(Some(from)), Ok(Some(until))) = (from, until)
            && until <= from
        {
            self.find(
                self.error_on_output(),
                keys::UNTIL.name(),
                FindingKind::UntilNotAfterFrom,
            );
        }
    }

    /// Checks the error number: two errors have tables of their own, each for one code.
    fn number(&mut self) {
        let expected = match self.message {
            MessageType::NoRecordsAvailable => ErrorCode::NO_RECORDS_AVAILABLE,
            MessageType::NoRunningPreviewCampaigns => ErrorCode::NO_RUNNING_PREVIEW_CAMPAIGNS,
            _ => return,
        };
        if self
            .data
            .find(keys::ERROR_NUMBER)
            .is_ok_and(|code| code.is_some_and(|code| code != expected))
        {
            let kind = FindingKind::OtherNumber {
                expected: expected.0,
            };
            self.find(Severity::Error, keys::ERROR_NUMBER.name(), kind);
        }
    }
}
