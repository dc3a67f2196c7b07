//! Why a command was not done, told, and the exit code that goes with it.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Diagnostics, escape_path};
use crate::output::OutputError;
use crate::render::RenderError;
use crate::signature;
use crate::templates::TemplateError;

/// Why a command was not done.
#[derive(Debug)]
pub(crate) enum Error {
    /// The input has faults.
    Input(Diagnostics),
    /// Rows have faults.
    Rows(RowDiagnostics),
    /// Not all bundles of a fleet were made, as told here.
    Fleet(String),
    /// The folders of fleets could not be read.
    Fleets(io::Error),
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
    /// The zip could not be signed, or its signature not be verified.
    Signature(signature::Error),
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

/// The faults of the rows of a fleet.
#[derive(Debug)]
pub(crate) struct RowDiagnostics {
    /// Those that are told.
    pub faults: Vec<Diagnostic>,
    /// How many there are more.
    pub more: usize,
    /// How many there are in all, and what was written all the same.
    pub summary: String,
}

impl fmt::Display for RowDiagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            fault.fmt(f)?;
            f.write_str("\n\n")?;
        }
        if self.more > 0 {
            write!(f, "and {} more\n\n", self.more)?;
        }
        f.write_str(&self.summary)
    }
}

impl Error {
    /// The exit code that tells a program which kind it was: 2 for bad input,
    /// 3 for reading and writing, 130 when it was interrupted.
    #[must_use]
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Rows(_) | Self::NotOne { .. } | Self::Unanswered => 2,
            // As a shell says of what ended by SIGINT.
            Self::Interrupted { .. } => 130,
            Self::Signature(error) if error.is_of_the_input() => 2,
            // That a bundle cannot be made of good input is no fault of the input.
            Self::Read { .. }
            | Self::Fleet(_)
            | Self::Fleets(_)
            | Self::Render(_)
            | Self::Signature(_)
            | Self::Zip(_)
            | Self::Output(_)
            | Self::Print { .. } => 3,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // With the colours that are asked for.
            Self::Input(faults) => faults.fmt(f),
            Self::Rows(faults) => faults.fmt(f),
            Self::Fleet(told) => write!(
                f,
                "{told}\nevery bundle that is there is whole: run the command again when that is mended"
            ),
            Self::Fleets(source) => write!(f, "cannot compare the fleets: {source}"),
            Self::Unanswered => {
                f.write_str("the answers ended before all was asked; nothing was written")
            }
            Self::Interrupted { done: 0, .. } => f.write_str("interrupted; nothing was written"),
            Self::Interrupted { done, of } => write!(
                f,
                "interrupted; {done} of {of} bundles are there, each whole: run the command again to make the others"
            ),
            Self::NotOne { path, why } => write!(f, "{}: {why}", escape_path(path)),
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", escape_path(path)),
            Self::Render(error) => write!(f, "{error}"),
            Self::Signature(error) => write!(f, "{error}"),
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

impl std::error::Error for Error {}

impl From<Diagnostics> for Error {
    fn from(faults: Diagnostics) -> Self {
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

impl From<signature::Error> for Error {
    fn from(error: signature::Error) -> Self {
        Self::Signature(error)
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
