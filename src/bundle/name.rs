//! Names in a bundle: in a zip one folder and one file, in letters that every
//! system keeps and no reader takes for others.

use crate::receipt::is_written_by_scripts;
use crate::values::names::IAM_LETTERS;

/// The longest name that is taken, folder included.
const LONGEST: usize = 255;

/// How much of a name is shown: its end, which tells more than the folder.
const SHOWN: usize = 79;

/// What Windows takes for a device, whatever its ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name for a message.
pub(super) fn shown(path: &[u8]) -> String {
    let text = String::from_utf8_lossy(path);
    let count = text.chars().count();
    if count <= SHOWN {
        return text.into_owned();
    }
    let end: String = text.chars().skip(count - SHOWN).collect();
    format!("…{end}")
}

/// Takes a name apart into folder and file.
///
/// # Errors
/// What is wrong with it, as a sentence fragment.
pub(super) fn check(path: &[u8]) -> Result<(&str, &str), String> {
    if path.is_empty() {
        return Err("it has no name".into());
    }
    if path.len() > LONGEST {
        return Err(format!(
            "its name has {} letters; no bundle's has more than {LONGEST}",
            path.len()
        ));
    }
    let Some(text) = std::str::from_utf8(path)
        .ok()
        .filter(|text| text.is_ascii())
    else {
        return Err("its name has other letters than ASCII's, which can look like others".into());
    };
    if text.starts_with('/') {
        return Err("its name is an absolute path".into());
    }
    if text.contains('\\') {
        return Err("its name has a backslash, by which Windows leaves the folder".into());
    }
    if text.contains(':') {
        return Err("its name has a colon, which names a drive or a stream on Windows".into());
    }
    let mut parts = text.split('/');
    if parts.clone().any(|part| part == "..") {
        return Err("its name leads out of the folder (`..`)".into());
    }
    if parts.clone().any(|part| part == ".") {
        return Err("its name has a part that is `.`".into());
    }
    let (top, file) = match (parts.next(), parts.next(), parts.next()) {
        (Some(top), Some(""), None) => {
            return Err(format!(
                "is a folder (`{top}`), where a bundle has files alone"
            ));
        }
        (Some(top), Some(file), None) => (top, file),
        (Some(_), None, _) => return Err("is in no folder; a bundle is one folder".into()),
        _ => return Err("is in a folder within the folder, as no file of a bundle is".into()),
    };
    check_letters(top)?;
    check_file(file)?;
    Ok((top, file))
}

fn check_letters(name: &str) -> Result<(), String> {
    // Those of IAM's names, for the name of the role is in that of the folder.
    match name.chars().find(|c| !IAM_LETTERS.has(*c)) {
        Some(odd) => Err(format!(
            "its name has the letter `{}`, as no bundle's has",
            odd.escape_default()
        )),
        None => Ok(()),
    }
}

/// Checks the name of a file, wherever it was found.
///
/// # Errors
/// What is wrong with it, as a sentence fragment.
pub(super) fn check_file(file: &str) -> Result<(), String> {
    check_letters(file)?;
    if is_written_by_scripts(file) {
        return Err(
            "is what the scripts write, and undo and disable go by; no bundle brings one".into(),
        );
    }
    if file.ends_with('.') {
        return Err("its name ends in a point, which Windows leaves away".into());
    }
    let stem = file
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        let digit = stem.strip_prefix(device);
        digit.is_some_and(|digit| digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit())
    });
    if numbered || DEVICES.contains(&stem.as_str()) {
        return Err(format!(
            "its name is that of a device of Windows (`{stem}`)"
        ));
    }
    Ok(())
}
