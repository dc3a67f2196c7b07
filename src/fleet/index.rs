//! `fleet.json` and the `SHA256SUMS` beside it: which bundles a fleet's folder
//! holds, a line for each, in the order of their places.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::place::{INDEX, is_place, order};
use crate::bundle::manifest::checksum_line;
use crate::diagnostic::{escape_message, escape_value};
use crate::digest::{GENERATOR, is_generator, sha256};
use crate::request::Spec;

/// The version of the index's format; a reader refuses one that it does not
/// know.
pub const FORMAT: u32 = 1;

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Index<'a> {
    format: u32,
    #[serde(borrow)]
    pub generator: Cow<'a, str>,
    /// The bundles, in the order of their places.
    #[serde(borrow)]
    pub bundles: Vec<Entry<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry<'a> {
    /// Its place in the folder, with `/`.
    #[serde(borrow)]
    pub path: Cow<'a, str>,
    #[serde(borrow)]
    pub account_id: Cow<'a, str>,
    #[serde(borrow)]
    pub region: Cow<'a, str>,
    #[serde(borrow)]
    pub role_name: Cow<'a, str>,
    /// The size of the zip, in bytes.
    pub size: u64,
    /// The SHA-256 of the zip, in lower-case hexadecimal digits.
    #[serde(borrow)]
    pub sha256: Cow<'a, str>,
    /// Whether no row is behind it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
}

impl Entry<'_> {
    pub fn of(place: String, spec: &Spec, zip: &[u8]) -> Entry<'static> {
        Entry {
            path: place.into(),
            account_id: spec.account_id.to_string().into(),
            region: spec.region.to_string().into(),
            role_name: spec.role_name.to_string().into(),
            size: zip.len() as u64,
            sha256: sha256(zip).into(),
            stale: false,
        }
    }

    pub(super) fn into_owned(self) -> Entry<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Entry {
            path: owned(self.path),
            account_id: owned(self.account_id),
            region: owned(self.region),
            role_name: owned(self.role_name),
            size: self.size,
            sha256: owned(self.sha256),
            stale: self.stale,
        }
    }
}

impl<'a> Index<'a> {
    /// The index of these bundles, which come in any order.
    pub fn new(mut bundles: Vec<Entry<'a>>) -> Self {
        bundles.sort_unstable_by(|one, other| order(&one.path, &other.path));
        Self {
            format: FORMAT,
            generator: GENERATOR.into(),
            bundles,
        }
    }

    /// Reads an index, strictly as [`Index::text`] writes it.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            format: u64,
        }
        // The names in it may be a stranger's choice.
        let unlike =
            |why: &str| escape_message(&format!("is no index as lexlogs writes it: {why}"));
        let no_json = |error: serde_json::Error| unlike(&error.to_string());
        let Version { format } = serde_json::from_str(text).map_err(no_json)?;
        if format != u64::from(FORMAT) {
            return Err(format!(
                "is of the format {format}; this lexlogs ({GENERATOR}) reads {FORMAT}: use one that is as new as the index"
            ));
        }
        let index: Self = serde_json::from_str(text).map_err(no_json)?;
        if !is_generator(&index.generator) {
            let generator = &index.generator;
            return Err(escape_message(&format!(
                "names `{generator}` as what made it, not a lexlogs"
            )));
        }
        if let Some(entry) = index.bundles.iter().find(|entry| !is_place(&entry.path)) {
            let path = escape_value(&entry.path);
            return Err(unlike(&format!("`{path}` is no place of a bundle")));
        }
        let follows = |one: &Entry, next: &Entry| order(&one.path, &next.path).is_lt();
        if !index.bundles.is_sorted_by(follows) {
            return Err(unlike("not in the order of the places"));
        }
        // To another program such JSON may be something else.
        let mut rest = text;
        for piece in index.pieces() {
            let piece = piece.map_err(no_json)?;
            let after = rest.strip_prefix(piece.as_str());
            rest = after.ok_or_else(|| unlike("it is written otherwise"))?;
        }
        if !rest.is_empty() {
            return Err(unlike("it is written otherwise"));
        }
        Ok(index)
    }

    pub fn text(&self) -> serde_json::Result<String> {
        self.pieces().collect()
    }

    /// The text in pieces, which take no memory beside it.
    fn pieces(&self) -> impl Iterator<Item = serde_json::Result<String>> {
        let head = serde_json::to_string(&self.generator).map(|generator| {
            let format = self.format;
            format!("{{\n  \"format\": {format},\n  \"generator\": {generator},\n  \"bundles\": [")
        });
        let entries = self.bundles.iter().enumerate().map(|(number, entry)| {
            let begin = if number == 0 { "\n    " } else { ",\n    " };
            serde_json::to_string(entry).map(|entry| format!("{begin}{entry}"))
        });
        let end = Ok("\n  ]\n}\n".to_owned());
        std::iter::once(head).chain(entries).chain([end])
    }

    /// The list of digests, for `sha256sum -c`.
    pub fn checksums(&self, index_sha256: &str) -> String {
        let bundles = self.bundles.iter();
        let mut lines: String = bundles
            .map(|entry| checksum_line(&entry.path, &entry.sha256))
            .collect();
        lines.push_str(&checksum_line(INDEX, index_sha256));
        lines
    }

    /// The entry of a place, whatever its case.
    pub fn get(&self, place: &str) -> Option<&Entry<'a>> {
        let found = self
            .bundles
            .binary_search_by(|entry| order(&entry.path, place));
        found.ok().map(|number| &self.bundles[number])
    }
}

/// Whether a text is a list of digests as [`Index::checksums`] writes it, of
/// whichever bundles.
pub fn is_list(text: &str) -> bool {
    let is_own = |line: &str| {
        let (digest, name) = line.strip_suffix('\n')?.split_once("  ")?;
        let is_digest = digest.len() == 64 && digest.bytes().all(|c| c.is_ascii_hexdigit());
        Some(is_digest && (is_place(name) || name == INDEX))
    };
    text.split_inclusive('\n')
        .all(|line| is_own(line) == Some(true))
}

#[cfg(test)]
mod tests;
