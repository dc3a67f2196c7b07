//! What `apply` refuses before any change, and the surroundings that it must
//! not stumble over.

use std::path::Path;

use crate::apply::{ACCOUNT, example, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{RUNNERS, Runner};
use crate::support::{
    SHELLS, bundle, folder, only_programs, path_with, request, shell, text, unpack,
};

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
    let unseen = "failed: create the policy LexConversationLogsCloudWatchLogsPolicy (it could not be printed, so it was not tried).";
    // A full disk and a closed output from the start, and a disk that is full later.
    let whole = aws.run(&["sh"], &["apply.sh"], folder.path());
    aws.take_calls();
    let room = whole.find("Step 2").unwrap() + 5;
    let later = format!("env --ignore-signal=XFSZ prlimit --fsize={room} \"$@\" apply.sh >out");
    for name in SHELLS {
        for (script, code, said, calls) in [
            ("\"$@\" apply.sh >/dev/full", 2, nothing, 0),
            ("\"$@\" apply.sh >&-", 2, nothing, 0),
            (&later, 3, unseen, 6),
        ] {
            let mut command = shell(&["sh"]);
            command
                .args(["-c", script, "sh"])
                .args(name)
                .current_dir(folder.path())
                .env("PATH", path_with(aws.path()));
            // It grows with each run, and counts as what is printed does.
            drop(std::fs::remove_file(folder.path().join("receipt.txt")));
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
                if works || is_sts {
                    crate::recording::answer(&call.argv, ACCOUNT, None).with_crlf()
                } else {
                    Reply {
                        stdout: Vec::new(),
                        stderr: Vec::new(),
                        code: 254,
                    }
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
    let run = |last: &str| {
        let text = format!(
            "@if \"%1\"==\"sts\" echo {ACCOUNT} arn\r\n\
             @if \"%2\"==\"get-role\" echo ^(NoSuchEntity^) 1>&2\r\n\
             @if \"%2\"==\"get-role\" exit /b 254\r\n\
             @if \"%2\"==\"get-policy\" echo ^(NoSuchEntity^) 1>&2\r\n\
             @if \"%2\"==\"get-policy\" exit /b 254\r\n{last}\r\n"
        );
        std::fs::write(programs.path().join("aws.bat"), text).unwrap();
        Cmd::new(folder.path(), "apply.cmd")
            .extra_path(programs.path())
            .run()
    };
    let works = run("@exit /b 0");
    assert_eq!((works.code, works.stderr.as_str()), (0, ""), "{works:?}");
    let fails = run("@exit /b 253");
    assert_eq!(fails.code, 2);
    assert!(
        fails.stderr.contains("has no working credentials"),
        "{fails:?}"
    );
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn checksums_can_be_skipped_where_no_tool_computes_them() {
    // Every program that the script needs but those that hash.
    let programs = only_programs(&["sed", "cat", "mktemp", "rm", "tr"]);
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
