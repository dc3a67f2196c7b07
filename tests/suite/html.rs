//! README.html says what README.md says, lets nothing in and asks for nothing.
//! README.md is read here by a parser of its own.

mod browser;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use sha2::{Digest, Sha256};

use crate::support::{bundle, file, random_request, request};

/// A text of a page and what it is: `h1`, `h2`, `p`, `note`, `li`, `td` or
/// `pre`. In it code, strong text and links are marked as in Markdown.
type Said = (String, String);

/// What a text in Markdown says, in order.
fn said_by_markdown(markdown: &str) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let mut begin = |name: &str| said.push((name.to_owned(), String::new()));
    let mut pieces: Vec<(usize, String)> = Vec::new();
    let (mut count, mut within) = (0, "");
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        let mut start = |name: &str| {
            begin(name);
            count += 1;
        };
        let piece = match event {
            Event::Start(Tag::Heading { level, .. }) => {
                start(&level.to_string());
                continue;
            }
            Event::Start(Tag::BlockQuote(_)) => {
                within = "note";
                continue;
            }
            Event::Start(Tag::Item) => {
                within = "item";
                start("li");
                continue;
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => {
                within = "";
                continue;
            }
            Event::Start(Tag::Paragraph) => {
                assert_ne!(within, "item", "a list with paragraphs");
                start(if within == "note" { "note" } else { "p" });
                continue;
            }
            Event::Start(Tag::TableCell) => {
                start("td");
                continue;
            }
            Event::Start(Tag::CodeBlock(_)) => {
                start("pre");
                continue;
            }
            Event::Text(text) => text.into_string(),
            Event::Code(code) => format!("`{code}`"),
            Event::SoftBreak => "\n".into(),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => "**".into(),
            Event::Start(Tag::Link { .. }) => "<".into(),
            Event::End(TagEnd::Link) => ">".into(),
            Event::Start(Tag::List(_) | Tag::Table(_) | Tag::TableHead | Tag::TableRow)
            | Event::End(_) => continue,
            other => panic!("{other:?}"),
        };
        pieces.push((count - 1, piece));
    }
    for (index, piece) in pieces {
        said[index].1.push_str(&piece);
    }
    // A command that is pasted waits for Enter.
    for (_, text) in said.iter_mut().filter(|(kind, _)| kind == "pre") {
        text.truncate(text.trim_end_matches('\n').len());
    }
    said
}

/// The text of HTML without its marks.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').unwrap();
        text.push_str(before);
        text.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            number => {
                let digits = number.strip_prefix("#x").unwrap();
                char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap()
            }
        });
        rest = after;
    }
    text + rest
}

/// What a page says, in order, but for its picture and its list of sections.
fn said_by_html(page: &str) -> Vec<Said> {
    let main = page.split_once("<main>").unwrap().1;
    let main = main.split_once("</main>").unwrap().0;
    let without = |text: &str, begin: &str, end: &str| {
        let (before, rest) = text.split_once(begin).unwrap();
        format!("{before}{}", rest.split_once(end).unwrap().1)
    };
    let main = without(main, "<nav", "</nav>");
    let main = without(&main, "<figure>", "</figure>");
    let mut said: Vec<Said> = Vec::new();
    let mut within = "";
    let mut open = false;
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        match name {
            "h1" | "h2" | "h3" | "p" | "li" | "th" | "td" | "pre" => {
                let name = match (name, within) {
                    ("p", "note") => "note",
                    ("th", _) => "td",
                    (name, _) => name,
                };
                said.push((name.to_owned(), String::new()));
                open = true;
            }
            "/h1" | "/h2" | "/h3" | "/p" | "/li" | "/th" | "/td" | "/pre" => open = false,
            "blockquote" => within = "note",
            "/blockquote" => within = "",
            _ => {}
        }
        if let Some((kind, said)) = said.last_mut().filter(|_| open) {
            match name {
                "code" | "/code" if kind != "pre" => said.push('`'),
                "strong" | "/strong" => said.push_str("**"),
                "a" => said.push('<'),
                "/a" => said.push('>'),
                _ => {}
            }
            said.push_str(&text_of(text));
        }
    }
    said
}

/// Names that would be markup where they are not escaped.
fn hostile() -> lexlogs::request::Request {
    request([
        ("lex-version", "v2"),
        ("account-id", "111122223333"),
        ("region", "eu-west-1"),
        ("role-name", "_a=b,c@d.e+f__g_"),
        ("tags", "Größe=½ 日本,a  b=c  d,e=@_.:/=+-"),
        ("log-group-name", "/_lex_/#1/__x__"),
        ("cloudwatch-policy-name", "__init__"),
        ("bucket-name", "bucket-b"),
        ("s3-policy-name", "_=_,_@_"),
        ("audio-log-prefix", "a&lt;b'(c)!_d_/&amp/"),
    ])
}

/// Such requests, and others at random.
fn requests() -> Vec<lexlogs::request::Request> {
    let mut random = fastrand::Rng::with_seed(5);
    let mut requests: Vec<_> = (0..300).map(|_| random_request(&mut random)).collect();
    requests.push(hostile());
    requests
}

#[test]
fn both_readmes_say_the_same() {
    for request in requests() {
        let bundle = bundle(&request);
        let (markdown, page) = (file(&bundle, "README.md"), file(&bundle, "README.html"));
        let said = said_by_markdown(markdown);
        assert_eq!(said_by_html(page), said, "{markdown}");
        let parameters: serde_json::Value =
            serde_json::from_str(file(&bundle, "request.json")).unwrap();
        let role = parameters["role-name"].as_str().unwrap();
        let mut items = said.iter().filter(|(kind, _)| kind == "li");
        assert!(
            items.any(|(_, text)| text.ends_with(&format!(" IAM role `{role}`."))),
            "the role's name is not spoiled:\n{markdown}"
        );
    }
}

#[test]
fn the_content_security_policy_lists_style_and_script_only() {
    for request in requests() {
        let bundle = bundle(&request);
        let page = file(&bundle, "README.html");
        let between = |begin: &str, end: &str| {
            let mut parts = page.split(begin);
            let (Some(_), Some(rest), None) = (parts.next(), parts.next(), parts.next()) else {
                panic!("not one {begin}");
            };
            rest.split_once(end).unwrap().0
        };
        let digest = |text: &str| {
            use base64ct::{Base64, Encoding};
            format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(text)))
        };
        let policy = between("http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
                digest(between("<style>", "</style>")),
                digest(between("<script>", "</script>"))
            )
        );
        // Before anything that it is to keep out.
        assert!(page.find("Content-Security-Policy") < page.find("<style>"));
        let main = between("<main>", "</main>");
        for part in main.split('<').filter_map(|part| part.split_once('>')) {
            let (tag, _) = part;
            let attributes: Vec<&str> = tag.split(' ').skip(1).collect();
            for attribute in ["style=", "on", "src=", "srcset=", "action=", "data="] {
                assert!(
                    !attributes.iter().any(|given| given.starts_with(attribute)),
                    "<{tag}>"
                );
            }
            if let Some(address) = tag.strip_prefix("a href=\"") {
                let known = address.starts_with('#') || address.starts_with("https://console.");
                assert!(known, "<{tag}>");
            }
        }
    }
}

#[test]
fn every_link_in_the_page_has_one_target() {
    for request in requests().iter().rev().take(40) {
        let bundle = bundle(request);
        let page = file(&bundle, "README.html");
        let values = |name: &str| -> Vec<String> {
            let begin = format!(" {name}=\"");
            let values = page.split(&begin).skip(1);
            values
                .flat_map(|value| value.split_once('"').unwrap().0.split(' '))
                .map(str::to_owned)
                .collect()
        };
        let mut ids = values("id");
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
        let links = values("href")
            .into_iter()
            .filter(|link| link.starts_with('#'));
        let mut named: Vec<String> = links.map(|link| link[1..].to_owned()).collect();
        assert_eq!(named.len(), page.matches("<h2").count());
        for name in ["aria-labelledby", "aria-describedby", "aria-controls"] {
            named.extend(values(name));
        }
        for name in named {
            assert!(ids.contains(&name), "{name}");
        }
    }
}
