//! Protocol versions.

use core::fmt;
use core::str::FromStr;

use thiserror::Error;

/// A version of the protocol, agreed for a session by `OPEN_REQ` (guide, 'Protocol Version').
///
/// The version decides which fields exist and how wide a `FieldDataID` is: one byte up to 17, two
/// bytes from 18 on. [`ALL`](Self::ALL) lists the versions that the guides describe;
/// [`new`](Self::new) and `parse` return no others.
///
/// You can still name a version that no guide describes: `Version(19)`, which a newer server may
/// use, has the fields of version 18, and one below 10 those of version 10.
/// may speak, has the fields of version 18, and one below 10 those of version 10.
///
/// ```
/// use cti_codec::ccx::Version;
///
/// assert_eq!("18".parse(), Ok(Version::V18));
/// assert_eq!(Version::new(19), None);
/// assert!(Version(19) > Version::V18 && !Version(19).is_known());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Version(pub u32);

impl Version {
    /// Used by release 4.1 and all later ones.
    pub const V10: Self = Self(10);
    /// Adds the reserved `PeripheralID` of the configuration requests.
    pub const V11: Self = Self(11);
    /// Used by releases 5.0 to 7.0; adds `AgentCapacity`.
    pub const V12: Self = Self(12);
    /// Adds no field.
    pub const V13: Self = Self(13);
    /// Used by releases 8.0 to 11.0; adds the peripherals of `OPEN_CONF`. The default.
    pub const V14: Self = Self(14);
    /// Adds no field.
    pub const V15: Self = Self(15);
    /// Adds no field.
    pub const V16: Self = Self(16);
    /// Adds the agent state of `CONFIG_AGENT_EVENT`.
    pub const V17: Self = Self(17);
    /// Used by release 12.5(1)SU1; widens `FieldDataID` and adds `ActiveTerminal`.
    pub const V18: Self = Self(18);

    /// All versions that the guides describe, oldest first.
    pub const ALL: [Self; 9] = [
        Self::V10,
        Self::V11,
        Self::V12,
        Self::V13,
        Self::V14,
        Self::V15,
        Self::V16,
        Self::V17,
        Self::V18,
    ];

    /// Returns the version with this number, from the field `VersionNumber`; `None` outside 10 to
    /// 18.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        if Self(number).is_known() {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Returns whether the guides describe the version: 10 to 18.
    #[must_use]
    pub const fn is_known(self) -> bool {
        Self::V10.0 <= self.0 && self.0 <= Self::V18.0
    }

    /// Returns the number of the version.
    #[inline(always)]
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Returns whether this version has a field that exists since another version.
    #[must_use]
    #[inline(always)]
    pub const fn has(self, since: Self) -> bool {
        since.0 <= self.0 || since.0 <= Self::V10.0
    }

    /// Returns whether a `FieldDataID` takes two bytes.
    #[must_use]
    pub const fn has_wide_ids(self) -> bool {
        self.0 >= Self::V18.0
    }
}

/// [`V14`](Self::V14), which all but the oldest servers in the field support.
impl Default for Version {
    fn default() -> Self {
        Self::V14
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The guides describe no version with this number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[error("is none of the versions 10 to 18")]
pub struct UnknownVersion;

/// Like [`Version::new`].
impl TryFrom<u32> for Version {
    type Error = UnknownVersion;

    fn try_from(number: u32) -> Result<Self, UnknownVersion> {
        Self::new(number).ok_or(UnknownVersion)
    }
}

impl From<Version> for u32 {
    fn from(version: Version) -> Self {
        version.0
    }
}

/// Reads the number of a version that the guides describe.
impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        text.parse().ok().and_then(Self::new).ok_or(UnknownVersion)
    }
}

/// Serializes as a number.
#[cfg(feature = "serde")]
impl serde::Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

/// Reads any number, described by a guide or not.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::Deserialize::deserialize(deserializer).map(Self)
    }
}
