//! What the commands share: how they end, what they read and print.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use serde::Serialize;

use super::error::Error;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::parameters::RawParameters;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    Different,
}

impl Status {
    pub(super) fn of_check(is_good: bool) -> Self {
        if is_good { Self::Ok } else { Self::Different }
    }

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

/// What is said beside the result may go unheard; the exit code counts.
pub(super) fn say(stderr: &mut dyn Write, text: &str) {
    let _ = stderr.write_all(text.as_bytes());
}

/// Prints what a check found, as JSON or in words.
pub(super) fn print_found(
    found: &(impl Serialize + Display),
    is_json: bool,
    stdout: &mut dyn Write,
) -> Result<(), Error> {
    if is_json {
        print(&crate::json::to_text(found)?, stdout)
    } else {
        print_coloured(&found.to_string(), stdout)
    }
}

/// Prints a result whose lines may begin with a verdict or with the sign of a difference: green and red on a terminal.
pub(super) fn print_coloured(text: &str, stdout: &mut dyn Write) -> Result<(), Error> {
    if !is_coloured(&console::Term::stdout()) {
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

/// The parameter file that is read where neither a file nor a flag is set.
const CONFIG: &str = "lexlogs.toml";

/// What the parameter file and the flags give, and what is wrong with the file's
/// form.
pub(super) fn given(
    config: Option<&Path>,
    flags: &RawParameters,
) -> Result<(RawParameters, Vec<Diagnostic>), Error> {
    let is_there = Path::new(CONFIG).is_file();
    match config {
        None if flags.is_empty() && is_there => {
            say(&mut io::stderr(), &format!("using {CONFIG}\n"));
            shared(Some(Path::new(CONFIG)), flags)
        }
        None if flags.is_empty() => {
            let what =
                format!("no parameters: no file or flag is set, and {CONFIG} does not exist");
            let help =
                "create it with `lexlogs init`, or pass a file or flags: `lexlogs help bundle`";
            Err(Diagnostic::of_form(None, None, what)
                .with_help(help.to_owned())
                .into())
        }
        // Flags alone do not mean that file: it would be merged without a word.
        None if is_there => Ok((flags.clone().beside(CONFIG), Vec::new())),
        config => shared(config, flags),
    }
}

/// The same where a file must be named.
pub(super) fn shared(
    config: Option<&Path>,
    flags: &RawParameters,
) -> Result<(RawParameters, Vec<Diagnostic>), Error> {
    let config = match config {
        None => Config::default(),
        Some(path) => parsed(path, &[])?,
    };
    let raw = config.parameters.overridden_by(flags.clone());
    Ok((raw, config.faults))
}

/// A parameter file. By the standard input (`-`) it is JSON if it begins as an object does, and TOML otherwise.
pub(super) fn parsed(path: &Path, others: &'static [&'static str]) -> Result<Config, Error> {
    let bytes = read(path)?;
    Ok(if path == Path::new("-") {
        let is_json = bytes.trim_ascii_start().starts_with(b"{");
        let name = if is_json { "stdin.json" } else { "stdin.toml" };
        Config::parse_with(Path::new(name), &bytes, others)
    } else {
        Config::parse_with(path, &bytes, others)
    })
}

/// A file; `-` is the standard input.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = match path.to_str() {
        Some("-") => io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes),
        _ => fs::read(path),
    };
    read.map_err(Error::reading(path))
}

/// Whether a terminal shows colours, and nobody asked for none (`NO_COLOR`).
pub(super) fn is_coloured(terminal: &console::Term) -> bool {
    terminal.features().colors_supported()
}

/// The verb that goes with a count.
pub(super) fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
