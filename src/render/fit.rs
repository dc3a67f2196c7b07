//! Whether the files are fit for their places when custom templates made
//! them: the built-in ones are tested to be.

use super::{PAGE, RUNBOOK, RenderError, SCRIPTS, SCRIPTS_OF_BOT};
use crate::digest::File;
use crate::limits::{MAX_BYTES, MAX_FILE};
use crate::shell::Shell;

/// The longest line of a batch file, in bytes: cmd.exe reads 8,191 characters,
/// and variables in it take more.
const MAX_LINE: usize = 8000;

/// Checks the files of a bundle.
pub(super) fn check(files: &[File]) -> Result<(), RenderError> {
    let mut bytes = 0;
    for file in files {
        let wrong = |fault: String| {
            Err(RenderError::File {
                template: template_of(file.name),
                fault,
            })
        };
        bytes += file.text.len();
        if file.text.len() > MAX_FILE || bytes > MAX_BYTES {
            return wrong(format!(
                "has {} bytes, which no reader of bundles takes: {MAX_FILE} is the most",
                file.text.len()
            ));
        }
        let is_cmd = Shell::of_script(file.name) == Some(Shell::Cmd);
        for (index, line) in file.text.split('\n').enumerate() {
            let line = if is_cmd {
                line.strip_suffix('\r').unwrap_or(line)
            } else {
                line
            };
            let unfit = line
                .chars()
                .find(|c| (c.is_control() && *c != '\t') || (is_cmd && !c.is_ascii()));
            if let Some(c) = unfit {
                return wrong(format!(
                    "has `{}` in line {}, which not every program reads the same way",
                    c.escape_debug(),
                    index + 1
                ));
            }
            if is_cmd && line.len() > MAX_LINE {
                return wrong(format!(
                    "has {} characters in line {}; cmd.exe takes at most {MAX_LINE}",
                    line.len(),
                    index + 1
                ));
            }
        }
    }
    Ok(())
}

/// The template of a file.
fn template_of(name: &str) -> String {
    let mut scripts = SCRIPTS.iter().chain(&SCRIPTS_OF_BOT);
    let script = scripts.find(|(script, _)| *script == name);
    match script {
        Some((_, template)) => (*template).to_owned(),
        None if name == RUNBOOK => "docs/README.md".to_owned(),
        None if name == PAGE => "html/README.html".to_owned(),
        None => format!("policies/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(name: &'static str, text: String) -> Option<String> {
        match check(&[File::new(name, text)]) {
            Err(RenderError::File { template, fault }) => Some(format!("{template} {fault}")),
            _ => None,
        }
    }

    #[test]
    fn what_cannot_be_read_alike_everywhere_is_found_with_its_line() {
        for (name, text, told) in [
            (
                "undo.cmd",
                "rem a\r\nrem \u{f6}\r\n",
                "cmd/undo.cmd has `ö` in line 2, which not every program reads the same way",
            ),
            (
                "undo.cmd",
                "rem a\rb\r\n",
                "cmd/undo.cmd has `\\r` in line 1, which not every program reads the same way",
            ),
            (
                "undo.sh",
                "# a\r\n",
                "bash/undo.sh has `\\r` in line 1, which not every program reads the same way",
            ),
            (
                "README.md",
                "a\n\u{1b}[2J",
                "docs/README.md has `\\u{1b}` in line 2, which not every program reads the same way",
            ),
        ] {
            assert_eq!(fault(name, text.into()).as_deref(), Some(told));
        }
        assert_eq!(fault("undo.cmd", "rem a\tb\r\n".into()), None);
        assert_eq!(fault("undo.sh", "# ö\n".into()), None);
        assert_eq!(fault("undo.cmd", "x".repeat(MAX_LINE) + "\r\n"), None);
        assert!(fault("undo.cmd", "x".repeat(MAX_LINE + 1)).is_some());
        assert_eq!(fault("undo.sh", "x".repeat(MAX_FILE)), None);
        assert!(fault("undo.sh", "x".repeat(MAX_FILE + 1)).is_some());
    }
}
