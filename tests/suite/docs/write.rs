//! The regions of pages: filled, and nothing else touched.

use std::fs;

use super::{content, printed, with_files, write, written};
use crate::support::{names, output_of, text};

/// What stands between the markers for a snippet, in a flavor.
fn block(name: &str, flavor: &str) -> String {
    printed(&["snippet", name, "--lex-version", "v2", "--flavor", flavor])
}

/// The text with something before each line that is not empty.
fn indented(text: &str, by: &str) -> String {
    let lines = text.lines();
    lines
        .map(|line| {
            if line.is_empty() {
                "\n".into()
            } else {
                format!("{by}{line}\n")
            }
        })
        .collect()
}

#[test]
fn a_region_is_filled_and_the_rest_stays_to_the_byte() {
    let page = "\u{feff}# Title  \r\nmixed\nlines\r\n\t1. item\n\n\t   <!-- lexlogs:begin create-role lex-version=v2 -->\nold\n\
\t   <!-- lexlogs:end -->\t \n\0\u{1b}<!-- lexlogs:begin trust-policy lex-version=v2-->\r\n<!-- lexlogs:end -->\r\nlast \u{85} line";
    // The control characters stand in front of what would be a marker: that is no marker, and no end is missing.
    let page = page.replace("\0\u{1b}<!--", "\0\u{1b}\n<!--");
    let place = with_files(&[("a.md", &page)]);
    assert_eq!(written(place.path(), &["a.md"]), "a.md\n");
    let expected = format!(
        "\u{feff}# Title  \r\nmixed\nlines\r\n\t1. item\n\n\t   <!-- lexlogs:begin create-role lex-version=v2 -->\n\n{}\n\
\t   <!-- lexlogs:end -->\t \n\0\u{1b}\n<!-- lexlogs:begin trust-policy lex-version=v2-->\r\n\r\n{}\r\n<!-- lexlogs:end -->\r\nlast \u{85} line",
        indented(&block("create-role", "commonmark"), "\t   "),
        block("trust-policy", "commonmark").replace('\n', "\r\n"),
    );
    assert_eq!(content(place.path(), "a.md"), expected);
    assert_eq!(names(place.path()), ["a.md"], "nothing stays beside it");
}

#[test]
fn what_was_written_is_up_to_date_and_is_not_written_again() {
    let page = "<!-- lexlogs:begin page lex-version=v1 -->\n<!-- lexlogs:end -->";
    let place = with_files(&[
        ("a.md", page),
        ("b.md", "no regions\n"),
        ("c/d.mdx", "# nothing\n"),
    ]);
    let first = write(place.path(), &["."]);
    assert_eq!(
        text(&first.stderr),
        "written: 1 of 1 region, 1 of 3 pages\n"
    );
    let path = place.path().join("a.md");
    let (before, when) = (
        fs::read(&path).unwrap(),
        fs::metadata(&path).unwrap().modified().unwrap(),
    );
    for arguments in [&["."][..], &["--check", "."]] {
        let again = write(place.path(), arguments);
        assert!(again.status.success());
        assert_eq!(text(&again.stdout), "", "{arguments:?}");
        assert_eq!(text(&again.stderr), "up to date: 1 region in 3 pages\n");
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), when);
    }
    let named = write(place.path(), &["b.md"]);
    assert!(text(&named.stderr).starts_with("note: b.md has no regions\n"));
}

/// A page with text that is stale in two places.
const STALE: &str = "one\ntwo\nthree\nfour\n<!-- lexlogs:begin create-role -->\n\n```bash\naws iam create-role \\\n    --role-name old \\\n\x20   --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json\n```\n\n<!-- lexlogs:end -->\n5\n6\n7\n8\n9\n\
<!-- lexlogs:begin delete-role -->\n<!-- lexlogs:end -->";

#[test]
#[ignore = "needs patch: run tests/run"]
fn the_diff_of_a_check_makes_by_patch_what_write_writes() {
    let crlf = STALE.replace('\n', "\r\n");
    let bare = "<!-- lexlogs:begin trust-policy -->\nx\ny\nz\n<!-- lexlogs:end -->";
    let empty = format!("<!-- lexlogs:begin s3-policy -->\n<!-- lexlogs:end -->\n{STALE}\n{bare}");
    for page in [STALE, &crlf, bare, &empty] {
        let place = with_files(&[("a.md", page), ("b.md", page)]);
        let checked = write(place.path(), &["--lex-version", "v2", "--check", "a.md"]);
        assert_eq!(checked.status.code(), Some(1), "{}", text(&checked.stderr));
        fs::write(place.path().join("diff"), &checked.stdout).unwrap();
        output_of("patch", &["--binary", "-p0", "-i", "diff"], place.path());
        written(place.path(), &["--lex-version", "v2", "b.md"]);
        assert_eq!(
            content(place.path(), "a.md"),
            content(place.path(), "b.md"),
            "{page}"
        );
    }
}

#[test]
fn random_pages_keep_every_byte_outside_of_their_regions() {
    let mut random = fastrand::Rng::with_seed(44);
    let noise = "¦ ¦\t¦text¦`a`¦# x¦- item¦> quote¦~~¦``¦<!-- comment -->¦é\u{2028}¦\u{c}¦\r¦|a|b|";
    let snippets = "trust-policy¦create-role¦page¦parameters¦files¦detach-s3-policy";
    let choice = |random: &mut fastrand::Rng, list: &'static str| {
        let list: Vec<&str> = list.split('¦').collect();
        *random.choice(&list).unwrap()
    };
    for round in 0..60 {
        // Outside and inside, in turn; each with its line ends.
        let mut outside = vec![String::new()];
        let mut page = String::new();
        let line = |random: &mut fastrand::Rng, text: &str| {
            format!("{text}{}", if random.bool() { "\n" } else { "\r\n" })
        };
        for _ in 0..random.usize(0..6) {
            for _ in 0..random.usize(0..8) {
                let piece = choice(&mut random, noise);
                let text = line(&mut random, piece);
                page.push_str(&text);
                outside.last_mut().unwrap().push_str(&text);
            }
            let indent = random.choice(["", " ", "  ", "   "]).unwrap();
            let name = choice(&mut random, snippets);
            let begin = line(
                &mut random,
                &format!("{indent}<!-- lexlogs:begin {name} -->"),
            );
            page.push_str(&begin);
            outside.last_mut().unwrap().push_str(&begin);
            for _ in 0..random.usize(0..3) {
                page.push_str(&line(&mut random, "stale ```"));
            }
            let end = line(&mut random, "<!-- lexlogs:end -->");
            page.push_str(&end);
            outside.push(end);
        }
        let place = with_files(&[("a.md", &page)]);
        let run = || written(place.path(), &["--lex-version", "v2", "a.md"]);
        run();
        let new = content(place.path(), "a.md");
        let mut rest = new.as_str();
        for (index, piece) in outside.iter().enumerate() {
            let at = if index == 0 {
                Some(0)
            } else {
                rest.find(piece.as_str())
            };
            let at = at.unwrap_or_else(|| panic!("round {round}: {piece:?} is not in {new:?}"));
            assert!(
                rest[at..].starts_with(piece.as_str()),
                "round {round}: {piece:?}, {new:?}"
            );
            rest = &rest[at + piece.len()..];
        }
        assert_eq!(rest, "", "round {round}: {new:?}");
        assert_eq!(run(), "", "round {round}: twice is once");
    }
}
