//! `lexlogs verify`: whether a bundle is intact, and who signed it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::error::Error;
use super::status::{Status, print_found, say};
use super::templates;
use crate::cli::check::{MadeWith, Signed, Verify};
use crate::digest::sha256;
use crate::fleet::{self, place::is_fleet};
use crate::limits::MAX_BYTES;
use crate::received::Source;
use crate::received::verify::{self, Report};
use crate::signature;
use crate::templates::Templates;

/// Reads a bundle and checks it, and who signed it if that is asked.
pub(super) fn run(
    arguments: &Verify,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let Verify {
        bundle: path,
        signed,
        sha256,
        ..
    } = arguments;
    if is_fleet(path) {
        return verify_fleet(arguments, stdout);
    }
    let source = open(path)?;
    let own = own(&arguments.made_with)?;
    let mut report = match source.received() {
        Ok(received) => verify::check_with(&received, own).report,
        Err(refusal) => refusal.into(),
    };
    if !report.is_bundle {
        return Err(no_bundle(path, &report));
    }
    report.sha256 = digest(&source);
    match signed {
        Some(signed) => verify_signature(path, &source, signed, &mut report)?,
        None => report.notes.extend(unasked(path, &source)),
    }
    if !sha256.is_empty() {
        verify_digest(path, &source, sha256, &mut report)?;
    }
    if !arguments.json {
        let notes = report.notes.iter();
        say(
            stderr,
            &notes
                .map(|note| format!("warning: {note}\n"))
                .collect::<String>(),
        );
    }
    print_found(&report, arguments.json, stdout)?;
    Ok(Status::of_check(report.proven))
}

/// The templates that a bundle was made with, if they were given.
pub(super) fn own(made_with: &MadeWith) -> Result<Option<&'static Templates>, Error> {
    let folder = made_with.templates.as_deref();
    folder
        .map(|folder| templates::of_bundle(Some(folder)))
        .transpose()
}

/// Adds to a report who signed the bundle, or why nobody counts.
fn verify_signature(
    path: &Path,
    source: &Source,
    signed: &Signed,
    report: &mut Report,
) -> Result<(), Error> {
    let Source::Zip(zip) = source else {
        let why = "a folder has no signature: verify the zip";
        return Err(Error::not_one(path, why));
    };
    let beside = signature::path_beside(path);
    let file = signed.signature.as_ref().unwrap_or(&beside);
    fs::File::open(&signed.allowed_signers).map_err(Error::reading(&signed.allowed_signers))?;
    match fs::File::open(file) {
        Ok(_) => {}
        // That there is none is what was asked; another file is meant to be there.
        Err(error) if error.kind() == ErrorKind::NotFound && signed.signature.is_none() => {
            let what = "is missing: the bundle is not signed";
            report.add_signature(&file.display().to_string(), Err(what.into()));
            return Ok(());
        }
        Err(error) => return Err(Error::reading(file)(error)),
    }
    if zip.len() > MAX_BYTES {
        // It was not read whole.
        return Ok(());
    }
    let verified = signature::verify(zip, file, &signed.allowed_signers, &signed.identity)?;
    report.add_signature(&file.display().to_string(), verified);
    Ok(())
}

/// Adds to a report whether the zip has the expected digest.
fn verify_digest(
    path: &Path,
    source: &Source,
    expected: &[String],
    report: &mut Report,
) -> Result<(), Error> {
    let (Source::Zip(_), [expected]) = (source, expected) else {
        let why = "set --sha256 once, for a zip; a folder has no SHA-256";
        return Err(Error::not_one(path, why));
    };
    report.add_digest(expected);
    Ok(())
}

fn verify_fleet(arguments: &Verify, stdout: &mut dyn Write) -> Result<Status, Error> {
    let Verify {
        bundle: path,
        signed,
        sha256,
        ..
    } = arguments;
    if signed.is_some() {
        let why = "the folder of a fleet has no signature: verify its bundles, or set --sha256";
        return Err(Error::not_one(path, why));
    }
    let own = own(&arguments.made_with)?;
    let report = fleet::verify::check(path, sha256, own);
    let report = report.map_err(Error::reading(path))?;
    print_found(&report, arguments.json, stdout)?;
    Ok(Status::of_check(report.proven))
}

/// That there is a signature after which nobody asked.
fn unasked(path: &Path, source: &Source) -> Option<String> {
    let file = signature::path_beside(path);
    let is_there = matches!(source, Source::Zip(_)) && file.is_file();
    is_there.then(|| {
        format!(
            "{} was not verified: set --allowed-signers FILE --identity ID",
            file.display()
        )
    })
}

pub(super) fn open(path: &Path) -> Result<Source, Error> {
    if is_fleet(path) {
        let why = "is the folder of a fleet: name one of its bundles";
        return Err(Error::not_one(path, why));
    }
    Source::read(path).map_err(Error::reading(path))
}

pub(super) fn no_bundle(path: &Path, report: &Report) -> Error {
    let why = report.findings.iter().map(ToString::to_string);
    let why: Vec<String> = why.chain(report.notes.iter().cloned()).collect();
    Error::not_one(path, why.join("; "))
}

pub(super) fn digest(source: &Source) -> Option<String> {
    match source {
        // One that is larger was not read whole.
        Source::Zip(bytes) => (bytes.len() <= MAX_BYTES).then(|| sha256(bytes)),
        Source::Folder(_) => None,
    }
}
