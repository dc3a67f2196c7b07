//! An unpacked bundle, what runs its scripts, and the account that they change.

use std::fs;
use std::path::{Path, PathBuf};

use lexlogs::request::Request;
use serde_json::Value;

use crate::apply::unpacked;
use crate::bridge::{Bridge, run_program};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, Runner};
use crate::support::{folder, names, without_aws_settings, write_program};
use crate::wine::{Aws, Cmd};

#[derive(Debug)]
pub(crate) struct Site {
    _place: tempfile::TempDir,
    pub(crate) folder: PathBuf,
    pub(crate) runner: Runner,
    pub(crate) cli: Cli,
    /// A folder with an `aws` for each CLI, and what makes it talk to the account's server.
    programs: [PathBuf; 2],
    settings: Vec<(String, String)>,
}

impl Site {
    pub(crate) fn new(iam: &Iam, request: &Request, runner: Runner, cli: Cli) -> Self {
        let place = folder();
        Self {
            folder: unpacked(request, place.path()),
            _place: place,
            runner,
            cli,
            programs: CLIS.map(|cli| iam.aws(cli)),
            settings: iam.settings(),
        }
    }

    pub(crate) fn run(&self, script: &str, arguments: &[&str]) -> Outcome {
        let aws = &self.programs[self.cli as usize];
        self.runner
            .run(&self.folder, script, arguments, aws, &self.settings)
    }

    /// Runs a script with another program named `aws`, which may call that of the CLI.
    pub(crate) fn run_with(&self, script: &str, arguments: &[&str], aws: &Path) -> Outcome {
        if let Runner::Shell(_) = self.runner {
            return self
                .runner
                .run(&self.folder, script, arguments, aws, &self.settings);
        }
        self.with_bridge(|bridge| {
            let command =
                Cmd::new(&self.folder, &format!("{script}.cmd")).aws(Aws::Exe, Some(bridge));
            command.args(arguments).extra_path(aws).run().into()
        })
    }

    /// Calls of cmd.exe reach the real AWS CLI meanwhile.
    pub(crate) fn with_bridge<T>(&self, run: impl FnOnce(&Bridge) -> T) -> T {
        let program = self.programs[self.cli as usize].join("aws");
        let settings = [&without_aws_settings(), &self.settings[..]].concat();
        run(&Bridge::start(move |call| {
            run_program(&program, &settings, call).with_crlf()
        }))
    }

    /// A folder with an `aws` for POSIX shells, in whose text `CALL` calls that of the CLI.
    pub(crate) fn wrapped(&self, script: &str) -> tempfile::TempDir {
        let settings = [&without_aws_settings(), &self.settings[..]].concat();
        let settings = settings
            .iter()
            .map(|(name, value)| format!("{name}='{value}' "));
        let aws = self.programs[self.cli as usize].join("aws");
        let call = format!(
            "env {}'{}' \"$@\"",
            settings.collect::<String>(),
            aws.display()
        );
        let programs = folder();
        let text = format!("#!/bin/sh\n{}\n", script.replace("CALL", &call));
        write_program(&programs.path().join("aws"), &text);
        programs
    }

    /// Runs a script that must succeed and print no error.
    pub(crate) fn done(&self, script: &str, arguments: &[&str]) -> Outcome {
        let outcome = self.run(script, arguments);
        assert!(
            outcome.is_done(),
            "{self:?}, {script} {arguments:?}: {outcome:?}"
        );
        outcome
    }

    /// The same with commands that somebody types.
    pub(crate) fn typed(&self, commands: &str) -> Outcome {
        let aws = &self.programs[self.cli as usize];
        let outcome = self
            .runner
            .typed(&self.folder, commands, aws, &self.settings);
        assert!(outcome.is_done(), "{self:?}, {commands}: {outcome:?}");
        outcome
    }

    /// Runs a script that must stop with that exit code and these words before any change.
    pub(crate) fn refused(
        &self,
        iam: &mut Iam,
        run: (&str, &[&str]),
        code: i32,
        words: &str,
    ) -> Outcome {
        let before = iam.ask("state");
        let outcome = self.run(run.0, run.1);
        let case = format!("{self:?}, {run:?}, {words}: {outcome:?}");
        assert_eq!(outcome.code, code, "{case}");
        assert!(
            outcome.stdout.contains(words) || outcome.stderr.contains(words),
            "{case}"
        );
        assert!(outcome.stderr.ends_with("Nothing was changed.\n"), "{case}");
        assert_eq!(iam.ask("state"), before, "{case}");
        outcome
    }

    pub(crate) fn receipt(&self) -> String {
        fs::read_to_string(self.folder.join("receipt.txt")).unwrap_or_default()
    }

    pub(crate) fn write_receipt(&self, text: &str) {
        fs::write(self.folder.join("receipt.txt"), text).unwrap();
    }

    /// A JSON file in its folder.
    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.folder.join(name)).unwrap()).unwrap()
    }

    /// The files that `enable` and `disable` left, except the receipt.
    pub(crate) fn left(&self) -> Vec<String> {
        let mut names = names(&self.folder);
        names.retain(|name| name.starts_with("alias-") || name.starts_with("earlier-"));
        names
    }
}
