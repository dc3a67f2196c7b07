//! What operating systems add to a folder and change in it is told as that.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{folder, names};
use crate::verify::{findings, made, run};

/// A bundle in a folder, and what `verify` says after a change.
fn verified(change: impl Fn(&Path)) -> (i32, String, String) {
    let place = folder();
    made(place.path(), "text-only");
    change(&place.path().join("folder"));
    run(place.path(), &["verify", "folder"])
}

#[test]
fn files_of_the_system_are_notes() {
    for (name, who) in [
        (".DS_Store", "the Finder of macOS"),
        ("._README.md", "macOS, on drives of other systems,"),
        ("Thumbs.db", "the Explorer of Windows"),
        ("desktop.ini", "the Explorer of Windows"),
        ("Desktop.ini", "the Explorer of Windows"),
        (".localized", "the Finder of macOS"),
        (
            "apply.sh:Zone.Identifier",
            "WSL, for files that Windows downloaded,",
        ),
        (".directory", "the file manager of KDE"),
    ] {
        let (code, said, noted) = verified(|inside| fs::write(inside.join(name), "x").unwrap());
        assert_eq!(code, 0, "{said}");
        assert_eq!(
            noted,
            format!("warning: {name} is not part of the bundle: {who} writes such files\n")
        );
        assert!(said.starts_with("OK: "), "{said}");
    }
}

#[test]
fn a_strangers_file_is_an_error() {
    for name in [
        "DS_Store",
        ".DS_Store.sh",
        "aws.bat",
        "thumbs.db.exe",
        ".bashrc",
        "_README.md",
    ] {
        let (code, said, _) = verified(|inside| fs::write(inside.join(name), "x").unwrap());
        assert_eq!(code, 1, "{said}");
        assert!(
            said.ends_with(&format!(
                "\n{name}: is not part of the bundle: it was added\n"
            )),
            "{said}"
        );
    }
    let (code, _, noted) = verified(|inside| fs::create_dir(inside.join("__MACOSX")).unwrap());
    assert_eq!(code, 0, "{noted}");
    // Nor is a link or a folder of such a name.
    let (code, said, _) = verified(|inside| fs::create_dir(inside.join(".DS_Store")).unwrap());
    assert_eq!(code, 1, "{said}");
}

#[test]
fn modes_that_a_tool_dropped_are_a_warning_with_chmod() {
    for (mode, dropped) in [
        (
            0o777,
            "chmod 644 LexConversationLogsAssumeRolePolicyDocument.json ",
        ),
        (0o644, "chmod 755 apply.sh check.sh "),
        (0o666, "chmod 755 apply.sh check.sh "),
    ] {
        let (code, said, noted) = verified(|inside| {
            for name in names(inside) {
                fs::set_permissions(inside.join(name), fs::Permissions::from_mode(mode)).unwrap();
            }
        });
        assert_eq!(code, 0, "{said}");
        assert!(
            said.ends_with("  reproduced: yes, byte for byte\n"),
            "{said}"
        );
        assert!(noted.starts_with("warning: file modes differ "), "{noted}");
        assert!(noted.contains(dropped), "{noted}");
    }
    for (name, mode, dropped) in [
        ("README.md", 0o777, "in the folder: chmod 644 README.md\n"),
        ("apply.sh", 0o600, "in the folder: chmod 755 apply.sh\n"),
    ] {
        let (code, _, noted) = verified(|inside| {
            fs::set_permissions(inside.join(name), fs::Permissions::from_mode(mode)).unwrap();
        });
        assert!(code == 0 && noted.ends_with(dropped), "{noted}");
    }
    // No tool adds this one.
    let (code, said, _) = verified(|inside| {
        let mode = fs::Permissions::from_mode(0o4755);
        fs::set_permissions(inside.join("apply.sh"), mode).unwrap();
    });
    assert_eq!(
        (code, findings(&said).as_str()),
        (1, "apply.sh: has the mode 4755 instead of 0755\n")
    );
}

#[test]
fn changed_line_ends_are_said_to_be_that() {
    let convert = |path: &Path, to_windows: bool| {
        let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        fs::write(
            path,
            if to_windows {
                text.replace('\n', "\r\n")
            } else {
                text
            },
        )
        .unwrap();
    };
    let told = "as git and editors change them; its text is intact: unpack the zip again\n";
    for (name, to_windows, ends) in [
        ("README.md", true, "CRLF as line ends instead of LF"),
        ("apply.sh", true, "CRLF as line ends instead of LF"),
        ("apply.cmd", false, "LF as line ends instead of CRLF"),
        ("SHA256SUMS", true, "CRLF as line ends instead of LF"),
        ("manifest.json", true, "CRLF as line ends instead of LF"),
        ("request.json", true, "CRLF as line ends instead of LF"),
    ] {
        let (code, said, _) = verified(|inside| convert(&inside.join(name), to_windows));
        assert_eq!(code, 1);
        assert_eq!(findings(&said), format!("{name}: has {ends}, {told}"));
    }
    // All of them, as git's core.autocrlf does it.
    let (code, said, _) = verified(|inside| {
        for name in names(inside) {
            convert(&inside.join(name), true);
        }
    });
    assert_eq!(code, 1);
    for line in findings(&said).lines() {
        assert!(
            line.contains(": has CRLF as line ends instead of LF, "),
            "{said}"
        );
    }
    // A changed text is a changed text.
    let (_, said, _) = verified(|inside| {
        let path = inside.join("README.md");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace('\n', "\r\n") + "x").unwrap();
    });
    assert!(
        findings(&said).starts_with("README.md: is not what ") && !said.contains("line ends"),
        "{said}"
    );
}

#[test]
fn a_folder_inside_a_folder_is_named() {
    let place = folder();
    made(place.path(), "text-only");
    for outer in ["outer", "with files"] {
        let outer = place.path().join(outer);
        fs::create_dir(&outer).unwrap();
        fs::write(outer.join(".DS_Store"), "").unwrap();
        fs::create_dir(outer.join("lex-bundle")).unwrap();
        for name in names(&place.path().join("folder")) {
            fs::copy(
                place.path().join("folder").join(&name),
                outer.join("lex-bundle").join(&name),
            )
            .unwrap();
        }
    }
    for command in ["verify", "inspect"] {
        for outer in ["outer", "with files"] {
            let (code, _, said) = run(place.path(), &[command, outer]);
            assert_eq!(code, 2);
            assert!(
                said.contains("the folder `lex-bundle` in it is: add `/lex-bundle` to the path"),
                "{said}"
            );
        }
    }
    assert_eq!(run(place.path(), &["verify", "outer/lex-bundle"]).0, 0);
}
