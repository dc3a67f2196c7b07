//! A bundle as a zip, and the signature beside it.
//!
//! Whenever a look falls on them, a signature there fits the zip there: the one
//! of the old zip goes before the new zip comes, and the new one comes last. So
//! what a crash leaves is an unsigned zip, which does not look signed.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempPath;

use super::outcome::{
    Outcome, OutputError, TRIES, busy, failed, folder_of, made, place, read_file, temporary,
};
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
        let new = is_new.then(|| made(folder, path, bytes)).transpose()?;
        let new_signature = signed.filter(|_| signs);
        let new_signature = new_signature
            .map(|signed| made(folder, &beside, signed.text.as_bytes()))
            .transpose()?;
        let away = match old_signature {
            Some(Beside::Other(_)) => Away::take(folder, &beside)?,
            _ => None,
        };
        let old = old.map(|(_, permissions)| permissions);
        let placed = new.map_or(Ok(true), |file| place(file, path, old));
        if !matches!(placed, Ok(true)) {
            away.map_or(Ok(()), Away::put_back)?;
            placed?;
            continue;
        }
        match new_signature.map_or(Ok(true), |file| place(file, &beside, None)) {
            Ok(true) => return Ok(Outcome::Written),
            Ok(false) => {}
            Err(OutputError::Io { path, source, .. }) if is_new => {
                return Err(OutputError::Unsigned { path, source });
            }
            Err(error) => return Err(error),
        }
    }
    Err(busy(path))
}

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
