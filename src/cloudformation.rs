//! The same request as a template of CloudFormation, for one account or for each account of an organisation. Its documents
//! are those of the bundle: the same templates, with CloudFormation's names in place of what differs between accounts.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::digest::GENERATOR;
use crate::document::Document;
use crate::json::{self, Members};
use crate::parameters::Key;
use crate::policy;
use crate::render::RenderError;
use crate::render::variables;
use crate::request::Spec;
use crate::templates::{Context, Templates};

const TEMPLATE: &str = "cloudformation/template.json";

/// The parameters that a stack can set to other values, if the request sets them. The others decide which resources there
/// are.
const PARAMETERS: [Key; 11] = [
    Key::RoleName,
    Key::RolePath,
    Key::PermissionsBoundary,
    Key::LogGroupName,
    Key::CloudwatchPolicyName,
    Key::LogGroupKmsKeyArn,
    Key::BucketName,
    Key::S3PolicyName,
    Key::AudioLogPrefix,
    Key::KmsKeyArn,
    Key::KmsPolicyName,
];

/// The variables that CloudFormation fills in from where the stack is.
const PSEUDO: [(&str, &str); 3] = [
    ("account_id", "AWS::AccountId"),
    ("region", "AWS::Region"),
    ("partition", "AWS::Partition"),
];

/// The template of a spec: each document in it is read back and checked.
pub fn template(spec: &Spec, templates: &Templates) -> Result<String, RenderError> {
    let rendered = templates.render(TEMPLATE, &context(spec))?;
    let is_broken = |fault: String| RenderError::File {
        template: TEMPLATE.to_owned(),
        fault,
    };
    let invalid = |error: serde_json::Error| is_broken(format!("is not JSON: {error}"));
    let mut text = String::new();
    let value = serde_json::from_str(&rendered).map_err(invalid)?;
    write(value, 0, &mut text).map_err(invalid)?;
    text.push('\n');
    if let Some(c) = text.chars().find(|c| !c.is_ascii()) {
        let why = "which the AWS CLI reads differently on different machines";
        return Err(is_broken(format!("has `{c}`, {why}")));
    }
    let template = serde_json::from_str(&text).map_err(invalid)?;
    check(&template, spec).map_err(is_broken)?;
    Ok(text)
}

/// What of a request no template can have, a sentence each.
pub fn left_out(spec: &Spec) -> Vec<String> {
    let text = spec.text_logs.as_ref();
    let key_policy = spec.log_group_key();
    let key_policy = key_policy.or(spec
        .bucket_key()
        .filter(|key| spec.other_owner(Some(key)).is_some()));
    let replica = text.and_then(|logs| logs.replica.as_ref());
    [
        (!spec.tags.is_empty()).then_some(
            "the managed policies have no tags: CloudFormation cannot set them",
        ),
        spec.bot.as_ref().map(|_| {
            "the template does not change the bot's alias: run enable of the bundle after the stack is created"
        }),
        spec.pass_role.as_ref().map(|_| {
            "the template does not have the policy that allows passing the role: the bundle has it, to be attached by hand"
        }),
        replica.map(|_| {
            "the template does not create the log group in the replica's Region: a stack has one Region"
        }),
        key_policy.map(|_| {
            "the template does not change the policy of a KMS key: the key's owner does, as the bundle's README.html describes"
        }),
    ]
    .into_iter()
    .flatten()
    .map(str::to_owned)
    .collect()
}

/// The variables of the template: those of the documents, with what CloudFormation fills in.
pub fn context(spec: &Spec) -> Context {
    #[derive(Serialize)]
    struct Parameter<'a> {
        name: String,
        meaning: String,
        rule: &'static str,
        value: &'a str,
        pattern: Option<String>,
        least: Option<usize>,
        most: Option<usize>,
    }

    let mut context = variables::of_spec(spec);
    for (variable, pseudo) in PSEUDO {
        context.insert(variable, &format!("${{{pseudo}}}"));
    }
    let boundary = own_boundary(spec);
    context.insert("permissions_boundary", &boundary.unwrap_or_default());
    let mut parameters = Vec::new();
    for (key, value) in values(spec) {
        let (row, name) = (key.parameter(), format!("{key:?}"));
        let form = (row.form)();
        context.insert(row.variable(), &format!("${{{name}}}"));
        parameters.push(Parameter {
            name,
            meaning: row.meaning_capitalized(),
            rule: row.rule,
            value,
            pattern: form.pattern,
            least: form.length.0,
            most: form.length.1,
        });
    }
    context.insert("parameters", &parameters);
    let role = if spec.existing_role {
        "RoleName"
    } else {
        "Role"
    };
    context.insert("attached_to", &format!("${{{role}}}"));
    context.insert("generator", GENERATOR);
    context
}

/// The parameters of the template, with their defaults.
fn values(spec: &Spec) -> impl Iterator<Item = (Key, &str)> {
    let is_own = own_boundary(spec).is_some();
    PARAMETERS
        .into_iter()
        .filter(move |key| !(is_own && *key == Key::PermissionsBoundary))
        .filter_map(|key| Some((key, spec.values.get(&key)?.as_str())))
}

/// A boundary that is a policy of the account itself, which each account of an organisation has for itself.
fn own_boundary(spec: &Spec) -> Option<String> {
    let boundary = spec.permissions_boundary.as_ref()?;
    let arn = boundary.arn()?;
    let is_own = arn.account == spec.account_id.as_str();
    is_own.then(|| {
        format!(
            "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:{}",
            arn.resource
        )
    })
}

/// Lays JSON out as the documents are, and has CloudFormation fill in what is `${NAME}` in a text.
fn write(value: &RawValue, depth: usize, out: &mut String) -> Result<(), serde_json::Error> {
    let text = value.get();
    let (items, signs): (Vec<(Option<&RawValue>, &RawValue)>, _) = match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            let members = members.into_iter().map(|(key, value)| (Some(key), value));
            (members.collect(), ['{', '}'])
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            (
                items.into_iter().map(|item| (None, item)).collect(),
                ['[', ']'],
            )
        }
        _ => {
            out.push_str(&filled_in(text));
            return Ok(());
        }
    };
    let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
    out.push(signs[0]);
    for (at, (key, item)) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&line(depth + 1));
        if let Some(key) = key {
            out.push_str(key.get());
            out.push_str(": ");
        }
        write(item, depth + 1, out)?;
    }
    out.push_str(&line(depth));
    out.push(signs[1]);
    Ok(())
}

/// A value that is no list and no object. No value of a request has a `$`.
fn filled_in(text: &str) -> String {
    let inside = text
        .strip_prefix("\"${")
        .and_then(|text| text.strip_suffix("}\""));
    match inside {
        Some(name) if !name.contains('$') => format!("{{ \"Ref\": \"{name}\" }}"),
        _ if text.contains("${") => format!("{{ \"Fn::Sub\": {text} }}"),
        _ => text.to_owned(),
    }
}

/// Whether each document is the spec's, once the parameters have their defaults and the stack is in the spec's account and
/// Region.
fn check(template: &Value, spec: &Spec) -> Result<(), String> {
    let pseudo = [
        spec.account_id.as_str(),
        spec.region.as_str(),
        spec.partition().name(),
    ];
    let pseudo = std::iter::zip(PSEUDO, pseudo).map(|((_, name), value)| (name.to_owned(), value));
    let parameters = values(spec).map(|(key, value)| (format!("{key:?}"), value));
    let values: BTreeMap<String, &str> = pseudo.chain(parameters).collect();
    let trust = (Document::TrustPolicy, "Role", "AssumeRolePolicyDocument");
    let policies = spec.policies().into_iter().map(|policy| {
        let id = match policy.document {
            Document::S3Policy => "S3Policy",
            Document::KmsPolicy => "KmsPolicy",
            _ => "CloudWatchLogsPolicy",
        };
        (policy.document, id, "PolicyDocument")
    });
    let trust = (!spec.existing_role).then_some(trust);
    let bucket = (Document::BucketPolicy, "BucketPolicy", "PolicyDocument");
    let documents = spec.documents();
    let bucket = Some(bucket).filter(|(document, ..)| documents.contains(document));
    for (document, id, property) in trust.into_iter().chain(policies).chain(bucket) {
        let place = format!("Resources.{id}.Properties.{property}");
        let found = &template["Resources"][id]["Properties"][property];
        let text = json::to_text(&resolved(found, &values)).map_err(|error| error.to_string())?;
        let checked = policy::check(document, &text, spec);
        checked.map_err(|flaw| format!("has a document at {place} that {}", flaw.what))?;
    }
    Ok(())
}

/// A value of a template as CloudFormation reads it.
fn resolved(value: &Value, values: &BTreeMap<String, &str>) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| resolved(item, values)).collect(),
        Value::Object(members) => {
            let text = |name: &str| members.get(name).and_then(Value::as_str);
            if let Some(name) = text("Ref") {
                return values.get(name).copied().into();
            }
            if let Some(text) = text("Fn::Sub") {
                let filled = values.iter().fold(text.to_owned(), |text, (name, value)| {
                    text.replace(&format!("${{{name}}}"), value)
                });
                return filled.into();
            }
            let members = members.iter();
            let members = members.map(|(key, value)| (key.clone(), resolved(value, values)));
            Value::Object(members.collect())
        }
        _ => value.clone(),
    }
}
