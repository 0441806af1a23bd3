//! Does one row of `tests/alloc/costs.rs` once, for a count of instructions: see `proportion.sh`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a broken benchmark stops"
)]

#[path = "../tests/alloc/costs.rs"]
mod costs;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let Some(name) = args.next() else {
        for cost in costs::costs() {
            println!("{} {}", cost.few, cost.name);
        }
        return;
    };
    let count = args.next().unwrap().parse().unwrap();
    let cost = costs::costs().into_iter().find(|cost| cost.name == name);
    let work = (cost.unwrap().work)(count);
    (work.run)();
}
