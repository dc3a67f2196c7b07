//! A bundle as a zip, the same bytes for the same files everywhere: sorted
//! names, one date, made by Unix, stored, so that no compressor's version shows.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::Bundle;

impl Bundle {
    /// The zip's bytes.
    ///
    /// # Errors
    /// None that a bundle can cause; the zip library's error type.
    pub fn to_zip(&self) -> zip::result::ZipResult<Vec<u8>> {
        let size: usize = self
            .files
            .iter()
            .map(|file| file.text.len() + 2 * (self.folder.len() + 128))
            .sum();
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
        for file in &self.files {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Stored)
                .last_modified_time(DateTime::DEFAULT)
                .unix_permissions(file.mode)
                .system(System::Unix);
            zip.start_file(format!("{}/{}", self.folder, file.name), options)?;
            zip.write_all(file.text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}
