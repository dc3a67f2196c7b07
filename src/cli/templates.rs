//! The command line of `lexlogs templates`, and the flag by which templates of
//! one's own come in.

use std::path::PathBuf;

use clap::builder::ValueHint;
use clap::{Args, Subcommand};

use super::completion;
use crate::templates::replaceable;

/// The folder of templates of one's own.
#[derive(Args, Clone, Debug)]
pub(crate) struct Folder {
    /// Templates of one's own, which replace those of their names; `lexlogs templates export` begins such a folder
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) templates: Option<PathBuf>,
}

/// Lists, shows and exports the templates, to have some of one's own
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_help = "Export them, change what is to be different, delete or leave the rest, and give the folder to `bundle`, `render`, `fleet` \
and `docs` by --templates. Values for them, such as a ticket number, stand in [custom] of the parameter file.\n\
Exit codes: 0 done; 2 bad usage; 3 reading or writing failed, or something is there already."
)]
pub(crate) struct Templates {
    #[command(subcommand)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Asked {
    /// Prints the names of the templates, and what each makes
    List {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Prints a template
    Show(Name),
    /// Prints an example of all that a template is given, as JSON
    Variables(Name),
    /// Writes all templates into a new folder; what is there is never replaced
    Export {
        /// The folder, which is made
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
