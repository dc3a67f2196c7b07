//! What surrounds a script and must not change what it does: options and variables of the shell, a profile, a Region, a
//! click, a zip that was not extracted, an interrupt.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::apply::{example, unpacked};
use crate::bridge::{Bridge, run_program};
use crate::runner::{Answers, Outcome, posix, shells, small_bundle};
use crate::support::{
    SHELLS, bundle, each, folder, names, output_of, path_with, shell, text, without_aws_settings,
    write_program,
};
use crate::wine::{Aws, Cmd, windows_path};

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn every_call_gets_the_profile_and_the_region() {
    let answers = Answers::new();
    for &runner in shells() {
        let place = folder();
        let folder = unpacked(&example("text-and-audio"), place.path());
        let options = ["--profile", "my & profile", "--region", "eu-west-1"];
        for (script, more, code) in [
            ("apply", &["--yes", "--verbose"][..], 0),
            ("check", &["--verbose"], 1),
            ("undo", &["--yes", "--verbose"], 0),
        ] {
            let arguments = [&options[..], more].concat();
            let outcome = runner.run(&folder, script, &arguments, answers.path(), &[]);
            assert_eq!(outcome.code, code, "{runner:?}, {script}: {outcome:?}");
            let calls = answers.take_calls();
            assert!(calls.len() > 5, "{runner:?}, {script}: {calls:?}");
            for call in &calls {
                assert!(
                    call.starts_with("eu-west-1 eu-west-1 [] "),
                    "{runner:?}: {call}"
                );
                assert!(
                    call.ends_with(" --profile my & profile"),
                    "{runner:?}: {call}"
                );
                // What the logs are written to is in the bundle's Region.
                let has_region = call.contains("[] logs ") || call.contains("[] s3api ");
                assert_eq!(
                    call.contains(" --region us-east-1 "),
                    has_region,
                    "{runner:?}: {call}"
                );
            }
            // With --verbose, each call is printed.
            let printed = outcome.stdout.matches("--profile \"my & profile\"").count();
            assert_eq!(printed, calls.len(), "{runner:?}: {outcome:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn reading_calls_are_printed_only_with_verbose() {
    let answers = Answers::new();
    for case in each(&[shells().len(), 3]) {
        let bundle = small_bundle();
        answers.in_place(bundle.path());
        let (script, arguments) = [
            ("apply", &["--yes"][..]),
            ("apply", &["--dry-run"]),
            ("check", &[]),
        ][case[1]];
        let run = |more: &[&str]| {
            let arguments = [arguments, more].concat();
            let outcome =
                shells()[case[0]].run(bundle.path(), script, &arguments, answers.path(), &[]);
            assert!(outcome.is_done(), "{case:?}: {outcome:?}");
            outcome.stdout
        };
        let (plain, verbose) = (run(&[]), run(&["--verbose"]));
        assert!(!plain.contains("aws "), "{case:?}: {plain}");
        assert!(
            verbose.contains("\naws iam get-role "),
            "{case:?}: {verbose}"
        );
    }
}

/// A run of apply --update on an account where everything differs: what was printed and called, and the receipt.
fn updated(
    answers: &Answers,
    run: impl FnOnce(&Path) -> Outcome,
) -> (i32, String, Vec<String>, String) {
    let bundle = small_bundle();
    answers.in_place(bundle.path());
    answers.answer("trust", "{\n    \"Version\": \"*\"\n}");
    answers.answer("get-policy-version", "{}");
    answers.answer("list-attached-role-policies", "");
    answers.answer("list-policy-versions", "v2");
    let outcome = run(bundle.path());
    let calls = answers.take_calls();
    let receipt = fs::read_to_string(bundle.path().join("receipt.txt"));
    let receipt = receipt.unwrap_or_else(|_| panic!("{outcome:?}"));
    let lines = receipt.lines().filter(|line| !line.starts_with("time: "));
    (
        outcome.code,
        outcome.stdout,
        calls,
        lines.collect::<Vec<_>>().join("\n"),
    )
}

/// Options with which no script runs, or not as a script, whatever it holds.
const NO_SCRIPT: &str = "Current noexec exec onecmd singlecommand restricted interactive stdin shinstdin login login_shell rc \
                         rcs norcs privileged ignorebraces ignoreclosebraces";

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn no_option_of_a_shell_changes_what_a_script_does() {
    let answers = Answers::new();
    let bundle = small_bundle();
    for name in SHELLS {
        let run = |more: &[&str]| {
            let shell = [name, more].concat();
            posix(&shell, bundle.path(), "check", &[], answers.path(), &[])
        };
        let usual = run(&[]);
        assert_eq!(usual.code, 1, "{name:?}: {usual:?}");
        let listed = output_of(
            name[0],
            &[&name[1..], &["-c", "set -o"]].concat(),
            Path::new("/"),
        );
        let options = listed
            .lines()
            .filter_map(|line| line.split_whitespace().next());
        let never: Vec<&str> = NO_SCRIPT.split(' ').collect();
        let options: Vec<&str> = options.filter(|option| !never.contains(option)).collect();
        assert!(options.len() > 10, "{name:?}: {options:?}");
        for option in options {
            // Tracing writes to standard error.
            let outcome = run(&["-o", option]);
            assert_eq!(
                (outcome.code, &outcome.stdout),
                (1, &usual.stdout),
                "{name:?} -o {option}"
            );
        }
    }
}

/// The variables to which the scripts with that ending assign.
fn assigned(ending: &str, is_letter: impl Fn(char) -> bool) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in bundle(&example("prerequisites")).files {
        if file.name.ends_with(ending) {
            let words = file
                .text
                .split(|c: char| !is_letter(c) && !"_=".contains(c));
            let assigned = words.filter_map(|word| word.split_once('='));
            names.extend(assigned.map(|(name, _)| name.to_owned()));
        }
    }
    names.remove("");
    names
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn options_and_variables_of_the_shell_change_nothing() {
    let answers = Answers::new();
    let place = folder();
    let start = place.path().join("start");
    fs::create_dir(&start).unwrap();
    fs::write(start.join("options"), "set -C -e -f -u -a\n").unwrap();
    fs::write(
        start.join(".zshenv"),
        "set -C -e -f -u -a\nsetopt ksh_arrays no_sh_word_split\n",
    )
    .unwrap();
    let file = start.join("options").to_str().unwrap().to_owned();
    let own = assigned("sh", |c| c.is_ascii_lowercase());
    assert!(
        own.contains("differences") && own.contains("work"),
        "{own:?}"
    );
    let value = "1-create * --yes".to_owned();
    let own = own.into_iter().map(|name| (name, value.clone())).collect();
    let of = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    let environments = [
        own,
        of("SHELLOPTS", "errexit:noclobber:noglob:nounset"),
        of("BASH_ENV", &file),
        of("ENV", &file),
        of("ZDOTDIR", start.to_str().unwrap()),
        of("POSIXLY_CORRECT", "1"),
        of("IFS", "aeiou/"),
        of("CDPATH", "/:/tmp"),
        of("GREP_OPTIONS", "-v"),
    ];
    for name in SHELLS {
        let run = |options: &[&str], environment: &[(String, String)]| {
            updated(&answers, |bundle| {
                let shell = [name, options].concat();
                let arguments = ["--yes", "--update"];
                posix(
                    &shell,
                    bundle,
                    "apply",
                    &arguments,
                    answers.path(),
                    environment,
                )
            })
        };
        let plain = run(&[], &[]);
        assert!(plain.0 == 0 && plain.2.len() > 10, "{name:?}: {plain:?}");
        for options in ["-C", "-e", "-f", "-a -u -x -v", "-aefuxC"] {
            let words: Vec<&str> = options.split(' ').collect();
            assert_eq!(run(&words, &[]), plain, "{name:?} {options}");
        }
        for environment in &environments {
            assert_eq!(run(&[], environment), plain, "{name:?}, {environment:?}");
        }
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn variables_of_cmd_and_of_its_scripts_change_nothing() {
    let answers = Answers::new();
    let mut own = assigned("cmd", |c| c.is_ascii_uppercase());
    assert!(
        own.contains("DIFFERENCES") && own.contains("WORK"),
        "{own:?}"
    );
    own.retain(|name| name.len() > 1 && !name.starts_with("AWS_") && name != "TEMP");
    own.extend(["RANDOM", "CD", "DATE", "TIME", "--yes", "--dry-run"].map(str::to_owned));
    let run = |value: Option<&str>| {
        updated(&answers, |bundle| {
            let (program, settings) = (answers.path().join("aws"), without_aws_settings());
            let bridge =
                Bridge::start(move |call| run_program(&program, &settings, call).with_crlf());
            let mut command = Cmd::new(bundle, "apply.cmd")
                .args(&["--yes", "--update"])
                .aws(Aws::Exe, Some(&bridge));
            for (name, value) in own
                .iter()
                .filter_map(|name| value.map(|value| (name, value)))
            {
                command = command.env(name, value);
            }
            let output = command.run();
            assert_eq!(output.left_in_temp, [""; 0]);
            Outcome {
                code: output.code,
                stdout: output.stdout,
                stderr: output.stderr,
            }
        })
    };
    let plain = run(None);
    assert!(plain.0 == 0 && plain.2.len() > 10, "{plain:?}");
    for value in ["0", "1", "create"] {
        assert_eq!(run(Some(value)), plain, "{value}");
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn an_aws_that_is_a_bat_file_is_an_aws_cli() {
    let (bundle, programs) = (small_bundle(), folder());
    for (last, code, words) in [("0", 0, ""), ("253", 2, "no working credentials")] {
        let text = format!(
            "@if \"%1\"==\"sts\" echo 111122223333 arn\r\n\
             @if \"%2\"==\"get-role\" echo ^(NoSuchEntity^) 1>&2\r\n\
             @if \"%2\"==\"get-role\" exit /b 254\r\n\
             @if \"%2\"==\"get-policy\" echo ^(NoSuchEntity^) 1>&2\r\n\
             @if \"%2\"==\"get-policy\" exit /b 254\r\n@exit /b {last}\r\n"
        );
        fs::write(programs.path().join("aws.bat"), text).unwrap();
        let output = Cmd::new(bundle.path(), "apply.cmd")
            .args(&["--yes"])
            .extra_path(programs.path())
            .run();
        assert_eq!(output.code, code, "{output:?}");
        assert!(
            output.stderr.contains(words) && output.stderr.is_empty() == (code == 0),
            "{output:?}"
        );
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn a_clicked_script_waits_before_its_window_closes() {
    // Not in a folder with a `!`, which this comparison does not survive.
    let bundle = small_bundle();
    let path = windows_path(&bundle.path().join("check.cmd"));
    let shell = r"C:\windows\system32\cmd.exe";
    // Wine has no CMDCMDLINE. This is what Explorer's cmd.exe sets.
    for (line, arguments, waits) in [
        (format!("{shell} /c \"\"{path}\" \""), &[][..], true),
        (format!("\"{shell}\" /C \"{path}\" "), &[], true),
        (format!("{shell} /c check.cmd"), &[], false),
        (format!("{shell} /c \"{path}\""), &[], false),
        (
            format!("{shell} /c \"\"{path}\" --verbose\""),
            &["--verbose"],
            false,
        ),
    ] {
        let output = Cmd::new(bundle.path(), "check.cmd")
            .args(arguments)
            .env("CMDCMDLINE", &line)
            .run();
        assert_eq!(output.code, 2, "{line}: {output:?}");
        assert_eq!(
            output.stdout.contains("Press any key"),
            waits,
            "{line}: {output:?}"
        );
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn a_script_outside_its_folder_asks_to_extract_the_zip() {
    let bundle = small_bundle();
    for case in each(&[shells().len(), 3]) {
        let (runner, script) = (shells()[case[0]], ["apply", "check", "undo"][case[1]]);
        let alone = folder();
        for ending in ["sh", "cmd"] {
            let name = format!("{script}.{ending}");
            fs::copy(bundle.path().join(&name), alone.path().join(&name)).unwrap();
        }
        let outcome = runner
            .run(alone.path(), script, &[], alone.path(), &[])
            .in_one_form();
        let words = format!(
            "{script}: functions.sh is missing beside this script. Extract the whole zip.\n"
        );
        assert_eq!((outcome.code, outcome.stderr), (2, words), "{runner:?}");
    }
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn an_interrupted_script_says_so_and_keeps_its_receipt() {
    let answers = Answers::new();
    // A call that takes its time.
    let program = answers.path().join("aws");
    let quick = fs::read_to_string(&program).unwrap();
    write_program(
        &program,
        &format!("{quick}if [ $2 = create-role ]; then touch called; sleep 20; fi\n"),
    );
    let called = answers.path().join("called");
    for name in SHELLS {
        for signal in ["INT", "TERM"] {
            let (bundle, temporary) = (small_bundle(), folder());
            drop(fs::remove_file(&called));
            // A process group of its own, as a terminal's.
            let mut command = shell(&["setsid"]);
            command
                .args(name)
                .args(["apply.sh", "--yes"])
                .current_dir(bundle.path());
            command
                .env("TMPDIR", temporary.path())
                .env("PATH", path_with(answers.path()));
            let child = command
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            for _ in 0..600 {
                if called.exists() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            assert!(called.exists(), "{name:?}");
            let group = format!("-{}", child.id());
            output_of("kill", &["-s", signal, "--", &group], bundle.path());
            let output = child.wait_with_output().unwrap();
            let stderr = text(&output.stderr);
            let case = format!("{name:?}, {signal}: {stderr}");
            assert_eq!(output.status.code(), Some(130), "{case}");
            let role = "role LexConversationLogsRole";
            let words = format!("apply: interrupted.\nStep 1 failed: {role}. Done before it:\n");
            assert!(stderr.contains(&words), "{case}");
            assert!(
                stderr.ends_with("Running this again is safe: it continues where it stopped.\n"),
                "{case}"
            );
            assert!(!stderr.contains("No such file"), "{case}");
            assert_eq!(names(temporary.path()), [""; 0], "{case}");
            let receipt = fs::read_to_string(bundle.path().join("receipt.txt")).unwrap();
            assert!(
                receipt.ends_with(
                    "\ncreating: arn:aws:iam::111122223333:role/LexConversationLogsRole\n"
                ),
                "{case}: {receipt}"
            );
        }
    }
}
