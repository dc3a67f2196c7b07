//! Where the program writes, what it leaves alone, and what many processes at
//! once leave.

use std::fs;
use std::path::Path;

use crate::command_line::{GOOD, ZIP, run};
use crate::support::{folder, names, text};

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
