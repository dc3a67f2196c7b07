//! Whether a bundle is what it says: byte for byte what this version makes of
//! its own request. Pure; takes anything, in bounded time and memory.
//!
//! Whoever can change a file can change the lists of the files as well, so they
//! prove nothing. Of a bundle of another version, or of templates that are not
//! here, they are all that can be compared: the rest is for a signature or a
//! known SHA-256 to prove.

mod compare;
mod display;
mod request;

use serde::Serialize;

use super::{Finding, Refusal, UnverifiedBundle};
use crate::bundle::Bundle;
use crate::bundle::manifest::{MANIFEST, Manifest};
use crate::diagnostic::{escape_message, escape_value};
use crate::digest::{GENERATOR, is_generator};
use crate::limits::MAX_FILES;
use crate::render::REQUEST;
use crate::request::Request;
use crate::signature::Signer;
use crate::templates::Templates;
use crate::templates::overrides::Note;

/// Whether this program makes the same of the bundle's request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reproduced {
    /// Every byte.
    Same,
    /// Something differs.
    Different,
    /// Another version made it, or templates that are not here, or its request or
    /// manifest cannot be read.
    #[default]
    NotTried,
}

/// What was found.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, by a name of its own in JSON"
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing is wrong with it.
    pub whole: bool,
    /// Whether it is whole and verified: this program makes the very same, an
    /// allowed signer signed it, or its SHA-256 was known.
    pub proven: bool,
    /// Whether it was meant to be a bundle.
    #[serde(skip)]
    pub is_bundle: bool,
    /// The bundle's name, by its manifest.
    pub bundle: Option<String>,
    /// What made it, by its manifest.
    pub generator: Option<String>,
    /// The templates that it was made with in place of built-in ones, by its
    /// manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub templates: Option<Note>,
    /// How many files it has.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: usize,
    /// The zip's SHA-256; a folder has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Whether this program makes the same of its request.
    pub reproduced: Reproduced,
    /// Who signed it, if that was asked and is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    /// Whether its SHA-256 is the one that was asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub expected: bool,
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
    /// What is worth knowing, though nothing is wrong: sentences.
    pub notes: Vec<String>,
}

/// A report, and the request that the bundle was made of, if it has one.
#[derive(Debug)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// The request.
    pub request: Option<Request>,
}

/// Whether the bytes of a file are a bundle, whole and unaltered.
pub fn verify(zip: &[u8]) -> Report {
    match UnverifiedBundle::from_zip(zip) {
        Ok(received) => check(&received).report,
        Err(refusal) => refusal.into(),
    }
}

impl From<Refusal> for Report {
    fn from(refusal: Refusal) -> Self {
        let (is_bundle, finding) = match refusal {
            Refusal::NoBundle(why) => (false, Finding::of_all(why)),
            Refusal::Malformed(finding) => (true, finding),
        };
        Self {
            is_bundle,
            findings: vec![finding],
            ..Self::default()
        }
    }
}

/// Whether a bundle that could be read is whole and unaltered.
pub fn check(received: &UnverifiedBundle<'_>) -> Checked {
    check_with(received, None)
}

/// The same of one that may have been made with custom templates, which are
/// those that are given.
pub fn check_with(received: &UnverifiedBundle<'_>, own: Option<&Templates>) -> Checked {
    let mut report = Report {
        files: received.entries.len(),
        bytes: received.entries.iter().map(|entry| entry.bytes.len()).sum(),
        findings: received.findings.clone(),
        notes: received.notes.clone(),
        is_bundle: true,
        ..Report::default()
    };
    let missing = || "is missing".to_owned();
    let manifest = received.bytes_of(MANIFEST).ok_or_else(missing);
    let manifest = match manifest.and_then(Manifest::read) {
        Ok(manifest) => manifest,
        Err(what) => {
            report.findings.push(Finding::of(MANIFEST, what));
            return report.with(None);
        }
    };
    report.bundle = Some(escape_message(&manifest.bundle));
    report.generator = Some(escape_value(&manifest.generator));
    let given = own.and_then(Templates::note);
    report.add_templates(manifest.templates.as_ref(), given.as_ref());
    let request = received.bytes_of(REQUEST).ok_or_else(missing);
    let request = request.and_then(request::read);

    let is_of_others = is_generator(&manifest.generator) && manifest.generator != GENERATOR;
    let templates = match &manifest.templates {
        None => Some(Templates::built_in()),
        Some(_) => own.filter(|_| manifest.templates == given).map(Ok),
    };
    match (templates, &request) {
        (Some(templates), Ok(request)) if !is_of_others => {
            let made = templates
                .map_err(|error| error.to_string())
                .and_then(|templates| {
                    Bundle::new(request, templates).map_err(|error| error.to_string())
                });
            match made {
                Ok(made) => report.compare(received, &made),
                Err(error) => {
                    let what = format!("cannot be rendered: {error}");
                    report.findings.push(Finding::of(REQUEST, what));
                }
            }
        }
        (_, Err(what)) if !is_of_others => {
            report.findings.push(Finding::of(REQUEST, what.clone()));
        }
        (_, request) => {
            report.check_lists(received, &manifest);
            if let Err(what) = request {
                let note = format!("{REQUEST} cannot be read by {GENERATOR}: it {what}");
                report.notes.push(escape_message(&note));
            }
        }
    }
    report.with(request.ok())
}

impl Report {
    /// Adds what came of verifying its signature, which is in the file `name`.
    #[doc(hidden)]
    pub fn add_signature(&mut self, name: &str, verified: Result<Signer, String>) {
        match verified {
            Ok(signer) => self.signer = Some(signer),
            Err(why) => self.findings.push(Finding::of(name, why)),
        }
        self.conclude();
    }

    /// Adds something that is wrong.
    pub(crate) fn add_finding(&mut self, finding: Finding) {
        self.findings.push(finding);
        self.conclude();
    }

    /// Compares the zip's SHA-256 with the one that was received through a separate channel.
    #[doc(hidden)]
    pub fn add_digest(&mut self, expected: &str) {
        let found = self.sha256.as_deref();
        self.expected = found == Some(expected);
        if !self.expected {
            let found = found.unwrap_or("none: the file is too large");
            let what = format!("SHA-256 mismatch: expected {expected}, got {found}");
            self.findings.push(Finding::of_all(what));
        }
        self.conclude();
    }

    /// Adds the templates that the manifest names, and whether they are those that
    /// were given.
    fn add_templates(&mut self, named: Option<&Note>, given: Option<&Note>) {
        match (named, given) {
            (Some(named), Some(given)) if named != given => {
                let what = format!(
                    "names other custom templates than those of --templates: SHA-256 {} there, {} here",
                    escape_value(&named.sha256),
                    given.sha256
                );
                self.findings.push(Finding::of(MANIFEST, what));
            }
            (None, Some(_)) => self.notes.push(
                "it was generated with the built-in templates: --templates was not used".into(),
            ),
            _ => {}
        }
        self.templates = named.map(|named| Note {
            sha256: escape_value(&named.sha256),
            replaced: named
                .replaced
                .iter()
                .take(MAX_FILES)
                .map(|name| escape_value(name))
                .collect(),
        });
    }

    /// Concludes from all that was found.
    fn conclude(&mut self) {
        self.whole = self.findings.is_empty();
        let is_known = self.expected || self.signer.is_some();
        self.proven = self.whole && (self.reproduced == Reproduced::Same || is_known);
    }

    fn with(mut self, request: Option<Request>) -> Checked {
        self.conclude();
        Checked {
            report: self,
            request,
        }
    }
}
