//! What the system refuses, in words without its number, and what to do about it.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::escape::escape_path;
use crate::parameters::nearest_of;

/// The system's words, without its number and without the name of a temporary file.
pub(crate) fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    let Some((words, _)) = words.split_once(" (os error") else {
        return words;
    };
    if error.kind() == ErrorKind::NotFound {
        return "it does not exist".into();
    }
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// The same error, with the path in its words.
pub(crate) fn of_path(error: &io::Error, path: &Path) -> io::Error {
    let words = format!("{}: {}", escape_path(path), reason(error));
    io::Error::new(error.kind(), words)
}

/// What to do about an error of reading or writing a path.
pub(crate) fn help(error: &io::Error, path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    Some(match error.kind() {
        ErrorKind::NotFound if !folder.exists() => {
            format!("{}/ does not exist; create it first", escape_path(folder))
        }
        ErrorKind::NotFound if path.exists() => "choose another path".into(),
        ErrorKind::NotFound => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let names = folder.read_dir().into_iter().flatten().flatten();
            let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
            let names: Vec<String> = names.take(1000).collect();
            match nearest_of(&name, names.iter().map(String::as_str)) {
                Some(near) => format!(
                    "did you mean `{}`?",
                    escape_path(&path.with_file_name(near))
                ),
                None => "check the path; a relative one starts in the current folder".into(),
            }
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            let is_file = |folder: &&Path| folder.exists() && !folder.is_dir();
            let file = path.ancestors().find(is_file)?;
            format!("{} is not a folder; choose another path", escape_path(file))
        }
        ErrorKind::PermissionDenied => {
            format!("check who may read and write {}", escape_path(folder))
        }
        ErrorKind::IsADirectory => "it is a folder; name a file".into(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "free some space, then run the command again".into()
        }
        ErrorKind::ReadOnlyFilesystem => "choose a path that can be written to".into(),
        ErrorKind::InvalidFilename => "choose a shorter name".into(),
        _ => return None,
    })
}
