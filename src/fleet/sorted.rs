//! Records in the order of their keys, however many there are, in the memory of
//! some: what is too much is sorted in runs, which lie in a temporary file and
//! are merged as they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// How many bytes of records are held before they become a run. With less, a
/// table would need more files' worth of buffers; with more, more memory.
const RUN: usize = 512 << 10;
/// The buffer of a run that is read, in bytes.
const BUFFER: usize = 4 << 10;

/// What is sorted. No part of it holds a line end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// By what it is sorted; no tabulator in it.
    pub key: String,
    /// The line that it comes from, by which records of one key are sorted.
    pub line: usize,
    /// What it holds.
    pub text: String,
}

impl Record {
    fn size(&self) -> usize {
        size_of::<Self>() + self.key.len() + self.text.len()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim_end_matches('\n').splitn(3, '\t');
        Some(Self {
            key: parts.next()?.to_owned(),
            line: parts.next()?.parse().ok()?,
            text: parts.next()?.to_owned(),
        })
    }
}

/// Takes records in any order.
#[derive(Debug)]
pub struct Sorter {
    spool: fn() -> io::Result<File>,
    held: Vec<Record>,
    size: usize,
    most: usize,
    file: Option<File>,
    /// Where each run begins in the file, and where the last one ends.
    ends: Vec<u64>,
}

impl Sorter {
    /// A sorter that gets the file for what it cannot hold from `spool`.
    #[must_use]
    pub fn new(spool: fn() -> io::Result<File>) -> Self {
        Self {
            spool,
            held: Vec::new(),
            size: 0,
            most: RUN,
            file: None,
            ends: vec![0],
        }
    }

    /// Takes a record.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn push(&mut self, record: Record) -> io::Result<()> {
        self.size += record.size();
        self.held.push(record);
        if self.size > self.most {
            self.end_run()?;
        }
        Ok(())
    }

    fn end_run(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert((self.spool)()?),
        };
        let mut writer = BufWriter::new(&mut *file);
        for Record { key, line, text } in self.held.drain(..) {
            writeln!(writer, "{key}\t{line}\t{text}")?;
        }
        writer.flush()?;
        drop(writer);
        self.ends.push(file.stream_position()?);
        self.size = 0;
        Ok(())
    }

    /// All records that were taken.
    #[must_use]
    pub fn finish(mut self) -> Sorted {
        self.held.sort_unstable();
        Sorted {
            held: self.held,
            file: self.file,
            ends: self.ends,
        }
    }
}

/// Records that can be gone through in their order, more than once.
#[derive(Debug)]
pub struct Sorted {
    held: Vec<Record>,
    file: Option<File>,
    ends: Vec<u64>,
}

impl Sorted {
    /// All records in their order.
    ///
    /// # Errors
    /// If the temporary file cannot be read.
    pub fn records(&self) -> io::Result<Merge<'_>> {
        let mut merge = Merge {
            runs: Vec::new(),
            heads: BinaryHeap::new(),
        };
        if let Some(file) = &self.file {
            for run in self.ends.windows(2) {
                let (next, end) = (run[0], run[1]);
                let piece = Piece { file, next, end };
                let reader = BufReader::with_capacity(BUFFER, piece);
                merge.runs.push(Run::File(reader));
            }
        }
        merge.runs.push(Run::Held(self.held.iter()));
        for run in 0..merge.runs.len() {
            merge.take_from(run)?;
        }
        Ok(merge)
    }
}

/// Records of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The first of them.
    pub first: Record,
    /// The lines of the others.
    pub others: Vec<usize>,
}

/// Sorted records by their keys.
pub fn groups(
    records: impl Iterator<Item = io::Result<Record>>,
) -> impl Iterator<Item = io::Result<Group>> {
    let mut records = records.peekable();
    std::iter::from_fn(move || {
        let first = match records.next()? {
            Ok(first) => first,
            Err(error) => return Some(Err(error)),
        };
        let mut others = Vec::new();
        let is_same =
            |next: &io::Result<Record>| next.as_ref().is_ok_and(|next| next.key == first.key);
        while let Some(Ok(other)) = records.next_if(is_same) {
            others.push(other.line);
        }
        Some(Ok(Group { first, others }))
    })
}

/// See [`Sorted::records`].
#[derive(Debug)]
pub struct Merge<'a> {
    runs: Vec<Run<'a>>,
    /// The next record of each run that has one.
    heads: BinaryHeap<Reverse<(Record, usize)>>,
}

impl Merge<'_> {
    fn take_from(&mut self, run: usize) -> io::Result<()> {
        if let Some(record) = self.runs[run].next()? {
            self.heads.push(Reverse((record, run)));
        }
        Ok(())
    }
}

impl Iterator for Merge<'_> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((record, run)) = self.heads.pop()?;
        Some(self.take_from(run).map(|()| record))
    }
}

#[derive(Debug)]
enum Run<'a> {
    Held(std::slice::Iter<'a, Record>),
    File(BufReader<Piece<'a>>),
}

impl Run<'_> {
    fn next(&mut self) -> io::Result<Option<Record>> {
        match self {
            Self::Held(records) => Ok(records.next().cloned()),
            Self::File(reader) => {
                let mut text = String::new();
                if reader.read_line(&mut text)? == 0 {
                    return Ok(None);
                }
                let record = Record::parse(&text);
                let damaged = || io::Error::other("the temporary file was damaged");
                record.ok_or_else(damaged).map(Some)
            }
        }
    }
}

/// A piece of a file that several readers share, one at a time.
#[derive(Debug)]
struct Piece<'a> {
    file: &'a File,
    next: u64,
    end: u64,
}

impl Read for Piece<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.next).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        self.file.seek(SeekFrom::Start(self.next))?;
        let count = self.file.read(&mut buffer[..most])?;
        self.next += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_in_order_whether_they_are_held_or_not_and_again() {
        let mut random = fastrand::Rng::with_seed(6);
        for (count, most) in [(0, 1000), (1, 1000), (50, 100_000), (3000, 9000), (3000, 0)] {
            let mut sorter = Sorter::new(tempfile::tempfile);
            sorter.most = most;
            let mut expected = Vec::new();
            for line in 0..count {
                let record = Record {
                    key: format!("k{}", random.u16(..500)),
                    line,
                    text: "x".repeat(random.usize(..90)) + "\té{}",
                };
                expected.push(record.clone());
                sorter.push(record).expect("a record to be taken");
            }
            expected.sort();
            let all = sorter.finish();
            assert_eq!(all.file.is_some(), count > 50, "{count} of {most}");
            for _ in 0..2 {
                let records = all.records().expect("the records");
                let records: io::Result<Vec<Record>> = records.collect();
                assert!(
                    records.expect("the records") == expected,
                    "{count} of {most}"
                );
            }
        }
    }
}
