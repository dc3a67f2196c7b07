//! The command lines of those who begin.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::schema::Described;

const FILE: &str = "file";

/// `lexlogs schema`.
pub(super) fn schema() -> Command {
    Command::new("schema")
        .about("Prints the JSON Schema of parameter files, or of a bundle's manifest, for editors and programs")
        .defer(|command| {
            command
                .arg(
                    Arg::new(FILE)
                        .value_name("FILE")
                        .value_parser(PossibleValuesParser::new(Described::ALL.map(Described::name)))
                        .default_value(Described::Parameters.name())
                        .help("Of which file"),
                )
                .after_help(
                    "It is JSON Schema 2020-12. A TOML file is checked in its JSON form. What the schema of parameters refuses lexlogs \
refuses, too; what two values say together it leaves to lexlogs.\n\
Exit codes: 0 done; 2 bad usage; 3 printing failed.",
                )
        })
}

pub(super) fn schema_of(matches: &ArgMatches) -> Described {
    let name = matches.get_one::<String>(FILE);
    Described::ALL
        .into_iter()
        .find(|file| name.is_some_and(|name| name == file.name()))
        .unwrap_or(Described::Parameters)
}
