//! `lexlogs receipt`: what came back from the administrator.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::error::Error;
use super::status::{Status, print_found};
use super::verify::open;
use crate::cli::check::Receipt;
use crate::config::Config;
use crate::digest::sha256;
use crate::document::Document;
use crate::limits::{MAX_BYTES, read_within};
use crate::receipt::Verdict;
use crate::received::Refusal;
use crate::render::REQUEST;
use crate::request::Request;

pub(super) fn run(arguments: &Receipt, stdout: &mut dyn Write) -> Result<Status, Error> {
    let Receipt {
        bundle,
        receipt,
        json,
    } = arguments;
    let source = open(bundle)?;
    let no_bundle = |why: String| Error::not_one(bundle, why);
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

    let read = File::open(receipt).and_then(|file| read_within(file, MAX_BYTES));
    let bytes = read.map_err(Error::reading(receipt))?.ok_or_else(|| {
        let why = format!("is larger than {MAX_BYTES} bytes, which no file of a bundle is");
        Error::not_one(receipt, why)
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let verdict = Verdict::new(&text, &request, &digest)
        .map_err(|why| Error::not_one(receipt, format!("it is not a receipt: {why}")))?;
    print_found(&verdict, *json, stdout)?;
    Ok(Status::of_check(verdict.belongs && verdict.done))
}
