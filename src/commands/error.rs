//! Why a command was not done, in words, and the exit code that goes with it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Message, escape_path};
use crate::io_error::{self, reason};
use crate::output::OutputError;
use crate::render::RenderError;
use crate::signature;
use crate::templates::TemplateError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Input(#[from] Diagnostics),
    #[error("{0}")]
    Rows(RowDiagnostics),
    /// Not all bundles of a fleet were made, as reported here.
    #[error("{0}")]
    Fleet(String),
    #[error("cannot compare the fleets: {}", reason(.0))]
    Fleets(io::Error),
    #[error("the answers ended before all was asked; nothing was written")]
    Unanswered,
    #[error("interrupted; {}", how_far(*.done, *.of))]
    Interrupted { done: usize, of: usize },
    #[error("{}: {why}", escape_path(.path))]
    NotOne { path: PathBuf, why: String },
    #[error("cannot read {}: {}", escape_path(.path), reason(.source))]
    Read { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    Signature(#[from] signature::Error),
    #[error("cannot make the zip: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The result could not be printed; what was written all the same, if anything was to be.
    #[error("{}the result cannot be printed: {}", .path.as_ref().map_or(String::new(), |path| format!("{path} was written, but ")), reason(.source))]
    Print {
        path: Option<String>,
        source: io::Error,
    },
}

fn how_far(done: usize, of: usize) -> String {
    if done == 0 {
        return "nothing was written".to_owned();
    }
    format!(
        "{done} of {of} bundles exist, each complete: run the command again to generate the others"
    )
}

#[derive(Debug)]
pub(crate) struct RowDiagnostics {
    pub faults: Vec<Diagnostic>,
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
    pub(crate) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }

    pub(crate) fn not_one(path: &Path, why: impl Into<String>) -> Self {
        Self::NotOne {
            path: path.to_owned(),
            why: why.into(),
        }
    }

    pub(crate) fn draw(&self, is_coloured: bool) -> String {
        match self {
            Self::Input(errors) if is_coloured => format!("{errors:#}"),
            Self::Rows(errors) if is_coloured => format!("{errors:#}"),
            Self::Input(_) | Self::Rows(_) => self.to_string(),
            _ => {
                let mut message = Message::error(self.to_string(), self.help());
                if let Self::Output(error) = self {
                    message.notes = error.differences().to_vec();
                }
                message.draw(is_coloured)
            }
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Read { path, source }
            | Self::Signature(signature::Error::Key { path, source }) => {
                io_error::help(source, path)
            }
            Self::Output(error) => error.help(),
            Self::Fleet(_) => Some(
                "all bundles that were written are complete: fix this and run the command again"
                    .into(),
            ),
            _ => None,
        }
    }

    /// 2 for bad input, 3 for reading and writing, 130 when it was interrupted.
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

impl From<Diagnostic> for Error {
    fn from(error: Diagnostic) -> Self {
        Self::Input(Diagnostics(vec![error]))
    }
}

impl From<TemplateError> for Error {
    fn from(error: TemplateError) -> Self {
        Self::Render(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Render(error.into())
    }
}
