//! Which way the imports go.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file: examples in its documentation may show a dialect.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The engine knows neither dialects nor their messages, so that another one is tables alone.
#[test]
fn the_engine_names_no_dialect() {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&root.join("src/mhdr"), &mut files);
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        for word in ["ccx", "ged188", "OPEN_REQ", "OpenReq", "gsw::"] {
            let code = code(&file);
            // As text of an error or a test it would stand in quotes.
            let line = code.lines().find(|line| line.contains(word));
            assert_eq!(line, None, "{} says {word}", file.display());
        }
    }
}

/// One way down: tables and their messages stand on the engine, the registry stands on them.
#[test]
fn tables_do_not_look_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["version.rs", "message_type.rs"] {
        let code = code(&root.join("src/ccx").join(file));
        for above in ["messages", "registry", "session", "model"] {
            assert!(
                !code.contains(&format!("super::{above}")),
                "{file} imports {above}"
            );
        }
    }
}
