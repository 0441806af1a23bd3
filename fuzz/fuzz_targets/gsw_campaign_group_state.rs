#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| oracles::gsw::campaign_group_state(data));
