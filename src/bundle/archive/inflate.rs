//! The inflating of an entry, never to more bytes than its header declares.

use flate2::{Decompress, FlushDecompress, Status};

use super::super::received::{Finding, bytes as byte_count};
use super::header::Central;

/// What an entry holds.
///
/// # Errors
/// If its data is not one deflate stream of just so many bytes.
pub(super) fn inflate(entry: &Central<'_>, data: &[u8]) -> Result<Vec<u8>, Finding> {
    // One more than declared: it shows that there is more.
    let mut bytes = Vec::with_capacity(entry.size + 1);
    let mut stream = Decompress::new(false);
    let status = stream.decompress_vec(data, &mut bytes, FlushDecompress::Finish);
    if bytes.len() > entry.size {
        return Err(entry.fault(format!(
            "inflates to more than the {} bytes that it is said to have",
            entry.size
        )));
    }
    match status {
        Ok(Status::StreamEnd) => {}
        Ok(Status::Ok | Status::BufError) => {
            return Err(entry.fault("is damaged: its compressed data is broken off"));
        }
        Err(_) => return Err(entry.fault("is damaged: it does not inflate")),
    }
    if bytes.len() < entry.size {
        return Err(entry.fault(format!(
            "inflates to {} bytes, but is said to have {}",
            bytes.len(),
            entry.size
        )));
    }
    let used = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
    match data.len().saturating_sub(used) {
        0 => Ok(bytes),
        behind => Err(entry.fault(format!(
            "has {} behind its compressed data",
            byte_count(behind)
        ))),
    }
}
