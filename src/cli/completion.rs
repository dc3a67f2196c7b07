//! What a shell completes. The script that it loads asks this program, by a
//! variable of the environment, so that what it offers is what this version
//! takes.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter,
};
use clap_complete::env::{CompleteEnv, Shells};

use crate::parameters::Parameter;

/// The variable by which a shell's script asks.
const VARIABLE: &str = "LEXLOGS_COMPLETE";

/// The program, as a script calls it.
const PROGRAM: &str = "lexlogs";

/// Those that there are scripts for.
const SHELLS: Shells<'_> = Shells::builtins();

/// Their names.
pub(super) fn shells() -> Vec<&'static str> {
    SHELLS.names().collect()
}

/// The script that a shell loads; none for a shell that is not among them.
pub(crate) fn script(shell: &str) -> std::io::Result<Option<String>> {
    let mut script = Vec::new();
    let Some(shell) = SHELLS.completer(shell) else {
        return Ok(None);
    };
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    Ok(Some(
        String::from_utf8_lossy(&script).trim().to_owned() + "\n",
    ))
}

/// Answers a shell, if it is one that asks: what it may go on with is printed.
/// Whether it was one.
pub(crate) fn answer(arguments: impl IntoIterator<Item = OsString>) -> Result<bool, clap::Error> {
    // Nearly always nobody asks.
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(false);
    }
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(super::command)
        .var(VARIABLE)
        .try_complete(arguments, folder.as_deref())
}

/// The values of a parameter that are known.
pub(super) fn values(parameter: &'static Parameter) -> ArgValueCandidates {
    ArgValueCandidates::new(move || {
        let form = (parameter.form)();
        let values = form.only.into_iter().chain(form.known);
        values.map(CompletionCandidate::new).collect()
    })
}

/// Words that are put together when they are asked for.
pub(super) fn words(words: impl Fn() -> Vec<String> + Send + Sync + 'static) -> ArgValueCandidates {
    ArgValueCandidates::new(move || words().into_iter().map(CompletionCandidate::new).collect())
}

/// Files that end so.
pub(super) fn files(endings: &'static [&'static str]) -> ArgValueCompleter {
    let is_one = |path: &Path| {
        let ending = path.extension().and_then(OsStr::to_str);
        ending.is_some_and(|ending| endings.iter().any(|end| ending.eq_ignore_ascii_case(end)))
    };
    // Folders are offered besides, to go on from.
    ArgValueCompleter::new(PathCompleter::any().filter(move |path| path.is_file() && is_one(path)))
}
