//! A folder of many bundles. Everything is made in a folder of its own in it,
//! `.lexlogs-fleet`, and moved to its place whole; what a run that was killed
//! left there, the next one takes away. A lock in it keeps two runs apart.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::bundle::received::{Received, Refusal};
use crate::fleet::index::{Entry, Names, is_list};
use crate::limits::MAX_BYTES;
use crate::output::{Outcome, OutputError, TRIES, busy, failed, read_file, temporary};

/// The name of the folder in which a fleet's files are made; a shard's goes on.
pub(crate) const MAKING: &str = ".lexlogs-fleet";
const LOCK: &str = "lock";

/// A fleet's folder that is being written.
#[derive(Debug)]
pub struct Fleet {
    folder: PathBuf,
    making: PathBuf,
    /// Held until the folder above is gone.
    _lock: File,
    names: Names,
}

/// A file of the folder that is being made.
pub type Making = BufWriter<NamedTempFile>;

impl Fleet {
    /// Begins to write into a folder, which is made if it is not there, with
    /// `jobs` threads.
    ///
    /// # Errors
    /// If another run writes there, or the system refuses.
    pub fn open(folder: &Path, names: Names, jobs: usize) -> Result<Self, OutputError> {
        let part = names
            .index
            .trim_start_matches("fleet")
            .trim_end_matches(".json");
        let making = folder.join(format!("{MAKING}{part}"));
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
                names,
            };
            fleet.clean()?;
            for worker in 0..jobs {
                let own = fleet.own(worker);
                fs::create_dir(&own).map_err(failed("create the folder", &own))?;
            }
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

    /// Where a thread makes its files: in one folder they would wait for each
    /// other.
    fn own(&self, worker: usize) -> PathBuf {
        self.making.join(worker.to_string())
    }

    /// The index of the run before, if there was one.
    ///
    /// # Errors
    /// If there is something else, or the system refuses.
    pub fn old_index(&self) -> Result<Option<BufReader<File>>, OutputError> {
        open(&self.index_path())
    }

    /// Refuses a list of digests that lexlogs did not write, unless `force` is
    /// set: many a folder has one by that name.
    ///
    /// # Errors
    /// If there is something else, or the system refuses.
    pub fn check_checksums(&self, force: bool) -> Result<(), OutputError> {
        let path = self.folder.join(&self.names.checksums);
        let Some(file) = open(&path)? else {
            return Ok(());
        };
        if force || is_list(file).map_err(failed("read", &path))? {
            return Ok(());
        }
        Err(OutputError::Occupied {
            path,
            why: "is there already and is no list of a fleet's digests; move it away, or use --force to replace it".into(),
        })
    }

    /// Where the index is.
    #[must_use]
    pub fn index_path(&self) -> PathBuf {
        self.folder.join(&self.names.index)
    }

    /// Puts a bundle in its place, `path`, on the thread `worker`. A bundle that
    /// is there and differs is replaced; anything else only if `force` is set.
    ///
    /// # Errors
    /// If something else is there, or the system refuses.
    pub fn put(
        &self,
        path: &str,
        zip: &[u8],
        worker: usize,
        force: bool,
    ) -> Result<Outcome, OutputError> {
        let place = self.folder.join(path);
        for _ in 0..TRIES {
            refuse_link(crate::output::folder_of(&place))?;
            let old = read_file(&place)?;
            match &old {
                Some((old, _)) if old == zip => return Ok(Outcome::Unchanged),
                Some((old, _)) if !force && !is_bundle(old) => {
                    return Err(OutputError::Occupied {
                        path: place,
                        why: "is there already and is no bundle; move it away, or use --force to replace it".into(),
                    });
                }
                _ => {}
            }
            let own = self.own(worker);
            let made = temporary(0o666).tempfile_in(&own);
            let mut made = made.map_err(failed("write in", &own))?;
            made.write_all(zip).map_err(failed("write", &place))?;
            let moved = match old {
                None => made.persist_noclobber(&place),
                Some((_, permissions)) => {
                    let set = made.as_file().set_permissions(permissions);
                    set.map_err(failed("give its mode to", &place))?;
                    made.persist(&place)
                }
            };
            match moved.map_err(|error| error.error) {
                Ok(_) => return Ok(Outcome::Written),
                // The first one of its account.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let account = crate::output::folder_of(&place);
                    fs::create_dir_all(account).map_err(failed("create the folder", account))?;
                }
                // Another process was faster: what it wrote decides.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed("write", &place)(error)),
            }
        }
        Err(busy(&place))
    }

    /// Whether a bundle is in its place, as its entry says; none if nothing is
    /// there.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn holds(&self, entry: &Entry) -> Result<Option<bool>, OutputError> {
        let place = self.folder.join(&entry.path);
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error)
                if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory]
                    .contains(&error.kind()) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(failed("look at", &place)(error)),
        };
        let is_link = crate::output::folder_of(&place).is_symlink();
        if is_link || !meta.is_file() || meta.len() != entry.size || meta.len() > MAX_BYTES as u64 {
            return Ok(Some(false));
        }
        let bytes = fs::read(&place).map_err(failed("read", &place))?;
        Ok(Some(crate::digest::sha256(&bytes) == entry.sha256))
    }

    /// Removes a bundle, and its account's folder if that is empty then.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn remove(&self, path: &str) -> Result<(), OutputError> {
        let place = self.folder.join(path);
        fs::remove_file(&place).map_err(failed("remove", &place))?;
        // It stays if anything else is in it.
        let _ = fs::remove_dir(crate::output::folder_of(&place));
        Ok(())
    }

    /// A file that is to be put in the folder itself.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn make(&self) -> Result<Making, OutputError> {
        let made = temporary(0o666).tempfile_in(&self.making);
        made.map(BufWriter::new)
            .map_err(failed("write in", &self.making))
    }

    /// Puts the index and its list of digests in their places.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn finish(&self, index: Making, checksums: Making) -> Result<(), OutputError> {
        for (made, name) in [
            (index, &self.names.index),
            (checksums, &self.names.checksums),
        ] {
            let place = self.folder.join(name);
            let made = made
                .into_inner()
                .map_err(|error| failed("write", &place)(error.into_error()))?;
            made.persist(&place)
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

/// What is in a plain file; none if nothing is there.
fn open(path: &Path) -> Result<Option<BufReader<File>>, OutputError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => {}
        Ok(meta) => {
            let why = if meta.is_symlink() {
                "is a symbolic link, where a file belongs; remove it"
            } else {
                "is there already and is not a file; move it away"
            };
            return Err(OutputError::Occupied {
                path: path.to_owned(),
                why: why.into(),
            });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("look at", path)(error)),
    }
    let file = File::open(path).map_err(failed("read", path))?;
    Ok(Some(BufReader::new(file)))
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
    !matches!(Received::from_zip(bytes), Err(Refusal::NoBundle(_)))
}

/// A file without a name, which is gone with its last user.
///
/// # Errors
/// If the system refuses.
pub fn spool() -> io::Result<File> {
    tempfile::tempfile()
}
