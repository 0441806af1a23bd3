//! Typed decoding beside that of others: `deku`, `binrw` and a plain nom parser into owned strings,
//! on the same frames; and rusmpp's borrowed decoder on SMPP PDUs of the same size and as many
//! fields.
//!
//! From the root of the crate, with the ratios:
//!
//! ```text
//! (cd benches/peers && cargo bench --bench peers) && cargo bench --bench ratios
//! ```
//!
//! `benches/peers/instructions.sh` counts instructions instead.

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use cti_codec_peers::{Measure, figures};

struct Times<'a>(&'a mut Criterion);

impl Measure for Times<'_> {
    fn figure(&mut self, sample: &str, means: &str, mut decode: impl FnMut()) {
        self.0
            .benchmark_group(format!("peers/{sample}"))
            .bench_function(means, |b| b.iter(&mut decode));
    }
}

fn peers(criterion: &mut Criterion) {
    figures(&mut Times(criterion));
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = peers
}
criterion_main!(benches);
