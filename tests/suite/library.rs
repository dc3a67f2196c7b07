//! The library as others use it: the example in the head of `src/lib.rs` is a
//! test by itself, and whatever the library is given it does not panic.

use std::fs;
use std::path::Path;

use lexlogs::diagnostic::Diagnostic;
use lexlogs::parameters::{Key, Origin, PARAMETERS, RawParameters, find};
use lexlogs::request::{Request, Spec};
use lexlogs::values::raw::{RawPair, RawValue};
use lexlogs::{Bundle, Config, Plan, Templates};

use crate::support::{random_pieces, root};

#[test]
fn what_is_no_part_of_the_library_is_not_in_its_documentation() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let lines: Vec<&str> = library.lines().collect();
    for pair in lines.windows(2) {
        if pair[1].starts_with("pub mod ") {
            assert_eq!(pair[0], "#[doc(hidden)]", "{}", pair[1]);
        }
    }
    assert!(lines.contains(&"#![deny(missing_docs)]"));
}

/// Any text, most of it unfit for anything.
fn any_text(random: &mut fastrand::Rng) -> String {
    let pieces = "arn:¦aws¦:¦/¦kms¦key/¦us-east-1¦v2¦111122223333¦-an¦s3://¦alias/¦\0¦\u{1b}[2J¦é¦日本¦\u{301}¦\u{202e}¦ ¦\"¦\\¦'\
                  ¦=¦,¦.¦*¦$¦`¦\n¦\r¦a¦A¦policy/¦bot-alias/ABCDEFGHIJ/KLMNOPQRST¦1234abcd-12ab-34cd-56ef-1234567890ab¦true¦yes\
                  ¦xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    random_pieces(random, pieces, 6)
}

fn any_value(random: &mut fastrand::Rng, depth: usize) -> RawValue {
    match random.u8(..10) {
        0 => RawValue::Switch(random.bool()),
        1 => RawValue::Other("a number", any_text(random)),
        2 if depth < 4 => {
            let pairs = (0..random.usize(..4)).map(|_| RawPair {
                key: any_text(random),
                value: any_value(random, depth + 1),
                spot: None,
            });
            RawValue::Pairs(pairs.collect())
        }
        _ => RawValue::Text(any_text(random)),
    }
}

#[test]
fn nothing_that_a_program_gives_makes_it_panic() {
    let mut random = fastrand::Rng::with_seed(8);
    let templates = Templates::built_in().unwrap();
    let (mut good, mut bad) = (0, 0);
    for round in 0..2000 {
        // Some values of any kind among good ones.
        let mut given = RawParameters::example();
        for _ in 0..random.usize(..4) {
            let row = random.choice(PARAMETERS).unwrap();
            let place = random.choice([Origin::Flag, Origin::Answer]).unwrap();
            let value = if random.bool() {
                RawValue::Text(row.example.into())
            } else {
                any_value(&mut random, 0)
            };
            given.set(row.key, value, place);
        }
        let name = any_text(&mut random);
        let fault = Diagnostic::of_form(Some(&name), None, any_text(&mut random));
        assert!(!format!("{fault:#}").is_empty());
        assert!(Request::new(&given, vec![fault]).is_err());
        drop(Spec::documentation(&given, Vec::new()));
        match Request::new(&given, Vec::new()) {
            Ok(request) => {
                good += 1;
                if good % 40 == 0 {
                    assert!(!Plan::new(request.spec()).apply.is_empty());
                    let bundle = Bundle::new(&request, templates).unwrap();
                    let zip = bundle.to_zip().unwrap();
                    assert!(lexlogs::verify(&zip).proven);
                }
            }
            Err(faults) => {
                bad += 1;
                let (plain, coloured) = (faults.to_string(), format!("{faults:#}"));
                assert!(
                    plain.chars().all(|c| c == '\n' || !c.is_control()),
                    "{round}: {plain:?}"
                );
                assert!(coloured.len() > plain.len());
            }
        }
    }
    assert!(good > 250 && bad > 250, "{good} good, {bad} bad");
}

#[test]
fn no_bytes_make_it_panic() {
    let mut random = fastrand::Rng::with_seed(9);
    for _ in 0..1000 {
        let mut bytes = any_text(&mut random).into_bytes();
        bytes.extend((0..random.usize(..20)).map(|_| random.u8(..)));
        bytes.extend(any_text(&mut random).bytes());
        for name in ["a.toml", "a.json", "a.txt", ""] {
            let config = Config::parse(Path::new(name), &bytes);
            let faults = Request::new(&config.parameters, config.faults).unwrap_err();
            assert!(!faults.0.is_empty() && !format!("{faults:#}").is_empty());
        }
        assert!(!lexlogs::verify(&bytes).whole);
    }
    // Text that is nearly something.
    let syntax = "{¦}¦[¦]¦[tags]\n¦\"¦'¦\"\"\"¦=¦:¦,¦\n¦\r\n¦\t¦#¦//¦\\¦\\u¦region¦tags¦existing-role¦\"region\"¦us-east-1¦true¦True\
                  ¦1¦null¦é¦日¦\u{1b}¦\u{feff}";
    for _ in 0..3000 {
        let text = random_pieces(&mut random, syntax, 12);
        for name in ["a.toml", "a.json"] {
            let config = Config::parse(Path::new(name), text.as_bytes());
            let faults = Request::new(&config.parameters, config.faults).unwrap_err();
            let plain = faults.to_string();
            assert!(
                plain.chars().all(|c| c == '\n' || !c.is_control()),
                "{plain:?}"
            );
        }
    }
    // Nested deeper than any stack, and of more than one line.
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{a=", "}"), ("[\n", "\n]")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        for (name, text) in [
            ("a.json", format!("{{\"tags\": {deep}}}")),
            ("a.json", deep.clone()),
            ("a.toml", format!("tags = {deep}")),
        ] {
            let config = Config::parse(Path::new(name), text.as_bytes());
            let faults = Request::new(&config.parameters, config.faults).unwrap_err();
            assert!(faults.to_string().len() < 10_000, "{name}");
        }
    }
    assert!(find("region").is_some_and(|row| row.key == Key::Region));
}
