//! What came of writing, why it failed, and what all writers share.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::escape::escape_path;
use crate::io_error::{self, reason};

/// What became of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Written,
    /// It was there already, the same to the byte; nothing was written.
    Unchanged,
}

/// Why an output could not be written. Nothing was changed, but for
/// [`OutputError::Stranded`], [`OutputError::Halfway`] and
/// [`OutputError::Unsigned`].
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    #[error("{} already exists and differs; nothing was written", escape_path(.path))]
    Differs {
        path: PathBuf,
        /// How it differs, a line for each difference.
        differences: Vec<String>,
    },
    #[error("{} {}; nothing was written", escape_path(.path), .why.split("; ").next().unwrap_or_default())]
    Occupied {
        path: PathBuf,
        /// Why, as a sentence fragment, and behind `; ` what to do.
        why: String,
    },
    /// What was there was taken away to be replaced, and could not be put back.
    #[error("cannot write {}: {}; what was there is now in {}", escape_path(.path), reason(.source), escape_path(.kept))]
    Stranded {
        path: PathBuf,
        kept: PathBuf,
        source: io::Error,
    },
    /// Some of several outputs were written, whole, and then one could not be.
    #[error("cannot write {}: {}; {written} before it were written, each complete", escape_path(.path), reason(.source))]
    Halfway {
        path: PathBuf,
        written: usize,
        source: io::Error,
    },
    /// The zip was written, and then its signature could not be.
    #[error("cannot write {}: {}; the zip was written without a signature", escape_path(.path), reason(.source))]
    Unsigned { path: PathBuf, source: io::Error },
    #[error("cannot {action} {}: {}", escape_path(.path), of_folder(.path, .source))]
    Io {
        /// What could not be done, such as `write`.
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

/// The system's words; by what is missing it means the folder.
fn of_folder(path: &Path, source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::NotFound if !folder_of(path).exists() => "its folder does not exist".into(),
        io::ErrorKind::NotFound if path.is_dir() => "no file can be created there".into(),
        _ => reason(source),
    }
}

impl OutputError {
    /// How the existing file differs, a line for each difference.
    pub(crate) fn differences(&self) -> &[String] {
        match self {
            Self::Differs { differences, .. } => differences,
            _ => &[],
        }
    }

    pub(crate) fn help(&self) -> Option<String> {
        match self {
            Self::Differs { .. } => {
                Some("use --force to replace it, or -o to write elsewhere".into())
            }
            Self::Occupied { why, .. } => why.split_once("; ").map(|(_, help)| help.to_owned()),
            Self::Stranded { path, source, .. } | Self::Io { path, source, .. } => {
                io_error::help(source, path)
            }
            Self::Halfway { .. } | Self::Unsigned { .. } => {
                Some("fix this and run the command again".into())
            }
        }
    }
}

pub(crate) fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |source| OutputError::Io {
        action,
        path,
        source,
    }
}

/// How often an output is tried when another process writes to the same place.
pub(crate) const TRIES: usize = 20;

pub(crate) fn busy(path: &Path) -> OutputError {
    OutputError::Occupied {
        path: path.to_owned(),
        why: "is written to by another process all the time".into(),
    }
}

/// What a file holds, and its permissions; none if there is nothing.
pub(crate) fn read_file(path: &Path) -> Result<Option<(Vec<u8>, fs::Permissions)>, OutputError> {
    let why = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => match fs::read(path) {
            Ok(bytes) => return Ok(Some((bytes, meta.permissions()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed("read", path)(error)),
        },
        Ok(meta) if meta.is_symlink() => "is a symbolic link; name the file that it leads to",
        Ok(_) => "already exists and is not a file",
        // What has too long a name is not there either.
        Err(error)
            if [io::ErrorKind::NotFound, io::ErrorKind::InvalidFilename]
                .contains(&error.kind()) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(failed("read", path)(error)),
    };
    Err(OutputError::Occupied {
        path: path.to_owned(),
        why: why.into(),
    })
}

pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A name for the time of writing, with the permissions that the umask leaves
/// of `mode`, as any program's files have.
pub(crate) fn temporary(mode: u32) -> tempfile::Builder<'static, 'static> {
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

/// A new file with that content for `path`, in that folder under another name.
pub(crate) fn made(folder: &Path, path: &Path, bytes: &[u8]) -> Result<NamedTempFile, OutputError> {
    let file = temporary(0o666).tempfile_in(folder);
    let mut file = file.map_err(failed("write in", folder))?;
    file.write_all(bytes).map_err(failed("write", path))?;
    Ok(file)
}

/// Moves a new file to its place, with the permissions of the one that it replaces if it replaces one. False if another
/// process was faster: what it wrote decides.
pub(crate) fn place(
    file: NamedTempFile,
    path: &Path,
    old: Option<fs::Permissions>,
) -> Result<bool, OutputError> {
    let placed = match old {
        None => file.persist_noclobber(path),
        Some(permissions) => {
            let set = file.as_file().set_permissions(permissions);
            set.map_err(failed("give its mode to", path))?;
            file.persist(path)
        }
    };
    match placed.map_err(|error| error.error) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed("write", path)(error)),
    }
}

/// Gives a file or a folder the owner and the group of another.
#[cfg(unix)]
pub(super) fn own_as(file: &fs::File, other: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let meta = file.metadata()?;
    let differs = |own: u32, other: u32| (own != other).then_some(other);
    let uid = differs(meta.uid(), other.uid());
    let gid = differs(meta.gid(), other.gid());
    if uid.is_some() || gid.is_some() {
        fchown(file, uid, gid)?;
    }
    Ok(())
}

/// On other systems it belongs to who made it.
#[cfg(not(unix))]
pub(super) fn own_as(_: &fs::File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}
