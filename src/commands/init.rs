//! `lexlogs init`: a parameter file to begin with, asked for at a terminal.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::error::Error;
use super::status::{Status, print, say};
use crate::diagnostic::{Diagnostic, escape_path};
use crate::output::{self, Outcome};
use crate::parameters::{Key, LOGS, Origin, Parameter, RawParameters, RawValue};
use crate::request::Request;
use crate::schema::Described;
use crate::starter::{self, Format, SCHEMA};
use crate::values::names::LexVersion;

pub(super) fn run(
    path: &Path,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let format = Format::of(path)
        .ok_or_else(|| Error::not_one(path, "is neither `.toml` nor `.json` by its name"))?;
    if path
        .file_name()
        .is_some_and(|name| name.eq_ignore_ascii_case(SCHEMA))
    {
        let why = "is the name of the schema that is written beside it; choose another";
        return Err(Error::not_one(path, why));
    }
    // Nobody is asked in vain.
    output::is_free(path)?;
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    let given = if is_terminal {
        ask(&mut io::stdin().lock(), stderr)?
    } else {
        RawParameters::default()
    };

    let name = escape_path(path);
    let text = format.starter(&name, &given);
    let schema = Described::Parameters.schema()?;
    let (schema_path, outcome) = output::starter((path, &text), (SCHEMA, &schema))?;
    let said = said(&name, &escape_path(&schema_path), outcome, &given);
    let printed = print(&format!("{name}\n"), stdout);
    say(stderr, &said);
    printed.map(|()| Status::Ok)
}

fn said(name: &str, schema: &str, outcome: Option<Outcome>, given: &RawParameters) -> String {
    let about_schema = match outcome {
        Some(Outcome::Written) => {
            format!("written: {name}; {schema}, by which editors complete and check it")
        }
        Some(Outcome::Unchanged) => format!("written: {name}"),
        None => format!(
            "written: {name}\nnote: {schema} already exists and is not that of this version; it was left alone: \
`lexlogs schema` prints the one of this version"
        ),
    };
    let next = if given.is_empty() {
        let names: Vec<&str> = starter::to_fill_in().map(|row| row.name).collect();
        let [one, other] = LOGS.map(Key::name);
        format!(
            "fill in {}, and {one} or {other}, then run: lexlogs bundle {name}",
            names.join(", ")
        )
    } else {
        format!("run: lexlogs bundle {name}")
    };
    format!("{about_schema}\n\nNext: {next}\n")
}

/// Asks for what is needed, and judges each answer as it comes, together with
/// those before.
fn ask(answers: &mut dyn BufRead, stderr: &mut dyn Write) -> Result<RawParameters, Error> {
    let mut given = RawParameters::default();
    tell(
        stderr,
        "Press Enter to accept the [default]. Nothing is written before the last answer.\n",
    )?;
    for row in starter::asked() {
        if row.key == Key::RoleName && existing_role(&mut given, answers, stderr)? {
            continue;
        }
        // Without what it needs it would have no effect.
        if row.needs.is_none_or(|needs| given.get(needs).is_some()) {
            ask_for(row, &mut given, answers, stderr)?;
        }
        while row.key == LOGS[1] && LOGS.iter().all(|key| given.get(*key).is_none()) {
            for fault in faults(&given, LOGS[0]) {
                tell(stderr, &format!("{fault}\n"))?;
            }
            for key in LOGS {
                ask_for(key.parameter(), &mut given, answers, stderr)?;
            }
        }
    }
    Ok(given)
}

/// Asks for the role that a bot of Amazon Lex V2 has, and whether it has one.
fn existing_role(
    given: &mut RawParameters,
    answers: &mut dyn BufRead,
    stderr: &mut dyn Write,
) -> Result<bool, Error> {
    let version = given.get(Key::LexVersion);
    if version.is_none_or(|(version, _)| version.to_string() != LexVersion::V2.as_str()) {
        return Ok(false);
    }
    let question = "Does the bot already have a role? Its name, or Enter for a new one.";
    let row = Key::RoleName.parameter();
    let enter = Enter::Skips("new");
    ask_one(row, question, enter, given, answers, stderr)?;
    let exists = given.get(Key::RoleName).is_some();
    if exists {
        let value = RawValue::Text("true".to_owned());
        given.set(Key::ExistingRole, value, Origin::Answer);
    }
    Ok(exists)
}

fn ask_for(
    row: &Parameter,
    given: &mut RawParameters,
    answers: &mut dyn BufRead,
    stderr: &mut dyn Write,
) -> Result<(), Error> {
    use crate::parameters::DefaultValue::{Absent, Required, Value};
    let enter = match row.default {
        Required if row.key == Key::LexVersion => Enter::Takes(LexVersion::V2.as_str().into()),
        Required => Enter::Asks,
        Absent => Enter::Skips("none"),
        Value(default) => Enter::Skips(default),
    };
    let meaning = row.meaning_capitalized();
    let question = format!("{meaning} (such as {}).", row.example);
    ask_one(row, &question, enter, given, answers, stderr)
}

enum Enter {
    /// Nothing: a value is required.
    Asks,
    /// That the parameter is left out, and what holds then.
    Skips(&'static str),
    Takes(String),
}

/// Asks until the answer passes, or is that the parameter be left out.
fn ask_one(
    row: &Parameter,
    question: &str,
    mut enter: Enter,
    given: &mut RawParameters,
    answers: &mut dyn BufRead,
    stderr: &mut dyn Write,
) -> Result<(), Error> {
    tell(stderr, &format!("\n{question}\n"))?;
    loop {
        let otherwise = match &enter {
            Enter::Asks => String::new(),
            Enter::Skips(default) => format!(" [{default}]"),
            Enter::Takes(value) => format!(" [{value}]"),
        };
        tell(stderr, &format!("{}{otherwise}: ", row.name))?;
        let mut line = String::new();
        let read = answers.read_line(&mut line).map_err(|source| Error::Read {
            path: "the terminal".into(),
            source,
        })?;
        if read == 0 {
            tell(stderr, "\n")?;
            return Err(Error::Unanswered);
        }
        let answer = match (line.trim(), &enter) {
            ("", Enter::Skips(_)) => return Ok(()),
            ("", Enter::Takes(value)) => value.clone(),
            (answer, _) => answer.to_owned(),
        };
        given.set(row.key, RawValue::Text(answer), Origin::Answer);
        let faults = faults(given, row.key);
        if faults.is_empty() {
            return Ok(());
        }
        given.remove(row.key);
        for fault in faults {
            tell(stderr, &format!("{fault}\n"))?;
            let suggestion = fault
                .suggestion
                .filter(|one| one.is_likely && one.key == row.key);
            enter = suggestion.map_or(enter, |one| Enter::Takes(one.example));
        }
    }
}

/// What is wrong with one parameter, by the rules that files and flags go
/// through too.
fn faults(given: &RawParameters, key: Key) -> Vec<Diagnostic> {
    let faults = Request::new(given, Vec::new()).err();
    let faults = faults.map(|faults| faults.0).unwrap_or_default();
    let faults = faults
        .into_iter()
        .filter(|fault| fault.name.as_deref() == Some(key.name()));
    // Also of what is missing: it is an answer that would fix it.
    let of_answers = faults.map(|fault| Diagnostic {
        place: Some(Origin::Answer),
        ..fault
    });
    of_answers.collect()
}

fn tell(stderr: &mut dyn Write, text: &str) -> Result<(), Error> {
    let told = stderr.write_all(text.as_bytes());
    told.and_then(|()| stderr.flush())
        .map_err(|source| Error::Print { path: None, source })
}
