//! `lexlogs fleet --stack-set`: the rows as one template and its instances, where they differ in account and parameters only.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use super::rows::Rows;
use crate::cli::make::Fleet;
use crate::cloudformation;
use crate::commands::error::Error;
use crate::commands::status::{Status, print, say};
use crate::commands::templates::error_of;
use crate::document::STACK;
use crate::escape::counted;
use crate::fleet::making::Job;
use crate::output;
use crate::templates::Templates;

/// The parameters of a row, by their names in the template.
type Values = BTreeMap<String, Value>;

/// Writes the template of the first row, and a file for each group of accounts with the same values.
pub(super) fn run(
    arguments: &Fleet,
    unit: &str,
    jobs: &[Job],
    mut rows: Rows,
    templates: &Templates,
    (stdout, stderr): (&mut dyn Write, &mut dyn Write),
) -> Result<Status, Error> {
    let mut first: Option<(usize, String, Value, Values)> = None;
    let mut accounts: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for job in jobs {
        let request = job.request()?;
        let text = cloudformation::template(request.spec(), templates);
        let text = text.map_err(|error| error_of(error, templates))?;
        let mut template = serde_json::from_str(&text)?;
        let values = take_defaults(&mut template);
        let (line, _, common, defaults) =
            first.get_or_insert_with(|| (job.line, text, template.clone(), values.clone()));
        let account = request.account_id().to_owned();
        let misfit = match (difference(common, &template), accounts.get(&account)) {
            (Some(place), _) => format!(
                "the row does not fit the template of line {line}, which differs at {place}"
            ),
            (None, Some(other)) => format!(
                "the row does not fit: its account has the stack of line {other}, and roles and policies are the same in all Regions"
            ),
            (None, None) => String::new(),
        };
        if !misfit.is_empty() {
            rows.refuse(job.line, misfit);
            continue;
        }
        accounts.insert(account.clone(), job.line);
        let overrides = values
            .iter()
            .filter(|(name, value)| defaults.get(*name) != Some(*value));
        let overrides: Vec<Value> = overrides
            .map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }))
            .collect();
        let group = (
            request.region().to_owned(),
            Value::from(overrides).to_string(),
        );
        groups.entry(group).or_default().push(account);
    }
    let Some((_, template, ..)) = first.filter(|_| rows.faults.is_empty()) else {
        return Err(rows.into_error(None));
    };
    let mut files = vec![(STACK.to_owned(), template)];
    for (number, ((region, overrides), accounts)) in groups.iter().enumerate() {
        let overrides: Value = serde_json::from_str(overrides)?;
        let instances = json!({
            "StackSetName": "lex-conversation-logs",
            "DeploymentTargets": {
                "OrganizationalUnitIds": [unit],
                "Accounts": accounts,
                "AccountFilterType": "INTERSECTION",
            },
            "Regions": [region],
            "ParameterOverrides": overrides,
        });
        let text = crate::json::to_text(&instances)?;
        files.push((format!("instances-{}.json", number + 1), text));
    }
    output::templates(&arguments.output, &files)?;
    let shown: String = files
        .iter()
        .map(|(name, _)| format!("{}\n", arguments.output.join(name).display()))
        .collect();
    if !arguments.quiet {
        let stacks = counted(accounts.len(), "account");
        say(
            stderr,
            &format!("{stacks} in {}\n", counted(groups.len(), "group")),
        );
    }
    print(&shown, stdout).map(|()| Status::Ok)
}

/// Takes the defaults of the parameters out of a template, so that those of rows with other values are the same.
fn take_defaults(template: &mut Value) -> Values {
    let parameters = template["Parameters"].as_object_mut().into_iter().flatten();
    parameters
        .filter_map(|(name, parameter)| {
            let default = parameter.as_object_mut()?.remove("Default")?;
            Some((name.clone(), default))
        })
        .collect()
}

/// Where two values differ first.
fn difference(one: &Value, other: &Value) -> Option<String> {
    let inside = |key: &str, one: &Value, other: &Value| {
        let rest = difference(one, other)?;
        let dot = if rest.is_empty() { "" } else { "." };
        Some(format!("{key}{dot}{rest}"))
    };
    match (one, other) {
        _ if one == other => None,
        (Value::Object(old), Value::Object(new)) => {
            let keys = old.keys().chain(new.keys());
            keys.into_iter()
                .find_map(|key| inside(key, &one[key], &other[key]))
        }
        _ => Some(String::new()),
    }
}
