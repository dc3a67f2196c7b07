//! What is tested on Linux, macOS and Windows alike, with nothing but the system's own shell: `/bin/bash`, which is 3.2 on
//! macOS, or cmd.exe. The suite beside this has the rest, and runs on Unix. Its module `dist` runs these under Wine, too.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod digests;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use digests::DIGESTS;

/// What the system's shell is given.
struct Shell {
    /// The ending of its scripts.
    extension: &'static str,
    /// What goes on in the next line.
    continuation: char,
    /// The name of a program `aws`, and its text: it says who is calling, and that nothing else exists.
    aws: (&'static str, &'static str),
}

#[cfg(windows)]
const SHELL: Shell = Shell {
    extension: "cmd",
    continuation: '^',
    aws: (
        "aws.cmd",
        "@if %1==sts (echo ACCOUNT\tarn:aws:iam::ACCOUNT:user/admin) else (\r\n\
            >&2 echo An error occurred ^(NoSuchEntity^)& exit /b 254)\r\n",
    ),
};

#[cfg(not(windows))]
const SHELL: Shell = Shell {
    extension: "sh",
    continuation: '\\',
    aws: (
        "aws",
        "#!/bin/sh\n\
            if [ $1 = sts ]; then printf 'ACCOUNT\\tarn:aws:iam::ACCOUNT:user/admin\\n'; exit; fi\n\
            echo 'An error occurred (NoSuchEntity)' >&2; exit 254\n",
    ),
};

/// The account of the example.
const ACCOUNT: &str = "111122223333";

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn lexlogs(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lexlogs"));
    command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// A folder with the bundle of an example, as this lexlogs renders it, and beside it a folder with a program `aws` that is
/// signed in to an account.
fn rendered(account: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let config = examples().join("text-and-audio/lexlogs.toml");
    let output = lexlogs(
        place.path(),
        &["render", config.to_str().unwrap(), "-o", "bundle"],
    );
    assert!(output.status.success(), "{output:?}");
    let programs = place.path().join("programs");
    fs::create_dir(&programs).unwrap();
    let (name, program) = SHELL.aws;
    let aws = programs.join(name);
    fs::write(&aws, program.replace("ACCOUNT", account)).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
    }
    place
}

/// Runs a script of the bundle: its exit code, and the lines that it printed to either.
fn run(place: &Path, script: &str, arguments: &[&str]) -> (Option<i32>, Vec<String>, Vec<String>) {
    let script = format!("{script}.{}", SHELL.extension);
    let mut command;
    if cfg!(windows) {
        command = Command::new("cmd.exe");
        command.args(["/d", "/c", &script]);
    } else {
        command = Command::new("/bin/bash");
        command.arg(&script);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(place.join("programs")).chain(std::env::split_paths(&path));
    let output = command
        .args(arguments)
        .current_dir(place.join("bundle"))
        .env("PATH", std::env::join_paths(folders).unwrap())
        .output()
        .unwrap();
    let lines = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.lines().map(str::to_owned).collect()
    };
    (
        output.status.code(),
        lines(&output.stdout),
        lines(&output.stderr),
    )
}

#[test]
fn every_example_is_the_same_to_the_byte() {
    let place = tempfile::tempdir().unwrap();
    for (name, digest) in DIGESTS {
        let config = examples().join(name).join("lexlogs.toml");
        let zip = format!("{name}.zip");
        let output = lexlogs(
            place.path(),
            &["bundle", config.to_str().unwrap(), "-o", &zip],
        );
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed, format!("{digest}  {zip}\n"));
        let output = lexlogs(place.path(), &["verify", &zip]);
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn a_dry_run_prints_plan_and_commands_and_changes_nothing() {
    let place = rendered(ACCOUNT);
    let (code, printed, errors) = run(place.path(), "apply", &["--dry-run"]);
    assert_eq!(
        (code, errors),
        (Some(0), Vec::<String>::new()),
        "{printed:?}"
    );
    let continuation = SHELL.continuation;
    for line in [
        "Account 111122223333, Region us-east-1, signed in as arn:aws:iam::111122223333:user/admin",
        "  create    role LexConversationLogsRole",
        &format!("aws iam create-role {continuation}"),
        &format!("    --role-name LexConversationLogsRole {continuation}"),
        "Dry run: nothing was changed.",
    ] {
        assert!(printed.iter().any(|other| other == line), "{printed:?}");
    }
    assert!(!place.path().join("bundle/receipt.txt").exists());
}

#[test]
fn every_script_prints_its_options() {
    let place = rendered(ACCOUNT);
    for script in ["apply", "check", "undo"] {
        let (code, printed, errors) = run(place.path(), script, &["--help"]);
        assert_eq!((code, errors), (Some(0), Vec::<String>::new()), "{script}");
        let usage = |line: &String| line.starts_with("usage: ") && line.contains(script);
        assert!(printed.iter().any(usage), "{printed:?}");
    }
    let (code, _, errors) = run(place.path(), "apply", &["--nonsense"]);
    assert_eq!(code, Some(2), "{errors:?}");
}

/// Runs apply, which must stop before any change: what it prints to standard error.
fn refused(place: &Path) -> Vec<String> {
    let (code, printed, errors) = run(place, "apply", &["--yes"]);
    assert_eq!(code, Some(2), "{printed:?} {errors:?}");
    assert_eq!(errors.last().unwrap(), "Nothing was changed.");
    assert!(!place.join("bundle/receipt.txt").exists());
    errors
}

#[test]
fn another_account_is_refused_before_any_change() {
    // The digests of the documents, which the system's own program computes, are compared before that.
    let errors = refused(rendered("444455556666").path());
    let message = "apply: the credentials belong to account \"444455556666\"; this bundle is for account 111122223333.";
    assert_eq!(errors[..errors.len() - 1], [message]);
}

#[test]
fn an_altered_document_is_refused() {
    let place = rendered(ACCOUNT);
    let name = "LexConversationLogsS3Policy.json";
    let document = place.path().join("bundle").join(name);
    let mut text = fs::read_to_string(&document).unwrap();
    text.push('\n');
    fs::write(&document, text).unwrap();
    let errors = refused(place.path());
    let message = "apply: a document was altered or is missing; extract the whole zip again";
    assert!(
        errors.iter().any(|line| line.starts_with(message)),
        "{errors:?}"
    );
    assert!(errors.iter().any(|line| line.contains(name)), "{errors:?}");
}
