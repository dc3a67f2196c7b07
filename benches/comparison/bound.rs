//! The least that any program must do which makes a fleet's bundles: it hashes as
//! many bytes as they have, and creates as many files of the same sizes in the
//! same folders. It renders nothing and checks nothing. `benches/compare` runs it
//! beside `lexlogs fleet`, with as many threads.
//!
//! `bound LIST CONTENT FOLDER --jobs N --digests N [--in-place]`: LIST has a line
//! `SIZE PATH` for each file, with PATH below FOLDER; what is written is CONTENT, cut
//! off or over again. With `--in-place` the files get their names at once, not by
//! a rename.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sha2::{Digest, Sha256};

/// How many files a thread takes at a time.
const BATCH: usize = 64;

struct Bound {
    files: Vec<(usize, PathBuf)>,
    content: Vec<u8>,
    /// How often each byte is hashed.
    digests: usize,
    in_place: bool,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |option: &str| -> usize {
        let at = arguments.iter().position(|argument| argument == option);
        let value = at.and_then(|at| arguments.get(at + 1));
        value
            .and_then(|value| value.parse().ok())
            .unwrap_or_else(|| panic!("a number after {option}"))
    };
    let [_, list, content, folder, ..] = arguments.as_slice() else {
        panic!("LIST, CONTENT and FOLDER");
    };
    let folder = Path::new(folder);
    let list = fs::read_to_string(list)?;
    let files = list.lines().map(|line| {
        let (size, path) = line.split_once(' ').expect("a size and a path");
        (size.parse().expect("a size"), folder.join(path))
    });
    let files: Vec<(usize, PathBuf)> = files.collect();
    let most = files
        .iter()
        .map(|(size, _)| *size)
        .max()
        .unwrap_or_default();
    let content = fs::read(content)?;
    let bound = Bound {
        files,
        content: content.repeat(most.div_ceil(content.len())),
        digests: number("--digests"),
        in_place: arguments.iter().any(|argument| argument == "--in-place"),
    };
    bound.make_folders()?;

    let next = AtomicUsize::new(0);
    let digests = thread::scope(|scope| {
        let workers: Vec<_> = (0..number("--jobs"))
            .map(|_| scope.spawn(|| bound.work(&next)))
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("no panic"))
            .collect::<io::Result<Vec<u8>>>()
    })?;
    // Nobody reads it, but the compiler cannot know.
    println!("{digests:?}");
    Ok(())
}

impl Bound {
    fn make_folders(&self) -> io::Result<()> {
        let folders: BTreeSet<_> = self.files.iter().map(|(_, path)| path.parent()).collect();
        folders
            .into_iter()
            .flatten()
            .try_for_each(fs::create_dir_all)
    }

    /// Makes files until none is left; gives something that depends on all
    /// digests.
    fn work(&self, next: &AtomicUsize) -> io::Result<u8> {
        let mut all = 0;
        loop {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            if first >= self.files.len() {
                return Ok(all);
            }
            for (size, path) in self.files.iter().skip(first).take(BATCH) {
                let bytes = &self.content[..*size];
                for _ in 0..self.digests {
                    all ^= Sha256::digest(std::hint::black_box(bytes))[0];
                }
                self.create(path, bytes)?;
            }
        }
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.in_place {
            return File::create_new(path)?.write_all(bytes);
        }
        let temporary = path.with_extension("tmp");
        File::create_new(&temporary)?.write_all(bytes)?;
        fs::rename(&temporary, path)
    }
}
