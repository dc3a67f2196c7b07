//! Options of a shell that come from outside (`sh -C`, `SHELLOPTS`, `BASH_ENV`)
//! and a missing TEMP in cmd.exe: the scripts do the same, or say why not.

use std::fs;
use std::path::Path;

use crate::apply::{ACCOUNT, example, unpacked};
use crate::bridge::Bridge;
use crate::recording::{RecordingAws, answer};
use crate::support::{SHELLS, folder, path_with, shell, text};
use crate::wine::{Aws, Cmd};

/// Options with which no script runs, or not as a script, whatever it holds.
const NO_SCRIPT: [&str; 16] = [
    "noexec",
    "exec",
    "onecmd",
    "singlecommand",
    "restricted",
    "interactive",
    "stdin",
    "shinstdin",
    "login",
    "login_shell",
    "rc",
    "rcs",
    "norcs",
    "privileged",
    "ignorebraces",
    "ignoreclosebraces",
];

/// The options that a shell knows, by its own list.
fn options(name: &[&str]) -> Vec<String> {
    let output = shell(name).args(["-c", "set -o"]).output().unwrap();
    let lines = text(&output.stdout).lines();
    let words = lines.filter_map(|line| line.split_whitespace().next());
    words
        .filter(|word| *word != "Current" && !NO_SCRIPT.contains(word))
        .map(str::to_owned)
        .collect()
}

/// How `check.sh` ends, and what it prints, with these arguments of the shell.
fn run(
    name: &[&str],
    before: &[&str],
    env: &[(&str, &str)],
    folder: &Path,
    aws: &RecordingAws,
) -> (Option<i32>, String) {
    let mut command = shell(name);
    command
        .args(before)
        .arg("check.sh")
        .current_dir(folder)
        .envs(env.iter().copied())
        .env("PATH", path_with(aws.path()));
    let output = command.output().unwrap();
    let printed = text(&output.stdout).to_owned();
    let said = text(&output.stderr);
    (
        output.status.code(),
        if printed.is_empty() {
            said.to_owned()
        } else {
            printed
        },
    )
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn no_option_of_a_shell_changes_what_a_script_does() {
    let aws = RecordingAws::new();
    aws.say_account(ACCOUNT);
    let place = folder();
    let folder = unpacked(&example("text-and-audio"), place.path());
    for name in SHELLS {
        let usual = run(name, &[], &[], &folder, &aws);
        assert_eq!(usual.0, Some(1), "{name:?}: {usual:?}");
        let options = options(name);
        assert!(options.len() > 10, "{name:?}: {options:?}");
        for option in &options {
            let outcome = run(name, &["-o", option], &[], &folder, &aws);
            assert_eq!(outcome, usual, "{name:?} -o {option}");
        }
        println!("{name:?}: {} options", options.len());
    }
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn no_option_in_the_environment_changes_what_a_script_does() {
    let aws = RecordingAws::new();
    aws.say_account(ACCOUNT);
    let place = folder();
    let folder = unpacked(&example("text-and-audio"), place.path());
    let usual = run(&["bash"], &[], &[], &folder, &aws);
    let before = place.path().join("before.sh");
    fs::write(&before, "set -Cefau\nset -o pipefail\n").unwrap();
    let before = before.to_str().unwrap();
    for env in [
        ("SHELLOPTS", "noclobber"),
        ("SHELLOPTS", "errexit:nounset:noglob"),
        ("SHELLOPTS", "allexport:pipefail"),
        ("SHELLOPTS", "posix"),
        ("BASH_ENV", before),
        ("ENV", before),
    ] {
        assert_eq!(run(&["bash"], &[], &[env], &folder, &aws), usual, "{env:?}");
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn without_temp_cmd_exe_leaves_no_folder_anywhere() {
    let place = folder();
    let folder = unpacked(&example("text-and-audio"), place.path());
    let bridge = Bridge::start(|call| answer(&call.argv, ACCOUNT, None).with_crlf());
    fs::write(
        folder.join("t.cmd"),
        "@set TEMP=\r\n@set TMP=\r\n@call check.cmd\r\n",
    )
    .unwrap();
    let output = Cmd::new(&folder, "t.cmd")
        .aws(Aws::Exe, Some(&bridge))
        .run();
    assert_eq!(output.code, 2, "{output:?}");
    assert!(output.stderr.contains("set TEMP."), "{output:?}");
}
