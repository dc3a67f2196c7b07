//! Names: twice, alike, and leading elsewhere.

use super::super::bytes::{Entry, TOP};
use super::{Case, case};

/// A bundle one of whose files has another path.
fn renamed(name: &'static str, path: impl AsRef<[u8]>, shown: &str, what: &str) -> Case {
    let change = |zip: &mut super::Zip| zip.entry("undo.sh").rename(path);
    case(name, change, format!("{shown}: {what}"))
}

/// A bundle with one more file, at its end.
fn added(name: &'static str, path: &str, message: &str) -> Case {
    let name_of_it = path.rsplit('/').next().filter(|file| !file.is_empty());
    let message = format!("{}: {message}", name_of_it.unwrap_or(path));
    let change = |zip: &mut super::Zip| zip.entries.push(Entry::new(path, b"x", 0o644));
    case(name, change, message)
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn all() -> Vec<Case> {
    let of = |file: &str| format!("{TOP}/{file}");
    let foreign = "its name has other letters than ASCII's, which can look like others";
    let long = "x".repeat(237);
    // The messages show the end of a long name.
    let shown = |path: &str| {
        let skip = path.chars().count().saturating_sub(79);
        let end: String = path.chars().skip(skip).collect();
        if skip == 0 { end } else { format!("…{end}") }
    };
    vec![
        added("a name twice", &of("undo.sh"), "is there twice"),
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
            "apply.sh: is there twice",
        ),
        added(
            "a name in capital letters",
            &of("Undo.SH"),
            "differs from `undo.sh` in capital letters alone: Windows and macOS keep only one of them",
        ),
        renamed(
            "a fullwidth letter",
            of("ｕndo.sh"),
            &of("ｕndo.sh"),
            foreign,
        ),
        renamed("a Cyrillic letter", of("undо.sh"), &of("undо.sh"), foreign),
        renamed(
            "an accent of its own",
            of("undo\u{301}.sh"),
            &of("undo\\u{301}.sh"),
            foreign,
        ),
        renamed(
            "text that runs backwards",
            of("undo\u{202e}hs.txt"),
            &shown(&of("undo\u{202e}hs.txt")).replace('\u{202e}', "\\u{202e}"),
            foreign,
        ),
        renamed(
            "a letter without width",
            of("undo\u{200b}.sh"),
            &of("undo\\u{200b}.sh"),
            foreign,
        ),
        renamed(
            "the Kelvin sign",
            of("\u{212a}.sh"),
            &of("\u{212a}.sh"),
            foreign,
        ),
        renamed(
            "bytes of no text",
            [of("undo").as_bytes(), b"\xff.sh"].concat(),
            &of("undo\u{fffd}.sh"),
            foreign,
        ),
        renamed(
            "an overlong slash",
            [TOP.as_bytes(), b"\xc0\xafundo.sh"].concat(),
            &format!("{TOP}\u{fffd}\u{fffd}undo.sh"),
            foreign,
        ),
        renamed(
            "an absolute path",
            "/etc/profile",
            "/etc/profile",
            "its name is an absolute path",
        ),
        renamed(
            "a share",
            "//host/share",
            "//host/share",
            "its name is an absolute path",
        ),
        renamed(
            "the folder above",
            of("../undo.sh"),
            &of("../undo.sh"),
            "its name leads out of the folder (`..`)",
        ),
        renamed(
            "the folder above as the top",
            "../undo.sh",
            "../undo.sh",
            "its name leads out of the folder (`..`)",
        ),
        renamed(
            "the folder above as the file",
            of(".."),
            &of(".."),
            "its name leads out of the folder (`..`)",
        ),
        renamed(
            "the folder itself",
            of("./undo.sh"),
            &of("./undo.sh"),
            "its name has a part that is `.`",
        ),
        renamed(
            "a backslash",
            of("..\\undo.sh"),
            &of("..\\undo.sh"),
            "its name has a backslash, by which Windows leaves the folder",
        ),
        renamed(
            "a backslash for the slash",
            format!("{TOP}\\undo.sh"),
            &format!("{TOP}\\undo.sh"),
            "its name has a backslash, by which Windows leaves the folder",
        ),
        renamed(
            "a drive",
            "C:/undo.sh",
            "C:/undo.sh",
            "its name has a colon, which names a drive or a stream on Windows",
        ),
        renamed(
            "a stream of a file",
            of("undo.sh:x"),
            &of("undo.sh:x"),
            "its name has a colon, which names a drive or a stream on Windows",
        ),
        renamed(
            "a device of Windows",
            of("nul"),
            &of("nul"),
            "its name is that of a device of Windows (`nul`)",
        ),
        renamed(
            "a device with an ending",
            of("undo/x").replace("undo/x", "Com1.txt"),
            &of("Com1.txt"),
            "its name is that of a device of Windows (`com1`)",
        ),
        renamed(
            "a point at the end",
            of("undo.sh."),
            &of("undo.sh."),
            "its name ends in a point, which Windows leaves away",
        ),
        renamed(
            "a blank at the end",
            of("undo.sh "),
            &of("undo.sh "),
            "its name has the letter ` `, as no bundle's has",
        ),
        renamed(
            "a NUL",
            of("undo.sh\0.txt"),
            &shown(&of("undo.sh\0.txt")).replace('\0', "\\0"),
            "its name has the letter `\\u{0}`, as no bundle's has",
        ),
        renamed(
            "a line end",
            of("undo.sh\nx"),
            &of("undo.sh\\nx"),
            "its name has the letter `\\n`, as no bundle's has",
        ),
        renamed(
            "an escape sequence",
            of("\u{1b}[2J"),
            &of("\\u{1b}[2J"),
            "its name has the letter `\\u{1b}`, as no bundle's has",
        ),
        renamed(
            "a wildcard",
            of("undo*.sh"),
            &of("undo*.sh"),
            "its name has the letter `*`, as no bundle's has",
        ),
        renamed("no name", "", "", "it has no name"),
        renamed(
            "a name that is too long",
            of(&long),
            &shown(&of(&long)),
            "its name has 269 letters; no bundle's has more than 255",
        ),
        renamed(
            "no folder",
            "undo.sh",
            "undo.sh",
            "is in no folder; a bundle is one folder",
        ),
        renamed(
            "a folder within",
            of("x/undo.sh"),
            &of("x/undo.sh"),
            "is in a folder within the folder, as no file of a bundle is",
        ),
        added(
            "a folder",
            &format!("{TOP}/"),
            &format!("is a folder (`{TOP}`), where a bundle has files alone"),
        ),
        renamed(
            "another folder",
            "other/undo.sh",
            "other/undo.sh",
            &format!("is in another folder than the entries before it, which are in `{TOP}`"),
        ),
        case(
            "the folder in capital letters",
            |zip| {
                zip.entry("undo.sh")
                    .rename(format!("{}/undo.sh", TOP.to_uppercase()));
            },
            format!(
                "{}/undo.sh: is in another folder than the entries before it, which are in `{TOP}`",
                TOP.to_uppercase()
            ),
        ),
        case(
            "names out of order",
            |zip| zip.entries.swap(0, 1),
            "LexConversationLogsAssumeRolePolicyDocument.json: comes after `LexConversationLogsCloudWatchLogsPolicy.json`: the entries are not sorted".to_string(),
        ),
        case(
            "another name before the data",
            |zip| zip.entry("undo.sh").local.path = of("evil.sh").into(),
            format!(
                "undo.sh: its two headers differ in the name: before its data it is `{TOP}/evil.sh`"
            ),
        ),
        case(
            "another folder's name in all",
            |zip| {
                for entry in &mut zip.entries {
                    let path = String::from_utf8(entry.central.path.clone()).unwrap();
                    entry.rename(path.replace("111122223333", "444455556666"));
                }
            },
            format!(
                "request.json: generates the folder `{TOP}`, but the folder in the zip is `{}`",
                TOP.replace("111122223333", "444455556666")
            ),
        ),
    ]
}
