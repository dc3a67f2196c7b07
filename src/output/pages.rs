//! Pages that are there already and get a new content. All are written beside
//! their places before the first takes its own, so that what can go wrong, such
//! as a full disk, goes wrong while every page is as it was.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::TempPath;

use super::outcome::{OutputError, failed, folder_of, own_as, temporary};

#[derive(Clone, Copy, Debug)]
pub struct NewPage<'a> {
    /// Where it is; not a link.
    pub path: &'a Path,
    pub old: &'a [u8],
    pub new: &'a [u8],
}

/// Replaces the content of pages. Each one is replaced in one move, with its
/// mode and its owner.
///
/// # Errors
/// If the system refuses, or a page is no longer what it was when it was read.
/// Then none is changed, but for [`OutputError::Halfway`].
pub fn pages(pages: &[NewPage<'_>]) -> Result<(), OutputError> {
    let mut ready: Vec<TempPath> = Vec::with_capacity(pages.len());
    for page in pages {
        ready.push(beside(page).map_err(failed("write", page.path))?);
    }
    for page in pages {
        let now = fs::read(page.path).map_err(failed("read", page.path))?;
        if now != page.old {
            return Err(OutputError::Occupied {
                path: page.path.to_owned(),
                why: "was changed by another program meanwhile; run the command again".into(),
            });
        }
    }
    for (index, (new, page)) in ready.into_iter().zip(pages).enumerate() {
        if let Err(error) = new.persist(page.path) {
            let source = error.error;
            return Err(match index {
                0 => failed("write", page.path)(source),
                written => OutputError::Halfway {
                    path: page.path.to_owned(),
                    written,
                    source,
                },
            });
        }
    }
    Ok(())
}

/// Writes the new content beside the page, on the disk too: a page may be its
/// author's only copy.
fn beside(page: &NewPage<'_>) -> io::Result<TempPath> {
    let meta = fs::metadata(page.path)?;
    let mut file = temporary(0o600).tempfile_in(folder_of(page.path))?;
    file.write_all(page.new)?;
    own_as(file.as_file(), &meta)?;
    file.as_file().set_permissions(meta.permissions())?;
    file.as_file().sync_all()?;
    // Closed: there may be more pages than a process may have files open.
    Ok(file.into_temp_path())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_page_changed_meanwhile_keeps_all_pages_as_they_are() {
        let place = tempfile::tempdir().expect("a folder");
        let (one, two) = (place.path().join("1.md"), place.path().join("2.md"));
        fs::write(&one, "old").expect("a page");
        fs::write(&two, "edited").expect("a page");
        let new = |path| NewPage {
            path,
            old: b"old",
            new: b"new",
        };
        let error = pages(&[new(&one), new(&two)]).expect_err("a change");
        assert_eq!(
            error.to_string(),
            format!(
                "{} was changed by another program meanwhile; nothing was written",
                two.display()
            )
        );
        assert_eq!(fs::read(&one).expect("a page"), b"old");
        assert_eq!(fs::read(&two).expect("a page"), b"edited");
        assert_eq!(names(place.path()), ["1.md", "2.md"]);
    }
}
