//! A parameter file, TOML or JSON by its extension, to raw parameters. Unknown
//! keys, duplicates and syntax are faults, each with its line; values are
//! judged later, by the one set of rules that flags go through too.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use crate::fault::Fault;
use crate::json::Members;
use crate::parameters::{self, Place, RawPair, RawParameters, RawValue};

/// What a parameter file holds, and what is wrong with its form.
#[derive(Debug, Default)]
pub struct Config {
    /// The parameters that could be read.
    pub parameters: RawParameters,
    /// The values of the keys that the file may hold beside the parameters.
    pub others: BTreeMap<&'static str, (RawValue, Place)>,
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
        Self::parse_with(path, bytes, &[])
    }

    /// The same of a file that may hold other keys beside the parameters.
    #[must_use]
    pub fn parse_with(path: &Path, bytes: &[u8], others: &'static [&'static str]) -> Self {
        let mut reader = Reader::new(path.display().to_string(), others);
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

    /// Reads a JSON object that is one line of a file; `line` is its number,
    /// counted from 1.
    #[must_use]
    pub fn parse_line(path: &str, line: usize, text: &str) -> Self {
        let mut reader = Reader::new(path.to_owned(), &[]);
        (reader.text, reader.lines_before) = (text, line - 1);
        reader.json();
        reader.config
    }
}

struct Reader<'a> {
    path: String,
    text: &'a str,
    /// How many lines the file has before the text.
    lines_before: usize,
    others: &'static [&'static str],
    config: Config,
}

impl Reader<'_> {
    fn new(path: String, others: &'static [&'static str]) -> Self {
        Self {
            path,
            text: "",
            lines_before: 0,
            others,
            config: Config::default(),
        }
    }

    fn toml(&mut self) {
        let (table, errors) = toml::de::DeTable::parse_recoverable(self.text);
        for error in &errors {
            let span = error.span().unwrap_or_default();
            let (line, mut fault) = (self.line(span.start), error.message().trim_end().to_owned());
            if fault == "duplicate key" {
                let key = self.text.get(span).unwrap_or_default();
                fault.push_str(&format!(" `{}`", crate::fault::printable(key)));
            }
            self.refuse(None, line, format!("is not TOML: {fault}"));
        }
        // After a syntax error the table holds guesses; their faults would mislead.
        if !errors.is_empty() {
            return;
        }
        let mut members: Vec<_> = table.get_ref().iter().collect();
        members.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in members {
            let raw = self.toml_value(value);
            let line = self.line(key.span().start);
            self.member(key.get_ref(), raw, line);
        }
    }

    fn toml_value(&self, value: &toml::Spanned<toml::de::DeValue<'_>>) -> RawValue {
        use toml::de::DeValue;

        let source = self.text.get(value.span()).unwrap_or_default().to_owned();
        match value.get_ref() {
            DeValue::String(text) => RawValue::Text(text.to_string()),
            DeValue::Boolean(on) => RawValue::Switch(*on),
            DeValue::Table(table) => {
                let mut members: Vec<_> = table.iter().collect();
                members.sort_by_key(|(key, _)| key.span().start);
                let pairs = members.into_iter().map(|(key, value)| RawPair {
                    key: key.get_ref().to_string(),
                    value: self.toml_value(value),
                    line: Some(self.line(key.span().start)),
                });
                RawValue::Pairs(pairs.collect())
            }
            DeValue::Integer(_) | DeValue::Float(_) => RawValue::Other("a number", source),
            DeValue::Datetime(_) => RawValue::Other("a date", source),
            DeValue::Array(_) => RawValue::Other("an array", source),
        }
    }

    fn json(&mut self) {
        let Members::<String>(members) = match serde_json::from_str(self.text) {
            Ok(members) => members,
            Err(error) => {
                let line = error.line().max(1) + self.lines_before;
                let fault = crate::json::reason(&error);
                self.refuse(None, line, format!("is not a JSON object: {fault}"));
                return;
            }
        };
        let mut seen = HashSet::new();
        for (key, value) in &members {
            let line = self.key_line(value);
            if !seen.insert(key.as_str()) {
                self.refuse(Some(key), line, "is given twice".into());
                continue;
            }
            let value = self.json_value(value);
            self.member(key, value, line);
        }
    }

    /// The line of the key of a JSON value, which stands before it.
    fn key_line(&self, value: &serde_json::value::RawValue) -> usize {
        // The value borrows from the text, so its place is its offset.
        let offset = value.get().as_ptr() as usize - self.text.as_ptr() as usize;
        let before = self.text.get(..offset).unwrap_or_default().trim_end();
        let key = before.strip_suffix(':').unwrap_or(before).trim_end();
        self.line(key.len())
    }

    fn json_value(&self, json: &serde_json::value::RawValue) -> RawValue {
        use serde_json::Value;

        let source = json.get().to_owned();
        match serde_json::from_str(json.get()) {
            Ok(Value::String(text)) => RawValue::Text(text),
            Ok(Value::Bool(on)) => RawValue::Switch(on),
            Ok(Value::Number(_)) => RawValue::Other("a number", source),
            Ok(Value::Array(_)) => RawValue::Other("an array", source),
            Ok(Value::Null) => RawValue::Other("null", source),
            Ok(Value::Object(_)) => {
                // Once more, for duplicate keys and for places.
                let members = serde_json::from_str(json.get());
                let Members(members) = members.unwrap_or_default();
                let pairs = members.into_iter().map(|(key, value)| RawPair {
                    key,
                    value: self.json_value(value),
                    line: Some(self.key_line(value)),
                });
                RawValue::Pairs(pairs.collect())
            }
            // Valid as JSON, but no program holds it: half a surrogate pair, a number beyond all numbers.
            Err(_) => RawValue::Other("a value that cannot be read", source),
        }
    }

    /// One key and its value, whatever the format.
    fn member(&mut self, name: &str, value: RawValue, line: usize) {
        // JSON Schema's key, by which editors find the schema of a file.
        if name == "$schema" {
            return;
        }
        let place = Place::File {
            path: self.path.clone(),
            line,
        };
        if let Some(parameter) = parameters::find(name) {
            self.config.parameters.set(parameter.key, value, place);
        } else if let Some(other) = self.others.iter().find(|other| **other == name) {
            self.config.others.insert(other, (value, place));
        } else {
            self.refuse(Some(name), line, not_a_parameter(name, self.others));
        }
    }

    fn refuse(&mut self, name: Option<&str>, line: usize, what: String) {
        let place = Place::File {
            path: self.path.clone(),
            line,
        };
        self.config.faults.push(Fault::of_form(name, place, what));
    }

    fn line(&self, offset: usize) -> usize {
        line_at(self.text.as_bytes(), offset) + self.lines_before
    }
}

/// What is said of a name that is neither a parameter's nor one of `others`.
pub(crate) fn not_a_parameter(name: &str, others: &[&'static str]) -> String {
    let known = parameters::PARAMETERS.iter().map(|row| row.name);
    let known: Vec<&str> = known.chain(others.iter().copied()).collect();
    match parameters::nearest_of(name, known.iter().copied()) {
        Some(near) => format!("is not a parameter; did you mean `{near}`?"),
        None => format!(
            "is not a parameter; the parameters are {}",
            known.join(", ")
        ),
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
        for (path, text, region_line, tags_line) in [("a.toml", TOML, 2, 5), ("a.json", JSON, 2, 4)]
        {
            for text in [text.to_owned(), format!("\u{feff}{text}")] {
                let config = parse(path, &text);
                assert_eq!(config.faults, []);
                let place = |line| Place::File {
                    path: path.into(),
                    line,
                };
                let pairs = [
                    ("b", "2", if path == "a.toml" { 6 } else { 5 }),
                    ("a b", "ü", if path == "a.toml" { 7 } else { 5 }),
                ];
                let pairs = pairs.map(|(key, value, line)| RawPair {
                    key: key.into(),
                    value: RawValue::Text(value.into()),
                    line: Some(line),
                });
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
                    Some((&RawValue::Pairs(pairs.into()), &place(tags_line)))
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
                "{\n\"region\": \"a\",\n\"region\":\n\n \"b\",\n\"acount-id\"\n:\n\"\"}"
            ),
            [
                "a.json:3: region: is given twice",
                "a.json:6: acount-id: is not a parameter; did you mean `account-id`?"
            ]
        );
    }

    #[test]
    fn a_file_may_hold_other_keys_where_they_are_known() {
        let path = Path::new("a.toml");
        let parse = |text: &str| Config::parse_with(path, text.as_bytes(), &["shell"]);
        let config = parse("region = \"us-east-1\"\nshell = \"cmd\"\n");
        let place = Place::File {
            path: "a.toml".into(),
            line: 2,
        };
        assert_eq!(config.faults, []);
        assert_eq!(
            config.others.get("shell"),
            Some(&(RawValue::Text("cmd".into()), place))
        );
        assert_eq!(
            parse("shel = 1\n").faults[0].to_string(),
            "a.toml:1: shel: is not a parameter; did you mean `shell`?"
        );
        assert_eq!(
            faults("a.toml", "shell = \"cmd\"\n").len(),
            1,
            "elsewhere it is unknown"
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
                .starts_with("a.toml:2: is not TOML: duplicate key `region`")
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
        let config = parse("a.json", "{\"role-name\": \"\\ud800\"}");
        assert!(matches!(
            config.parameters.get(Key::RoleName),
            Some((RawValue::Other("a value that cannot be read", _), _))
        ));
        let config = parse("a.toml", "tags = { a = 1 }\nregion = [\"x\"]\n");
        let number = RawPair {
            key: "a".into(),
            value: RawValue::Other("a number", "1".into()),
            line: Some(1),
        };
        assert_eq!(
            config.parameters.get(Key::Tags).map(|(value, _)| value),
            Some(&RawValue::Pairs(vec![number]))
        );
        assert!(matches!(
            config.parameters.get(Key::Region),
            Some((RawValue::Other("an array", _), _))
        ));
    }
}
