//! A bundle as a zip, the same bytes for the same files everywhere: sorted
//! names, one date, made by Unix, stored, so that no compressor's version shows.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::Bundle;

impl Bundle {
    /// The zip's bytes.
    ///
    /// # Errors
    /// None that a bundle can cause; the zip library's error type.
    pub fn to_zip(&self) -> ZipResult<Vec<u8>> {
        let files = self.files.iter();
        zip(
            &self.folder,
            files.map(|file| (file.name, file.text.as_bytes(), file.mode)),
        )
    }
}

/// The zip of files in a folder: the name, the content and the mode of each.
pub(crate) fn zip<'a>(
    folder: &str,
    files: impl Iterator<Item = (&'a str, &'a [u8], u32)> + Clone,
) -> ZipResult<Vec<u8>> {
    let sizes = files
        .clone()
        .map(|(_, bytes, _)| bytes.len() + 2 * (folder.len() + 128));
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(sizes.sum())));
    for (name, bytes, mode) in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(mode)
            .system(System::Unix);
        zip.start_file(format!("{folder}/{name}"), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
