//! Where the program writes, what it leaves alone, and what many processes at
//! once leave.

use std::fs;
use std::path::Path;

use crate::command_line::{GOOD, ZIP, run};
use crate::support::{folder, lexlogs, names, text};

#[test]
fn the_same_bundle_again_is_left_alone() {
    let folder = folder();
    run(folder.path(), "bundle", &[]);
    let path = folder.path().join("dist").join(ZIP);
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let output = run(folder.path(), "bundle", &[]);
    assert!(output.status.success());
    assert!(text(&output.stderr).starts_with("unchanged: "));
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
}

#[test]
fn another_bundle_in_its_place_is_not_replaced_without_force() {
    let folder = folder();
    run(folder.path(), "bundle", &["-o", "a.zip"]);
    let before = fs::read(folder.path().join("a.zip")).unwrap();
    let output = run(
        folder.path(),
        "bundle",
        &["--bucket-name", "bot-audio", "-o", "a.zip"],
    );
    assert_eq!(output.status.code(), Some(3));
    let said = text(&output.stderr);
    assert!(
        said.contains("a.zip already exists and differs; nothing was written"),
        "{said}"
    );
    assert!(
        said.contains(" = note: only in the new one: LexConversationLogsS3Policy.json\n"),
        "{said}"
    );
    assert!(
        said.contains(" = note: bucket-name: (not set) -> bot-audio\n")
            && said.contains(" = note: 11 files differ\n")
            && said.contains("--force"),
        "{said}"
    );
    assert!(
        !said.contains("AssumeRole"),
        "the trust policy is the same: {said}"
    );
    assert_eq!(fs::read(folder.path().join("a.zip")).unwrap(), before);

    let output = run(
        folder.path(),
        "bundle",
        &["--bucket-name", "bot-audio", "-o", "a.zip", "--force"],
    );
    assert!(output.status.success());
    assert_ne!(fs::read(folder.path().join("a.zip")).unwrap(), before);
    assert_eq!(names(folder.path()), ["a.zip"], "no temporary file stays");
}

#[test]
fn what_is_not_a_bundle_is_not_replaced_without_force() {
    let folder = folder();
    fs::write(folder.path().join("a.zip"), "my thesis").unwrap();
    let output = run(folder.path(), "bundle", &["-o", "a.zip"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("it is not a lexlogs bundle"));
    assert_eq!(fs::read(folder.path().join("a.zip")).unwrap(), b"my thesis");
}

#[test]
fn a_name_that_ends_in_zip_is_the_file_and_any_other_its_folder() {
    let folder = folder();
    assert!(
        run(folder.path(), "bundle", &["-o", "new/deep/x.zip"])
            .status
            .success()
    );
    assert!(
        run(folder.path(), "bundle", &["-o", "out"])
            .status
            .success()
    );
    fs::create_dir(folder.path().join("odd.zip")).unwrap();
    assert!(
        run(folder.path(), "bundle", &["-o", "new.zip/"])
            .status
            .success()
    );
    assert!(
        run(folder.path(), "bundle", &["-o", "odd.zip"])
            .status
            .success()
    );
    for path in [
        "new/deep/x.zip",
        &format!("out/{ZIP}"),
        &format!("odd.zip/{ZIP}"),
        &format!("new.zip/{ZIP}"),
    ] {
        assert!(folder.path().join(path).is_file(), "{path}");
    }
}

#[test]
fn what_the_system_refuses_is_said_with_exit_code_3() {
    let folder = folder();
    fs::write(folder.path().join("file"), "").unwrap();
    let output = run(folder.path(), "bundle", &["-o", "file/x.zip"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).contains("file"),
        "{}",
        text(&output.stderr)
    );
    let output = lexlogs(folder.path(), &["bundle", "missing.toml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).starts_with("error: cannot read missing.toml: "));
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn render_sets_the_modes_of_scripts_and_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let script = format!(
        "umask 022; {} render {} -o out",
        env!("CARGO_BIN_EXE_lexlogs"),
        GOOD.join(" ")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    let mode = |name: &str| {
        fs::metadata(folder.path().join("out").join(name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(
        (
            mode(""),
            mode("apply.sh"),
            mode("apply.cmd"),
            mode("README.md")
        ),
        (0o755, 0o755, 0o644, 0o644)
    );
}

#[test]
fn render_replaces_a_bundle_with_force_and_nothing_else() {
    let folder = folder();
    let out = folder.path().join("out");
    let other = ["--bucket-name", "bot-audio", "-o", "out"];
    run(folder.path(), "render", &["-o", "out"]);
    let output = run(folder.path(), "render", &["-o", "out"]);
    assert!(text(&output.stderr).starts_with("unchanged: "));

    let output = run(folder.path(), "render", &other);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("only in the new one: LexConversationLogsS3Policy.json"));
    assert_eq!(names(&out).len(), 15);

    fs::write(out.join("receipt.txt"), "mine").unwrap();
    let output = run(
        folder.path(),
        "render",
        &[&other[..], &["--force"]].concat(),
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("holds `receipt.txt`, which is no file of a bundle"));
    assert_eq!(fs::read(out.join("receipt.txt")).unwrap(), b"mine");

    fs::remove_file(out.join("receipt.txt")).unwrap();
    let output = run(
        folder.path(),
        "render",
        &[&other[..], &["--force"]].concat(),
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(names(&out).len(), 16);
    assert_eq!(
        names(folder.path()),
        ["out"],
        "nothing of the old one stays beside it"
    );

    fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(
        run(folder.path(), "render", &["-o", "empty"])
            .status
            .success()
    );
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(
        run(folder.path(), "render", &["-o", "file", "--force"])
            .status
            .code(),
        Some(3)
    );
}

/// Runs the same command in many processes at once, each with a role name of
/// its own or all with the same; gives their exit codes and words.
fn at_once(
    folder: &Path,
    arguments: &[&str],
    output: &str,
    same: bool,
) -> Vec<(Option<i32>, String)> {
    let children: Vec<_> = (0..16)
        .map(|n| {
            let role = format!("Role{}", if same { 0 } else { n });
            std::process::Command::new(env!("CARGO_BIN_EXE_lexlogs"))
                .args(arguments)
                .args(GOOD)
                .args(["--role-name", &role, "-o", output])
                .current_dir(folder)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    children
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().unwrap();
            (output.status.code(), text(&output.stderr).to_owned())
        })
        .collect()
}

#[test]
fn of_many_at_once_one_writes_and_the_others_are_refused() {
    for round in 0..8 {
        let folder = folder();
        for (command, output) in [("bundle", "a.zip"), ("render", "out")] {
            if command == "render" && round % 2 == 0 {
                fs::create_dir(folder.path().join(output)).unwrap();
            }
            for (code, said) in at_once(folder.path(), &[command], &format!("same-{output}"), true)
            {
                assert_eq!(code, Some(0), "{command}: {said}");
            }
            let mut written = 0;
            for (code, said) in at_once(folder.path(), &[command], output, false) {
                if code == Some(0) {
                    written += 1;
                } else {
                    assert_eq!(code, Some(3), "{command}: {said}");
                    assert!(
                        said.contains("already exists and differs")
                            && said.contains(" = note: role-name: Role"),
                        "{command}: {said}"
                    );
                }
            }
            assert_eq!(written, 1, "{command}");
            for (code, said) in at_once(folder.path(), &[command, "--force"], output, false) {
                assert_eq!(code, Some(0), "{command} --force: {said}");
            }
        }
        assert_eq!(
            names(folder.path()),
            ["a.zip", "out", "same-a.zip", "same-out"]
        );
        crate::support::output_of(
            "sha256sum",
            &["--quiet", "-c", "SHA256SUMS"],
            &folder.path().join("out"),
        );
    }
}

#[test]
fn a_folder_that_cannot_be_replaced_is_named_with_what_to_do() {
    let folder = folder();
    fs::create_dir(folder.path().join("here")).unwrap();
    std::os::unix::fs::symlink("here", folder.path().join("link")).unwrap();
    for (place, output, what) in [
        (
            "here",
            ".",
            " = help: name a folder in it, or work from outside\n",
        ),
        ("", "link", " = help: name the folder that it leads to\n"),
        ("", "link/", " = help: name the folder that it leads to\n"),
    ] {
        let output = run(&folder.path().join(place), "render", &["-o", output]);
        assert_eq!(output.status.code(), Some(3));
        assert!(
            text(&output.stderr).contains(what),
            "{}",
            text(&output.stderr)
        );
        assert_eq!(names(folder.path()), ["here", "link"]);
        assert_eq!(names(&folder.path().join("here")).len(), 0);
    }
}

#[test]
fn render_repairs_a_lost_mode_and_keeps_the_folders_own() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = folder();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    // Root alone can give it to any group; for others it keeps their own.
    let _ = std::os::unix::fs::chown(&out, None, Some(100));
    fs::set_permissions(&out, fs::Permissions::from_mode(0o2750)).unwrap();
    let group = fs::metadata(&out).unwrap().gid();
    assert!(
        run(folder.path(), "render", &["-o", "out"])
            .status
            .success()
    );
    fs::set_permissions(out.join("apply.sh"), fs::Permissions::from_mode(0o600)).unwrap();
    let output = run(folder.path(), "render", &["-o", "out"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).contains(" = note: apply.sh is not executable\n"),
        "{}",
        text(&output.stderr)
    );
    assert!(
        run(folder.path(), "render", &["-o", "out", "--force"])
            .status
            .success()
    );
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(
        (mode(&out), mode(&out.join("apply.sh")) & 0o700),
        (0o2750, 0o700)
    );
    assert_eq!(fs::metadata(&out).unwrap().gid(), group);
}
