//! `lexlogs lint`: what is wrong with an IAM policy document, whoever wrote it:
//! its form, and whether it does the job of this program. Least privilege and
//! other services' actions are left to Access Analyzer and parliament.
//! Every check is a rule of one table ([`rules`]); what it finds has a place in
//! the file. Those of form are the same that every rendered document passes.

mod arns;
mod conditions;
mod form;
mod grammar;
mod lex;
pub(crate) mod limits;
mod origin;
mod placeholders;
mod principals;
pub mod report;
pub(crate) mod rules;
mod sarif;
mod statement;
mod types;
mod writes;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::json::placed::{self, Member, Placed, SyntaxError};
use crate::values::names::LexVersion;
pub(crate) use grammar::LANGUAGE_VERSION;
use rules::{CHECKS, RULES};
use statement::{Condition, Principal, Statement, Text, listed, members};

/// How bad a finding is. The words are those of SARIF, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a look; it may well be meant.
    Note,
    /// It does something else than it says.
    Warning,
    /// IAM refuses it, or it does not do what it is there for.
    Error,
}

impl Severity {
    /// All, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// To what a policy is attached, by which its grammar differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To a role, a user or a group: a managed or an inline policy.
    Identity,
    /// To a role: who may assume it.
    Trust,
    /// To a key, a bucket or another resource.
    Resource,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Identity, Self::Trust, Self::Resource];

    /// Its name on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Trust => "trust",
            Self::Resource => "resource",
        }
    }

    /// What it is called in a sentence.
    fn noun(self) -> &'static str {
        match self {
            Self::Identity => "an identity policy",
            Self::Trust => "a trust policy",
            Self::Resource => "a resource policy",
        }
    }
}

/// What the person who asks knows of the documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// What they are; else each is judged by what is in it.
    pub kind: Option<Kind>,
    /// Which Amazon Lex they are for.
    pub lex_version: Option<LexVersion>,
    /// Whether the identity policies are the inline policies of one role, which
    /// have one quota together.
    pub inline: bool,
}

/// A document as it was read.
#[derive(Debug)]
pub struct Source {
    /// The file, as it can be shown.
    pub name: String,
    text: String,
    /// Where it is not UTF-8.
    undecodable: Option<usize>,
}

impl Source {
    /// A document by its bytes.
    #[must_use]
    pub fn new(name: String, bytes: &[u8]) -> Self {
        let undecodable = std::str::from_utf8(bytes).err();
        Self {
            name,
            text: String::from_utf8_lossy(bytes).into_owned(),
            undecodable: undecodable.map(|error| error.valid_up_to()),
        }
    }
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// Where it ends: the line.
    pub end_line: usize,
    /// And the character behind it.
    pub end_column: usize,
    /// The rule's id.
    pub rule: &'static str,
    /// The rule's severity.
    pub severity: Severity,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do, as a sentence.
    pub help: String,
    /// Which of the documents it is of.
    #[serde(skip)]
    document: usize,
    /// The bytes of it that it is of.
    #[serde(skip)]
    span: Range<usize>,
}

/// What a rule finds in a document.
#[derive(Debug)]
struct Flaw {
    /// The bytes that it is of.
    span: Range<usize>,
    message: String,
    help: String,
}

impl Flaw {
    fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// What all actions by which a role is assumed begin with.
const ASSUME_ROLE: &str = "sts:AssumeRole";

/// A document, and what is known of it.
struct Subject<'a> {
    source: &'a Source,
    read: &'a Result<Placed, SyntaxError>,
    /// The statements, as far as they are any.
    statements: Vec<Statement<'a>>,
    /// None if what it is cannot be told: an element by which it shows is
    /// misspelt.
    kind: Option<Kind>,
    settings: Settings,
    /// The characters of the inline policies before it.
    inline_before: usize,
}

impl<'a> Subject<'a> {
    fn new(
        source: &'a Source,
        read: &'a Result<Placed, SyntaxError>,
        settings: Settings,
        inline_before: usize,
    ) -> Self {
        let mut subject = Self {
            source,
            read,
            statements: Vec::new(),
            kind: settings.kind,
            settings,
            inline_before,
        };
        let values = subject.element("Statement");
        let values = values.map_or(&[][..], |statement| listed(&statement.value));
        subject.statements = values.iter().filter_map(Statement::of).collect();
        subject.kind = settings.kind.or_else(|| subject.guessed());
        subject
    }

    fn text(&self) -> &'a str {
        &self.source.text
    }

    /// The members of the document; none of what is no object.
    fn members(&self) -> &'a [Member] {
        let read = self.read.as_ref().ok();
        read.and_then(members).unwrap_or_default()
    }

    fn element(&self, name: &str) -> Option<&'a Member> {
        self.members().iter().find(|member| member.key == name)
    }

    /// The strings of an element of all statements.
    fn texts(&self, name: &str) -> impl Iterator<Item = Text<'a>> {
        let statements = self.statements.iter();
        statements.flat_map(move |statement| statement.texts(name))
    }

    fn resources(&self) -> impl Iterator<Item = Text<'a>> {
        self.statements.iter().flat_map(Statement::resources)
    }

    /// The principals of `Principal` and `NotPrincipal`.
    fn principals(&self) -> impl Iterator<Item = Principal<'a>> {
        let names = ["Principal", "NotPrincipal"];
        let of_statement = move |statement: &Statement<'a>| {
            names
                .map(|name| statement.principals(name))
                .into_iter()
                .flatten()
        };
        self.statements.iter().flat_map(of_statement)
    }

    fn conditions(&self) -> impl Iterator<Item = Condition<'a>> {
        self.statements.iter().flat_map(Statement::conditions)
    }

    /// What the document is by what is in it.
    fn guessed(&self) -> Option<Kind> {
        let [named, bound] = [["Principal", "NotPrincipal"], ["Resource", "NotResource"]];
        let statements = &self.statements;
        let telling = [&named[..], &bound, &["Action"]].concat();
        if statements.iter().any(|one| one.misspells(&telling)) {
            return None;
        }
        let has = |names: [&str; 2]| {
            let mut has = statements.iter().flat_map(|one| one.elements);
            has.any(|element| names.contains(&element.key.as_str()))
        };
        let actions: Vec<Text> = statements.iter().flat_map(Statement::actions).collect();
        let [named, bound] = [named, bound].map(has);
        let begins = |action: &Text, with: &str| {
            let begin = action.text.get(..with.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(with))
        };
        let assumes = actions.iter().any(|action| begins(action, ASSUME_ROLE));
        // A statement of a trust policy that names a resource by mistake; who
        // denies, or means everybody, writes another kind of policy.
        let lets_in = |statement: &Statement| {
            let mut principals = statement.principals("Principal").into_iter();
            statement.allows() && principals.any(|principal| principal.name.text != "*")
        };
        let is_trust = if bound {
            let only_assumes = actions.iter().all(|action| begins(action, "sts:"));
            assumes && only_assumes && statements.iter().any(lets_in)
        } else {
            assumes || (named && statements.iter().any(|one| one.services().next().is_some()))
        };
        Some(if is_trust {
            Kind::Trust
        } else if named {
            Kind::Resource
        } else {
            Kind::Identity
        })
    }
}

/// What is wrong with these documents, in their order and that of their lines.
#[must_use]
pub fn lint(sources: &[Source], settings: Settings) -> Vec<Finding> {
    let mut inline = 0;
    let mut findings = Vec::new();
    for (document, source) in sources.iter().enumerate() {
        let read = placed::read(&source.text);
        let subject = Subject::new(source, &read, settings, inline);
        if subject.kind == Some(Kind::Identity) && settings.inline {
            inline += limits::compact_size(&source.text);
        }
        let found = found(&subject, false).into_iter();
        findings.extend(found.map(|finding| Finding {
            document,
            ..finding
        }));
    }
    findings
}

/// The first thing that is wrong with the form of a document that this program
/// made: what holds whatever the names in it are.
pub(crate) fn first_of_form(text: &str, kind: Kind) -> Option<Finding> {
    let source = Source::new(String::new(), text.as_bytes());
    let settings = Settings {
        kind: Some(kind),
        ..Settings::default()
    };
    let read = placed::read(text);
    let subject = Subject::new(&source, &read, settings, 0);
    found(&subject, true).into_iter().next()
}

fn found(subject: &Subject<'_>, form_alone: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Of what is no policy at all everything else is a consequence.
    let only = match &subject.read {
        Err(_) => Some("json-syntax"),
        Ok(_) => origin::not_a_policy(subject).map(|_| "statement-missing"),
    };
    for (rule, (id, is_of_form, check)) in RULES.iter().zip(CHECKS) {
        if (is_of_form || !form_alone) && only.is_none_or(|only| id == only) {
            findings.extend(check(subject).into_iter().map(|flaw| (rule, flaw)));
        }
    }
    // What is as far up stays in the rules' order.
    findings.sort_by_key(|(_, flaw)| flaw.span.start);
    let lines = Lines::new(subject.text());
    let finding = |(rule, flaw): (&'static rules::Rule, Flaw)| {
        let (line, column) = lines.place(flaw.span.start);
        let (end_line, end_column) = lines.place(flaw.span.end);
        Finding {
            file: subject.source.name.clone(),
            line,
            column,
            end_line,
            end_column,
            rule: &rule.id,
            severity: rule.severity,
            message: flaw.message,
            help: flaw.help,
            document: 0,
            span: flaw.span,
        }
    };
    findings.into_iter().map(finding).collect()
}

/// A text's lines, for places in it.
struct Lines<'a> {
    text: &'a str,
    /// Then a character is a byte, and none has to be counted.
    is_ascii: bool,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            is_ascii: text.is_ascii(),
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// Line and character of a byte, both from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts[line - 1];
        if self.is_ascii {
            return (line, at - start + 1);
        }
        let before = self.text.get(start..at).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}
