//! A row that is misspelt does not compile, and the compiler points at it.
//!
//! The macros and the facts are compiled from the library's own files, with as little around them as
//! they need.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// What the files of the engine need of the rest, and then the row.
fn program(row: &str) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mhdr");
    let layout = source.join("layout/mod.rs");
    let facts = source.join("engine/facts.rs");
    let macros = source.join("engine/macros.rs");
    format!(
        r##"
#![allow(dead_code, unused_imports, unused_macros)]
extern crate alloc;
mod mhdr {{
    pub mod error {{
        #[derive(Debug)]
        pub struct TypeName {{ pub number: u32, pub name: Option<&'static str> }}
    }}
    #[path = {layout:?}]
    pub mod layout;
    pub mod engine {{
        pub mod number {{
            use crate::mhdr::layout::{{Kind, ValueTable}};
            pub trait Fixed {{
                const KIND: Kind;
                const VALUES: Option<&'static ValueTable>;
            }}
        }}
        pub mod slot {{
            use crate::mhdr::layout::{{FloatingRow, Kind, ValueTable}};
            pub trait Slot<'a> {{
                const KIND: Kind;
                const VALUES: Option<&'static ValueTable>;
                const ROWS: Option<&'static [FloatingRow]> = None;
                const ARRAY: bool = false;
            }}
        }}
        #[path = {facts:?}]
        pub mod facts;
        #[path = {macros:?}]
        #[macro_use]
        pub mod macros;
    }}
}}
use mhdr::engine::facts::{{Facts, fixed_row, floating_row}};
use mhdr::engine::macros::{{facts, said}};
use mhdr::layout::{{FixedRow, FloatingRow, Kind, ValueTable}};

struct Text;
struct Number;
impl mhdr::engine::slot::Slot<'_> for Text {{
    const KIND: Kind = Kind::String;
    const VALUES: Option<&'static ValueTable> = None;
}}
impl mhdr::engine::slot::Slot<'_> for Number {{
    const KIND: Kind = Kind::Uint;
    const VALUES: Option<&'static ValueTable> = None;
}}
impl mhdr::engine::number::Fixed for Number {{
    const KIND: Kind = Kind::Uint;
    const VALUES: Option<&'static ValueTable> = None;
}}

macro_rules! row {{
    ($name:literal [$($id:literal)+] $Type:ty $([$($fact:ident $($value:literal)?),*])?;) => {{
        const ROW: FloatingRow = floating_row::<$Type>(
            &[$($id),+], $name, facts!($($($fact $($value)?),*)?), None,
        );
    }};
    ($name:literal $Type:ty $([$($fact:ident $($value:literal)?),*])?;) => {{
        const ROW: FixedRow = fixed_row::<$Type>(
            $name, facts!($($($fact $($value)?),*)?), None,
        );
    }};
}}

row! {{
    {row}
}}
fn main() {{
    let _ = &ROW;
}}
"##
    )
}

/// Compiles a program with this row; what the compiler says if it does not.
fn compile(name: &str, row: &str) -> Result<(), (usize, String)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rows");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.rs"));
    let program = program(row);
    let line = program.lines().position(|line| line.trim() == row).unwrap() + 1;
    fs::write(&file, program).unwrap();
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args([
            "--edition",
            "2024",
            "--emit",
            "metadata",
            "--crate-type",
            "bin",
        ])
        .arg("--out-dir")
        .arg(&folder)
        .arg(&file)
        .output()
        .expect("a compiler");
    if output.status.success() {
        return Ok(());
    }
    Err((line, String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn a_row_that_is_right_compiles() {
    for (name, row) in [
        (
            "right",
            r#""ClientID" [1] Text [max 64, required, since 14];"#,
        ),
        ("right_number", r#""SecondaryCallID" [202] Number;"#),
        ("right_until", r#""Address" [226] Text [max 64, until 18];"#),
        (
            "right_reserved",
            r#""reserved" Number [reserved 0xFFFF_FFFF, known_as "ServiceID"];"#,
        ),
        (
            "right_secret",
            r#""AgentPassword" [49] Text [max 64, secret];"#,
        ),
    ] {
        if let Err((_, error)) = compile(name, row) {
            panic!("{row} does not compile:\n{error}");
        }
    }
}

#[test]
fn a_row_that_is_misspelt_does_not_compile_and_is_pointed_at() {
    for (name, row) in [
        ("requierd", r#""ClientID" [1] Text [max 64, requierd];"#),
        ("maxx", r#""ClientID" [1] Text [maxx 40, max 64];"#),
        ("sinc", r#""ClientID" [1] Text [max 64, sinc 13];"#),
        ("since", r#""ClientID" [1] Text [max 64, since];"#),
        ("fourteen", r#""ClientID" [1] Text [max 64, since "14"];"#),
        ("required", r#""ClientID" [1] Text [max 64, required 1];"#),
        ("twice", r#""ClientID" [1] Text [max 64, max 40];"#),
        ("fixed", r#""InvokeID" Number [reservd 0];"#),
    ] {
        let (line, error) = compile(name, row).expect_err(row);
        // The file, and the row itself with its line number before it.
        let shown = error
            .lines()
            .any(|shown| shown.trim_start().starts_with(&line.to_string()) && shown.contains(row));
        assert!(
            shown && error.contains(&format!("{name}.rs:")),
            "{row}:\n{error}"
        );
    }
}

#[test]
fn a_row_that_says_what_cannot_be_does_not_compile() {
    for (name, row) in [
        ("no_max", r#""ClientID" [1] Text [required];"#),
        ("two_ids", r#""ClientID" [1 2] Text [max 64];"#),
        ("max_count", r#""ClientID" [1] Text [max 64, max_count 3];"#),
        (
            "both",
            r#""ClientID" [1] Text [max 64, required, required_when "x"];"#,
        ),
        ("fixed_max", r#""InvokeID" Number [max 4];"#),
        ("fixed_required", r#""InvokeID" Number [required];"#),
    ] {
        assert!(compile(name, row).is_err(), "{row} compiles");
    }
}
