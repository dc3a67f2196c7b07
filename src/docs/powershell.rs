//! Commands for PowerShell, in documentation alone: a bundle's `.cmd` scripts run from PowerShell too.
//!
//! No PowerShell was at hand, so this was not run. It follows what Microsoft publishes: `about_Quoting_Rules` (in single quotes
//! nothing means anything but the quote itself, which is doubled; the typographic single quotes count as quotes), `about_Parsing`
//! (how words and numbers are read after the name of a command, and how arguments reach native programs) and
//! `about_Preference_Variables` (`PSNativeCommandArgumentPassing`: Windows PowerShell 5.1 and PowerShell 7.2 put an argument
//! with blanks in double quotes and escape nothing, 7.3 and later escape, but not for batch files, as which pip installs the
//! AWS CLI).

use crate::plan::Command;
use crate::shell::QuoteError;

/// A call, with an option on each line.
pub fn command(command: &Command) -> Result<String, QuoteError> {
    let lines = command.words().into_iter().map(|words| {
        let words = words.iter().map(|text| word(text));
        Ok(words.collect::<Result<Vec<_>, QuoteError>>()?.join(" "))
    });
    Ok(lines
        .collect::<Result<Vec<String>, QuoteError>>()?
        .join(" `\n    "))
}

/// One word, in single quotes if it needs any.
pub fn word(word: &str) -> Result<String, QuoteError> {
    let refused = |why: &str| {
        Err(QuoteError {
            why: why.to_owned(),
        })
    };
    let is_split = word.contains(' ');
    let is_refused = |c: char| match c {
        // 5.1 does not escape a double quote; batch files expand the other two.
        '"' | '%' | '^' => true,
        // Without blanks it gets no double quotes, and a batch file takes them for its own.
        '&' | '|' | '<' | '>' => !is_split,
        // Typographic quotes are among what is left.
        c => !matches!(c, ' '..='~'),
    };
    if let Some(c) = word.chars().find(|c| is_refused(*c)) {
        let c = c.escape_debug();
        return refused(&format!(
            "holds `{c}`, which not every PowerShell passes on"
        ));
    }
    if word.is_empty() {
        return refused("is empty, which Windows PowerShell 5.1 leaves out");
    }
    if word.ends_with('\\') {
        return refused("ends in a backslash, which not every PowerShell passes on");
    }
    let option = word.strip_prefix("--");
    let (is_option, text) = (option.is_some(), option.unwrap_or(word));
    // What begins otherwise may be a number or an operator, and an option is split at a period or a colon.
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| {
            c.is_ascii_alphanumeric() || "_-".contains(c) || !is_option && "./:".contains(c)
        });
    Ok(if is_plain {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "''"))
    })
}
