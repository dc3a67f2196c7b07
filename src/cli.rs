//! The command line, by clap: raw values, no rules and no I/O. The flags of the
//! parameters come from the table.

pub mod check;
pub mod completion;
pub mod docs;
pub mod fleet;
pub mod lint;
pub mod start;
pub mod templates;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::parameters::{
    DefaultValue, Kind, PARAMETERS, Parameter, Place, RawParameters, RawValue,
};
use crate::schema::Described;

/// What the command line asks for.
#[derive(Debug)]
pub enum Invocation {
    /// `lexlogs bundle`: the zip.
    Bundle(Arguments),
    /// `lexlogs render`: the same files in a folder.
    Render(Arguments),
    /// `lexlogs fleet`: many bundles.
    Fleet(fleet::Fleet),
    /// `lexlogs docs`: pages and their regions.
    Docs(docs::Docs),
    /// `lexlogs receipt`: what a receipt says of a bundle.
    Receipt(ReceiptArguments),
    /// `lexlogs verify`: whether a bundle is whole and unaltered.
    Verify(check::Verify),
    /// `lexlogs inspect`: what a bundle does.
    Inspect(check::Bundle),
    /// `lexlogs lint`: what is wrong with policy documents.
    Lint(lint::Lint),
    /// `lexlogs templates`: the templates themselves.
    Templates(templates::Templates),
    /// `lexlogs init`: a parameter file to begin with.
    Init(PathBuf),
    /// `lexlogs schema`: the JSON Schema of a file.
    Schema(Described),
    /// `lexlogs completions`: what a shell loads.
    Completions(String),
    /// `lexlogs man`: the page of a command, or of the program.
    Man(Option<String>),
    /// `lexlogs diff`: what changed from one bundle to the next.
    Diff(check::Diff),
}

/// The arguments of `lexlogs receipt`.
#[derive(Debug)]
pub struct ReceiptArguments {
    /// The bundle, a zip or a folder.
    pub bundle: PathBuf,
    /// The receipt.
    pub receipt: PathBuf,
    /// Whether to print the result as JSON.
    pub json: bool,
}

/// The arguments of a command that makes a bundle.
#[derive(Debug)]
pub struct Arguments {
    /// The parameter file.
    pub config: Option<PathBuf>,
    /// The parameters given as flags.
    pub flags: RawParameters,
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
    /// Where to write.
    pub output: Option<PathBuf>,
    /// Whether to replace what is there and differs.
    pub force: bool,
    /// The key to sign the zip with.
    pub sign: Option<PathBuf>,
    /// Whether to print the result as JSON.
    pub json: bool,
}

/// Reads the command line.
///
/// # Errors
/// What clap has to say: a fault in the usage, or the help that was asked for.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, clap::Error> {
    let matches = command()
        .try_get_matches_from(arguments)
        .map_err(with_tip)?;
    let invocation = match matches.subcommand() {
        Some(("bundle", matches)) => Some(Invocation::Bundle(arguments_of(matches))),
        Some(("render", matches)) => Some(Invocation::Render(arguments_of(matches))),
        Some(("receipt", matches)) => Some(Invocation::Receipt(ReceiptArguments {
            bundle: path_of(matches, "bundle"),
            receipt: path_of(matches, "receipt"),
            json: matches.get_flag("json"),
        })),
        Some(("verify", matches)) => Some(Invocation::Verify(check::verify_of(matches))),
        Some(("inspect", matches)) => Some(Invocation::Inspect(check::bundle_of(matches))),
        Some(("diff", matches)) => Some(Invocation::Diff(check::diff_of(matches))),
        Some(("lint", matches)) => Some(Invocation::Lint(lint::lint_of(matches))),
        Some(("init", matches)) => Some(Invocation::Init(path_of(matches, start::FILE))),
        Some(("schema", matches)) => Some(Invocation::Schema(start::schema_of(matches))),
        Some(("completions", matches)) => matches
            .get_one::<String>(start::SHELL)
            .cloned()
            .map(Invocation::Completions),
        Some(("man", matches)) => Some(Invocation::Man(
            matches.get_one::<String>(start::COMMAND).cloned(),
        )),
        Some(("fleet", matches)) => Some(Invocation::Fleet(fleet::fleet_of(matches))),
        Some(("docs", matches)) => docs::read(matches).map(Invocation::Docs),
        Some(("templates", matches)) => templates::read(matches).map(Invocation::Templates),
        _ => None,
    };
    // clap asks for a command itself.
    invocation.ok_or_else(|| {
        command().error(
            clap::error::ErrorKind::MissingSubcommand,
            "no command was given",
        )
    })
}

/// The same fault, with what to do where clap does not say it.
fn with_tip(mut error: clap::Error) -> clap::Error {
    use clap::error::{ContextKind, ContextValue, ErrorKind};

    let named = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => argument.as_str(),
        _ => "",
    };
    let name = named.trim_start_matches('-').split([' ', '=', '[']).next();
    let parameter = name.and_then(crate::parameters::find);
    let tip = match (error.kind(), parameter) {
        (ErrorKind::ArgumentConflict, _)
            if error.get(ContextKind::PriorArg) == error.get(ContextKind::InvalidArg) =>
        {
            "give it once".to_owned()
        }
        (ErrorKind::InvalidValue, Some(parameter))
            if error.get(ContextKind::InvalidValue)
                == Some(&ContextValue::String(String::new())) =>
        {
            let example = crate::fault::written(parameter.key, parameter.example, None);
            format!("an example: {example}")
        }
        _ => return error,
    };
    let tips = ContextValue::StyledStrs(vec![tip.into()]);
    error.insert(ContextKind::Suggested, tips);
    error
}

/// The whole command line, for help and for those who build on it.
#[must_use]
pub fn command() -> Command {
    Command::new("lexlogs")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Generates the IAM policies and scripts that let Amazon Lex write conversation logs")
        .after_help("It never talks to AWS; the scripts that it generates do, where they are run.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(start::init())
        .subcommand(
            Command::new("bundle")
                .about("Writes a handoff bundle: one zip with documents, scripts and a runbook")
                .defer(bundle),
        )
        .subcommand(
            Command::new("render")
                .about("Writes the same files into a folder, unpacked")
                .defer(render),
        )
        .subcommand(fleet::fleet())
        .subcommand(check::verify())
        .subcommand(check::inspect())
        .subcommand(check::diff())
        .subcommand(
            Command::new("receipt")
                .about("Says whether a receipt is of this bundle, and whether all steps were done")
                .defer(receipt),
        )
        .subcommand(lint::lint())
        .subcommand(docs::command())
        .subcommand(templates::command())
        .subcommand(start::schema())
        .subcommand(start::completions())
        .subcommand(start::man())
}

fn receipt(command: Command) -> Command {
    let path = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name)
            .value_name(value)
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help(help)
    };
    command
        .arg(path("bundle", "BUNDLE", "The bundle: the zip, or its folder"))
        .arg(path("receipt", "RECEIPT", "The receipt.txt that the administrator sent back"))
        .arg(json())
        .after_help("Exit codes: 0 it is, and they were; 1 it is not, or they were not; 2 bad input; 3 reading failed.")
}

/// An argument that clap does not let pass without.
fn path_of(matches: &ArgMatches, name: &str) -> PathBuf {
    matches.get_one(name).cloned().unwrap_or_default()
}

fn json() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Print the result as JSON")
}

fn bundle(command: Command) -> Command {
    one(command)
        .arg(output("PATH").help("Where to write: a file if it ends in .zip, else a folder [default: dist]"))
        .arg(
            Arg::new("sign")
                .long("sign")
                .value_name("KEY")
                .value_parser(value_parser!(PathBuf))
                .help("Sign the zip, into a file of its name and .sig")
                .long_help("Sign the zip by ssh-keygen, into a file of its name and .sig.\nKEY is a private key, or a public one whose private key is in an ssh-agent.\nExample: --sign ~/.ssh/id_ed25519"),
        )
}

fn render(command: Command) -> Command {
    one(command).arg(
        output("FOLDER")
            .required(true)
            .help("The folder, which will hold the bundle's files and nothing else"),
    )
}

fn output(value: &'static str) -> Arg {
    Arg::new("output")
        .short('o')
        .long("output")
        .value_name(value)
        .value_parser(value_parser!(PathBuf))
}

/// The parameters, for all commands that make bundles.
fn making() -> impl Iterator<Item = Arg> {
    PARAMETERS.iter().map(flag)
}

/// What the commands that make one bundle share.
fn one(command: Command) -> Command {
    command
        .arg(config())
        .args(making())
        .arg(templates::flag())
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help("Replace what is there and differs"),
        )
        .arg(json())
}

fn config() -> Arg {
    Arg::new("config")
        .value_name("CONFIG")
        .value_parser(value_parser!(PathBuf))
        .add(completion::files(&["toml", "json"]))
        .help("A parameter file, .toml or .json; flags win over it")
}

/// The flag of a parameter.
fn flag(parameter: &'static Parameter) -> Arg {
    let short = match parameter.default {
        DefaultValue::Required => format!("{} (required)", parameter.meaning),
        DefaultValue::Absent => parameter.meaning.to_owned(),
        DefaultValue::Value(value) => format!("{} [default: {value}]", parameter.meaning),
    };
    let long = format!(
        "{short}\nRule: {}.\nExample: {}",
        parameter.rule, parameter.example
    );
    let flag = Arg::new(parameter.name)
        .long(parameter.name)
        .value_name(parameter.name)
        .help_heading("Parameters")
        .add(completion::values(parameter))
        .help(short)
        .long_help(long);
    match parameter.kind {
        Kind::Text => flag,
        Kind::Switch => flag
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("true|false"),
        Kind::Tags => flag.action(ArgAction::Append).value_name("KEY=VALUE"),
        Kind::Custom => flag.action(ArgAction::Append).value_name("NAME=VALUE"),
    }
}

/// The parameters that were given as flags.
fn flags_of(matches: &ArgMatches) -> RawParameters {
    let mut flags = RawParameters::default();
    for parameter in PARAMETERS {
        if let Some(values) = matches.get_many::<String>(parameter.name) {
            let values: Vec<&str> = values.map(String::as_str).collect();
            flags.set(parameter.key, RawValue::Text(values.join(",")), Place::Flag);
        }
    }
    flags
}

fn arguments_of(matches: &ArgMatches) -> Arguments {
    Arguments {
        config: matches.get_one("config").cloned(),
        flags: flags_of(matches),
        templates: templates::folder_of(matches),
        output: matches.get_one("output").cloned(),
        force: matches.get_flag("force"),
        sign: matches.try_get_one("sign").ok().flatten().cloned(),
        json: matches.get_flag("json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
