//! The command line of `lexlogs docs`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::completion;
use super::flags::Flags;
use crate::docs::flavor::{Flavor, Shells};
use crate::docs::settings::{FLAVOR, SHELL, Settings};
use crate::docs::snippets;
use crate::parameters::{Origin, RawValue};
use crate::templates::Templates;

/// Puts the documents and commands into documentation pages, and keeps them true there
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_help = "A parameter that is not given stands as its placeholder word, such as role-name; one that is off by \
itself does so if its own name is given, as in --kms-key-arn kms-key-arn."
)]
pub(crate) struct Docs {
    #[command(subcommand)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Asked {
    /// Prints a complete how-to page
    Page(Source),
    /// Prints one block: bare, or as a page of a flavor has it
    Snippet {
        /// One of those that `lexlogs docs list` prints
        #[arg(add = completion::words(names))]
        name: String,
        #[command(flatten)]
        source: Source,
    },
    /// Prints the names of all blocks
    List {
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    Write(Write),
}

/// What a page or a block is made of.
#[derive(Args, Debug)]
pub(crate) struct Source {
    /// A parameter file, .toml or .json; flags win over it
    #[arg(add = completion::files(&["toml", "json"]))]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) given: Given,
}

/// Rewrites the regions of pages, or checks that they are up to date
#[derive(Args, Debug)]
#[command(
    after_help = "A region begins with a line `<!-- lexlogs:begin NAME KEY=VALUE … -->` and ends with a line `<!-- lexlogs:end -->`; \
the line is a comment of its own in reStructuredText (`.. lexlogs:begin …`) and AsciiDoc (`// lexlogs:begin …`). \
What a region says wins over flags, flags over the lexlogs-docs.toml in the page's folder or above it."
)]
pub(crate) struct Write {
    /// Pages, and folders whose pages are all meant
    #[arg(value_name = "FILE", required = true)]
    pub(crate) pages: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) given: Given,
    /// Change nothing; print what would change as a diff, and exit with 1 if anything would
    #[arg(long)]
    pub(crate) check: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The flags of all that can be said of a block.
#[derive(Args, Debug)]
pub(crate) struct Given {
    /// Whose commands to show [default: both]
    #[arg(long, value_name = SHELL, value_parser = Shells::ALL.map(Shells::name))]
    shell: Option<String>,
    /// The language of the page [default: what its name tells, else commonmark]
    #[arg(long, value_name = FLAVOR, value_parser = Flavor::ALL.map(Flavor::name))]
    flavor: Option<String>,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    templates: super::templates::Folder,
}

impl Given {
    /// The folder of templates of one's own.
    pub(crate) fn templates(&self) -> Option<&Path> {
        self.templates.templates.as_deref()
    }

    /// What the flags set.
    pub(crate) fn settings(&self) -> Settings {
        let mut settings = Settings {
            parameters: self.flags.0.clone(),
            ..Settings::default()
        };
        for (option, value) in [(SHELL, &self.shell), (FLAVOR, &self.flavor)] {
            if let Some(value) = value {
                let value = RawValue::Text(value.clone());
                settings.options.insert(option, (value, Origin::Flag));
            }
        }
        settings
    }
}

/// The names of all blocks, for a shell to complete.
fn names() -> Vec<String> {
    let templates = Templates::of_pages().ok();
    let entries = templates.and_then(|templates| snippets::list(templates).ok());
    let entries = entries.unwrap_or_default().into_iter();
    entries.map(|entry| entry.name).collect()
}
