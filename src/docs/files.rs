//! Which files are pages, and what stands beside them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::flavor::Flavor;
use crate::diagnostic::Diagnostic;

/// The name of the file that holds parameters for all pages in its folder and
/// in those below it.
pub(crate) const CONFIG: &str = "lexlogs-docs.toml";

/// What marks the top of a project: no file above it counts.
const TOP: &str = ".git";

/// Folders that hold other people's pages.
const FOREIGN: &str = "node_modules";

/// A file with regions in it, perhaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageFile {
    /// The path as messages name it: what the user named, and below that.
    pub(crate) shown: PathBuf,
    /// Where it is, without links.
    pub(crate) path: PathBuf,
    pub(crate) flavor: Flavor,
    pub(crate) named: bool,
}

/// What could not be read, and the system's words.
pub(crate) type Unreadable = (PathBuf, io::Error);

/// The pages among files and in folders, each once, folders in the order of
/// their names; and what is wrong with those that were named.
///
/// In a folder every file counts that is a page by its name. What begins with a
/// period, `node_modules` and symbolic links are passed over.
pub(crate) fn pages(given: &[PathBuf]) -> Result<(Vec<PageFile>, Vec<Diagnostic>), Unreadable> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for shown in given {
        let path = fs::canonicalize(shown).map_err(unreadable(shown))?;
        if path.is_dir() {
            walk(shown, &path, &mut found)?;
        } else if let Some(flavor) = Flavor::of_path(&path).or_else(|| Flavor::of_path(shown)) {
            found.push(PageFile {
                shown: shown.clone(),
                path,
                flavor,
                named: true,
            });
        } else {
            let endings = Flavor::endings();
            let what = format!("is no page by its name; the names of pages end in {endings}");
            let name = shown.display().to_string();
            faults.push(Diagnostic::of_form(Some(&name), None, what));
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|page| seen.insert(page.path.clone()));
    Ok((found, faults))
}

fn walk(shown: &Path, path: &Path, found: &mut Vec<PageFile>) -> Result<(), Unreadable> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable(shown))? {
        let entry = entry.map_err(unreadable(shown))?;
        let kind = entry.file_type();
        let kind = kind.map_err(unreadable(&shown.join(entry.file_name())))?;
        entries.push((entry.file_name(), kind));
    }
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, kind) in entries {
        if name.as_encoded_bytes().starts_with(b".") || name == FOREIGN {
            continue;
        }
        let (shown, path) = (shown.join(&name), path.join(&name));
        if kind.is_dir() {
            walk(&shown, &path, found)?;
        } else if kind.is_file()
            && let Some(flavor) = Flavor::of_path(&path)
        {
            found.push(PageFile {
                shown,
                path,
                flavor,
                named: false,
            });
        }
    }
    Ok(())
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Unreadable {
    let path = path.to_owned();
    move |source| (path, source)
}

/// The file of parameters that holds for a page: the nearest one in its folder
/// or above, up to the top of the project.
pub(crate) fn config_of(page: &Path) -> Option<PathBuf> {
    for folder in page.ancestors().skip(1) {
        let config = folder.join(CONFIG);
        if config.is_file() {
            return Some(config);
        }
        if folder.join(TOP).exists() {
            return None;
        }
    }
    None
}
