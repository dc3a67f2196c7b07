//! `lexlogs verify`: what is whole passes, as a zip and as a folder;
//! what is not is named.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use serde_json::Value;

use crate::examples::EXAMPLES;
use crate::support::{folder, lexlogs, names, root, text};

/// Makes an example's bundle: as `a.zip` and `folder`.
pub(crate) fn made(place: &Path, example: &str) {
    let config = root().join("examples").join(example).join("lexlogs.toml");
    let config = config.to_str().unwrap();
    for arguments in [
        &["bundle", config, "-o", "a.zip"][..],
        &["render", config, "-o", "folder"],
    ] {
        let output = lexlogs(place, arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

/// Exit code, result and what was said.
pub(crate) fn run(place: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = lexlogs(place, arguments);
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout).to_owned(),
        text(&output.stderr).to_owned(),
    )
}

/// What `verify` printed below its verdict and facts.
pub(crate) fn findings(said: &str) -> String {
    let lines = said.split_inclusive('\n').skip(1);
    lines.filter(|line| !line.starts_with("  ")).collect()
}

/// The same of `verify` on the folder.
fn verify_folder(place: &Path) -> (i32, String, String) {
    run(place, &["verify", "folder"])
}

#[test]
fn every_example_is_whole_however_it_is_packed() {
    for example in EXAMPLES {
        let place = folder();
        made(place.path(), example);
        for bundle in ["a.zip", "folder"] {
            let (code, said, complained) = run(place.path(), &["verify", bundle]);
            assert!(said.starts_with("OK: lex-conversation-logs-"), "{said}");
            assert!(
                said.ends_with("  reproduced: yes, byte for byte\n"),
                "{said}"
            );
            assert_eq!((code, complained.as_str()), (0, ""), "{said}");
            let (code, said, _) = run(place.path(), &["verify", bundle, "--json"]);
            let report: Value = serde_json::from_str(&said).unwrap();
            let files = fs::read_dir(place.path().join("folder")).unwrap();
            let sizes: Vec<u64> = files
                .map(|file| file.unwrap().metadata().unwrap().len())
                .collect();
            assert_eq!(report["whole"], true);
            assert_eq!(report["reproduced"], "same");
            assert_eq!(report["files"], sizes.len());
            assert_eq!(report["bytes"], sizes.iter().sum::<u64>());
            assert_eq!(report["generator"], lexlogs::digest::GENERATOR);
            let digest = fs::read(place.path().join(bundle)).ok();
            let digest = digest.map(|zip| lexlogs::digest::sha256(&zip));
            assert_eq!(
                report.get("sha256").and_then(Value::as_str),
                digest.as_deref()
            );
            for list in ["findings", "notes"] {
                assert_eq!(report[list], Value::Array(Vec::new()), "{list}");
            }
            assert_eq!(code, 0);
        }
    }
}

#[test]
fn files_of_the_scripts_are_noted_and_others_refused() {
    let place = folder();
    made(place.path(), "text-only");
    let inside = place.path().join("folder");
    fs::write(inside.join("receipt.txt"), "receipt: 1\n").unwrap();
    let (code, said, complained) = verify_folder(place.path());
    assert!(said.starts_with("OK: "), "{said}");
    assert_eq!(
        (code, complained.as_str()),
        (
            0,
            "warning: receipt.txt is not part of the bundle: the scripts wrote it\n"
        )
    );
    fs::write(inside.join("aws.bat"), "@echo off\r\n").unwrap();
    fs::write(inside.join("größe\u{1b}"), "").unwrap();
    fs::create_dir(inside.join("bin")).unwrap();
    symlink("/etc/passwd", inside.join("link.txt")).unwrap();
    fs::write(inside.join("large"), vec![0; (1 << 20) + 1]).unwrap();
    let pipe = std::process::Command::new("mkfifo")
        .arg(inside.join("pipe"))
        .status();
    assert!(pipe.unwrap().success());
    let (code, said, _) = verify_folder(place.path());
    assert!(said.starts_with("FAILED: 6 errors\n"), "{said}");
    assert_eq!(
        findings(&said),
        "bin: is a folder, where a bundle has files alone\n\
         large: is larger than a bundle may be, and was not read\n\
         link.txt: is a symbolic link\n\
         pipe: is a device, a pipe or a socket, no file\n\
         aws.bat: is not part of the bundle: it was added\n\
         größe\\u{1b}: is not part of the bundle: it was added\n"
    );
    assert_eq!(code, 1);
}

#[test]
fn the_files_and_modes_of_a_folder_are_verified() {
    let place = folder();
    made(place.path(), "text-only");
    let inside = place.path().join("folder");
    // What a umask takes away is nobody's fault.
    for name in names(&inside) {
        let path = inside.join(name);
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o700;
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }
    assert_eq!(verify_folder(place.path()).0, 0);
    let mode = |name: &str, mode| {
        fs::set_permissions(inside.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("undo.sh", 0o644);
    mode("undo.cmd", 0o755);
    mode("check.sh", 0o4755);
    let outside = place.path().join("README.md");
    fs::rename(inside.join("README.md"), &outside).unwrap();
    symlink(&outside, inside.join("README.md")).unwrap();
    fs::remove_file(inside.join("check.cmd")).unwrap();
    fs::write(inside.join("functions.sh"), "").unwrap();
    let (code, said, warned) = verify_folder(place.path());
    assert_eq!(
        warned,
        "warning: file modes differ from the bundle's, as tools and drives of Windows drop them; \
         to restore them, run in the folder: chmod 644 undo.cmd && chmod 755 undo.sh\n"
    );
    assert!(said.starts_with("FAILED: 5 errors\n"), "{said}");
    assert_eq!(
        findings(&said),
        format!(
            "README.md: is a symbolic link\n\
             README.md: is missing\n\
             check.cmd: is missing\n\
             functions.sh: is not what {} makes of request.json\n\
             check.sh: has the mode 4755 instead of 0755\n",
            lexlogs::digest::GENERATOR
        )
    );
    assert_eq!(code, 1);
    let (code, said, _) = run(place.path(), &["verify", "folder", "--json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &report["whole"]), (1, &Value::Bool(false)));
    assert_eq!(
        report["findings"][2],
        serde_json::json!({"file": "check.cmd", "what": "is missing"})
    );
}
