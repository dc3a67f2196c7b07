//! What stands in a line of Markdown, as HTML: code, strong text and addresses
//! in pointed brackets. All else that is markup is refused.

use super::blocks::unknown;
use crate::templates::TemplateError;

/// A text of Markdown as HTML.
///
/// # Errors
/// The text, if it has other markup.
pub(super) fn html(text: &str) -> Result<String, TemplateError> {
    let mut html = String::with_capacity(text.len() * 5 / 4);
    let (mut rest, mut strong, mut before) = (text, false, None);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let next = after.chars().next();
        let mut went_on = after;
        match c {
            '\\' => match next {
                Some(literal) if literal.is_ascii_punctuation() => {
                    escape(literal, &mut html);
                    went_on = &after[1..];
                }
                _ => return Err(unknown(text)),
            },
            '`' => {
                let (code, more) = after.split_once('`').ok_or_else(|| unknown(text))?;
                // Of several in a row the code would be what stands between as many.
                if code.is_empty() {
                    return Err(unknown(text));
                }
                html.push_str("<code>");
                escape_all(&code_text(code), &mut html);
                html.push_str("</code>");
                went_on = more;
            }
            '*' if next == Some('*') => {
                html.push_str(if strong { "</strong>" } else { "<strong>" });
                strong = !strong;
                went_on = &after[1..];
            }
            '<' => {
                let address = after.split_once('>');
                let Some((address, more)) = address.filter(|(at, _)| at.starts_with("https://"))
                else {
                    return Err(unknown(text));
                };
                html.push_str("<a href=\"");
                escape_all(address, &mut html);
                html.push_str("\">");
                escape_all(address, &mut html);
                html.push_str("</a>");
                went_on = more;
            }
            // Between letters and digits it emphasises nothing. (CommonMark 0.31, 6.2)
            '_' if [before, next]
                .iter()
                .all(|c| c.is_some_and(char::is_alphanumeric)) =>
            {
                html.push(c);
            }
            '*' | '_' | '[' | '&' => return Err(unknown(text)),
            _ => escape(c, &mut html),
        }
        before = Some(c);
        rest = went_on;
    }
    if strong {
        return Err(unknown(text));
    }
    Ok(html)
}

/// What a code span shows: one blank at both ends is left out. (CommonMark 0.31, 6.1)
fn code_text(code: &str) -> String {
    let text = code.replace('\n', " ");
    let inner = text
        .strip_prefix(' ')
        .and_then(|inner| inner.strip_suffix(' '));
    match inner {
        Some(inner) if !text.trim_matches(' ').is_empty() => inner.to_owned(),
        _ => text,
    }
}

fn escape_all(text: &str, html: &mut String) {
    for c in text.chars() {
        escape(c, html);
    }
}

fn escape(c: char, html: &mut String) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        c => html.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_strong_text_and_addresses_become_html() {
        for (text, expected) in [
            (
                "plain\nit's \"1 > 0\"",
                "plain\nit&#39;s &quot;1 &gt; 0&quot;",
            ),
            (
                "`<b> & \"c\"`",
                "<code>&lt;b&gt; &amp; &quot;c&quot;</code>",
            ),
            (
                "` a ` `  ` ` b`",
                "<code>a</code> <code>  </code> <code> b</code>",
            ),
            ("`a\nb`", "<code>a b</code>"),
            ("**Next**. a_b", "<strong>Next</strong>. a_b"),
            (r"\_a\_ \<b\> \& \\ \`", "_a_ &lt;b&gt; &amp; \\ `"),
            (
                "<https://a.example/?a&b>",
                "<a href=\"https://a.example/?a&amp;b\">https://a.example/?a&amp;b</a>",
            ),
            ("½", "½"),
        ] {
            assert_eq!(html(text).expect(text), expected);
        }
    }

    #[test]
    fn other_markup_is_refused() {
        for text in [
            "_a_",
            "*a*",
            "**a",
            "`a",
            "``a``",
            "<b>",
            "[a](b)",
            "![a](b)",
            "&amp;",
            "a\\\nb",
            "<javascript:a>",
        ] {
            assert!(html(text).is_err(), "{text}");
        }
    }
}
