//! The limits of a bundle: what no bundle has is neither made nor read.

use std::io::{self, Read};

/// The most bytes of a zip, and of all its files: a hundred times what a bundle
/// has.
pub(crate) const MAX_BYTES: usize = 16 << 20;
/// The most bytes of one file.
pub(crate) const MAX_FILE: usize = 1 << 20;
/// The most files.
pub(crate) const MAX_FILES: usize = 100;

/// All that can be read; none if it is more than so many bytes.
pub(crate) fn read_within(from: impl Read, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= most).then_some(bytes))
}
