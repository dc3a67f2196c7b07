//! The man pages of the commands.

use clap::Command;
use roff::{Inline, Roff, bold, roman};

use super::help;
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
pub(super) fn page(program: Command, name: Option<&str>) -> std::io::Result<String> {
    let name = name.unwrap_or_default();
    let command = pages(program.clone())
        .into_iter()
        .find(|(page, _)| page == name)
        .map_or_else(
            || program.disable_help_subcommand(true),
            |(_, command)| command,
        );
    let has_commands = command.has_subcommands();
    let title = format!("lexlogs-{name}").to_uppercase();
    let man = clap_mangen::Man::new(command)
        .title(title.trim_end_matches('-'))
        .date(CHANGED)
        .source(GENERATOR)
        .manual("lexlogs");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if has_commands {
        man.render_subcommands_section(&mut page)?;
    }
    let page = String::from_utf8_lossy(&page).into_owned() + &end(name).to_roff();
    Ok(tidied(&page))
}

/// The sections that follow the options.
fn end(name: &str) -> Roff {
    let mut roff = Roff::new();
    if let Some(entry) = help::entry(name) {
        roff.control("SH", ["EXAMPLES"]);
        for (purpose, line) in entry.examples {
            roff.control("TP", []);
            roff.text([roman(format!("{purpose}:"))]);
            roff.text([bold(*line)]);
        }
        roff.control("SH", ["EXIT STATUS"]);
        for (code, meaning) in entry.exit_codes {
            roff.control("TP", []);
            roff.text([bold(code.to_string())]);
            roff.text([roman(*meaning)]);
        }
    }
    roff.control("SH", ["SEE ALSO"]);
    roff.text(see_also(name));
    roff
}

/// The program, the command that a command is of, and those beside it.
fn see_also(name: &str) -> Vec<Inline> {
    let mut pages = Vec::new();
    if let Some((above, _)) = name.rsplit_once('-') {
        pages.push(format!("lexlogs-{above}"));
    }
    for (_, names) in help::GROUPS {
        if name.is_empty() || names.contains(&name) {
            let others = names.iter().filter(|other| **other != name);
            pages.extend(others.map(|other| format!("lexlogs-{other}")));
        }
    }
    if !name.is_empty() {
        pages.insert(0, "lexlogs".to_owned());
    }
    let mut text = Vec::new();
    for page in pages {
        if !text.is_empty() {
            text.push(roman(", "));
        }
        text.extend([bold(page), roman("(1)")]);
    }
    text
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
