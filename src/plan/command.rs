//! One call of the AWS CLI.

use crate::document::Document;

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// It is known when the plan is made.
    Text(String),
    /// The version of a policy that a call before has printed: the script's
    /// variable `version`.
    Version,
    /// The option has none.
    None,
}

/// One call of the AWS CLI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    service: &'static str,
    operation: Vec<&'static str>,
    options: Vec<(&'static str, Value)>,
}

/// A word of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is known when the plan is made.
    Text(String),
    /// The script's variable `version`.
    Version,
}

impl Command {
    pub(super) fn new(service: &'static str, operation: &'static str) -> Self {
        Self {
            service,
            operation: vec![operation],
            options: Vec::new(),
        }
    }

    /// A call that returns when something is known to the service.
    pub(super) fn waiting(service: &'static str, waiter: &'static str) -> Self {
        let mut command = Self::new(service, "wait");
        command.operation.push(waiter);
        command
    }

    pub(super) fn option(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.options.push((name, Value::Text(value.into())));
        self
    }

    pub(super) fn flag(mut self, name: &'static str) -> Self {
        self.options.push((name, Value::None));
        self
    }

    pub(super) fn file(self, name: &'static str, document: Document) -> Self {
        // Relative: Git for Windows rewrites absolute paths (aws-cli/issues/3829).
        self.option(name, format!("file://{}", document.file_name()))
    }

    pub(super) fn version(mut self) -> Self {
        self.options.push(("--version-id", Value::Version));
        self
    }

    /// Prints what a `JMESPath` expression selects, as text.
    pub(super) fn text(self, query: &str) -> Self {
        self.option("--output", "text").option("--query", query)
    }

    /// The words of the call as AWS's documentation lays them out: the
    /// operation on the first line, then an option a line.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<Word>> {
        let text = |text: &str| Word::Text(text.to_owned());
        let first = ["aws", self.service]
            .iter()
            .chain(&self.operation)
            .map(|word| text(word))
            .collect();
        let options = self.options.iter().map(|(name, value)| match value {
            // The CLI takes a word that begins with a dash for an option.
            Value::Text(value) if value.starts_with('-') => vec![text(&format!("{name}={value}"))],
            Value::Text(value) => vec![text(name), text(value)],
            Value::Version => vec![text(name), Word::Version],
            Value::None => vec![text(name)],
        });
        std::iter::once(first).chain(options).collect()
    }

    /// Whether the call reads a document.
    #[must_use]
    pub fn reads(&self, document: Document) -> bool {
        let file = format!("file://{}", document.file_name());
        self.options
            .iter()
            .any(|(_, value)| *value == Value::Text(file.clone()))
    }

    /// The argument vector, without the program's name, with this version of a
    /// policy.
    #[must_use]
    pub fn arguments(&self, version: &str) -> Vec<String> {
        let words = self.lines().concat().into_iter().skip(1);
        words
            .map(|word| match word {
                Word::Text(text) => text,
                Word::Version => version.to_owned(),
            })
            .collect()
    }
}
