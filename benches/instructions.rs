//! Runs each figure a hundred times between two calls of `lap`, for a count of instructions: see
//! `instructions.sh`. Prints the names, in their order. To look into one, name it and say how often.

use std::hint::black_box;

use cti_codec_benches::figures;

/// How often a figure is run.
const TIMES: u32 = 100;

/// Callgrind writes down what has been counted, and begins anew, whenever this is called.
#[inline(never)]
fn lap() {
    black_box(());
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|name| name != "--bench");
    let wanted = arguments.next();
    let times = arguments
        .next()
        .map_or(TIMES, |times| times.parse().expect("a number"));
    for mut figure in figures::all() {
        if wanted.as_ref().is_some_and(|name| *name != figure.name) {
            continue;
        }
        // Buffers have grown, and what is done once has been done.
        (figure.run)(2);
        lap();
        (figure.run)(black_box(times));
        lap();
        println!("{}", figure.name);
    }
}
