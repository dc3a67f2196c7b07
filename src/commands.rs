//! The commands: the pipeline from the command line to the report.

mod cloudformation;
mod diff;
mod docs;
mod error;
mod fleet;
mod init;
mod inspect;
mod lint;
mod make;
mod progress;
mod receipt;
mod status;
mod templates;
mod verify;

use std::io::{self, Write};
use std::process::ExitCode;

use crate::bundle::Bundle;
use crate::cli::{self, Invocation, completion};
use error::Error;
use status::{Status, print};

/// The program: what the command line asks for, its exit code and its last words.
pub fn main() -> ExitCode {
    // A shell that completes a command line asks what may come next.
    match cli::completion::answer(std::env::args_os()) {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        Err(error) => error.exit(),
    }
    let invocation = match cli::parse(std::env::args_os()) {
        Ok(invocation) => invocation,
        Err(error) => error.exit(),
    };
    // A fleet's threads draw their progress: none of them may wait for a lock that this one has.
    let (mut stdout, mut stderr) = (io::stdout().lock(), io::stderr());
    match run(&invocation, &mut stdout, &mut stderr) {
        Ok(ended) => ExitCode::from(ended.exit_code()),
        Err(error) => {
            let told = error.draw(status::is_coloured(&console::Term::stderr())) + "\n";
            // In one piece; and where nobody listens, the exit code still tells.
            let _ = stderr.write_all(told.as_bytes());
            ExitCode::from(error.exit_code())
        }
    }
}

/// Does what the command line asks for: the result goes to `stdout`, what is
/// said beside it to `stderr`.
fn run(
    invocation: &Invocation,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    match invocation {
        Invocation::Bundle(asked) => {
            let write = |bundle: &Bundle| make::write_zip(bundle, asked);
            make::one(&asked.one, &write, stdout, stderr)
        }
        Invocation::Render(asked) => {
            let write = |bundle: &Bundle| make::write_folder(bundle, asked);
            make::one(&asked.one, &write, stdout, stderr)
        }
        Invocation::CloudFormation(asked) => cloudformation::run(asked, stdout, stderr),
        Invocation::Fleet(arguments) => fleet::run(arguments, stdout, stderr),
        Invocation::Docs(asked) => docs::run(&asked.asked, stdout, stderr),
        Invocation::Receipt(arguments) => receipt::run(arguments, stdout),
        Invocation::Verify(arguments) => verify::run(arguments, stdout, stderr),
        Invocation::Inspect(arguments) => inspect::run(arguments, stdout),
        Invocation::Diff(arguments) => diff::run(arguments, stdout, stderr),
        Invocation::Lint(asked) => lint::run(asked, stdout),
        Invocation::Templates(asked) => templates::run(&asked.asked, stdout, stderr),
        Invocation::Init(asked) => init::run(&asked.file, stdout, stderr),
        Invocation::Schema(asked) => printed(Ok(asked.file.schema()?), stdout),
        Invocation::Completions(asked) => printed(
            completion::script(&asked.shell).map(Option::unwrap_or_default),
            stdout,
        ),
        Invocation::Man(asked) => printed(crate::cli::man_page(asked.command.as_deref()), stdout),
    }
}

/// Prints a text that the command line alone decides, if it could be made.
fn printed(text: io::Result<String>, stdout: &mut dyn Write) -> Result<Status, Error> {
    let text = text.map_err(|source| Error::Print { path: None, source })?;
    print(&text, stdout).map(|()| Status::Ok)
}
