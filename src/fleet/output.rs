//! A folder of many bundles. Everything is made in a folder of its own in it,
//! `.lexlogs-fleet`, and moved to its place whole; what a run that was killed
//! left there, the next one takes away. A lock in it keeps two runs apart.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::index::{Entry, is_list};
use super::place::{INDEX, MAKING, read, read_text, unfit};
use crate::bundle::manifest::CHECKSUMS;
use crate::limits::MAX_BYTES;
use crate::output::{self, Outcome, OutputError, TRIES, busy, failed, folder_of, made, read_file};
use crate::received::{Refusal, UnverifiedBundle};

const LOCK: &str = "lock";

#[derive(Debug)]
pub struct Fleet {
    folder: PathBuf,
    making: PathBuf,
    /// Held until the folder above is gone.
    _lock: File,
}

impl Fleet {
    /// Begins to write into a folder, which is made if it is not there.
    pub fn open(folder: &Path) -> Result<Self, OutputError> {
        let making = folder.join(MAKING);
        for _ in 0..TRIES {
            fs::create_dir_all(&making).map_err(failed("create the folder", &making))?;
            // It may lead anywhere, and all that is in it is taken away.
            refuse_link(&making)?;
            let path = making.join(LOCK);
            let opened = File::options().append(true).create(true).open(&path);
            let lock = match opened {
                Ok(lock) => lock,
                // The run before has just ended.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(failed("write", &path)(error)),
            };
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(OutputError::Occupied {
                        path: folder.to_owned(),
                        why: "is being written to by another lexlogs; wait until it has ended"
                            .into(),
                    });
                }
                Err(TryLockError::Error(error)) => return Err(failed("lock", &path)(error)),
            }
            // Else it is of a run that has just ended, and keeps nobody out.
            if !is_at(&lock, &path) {
                continue;
            }
            let fleet = Self {
                folder: folder.to_owned(),
                making,
                _lock: lock,
            };
            fleet.clean()?;
            return Ok(fleet);
        }
        Err(busy(&making))
    }

    /// Takes away what a run that was killed left.
    fn clean(&self) -> Result<(), OutputError> {
        let read = || failed("read", &self.making);
        for entry in fs::read_dir(&self.making).map_err(read())? {
            let path = entry.map_err(read())?.path();
            let removed = if path.is_dir() {
                fs::remove_dir_all(&path)
            } else if path.ends_with(LOCK) {
                continue;
            } else {
                fs::remove_file(&path)
            };
            removed.map_err(failed("remove", &path))?;
        }
        Ok(())
    }

    pub fn index_path(&self) -> PathBuf {
        self.folder.join(INDEX)
    }

    /// The index of the previous run, if there was one.
    pub fn old_index(&self) -> Result<Option<String>, OutputError> {
        let path = self.index_path();
        if !refuse_unfit(&path)? {
            return Ok(None);
        }
        let text = read_text(&path).map_err(failed("read", &path))?;
        text.map(Some).map_err(|what| OutputError::Occupied {
            path,
            why: format!("{what}; move it away"),
        })
    }

    /// Refuses a list of digests that lexlogs did not write, unless `force` is
    /// set: many a folder has one by that name.
    pub fn check_checksums(&self, force: bool) -> Result<(), OutputError> {
        let path = self.folder.join(CHECKSUMS);
        if !refuse_unfit(&path)? || force {
            return Ok(());
        }
        let text = read_text(&path).map_err(failed("read", &path))?;
        if text.is_ok_and(|text| is_list(&text)) {
            return Ok(());
        }
        Err(OutputError::Occupied {
            path,
            why: "already exists and is no list of a fleet's digests; move it away, or use --force to replace it".into(),
        })
    }

    /// Puts a bundle in its place, `path`. A bundle that is there and differs is
    /// replaced; anything else only if `force` is set.
    pub fn put(&self, path: &str, zip: &[u8], force: bool) -> Result<Outcome, OutputError> {
        let place = self.folder.join(path);
        for _ in 0..TRIES {
            let account = folder_of(&place);
            refuse_link(account)?;
            let old = read_file(&place)?;
            match &old {
                Some((old, _)) if old == zip => return Ok(Outcome::Unchanged),
                Some((old, _)) if !force && !is_bundle(old) => {
                    return Err(OutputError::Occupied {
                        path: place,
                        why:
                            "already exists and is not a bundle; move it away, or overwrite it with --force"
                                .into(),
                    });
                }
                _ => {}
            }
            if !account.exists() {
                fs::create_dir_all(account).map_err(failed("create the folder", account))?;
            }
            let new = made(&self.making, &place, zip)?;
            if output::place(new, &place, old.map(|(_, permissions)| permissions))? {
                return Ok(Outcome::Written);
            }
        }
        Err(busy(&place))
    }

    /// Whether a bundle is in its place, as its entry says; none if nothing is
    /// there.
    pub fn holds(&self, entry: &Entry) -> Result<Option<bool>, OutputError> {
        let place = self.folder.join(&*entry.path);
        let bytes = match read(&place, MAX_BYTES) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(_)) => return Ok(Some(false)),
            Err(error)
                if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory]
                    .contains(&error.kind()) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(failed("read", &place)(error)),
        };
        let is_same = crate::digest::sha256(&bytes) == entry.sha256;
        Ok(Some(is_same && !folder_of(&place).is_symlink()))
    }

    /// Removes a bundle, and its account's folder if that is empty then.
    pub fn remove(&self, path: &str) -> Result<(), OutputError> {
        let place = self.folder.join(path);
        fs::remove_file(&place).map_err(failed("remove", &place))?;
        // It stays if anything else is in it.
        let _ = fs::remove_dir(folder_of(&place));
        Ok(())
    }

    /// Puts the index and its list of digests in their places.
    pub fn finish(&self, index: &str, checksums: &str) -> Result<(), OutputError> {
        for (text, name) in [(index, INDEX), (checksums, CHECKSUMS)] {
            let place = self.folder.join(name);
            let new = made(&self.making, &place, text.as_bytes())?;
            new.persist(&place)
                .map_err(|error| failed("write", &place)(error.error))?;
        }
        Ok(())
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        // What stays, the next run takes away. The lock goes last: then another
        // run may make one, and what is in the folder is that one's.
        let _ = self.clean();
        let _ = fs::remove_file(self.making.join(LOCK));
        let _ = fs::remove_dir(&self.making);
    }
}

/// Refuses a symbolic link where a folder belongs: what is written into it, and
/// removed from it, would be elsewhere.
fn refuse_link(path: &Path) -> Result<(), OutputError> {
    if path.is_symlink() {
        return Err(OutputError::Occupied {
            path: path.to_owned(),
            why: "is a symbolic link, where a folder belongs; remove it".into(),
        });
    }
    Ok(())
}

/// Whether a plain file is at a path; anything else is refused.
fn refuse_unfit(path: &Path) -> Result<bool, OutputError> {
    match unfit(path) {
        Ok(None) => Ok(true),
        Ok(Some(what)) => Err(OutputError::Occupied {
            path: path.to_owned(),
            why: format!("{what}, where a file belongs; move it away"),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(failed("read", path)(error)),
    }
}

/// Whether a file is still the one that its path leads to.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(own), Ok(there)) = (file.metadata(), fs::symlink_metadata(path)) else {
        return false;
    };
    (own.dev(), own.ino()) == (there.dev(), there.ino())
}

/// Windows keeps the name of a file that is open.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Whether a file was meant to be a bundle, altered or not: what lexlogs made,
/// it can make again.
fn is_bundle(bytes: &[u8]) -> bool {
    !matches!(UnverifiedBundle::from_zip(bytes), Err(Refusal::NoBundle(_)))
}
