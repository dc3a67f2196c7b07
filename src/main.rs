//! The program: its exit code and its last words.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A shell that completes a command line asks what may come next.
    match lexlogs::cli::completion::answer(std::env::args_os()) {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        Err(error) => error.exit(),
    }
    let invocation = match lexlogs::cli::parse(std::env::args_os()) {
        Ok(invocation) => invocation,
        Err(error) => error.exit(),
    };
    // A fleet's threads draw their progress: none of them may wait for a lock that this one has.
    let (mut stdout, mut stderr) = (std::io::stdout().lock(), std::io::stderr());
    match lexlogs::commands::run(&invocation, &mut stdout, &mut stderr) {
        Ok(ended) => ExitCode::from(ended.exit_code()),
        Err(error) => {
            // A terminal that shows colours, and nobody who asked for none (NO_COLOR).
            let is_coloured = console::Term::stderr().features().colors_supported();
            let told = if is_coloured {
                format!("lexlogs: {error:#}\n")
            } else {
                format!("lexlogs: {error}\n")
            };
            // In one piece; and where nobody listens, the exit code still tells.
            let _ = stderr.write_all(told.as_bytes());
            ExitCode::from(error.exit_code())
        }
    }
}
