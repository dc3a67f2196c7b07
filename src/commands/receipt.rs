//! `lexlogs receipt`: what came back from the administrator.

use std::io::Write;
use std::path::Path;

use super::error::Error;
use super::status::{Status, print_coloured};
use super::verify::open;
use crate::bundle::read;
use crate::cli::check::Receipt;
use crate::config::Config;
use crate::digest::sha256;
use crate::document::Document;
use crate::receipt::Verdict;
use crate::received::Refusal;
use crate::render::{REQUEST, RenderError};
use crate::request::Request;

/// Compares a receipt with a bundle.
///
/// # Errors
/// If one of them cannot be read, or is not one.
pub(super) fn run(arguments: &Receipt, stdout: &mut dyn Write) -> Result<Status, Error> {
    let Receipt {
        bundle,
        receipt,
        json,
    } = arguments;
    let source = open(bundle)?;
    let no_bundle = |why| Error::NotOne {
        path: bundle.clone(),
        why,
    };
    let received = source.received().map_err(|refusal| {
        no_bundle(match refusal {
            Refusal::NoBundle(why) => why,
            Refusal::Malformed(finding) => finding.to_string(),
        })
    })?;
    let Some(request) = received.bytes_of(REQUEST) else {
        return Err(no_bundle(format!("there is no {REQUEST} in it")));
    };
    let config = Config::parse(Path::new(REQUEST), request);
    let request = Request::new(&config.parameters, config.faults)?;
    let digests: Vec<(&str, String)> = received
        .entries
        .iter()
        .map(|entry| (entry.name.as_ref(), &entry.bytes))
        .filter(|(name, _)| {
            let documents = Document::ALL.map(Document::file_name);
            *name == REQUEST || documents.contains(name)
        })
        .map(|(name, bytes)| (name, sha256(bytes)))
        .collect();
    let digest = crate::digest::of_bundle(digests.iter().map(|(name, sha)| (*name, sha.as_str())));

    let bytes = read::read(receipt).map_err(|source| Error::Read {
        path: receipt.clone(),
        source,
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let verdict = Verdict::new(&text, &request, &digest).map_err(|why| Error::NotOne {
        path: receipt.clone(),
        why: format!("it is not a receipt: {why}"),
    })?;
    let report = if *json {
        crate::json::to_text(&verdict).map_err(RenderError::Json)?
    } else {
        verdict.to_string()
    };
    print_coloured(&report, stdout)?;
    Ok(if verdict.belongs && verdict.done {
        Status::Ok
    } else {
        Status::Different
    })
}
