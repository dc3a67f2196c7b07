//! Windows cmd.exe, for text that stands in a batch file, with delayed
//! expansion off.

use super::QuoteError;

/// The longest word: a command line ends at 8,191 characters, and one holds
/// several words.
const LONGEST: usize = 4000;

/// Adds a word in double quotes.
///
/// The text must reach an `.exe` and a batch file unchanged, with `call` and
/// without. `call` expands `%` a second time and doubles `^` even in quotes,
/// and no two programs agree on `"`; so none of them can be passed on, and
/// nothing outside printable ASCII, since the code page is not known.
pub(super) fn add_quoted(word: &str, text: &mut String) -> Result<(), QuoteError> {
    let wrong = |why: String| Err(QuoteError { why });
    let unsafe_at = word
        .bytes()
        .position(|byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'%' | b'^'));
    if let Some(c) = unsafe_at.and_then(|at| word[at..].chars().next()) {
        return wrong(format!(
            "holds `{}`, which cmd.exe does not pass on",
            c.escape_debug()
        ));
    }
    if word.contains("/?") {
        return wrong("holds `/?`, with which cmd.exe prints its own help".into());
    }
    if word.len() > LONGEST {
        return wrong(format!(
            "has {} characters; cmd.exe takes at most {LONGEST}",
            word.len()
        ));
    }
    // Backslashes before the closing quote would escape it in the program.
    let backslashes = word.len() - word.trim_end_matches('\\').len();
    text.extend(["\"", word]);
    text.extend(std::iter::repeat_n('\\', backslashes));
    text.push('"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(word: &str) -> Result<String, QuoteError> {
        let mut text = String::new();
        add_quoted(word, &mut text).map(|()| text)
    }

    #[test]
    fn a_word_is_quoted_or_refused() {
        assert_eq!(quoted("a b&c").as_deref(), Ok("\"a b&c\""));
        assert_eq!(quoted("").as_deref(), Ok("\"\""));
        assert_eq!(quoted(r"a\b\\").as_deref(), Ok(r#""a\b\\\\""#));
        for word in ["a\"b", "100%", "a^b", "é", "a\tb", "a\nb", "/?", "a\u{7f}"] {
            assert!(quoted(word).is_err(), "{word:?}");
        }
        assert!(quoted(&"x".repeat(LONGEST)).is_ok() && quoted(&"x".repeat(LONGEST + 1)).is_err());
    }
}
