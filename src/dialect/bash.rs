//! POSIX shells. Single quotes keep every character but the single quote.

use super::Unquotable;

/// A word in single quotes; each single quote in it stands outside them,
/// escaped.
pub(super) fn quoted(word: &str) -> Result<String, Unquotable> {
    if word.contains('\0') {
        return Err(Unquotable {
            why: "holds a NUL, which no argument can".into(),
        });
    }
    Ok(format!("'{}'", word.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_quote_stands_outside_the_quotes() {
        assert_eq!(quoted("it's $HOME").as_deref(), Ok(r"'it'\''s $HOME'"));
        assert_eq!(quoted("").as_deref(), Ok("''"));
        assert!(quoted("a\0b").is_err());
    }
}
