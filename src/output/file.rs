//! A single file of text.

use std::fs;
use std::path::Path;

use super::outcome::{
    Outcome, OutputError, TRIES, busy, failed, folder_of, made, place, read_file,
};

/// Writes a file; its folder is made if it is not there.
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
        let new = made(folder, path, text.as_bytes())?;
        if place(new, path, old.map(|(_, permissions)| permissions))? {
            return Ok(Outcome::Written);
        }
    }
    Err(busy(path))
}

/// Where two texts differ first.
fn difference(old: &str, new: &str) -> String {
    let same = std::iter::zip(old.lines(), new.lines()).take_while(|(old, new)| old == new);
    format!("it differs from line {} on", same.count() + 1)
}
