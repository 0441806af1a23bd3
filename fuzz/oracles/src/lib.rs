//! Oracles: functions that take any bytes and panic where `cti-codec` contradicts itself.
//!
//! A fuzz target is one line that calls one of them, and the ordinary tests replay the corpora through
//! the same functions. They use the public interface only, like any other user of the library.
//!
//! [`ccx::Tree`] is a second decoder of the Unified CCX messages. It shares no code with the library's
//! own, but for the tables that both read: keep it so, and mend it from the guide, not from the library.

pub mod capture;
pub mod ccx;
pub mod desktop;
pub mod gsw;
pub mod openscape;
pub mod session;
