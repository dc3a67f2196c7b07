//! What a table is read from: no more than a row may have at a time, and kept
//! until the row is known, since a fault shows it as it stands there.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::fleet::targets::{MOST_ROW, TOO_LONG};

/// What was read last, from the beginning of a row on.
#[derive(Clone, Default)]
pub(super) struct Recent(Rc<RefCell<Kept>>);

struct Kept {
    bytes: Vec<u8>,
    /// The place of the first of them in the input.
    first: u64,
    /// Where the row begins: what is before is not needed any more.
    begin: u64,
    /// How many bytes may be read until the next row.
    left: usize,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            first: 0,
            begin: 0,
            left: MOST_ROW,
        }
    }
}

impl Recent {
    /// Begins a row, at that byte.
    pub(super) fn begin(&self, byte: u64) {
        let mut recent = self.0.borrow_mut();
        recent.begin = byte;
        recent.left = MOST_ROW;
    }

    /// Whether the row has more bytes than it may.
    pub(super) fn is_too_long(&self) -> bool {
        self.0.borrow().left == 0
    }

    /// The row between two bytes, without the blank lines around it; what is no
    /// UTF-8 is replaced, which leaves all separators where they are.
    pub(super) fn text(&self, begin: u64, end: u64) -> String {
        let recent = self.0.borrow();
        let [begin, end] = [begin, end]
            .map(|byte| usize::try_from(byte.saturating_sub(recent.first)).unwrap_or(usize::MAX));
        let bytes = recent.bytes.get(begin..end.min(recent.bytes.len()));
        let text = String::from_utf8_lossy(bytes.unwrap_or_default());
        text.trim_matches(['\r', '\n']).to_owned()
    }
}

/// The input, in pieces: see [`MOST_ROW`].
pub(super) struct Bounded<R> {
    input: R,
    recent: Recent,
}

impl<R> Bounded<R> {
    pub(super) fn new(input: R, recent: &Recent) -> Self {
        Self {
            input,
            recent: recent.clone(),
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut recent = self.recent.0.borrow_mut();
        let most = buffer.len().min(recent.left);
        if most == 0 && !buffer.is_empty() {
            return Err(io::Error::other(TOO_LONG.0));
        }
        let count = self.input.read(&mut buffer[..most])?;
        recent.left -= count;
        let old = usize::try_from(recent.begin - recent.first).unwrap_or(usize::MAX);
        let old = old.min(recent.bytes.len());
        recent.bytes.drain(..old);
        recent.first += old as u64;
        recent.bytes.extend(&buffer[..count]);
        Ok(count)
    }
}
