//! A bundle as a zip, the same bytes for the same files everywhere: sorted
//! names, one date, made by Unix, stored.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::Bundle;

/// How the entries of a zip are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// As they are: no compressor's version shows in the bytes.
    Stored,
    /// Deflated, for those who want it small.
    Deflated,
}

impl Bundle {
    /// The zip's bytes.
    ///
    /// # Errors
    /// None that a bundle can cause; the zip library's error type.
    pub fn to_zip(&self, compression: Compression) -> zip::result::ZipResult<Vec<u8>> {
        let method = match compression {
            Compression::Stored => CompressionMethod::Stored,
            Compression::Deflated => CompressionMethod::Deflated,
        };
        let size: usize = self
            .files
            .iter()
            .map(|file| file.text.len() + 2 * (self.folder.len() + 128))
            .sum();
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
        for file in &self.files {
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(DateTime::DEFAULT)
                .unix_permissions(file.mode)
                .system(System::Unix);
            zip.start_file(format!("{}/{}", self.folder, file.name), options)?;
            zip.write_all(file.text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}
