//! A parameter file, TOML or JSON by its extension, to raw parameters. Unknown
//! keys, duplicates and syntax are faults, each with its line; values are
//! judged later, by the one set of rules that flags go through too.

use std::path::Path;

use crate::fault::Fault;
use crate::json::Members;
use crate::parameters::{self, Place, RawParameters, RawValue};

/// What a parameter file holds, and what is wrong with its form.
#[derive(Debug, Default)]
pub struct Config {
    /// The parameters that could be read.
    pub parameters: RawParameters,
    /// Everything that could not, in the order of the file.
    pub faults: Vec<Fault>,
}

impl Config {
    /// Reads the text of a parameter file.
    ///
    /// `path` says which format it is, by its extension, and is repeated in the
    /// faults; nothing is read from it.
    #[must_use]
    pub fn parse(path: &Path, bytes: &[u8]) -> Self {
        let mut reader = Reader {
            path: path.display().to_string(),
            text: "",
            config: Self::default(),
        };
        // Windows editors begin UTF-8 with a byte order mark.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let line = line_at(bytes, error.valid_up_to());
                reader.refuse(
                    None,
                    line,
                    "is not UTF-8 text; save the file as UTF-8".into(),
                );
                return reader.config;
            }
        };
        reader.text = text;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("toml") => reader.toml(),
            Some(extension) if extension.eq_ignore_ascii_case("json") => reader.json(),
            _ => reader.refuse(None, 1, "is neither `.toml` nor `.json` by its name".into()),
        }
        reader.config
    }
}

struct Reader<'a> {
    path: String,
    text: &'a str,
    config: Config,
}

impl Reader<'_> {
    fn toml(&mut self) {
        use toml::de::{DeTable, DeValue};

        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let line = self.line(error.span().map_or(0, |span| span.start));
            self.refuse(
                None,
                line,
                format!("is not TOML: {}", error.message().trim_end()),
            );
        }
        // After a syntax error the table holds guesses; their faults would mislead.
        if !errors.is_empty() {
            return;
        }
        let mut members: Vec<_> = table.get_ref().iter().collect();
        members.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in members {
            let source = self.text.get(value.span()).unwrap_or_default();
            let raw = match value.get_ref() {
                DeValue::String(text) => RawValue::Text(text.to_string()),
                DeValue::Boolean(on) => RawValue::Switch(*on),
                DeValue::Table(pairs) => {
                    let mut pairs: Vec<_> = pairs.iter().collect();
                    pairs.sort_by_key(|(key, _)| key.span().start);
                    let pairs = pairs.into_iter().map(|(key, value)| match value.get_ref() {
                        DeValue::String(text) => Ok((key.get_ref().to_string(), text.to_string())),
                        _ => Err(key.get_ref().to_string()),
                    });
                    match pairs.collect() {
                        Ok(pairs) => RawValue::Pairs(pairs),
                        Err(key) => RawValue::Other("a table with a value that is not text", key),
                    }
                }
                DeValue::Integer(_) | DeValue::Float(_) => {
                    RawValue::Other("a number", source.to_owned())
                }
                DeValue::Datetime(_) => RawValue::Other("a date", source.to_owned()),
                DeValue::Array(_) => RawValue::Other("an array", source.to_owned()),
            };
            let line = self.line(key.span().start);
            self.member(key.get_ref(), raw, line);
        }
    }

    fn json(&mut self) {
        let Members(members) = match serde_json::from_str(self.text) {
            Ok(members) => members,
            Err(error) => {
                let (line, fault) = (error.line().max(1), error.to_string());
                let fault = fault
                    .rsplit_once(" at line ")
                    .map_or(fault.as_str(), |(fault, _)| fault);
                self.refuse(None, line, format!("is not a JSON object: {fault}"));
                return;
            }
        };
        let mut seen: Vec<&str> = Vec::new();
        for (key, value) in &members {
            // The value borrows from the text, so its place is its offset.
            let line = self.line(value.get().as_ptr() as usize - self.text.as_ptr() as usize);
            if seen.contains(&key.as_str()) {
                self.refuse(Some(key), line, "is given twice".into());
                continue;
            }
            seen.push(key);
            self.member(key, json_value(value.get()), line);
        }
    }

    /// One key and its value, whatever the format.
    fn member(&mut self, name: &str, value: RawValue, line: usize) {
        // JSON Schema's key, by which editors find the schema of a file.
        if name == "$schema" {
            return;
        }
        let Some(parameter) = parameters::find(name) else {
            let what = if let Some(near) = parameters::nearest(name) {
                format!("is not a parameter; did you mean `{}`?", near.name)
            } else {
                let names: Vec<&str> = parameters::PARAMETERS.iter().map(|p| p.name).collect();
                format!(
                    "is not a parameter; the parameters are {}",
                    names.join(", ")
                )
            };
            self.refuse(Some(name), line, what);
            return;
        };
        let place = Place::File {
            path: self.path.clone(),
            line,
        };
        self.config.parameters.set(parameter.key, value, place);
    }

    fn refuse(&mut self, name: Option<&str>, line: usize, what: String) {
        self.config.faults.push(Fault {
            name: name.map(str::to_owned),
            value: None,
            place: Some(Place::File {
                path: self.path.clone(),
                line,
            }),
            what,
            rule_of: None,
        });
    }

    fn line(&self, offset: usize) -> usize {
        line_at(self.text.as_bytes(), offset)
    }
}

/// The line of a byte, counted from 1.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    1 + bytes
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
}

/// A piece of JSON as a raw value.
fn json_value(json: &str) -> RawValue {
    use serde_json::Value;
    match serde_json::from_str(json) {
        Ok(Value::String(text)) => RawValue::Text(text),
        Ok(Value::Bool(on)) => RawValue::Switch(on),
        Ok(Value::Number(_)) => RawValue::Other("a number", json.to_owned()),
        Ok(Value::Array(_)) => RawValue::Other("an array", json.to_owned()),
        Ok(Value::Object(_)) => {
            let members =
                serde_json::from_str(json).map_or_else(|_| Vec::new(), |Members(members)| members);
            let pairs =
                members
                    .into_iter()
                    .map(|(key, value)| match serde_json::from_str(value.get()) {
                        Ok(text) => Ok((key, text)),
                        Err(_) => Err(key),
                    });
            match pairs.collect() {
                Ok(pairs) => RawValue::Pairs(pairs),
                Err(key) => RawValue::Other("a table with a value that is not text", key),
            }
        }
        Ok(Value::Null) | Err(_) => RawValue::Other("null", json.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Key;

    fn parse(path: &str, text: &str) -> Config {
        Config::parse(Path::new(path), text.as_bytes())
    }

    fn faults(path: &str, text: &str) -> Vec<String> {
        parse(path, text)
            .faults
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    const TOML: &str = "# comment\nregion = \"us-east-1\"\nexisting-role = true\n\n[tags]\nb = \"2\"\n\"a b\" = \"ü\"\n";
    const JSON: &str = "{\"$schema\": \"x\",\r\n \"region\": \"us-east-1\", \"existing-role\": true,\r\n\r\n \"tags\":\r\n {\"b\": \"2\", \"a b\": \"\\u00fc\"}}";

    #[test]
    fn both_formats_give_the_same_parameters() {
        for (path, text, region_line, tags_line) in [("a.toml", TOML, 2, 5), ("a.json", JSON, 2, 5)]
        {
            for text in [text.to_owned(), format!("\u{feff}{text}")] {
                let config = parse(path, &text);
                assert_eq!(config.faults, []);
                let place = |line| Place::File {
                    path: path.into(),
                    line,
                };
                let pairs = vec![
                    ("b".to_owned(), "2".to_owned()),
                    ("a b".to_owned(), "ü".to_owned()),
                ];
                let given = &config.parameters;
                assert_eq!(
                    given.get(Key::Region),
                    Some((&RawValue::Text("us-east-1".into()), &place(region_line)))
                );
                assert_eq!(
                    given.get(Key::ExistingRole).map(|(value, _)| value),
                    Some(&RawValue::Switch(true))
                );
                assert_eq!(
                    given.get(Key::Tags),
                    Some((&RawValue::Pairs(pairs), &place(tags_line)))
                );
            }
        }
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_nearest_one() {
        assert_eq!(
            faults("a.toml", "region = \"us-east-1\"\nrole_name = \"x\"\n"),
            ["a.toml:2: role_name: is not a parameter; did you mean `role-name`?"]
        );
        assert_eq!(
            faults(
                "a.json",
                "{\n\"region\": \"a\",\n\"region\": \"b\",\n\"acount-id\": \"\"}"
            ),
            [
                "a.json:3: region: is given twice",
                "a.json:4: acount-id: is not a parameter; did you mean `account-id`?"
            ]
        );
    }

    #[test]
    fn broken_syntax_is_named_with_its_line() {
        assert!(
            faults("a.toml", "region = \"us-east-1\nrole-name = 1")[0]
                .starts_with("a.toml:1: is not TOML:")
        );
        assert!(
            faults("a.toml", "region = \"a\"\nregion = \"b\"\n")[0]
                .starts_with("a.toml:2: is not TOML: duplicate key")
        );
        assert!(
            faults("a.json", "{\n\"region\": }")[0].starts_with("a.json:2: is not a JSON object:")
        );
        assert!(faults("a.json", "[1]")[0].starts_with("a.json:1: is not a JSON object:"));
        assert!(faults("a.json", "")[0].starts_with("a.json:1: is not a JSON object:"));
        assert_eq!(
            faults("a.yaml", "a: b"),
            ["a.yaml:1: is neither `.toml` nor `.json` by its name"]
        );
        let utf16 = Config::parse(Path::new("a.json"), b"\xff\xfe{\0}\0");
        assert_eq!(
            utf16.faults[0].to_string(),
            "a.json:1: is not UTF-8 text; save the file as UTF-8"
        );
    }

    #[test]
    fn values_of_other_types_are_kept_for_the_rules_to_judge() {
        for (path, text) in [
            ("a.toml", "account-id = 012_3\n"),
            ("a.json", "{\"account-id\": 123}"),
        ] {
            let config = parse(path, text);
            let given = config
                .parameters
                .get(Key::AccountId)
                .map(|(value, _)| value.clone());
            match path {
                // TOML itself has no number with a leading zero.
                "a.toml" => assert!(!config.faults.is_empty()),
                _ => assert_eq!(given, Some(RawValue::Other("a number", "123".into()))),
            }
        }
        let config = parse("a.toml", "tags = { a = 1 }\nregion = [\"x\"]\n");
        assert!(matches!(
            config.parameters.get(Key::Tags),
            Some((RawValue::Other(..), _))
        ));
        assert!(matches!(
            config.parameters.get(Key::Region),
            Some((RawValue::Other("an array", _), _))
        ));
    }
}
