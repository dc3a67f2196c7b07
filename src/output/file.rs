//! A single file of text.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::outcome::{Outcome, OutputError, TRIES, busy, failed, folder_of, read_file, temporary};

/// Writes a file; its folder is made if it is not there.
///
/// # Errors
/// If something else is there and `force` is not set, or the system refuses.
pub fn file(path: &Path, text: &str, force: bool) -> Result<Outcome, OutputError> {
    let folder = folder_of(path);
    for _ in 0..TRIES {
        let old = read_file(path)?;
        match &old {
            Some((old, _)) if old == text.as_bytes() => return Ok(Outcome::Unchanged),
            Some((old, _)) if !force => {
                return Err(OutputError::Differs {
                    path: path.to_owned(),
                    differences: vec![difference(&String::from_utf8_lossy(old), text)],
                });
            }
            _ => {}
        }
        fs::create_dir_all(folder).map_err(failed("create the folder", folder))?;
        let new = temporary(0o666).tempfile_in(folder);
        let mut new = new.map_err(failed("write in", folder))?;
        new.write_all(text.as_bytes())
            .map_err(failed("write", path))?;
        let placed = match old {
            Some((_, permissions)) => {
                let set = new.as_file().set_permissions(permissions);
                set.map_err(failed("give its mode to", path))?;
                new.persist(path)
            }
            None => new.persist_noclobber(path),
        };
        match placed {
            Ok(_) => return Ok(Outcome::Written),
            // Another process was faster: what it wrote decides.
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed("write", path)(error.error)),
        }
    }
    Err(busy(path))
}

/// Where two texts differ first.
fn difference(old: &str, new: &str) -> String {
    let same = std::iter::zip(old.lines(), new.lines()).take_while(|(old, new)| old == new);
    format!("it differs from line {} on", same.count() + 1)
}
