//! The flags of the parameters, from the table.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use super::completion;
use crate::parameters::{
    DefaultValue, Kind, Origin, PARAMETERS, Parameter, RawParameters, RawValue,
};

/// The parameters that are given as flags.
#[derive(Clone, Debug)]
pub(crate) struct Flags(pub(crate) RawParameters);

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        // They are put together only for the command that is asked for: they are many.
        command.defer(|command| {
            // Elsewhere a row of a table may set them, or a placeholder stands for them.
            let is_all = matches!(command.get_name(), "bundle" | "render" | "cloudformation");
            command.args(PARAMETERS.iter().map(|row| flag(row, is_all)))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = RawParameters::default();
        for parameter in PARAMETERS {
            if let Some(values) = matches.get_many::<String>(parameter.name) {
                let values: Vec<&str> = values.map(String::as_str).collect();
                flags.set(
                    parameter.key,
                    RawValue::Text(values.join(",")),
                    Origin::Flag,
                );
            }
        }
        Ok(Self(flags))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn flag(parameter: &'static Parameter, is_all: bool) -> Arg {
    let meaning = parameter.meaning_capitalized();
    let short = match parameter.default {
        DefaultValue::Required if is_all => format!("{meaning} (required)"),
        DefaultValue::Value(value) => format!("{meaning} [default: {value}]"),
        DefaultValue::Required | DefaultValue::Absent => meaning,
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
