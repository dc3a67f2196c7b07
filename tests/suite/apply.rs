//! `apply` against a real IAM server by the real AWS CLI: what it leaves there,
//! and where it stops.

use std::path::Path;

use lexlogs::config::Config;
use lexlogs::spec::Request;

use crate::iam::{CLIS, Cli, Iam, expected_state};
use crate::recording::HOSTILE_FOLDER;
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::support::{
    SHELLS, bundle, folder, only_programs, path_with, request, root, shell, text, unpack,
};

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

/// An unpacked bundle that a runner must refuse to apply.
struct Refusal<'a> {
    runner: Runner,
    folder: &'a Path,
    aws: &'a Path,
    settings: &'a [(String, String)],
}

impl Refusal<'_> {
    /// Applies it; it must stop before any change and say `what`.
    fn of(&self, arguments: &[&str], what: &str) {
        let runner = self.runner;
        let outcome = runner.run(self.folder, "apply", arguments, self.aws, self.settings);
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
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn apply_refuses_wrong_options_and_wrong_credentials() {
    let mut iam = Iam::start(ACCOUNT);
    let other = Iam::start("999999999999");
    let empty = iam.ask("state");
    let nothing = folder();
    for runner in RUNNERS {
        let place = folder();
        let folder = unpacked(&example("organisation"), place.path());
        let refusal =
            |aws: &Path, settings: &[(String, String)], arguments: &[&str], what: &str| {
                let folder = folder.as_path();
                Refusal {
                    runner,
                    folder,
                    aws,
                    settings,
                }
                .of(arguments, what);
            };
        for cli in CLIS {
            let aws = iam.aws(cli);
            refusal(&aws, &[], &[], "has no working credentials");
            refusal(&aws, &other.settings(), &[], "999999999999");
        }
        let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
        refusal(
            nothing.path(),
            &settings,
            &[],
            "the AWS CLI is not installed",
        );
        for arguments in [
            &["--dryrun"][..],
            &["", "--dry-run"],
            &["--dry-run", "", "--help"],
        ] {
            refusal(&aws, &settings, arguments, "there is no option");
        }
        assert_eq!(iam.ask("state"), empty, "{runner:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn apply_refuses_documents_that_are_missing_or_altered() {
    use std::fs;
    let mut iam = Iam::start(ACCOUNT);
    let empty = iam.ask("state");
    let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
    for runner in RUNNERS {
        let place = folder();
        let folder = unpacked(&example("organisation"), place.path());
        let refusal = Refusal {
            runner,
            folder: &folder,
            aws: &aws,
            settings: &settings,
        };
        for name in [
            "LexConversationLogsS3Policy.json",
            "LexConversationLogsTags.json",
        ] {
            let document = folder.join(name);
            let text = fs::read_to_string(&document).unwrap();
            let altered = text
                .replace("org-voice", "evil-voice")
                .replace("4711", "4712");
            fs::write(&document, altered).unwrap();
            refusal.of(&[], &format!("{name} was altered"));
            refusal.of(&["--dry-run"], &format!("{name} was altered"));
            let missing = format!("{name} is missing beside this script");
            fs::remove_file(&document).unwrap();
            refusal.of(&[], &missing);
            fs::create_dir(&document).unwrap();
            refusal.of(&["--skip-checksums"], &missing);
            fs::remove_dir(&document).unwrap();
            fs::write(&document, text).unwrap();
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
        // As a reader pastes them, who has set another Region.
        let mut settings = iam.settings();
        settings.push(("AWS_DEFAULT_REGION".into(), "eu-west-1".into()));
        for (runner, cli) in [
            (Runner::Shell(0), Cli::V1),
            (Runner::Shell(4), Cli::V2),
            (Runner::CmdExe, Cli::V2),
        ] {
            let place = folder();
            let folder = unpacked(&request, place.path());
            let run = |name: &str| {
                let outcome = runner.run(&folder, name, &[], &iam.aws(cli), &settings);
                assert_eq!(
                    (outcome.code, outcome.stderr.as_str()),
                    (0, ""),
                    "{runner:?}, {case}, {name}: {outcome:?}"
                );
                outcome.stdout
            };
            run("apply");
            let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
            for heading in ["Prove", "Undo"] {
                let (_, section) = readme.split_once(&format!("\n## {heading}\n")).unwrap();
                for (language, head, ending) in
                    [("sh", "set -e\n", "sh"), ("bat", "@echo off\n", "cmd")]
                {
                    let (_, block) = section.split_once(&format!("```{language}\n")).unwrap();
                    let block = format!("{head}{}", block.split_once("```").unwrap().0);
                    let text = if ending == "cmd" {
                        block.replace('\n', "\r\n")
                    } else {
                        block
                    };
                    std::fs::write(folder.join(format!("{heading}.{ending}")), text).unwrap();
                }
            }
            let proof = run("Prove");
            for policy in ["PutLogEvents", "s3:PutObject", "kms:GenerateDataKey"] {
                let used = bundle(&request)
                    .files
                    .iter()
                    .any(|file| file.name.ends_with("Policy.json") && file.text.contains(policy));
                assert_eq!(proof.contains(policy), used, "{runner:?}, {case}: {policy}");
            }
            assert!(proof.contains("\"IsDefaultVersion\": true"), "{proof}");
            run("Undo");
            assert_eq!(iam.ask("state"), before, "{runner:?}, {case}");
        }
    }
}

/// A bundle of text logs, unpacked.
fn small_bundle() -> tempfile::TempDir {
    let folder = folder();
    unpack(
        &bundle(&request([
            ("lex-version", "v2"),
            ("account-id", ACCOUNT),
            ("region", "us-east-1"),
            ("log-group-name", "x"),
        ])),
        folder.path(),
    );
    folder
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_call_that_cannot_be_printed_is_not_made() {
    let aws = crate::recording::RecordingAws::new();
    aws.say_account(ACCOUNT);
    let folder = small_bundle();
    let nothing = "apply: nothing can be printed to the standard output.\nNothing was changed.";
    let unseen = "Step 2 of 3 failed: create the policy LexConversationLogsCloudWatchLogsPolicy (it could not be printed, so it was not tried).";
    // A full disk and a closed output from the start, and a disk that is full later.
    let later = "env --ignore-signal=XFSZ prlimit --fsize=560 \"$@\" apply.sh >out";
    for name in SHELLS {
        for (script, code, said, calls) in [
            ("\"$@\" apply.sh >/dev/full", 2, nothing, 0),
            ("\"$@\" apply.sh >&-", 2, nothing, 0),
            (later, 3, unseen, 2),
        ] {
            let mut command = shell(&["sh"]);
            command
                .args(["-c", script, "sh"])
                .args(name)
                .current_dir(folder.path())
                .env("PATH", path_with(aws.path()));
            let output = command.output().unwrap();
            let stderr = text(&output.stderr);
            assert_eq!(
                output.status.code(),
                Some(code),
                "{name:?}, {script}: {stderr}"
            );
            assert!(stderr.contains(said), "{name:?}, {script}: {stderr}");
            assert_eq!(aws.take_calls().len(), calls, "{name:?}, {script}");
        }
    }
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn an_account_that_ends_with_a_carriage_return_is_the_account() {
    let aws = crate::recording::RecordingAws::new();
    aws.say_account(&format!("{ACCOUNT}\r"));
    let folder = small_bundle();
    for name in SHELLS {
        aws.run(name, &["apply.sh"], folder.path());
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn variables_that_cmd_has_itself_change_nothing() {
    use crate::bridge::{Bridge, Reply};
    use crate::wine::{Aws, Cmd};
    let folder = small_bundle();
    for (works, code) in [(true, 0), (false, 3)] {
        for value in ["0", "1", "5"] {
            let bridge = Bridge::start(move |call| {
                let is_sts = call.argv[0] == "sts";
                Reply {
                    stdout: if is_sts {
                        format!("{ACCOUNT}\r\n").into()
                    } else {
                        Vec::new()
                    },
                    stderr: Vec::new(),
                    code: if works || is_sts { 0 } else { 254 },
                }
            });
            let output = Cmd::new(folder.path(), "apply.cmd")
                .aws(Aws::Exe, Some(&bridge))
                .env("ERRORLEVEL", value)
                .env("RANDOM", value)
                .env("CD", value)
                .run();
            assert_eq!(output.code, code, "{value}: {output:?}");
            assert_eq!(output.left_in_temp, Vec::<String>::new());
        }
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn an_aws_that_is_a_bat_file_is_an_aws_cli() {
    use crate::wine::Cmd;
    let (folder, programs) = (small_bundle(), folder());
    std::fs::write(
        programs.path().join("aws.bat"),
        format!("@if \"%1\"==\"sts\" echo {ACCOUNT}\r\n@exit /b 0\r\n"),
    )
    .unwrap();
    let output = Cmd::new(folder.path(), "apply.cmd")
        .extra_path(programs.path())
        .run();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{output:?}");
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn checksums_can_be_skipped_where_no_tool_computes_them() {
    // Every program that the script needs but those that hash.
    let programs = only_programs(&["sed", "cat"]);
    let folder = small_bundle();
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
    let folder = small_bundle();
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
