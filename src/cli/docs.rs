//! The command line of `lexlogs docs`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{config, flag, flags_of, json};
use crate::docs::flavor::{Flavor, Shells};
use crate::docs::settings::{FLAVOR, OPTIONS, SHELL, Settings};
use crate::docs::snippets;
use crate::parameters::{PARAMETERS, Place, RawValue};
use crate::templates::Templates;

/// What `lexlogs docs` is asked for.
#[derive(Debug)]
pub enum Docs {
    /// The whole page.
    Page(Source),
    /// One block.
    Snippet {
        /// Its name.
        name: String,
        /// What it is made of.
        source: Source,
    },
    /// The names of all blocks.
    List {
        /// Whether to print them as JSON.
        json: bool,
    },
    /// The regions of pages.
    Write(Write),
}

/// What a page or a block is made of.
#[derive(Debug)]
pub struct Source {
    /// The parameter file.
    pub config: Option<PathBuf>,
    /// What is given by flags.
    pub flags: Settings,
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
}

/// The arguments of `lexlogs docs write`.
#[derive(Debug)]
pub struct Write {
    /// Pages, and folders with pages.
    pub pages: Vec<PathBuf>,
    /// What is given by flags.
    pub flags: Settings,
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
    /// Whether to look only.
    pub check: bool,
    /// Whether to print the result as JSON.
    pub json: bool,
}

/// The subcommand, which is put together only when it is asked for.
pub(super) fn command() -> Command {
    Command::new("docs")
        .about("Puts the documents and commands into documentation pages, and keeps them true there")
        .defer(|command| {
            command
                .subcommand_required(true)
                .arg_required_else_help(true)
                .after_help(
                    "A parameter that is not given stands as its placeholder word, such as role-name; one that is off by \
itself does so if its own name is given, as in --kms-key-arn kms-key-arn.",
                )
                .subcommand(
                    Command::new("page")
                        .about("Prints a complete how-to page")
                        .defer(source),
                )
                .subcommand(
                    Command::new("snippet")
                        .about("Prints one block: bare, or as a page of a flavor has it")
                        .defer(snippet),
                )
                .subcommand(
                    Command::new("list")
                        .about("Prints the names of all blocks")
                        .defer(|command| command.arg(json())),
                )
                .subcommand(
                    Command::new("write")
                        .about("Rewrites the regions of pages, or checks that they are up to date")
                        .defer(write),
                )
        })
}

fn snippet(command: Command) -> Command {
    source(
        command.arg(
            Arg::new("name")
                .value_name("NAME")
                .required(true)
                .add(super::completion::words(names))
                .help("One of those that `lexlogs docs list` prints"),
        ),
    )
}

/// The names of all blocks, for a shell to complete.
fn names() -> Vec<String> {
    let templates = Templates::of_pages().ok();
    let entries = templates.and_then(|templates| snippets::list(templates).ok());
    let entries = entries.unwrap_or_default().into_iter();
    entries.map(|entry| entry.name).collect()
}

fn write(command: Command) -> Command {
    settings(command)
        .arg(
            Arg::new("pages")
                .value_name("FILE")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("Pages, and folders whose pages are all meant"),
        )
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help("Change nothing; print what would change as a diff, and exit with 1 if anything would"),
        )
        .arg(json())
        .after_help(
            "A region begins with a line `<!-- lexlogs:begin NAME KEY=VALUE … -->` and ends with a line `<!-- lexlogs:end -->`; \
the line is a comment of its own in reStructuredText (`.. lexlogs:begin …`) and AsciiDoc (`// lexlogs:begin …`). \
What a region says wins over flags, flags over the lexlogs-docs.toml in the page's folder or above it.",
        )
}

fn source(command: Command) -> Command {
    settings(command.arg(config()))
}

/// The flags of all that can be said of a block.
fn settings(command: Command) -> Command {
    command
        .arg(
            Arg::new(SHELL)
                .long(SHELL)
                .value_name(SHELL)
                .value_parser(PossibleValuesParser::new(Shells::ALL.map(Shells::name)))
                .help("Whose commands to show [default: both]"),
        )
        .arg(
            Arg::new(FLAVOR)
                .long(FLAVOR)
                .value_name(FLAVOR)
                .value_parser(PossibleValuesParser::new(Flavor::ALL.map(Flavor::name)))
                .help("The language of the page [default: what its name tells, else commonmark]"),
        )
        .args(PARAMETERS.iter().map(flag))
        .arg(super::templates::flag())
}

/// What clap read for `lexlogs docs`; none without a subcommand, which clap
/// does not let pass.
pub(super) fn read(matches: &ArgMatches) -> Option<Docs> {
    Some(match matches.subcommand()? {
        ("page", matches) => Docs::Page(source_of(matches)),
        ("snippet", matches) => Docs::Snippet {
            name: matches.get_one::<String>("name")?.clone(),
            source: source_of(matches),
        },
        ("list", matches) => Docs::List {
            json: matches.get_flag("json"),
        },
        ("write", matches) => Docs::Write(Write {
            pages: matches.get_many("pages")?.cloned().collect(),
            flags: settings_of(matches),
            templates: super::templates::folder_of(matches),
            check: matches.get_flag("check"),
            json: matches.get_flag("json"),
        }),
        _ => return None,
    })
}

fn source_of(matches: &ArgMatches) -> Source {
    Source {
        config: matches.get_one("config").cloned(),
        flags: settings_of(matches),
        templates: super::templates::folder_of(matches),
    }
}

fn settings_of(matches: &ArgMatches) -> Settings {
    let mut settings = Settings {
        parameters: flags_of(matches),
        ..Settings::default()
    };
    for option in OPTIONS {
        if let Some(value) = matches.get_one::<String>(option) {
            let value = RawValue::Text(value.clone());
            settings.options.insert(option, (value, Place::Flag));
        }
    }
    settings
}
