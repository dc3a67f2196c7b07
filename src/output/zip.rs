//! A bundle as a zip, and the signature beside it.
//!
//! Whenever a look falls on them, a signature there fits the zip there: the one
//! of the old zip goes before the new zip comes, and the new one comes last. So
//! what a crash leaves is an unsigned zip, which does not look signed.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::{NamedTempFile, TempPath};

use super::outcome::{Outcome, OutputError, TRIES, busy, failed, folder_of, read_file, temporary};
use crate::bundle::{Bundle, read};
use crate::received::UnverifiedBundle;
use crate::signature::{self, Signature, path_beside};

/// Writes a bundle's zip to `path`, and its signature beside it if it has one;
/// their folder is made if it is not there.
///
/// # Errors
/// If something else is there and `force` is not set, if the signature of
/// something else is there, or the system refuses.
pub fn zip(
    path: &Path,
    bytes: &[u8],
    bundle: &Bundle,
    signed: Option<&Signature>,
    force: bool,
) -> Result<Outcome, OutputError> {
    let beside = path_beside(path);
    for _ in 0..TRIES {
        let old = read_file(path)?;
        let is_new = old.as_ref().is_none_or(|(old, _)| old != bytes);
        let old_signature = read_file(&beside)?;
        let old_signature = old_signature.map(|(text, _)| Beside::of(&text, bytes, is_new, signed));
        let signs = signed.is_some() && old_signature != Some(Beside::Same);
        if !is_new && !signs {
            return Ok(Outcome::Unchanged);
        }
        match (&old, old_signature) {
            (Some((old, _)), _) if is_new && !force => {
                return Err(OutputError::Differs {
                    path: path.to_owned(),
                    differences: differences(old, bundle),
                });
            }
            (_, Some(Beside::Foreign)) => {
                return Err(OutputError::Occupied {
                    path: beside,
                    why: "already exists and is not the signature of a bundle; move it away".into(),
                });
            }
            (_, Some(Beside::Other(what))) if !force => {
                return Err(OutputError::Differs {
                    path: beside,
                    differences: vec![what.into()],
                });
            }
            _ => {}
        }

        let folder = folder_of(path);
        fs::create_dir_all(folder).map_err(failed("create the folder", folder))?;
        // Both are ready before either is moved.
        let new = if is_new {
            let file = made(folder, path, bytes)?;
            if let Some((_, permissions)) = old {
                let set = file.as_file().set_permissions(permissions);
                set.map_err(failed("give its mode to", path))?;
            }
            Some(file)
        } else {
            None
        };
        let new_signature = match signed.filter(|_| signs) {
            Some(signed) => Some(made(folder, &beside, signed.text.as_bytes())?),
            None => None,
        };
        let away = match old_signature {
            Some(Beside::Other(_)) => Away::take(folder, &beside)?,
            _ => None,
        };
        match new.map_or(Ok(Placed::There), |file| place(file, path, force)) {
            Ok(Placed::There) => {}
            Ok(Placed::Meanwhile) => {
                away.map_or(Ok(()), Away::put_back)?;
                continue;
            }
            Err(error) => {
                away.map_or(Ok(()), Away::put_back)?;
                return Err(error);
            }
        }
        match new_signature.map_or(Ok(Placed::There), |file| place(file, &beside, false)) {
            Ok(Placed::There) => return Ok(Outcome::Written),
            Ok(Placed::Meanwhile) => {}
            Err(OutputError::Io { path, source, .. }) if is_new => {
                return Err(OutputError::Unsigned { path, source });
            }
            Err(error) => return Err(error),
        }
    }
    Err(busy(path))
}

/// What is where a zip's signature belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// It fits the zip, and nothing else is to be there.
    Same,
    /// A signature that must not stay there, and why.
    Other(&'static str),
    /// No signature of this kind: nobody's business here.
    Foreign,
}

impl Beside {
    /// What this text is beside the zip with these bytes, which is new there or
    /// stays, and gets this signature or none.
    fn of(text: &[u8], bytes: &[u8], is_new: bool, signed: Option<&Signature>) -> Self {
        if !signature::is_one(text) {
            return Self::Foreign;
        }
        let of_another = Self::Other("it is the signature of another zip");
        let Some(new) = signed.filter(|_| !is_new) else {
            return match signed {
                Some(new) if new.text.as_bytes() == text => Self::Same,
                _ => of_another,
            };
        };
        let old = Signature::of(bytes, &String::from_utf8_lossy(text));
        match old {
            // ECDSA signs differently each time.
            Ok(Ok(old)) if old.fingerprint == new.fingerprint => Self::Same,
            Ok(Ok(_)) => Self::Other("it is the signature by another key"),
            _ => of_another,
        }
    }
}

/// How the zip that is there differs from this bundle, a line for each file.
fn differences(old: &[u8], new: &Bundle) -> Vec<String> {
    let Ok(old) = UnverifiedBundle::from_zip(old) else {
        return vec!["it is not a lexlogs bundle".into()];
    };
    let files = old.entries.into_iter();
    let files = files.map(|entry| (entry.name.into_owned(), entry.bytes.into_owned()));
    let mut lines = read::differences(&files.collect(), new);
    if lines.is_empty() {
        lines.push("the files in it are the same, but it was packed differently".into());
    }
    lines
}

/// A file with that content, under another name.
fn made(folder: &Path, path: &Path, bytes: &[u8]) -> Result<NamedTempFile, OutputError> {
    let mut file = temporary(0o666)
        .tempfile_in(folder)
        .map_err(failed("write in", folder))?;
    file.write_all(bytes).map_err(failed("write", path))?;
    Ok(file)
}

/// What came of a move.
enum Placed {
    There,
    /// Another process was faster: what it wrote decides.
    Meanwhile,
}

fn place(file: NamedTempFile, path: &Path, force: bool) -> Result<Placed, OutputError> {
    let result = if force {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    match result {
        Ok(_) => Ok(Placed::There),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(Placed::Meanwhile),
        Err(error) => Err(failed("write", path)(error.error)),
    }
}

/// A file that was taken away, and goes for good unless it is put back.
struct Away<'a> {
    path: &'a Path,
    kept: TempPath,
}

impl<'a> Away<'a> {
    /// Takes it away; none if another process has done so.
    fn take(folder: &Path, path: &'a Path) -> Result<Option<Self>, OutputError> {
        let name = temporary(0o666).tempfile_in(folder);
        let kept = name.map_err(failed("write in", folder))?.into_temp_path();
        match fs::rename(path, &kept) {
            Ok(()) => Ok(Some(Self { path, kept })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("replace", path)(error)),
        }
    }

    fn put_back(self) -> Result<(), OutputError> {
        let path = self.path;
        self.kept
            .persist_noclobber(path)
            .map_err(|error| failed("put back", path)(error.error))
    }
}
