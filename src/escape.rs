//! What strangers wrote, as a message can show it.

use std::path::Path;

/// The longest piece of a value that a message repeats, in characters.
pub(super) const SHOWN: usize = 80;
/// The longest message about what somebody sent, in characters.
const TOLD: usize = 1000;

/// A value as it can be shown on a terminal: control and invisible characters
/// as escapes, so that no value can move the cursor or hide, and not endless.
pub fn escape_value(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => escape_all(&text[..end]) + "…",
        None => escape_all(text),
    }
}

/// The same of a message that repeats what was given, perhaps at length.
pub fn escape_message(message: &str) -> String {
    match message.char_indices().nth(TOLD) {
        Some((end, _)) => escape_all(&message[..end]) + "…",
        None => escape_all(message),
    }
}

/// The same at its full length.
pub fn escape_all(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '\\' | '\'' | '"' => shown.push(c),
            _ => shown.extend(c.escape_debug()),
        }
    }
    shown
}

/// A path as it can be shown: the name of a file may be a stranger's choice.
pub fn escape_path(path: &Path) -> String {
    escape_all(&path.display().to_string())
}

/// A count with its noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_write_to_the_terminal() {
        assert_eq!(
            escape_value("a\u{1b}[2Jb\r\n\"\u{202e}"),
            "a\\u{1b}[2Jb\\r\\n\"\\u{202e}"
        );
        assert_eq!(escape_value(&"x".repeat(500)).chars().count(), SHOWN + 1);
    }
}
