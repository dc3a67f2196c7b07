//! The command lines of those who receive bundles or policy documents.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, Args};

use super::{choice, completion};
use crate::lint::{Kind, Severity, rules};
use crate::values::names::LexVersion;

/// The templates that a bundle was made with.
#[derive(Args, Clone, Debug)]
pub(crate) struct MadeWith {
    /// The folder of the templates that it was made with, if its manifest names some: it is rendered anew with them
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    pub(crate) templates: Option<PathBuf>,
}

/// Says whether a bundle is whole and unaltered, and prints what is not
#[derive(Args, Debug)]
#[command(
    after_help = "lexlogs makes the bundle again from its request.json and compares every byte. A bundle of another version, or of templates that are \
not given, is only compared with its own lists, and is not proven (exit code 1), unless an allowed signer signed it or --sha256 is its \
digest. Of a folder that `lexlogs fleet` made, all that its index lists must be there, and nothing else; with --sha256 the bundles are \
compared and not rendered anew. Signatures are verified by ssh-keygen.\n\
Exit codes: 0 whole and proven, and signed if that is asked; 1 not; 2 not a bundle; 3 reading failed."
)]
pub(crate) struct Verify {
    /// The bundle: the zip, or its folder; or the folder of a fleet
    pub(crate) bundle: PathBuf,
    #[command(flatten)]
    pub(crate) signed: Option<Signed>,
    /// The SHA-256 of the zip, or of a fleet's index, that you have by another way: it must be this one, and proves what it is of
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    pub(crate) sha256: Vec<String>,
    #[command(flatten)]
    pub(crate) made_with: MadeWith,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Who must have signed a zip.
#[derive(Args, Debug)]
pub(crate) struct Signed {
    /// Ask for the signature of one of these, too: a file as for ssh-keygen -Y verify
    #[arg(long, value_name = "FILE", requires = "identity", required = false)]
    pub(crate) allowed_signers: PathBuf,
    /// Who must have signed it, by the name in that file
    #[arg(long, value_name = "ID", requires = "allowed_signers", required = false, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) identity: String,
    /// The signature [default: BUNDLE.sig]
    #[arg(long, value_name = "FILE", requires = "allowed_signers")]
    pub(crate) signature: Option<PathBuf>,
}

/// Says what a bundle does, for whoever is to approve it
#[derive(Args, Debug)]
#[command(
    after_help = "A bundle that `verify` does not find whole is not described.\n\
Exit codes: 0 described; 1 not whole, or of another version and not proven; 2 not a bundle; 3 reading failed."
)]
pub(crate) struct Inspect {
    /// The bundle: the zip, or its folder
    pub(crate) bundle: PathBuf,
    #[command(flatten)]
    pub(crate) made_with: MadeWith,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says what changed from one bundle to the next: parameters, policies, steps, files
#[derive(Args, Debug)]
#[command(
    after_help = "Policies are compared statement by statement: `-` is gone, `+` is new, `~` changed.\n\
Exit codes: 0 the same files; 1 different ones, or one that is not whole; 2 one of them is not a bundle; 3 reading failed."
)]
pub(crate) struct Diff {
    /// The bundle before: the zip, or its folder; or the folder of a fleet
    pub(crate) old: PathBuf,
    /// The bundle after: the zip, or its folder; or the folder of a fleet
    pub(crate) new: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says whether a receipt is of this bundle, and whether all steps were done
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 it is, and they were; 1 it is not, or they were not; 2 bad input; 3 reading failed."
)]
#[expect(clippy::struct_field_names, reason = "the argument is called so")]
pub(crate) struct Receipt {
    /// The bundle: the zip, or its folder
    pub(crate) bundle: PathBuf,
    /// The receipt.txt that the administrator sent back
    pub(crate) receipt: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says what is wrong with IAM policy documents, whoever wrote them
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Args, Debug)]
#[command(
    group(ArgGroup::new("asked").args(["files", "rules", "explain"]).required(true)),
    after_help = "Errors are what IAM refuses or what does not do what it is there for; warnings are most likely a mistake; notes are worth a look.\n\
Not checked: whether an action exists, and least privilege; use IAM Access Analyzer or parliament.\n\
Exit codes: 0 no finding from --fail-on on; 1 there is one; 2 bad usage; 3 reading failed."
)]
pub(crate) struct Lint {
    /// A policy document: identity, trust or resource policy; - is the standard input
    #[arg(value_name = "FILE", add = completion::files(&["json"]))]
    pub(crate) files: Vec<PathBuf>,
    /// Of which Amazon Lex the bot is; without it the documents must only agree
    #[arg(
        long,
        value_name = "VERSION",
        value_parser = choice(&LexVersion::ALL, LexVersion::as_str),
        conflicts_with_all = ["rules", "explain"]
    )]
    pub(crate) lex_version: Option<LexVersion>,
    /// What the documents are; else each is judged by what is in it
    #[arg(long, value_parser = choice(&Kind::ALL, Kind::as_str), conflicts_with_all = ["rules", "explain"])]
    pub(crate) kind: Option<Kind>,
    /// The identity policies are the inline policies of one role, which have one quota together
    #[arg(long, conflicts_with_all = ["rules", "explain"])]
    pub(crate) inline: bool,
    /// From what on a finding is exit code 1; all are printed
    #[arg(
        long,
        value_name = "SEVERITY",
        default_value = Severity::Warning.as_str(),
        value_parser = choice(&Severity::ALL, Severity::as_str),
        conflicts_with_all = ["rules", "explain"]
    )]
    pub(crate) fail_on: Severity,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Print the findings as SARIF 2.1.0
    #[arg(long, conflicts_with_all = ["json", "rules", "explain"])]
    pub(crate) sarif: bool,
    /// Print every rule: its severity, its id, what it finds
    #[arg(long)]
    pub(crate) rules: bool,
    /// Print what a rule is about, why, what to do, and whose word it is
    #[arg(
        long,
        value_name = "ID",
        value_parser = known_rule,
        add = completion::words(|| rules::RULES.iter().map(|rule| rule.id.to_owned()).collect())
    )]
    pub(crate) explain: Option<String>,
}

fn digest(text: &str) -> Result<String, String> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("is not the 64 hexadecimal digits of a SHA-256".into())
    }
}

fn known_rule(id: &str) -> Result<String, String> {
    match (rules::find(id), rules::nearest(id)) {
        (Some(rule), _) => Ok(rule.id.clone()),
        (None, Some(meant)) => Err(format!("there is no such rule; did you mean `{meant}`?")),
        (None, None) => Err("there is no such rule; `lexlogs lint --rules` lists them".into()),
    }
}
