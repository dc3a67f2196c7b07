//! `apply` against a real IAM server by the real AWS CLI: what it leaves there,
//! and where it stops.

use std::path::Path;

use lexlogs::config::Config;
use lexlogs::request::Request;
use serde_json::Value;

use crate::iam::{CLIS, Iam, expected_state, turn};
use crate::recording::{HOSTILE_FOLDER, RecordingAws};
use crate::runner::{Outcome, RUNNERS};
use crate::support::{bundle, folder, full, root, unpack};

/// The examples' account.
pub(crate) const ACCOUNT: &str = "111122223333";

/// The examples that differ in what is put in place.
pub(crate) const CASES: [&str; 10] = [
    "text-only",
    "audio-only",
    "text-and-audio",
    "with-kms",
    "v1-text-and-audio",
    "existing-role",
    "organisation",
    "pass-role",
    "log-group-key",
    "prerequisites",
];

/// The Region in which an example's logs are.
pub(crate) fn region(case: &str) -> &'static str {
    match case {
        "organisation" => "us-gov-west-1",
        "prerequisites" => "eu-west-1",
        _ => "us-east-1",
    }
}

pub(crate) fn example(name: &str) -> Request {
    let path = root().join("examples").join(name).join("lexlogs.toml");
    let config = Config::parse(&path, &std::fs::read(&path).unwrap());
    Request::new(&config.parameters, config.faults).unwrap()
}

/// Resets the server to the account that an example is for; the result is its state.
pub(crate) fn prepare(iam: &mut Iam, case: &str) -> Value {
    iam.ask("reset");
    iam.ask(&format!("region {}", region(case)));
    iam.create_role("SomebodyElses");
    if case == "existing-role" {
        iam.create_bot_role("SupportBotRole");
    }
    iam.ask("state")
}

/// Unpacks an example into a folder with a hostile name below `place`.
pub(crate) fn unpacked(example: &Request, place: &Path) -> std::path::PathBuf {
    let folder = place.join(HOSTILE_FOLDER);
    std::fs::create_dir(&folder).unwrap();
    unpack(&bundle(example), &folder);
    folder
}

/// With bash by both versions of the AWS CLI; elsewhere they take turns. What differs between the two forms of `aws` shows in
/// few examples.
fn leaves_the_state_that_the_parameters_ask_for(index: usize) {
    let runner = RUNNERS[index];
    let mut iam = Iam::start(ACCOUNT);
    let mut runs = 0;
    for (number, case) in CASES.into_iter().enumerate() {
        if !full() && index == 6 && number % 3 != 0 {
            continue;
        }
        let clis = if index == 0 {
            CLIS.to_vec()
        } else {
            turn(number + index)
        };
        for cli in clis {
            let request = example(case);
            let before = prepare(&mut iam, case);
            let place = folder();
            let folder = unpacked(&request, place.path());
            let outcome = runner.run(&folder, "apply", &["--yes"], &iam.aws(cli), &iam.settings());
            assert_eq!(outcome.code, 0, "{runner:?}, {cli:?}, {case}: {outcome:?}");
            assert_eq!(outcome.stderr, "", "{runner:?}, {cli:?}, {case}");
            assert_eq!(
                iam.ask("state"),
                expected_state(&request, &bundle(&request), &before),
                "{runner:?}, {cli:?}, {case}"
            );
            runs += 1;
        }
    }
    println!("{runner:?}: {runs} runs");
}

macro_rules! runners {
    ($($test:ident: $index:literal,)*) => {
        $(
            #[test]
            #[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
            fn $test() {
                leaves_the_state_that_the_parameters_ask_for($index);
            }
        )*
    };
}

runners! {
    bash_leaves_the_state_that_the_parameters_ask_for: 0,
    dash_leaves_the_state_that_the_parameters_ask_for: 1,
    busybox_leaves_the_state_that_the_parameters_ask_for: 2,
    ksh_leaves_the_state_that_the_parameters_ask_for: 3,
    zsh_leaves_the_state_that_the_parameters_ask_for: 4,
    cmd_with_aws_exe_leaves_the_state_that_the_parameters_ask_for: 5,
    cmd_with_aws_cmd_leaves_the_state_that_the_parameters_ask_for: 6,
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn every_shell_prints_the_same_transcript() {
    let aws = RecordingAws::new();
    aws.say_account(ACCOUNT);
    let request = example("organisation");
    let place = folder();
    let folder = unpacked(&request, place.path());
    for (arguments, code) in [
        (&["--dry-run"][..], 0),
        (&["--help"], 0),
        (&[], 2),
        (&["--yes", "--verbose"], 0),
        (&["--bad"], 2),
    ] {
        let outcomes: Vec<Outcome> = RUNNERS
            .iter()
            .map(|runner| {
                runner
                    .run(&folder, "apply", arguments, aws.path(), &[])
                    .in_one_form()
            })
            .collect();
        assert_eq!(outcomes[0].code, code, "{:?}", outcomes[0]);
        for (runner, outcome) in RUNNERS.iter().zip(&outcomes) {
            assert_eq!(outcome, &outcomes[0], "{runner:?} {arguments:?}");
        }
    }
}
