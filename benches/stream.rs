//! Writes a stream of 50 MB to standard output, for `programs.sh`: `calls`, each a `BEGIN_CALL_EVENT`
//! with four floating fields, or `mix`, the messages of a busy centre.

use std::io::{self, Write};

use cti_codec_benches::frames;

/// The size of the stream.
const BYTES: usize = 50 << 20;

fn main() -> io::Result<()> {
    let frames = match std::env::args().nth(1).as_deref() {
        Some("calls") => frames::BEGIN_CALL_4.to_vec(),
        _ => frames::stream(10),
    };
    let mut out = io::stdout().lock();
    for _ in 0..BYTES / frames.len() {
        out.write_all(&frames)?;
    }
    out.flush()
}
