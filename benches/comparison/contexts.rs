//! What lexlogs gives its templates, for the peers of `benches/compare`, which
//! render the same ones: for each target a line of JSON.
//!
//! `contexts TARGETS FIRST COUNT`: TARGETS is JSON Lines, an object of parameters
//! on each line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use lexlogs::bundle::Bundle;
use lexlogs::config::Config;
use lexlogs::digest::File;
use lexlogs::render::{self, REQUEST, html};
use lexlogs::request::Request;
use lexlogs::templates::Templates;
use serde::Serialize;

/// What a peer is given for one bundle.
#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    /// The folder in the zip.
    folder: &'a str,
    account: &'a str,
    /// Each with its permissions on Unix.
    files: BTreeMap<&'a str, u32>,
    /// The texts of the files that no template gives: they are the same in all
    /// bundles, are written from structures, or list the others.
    given: BTreeMap<&'a str, &'a str>,
    /// All templates by name.
    templates: &'a [&'a str],
    variables: BTreeMap<&'a str, &'a tera::Value>,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, targets, first, count, ..] = arguments.as_slice() else {
        panic!("TARGETS, FIRST and COUNT");
    };
    let number = |text: &str| -> usize { text.parse().expect("a number") };
    let templates = Templates::built_in().expect("templates");
    let names = templates.names();
    let of = |name: &&str| templates.variables(name).expect("its variables");
    let variables = names.iter().flat_map(of).collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let targets = fs::read_to_string(targets)?;
    for target in targets.lines().skip(number(first)).take(number(count)) {
        write_line(target, templates, &names, &variables, &mut out)?;
    }
    out.flush()
}

fn write_line(
    target: &str,
    templates: &Templates,
    names: &[&str],
    variables: &BTreeSet<&str>,
    out: &mut impl Write,
) -> io::Result<()> {
    let config = Config::parse(Path::new("target.json"), target.as_bytes());
    let request = Request::new(&config.parameters, config.faults).expect("right parameters");
    let spec = request.spec();
    let bundle = Bundle::new(&request, templates).expect("a bundle");
    let file = |name: &str| -> &File {
        let mut files = bundle.files.iter();
        files.find(|file| file.name == name).expect("the file")
    };
    let documents: Vec<File> = spec
        .documents()
        .into_iter()
        .map(|document| file(document.file_name()).clone())
        .collect();

    let mut context = render::variables::of_spec(spec);
    render::variables::add_bundle(&mut context, &request, &documents, file(REQUEST), templates);
    html::add(&mut context, &file("README.md").text).expect("the runbook in sections");
    let line = Line {
        name: &bundle.name,
        folder: &spec.folder_name(),
        account: request.account_id(),
        files: bundle
            .files
            .iter()
            .map(|file| (file.name, file.mode))
            .collect(),
        given: bundle
            .files
            .iter()
            .filter(|file| !names.iter().any(|name| is_template_of(name, file.name)))
            .map(|file| (file.name, file.text.as_str()))
            .collect(),
        templates: names,
        variables: variables
            .iter()
            .filter_map(|name| Some((*name, context.get(name)?)))
            .collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// Whether a template gives a file: it has the file's name, in its folder.
fn is_template_of(template: &str, file: &str) -> bool {
    template
        .split_once('/')
        .is_some_and(|(_, name)| name == file)
}
