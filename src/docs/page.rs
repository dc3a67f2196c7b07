//! A page's wording, which the templates give in a short form of Markdown, to
//! its parts, and these to the page in a flavor.

use serde_json::{Value, json};

use super::flavor::{Flavor, Shells};
use super::markup::Code;
use super::snippets::{Setup, label};
use crate::parameters::{DefaultValue, Kind, PARAMETERS};
use crate::render::RenderError;
use crate::templates::{Context, TemplateError, Templates};

/// The how-to page of a setup: a file with all that its site wants at the beginning, or a region of one that has a title and its
/// imports already.
pub(crate) fn page(
    setup: &Setup<'_>,
    shells: Shells,
    flavor: Flavor,
    is_file: bool,
    templates: &Templates,
) -> Result<String, RenderError> {
    let text = templates.render("pages/how-to.txt", &of_page(setup, shells, templates)?)?;
    let page = written(&text, is_file, flavor, |name| {
        let snippet = setup.find(name).map_err(|what| {
            let message = format!("pages/how-to.txt shows `{name}`, which {what}");
            TemplateError { message }
        })?;
        snippet.code(setup, shells, templates)
    })?;
    let imports = flavor.markup().imports();
    let needs_imports = is_file && shells.each().len() > 1 && !imports.is_empty();
    Ok(if needs_imports {
        format!("{}\n\n{page}", imports.join("\n"))
    } else {
        page
    })
}

pub(crate) fn parameters(flavor: Flavor, templates: &Templates) -> Result<String, RenderError> {
    let text = templates.render("pages/parameters.txt", &of_parameters())?;
    written(&text, false, flavor, |_| Ok(Vec::new()))
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

/// Wording in a flavor. In lines: `# ` a title, `## ` a heading, `- ` an item of a list, `1. ` a step, `> ` a note, `| ` a row of
/// a table, `@ ` a snippet, which belongs to the step before it, any other line a paragraph. Empty lines mean nothing.
fn written(
    text: &str,
    is_file: bool,
    flavor: Flavor,
    code: impl Fn(&str) -> Result<Vec<Code>, RenderError>,
) -> Result<String, RenderError> {
    let markup = flavor.markup();
    let [note, bullet] = markup.marks();
    let marked = |mark: &str, text: &str| format!("{mark}{}\n", markup.inline(text));
    let row = |row: &str| -> Vec<String> {
        let cells = row.trim_end_matches('|').split(" | ");
        cells.map(|cell| cell.trim().to_owned()).collect()
    };
    let split = |line| match str::split_once(line, ' ') {
        Some((mark @ ("#" | "##" | "-" | "1." | ">" | "|" | "@"), rest)) => (mark, rest),
        _ => ("", line),
    };
    let lines = text.lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty()).map(split).peekable();
    let mut parts = Vec::new();
    while let Some((mark, rest)) = lines.next() {
        // What goes on with the same mark.
        let mut more = |mark: &str| {
            lines
                .next_if(|(next, _)| *next == mark)
                .map(|(_, rest)| rest)
        };
        parts.push(match mark {
            "#" if !is_file => continue,
            "#" | "##" => markup.title(rest, mark == "#"),
            ">" => marked(note, rest),
            "-" => {
                let items = std::iter::successors(Some(rest), |_| more("-"));
                items.map(|text| marked(bullet, text)).collect()
            }
            "1." => {
                let (mut steps, mut next) = (Vec::new(), Some(rest));
                while let Some(text) = next {
                    let codes = more("@").map_or(Ok(Vec::new()), &code)?;
                    steps.push(markup.step(steps.len() + 1, text, &codes));
                    next = more("1.");
                }
                steps.join("\n")
            }
            "@" => markup.block(&code(rest)?),
            "|" => {
                let rows = std::iter::successors(Some(rest), |_| more("|"));
                markup.table(&rows.map(row).collect::<Vec<_>>())
            }
            _ => marked("", rest),
        });
    }
    Ok(parts.join("\n"))
}
