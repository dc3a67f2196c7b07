//! The command line, by clap: raw values, no rules and no I/O. The flags of the
//! parameters come from the table.

pub(crate) mod check;
pub(crate) mod completion;
pub(crate) mod docs;
pub(crate) mod flags;
mod help;
pub(crate) mod make;
mod man;
pub(crate) mod start;
pub(crate) mod templates;

use std::ffi::OsString;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

const AFTER_HELP: &str = "Run `lexlogs COMMAND --help` for details and examples. \
lexlogs never connects to AWS; the generated scripts do.";

#[derive(Debug, Parser)]
#[command(
    name = "lexlogs",
    version,
    about = "Generate the IAM policies and scripts that let Amazon Lex write conversation logs",
    after_help = AFTER_HELP,
    after_long_help = help::end("") + "\n" + AFTER_HELP,
    arg_required_else_help = true
)]
struct CommandLine {
    #[command(subcommand)]
    invocation: Invocation,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Invocation {
    Init(start::Init),
    Bundle(make::Bundle),
    Render(make::Render),
    #[command(name = "cloudformation")]
    CloudFormation(make::CloudFormation),
    Fleet(make::Fleet),
    Verify(check::Verify),
    Inspect(check::Inspect),
    Diff(check::Diff),
    Receipt(check::Receipt),
    Lint(check::Lint),
    Docs(docs::Docs),
    Templates(templates::Templates),
    Schema(start::Schema),
    Completions(start::Completions),
    Man(start::Man),
}

pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Invocation, clap::Error> {
    let mut matches = command()
        .try_get_matches_from(arguments)
        .map_err(with_tip)?;
    let line = CommandLine::from_arg_matches_mut(&mut matches);
    let line = line.map_err(|error| error.format(&mut command()))?;
    Ok(line.invocation)
}

/// The whole command line, for help and for those who build on it.
fn command() -> clap::Command {
    // Which pages there are the command line itself tells.
    let program = CommandLine::command();
    let grouped = help::grouped(&program);
    program.help_template(grouped).mut_subcommand("man", |man| {
        man.mut_arg("command", |name| {
            name.value_parser(|name: &str| man::known(CommandLine::command(), name))
                .add(completion::words(|| man::names(CommandLine::command())))
        })
    })
}

/// The man page of a command, or of the program.
pub(crate) fn man_page(name: Option<&str>) -> std::io::Result<String> {
    man::page(CommandLine::command(), name)
}

/// The same fault, with what to do where clap does not say it.
fn with_tip(mut error: clap::Error) -> clap::Error {
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
            let example = crate::diagnostic::written(parameter.key, parameter.example, None);
            format!("an example: {example}")
        }
        _ => return error,
    };
    let tips = ContextValue::StyledStrs(vec![tip.into()]);
    error.insert(ContextKind::Suggested, tips);
    error
}

/// One of `all`, by its name.
fn choice<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let names = all.iter().map(move |one| name(*one));
    // clap lets no other name pass.
    let found = move |text: String| all.iter().find(|one| name(**one) == text);
    PossibleValuesParser::new(names).map(move |text| *found(text).unwrap_or(&all[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_that_the_parser_accepts() {
        let entries = help::ENTRIES.iter().map(|entry| entry.name.to_owned());
        let (program, names) = (String::new(), man::names(command()));
        let all: Vec<String> = [program].into_iter().chain(names).collect();
        assert_eq!(entries.collect::<Vec<_>>(), all);
        let grouped = help::GROUPS.iter().flat_map(|(_, names)| names.iter());
        let top: Vec<&String> = all[1..].iter().filter(|name| !name.contains('-')).collect();
        assert_eq!(grouped.collect::<Vec<_>>(), top);
        for entry in help::ENTRIES {
            let lines = entry.examples.iter().map(|(_, line)| {
                let (_, command) = line.split_once("lexlogs ").unwrap_or_default();
                command.split([')', '|', '>']).next().unwrap_or_default()
            });
            let lines: Vec<&str> = lines.collect();
            let own = entry.name.replace('-', " ");
            assert!(lines.iter().any(|line| line.starts_with(&own)), "{own}");
            for line in lines {
                let words = ["lexlogs"].into_iter().chain(line.split_whitespace());
                let parsed = command().try_get_matches_from(words);
                assert!(parsed.is_ok(), "{line}: {parsed:?}");
            }
        }
    }
}
