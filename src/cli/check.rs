//! The command lines of those who receive bundles or policy documents.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, Args};

use super::{choice, completion, help};
use crate::lint::{Kind, Severity, rules};
use crate::values::names::LexVersion;

/// The templates that a bundle was made with.
#[derive(Args, Clone, Debug)]
pub(crate) struct MadeWith {
    /// Directory of the custom templates that the bundle was generated with
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    pub(crate) templates: Option<PathBuf>,
}

/// Verify the integrity of a bundle
///
/// lexlogs generates the bundle again from its request.json and compares every byte. A bundle of another version, or of custom
/// templates that are not passed, is only compared with its own lists and is not proven (exit code 1), unless an allowed signer
/// signed it or --sha256 is its digest. A folder of `lexlogs fleet` must contain all that its index lists and nothing else; with
/// --sha256 its bundles are compared and not generated again. Signatures are verified with ssh-keygen.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("verify"))]
pub(crate) struct Verify {
    /// The bundle: a zip, its folder, or the folder of a fleet
    pub(crate) bundle: PathBuf,
    #[command(flatten)]
    pub(crate) signed: Option<Signed>,
    /// The expected SHA-256 of the zip, or of a fleet's index, received through a separate channel
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
    /// Require a signature by a signer in this file, as for ssh-keygen -Y verify
    #[arg(long, value_name = "FILE", requires = "identity", required = false)]
    pub(crate) allowed_signers: PathBuf,
    /// The required signer, as named in that file
    #[arg(long, value_name = "ID", requires = "allowed_signers", required = false, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) identity: String,
    /// The signature [default: BUNDLE.sig]
    #[arg(long, value_name = "FILE", requires = "allowed_signers")]
    pub(crate) signature: Option<PathBuf>,
}

/// Show what a bundle does, for the approver
///
/// A bundle that fails `verify` is not described.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("inspect"))]
pub(crate) struct Inspect {
    /// The bundle: a zip or its folder
    pub(crate) bundle: PathBuf,
    /// Also list each file with its SHA-256, mode and size
    #[arg(long)]
    pub(crate) files: bool,
    #[command(flatten)]
    pub(crate) made_with: MadeWith,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Compare two bundles: parameters, policies, steps, files
///
/// Policies are compared statement by statement: `-` removed, `+` added, `~` changed.
#[derive(Args, Debug)]
#[command(after_long_help = help::end("diff"))]
pub(crate) struct Diff {
    /// The old bundle: a zip, its folder, or the folder of a fleet
    pub(crate) old: PathBuf,
    /// The new bundle: a zip, its folder, or the folder of a fleet
    pub(crate) new: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Check that a receipt belongs to a bundle and that all steps were done
#[derive(Args, Debug)]
#[command(after_long_help = help::end("receipt"))]
#[expect(clippy::struct_field_names, reason = "the argument is called so")]
pub(crate) struct Receipt {
    /// The bundle: a zip or its folder
    pub(crate) bundle: PathBuf,
    /// The receipt.txt from the administrator
    pub(crate) receipt: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Check IAM policy documents of any origin
///
/// Errors: IAM refuses the document, or it does not work. Warnings: probably a mistake. Notes: worth a check. Not checked: whether
/// an action exists, and least privilege; use IAM Access Analyzer or parliament.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Args, Debug)]
#[command(
    group(ArgGroup::new("asked").args(["files", "rules", "explain"]).required(true)),
    after_long_help = help::end("lint")
)]
pub(crate) struct Lint {
    /// A policy document: identity, trust or resource policy; - is standard input
    #[arg(value_name = "FILE", add = completion::files(&["json"]))]
    pub(crate) files: Vec<PathBuf>,
    /// The Amazon Lex version of the bot [default: any, but the same in all documents]
    #[arg(
        long,
        value_name = "VERSION",
        value_parser = choice(&LexVersion::ALL, LexVersion::as_str),
        conflicts_with_all = ["rules", "explain"]
    )]
    pub(crate) lex_version: Option<LexVersion>,
    /// The kind of the documents [default: detected for each]
    #[arg(long, value_parser = choice(&Kind::ALL, Kind::as_str), conflicts_with_all = ["rules", "explain"])]
    pub(crate) kind: Option<Kind>,
    /// Check the identity policies as inline policies of one role, which share a quota
    #[arg(long, conflicts_with_all = ["rules", "explain"])]
    pub(crate) inline: bool,
    /// The lowest severity that gives exit code 1; all findings are printed
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
    /// Print all rules: severity, id, title
    #[arg(long)]
    pub(crate) rules: bool,
    /// Explain a rule: reason, fix, source
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
