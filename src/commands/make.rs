//! `lexlogs bundle` and `lexlogs render`: one bundle, as a zip or as a folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::Error;
use super::status::{Status, given, say};
use super::templates;
use crate::bundle::Bundle;
use crate::cli;
use crate::cli::make::{Input, One};
use crate::diagnostic::{Diagnostic, escape_value};
use crate::output::{self, Outcome};
use crate::render::{self, OutputKind};
use crate::request::Request;
use crate::signature::{self, path_beside};

/// Makes a bundle, and has it written.
pub(super) fn one(
    arguments: &One,
    write: &dyn Fn(&Bundle) -> Result<Written, Error>,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let request = read_request(&arguments.input)?;
    let templates = templates::of_bundle(arguments.input.templates.templates.as_deref())?;
    let bundle = Bundle::new(&request, templates);
    let bundle = bundle.map_err(|error| templates::error_of(error, templates))?;
    // Before anything is written: its template may be somebody's own.
    let next = |made: OutputKind<'_>, path: &str| {
        let next = render::next_steps(path, made, &request, templates);
        next.map_err(|error| templates::error_of(error, templates))
    };
    if templates.has_overrides() {
        next(OutputKind::Zip, "")?;
    }

    let written = write(&bundle)?;
    let (result, said) = if arguments.json {
        (as_json(&written, &request)?, String::new())
    } else {
        let unread = templates::unread(templates, request.spec());
        as_text(&written, notes(&request).chain(unread), next)?
    };
    // Each in one piece: nothing else comes between its lines.
    let printed = stdout.write_all(result.as_bytes());
    say(stderr, &said);
    match printed {
        Ok(()) => Ok(Status::Ok),
        Err(source) => Err(Error::Print {
            path: Some(written.path),
            source,
        }),
    }
}

/// The result, and what is said beside it.
fn as_text<'a>(
    written: &Written,
    notes: impl Iterator<Item = &'a str>,
    next: impl Fn(OutputKind<'_>, &str) -> Result<String, Error>,
) -> Result<(String, String), Error> {
    let result = match &written.sha256 {
        // A line that `sha256sum -c` reads.
        Some(sha256) => format!("{sha256}  {}\n", written.path),
        None => format!("{}\n", written.path),
    };
    let notes: String = notes.map(|note| format!("note: {note}\n")).collect();
    let outcome = if written.unchanged {
        "unchanged"
    } else {
        "written"
    };
    let signature = written.signature.as_ref();
    let signed = signature.map_or(String::new(), |signature| {
        format!(
            "signed by the key {}: {}\n",
            signature.fingerprint, signature.path
        )
    });
    let kind = match signature {
        _ if written.sha256.is_none() => OutputKind::Folder,
        None => OutputKind::Zip,
        Some(signature) => OutputKind::Signed(&signature.path),
    };
    let next = next(kind, &written.path)?;
    let said = format!(
        "{notes}{outcome}: {} files, {} bytes\n{signed}\n{next}",
        written.files, written.bytes
    );
    Ok((result, said))
}

fn as_json(written: &Written, request: &Request) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Json<'a> {
        #[serde(flatten)]
        written: &'a Written,
        notes: Vec<&'a str>,
    }
    let notes = notes(request).collect();
    Ok(crate::json::to_text(&Json { written, notes })?)
}

/// Everything that the requester should know.
pub(super) fn notes(request: &Request) -> impl Iterator<Item = &str> {
    let (notes, remarks) = (request.notes(), request.remarks());
    notes.iter().chain(remarks).map(String::as_str)
}

pub(super) fn read_request(input: &Input) -> Result<Request, Error> {
    let (raw, faults) = given(input.config.as_deref(), &input.flags.0)?;
    Ok(Request::new(&raw, faults)?)
}

pub(super) fn write_zip(bundle: &Bundle, asked: &cli::make::Bundle) -> Result<Written, Error> {
    let bytes = bundle.to_zip()?;
    let path = zip_path(asked.output.as_deref(), &bundle.name)?;
    let signature = match &asked.sign {
        Some(key) => Some(signature::sign(key, &bytes)?),
        None => None,
    };
    let outcome = output::zip(&path, &bytes, bundle, signature.as_ref(), asked.one.force)?;
    Ok(Written {
        path: path.display().to_string(),
        sha256: Some(crate::digest::sha256(&bytes)),
        signature: signature.map(|signature| WrittenSignature {
            path: path_beside(&path).display().to_string(),
            fingerprint: signature.fingerprint,
        }),
        files: bundle.files.len(),
        bytes: bytes.len(),
        unchanged: outcome == Outcome::Unchanged,
    })
}

pub(super) fn write_folder(bundle: &Bundle, asked: &cli::make::Render) -> Result<Written, Error> {
    let path = &asked.output;
    refuse_other_ending(path)?;
    let outcome = output::folder(path, bundle, asked.one.force)?;
    Ok(Written {
        path: path.display().to_string(),
        sha256: None,
        signature: None,
        files: bundle.files.len(),
        bytes: bundle.files.iter().map(|file| file.text.len()).sum(),
        unchanged: outcome == Outcome::Unchanged,
    })
}

/// Where the zip goes: the file that was named, or one with the bundle's name
/// in the folder that was named.
fn zip_path(output: Option<&Path>, name: &str) -> Result<PathBuf, Error> {
    let output = output.unwrap_or(Path::new("dist"));
    let is_zip = output
        .to_string_lossy()
        .to_ascii_lowercase()
        .ends_with(".zip");
    if is_zip && !output.is_dir() {
        return Ok(output.to_owned());
    }
    if !is_zip {
        refuse_other_ending(output)?;
    }
    Ok(output.join(format!("{name}.zip")))
}

/// Refuses what is named as a file of another kind is, unless it is a folder, or named as one by a slash at its end.
pub(super) fn refuse_other_ending(output: &Path) -> Result<(), Error> {
    let ending = output.extension().unwrap_or_default().to_string_lossy();
    let is_ending = ending.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_ending || output.is_dir() || output.to_string_lossy().ends_with(['/', '\\']) {
        return Ok(());
    }
    let shown = escape_value(&output.display().to_string());
    let what = format!(
        "--output `{shown}` ends in .{}, which is neither a folder nor a zip",
        escape_value(&ending)
    );
    let help = format!(
        "use `lexlogs bundle` and a name ending in .zip for a zip, or `{shown}/` for a folder"
    );
    Err(Diagnostic::of_form(None, None, what).with_help(help).into())
}

#[derive(Debug, Serialize)]
pub(super) struct Written {
    path: String,
    /// Of the zip; a folder has none of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<WrittenSignature>,
    files: usize,
    bytes: usize,
    unchanged: bool,
}

#[derive(Debug, Serialize)]
struct WrittenSignature {
    path: String,
    fingerprint: String,
}
