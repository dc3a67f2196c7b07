//! The command lines of those who make bundles.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::flags::Flags;
use super::{completion, help};

/// Generate a handoff bundle: a zip with documents, scripts and a runbook
#[derive(Args, Debug)]
#[command(after_long_help = help::end("bundle"))]
pub(crate) struct Bundle {
    #[command(flatten)]
    pub(crate) one: One,
    /// The zip (ending in .zip), or a folder for it [default: dist]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    #[arg(
        long,
        value_name = "KEY",
        help = "Sign the zip with ssh-keygen and write ZIP.sig",
        long_help = "Sign the zip with ssh-keygen and write ZIP.sig.\n\
KEY is a private key, or a public key whose private key is in an ssh-agent.\nExample: --sign ~/.ssh/id_ed25519"
    )]
    pub(crate) sign: Option<PathBuf>,
}

/// Generate the same files in a folder, unpacked
#[derive(Args, Debug)]
#[command(after_long_help = help::end("render"))]
pub(crate) struct Render {
    #[command(flatten)]
    pub(crate) one: One,
    /// The folder, which holds only the files of the bundle
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
}

/// Generate a CloudFormation template of the same resources
///
/// The template is for a stack in one account or a StackSet in many. It does not change the log settings of a bot's alias.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("cloudformation"))]
pub(crate) struct CloudFormation {
    #[command(flatten)]
    pub(crate) input: Input,
    /// The file for the template [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long)]
    pub(crate) force: bool,
}

/// What a request and its files come from.
#[derive(Args, Debug)]
pub(crate) struct Input {
    /// A parameter file, .toml or .json, or - for standard input; flags override it [default: lexlogs.toml, if no parameter is set]
    #[arg(add = completion::files(&["toml", "json"]))]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) flags: Flags,
    #[command(flatten)]
    pub(crate) templates: super::templates::Folder,
}

/// What the commands that make one bundle share.
#[derive(Args, Debug)]
pub(crate) struct One {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Overwrite existing files
    #[arg(long)]
    pub(crate) force: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Generate many bundles, one for each row of a table
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
///
/// All rows are checked before anything is written. An existing identical bundle is not written again, so an interrupted run can
/// be repeated.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("fleet"))]
pub(crate) struct Fleet {
    /// A table (.csv, .tsv) with parameter names in its header, JSON Lines (.jsonl), or - for standard input
    #[arg(add = completion::files(&["csv", "tsv", "jsonl", "ndjson"]))]
    pub(crate) targets: PathBuf,
    /// A parameter file with the values that all rows share; flags override it, and rows override both
    #[arg(long, value_name = "CONFIG", add = completion::files(&["toml", "json"]))]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) flags: Flags,
    #[command(flatten)]
    pub(crate) templates: super::templates::Folder,
    /// The folder for the bundles, one folder per account, with the index fleet.json and SHA256SUMS
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    /// Number of threads [default: one per core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Generate the bundles of all valid rows and report the others; the exit code is the same
    #[arg(long)]
    pub(crate) keep_going: bool,
    #[arg(
        long,
        value_name = "UNIT",
        conflicts_with_all = ["prune", "force", "json", "jobs", "keep_going"],
        help = "Write one CloudFormation template and its StackSet instances instead of bundles",
        long_help = "Write one CloudFormation template and its StackSet instances instead of bundles.\n\
The output folder must be new; it gets the template and instances-N.json for each group of accounts with the same parameters, for `aws \
cloudformation create-stack-instances --cli-input-json`.\n\
UNIT is the id of the root or of the organizational unit that the accounts are in.\nExample: --stack-set r-abcd"
    )]
    pub(crate) stack_set: Option<String>,
    /// Remove bundles of the previous run that no longer have a row
    #[arg(long)]
    pub(crate) prune: bool,
    /// Overwrite existing files that are not bundles
    #[arg(long)]
    pub(crate) force: bool,
    /// Print only the result and errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
