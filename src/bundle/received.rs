//! A bundle as somebody sent it: a zip or a folder, read with nothing taken on
//! trust. What it says of itself is for [`verify`](super::verify) to judge.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::Serialize;

use super::archive;
use super::folder::{self, Folder};
use super::manifest::MANIFEST;
use crate::fault::{printable, told, visible};
use crate::limits::MAX_BYTES;
use crate::render::REQUEST;

/// Something that is wrong with a bundle; nothing in it can write to the
/// terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file that it concerns; none if it concerns the whole.
    pub file: Option<String>,
    /// What is wrong, as a sentence fragment.
    pub what: String,
}

impl Finding {
    /// What is wrong with a file of a folder of bundles, whose place is told at
    /// its full length.
    pub(crate) fn at(place: &str, what: impl Into<String>) -> Self {
        Self {
            file: Some(visible(place)),
            what: told(&what.into()),
        }
    }

    /// What is wrong with a file.
    pub(super) fn of(file: &str, what: impl Into<String>) -> Self {
        Self {
            file: Some(printable(file)),
            what: told(&what.into()),
        }
    }

    /// What is wrong with the whole.
    pub(crate) fn of_all(what: impl Into<String>) -> Self {
        Self {
            file: None,
            what: told(&what.into()),
        }
    }
}

/// So many bytes, in words.
pub(super) fn bytes(count: usize) -> String {
    match count {
        1 => "1 byte".into(),
        _ => format!("{count} bytes"),
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}: ")?;
        }
        f.write_str(&self.what)
    }
}

/// A file of a bundle.
#[derive(Debug)]
pub struct Part<'a> {
    /// Its name in the folder.
    pub name: Cow<'a, str>,
    /// What it holds.
    pub bytes: Cow<'a, [u8]>,
    /// Its permissions; none where the system keeps none.
    pub mode: Option<u32>,
}

/// A bundle as it came.
#[derive(Debug)]
pub struct Received<'a> {
    /// The folder in the zip; a folder's own name says nothing.
    pub top: Option<&'a str>,
    /// Its files, sorted by name.
    pub parts: Vec<Part<'a>>,
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
    /// It looks like one, but is not as lexlogs writes them.
    Malformed(Finding),
}

impl<'a> Received<'a> {
    /// Takes the bytes of a zip apart.
    ///
    /// # Errors
    /// If it is not as lexlogs writes zips.
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
        if !archive::is_meant(zip) {
            return Err(Refusal::NoBundle("it is not a zip".into()));
        }
        let archive = archive::read(zip).map_err(Refusal::Malformed)?;
        let parts = archive.entries.into_iter().map(|entry| Part {
            name: Cow::Borrowed(entry.name),
            bytes: Cow::Borrowed(entry.bytes),
            mode: Some(entry.mode),
        });
        Self {
            top: Some(archive.top),
            parts: parts.collect(),
            findings: Vec::new(),
            notes: Vec::new(),
        }
        .recognised()
    }

    fn from_folder(folder: &'a Folder) -> Result<Self, Refusal> {
        let parts = folder.files.iter().map(|file| Part {
            name: Cow::Borrowed(file.name.as_str()),
            bytes: Cow::Borrowed(file.bytes.as_slice()),
            mode: file.mode,
        });
        let mut received = Self {
            top: None,
            parts: parts.collect(),
            findings: folder.findings.clone(),
            notes: folder.notes.clone(),
        };
        received.forget_modes();
        let recognised = received.recognised();
        recognised.map_err(|refusal| match (&folder.inner, refusal) {
            (Some(inner), Refusal::NoBundle(_)) => {
                let inner = printable(inner);
                Refusal::NoBundle(format!(
                    "it is not a bundle, but the folder `{inner}` in it is: add `/{inner}` to the path"
                ))
            }
            (_, refusal) => refusal,
        })
    }

    /// A bundle has files that can be run and files that cannot. If all are the
    /// same, the drive keeps no modes, or somebody set them all.
    fn forget_modes(&mut self) {
        let Some(mode) = self.parts.first().and_then(|part| part.mode) else {
            return;
        };
        let is_plain = [0o644, 0o755].contains(&mode);
        let scripts = self.parts.iter().any(|part| part.name.ends_with(".sh"));
        if !is_plain || !scripts || self.parts.iter().any(|part| part.mode != Some(mode)) {
            return;
        }
        let what = if mode == 0o755 {
            "every file is"
        } else {
            "no file is"
        };
        self.notes.push(format!(
            "{what} executable, as on drives of Windows and after `chmod -R`: the modes differ from the manifest's and were not compared"
        ));
        for part in &mut self.parts {
            part.mode = None;
        }
    }

    /// A bundle, by the two files that no other zip or folder has.
    fn recognised(self) -> Result<Self, Refusal> {
        if self.part(MANIFEST).is_some() || self.part(REQUEST).is_some() {
            Ok(self)
        } else {
            Err(Refusal::NoBundle(format!(
                "it is not a bundle: there is neither {MANIFEST} nor {REQUEST} in it"
            )))
        }
    }

    /// What a file of that name holds.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        let part = self.parts.iter().find(|part| part.name == name)?;
        Some(&part.bytes)
    }
}

/// What was read from a place, before it is judged.
#[derive(Debug)]
pub enum Source {
    /// The bytes of a file.
    Zip(Vec<u8>),
    /// What is in a folder.
    Folder(Folder),
}

impl Source {
    /// Reads what is there, and not more than a bundle may have.
    ///
    /// # Errors
    /// The system's.
    pub fn read(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return folder::read(path).map(Self::Folder);
        }
        let mut bytes = Vec::new();
        let most = MAX_BYTES as u64 + 1;
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(Self::Zip(bytes))
    }

    /// The bundle that it is.
    ///
    /// # Errors
    /// If it is none, or not as lexlogs writes them.
    pub fn received(&self) -> Result<Received<'_>, Refusal> {
        match self {
            Self::Zip(bytes) => Received::from_zip(bytes),
            Self::Folder(folder) => Received::from_folder(folder),
        }
    }
}
