//! Samples made up from the library's tables, written by a writer of their own.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]

use cti_codec::ccx::layout::Layout;
use cti_codec::ccx::{LAYOUTS, Message, Version};
use oracles::ccx::{Choices, Style, Tree, noise, sample};

pub const SEEDS: u64 = 14;

/// What a tree is, for a message that fails.
pub fn about(tree: &Tree) -> String {
    format!(
        "{} in version {}: {:02x?}",
        tree.layout.name,
        tree.version,
        tree.frame()
    )
}

pub fn decode<'a>(tree: &Tree, body: &'a [u8]) -> Message<'a> {
    Message::decode_body(tree.layout.message_type.into(), body, tree.version)
        .unwrap_or_else(|error| panic!("{error} in {}", about(tree)))
}

/// A sample that a seed stands for. Seed 0 is the least there can be: no choices at all.
pub fn seeded(layout: &'static Layout, version: Version, style: Style, seed: u64) -> Tree {
    let mut bytes = match seed {
        0 => Vec::new(),
        // All ones: whatever can be there is there.
        1 => vec![0xff; 4096],
        seed => noise(seed, 4096),
    };
    // The same seed is another sample for another message.
    if seed > 1 {
        bytes.splice(..0, layout.message_type.to_be_bytes());
    }
    sample(layout, version, style, &mut Choices::new(&bytes))
}

/// Calls for every message, every version and every seed below a bound.
pub fn for_all(style: Style, seeds: u64, mut check: impl FnMut(&Tree)) {
    for layout in LAYOUTS {
        for version in Version::ALL {
            for seed in 0..seeds {
                check(&seeded(layout, version, style, seed));
            }
        }
    }
}
