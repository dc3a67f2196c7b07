//! An argument vector to the text of a shell. The two shells differ here and in
//! their templates, and nowhere else.

mod bash;
pub mod cmd;

use std::fmt;

use crate::plan::Command;

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
        let lines = command.lines().into_iter().map(|words| {
            let words: Result<Vec<String>, _> = words.iter().map(|word| self.word(word)).collect();
            Ok(words?.join(" "))
        });
        let lines: Result<Vec<String>, Unquotable> = lines.collect();
        let continuation = match self {
            Self::Bash => " \\\n    ",
            // Nothing may follow the caret, and it escapes the first character
            // of the next line: the blanks there keep a quote safe.
            Self::Cmd => " ^\n    ",
        };
        Ok(lines?.join(continuation))
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
