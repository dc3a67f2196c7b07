//! The files of a bundle against those that they should be.

use std::collections::BTreeMap;

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
        }
        for entry in &received.entries {
            if made.files.iter().all(|file| file.name != entry.name) {
                let what = "is not part of the bundle: it was added";
                find(&entry.name, what.into());
            }
        }
        let modes = made.files.iter().map(|file| (file.name, octal(file.mode)));
        self.compare_modes(received, modes);
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

    pub(super) fn check_lists(&mut self, received: &UnverifiedBundle<'_>, manifest: &Manifest<'_>) {
        let listed = manifest.files.iter().take(MAX_FILES);
        let modes = listed.map(|listed| (listed.name.as_ref(), listed.mode.to_string()));
        self.compare_modes(received, modes);
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

    /// Compares the modes of the files. A zip keeps them; in a folder a tool or a drive may have dropped them, which is only worth
    /// a warning.
    fn compare_modes<'n>(
        &mut self,
        received: &UnverifiedBundle<'_>,
        expected: impl Iterator<Item = (&'n str, String)>,
    ) {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._".contains(c);
        let mut dropped: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, expected) in expected {
            let entry = received.entries.iter().find(|entry| entry.name == name);
            let Some(found) = entry.and_then(|entry| entry.mode).map(octal) else {
                continue;
            };
            let kept = ["0644", "0755"];
            let is_dropped = received.zip.is_none()
                && [&found, &expected].iter().all(|mode| kept.contains(&mode.as_str()))
                // A stranger's list may name anything, and the command is meant to be pasted.
                && name.chars().all(is_plain);
            if is_dropped && found != expected {
                dropped.entry(expected).or_default().push(name);
            } else if found != expected {
                let expected = escape_value(&expected);
                let what = format!("has the mode {found} instead of {expected}");
                self.findings.push(Finding::of(name, what));
            }
        }
        if !dropped.is_empty() {
            let commands = dropped.iter().map(|(mode, names)| {
                format!("chmod {} {}", mode.trim_start_matches('0'), names.join(" "))
            });
            self.notes.push(format!(
                "file modes differ from the bundle's, as tools and drives of Windows drop them; to restore them, run in the folder: {}",
                commands.collect::<Vec<_>>().join(" && ")
            ));
        }
    }
}

/// What is said of a zip that is wrong around its files.
const PACKED: &str = "the zip is not packed as lexlogs packs it, so that other programs may find other files in it: ask for the original zip";

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
