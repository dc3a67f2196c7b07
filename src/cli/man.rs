//! The man pages of the commands.

use clap::Command;

use crate::digest::GENERATOR;

/// When the commands or their help changed last, as a man page tells.
const CHANGED: &str = "2026-11-30";

/// The names of all pages of the program.
pub(super) fn names(program: Command) -> Vec<String> {
    let pages = pages(program).into_iter();
    pages.map(|(name, _)| name).collect()
}

/// The name of a page, if it is one.
pub(super) fn known(program: Command, name: &str) -> Result<String, String> {
    let known = names(program);
    match known.iter().find(|known| *known == name) {
        Some(known) => Ok(known.clone()),
        None => Err(format!("the commands are {}", known.join(", "))),
    }
}

/// Every command that has a page, by the words of its name with `-` between
/// them.
fn pages(program: Command) -> Vec<(String, Command)> {
    fn add(prefix: &str, command: &Command, pages: &mut Vec<(String, Command)>) {
        for command in command.get_subcommands() {
            let name = format!("{prefix}{}", command.get_name());
            pages.push((name.clone(), command.clone()));
            add(&format!("{name}-"), command, pages);
        }
    }
    let mut all = program.disable_help_subcommand(true);
    all.build();
    let mut pages = Vec::new();
    add("", &all, &mut pages);
    pages
}

/// The man page of a command, or of the program.
///
/// # Errors
/// None that can occur: nothing but memory is written to.
pub(super) fn page(program: Command, name: Option<&str>) -> std::io::Result<String> {
    let mut command = pages(program.clone())
        .into_iter()
        .find(|(page, _)| Some(page.as_str()) == name)
        .map_or_else(
            || program.disable_help_subcommand(true),
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
