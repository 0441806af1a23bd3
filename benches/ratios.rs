//! Prints the figures as ratios to their baselines, the README's tables.
//!
//! All figures take turns, in many rounds and each right after its baseline, so that what else the
//! machine does meets both. A ratio is the median of those of the rounds. Beside it stand instructions,
//! from the baseline of `instructions.sh`.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cti_codec_benches::figures::{self, Figure};

/// How often all figures are measured.
const ROUNDS: usize = 101;
/// How long a figure takes in a round, roughly: so short that it is seldom interrupted.
const SLICE: Duration = Duration::from_micros(100);

/// Figure, baseline, the ratio to reach, and what it is.
const ROWS: &[(&str, &str, f64, &str)] = &[
    (
        "decode_begin_call_4",
        "walk_begin_call_4",
        4.0,
        "`decode_into`, 4 floating fields",
    ),
    (
        "decode_delivered_14",
        "walk_delivered_14",
        2.5,
        "`decode_into`, 14",
    ),
    (
        "decode_delivered_30",
        "walk_delivered_30",
        1.8,
        "`decode_into`, 30",
    ),
    (
        "with_begin_call_4",
        "walk_begin_call_4",
        3.0,
        "`decode_with`, 4",
    ),
    (
        "with_delivered_14",
        "walk_delivered_14",
        2.2,
        "`decode_with`, 14",
    ),
    (
        "with_delivered_30",
        "walk_delivered_30",
        1.6,
        "`decode_with`, 30",
    ),
    (
        "with_heartbeat_conf",
        "decode_heartbeat_conf",
        1.5,
        "`decode_with` of a heartbeat, to `decode_into`",
    ),
    (
        "value_begin_call_4",
        "walk_begin_call_4",
        3.0,
        "`decode`, 4",
    ),
    (
        "value_delivered_14",
        "walk_delivered_14",
        2.2,
        "`decode`, 14",
    ),
    (
        "value_delivered_30",
        "walk_delivered_30",
        1.6,
        "`decode`, 30",
    ),
    (
        "value_heartbeat_conf",
        "decode_heartbeat_conf",
        1.5,
        "`decode` of a heartbeat, to `decode_into`",
    ),
    (
        "field_begin_call_4",
        "walk_begin_call_4",
        1.2,
        "one field by its id, of 4",
    ),
    (
        "field_delivered_14",
        "walk_delivered_14",
        1.2,
        "one field by its id, of 14",
    ),
    (
        "field_delivered_30",
        "walk_delivered_30",
        1.2,
        "one field by its id, of 30",
    ),
    (
        "visit_begin_call_4",
        "walk_begin_call_4",
        6.0,
        "decode and visit all values, 4",
    ),
    (
        "visit_delivered_14",
        "walk_delivered_14",
        5.0,
        "decode and visit all values, 14",
    ),
    (
        "visit_delivered_30",
        "walk_delivered_30",
        6.0,
        "decode and visit all values, 30",
    ),
    (
        "check_begin_call_4",
        "walk_begin_call_4",
        12.0,
        "`Frame::check`, 4",
    ),
    (
        "check_delivered_14",
        "walk_delivered_14",
        12.0,
        "`Frame::check`, 14",
    ),
    (
        "check_delivered_30",
        "walk_delivered_30",
        12.0,
        "`Frame::check`, 30",
    ),
    (
        "check_agent_state_20",
        "walk_agent_state_20",
        12.0,
        "`Frame::check`, 20 CSQs",
    ),
    (
        "built_begin_call_4",
        "tight_begin_call_4",
        1.8,
        "encode what was built, 4",
    ),
    (
        "built_delivered_14",
        "tight_delivered_14",
        1.5,
        "encode what was built, 14",
    ),
    (
        "built_delivered_30",
        "tight_delivered_30",
        1.5,
        "encode what was built, 30, of which 16 variables",
    ),
    (
        "built_agent_state_30",
        "tight_agent_state_30",
        2.5,
        "encode what was built, 30 CSQs",
    ),
    (
        "built_set_call_data_16",
        "tight_set_call_data_16",
        1.5,
        "encode what was built, 16 variables",
    ),
    (
        "built_config_agent_10",
        "tight_config_agent_10",
        2.5,
        "encode what was built, 10 agents with 4 CSQs each",
    ),
    (
        "built_config_device_10",
        "tight_config_device_10",
        2.5,
        "encode what was built, 10 devices",
    ),
    (
        "slice_delivered_14",
        "tight_delivered_14",
        2.5,
        "the same into a slice, 14",
    ),
    (
        "slice_delivered_30",
        "tight_delivered_30",
        2.5,
        "the same into a slice, 30",
    ),
    (
        "encode_delivered_14",
        "tight_delivered_14",
        1.5,
        "encode what was received, 14",
    ),
    (
        "encode_delivered_30",
        "tight_delivered_30",
        1.5,
        "encode what was received, 30",
    ),
    (
        "encode_agent_state_20",
        "tight_agent_state_20",
        2.5,
        "encode what was received, 20 CSQs",
    ),
    (
        "forward_agent_state_20",
        "tight_agent_state_20",
        1.5,
        "`encode_as_received`, 20 CSQs",
    ),
    (
        "encode_config_agent_10",
        "tight_config_agent_10",
        2.5,
        "encode what was received, 10 agents with 4 CSQs each",
    ),
    (
        "frames_1000",
        "headers_1000",
        4.0,
        "owned frames out of a stream of 1,000",
    ),
    (
        "borrowed_1000",
        "headers_1000",
        2.0,
        "borrowed frames out of a stream of 1,000",
    ),
    (
        "look_up_attached_20",
        "walk_attached_20",
        2.5,
        "20 pairs of attached data: unpack, 3 typed look-ups",
    ),
];

/// A figure and how often it runs in a slice.
struct Timed {
    figure: Figure,
    times: u32,
}

impl Timed {
    fn new(mut figure: Figure) -> Self {
        let mut times = 1;
        loop {
            let begun = Instant::now();
            (figure.run)(black_box(times));
            if begun.elapsed() * 2 > SLICE {
                return Self { figure, times };
            }
            times *= 2;
        }
    }

    /// The nanoseconds that it takes.
    fn run(&mut self) -> f64 {
        let begun = Instant::now();
        (self.figure.run)(black_box(self.times));
        begun.elapsed().as_secs_f64() * 1e9 / f64::from(self.times)
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// For each row and round the nanoseconds of the figure, and of the baseline right before.
fn measure() -> Vec<Vec<(f64, f64)>> {
    let mut figures: HashMap<String, Timed> = figures::all()
        .into_iter()
        .filter(|figure| {
            ROWS.iter()
                .any(|row| row.0 == figure.name || row.1 == figure.name)
        })
        .map(|figure| (figure.name.clone(), Timed::new(figure)))
        .collect();
    let mut measured = vec![Vec::new(); ROWS.len()];
    for _ in 0..ROUNDS {
        for ((figure, baseline, ..), times) in ROWS.iter().zip(&mut measured) {
            let mut run = |name: &str| figures.get_mut(name).map_or(f64::NAN, Timed::run);
            let base = run(baseline);
            times.push((run(figure), base));
        }
    }
    measured
}

/// The instructions of each figure.
fn counted() -> HashMap<String, u64> {
    include_str!("instructions.baseline")
        .lines()
        .filter_map(|line| {
            let (name, count) = line.split_once(' ')?;
            Some((name.into(), count.parse().ok()?))
        })
        .collect()
}

fn main() {
    let measured = measure();
    let counted = counted();
    println!("| figure | ns | to the baseline | instructions | to the baseline | aim |");
    println!("|---|---|---|---|---|---|");
    for ((figure, baseline, aim, what), times) in ROWS.iter().zip(measured) {
        let ratio = median(times.iter().map(|(time, base)| time / base).collect());
        let time = median(times.iter().map(|(time, _)| *time).collect());
        print!("| {what} | {time:.0} | {ratio:.2} | ");
        match (counted.get(*figure), counted.get(*baseline)) {
            (Some(count), Some(base)) => {
                let ratio = *count as f64 / *base as f64;
                println!("{count} | {ratio:.2} | {aim} |");
            }
            _ => println!("| | {aim} |"),
        }
    }
}
