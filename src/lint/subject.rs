//! A document that is judged, and what is known of it.

use std::ops::Range;

use super::statement::{Condition, Principal, Statement, Text, beginning, listed, members};
use super::words::{OF_DOCUMENT, meant};
use crate::json::placed::{Member, Placed, SyntaxError};
use crate::values::names::LexVersion;

/// To what a policy is attached, by which its grammar differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To a role, a user or a group: a managed or an inline policy.
    Identity,
    Trust,
    /// To a key, a bucket or another resource.
    Resource,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Identity, Self::Trust, Self::Resource];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Trust => "trust",
            Self::Resource => "resource",
        }
    }

    /// What it is called in a sentence.
    pub(super) fn noun(self) -> &'static str {
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
    pub lex_version: Option<LexVersion>,
    /// Whether the identity policies are the inline policies of one role, which
    /// have one quota together.
    pub inline: bool,
}

#[derive(Debug)]
pub struct Source {
    /// The file, as it can be shown.
    pub name: String,
    pub(super) text: String,
    pub(super) undecodable: Option<usize>,
}

impl Source {
    /// A document by its bytes.
    pub fn new(name: String, bytes: &[u8]) -> Self {
        let undecodable = std::str::from_utf8(bytes).err();
        Self {
            name,
            text: String::from_utf8_lossy(bytes).into_owned(),
            undecodable: undecodable.map(|error| error.valid_up_to()),
        }
    }
}

/// What all actions by which a role is assumed begin with.
pub(super) const ASSUME_ROLE: &str = "sts:AssumeRole";

/// A document, and what is known of it.
pub(super) struct Subject<'a> {
    pub(super) source: &'a Source,
    pub(super) read: &'a Result<Placed, SyntaxError>,
    /// The statements, as far as they are any.
    pub(super) statements: Vec<Statement<'a>>,
    /// None if what it is cannot be told: an element by which it shows is
    /// misspelt.
    pub(super) kind: Option<Kind>,
    pub(super) settings: Settings,
    /// The characters of the inline policies before it.
    pub(super) inline_before: usize,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
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
        // A misspelt one too: what is in it has errors of its own.
        let is_meant = |member: &&Member| meant(&member.key, &OF_DOCUMENT) == Some("Statement");
        let misspelt = || subject.members().iter().find(is_meant);
        let values = subject.element("Statement").or_else(misspelt);
        let values = values.map_or(&[][..], |statement| listed(&statement.value));
        subject.statements = values.iter().filter_map(Statement::of).collect();
        subject.kind = settings.kind.or_else(|| subject.guessed());
        subject
    }

    pub(super) fn text(&self) -> &'a str {
        &self.source.text
    }

    /// The members of the document; none of what is no object.
    pub(super) fn members(&self) -> &'a [Member] {
        let read = self.read.as_ref().ok();
        read.and_then(members).unwrap_or_default()
    }

    pub(super) fn element(&self, name: &str) -> Option<&'a Member> {
        self.members().iter().find(|member| member.key == name)
    }

    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = Text<'a>> {
        let statements = self.statements.iter();
        statements.flat_map(move |statement| statement.texts(name))
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = Text<'a>> {
        self.statements.iter().flat_map(Statement::resources)
    }

    /// The principals of `Principal` and `NotPrincipal`.
    pub(super) fn principals(&self) -> impl Iterator<Item = Principal<'a>> {
        let names = ["Principal", "NotPrincipal"];
        let of_statement = move |statement: &Statement<'a>| {
            names
                .map(|name| statement.principals(name))
                .into_iter()
                .flatten()
        };
        self.statements.iter().flat_map(of_statement)
    }

    pub(super) fn conditions(&self) -> impl Iterator<Item = Condition<'a>> {
        self.statements.iter().flat_map(Statement::conditions)
    }

    /// The place of what is missing in the document: its first letter.
    pub(super) fn start(&self) -> Range<usize> {
        self.read.as_ref().map_or(0..0, beginning)
    }

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
