//! A bundle as a folder. It is made beside its place, whole, and then takes its
//! place in one move. What it replaces is looked at once more before it goes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::contents::Contents;
use super::outcome::{Outcome, OutputError, TRIES, busy, failed, folder_of, temporary};
use crate::bundle::Bundle;

/// Writes a bundle's files into the folder `path`, which is then exactly the
/// bundle.
///
/// # Errors
/// If something else is there and `force` is not set, if what is there is more
/// than a bundle, or if the system refuses.
pub fn folder(path: &Path, bundle: &Bundle, force: bool) -> Result<Outcome, OutputError> {
    // Without a slash at the end, which would look through a symbolic link.
    let path: PathBuf = path.components().collect();
    for _ in 0..TRIES {
        let old = match Contents::of(&path) {
            Ok(old) => old,
            // Another process replaced it during the look.
            Err(OutputError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                continue;
            }
            Err(error) => return Err(error),
        };
        if let Some(old) = &old {
            let differences = old.differences(bundle);
            if differences.is_empty() {
                return Ok(Outcome::Unchanged);
            }
            old.may_be_replaced(&path, differences, force)?;
        }
        if let Moved::There = put(&path, bundle, old.as_ref())? {
            return Ok(Outcome::Written);
        }
    }
    Err(busy(&path))
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Moved {
    There,
    /// Something else came there meanwhile, and is there as it was.
    Meanwhile,
}

/// Makes the folder and moves it to `path`, where `old` was when it was looked
/// at.
fn put(path: &Path, bundle: &Bundle, old: Option<&Contents>) -> Result<Moved, OutputError> {
    let parent = folder_of(path);
    fs::create_dir_all(parent).map_err(failed("create the folder", parent))?;
    let staging = temporary(0o777)
        .tempdir_in(parent)
        .map_err(failed("write in", parent))?;
    // A folder in the folder, so that what is replaced can be kept beside it
    // until its successor is in place.
    let new = staging.path().join("new");
    fs::create_dir(&new).map_err(failed("create the folder", &new))?;
    for file in &bundle.files {
        write_file(&new.join(file.name), file.text.as_bytes(), file.mode)
            .map_err(failed("write", &path.join(file.name)))?;
    }
    let Some(old) = old else {
        return onto_empty(&new, path);
    };
    keep_rights(&new, &old.meta).map_err(failed("give owner and mode to", path))?;
    if old.is_empty() {
        onto_empty(&new, path)
    } else {
        in_place_of(old, &new, path, staging, exchange)
    }
}

/// Moves a folder to where nothing is, or an empty folder.
pub(super) fn onto_empty(new: &Path, path: &Path) -> Result<Moved, OutputError> {
    use io::ErrorKind::{
        AlreadyExists, DirectoryNotEmpty, NotADirectory, PermissionDenied, ResourceBusy,
    };
    // Windows renames to no folder that is there; an empty one can be removed.
    #[cfg(windows)]
    let _ = fs::remove_dir(path);
    match fs::rename(new, path) {
        Ok(()) => Ok(Moved::There),
        Err(error) => match error.kind() {
            AlreadyExists | DirectoryNotEmpty | NotADirectory => Ok(Moved::Meanwhile),
            // What Windows says of a folder that is not empty.
            PermissionDenied if cfg!(windows) && path.exists() => Ok(Moved::Meanwhile),
            ResourceBusy => Err(OutputError::Occupied {
                path: path.to_owned(),
                why: "cannot be replaced as a whole, as a mount point cannot; name a folder in it"
                    .into(),
            }),
            _ => Err(failed("write", path)(error)),
        },
    }
}

/// Moves a folder to where another one is, which goes: it was looked at, and is
/// looked at once more when nobody can reach it by its path any longer.
fn in_place_of(
    old: &Contents,
    new: &Path,
    path: &Path,
    staging: TempDir,
    exchange: fn(&Path, &Path) -> io::Result<bool>,
) -> Result<Moved, OutputError> {
    let replaced = staging.path().join("replaced");
    let taken = exchange(new, path).and_then(|exchanged| {
        if exchanged {
            return Ok(new);
        }
        // Where two folders cannot be exchanged in one move, in two.
        fs::rename(path, &replaced)?;
        Ok(replaced.as_path())
    });
    let taken = match taken {
        Ok(taken) => taken,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Moved::Meanwhile),
        Err(error) => return Err(failed("replace", path)(error)),
    };
    // From here on only what was looked at may go with the staging folder.
    let is_old = matches!(Contents::of(taken), Ok(Some(now)) if now.is_as(old));
    let moved = if !is_old {
        Ok(Moved::Meanwhile)
    } else if taken == new {
        Ok(Moved::There)
    } else {
        fs::rename(new, path).map(|()| Moved::There)
    };
    if let Ok(Moved::There) = moved {
        return Ok(Moved::There);
    }
    let back = if taken == new {
        exchange(new, path).and_then(|exchanged| {
            let refused = io::Error::from(io::ErrorKind::Unsupported);
            exchanged.then_some(()).ok_or(refused)
        })
    } else {
        fs::rename(taken, path)
    };
    if let Err(source) = back {
        let kept = taken.to_owned();
        let _ = staging.keep();
        return Err(OutputError::Stranded {
            path: path.to_owned(),
            kept,
            source,
        });
    }
    moved.map_err(failed("write", path))
}

/// Exchanges two folders in one move, so that there is always one in each
/// place. False if this system or this file system cannot do that.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// See above.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Gives a folder the owner, the group and the mode of another, so that nobody
/// sees or may do more than before. The owner keeps all rights: a folder that
/// cannot be written to could not be moved, nor removed again.
#[cfg(unix)]
fn keep_rights(path: &Path, other: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    super::outcome::own_as(&fs::File::open(path)?, other)?;
    let mode = other.permissions().mode() | 0o700;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// On other systems a folder belongs to who made it.
#[cfg(not(unix))]
fn keep_rights(_: &Path, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

pub(super) fn write_file(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    use std::io::Write;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::File;

    fn bundle(text: &str) -> Bundle {
        Bundle {
            folder: "lex-logs".into(),
            name: "bundle".into(),
            files: vec![File::new("apply.sh", text.into())],
        }
    }

    /// A folder `out` with a bundle in it.
    fn with_a_bundle() -> (TempDir, PathBuf) {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().join("out");
        assert_eq!(
            folder(&out, &bundle("old"), false).expect("the bundle"),
            Outcome::Written
        );
        (place, out)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn what_comes_between_the_look_and_the_move_stays() {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().join("out");
        for looked_at in ["nothing", "an empty folder"] {
            let old = Contents::of(&out).expect(looked_at);
            fs::create_dir_all(&out).expect("the folder");
            fs::write(out.join("mine"), "precious").expect("a file");
            let moved = put(&out, &bundle("new"), old.as_ref()).expect(looked_at);
            assert_eq!(moved, Moved::Meanwhile, "{looked_at}");
            assert_eq!(names(&out), ["mine"], "{looked_at}");
            fs::remove_file(out.join("mine")).expect("the file");
        }
        assert_eq!(names(place.path()), ["out"], "nothing stays beside it");

        let (place, out) = with_a_bundle();
        for (name, text) in [("mine", "precious"), ("apply.sh", "edited")] {
            let old = Contents::of(&out).expect("the bundle");
            fs::write(out.join(name), text).expect("a file");
            let moved = put(&out, &bundle("new"), old.as_ref()).expect("a look");
            assert_eq!(moved, Moved::Meanwhile);
            assert_eq!(fs::read_to_string(out.join(name)).expect("the file"), text);
        }
        assert_eq!(names(place.path()), ["out"], "nothing stays beside it");
    }

    #[test]
    fn a_bundle_that_went_meanwhile_is_no_fault() {
        let (_place, out) = with_a_bundle();
        let old = Contents::of(&out).expect("the bundle");
        fs::remove_dir_all(&out).expect("its end");
        let moved = put(&out, &bundle("new"), old.as_ref()).expect("a look");
        assert_eq!(moved, Moved::Meanwhile);
    }

    /// A staging folder with a new bundle in it.
    fn staged(place: &Path) -> (TempDir, PathBuf) {
        let staging = temporary(0o777).tempdir_in(place).expect("a folder");
        let new = staging.path().join("new");
        fs::create_dir(&new).expect("a folder");
        fs::write(new.join("apply.sh"), "new").expect("a file");
        (staging, new)
    }

    type Exchange = fn(&Path, &Path) -> io::Result<bool>;

    /// Both ways of taking a folder's place.
    const WAYS: [Exchange; 2] = [exchange, |_, _| Ok(false)];

    #[test]
    fn both_ways_replace_what_was_looked_at() {
        for way in WAYS {
            let (place, out) = with_a_bundle();
            let old = Contents::of(&out).expect("the bundle").expect("one");
            let (staging, new) = staged(place.path());
            let moved = in_place_of(&old, &new, &out, staging, way).expect("a move");
            assert_eq!(moved, Moved::There);
            assert_eq!(fs::read(out.join("apply.sh")).expect("the file"), b"new");
            assert_eq!(names(place.path()), ["out"]);
        }
    }

    #[test]
    fn both_ways_put_back_what_was_not_looked_at_even_a_file() {
        for way in WAYS {
            let (place, out) = with_a_bundle();
            let old = Contents::of(&out).expect("the bundle").expect("one");
            fs::write(out.join("mine"), "precious").expect("a file");
            let (staging, new) = staged(place.path());
            let moved = in_place_of(&old, &new, &out, staging, way).expect("a move");
            assert_eq!(moved, Moved::Meanwhile);
            assert_eq!(fs::read(out.join("mine")).expect("the file"), b"precious");
            assert_eq!(fs::read(out.join("apply.sh")).expect("the file"), b"old");

            fs::remove_dir_all(&out).expect("its end");
            fs::write(&out, "my thesis").expect("a file");
            let (staging, new) = staged(place.path());
            let moved = in_place_of(&old, &new, &out, staging, way).expect("a move");
            assert_eq!(moved, Moved::Meanwhile);
            assert_eq!(fs::read(&out).expect("the file"), b"my thesis");
            assert_eq!(names(place.path()), ["out"]);
        }
    }

    #[test]
    fn what_cannot_be_put_back_is_kept_and_named() {
        /// Moves the old folder away, and lets nothing come to its place.
        fn breaks_the_way_back(new: &Path, path: &Path) -> io::Result<bool> {
            if new.join("apply.sh").exists() && path.join("mine").exists() {
                return exchange(new, path);
            }
            Err(io::Error::other("broken"))
        }
        let (place, out) = with_a_bundle();
        let old = Contents::of(&out).expect("the bundle").expect("one");
        fs::write(out.join("mine"), "precious").expect("a file");
        let (staging, new) = staged(place.path());
        let error = in_place_of(&old, &new, &out, staging, breaks_the_way_back)
            .expect_err("no way back")
            .to_string();
        assert_eq!(fs::read(new.join("mine")).expect("the file"), b"precious");
        assert!(
            error.ends_with(&format!("what was there is now in {}", new.display())),
            "{error}"
        );
    }
}
