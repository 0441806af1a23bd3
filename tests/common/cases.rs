//! How many random cases a test tries.
#![allow(unreachable_pub, reason = "some take it in by path, some by `common`")]

/// As many as the test says, or `PROPTEST_CASES` in proportion: 256 is what proptest tries by itself.
pub fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").map_or(256, |cases| cases.parse().unwrap());
    (usual * asked).div_ceil(256)
}
