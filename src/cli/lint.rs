//! The command line of those who have policy documents of any origin.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};

use super::{completion, json};
use crate::lint::{Kind, Settings, Severity, rules};
use crate::values::names::LexVersion;

/// What `lexlogs lint` is asked for.
#[derive(Debug)]
pub enum Lint {
    /// Every rule.
    Rules {
        /// Whether to print them as JSON.
        json: bool,
    },
    /// What a rule is about.
    Explain {
        /// The rule's id.
        id: String,
        /// Whether to print it as JSON.
        json: bool,
    },
    /// What is wrong with these documents.
    Documents {
        /// Which; `-` is the standard input.
        files: Vec<PathBuf>,
        /// What is known of them.
        settings: Settings,
        /// From what on findings count.
        fail_on: Severity,
        /// How to print them.
        format: Format,
    },
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// A document of this program.
    Json,
    /// A log of SARIF 2.1.0.
    Sarif,
}

const FILES: &str = "files";
const KIND: &str = "kind";
const LEX_VERSION: &str = "lex-version";
const INLINE: &str = "inline";
const FAIL_ON: &str = "fail-on";
const SARIF: &str = "sarif";
const RULES: &str = "rules";
const EXPLAIN: &str = "explain";

/// `lexlogs lint`.
pub(super) fn lint() -> Command {
    Command::new("lint")
        .about("Says what is wrong with IAM policy documents, whoever wrote them")
        .defer(arguments)
}

fn arguments(command: Command) -> Command {
    let choice = |name: &'static str, values: Vec<&'static str>| {
        let values = PossibleValuesParser::new(values);
        Arg::new(name)
            .long(name)
            .value_parser(values)
            .conflicts_with_all([RULES, EXPLAIN])
    };
    let switch = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    command
        .arg(
            Arg::new(FILES)
                .value_name("FILE")
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .add(completion::files(&["json"]))
                .help("A policy document: identity, trust or resource policy; - is the standard input"),
        )
        .arg(
            choice(LEX_VERSION, LexVersion::ALL.map(LexVersion::as_str).into())
                .value_name("VERSION")
                .help("Of which Amazon Lex the bot is; without it the documents must only agree"),
        )
        .arg(
            choice(KIND, Kind::ALL.map(Kind::as_str).into())
                .value_name("KIND")
                .help("What the documents are; else each is judged by what is in it"),
        )
        .arg(
            switch(INLINE)
                .conflicts_with_all([RULES, EXPLAIN])
                .help("The identity policies are the inline policies of one role, which have one quota together"),
        )
        .arg(
            choice(FAIL_ON, Severity::ALL.map(Severity::as_str).into())
                .value_name("SEVERITY")
                .default_value(Severity::Warning.as_str())
                .help("From what on a finding is exit code 1; all are printed"),
        )
        .arg(json())
        .arg(
            switch(SARIF)
                .conflicts_with_all(["json", RULES, EXPLAIN])
                .help("Print the findings as SARIF 2.1.0"),
        )
        .arg(switch(RULES).help("Print every rule: its severity, its id, what it finds"))
        .arg(
            Arg::new(EXPLAIN)
                .long(EXPLAIN)
                .value_name("ID")
                .value_parser(known_rule)
                .add(completion::words(|| {
                    rules::RULES.iter().map(|rule| rule.id.to_owned()).collect()
                }))
                .help("Print what a rule is about, why, what to do, and whose word it is"),
        )
        .group(ArgGroup::new("asked").args([FILES, RULES, EXPLAIN]).required(true))
        .after_help(
            "Errors are what IAM refuses or what does not do what it is there for; warnings are most likely a mistake; notes are worth a look.\n\
Not checked: whether an action exists, and least privilege; use IAM Access Analyzer or parliament.\n\
Exit codes: 0 no finding from --fail-on on; 1 there is one; 2 bad usage; 3 reading failed.",
        )
}

fn known_rule(id: &str) -> Result<String, String> {
    match (rules::find(id), rules::nearest(id)) {
        (Some(rule), _) => Ok(rule.id.to_owned()),
        (None, Some(meant)) => Err(format!("there is no such rule; did you mean `{meant}`?")),
        (None, None) => Err("there is no such rule; `lexlogs lint --rules` lists them".into()),
    }
}

pub(super) fn lint_of(matches: &ArgMatches) -> Lint {
    let json = matches.get_flag("json");
    if let Some(id) = matches.get_one::<String>(EXPLAIN).cloned() {
        return Lint::Explain { id, json };
    }
    if matches.get_flag(RULES) {
        return Lint::Rules { json };
    }
    let given = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == given(KIND));
    let lex_version = LexVersion::ALL.into_iter();
    let lex_version = lex_version
        .into_iter()
        .find(|version| version.as_str() == given(LEX_VERSION));
    let fail_on = Severity::ALL
        .into_iter()
        .find(|severity| severity.as_str() == given(FAIL_ON));
    let files = matches.get_many::<PathBuf>(FILES).unwrap_or_default();
    Lint::Documents {
        files: files.cloned().collect(),
        settings: Settings {
            kind,
            lex_version,
            inline: matches.get_flag(INLINE),
        },
        fail_on: fail_on.unwrap_or(Severity::Warning),
        format: match (json, matches.get_flag(SARIF)) {
            (true, _) => Format::Json,
            (false, true) => Format::Sarif,
            (false, false) => Format::Text,
        },
    }
}
