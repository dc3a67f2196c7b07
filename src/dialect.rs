//! An argument vector to the text of a shell. The two shells differ here and in
//! their templates, and nowhere else.

mod bash;
mod cmd;

use std::fmt;

use crate::plan::{Command, Word};

/// A shell that scripts are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// POSIX shells: bash 3.2 and later, dash, busybox, ksh, zsh.
    Bash,
    /// Windows cmd.exe.
    Cmd,
}

/// A word that a shell cannot be given safely; such text belongs in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unquotable {
    /// What about it cannot be written, as a sentence fragment.
    pub why: String,
}

impl fmt::Display for Unquotable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the argument {}", self.why)
    }
}

impl std::error::Error for Unquotable {}

impl Dialect {
    /// One word, quoted if it needs quotes.
    ///
    /// # Errors
    /// If no quoting passes the word on unchanged.
    pub fn word(self, word: &str) -> Result<String, Unquotable> {
        if !word.is_empty() && word.chars().all(is_plain) {
            return Ok(word.to_owned());
        }
        match self {
            Self::Bash => bash::quoted(word),
            Self::Cmd => cmd::quoted(word),
        }
    }

    /// A call as AWS's documentation writes it: the operation on the first line,
    /// an option on each further line, four blanks in front, the lines joined
    /// by the shell's continuation character. Lines end with LF; a file's own
    /// line ends come with [`Dialect::file`].
    ///
    /// # Errors
    /// If a word cannot be written for this shell.
    pub fn command(self, command: &Command) -> Result<String, Unquotable> {
        Ok(self.lines(command)?.join(self.continuation()))
    }

    /// A call that AWS's documentation does not have, on one line, or on two if
    /// it has a query.
    ///
    /// # Errors
    /// If a word cannot be written for this shell.
    pub fn compact(self, command: &Command) -> Result<String, Unquotable> {
        let lines = self.lines(command)?;
        let mut text = String::new();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                let is_query = line.starts_with("--query ");
                text.push_str(if is_query { self.continuation() } else { " " });
            }
            text.push_str(line);
        }
        Ok(text)
    }

    fn lines(self, command: &Command) -> Result<Vec<String>, Unquotable> {
        let line = |words: Vec<Word>| {
            let words: Result<Vec<String>, _> = words
                .iter()
                .map(|word| match word {
                    Word::Text(text) => self.word(text),
                    Word::Version => Ok(self.version().to_owned()),
                })
                .collect();
            Ok(words?.join(" "))
        };
        command.lines().into_iter().map(line).collect()
    }

    fn continuation(self) -> &'static str {
        match self {
            Self::Bash => " \\\n    ",
            // Nothing may follow the caret, and it escapes the first character
            // of the next line: the blanks there keep a quote safe.
            Self::Cmd => " ^\n    ",
        }
    }

    /// The script's variable that holds a policy's version.
    fn version(self) -> &'static str {
        match self {
            Self::Bash => "\"$version\"",
            // functions.cmd takes nothing into it that means anything.
            Self::Cmd => "%VERSION%",
        }
    }

    /// A script's text as the bytes of its file: the line ends of the shell.
    #[must_use]
    pub fn file(self, text: &str) -> String {
        match self {
            Self::Bash => text.to_owned(),
            // cmd.exe loses labels in files that end lines with LF alone.
            Self::Cmd => text.replace('\n', "\r\n"),
        }
    }
}

/// A character that means nothing to either shell, wherever it stands in a
/// word: AWS's documentation leaves words of these without quotes. (`=` and `,`
/// are not among them: cmd.exe splits words there, zsh expands a leading `=`.)
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_+.@:/-".contains(c)
}
