//! Examples and exit codes of each command: the one table that help, man pages
//! and the reference of `docs` show.

mod entries;

use clap::Command;
use clap::builder::Styles;

pub(super) use entries::{ENTRIES, Entry};

/// The commands by what they are for, in the order of the help.
pub(super) const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Request",
        &["init", "bundle", "render", "cloudformation", "fleet"],
    ),
    ("Review", &["verify", "inspect", "diff", "receipt", "lint"]),
    ("Document", &["docs"]),
    ("Customize", &["templates", "schema"]),
    ("Shell", &["completions", "man"]),
];

/// The entry of a command.
pub(super) fn entry(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

/// The end of a command's help: its examples and exit codes.
pub(super) fn end(name: &str) -> String {
    let styles = Styles::styled();
    let header = styles.get_header();
    let mut text = String::new();
    if let Some(entry) = entry(name) {
        text += &format!("{header}Examples:{header:#}\n");
        for (purpose, line) in entry.examples {
            text += &format!("  {purpose}:\n    {line}\n");
        }
        text += &format!("\n{header}Exit codes:{header:#}\n");
        for (code, meaning) in entry.exit_codes {
            text += &format!("  {code:<3}  {meaning}\n");
        }
    }
    text
}

/// The help of the program, with its commands in groups.
pub(super) fn grouped(program: &Command) -> String {
    let styles = Styles::styled();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let mut text = "{about}\n\n{usage-heading} {usage}\n".to_owned();
    for (group, names) in GROUPS {
        text += &format!("\n{header}{group}:{header:#}\n");
        for name in names {
            let command = program.find_subcommand(name);
            let about = command.and_then(Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            text += &format!("  {literal}{name:<14}{literal:#}  {about}\n");
        }
    }
    text + &format!("\n{header}Options:{header:#}\n{{options}}{{after-help}}")
}
