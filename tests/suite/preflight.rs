//! What stops `apply` before any change, and hostile answers of AWS, which no script may execute or alter.

mod question;

use std::fs;
use std::process::Command;

use crate::apply::ACCOUNT;
use crate::iam::{CLIS, Iam};
use crate::runner::{Answers, Outcome, PROGRAMS, posix, shells, small_bundle};
use crate::support::{
    SHELLS, cover, each, folder, names, only_programs, path_with, real, shell, text,
};
use crate::terminal::at_terminal;
use crate::wine::{Aws, Certutil, Cmd, windows_path};

/// Asserts that apply stopped before any change, with these words.
fn assert_refused(outcome: &Outcome, words: &str, case: &str) {
    assert_eq!(outcome.code, 2, "{case}: {outcome:?}");
    assert!(
        outcome.stderr.contains(words),
        "{case}: {words}: {outcome:?}"
    );
    assert!(
        outcome.stderr.ends_with("Nothing was changed.\n"),
        "{case}: {outcome:?}"
    );
    assert!(
        !outcome.stdout.contains("create-role"),
        "{case}: {outcome:?}"
    );
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn apply_refuses_missing_expired_and_foreign_credentials() {
    let mut iam = Iam::start(ACCOUNT);
    let other = Iam::start("999999999999");
    let empty = iam.ask("state");
    let bundle = small_bundle();
    let none = "the AWS CLI has no working credentials. Sign in, or use --profile.";
    let foreign = "; this bundle is for account 111122223333.";
    for case in cover(&[shells().len(), CLIS.len(), 3]) {
        let (runner, cli) = (shells()[case[0]], CLIS[case[1]]);
        let (settings, words) = [
            (Vec::new(), none),
            (iam.settings(), "(ExpiredToken)"),
            (other.settings(), foreign),
        ][case[2]]
            .clone();
        if case[2] == 1 {
            iam.ask("fault 1 ExpiredToken");
        }
        let outcome = runner.run(bundle.path(), "apply", &["--yes"], &iam.aws(cli), &settings);
        assert_eq!(iam.ask("unfault"), case[2] == 1);
        assert_refused(&outcome, words, &format!("{case:?}"));
        assert_eq!(iam.ask("state"), empty, "{case:?}");
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn apply_refuses_wrong_arguments_and_an_unanswered_question() {
    let answers = Answers::new();
    let bundle = small_bundle();
    let unknown = |argument: &str| {
        format!(
            "the option \"{argument}\" is unknown or lacks its value; --help lists the options."
        )
    };
    let cases = [
        (
            &[][..],
            "there is no terminal to ask at: read the plan, then use --yes.".to_owned(),
        ),
        (&["--update"], "there is no terminal to ask at".to_owned()),
        (&["--dryrun"], unknown("--dryrun")),
        (&["--skip-checksums"], unknown("--skip-checksums")),
        (&["--yes", "more"], unknown("more")),
        (&["some thing"], unknown("some thing")),
        (&["--yes", "--profile"], unknown("--profile")),
        (&["--region"], unknown("--region")),
        (&["a & echo >ran"], unknown("a & echo >ran")),
        (&["* (a) ! ' =,;"], unknown("* (a) ! ' =,;")),
    ];
    for case in each(&[shells().len(), cases.len()]) {
        let (runner, (arguments, words)) = (shells()[case[0]], &cases[case[1]]);
        let outcome = runner.run(bundle.path(), "apply", arguments, answers.path(), &[]);
        assert_refused(&outcome, words, &format!("{runner:?}, {arguments:?}"));
        let calls = answers.take_calls();
        assert_eq!(
            calls.is_empty(),
            words.contains("option"),
            "{runner:?}: {calls:?}"
        );
        assert!(
            calls.iter().all(|call| !call.contains(" create-")),
            "{calls:?}"
        );
        let made = names(bundle.path());
        assert!(
            !made
                .iter()
                .any(|name| name == "ran" || name == "receipt.txt"),
            "{made:?}"
        );
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn every_script_refuses_altered_and_missing_documents() {
    let answers = Answers::new();
    let bundle = small_bundle();
    let name = "LexConversationLogsCloudWatchLogsPolicy.json";
    let (document, sums) = (bundle.path().join(name), bundle.path().join("SHA256SUMS"));
    let (text, summed) = (fs::read(&document).unwrap(), fs::read(&sums).unwrap());
    let scripts = [
        ("apply", &["--yes"][..]),
        ("apply", &["--dry-run"]),
        ("check", &[]),
        ("undo", &["--without-receipt", "--yes"]),
    ];
    for case in cover(&[shells().len(), 4, scripts.len()]) {
        let (runner, (script, arguments)) = (shells()[case[0]], scripts[case[2]]);
        let named = match case[1] {
            0 => {
                fs::write(&document, [&text[..], b"\n"].concat()).unwrap();
                name
            }
            1 => {
                fs::remove_file(&document).unwrap();
                name
            }
            2 => {
                fs::remove_file(&document).unwrap();
                fs::create_dir(&document).unwrap();
                name
            }
            _ => {
                fs::remove_file(&sums).unwrap();
                "SHA256SUMS"
            }
        };
        let outcome = runner.run(bundle.path(), script, arguments, answers.path(), &[]);
        let words = "a document was altered or is missing; extract the whole zip again";
        assert_refused(&outcome, words, &format!("{case:?}"));
        // The name of what is wrong, by the shell or by the tool that computes the digests.
        assert!(outcome.stderr.contains(named), "{case:?}: {outcome:?}");
        assert_eq!(answers.take_calls(), Vec::<String>::new(), "{case:?}");
        drop(fs::remove_dir(&document));
        fs::write(&document, &text).unwrap();
        fs::write(&sums, &summed).unwrap();
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn apply_names_the_program_or_folder_that_is_missing() {
    let nothing = folder();
    for &runner in shells() {
        let (bundle, arguments) = (small_bundle(), ["--yes"]);
        let outcome = runner.run(bundle.path(), "apply", &arguments, nothing.path(), &[]);
        let words = "there is no command aws on the PATH.";
        assert_refused(&outcome, words, &format!("{runner:?}"));
    }
    let answers = Answers::new();
    // Runs apply with the programs of the system but one, and another one.
    let run = |name: &[&str], absent: &str, more: &[&str], temporary: &str| {
        let wanted = PROGRAMS.iter().filter(|program| **program != absent);
        let wanted: Vec<&str> = wanted.chain(more).copied().collect();
        let programs = only_programs(&wanted);
        let aws = answers.path().join("aws");
        std::os::unix::fs::symlink(aws, programs.path().join("aws")).unwrap();
        let path = programs.path().to_str().unwrap();
        let settings = [("PATH", path), ("TMPDIR", temporary)];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let bundle = small_bundle();
        posix(
            name,
            bundle.path(),
            "apply",
            &["--yes"],
            answers.path(),
            &settings,
        )
    };
    for name in SHELLS {
        for (absent, temporary, words) in [
            ("sha256sum", "/tmp", "a document was altered or is missing"),
            (
                "",
                "/dev/null/x",
                "no folder for temporary files can be made",
            ),
        ] {
            let outcome = run(name, absent, &[], temporary);
            let case = format!("{name:?}, {absent}: {outcome:?}");
            // Busybox contains the programs itself.
            if name[0] != "busybox" || absent.is_empty() {
                assert_refused(&outcome, words, &case);
            }
            let changes = answers.take_changes();
            assert_eq!(changes.is_empty(), outcome.code == 2, "{case}");
        }
    }
    // On macOS, shasum computes the digests.
    let outcome = run(&["bash"], "sha256sum", &["shasum"], "/tmp");
    assert!(outcome.is_done(), "{outcome:?}");
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn cmd_refuses_without_certutil_or_a_temporary_folder() {
    let bundle = small_bundle();
    let file = windows_path(&bundle.path().join("SHA256SUMS"));
    for (certutil, temporary, words) in [
        (Certutil::Spaced, None, "no working credentials"),
        (
            Certutil::Silent,
            None,
            "a document was altered or is missing",
        ),
        (
            Certutil::StandIn,
            Some(&file),
            "no folder for temporary files can be made; set TEMP.",
        ),
    ] {
        let mut command = Cmd::new(bundle.path(), "apply.cmd")
            .args(&["--yes"])
            .aws(Aws::Exe, None)
            .certutil(certutil);
        if let Some(file) = temporary {
            command = command.env("WINETEMP", file);
        }
        let output = command.run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{output:?}");
        assert!(output.stderr.contains(words), "{output:?}");
        assert_eq!(output.left_in_temp, [""; 0]);
    }
    let unset = "@set TEMP=\r\n@set TMP=\r\n@call check.cmd\r\n";
    fs::write(bundle.path().join("t.cmd"), unset).unwrap();
    let output = Cmd::new(bundle.path(), "t.cmd").aws(Aws::Exe, None).run();
    assert!(
        output.code == 2 && output.stderr.contains("set TEMP."),
        "{output:?}"
    );
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_command_that_cannot_be_printed_is_not_run() {
    let answers = Answers::new();
    let bundle = small_bundle();
    let run = |name: &[&str], script: &str| {
        // It grows with each run, and the limit counts for it too.
        drop(fs::remove_file(bundle.path().join("receipt.txt")));
        let mut command = shell(&["sh"]);
        command
            .args(["-c", script, "sh"])
            .args(name)
            .current_dir(bundle.path())
            .env("PATH", path_with(answers.path()));
        command.output().unwrap()
    };
    // The receipt is shorter than what --verbose prints.
    let all = run(&["sh"], "\"$@\" apply.sh --yes --verbose");
    assert_eq!(
        answers.take_changes(),
        ["create-role", "create-policy", "attach-role-policy"]
    );
    // A full disk and a closed output from the start, and a disk that is full later.
    let room = text(&all.stdout).find("aws iam create-policy").unwrap() + 5;
    let later = format!(
        "env --ignore-signal=XFSZ prlimit --fsize={room} \"$@\" apply.sh --yes --verbose >out"
    );
    let unseen = "the command could not be printed, so it was not run.";
    for name in SHELLS {
        for (script, code, words, changes) in [
            (
                "\"$@\" apply.sh --yes >&-",
                2,
                "nothing can be printed to the standard output.",
                &[][..],
            ),
            ("\"$@\" apply.sh --yes >/dev/full", 3, unseen, &[]),
            (&later, 3, unseen, &["create-role"]),
        ] {
            let output = run(name, script);
            let stderr = text(&output.stderr);
            assert_eq!(
                output.status.code(),
                Some(code),
                "{name:?}, {script}: {stderr}"
            );
            assert!(stderr.contains(words), "{name:?}, {script}: {stderr}");
            assert_eq!(answers.take_changes(), changes, "{name:?}, {script}");
        }
    }
}

/// Answers to the question of apply, and whether each means yes.
const TYPED: [(&str, bool); 8] = [
    ("y", true),
    ("yes", true),
    ("YES", true),
    ("n", false),
    ("", false),
    ("yes please", false),
    ("\"&echo>ran&\"$(echo>ran)", false),
    ("%CD%&echo>ran", false),
];

/// Texts that a shell executes, expands or loses if it looks into them. IAM permits each in the path of a user.
const HOSTILE: [&str; 4] = [
    "a&echo>ran&|<>^%CD%!CD!()*?;$(echo>ran)`echo>ran`\\n%s",
    "\"&echo>ran&!CD!%CD%'^",
    "\"a\"&echo>ran&\"b\"^&echo>ran&'c'|echo>ran",
    "%ComSpec:~0,1%^!CD^!a\"&echo>ran|(\"b%1%%~d0%*\\",
];

const CALLER: &str = "arn:aws:iam::111122223333:user/admin";
const ERROR: &str = "An error occurred (AccessDenied) when calling it: {}";

/// An operation, what it answers, the exit code of apply, and the line that it prints; `{}` is a hostile text.
const SAID: [(&str, &str, i32, &str); 8] = [
    (
        "get-caller-identity",
        "111122223333\tarn:aws:iam::111122223333:user/{}/bob",
        0,
        "Account 111122223333, Region us-east-1, signed in as arn:aws:iam::111122223333:user/{}/bob",
    ),
    (
        "get-caller-identity",
        "{}\tarn:aws:iam::111122223333:user/admin",
        2,
        "apply: the credentials belong to account \"{}\"; this bundle is for account 111122223333.",
    ),
    ("get-role", "{}\tNone", 1, "      its ARN is {}"),
    (
        "get-role",
        "arn:aws:iam::111122223333:role/LexConversationLogsRole\t{}",
        0,
        "      its permissions boundary is {}",
    ),
    (
        "get-policy",
        "{}",
        3,
        "apply: AWS answered with something that is no version.",
    ),
    ("trust", "{\n    {}\n}", 1, "      in the account:  {}"),
    ("get-role", ERROR, 3, ERROR),
    ("create-role", ERROR, 3, ERROR),
];

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn hostile_answers_are_printed_unchanged_and_never_run() {
    for case in cover(&[shells().len(), HOSTILE.len(), SAID.len()]) {
        let (runner, hostile) = (shells()[case[0]], HOSTILE[case[1]]);
        let (operation, said, code, line) = SAID[case[2]];
        let [said, line] = [said, line].map(|text| text.replace("{}", hostile));
        let (answers, bundle) = (Answers::new(), small_bundle());
        if operation != "create-role" {
            answers.in_place(bundle.path());
        }
        let is_error = said.starts_with("An error");
        let say = if is_error {
            Answers::refuse
        } else {
            Answers::answer
        };
        say(&answers, operation, &said);
        let before = names(bundle.path());
        let outcome = runner.run(bundle.path(), "apply", &["--yes"], answers.path(), &[]);
        let case = format!("{runner:?}, {operation}: {hostile}: {outcome:?}");
        assert_eq!(outcome.code, code, "{case}");
        let mut lines = outcome.stdout.lines().chain(outcome.stderr.lines());
        assert!(
            line.is_empty() || lines.any(|printed| printed == line),
            "{case}"
        );
        assert_eq!(
            answers.take_changes().len(),
            usize::from(operation == "create-role"),
            "{case}"
        );
        if code == 0 || operation == "create-role" {
            let receipt = bundle.path().join("receipt.txt");
            let lines = fs::read_to_string(&receipt).unwrap();
            let caller = said.split_once('\t').filter(|_| operation != "get-role");
            let caller = format!("caller: {}", caller.map_or(CALLER, |(_, caller)| caller));
            assert!(lines.lines().any(|line| line == caller), "{case}: {lines}");
            fs::remove_file(receipt).unwrap();
        }
        assert_eq!(names(bundle.path()), before, "{case}");
    }
}
