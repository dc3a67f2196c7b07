//! Names: twice, alike, and leading elsewhere.

use super::super::bytes::{Entry, TOP};
use super::{ADDED, Case, OUTSIDE, PACKED, altered, case};

/// A bundle one of whose files has another path, as it is shown then, whole or
/// without the folder.
fn renamed(name: &'static str, path: impl AsRef<[u8]>, shown: &str, what: &str) -> Case {
    let change = |zip: &mut super::Zip| zip.entry("undo.sh").rename(path);
    let missing = match what {
        ADDED => "undo.sh: is missing\n",
        _ => "",
    };
    let shown = match what {
        ADDED => shown.rsplit('/').next().unwrap(),
        _ => shown,
    };
    case(name, change, format!("{missing}{shown}: {what}"))
}

/// A bundle with one more file, at its end.
fn added(name: &'static str, path: &str, message: &str) -> Case {
    let change = |zip: &mut super::Zip| zip.entries.push(Entry::new(path, b"x", 0o644));
    case(name, change, message)
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn all() -> Vec<Case> {
    let of = |file: &str| format!("{TOP}/{file}");
    let long = "x".repeat(237);
    vec![
        added(
            "a name twice",
            &of("undo.sh"),
            &format!(
                "{}\nundo.sh: has the mode 0644 instead of 0755",
                altered("undo.sh")
            ),
        ),
        case(
            "a name twice, side by side",
            |zip| {
                let entry = zip.entry("apply.sh").clone();
                let at = zip
                    .entries
                    .iter()
                    .position(|other| other.central.path == entry.central.path);
                zip.entries.insert(at.unwrap(), entry);
            },
            PACKED,
        ),
        added(
            "a name in capital letters",
            &of("Undo.SH"),
            &format!("Undo.SH: {ADDED}"),
        ),
        renamed("a fullwidth letter", of("ｕndo.sh"), &of("ｕndo.sh"), ADDED),
        renamed("a Cyrillic letter", of("undо.sh"), &of("undо.sh"), ADDED),
        renamed(
            "an accent of its own",
            of("undo\u{301}.sh"),
            &of("undo\\u{301}.sh"),
            ADDED,
        ),
        renamed(
            "text that runs backwards",
            of("undo\u{202e}hs.txt"),
            &of("undo\u{202e}hs.txt").replace('\u{202e}', "\\u{202e}"),
            ADDED,
        ),
        renamed(
            "a letter without width",
            of("undo\u{200b}.sh"),
            &of("undo\\u{200b}.sh"),
            ADDED,
        ),
        renamed(
            "the Kelvin sign",
            of("\u{212a}.sh"),
            &of("\u{212a}.sh"),
            ADDED,
        ),
        renamed(
            "bytes of no text",
            [of("undo").as_bytes(), b"\xff.sh"].concat(),
            &of("undo\u{fffd}.sh"),
            ADDED,
        ),
        renamed(
            "an overlong slash",
            [TOP.as_bytes(), b"\xc0\xafundo.sh"].concat(),
            &format!("{TOP}\u{fffd}\u{fffd}undo.sh"),
            OUTSIDE,
        ),
        renamed("an absolute path", "/etc/profile", "/etc/profile", OUTSIDE),
        renamed("a share", "//host/share", "//host/share", OUTSIDE),
        renamed(
            "the folder above",
            of("../undo.sh"),
            &of("../undo.sh"),
            OUTSIDE,
        ),
        renamed(
            "the folder above as the top",
            "../undo.sh",
            "../undo.sh",
            OUTSIDE,
        ),
        renamed("the folder above as the file", of(".."), &of(".."), ADDED),
        renamed(
            "the folder itself",
            of("./undo.sh"),
            &of("./undo.sh"),
            OUTSIDE,
        ),
        renamed(
            "a backslash",
            of("..\\undo.sh"),
            &of("..\\undo.sh"),
            OUTSIDE,
        ),
        renamed(
            "a backslash for the slash",
            format!("{TOP}\\undo.sh"),
            &format!("{TOP}\\undo.sh"),
            OUTSIDE,
        ),
        renamed("a drive", "C:/undo.sh", "C:/undo.sh", OUTSIDE),
        renamed(
            "a stream of a file",
            of("undo.sh:x"),
            &of("undo.sh:x"),
            ADDED,
        ),
        renamed("a device of Windows", of("nul"), &of("nul"), ADDED),
        renamed(
            "a device with an ending",
            of("undo/x").replace("undo/x", "Com1.txt"),
            &of("Com1.txt"),
            ADDED,
        ),
        renamed("a point at the end", of("undo.sh."), &of("undo.sh."), ADDED),
        renamed("a blank at the end", of("undo.sh "), &of("undo.sh "), ADDED),
        renamed(
            "a NUL",
            of("undo.sh\0.txt"),
            &of("undo.sh\0.txt").replace('\0', "\\0"),
            ADDED,
        ),
        renamed("a line end", of("undo.sh\nx"), &of("undo.sh\\nx"), ADDED),
        renamed(
            "an escape sequence",
            of("\u{1b}[2J"),
            &of("\\u{1b}[2J"),
            ADDED,
        ),
        renamed("a wildcard", of("undo*.sh"), &of("undo*.sh"), ADDED),
        renamed("no name", "", "(no name)", OUTSIDE),
        renamed(
            "a name that is too long",
            of(&long),
            &format!("{}…", "x".repeat(80)),
            ADDED,
        ),
        renamed("no folder", "undo.sh", "undo.sh", OUTSIDE),
        renamed(
            "a folder within",
            of("x/undo.sh"),
            &of("x/undo.sh"),
            OUTSIDE,
        ),
        added("a folder", &format!("{TOP}/"), PACKED),
        added("a folder elsewhere", "../../", PACKED),
        renamed("another folder", "other/undo.sh", "other/undo.sh", OUTSIDE),
        case(
            "the folder in capital letters",
            |zip| {
                zip.entry("undo.sh")
                    .rename(format!("{}/undo.sh", TOP.to_uppercase()));
            },
            format!("{}/undo.sh: {OUTSIDE}", TOP.to_uppercase()),
        ),
        case("names out of order", |zip| zip.entries.swap(0, 1), PACKED),
        case(
            "another name before the data",
            |zip| zip.entry("undo.sh").local.path = of("evil.sh").into(),
            PACKED,
        ),
        case(
            "another folder's name in all",
            |zip| {
                for entry in &mut zip.entries {
                    let path = String::from_utf8(entry.central.path.clone()).unwrap();
                    entry.rename(path.replace("111122223333", "444455556666"));
                }
            },
            PACKED,
        ),
    ]
}
