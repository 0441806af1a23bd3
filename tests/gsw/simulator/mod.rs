//! The simulated Outbound Contact Server.

mod flows;
mod play;
mod requests;
