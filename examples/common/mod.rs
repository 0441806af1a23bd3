//! What `decode` and `encode` share: files, complaints, and the version of a session.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use cti_codec::ccx::{MessageType, Version};

/// How a run went, and where it says so.
pub(crate) struct Run {
    program: &'static str,
    bad: bool,
}

impl Run {
    pub(crate) fn new(program: &'static str) -> Self {
        Self {
            program,
            bad: false,
        }
    }

    /// Tells of something bad, after all that has been shown so far. The run goes on, and ends
    /// with status 1.
    pub(crate) fn complain(&mut self, out: &mut impl Write, text: impl Display) -> io::Result<()> {
        self.bad = true;
        self.note(out, text)
    }

    /// Tells of something that is worth knowing.
    pub(crate) fn note(&self, out: &mut impl Write, text: impl Display) -> io::Result<()> {
        out.flush()?;
        // Whoever closes standard error does not want to know.
        let _ = writeln!(io::stderr(), "{}: {text}", self.program);
        Ok(())
    }

    /// The exit status. A reader that has seen enough, as `head` has, is no failure.
    pub(crate) fn end(mut self, done: io::Result<()>) -> ExitCode {
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Err(error) => {
                let _ = self.complain(&mut io::sink(), error);
            }
            Ok(()) => {}
        }
        if self.bad {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// What an input is called.
pub(crate) fn name(file: &Path) -> String {
    if file.as_os_str() == "-" {
        "standard input".into()
    } else {
        file.display().to_string()
    }
}

/// Opens a file; `-` is standard input.
pub(crate) fn open(file: &Path) -> io::Result<Box<dyn Read>> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file)?;
    // Reading would fail, too, in words that help less.
    if opened.metadata()?.is_dir() {
        return Err(io::Error::other("is a directory"));
    }
    Ok(Box::new(opened))
}

/// A version on the command line.
pub(crate) fn version(text: &str) -> Result<Version, String> {
    text.parse()
        .ok()
        .and_then(Version::new)
        .ok_or_else(|| "a protocol version is a number from 10 to 18".into())
}

/// The version that an `OPEN_REQ` asks for, which the session then has.
pub(crate) fn asked_for(message_type: MessageType, body: &[u8]) -> Option<Version> {
    if message_type != MessageType::OPEN_REQ {
        return None;
    }
    let number = body.get(4..)?.first_chunk()?;
    Version::new(u32::from_be_bytes(*number))
}
