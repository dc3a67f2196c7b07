//! A fault at every call of the AWS CLI, of every kind, in apply, `apply
//! --update` and undo: the script stops and reports the step, prints the same in
//! every shell, and running it again ends where an undisturbed run ends.
//!
//! `tests/run` takes each kind once, spread over the calls, in one shell or two, which must print the same;
//! `tests/run --full` takes all kinds at all calls in all shells. The two versions of the AWS CLI take turns.

use lexlogs::request::Request;
use serde_json::{Value, json};

use crate::apply::ACCOUNT;
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, Runner};
use crate::site::Site;
use crate::support::{full, request};

/// The shells of the matrix: the one that most systems have, the strictest, and
/// the other one.
const SHELLS: [Runner; 3] = [Runner::Shell(0), Runner::Shell(1), Runner::CmdExe];

/// The fault of a call.
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
        assert_eq!(iam.ask("unfault"), self.is_answered(), "{self:?}");
    }

    /// The words of the AWS CLI (or of the script) that must be printed.
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

    /// Whether AWS refused the call, so that it had no effect.
    fn is_answered(self) -> bool {
        matches!(self, Self::Answer(_) | Self::NewWords(_))
    }
}

/// A request for everything that a step can have, with one policy or three.
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

/// Everything that `--update` changes differs, except the key of the log group,
/// which moto does not change.
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

/// A script, and the state that it starts from.
struct Scenario {
    script: &'static str,
    arguments: &'static [&'static str],
    /// A state that the server has saved.
    before: &'static str,
    receipt: Option<String>,
    /// The state after an undisturbed run.
    expected: Value,
    /// What an undisturbed run reports, such as `created: role NAME`, in order.
    reports: Vec<String>,
}

/// What a script reports of the changes that it made, a line each.
fn reports(stdout: &str) -> Vec<String> {
    let verbs = ["created: ", "updated: ", "removed: ", "deleted "];
    let lines = stdout.lines();
    let of_changes = lines.filter(|line| verbs.iter().any(|verb| line.starts_with(verb)));
    of_changes.map(str::to_owned).collect()
}

impl Scenario {
    /// Restores everything as it was before the script ran.
    fn restore(&self, iam: &mut Iam, site: &Site) {
        iam.ask(&format!("restore {}", self.before));
        let file = site.folder.join("receipt.txt");
        match &self.receipt {
            Some(text) => std::fs::write(file, text).unwrap(),
            None => drop(std::fs::remove_file(file)),
        }
        iam.take_calls(site.cli);
    }

    /// Runs the script with a fault, then without. Returns the first run's outcome.
    fn disturbed(&self, iam: &mut Iam, site: &Site, call: usize, fault: Fault) -> Outcome {
        self.restore(iam, site);
        fault.arm(iam, site.cli, call);
        let stopped = site.run(self.script, self.arguments);
        fault.disarm(iam, site.cli);
        let case = format!("call {call}, {fault:?}, {site:?}: {stopped:?}");
        let calls = iam.take_calls(site.cli);
        let changed = calls.iter().any(|call| changes(call));
        let refused = if fault == Fault::FullDisk {
            make_room(site);
            !changed
        } else {
            assert_eq!(calls.len(), call, "{case}");
            call == 1
        };
        assert_eq!(stopped.code, if refused { 2 } else { 3 }, "{case}");
        assert!(stopped.stderr.contains(fault.words()), "{case}");
        if changed {
            self.reports_the_step(&stopped, &case);
        } else {
            assert!(
                stopped.stderr.ends_with("\nNothing was changed.\n"),
                "{case}"
            );
        }
        let again = site.run(self.script, self.arguments);
        assert_eq!(again.code, 0, "{case}, then {again:?}");
        assert_eq!(iam.ask("state"), self.expected, "{case}, then {again:?}");
        // The receipt knows what a lost answer may have created.
        if self.script == "apply" && self.before == "empty" && (full() || !fault.is_answered()) {
            let undone = site.done("undo", &["--yes"]);
            let state = iam.ask("state");
            iam.ask("restore empty");
            assert_eq!(state, iam.ask("state"), "{case}, {again:?}, {undone:?}");
        }
        stopped
    }

    /// Asserts that the message ends with the failed step, what was done before it, and that a rerun is safe.
    fn reports_the_step(&self, stopped: &Outcome, case: &str) {
        let done = reports(&stopped.stdout);
        assert!(self.reports.starts_with(&done), "{case}");
        let done_list: String = done.iter().map(|line| format!("  {line}\n")).collect();
        let safe = "Running this again is safe: it continues where it stopped.\n";
        let (message, rest) = stopped.stderr.rsplit_once(" failed: ").unwrap();
        let (what, list) = rest.split_once(". Done before it:\n").unwrap();
        assert_eq!(list, format!("{done_list}{safe}"), "{case}");
        assert!(message.contains("\nStep "), "{case}");
        // It is the next change, or what waits for the one before.
        let next = self.reports.get(done.len());
        let steps = [next, done.last()].into_iter().flatten();
        let mut names = steps.map(|line| line.split_once(": ").unwrap().1);
        assert!(names.any(|name| name == what), "{case}");
    }
}

/// Makes room on the disk under the receipt.
fn make_room(site: &Site) {
    let receipt = site.folder.join("receipt.txt");
    std::fs::remove_file(&receipt).unwrap();
    let kept = site.folder.join("receipt.kept");
    if kept.exists() {
        std::fs::rename(kept, receipt).unwrap();
    }
}

/// Whether a call changes anything.
pub(crate) fn changes(call: &[String]) -> bool {
    let reads = ["get-", "list-", "describe-", "wait"];
    !reads.iter().any(|read| call[1].starts_with(read))
}

/// Runs a script with all faults.
fn survives(script: &'static str, arguments: &'static [&'static str], before: &'static str) {
    let request = everything(1);
    let mut iam = Iam::start(ACCOUNT);
    iam.create_role("SomebodyElses");
    iam.ask("save empty");
    drift(&mut iam);
    iam.ask("save drifted");
    iam.ask("restore empty");
    let mut sites = SHELLS.map(|runner| Site::new(&iam, &request, runner, Cli::V1));
    // What undo removes, and the receipt of it.
    sites[0].done("apply", &["--yes"]);
    let arn = "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy";
    iam.create_version(arn, "b", false);
    iam.ask("save applied");
    let mut scenario = Scenario {
        script,
        arguments,
        before,
        receipt: (before == "applied").then(|| sites[0].receipt()),
        expected: Value::Null,
        reports: Vec::new(),
    };

    // Undisturbed, to count the calls and to know the end.
    scenario.restore(&mut iam, &sites[0]);
    scenario.reports = reports(&sites[0].done(script, arguments).stdout);
    let calls = iam.take_calls(Cli::V1).len();
    scenario.expected = iam.ask("state");
    let mut cases = 0;
    let at_all_calls = (1..=calls).flat_map(|call| FAULTS.map(|fault| (call, fault)));
    // Rotated, so that each script has another kind at its first call.
    let spread = FAULTS
        .into_iter()
        .cycle()
        .skip(script.len() + arguments.len());
    let spread = (0..FAULTS.len())
        .map(|index| 1 + index * (calls - 1) / (FAULTS.len() - 1))
        .zip(spread);
    let chosen: Vec<(usize, Fault)> = if full() {
        at_all_calls.collect()
    } else {
        spread.collect()
    };
    for (index, (call, fault)) in chosen.into_iter().enumerate() {
        // The three take turns, and at every second fault the first shell must print the same.
        let turn = index % SHELLS.len();
        let mut printed = Vec::new();
        for (number, site) in sites.iter_mut().enumerate() {
            if full() || number == turn || (number == 0 && index % 2 == 0) {
                site.cli = CLIS[index / 2 % 2];
                let outcome = scenario.disturbed(&mut iam, site, call, fault);
                printed.push(outcome.in_one_form());
                cases += 1;
            }
        }
        for other in &printed[1..] {
            let case = format!("{script}, call {call}, {fault:?}");
            same(other, &printed[0], &case);
        }
    }
    println!("{script} {arguments:?}: {calls} calls, {cases} cases");
}

/// Asserts that two runs printed the same, and shows the first line that differs.
fn same(one: &Outcome, other: &Outcome, case: &str) {
    for (one, other) in [(&one.stdout, &other.stdout), (&one.stderr, &other.stderr)] {
        for (one, other) in std::iter::zip(one.lines(), other.lines()) {
            assert_eq!(one, other, "{case}");
        }
    }
    assert_eq!(one, other, "{case}");
}

macro_rules! scenarios {
    ($($test:ident: $script:literal, $arguments:expr, $before:literal;)*) => {
        $(
            #[test]
            #[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
            fn $test() {
                survives($script, $arguments, $before);
            }
        )*
    };
}

scenarios! {
    apply_survives_a_fault_at_every_call: "apply", &["--yes"], "empty";
    apply_with_update_survives_a_fault_at_every_call: "apply", &["--update", "--yes"], "drifted";
    undo_survives_a_fault_at_every_call: "undo", &["--yes"], "applied";
}
