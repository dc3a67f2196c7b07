//! The command line of `lexlogs templates`, and the flag by which templates of
//! one's own come in.

use std::path::PathBuf;

use clap::builder::ValueHint;
use clap::{Arg, ArgMatches, Command, value_parser};

use super::{completion, json, path_of};
use crate::templates::replaceable;

const FLAG: &str = "templates";
const NAME: &str = "name";
const FOLDER: &str = "folder";

/// What `lexlogs templates` is asked for.
#[derive(Debug)]
pub enum Templates {
    /// The names of all.
    List {
        /// Whether to print them as JSON.
        json: bool,
    },
    /// The text of one.
    Show(String),
    /// What one is given.
    Variables(String),
    /// All of them, into a folder.
    Export(PathBuf),
}

/// The folder of templates of one's own.
pub(super) fn flag() -> Arg {
    Arg::new(FLAG)
        .long(FLAG)
        .value_name("FOLDER")
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath)
        .help("Templates of one's own, which replace those of their names; `lexlogs templates export` begins such a folder")
}

pub(super) fn folder_of(matches: &ArgMatches) -> Option<PathBuf> {
    matches.get_one(FLAG).cloned()
}

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("templates")
        .about("Lists, shows and exports the templates, to have some of one's own")
        .defer(|command| {
            command
                .subcommand_required(true)
                .arg_required_else_help(true)
                .after_help(
                    "Export them, change what is to be different, delete or leave the rest, and give the folder to `bundle`, `render`, `fleet` \
and `docs` by --templates. Values for them, such as a ticket number, stand in [custom] of the parameter file.\n\
Exit codes: 0 done; 2 bad usage; 3 reading or writing failed, or something is there already.",
                )
                .subcommand(
                    Command::new("list")
                        .about("Prints the names of the templates, and what each makes")
                        .defer(|command| command.arg(json())),
                )
                .subcommand(
                    Command::new("show")
                        .about("Prints a template")
                        .defer(|command| command.arg(name().required(true))),
                )
                .subcommand(
                    Command::new("variables")
                        .about("Prints an example of all that a template is given, as JSON")
                        .defer(|command| command.arg(name().required(true))),
                )
                .subcommand(
                    Command::new("export")
                        .about("Writes all templates into a new folder; what is there is never replaced")
                        .defer(|command| {
                            command.arg(
                                Arg::new(FOLDER)
                                    .value_name("FOLDER")
                                    .required(true)
                                    .value_parser(value_parser!(PathBuf))
                                    .value_hint(ValueHint::DirPath)
                                    .help("The folder, which is made"),
                            )
                        }),
                )
        })
}

fn name() -> Arg {
    Arg::new(NAME)
        .value_name("NAME")
        .add(completion::words(|| {
            replaceable().map(str::to_owned).collect()
        }))
        .help("One of those that `lexlogs templates list` prints")
}

/// What clap read; none without a subcommand, which clap does not let pass.
pub(super) fn read(matches: &ArgMatches) -> Option<Templates> {
    let name_of = |matches: &ArgMatches| matches.get_one::<String>(NAME).cloned();
    Some(match matches.subcommand()? {
        ("list", matches) => Templates::List {
            json: matches.get_flag("json"),
        },
        ("show", matches) => Templates::Show(name_of(matches)?),
        ("variables", matches) => Templates::Variables(name_of(matches)?),
        ("export", matches) => Templates::Export(path_of(matches, FOLDER)),
        _ => return None,
    })
}
