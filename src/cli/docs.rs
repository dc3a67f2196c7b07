//! The command line of `lexlogs docs`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::flags::Flags;
use super::{completion, help};
use crate::docs::flavor::{Flavor, Shells};
use crate::docs::settings::{FLAVOR, SHELL, Settings};
use crate::docs::snippets;
use crate::parameters::{Origin, RawValue};
use crate::templates::Templates;

/// Generate documentation pages and keep them up to date
///
/// A parameter that is not set appears as its placeholder word, such as role-name; set an optional one to its own name to get its
/// placeholder, as in --kms-key-arn kms-key-arn.
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_long_help = help::end("docs")
)]
pub(crate) struct Docs {
    #[command(subcommand)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Asked {
    /// Print a complete how-to page
    #[command(after_long_help = help::end("docs-page"))]
    Page(Source),
    /// Print one block, bare or in the markup of a flavor
    #[command(after_long_help = help::end("docs-snippet"))]
    Snippet {
        /// One of those that `lexlogs docs list` prints
        #[arg(add = completion::words(names))]
        name: String,
        #[command(flatten)]
        source: Source,
    },
    /// List all blocks
    #[command(after_long_help = help::end("docs-list"))]
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
    /// A parameter file, .toml or .json, or - for standard input; flags override it
    #[arg(add = completion::files(&["toml", "json"]))]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) given: Given,
}

/// Fill the regions of pages, or check that they are up to date
///
/// A region begins with a line `<!-- lexlogs:begin NAME KEY=VALUE … -->` and ends with a line `<!-- lexlogs:end -->`; the line is
/// a comment of its own in reStructuredText (`.. lexlogs:begin …`) and AsciiDoc (`// lexlogs:begin …`). Values in a region
/// override flags; flags override the lexlogs-docs.toml in the page's folder or above it.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("docs-write"))]
pub(crate) struct Write {
    /// Pages, or folders of pages
    #[arg(value_name = "FILE", required = true)]
    pub(crate) pages: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) given: Given,
    /// Change nothing; print a diff and exit with 1 if a page is out of date
    #[arg(long)]
    pub(crate) check: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The flags of all that can be said of a block.
#[derive(Args, Debug)]
pub(crate) struct Given {
    /// The shell of the commands: `both` is bash and cmd, `all` also PowerShell [default: both]
    #[arg(long, value_name = SHELL, value_parser = Shells::ALL.map(Shells::name))]
    shell: Option<String>,
    /// The markup of the page [default: by its file name, else commonmark]
    #[arg(long, value_name = FLAVOR, value_parser = Flavor::ALL.map(Flavor::name))]
    flavor: Option<String>,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    templates: super::templates::Folder,
}

impl Given {
    /// The folder of custom templates.
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
