#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| cti_codec::gsw::fuzzing::desktop_message(data));
