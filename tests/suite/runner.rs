//! One way to run a generated script, whatever its shell.

use std::path::Path;

use lexlogs::request::Request;

use crate::bridge::{Bridge, run_program};
use crate::support::{
    SHELLS, bundle, file, folder, full, of_v2, only_programs, path_with, shell, text, unpack,
    without_aws_settings, write_program,
};
use crate::wine::{Aws, Cmd};

/// What runs a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Those of an ordinary run: each shell once. The other form of `aws` runs in the tests that name it, and everywhere in a full
/// run.
pub(crate) fn shells() -> &'static [Runner] {
    if full() { &RUNNERS } else { &RUNNERS[..6] }
}

/// Bash, cmd.exe, and of the other shells the one whose turn it is; all in a full run. For what a script does beside its main
/// line, which every shell runs.
pub(crate) fn some_shells(turn: usize) -> Vec<Runner> {
    if full() {
        return RUNNERS.to_vec();
    }
    vec![RUNNERS[0], Runner::Shell(1 + turn % 4), Runner::CmdExe]
}

/// How a script ended and what it printed, lines ended by LF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<crate::wine::Output> for Outcome {
    fn from(output: crate::wine::Output) -> Self {
        let lines = |text: String| text.replace("\r\n", "\n");
        Self {
            code: output.code,
            stdout: lines(output.stdout),
            stderr: lines(output.stderr),
        }
    }
}

impl Outcome {
    /// Whether it succeeded and printed no error.
    pub(crate) fn is_done(&self) -> bool {
        self.code == 0 && self.stderr.is_empty()
    }

    /// Without the intended differences between the shells: the continuation character, the exit code of a program that was
    /// killed, and the names of the scripts.
    pub(crate) fn in_one_form(self) -> Self {
        let one_form = |text: &str| {
            text.replace(" ^\n", " \\\n")
                .replace("exit code -1073741510", "exit code 137")
                .replace("usage: sh ", "usage: ")
                .replace(".cmd", ".sh")
                .replace("set TEMP.", "set TMPDIR.")
        };
        Self {
            code: self.code,
            stdout: one_form(&self.stdout),
            stderr: one_form(&self.stderr),
        }
    }
}

/// The programs of the system that the scripts of POSIX shells need, and those shells.
pub(crate) const PROGRAMS: [&str; 14] = [
    "bash",
    "dash",
    "busybox",
    "ksh",
    "zsh",
    "cat",
    "date",
    "diff",
    "grep",
    "mktemp",
    "rm",
    "sed",
    "sha256sum",
    "tr",
];

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
        match self {
            Self::Shell(index) => posix(SHELLS[index], folder, name, arguments, aws, settings),
            Self::CmdExe => cmd(Aws::Exe, folder, name, arguments, aws, settings),
            Self::CmdBatch => cmd(Aws::Batch, folder, name, arguments, aws, settings),
        }
    }
}

impl Runner {
    /// Runs commands as somebody types them.
    pub(crate) fn typed(
        self,
        folder: &Path,
        commands: &str,
        aws: &Path,
        settings: &[(String, String)],
    ) -> Outcome {
        let (name, text) = if let Self::Shell(_) = self {
            ("typed.sh", format!("set -e\n{commands}"))
        } else {
            // To a batch file, `aws.cmd` is another one.
            let text = format!("@echo off\n{commands}exit /b %errorlevel%\n");
            (
                "typed.cmd",
                text.replace("\naws ", "\ncall aws ").replace('\n', "\r\n"),
            )
        };
        std::fs::write(folder.join(name), text).unwrap();
        self.run(folder, "typed", &[], aws, settings)
    }

    /// The blocks of commands in a section of a request's runbook.
    pub(crate) fn blocks(self, request: &Request, section: &str) -> Vec<String> {
        let bundle = bundle(request);
        let (_, text) = file(&bundle, "README.md")
            .split_once(&format!("\n## {section}\n"))
            .unwrap();
        let text = text.split("\n## ").next().unwrap();
        let fence = if let Self::Shell(_) = self {
            "```sh\n"
        } else {
            "```bat\n"
        };
        let blocks = text.split(fence).skip(1);
        blocks
            .map(|block| block.split_once("```").unwrap().0.to_owned())
            .collect()
    }
}

/// Runs a script in a POSIX shell: its command, with options. A `PATH` among the settings is the whole `PATH`.
pub(crate) fn posix(
    name_of_shell: &[&str],
    folder: &Path,
    name: &str,
    arguments: &[&str],
    aws: &Path,
    settings: &[(String, String)],
) -> Outcome {
    let mut command = shell(name_of_shell);
    // Created only where no `aws` is in the folder: it takes as long as a short script.
    let programs;
    if aws.join("aws").exists() {
        command.env("PATH", path_with(aws));
    } else {
        programs = only_programs(&PROGRAMS);
        command.env("PATH", programs.path());
    }
    let script = format!("{name}.sh");
    command.arg(script).args(arguments).current_dir(folder);
    finish(command.envs(settings.iter().cloned()))
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
    output.into()
}

/// An `aws` that answers from files, for what no server answers. It records each call with the variables that guide it.
pub(crate) struct Answers(tempfile::TempDir);

/// The error of the AWS CLI for what does not exist.
const ABSENT: &str = "An error occurred (NoSuchEntity) when calling it";

impl Answers {
    /// Answers as an empty account.
    pub(crate) fn new() -> Self {
        let folder = folder();
        let program = format!(
            "#!/bin/sh\ncd '{}' || exit 253\nkey=$2\n\
             case $* in *Role.AssumeRolePolicyDocument*) key=trust ;; esac\n\
             printf '%s\\n' \"$AWS_REGION $AWS_DEFAULT_REGION [$AWS_PAGER] $*\" >>calls\n\
             if [ -f $key.err ]; then cat $key.err >&2; exit 254; fi\n\
             [ ! -f $key.out ] || cat $key.out\n",
            folder.path().display()
        );
        write_program(&folder.path().join("aws"), &program);
        let answers = Self(folder);
        answers.answer(
            "get-caller-identity",
            "111122223333\tarn:aws:iam::111122223333:user/admin",
        );
        answers.refuse("get-role", ABSENT);
        answers.refuse("get-policy", ABSENT);
        answers
    }

    /// What it answers to an operation; `trust` is the query of a role's document.
    pub(crate) fn answer(&self, operation: &str, text: &str) {
        drop(std::fs::remove_file(
            self.0.path().join(format!("{operation}.err")),
        ));
        std::fs::write(
            self.0.path().join(format!("{operation}.out")),
            format!("{text}\n"),
        )
        .unwrap();
    }

    /// The error with which it refuses an operation.
    pub(crate) fn refuse(&self, operation: &str, error: &str) {
        std::fs::write(
            self.0.path().join(format!("{operation}.err")),
            format!("{error}\n"),
        )
        .unwrap();
    }

    /// Answers as an account with what the bundle of [`small_bundle`] creates, in that folder.
    pub(crate) fn in_place(&self, bundle: &Path) {
        let document = |name: &str| {
            let file = bundle.join(format!("LexConversationLogs{name}.json"));
            std::fs::read_to_string(file).unwrap().trim_end().to_owned()
        };
        let arn = "arn:aws:iam::111122223333";
        self.answer(
            "get-role",
            &format!("{arn}:role/LexConversationLogsRole\tNone"),
        );
        self.answer("trust", &document("AssumeRolePolicyDocument"));
        self.answer("get-policy", "v1");
        self.answer("get-policy-version", &document("CloudWatchLogsPolicy"));
        self.answer(
            "list-attached-role-policies",
            &format!("{arn}:policy/LexConversationLogsCloudWatchLogsPolicy"),
        );
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The calls since the last question, a line each.
    pub(crate) fn take_calls(&self) -> Vec<String> {
        let path = self.0.path().join("calls");
        let calls = std::fs::read_to_string(&path).unwrap_or_default();
        drop(std::fs::remove_file(path));
        calls.lines().map(str::to_owned).collect()
    }

    /// The operations since the last question that change something.
    pub(crate) fn take_changes(&self) -> Vec<String> {
        let calls = self.take_calls();
        let operations = calls.iter().map(|call| call.split(' ').nth(4).unwrap());
        let reads = ["get-", "list-", "describe-", "wait"];
        operations
            .filter(|operation| !reads.iter().any(|read| operation.starts_with(read)))
            .map(str::to_owned)
            .collect()
    }
}

/// An unpacked bundle of text logs.
pub(crate) fn small_bundle() -> tempfile::TempDir {
    let folder = folder();
    let request = of_v2(&[("log-group-name", "x")]);
    unpack(&bundle(&request), folder.path());
    folder
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
