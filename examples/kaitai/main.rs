//! Writes a Kaitai Struct description of Unified CCX CTI from the library's tables.
//!
//! ```sh
//! cargo run --example kaitai > ccx_cti.ksy
//! kaitai-struct-compiler --target python ccx_cti.ksy
//! ```
//!
//! `examples/kaitai/ccx_cti.ksy` is the output, ready to be compiled.

mod ksy;

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    io::stdout().lock().write_all(ksy::description().as_bytes())
}
