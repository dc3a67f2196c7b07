//! How long a text is, and of which characters.

/// Counts characters, as AWS does.
pub(super) fn length(text: &str, least: usize, most: usize) -> Result<(), String> {
    let count = text.chars().count();
    if count == 0 && least > 0 {
        Err("is empty".into())
    } else if (least..=most).contains(&count) {
        Ok(())
    } else {
        let characters = if count == 1 {
            "character"
        } else {
            "characters"
        };
        Err(format!(
            "has {count} {characters}; {least} to {most} are allowed"
        ))
    }
}

/// Every character must be allowed; the first that is not is named.
pub(super) fn charset(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), String> {
    match text.chars().enumerate().find(|(_, c)| !allowed(*c)) {
        None => Ok(()),
        Some((index, c)) => Err(format!(
            "has the character {} at position {}",
            shown(c),
            index + 1
        )),
    }
}

/// A character as a message can show it.
fn shown(c: char) -> String {
    match c {
        ' ' => "blank".into(),
        '`' => "backtick".into(),
        '\'' | '"' | '\\' => format!("`{c}`"),
        _ => format!("`{}`", c.escape_debug()),
    }
}
