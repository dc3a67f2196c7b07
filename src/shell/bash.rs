//! POSIX shells. Single quotes keep every character but the single quote,
//! double quotes all that are not named here.

use super::QuoteError;

/// Adds a word in double quotes, as in cmd.exe, if nothing in it means anything
/// there. Else in single ones, with each single quote in it outside of them,
/// escaped.
pub(super) fn add_quoted(word: &str, text: &mut String) -> Result<(), QuoteError> {
    if word.contains('\0') {
        return Err(QuoteError {
            why: "holds a NUL, which no argument can".into(),
        });
    }
    let means_something = |byte| matches!(byte, b'"' | b'$' | b'`' | b'\\' | b'\n');
    if word.bytes().any(means_something) || expands_history(word) {
        text.push('\'');
        for (index, piece) in word.split('\'').enumerate() {
            if index > 0 {
                text.push_str(r"'\''");
            }
            text.push_str(piece);
        }
        text.push('\'');
    } else {
        text.extend(["\"", word, "\""]);
    }
    Ok(())
}

/// Whether an interactive shell takes a `!` in double quotes for one of its own:
/// any but before these.
fn expands_history(word: &str) -> bool {
    let mut rest = word.split('!').skip(1);
    rest.any(|after| !after.starts_with(['=', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(word: &str) -> Result<String, QuoteError> {
        let mut text = String::new();
        add_quoted(word, &mut text).map(|()| text)
    }

    #[test]
    fn a_single_quote_stands_in_double_quotes_or_outside_of_any() {
        assert_eq!(quoted("it's $HOME").as_deref(), Ok(r"'it'\''s $HOME'"));
        assert_eq!(quoted("it's a!='b'").as_deref(), Ok(r#""it's a!='b'""#));
        assert_eq!(quoted("it's!a").as_deref(), Ok(r"'it'\''s!a'"));
        assert_eq!(quoted("").as_deref(), Ok("\"\""));
        assert!(quoted("a\0b").is_err());
    }
}
