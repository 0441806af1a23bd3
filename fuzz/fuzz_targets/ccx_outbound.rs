#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| cti_codec::ccx::fuzzing::outbound(data));
