//! The command lines of those who begin.

use std::path::PathBuf;

use clap::Args;

use super::{choice, completion, help};
use crate::schema::Described;

/// Create a parameter file; at a terminal, ask for the required values
///
/// Each answer is checked when you type it. Without a terminal, required values are left empty to fill in. The JSON Schema for
/// editors is written to lexlogs.schema.json in the same folder. Existing files are never overwritten.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("init"))]
pub(crate) struct Init {
    /// The file, .toml or .json; only TOML has comments
    #[arg(default_value = "lexlogs.toml")]
    pub(crate) file: PathBuf,
}

/// Print the JSON Schema of parameter files or manifests
///
/// JSON Schema 2020-12. A TOML file is checked in its JSON form. lexlogs also checks combinations of values, which the schema
/// does not.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("schema"))]
pub(crate) struct Schema {
    /// The kind of file
    #[arg(default_value = Described::Parameters.name(), value_parser = choice(&Described::ALL, Described::name))]
    pub(crate) file: Described,
}

/// Print the completion script of a shell
///
/// The shell loads it when it starts. The script calls lexlogs on the PATH.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("completions"))]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_parser = completion::shells())]
    pub(crate) shell: String,
}

/// Print the man page of a command, or of lexlogs
#[derive(Args, Debug)]
#[command(after_long_help = help::end("man"))]
pub(crate) struct Man {
    /// The command, such as bundle or docs-page
    pub(crate) command: Option<String>,
}
