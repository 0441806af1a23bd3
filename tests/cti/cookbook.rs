//! The cookbook: each of its commands prints what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::centre;
use super::run::{PROGRAM, cti};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn the_capture_of_the_cookbook_is_current() {
    let path = root().join("examples/data/centre.pcap");
    let made = centre::capture();
    if std::env::var_os("WRITE_CENTRE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert!(
        fs::read(&path).is_ok_and(|file| file == made),
        "write it anew: WRITE_CENTRE=1 cargo test --features cli --test cti"
    );
}

/// Runs a line of the cookbook as a shell does, where the tool is installed.
fn shell(line: &str) -> String {
    let tool = Path::new(PROGRAM).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut all = vec![tool.to_owned()];
    all.extend(std::env::split_paths(&path));
    let output = Command::new("sh")
        .args(["-c", line])
        .env("PATH", std::env::join_paths(all).unwrap())
        .env("TZ", "UTC")
        .current_dir(root())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[cfg(unix)]
fn every_command_of_the_cookbook_prints_what_it_says() {
    let book = fs::read_to_string(root().join("COOKBOOK.md")).unwrap();
    let mut rest = book.as_str();
    let mut recipes = 0;
    while let Some((_, from)) = rest.split_once("```sh\n") {
        let (command, behind) = from.split_once("```\n").unwrap();
        let told = behind.trim_start();
        let (expected, behind) = match told.strip_prefix("```text\n") {
            Some(told) => told.split_once("```").unwrap(),
            None => panic!("no output behind {command}"),
        };
        let printed = shell(command);
        assert_eq!(printed, expected, "{command}");
        recipes += 1;
        rest = behind;
    }
    assert!(recipes >= 10, "{recipes}");
}

#[test]
fn what_others_read_the_protocol_with_is_printed() {
    for (what, file) in [
        ("dissector", "examples/dissector/ccxcti.lua"),
        ("ksy", "examples/kaitai/ccx_cti.ksy"),
    ] {
        let made = cti(&["generate", what], b"");
        assert_eq!(made.stdout, fs::read(root().join(file)).unwrap());
    }
}

#[test]
fn traces_of_windows_are_named() {
    let mut trace = vec![0, 0, 1, 0];
    trace.resize(0x48, 0);
    trace.extend([2, 0, 1, 0xc0, 0, 0, 0, 0]);
    let got = cti(&["decode"], &trace);
    let err = String::from_utf8(got.stderr).unwrap();
    assert_eq!(got.status.code(), Some(1));
    assert!(err.contains("etl2pcapng"), "{err}");
    let snoop = cti(&["decode"], b"snoop\0\0\0\0\0\0\x02\0\0\0\x04");
    let err = String::from_utf8(snoop.stderr).unwrap();
    assert!(err.contains("editcap"), "{err}");
}
