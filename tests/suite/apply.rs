//! `apply` against a real IAM server by the real AWS CLI: what it leaves there,
//! and where it stops.

use std::path::Path;

use lexlogs::config::Config;
use lexlogs::spec::Request;

use crate::iam::{CLIS, Cli, Iam, expected_state};
use crate::recording::HOSTILE_FOLDER;
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::support::{bundle, folder, only_programs, request, root, unpack};

/// The examples' account.
const ACCOUNT: &str = "111122223333";

/// The examples that differ in what is put in place.
const CASES: [&str; 7] = [
    "text-only",
    "audio-only",
    "text-and-audio",
    "with-kms",
    "v1-text-and-audio",
    "existing-role",
    "organisation",
];

fn example(name: &str) -> Request {
    let path = root().join("examples").join(name).join("lexlogs.toml");
    let config = Config::parse(&path, &std::fs::read(&path).unwrap());
    Request::new(&config.parameters, config.faults).unwrap()
}

/// Unpacks an example into a folder with a hostile name below `place`.
fn unpacked(example: &Request, place: &Path) -> std::path::PathBuf {
    let folder = place.join(HOSTILE_FOLDER);
    std::fs::create_dir(&folder).unwrap();
    unpack(&bundle(example), &folder);
    folder
}

fn leaves_the_state_that_the_parameters_ask_for(runner: Runner) {
    let mut iam = Iam::start(ACCOUNT);
    let mut runs = 0;
    for cli in CLIS {
        for case in CASES {
            let request = example(case);
            iam.ask("reset");
            iam.ask(if case == "organisation" {
                "region us-gov-west-1"
            } else {
                "region us-east-1"
            });
            iam.ask("create-role SomebodyElses");
            if case == "existing-role" {
                iam.ask("create-role SupportBotRole");
            }
            let before = iam.ask("state");
            let place = folder();
            let folder = unpacked(&request, place.path());
            let outcome = runner.run(&folder, "apply", &[], &iam.aws(cli), &iam.settings());
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
                leaves_the_state_that_the_parameters_ask_for(RUNNERS[$index]);
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

/// A case in which `apply` must stop before any change, with what it says.
fn refuses(
    runner: Runner,
    folder: &Path,
    arguments: &[&str],
    aws: &Path,
    settings: &[(String, String)],
    what: &str,
) {
    let outcome = runner.run(folder, "apply", arguments, aws, settings);
    assert_eq!(outcome.code, 2, "{runner:?}: {outcome:?}");
    assert!(
        outcome.stderr.contains(what),
        "{runner:?}: {what}: {outcome:?}"
    );
    assert!(
        outcome.stderr.ends_with("Nothing was changed.\n"),
        "{runner:?}: {outcome:?}"
    );
    assert!(!outcome.stdout.contains("Step"), "{runner:?}: {outcome:?}");
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn apply_refuses_before_any_change_and_says_why() {
    let mut iam = Iam::start(ACCOUNT);
    let other = Iam::start("999999999999");
    let empty = iam.ask("state");
    let request = example("organisation");
    for runner in RUNNERS {
        let place = folder();
        let folder = unpacked(&request, place.path());
        let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
        let none: &[(String, String)] = &[];

        refuses(
            runner,
            &folder,
            &["--dryrun"],
            &aws,
            &settings,
            "there is no option",
        );
        for cli in CLIS {
            let aws = iam.aws(cli);
            refuses(
                runner,
                &folder,
                &[],
                &aws,
                none,
                "has no working credentials",
            );
            refuses(
                runner,
                &folder,
                &[],
                &aws,
                &other.settings(),
                "999999999999",
            );
        }
        let nothing = crate::support::folder();
        refuses(
            runner,
            &folder,
            &[],
            nothing.path(),
            &settings,
            "the AWS CLI is not installed",
        );

        for name in [
            "LexConversationLogsS3Policy.json",
            "LexConversationLogsTags.json",
        ] {
            let document = folder.join(name);
            let text = std::fs::read_to_string(&document).unwrap();
            std::fs::write(
                &document,
                text.replace("org-voice", "evil-voice")
                    .replace("4711", "4712"),
            )
            .unwrap();
            refuses(
                runner,
                &folder,
                &[],
                &aws,
                &settings,
                &format!("{name} was altered"),
            );
            refuses(
                runner,
                &folder,
                &["--dry-run"],
                &aws,
                &settings,
                &format!("{name} was altered"),
            );
            std::fs::remove_file(&document).unwrap();
            refuses(
                runner,
                &folder,
                &[],
                &aws,
                &settings,
                &format!("{name} is missing beside this script"),
            );
            std::fs::write(&document, text).unwrap();
        }
        assert_eq!(iam.ask("state"), empty, "{runner:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn apply_stops_at_the_first_call_that_fails_and_names_its_step() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-and-audio");
    for runner in RUNNERS {
        for cli in CLIS {
            iam.ask("reset");
            iam.ask("create-policy LexConversationLogsS3Policy");
            let place = folder();
            let folder = unpacked(&request, place.path());
            let outcome = runner.run(&folder, "apply", &[], &iam.aws(cli), &iam.settings());
            assert_eq!(outcome.code, 3, "{runner:?}: {outcome:?}");
            // The CLI's own words, then the script's.
            assert!(
                outcome.stderr.contains("(EntityAlreadyExists)"),
                "{runner:?}: {outcome:?}"
            );
            let code = if cli == Cli::V1 { 255 } else { 254 };
            let last = format!(
                "\nStep 4 of 5 failed: create the policy LexConversationLogsS3Policy (exit code {code} of the AWS CLI, whose words are above).\n\
The steps before it are done, the steps after it were not tried.\n"
            );
            assert!(outcome.stderr.contains(&last), "{runner:?}: {outcome:?}");
            assert!(
                outcome.stdout.contains("Step 4 of 5") && !outcome.stdout.contains("Step 5 of 5"),
                "{outcome:?}"
            );
            let state = iam.ask("state");
            let attached = &state["roles"]["LexConversationLogsRole"]["attached"];
            assert_eq!(attached.as_array().unwrap().len(), 1, "{runner:?}: {state}");
            // What was there before is as it was.
            let theirs = format!("arn:aws:iam::{ACCOUNT}:policy/LexConversationLogsS3Policy");
            assert!(
                state["policies"][&theirs]["document"]
                    .to_string()
                    .contains("somebody-elses"),
                "{state}"
            );
        }
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn every_shell_prints_the_same_transcript() {
    let aws = crate::recording::RecordingAws::new();
    aws.say_account(ACCOUNT);
    let request = example("organisation");
    let place = folder();
    let folder = unpacked(&request, place.path());
    for arguments in [&["--dry-run"][..], &["--help"], &[], &["--skip-checksums"]] {
        let outcomes: Vec<Outcome> = RUNNERS
            .iter()
            .map(|runner| {
                runner
                    .run(&folder, "apply", arguments, aws.path(), &[])
                    .in_one_form()
            })
            .collect();
        assert_eq!(outcomes[0].code, 0, "{:?}", outcomes[0]);
        for (runner, outcome) in RUNNERS.iter().zip(&outcomes) {
            assert_eq!(outcome, &outcomes[0], "{runner:?} {arguments:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn the_runbooks_commands_prove_and_undo_what_apply_did() {
    let mut iam = Iam::start(ACCOUNT);
    for case in CASES {
        let request = example(case);
        iam.ask("reset");
        iam.ask(if case == "organisation" {
            "region us-gov-west-1"
        } else {
            "region us-east-1"
        });
        iam.ask("create-role SupportBotRole");
        let before = iam.ask("state");
        let place = folder();
        let folder = unpacked(&request, place.path());
        let outcome = RUNNERS[0].run(&folder, "apply", &[], &iam.aws(Cli::V1), &iam.settings());
        assert_eq!(outcome.code, 0, "{outcome:?}");
        let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
        let block = |heading: &str| {
            let (_, section) = readme.split_once(&format!("\n## {heading}\n")).unwrap();
            let (_, block) = section.split_once("```sh\n").unwrap();
            format!("set -e\n{}", block.split_once("```").unwrap().0)
        };
        let mut settings = iam.settings();
        settings.push((
            "AWS_DEFAULT_REGION".into(),
            if case == "organisation" {
                "us-gov-west-1"
            } else {
                "us-east-1"
            }
            .into(),
        ));
        let proof = crate::runner::bash(&block("Prove"), &folder, &iam.aws(Cli::V1), &settings);
        for policy in ["PutLogEvents", "s3:PutObject", "kms:GenerateDataKey"] {
            let used = bundle(&request)
                .files
                .iter()
                .any(|file| file.name.ends_with("Policy.json") && file.text.contains(policy));
            assert_eq!(proof.stdout.contains(policy), used, "{case}: {policy}");
        }
        crate::runner::bash(&block("Undo"), &folder, &iam.aws(Cli::V1), &settings);
        assert_eq!(iam.ask("state"), before, "{case}");
    }
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn checksums_can_be_skipped_where_no_tool_computes_them() {
    // Every program that the script needs but those that hash.
    let programs = only_programs(&["sed", "cat"]);
    let request = request([
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("log-group-name", "x"),
    ]);
    let folder = folder();
    unpack(&bundle(&request), folder.path());
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new("/bin/bash");
        command
            .arg("apply.sh")
            .args(arguments)
            .current_dir(folder.path())
            .env("PATH", programs.path());
        command.output().unwrap()
    };
    let output = run(&["--dry-run"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("could not be computed. Compare the file with SHA256SUMS")
    );
    assert_eq!(
        run(&["--dry-run", "--skip-checksums"]).status.code(),
        Some(0)
    );
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn certutil_of_windows_7_is_understood_and_a_silent_one_is_not_taken_for_a_match() {
    use crate::wine::{Aws, Certutil, Cmd};
    let request = request([
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("log-group-name", "x"),
    ]);
    let folder = folder();
    unpack(&bundle(&request), folder.path());
    let run = |certutil, arguments: &[&str]| {
        Cmd::new(folder.path(), "apply.cmd")
            .args(arguments)
            .aws(Aws::Absent, None)
            .certutil(certutil)
            .run()
    };
    assert_eq!(run(Certutil::Spaced, &["--dry-run"]).code, 0);
    let silent = run(Certutil::Silent, &["--dry-run"]);
    assert_eq!(silent.code, 2);
    assert!(
        silent
            .stderr
            .contains("could not be computed. Compare the file with SHA256SUMS"),
        "{}",
        silent.stderr
    );
    assert_eq!(
        run(Certutil::Silent, &["--dry-run", "--skip-checksums"]).code,
        0
    );
}
