//! An index and its list of digests, read side by side: each must say what the
//! other does.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::{Index, unfit};
use crate::bundle::manifest::checksum_line;
use crate::fleet::Shard;
use crate::fleet::index::{Entry, Names, Reader};

/// See above.
pub(super) struct Source {
    pub(super) names: Names,
    shard: Option<Shard>,
    reader: Reader<BufReader<File>>,
    /// None after its first fault.
    checksums: Option<BufReader<File>>,
    /// The next entry.
    head: Option<Entry>,
    /// What is wrong with which file.
    faults: Vec<(String, String)>,
}

impl Source {
    pub(super) fn new(
        folder: &Path,
        names: Names,
        shard: Option<Shard>,
        reader: Reader<BufReader<File>>,
    ) -> io::Result<Self> {
        let mut faults = Vec::new();
        let path = folder.join(&names.checksums);
        let checksums = match unfit(&path) {
            Ok(None) => Some(BufReader::new(File::open(path)?)),
            Ok(Some(what)) => {
                faults.push((names.checksums.clone(), what.to_owned()));
                None
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                faults.push((names.checksums.clone(), "is missing".to_owned()));
                None
            }
            Err(error) => return Err(error),
        };
        let mut source = Self {
            names,
            shard,
            reader,
            checksums,
            head: None,
            faults,
        };
        source.advance();
        Ok(source)
    }

    /// The part of the fleet that it lists.
    pub(super) fn part(&self) -> Shard {
        self.shard.unwrap_or(Shard {
            number: 1,
            count: 1,
        })
    }

    /// Whether there is no telling what it lists.
    pub(super) fn is_lost(&self) -> bool {
        self.faults
            .iter()
            .any(|(file, _)| *file == self.names.index)
    }

    /// The key of the next entry.
    pub(super) fn key(&self) -> Option<String> {
        self.head.as_ref().map(Entry::key)
    }

    /// The next entry; the one after it is read.
    pub(super) fn advance(&mut self) -> Option<Entry> {
        let next = match self.reader.next() {
            None => None,
            Some(Ok(entry)) => {
                let line = checksum_line(&entry.path, &entry.sha256);
                self.compare(&line, &entry.path);
                Some(entry)
            }
            Some(Err(why)) => {
                self.faults.push((self.names.index.clone(), why));
                None
            }
        };
        std::mem::replace(&mut self.head, next)
    }

    /// Compares the next line of the list of digests.
    fn compare(&mut self, expected: &str, of: &str) {
        let Some(checksums) = &mut self.checksums else {
            return;
        };
        let mut line = String::new();
        let most = expected.len() as u64 + 1;
        let read = checksums.take(most).read_line(&mut line);
        if read.is_err() || line != expected {
            let what = format!("does not say of {of} what {} says", self.names.index);
            self.faults.push((self.names.checksums.clone(), what));
            self.checksums = None;
        }
    }

    /// What is wrong with both files, when all entries were taken.
    pub(super) fn finish(mut self) -> (Index, Vec<(String, String)>) {
        let sha256 = self.reader.sha256();
        if self.faults.is_empty() {
            let index = self.names.index.clone();
            self.compare(&checksum_line(&index, &sha256), &index);
        }
        let is_at_end =
            |checksums: &mut BufReader<File>| checksums.fill_buf().is_ok_and(<[u8]>::is_empty);
        if self
            .checksums
            .as_mut()
            .is_some_and(|checksums| !is_at_end(checksums))
            && self.faults.is_empty()
        {
            let what = format!("lists more than {} does", self.names.index);
            self.faults.push((self.names.checksums.clone(), what));
        }
        let index = Index {
            name: self.names.index,
            sha256,
            generator: self.reader.generator,
        };
        (index, self.faults)
    }
}
