//! The command lines of those who make bundles.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::completion;
use super::flags::Flags;

/// Writes a handoff bundle: one zip with documents, scripts and a runbook
#[derive(Args, Debug)]
pub(crate) struct Bundle {
    #[command(flatten)]
    pub(crate) one: One,
    /// Where to write: a file if it ends in .zip, else a folder [default: dist]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    #[arg(
        long,
        value_name = "KEY",
        help = "Sign the zip, into a file of its name and .sig",
        long_help = "Sign the zip by ssh-keygen, into a file of its name and .sig.\n\
KEY is a private key, or a public one whose private key is in an ssh-agent.\nExample: --sign ~/.ssh/id_ed25519"
    )]
    pub(crate) sign: Option<PathBuf>,
}

/// Writes the same files into a folder, unpacked
#[derive(Args, Debug)]
pub(crate) struct Render {
    #[command(flatten)]
    pub(crate) one: One,
    /// The folder, which will hold the bundle's files and nothing else
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
}

/// What the commands that make one bundle share.
#[derive(Args, Debug)]
pub(crate) struct One {
    /// A parameter file, .toml or .json; flags win over it
    #[arg(add = completion::files(&["toml", "json"]))]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) flags: Flags,
    #[command(flatten)]
    pub(crate) templates: super::templates::Folder,
    /// Replace what is there and differs
    #[arg(long)]
    pub(crate) force: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Writes many bundles, one for each row of a table
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Args, Debug)]
#[command(
    after_help = "All rows are checked before anything is written. A bundle that is there already and is the same to the byte is left alone; run the \
command again after it was interrupted.\n\
Exit codes: 0 done; 2 bad usage, or rows with faults; 3 reading or writing failed; 130 interrupted."
)]
pub(crate) struct Fleet {
    /// The rows: a table (.csv, .tsv) whose header has names of parameters, JSON Lines (.jsonl), or - for either by the standard input
    #[arg(add = completion::files(&["csv", "tsv", "jsonl", "ndjson"]))]
    pub(crate) targets: PathBuf,
    /// A parameter file, .toml or .json, for what all rows share; flags win over it, and a row wins over both
    #[arg(long, value_name = "CONFIG", add = completion::files(&["toml", "json"]))]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) flags: Flags,
    #[command(flatten)]
    pub(crate) templates: super::templates::Folder,
    /// The folder of the bundles: each in the folder of its account, with fleet.json and SHA256SUMS over all
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    /// On how many threads [default: as many as there are cores]; the bytes are the same
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Make the bundles of all rows that can be made, and tell of the others; the exit code is the same as without
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Remove the bundles that the index of the run before lists and no row is behind any more
    #[arg(long)]
    pub(crate) prune: bool,
    /// Replace even what is no bundle where one belongs
    #[arg(long)]
    pub(crate) force: bool,
    /// Say nothing but the result and what went wrong
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
