//! The files that list the others: `manifest.json` for programs, `SHA256SUMS`
//! for the tools that every system has.

use serde::Serialize;

use crate::render::{File, GENERATOR};

/// The version of the bundle's format; a reader refuses one that it does not
/// know.
pub const FORMAT: u32 = 1;

/// The manifest's name in the bundle.
pub const MANIFEST: &str = "manifest.json";
/// The name of the list of digests in the bundle.
pub const CHECKSUMS: &str = "SHA256SUMS";

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    generator: &'a str,
    bundle: &'a str,
    files: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    size: usize,
    mode: String,
    sha256: &'a str,
}

/// The manifest: format and generator, and every file but itself and the list
/// of digests with its size in bytes, its mode in octal and its SHA-256.
///
/// # Errors
/// None that can occur: serde's error type.
pub(crate) fn manifest(bundle: &str, files: &[File]) -> Result<File, serde_json::Error> {
    let files = files
        .iter()
        .map(|file| Entry {
            name: file.name,
            size: file.text.len(),
            mode: format!("{:04o}", file.mode),
            sha256: &file.sha256,
        })
        .collect();
    let manifest = Manifest {
        format: FORMAT,
        generator: GENERATOR,
        bundle,
        files,
    };
    Ok(File::new(MANIFEST, crate::json::to_text(&manifest)?))
}

/// The digests of all other files, as `sha256sum -c` and `shasum -a 256 -c`
/// read them.
pub(crate) fn checksums(files: &[File]) -> File {
    let lines = files
        .iter()
        .map(|file| format!("{}  {}\n", file.sha256, file.name));
    File::new(CHECKSUMS, lines.collect())
}
