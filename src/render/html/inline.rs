//! What stands in a line of Markdown, as HTML: code, strong text and addresses
//! in pointed brackets. All else that is markup is refused.

use std::borrow::Cow;

use super::blocks::unknown;
use crate::html::push_escaped;
use crate::templates::TemplateError;

/// A text of Markdown as HTML.
///
/// # Errors
/// The text, if it has other markup.
pub(super) fn html(text: &str) -> Result<String, TemplateError> {
    let mut html = String::with_capacity(text.len() * 5 / 4);
    let (mut rest, mut strong, mut before) = (text, false, None);
    while let Some(at) = rest.bytes().position(is_special) {
        let (plain, special) = rest.split_at(at);
        html.push_str(plain);
        before = plain.chars().next_back().or(before);
        let after = &special[1..];
        let next = after.chars().next();
        let mut went_on = after;
        let sign = special.as_bytes()[0];
        match sign {
            b'\\' => match next {
                Some(literal) if literal.is_ascii_punctuation() => {
                    push_escaped(&after[..1], &mut html);
                    went_on = &after[1..];
                }
                _ => return Err(unknown(text)),
            },
            b'`' => {
                let (code, more) = after.split_once('`').ok_or_else(|| unknown(text))?;
                // Of several in a row the code would be what stands between as many.
                if code.is_empty() {
                    return Err(unknown(text));
                }
                html.push_str("<code>");
                push_escaped(&code_text(code), &mut html);
                html.push_str("</code>");
                went_on = more;
            }
            b'*' if next == Some('*') => {
                html.push_str(if strong { "</strong>" } else { "<strong>" });
                strong = !strong;
                went_on = &after[1..];
            }
            b'<' => {
                let address = after.split_once('>');
                let Some((address, more)) = address.filter(|(at, _)| at.starts_with("https://"))
                else {
                    return Err(unknown(text));
                };
                html.push_str("<a href=\"");
                push_escaped(address, &mut html);
                html.push_str("\">");
                push_escaped(address, &mut html);
                html.push_str("</a>");
                went_on = more;
            }
            // Between letters and digits it emphasises nothing. (CommonMark 0.31, 6.2)
            b'_' if [before, next]
                .iter()
                .all(|c| c.is_some_and(char::is_alphanumeric)) =>
            {
                html.push('_');
            }
            b'>' | b'"' | b'\'' => push_escaped(&special[..1], &mut html),
            _ => return Err(unknown(text)),
        }
        before = Some(char::from(sign));
        rest = went_on;
    }
    if strong {
        return Err(unknown(text));
    }
    html.push_str(rest);
    Ok(html)
}

/// A sign that means something in Markdown, or would, or in HTML.
fn is_special(byte: u8) -> bool {
    let in_markdown = matches!(byte, b'\\' | b'`' | b'*' | b'<' | b'_' | b'[' | b'&');
    in_markdown || matches!(byte, b'>' | b'"' | b'\'')
}

/// What a code span shows: one blank at both ends is left out. (CommonMark 0.31, 6.1)
fn code_text(code: &str) -> Cow<'_, str> {
    let inner = code
        .strip_prefix([' ', '\n'])
        .and_then(|inner| inner.strip_suffix([' ', '\n']));
    let text = match inner {
        Some(inner) if !code.trim_matches([' ', '\n']).is_empty() => inner,
        _ => code,
    };
    if text.contains('\n') {
        text.replace('\n', " ").into()
    } else {
        text.into()
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
