//! A fault at every call of the AWS CLI, of every kind, in apply, `apply
//! --update` and undo: the script stops as it should, says the same in every
//! shell, and running it again ends where an undisturbed run ends.
//!
//! `tests/run` takes one kind for each call, in the first shell and another one, which must print the same; `tests/run --full`
//! takes all kinds in all shells. The two versions of the AWS CLI take turns.

use std::path::Path;

use lexlogs::spec::Request;
use serde_json::{Value, json};

use crate::apply::{ACCOUNT, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, Runner};
use crate::support::{folder, full, request};

/// The shells of the matrix: the one that most systems have, the strictest, and
/// the other one.
const SHELLS: [Runner; 3] = [Runner::Shell(0), Runner::Shell(1), Runner::CmdExe];

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The service answers with this error.
    Answer(&'static str),
    /// The same, in the words of AWS CLI 2.34 and later, which no Debian has.
    NewWords(&'static str),
    /// Nobody answers.
    Refused,
    /// The AWS CLI is killed before it has sent anything.
    Before,
    /// The AWS CLI is killed when all is done, before it says so.
    After,
    /// The disk under the receipt is full from then on.
    FullDisk,
}

const FAULTS: [Fault; 10] = [
    Fault::FullDisk,
    Fault::After,
    Fault::Answer("AccessDenied"),
    Fault::Refused,
    Fault::Answer("Throttling"),
    Fault::Before,
    Fault::NewWords("ExpiredToken"),
    Fault::Answer("ExpiredToken"),
    Fault::NewWords("AccessDenied"),
    Fault::NewWords("Throttling"),
];

impl Fault {
    fn arm(self, iam: &mut Iam, cli: Cli, call: usize) {
        match self {
            Self::Answer(code) => drop(iam.ask(&format!("fault {call} {code}"))),
            Self::NewWords(code) => {
                iam.ask(&format!("fault {call} {code}"));
                iam.mishap(cli, Some("0 prefix"));
            }
            Self::Refused => iam.mishap(cli, Some(&format!("{call} refused"))),
            Self::Before => iam.mishap(cli, Some(&format!("{call} before"))),
            Self::After => iam.mishap(cli, Some(&format!("{call} after"))),
            Self::FullDisk => iam.mishap(cli, Some(&format!("{call} full"))),
        }
    }

    fn disarm(self, iam: &mut Iam, cli: Cli) {
        iam.mishap(cli, None);
        let given = iam.ask("unfault");
        assert_eq!(
            given,
            json!(matches!(self, Self::Answer(_) | Self::NewWords(_))),
            "{self:?}"
        );
    }

    /// What the script must show of the AWS CLI's own words.
    fn words(self) -> &'static str {
        match self {
            Self::Answer("Throttling") | Self::NewWords("Throttling") => "(Throttling)",
            Self::Answer("AccessDenied") | Self::NewWords("AccessDenied") => "(AccessDenied)",
            Self::Answer(_) | Self::NewWords(_) => "(ExpiredToken)",
            Self::Refused => "Could not connect to the endpoint URL",
            Self::Before | Self::After => "",
            Self::FullDisk => "receipt.txt cannot be written",
        }
    }
}

/// A script in a situation.
struct Scenario {
    name: &'static str,
    script: &'static str,
    arguments: &'static [&'static str],
    /// What is there before: a state that the server has saved.
    before: &'static str,
    receipt: Option<String>,
}

/// A request for everything that a step can have, with as many policies as are
/// asked for.
pub(crate) fn everything(policies: usize) -> Request {
    let mut parameters = vec![
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("role-path", "/team/"),
        ("source-account", "true"),
        (
            "permissions-boundary",
            "arn:aws:iam::111122223333:policy/Boundary",
        ),
        ("tags", "CostCenter=4711,Größe=½ Liter"),
        ("log-group-name", "/lex/bot"),
        ("log-group-kms-key-arn", KEY),
        ("create-log-group", "true"),
        ("log-group-retention-days", "30"),
    ];
    if policies > 1 {
        parameters.push(("bucket-name", "audio-logs"));
        parameters.push(("create-bucket", "true"));
        parameters.push((
            "kms-key-arn",
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ));
    }
    request(parameters)
}

/// The key of the log group.
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";

/// What differs in every way that `--update` puts right, but for the key of the
/// log group, which moto does not change.
fn drift(iam: &mut Iam) {
    let group = json!({ "logGroupName": "/lex/bot", "kmsKeyId": KEY });
    iam.ask(&format!("call logs create_log_group {group}"));
    let retention = json!({ "logGroupName": "/lex/bot", "retentionInDays": 7 });
    iam.ask(&format!("call logs put_retention_policy {retention}"));
    iam.call(
        "create_role",
        &json!({
            "RoleName": "LexConversationLogsRole",
            "Path": "/team/",
            "AssumeRolePolicyDocument": json!({ "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow",
                "Principal": { "Service": "lex.amazonaws.com" },
                "Action": "sts:AssumeRole",
            }] }).to_string(),
        }),
    );
    let arn = iam.create_policy("LexConversationLogsCloudWatchLogsPolicy", "/");
    for bucket in ["b", "c", "d", "e"] {
        iam.create_version(&arn, bucket, bucket == "c");
    }
}

/// Runs a script with a fault and then without: gives what the first run said.
fn disturbed(
    iam: &mut Iam,
    scenario: &Scenario,
    place: &Place<'_>,
    cli: Cli,
    (call, fault): (usize, Fault),
    expected: &Value,
) -> Outcome {
    let case = format!(
        "{}, call {call}, {fault:?}, {:?}, {cli:?}",
        scenario.name, place.runner
    );
    place.restore(iam, scenario);
    iam.take_calls(cli);
    fault.arm(iam, cli, call);
    let stopped = place.run(iam, scenario, cli);
    fault.disarm(iam, cli);
    let calls = iam.take_calls(cli);
    let before_any_change = if fault == Fault::FullDisk {
        place.make_room();
        !calls.iter().any(|call| changes(call))
    } else {
        assert_eq!(calls.len(), call, "{case}: {stopped:?}");
        call == 1
    };
    let code = if before_any_change { 2 } else { 3 };
    assert_eq!(stopped.code, code, "{case}: {stopped:?}");
    assert!(
        stopped.stderr.contains(fault.words()),
        "{case}: {stopped:?}"
    );
    let safe = "Running this again is safe";
    assert!(
        stopped.stderr.contains(safe) || code == 2,
        "{case}: {stopped:?}"
    );
    let again = place.run(iam, scenario, cli);
    assert_eq!(again.code, 0, "{case}: {stopped:?}, then {again:?}");
    assert_eq!(
        &iam.ask("state"),
        expected,
        "{case}: {stopped:?}, then {again:?}"
    );
    let unanswered = !fault.words().contains('(');
    if scenario.name == "apply" && unanswered {
        // The receipt has kept account: undo takes out all that there is.
        let undone = place.runner.run(
            place.folder,
            "undo",
            &["--yes"],
            &iam.aws(cli),
            &iam.settings(),
        );
        assert_eq!(undone.code, 0, "{case}: {undone:?}");
        let state = iam.ask("state");
        iam.ask("restore empty");
        assert_eq!(
            state,
            iam.ask("state"),
            "{case}: {stopped:?}, {again:?}, {undone:?}"
        );
    }
    stopped
}

/// Where a runner runs.
struct Place<'a> {
    runner: Runner,
    folder: &'a Path,
}

impl Place<'_> {
    /// Puts everything back as it was before the script ran.
    fn restore(&self, iam: &mut Iam, scenario: &Scenario) {
        iam.ask(&format!("restore {}", scenario.before));
        let receipt = self.folder.join("receipt.txt");
        match &scenario.receipt {
            Some(text) => std::fs::write(receipt, text).unwrap(),
            None => drop(std::fs::remove_file(receipt)),
        }
    }

    /// Makes room on the disk under the receipt.
    fn make_room(&self) {
        let receipt = self.folder.join("receipt.txt");
        std::fs::remove_file(&receipt).unwrap();
        let kept = self.folder.join("receipt.kept");
        if kept.exists() {
            std::fs::rename(kept, receipt).unwrap();
        }
    }

    fn run(&self, iam: &Iam, scenario: &Scenario, cli: Cli) -> Outcome {
        let (aws, settings) = (iam.aws(cli), iam.settings());
        let (script, arguments) = (scenario.script, scenario.arguments);
        self.runner
            .run(self.folder, script, arguments, &aws, &settings)
    }
}

/// Whether a call changes anything.
fn changes(call: &[String]) -> bool {
    let reads = ["get-", "list-", "describe-", "wait"];
    !reads.iter().any(|read| call[1].starts_with(read))
}

/// Asserts that two runs said the same, and shows the first line that differs.
fn same(one: &Outcome, other: &Outcome, case: &str) {
    let texts = [(&one.stdout, &other.stdout), (&one.stderr, &other.stderr)];
    for (one, other) in texts {
        for (one, other) in std::iter::zip(one.lines(), other.lines()) {
            assert_eq!(one, other, "{case}");
        }
    }
    assert_eq!(one, other, "{case}");
}

/// Takes a script through all faults.
fn survives(name: &'static str, script: &'static str, arguments: &'static [&'static str]) {
    let request = everything(1);
    let mut iam = Iam::start(ACCOUNT);
    iam.create_role("SomebodyElses");
    iam.ask("save empty");
    drift(&mut iam);
    iam.ask("save drifted");
    iam.ask("restore empty");

    let places: Vec<_> = SHELLS.iter().map(|_| folder()).collect();
    let folders: Vec<_> = places
        .iter()
        .map(|place| unpacked(&request, place.path()))
        .collect();
    // What undo takes out, and what a receipt of it says.
    let first = Place {
        runner: SHELLS[0],
        folder: &folders[0],
    };
    let mut scenario = Scenario {
        name: "apply",
        script: "apply",
        arguments: &[],
        before: "empty",
        receipt: None,
    };
    assert_eq!(first.run(&iam, &scenario, Cli::V1).code, 0);
    let arn = "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy";
    iam.create_version(arn, "b", false);
    iam.ask("save applied");
    let receipt = std::fs::read_to_string(folders[0].join("receipt.txt")).unwrap();
    (scenario.name, scenario.script, scenario.arguments) = (name, script, arguments);
    match name {
        "apply" => {}
        "apply --update" => scenario.before = "drifted",
        _ => (scenario.before, scenario.receipt) = ("applied", Some(receipt)),
    }

    // Undisturbed, to know how many calls there are and where it ends.
    first.restore(&mut iam, &scenario);
    iam.take_calls(Cli::V1);
    let outcome = first.run(&iam, &scenario, Cli::V1);
    assert_eq!(outcome.code, 0, "{name}: {outcome:?}");
    let (calls, expected) = (iam.take_calls(Cli::V1).len(), iam.ask("state"));
    let mut cases = 0;
    for call in 1..=calls {
        let of_call = if full() { FAULTS.len() } else { 1 };
        for index in 0..of_call {
            let fault = FAULTS[(call + index) % FAULTS.len()];
            let cli = CLIS[(call + index / 2) % 2];
            // The first shell and one of the others, which alternate for each fault too.
            let other = 1 + (call + call / FAULTS.len()) % (SHELLS.len() - 1);
            let mut said = Vec::new();
            for (shell, folder) in folders.iter().enumerate() {
                if !full() && ![0, other].contains(&shell) {
                    continue;
                }
                let runner = SHELLS[shell];
                let place = Place { runner, folder };
                let outcome = disturbed(&mut iam, &scenario, &place, cli, (call, fault), &expected);
                said.push(outcome.in_one_form());
                cases += 1;
            }
            for other in &said[1..] {
                same(other, &said[0], &format!("{name}, call {call}, {fault:?}"));
            }
        }
    }
    println!("{name}: {calls} calls");
    println!("{name}: {cases} cases");
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn apply_survives_a_fault_at_every_call() {
    survives("apply", "apply", &[]);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn apply_with_update_survives_a_fault_at_every_call() {
    survives("apply --update", "apply", &["--update"]);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_survives_a_fault_at_every_call() {
    survives("undo", "undo", &["--yes"]);
}
