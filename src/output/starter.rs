//! The file that somebody begins with, and the schema beside it. What is there
//! already is never replaced.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::outcome::{Outcome, OutputError, failed, folder_of, temporary};

/// Whether nothing is where a file is to be written.
///
/// # Errors
/// If something is, or the system does not tell.
pub fn is_free(path: &Path) -> Result<(), OutputError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(occupied(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed("read", path)(error)),
    }
}

/// Writes a starter, and a schema beside it unless something is there: what
/// became of the schema, or none if what is there is another one.
///
/// # Errors
/// If something is where the starter is to be, or the system refuses; then no
/// starter was written.
pub fn starter(
    (path, text): (&Path, &str),
    (beside, schema): (&str, &str),
) -> Result<(PathBuf, Option<Outcome>), OutputError> {
    let schema_path = folder_of(path).join(beside);
    // Both are on the disk before the first has its name.
    let (new, new_schema) = (ready(path, text)?, ready(&schema_path, schema)?);
    is_free(path)?;
    let outcome = match new_schema.persist_noclobber(&schema_path) {
        Ok(_) => Some(Outcome::Written),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            let is_same = fs::read(&schema_path).is_ok_and(|there| there == schema.as_bytes());
            is_same.then_some(Outcome::Unchanged)
        }
        Err(error) => return Err(failed("write", &schema_path)(error.error)),
    };
    match new.persist_noclobber(path) {
        Ok(_) => Ok((schema_path, outcome)),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(occupied(path)),
        Err(error) => Err(failed("write", path)(error.error)),
    }
}

fn ready(path: &Path, text: &str) -> Result<NamedTempFile, OutputError> {
    let written = temporary(0o666)
        .tempfile_in(folder_of(path))
        .and_then(|mut file| file.write_all(text.as_bytes()).map(|()| file));
    written.map_err(failed("write", path))
}

fn occupied(path: &Path) -> OutputError {
    OutputError::Occupied {
        path: path.to_owned(),
        why: "already exists".into(),
    }
}
