//! Proves the test harness itself: that the cmd.exe is one whose answers count, and that what a script says to `aws`, and
//! what `aws` answers, arrives unchanged.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

use crate::bridge::{Bridge, Call, Reply, run_program};
use crate::iam::{CLIS, Cli, Iam};
use crate::support::{real, without_aws_settings};
use crate::wine::{Aws, Certutil, Cmd, Output, windows_path};

const CALLED: [Aws; 2] = [Aws::Exe, Aws::Batch];

/// A folder with the script `t.cmd`: the lines with `@echo off` before them and CRLF after each.
fn script(lines: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_script(folder.path(), lines);
    folder
}

fn write_script(folder: &Path, lines: &[&str]) {
    let text: String = ["@echo off"]
        .iter()
        .chain(lines)
        .flat_map(|line| [*line, "\r\n"])
        .collect();
    fs::write(folder.join("t.cmd"), text).expect("the script");
}

/// Runs a script that needs no `aws`.
fn run(lines: &[&str]) -> Output {
    Cmd::new(script(lines).path(), "t.cmd").run()
}

/// A bridge that answers every call alike.
fn answering(stdout: &[u8], stderr: &[u8], code: i32) -> Bridge {
    let reply = Reply {
        stdout: stdout.to_owned(),
        stderr: stderr.to_owned(),
        code,
    };
    Bridge::start(move |_| reply.clone())
}

/// A bridge that answers nothing, and the calls that it gets.
fn recording() -> (Bridge, Arc<Mutex<Vec<Call>>>) {
    let calls = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&calls);
    let bridge = Bridge::start(move |call| {
        seen.lock().expect("the calls").push(call.clone());
        Reply {
            stdout: Vec::new(),
            stderr: Vec::new(),
            code: 0,
        }
    });
    (bridge, calls)
}

// ------------------------------------------------------------------------------------------------------ cmd.exe

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn cmd_exe_does_what_the_scripts_rely_on() {
    let of_and_and_or = [
        "cmd /c exit 5 && echo WRONG",
        "cmd /c exit 5 || echo failed",
        "cmd /c exit 0 && echo succeeded",
        "cmd /c exit 0 || echo WRONG",
    ];
    let of_exit_codes = [
        "call :seven",
        "echo %errorlevel%",
        "call cmd /c exit 254",
        "echo %errorlevel%",
        "exit /b 9",
        ":seven",
        "exit /b 7",
    ];
    let of_find = [
        "echo An error occurred (NoSuchEntity) when calling>text",
        r#""%SystemRoot%\System32\find.exe" "(NoSuchEntity)" text >nul"#,
        "echo %errorlevel%",
        r#""%SystemRoot%\System32\find.exe" "(AccessDenied)" text >nul"#,
        "echo %errorlevel%",
        "exit /b 0",
    ];
    // The exit code is the low eight bits of 0x80070002.
    let of_certutil = [
        "certutil -hashfile absent.txt SHA256",
        "if %errorlevel%==0 (echo WRONG)",
        "exit /b %errorlevel%",
    ];
    let missing = "CertUtil: -hashfile command FAILED: 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)\r\n\
                   CertUtil: The system cannot find the file specified.\r\n";
    for (lines, stdout, code) in [
        (&of_and_and_or[..], "failed\r\nsucceeded\r\n", 0),
        (&of_exit_codes, "7\r\n254\r\n", 9),
        (&of_find, "0\r\n1\r\n", 0),
        (&of_certutil, missing, 2),
    ] {
        let output = run(lines);
        assert_eq!(
            (output.stdout.as_str(), output.code),
            (stdout, code),
            "{lines:?}"
        );
    }
    let output = run(&[r#"echo x>"%TEMP%\left.txt""#, r#"mkdir "%TMP%\sub""#]);
    assert_eq!(output.left_in_temp, ["left.txt", "sub"]);
    assert_eq!(run(&["rem"]).left_in_temp, [""; 0]);
    // Nothing of the test's environment leaks; Cargo sets this variable for every test.
    let output = run(&["set CARGO_MANIFEST_DIR", "set AWS_"]);
    assert!(!output.stdout.contains('='), "{output:?}");
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn a_script_runs_in_a_folder_with_any_name() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let folder = root.path().join("hé (a) & b! ^c 'q' 日本");
    fs::create_dir(&folder).expect("the folder");
    write_script(
        &folder,
        &[
            r#"pushd "%~dp0""#,
            "echo here>made",
            "type made",
            "exit /b 3",
        ],
    );
    let output = Cmd::new(&folder, "t.cmd").run();
    assert_eq!((output.stdout.as_str(), output.code), ("here\r\n", 3));
    assert!(folder.join("made").is_file());
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn a_script_gets_its_arguments_and_its_standard_input() {
    let folder = script(&["set /p LINE=", "echo %~1,%~2,%LINE%"]);
    let output = Cmd::new(folder.path(), "t.cmd")
        .args(&["a b", "c"])
        .stdin(b"typed\r\n")
        .run();
    assert_eq!(output.stdout, "a b,c,typed\r\n");
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn scripts_run_at_the_same_time() {
    let runs: Vec<_> = (0..8)
        .map(|n| thread::spawn(move || (n, run(&[&format!("echo {n}"), &format!("exit /b {n}")]))))
        .collect();
    for run in runs {
        let (n, output) = run.join().expect("a run");
        assert_eq!((output.stdout, output.code), (format!("{n}\r\n"), n));
    }
}

// ---------------------------------------------------------------------------------------------------------- aws

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn the_folder_and_the_aws_variables_of_a_call_arrive() {
    let folder = script(&[
        r#"set "AWS_PAGER=cat -A""#,
        r#"mkdir "sub é""#,
        "cd sub*",
        "call aws",
    ]);
    for aws in CALLED {
        let (bridge, calls) = recording();
        Cmd::new(folder.path(), "t.cmd")
            .aws(aws, Some(&bridge))
            .env("AWS_PROFILE", "é")
            .run();
        let call = calls.lock().expect("the calls").pop().expect("one call");
        assert_eq!(call.argv, [""; 0]);
        assert!(
            call.cwd.starts_with(folder.path()) && call.cwd != folder.path(),
            "{call:?}"
        );
        let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut env = call.env;
        env.sort();
        assert_eq!(
            env,
            [
                variable("AWS_PAGER", "cat -A"),
                variable("AWS_PROFILE", "é")
            ]
        );
    }
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn exit_codes_arrive() {
    let folder = script(&["call aws iam get-role", "exit /b %errorlevel%"]);
    for aws in CALLED {
        for code in [0, 1, 2, 252, 254, 255] {
            let output = Cmd::new(folder.path(), "t.cmd")
                .aws(aws, Some(&answering(b"", b"", code)))
                .run();
            assert_eq!(output.code, code, "{aws:?}");
        }
    }
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn output_bytes_arrive() {
    let every_byte: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let folder = script(&["call aws sts get-caller-identity >out 2>err"]);
    for aws in CALLED {
        Cmd::new(folder.path(), "t.cmd")
            .aws(aws, Some(&answering(&every_byte, b"one\ntwo\r\n", 0)))
            .run();
        assert!(
            fs::read(folder.path().join("out")).expect("stdout") == every_byte,
            "{aws:?}"
        );
        assert_eq!(
            fs::read(folder.path().join("err")).expect("stderr"),
            b"one\ntwo\r\n",
            "{aws:?}"
        );
    }
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn an_unreachable_bridge_is_a_failure() {
    let folder = script(&["call aws sts get-caller-identity", "exit /b %errorlevel%"]);
    for aws in CALLED {
        let output = Cmd::new(folder.path(), "t.cmd").aws(aws, None).run();
        assert_eq!((output.code, output.stdout.as_str()), (253, ""), "{aws:?}");

        // Port 1 is reserved and unused. A port that was free a moment ago may be another test's by now.
        let output = Cmd::new(folder.path(), "t.cmd")
            .aws(aws, None)
            .env("LEXLOGS_BRIDGE_PORT", "1")
            .run();
        assert_eq!((output.code, output.stdout.as_str()), (253, ""), "{aws:?}");
    }
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn only_the_wanted_form_of_aws_is_found() {
    let folder = script(&[
        r#"for %%A in (aws.exe aws.cmd) do if not "%%~$PATH:A"=="" echo %%~$PATH:A"#,
        "where aws",
        "exit /b %errorlevel%",
    ]);
    for (aws, file) in [
        (Aws::Exe, "stub/exe/aws.exe"),
        (Aws::Batch, "stub/batch/aws.cmd"),
    ] {
        let place = windows_path(&real(file));
        let output = Cmd::new(folder.path(), "t.cmd").aws(aws, None).run();
        assert_eq!(
            (output.stdout, output.code),
            (format!("{place}\r\n{place}\r\n"), 0)
        );
    }
    let output = Cmd::new(folder.path(), "t.cmd")
        .aws(Aws::Absent, None)
        .run();
    assert_eq!((output.stdout.as_str(), output.code), ("", 1));
}

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn a_folder_can_be_put_before_the_rest_of_the_path() {
    let extra = tempfile::tempdir().expect("a temporary folder");
    fs::write(extra.path().join("aws.cmd"), "@echo mine\r\n").expect("a program");
    let folder = script(&["call aws"]);
    let output = Cmd::new(folder.path(), "t.cmd")
        .aws(Aws::Exe, None)
        .extra_path(extra.path())
        .run();
    assert_eq!(output.stdout, "mine\r\n");
}

// ----------------------------------------------------------------------------------------------------- certutil

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn certutil_hashes_in_its_two_forms_or_not_at_all() {
    let folder = script(&[
        "certutil -hashfile abc.txt SHA256",
        "echo %errorlevel%",
        r#""%SystemRoot%\System32\certutil.exe" -hashfile abc.txt SHA256"#,
        "echo %errorlevel%",
    ]);
    fs::write(folder.path().join("abc.txt"), "abc").expect("a file to hash");
    let compact = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, example B.1
    let spaced = compact
        .as_bytes()
        .chunks(2)
        .map(|pair| str::from_utf8(pair).expect("ASCII"))
        .collect::<Vec<_>>()
        .join(" ");
    let done = "CertUtil: -hashfile command completed successfully.";
    for (certutil, once) in [
        (
            Certutil::StandIn,
            format!("SHA256 hash of abc.txt:\r\n{compact}\r\n{done}\r\n0\r\n"),
        ),
        (
            Certutil::Spaced,
            format!("SHA256 hash of file abc.txt:\r\n{spaced}\r\n{done}\r\n0\r\n"),
        ),
        (Certutil::Silent, "0\r\n".to_owned()),
    ] {
        let output = Cmd::new(folder.path(), "t.cmd").certutil(certutil).run();
        assert_eq!(output.stdout, once.repeat(2), "{certutil:?}");
    }
}

// ---------------------------------------------------------------------------------------------- the real AWS CLI

#[test]
#[ignore = "needs the real parts: run tests/run"]
fn a_script_calls_the_real_aws_cli() {
    let iam = Iam::start("123456789012");
    let folder = script(&[
        "call aws sts get-caller-identity --query Account --output text >out.txt",
        "if errorlevel 1 exit /b 1",
        "set /p ACCOUNT=<out.txt",
        "echo [%ACCOUNT%]",
        r#"call aws iam create-role --role-name "%ROLE%" ^"#,
        r"  --assume-role-policy-document file://%CD%\trust.json >out.txt",
        "if errorlevel 1 exit /b 2",
        "call aws iam get-role --role-name absent >out.txt 2>err.txt",
        r#""%SystemRoot%\System32\find.exe" "(NoSuchEntity)" err.txt >nul"#,
        "if errorlevel 1 exit /b 3",
    ]);
    fs::write(folder.path().join("trust.json"), "{}").expect("a document");

    for cli in CLIS {
        let program = iam.aws(cli).join("aws");
        let settings = [without_aws_settings(), iam.settings()].concat();
        let bridge = Bridge::start(move |call| run_program(&program, &settings, call).with_crlf());
        let aws = if cli == Cli::V1 { Aws::Batch } else { Aws::Exe };
        let output = Cmd::new(folder.path(), "t.cmd")
            .aws(aws, Some(&bridge))
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("ROLE", &format!("{cli:?}"))
            .run();
        assert_eq!(
            (output.stdout.as_str(), output.code),
            ("[123456789012]\r\n", 0),
            "{cli:?}: {output:?}"
        );
    }
}
