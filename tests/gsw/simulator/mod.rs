//! The simulated Outbound Contact Server.

mod desk;
mod faults;
mod flows;
mod lists;
mod play;
mod requests;
