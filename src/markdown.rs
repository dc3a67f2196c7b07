//! Values in the text of Markdown pages.

/// A value as Markdown that shows it as it is. Without need nothing is escaped,
/// for such pages are read as plain text, too.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let special = match c {
            // Between letters and digits it emphasises nothing. (CommonMark 0.31, 6.2)
            '_' => ![before, rest.peek().copied()]
                .iter()
                .all(|next| next.is_some_and(char::is_alphanumeric)),
            _ => "\\`*[]<>&|~".contains(c),
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_markup_is_escaped() {
        for (text, markdown) in [
            (
                "create the IAM role Lex_Logs-1",
                "create the IAM role Lex_Logs-1",
            ),
            ("_a_", r"\_a\_"),
            ("a__b", r"a\_\_b"),
            ("a_+_b", r"a\_+\_b"),
            ("a=,.@+-b", "a=,.@+-b"),
            (r"<b>*&`|\~[x]", r"\<b\>\*\&\`\|\\\~\[x\]"),
            ("½_½", "½_½"),
        ] {
            assert_eq!(escaped(text), markdown);
        }
    }
}
