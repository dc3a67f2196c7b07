//! Whether a bundle is whole and unaltered: its manifest is true, the list of
//! digests says the same, and its own request gives the same bytes again. Pure;
//! takes anything, in bounded time and memory.
//!
//! Whoever can change a file can change the lists as well. So the request is
//! rendered anew; what a bundle of this very version holds is then proven. Of
//! another version's only the documents are, as far as they must grant what the
//! request asks for.

mod lists;
mod request;
mod told;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Bundle;
use super::manifest::{MANIFEST, Manifest};
use super::received::{Finding, Received, Refusal};
use crate::digest::{File, GENERATOR, sha256};
use crate::fault::{printable, told, visible};
use crate::limits::MAX_FILES;
use crate::policy;
use crate::render::REQUEST;
use crate::request::Request;
use crate::signature::{self, Signer};
use crate::templates::Templates;
use crate::templates::own::Note;

/// Whether this program makes the same of the bundle's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reproduced {
    /// Every byte of every file.
    Same,
    /// Some files differ.
    Different,
    /// The request could not be read, or the bundle not at all.
    NotTried,
}

/// What was found.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, by a name of its own in JSON"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing is wrong with it.
    pub whole: bool,
    /// Whether it is whole and nobody can have altered it besides: this program
    /// makes the very same, an allowed signer signed it, or its SHA-256 was known.
    /// Its lists alone prove nothing, for they can be altered as well.
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
    /// Whether this program makes the same of its request.
    pub reproduced: Reproduced,
    /// The files of which it makes something else.
    pub differing: Vec<String>,
    /// Those of them that it does not make at all.
    pub unknown: Vec<String>,
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
#[must_use]
pub fn verify(zip: &[u8]) -> Report {
    match Received::from_zip(zip) {
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
            ..Self::empty()
        }
    }
}

/// Whether a bundle that could be read is whole and unaltered.
#[must_use]
pub fn check(received: &Received<'_>) -> Checked {
    check_with(received, None)
}

/// The same of one that may have been made with templates of somebody's own,
/// which are those that are given.
#[must_use]
pub fn check_with(received: &Received<'_>, own: Option<&Templates>) -> Checked {
    let mut report = Report {
        files: received.parts.len(),
        bytes: received.parts.iter().map(|part| part.bytes.len()).sum(),
        findings: received.findings.clone(),
        notes: received.notes.clone(),
        ..Report::empty()
    };
    let manifest = match received.part(MANIFEST) {
        None => Err("is missing".to_owned()),
        Some(json) => Manifest::read(json),
    };
    let manifest = match manifest {
        Ok(manifest) => manifest,
        Err(what) => {
            report.findings.push(Finding::of(MANIFEST, what));
            return report.with(None);
        }
    };
    report.bundle = Some(told(&manifest.bundle));
    report.generator = Some(printable(&manifest.generator));
    let given = own.and_then(Templates::note);
    report.add_templates(manifest.templates.as_ref(), given.as_ref());
    let own = own.filter(|_| manifest.templates.is_some() && manifest.templates == given);
    // Whether it can be made again here.
    let are_here = manifest.templates.is_none() || own.is_some();
    let request = match received.part(REQUEST) {
        None => Err("is missing".to_owned()),
        Some(json) => request::read(json),
    };
    // None after `Request::new`; a fault of this program if one there is.
    let rendered = request.as_ref().ok().map(|request| {
        let templates = match own {
            Some(own) => Ok(own),
            None => Templates::built_in(),
        };
        templates
            .map_err(|error| error.to_string())
            .and_then(|templates| {
                Bundle::new(request, templates).map_err(|error| error.to_string())
            })
    });
    let (rendered, unrendered) = match rendered {
        Some(Ok(bundle)) => (Some(bundle), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };

    let digests = digests(received, rendered.as_ref());
    report
        .findings
        .extend(lists::check(received, &manifest, &digests));
    let same_version = manifest.generator == GENERATOR;
    if !is_generator(&manifest.generator) {
        let what = format!(
            "names `{}` as what made it, not a lexlogs",
            printable(&manifest.generator)
        );
        report.findings.push(Finding::of(MANIFEST, what));
    }
    match &request {
        Err(what) if same_version || received.part(REQUEST).is_none() => {
            report.findings.push(Finding::of(REQUEST, what.clone()));
        }
        Err(what) => {
            let what = format!(
                "cannot be read by this lexlogs, which is another version than the one that is said to have made it: it {what}"
            );
            report.findings.push(Finding::of(REQUEST, what));
        }
        Ok(request) if request.bundle_name() != manifest.bundle => {
            let what = format!(
                "calls the bundle `{}`, but {REQUEST} makes one that is called `{}`",
                visible(&manifest.bundle),
                request.bundle_name()
            );
            report.findings.push(Finding::of(MANIFEST, what));
        }
        Ok(_) => {}
    }
    if let (Ok(request), Some(top)) = (&request, received.top) {
        let folder = request.spec().folder_name();
        // Another version may have named it as the bundle.
        if top != folder && (same_version || top != manifest.bundle) {
            let what =
                format!("generates the folder `{folder}`, but the folder in the zip is `{top}`");
            report.findings.push(Finding::of(REQUEST, what));
        }
    }
    if let Some(error) = unrendered {
        report
            .findings
            .push(Finding::of(REQUEST, format!("cannot be rendered: {error}")));
    }
    if let Some(bundle) = &rendered {
        report.compare(received, bundle, same_version && are_here);
    }
    if let (Ok(request), false) = (&request, same_version && are_here) {
        report.check_documents(received, request);
    }
    report.with(request.ok())
}

impl Report {
    fn empty() -> Self {
        Self {
            whole: false,
            proven: false,
            is_bundle: true,
            bundle: None,
            generator: None,
            templates: None,
            files: 0,
            bytes: 0,
            reproduced: Reproduced::NotTried,
            differing: Vec::new(),
            unknown: Vec::new(),
            signer: None,
            expected: false,
            findings: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds what came of verifying its signature, which is in the file `name`.
    #[doc(hidden)]
    pub fn add_signature(&mut self, name: &str, verified: Result<Signer, signature::Refusal>) {
        match verified {
            Ok(signer) => self.signer = Some(signer),
            Err(refusal) => self.findings.push(Finding::of(name, refusal.to_string())),
        }
        self.conclude();
    }

    /// Adds whether the zip has the SHA-256 that is known of it by another way.
    #[doc(hidden)]
    pub fn add_digest(&mut self, is_the_one: bool) {
        self.expected = is_the_one;
        if !is_the_one {
            let what = "its SHA-256 is not the one that was asked for: it is another zip";
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
                    "names other templates than those that were given: their SHA-256 is {} there, and {} here",
                    printable(&named.sha256),
                    given.sha256
                );
                self.findings.push(Finding::of(MANIFEST, what));
            }
            (None, Some(_)) => self.notes.push(
                "it was made with the built-in templates; those that were given had no part in it"
                    .into(),
            ),
            _ => {}
        }
        self.templates = named.map(|named| Note {
            sha256: printable(&named.sha256),
            replaced: named
                .replaced
                .iter()
                .take(MAX_FILES)
                .map(|name| printable(name))
                .collect(),
        });
    }

    /// Adds that there is no signature, which should be in the file `name`.
    #[doc(hidden)]
    pub fn add_no_signature(&mut self, name: &str) {
        let what = "is not there: the bundle is not signed";
        self.findings.push(Finding::of(name, what));
        self.conclude();
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

    /// Compares the bundle with what its request gives now.
    fn compare(&mut self, received: &Received<'_>, made: &Bundle, must_be_same: bool) {
        let names: BTreeSet<&str> = made
            .files
            .iter()
            .map(|file| file.name)
            .chain(received.parts.iter().map(|part| part.name.as_ref()))
            .collect();
        let is_same = |name: &&str| {
            let file = made.files.iter().find(|file| file.name == *name);
            let part = received.parts.iter().find(|part| part.name == *name);
            match (file, part) {
                (Some(file), Some(part)) => file.text.as_bytes() == part.bytes.as_ref(),
                _ => false,
            }
        };
        let differing: Vec<&str> = names.into_iter().filter(|name| !is_same(name)).collect();
        self.differing = differing.iter().map(|name| printable(name)).collect();
        let is_unknown = |name: &&&str| made.files.iter().all(|file| file.name != **name);
        let unknown = differing.iter().filter(is_unknown);
        self.unknown = unknown.map(|name| printable(name)).collect();
        self.reproduced = if differing.is_empty() {
            Reproduced::Same
        } else {
            Reproduced::Different
        };
        if !must_be_same {
            return;
        }
        for name in &self.differing {
            let told = |finding: &Finding| finding.file.as_ref() == Some(name);
            if !self.findings.iter().any(told) {
                let what = format!(
                    "is not what {GENERATOR}, which is said to have made it, makes of {REQUEST}"
                );
                self.findings.push(Finding {
                    file: Some(name.clone()),
                    what,
                });
            }
        }
    }

    /// That the documents grant what the request asks for, whatever made them.
    fn check_documents(&mut self, received: &Received<'_>, request: &Request) {
        let spec = request.spec();
        for document in spec.documents() {
            let name = document.file_name();
            let checked = match received.part(name).map(std::str::from_utf8) {
                None => Err("is missing, though the request asks for it".into()),
                Some(Err(_)) => Err("is not text".into()),
                Some(Ok(text)) => {
                    policy::check(document, text, spec).map_err(|flaw| flaw.to_string())
                }
            };
            if let Err(what) = checked {
                self.findings.push(Finding::of(name, what));
            }
        }
    }
}

/// The digests of the files, in their order. A file that is as it was rendered
/// has the digest that rendering computed: none is hashed twice.
fn digests(received: &Received<'_>, rendered: Option<&Bundle>) -> Vec<String> {
    let known = |name: &str, bytes: &[u8]| {
        let files: &[File] = rendered.map_or(&[], |bundle| &bundle.files);
        let file = files.iter().find(|file| file.name == name)?;
        (file.text.as_bytes() == bytes).then(|| file.sha256.clone())
    };
    let digest = |part: &super::received::Part<'_>| {
        known(&part.name, &part.bytes).unwrap_or_else(|| sha256(&part.bytes))
    };
    received.parts.iter().map(digest).collect()
}

/// Whether a generator is a version of this program.
pub(crate) fn is_generator(text: &str) -> bool {
    let version = text.strip_prefix("lexlogs ").unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    version.starts_with(|c: char| c.is_ascii_digit())
        && version.chars().all(is_plain)
        && version.len() < 40
}
