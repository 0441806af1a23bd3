//! Runs one figure so many times, for a count of instructions: see `instructions.sh`.

use std::env;

use cti_codec_peers::{Measure, figures};

/// Runs the figure with this name so often, or prints all names.
enum Count {
    Run(String, u32),
    List,
}

impl Measure for Count {
    fn figure(&mut self, sample: &str, means: &str, mut decode: impl FnMut()) {
        let name = format!("{sample}/{means}");
        match self {
            Self::List => println!("{name}"),
            Self::Run(wanted, times) if *wanted == name => (0..*times).for_each(|_| decode()),
            Self::Run(..) => {}
        }
    }
}

fn main() {
    // cargo bench adds options of its own.
    let mut arguments = env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    figures(&mut match (arguments.next(), arguments.next()) {
        (Some(figure), Some(times)) => Count::Run(figure, times.parse().expect("a number")),
        _ => Count::List,
    });
}
