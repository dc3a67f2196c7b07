//! How long a text is, and of which characters.

use crate::escape::counted;

/// Counts characters, as AWS does.
pub(super) fn length(text: &str, least: usize, most: usize) -> Result<(), String> {
    let count = text.chars().count();
    if count == 0 && least > 0 {
        Err("is empty".into())
    } else if (least..=most).contains(&count) {
        Ok(())
    } else {
        let count = counted(count, "character");
        Err(format!("has {count} ({least} to {most} are allowed)"))
    }
}

/// Everything that is wrong, as one fragment.
pub(super) fn all(checks: impl IntoIterator<Item = Result<(), String>>) -> Result<(), String> {
    let wrong: Vec<String> = checks.into_iter().filter_map(Result::err).collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join(", and "))
    }
}

/// So many characters that are not allowed are named.
const NAMED: usize = 4;

/// Every character must be allowed; each that is not is named once.
pub(super) fn charset(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), String> {
    let mut refused: Vec<(usize, char)> = Vec::new();
    for (index, c) in text.chars().enumerate().filter(|(_, c)| !allowed(*c)) {
        if refused.iter().all(|(_, known)| *known != c) {
            refused.push((index, c));
        }
        if refused.len() > NAMED {
            break;
        }
    }
    let named = refused.iter().take(NAMED);
    let named = named.map(|(index, c)| format!("{} at position {}", shown(*c), index + 1));
    let named = named.collect::<Vec<_>>().join(", ");
    match refused.len() {
        0 => Ok(()),
        1 => Err(format!("has the character {named}")),
        2..=NAMED => Err(format!("has the characters {named}")),
        _ => Err(format!("has the characters {named}, and others")),
    }
}

fn shown(c: char) -> String {
    match c {
        ' ' => "blank".into(),
        '`' => "backtick".into(),
        '\'' | '"' | '\\' => format!("`{c}`"),
        _ => format!("`{}`", c.escape_debug()),
    }
}
