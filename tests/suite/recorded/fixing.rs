//! Does what the messages say, as somebody would who reads nothing else: puts
//! what is proposed in the place of exactly what is marked.

use std::fs;
use std::path::Path;

use super::Case;
use crate::support::{lexlogs, output_of, text, unescaped};

/// What one message proposes.
#[derive(Debug)]
struct Proposal<'a> {
    /// The file with line and column, or the flag.
    place: &'a str,
    /// How many columns are marked.
    marked: usize,
    /// What is to be there.
    proposed: &'a str,
    /// Whether it is not TOML, so that the whole line is proposed.
    is_line: bool,
}

fn proposals(said: &str) -> Vec<Proposal<'_>> {
    let (errors, _) = said.trim_end().rsplit_once("\n\n").unwrap();
    errors
        .split("\n\n")
        .filter_map(|error| {
            let proposed = ["did you mean `", "for example, `", "add `"]
                .iter()
                .find_map(|begin| error.rsplit_once(begin))?
                .1;
            let proposed = proposed.trim_end_matches('?').strip_suffix('`').unwrap();
            // What is missing is marked where it is to be.
            let is_missing = error.contains("missing ");
            let mark = error.lines().find(|line| line.contains('^') && !is_missing);
            let title = error
                .strip_prefix("error: ")
                .unwrap()
                .lines()
                .next()
                .unwrap();
            let place = error
                .lines()
                .find_map(|line| line.trim_start().strip_prefix("--> "));
            Some(Proposal {
                place: place
                    .or(title.split_once(": missing ").map(|(file, _)| file))
                    .unwrap_or(title),
                marked: mark.map_or(0, |mark| mark.matches('^').count()),
                proposed,
                is_line: error.contains("is not TOML"),
            })
        })
        .collect()
}

/// The value of `name = value`, `"name": value`, `--name value`; a value alone is
/// one.
fn value_of(proposed: &str) -> &str {
    if proposed.starts_with("--") {
        return proposed.split_once([' ', '=']).unwrap().1;
    }
    let after = proposed
        .split_once(" = ")
        .or_else(|| proposed.split_once("\": "));
    after.map_or(proposed, |(_, value)| value)
}

/// Fixes a case's files and arguments until it makes a bundle.
pub(super) fn fix(case: &Case) {
    let place = case.place();
    let folder = place.path();
    let words = unescaped(&case.commands[0].0);
    let print = format!("set {}; printf '%s\\0' \"$@\"", text(&words));
    let words = output_of("sh", &["-c", &print], folder);
    let mut arguments: Vec<String> = words
        .split_terminator('\0')
        .skip(1)
        .map(str::to_owned)
        .collect();
    for round in 0.. {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = lexlogs(folder, &words);
        let said = text(&output.stderr).to_owned();
        if output.status.success() {
            assert!(round > 0, "{}: nothing was refused", case.name);
            return;
        }
        assert!(round < 4, "{}: still refused: {said}", case.name);
        let mut proposals = proposals(&said);
        assert!(!proposals.is_empty(), "{}: {said}", case.name);
        // From behind, so that no place moves.
        proposals.reverse();
        let mut edits: Vec<(String, usize, usize, Proposal<'_>)> = Vec::new();
        for proposal in proposals {
            let place: Vec<&str> = proposal.place.rsplitn(3, ':').collect();
            match place[..] {
                [file] if !proposal.proposed.starts_with("--") => {
                    add(&folder.join(file), proposal.proposed);
                }
                [column, line, path] => {
                    let [line, column] = [line, column].map(|number| number.parse().unwrap());
                    edits.push((path.to_owned(), line, column, proposal));
                }
                // A flag, or a parameter that is missing: its name is printed as a flag's.
                _ => fix_flag(&mut arguments, &proposal),
            }
        }
        edits.sort_by_key(|(_, line, column, _)| (*line, *column));
        for (path, line, column, proposal) in edits.iter().rev() {
            let path = folder.join(path);
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, edited(&text, *line, *column, proposal)).unwrap();
        }
    }
}

/// Adds what is missing to a file.
fn add(path: &Path, proposed: &str) {
    let text = fs::read_to_string(path).unwrap();
    let text = match text.strip_prefix('{') {
        Some(rest) if rest.trim() == "}" => format!("{{{proposed}{rest}"),
        Some(rest) => format!("{{{proposed},{rest}"),
        None => format!("{proposed}\n{text}"),
    };
    fs::write(path, text).unwrap();
}

fn fix_flag(arguments: &mut Vec<String>, proposal: &Proposal<'_>) {
    let (flag, value) = proposal.proposed.split_once([' ', '=']).unwrap();
    assert!(flag.starts_with("--"), "{proposal:?}");
    let value = value.trim_matches('"');
    let given = arguments
        .iter()
        .position(|word| word == flag || word.starts_with(&format!("{flag}=")));
    let Some(at) = given else {
        return arguments.push(format!("{flag}={value}"));
    };
    if arguments[at] == flag {
        value.clone_into(&mut arguments[at + 1]);
    } else {
        arguments[at] = format!("{flag}={value}");
    }
}

/// The text with what is proposed; it begins with a byte order mark or not.
fn edited(text: &str, line: usize, column: usize, proposal: &Proposal<'_>) -> String {
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let old = &lines[line - 1];
    let end = &old[old.trim_end_matches(['\r', '\n']).len()..];
    let new = if proposal.is_line {
        format!("{}{end}", proposal.proposed)
    } else {
        let before: String = old.chars().take(column - 1).collect();
        let after: String = old.chars().skip(column - 1 + proposal.marked).collect();
        let marked = &old[before.len()..old.len() - after.len()];
        // A key stands for a key, quoted as it was; a value for a value.
        let value = value_of(proposal.proposed);
        let is_key =
            value == proposal.proposed && marked.starts_with('"') && !value.starts_with('"');
        let value = if is_key {
            format!("\"{value}\"")
        } else {
            value.to_owned()
        };
        format!("{before}{value}{after}")
    };
    lines[line - 1] = new;
    format!("{mark}{}", lines.concat())
}
