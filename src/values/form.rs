//! The forms of values, as far as JSON Schema can tell them: lengths and
//! regular expressions. What a rule checks and what its form says come from the
//! same sets of letters and the same lengths.
//!
//! The expressions are those that JavaScript (with `u`), Python, Rust and Go
//! read alike: no look-around, no `\p`, nothing escaped that need not be.

use super::text::{all, charset, length};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters {
    /// Ranges, by their first and last letters.
    ranges: &'static [(char, char)],
    others: &'static str,
}

impl Letters {
    /// Letters, digits and these.
    pub(crate) const fn alphanumeric_and(others: &'static str) -> Self {
        Self {
            ranges: &[('A', 'Z'), ('a', 'z'), ('0', '9')],
            others,
        }
    }

    /// Small letters, digits and these.
    pub(crate) const fn small_and(others: &'static str) -> Self {
        Self {
            ranges: &[('a', 'z'), ('0', '9')],
            others,
        }
    }

    pub(crate) fn has(self, c: char) -> bool {
        self.others.contains(c) || self.ranges.iter().any(|(a, z)| (*a..=*z).contains(&c))
    }

    pub(crate) fn class(self) -> String {
        let ranges: String = self
            .ranges
            .iter()
            .map(|(a, z)| format!("{a}-{z}"))
            .collect();
        let others: String = self
            .others
            .chars()
            .map(|c| match c {
                '-' | '\\' | ']' | '[' | '^' => format!("\\{c}"),
                _ => c.into(),
            })
            .collect();
        format!("[{ranges}{others}]")
    }
}

/// A text of some letters, which is what most rules begin with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    /// The least and the most characters.
    pub(super) length: (usize, usize),
    pub(super) letters: Letters,
}

impl Plain {
    pub(super) const fn new(least: usize, most: usize, letters: Letters) -> Self {
        Self {
            length: (least, most),
            letters,
        }
    }

    /// Whether `text` is one; if not, what is wrong with it.
    pub(super) fn check(self, text: &str) -> Result<(), String> {
        all([self.check_length(text), self.check_letters(text)])
    }

    pub(super) fn check_length(self, text: &str) -> Result<(), String> {
        length(text, self.length.0, self.length.1)
    }

    pub(super) fn check_letters(self, text: &str) -> Result<(), String> {
        charset(text, |c| self.letters.has(c))
    }

    pub(super) fn form(self) -> Form {
        Form::new(self.length, format!("^{}*$", self.letters.class()))
    }
}

/// What a text looks like.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The least and the most characters; no bound if none is set.
    pub length: (Option<usize>, Option<usize>),
    /// The regular expression that it matches.
    pub pattern: Option<String>,
    /// The expressions that match nothing in it.
    pub never: Vec<String>,
    /// If it matches the first one, it matches the second one too.
    pub when: Option<(String, String)>,
    /// All values there are, if there are few.
    pub only: Vec<&'static str>,
    /// Values that are known to pass, where there are others.
    pub known: Vec<&'static str>,
}

impl Form {
    /// Any text but an empty one.
    pub(crate) fn any() -> Self {
        Self {
            length: (Some(1), None),
            ..Self::default()
        }
    }

    /// A text of so many characters that matches an expression.
    pub(super) fn new((least, most): (usize, usize), pattern: impl Into<String>) -> Self {
        Self {
            length: (Some(least), Some(most)),
            pattern: Some(pattern.into()),
            ..Self::default()
        }
    }

    pub(crate) fn one_of(only: &[&'static str]) -> Self {
        Self {
            only: only.to_vec(),
            ..Self::default()
        }
    }

    /// The same, but for what matches an expression.
    pub(super) fn never(mut self, pattern: impl Into<String>) -> Self {
        self.never.push(pattern.into());
        self
    }
}

/// An expression that matches one of these; they have no letters that mean
/// anything in an expression but `.`.
pub(super) fn any_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words
        .into_iter()
        .map(|word| word.replace('.', "\\."))
        .collect();
    format!("({})", words.join("|"))
}

/// An expression that matches a word in capitals and small letters alike.
pub(super) fn in_any_case(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'a'..='z' => format!("[{}{c}]", c.to_ascii_uppercase()),
            _ => c.into(),
        })
        .collect()
}
