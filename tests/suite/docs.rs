//! Documentation: the page, its blocks, and the regions of pages.

mod crash;
mod eight_blocks;
mod large;
mod markers;
mod pasted;
mod powershell;
mod sites;
mod write;

use std::fs;
use std::path::Path;
use std::process::Output;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::support::{folder, lexlogs, text};

/// A block of code in a Markdown page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    language: String,
    text: String,
    /// The spans of code between the block before and this one.
    spans: Vec<String>,
}

/// The blocks of code of a Markdown page, by a parser that is not of this
/// project.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut spans = Vec::new();
    let mut open: Option<Block> = None;
    for event in Parser::new(page) {
        match (event, &mut open) {
            (Event::Code(span), _) => spans.push(span.into_string()),
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => panic!("an indented block in\n{page}"),
                };
                open = Some(Block {
                    language,
                    text: String::new(),
                    spans: std::mem::take(&mut spans),
                });
            }
            (Event::Text(text), Some(block)) => block.text.push_str(&text),
            (Event::End(TagEnd::CodeBlock), _) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// A page up to the commands that remove everything again.
fn before_clean_up(page: &str) -> &str {
    let (before, _) = page.split_once("\n## Clean up\n").unwrap();
    before
}

/// The texts of those blocks that are of one language.
fn of_language(blocks: &[Block], language: &str) -> Vec<String> {
    let blocks = blocks.iter().filter(|block| block.language == language);
    blocks.map(|block| block.text.clone()).collect()
}

/// What `lexlogs docs` prints without a fault.
fn printed(arguments: &[&str]) -> String {
    printed_in(folder().path(), arguments)
}

fn printed_in(place: &Path, arguments: &[&str]) -> String {
    let output = lexlogs(place, &[&["docs"], arguments].concat());
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{arguments:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout).to_owned()
}

/// `lexlogs docs write` in a folder.
fn write(place: &Path, arguments: &[&str]) -> Output {
    lexlogs(place, &[&["docs", "write"], arguments].concat())
}

/// The same, without a fault.
fn written(place: &Path, arguments: &[&str]) -> String {
    let output = write(place, arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).to_owned()
}

/// A folder with files in it.
fn with_files(files: &[(&str, &str)]) -> tempfile::TempDir {
    let place = folder();
    for (name, content) in files {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    place
}

fn content(place: &Path, name: &str) -> String {
    fs::read_to_string(place.join(name)).unwrap()
}
