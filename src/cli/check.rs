//! The command lines of those who receive bundles.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{json, path_of};

const ALLOWED_SIGNERS: &str = "allowed-signers";
const IDENTITY: &str = "identity";

/// A bundle that was received.
#[derive(Debug)]
pub struct Bundle {
    /// The zip or the folder.
    pub path: PathBuf,
    /// The folder of the templates that it was made with, if they are not the
    /// built-in ones.
    pub templates: Option<PathBuf>,
    /// Whether to print the result as JSON.
    pub json: bool,
}

/// A bundle that is to be verified.
#[derive(Debug)]
pub struct Verify {
    /// Which, and how to tell of it.
    pub bundle: Bundle,
    /// Who must have signed it, if that is asked.
    pub signed: Option<Signed>,
    /// The SHA-256 that a zip, or a fleet's index, must have.
    pub sha256: Vec<String>,
}

/// Who must have signed a zip.
#[derive(Debug)]
pub struct Signed {
    /// The file of allowed signers, as ssh-keygen(1) describes it.
    pub allowed_signers: PathBuf,
    /// The name that the signer has there.
    pub identity: String,
    /// The signature; else it is beside the zip.
    pub signature: Option<PathBuf>,
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
        templates: super::templates::folder_of(matches),
        json: matches.get_flag("json"),
    }
}

pub(super) fn verify_of(matches: &ArgMatches) -> Verify {
    let signers = matches.get_one::<PathBuf>(ALLOWED_SIGNERS).cloned();
    let identity = matches.get_one::<String>(IDENTITY).cloned();
    let signed = signers.zip(identity);
    let digests = matches.get_many::<String>("sha256").unwrap_or_default();
    Verify {
        bundle: bundle_of(matches),
        signed: signed.map(|(allowed_signers, identity)| Signed {
            allowed_signers,
            identity,
            signature: matches.get_one("signature").cloned(),
        }),
        sha256: digests.map(|digest| digest.to_ascii_lowercase()).collect(),
    }
}

fn bundle(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .value_name(value)
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help(help)
}

fn made_with() -> Arg {
    super::templates::flag()
        .help("The folder of the templates that it was made with, if its manifest names some: it is rendered anew with them")
}

fn digest(text: &str) -> Result<String, String> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(text.to_owned())
    } else {
        Err("is not the 64 hexadecimal digits of a SHA-256".into())
    }
}

/// `lexlogs verify`.
pub(super) fn verify() -> Command {
    Command::new("verify")
        .about("Says whether a bundle is whole and unaltered, and prints what is not")
        .defer(|command| {
            command
                .arg(bundle("bundle", "BUNDLE", "The bundle: the zip, or its folder; or the folder of a fleet"))
                .arg(
                    Arg::new(ALLOWED_SIGNERS)
                        .long(ALLOWED_SIGNERS)
                        .value_name("FILE")
                        .requires(IDENTITY)
                        .value_parser(value_parser!(PathBuf))
                        .help("Ask for the signature of one of these, too: a file as for ssh-keygen -Y verify"),
                )
                .arg(
                    Arg::new(IDENTITY)
                        .long(IDENTITY)
                        .value_name("ID")
                        .requires(ALLOWED_SIGNERS)
                        .value_parser(NonEmptyStringValueParser::new())
                        .help("Who must have signed it, by the name in that file"),
                )
                .arg(
                    Arg::new("signature")
                        .long("signature")
                        .value_name("FILE")
                        .requires(ALLOWED_SIGNERS)
                        .value_parser(value_parser!(PathBuf))
                        .help("The signature [default: BUNDLE.sig]"),
                )
                .arg(
                    Arg::new("sha256")
                        .long("sha256")
                        .value_name("DIGEST")
                        .action(ArgAction::Append)
                        .value_parser(digest)
                        .help("The SHA-256 of the zip, or of a fleet's index, that you have by another way: it must be this one, and proves what it is of"),
                )
                .arg(made_with())
                .arg(json())
                .after_help(
                    "The zip must be as lexlogs writes it, its manifest true, and its request give the same bytes again; of a bundle of \
another version only the documents are proven, unless an allowed signer signed it. Of a folder that `lexlogs fleet` made, all that its \
index lists must be there, and nothing else; with --sha256 the bundles are compared and not rendered anew.\n\
Exit codes: 0 whole and proven, and signed if that is asked; 1 not; 2 not a bundle; 3 reading failed.",
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
                .arg(made_with())
                .arg(json())
                .after_help(
                    "A bundle that `verify` does not find whole is not described.\n\
Exit codes: 0 described; 1 not whole, or of another version and not proven; 2 not a bundle; 3 reading failed.",
                )
        })
}

/// `lexlogs diff`.
pub(super) fn diff() -> Command {
    Command::new("diff")
        .about("Says what changed from one bundle to the next: parameters, policies, steps, files")
        .defer(|command| {
            command
                .arg(bundle("old", "OLD", "The bundle before: the zip, or its folder; or the folder of a fleet"))
                .arg(bundle("new", "NEW", "The bundle after: the zip, or its folder; or the folder of a fleet"))
                .arg(json())
                .after_help(
                    "Policies are compared statement by statement: `-` is gone, `+` is new, `~` changed.\n\
Exit codes: 0 the same files; 1 different ones, or one that is not whole; 2 one of them is not a bundle; 3 reading failed.",
                )
        })
}
