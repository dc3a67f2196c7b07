//! Roles and policies that bundles of one account define differently. IAM is global: an account has one role and one policy of
//! a name, whatever the Region and the case of its letters.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use super::place::read;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::limits::MAX_BYTES;
use crate::parameters::Key;
use crate::policy::grants;
use crate::received::UnverifiedBundle;
use crate::render::REQUEST;
use crate::request::{Request, Spec};

/// More bundles than this are counted, not listed.
const LISTED: usize = 10;

/// A role or a policy with several definitions.
#[derive(Debug)]
pub struct Clash<T> {
    kind: &'static str,
    name: String,
    account: String,
    definitions: usize,
    parameters: BTreeSet<&'static str>,
    pub bundles: Vec<T>,
}

/// A role or a policy, as one bundle defines it.
struct Definition {
    parameter: Key,
    name: String,
    /// All that the scripts compare.
    text: String,
}

fn definitions(spec: &Spec) -> Vec<Definition> {
    let role = Definition {
        parameter: Key::RoleName,
        name: spec.role_name.to_string(),
        text: format!(
            "{:?}",
            (
                &spec.role_name,
                grants::of(Document::TrustPolicy, spec),
                &spec.role_path,
                &spec.permissions_boundary,
                &spec.tags,
            )
        ),
    };
    let policies = spec.policies().into_iter().map(|policy| Definition {
        parameter: policy.parameter,
        name: policy.name.to_string(),
        text: format!(
            "{:?}",
            (policy.name, grants::of(policy.document, spec), &spec.tags)
        ),
    });
    let role = (!spec.existing_role).then_some(role);
    role.into_iter().chain(policies).collect()
}

/// The request of a bundle, from its `request.json`.
pub(super) fn request(text: &[u8]) -> Result<Request, Diagnostics> {
    let config = Config::parse(Path::new(REQUEST), text);
    Request::new(&config.parameters, config.faults)
}

/// The request of a zip; none if it is no bundle.
pub(super) fn of_zip(path: &Path) -> Option<Request> {
    let zip = read(path, MAX_BYTES).ok()?.ok()?;
    let received = UnverifiedBundle::from_zip(&zip).ok()?;
    request(received.bytes_of(REQUEST)?).ok()
}

/// The roles and policies that these bundles define differently.
pub fn clashes<T: Copy>(bundles: impl IntoIterator<Item = (T, Request)>) -> Vec<Clash<T>> {
    let mut all: BTreeMap<_, Vec<(T, Definition)>> = BTreeMap::new();
    for (bundle, request) in bundles {
        let spec = request.spec();
        for definition in definitions(spec) {
            let is_role = definition.parameter == Key::RoleName;
            let name = definition.name.to_ascii_lowercase();
            let account = (spec.partition().name(), spec.account_id.to_string());
            let same = all.entry((account, is_role, name)).or_default();
            same.push((bundle, definition));
        }
    }
    let clash = |(((_, account), is_role, _), same): (_, Vec<(T, Definition)>)| {
        let texts: BTreeSet<&str> = same.iter().map(|(_, one)| one.text.as_str()).collect();
        (texts.len() > 1).then(|| Clash {
            kind: if is_role { "role" } else { "policy" },
            name: same[0].1.name.clone(),
            account,
            definitions: texts.len(),
            parameters: same.iter().map(|(_, one)| one.parameter.name()).collect(),
            bundles: same.iter().map(|(bundle, _)| *bundle).collect(),
        })
    };
    all.into_iter().filter_map(clash).collect()
}

impl<T> Clash<T> {
    pub fn help(&self) -> String {
        let names: Vec<&str> = self.parameters.iter().copied().collect();
        format!("add a column `{}`", names.join("` or `"))
    }
}

impl<T: fmt::Display> fmt::Display for Clash<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            name,
            account,
            definitions,
            ..
        } = self;
        let mut listed: Vec<String> = self.bundles.iter().map(T::to_string).collect();
        if listed.len() > LISTED + 1 {
            let more = listed.len() - LISTED;
            listed.truncate(LISTED);
            listed.push(format!("{more} more"));
        }
        let last = listed.pop().unwrap_or_default();
        let what = match *kind {
            "role" => "definitions (trust policy, path, boundary, tags)",
            _ => "documents",
        };
        let count = match definitions {
            2 => "two".to_owned(),
            more => more.to_string(),
        };
        write!(
            f,
            "{} and {last} give {kind} `{name}` of account {account} {count} different {what}; IAM has one {kind} of that name per account",
            listed.join(", ")
        )
    }
}
