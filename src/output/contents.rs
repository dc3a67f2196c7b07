//! What is in a folder that a bundle is to be written to, and whether it may be
//! replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::outcome::{OutputError, failed};
use crate::bundle::{Bundle, read};
use crate::diagnostic::escape_value;

#[derive(Debug)]
pub(super) struct Contents {
    files: BTreeMap<String, Vec<u8>>,
    executable: BTreeSet<String>,
    /// Names that no bundle has: somebody's own, never to be deleted.
    foreign: Vec<String>,
    pub(super) meta: fs::Metadata,
}

impl Contents {
    /// What is in the folder; none if there is nothing.
    pub(super) fn of(path: &Path) -> Result<Option<Self>, OutputError> {
        let occupied = |why: &str| OutputError::Occupied {
            path: path.to_owned(),
            why: why.into(),
        };
        let meta = match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_dir() => meta,
            Ok(meta) if meta.is_symlink() => {
                return Err(occupied(
                    "is a symbolic link; name the folder that it leads to",
                ));
            }
            Ok(_) => return Err(occupied("already exists and is not a folder")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed("read", path)(error)),
        };
        let mut contents = Self {
            files: BTreeMap::new(),
            executable: BTreeSet::new(),
            foreign: Vec::new(),
            meta,
        };
        for entry in fs::read_dir(path).map_err(failed("read", path))? {
            let entry = entry.map_err(failed("read", path))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let meta = entry.metadata().map_err(failed("read", &entry.path()))?;
            if meta.is_file() && crate::bundle::is_file_name(&name) {
                let text = fs::read(entry.path()).map_err(failed("read", &entry.path()))?;
                if is_executable(&meta) {
                    contents.executable.insert(name.clone());
                }
                contents.files.insert(name, text);
            } else {
                contents.foreign.push(escape_value(&name));
            }
        }
        contents.foreign.sort();
        Ok(Some(contents))
    }

    pub(super) fn is_as(&self, other: &Self) -> bool {
        (&self.files, &self.executable, &self.foreign)
            == (&other.files, &other.executable, &other.foreign)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.foreign.is_empty()
    }

    /// How the folder differs from a bundle, a line for each difference.
    pub(super) fn differences(&self, bundle: &Bundle) -> Vec<String> {
        let mut lines = read::differences(&self.files, bundle);
        if cfg!(unix) {
            let lost = bundle.files.iter().filter(|file| {
                file.mode & 0o100 != 0
                    && self.files.contains_key(file.name)
                    && !self.executable.contains(file.name)
            });
            lines.extend(lost.map(|file| format!("{} is not executable", file.name)));
        }
        let foreign = self.foreign.iter();
        lines.extend(foreign.map(|name| format!("{name} is not in the new one")));
        lines
    }

    /// Whether the folder, which differs, may go.
    pub(super) fn may_be_replaced(
        &self,
        path: &Path,
        differences: Vec<String>,
        force: bool,
    ) -> Result<(), OutputError> {
        let occupied = |why: String| OutputError::Occupied {
            path: path.to_owned(),
            why,
        };
        if let Some(name) = self.foreign.first() {
            return Err(occupied(format!(
                "holds `{name}`, which is no file of a bundle; name a folder of its own"
            )));
        }
        if !force && !self.files.is_empty() {
            return Err(OutputError::Differs {
                path: path.to_owned(),
                differences,
            });
        }
        // A shell in a folder that was replaced would be nowhere.
        let here = std::env::current_dir().and_then(fs::canonicalize);
        if here.is_ok_and(|here| fs::canonicalize(path).is_ok_and(|path| path == here)) {
            return Err(occupied(
                "is the current folder, which cannot be replaced; name a folder in it, or work from outside".into(),
            ));
        }
        Ok(())
    }
}

#[cfg(unix)]
fn is_executable(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    meta.permissions().mode() & 0o100 != 0
}

/// Windows runs files by their names.
#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}
