//! The command lines of those who begin.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};

use super::completion;
use crate::digest::GENERATOR;
use crate::schema::Described;

/// When the commands or their help changed last, as a man page tells.
const CHANGED: &str = "2026-11-26";

pub(super) const FILE: &str = "file";
pub(super) const SHELL: &str = "shell";
pub(super) const COMMAND: &str = "command";

/// `lexlogs init`.
pub(super) fn init() -> Command {
    Command::new("init")
        .about("Writes a parameter file to begin with; at a terminal it asks for the few values it needs")
        .defer(|command| {
            command
                .arg(
                    Arg::new(FILE)
                        .value_name("FILE")
                        .default_value("lexlogs.toml")
                        .value_parser(value_parser!(PathBuf))
                        .help("The file, .toml or .json; only TOML can have comments"),
                )
                .after_help(
                    "Each answer is judged as it is typed, by the rules of all parameters. Without a terminal nothing is asked, and what must be \
filled in is empty. The schema, by which editors complete and check the file, is written beside it, as lexlogs.schema.json. What is there already \
is never replaced.\n\
Exit codes: 0 done; 2 bad usage, or not all was answered; 3 writing failed, or something is there already.",
                )
        })
}

/// `lexlogs schema`.
pub(super) fn schema() -> Command {
    Command::new("schema")
        .about("Prints the JSON Schema of parameter files, or of a bundle's manifest, for editors and programs")
        .defer(|command| {
            command
                .arg(
                    Arg::new(FILE)
                        .value_name("FILE")
                        .value_parser(PossibleValuesParser::new(Described::ALL.map(Described::name)))
                        .default_value(Described::Parameters.name())
                        .help("Of which file"),
                )
                .after_help(
                    "It is JSON Schema 2020-12. A TOML file is checked in its JSON form. What the schema of parameters refuses lexlogs \
refuses, too; what two values say together it leaves to lexlogs.\n\
Exit codes: 0 done; 2 bad usage; 3 printing failed.",
                )
        })
}

/// `lexlogs completions`.
pub(super) fn completions() -> Command {
    Command::new("completions")
        .about("Prints what a shell loads to complete commands, flags, values and files")
        .defer(|command| {
            command
                .arg(
                    Arg::new(SHELL)
                        .value_name("SHELL")
                        .required(true)
                        .value_parser(PossibleValuesParser::new(completion::shells()))
                        .help("The shell"),
                )
                .after_help(
                    "Have it loaded when the shell starts:\n\
bash:       source <(lexlogs completions bash)              in ~/.bashrc\n\
zsh:        source <(lexlogs completions zsh)               in ~/.zshrc, after compinit\n\
fish:       lexlogs completions fish | source               in ~/.config/fish/config.fish\n\
elvish:     eval (lexlogs completions elvish | slurp)       in ~/.config/elvish/rc.elv\n\
PowerShell: lexlogs completions powershell | Out-String | Invoke-Expression   in $PROFILE\n\
It asks the lexlogs on the PATH. Exit codes: 0 done; 2 bad usage; 3 printing failed.",
                )
        })
}

/// `lexlogs man`.
pub(super) fn man() -> Command {
    Command::new("man")
        .about("Prints the man page of a command, or of lexlogs itself")
        .defer(|command| {
            command
                .arg(
                    Arg::new(COMMAND)
                        .value_name("COMMAND")
                        .value_parser(known_command)
                        .add(completion::words(|| {
                            pages().into_iter().map(|(name, _)| name).collect()
                        }))
                        .help("The command, such as bundle or docs-page"),
                )
                .after_help(
                    "To read it: lexlogs man bundle | man -l -\n\
To install it: lexlogs man bundle >lexlogs-bundle.1, into a folder man1 of the MANPATH.\n\
Exit codes: 0 done; 2 bad usage; 3 printing failed.",
                )
        })
}

fn known_command(name: &str) -> Result<String, String> {
    let known: Vec<String> = pages().into_iter().map(|(name, _)| name).collect();
    match known.iter().find(|known| *known == name) {
        Some(known) => Ok(known.clone()),
        None => Err(format!("the commands are {}", known.join(", "))),
    }
}

/// Every command that has a page, by the words of its name with `-` between
/// them.
fn pages() -> Vec<(String, Command)> {
    fn add(prefix: &str, command: &Command, pages: &mut Vec<(String, Command)>) {
        for command in command.get_subcommands() {
            let name = format!("{prefix}{}", command.get_name());
            pages.push((name.clone(), command.clone()));
            add(&format!("{name}-"), command, pages);
        }
    }
    let mut all = super::command().disable_help_subcommand(true);
    all.build();
    let mut pages = Vec::new();
    add("", &all, &mut pages);
    pages
}

/// The man page of a command, or of the program.
///
/// # Errors
/// None that can occur: nothing but memory is written to.
pub(crate) fn man_page(name: Option<&str>) -> std::io::Result<String> {
    let mut command = pages()
        .into_iter()
        .find(|(page, _)| Some(page.as_str()) == name)
        .map_or_else(
            || super::command().disable_help_subcommand(true),
            |(_, command)| command,
        );
    // What is a line at the terminal is a paragraph here.
    if let Some(help) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(help.replace('\n', "\n\n"));
    }
    let title = format!("lexlogs-{}", name.unwrap_or_default()).to_uppercase();
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .title(title.trim_end_matches('-'))
        .date(CHANGED)
        .source(GENERATOR)
        .manual("lexlogs")
        .render(&mut page)?;
    Ok(tidied(&String::from_utf8_lossy(&page)))
}

/// The same page without what mandoc warns of: blank lines, line breaks beside
/// them, blanks at the ends of lines.
fn tidied(page: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in page.lines().map(str::trim_end) {
        match (line, lines.last()) {
            ("" | ".br", Some(&".sp")) => {}
            ("", Some(&".br")) => *lines.last_mut().unwrap_or(&mut "") = ".sp",
            ("", _) => lines.push(".sp"),
            _ => lines.push(line),
        }
    }
    lines.join("\n") + "\n"
}

pub(super) fn schema_of(matches: &ArgMatches) -> Described {
    let name = matches.get_one::<String>(FILE);
    Described::ALL
        .into_iter()
        .find(|file| name.is_some_and(|name| name == file.name()))
        .unwrap_or(Described::Parameters)
}
