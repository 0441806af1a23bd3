//! The desktop's side of the conversation. Tests name the rules that they prove; `rules.rs` holds
//! `tests/data/gsw_desktop_rules.md` to them.

mod answers;
mod campaigns;
mod edges;
mod flows;
#[cfg(feature = "serde")]
mod groups;
mod limits;
mod more;
mod played;
mod records;
mod rules;
mod wishes;
