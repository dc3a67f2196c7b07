//! What stops `apply` before any change, and hostile answers of AWS, which no script may execute or alter.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::apply::ACCOUNT;
use crate::iam::{CLIS, Iam};
use crate::runner::{Answers, Outcome, PROGRAMS, RUNNERS, Runner, small_bundle};
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

/// A message as a runner prints it: unlike Windows, Wine removes all quotes from a parameter, not those around it alone.
fn quoted(runner: Runner, message: &str) -> String {
    if is_cmd(runner) {
        message.replace('"', "")
    } else {
        message.to_owned()
    }
}

fn is_cmd(runner: Runner) -> bool {
    matches!(runner, Runner::CmdExe | Runner::CmdBatch)
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
    for case in cover(&[RUNNERS.len(), CLIS.len(), 3]) {
        let (runner, cli) = (RUNNERS[case[0]], CLIS[case[1]]);
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
    for case in each(&[RUNNERS.len(), cases.len()]) {
        let (runner, (arguments, words)) = (RUNNERS[case[0]], &cases[case[1]]);
        let outcome = runner.run(bundle.path(), "apply", arguments, answers.path(), &[]);
        assert_refused(
            &outcome,
            &quoted(runner, words),
            &format!("{runner:?}, {arguments:?}"),
        );
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
    for case in cover(&[RUNNERS.len(), 4, scripts.len()]) {
        let (runner, (script, arguments)) = (RUNNERS[case[0]], scripts[case[2]]);
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

/// Runs apply in a POSIX shell with nothing but these programs.
fn with_programs(runner: &[&str], programs: &Path, settings: &[(&str, &str)]) -> Outcome {
    let bundle = small_bundle();
    let mut command = shell(runner);
    command
        .args(["apply.sh", "--yes"])
        .current_dir(bundle.path())
        .env("PATH", programs)
        .envs(settings.iter().copied());
    let output = command.output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: text(&output.stdout).to_owned(),
        stderr: text(&output.stderr).to_owned(),
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn apply_names_the_program_or_folder_that_is_missing() {
    let nothing = folder();
    for runner in RUNNERS {
        let outcome = runner.run(
            small_bundle().path(),
            "apply",
            &["--yes"],
            nothing.path(),
            &[],
        );
        assert_refused(
            &outcome,
            "there is no command aws on the PATH.",
            &format!("{runner:?}"),
        );
    }
    let answers = Answers::new();
    for name in SHELLS {
        let is_busybox = name[0] == "busybox";
        for (absent, words) in [
            ("diff", "there is no command diff on the PATH."),
            ("sha256sum", "a document was altered or is missing"),
            ("", "no folder for temporary files can be made; set TMPDIR."),
        ] {
            let wanted: Vec<&str> = PROGRAMS
                .into_iter()
                .filter(|program| *program != absent)
                .collect();
            let programs = only_programs(&wanted);
            std::os::unix::fs::symlink(answers.path().join("aws"), programs.path().join("aws"))
                .unwrap();
            let temporary = if absent.is_empty() {
                "/nonexistent/folder"
            } else {
                "/tmp"
            };
            let outcome = with_programs(name, programs.path(), &[("TMPDIR", temporary)]);
            // Busybox contains the programs itself.
            if !(is_busybox && !absent.is_empty()) {
                assert_refused(&outcome, words, &format!("{name:?}, {absent}"));
            }
            assert_eq!(
                answers.take_changes().is_empty(),
                outcome.code == 2,
                "{name:?}: {outcome:?}"
            );
        }
    }
    // On macOS, shasum computes the digests.
    let wanted: Vec<&str> = PROGRAMS
        .into_iter()
        .filter(|program| *program != "sha256sum")
        .chain(["shasum"])
        .collect();
    let programs = only_programs(&wanted);
    std::os::unix::fs::symlink(answers.path().join("aws"), programs.path().join("aws")).unwrap();
    let outcome = with_programs(&["bash"], programs.path(), &[]);
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (0, ""),
        "{outcome:?}"
    );
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

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn apply_asks_at_a_terminal_and_goes_on_only_after_yes() {
    let answers = Answers::new();
    let question = "Make these 3 changes in account 111122223333? [y/N] ";
    let end = ("\u{4}", false);
    for case in each(&[SHELLS.len(), TYPED.len() + 1]) {
        let (name, (typed, goes_on)) = (SHELLS[case[0]], *TYPED.get(case[1]).unwrap_or(&end));
        let bundle = small_bundle();
        let argv = [name, &["apply.sh"]].concat();
        let typed = if typed == end.0 {
            typed.to_owned()
        } else {
            format!("{typed}\n")
        };
        let session = at_terminal(bundle.path(), answers.path(), &argv, &[(question, &typed)]);
        assert_eq!(
            session.code,
            Some(if goes_on { 0 } else { 2 }),
            "{typed:?}: {session:?}"
        );
        assert_eq!(
            answers.take_changes().len(),
            if goes_on { 3 } else { 0 },
            "{session:?}"
        );
        assert_eq!(
            session
                .shown
                .contains("the answer was not yes.\nNothing was changed.\n"),
            !goes_on,
            "{session:?}"
        );
        assert!(!bundle.path().join("ran").exists());
    }
    // What needs no answer is not asked.
    let bundle = small_bundle();
    for argument in ["--yes", "--dry-run"] {
        let session = at_terminal(
            bundle.path(),
            answers.path(),
            &["sh", "apply.sh", argument],
            &[],
        );
        assert!(
            session.code == Some(0) && !session.shown.contains("[y/N]"),
            "{session:?}"
        );
    }
    answers.in_place(bundle.path());
    let session = at_terminal(bundle.path(), answers.path(), &["sh", "apply.sh"], &[]);
    assert!(
        session.code == Some(0) && !session.shown.contains("[y/N]"),
        "{session:?}"
    );
}

/// Wine has no timeout.exe, with which the script detects a console: one that only succeeds stands in for it.
#[test]
#[ignore = "needs Wine: run tests/run"]
fn apply_asks_at_a_console_and_goes_on_only_after_yes() {
    use crate::bridge::{Bridge, run_program};
    let windows = folder();
    let system = windows.path().join("System32");
    fs::create_dir(&system).unwrap();
    for name in ["certutil.exe", "fc.exe", "find.exe"] {
        let program = real("wine-prefix/drive_c/windows/system32").join(name);
        std::os::unix::fs::symlink(program, system.join(name)).unwrap();
    }
    let source = windows.path().join("timeout.c");
    fs::write(&source, "int main(void) { return 0; }\n").unwrap();
    let mut compiler = Command::new("x86_64-w64-mingw32-gcc");
    let built = compiler
        .arg("-o")
        .arg(system.join("timeout.exe"))
        .arg(&source)
        .status()
        .unwrap();
    assert!(built.success());
    for (typed, goes_on) in TYPED {
        let answers = Answers::new();
        let bundle = small_bundle();
        let script = format!(
            "@set \"SystemRoot={}\"\r\n@call apply.cmd\r\n",
            windows_path(windows.path())
        );
        fs::write(bundle.path().join("t.cmd"), script).unwrap();
        let program = answers.path().join("aws");
        let settings = crate::support::without_aws_settings();
        let bridge = Bridge::start(move |call| run_program(&program, &settings, call).with_crlf());
        let output = Cmd::new(bundle.path(), "t.cmd")
            .aws(Aws::Exe, Some(&bridge))
            .stdin(format!("{typed}\r\n").as_bytes())
            .run();
        assert_eq!(
            output.code,
            if goes_on { 0 } else { 2 },
            "{typed:?}: {output:?}"
        );
        assert!(
            output
                .stdout
                .contains("Make these 3 changes in account 111122223333? [y/N] "),
            "{output:?}"
        );
        assert_eq!(
            answers.take_changes().len(),
            if goes_on { 3 } else { 0 },
            "{output:?}"
        );
        assert!(!bundle.path().join("ran").exists(), "{typed:?}");
    }
}

/// Texts that a shell executes, expands or loses if it looks into them. IAM permits each in the path of a user.
const HOSTILE: [&str; 4] = [
    "a&echo>ran&|<>^%CD%!CD!()*?;$(echo>ran)`echo>ran`\\n%s",
    "\"&echo>ran&!CD!%CD%'^",
    "\"a\"&echo>ran&\"b\"^&echo>ran&'c'|echo>ran",
    "%ComSpec:~0,1%^!CD^!a\"&echo>ran|(\"b%1%%~d0%*\\",
];

/// What says a hostile text to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Caller,
    Account,
    Role,
    Boundary,
    Version,
    Document,
    ErrorOfRead,
    ErrorOfChange,
}

const SAYS: [Says; 8] = [
    Says::Caller,
    Says::Account,
    Says::Role,
    Says::Boundary,
    Says::Version,
    Says::Document,
    Says::ErrorOfRead,
    Says::ErrorOfChange,
];

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn hostile_answers_are_printed_unchanged_and_never_run() {
    for case in cover(&[RUNNERS.len(), HOSTILE.len(), SAYS.len()]) {
        let (runner, hostile, says) = (RUNNERS[case[0]], HOSTILE[case[1]], SAYS[case[2]]);
        let answers = Answers::new();
        let bundle = small_bundle();
        let arn = "arn:aws:iam::111122223333:user/admin";
        let error = format!("An error occurred (AccessDenied) when calling it: {hostile}");
        let mut caller = arn.to_owned();
        if matches!(
            says,
            Says::Role | Says::Boundary | Says::Version | Says::Document
        ) {
            answers.in_place(bundle.path());
        }
        let (code, line) = match says {
            Says::Caller => {
                caller = format!("arn:aws:iam::111122223333:user/{hostile}/bob");
                answers.answer("get-caller-identity", &format!("111122223333\t{caller}"));
                (
                    0,
                    format!("Account 111122223333, Region us-east-1, signed in as {caller}"),
                )
            }
            Says::Account => {
                answers.answer("get-caller-identity", &format!("{hostile}\t{arn}"));
                let quote = quoted(runner, "\"");
                (
                    2,
                    format!(
                        "apply: the credentials belong to account {quote}{hostile}{quote}; this bundle is for account 111122223333."
                    ),
                )
            }
            Says::Role => {
                answers.answer("get-role", &format!("{hostile}\tNone"));
                (1, format!("      its ARN is {hostile}"))
            }
            Says::Boundary => {
                let role = "arn:aws:iam::111122223333:role/LexConversationLogsRole";
                answers.answer("get-role", &format!("{role}\t{hostile}"));
                (0, format!("      its permissions boundary is {hostile}"))
            }
            Says::Version => {
                answers.answer("get-policy", hostile);
                answers.answer("get-policy-version", "{}");
                (if is_cmd(runner) { 3 } else { 1 }, String::new())
            }
            Says::Document => {
                answers.answer("trust", &format!("{{\n    {hostile}\n}}"));
                (1, format!("      in the account:  {hostile}"))
            }
            Says::ErrorOfRead => {
                answers.refuse("get-role", &error);
                (3, error)
            }
            Says::ErrorOfChange => {
                answers.refuse("create-role", &error);
                (3, error)
            }
        };
        let before = names(bundle.path());
        let outcome = runner.run(bundle.path(), "apply", &["--yes"], answers.path(), &[]);
        let case = format!("{runner:?}, {says:?}, {hostile}: {outcome:?}");
        assert_eq!(outcome.code, code, "{case}");
        let mut lines = outcome.stdout.lines().chain(outcome.stderr.lines());
        assert!(
            line.is_empty() || lines.any(|printed| printed == line),
            "{case}"
        );
        let changes = answers.take_changes().len();
        assert_eq!(
            changes,
            match says {
                Says::Caller => 3,
                Says::ErrorOfChange => 1,
                _ => 0,
            },
            "{case}"
        );
        let receipt = fs::read_to_string(bundle.path().join("receipt.txt")).unwrap_or_default();
        let has_receipt = matches!(says, Says::Caller | Says::Boundary | Says::ErrorOfChange);
        assert_eq!(
            receipt
                .lines()
                .any(|line| line == format!("caller: {caller}")),
            has_receipt,
            "{case}: {receipt}"
        );
        drop(fs::remove_file(bundle.path().join("receipt.txt")));
        assert_eq!(names(bundle.path()), before, "{case}");
    }
}
