//! The tests of custom values.

use super::*;

fn text(text: &str) -> RawValue {
    RawValue::Text(text.into())
}

fn number(source: &str) -> RawValue {
    RawValue::Other("a number", source.into())
}

fn list(items: &[&str]) -> RawValue {
    RawValue::List(items.iter().map(|item| text(item)).collect(), "[…]".into())
}

fn read(pairs: &[(&str, RawValue)]) -> Result<Custom, Vec<(String, Option<usize>)>> {
    let pairs = std::iter::zip(1.., pairs).map(|(line, (key, value))| RawPair {
        key: (*key).to_owned(),
        value: value.clone(),
        spot: Some(Span::line_of("a.toml", line)),
    });
    Custom::read(&RawValue::Pairs(pairs.collect())).map_err(|faults| {
        let lines = faults.into_iter();
        let line = |spot: Span| spot.line();
        lines.map(|(what, spot)| (what, spot.map(line))).collect()
    })
}

#[test]
fn values_of_all_types_are_sorted_and_kept() {
    let custom = read(&[
        ("ticket", text("CHG 0042 „ü“ $(id) \"%PATH%\"")),
        ("approvers", list(&["Ann", "Bo, Team"])),
        ("days", number("-1_000")),
        ("Urgent", RawValue::Switch(true)),
        ("none", text("")),
    ])
    .expect("good values");
    let json = serde_json::to_string(&custom).expect("JSON");
    assert_eq!(
        json,
        r#"{"Urgent":true,"approvers":["Ann","Bo, Team"],"days":-1000,"none":"","ticket":"CHG 0042 „ü“ $(id) \"%PATH%\""}"#
    );
}

#[test]
fn values_can_be_written_as_text() {
    let custom = Custom::read(&text("a=1,b=x=y,c=")).expect("good values");
    let values: Vec<_> = custom
        .iter()
        .map(|(name, value)| (name, value.clone()))
        .collect();
    let texts =
        [("a", "1"), ("b", "x=y"), ("c", "")].map(|(n, v)| (n, CustomValue::Text(v.into())));
    assert_eq!(values, texts);
    assert!(Custom::read(&text("")).is_ok_and(|custom| custom.is_empty()));
    assert_eq!(
        Custom::read(&text("a=1, b")).expect_err("no pair"),
        [(
            "has ` b`, which is not NAME=VALUE; a text with `,` in it goes into a parameter file"
                .to_owned(),
            None
        )]
    );
}

#[test]
fn what_could_hide_or_break_a_line_is_refused_with_its_line() {
    for (name, value, what) in [
        (
            "a",
            text("x\ny"),
            "the value of `a` has the character `\\n` at position 2",
        ),
        (
            "a",
            text("x\r"),
            "the value of `a` has the character `\\r` at position 2",
        ),
        (
            "a",
            text("\u{1b}[2J"),
            "the value of `a` has the character `\\u{1b}` at position 1",
        ),
        (
            "a",
            text("\u{202e}"),
            "the value of `a` has the character `\\u{202e}` at position 1",
        ),
        (
            "a",
            text("\u{2028}"),
            "the value of `a` has the character `\\u{2028}` at position 1",
        ),
        (
            "a",
            text("\u{85}"),
            "the value of `a` has the character `\\u{85}` at position 1",
        ),
        (
            "a",
            text(&"x".repeat(501)),
            "the value of `a` has 501 characters (0 to 500 are allowed)",
        ),
        (
            "a",
            list(&["x", "\t"]),
            "the value of `a` is a list of which one has the character `\\t` at position 1",
        ),
        (
            "a",
            RawValue::List(vec![number("1")], "[1]".into()),
            "the value of `a` is a list of which one is a number; put it in quotes",
        ),
        (
            "a",
            number("1.5"),
            "the value of `a` is a number that is not a whole one of 64 bits; put it in quotes",
        ),
        (
            "a",
            number("9223372036854775808"),
            "the value of `a` is a number that is not a whole one of 64 bits; put it in quotes",
        ),
        (
            "a",
            RawValue::Pairs(Vec::new()),
            "the value of `a` is a table, not a value",
        ),
        (
            "a",
            RawValue::Other("null", "null".into()),
            "the value of `a` is null, not a value",
        ),
        (
            "change-no",
            text("x"),
            "the name `change-no` has the character `-` at position 7",
        ),
        (
            "1a",
            text("x"),
            "the name `1a` does not begin with a letter",
        ),
        (
            "_a",
            text("x"),
            "the name `_a` does not begin with a letter",
        ),
        ("", text("x"), "the name `` is empty"),
        (
            "größe",
            text("x"),
            "the name `größe` has the characters `ö` at position 3, `ß` at position 4",
        ),
    ] {
        assert_eq!(
            read(&[(name, value)]).expect_err(what),
            [(what.to_owned(), Some(1))]
        );
    }
    assert!(read(&[(&"x".repeat(64), text(&"ü".repeat(500)))]).is_ok());
    assert!(read(&[(&"x".repeat(65), text(""))]).is_err());
    let twice = read(&[("a", text("1")), ("a", text("2"))]).expect_err("twice");
    assert_eq!(twice, [("the name `a` is set twice".to_owned(), Some(2))]);
}

#[test]
fn values_in_lists_count() {
    let of = |count: usize| read(&[("a", list(&vec!["x"; count])), ("b", text("y"))]);
    assert!(of(49).is_ok());
    assert_eq!(
        of(50).expect_err("too many"),
        [(
            "has more than 50 values, those in lists included".to_owned(),
            None
        )]
    );
}
