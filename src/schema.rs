//! JSON Schema (2020-12) of the files that people write and programs read: the
//! parameter file, from the one table, and the manifest of a bundle. Editors
//! complete and check by them.
//!
//! A schema refuses nothing that lexlogs takes. It takes more: what two values
//! say together, and a few rules of one value, are no matter for a schema.

use serde_json::{Map, Value, json};

use crate::bundle::manifest::FORMAT;
use crate::digest::GENERATOR;
use crate::limits::{MAX_FILE, MAX_FILES};
use crate::parameters::{DefaultValue, Kind, LOGS, PARAMETERS, Parameter};
use crate::values::form::Form;
use crate::values::names::IAM_LETTERS;
use crate::values::{custom, tags};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Described {
    Parameters,
    /// The `manifest.json` of a bundle.
    Manifest,
}

impl Described {
    pub(crate) const ALL: [Self; 2] = [Self::Parameters, Self::Manifest];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Parameters => "parameters",
            Self::Manifest => "manifest",
        }
    }

    pub(crate) fn schema(self) -> Result<String, serde_json::Error> {
        let mut schema = match self {
            Self::Parameters => of_parameters(),
            Self::Manifest => of_manifest(),
        };
        let comment = format!("Written by {GENERATOR}: lexlogs schema {}", self.name());
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        schema["$comment"] = comment.into();
        crate::json::to_text(&schema)
    }
}

fn of_text(form: Form) -> Value {
    let matching = |pattern: String| json!({ "pattern": pattern });
    let listed = |texts: Vec<&'static str>| (!texts.is_empty()).then(|| Value::from(texts));
    let never = (!form.never.is_empty()).then(|| form.never.join("|"));
    let (least, most) = form.length;
    let (when, then) = form.when.unzip();
    let members = [
        ("type", Some("string".into())),
        ("enum", listed(form.only)),
        (
            "minLength",
            least.filter(|least| *least > 0).map(Value::from),
        ),
        ("maxLength", most.map(Value::from)),
        ("pattern", form.pattern.map(Value::from)),
        ("not", never.map(matching)),
        ("if", when.map(matching)),
        ("then", then.map(matching)),
        ("examples", listed(form.known)),
    ];
    let members = members.into_iter();
    members
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

/// The schema of a file with all that `lexlogs bundle FILE` needs.
fn of_parameters() -> Value {
    let rows = PARAMETERS.iter();
    let mut properties: Map<String, Value> = rows
        .map(|row| (row.name.to_owned(), of_parameter(row)))
        .collect();
    // Any value will do: lexlogs does not look at it.
    let own = json!({ "description": "Where this schema is, for editors" });
    properties.insert("$schema".into(), own);
    let of_default = |default| PARAMETERS.iter().filter(move |row| row.default == default);
    let required = of_default(DefaultValue::Required).map(|row| row.name);
    let needing: Map<String, Value> = of_default(DefaultValue::Absent)
        .filter_map(|row| Some((row.name.to_owned(), json!([row.needs?.name()]))))
        .collect();
    json!({
        "title": "Parameters of lexlogs",
        "description": "A file with all that `lexlogs bundle FILE` needs. What flags or the rows of a fleet's table give may be missing from a file, which this schema does not know.",
        "type": "object",
        "properties": properties,
        "required": required.collect::<Value>(),
        "dependentRequired": needing,
        "anyOf": LOGS.map(|key| json!({ "required": [key.name()] })),
        "additionalProperties": false,
    })
}

fn of_parameter(row: &Parameter) -> Value {
    let text = of_text((row.form)());
    let mut schema = match row.kind {
        Kind::Text => text,
        // In a file all are taken as they are written in a flag, too.
        Kind::Switch => json!({ "anyOf": [{ "type": "boolean" }, text] }),
        Kind::Tags => json!({ "anyOf": [of_tags(), text] }),
        Kind::Custom => json!({ "anyOf": [of_custom(), text] }),
    };
    let description = format!("{}. Values: {}.", row.meaning_capitalized(), row.rule);
    schema["description"] = description.into();
    if let Some(text) = row.default_text() {
        schema["default"] = value(row.kind, text);
    }
    let mut examples = schema["examples"].as_array().cloned().unwrap_or_default();
    let example = value(row.kind, row.example);
    // The known values have it among them, in an order of their own.
    if !examples.contains(&example) {
        examples.insert(0, example);
    }
    schema["examples"] = examples.into();
    schema
}

fn of_tags() -> Value {
    let [key, value] = tags::forms().map(of_text);
    json!({
        "type": "object",
        "propertyNames": key,
        "maxProperties": tags::MAX,
        "additionalProperties": value,
    })
}

fn of_custom() -> Value {
    let [name, text] = custom::forms().map(of_text);
    let list = json!({ "type": "array", "items": text, "maxItems": custom::MAX });
    json!({
        "type": "object",
        "propertyNames": name,
        "maxProperties": custom::MAX,
        "additionalProperties": {
            "anyOf": [text, { "type": "integer" }, { "type": "boolean" }, list],
        },
    })
}

/// A value that stands in the table as text, as a file has it.
fn value(kind: Kind, text: &str) -> Value {
    match (kind, text.split_once('=')) {
        (Kind::Switch, _) => Value::from(text == "true"),
        (Kind::Tags | Kind::Custom, Some((key, value))) => {
            json!({ key: value })
        }
        (Kind::Text | Kind::Tags | Kind::Custom, _) => Value::from(text),
    }
}

/// The schema of `manifest.json`.
fn of_manifest() -> Value {
    let object = |mut properties: Value, optional: Option<(&str, Value)>| {
        let members = properties.as_object_mut().into_iter();
        let required: Vec<String> = members
            .flat_map(|members| members.keys().cloned())
            .collect();
        if let Some((name, schema)) = optional {
            properties[name] = schema;
        }
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    };
    let sha256 = |description: &str| json!({ "description": description, "type": "string", "pattern": "^[0-9a-f]{64}$" });
    let name = |description: &str| {
        let pattern = format!("^{}+$", IAM_LETTERS.class());
        json!({ "description": description, "type": "string", "pattern": pattern })
    };
    let entry = json!({
        "name": name("The file's name in the bundle's folder"),
        "size": { "description": "Its size in bytes", "type": "integer", "minimum": 0, "maximum": MAX_FILE },
        "mode": { "description": "Its permissions on Unix, in octal digits", "type": "string", "enum": ["0644", "0755"] },
        "sha256": sha256("The SHA-256 of its bytes"),
    });
    let templates = json!({
        "sha256": sha256("The SHA-256 over their names and digests"),
        "replaced": {
            "description": "The names of the built-in templates that others were used for",
            "type": "array",
            "items": { "type": "string" },
        },
    });
    let mut templates = object(templates, None);
    templates["description"] =
        "The templates that were used in place of the generator's; absent if all are its own"
            .into();
    let members = json!({
        "format": { "description": "The version of the bundle's format", "const": FORMAT },
        "generator": {
            "description": "What made the bundle: the program and its version",
            "type": "string",
            "examples": [GENERATOR],
        },
        "bundle": name("The bundle's name, which is its folder's"),
        "files": {
            "description": "Every file of the bundle but manifest.json and SHA256SUMS",
            "type": "array",
            "maxItems": MAX_FILES,
            "items": object(entry, None),
        },
    });
    let mut manifest = object(members, Some(("templates", templates)));
    manifest["title"] = "The manifest of a bundle of lexlogs".into();
    manifest["description"] = "What `manifest.json` in a bundle holds.".into();
    manifest
}
