//! Runs the programs as people do.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use cti_codec::ccx::Frame;

/// The features of the programs that these tests run.
const FEATURES: &str = if cfg!(feature = "cli") {
    "cli,openscape,serde,simulator,tokio"
} else {
    "serde"
};

/// Where the example programs are. `cargo test` builds them before it runs this; `cargo test --test`
/// does not, so then they are built here.
pub(crate) fn examples() -> &'static Path {
    static EXAMPLES: OnceLock<PathBuf> = OnceLock::new();
    EXAMPLES.get_or_init(|| {
        let test = std::env::current_exe().unwrap();
        let profile = test.parent().unwrap().parent().unwrap();
        let examples = profile.join("examples");
        let built = ["decode", "encode", "attached_data"].map(|name| {
            let program = examples
                .join(name)
                .with_extension(std::env::consts::EXE_EXTENSION);
            program.metadata().and_then(|data| data.modified())
        });
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let newest = [root.join("src"), root.join("examples")]
            .iter()
            .map(|path| newest(path))
            .max();
        let fresh = built
            .iter()
            .all(|built| built.as_ref().ok() >= newest.as_ref());
        if !fresh {
            let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let name = match profile.file_name().unwrap().to_str().unwrap() {
                "debug" => "dev",
                name => name,
            };
            // What an example lacks features for is left out without a word, and the crate as packaged
            // has no features but those that are asked for.
            let done = Command::new(cargo)
                .args(["build", "--quiet", "--examples", "--features", FEATURES])
                .args(["--profile", name, "--target-dir"])
                .arg(profile.parent().unwrap())
                .current_dir(root)
                .status();
            assert!(done.unwrap().success(), "the examples do not build");
        }
        examples
    })
}

/// When the last of the files below a directory was changed.
pub(crate) fn newest(path: &Path) -> std::time::SystemTime {
    let data = path.metadata().unwrap();
    if data.is_dir() {
        let entries = path.read_dir().unwrap();
        return entries
            .map(|entry| newest(&entry.unwrap().path()))
            .max()
            .unwrap();
    }
    data.modified().unwrap()
}

pub(crate) fn command(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(examples().join(name));
    command
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs an example with this on standard input.
pub(crate) fn run(name: &str, args: &[&str], input: &[u8]) -> Output {
    let mut child = command(name, args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program that has seen enough closes its end.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    })
}

pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) status: Option<i32>,
}

pub(crate) fn ran(name: &str, args: &[&str], input: &[u8]) -> Ran {
    let output = run(name, args, input);
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code(),
    }
}

/// What `decode` shows of an input that has nothing wrong with it.
#[track_caller]
pub(crate) fn shown(args: &[&str], input: &[u8]) -> String {
    let ran = ran("decode", args, input);
    assert_eq!((ran.err.as_str(), ran.status), ("", Some(0)));
    ran.out
}

/// What `encode` makes of objects that have nothing wrong with them.
#[track_caller]
pub(crate) fn packed(args: &[&str], input: &[u8]) -> Vec<u8> {
    let output = run("encode", args, input);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    output.stdout
}

pub(crate) fn frames(frames: &[Frame]) -> Vec<u8> {
    frames
        .iter()
        .flat_map(|frame| frame.bytes().to_vec())
        .collect()
}

pub(crate) const HEARTBEAT: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7];
pub(crate) const HEARTBEAT_JSON: &str =
    r#"{"message":"HEARTBEAT_REQ","id":5,"length":4,"fields":{"InvokeID":7}}"#;
/// A `HEARTBEAT_REQ` whose floating part ends within a field.
pub(crate) const CUT_HEARTBEAT: &[u8] = &[0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 7, 1];

/// The objects without what a log says of the messages.
pub(crate) fn bare(objects: &str) -> String {
    objects
        .lines()
        .map(|line| match line.rsplit_once(",\"log\":") {
            Some((message, _)) => format!("{message}}}\n"),
            None => format!("{line}\n"),
        })
        .collect()
}
