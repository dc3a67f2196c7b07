//! JSON Schema (2020-12) of the files that people write and programs read: the
//! parameter file, from the one table, and the manifest of a bundle. Editors
//! complete and check by them.
//!
//! A schema refuses nothing that lexlogs takes. It takes more: what two values
//! say together, and a few rules of one value, are no matter for a schema.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::bundle::manifest::FORMAT;
use crate::digest::GENERATOR;
use crate::limits::{MAX_FILE, MAX_FILES};
use crate::parameters::{DefaultValue, Kind, LOGS, PARAMETERS, Parameter};
use crate::values::form::Form;
use crate::values::names::IAM_LETTERS;
use crate::values::{custom, tags};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Described {
    Parameters,
    /// The `manifest.json` of a bundle.
    Manifest,
}

impl Described {
    pub const ALL: [Self; 2] = [Self::Parameters, Self::Manifest];

    pub fn name(self) -> &'static str {
        match self {
            Self::Parameters => "parameters",
            Self::Manifest => "manifest",
        }
    }

    pub fn schema(self) -> Result<String, serde_json::Error> {
        let dialect = "https://json-schema.org/draft/2020-12/schema";
        let comment = format!("Written by {GENERATOR}: lexlogs schema {}", self.name());
        match self {
            Self::Parameters => crate::json::to_text(&Schema {
                dialect: Some(dialect),
                comment: Some(comment),
                ..of_parameters()
            }),
            Self::Manifest => {
                let mut schema = of_manifest();
                schema["$schema"] = dialect.into();
                schema["$comment"] = comment.into();
                crate::json::to_text(&schema)
            }
        }
    }
}

/// The part of JSON Schema that is used here, in the order in which it is
/// written.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    dialect: Option<&'static str>,
    #[serde(rename = "$comment", skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    of_type: Option<&'static str>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<Schema>>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    condition: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_items: Option<usize>,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    properties: Properties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    dependent_required: BTreeMap<&'static str, [&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    property_names: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_properties: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Others>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Value>,
}

/// The members of an object, in an order that means something to readers.
#[derive(Default)]
struct Properties(Vec<(&'static str, Schema)>);

impl Properties {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, schema)| (name, schema)))
    }
}

/// The members of an object that are not named.
#[derive(Serialize)]
#[serde(untagged)]
enum Others {
    /// There are none.
    Refused(NoOthers),
    Are(Box<Schema>),
}

/// `false`, JSON Schema's word for it.
struct NoOthers;

impl Serialize for NoOthers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(false)
    }
}

impl Schema {
    fn of(of_type: &'static str) -> Self {
        Self {
            of_type: Some(of_type),
            ..Self::default()
        }
    }

    fn matching(pattern: String) -> Box<Self> {
        Box::new(Self {
            pattern: Some(pattern),
            ..Self::default()
        })
    }

    fn text(form: Form) -> Self {
        let (least, most) = form.length;
        let never = (!form.never.is_empty()).then(|| form.never.join("|"));
        let (when, then) = form.when.unzip();
        Self {
            one_of: form.only,
            min_length: least.filter(|least| *least > 0),
            max_length: most,
            pattern: form.pattern,
            not: never.map(Self::matching),
            condition: when.map(Self::matching),
            then: then.map(Self::matching),
            examples: form.known.into_iter().map(Value::from).collect(),
            ..Self::of("string")
        }
    }

    /// An object with these members and no others.
    fn object(properties: Vec<(&'static str, Schema)>) -> Self {
        Self {
            properties: Properties(properties),
            additional_properties: Some(Others::Refused(NoOthers)),
            ..Self::of("object")
        }
    }

    /// The same, with a word on what it is for.
    fn described(self, description: &str) -> Self {
        Self {
            description: Some(description.to_owned()),
            ..self
        }
    }
}

/// The schema of a file with all that `lexlogs bundle FILE` needs.
fn of_parameters() -> Schema {
    // Any value will do: lexlogs does not look at it.
    let own = Schema::default().described("Where this schema is, for editors");
    let parameters = PARAMETERS.iter().map(|row| (row.name, of_parameter(row)));
    let required = PARAMETERS
        .iter()
        .filter(|row| row.default == DefaultValue::Required);
    let needing = PARAMETERS
        .iter()
        .filter(|row| row.default == DefaultValue::Absent)
        .filter_map(|row| Some((row.name, [row.needs?.name()])));
    let logs = LOGS.map(|key| Schema {
        required: vec![key.name()],
        ..Schema::default()
    });
    Schema {
        title: Some("Parameters of lexlogs"),
        description: Some(
            "A file with all that `lexlogs bundle FILE` needs. What flags or the rows of a fleet's table give may be missing from a file, which this schema does not know."
                .to_owned(),
        ),
        required: required.map(|row| row.name).collect(),
        dependent_required: needing.collect(),
        any_of: logs.into(),
        ..Schema::object(std::iter::once(("$schema", own)).chain(parameters).collect())
    }
}

fn of_parameter(row: &Parameter) -> Schema {
    let text = Schema::text((row.form)());
    let mut schema = match row.kind {
        Kind::Text => text,
        // In a file both are taken as they are written in a flag, too.
        Kind::Switch => Schema {
            any_of: vec![Schema::of("boolean"), text],
            ..Schema::default()
        },
        Kind::Tags => Schema {
            any_of: vec![of_tags(), text],
            ..Schema::default()
        },
        Kind::Custom => Schema {
            any_of: vec![of_custom(), text],
            ..Schema::default()
        },
    };
    schema.description = Some(format!(
        "{}. Values: {}.",
        row.meaning_capitalized(),
        row.rule
    ));
    schema.default = row.default_text().map(|text| value(row.kind, text));
    let example = value(row.kind, row.example);
    // The known values have it among them, in an order of their own.
    if !schema.examples.contains(&example) {
        schema.examples.insert(0, example);
    }
    schema
}

fn of_tags() -> Schema {
    let [key, value] = tags::forms().map(Schema::text);
    Schema {
        property_names: Some(Box::new(key)),
        max_properties: Some(tags::MAX),
        additional_properties: Some(Others::Are(Box::new(value))),
        ..Schema::of("object")
    }
}

fn of_custom() -> Schema {
    let [name, text] = custom::forms().map(Schema::text);
    let list = Schema {
        items: Some(Box::new(Schema::text(custom::forms()[1].clone()))),
        max_items: Some(custom::MAX),
        ..Schema::of("array")
    };
    let value = Schema {
        any_of: vec![text, Schema::of("integer"), Schema::of("boolean"), list],
        ..Schema::default()
    };
    Schema {
        property_names: Some(Box::new(name)),
        max_properties: Some(custom::MAX),
        additional_properties: Some(Others::Are(Box::new(value))),
        ..Schema::of("object")
    }
}

/// A value that stands in the table as text, as a file has it.
fn value(kind: Kind, text: &str) -> Value {
    match (kind, text.split_once('=')) {
        (Kind::Switch, _) => Value::from(text == "true"),
        (Kind::Tags | Kind::Custom, Some((key, value))) => {
            Value::Object([(key.to_owned(), value.into())].into_iter().collect())
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
