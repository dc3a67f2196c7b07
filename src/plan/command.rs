//! One call of the AWS CLI.

use std::borrow::Cow;

use crate::document::Document;

/// What begins the name of a file whose content is the value.
const FILE: &str = "file://";

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// It is known when the plan is made.
    Text(String),
    /// A variable of the script holds it.
    Variable(Variable),
    /// The option has none.
    None,
}

/// One call of the AWS CLI.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let command = &plan.apply[0].command;
/// assert_eq!(command.operation().collect::<Vec<_>>(), ["aws", "iam", "create-role"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    service: &'static str,
    operation: Vec<&'static str>,
    options: Vec<(&'static str, Value)>,
}

/// A word of a call.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request, Word};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let (option, value) = plan.apply[0].command.options().next().expect("an option");
/// assert_eq!(option, "--role-name");
/// assert_eq!(value, Some(Word::Text("LexConversationLogsRole")));
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word<'a> {
    /// It is known when the plan is made.
    Text(&'a str),
    /// A variable of the script.
    Variable(Variable),
}

/// What is known when a script runs.
///
/// ```
/// use lexlogs::Variable;
///
/// assert_eq!(Variable::Version.name(), "version");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// The version of a policy that a call before has printed.
    Version,
    /// The time an hour ago, in UTC.
    Start,
    /// The time now, in UTC.
    End,
}

impl Variable {
    /// The name of the script's variable.
    ///
    /// ```
    /// use lexlogs::Variable;
    ///
    /// assert_eq!(Variable::End.name(), "end");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Start => "start",
            Self::End => "end",
        }
    }
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
        self.named_file(name, document.file_name())
    }

    /// A file that a script has written.
    pub(super) fn named_file(self, name: &'static str, file: &str) -> Self {
        // Relative: Git for Windows rewrites absolute paths (aws-cli/issues/3829).
        self.option(name, format!("{FILE}{file}"))
    }

    pub(super) fn version(self) -> Self {
        self.variable("--version-id", Variable::Version)
    }

    pub(super) fn variable(mut self, name: &'static str, variable: Variable) -> Self {
        self.options.push((name, Value::Variable(variable)));
        self
    }

    /// Prints what a `JMESPath` expression selects, as text.
    pub(super) fn text(self, query: &str) -> Self {
        self.option("--output", "text").option("--query", query)
    }

    /// Prints what such an expression selects, as JSON.
    pub(super) fn json(self, query: &str) -> Self {
        self.option("--output", "json").option("--query", query)
    }

    /// The words that say what is called, the program's name first.
    ///
    /// ```
    /// use lexlogs::{Plan, RawParameters, Request};
    ///
    /// let request = Request::new(&RawParameters::example(), Vec::new())?;
    /// let plan = Plan::new(request.spec());
    /// let words: Vec<&str> = plan.identify.operation().collect();
    /// assert_eq!(words, ["aws", "sts", "get-caller-identity"]);
    /// # Ok::<(), lexlogs::Faults>(())
    /// ```
    pub fn operation(&self) -> impl Iterator<Item = &'static str> {
        ["aws", self.service]
            .into_iter()
            .chain(self.operation.iter().copied())
    }

    /// The options, each with its value if that is a word of its own.
    ///
    /// ```
    /// use lexlogs::{Plan, RawParameters, Request};
    ///
    /// let request = Request::new(&RawParameters::example(), Vec::new())?;
    /// let plan = Plan::new(request.spec());
    /// let options = plan.apply[2].command.options();
    /// let names: Vec<String> = options.map(|(name, _)| name.into_owned()).collect();
    /// assert_eq!(names, ["--policy-arn", "--role-name"]);
    /// # Ok::<(), lexlogs::Faults>(())
    /// ```
    pub fn options(&self) -> impl Iterator<Item = (Cow<'_, str>, Option<Word<'_>>)> {
        self.options.iter().map(|(name, value)| match value {
            // The CLI takes a word that begins with a dash for an option.
            Value::Text(value) if value.starts_with('-') => {
                (format!("{name}={value}").into(), None)
            }
            Value::Text(value) => ((*name).into(), Some(Word::Text(value))),
            Value::Variable(variable) => ((*name).into(), Some(Word::Variable(*variable))),
            Value::None => ((*name).into(), None),
        })
    }

    /// Whether the call says by itself to which Region it goes.
    ///
    /// ```
    /// use lexlogs::{Plan, RawParameters, Request};
    ///
    /// let request = Request::new(&RawParameters::example(), Vec::new())?;
    /// assert!(!Plan::new(request.spec()).apply[0].command.is_regional());
    /// # Ok::<(), lexlogs::Faults>(())
    /// ```
    #[must_use]
    pub fn is_regional(&self) -> bool {
        self.options.iter().any(|(name, _)| *name == "--region")
    }

    /// Whether the call reads a document.
    ///
    /// ```
    /// use lexlogs::{Plan, RawParameters, Request, Document};
    ///
    /// let request = Request::new(&RawParameters::example(), Vec::new())?;
    /// let plan = Plan::new(request.spec());
    /// assert!(plan.apply[0].command.reads(Document::TrustPolicy));
    /// assert!(!plan.apply[0].command.reads(Document::S3Policy));
    /// # Ok::<(), lexlogs::Faults>(())
    /// ```
    #[must_use]
    pub fn reads(&self, document: Document) -> bool {
        self.options.iter().any(|(_, value)| match value {
            Value::Text(text) => text.strip_prefix(FILE) == Some(document.file_name()),
            Value::Variable(_) | Value::None => false,
        })
    }

    /// The argument vector, without the program's name, with this version of a
    /// policy.
    ///
    /// ```
    /// use lexlogs::{Plan, RawParameters, Request};
    ///
    /// let request = Request::new(&RawParameters::example(), Vec::new())?;
    /// let plan = Plan::new(request.spec());
    /// assert_eq!(
    ///     plan.apply[2].command.arguments(""),
    ///     [
    ///         "iam",
    ///         "attach-role-policy",
    ///         "--policy-arn",
    ///         "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy",
    ///         "--role-name",
    ///         "LexConversationLogsRole",
    ///     ],
    /// );
    /// # Ok::<(), lexlogs::Faults>(())
    /// ```
    #[must_use]
    pub fn arguments(&self, version: &str) -> Vec<String> {
        let mut arguments: Vec<String> = self.operation().skip(1).map(str::to_owned).collect();
        for (option, value) in self.options() {
            arguments.push(option.into_owned());
            arguments.extend(value.map(|word| match word {
                Word::Text(text) => text.to_owned(),
                Word::Variable(Variable::Version) => version.to_owned(),
                Word::Variable(variable) => variable.name().to_ascii_uppercase(),
            }));
        }
        arguments
    }
}
