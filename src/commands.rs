//! The commands: the pipeline from the command line to the report.

mod diff;
mod docs;
mod fleet;
mod init;
mod inspect;
mod progress;
mod receipt;
mod verify;

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::bundle::Bundle;
use crate::bundle::write::Compression;
use crate::cli::{Arguments, Invocation, completion, start};
use crate::config::Config;
use crate::fault::{Fault, Faults, shown};
use crate::output::{self, Outcome, OutputError};
use crate::parameters::RawParameters;
use crate::render::{self, Made, RenderError};
use crate::signature::keygen::{self, SignError};
use crate::signature::path_beside;
use crate::spec::Request;
use crate::templates::{TemplateError, Templates};

/// How a command that was done ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As it should.
    Well,
    /// A check found a difference.
    Differently,
}

impl Ended {
    /// The exit code that tells a program.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Differently => 1,
        }
    }
}

/// Does what the command line asks for: the result goes to `stdout`, what is
/// said beside it to `stderr`.
///
/// # Errors
/// Whatever kept it from being done.
pub fn run(
    invocation: &Invocation,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Ended, Error> {
    match invocation {
        Invocation::Bundle(arguments) => make(arguments, write_zip, stdout, stderr),
        Invocation::Render(arguments) => make(arguments, write_folder, stdout, stderr),
        Invocation::Fleet(arguments) => fleet::run(arguments, stdout, stderr),
        Invocation::Docs(asked) => docs::run(asked, stdout, stderr),
        Invocation::Receipt(arguments) => receipt::run(arguments, stdout),
        Invocation::Verify(arguments) => verify::run(arguments, stdout, stderr),
        Invocation::Inspect(arguments) => inspect::run(arguments, stdout),
        Invocation::Init(path) => init::run(path, stdout, stderr),
        Invocation::Schema(file) => print(&file.schema().map_err(RenderError::Json)?, stdout),
        Invocation::Completions(shell) => match completion::script(shell) {
            Ok(script) => print(&script.unwrap_or_default(), stdout),
            Err(source) => Err(Error::Print { path: None, source }),
        },
        Invocation::Man(command) => match start::man_page(command.as_deref()) {
            Ok(page) => print(&page, stdout),
            Err(source) => Err(Error::Print { path: None, source }),
        },
        Invocation::Diff(arguments) => diff::run(arguments, stdout, stderr),
    }
}

/// Prints a result that no file was written for.
fn print(text: &str, stdout: &mut dyn Write) -> Result<Ended, Error> {
    match stdout.write_all(text.as_bytes()) {
        Ok(()) => Ok(Ended::Well),
        Err(source) => Err(Error::Print { path: None, source }),
    }
}

/// Makes a bundle, and has it written.
fn make(
    arguments: &Arguments,
    write: fn(&Bundle, &Arguments) -> Result<Written, Error>,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Ended, Error> {
    let request = read_request(arguments)?;
    let templates = Templates::built_in()?;
    let bundle = Bundle::new(&request, templates)?;

    let written = write(&bundle, arguments)?;
    let report = if arguments.json {
        as_json(&written, &request)?
    } else {
        as_text(&written, &request, templates)?
    };
    // Each in one piece: nothing else comes between its lines. What is said
    // beside the result may go unheard.
    let printed = stdout.write_all(report.result.as_bytes());
    let _ = stderr.write_all(report.said.as_bytes());
    match printed {
        Ok(()) => Ok(Ended::Well),
        Err(source) => Err(Error::Print {
            path: Some(written.path),
            source,
        }),
    }
}

/// What the program prints: its result, and what it says beside it.
struct Report {
    result: String,
    said: String,
}

fn as_text(written: &Written, request: &Request, templates: &Templates) -> Result<Report, Error> {
    let result = match &written.sha256 {
        // A line that `sha256sum -c` reads.
        Some(sha256) => format!("{sha256}  {}\n", written.path),
        None => format!("{}\n", written.path),
    };
    let notes: String = notes(request)
        .map(|note| format!("note: {note}\n"))
        .collect();
    let outcome = if written.unchanged {
        "was there already, the same to the byte"
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
        _ if written.sha256.is_none() => Made::Folder,
        None => Made::Zip,
        Some(signature) => Made::Signed(&signature.path),
    };
    let next = render::next_steps(&written.path, kind, templates)?;
    let said = format!(
        "{notes}{outcome}: {} files, {} bytes\n{signed}\n{next}",
        written.files, written.bytes
    );
    Ok(Report { result, said })
}

fn as_json(written: &Written, request: &Request) -> Result<Report, Error> {
    #[derive(Serialize)]
    struct Json<'a> {
        #[serde(flatten)]
        written: &'a Written,
        notes: Vec<&'a str>,
    }
    let result = crate::json::to_text(&Json {
        written,
        notes: notes(request).collect(),
    })
    .map_err(RenderError::Json)?;
    Ok(Report {
        result,
        said: String::new(),
    })
}

/// Everything that the requester should know.
fn notes(request: &Request) -> impl Iterator<Item = &str> {
    let (notes, remarks) = (request.notes(), request.remarks());
    notes.iter().chain(remarks).map(String::as_str)
}

/// Flags and parameter file to a validated request.
fn read_request(arguments: &Arguments) -> Result<Request, Error> {
    let (raw, faults) = given(arguments.config.as_deref(), &arguments.flags)?;
    Ok(Request::new(&raw, faults)?)
}

/// What the parameter file and the flags give, and what is wrong with the file's
/// form.
fn given(
    config: Option<&Path>,
    flags: &RawParameters,
) -> Result<(RawParameters, Vec<Fault>), Error> {
    let config = match config {
        None => Config::default(),
        Some(path) => Config::parse(path, &read(path)?),
    };
    let raw = config.parameters.overridden_by(flags.clone());
    Ok((raw, config.faults))
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}

fn write_zip(bundle: &Bundle, arguments: &Arguments) -> Result<Written, Error> {
    let bytes = bundle.to_zip(compression(arguments.deflate))?;
    let path = zip_path(arguments.output.as_deref(), &bundle.name);
    let signature = match &arguments.sign {
        Some(key) => Some(keygen::sign(key, &bytes)?),
        None => None,
    };
    let outcome = output::zip(&path, &bytes, bundle, signature.as_ref(), arguments.force)?;
    Ok(Written {
        path: path.display().to_string(),
        sha256: Some(render::sha256(&bytes)),
        signature: signature.map(|signature| WrittenSignature {
            path: path_beside(&path).display().to_string(),
            fingerprint: signature.fingerprint(),
        }),
        files: bundle.files.len(),
        bytes: bytes.len(),
        unchanged: outcome == Outcome::Unchanged,
    })
}

fn write_folder(bundle: &Bundle, arguments: &Arguments) -> Result<Written, Error> {
    // clap does not let `render` pass without it.
    let path = arguments.output.clone().unwrap_or_default();
    let outcome = output::folder(&path, bundle, arguments.force)?;
    Ok(Written {
        path: path.display().to_string(),
        sha256: None,
        signature: None,
        files: bundle.files.len(),
        bytes: bundle.files.iter().map(|file| file.text.len()).sum(),
        unchanged: outcome == Outcome::Unchanged,
    })
}

/// How the entries of a zip are kept.
fn compression(deflate: bool) -> Compression {
    if deflate {
        Compression::Deflated
    } else {
        Compression::Stored
    }
}

/// Where the zip goes: the file that was named, or one with the bundle's name
/// in the folder that was named.
fn zip_path(output: Option<&Path>, name: &str) -> PathBuf {
    let output = output.unwrap_or(Path::new("dist"));
    let text = output.to_string_lossy();
    let is_zip = text.to_ascii_lowercase().ends_with(".zip");
    if is_zip && !output.is_dir() {
        output.to_owned()
    } else {
        output.join(format!("{name}.zip"))
    }
}

/// What was written.
#[derive(Debug, Serialize)]
struct Written {
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

/// The signature that is with it.
#[derive(Debug, Serialize)]
struct WrittenSignature {
    path: String,
    /// Of the key that made it.
    fingerprint: String,
}

/// Why a command was not done.
#[derive(Debug)]
pub enum Error {
    /// The input has faults.
    Input(Faults),
    /// Rows have faults, which are told here.
    Rows(String),
    /// Not all bundles of a fleet were made, as told here.
    Fleet(String),
    /// The folders of fleets could not be read.
    Fleets(io::Error),
    /// The rows' temporary file could not be written or read.
    Spool(io::Error),
    /// Not all that was asked was answered.
    Unanswered,
    /// It was interrupted.
    Interrupted {
        /// How many bundles are there.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// A file is not what it was given for.
    NotOne {
        /// Which.
        path: PathBuf,
        /// Why not, as a sentence.
        why: String,
    },
    /// A file could not be read.
    Read {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// The files could not be rendered.
    Render(RenderError),
    /// The zip could not be signed.
    Sign(SignError),
    /// The zip could not be made.
    Zip(zip::result::ZipError),
    /// The output could not be written.
    Output(OutputError),
    /// The result could not be printed.
    Print {
        /// What was written all the same, if anything was to be.
        path: Option<String>,
        /// The system's words.
        source: io::Error,
    },
}

impl Error {
    /// The exit code that tells a program which kind it was: 2 for bad input,
    /// 3 for reading and writing, 130 when it was interrupted.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Rows(_) | Self::NotOne { .. } | Self::Unanswered => 2,
            // As a shell says of what ended by SIGINT.
            Self::Interrupted { .. } => 130,
            Self::Sign(error) if error.is_of_the_input() => 2,
            // That a bundle cannot be made of good input is no fault of the input.
            Self::Read { .. }
            | Self::Fleet(_)
            | Self::Fleets(_)
            | Self::Spool(_)
            | Self::Render(_)
            | Self::Sign(_)
            | Self::Zip(_)
            | Self::Output(_)
            | Self::Print { .. } => 3,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(faults) => write!(f, "{faults}"),
            Self::Rows(told) => f.write_str(told),
            Self::Fleet(told) => write!(
                f,
                "{told}\nevery bundle that is there is whole: run the command again when that is mended"
            ),
            Self::Fleets(source) => write!(f, "cannot compare the fleets: {source}"),
            Self::Spool(source) => write!(
                f,
                "cannot keep the rows in a temporary file: {source}; nothing was written"
            ),
            Self::Unanswered => {
                f.write_str("the answers ended before all was asked; nothing was written")
            }
            Self::Interrupted { done: 0, .. } => f.write_str("interrupted; nothing was written"),
            Self::Interrupted { done, of } => write!(
                f,
                "interrupted; {done} of {of} bundles are there, each whole: run the command again to make the others"
            ),
            Self::NotOne { path, why } => write!(f, "{}: {why}", shown(path)),
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", shown(path)),
            Self::Render(error) => write!(f, "{error}"),
            Self::Sign(error) => write!(f, "{error}"),
            Self::Zip(error) => write!(f, "cannot make the zip: {error}"),
            Self::Output(error) => write!(f, "{error}"),
            Self::Print { path, source } => {
                if let Some(path) = path {
                    write!(f, "{path} was written, but ")?;
                }
                write!(f, "the result cannot be printed: {source}")
            }
        }
    }
}

/// A count with its noun, and the verb that goes with them.
fn counted(count: usize, noun: &str) -> (String, &'static str) {
    match count {
        1 => (format!("1 {noun}"), "is"),
        _ => (format!("{count} {noun}s"), "are"),
    }
}

impl std::error::Error for Error {}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Input(faults)
    }
}

impl From<RenderError> for Error {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}

impl From<TemplateError> for Error {
    fn from(error: TemplateError) -> Self {
        Self::Render(error.into())
    }
}

impl From<SignError> for Error {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Zip(error)
    }
}

impl From<OutputError> for Error {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}
