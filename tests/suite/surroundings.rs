//! What surrounds a script: a profile, a Region, a click, a zip that was not
//! extracted.

use std::process::Stdio;
use std::time::Duration;

use crate::apply::{ACCOUNT, example, unpacked};
use crate::iam::{Cli, Iam};
use crate::recording::RecordingAws;
use crate::runner::RUNNERS;
use crate::support::{
    SHELLS, bundle, folder, names, output_of, path_with, shell, text, unpack, write_program,
};
use crate::wine::{Aws, Cmd, windows_path};

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn every_call_gets_the_profile_and_the_region() {
    let iam = Iam::start(ACCOUNT);
    let place = folder();
    let config = place.path().join("config");
    std::fs::write(
        &config,
        "[profile \"my & profile\"]\naws_access_key_id = test\naws_secret_access_key = test\n",
    )
    .unwrap();
    let mut settings = iam.settings();
    settings.push(("AWS_CONFIG_FILE".into(), config.to_str().unwrap().into()));
    let mut printed = Vec::new();
    for runner in RUNNERS {
        let place = folder();
        let folder = unpacked(&example("text-and-audio"), place.path());
        let options = ["--profile", "my & profile", "--region", "eu-west-1"];
        for (script, more, code) in [
            ("apply", None, 0),
            ("check", None, 1),
            ("undo", Some("--yes"), 0),
        ] {
            let arguments: Vec<&str> = options.into_iter().chain(more).collect();
            let outcome = runner.run(&folder, script, &arguments, &iam.aws(Cli::V1), &settings);
            assert_eq!(outcome.code, code, "{runner:?}, {script}: {outcome:?}");
            printed.push((runner, outcome.in_one_form()));
            let calls = iam.take_calls(Cli::V1);
            assert!(calls.len() > 3, "{runner:?}, {script}");
            for call in calls {
                let of = |option: &str| {
                    let at = call.iter().position(|word| word == option);
                    at.map(|at| call[at + 1].as_str())
                };
                assert_eq!(
                    of("--profile"),
                    Some("my & profile"),
                    "{runner:?}: {call:?}"
                );
                // What the logs are written to is in the bundle's own Region.
                let region = if ["logs", "s3api"].contains(&call[0].as_str()) {
                    "us-east-1"
                } else {
                    "eu-west-1"
                };
                assert_eq!(of("--region"), Some(region), "{runner:?}: {call:?}");
            }
        }
    }
    for (index, (runner, outcome)) in printed.iter().enumerate() {
        // cmd.exe prints quotes around whatever was typed.
        let printed_here = outcome.stdout.replace("\"eu-west-1\"", "eu-west-1");
        assert_eq!(printed_here, printed[index % 3].1.stdout, "{runner:?}");
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn a_script_that_was_clicked_waits_before_its_window_closes() {
    // Not in a folder with a `!`, which this comparison does not survive.
    let place = folder();
    let folder = place.path();
    unpack(&bundle(&example("text-only")), folder);
    let path = windows_path(&folder.join("check.cmd"));
    let shell = r"C:\windows\system32\cmd.exe";
    // Wine has no CMDCMDLINE; this is what Explorer's cmd.exe says there.
    for (line, arguments, waits) in [
        (format!("{shell} /c \"\"{path}\" \""), &[][..], true),
        (format!("\"{shell}\" /C \"{path}\" "), &[], true),
        (format!("{shell} /c check.cmd"), &[], false),
        (format!("{shell} /c \"{path}\""), &[], false),
        (format!("{shell} /c \"\"{path}\" \""), &["--dry-run"], false),
    ] {
        let output = Cmd::new(folder, "check.cmd")
            .args(arguments)
            .aws(Aws::Absent, None)
            .env("CMDCMDLINE", &line)
            .run();
        let waited = output.stdout.contains("Press any key");
        assert_eq!(waited, waits, "{line}: {output:?}");
    }
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn a_script_out_of_its_folder_says_that_the_zip_must_be_extracted() {
    let place = folder();
    let whole = unpacked(&example("text-only"), place.path());
    for runner in RUNNERS {
        for script in ["apply", "check", "undo"] {
            let alone = folder();
            for ending in ["sh", "cmd"] {
                let name = format!("{script}.{ending}");
                std::fs::copy(whole.join(&name), alone.path().join(&name)).unwrap();
            }
            let outcome = runner.run(alone.path(), script, &[], place.path(), &[]);
            assert_eq!(outcome.code, 2, "{runner:?}: {outcome:?}");
            let said = " missing beside this script. Extract the whole zip, then run the script in its folder.\nNothing was changed.\n";
            assert!(outcome.stderr.ends_with(said), "{runner:?}: {outcome:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn an_interrupted_script_says_so_and_leaves_nothing_but_its_receipt() {
    let aws = RecordingAws::new();
    aws.answer(&example("text-only"));
    // A call that takes its time.
    let program = aws.path().join("aws");
    let text_of_it = std::fs::read_to_string(&program).unwrap();
    let slow = text_of_it.replace(
        "case $1-$2 in\n",
        "case $1-$2 in\niam-create-role) sleep 20 ;;\n",
    );
    write_program(&program, &slow);
    for name in SHELLS {
        let (place, temporary) = (folder(), folder());
        unpack(&bundle(&example("text-only")), place.path());
        for (signal, code) in [("INT", 130), ("TERM", 143)] {
            // A process group of its own, as a terminal's.
            let receipt = place.path().join("receipt.txt");
            drop(std::fs::remove_file(&receipt));
            aws.take_calls();
            let mut command = shell(&["setsid"]);
            command
                .args(name)
                .arg("apply.sh")
                .current_dir(place.path())
                .env("TMPDIR", temporary.path())
                .env("PATH", path_with(aws.path()))
                .stdout(Stdio::null())
                .stderr(Stdio::piped());
            let child = command.spawn().unwrap();
            let is_calling = || aws.has_call("create-role");
            for _ in 0..600 {
                if is_calling() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            assert!(is_calling(), "{name:?}");
            let group = format!("-{}", child.id());
            output_of("kill", &["-s", signal, "--", &group], place.path());
            let output = child.wait_with_output().unwrap();
            let said = text(&output.stderr);
            assert_eq!(
                output.status.code(),
                Some(code),
                "{name:?}, {signal}: {said}"
            );
            let words =
                "\napply: interrupted. Running this again is safe: it goes on where it stopped.\n";
            assert!(said.ends_with(words), "{name:?}, {signal}: {said}");
            assert_eq!(names(temporary.path()), Vec::<String>::new(), "{name:?}");
            let receipt = std::fs::read_to_string(&receipt).unwrap();
            assert!(
                receipt.contains("\nstep-1: creating arn:"),
                "{name:?}: {receipt}"
            );
        }
    }
}
