//! What the commands share: how they end, what they read and print.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::error::Error;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::parameters::RawParameters;

/// How a command that was done ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// As it should.
    Ok,
    /// A check found a difference.
    Different,
}

impl Status {
    /// The exit code that tells a program.
    #[must_use]
    pub(super) fn exit_code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Different => 1,
        }
    }
}

/// Prints a result that no file was written for.
pub(super) fn print(text: &str, stdout: &mut dyn Write) -> Result<(), Error> {
    let printed = stdout.write_all(text.as_bytes());
    printed.map_err(|source| Error::Print { path: None, source })
}

/// Prints a result whose lines may begin with a verdict or with the sign of a difference: green and red on a terminal.
pub(super) fn print_coloured(text: &str, stdout: &mut dyn Write) -> Result<(), Error> {
    // A terminal that shows colours, and nobody who asked for none (NO_COLOR).
    if !console::Term::stdout().features().colors_supported() {
        return print(text, stdout);
    }
    let painted = text.split_inclusive('\n').map(|line| {
        let (line, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        let is_one_of = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
        let code = if is_one_of(&["OK", "+", "identical"]) {
            "32"
        } else if is_one_of(&["FAILED", "-", "DO NOT USE"]) {
            "31"
        } else if is_one_of(&["~"]) {
            "33"
        } else {
            return format!("{line}{end}");
        };
        format!("\u{1b}[{code}m{line}\u{1b}[0m{end}")
    });
    print(&painted.collect::<String>(), stdout)
}

/// What the parameter file and the flags give, and what is wrong with the file's
/// form.
pub(super) fn given(
    config: Option<&Path>,
    flags: &RawParameters,
) -> Result<(RawParameters, Vec<Diagnostic>), Error> {
    let config = match config {
        None => Config::default(),
        Some(path) => Config::parse(path, &read(path)?),
    };
    let raw = config.parameters.overridden_by(flags.clone());
    Ok((raw, config.faults))
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}

/// A count with its noun, and the verb that goes with them.
pub(super) fn counted(count: usize, noun: &str) -> (String, &'static str) {
    match count {
        1 => (format!("1 {noun}"), "is"),
        _ => (format!("{count} {noun}s"), "are"),
    }
}
