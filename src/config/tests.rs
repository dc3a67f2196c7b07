use super::*;
use crate::parameters::Key;

fn parse(path: &str, text: &str) -> Config {
    Config::parse(Path::new(path), text.as_bytes())
}

fn faults(path: &str, text: &str) -> Vec<String> {
    parse(path, text)
        .faults
        .iter()
        .map(|fault| {
            format!(
                "{}; {}",
                fault.line(),
                fault.help.clone().unwrap_or_default()
            )
        })
        .collect()
}

const TOML: &str = "# comment\nregion = \"us-east-1\"\nexisting-role = true\n\n[tags]\nb = \"2\"\n\"a b\" = \"ü\"\n";
const JSON: &str = "{\"$schema\": \"x\",\r\n \"region\": \"us-east-1\", \"existing-role\": true,\r\n\r\n \"tags\":\r\n {\"b\": \"2\", \"a b\": \"\\u00fc\"}}";

/// The line and the column of a name and of its value.
fn places(place: &Origin) -> [(usize, usize); 2] {
    [place.clone(), place.clone().at_value()].map(|place| {
        let spot = place.spot().expect("a spot");
        assert!(["a.toml", "a.json"].contains(&spot.path()));
        (spot.line(), spot.column().expect("a column"))
    })
}

#[test]
fn both_formats_give_the_same_parameters_and_their_places() {
    for (path, text, expected) in [
        (
            "a.toml",
            TOML,
            [
                [(2, 1), (2, 10)],
                [(5, 2), (5, 1)],
                [(6, 1), (6, 5)],
                [(7, 1), (7, 9)],
            ],
        ),
        (
            "a.json",
            JSON,
            [
                [(2, 2), (2, 12)],
                [(4, 2), (5, 2)],
                [(5, 3), (5, 8)],
                [(5, 13), (5, 20)],
            ],
        ),
    ] {
        for text in [text.to_owned(), format!("\u{feff}{text}")] {
            let config = parse(path, &text);
            assert_eq!(config.faults, []);
            let given = |key| config.parameters.get(key).expect("it is given");
            let (region, at_region) = given(Key::Region);
            assert_eq!(region, &RawValue::Text("us-east-1".into()));
            assert_eq!(given(Key::ExistingRole).0, &RawValue::Switch(true));
            let (RawValue::Pairs(pairs), at_tags) = given(Key::Tags) else {
                panic!("tags");
            };
            let told = pairs.iter().map(|pair| (pair.key.as_str(), &pair.value));
            let told: Vec<_> = told.collect();
            assert_eq!(
                told,
                [
                    ("b", &RawValue::Text("2".into())),
                    ("a b", &RawValue::Text("ü".into()))
                ]
            );
            let of_pairs = pairs.iter().map(|pair| pair.spot.clone().map(Origin::File));
            let all = [at_region.clone(), at_tags.clone()].map(Some);
            let all: Vec<_> = all
                .into_iter()
                .chain(of_pairs)
                .map(|place| places(&place.expect("a place")))
                .collect();
            assert_eq!(all, expected, "{path}");
        }
    }
}

#[test]
fn a_file_may_hold_other_keys_where_they_are_known() {
    let path = Path::new("a.toml");
    let parse = |text: &str| Config::parse_with(path, text.as_bytes(), &["shell"]);
    let config = parse("region = \"us-east-1\"\nshell = \"cmd\"\n");
    assert_eq!(config.faults, []);
    let (value, place) = config.others.get("shell").expect("it is given");
    assert_eq!(value, &RawValue::Text("cmd".into()));
    assert_eq!(places(place), [(2, 1), (2, 9)]);
    let help = parse("shel = 1\n").faults[0].help.clone();
    assert_eq!(help.as_deref(), Some("did you mean `shell`?"));
    assert_eq!(
        faults("a.toml", "shell = \"cmd\"\n").len(),
        1,
        "elsewhere it is unknown"
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
    let Some((RawValue::Pairs(pairs), _)) = config.parameters.get(Key::Tags) else {
        panic!("tags");
    };
    assert_eq!(pairs[0].value, RawValue::Other("a number", "1".into()));
    assert!(matches!(
        config.parameters.get(Key::Region),
        Some((RawValue::List(..), _))
    ));
}
