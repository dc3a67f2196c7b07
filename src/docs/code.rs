//! Which lines of a page are code: what is in a block of code is shown, so that
//! markers in it are none.

use super::flavor::Comments;

/// Where the reading of a page stands: in which block of code, if in one.
pub(super) struct CodeBlocks {
    comments: Comments,
    /// The line that opened the block, and what has to close it.
    open: Option<(usize, Closes)>,
    /// The first marker in the block.
    pub(super) marker: Option<usize>,
    /// How many characters the line before has, if it can be a title.
    before: usize,
    /// Where the content of the lists and the like around the line begins.
    containers: Vec<usize>,
    /// Whether code by indentation can begin: after a blank line.
    after_blank: bool,
}

enum Closes {
    /// A fence of at least so many of these; or, in AsciiDoc, a line of
    /// exactly so many.
    Fence(u8, usize),
    /// A line that is indented by this much or less.
    Indent(usize),
}

impl CodeBlocks {
    pub(super) fn new(comments: Comments) -> Self {
        Self {
            comments,
            open: None,
            marker: None,
            before: 0,
            containers: Vec::new(),
            after_blank: true,
        }
    }

    /// Whether a line belongs to a block of code; its opening and closing lines
    /// do.
    pub(super) fn holds(&mut self, line: &[u8], number: usize) -> bool {
        let over = match &self.open {
            None => false,
            Some((_, Closes::Fence(of, least))) => {
                let closes = match self.comments {
                    Comments::AsciiDoc => delimiter(line) == Some((*of, *least)),
                    _ => closing_fence(line, *of, *least),
                };
                if closes {
                    self.open = None;
                    self.marker = None;
                }
                return true;
            }
            Some((_, Closes::Indent(indent))) => {
                !line.trim_ascii().is_empty() && indent_of(line) <= *indent
            }
        };
        if over {
            self.open = None;
            self.marker = None;
        }
        if self.open.is_some() {
            return true;
        }
        let opens = match self.comments {
            Comments::Markdown => {
                opening_fence(line).map(|(of, length)| (Closes::Fence(of, length), true))
            }
            Comments::AsciiDoc => {
                // A line as long as the one before, give or take one, makes that a title.
                let before = self.before;
                delimiter(line)
                    .filter(|(of, length)| !(b"-+".contains(of) && length.abs_diff(before) <= 1))
                    .map(|(of, length)| (Closes::Fence(of, length), true))
            }
            // The line that announces the block is none of its lines.
            Comments::Rst => announces_code(line).then(|| (Closes::Indent(indent_of(line)), false)),
        };
        self.before = title_length(line);
        let Some((closes, itself)) = opens else {
            return self.is_indented(line);
        };
        self.open = Some((number, closes));
        itself
    }

    /// Whether a line is code by its indentation alone. (CommonMark 0.31, 4.4 and
    /// 5.2; Material for MkDocs indents what is in admonitions and tabs by four.)
    fn is_indented(&mut self, line: &[u8]) -> bool {
        let text = line.trim_ascii_start();
        if text.is_empty() {
            self.after_blank = true;
            return false;
        }
        let mut column = 0;
        for byte in &line[..line.len() - text.len()] {
            column = if *byte == b'\t' {
                column / 4 * 4 + 4
            } else {
                column + 1
            };
        }
        let after_blank = std::mem::replace(&mut self.after_blank, false);
        if after_blank {
            self.containers.retain(|content| *content <= column);
        }
        let inner = self.containers.last().copied().unwrap_or(0);
        let is_code = match self.comments {
            // MDX, whose comments are these, has no such code.
            Comments::Markdown => column >= inner + 4 && !text.starts_with(b"{/*"),
            Comments::AsciiDoc => column > 0,
            Comments::Rst => false,
        };
        if after_blank && is_code {
            self.after_blank = true;
            return true;
        }
        let item = text.trim_ascii_end().len() - content(text).len();
        let begins = [&b"!!!"[..], b"???", b"===", b"[^", b": "];
        if item > 0 {
            self.containers.push(column + item);
        } else if begins.iter().any(|begin| text.starts_with(begin)) {
            self.containers.push(column + 4);
        }
        false
    }

    /// The fault of a fence that hides markers to the end of the page.
    pub(super) fn unclosed(self) -> Option<(usize, String)> {
        let (Some((line, Closes::Fence(..))), Some(marker)) = (self.open, self.marker) else {
            return None;
        };
        let what = format!(
            "a marker is inside the code block of line {line}, which is not ended before the end of the page"
        );
        Some((marker, what))
    }
}

fn indent_of(line: &[u8]) -> usize {
    line.len() - line.trim_ascii_start().len()
}

/// A line without what containers put before their content: blanks, `>` of
/// quotes, the marks of items.
fn content(line: &[u8]) -> &[u8] {
    let mut line = line.trim_ascii();
    loop {
        let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let rest = match line {
            [b'>' | b'-' | b'*' | b'+', rest @ ..] if is_mark(line[0], rest) => rest,
            _ if digits > 0 => match &line[digits..] {
                [b'.' | b')', rest @ ..] if rest.starts_with(b" ") => rest,
                _ => return line,
            },
            _ => return line,
        };
        line = rest.trim_ascii_start();
    }
}

/// Whether a character before `rest` is the mark of a container.
fn is_mark(mark: u8, rest: &[u8]) -> bool {
    mark == b'>' || rest.starts_with(b" ")
}

/// How many of which character a Markdown fence that opens here has.
fn opening_fence(line: &[u8]) -> Option<(u8, usize)> {
    let line = content(line);
    let of = *line.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = line.iter().take_while(|byte| **byte == of).count();
    // A span of code may begin a line too.
    let info = &line[length..];
    (length >= 3 && !(of == b'`' && info.contains(&b'`'))).then_some((of, length))
}

fn closing_fence(line: &[u8], of: u8, least: usize) -> bool {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b">").unwrap_or(line).trim_ascii();
    line.len() >= least && line.iter().all(|byte| *byte == of)
}

/// How many of which character an AsciiDoc delimiter of code, of a literal, of
/// a passthrough or of a comment has.
fn delimiter(line: &[u8]) -> Option<(u8, usize)> {
    let line = line.trim_ascii_end();
    let of = *line.first()?;
    if of == b'`' {
        // With the language behind it.
        return line.starts_with(b"```").then_some((b'`', 3));
    }
    let is = b"-.+/".contains(&of) && line.len() >= 4 && line.iter().all(|byte| *byte == of);
    is.then_some((of, line.len()))
}

/// How many characters a line has that can be an AsciiDoc title; none if it is
/// the title of a block, its attributes or a comment.
fn title_length(line: &[u8]) -> usize {
    let line = line.trim_ascii_end();
    if line.starts_with(b".") || line.starts_with(b"[") || line.starts_with(b"//") {
        return 0;
    }
    String::from_utf8_lossy(line).chars().count()
}

/// Whether a block of code follows a line of reStructuredText, indented.
fn announces_code(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let Some(directive) = line.strip_prefix(b".. ") else {
        return line.ends_with(b"::");
    };
    let directive = directive.trim_ascii_start();
    [
        &b"code::"[..],
        b"code-block::",
        b"sourcecode::",
        b"parsed-literal::",
        b"raw::",
    ]
    .iter()
    .any(|known| directive.starts_with(known))
}
