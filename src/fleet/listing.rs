//! What is in a fleet's folder.

use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use super::index::Names;
use super::{Shard, is_account, key_of};

/// The indexes in a folder, of the whole fleet or of its shards, sorted by name.
///
/// # Errors
/// If the folder cannot be read.
pub(super) fn indexes(folder: &Path) -> io::Result<Vec<(Names, Option<Shard>)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        if let Some(shard) = entry?.file_name().to_str().and_then(Names::parse) {
            found.push((Names::of(shard), shard));
        }
    }
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

/// Whether a path is the folder of a fleet.
#[must_use]
pub fn is_fleet(path: &Path) -> bool {
    path.is_dir() && indexes(path).is_ok_and(|indexes| !indexes.is_empty())
}

/// Everything that is in a folder and in the folders of accounts in it, by its
/// place with `/`, in the order of the places' keys. Of each account's folder
/// only its names are held, and only while it is gone through.
///
/// # Errors
/// If the folder cannot be read; each item, if a folder in it cannot be.
pub(super) fn places(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    let folder = folder.to_owned();
    let tops = sorted(fs::read_dir(&folder)?)?;
    Ok(tops.into_iter().flat_map(move |(name, is_folder)| {
        if !(is_folder && is_account(&name)) {
            return vec![Ok(name)];
        }
        match fs::read_dir(folder.join(&name)).and_then(sorted) {
            Ok(files) => {
                let place = |(file, _)| Ok(format!("{name}/{file}"));
                files.into_iter().map(place).collect()
            }
            Err(error) => vec![Err(error)],
        }
    }))
}

/// Names, and whether each is a folder's, by the keys of places.
fn sorted(entries: fs::ReadDir) -> io::Result<Vec<(String, bool)>> {
    let describe = |entry: DirEntry| -> io::Result<(String, bool)> {
        let name = entry.file_name().to_string_lossy().into_owned();
        Ok((name, entry.file_type()?.is_dir()))
    };
    let entries = entries.map(|entry| entry.and_then(describe));
    let mut names = entries.collect::<io::Result<Vec<_>>>()?;
    names.sort_by_cached_key(|(name, _)| key_of(name));
    Ok(names)
}
