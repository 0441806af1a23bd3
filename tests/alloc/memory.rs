//! Memory in proportion to the input: the most that is live at once, against the length of what was
//! sent, which the table in `costs.rs` limits row by row.

use crate::costs::{Cost, DUMP, costs};
use crate::counting::peak;

fn factor(cost: &Cost, count: usize) -> f64 {
    let work = (cost.work)(count);
    let bytes = work.bytes;
    let ((), peak) = peak(work.run);
    peak as f64 / bytes as f64
}

#[test]
fn memory_is_in_proportion_to_bytes() {
    let mut over = Vec::new();
    for cost in costs() {
        let (few, many) = (factor(&cost, cost.few), factor(&cost, cost.few * 8));
        println!("{many:8.1} {few:8.1}  {} ({})", cost.name, cost.factor);
        if many > cost.factor as f64 {
            over.push(cost.name);
        }
    }
    assert_eq!(over, [""; 0], "more than their factors");
}

/// Lines and rows of 250,000 bytes come to an end, which the square of that many steps would not.
#[test]
fn long_dumps_are_read() {
    for cost in costs().iter().filter(|cost| cost.few == DUMP) {
        ((cost.work)(16_384).run)();
    }
}
