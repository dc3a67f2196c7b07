//! `lexlogs verify`: whether a bundle is whole and unaltered.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::{Ended, Error};
use crate::bundle::received::Source;
use crate::bundle::verify::{self, Report};
use crate::cli::check::Bundle;
use crate::render::{RenderError, sha256};

/// Reads a bundle and checks it.
///
/// # Errors
/// If it cannot be read, or is none.
pub(super) fn run(
    arguments: &Bundle,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Ended, Error> {
    let source = read(&arguments.path)?;
    let report = match source.received() {
        Ok(received) => verify::check(&received).report,
        Err(refusal) => refusal.into(),
    };
    if !report.is_bundle {
        return Err(no_bundle(&arguments.path, &report));
    }
    let printed = if arguments.json {
        as_json(&report, &source)?
    } else {
        let notes: String = report
            .notes
            .iter()
            .map(|note| format!("note: {note}\n"))
            .collect();
        // What is said beside the result may go unheard.
        let _ = stderr.write_all(notes.as_bytes());
        report.to_string()
    };
    print(&printed, stdout)?;
    Ok(ended(report.whole))
}

/// What is at a path.
pub(super) fn read(path: &Path) -> Result<Source, Error> {
    Source::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}

/// That a file is no bundle.
pub(super) fn no_bundle(path: &Path, report: &Report) -> Error {
    let why: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    Error::NotOne {
        path: path.to_owned(),
        why: why.join("; "),
    }
}

pub(super) fn print(text: &str, stdout: &mut dyn Write) -> Result<(), Error> {
    let printed = stdout.write_all(text.as_bytes());
    printed.map_err(|source| Error::Print { path: None, source })
}

/// How a check ended.
pub(super) fn ended(well: bool) -> Ended {
    if well {
        Ended::Well
    } else {
        Ended::Differently
    }
}

fn as_json(report: &Report, source: &Source) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Json<'a> {
        #[serde(flatten)]
        report: &'a Report,
        /// Of the zip; a folder has none of its own.
        #[serde(skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    }
    let sha256 = digest(source);
    Ok(crate::json::to_text(&Json { report, sha256 }).map_err(RenderError::Json)?)
}

/// The SHA-256 of a zip.
pub(super) fn digest(source: &Source) -> Option<String> {
    match source {
        Source::Zip(bytes) => Some(sha256(bytes)),
        Source::Folder(_) => None,
    }
}
