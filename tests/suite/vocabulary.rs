//! Text that users read has none of the phrases that sound translated.

use std::fs;
use std::path::Path;

use crate::man::COMMANDS;
use crate::support::{lexlogs, root, text};

/// Phrases that plain technical English has other words for.
const PHRASES: [&str; 30] = [
    "by another way",
    "of one's own",
    "is told",
    "are told",
    "mend",
    "mends",
    "for ever",
    "is there already",
    "are there already",
    "in the name of this role",
    "puts in place",
    "takes out",
    "stands there",
    "stands in",
    "stand on",
    "stands for nothing",
    "is none",
    "are none",
    "none has",
    "none that",
    "has not",
    "alike",
    "is given twice",
    "is to be",
    "are to be",
    "that it be",
    "not told",
    "made with",
    "made by",
    "the same to the byte",
];

/// The texts of string literals in code, without its comments and tests; what formats fill in is left out.
fn literals(code: &str) -> String {
    let code = code.split("\n#[cfg(test)]").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let mut found = String::new();
    for line in lines {
        let mut is_text = false;
        let mut is_escaped = false;
        let mut is_filled_in = false;
        for c in line.replace("'\"'", "").chars() {
            match c {
                '"' if !is_escaped => {
                    is_text = !is_text;
                    found.push('\n');
                }
                '{' | '}' => is_filled_in = c == '{',
                c if is_text && !is_filled_in => found.push(c),
                _ => {}
            }
            is_escaped = c == '\\' && !is_escaped;
        }
        // A literal goes on in the next line: its words are not lost there either.
        if is_text {
            found.push(' ');
        }
    }
    found
}

/// Every file below a folder, and what to read of it.
fn add(path: &Path, texts: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            add(&entry.unwrap().path(), texts);
        }
        return;
    }
    let Ok(text) = fs::read_to_string(path) else {
        return;
    };
    let name = path.strip_prefix(root()).unwrap().display().to_string();
    let ending = name.rsplit('.').next().unwrap();
    match ending {
        "rs" if name.ends_with("tests.rs") => {}
        "rs" => texts.push((name, literals(&text))),
        "svg" | "dot" => {}
        _ => texts.push((name, text)),
    }
}

#[test]
fn what_users_read_has_no_phrase_that_sounds_translated() {
    let mut texts = Vec::new();
    for place in ["README.md", "docs", "templates", "src"] {
        add(&root().join(place), &mut texts);
    }
    for command in COMMANDS {
        let words = command.split('-').filter(|word| !word.is_empty());
        let words: Vec<&str> = words.chain(["--help"]).collect();
        let output = lexlogs(root(), &words);
        texts.push((words.join(" "), text(&output.stdout).to_owned()));
    }
    assert!(texts.len() > 150, "{} texts", texts.len());
    let mut found = String::new();
    for (name, text) in &texts {
        for (number, line) in (1..).zip(text.lines()) {
            let letters = |c: char| {
                if c.is_alphanumeric() || "'_".contains(c) {
                    c.to_ascii_lowercase()
                } else {
                    ' '
                }
            };
            let words: String = line.chars().map(letters).collect();
            let words = format!(
                " {} ",
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            );
            let bad = PHRASES
                .iter()
                .filter(|phrase| words.contains(&format!(" {phrase} ")));
            for phrase in bad {
                found += &format!("{name}:{number}: `{phrase}`: {}\n", line.trim());
            }
        }
    }
    assert!(found.is_empty(), "{found}");
}
