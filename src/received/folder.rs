//! What is in a folder that may be a bundle's: plain files with plain names are
//! read, up to what a bundle may have; everything else is reported.

use std::borrow::Cow;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use super::finding::Finding;
use crate::bundle::manifest::MANIFEST;
use crate::diagnostic::escape_value;
use crate::io_error::of_path;
use crate::limits::{MAX_BYTES, MAX_FILE, read_within};
use crate::receipt::is_written_by_scripts;

const MAX_THINGS: usize = 1000;

#[derive(Debug)]
pub struct Entry<'a> {
    pub name: Cow<'a, str>,
    pub bytes: Cow<'a, [u8]>,
    /// Its permissions; none where the system keeps none.
    pub mode: Option<u32>,
}

#[derive(Debug, Default)]
pub struct Folder {
    /// Its files, sorted by name.
    pub(super) files: Vec<Entry<'static>>,
    /// What no bundle has.
    pub(super) findings: Vec<Finding>,
    /// What may be there besides.
    pub(super) notes: Vec<String>,
    /// A folder in it that is a bundle by its manifest.
    pub(super) inner: Option<String>,
}

pub(super) fn read(path: &Path) -> io::Result<Folder> {
    let mut folder = Folder::default();
    let mut total = 0;
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        entries.push(entry?);
        if entries.len() > MAX_THINGS {
            return Err(io::Error::other(format!(
                "it has more than {MAX_THINGS} entries; no bundle's folder has so many"
            )));
        }
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let meta = entry.metadata()?;
        if meta.is_dir() && entry.path().join(MANIFEST).is_file() {
            folder.inner.get_or_insert_with(|| name.clone());
        }
        let is_of_system = meta.is_dir() && OF_SYSTEMS.contains(&name.as_str());
        if let Some(what) = unfit(&meta).filter(|_| !is_of_system) {
            folder.findings.push(Finding::of(&name, what));
            continue;
        }
        if is_written_by_scripts(&name) {
            let note = format!("{name} is not part of the bundle: the scripts wrote it");
            folder.notes.push(note);
            continue;
        }
        let system = is_of_system.then_some("the operating system");
        if let Some(system) = system.or_else(|| written_by(&name)) {
            let shown = escape_value(&name);
            let note = format!("{shown} is not part of the bundle: {system} writes such files");
            folder.notes.push(note);
            continue;
        }
        let most = MAX_FILE.min(MAX_BYTES - total);
        let bytes = match File::open(entry.path()).and_then(|file| read_within(file, most)) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let what = "is larger than a bundle may be, and was not read";
                folder.findings.push(Finding::of(&name, what));
                continue;
            }
            Err(error) => return Err(of_path(&error, Path::new(&name))),
        };
        total += bytes.len();
        folder.files.push(Entry {
            name: name.into(),
            bytes: bytes.into(),
            mode: cfg!(unix).then(|| mode(&meta)),
        });
    }
    Ok(folder)
}

/// Folders that systems add to drives and to zips.
const OF_SYSTEMS: [&str; 8] = [
    "__MACOSX",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    ".TemporaryItems",
    "System Volume Information",
    "$RECYCLE.BIN",
    "@eaDir",
];

/// Which system adds files of that name to folders, if one does.
fn written_by(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        ".ds_store" | ".localized" | ".apdisk" => Some("the Finder of macOS"),
        "thumbs.db" | "ehthumbs.db" | "desktop.ini" => Some("the Explorer of Windows"),
        ".directory" => Some("the file manager of KDE"),
        _ if name.starts_with("._") => Some("macOS, on drives of other systems,"),
        _ if name.ends_with(":zone.identifier") => Some("WSL, for files that Windows downloaded,"),
        _ => None,
    }
}

/// Whether a system writes files of that name into every folder.
pub(crate) fn is_of_system(place: &str) -> bool {
    let name = place.rsplit('/').next().unwrap_or_default();
    written_by(name).is_some()
}

/// Why something is no plain file.
fn unfit(meta: &Metadata) -> Option<&'static str> {
    if meta.is_symlink() {
        Some("is a symbolic link")
    } else if meta.is_dir() {
        Some("is a folder, where a bundle has files alone")
    } else if meta.is_file() {
        None
    } else {
        Some("is a device, a pipe or a socket, no file")
    }
}

/// What of a file's permissions the packing decides: who may run it. The rest
/// is the umask's of who extracted it.
#[cfg(unix)]
fn mode(meta: &Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    let mode = meta.permissions().mode();
    let special = mode & 0o7000;
    special | if mode & 0o100 == 0 { 0o644 } else { 0o755 }
}

/// Windows runs files by their names.
#[cfg(not(unix))]
fn mode(_: &Metadata) -> u32 {
    0
}
