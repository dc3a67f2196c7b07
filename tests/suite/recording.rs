//! The same calls, whatever the shell: what a recording `aws` receives from a
//! generated script is the plan's argument vectors.

use std::path::Path;
use std::sync::{Arc, Mutex};

use lexlogs::plan::{Aspect, Look, Plan};
use lexlogs::spec::Request;

use crate::bridge::{Bridge, Reply};
use crate::iam::goes_nowhere;
use crate::support::{
    SHELLS, bundle, count, folder, path_with, random_request, shell, text, unpack, write_program,
};
use crate::wine::{Aws, Cmd};

/// How many random requests each POSIX shell runs: without `--full`, and with it.
const REQUESTS: (usize, usize) = (20, 100);

/// How many cmd.exe runs, which takes longer under Wine.
const REQUESTS_OF_CMD: (usize, usize) = (5, 20);

/// A folder name that no script may stumble over.
pub(crate) const HOSTILE_FOLDER: &str = "a b (c) & d! 'e' ^f größe";

/// What the AWS CLI must be asked, in order, where nothing is there but the role
/// that a request says is there.
pub(crate) fn expected_calls(request: &Request) -> Vec<Vec<String>> {
    let plan = Plan::new(request.spec());
    let mut calls = vec![&plan.identify];
    for look in plan.existing_role.iter().flat_map(|role| &role.looks) {
        calls.push(&look.command);
    }
    for step in &plan.apply {
        let asked = |look: &&Look| match look.aspect {
            Aspect::Path | Aspect::Version | Aspect::Name | Aspect::There | Aspect::Location => {
                true
            }
            Aspect::Attached => plan.existing_role.is_some(),
            _ => false,
        };
        calls.extend(step.looks.iter().filter(asked).map(|look| &look.command));
    }
    for step in &plan.apply {
        calls.push(&step.command);
        calls.extend(&step.wait);
    }
    calls.iter().map(|call| call.arguments()).collect()
}

/// What a dry run prints: every call that apply may make, but for those that
/// `--update` asks for.
fn every_call(request: &Request) -> Vec<Vec<String>> {
    let plan = Plan::new(request.spec());
    let looks = plan.existing_role.iter().flat_map(|role| &role.looks);
    let looks = looks.chain(plan.apply.iter().flat_map(|step| &step.looks));
    let steps = plan.apply.iter();
    let steps = steps.flat_map(|step| std::iter::once(&step.command).chain(&step.wait));
    let calls = std::iter::once(&plan.identify).chain(looks.map(|look| &look.command));
    calls
        .chain(steps)
        .map(|call| call.arguments("VERSION"))
        .collect()
}

/// What the AWS CLI says of what is not there.
const ABSENT: &str = "An error occurred (NoSuchEntity) when calling it";

/// The same of a bucket.
const NO_BUCKET: &str = "An error occurred (NoSuchBucket) when calling it";

/// What the AWS CLI says of a caller of that account.
fn identity(account: &str) -> String {
    format!("{account}\tarn:aws:iam::{account}:user/Somebody\n")
}

/// Whether a request says that its role is there.
fn has_role(request: &Request) -> bool {
    Plan::new(request.spec()).existing_role.is_some()
}

/// The account of a request.
pub(crate) fn account(request: &Request) -> String {
    request.bundle_name().split('-').nth(3).unwrap().to_owned()
}

/// An `aws` that writes down its arguments, says it is of the account that a
/// file beside it names, and that nothing is there but the role of a bot: no
/// real one tells what it was given.
pub(crate) struct RecordingAws {
    folder: tempfile::TempDir,
}

impl RecordingAws {
    pub(crate) fn new() -> Self {
        let folder = folder();
        let place = folder.path().display();
        let program = format!(
            "#!/bin/sh\n\
printf '%s\\0' \"$#\" \"$@\" >>'{place}/calls'\n\
case $1-$2 in\n\
sts-*) cat '{place}/account' ;;\n\
iam-get-role) [ -f '{place}/role' ] || {{ echo '{ABSENT}' >&2; exit 254; }} ;;\n\
iam-get-policy) echo '{ABSENT}' >&2; exit 254 ;;\n\
s3api-get-bucket-location) echo '{NO_BUCKET}' >&2; exit 254 ;;\n\
esac\n"
        );
        write_program(&folder.path().join("aws"), &program);
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The account that it says it is of.
    pub(crate) fn say_account(&self, account: &str) {
        std::fs::write(self.folder.path().join("account"), identity(account)).unwrap();
    }

    /// What it says to the scripts of a request.
    pub(crate) fn answer(&self, request: &Request) {
        self.say_account(&account(request));
        let role = self.folder.path().join("role");
        if has_role(request) {
            std::fs::write(role, "").unwrap();
        } else {
            drop(std::fs::remove_file(role));
        }
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

    /// Whether it was asked for that operation.
    pub(crate) fn has_call(&self, operation: &str) -> bool {
        let recorded = std::fs::read_to_string(self.folder.path().join("calls"));
        let recorded = recorded.unwrap_or_default();
        recorded.split('\0').any(|word| word == operation)
    }

    /// The calls since it was asked last.
    pub(crate) fn take_calls(&self) -> Vec<Vec<String>> {
        let calls = self.folder.path().join("calls");
        let recorded = std::fs::read_to_string(&calls).unwrap_or_default();
        std::fs::write(&calls, "").unwrap();
        let mut words = recorded.split_terminator('\0').map(str::to_owned);
        let mut list = Vec::new();
        while let Some(count) = words.next() {
            let call: Vec<String> = words.by_ref().take(count.parse().unwrap()).collect();
            if !goes_nowhere(&call) {
                list.push(call);
            }
        }
        list
    }
}

fn the_calls_are_the_plans(name: &[&str]) {
    let aws = RecordingAws::new();
    let place = folder();
    let folder = place.path().join(HOSTILE_FOLDER);
    let mut random = fastrand::Rng::with_seed(2026);
    let rounds = count(REQUESTS.0, REQUESTS.1);
    for round in 0..rounds {
        let request = random_request(&mut random);
        std::fs::create_dir(&folder).unwrap();
        unpack(&bundle(&request), &folder);
        aws.answer(&request);
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
    println!("{name:?}: {rounds} random requests");
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

/// What [`RecordingAws`] says, to cmd.exe.
pub(crate) fn answer(call: &[String], account: &str, has_role: bool) -> Reply {
    let reply = |stdout: String, stderr: &str, code| Reply {
        stdout: stdout.into_bytes(),
        stderr: stderr.as_bytes().to_owned(),
        code,
    };
    match (call[0].as_str(), call[1].as_str()) {
        ("sts", _) => reply(identity(account), "", 0),
        ("iam", "get-role") if has_role => reply(String::new(), "", 0),
        ("iam", "get-role" | "get-policy") => reply(String::new(), ABSENT, 254),
        ("s3api", "get-bucket-location") => reply(String::new(), NO_BUCKET, 254),
        _ => reply(String::new(), "", 0),
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn the_calls_of_cmd_are_the_plans() {
    let place = folder();
    let folder = place.path().join(HOSTILE_FOLDER);
    let mut random = fastrand::Rng::with_seed(2027);
    let rounds = count(REQUESTS_OF_CMD.0, REQUESTS_OF_CMD.1);
    for round in 0..rounds {
        let request = random_request(&mut random);
        std::fs::create_dir(&folder).unwrap();
        unpack(&bundle(&request), &folder);
        for form in [Aws::Exe, Aws::Batch] {
            let calls = Arc::new(Mutex::new(Vec::new()));
            let (seen, account) = (Arc::clone(&calls), account(&request));
            let has_role = has_role(&request);
            let bridge = Bridge::start(move |call| {
                if !goes_nowhere(&call.argv) {
                    seen.lock().unwrap().push(call.argv.clone());
                }
                answer(&call.argv, &account, has_role).with_crlf()
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
    println!("cmd: {rounds} random requests, each with aws.exe and aws.cmd");
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_dry_run_calls_nothing_and_prints_what_can_be_typed() {
    let aws = RecordingAws::new();
    let place = folder();
    let mut random = fastrand::Rng::with_seed(4);
    for round in 0..5 {
        let request = random_request(&mut random);
        unpack(&bundle(&request), place.path());
        for name in SHELLS {
            aws.answer(&request);
            let script = |arguments: &[&str]| aws.run(name, arguments, place.path());
            let printed = script(&["apply.sh", "--dry-run"]);
            assert_eq!(aws.take_calls(), Vec::<Vec<String>>::new(), "{name:?}");
            // The indented lines, typed into the shell, are the calls.
            let typed: String = printed
                .lines()
                .filter(|line| line.starts_with("    "))
                .map(|line| format!("{line}\n"))
                .collect();
            for line in typed.replace(" \\\n", " ").lines() {
                // Some of them fail, since nothing is there.
                let mut command = shell(name);
                command
                    .args(["-c", line])
                    .env("PATH", path_with(aws.path()));
                command.output().unwrap();
            }
            assert_eq!(
                aws.take_calls(),
                every_call(&request),
                "{name:?}, round {round}\n{printed}"
            );
        }
        std::fs::remove_dir_all(place.path()).unwrap();
        std::fs::create_dir(place.path()).unwrap();
    }
}
