//! The templates, into a folder of their own. What already exists is never
//! replaced.

use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{Moved, onto_empty, write_file};
use super::outcome::{OutputError, failed, folder_of, temporary};

/// Writes files, by paths with `/`, into the folder `path`, which is new or
/// empty.
pub fn templates(path: &Path, files: &[(String, String)]) -> Result<(), OutputError> {
    let path: PathBuf = path.components().collect();
    let parent = folder_of(&path);
    fs::create_dir_all(parent).map_err(failed("create the folder", parent))?;
    let staging = temporary(0o777)
        .tempdir_in(parent)
        .map_err(failed("write in", parent))?;
    let new = staging.path().join("new");
    for (name, text) in files {
        let file = new.join(name);
        let folder = folder_of(&file);
        fs::create_dir_all(folder).map_err(failed("create the folder", folder))?;
        write_file(&file, text.as_bytes(), 0o644).map_err(failed("write", &path.join(name)))?;
    }
    match onto_empty(&new, &path)? {
        Moved::There => Ok(()),
        Moved::Meanwhile => Err(OutputError::Occupied {
            path,
            why: "already exists, and is never replaced; name a new folder".into(),
        }),
    }
}
