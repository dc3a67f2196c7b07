//! Windows cmd.exe, for text that stands in a batch file, with delayed
//! expansion off.

use super::Unquotable;

/// The longest word: a command line ends at 8,191 characters.
const LONGEST: usize = 2000;

/// A word in double quotes.
///
/// The text must reach an `.exe` and a batch file unchanged, with `call` and
/// without. `call` expands `%` a second time and doubles `^` even in quotes,
/// and no two programs agree on `"`; so none of them can be passed on, and
/// nothing outside printable ASCII, since the code page is not known.
pub(super) fn quoted(word: &str) -> Result<String, Unquotable> {
    let wrong = |why: String| Err(Unquotable { why });
    if let Some(c) = word
        .chars()
        .find(|c| !(' '..='~').contains(c) || "\"%^".contains(*c))
    {
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
            "has {} characters; cmd.exe is given {LONGEST} at most",
            word.len()
        ));
    }
    // Backslashes before the closing quote would escape it in the program.
    let backslashes = word.len() - word.trim_end_matches('\\').len();
    Ok(format!("\"{word}{}\"", "\\".repeat(backslashes)))
}

/// Lines of text as commands that print them.
///
/// # Errors
/// If a line cannot be printed unchanged.
pub fn print(text: &str) -> Result<String, Unquotable> {
    let lines: Result<Vec<String>, _> = text.lines().map(echo).collect();
    Ok(lines?.join("\n"))
}

/// A line that prints `text`. Double quotes in the text must be in pairs, as
/// they are in commands: within them only `%` means anything.
fn echo(text: &str) -> Result<String, Unquotable> {
    if text.trim().is_empty() {
        return Ok("echo.".into());
    }
    if let Some(c) = text.chars().find(|c| !(' '..='~').contains(c)) {
        return Err(Unquotable {
            why: format!("holds `{}`, which cmd.exe does not print", c.escape_debug()),
        });
    }
    let mut line = String::from("echo ");
    let mut in_quotes = false;
    for c in text.chars() {
        match c {
            '"' => {
                in_quotes = !in_quotes;
                line.push(c);
            }
            '%' => line.push_str("%%"),
            '&' | '|' | '<' | '>' | '(' | ')' | '^' if !in_quotes => {
                line.push('^');
                line.push(c);
            }
            _ => line.push(c),
        }
    }
    if in_quotes {
        return Err(Unquotable {
            why: "holds a double quote without its partner".into(),
        });
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_printed_line_means_nothing_to_the_shell() {
        assert_eq!(
            echo("a & b (c) ^ 5%").as_deref(),
            Ok("echo a ^& b ^(c^) ^^ 5%%")
        );
        assert_eq!(
            echo("    --x \"a & b\" ^").as_deref(),
            Ok("echo     --x \"a & b\" ^^")
        );
        assert_eq!(echo("").as_deref(), Ok("echo."));
        assert!(echo("a \" b").is_err());
        assert!(echo("ü").is_err());
    }
}
