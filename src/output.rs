//! The only module that writes files. What it writes appears whole or not at
//! all: made beside its place under another name, then renamed. What is there
//! already and differs stays, unless it is to be replaced.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::bundle::{Bundle, read};

/// What became of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was written.
    Written,
    /// It was there already, the same to the byte; nothing was written.
    Unchanged,
}

/// Why an output could not be written. Nothing was changed.
#[derive(Debug)]
pub enum OutputError {
    /// Something else is there.
    Differs {
        /// Where.
        path: PathBuf,
        /// How it differs, a line for each difference.
        differences: Vec<String>,
    },
    /// What is there cannot be replaced.
    Occupied {
        /// Where.
        path: PathBuf,
        /// Why, and what to do, as a sentence fragment.
        why: String,
    },
    /// The system refused.
    Io {
        /// What could not be done, such as `write`.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs { path, differences } => {
                write!(
                    f,
                    "{} is there already and differs; nothing was written",
                    path.display()
                )?;
                differences
                    .iter()
                    .try_for_each(|line| write!(f, "\n    {line}"))?;
                f.write_str("\nuse --force to replace it, or -o to write elsewhere")
            }
            Self::Occupied { path, why } => {
                write!(f, "{} {why}; nothing was written", path.display())
            }
            Self::Io {
                action,
                path,
                source,
            } => write!(f, "cannot {action} {}: {source}", path.display()),
        }
    }
}

impl std::error::Error for OutputError {}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |source| OutputError::Io {
        action,
        path,
        source,
    }
}

/// Writes a bundle's zip to `path`; its folder is made if it is not there.
///
/// # Errors
/// If something else is there and `force` is not set, or the system refuses.
pub fn zip(
    path: &Path,
    bytes: &[u8],
    bundle: &Bundle,
    force: bool,
) -> Result<Outcome, OutputError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => {
            let old = fs::read(path).map_err(failed("read", path))?;
            if old == bytes {
                return Ok(Outcome::Unchanged);
            }
            if !force {
                let differences = read::differences_from_zip(&old, bundle);
                return Err(OutputError::Differs {
                    path: path.to_owned(),
                    differences,
                });
            }
        }
        Ok(_) => {
            let why = "is there already and is not a file".into();
            return Err(OutputError::Occupied {
                path: path.to_owned(),
                why,
            });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed("look at", path)(error)),
    }
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(failed("create the folder", folder))?;
    let mut file = temporary(0o666)
        .tempfile_in(folder)
        .map_err(failed("write in", folder))?;
    file.write_all(bytes).map_err(failed("write", path))?;
    let result = if force {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    result.map_err(|error| failed("write", path)(error.error))?;
    Ok(Outcome::Written)
}

/// Writes a bundle's files into the folder `path`, which is then exactly the
/// bundle.
///
/// # Errors
/// If something else is there and `force` is not set, if what is there is more
/// than a bundle, or if the system refuses.
pub fn folder(path: &Path, bundle: &Bundle, force: bool) -> Result<Outcome, OutputError> {
    let occupied = |why: String| OutputError::Occupied {
        path: path.to_owned(),
        why,
    };
    let old = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => Some(contents(path)?),
        Ok(_) => return Err(occupied("is there already and is not a folder".into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed("look at", path)(error)),
    };
    if let Some(old) = &old {
        let same = old.files.len() == bundle.files.len()
            && bundle.files.iter().all(|file| {
                old.files
                    .get(file.name)
                    .is_some_and(|text| text == file.text.as_bytes())
            });
        if same && old.foreign.is_empty() {
            return Ok(Outcome::Unchanged);
        }
        if let Some(name) = old.foreign.first() {
            return Err(occupied(format!(
                "holds `{name}`, which is no file of a bundle; name a folder of its own"
            )));
        }
        if !force && !old.files.is_empty() {
            let differences = read::differences(&old.files, bundle);
            return Err(OutputError::Differs {
                path: path.to_owned(),
                differences,
            });
        }
    }
    let parent = folder_of(path);
    fs::create_dir_all(parent).map_err(failed("create the folder", parent))?;
    let staging = temporary(0o777)
        .tempdir_in(parent)
        .map_err(failed("write in", parent))?;
    // A folder in the folder, so that what is replaced can be kept beside it
    // until its successor is in place.
    let (new, replaced) = (staging.path().join("new"), staging.path().join("replaced"));
    fs::create_dir(&new).map_err(failed("create the folder", &new))?;
    for file in &bundle.files {
        write_file(&new.join(file.name), file.text.as_bytes(), file.mode)
            .map_err(failed("write", &path.join(file.name)))?;
    }
    if old.is_some() {
        fs::rename(path, &replaced).map_err(failed("replace", path))?;
    }
    if let Err(error) = fs::rename(&new, path) {
        if old.is_some() {
            fs::rename(&replaced, path).map_err(failed("put back", path))?;
        }
        return Err(failed("write", path)(error));
    }
    Ok(Outcome::Written)
}

/// What is in a folder that may be a bundle.
struct Contents {
    files: BTreeMap<String, Vec<u8>>,
    /// Names that no bundle has: somebody's own, never to be deleted.
    foreign: Vec<String>,
}

fn contents(path: &Path) -> Result<Contents, OutputError> {
    let mut contents = Contents {
        files: BTreeMap::new(),
        foreign: Vec::new(),
    };
    for entry in fs::read_dir(path).map_err(failed("read", path))? {
        let entry = entry.map_err(failed("read", path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && crate::bundle::is_file_name(&name) {
            let text = fs::read(entry.path()).map_err(failed("read", &entry.path()))?;
            contents.files.insert(name, text);
        } else {
            contents.foreign.push(crate::fault::printable(&name));
        }
    }
    contents.foreign.sort();
    Ok(contents)
}

/// The folder that a path is in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A name for the time of writing, with the permissions that the umask leaves
/// of `mode`, as any program's files have.
fn temporary(mode: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".lexlogs-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

fn write_file(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)?.write_all(bytes)
}
