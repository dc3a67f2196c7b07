//! The command lines of those who receive bundles.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::{json, path_of};

/// A bundle that was received.
#[derive(Debug)]
pub struct Bundle {
    /// The zip or the folder.
    pub path: PathBuf,
    /// Whether to print the result as JSON.
    pub json: bool,
}

/// Two bundles to be compared.
#[derive(Debug)]
pub struct Diff {
    /// The one before.
    pub old: PathBuf,
    /// The one after.
    pub new: PathBuf,
    /// Whether to print the result as JSON.
    pub json: bool,
}

pub(super) fn diff_of(matches: &ArgMatches) -> Diff {
    Diff {
        old: path_of(matches, "old"),
        new: path_of(matches, "new"),
        json: matches.get_flag("json"),
    }
}

pub(super) fn bundle_of(matches: &ArgMatches) -> Bundle {
    Bundle {
        path: path_of(matches, "bundle"),
        json: matches.get_flag("json"),
    }
}

fn bundle(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .value_name(value)
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help(help)
}

/// `lexlogs verify`.
pub(super) fn verify() -> Command {
    Command::new("verify")
        .about("Says whether a bundle is whole and unaltered, and prints what is not")
        .defer(|command| {
            command
                .arg(bundle("bundle", "BUNDLE", "The bundle: the zip, or its folder"))
                .arg(json())
                .after_help(
                    "The zip must be as lexlogs writes it, its manifest true, and its request give the same bytes again; of a bundle of \
another version, the documents must grant what the request asks for.\n\
Exit codes: 0 whole; 1 not, or not a zip that lexlogs would write; 2 not a bundle; 3 reading failed.",
                )
        })
}

/// `lexlogs inspect`.
pub(super) fn inspect() -> Command {
    Command::new("inspect")
        .about("Says what a bundle does, for whoever is to approve it")
        .defer(|command| {
            command
                .arg(bundle(
                    "bundle",
                    "BUNDLE",
                    "The bundle: the zip, or its folder",
                ))
                .arg(json())
                .after_help(
                    "A bundle that `verify` does not find whole is not described.\n\
Exit codes: 0 described; 1 not whole; 2 not a bundle; 3 reading failed.",
                )
        })
}

/// `lexlogs diff`.
pub(super) fn diff() -> Command {
    Command::new("diff")
        .about("Says what changed from one bundle to the next: parameters, policies, steps, files")
        .defer(|command| {
            command
                .arg(bundle("old", "OLD", "The bundle before: the zip, or its folder"))
                .arg(bundle("new", "NEW", "The bundle after: the zip, or its folder"))
                .arg(json())
                .after_help(
                    "Policies are compared statement by statement: `-` is gone, `+` is new, `~` changed.\n\
Exit codes: 0 the same files; 1 different ones; 2 one of them is not a bundle; 3 reading failed.",
                )
        })
}
