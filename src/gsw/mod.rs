//! The Genesys outbound desktop protocol: key-value attached data and its messages.

#[cfg(feature = "serde")]
pub mod campaign_group_state;
#[cfg(feature = "serde")]
pub mod client;
