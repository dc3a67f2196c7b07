//! What is tested on Linux, macOS and Windows alike, with nothing but the system's own shell: `/bin/bash`, which is 3.2 on
//! macOS, or cmd.exe. The suite beside this has the rest, and runs on Unix. Its module `dist` runs these under Wine, too.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the system's shell is given.
struct Shell {
    /// The ending of its scripts.
    extension: &'static str,
    /// What goes on in the next line.
    continuation: char,
    /// A program `aws` that says who is calling, as a script of that name.
    aws: (&'static str, &'static str),
}

#[cfg(windows)]
const SHELL: Shell = Shell {
    extension: "cmd",
    continuation: '^',
    aws: ("aws.cmd", "@echo 444455556666\r\n"),
};

#[cfg(not(windows))]
const SHELL: Shell = Shell {
    extension: "sh",
    continuation: '\\',
    aws: ("aws", "#!/bin/sh\necho 444455556666\n"),
};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn lexlogs(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lexlogs"));
    command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// A folder with the bundle of an example, as this lexlogs renders it, and a folder of programs beside it.
fn rendered() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let config = examples().join("text-and-audio/lexlogs.toml");
    let output = lexlogs(
        place.path(),
        &["render", config.to_str().unwrap(), "-o", "bundle"],
    );
    assert!(output.status.success(), "{output:?}");
    fs::create_dir(place.path().join("programs")).unwrap();
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
    let mut seen = 0;
    for name in names(&examples()) {
        let config = examples().join(&name).join("lexlogs.toml");
        if !config.is_file() {
            continue;
        }
        seen += 1;
        let zip = format!("{name}.zip");
        let config = config.to_str().unwrap();
        for arguments in [
            ["render", config, "-o", &name],
            ["bundle", config, "-o", &zip],
        ] {
            let output = lexlogs(place.path(), &arguments);
            assert!(output.status.success(), "{output:?}");
        }
        let (there, here) = (
            examples().join(&name).join("bundle"),
            place.path().join(&name),
        );
        assert_eq!(names(&here), names(&there), "{name}");
        for file in names(&here) {
            let same = fs::read(here.join(&file)).unwrap() == fs::read(there.join(&file)).unwrap();
            assert!(same, "{name}/{file} is another");
        }
        let output = lexlogs(place.path(), &["verify", &zip]);
        assert!(output.status.success(), "{output:?}");
    }
    assert!(seen > 10, "{seen} examples");
}

#[test]
fn a_dry_run_prints_the_commands_with_the_shells_continuation() {
    let place = rendered();
    let (code, printed, errors) = run(place.path(), "apply", &["--dry-run"]);
    assert_eq!(
        (code, errors),
        (Some(0), Vec::<String>::new()),
        "{printed:?}"
    );
    let begin = printed
        .iter()
        .position(|line| line == &format!("    aws iam create-role {}", SHELL.continuation));
    let begin = begin.unwrap_or_else(|| panic!("{printed:?}"));
    assert_eq!(
        printed[begin + 1],
        format!(
            "        --role-name LexConversationLogsRole {}",
            SHELL.continuation
        )
    );
}

#[test]
fn every_script_tells_its_options() {
    let place = rendered();
    for script in ["apply", "check", "undo"] {
        let (code, printed, errors) = run(place.path(), script, &["--help"]);
        assert_eq!((code, errors), (Some(0), Vec::<String>::new()), "{script}");
        assert!(printed[0].starts_with("usage: "), "{printed:?}");
    }
    let (code, _, errors) = run(place.path(), "apply", &["--nonsense"]);
    assert_eq!(code, Some(2), "{errors:?}");
}

#[test]
fn another_account_is_refused_before_any_change() {
    let place = rendered();
    let (name, text) = SHELL.aws;
    let aws = place.path().join("programs").join(name);
    fs::write(&aws, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
    }
    // The checksums of the documents, which the system's own program makes, are compared before that.
    let (code, printed, errors) = run(place.path(), "apply", &[]);
    let said = [
        "apply: the credentials belong to the account \"444455556666\"; this bundle is for the account 111122223333.",
        "Nothing was changed.",
    ];
    assert_eq!(
        (code, errors),
        (Some(2), said.map(str::to_owned).to_vec()),
        "{printed:?}"
    );
    assert!(!place.path().join("bundle/receipt.txt").exists());
}

#[test]
fn an_altered_document_is_refused() {
    let place = rendered();
    let name = "LexConversationLogsS3Policy.json";
    let document = place.path().join("bundle").join(name);
    let mut text = fs::read_to_string(&document).unwrap();
    text.push('\n');
    fs::write(&document, text).unwrap();
    let (code, printed, errors) = run(place.path(), "apply", &[]);
    let said = format!(
        "apply: {name} was altered: its SHA-256 is not the one that it was made with. Ask for the bundle again."
    );
    assert_eq!(code, Some(2), "{printed:?}");
    assert!(errors.contains(&said), "{errors:?}");
}
