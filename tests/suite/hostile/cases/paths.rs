//! Names: twice, alike, and leading elsewhere.

use super::super::bytes::{Entry, TOP, Zip};
use super::{ADDED, Case, OUTSIDE, PACKED, altered, case, cases};

/// Paths of a file within its folder that no bundle has, and how each is shown if otherwise.
const STRANGE: [(&str, &str); 16] = [
    ("ｕndo.sh", ""),
    // A Cyrillic letter, and the Kelvin sign.
    ("undо.sh", ""),
    ("\u{212a}.sh", ""),
    ("undo\u{301}.sh", "undo\\u{301}.sh"),
    ("undo\u{202e}hs.txt", "undo\\u{202e}hs.txt"),
    ("undo\u{200b}.sh", "undo\\u{200b}.sh"),
    ("..", ""),
    // A stream of a file, and devices of Windows.
    ("undo.sh:x", ""),
    ("nul", ""),
    ("Com1.txt", ""),
    ("undo.sh.", ""),
    ("undo.sh ", ""),
    ("undo.sh\0.txt", "undo.sh\\0.txt"),
    ("undo.sh\nx", "undo.sh\\nx"),
    ("\u{1b}[2J", "\\u{1b}[2J"),
    ("undo*.sh", ""),
];

/// Paths that lead out of the folder, or are in another; `TOP` is that folder.
const ELSEWHERE: [&str; 12] = [
    "/etc/profile",
    "//host/share",
    "TOP/../undo.sh",
    "../undo.sh",
    "TOP/./undo.sh",
    "TOP/..\\undo.sh",
    "TOP\\undo.sh",
    "C:/undo.sh",
    "undo.sh",
    "TOP/x/undo.sh",
    "other/undo.sh",
    "LEX-LOGS-111122223333-US-EAST-1/undo.sh",
];

/// A bundle one of whose files has another path.
fn renamed(path: impl AsRef<[u8]>, message: &str) -> Case {
    case(|zip| zip.entry("undo.sh").rename(&path), message)
}

pub(super) fn all() -> Vec<Case> {
    let of = |file: &str| format!("{TOP}/{file}");
    let strange = |(name, shown): (&str, &str)| {
        let shown = if shown.is_empty() { name } else { shown };
        renamed(of(name), &format!("undo.sh: is missing\n{shown}: {ADDED}"))
    };
    let mut all: Vec<Case> = STRANGE.map(strange).into();
    all.extend(ELSEWHERE.map(|path| {
        let path = path.replace("TOP", TOP);
        renamed(&path, &format!("{path}: {OUTSIDE}"))
    }));
    let long = format!("undo.sh: is missing\n{}…: {ADDED}", "x".repeat(80));
    all.extend([
        renamed("", &format!("(no name): {OUTSIDE}")),
        renamed(of(&"x".repeat(237)), &long),
        // Bytes of no text, and an overlong slash.
        renamed(
            [of("undo").as_bytes(), b"\xff.sh"].concat(),
            &format!("undo.sh: is missing\nundo\u{fffd}.sh: {ADDED}"),
        ),
        renamed(
            [TOP.as_bytes(), b"\xc0\xafundo.sh"].concat(),
            &format!("{TOP}\u{fffd}\u{fffd}undo.sh: {OUTSIDE}"),
        ),
    ]);
    let twice = format!(
        "{}\nundo.sh: has the mode 0644 instead of 0755",
        altered("undo.sh")
    );
    for (path, message) in [
        (of("undo.sh"), twice),
        (of("Undo.SH"), format!("Undo.SH: {ADDED}")),
        (of(""), PACKED.to_owned()),
        ("../../".to_owned(), PACKED.to_owned()),
    ] {
        all.push(case(
            |zip| zip.entries.push(Entry::new(&path, b"x", 0o644)),
            &message,
        ));
    }
    let packed: [fn(&mut Zip); 4] = [
        |zip| {
            let twice = zip.entries[3].clone();
            zip.entries.insert(3, twice);
        },
        |zip| zip.entries.swap(0, 1),
        |zip| zip.entry("undo.sh").local.path = format!("{TOP}/evil.sh").into(),
        |zip| {
            for entry in &mut zip.entries {
                let path = String::from_utf8(entry.central.path.clone()).unwrap();
                entry.rename(path.replace("111122223333", "444455556666"));
            }
        },
    ];
    all.extend(cases(PACKED, &packed, |zip, change| change(zip)));
    all
}
