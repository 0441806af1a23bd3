//! The faults of the simulated servers: a list of names, each a value of its own.

/// Declares the enum `Fault`, with its names there and back.
///
/// Each row is a variant and its name. The example is the name that the documentation shows.
macro_rules! faults {
    (
        $(#[$about:meta])*
        example $example:literal;
        $($(#[doc = $doc:literal])+ $fault:ident $name:literal;)+
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum Fault {
            $($(#[doc = $doc])+ $fault,)+
        }

        impl Fault {
            const ALL: &[Self] = &[$(Self::$fault),+];

            /// Returns all faults.
            pub fn all() -> impl Iterator<Item = Self> {
                Self::ALL.iter().copied()
            }

            #[doc = concat!("Returns the name, such as `", $example, "`.")]
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$fault => $name,)+
                }
            }
        }

        impl core::fmt::Display for Fault {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.name())
            }
        }

        /// There is no fault of that name.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
        #[error("no such fault; there are: {}", Names)]
        pub struct UnknownFault;

        struct Names;

        impl core::fmt::Display for Names {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                for (place, fault) in Fault::all().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(f, "{comma}{fault}")?;
                }
                Ok(())
            }
        }

        #[doc = concat!("By its name, such as `", $example, "`.")]
        impl core::str::FromStr for Fault {
            type Err = UnknownFault;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::all()
                    .find(|fault| fault.name() == name)
                    .ok_or(UnknownFault)
            }
        }
    };
}

pub(crate) use faults;
