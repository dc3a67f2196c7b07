//! What operating systems add to a folder and change in it is told as that.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{folder, names};
use crate::verify::{made, run};

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
            format!("note: {name} is not part of the bundle: {who} writes such files\n")
        );
        assert!(said.starts_with("whole: "), "{said}");
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
            said.starts_with(&format!(
                "{name}: is not part of the bundle: it was added\n"
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
fn the_modes_of_a_whole_folder_are_the_drives() {
    for (mode, what) in [
        (0o777, "every file is"),
        (0o755, "every file is"),
        (0o644, "no file is"),
        (0o666, "no file is"),
    ] {
        let (code, said, noted) = verified(|inside| {
            for name in names(inside) {
                fs::set_permissions(inside.join(name), fs::Permissions::from_mode(mode)).unwrap();
            }
        });
        assert_eq!(code, 0, "{said}");
        assert!(
            said.ends_with("; this lexlogs makes the same of its request.json\n"),
            "{said}"
        );
        assert!(
            noted.starts_with(&format!("note: {what} executable, ")),
            "{noted}"
        );
        assert!(
            noted.contains("the modes differ from the manifest's"),
            "{noted}"
        );
    }
}

#[test]
fn the_mode_of_one_file_is_that_files() {
    for name in [
        "SHA256SUMS",
        "manifest.json",
        "README.md",
        "request.json",
        "apply.cmd",
    ] {
        let (code, said, _) = verified(|inside| {
            fs::set_permissions(inside.join(name), fs::Permissions::from_mode(0o777)).unwrap();
        });
        assert_eq!(code, 1);
        assert!(
            said.starts_with(&format!("{name}: has the mode 0755 instead of 0644\n")),
            "{said}"
        );
        assert!(said.ends_with("\nnot whole: 1 fault\n"), "{said}");
    }
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
        assert_eq!(
            said,
            format!("{name}: has {ends}, {told}not whole: 1 fault\n")
        );
    }
    // All of them, as git's core.autocrlf does it.
    let (code, said, _) = verified(|inside| {
        for name in names(inside) {
            convert(&inside.join(name), true);
        }
    });
    assert_eq!(code, 1);
    for line in said.lines().filter(|line| !line.starts_with("not whole: ")) {
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
        said.starts_with("README.md: is not what ") && !said.contains("line ends"),
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
