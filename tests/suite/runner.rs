//! One way to run a generated script, whatever its shell.

use std::path::Path;

use crate::bridge::{Bridge, run_program};
use crate::support::{SHELLS, only_programs, path_with, shell, text, without_aws_settings};
use crate::wine::{Aws, Cmd};

/// What runs a script.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Runner {
    /// A POSIX shell, by its place in [`SHELLS`].
    Shell(usize),
    /// cmd.exe under Wine; `aws` is an `aws.exe`.
    CmdExe,
    /// cmd.exe under Wine; `aws` is a batch file, as pip installs it.
    CmdBatch,
}

/// Everything that runs scripts.
pub(crate) const RUNNERS: [Runner; 7] = [
    Runner::Shell(0),
    Runner::Shell(1),
    Runner::Shell(2),
    Runner::Shell(3),
    Runner::Shell(4),
    Runner::CmdExe,
    Runner::CmdBatch,
];

/// How a script ended and what it printed, lines ended by LF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// With the differences between the shells that are meant taken out: the
    /// continuation character, the quotes around a backquote, the code of a program that was
    /// killed, and the script's name.
    pub(crate) fn in_one_form(self) -> Self {
        let one_form = |text: &str| {
            // What holds a backquote stands in single quotes in a POSIX shell.
            text.replace(" ^\n", " \\\n")
                .replace(r"'\''", "'")
                .replace("--query '", "--query \"")
                .replace("[@]'\n", "[@]\"\n")
                .replace("exit code -1073741510", "exit code 137")
                .replace("sh apply.sh", "apply")
                .replace("apply.cmd", "apply")
        };
        Self {
            code: self.code,
            stdout: one_form(&self.stdout),
            stderr: one_form(&self.stderr),
        }
    }
}

impl Runner {
    /// Runs the script `name` (without its ending) in its folder, with the
    /// `aws` that is in the folder `aws`; if there is none, there is no AWS CLI.
    pub(crate) fn run(
        self,
        folder: &Path,
        name: &str,
        arguments: &[&str],
        aws: &Path,
        settings: &[(String, String)],
    ) -> Outcome {
        if std::env::var_os("T2_NOCMD").is_some() && !matches!(self, Self::Shell(_)) {
            return Self::Shell(0).run(folder, name, arguments, aws, settings);
        }
        match self {
            Self::Shell(index) => {
                let mut command = shell(SHELLS[index]);
                command
                    .arg(format!("{name}.sh"))
                    .args(arguments)
                    .current_dir(folder)
                    .envs(settings.iter().cloned());
                // Made only for those that need it: it takes as long as a short script.
                let programs;
                if aws.join("aws").exists() {
                    command.env("PATH", path_with(aws));
                } else {
                    programs = only_programs(&[
                        "bash",
                        "dash",
                        "busybox",
                        "ksh",
                        "zsh",
                        "sed",
                        "cat",
                        "mktemp",
                        "rm",
                    "diff",
                    "grep",
                    "date",
                        "tr",
                        "sha256sum",
                    ]);
                    command.env("PATH", programs.path());
                }
                finish(&mut command)
            }
            Self::CmdExe => cmd(Aws::Exe, folder, name, arguments, aws, settings),
            Self::CmdBatch => cmd(Aws::Batch, folder, name, arguments, aws, settings),
        }
    }
}

fn cmd(
    form: Aws,
    folder: &Path,
    name: &str,
    arguments: &[&str],
    aws: &Path,
    settings: &[(String, String)],
) -> Outcome {
    let program = aws.join("aws");
    let script = format!("{name}.cmd");
    let command = Cmd::new(folder, &script).args(arguments);
    let output = if program.exists() {
        let settings = [&without_aws_settings(), settings].concat();
        let bridge = Bridge::start(move |call| run_program(&program, &settings, call).with_crlf());
        command.aws(form, Some(&bridge)).run()
    } else {
        command.aws(Aws::Absent, None).run()
    };
    let lines = |text: &str| text.replace("\r\n", "\n");
    Outcome {
        code: output.code,
        stdout: lines(&output.stdout),
        stderr: lines(&output.stderr),
    }
}

/// Runs a text by bash, which must succeed.
pub(crate) fn bash(
    script: &str,
    folder: &Path,
    aws: &Path,
    settings: &[(String, String)],
) -> Outcome {
    let mut command = shell(&["bash"]);
    command
        .args(["-c", script])
        .current_dir(folder)
        .envs(settings.iter().cloned())
        .env("PATH", path_with(aws));
    let outcome = finish(&mut command);
    assert_eq!(outcome.code, 0, "{script}: {outcome:?}");
    outcome
}

fn finish(command: &mut std::process::Command) -> Outcome {
    let output = command.output().unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        stdout: text(&output.stdout).to_owned(),
        stderr: text(&output.stderr).to_owned(),
    }
}
