//! The files of a bundle against those that they should be.

use super::{Report, Reproduced};
use crate::bundle::manifest::{CHECKSUMS, MANIFEST, Manifest, checksum_line, octal};
use crate::bundle::{Bundle, write};
use crate::diagnostic::escape_value;
use crate::digest::{GENERATOR, sha256};
use crate::limits::MAX_FILES;
use crate::receipt::is_written_by_scripts;
use crate::received::{Finding, UnverifiedBundle};
use crate::render::REQUEST;

impl Report {
    /// Compares the bundle with what its request gives now.
    pub(super) fn compare(&mut self, received: &UnverifiedBundle<'_>, made: &Bundle) {
        let before = self.findings.len();
        let mut find = |name: &str, what: String| self.findings.push(Finding::of(name, what));
        for file in &made.files {
            let entry = received
                .entries
                .iter()
                .find(|entry| entry.name == file.name);
            let Some(entry) = entry else {
                find(file.name, "is missing".into());
                continue;
            };
            if entry.bytes.as_ref() != file.text.as_bytes() {
                find(file.name, difference(&entry.bytes, file.text.as_bytes()));
            }
            if let Some(what) = other_mode(entry.mode, &octal(file.mode)) {
                find(file.name, what);
            }
        }
        for entry in &received.entries {
            if made.files.iter().all(|file| file.name != entry.name) {
                let what = "is not part of the bundle: it was added";
                find(&entry.name, what.into());
            }
        }
        let is_same = self.findings.len() == before
            && match received.zip {
                Some((zip, _)) => made.to_zip().is_ok_and(|made| made == zip),
                // Its files are all that a folder has.
                None => true,
            };
        if is_same {
            self.reproduced = Reproduced::Same;
            return;
        }
        self.reproduced = Reproduced::Different;
        if self.findings.len() == before {
            self.findings.push(Finding::of_all(PACKED));
        }
    }

    /// Compares the bundle with its own lists.
    pub(super) fn check_lists(&mut self, received: &UnverifiedBundle<'_>, manifest: &Manifest<'_>) {
        let files = |name: &str| received.entries.iter().find(|entry| entry.name == name);
        let mut find = |name: &str, what: String| self.findings.push(Finding::of(name, what));
        for listed in manifest.files.iter().take(MAX_FILES) {
            let name = listed.name.as_ref();
            let Some(entry) = files(name) else {
                find(name, "is missing".into());
                continue;
            };
            if entry.bytes.len() != listed.size || sha256(&entry.bytes) != listed.sha256 {
                find(name, format!("is not what {MANIFEST} lists"));
            }
            if let Some(what) = other_mode(entry.mode, &listed.mode) {
                find(name, what);
            }
            if is_written_by_scripts(name) {
                find(name, "is what the scripts write; no bundle has one".into());
            }
        }
        let lists = [MANIFEST, CHECKSUMS];
        for entry in &received.entries {
            let is_listed = manifest
                .files
                .iter()
                .any(|listed| listed.name == entry.name);
            if !is_listed && !lists.contains(&entry.name.as_ref()) {
                find(&entry.name, format!("is not in {MANIFEST}: it was added"));
            }
        }
        let others = received
            .entries
            .iter()
            .filter(|entry| entry.name != CHECKSUMS);
        let sums = others.map(|entry| checksum_line(&entry.name, &sha256(&entry.bytes)));
        let sums = sums.collect::<String>();
        match received.bytes_of(CHECKSUMS) {
            None => find(CHECKSUMS, "is missing".into()),
            Some(text) if text != sums.as_bytes() => {
                find(CHECKSUMS, "does not list the digests of the files".into());
            }
            Some(_) => {}
        }
        if let Some((zip, top)) = &received.zip {
            let entries = received.entries.iter();
            let files = entries.map(|entry| {
                let mode = entry.mode.unwrap_or_default();
                (entry.name.as_ref(), entry.bytes.as_ref(), mode)
            });
            if write::zip(top, files).ok().as_deref() != Some(zip) {
                self.findings.push(Finding::of_all(PACKED));
            }
        }
    }
}

/// What is said of a zip that is wrong around its files.
const PACKED: &str = "the zip is not packed as lexlogs packs it, so that other programs may find other files in it: ask for the original zip";

/// How a file differs from what it should be.
fn difference(found: &[u8], expected: &[u8]) -> String {
    let lines = |bytes: &[u8]| -> Vec<u8> {
        let kept = bytes.iter().filter(|byte| **byte != b'\r');
        kept.copied().collect()
    };
    if lines(found) != lines(expected) {
        return format!("is not what {GENERATOR} makes of {REQUEST}");
    }
    let (from, to) = if expected.contains(&b'\r') {
        ("LF", "CRLF")
    } else {
        ("CRLF", "LF")
    };
    format!(
        "has {from} as line ends instead of {to}, as git and editors change them; its text is intact: unpack the zip again"
    )
}

/// What is said of a mode that is not the one that it should be.
fn other_mode(mode: Option<u32>, expected: &str) -> Option<String> {
    let mode = mode.map(octal).filter(|mode| mode != expected)?;
    let expected = escape_value(expected);
    Some(format!("has the mode {mode} instead of {expected}"))
}
