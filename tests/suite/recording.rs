//! The same calls, whatever the shell: what a recording `aws` receives from a
//! generated script is the plan's argument vectors.

use std::path::Path;
use std::sync::{Arc, Mutex};

use lexlogs::plan::Plan;
use lexlogs::spec::Request;

use crate::bridge::{Bridge, Reply};
use crate::support::{
    SHELLS, bundle, folder, path_with, random_request, shell, text, unpack, write_program,
};
use crate::wine::{Aws, Cmd};

/// How many random requests each POSIX shell runs.
const REQUESTS: usize = 500;

/// How many cmd.exe runs, which takes longer under Wine.
const REQUESTS_OF_CMD: usize = 40;

/// A folder name that no script may stumble over.
pub(crate) const HOSTILE_FOLDER: &str = "a b (c) & d! 'e' ^f größe";

/// What the AWS CLI must be asked, in order.
pub(crate) fn expected_calls(request: &Request) -> Vec<Vec<String>> {
    let plan = Plan::new(request.spec());
    let steps = plan.apply.iter().map(|step| &step.command);
    std::iter::once(&plan.identify)
        .chain(steps)
        .map(lexlogs::plan::Command::arguments)
        .collect()
}

/// The account of a request.
pub(crate) fn account(request: &Request) -> String {
    request.bundle_name().split('-').nth(3).unwrap().to_owned()
}

/// An `aws` that writes down its arguments, says it is of the account that a
/// file beside it names, and does nothing else: no real one tells what it was
/// given.
pub(crate) struct RecordingAws {
    folder: tempfile::TempDir,
}

impl RecordingAws {
    pub(crate) fn new() -> Self {
        let folder = folder();
        let place = folder.path().display();
        let program = format!(
            "#!/bin/sh\nprintf '%s\\0' \"$#\" \"$@\" >>'{place}/calls'\ncase $1 in sts) cat '{place}/account' ;; esac\n"
        );
        write_program(&folder.path().join("aws"), &program);
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The account that it says it is of.
    pub(crate) fn say_account(&self, account: &str) {
        std::fs::write(self.folder.path().join("account"), format!("{account}\n")).unwrap();
    }

    /// Runs a shell in a folder, with this `aws`, without a fault; gives what
    /// was printed.
    pub(crate) fn run(&self, name: &[&str], arguments: &[&str], folder: &Path) -> String {
        let mut command = shell(name);
        command
            .args(arguments)
            .current_dir(folder)
            .env("PATH", path_with(self.path()));
        let output = command.output().unwrap();
        let (printed, said) = (text(&output.stdout), text(&output.stderr));
        assert!(
            output.status.success() && said.is_empty(),
            "{name:?} {arguments:?}: {printed}{said}"
        );
        printed.to_owned()
    }

    /// The calls since it was asked last.
    pub(crate) fn take_calls(&self) -> Vec<Vec<String>> {
        let calls = self.folder.path().join("calls");
        let recorded = std::fs::read_to_string(&calls).unwrap_or_default();
        std::fs::write(&calls, "").unwrap();
        let mut words = recorded.split_terminator('\0').map(str::to_owned);
        let mut list = Vec::new();
        while let Some(count) = words.next() {
            list.push(words.by_ref().take(count.parse().unwrap()).collect());
        }
        list
    }
}

fn the_calls_are_the_plans(name: &[&str]) {
    let aws = RecordingAws::new();
    let place = folder();
    let folder = place.path().join(HOSTILE_FOLDER);
    let mut random = fastrand::Rng::with_seed(2026);
    for round in 0..REQUESTS {
        let request = random_request(&mut random);
        std::fs::create_dir(&folder).unwrap();
        unpack(&bundle(&request), &folder);
        aws.say_account(&account(&request));
        // From elsewhere: the script must find its own folder.
        let script = folder.join("apply.sh");
        aws.run(name, &[script.to_str().unwrap()], place.path());
        assert_eq!(
            aws.take_calls(),
            expected_calls(&request),
            "{name:?}, round {round}"
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
    println!("{name:?}: {REQUESTS} random requests");
}

macro_rules! shells {
    ($($test:ident: $index:literal,)*) => {
        $(
            #[test]
            #[ignore = "needs the real shells: run tests/run"]
            fn $test() {
                the_calls_are_the_plans(SHELLS[$index]);
            }
        )*
    };
}

shells! {
    the_calls_of_bash_are_the_plans: 0,
    the_calls_of_dash_are_the_plans: 1,
    the_calls_of_busybox_are_the_plans: 2,
    the_calls_of_ksh_are_the_plans: 3,
    the_calls_of_zsh_are_the_plans: 4,
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn the_calls_of_cmd_are_the_plans() {
    let place = folder();
    let folder = place.path().join(HOSTILE_FOLDER);
    let mut random = fastrand::Rng::with_seed(2027);
    for round in 0..REQUESTS_OF_CMD {
        let request = random_request(&mut random);
        std::fs::create_dir(&folder).unwrap();
        unpack(&bundle(&request), &folder);
        for form in [Aws::Exe, Aws::Batch] {
            let calls = Arc::new(Mutex::new(Vec::new()));
            let (seen, account) = (Arc::clone(&calls), account(&request));
            let bridge = Bridge::start(move |call| {
                seen.lock().unwrap().push(call.argv.clone());
                let stdout = if call.argv[0] == "sts" {
                    format!("{account}\r\n")
                } else {
                    String::new()
                };
                Reply {
                    stdout: stdout.into_bytes(),
                    stderr: Vec::new(),
                    code: 0,
                }
            });
            let output = Cmd::new(&folder, "apply.cmd")
                .aws(form, Some(&bridge))
                .run();
            assert_eq!(
                (output.code, output.stderr.as_str()),
                (0, ""),
                "{form:?}, round {round}"
            );
            assert_eq!(
                output.left_in_temp,
                Vec::<String>::new(),
                "{form:?}, round {round}"
            );
            assert_eq!(
                *calls.lock().unwrap(),
                expected_calls(&request),
                "{form:?}, round {round}"
            );
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
    println!("cmd: {REQUESTS_OF_CMD} random requests, each with aws.exe and aws.cmd");
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_dry_run_calls_nothing_and_prints_what_can_be_typed() {
    let aws = RecordingAws::new();
    let place = folder();
    let mut random = fastrand::Rng::with_seed(4);
    for round in 0..20 {
        let request = random_request(&mut random);
        unpack(&bundle(&request), place.path());
        for name in SHELLS {
            aws.say_account(&account(&request));
            let script = |arguments: &[&str]| aws.run(name, arguments, place.path());
            let printed = script(&["apply.sh", "--dry-run"]);
            assert_eq!(aws.take_calls(), Vec::<Vec<String>>::new(), "{name:?}");
            // The indented lines, typed into the shell, are the calls.
            let typed: String = printed
                .lines()
                .filter(|line| line.starts_with("    "))
                .map(|line| format!("{line}\n"))
                .collect();
            script(&["-c", &typed]);
            assert_eq!(
                aws.take_calls(),
                expected_calls(&request),
                "{name:?}, round {round}\n{printed}"
            );
            let real = script(&["apply.sh"]);
            assert_eq!(aws.take_calls(), expected_calls(&request));
            let (dry, wet) = (
                printed.trim_end().rsplit_once("\n\n").unwrap(),
                real.trim_end().rsplit_once("\n\n").unwrap(),
            );
            assert_eq!(dry.0, wet.0, "{name:?}: the transcript is the same");
        }
    }
}
