//! A bundle as somebody sent it: a zip or a folder, read within the bounds of a
//! bundle, with nothing taken on trust. What it is worth is for [`verify`] to say.

mod archive;
pub mod diff;
mod finding;
pub(crate) mod folder;
pub mod inspect;
pub mod verify;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::bundle::manifest::MANIFEST;
use crate::diagnostic::escape_value;
use crate::limits::MAX_BYTES;
use crate::render::REQUEST;
pub use finding::Finding;
pub use folder::{Entry, Folder};

#[derive(Debug)]
pub struct UnverifiedBundle<'a> {
    /// The zip, and the folder in it; a folder's own name says nothing.
    pub zip: Option<(&'a [u8], String)>,
    /// Its files, sorted by name.
    pub entries: Vec<Entry<'a>>,
    /// What is there besides, and is no part of a bundle.
    pub findings: Vec<Finding>,
    /// What is there besides, and may be.
    pub notes: Vec<String>,
}

/// Why something was not taken as a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is none, and was not meant to be one.
    NoBundle(String),
    /// It looks like one, but is damaged, or has what no bundle has.
    Malformed(Finding),
}

impl<'a> UnverifiedBundle<'a> {
    /// Takes the bytes of a zip apart.
    pub fn from_zip(zip: &'a [u8]) -> Result<Self, Refusal> {
        if zip.len() > MAX_BYTES {
            // The rest was not read, so that there may be anything.
            let what = format!("it has more than {MAX_BYTES} bytes, as no bundle has");
            return Err(if archive::begins_as_one(zip) {
                Refusal::Malformed(Finding::of_all(what))
            } else {
                Refusal::NoBundle(what)
            });
        }
        if !archive::is_likely(zip) {
            return Err(Refusal::NoBundle("it is not a zip".into()));
        }
        let (top, entries) = archive::read(zip).map_err(Refusal::Malformed)?;
        Self {
            zip: Some((zip, top)),
            entries,
            findings: Vec::new(),
            notes: Vec::new(),
        }
        .recognised()
    }

    fn from_folder(folder: &'a Folder) -> Result<Self, Refusal> {
        let entries = folder.files.iter().map(|file| Entry {
            name: Cow::Borrowed(&*file.name),
            bytes: Cow::Borrowed(&*file.bytes),
            mode: file.mode,
        });
        let received = Self {
            zip: None,
            entries: entries.collect(),
            findings: folder.findings.clone(),
            notes: folder.notes.clone(),
        };
        let recognised = received.recognised();
        recognised.map_err(|refusal| match (&folder.inner, refusal) {
            (Some(inner), Refusal::NoBundle(_)) => {
                let inner = escape_value(inner);
                Refusal::NoBundle(format!(
                    "it is not a bundle, but the folder `{inner}` in it is: add `/{inner}` to the path"
                ))
            }
            (_, refusal) => refusal,
        })
    }

    /// A bundle, by the two files that no other zip or folder has.
    fn recognised(self) -> Result<Self, Refusal> {
        if self.bytes_of(MANIFEST).is_some() || self.bytes_of(REQUEST).is_some() {
            Ok(self)
        } else {
            Err(Refusal::NoBundle(format!(
                "it is not a bundle: there is neither {MANIFEST} nor {REQUEST} in it"
            )))
        }
    }

    pub fn bytes_of(&self, name: &str) -> Option<&[u8]> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        Some(&entry.bytes)
    }
}

/// What was read from a place, before it is judged.
#[derive(Debug)]
pub enum Source {
    /// The bytes of a file.
    Zip(Vec<u8>),
    Folder(Folder),
}

impl Source {
    /// Reads what is there, and not more than a bundle may have.
    pub fn read(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return folder::read(path).map(Self::Folder);
        }
        let mut bytes = Vec::new();
        let most = MAX_BYTES as u64 + 1;
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(Self::Zip(bytes))
    }

    pub fn received(&self) -> Result<UnverifiedBundle<'_>, Refusal> {
        match self {
            Self::Zip(bytes) => UnverifiedBundle::from_zip(bytes),
            Self::Folder(folder) => UnverifiedBundle::from_folder(folder),
        }
    }
}
