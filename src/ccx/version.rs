//! Protocol versions.

use core::fmt;

/// A version of the protocol, as a session agrees on it with `OPEN_REQ` (guide, 'Protocol Version').
///
/// A version decides which fields exist and how wide a `FieldDataID` is: one byte up to 17, two
/// bytes from 18 on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Version(u8);

impl Version {
    /// Spoken by release 4.1 and all later ones.
    pub const V10: Self = Self(10);
    /// Adds the reserved `PeripheralID` of the configuration requests.
    pub const V11: Self = Self(11);
    /// Spoken by releases 5.0 to 7.0; adds `AgentCapacity`.
    pub const V12: Self = Self(12);
    /// Adds no field.
    pub const V13: Self = Self(13);
    /// Spoken by releases 8.0 to 11.0; adds the peripherals of `OPEN_CONF`. The default.
    pub const V14: Self = Self(14);
    /// Adds no field.
    pub const V15: Self = Self(15);
    /// Adds no field.
    pub const V16: Self = Self(16);
    /// Adds the agent state of `CONFIG_AGENT_EVENT`.
    pub const V17: Self = Self(17);
    /// Spoken by release 12.5(1)SU1; widens `FieldDataID` and adds `ActiveTerminal`.
    pub const V18: Self = Self(18);

    /// All versions, oldest first.
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

    /// The version with this number, as the field `VersionNumber` gives it; `None` outside 10 to 18.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        match number {
            10 => Some(Self::V10),
            11 => Some(Self::V11),
            12 => Some(Self::V12),
            13 => Some(Self::V13),
            14 => Some(Self::V14),
            15 => Some(Self::V15),
            16 => Some(Self::V16),
            17 => Some(Self::V17),
            18 => Some(Self::V18),
            _ => None,
        }
    }

    /// The number of the version.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0 as u32
    }

    /// Its place in [`ALL`](Self::ALL).
    pub(crate) fn index(self) -> usize {
        usize::from(self.0.saturating_sub(10))
    }

    /// Whether a `FieldDataID` takes two bytes.
    #[must_use]
    pub const fn has_wide_ids(self) -> bool {
        self.0 >= 18
    }
}

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
