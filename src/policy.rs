//! The policy document model: every document that was rendered is read back,
//! with nothing but its own text as a witness, and compared with what IAM takes
//! and with what the spec says. A template that spoils a document is found
//! here, not at the administrator's desk.

pub mod elements;
pub(crate) mod grants;
pub(crate) mod settings;

use std::collections::{BTreeMap, BTreeSet};

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::document::Document;
use crate::json::Unambiguous;
use crate::spec::Spec;
use grants::{Condition, Grant};

/// IAM's quota for a managed policy, in characters; white space between tokens
/// does not count. (IAM guide: `reference_iam-quotas`.)
const MANAGED_POLICY_SIZE: usize = 6144;
/// IAM's default quota for a trust policy, in characters of its compact form.
const TRUST_POLICY_SIZE: usize = 2048;
/// The version of the policy language in all of AWS's examples.
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
    principal: Option<BTreeMap<String, OneOrMany>>,
    action: OneOrMany,
    resource: Option<OneOrMany>,
    condition: Option<BTreeMap<String, BTreeMap<String, OneOrMany>>>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
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

/// Reads a rendered document back and checks it: plain ASCII JSON, IAM's
/// grammar, and that it lets this spec's Amazon Lex do what the logs take on
/// this spec's resources, and nothing else; IAM's size limits.
///
/// # Errors
/// The first thing that is wrong, as a sentence fragment.
pub fn check(document: Document, text: &str, spec: &Spec) -> Result<(), String> {
    if !text.is_ascii() {
        return Err("has characters outside ASCII, which the AWS CLI reads differently on different machines".into());
    }
    match document {
        Document::Tags => return check_tags(text, spec),
        Document::LogSettings => return check_settings(text, spec),
        _ => {}
    }
    let policy = read(text).map_err(|error| format!("is not a policy document: {error}"))?;
    if policy.version != LANGUAGE_VERSION {
        return Err(format!(
            "has the version `{}` instead of `{LANGUAGE_VERSION}`",
            policy.version
        ));
    }
    check_sids(&policy)?;
    let grants = grants::of(document, spec);
    for statement in &policy.statement {
        if statement.effect != Effect::Allow {
            return Err("denies something, where Amazon Lex is to be allowed in".into());
        }
        check_statement(statement, &grants)?;
    }
    let actions = grants.iter().flat_map(|grant| grant.actions);
    let actions: Vec<&str> = actions.copied().collect();
    check_actions(&policy, &actions)?;
    let most = if document == Document::TrustPolicy {
        TRUST_POLICY_SIZE
    } else {
        MANAGED_POLICY_SIZE
    };
    let size = compact_size(text);
    if size > most {
        return Err(format!(
            "has {size} characters without white space; IAM takes {most}"
        ));
    }
    Ok(())
}

fn read(text: &str) -> Result<PolicyDocument, serde_json::Error> {
    let Unambiguous(value) = serde_json::from_str(text)?;
    if !value.is_object() {
        return Err(serde_json::Error::custom("it is not an object"));
    }
    serde_json::from_value(value)
}

/// Sids are letters and digits, each once. (IAM guide: `reference_policies_elements_sid`.)
fn check_sids(policy: &PolicyDocument) -> Result<(), String> {
    let mut sids = BTreeSet::new();
    for sid in policy
        .statement
        .iter()
        .filter_map(|statement| statement.sid.as_deref())
    {
        if !sid.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(format!("has the Sid `{sid}`; IAM takes letters and digits"));
        }
        if !sids.insert(sid) {
            return Err(format!("has two statements with the Sid `{sid}`"));
        }
    }
    Ok(())
}

/// All statements together allow these actions and no others.
fn check_actions(policy: &PolicyDocument, wanted: &[&str]) -> Result<(), String> {
    if policy
        .statement
        .iter()
        .any(|statement| statement.action.0.is_empty())
    {
        return Err("has a statement without an action".into());
    }
    let actions = policy
        .statement
        .iter()
        .flat_map(|statement| &statement.action.0);
    let allowed: BTreeSet<&str> = actions.map(String::as_str).collect();
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

/// A statement is one of these grants, or a part of it: to its principal alone,
/// on its resource alone, on its conditions and no others.
fn check_statement(statement: &Statement, grants: &[Grant]) -> Result<(), String> {
    let has = |grant: &&Grant| {
        let mut actions = statement.action.0.iter();
        actions.any(|action| grant.actions.contains(&action.as_str()))
    };
    // Actions that none has are found with those of the whole document.
    let Some(grant) = grants.iter().find(has).or(grants.first()) else {
        return Err("permits something, for which no parameter asks".into());
    };
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
    check_principal(statement, grant.principal.as_deref())?;
    if !holds_on(statement, &grant.conditions) {
        return Err(if grant.conditions.is_empty() {
            "has a condition, for which no parameter asks".into()
        } else {
            "has other conditions than the parameters ask for".into()
        });
    }
    match (statement.resource.as_ref(), &grant.resource) {
        (None, None) => Ok(()),
        (Some(_), None) => Err("names a Resource, which a trust policy has not".into()),
        (None, Some(_)) => Err("has a statement without a Resource".into()),
        (Some(OneOrMany(resources)), Some(wanted)) => match resources.as_slice() {
            [only] if only == wanted => Ok(()),
            others => Err(format!(
                "has the Resource `{}` instead of `{wanted}`",
                others.join("`, `")
            )),
        },
    }
}

/// A statement is for this service, or names nobody.
fn check_principal(statement: &Statement, wanted: Option<&str>) -> Result<(), String> {
    match (&statement.principal, wanted) {
        (None, None) => Ok(()),
        (Some(_), None) => Err("names a Principal, which a managed policy has not".into()),
        (None, Some(service)) => Err(format!(
            "has a statement without a Principal, which must be the service `{service}`"
        )),
        (Some(principal), Some(service)) => {
            let service_alone = OneOrMany(vec![service.to_owned()]);
            if *principal == BTreeMap::from([("Service".to_owned(), service_alone)]) {
                Ok(())
            } else {
                Err(format!(
                    "has other principals than the service `{service}` alone"
                ))
            }
        }
    }
}

/// The characters of a JSON document without the white space between its
/// tokens.
fn compact_size(json: &str) -> usize {
    let (mut in_string, mut escaped) = (false, false);
    let counts = |c: &char| {
        if escaped {
            escaped = false;
        } else if *c == '"' {
            in_string = !in_string;
        } else {
            escaped = in_string && *c == '\\';
        }
        in_string || !c.is_ascii_whitespace()
    };
    json.chars().filter(counts).count()
}

fn check_tags(text: &str, spec: &Spec) -> Result<(), String> {
    let tags: Vec<Tag> = serde_json::from_str(text)
        .and_then(|Unambiguous(value)| objects(value))
        .map_err(|error| format!("is not a list of tags: {error}"))?;
    let read = tags
        .iter()
        .map(|tag| (tag.key.as_str(), tag.value.as_str()));
    if read.eq(spec.tags.iter()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_counts_blanks_in_strings_alone() {
        for (json, size) in [
            ("{}", 2),
            (" { \"a b\" :\n\t1 } ", 9),
            (r#"{"a\" b": "\\" }"#, 14),
        ] {
            assert_eq!(compact_size(json), size, "{json}");
        }
    }
}
