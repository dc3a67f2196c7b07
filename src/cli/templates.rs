//! The command line of `lexlogs templates`, and the flag of custom templates.

use std::path::PathBuf;

use clap::builder::ValueHint;
use clap::{Args, Subcommand};

use super::{completion, help};
use crate::templates::replaceable;

/// The folder of custom templates.
#[derive(Args, Clone, Debug)]
pub(crate) struct Folder {
    /// Directory of custom templates that override the built-in ones (see `lexlogs templates export`)
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) templates: Option<PathBuf>,
}

/// List, show and export the templates, to customize them
///
/// Export the templates, change some, delete or leave the rest, and pass the directory to `bundle`, `render`, `fleet` or `docs` with
/// --templates. Set values for them, such as a ticket number, in [custom] of the parameter file.
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_long_help = help::end("templates")
)]
pub(crate) struct Templates {
    #[command(subcommand)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Asked {
    /// List the templates and what each generates
    #[command(after_long_help = help::end("templates-list"))]
    List {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a template
    #[command(after_long_help = help::end("templates-show"))]
    Show(Name),
    /// Print an example value of each variable of a template, as JSON
    #[command(after_long_help = help::end("templates-variables"))]
    Variables(Name),
    /// Write all templates to a new directory
    #[command(after_long_help = help::end("templates-export"))]
    Export {
        /// New directory
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Name {
    /// One of those that `lexlogs templates list` prints
    #[arg(add = completion::words(|| replaceable().map(str::to_owned).collect()))]
    pub(crate) name: String,
}
