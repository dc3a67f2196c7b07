//! The files that list the others: `manifest.json` for programs, `SHA256SUMS`
//! for the tools that every system has.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::digest::{File, GENERATOR};
use crate::templates::overrides::Note;

/// The version of the bundle's format; a reader refuses one that it does not
/// know.
pub const FORMAT: u32 = 1;

/// The manifest's name in the bundle.
pub const MANIFEST: &str = "manifest.json";
/// The name of the list of digests in the bundle.
pub const CHECKSUMS: &str = "SHA256SUMS";

/// A manifest: format and generator, and every file but itself and the list of
/// digests.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest<'a> {
    pub(crate) format: u32,
    #[serde(borrow)]
    pub(crate) generator: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) bundle: Cow<'a, str>,
    /// The templates that are not those of the generator; none if all are.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) templates: Option<Note>,
    #[serde(borrow)]
    pub(crate) files: Vec<Entry<'a>>,
}

/// What a manifest says of a file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry<'a> {
    #[serde(borrow)]
    pub(crate) name: Cow<'a, str>,
    /// In bytes.
    pub(crate) size: usize,
    /// In octal digits.
    #[serde(borrow)]
    pub(crate) mode: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) sha256: Cow<'a, str>,
}

impl<'a> Manifest<'a> {
    /// Reads a manifest; its format first, for another one may have other
    /// members.
    ///
    /// # Errors
    /// Why it cannot be read, as a sentence fragment.
    pub(crate) fn read(json: &'a [u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            format: u64,
        }
        let unreadable = |error: serde_json::Error| format!("is not a manifest: {error}");
        let Version { format } = serde_json::from_slice(json).map_err(unreadable)?;
        if format != u64::from(FORMAT) {
            return Err(format!(
                "is of the format {format}; this lexlogs ({GENERATOR}) reads {FORMAT}: use one that is as new as the bundle"
            ));
        }
        serde_json::from_slice(json).map_err(unreadable)
    }
}

/// The manifest of these files, with the size in bytes of each, its mode in
/// octal and its SHA-256.
///
/// # Errors
/// None that can occur: serde's error type.
pub(crate) fn manifest(
    bundle: &str,
    files: &[File],
    templates: Option<Note>,
) -> Result<File, serde_json::Error> {
    let files = files
        .iter()
        .map(|file| Entry {
            name: file.name.into(),
            size: file.text.len(),
            mode: octal(file.mode).into(),
            sha256: file.sha256.as_str().into(),
        })
        .collect();
    let manifest = Manifest {
        format: FORMAT,
        generator: GENERATOR.into(),
        bundle: bundle.into(),
        templates,
        files,
    };
    Ok(File::new(MANIFEST, crate::json::to_line(&manifest)?))
}

/// A mode as it is written.
pub(crate) fn octal(mode: u32) -> String {
    format!("{mode:04o}")
}

/// The digests of all other files, as `sha256sum -c` and `shasum -a 256 -c`
/// read them.
pub(crate) fn checksums(files: &[File]) -> File {
    let lines = files
        .iter()
        .map(|file| checksum_line(file.name, &file.sha256));
    File::new(CHECKSUMS, lines.collect())
}

/// The line of one file.
pub(crate) fn checksum_line(name: &str, sha256: &str) -> String {
    format!("{sha256}  {name}\n")
}
