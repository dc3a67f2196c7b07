//! A page's wording, which the templates give in a short form of Markdown, to
//! its parts, and these to the page in a flavor.

use serde_json::{Value, json};

use super::flavor::{Flavor, Shells};
use super::markup::{Code, Part};
use super::snippets::{Setup, label};
use crate::parameters::{DefaultValue, Kind, PARAMETERS};
use crate::render::RenderError;
use crate::templates::{Context, TemplateError, Templates};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A file of its own, with all that its site wants at the beginning.
    File,
    /// A region of a file that has a title and its imports already.
    Region,
}

pub(crate) fn page(
    setup: &Setup<'_>,
    shells: Shells,
    flavor: Flavor,
    form: Form,
    templates: &Templates,
) -> Result<String, RenderError> {
    let text = templates.render("pages/how-to.txt", &of_page(setup, shells, templates)?)?;
    let mut parts = parts(&text, |name| {
        let snippet = setup.find(name).map_err(|what| {
            let message = format!("pages/how-to.txt shows `{name}`, which {what}");
            TemplateError { message }
        })?;
        snippet.code(setup, shells, templates)
    })?;
    let mut head = String::new();
    if form == Form::Region {
        parts.retain(|part| !matches!(part, Part::Title(_)));
    } else if shells.each().len() > 1 && !flavor.markup().imports().is_empty() {
        head = format!("{}\n\n", flavor.markup().imports().join("\n"));
    }
    Ok(head + &written(&parts, flavor))
}

fn written(parts: &[Part], flavor: Flavor) -> String {
    let parts = parts.iter().map(|part| flavor.markup().part(part));
    parts.collect::<Vec<String>>().join("\n")
}

pub(crate) fn parameters(flavor: Flavor, templates: &Templates) -> Result<String, RenderError> {
    let text = templates.render("pages/parameters.txt", &of_parameters())?;
    let parts = parts(&text, |_| Ok(Vec::new()))?;
    Ok(written(&parts, flavor))
}

pub fn of_page(
    setup: &Setup<'_>,
    shells: Shells,
    templates: &Templates,
) -> Result<Context, RenderError> {
    let mut context = setup.context.clone();
    context.insert("shells", shells.name());
    for shell in Shells::All.each() {
        let name = format!("label_{}", shell.name());
        context.insert(name, &label(*shell, templates)?);
    }
    // Those parameters that stand as their own names, and count here.
    let stands = |parameter: &&crate::parameters::Parameter| {
        let value = context.get(&parameter.variable());
        value.and_then(|value| value.as_str()) == Some(parameter.name)
    };
    let texts = PARAMETERS.iter().filter(|row| row.kind == Kind::Text);
    let words: Vec<&str> = texts.filter(stands).map(|row| row.name).collect();
    context.insert("placeholders", &words);
    Ok(context)
}

pub fn of_parameters() -> Context {
    let rows = PARAMETERS.iter().map(|parameter| {
        json!({
            "name": parameter.name,
            "required": parameter.default == DefaultValue::Required,
            "default": parameter.default_text().unwrap_or_default(),
            "meaning": parameter.meaning,
            "rule": parameter.rule,
        })
    });
    let mut context = Context::new();
    context.insert("parameters", &rows.collect::<Value>());
    context
}

/// Lines to parts: `# ` a title, `## ` a heading, `- ` an item of a list, `1. ` a
/// step, `> ` a note, `| ` a row of a table, `@ ` a snippet, which belongs to
/// the step before it, any other line a paragraph. Empty lines mean nothing.
fn parts(
    text: &str,
    code: impl Fn(&str) -> Result<Vec<Code>, RenderError>,
) -> Result<Vec<Part>, RenderError> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (mark, rest) = line.split_once(' ').unwrap_or(("", line));
        let own = || rest.to_owned();
        match (mark, parts.last_mut()) {
            ("#", _) => parts.push(Part::Title(own())),
            ("##", _) => parts.push(Part::Heading(own())),
            (">", _) => parts.push(Part::Note(own())),
            ("-", Some(Part::Bullets(items))) => items.push(own()),
            ("-", _) => parts.push(Part::Bullets(vec![own()])),
            ("1.", Some(Part::Steps(steps))) => steps.push((own(), Vec::new())),
            ("1.", _) => parts.push(Part::Steps(vec![(own(), Vec::new())])),
            ("@", Some(Part::Steps(steps)))
                if steps.last().is_some_and(|(_, code)| code.is_empty()) =>
            {
                if let Some((_, codes)) = steps.last_mut() {
                    *codes = code(rest)?;
                }
            }
            ("@", _) => parts.push(Part::Code(code(rest)?)),
            ("|", last) => {
                let cells = rest.trim_end_matches('|').split(" | ");
                let cells: Vec<String> = cells.map(|cell| cell.trim().to_owned()).collect();
                match last {
                    Some(Part::Table(rows)) => rows.push(cells),
                    _ => parts.push(Part::Table(vec![cells])),
                }
            }
            _ => parts.push(Part::Text(line.to_owned())),
        }
    }
    Ok(parts)
}
