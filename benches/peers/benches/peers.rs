//! Typed decoding beside that of others: `deku`, `binrw` and a plain nom parser into owned strings,
//! on the same frames; and rusmpp's borrowed decoder on SMPP PDUs of the same size and as many
//! fields. Prints the README's table.
//!
//! ```text
//! (cd benches/peers && cargo bench --bench peers)
//! ```
//!
//! All take turns, in many rounds. A ratio is the median of those of the rounds.
//! `benches/peers/instructions.sh` counts instructions instead.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cti_codec_peers::{Measure, figures};

/// How often each is measured.
const ROUNDS: usize = 101;
/// How long a measurement takes, roughly: so short that it is seldom interrupted.
const SLICE: Duration = Duration::from_micros(100);

const SAMPLES: [&str; 3] = ["begin_call_4", "delivered_14", "delivered_30"];

/// Means, how many times as long as ours they are to take, and what they are.
const MEANS: [(&str, &str, &str); 5] = [
    ("deku", "8", "`deku`, owned"),
    ("binrw", "8", "`binrw`, owned"),
    ("nom_owned", "8", "a plain nom parser into owned strings"),
    (
        "rusmpp_borrowed",
        "1",
        "`rusmpp`, borrowed, an SMPP PDU of the same size",
    ),
    ("cti_codec_by_value", "", "`cti-codec`, by value"),
];

/// How often something runs in a slice, and the nanoseconds that it took in each round.
struct Timed {
    times: u32,
    rounds: Vec<f64>,
}

#[derive(Default)]
struct Times(HashMap<String, Timed>);

fn run(times: u32, decode: &mut impl FnMut()) -> Duration {
    let begun = Instant::now();
    for _ in 0..black_box(times) {
        decode();
    }
    begun.elapsed()
}

impl Measure for Times {
    fn figure(&mut self, sample: &str, means: &str, mut decode: impl FnMut()) {
        let timed = self
            .0
            .entry(format!("{sample}/{means}"))
            .or_insert_with(|| {
                let mut times = 1;
                while run(times, &mut decode) * 2 < SLICE {
                    times *= 2;
                }
                let rounds = Vec::new();
                Timed { times, rounds }
            });
        let took = run(timed.times, &mut decode).as_secs_f64();
        timed.rounds.push(took * 1e9 / f64::from(timed.times));
    }
}

impl Times {
    /// The median of the ratios to what was measured in the same round.
    fn ratio(&self, sample: &str, means: &str, base: &str) -> f64 {
        let rounds = |means| &self.0[&format!("{sample}/{means}")].rounds;
        let ratios = rounds(means).iter().zip(rounds(base));
        let mut ratios: Vec<f64> = ratios.map(|(figure, base)| figure / base).collect();
        ratios.sort_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    }

    fn cell(&self, means: &str, base: &str) -> String {
        SAMPLES
            .map(|sample| format!("{:.1}", self.ratio(sample, means, base)))
            .join(" / ")
    }
}

fn main() {
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        figures(&mut times);
    }
    println!("| decoder | to `decode_into` | to that and each text as `str` | aim |");
    println!("|---|---|---|---|");
    for (means, aim, what) in MEANS {
        let plain = times.cell(means, "cti_codec");
        let every_text = times.cell(means, "cti_codec_every_text");
        println!("| {what} | {plain} | {every_text} | {aim} |");
    }
}
