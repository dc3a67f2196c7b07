//! Blocks to the HTML of the page. Made here, for a template would only loop over
//! text that is escaped already. The words in it are those of `html/words.txt`.

use std::sync::OnceLock;

use super::blocks::{Block, Code};
use crate::html::push_escaped;
use crate::templates::{TemplateError, plain};

/// The words between the blocks, as HTML.
struct Words {
    /// On the button that copies code.
    copy: String,
    /// Of the choice of a shell.
    shells: String,
    /// The shells by the languages of their code.
    sh: String,
    bat: String,
}

impl Words {
    /// The words, read once for the life of the process.
    fn get() -> Result<&'static Self, TemplateError> {
        static READ: OnceLock<Result<Words, TemplateError>> = OnceLock::new();
        let read = READ.get_or_init(|| {
            let text = plain("html/words.txt")?;
            let words = |name: &str| {
                let found = text
                    .lines()
                    .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
                let words = found.ok_or_else(|| TemplateError {
                    message: format!("html/words.txt has no words for `{name}`"),
                })?;
                let mut html = String::new();
                push_escaped(words, &mut html);
                Ok::<_, TemplateError>(html)
            };
            Ok(Self {
                copy: words("copy")?,
                shells: words("shells")?,
                sh: words("sh")?,
                bat: words("bat")?,
            })
        });
        read.as_ref().map_err(Clone::clone)
    }

    fn of_shell(&self, language: &str) -> &str {
        if language == "bat" {
            &self.bat
        } else {
            &self.sh
        }
    }
}

/// Blocks as HTML, each on lines of its own.
///
/// # Errors
/// If a word is missing.
pub(super) fn html(blocks: &[Block<'_>]) -> Result<String, TemplateError> {
    let words = Words::get()?;
    let mut html = String::with_capacity(4096);
    for block in blocks {
        push(block, words, &mut html);
    }
    Ok(html)
}

fn push(block: &Block<'_>, words: &Words, html: &mut String) {
    match block {
        Block::Text { html: text } => html.extend(["\n<p>", text, "</p>"]),
        Block::Note { html: text } => {
            html.extend([
                "\n<blockquote class=\"note\"><p>",
                text,
                "</p></blockquote>",
            ]);
        }
        Block::List { ordered, items } => {
            let (begin, end) = if *ordered {
                ("\n<ol>", "\n</ol>")
            } else {
                ("\n<ul>", "\n</ul>")
            };
            html.push_str(begin);
            for item in items {
                html.extend(["\n<li>", item, "</li>"]);
            }
            html.push_str(end);
        }
        Block::Table { heads, rows } => push_table(heads, rows, html),
        Block::Code(code) => push_code(code, words, html),
        Block::Shells(panels) => {
            html.push_str("\n<div class=\"shells\">");
            html.push_str("\n<div class=\"tabs\" role=\"tablist\" aria-label=\"");
            html.extend([&words.shells, "\" hidden>"]);
            for (_, code) in panels {
                let number = code.number.to_string();
                html.extend(["<button type=\"button\" role=\"tab\" id=\"tab-", &number]);
                html.extend(["\" aria-controls=\"panel-", &number, "\" data-shell=\""]);
                let shell = words.of_shell(code.language);
                html.extend([code.language, "\">", shell, "</button>"]);
            }
            html.push_str("</div>");
            for (text, code) in panels {
                let number = code.number.to_string();
                html.extend(["\n<div class=\"panel\" id=\"panel-", &number, "\">"]);
                html.extend(["\n<p>", text, "</p>"]);
                push_code(code, words, html);
                html.push_str("\n</div>");
            }
            html.push_str("\n</div>");
        }
    }
}

/// A table; a narrow page shows the head of a column in each of its cells.
fn push_table(heads: &[&str], rows: &[Vec<String>], html: &mut String) {
    let headed = heads.iter().any(|head| !head.is_empty());
    html.push_str("\n<table>");
    if headed {
        html.push_str("\n<thead>\n<tr>");
        for head in heads {
            html.push_str("<th scope=\"col\">");
            push_escaped(head, html);
            html.push_str("</th>");
        }
        html.push_str("</tr>\n</thead>");
    }
    html.push_str("\n<tbody>");
    for row in rows {
        html.push_str("\n<tr>");
        for (column, cell) in row.iter().enumerate() {
            if column == 0 {
                html.extend(["<th scope=\"row\">", cell, "</th>"]);
                continue;
            }
            html.push_str("<td");
            if headed {
                html.push_str(" data-label=\"");
                push_escaped(heads[column], html);
                html.push('"');
            }
            html.extend([">", cell, "</td>"]);
        }
        html.push_str("</tr>");
    }
    html.push_str("\n</tbody>\n</table>");
}

fn push_code(code: &Code<'_>, words: &Words, html: &mut String) {
    let number = code.number.to_string();
    html.push_str("\n<div class=\"code\"><pre tabindex=\"0\"><code id=\"code-");
    html.extend([&number, "\">"]);
    push_escaped(code.text, html);
    html.push_str("</code></pre><button type=\"button\" class=\"copy\" aria-describedby=\"code-");
    html.extend([&number, "\" hidden>", &words.copy, "</button></div>"]);
}
