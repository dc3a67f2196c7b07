//! An argument vector to the text of a shell. The two shells differ here and in
//! their templates, and nowhere else.

mod bash;
mod cmd;

use std::path::Path;

use crate::escape::escape_value;
use crate::plan::Command;

/// A shell that scripts are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// POSIX shells: bash 3.2 and later, dash, busybox, ksh, zsh.
    Bash,
    /// Windows cmd.exe.
    Cmd,
}

/// The longest line of a call that is not laid out as AWS's documentation does,
/// with room for what stands before it.
pub(crate) const MAX_LINE: usize = 90;

/// The bytes that most calls do not exceed.
const USUAL_CALL: usize = 512;

/// A word that a shell cannot be given safely; such text belongs in a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the argument {why}")]
pub struct QuoteError {
    /// What about it cannot be written, as a sentence fragment.
    pub why: String,
}

impl Shell {
    /// One word, quoted if it needs quotes.
    ///
    /// # Errors
    /// If no quoting passes the word on unchanged.
    pub fn word(self, word: &str) -> Result<String, QuoteError> {
        let mut text = String::with_capacity(word.len() + 2);
        self.add_word(word, &mut text)?;
        Ok(text)
    }

    fn add_word(self, word: &str, text: &mut String) -> Result<(), QuoteError> {
        if !word.is_empty() && word.bytes().all(is_plain) {
            text.push_str(word);
            return Ok(());
        }
        match self {
            Self::Bash => bash::add_quoted(word, text),
            Self::Cmd => cmd::add_quoted(word, text),
        }
    }

    /// A value where a template puts it and says nothing: a word of its own reaches a program unchanged, and within quotes or
    /// a here-document of the template, which would undo quotes of its own, it does no harm.
    ///
    /// # Errors
    /// If it might do some there.
    pub fn anywhere(self, text: &str) -> Result<String, QuoteError> {
        let is_harmless = |c: char| is_plain_char(c) || " =,".contains(c);
        let is_harmful = |c: char| match self {
            Self::Bash => c.is_control() || "'`\\".contains(c),
            Self::Cmd => "&|<>()".contains(c),
        };
        if let Some(c) = text.chars().find(|c| is_harmful(*c)) {
            let (c, filter) = (escape_value(&c.to_string()), self.filter());
            return Err(QuoteError {
                why: format!(
                    "holds `{c}`: write `| {filter}`, as a word of its own and not within quotes"
                ),
            });
        }
        if self == Self::Cmd || text.chars().all(is_harmless) {
            return self.word(text);
        }
        let escaped = text.chars().flat_map(|c| {
            let backslash = (c.is_ascii() && !is_plain_char(c)).then_some('\\');
            backslash.into_iter().chain([c])
        });
        Ok(escaped.collect())
    }

    /// The filter of templates that quotes a word.
    fn filter(self) -> &'static str {
        match self {
            Self::Bash => "sh",
            Self::Cmd => "cmd",
        }
    }

    /// A piece of a line of comment.
    ///
    /// # Errors
    /// If it would end the comment, or mean something even there.
    pub fn comment(self, text: &str) -> Result<String, QuoteError> {
        let is_fit = |c: char| match self {
            Self::Bash => !c.is_control(),
            // `rem` reads its first word as any command does, `%` is expanded and a
            // caret at the end joins the next line.
            Self::Cmd => matches!(c, ' '..='~') && !"\"%^&|<>".contains(c),
        };
        match text.chars().find(|c| !is_fit(*c)) {
            None => Ok(text.to_owned()),
            Some(c) => Err(QuoteError {
                why: format!("holds `{}`, which a comment cannot", c.escape_debug()),
            }),
        }
    }

    /// A call as AWS's documentation writes it: the operation on the first line,
    /// an option on each further line, four blanks in front, the lines joined
    /// by the shell's continuation character. Lines end with LF; a file's own
    /// line ends come with [`Shell::file`].
    ///
    /// # Errors
    /// If a word cannot be written for this shell.
    pub fn command(self, command: &Command) -> Result<String, QuoteError> {
        self.call(&command.words(), 0, 0)
    }

    /// A call in one line.
    ///
    /// # Errors
    /// If a word cannot be written for this shell.
    pub fn line(self, command: &Command) -> Result<String, QuoteError> {
        self.call(&command.words(), usize::MAX, 0)
    }

    /// A call, of words that belong together, whose lines have so many characters at most, if an option is no
    /// longer than that; all but the first have blanks in front, as many more as `indent`.
    pub(crate) fn call(
        self,
        words: &[Vec<impl AsRef<str>>],
        max_line: usize,
        indent: usize,
    ) -> Result<String, QuoteError> {
        let mut text = String::with_capacity(USUAL_CALL);
        let mut line = 0;
        for (index, words) in words.iter().enumerate() {
            let mut option = String::new();
            for word in words {
                if !option.is_empty() {
                    option.push(' ');
                }
                self.add_word(word.as_ref(), &mut option)?;
            }
            line += 1 + option.len();
            // What is called stands without a blank before it.
            if index == 0 {
                line -= 1;
            } else if line > max_line {
                text.push_str(self.continuation());
                text.extend(std::iter::repeat_n(' ', indent));
                line = 4 + option.len();
            } else {
                text.push(' ');
            }
            text.push_str(&option);
        }
        Ok(text)
    }

    fn continuation(self) -> &'static str {
        match self {
            Self::Bash => " \\\n    ",
            // Nothing may follow the caret, and it escapes the first character
            // of the next line: the blanks there keep a quote safe.
            Self::Cmd => " ^\n    ",
        }
    }

    /// The shell that a script is for, by its name.
    #[must_use]
    pub fn of_script(name: &str) -> Option<Self> {
        let extension = Path::new(name).extension()?;
        match extension.to_str()? {
            "sh" => Some(Self::Bash),
            "cmd" => Some(Self::Cmd),
            _ => None,
        }
    }

    /// A script's text, or a piece of it, as the bytes of its file: the line ends
    /// of the shell.
    #[must_use]
    pub fn file(self, text: String) -> String {
        match self {
            Self::Bash => text,
            // cmd.exe loses labels in files that end lines with LF alone.
            Self::Cmd => text.replace('\n', "\r\n"),
        }
    }
}

fn is_plain_char(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_plain)
}

/// A character that means nothing to either shell, wherever it stands in a
/// word: AWS's documentation leaves words of these without quotes. (`=` and `,`
/// are not among them: cmd.exe splits words there, zsh expands a leading `=`.)
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'.' | b'@' | b':' | b'/' | b'-')
}
