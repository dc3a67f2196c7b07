//! One call of the AWS CLI.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::document::Document;

/// What begins the name of a file whose content is the value.
const FILE: &str = "file://";

/// One call of the AWS CLI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    service: &'static str,
    operation: Vec<&'static str>,
    /// Each with its value, if it has one.
    options: Vec<(&'static str, Option<String>)>,
}

impl Command {
    pub(super) fn new(service: &'static str, operation: &'static str) -> Self {
        Self {
            service,
            operation: vec![operation],
            options: Vec::new(),
        }
    }

    /// One more word of what is called, such as what `wait` waits for.
    pub(super) fn word(mut self, word: &'static str) -> Self {
        self.operation.push(word);
        self
    }

    pub(super) fn option(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.options.push((name, Some(value.into())));
        self
    }

    pub(super) fn flag(mut self, name: &'static str) -> Self {
        self.options.push((name, None));
        self
    }

    pub(super) fn file(self, name: &'static str, document: Document) -> Self {
        self.named_file(name, document.file_name())
    }

    /// A file that a script has written.
    pub(super) fn named_file(self, name: &'static str, file: &str) -> Self {
        // Relative: Git for Windows rewrites absolute paths (aws-cli/issues/3829).
        self.option(name, format!("{FILE}{file}"))
    }

    /// Prints what a `JMESPath` expression selects, in the form that the script asks for.
    pub(super) fn query(self, query: &str) -> Self {
        self.option("--query", query)
    }

    /// The same, as text.
    pub(super) fn text(self, query: &str) -> Self {
        self.option("--output", "text").query(query)
    }

    /// Prints what such an expression selects, as JSON.
    pub(super) fn json(self, query: &str) -> Self {
        self.option("--output", "json").option("--query", query)
    }

    /// The words that say what is called, the program's name first.
    pub fn operation(&self) -> impl Iterator<Item = &'static str> {
        ["aws", self.service]
            .into_iter()
            .chain(self.operation.iter().copied())
    }

    /// The options, each with its value if that is a word of its own.
    pub fn options(&self) -> impl Iterator<Item = (Cow<'_, str>, Option<&str>)> {
        self.options.iter().map(|(name, value)| match value {
            // The CLI takes a word that starts with a dash for an option.
            Some(value) if value.starts_with('-') => (format!("{name}={value}").into(), None),
            value => ((*name).into(), value.as_deref()),
        })
    }

    /// The words as they belong together: what is called, then each option with its value.
    pub(crate) fn words(&self) -> Vec<Vec<Cow<'_, str>>> {
        let operation = self.operation().map(Cow::Borrowed).collect();
        let options = self.options().map(|(name, value)| {
            let value = value.map(Cow::Borrowed);
            std::iter::once(name).chain(value).collect()
        });
        std::iter::once(operation).chain(options).collect()
    }

    /// Whether the call reads a document.
    pub fn reads(&self, document: Document) -> bool {
        self.options.iter().any(|(_, value)| {
            let file = value.as_ref().and_then(|value| value.strip_prefix(FILE));
            file == Some(document.file_name())
        })
    }

    /// The argument vector, without the program's name.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments: Vec<String> = self.operation().skip(1).map(str::to_owned).collect();
        for (option, value) in self.options() {
            arguments.push(option.into_owned());
            arguments.extend(value.map(str::to_owned));
        }
        arguments
    }
}

/// As its words, for the templates.
impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.words().serialize(serializer)
    }
}
