//! The runbook as a page for a browser: the text of README.md as HTML, so that
//! both say the same; the template lays it out, and adds a picture.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base64ct::{Base64, Encoding};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html_body_text};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::RenderError;
use crate::templates::{self, Context, TemplateError};

/// Adds what the page reads beside the variables of the runbook: the runbook's
/// text as HTML, and style and script with the digests that the page's
/// Content-Security-Policy names.
///
/// # Errors
/// If style or script are missing.
pub fn add(context: &mut Context, runbook: &str) -> Result<(), RenderError> {
    let page = Page::read(runbook);
    context.insert("title", &page.title);
    context.insert("opening", &page.opening);
    context.insert("sections", &page.sections);
    context.extend(constants()?.clone());
    Ok(())
}

/// What is the same in every page, built once for the life of the process.
fn constants() -> Result<&'static Context, TemplateError> {
    static BUILT: OnceLock<Result<Context, TemplateError>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let mut context = Context::new();
        for (name, file) in [("style", "html/style.css"), ("script", "html/script.js")] {
            let text = templates::plain(file)?;
            context.insert(name, text);
            let digest = Base64::encode_string(&Sha256::digest(text));
            context.insert(format!("{name}_digest"), &digest);
        }
        Ok(context)
    });
    built.as_ref().map_err(Clone::clone)
}

/// A text in sections.
#[derive(Debug, Default)]
struct Page {
    title: String,
    /// The HTML before the first section.
    opening: String,
    sections: Vec<Section>,
}

/// A section as the template sees it.
#[derive(Debug, Serialize)]
struct Section {
    id: String,
    title: String,
    html: String,
}

impl Page {
    fn read(markdown: &str) -> Self {
        let mut page = Self::default();
        let mut ids = Ids::default();
        let mut heading = None;
        let (mut in_head, mut in_code) = (false, false);
        // What ends each link that is open: nothing if it is shown as text.
        let mut links = Vec::new();
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
            match (&event, &mut heading) {
                (Event::Start(Tag::Heading { .. }), _) => {
                    heading = Some(String::new());
                    continue;
                }
                (Event::End(TagEnd::Heading(level)), Some(title)) => {
                    page.add_heading(*level, std::mem::take(title), &mut ids);
                    heading = None;
                    continue;
                }
                (Event::Text(text) | Event::Code(text), Some(title)) => {
                    title.push_str(text);
                    continue;
                }
                (_, Some(_)) => continue,
                _ => {}
            }
            let html = page.html();
            match event {
                Event::Start(Tag::TableHead) => in_head = true,
                Event::End(TagEnd::TableHead) => in_head = false,
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                // A command that is pasted waits for Enter.
                Event::End(TagEnd::CodeBlock) => {
                    in_code = false;
                    html.truncate(html.trim_end_matches('\n').len());
                }
                _ => {}
            }
            match event {
                Event::Start(Tag::TableCell) if in_head => html.push_str("<th scope=\"col\">"),
                Event::End(TagEnd::TableCell) if in_head => html.push_str("</th>"),
                Event::Start(Tag::List(Some(first))) if first != 1 => {
                    html.push_str(&format!("\n<ol start=\"{first}\">"));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let is_one = dest_url.starts_with("https://") || dest_url.starts_with('#');
                    links.push(if is_one { "</a>" } else { "" });
                    if is_one {
                        html.push_str("<a href=\"");
                        let _ = escape_href(&mut *html, &dest_url);
                        html.push_str("\">");
                    }
                }
                Event::End(TagEnd::Link) => html.push_str(links.pop().unwrap_or_default()),
                Event::Start(tag) => html.push_str(start(&tag)),
                Event::End(tag) => html.push_str(end(tag)),
                Event::Code(code) => {
                    html.push_str("<code>");
                    let _ = escape_html_body_text(&mut *html, &code);
                    html.push_str("</code>");
                }
                Event::SoftBreak if !in_code => html.push('\n'),
                Event::HardBreak => html.push_str("<br>"),
                Event::Rule => html.push_str("\n<hr>"),
                // Markup of HTML is shown as it is written.
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    let _ = escape_html_body_text(&mut *html, &text);
                }
                _ => {}
            }
        }
        page
    }

    /// Where HTML goes now.
    fn html(&mut self) -> &mut String {
        match self.sections.last_mut() {
            Some(section) => &mut section.html,
            None => &mut self.opening,
        }
    }

    fn add_heading(&mut self, level: HeadingLevel, title: String, ids: &mut Ids) {
        match level {
            HeadingLevel::H1 if self.title.is_empty() => self.title = title,
            HeadingLevel::H1 | HeadingLevel::H2 => self.sections.push(Section {
                id: ids.of(&title),
                title,
                html: String::new(),
            }),
            _ => {
                let id = ids.of(&title);
                let html = self.html();
                html.push_str(&format!("\n<{level} id=\"{id}\">"));
                let _ = escape_html_body_text(&mut *html, &title);
                html.push_str(&format!("</{level}>"));
            }
        }
    }
}

/// The names of places in a page, each used once.
#[derive(Debug, Default)]
struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// The words of a title, in lower-case letters and digits.
    fn of(&mut self, title: &str) -> String {
        let title = title.to_ascii_lowercase();
        let words = title.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let id = format!("s-{}", words.join("-"));
        let count = self.0.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 {
            id
        } else {
            format!("{id}.{count}")
        }
    }
}

fn start(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock => "\n<p>",
        Tag::BlockQuote(_) => "\n<blockquote>",
        Tag::CodeBlock(_) => "\n<pre><code>",
        Tag::List(Some(_)) => "\n<ol>",
        Tag::List(None) => "\n<ul>",
        Tag::Item => "\n<li>",
        Tag::Table(_) => "\n<table>",
        Tag::TableHead => "\n<thead><tr>",
        Tag::TableRow => "\n<tr>",
        Tag::TableCell => "<td>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        _ => "",
    }
}

fn end(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</code></pre>",
        TagEnd::List(true) => "\n</ol>",
        TagEnd::List(false) => "\n</ul>",
        TagEnd::Item => "</li>",
        TagEnd::TableHead => "</tr></thead>\n<tbody>",
        TagEnd::Table => "\n</tbody></table>",
        TagEnd::TableRow => "</tr>",
        TagEnd::TableCell => "</td>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        _ => "",
    }
}

/// A page in ASCII, which every browser reads the same, whatever encoding it
/// assumes. Only text and attributes hold other characters, and HTML has
/// references for them.
pub(super) fn ascii(page: String) -> String {
    if page.is_ascii() {
        return page;
    }
    let mut ascii = String::with_capacity(page.len() + 64);
    for c in page.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            ascii.push_str(&format!("&#x{:X};", u32::from(c)));
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_ascii_and_stays_as_it_is_otherwise() {
        assert_eq!(ascii("<b>&amp;</b>".into()), "<b>&amp;</b>");
        assert_eq!(
            ascii("Größe ½ 𝄞".into()),
            "Gr&#xF6;&#xDF;e &#xBD; &#x1D11E;"
        );
    }

    #[test]
    fn every_heading_has_an_id_and_is_in_a_section() {
        let page = Page::read("# T `x`\n\na\n\n## B c!\n\n### D\n\nd\n\n## B c!\n");
        assert_eq!(
            (page.title.as_str(), page.opening.as_str()),
            ("T x", "\n<p>a</p>")
        );
        let sections: Vec<_> = page.sections.iter().map(|s| (&*s.id, &*s.html)).collect();
        assert_eq!(
            sections,
            [
                ("s-b-c", "\n<h3 id=\"s-d\">D</h3>\n<p>d</p>"),
                ("s-b-c.2", "")
            ]
        );
    }

    #[test]
    fn markup_of_html_and_links_to_elsewhere_are_text() {
        let page = Page::read(
            "<b onclick=x>a</b> [b](javascript:c) [d](https://e)\n\n<script>f</script>\n",
        );
        assert_eq!(
            page.opening,
            "\n<p>&lt;b onclick=x&gt;a&lt;/b&gt; b <a href=\"https://e\">d</a></p>\n<p>&lt;script&gt;f&lt;/script&gt;\n</p>"
        );
    }
}
