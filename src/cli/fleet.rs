//! The command line of `lexlogs fleet`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{flags_of, json, making, output, path_of};
use crate::parameters::RawParameters;

/// The arguments of `lexlogs fleet`.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug)]
pub struct Fleet {
    /// Where the rows are; none for the standard input.
    pub targets: Option<PathBuf>,
    /// The parameter file.
    pub config: Option<PathBuf>,
    /// The parameters given as flags.
    pub flags: RawParameters,
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
    /// The folder of the bundles.
    pub output: PathBuf,
    /// On how many threads; else as many as there are cores.
    pub jobs: Option<NonZeroUsize>,
    /// Whether to make the bundles of good rows when others have faults.
    pub keep_going: bool,
    /// Whether to remove the bundles of rows that are gone.
    pub prune: bool,
    /// Whether to replace what is no bundle.
    pub force: bool,
    /// Whether to say nothing but the result and what went wrong.
    pub quiet: bool,
    /// Whether to print the result as JSON.
    pub json: bool,
}

pub(super) fn fleet_of(matches: &ArgMatches) -> Fleet {
    let targets = path_of(matches, "targets");
    Fleet {
        targets: (targets != Path::new("-")).then_some(targets),
        config: matches.get_one("config").cloned(),
        flags: flags_of(matches),
        templates: super::templates::folder_of(matches),
        output: path_of(matches, "output"),
        jobs: matches.get_one("jobs").copied(),
        keep_going: matches.get_flag("keep-going"),
        prune: matches.get_flag("prune"),
        force: matches.get_flag("force"),
        quiet: matches.get_flag("quiet"),
        json: matches.get_flag("json"),
    }
}

/// `lexlogs fleet`.
pub(super) fn fleet() -> Command {
    Command::new("fleet")
        .about("Writes many bundles, one for each row of a table")
        .defer(arguments)
}

fn arguments(command: Command) -> Command {
    let switch = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    command
        .arg(
            Arg::new("targets")
                .value_name("TARGETS")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .add(super::completion::files(&["csv", "tsv", "jsonl", "ndjson"]))
                .help("The rows: a table (.csv, .tsv) whose header has names of parameters, JSON Lines (.jsonl), or - for either by the standard input"),
        )
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("CONFIG")
                .value_parser(value_parser!(PathBuf))
                .add(super::completion::files(&["toml", "json"]))
                .help("A parameter file, .toml or .json, for what all rows share; flags win over it, and a row wins over both"),
        )
        .args(making())
        .arg(super::templates::flag())
        .arg(
            output("FOLDER")
                .required(true)
                .help("The folder of the bundles: each in the folder of its account, with fleet.json and SHA256SUMS over all"),
        )
        .arg(
            Arg::new("jobs")
                .long("jobs")
                .short('j')
                .value_name("N")
                .value_parser(value_parser!(NonZeroUsize))
                .help("On how many threads [default: as many as there are cores]; the bytes are the same"),
        )
        .arg(switch("keep-going", "Make the bundles of all rows that can be made, and tell of the others; the exit code is the same as without"))
        .arg(switch("prune", "Remove the bundles that the index of the run before lists and no row is behind any more"))
        .arg(switch("force", "Replace even what is no bundle where one belongs"))
        .arg(switch("quiet", "Say nothing but the result and what went wrong").short('q'))
        .arg(json())
        .after_help(
            "All rows are checked before anything is written. A bundle that is there already and is the same to the byte is left alone; run the \
command again after it was interrupted.\n\
Exit codes: 0 done; 2 bad usage, or rows with faults; 3 reading or writing failed; 130 interrupted.",
        )
}
