//! What a script prints into a shell: nothing that may hold any character goes
//! there unless a filter quotes it, nor into quotes that would undo that.

use super::check::{Source, before};
use crate::dialect::Dialect;
use crate::fault::Fault;

/// What is wrong with a script, or with a part of one.
pub(super) fn check(source: &Source<'_>, faults: &mut Vec<Fault>) {
    let Some(dialect) = Dialect::of_script(source.name) else {
        return;
    };
    let (word, comment) = match dialect {
        Dialect::Bash => ("bash_word", "bash_comment"),
        Dialect::Cmd => ("cmd_word", "cmd_comment"),
    };
    for tag in &source.tags {
        if !source.prints_unsafe(tag) {
            continue;
        }
        let line = before(source.text, &source.tags, tag.at);
        let last = tag.last_filter();
        let what = if last == Some(comment) {
            let is_comment = is_comment(dialect, &line);
            (!is_comment)
                .then(|| format!("prints by `{comment}` what stands in no comment of its own line"))
        } else if last != Some(word) {
            Some(format!(
                "prints what may hold any character and goes through no filter of the shell: end it in `| {word}`, or in a comment in `| {comment}`"
            ))
        } else if is_quoted(dialect, &line) {
            Some(format!(
                "stands within quotes, which would end where those of `{word}` begin: write it as a word of its own"
            ))
        } else if dialect == Dialect::Bash && is_in_here_document(&source.text[..tag.at]) {
            Some(
                "stands in a here-document, where quotes quote nothing: print it with printf"
                    .into(),
            )
        } else {
            None
        };
        faults.extend(what.map(|what| source.fault(tag.at, what)));
    }
}

fn is_comment(dialect: Dialect, line: &str) -> bool {
    let line = line.trim_start();
    match dialect {
        Dialect::Bash => line.starts_with('#'),
        Dialect::Cmd => line
            .get(..4)
            .is_some_and(|begin| begin.eq_ignore_ascii_case("rem ")),
    }
}

/// Whether a line ends within quotes.
fn is_quoted(dialect: Dialect, line: &str) -> bool {
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match (dialect, c, quote) {
            (Dialect::Bash, '\\', Some('"') | None) => drop(letters.next()),
            (Dialect::Bash, '\'' | '"', None) | (Dialect::Cmd, '"', None) => quote = Some(c),
            (_, _, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    quote.is_some()
}

/// Whether a script's text ends within a here-document.
fn is_in_here_document(text: &str) -> bool {
    let mut end: Option<String> = None;
    for line in text.split('\n') {
        if let Some(word) = &end {
            if line.trim_start_matches('\t') == word {
                end = None;
            }
            continue;
        }
        // In an arithmetic expansion it shifts.
        let found = line.split_once("<<");
        let found = found.filter(|(before, _)| !before.contains("(("));
        let word = found.map(|(_, rest)| {
            let rest = rest.trim_start_matches('-').trim_start();
            let is_word = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
            let quotes = ['\'', '"', '\\'];
            let rest = rest.trim_start_matches(quotes);
            rest.chars().take_while(is_word).collect()
        });
        end = word.filter(|word: &String| !word.is_empty());
    }
    end.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_open_or_closed() {
        for (line, bash, cmd) in [
            ("echo ", false, false),
            ("echo \"Ticket ", true, true),
            ("echo \"a\" ", false, false),
            ("echo 'it is ", true, false),
            ("echo \\\"a ", false, true),
            ("echo \"a\\\" ", true, false),
            ("echo \"it's\" ", false, false),
            ("set \"A=", true, true),
        ] {
            assert_eq!(is_quoted(Dialect::Bash, line), bash, "{line}");
            assert_eq!(is_quoted(Dialect::Cmd, line), cmd, "{line}");
        }
    }

    #[test]
    fn a_here_document_goes_on_to_its_word() {
        for (text, within) in [
            ("cat <<X\na ", true),
            ("cat <<-'EOF'\n\ta\n\tEOF\necho ", false),
            ("cat <<'EOF' >a\nEOF x\n", true),
            ("i=$((1 << 2))\n", false),
            ("echo ", false),
        ] {
            assert_eq!(is_in_here_document(text), within, "{text}");
        }
    }
}
