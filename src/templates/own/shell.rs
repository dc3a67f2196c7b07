//! What a POSIX shell would make of a word at a place of a script: whether quotes
//! that are put around it there quote it.

/// What stands around a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    /// Nothing: a word there is one.
    Nothing,
    /// The comment of a line.
    Comment,
    /// Quotes, or something else in which those of a word mean nothing.
    Quotes,
    /// A here-document.
    HereDocument,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Single,
    Double,
    /// `$(`, or a subshell.
    Command,
    Arithmetic,
    /// `${`.
    Braces,
    Backquotes,
}

/// What stands around each of some places of a script's text, which are in order.
pub(super) fn around(text: &str, places: &[usize]) -> Vec<Around> {
    let mut reader = Reader {
        text,
        at: 0,
        within: Vec::new(),
        documents: Vec::new(),
        is_word: false,
        places: places.iter().copied().peekable(),
        found: Vec::new(),
    };
    reader.read();
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    within: Vec<Within>,
    /// The words that end the here-documents that begin behind this line, and
    /// whether blanks may stand before them.
    documents: Vec<(String, bool)>,
    /// Whether a word goes on.
    is_word: bool,
    places: std::iter::Peekable<std::iter::Copied<std::slice::Iter<'a, usize>>>,
    found: Vec<Around>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            self.tell(self.at, self.state());
            let last = self.within.last().copied();
            match (last, c) {
                (Some(Within::Single), '\'')
                | (Some(Within::Double), '"')
                | (Some(Within::Backquotes), '`')
                | (Some(Within::Braces), '}') => self.close(1),
                (Some(Within::Single), _) => self.at += c.len_utf8(),
                (_, '\\') => {
                    let next = self.rest().chars().nth(1);
                    // What is put before the end of a line joins it with the next.
                    self.is_word |= next != Some('\n');
                    self.at += 1 + next.map_or(0, char::len_utf8);
                }
                (_, '`') => self.open(Within::Backquotes, 1),
                (_, '$') if self.rest().starts_with("$((") => self.open(Within::Arithmetic, 3),
                (_, '$') if self.rest().starts_with("$(") => self.open(Within::Command, 2),
                (_, '$') if self.rest().starts_with("${") => self.open(Within::Braces, 2),
                (Some(Within::Arithmetic), ')') if self.rest().starts_with("))") => self.close(2),
                (Some(Within::Double | Within::Arithmetic), _) => self.at += c.len_utf8(),
                (_, '"') => self.open(Within::Double, 1),
                // Those of `"${a:-it's}"` are no quotes.
                (_, '\'') if !self.is_in(Within::Double) || last != Some(Within::Braces) => {
                    self.open(Within::Single, 1);
                }
                (Some(Within::Braces), _) => self.at += c.len_utf8(),
                _ => self.plain(c),
            }
        }
        let state = self.state();
        self.tell(self.text.len(), state);
    }

    /// What is in no quotes.
    fn plain(&mut self, c: char) {
        match c {
            '#' if !self.is_word => {
                let end = self
                    .rest()
                    .find('\n')
                    .map_or(self.text.len(), |end| self.at + end);
                self.tell(end, Around::Comment);
                self.at = end;
            }
            '\n' => {
                self.at += 1;
                self.is_word = false;
                for (word, may_be_indented) in std::mem::take(&mut self.documents) {
                    self.skip(&word, may_be_indented);
                }
            }
            '(' => self.open(Within::Command, 1),
            // One of a `case` closes nothing.
            ')' if self.within.last() == Some(&Within::Command) => self.close(1),
            '<' if self.rest().starts_with("<<<") => self.at += 3,
            '<' if self.rest().starts_with("<<") => self.document(),
            _ => {
                self.is_word = !(c.is_whitespace() || ";&|<>()".contains(c));
                self.at += c.len_utf8();
            }
        }
    }

    /// A here-document is announced.
    fn document(&mut self) {
        self.at += 2;
        let may_be_indented = self.rest().starts_with('-');
        self.at += usize::from(may_be_indented);
        let rest = self.rest();
        let word = rest.trim_start_matches([' ', '\t']);
        let ends = |c: char| c.is_whitespace() || ";&|<>()".contains(c);
        let word = &word[..word.find(ends).unwrap_or(word.len())];
        self.at += rest.find(word).unwrap_or_default() + word.len();
        let word = word.replace(['\'', '"', '\\'], "");
        self.documents.push((word, may_be_indented));
        self.is_word = true;
    }

    /// Goes behind the line that ends a here-document.
    fn skip(&mut self, word: &str, may_be_indented: bool) {
        for line in self.rest().split_inclusive('\n') {
            let end = self.at + line.len();
            let text = line.strip_suffix('\n').unwrap_or(line);
            let text = if may_be_indented {
                text.trim_start_matches('\t')
            } else {
                text
            };
            let is_end = text == word;
            // Behind the end of the text it still goes on.
            let last = if line.ends_with('\n') { end - 1 } else { end };
            self.tell(last, Around::HereDocument);
            self.at = end;
            if is_end {
                return;
            }
        }
        self.tell(self.text.len(), Around::HereDocument);
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn open(&mut self, within: Within, length: usize) {
        self.within.push(within);
        self.at += length;
        // A comment may begin a command, and nothing else.
        self.is_word = !matches!(within, Within::Command | Within::Backquotes);
    }

    fn close(&mut self, length: usize) {
        self.within.pop();
        self.at += length;
        self.is_word = true;
    }

    fn is_in(&self, within: Within) -> bool {
        self.within.contains(&within)
    }

    fn state(&self) -> Around {
        if self.within.iter().all(|within| *within == Within::Command) {
            Around::Nothing
        } else {
            Around::Quotes
        }
    }

    /// Says of all places up to one what stands around them.
    fn tell(&mut self, to: usize, around: Around) {
        while self.places.next_if(|place| *place <= to).is_some() {
            self.found.push(around);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;
    use Around::{Comment, HereDocument, Nothing, Quotes};

    #[test]
    fn what_stands_around_a_place_is_what_a_shell_sees() {
        for (text, is) in [
            ("", Nothing),
            ("echo ", Nothing),
            ("echo \"a ", Quotes),
            ("echo \"a\n", Quotes),
            ("echo \"a\n# ", Quotes),
            ("echo \"a\" ", Nothing),
            ("echo 'it is ", Quotes),
            ("echo \\\"a ", Nothing),
            ("echo \"a\\\" ", Quotes),
            ("echo \"it's\" ", Nothing),
            ("echo 'a'\\''b' ", Nothing),
            ("# it's a \"comment\nx ", Nothing),
            ("# it's ", Comment),
            ("#", Comment),
            ("a # it's ", Comment),
            ("a;# ", Comment),
            ("a# ", Nothing),
            ("a$# ", Nothing),
            ("${#a} ", Nothing),
            ("a\\\n# ", Nothing),
            ("a \\\n# ", Comment),
            ("$(a ", Nothing),
            ("\"$(a ", Quotes),
            ("\"$(a \"it's\")\" ", Nothing),
            ("\"${a:-it's}\" ", Nothing),
            ("${a:-'it'}", Nothing),
            ("${a:-", Quotes),
            ("`a ", Quotes),
            ("`a` ", Nothing),
            ("i=$((1 << 2))\n", Nothing),
            ("i=$(( ", Quotes),
            ("case $a in\nb | c) d ", Nothing),
            ("case $a in\n'b') d ", Nothing),
            ("f() { ", Nothing),
            ("( a ", Nothing),
            ("cat <<X\na ", HereDocument),
            ("cat <<X\n# ", HereDocument),
            ("cat <<X ", Nothing),
            ("cat <<X\n", HereDocument),
            ("cat <<X\nit's\nX\na ", Nothing),
            ("cat <<-'EOF'\n\ta\n\tEOF\necho ", Nothing),
            ("cat <<EOF\n\tEOF\n", HereDocument),
            ("cat <<'EOF' >a\nEOF x\n", HereDocument),
            ("cat <<A <<\"B\"\nB\nA\nA\n", HereDocument),
            ("cat <<A <<\"B\"\nB\nA\nA\nB\n ", Nothing),
            ("cat <<<a\na ", Nothing),
        ] {
            assert_eq!(around(text, &[text.len()]), [is], "{text}");
        }
    }

    #[test]
    fn places_within_what_is_gone_over_are_told_too() {
        let text = "a # b\ncat <<X\nc\nX\n'd' e";
        let places: Vec<usize> = (0..=text.len()).collect();
        let found = around(text, &places);
        let at = |piece: &str| found[text.find(piece).expect(piece)];
        assert_eq!(found.len(), places.len());
        assert_eq!(
            [at("a"), at("b"), at("cat"), at("c\nX"), at("d"), at("e")],
            [Nothing, Comment, Nothing, HereDocument, Quotes, Nothing]
        );
    }

    /// The built-in scripts end as they begin, so that they were understood.
    #[test]
    fn the_scripts_that_there_are_are_understood() {
        let names = crate::templates::replaceable()
            .filter(|name| Dialect::of_script(name) == Some(Dialect::Bash));
        let mut count = 0;
        for name in names {
            let text = crate::templates::own::built_in(name).expect(name);
            let (text, places) = crate::templates::scan::around(text);
            assert_eq!(around(&text, &[text.len()]), [Nothing], "{name}");
            let found = around(&text, &places);
            assert_eq!(found.len(), places.len(), "{name}");
            count += found.iter().filter(|is| **is == Nothing).count();
        }
        assert!(count > 50, "{count}");
    }
}
