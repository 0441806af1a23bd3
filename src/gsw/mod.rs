//! The Genesys outbound desktop protocol: key-value attached data and its messages.
