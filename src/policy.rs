//! The policy document model: every document that was rendered is read back,
//! with nothing but its own text as a witness, and compared with what IAM takes
//! and with what the spec says. A template that spoils a document is found
//! here, not at the administrator's desk.

pub mod elements;
pub(crate) mod grants;
pub(crate) mod quotas;
pub(crate) mod settings;

use std::collections::{BTreeMap, BTreeSet};

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::document::{Document, TLS_ONLY};
use crate::json::Unambiguous;
use crate::request::Spec;
use grants::{Condition, Grant};

/// The version of the policy language, which every policy of a bundle has.
pub(crate) const LANGUAGE_VERSION: &str = "2012-10-17";

/// A policy document, as far as the documents of a bundle go.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct PolicyDocument {
    version: String,
    #[serde(deserialize_with = "objects")]
    statement: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    sid: Option<String>,
    effect: Effect,
    #[serde(default, deserialize_with = "principal")]
    principal: Option<BTreeMap<String, OneOrMany>>,
    action: OneOrMany,
    resource: Option<OneOrMany>,
    condition: Option<BTreeMap<String, BTreeMap<String, OneOrMany>>>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
enum Effect {
    Allow,
    Deny,
}

/// A text, or a list of texts, which IAM takes in the same places.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(from = "Texts")]
struct OneOrMany(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl From<Texts> for OneOrMany {
    fn from(texts: Texts) -> Self {
        match texts {
            Texts::One(text) => Self(vec![text]),
            Texts::Many(texts) => Self(texts),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Tag {
    key: String,
    value: String,
}

/// A list of objects; serde alone would take lists of the members' values too.
fn objects<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let objects: Vec<serde_json::Map<String, Value>> = Vec::deserialize(from)?;
    let object = |object| serde_json::from_value(Value::Object(object)).map_err(D::Error::custom);
    objects.into_iter().map(object).collect()
}

/// Who is meant. `*` alone is everybody, the same as `{"AWS": "*"}`. (IAM guide: `reference_policies_elements_principal`.)
fn principal<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<BTreeMap<String, OneOrMany>>, D::Error> {
    let value = match Value::deserialize(from)? {
        Value::String(all) if all == "*" => serde_json::json!({ "AWS": all }),
        value => value,
    };
    serde_json::from_value(value).map_err(D::Error::custom)
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line that it is in, counted from 1, if it is in one.
    pub line: Option<usize>,
    /// What, as a sentence fragment.
    pub what: String,
}

impl From<String> for Flaw {
    fn from(what: String) -> Self {
        Self { line: None, what }
    }
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "has a fault in line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// Reads a rendered document back and checks that it is plain ASCII JSON within
/// IAM's grammar and quotas, and allows Amazon Lex what the logs of this spec
/// need on its resources, and nothing else.
pub fn check(document: Document, text: &str, spec: &Spec) -> Result<(), Flaw> {
    if !document.is_policy() {
        return Ok(check_values(document, text, spec)?);
    }
    let policy = read(text).map_err(|error| match error.line() {
        0 => format!("is not a policy document: {error}").into(),
        line => Flaw {
            line: Some(line),
            what: crate::json::reason(&error),
        },
    })?;
    check_form(document, text, &policy)?;
    let grants = grants::of(document, spec);
    let effect = match document {
        Document::BucketPolicy => Effect::Deny,
        _ => Effect::Allow,
    };
    let mut allowed = vec![BTreeSet::new(); grants.len()];
    for statement in &policy.statement {
        if statement.effect != effect {
            let what = match effect {
                Effect::Allow => "denies something, where it must allow",
                Effect::Deny => "allows something, where it must deny",
            };
            return Err(what.to_owned().into());
        }
        if effect == Effect::Deny && statement.sid.as_deref() != Some(TLS_ONLY) {
            return Err(format!(
                "has a statement without the Sid `{TLS_ONLY}`, by which `check` finds it"
            )
            .into());
        }
        let index = closest(statement, &grants)?;
        check_statement(statement, &grants, index)?;
        allowed[index].extend(statement.action.0.iter().map(String::as_str));
    }
    for (grant, allowed) in std::iter::zip(&grants, &allowed) {
        check_actions(effect, allowed, grant.actions)?;
    }
    Ok(())
}

/// A policy document, each key of which occurs once.
fn read(text: &str) -> Result<PolicyDocument, serde_json::Error> {
    let Unambiguous(value) = serde_json::from_str(text)?;
    if !value.is_object() {
        return Err(serde_json::Error::custom("it is not an object"));
    }
    serde_json::from_value(value)
}

/// Checks what the grants of a document do not determine.
fn check_form(document: Document, text: &str, policy: &PolicyDocument) -> Result<(), String> {
    check_ascii(text)?;
    if !text.starts_with('{') {
        return Err("does not start with `{`, as IAM requires".into());
    }
    if policy.version != LANGUAGE_VERSION {
        return Err(format!(
            "has the Version `{}`, where `{LANGUAGE_VERSION}` is the current one",
            policy.version
        ));
    }
    let mut sids = BTreeSet::new();
    for sid in policy.statement.iter().filter_map(|one| one.sid.as_deref()) {
        if !sid.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(format!(
                "has the Sid `{sid}`: IAM takes letters and digits alone"
            ));
        }
        if !sids.insert(sid) {
            return Err(format!("has the Sid `{sid}` twice"));
        }
    }
    let (size, quota) = match document {
        Document::TrustPolicy => (quotas::size_without_blanks(text), quotas::TRUST),
        _ => (quotas::compact_size(text), quotas::MANAGED),
    };
    if size > quota {
        return Err(format!("has {size} characters; IAM's quota is {quota}"));
    }
    Ok(())
}

fn check_ascii(text: &str) -> Result<(), String> {
    if text.is_ascii() {
        return Ok(());
    }
    Err(
        "has characters outside ASCII, which the AWS CLI reads differently on different machines"
            .into(),
    )
}

/// The statements of a grant together allow, or deny, its actions and no others.
fn check_actions(effect: Effect, allowed: &BTreeSet<&str>, wanted: &[&str]) -> Result<(), String> {
    if effect == Effect::Deny && !wanted.iter().eq(allowed) {
        return Err(format!("does not deny `{}` alone", wanted.join("`, `")));
    }
    if let Some(missing) = wanted.iter().find(|action| !allowed.contains(**action)) {
        return Err(format!(
            "does not allow `{missing}`, which Amazon Lex needs"
        ));
    }
    if let Some(more) = allowed.iter().find(|action| !wanted.contains(action)) {
        return Err(format!("allows `{more}`, which Amazon Lex does not need"));
    }
    Ok(())
}

/// Whether a statement holds on these conditions and no others.
fn holds_on(statement: &Statement, wanted: &[Condition]) -> bool {
    let mut conditions: BTreeMap<String, BTreeMap<String, OneOrMany>> = BTreeMap::new();
    for condition in wanted {
        let keys = conditions.entry(condition.operator.to_owned()).or_default();
        let value = OneOrMany(vec![condition.value.clone()]);
        keys.insert(condition.key.to_owned(), value);
    }
    statement.condition == (!conditions.is_empty()).then_some(conditions)
}

/// Which of the grants a statement is meant to be: one that shares an action
/// with it, to its principal if there is such a one.
fn closest(statement: &Statement, grants: &[Grant]) -> Result<usize, String> {
    if statement.action.0.is_empty() {
        return Err("has a statement without an Action".into());
    }
    let shares = |grant: &Grant| {
        let mut actions = statement.action.0.iter();
        actions.any(|action| grant.actions.contains(&action.as_str()))
    };
    let same = |grant: &Grant| check_principal(statement, grant).is_ok();
    let found = grants
        .iter()
        .position(|grant| shares(grant) && same(grant))
        .or_else(|| grants.iter().position(shares));
    // An action that no grant has is found when those of a grant are counted.
    match found {
        None if grants.is_empty() => Err("permits something, for which no parameter asks".into()),
        _ => Ok(found.unwrap_or_default()),
    }
}

/// A statement is this grant, or a part of it: to its principal alone, on its
/// resource alone, on its conditions and no others.
fn check_statement(statement: &Statement, grants: &[Grant], index: usize) -> Result<(), String> {
    let grant = &grants[index];
    let other = |action: &&String| {
        let action = action.as_str();
        !grant.actions.contains(&action)
            && grants.iter().any(|other| other.actions.contains(&action))
    };
    if let Some(action) = statement.action.0.iter().find(other) {
        return Err(format!(
            "allows `{action}` on another resource than its own"
        ));
    }
    check_principal(statement, grant)?;
    if !holds_on(statement, &grant.conditions) {
        return Err(if grant.conditions.is_empty() {
            "has a condition, for which no parameter asks".into()
        } else {
            "has other conditions than the parameters ask for".into()
        });
    }
    let wanted = grant.resources.as_slice();
    let resources = match &statement.resource {
        Some(_) if wanted.is_empty() => {
            return Err("has a Resource, which a trust policy must not have".into());
        }
        Some(resources) => &resources.0[..],
        None => &[],
    };
    if resources == wanted {
        return Ok(());
    }
    let given = match resources {
        [] => "no Resource".to_owned(),
        _ => format!("the Resource `{}`", resources.join("`, `")),
    };
    Err(format!("has {given} instead of `{}`", wanted.join("`, `")))
}

/// A statement is for this principal alone, or names nobody, as its grammar has it.
fn check_principal(statement: &Statement, grant: &Grant) -> Result<(), String> {
    let alone = |kind: &str, name: &str| {
        BTreeMap::from([(kind.to_owned(), OneOrMany(vec![name.to_owned()]))])
    };
    match &grant.principal {
        Some((kind, name)) if statement.principal != Some(alone(kind, name)) => Err(format!(
            "has other principals than {} `{name}` alone",
            if name == "*" {
                "everybody,"
            } else if *kind == "AWS" {
                "the role"
            } else {
                "the service"
            }
        )),
        None if statement.principal.is_some() => {
            Err("has a Principal, which an identity policy must not have".into())
        }
        _ => Ok(()),
    }
}

/// Checks what is no policy: tags, or the log settings.
fn check_values(document: Document, text: &str, spec: &Spec) -> Result<(), String> {
    check_ascii(text)?;
    if document.is_tags() {
        check_tags(document, text, spec)
    } else {
        check_settings(text, spec)
    }
}

/// A list of tags as S3 takes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct TagSet {
    #[serde(deserialize_with = "objects")]
    tag_set: Vec<Tag>,
}

/// The tags of a document, by key: IAM takes a list of objects, S3 an object
/// around one, CloudWatch Logs one object.
fn read_tags(document: Document, text: &str) -> Result<Vec<(String, String)>, serde_json::Error> {
    let Unambiguous(value) = serde_json::from_str(text)?;
    let tags: Vec<Tag> = match document {
        Document::LogGroupTags => {
            let tags: BTreeMap<String, String> = serde_json::from_value(value)?;
            return Ok(tags.into_iter().collect());
        }
        Document::BucketTags => serde_json::from_value::<TagSet>(value)?.tag_set,
        _ => objects(value)?,
    };
    Ok(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
}

fn check_tags(document: Document, text: &str, spec: &Spec) -> Result<(), String> {
    let tags = read_tags(document, text)
        .map_err(|error| format!("does not hold tags as AWS takes them: {error}"))?;
    let wanted = spec.tags.iter();
    let wanted: Vec<_> = wanted
        .map(|(key, value)| (key.into(), value.into()))
        .collect();
    if tags == wanted {
        Ok(())
    } else {
        Err("does not hold the tags of the parameters".into())
    }
}

fn check_settings(text: &str, spec: &Spec) -> Result<(), String> {
    let Unambiguous(read) =
        serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    if settings::of(spec).is_some_and(|settings| settings == read) {
        Ok(())
    } else {
        Err("does not hold the log settings of the parameters".into())
    }
}
