//! The same calls, whatever the shell: what a recording `aws` receives from a
//! generated script is the plan's argument vectors.

use std::path::Path;
use std::sync::{Arc, Mutex};

use lexlogs::plan::{Plan, Step, Subject};
use lexlogs::request::Request;

use crate::bridge::{Bridge, Reply};
use crate::iam::goes_nowhere;
use crate::support::{
    SHELLS, bundle, count, file, folder, path_with, random_request, shell, text, unpack,
    write_program,
};
use crate::wine::{Aws, Cmd};

/// How many random requests each POSIX shell runs: without `--full`, and with it.
const REQUESTS: (usize, usize) = (20, 100);

/// How many cmd.exe runs, which takes longer under Wine.
const REQUESTS_OF_CMD: (usize, usize) = (5, 20);

/// A folder name that no script may stumble over.
pub(crate) const HOSTILE_FOLDER: &str = "a b (c) & d! 'e' ^f größe";

/// What the AWS CLI must be asked, in order, where nothing exists but the role that
/// a request says exists: what is compared, then each step and what waits for it.
pub(crate) fn expected_calls(request: &Request) -> Vec<Vec<String>> {
    let plan = Plan::new(request.spec());
    let role = Role::of(request);
    let call = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let with = |text: String, query: &str| -> Vec<String> {
        let mut words = call(&text);
        words.extend(["--query", query, "--output", "text"].map(str::to_owned));
        words
    };
    let mut calls = vec![with("sts get-caller-identity".into(), "[Account,Arn]")];
    if role.exists {
        let get = format!("iam get-role --role-name {role}", role = role.name);
        calls.push(with(get.clone(), "Role.Arn"));
        let mut trust = call(&get);
        trust.extend(["--output", "text", "--query", TRUSTED].map(str::to_owned));
        calls.push(trust);
    }
    for step in &plan.apply {
        calls.extend(match step.subject {
            Subject::Role => vec![with(
                format!("iam get-role --role-name {}", role.name),
                "Role.[Arn,PermissionsBoundary.PermissionsBoundaryArn]",
            )],
            Subject::Policy => vec![with(
                format!("iam get-policy --policy-arn {}", step.resource),
                "Policy.DefaultVersionId",
            )],
            Subject::Attachment => vec![with(
                format!("iam list-attached-role-policies --role-name {}", role.name),
                "AttachedPolicies[].[PolicyArn]",
            )],
            _ => step
                .checks
                .first()
                .map(|check| {
                    let mut words = check.command.arguments();
                    words.extend(["--output", "text"].map(str::to_owned));
                    words
                })
                .into_iter()
                .collect(),
        });
    }
    for step in &plan.apply {
        calls.push(step.command.arguments());
        calls.extend(waiter(step, &role.name).map(|text| call(&text)));
    }
    calls
}

/// The role of a request.
struct Role {
    name: String,
    arn: String,
    /// Whether it must exist before.
    exists: bool,
    /// The service that it trusts.
    trusted: &'static str,
}

impl Role {
    fn of(request: &Request) -> Self {
        let parameters = parameters(request);
        let text = |name: &str| parameters[name].as_str().unwrap_or_default().to_owned();
        let path = Some(text("role-path")).filter(|path| !path.is_empty());
        let plan = Plan::new(request.spec());
        let attachment = plan.apply.last().unwrap();
        let partition = attachment.resource.split(':').nth(1).unwrap();
        Self {
            name: text("role-name"),
            arn: format!(
                "arn:{partition}:iam::{}:role{}{}",
                text("account-id"),
                path.as_deref().unwrap_or("/"),
                text("role-name")
            ),
            exists: parameters["existing-role"] == true,
            trusted: match text("lex-version").as_str() {
                "v1" => "lex.amazonaws.com",
                _ => "lexv2.amazonaws.com",
            },
        }
    }
}

/// The parameters of a request, as its bundle has them.
fn parameters(request: &Request) -> serde_json::Value {
    serde_json::from_str(file(&bundle(request), "request.json")).unwrap()
}

/// The call that waits until IAM knows everywhere what a step created.
fn waiter(step: &Step, role: &str) -> Option<String> {
    match step.subject {
        Subject::Role => Some(format!("iam wait role-exists --role-name {role}")),
        Subject::Policy => Some(format!(
            "iam wait policy-exists --policy-arn {}",
            step.resource
        )),
        _ => None,
    }
}

/// The query that prints whom a role trusts.
const TRUSTED: &str =
    "[Role.AssumeRolePolicyDocument.Statement][][]|[?Effect=='Allow'].[Principal.Service][][].[@]";

/// What the AWS CLI says of what is not there.
const ABSENT: &str = "An error occurred (NoSuchEntity) when calling it";

/// The same of a bucket.
const NO_BUCKET: &str = "An error occurred (NoSuchBucket) when calling it";

/// What the AWS CLI says of a caller of that account.
fn identity(account: &str) -> String {
    format!("{account}\tarn:aws:iam::{account}:user/Somebody\n")
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
case $1-$2-$* in\n\
sts-*) cat '{place}/account' ;;\n\
iam-get-role-*) [ -f '{place}/role' ] || {{ echo '{ABSENT}' >&2; exit 254; }} ;;\n\
esac\n\
case $1-$2-$* in\n\
iam-get-role-*Principal*) cat '{place}/trusted' ;;\n\
iam-get-role-*Role.Arn*) cat '{place}/role' ;;\n\
iam-get-policy-*) echo '{ABSENT}' >&2; exit 254 ;;\n\
s3api-get-bucket-location-*) echo '{NO_BUCKET}' >&2; exit 254 ;;\n\
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
        let file = self.folder.path().join("role");
        let role = Role::of(request);
        if role.exists {
            std::fs::write(file, role.arn).unwrap();
            std::fs::write(self.folder.path().join("trusted"), role.trusted).unwrap();
        } else {
            drop(std::fs::remove_file(file));
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
        aws.run(name, &[script.to_str().unwrap(), "--yes"], place.path());
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
pub(crate) fn answer(call: &[String], account: &str, request: Option<&Request>) -> Reply {
    let reply = |stdout: String, stderr: &str, code| Reply {
        stdout: stdout.into_bytes(),
        stderr: stderr.as_bytes().to_owned(),
        code,
    };
    let role = request.map(Role::of).filter(|role| role.exists);
    match (call[0].as_str(), call[1].as_str(), role) {
        ("sts", ..) => reply(identity(account), "", 0),
        ("iam", "get-role", Some(role)) if call.iter().any(|word| word == TRUSTED) => {
            reply(role.trusted.to_owned(), "", 0)
        }
        ("iam", "get-role", Some(role)) => reply(role.arn, "", 0),
        ("iam", "get-role" | "get-policy", _) => reply(String::new(), ABSENT, 254),
        ("s3api", "get-bucket-location", _) => reply(String::new(), NO_BUCKET, 254),
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
            let asked = request.clone();
            let bridge = Bridge::start(move |call| {
                if !goes_nowhere(&call.argv) {
                    seen.lock().unwrap().push(call.argv.clone());
                }
                answer(&call.argv, &account, Some(&asked)).with_crlf()
            });
            let output = Cmd::new(&folder, "apply.cmd")
                .args(&["--yes"])
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
fn a_dry_run_prints_the_commands_of_the_steps() {
    let aws = RecordingAws::new();
    let place = folder();
    let mut random = fastrand::Rng::with_seed(4);
    for round in 0..5 {
        let request = random_request(&mut random);
        unpack(&bundle(&request), place.path());
        let plan = Plan::new(request.spec());
        let steps: Vec<_> = plan
            .apply
            .iter()
            .map(|step| step.command.arguments())
            .collect();
        for name in SHELLS {
            aws.answer(&request);
            let printed = aws.run(name, &["apply.sh", "--dry-run"], place.path());
            let read = expected_calls(&request);
            let read = &read[..read.len() - steps.len() - waiters(&plan)];
            assert_eq!(aws.take_calls(), read, "{name:?}");
            // What stands below the plan, typed into the shell, is the calls.
            let (_, commands) = printed.split_once("\n\naws ").unwrap();
            let (commands, _) = commands.split_once("Dry run:").unwrap();
            aws.run(name, &["-c", &format!("aws {commands}")], place.path());
            assert_eq!(
                aws.take_calls(),
                steps,
                "{name:?}, round {round}\n{printed}"
            );
        }
        std::fs::remove_dir_all(place.path()).unwrap();
        std::fs::create_dir(place.path()).unwrap();
    }
}

fn waiters(plan: &Plan) -> usize {
    let steps = plan.apply.iter();
    steps.filter(|step| waiter(step, "").is_some()).count()
}
