//! What Tera does not say of a template: names that it is not given, in an `if`
//! too, where Tera takes them for false; what they do not have; what differs
//! from run to run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Needed, Own, script};
use crate::fault::{self, Fault, did_you_mean};
use crate::parameters::nearest_of;
use crate::templates::Templates;
use crate::templates::reference::{self, Scope, Variable, WITHOUT_ORDER};
use crate::templates::scan::{self, Path, Tag};

/// The values of one's own.
const CUSTOM: &str = "custom";

/// What is wrong with the templates, and what they need of `custom`.
pub(super) fn check(own: &Own, templates: &Templates) -> (Vec<Fault>, Vec<Needed>) {
    let (mut faults, mut needed) = (Vec::new(), Vec::new());
    for (name, file) in &own.texts {
        // Of another set.
        let Ok(read) = templates.variables(name) else {
            continue;
        };
        let source = Source::new(name, file);
        source.unknown_variables(&read, &mut faults);
        source.unknown_fields(&mut faults);
        source.without_order(&mut faults);
        source.needed(&mut faults, &mut needed);
        source.unescaped(&mut faults);
        script::check(&source, &mut faults);
    }
    (faults, needed)
}

/// A template, taken apart.
pub(super) struct Source<'a> {
    file: &'a Arc<fault::Source>,
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) tags: Vec<Tag<'a>>,
    given: Vec<Variable>,
    /// What the names stand for that `for` and `set` make.
    bound: BTreeMap<&'a str, Vec<Bound>>,
}

/// What a name stands for.
struct Bound {
    /// The path of what it is, if it is one.
    path: Option<String>,
    /// Whether it may hold characters that mean something to a shell.
    is_unsafe: bool,
}

impl<'a> Source<'a> {
    fn new(name: &'a str, file: &'a Arc<fault::Source>) -> Self {
        let text = file.text();
        let mut source = Self {
            file,
            name,
            text,
            tags: scan::tags(text),
            given: reference::given_to(name),
            bound: BTreeMap::new(),
        };
        source.bind();
        source
    }

    /// Goes through the tags that make names.
    fn bind(&mut self) {
        let mut made: Vec<(&'a str, Bound)> = Vec::new();
        for tag in &self.tags {
            let (names, _) = tag.bound();
            if names.is_empty() {
                continue;
            }
            let paths = tag.paths();
            let is_alone = paths.first().is_some_and(|path| {
                // What a loop goes through by a filter is of the same kind.
                tag.ends_at(path.end) || (tag.verb() == "for" && tag.is(path.end, "|"))
            });
            let is_unsafe = paths.iter().any(|path| self.is_unsafe(tag, path));
            for name in names {
                let path = paths.first().filter(|_| is_alone && paths.len() == 1);
                let bound = Bound {
                    path: path.and_then(|path| self.whole(path).into_iter().next()),
                    is_unsafe,
                };
                made.push((name, bound));
            }
            for (name, bound) in made.drain(..) {
                self.bound.entry(name).or_default().push(bound);
            }
        }
    }

    /// The paths that one may stand for; none if it is not known.
    fn whole(&self, path: &Path<'_>) -> Vec<String> {
        let names = path.names.iter().skip(1);
        // `apply.0` is one of them.
        let rest = names.filter(|name| !name.starts_with(|c: char| c.is_ascii_digit()));
        let rest: String = rest.map(|name| format!(".{name}")).collect();
        match self.bound.get(path.names[0]) {
            None => vec![format!("{}{rest}", path.names[0])],
            Some(bound) => {
                let bases = bound.iter().filter_map(|bound| bound.path.as_ref());
                bases.map(|base| format!("{base}{rest}")).collect()
            }
        }
    }

    /// Whether what a path stands for may hold any character.
    fn is_unsafe(&self, tag: &Tag<'a>, path: &Path<'_>) -> bool {
        // How many there are is a number.
        if tag.is(path.end, "|") && tag.is(path.end + 1, "length") {
            return false;
        }
        let is_unsafe = |path: &String| reference::is_unsafe(path, &self.given);
        let of_paths = self.whole(path).iter().any(is_unsafe);
        let bound = self.bound.get(path.names[0]);
        let is_made_of = |bound: &Bound| bound.path.is_none() && bound.is_unsafe;
        of_paths || bound.is_some_and(|bound| bound.iter().any(is_made_of))
    }

    /// Something that is wrong at a byte.
    pub(super) fn fault(&self, at: usize, what: impl Into<String>) -> Fault {
        super::fault_at(self.file, at, what.into())
    }

    fn paths(&self) -> impl Iterator<Item = (&Tag<'a>, Path<'a>)> {
        let with_tag = |tag| Tag::paths(tag).into_iter().map(move |path| (tag, path));
        self.tags.iter().flat_map(with_tag)
    }

    fn unknown_variables(&self, read: &[&str], faults: &mut Vec<Fault>) {
        // A script sets these for the parts that it includes.
        let included = reference::of_scope(Scope::Included);
        let known: BTreeSet<&str> = self.given.iter().map(|known| known.name.as_str()).collect();
        let is_unknown = |name: &&&str| {
            !known.contains(**name) && !included.iter().any(|known| known.name == ***name)
        };
        // Tera says nothing of its own ones, such as the one that prints all there is.
        let of_tera = self.paths().map(|(_, path)| path.names[0]);
        let of_tera: BTreeSet<&str> = of_tera.filter(|name| name.starts_with("__tera")).collect();
        for unknown in read.iter().filter(is_unknown).chain(&of_tera) {
            let near = nearest_of(unknown, known.iter().copied());
            let help = if let Some(near) = near {
                did_you_mean(near)
            } else {
                let known: Vec<&str> = known.iter().copied().collect();
                format!("it is given {}", known.join(", "))
            };
            let mut is_here = false;
            for (_, path) in self.paths().filter(|(_, path)| path.names[0] == *unknown) {
                is_here = true;
                let what = format!("reads `{unknown}`, which it is not given");
                faults.push(self.fault(path.at, what).with_help(help.clone()));
            }
            if !is_here && let Some(tag) = self.tags.iter().find(|tag| tag.verb() == "include") {
                let what = format!("includes what reads `{unknown}`, which it is not given");
                faults.push(self.fault(tag.at, what).with_help(help));
            }
        }
    }

    /// What is read of a variable and it does not have.
    fn unknown_fields(&self, faults: &mut Vec<Fault>) {
        for (_, path) in self.paths() {
            let whole = self.whole(&path);
            let unknown = whole.iter().filter_map(|whole| self.unknown_field(whole));
            let unknown: Vec<(String, String)> = unknown.collect();
            // One of several that it may stand for will do.
            if !whole.is_empty() && unknown.len() == whole.len() {
                let (what, help) = unknown[0].clone();
                faults.push(self.fault(path.at, what).with_help(help));
            }
        }
    }

    /// What is wrong with a path, and what to do.
    fn unknown_field(&self, whole: &str) -> Option<(String, String)> {
        let (name, field) = whole.split_once('.')?;
        let variable = self.given.iter().find(|known| known.name == name)?;
        if name == CUSTOM {
            return None;
        }
        let is_it = |known: &&str| {
            let rest = known.strip_prefix(field);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if variable.fields.iter().any(is_it) {
            return None;
        }
        let fields: Vec<&str> = variable.fields.clone();
        let help = match nearest_of(field, fields.iter().copied()) {
            _ if fields.is_empty() => "it is one value".to_owned(),
            Some(near) => did_you_mean(&format!(".{near}")),
            None => format!("it has .{}", fields.join(" .")),
        };
        let what = format!("reads `.{field}` of `{name}`, which it does not have");
        Some((what, help))
    }

    /// What would give other bytes at each run.
    fn without_order(&self, faults: &mut Vec<Fault>) {
        for tag in &self.tags {
            for filter in tag
                .filters()
                .filter(|filter| WITHOUT_ORDER.contains(&filter.text))
            {
                let what = format!(
                    "uses the filter `{}`, whose result has another order in each run: the same parameters must give the same bytes",
                    filter.text
                );
                faults.push(self.fault(filter.at, what));
            }
            if tag.verb() == "for" && tag.bound().0.len() > 1 {
                let what = "goes through names and values together, in another order in each run: name the values one by one";
                faults.push(self.fault(tag.at, what));
            }
            if tag.verb() == "component" {
                let what = "defines a component, in which nobody sees what it is not given: use a part that is included, or `set`";
                faults.push(self.fault(tag.at, what));
            }
        }
    }

    /// What is read of `custom`.
    fn needed(&self, faults: &mut Vec<Fault>, needed: &mut Vec<Needed>) {
        let mut optional = BTreeSet::new();
        let mut names = BTreeMap::new();
        for (tag, path) in self.paths().filter(|(_, path)| path.names[0] == CUSTOM) {
            let Some(name) = path.names.get(1) else {
                let what = "reads `custom` as a whole, or by `[ ]`: write `custom.NAME`, so that lexlogs can say whether it is given";
                faults.push(self.fault(path.at, what));
                continue;
            };
            if tag.may_be_missing(&path) {
                optional.insert(*name);
            }
            names.entry(*name).or_insert(path.at);
        }
        let mut names: Vec<(&str, usize)> = names.into_iter().collect();
        names.retain(|(name, _)| !optional.contains(name));
        names.sort_by_key(|(_, at)| *at);
        for (name, at) in names {
            needed.push(Needed {
                name: name.to_owned(),
                place: super::place(self.file, scan::extent(self.text, at)),
            });
        }
    }

    /// Whether a tag prints something that no filter of the shell has seen.
    pub(super) fn prints_unsafe(&self, tag: &Tag<'a>) -> bool {
        tag.prints && tag.paths().iter().any(|path| self.is_unsafe(tag, path))
    }

    /// Whether a tag prints commands as they are, with their own quotes, and nothing
    /// else.
    pub(super) fn is_command(&self, tag: &Tag<'a>) -> bool {
        let paths = tag.paths();
        let path = paths
            .first()
            .filter(|path| tag.ends_at(path.end) || tag.only_indents(path.end));
        path.is_some_and(|path| {
            let whole = self.whole(path);
            !whole.is_empty()
                && whole
                    .iter()
                    .all(|path| reference::is_command(path, &self.given))
        })
    }

    /// What goes into a document as it is, so that it could say anything there.
    fn unescaped(&self, faults: &mut Vec<Fault>) {
        if !self.name.starts_with("policies/") {
            return;
        }
        for tag in self.tags.iter().filter(|tag| tag.prints) {
            let is_own = |path: &Path<'_>| {
                let whole = self.whole(path);
                let mut names = whole.iter().map(|path| path.split('.').next());
                let bound = self.bound.get(path.names[0]);
                let is_made_of = |bound: &Bound| bound.path.is_none() && bound.is_unsafe;
                names.any(|name| name == Some(CUSTOM))
                    || bound.is_some_and(|bound| bound.iter().any(is_made_of))
            };
            if tag.paths().iter().any(is_own) && tag.last_filter() != Some("json") {
                let what = "prints what may hold any character into a document: end it in `| json`, between `\"`";
                faults.push(self.fault(tag.at, what));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{built_in, replaceable};
    use super::*;
    use crate::fault::Faults;

    /// The templates, with this text for one of them.
    fn with(name: &'static str, text: &str) -> Result<Templates, Faults> {
        let own = Own {
            folder: PathBuf::from("own"),
            texts: BTreeMap::from([(name, fault::Source::new(name, text, 1))]),
            reads: Vec::new(),
        };
        if name.starts_with("pages/") {
            Templates::of_pages_with(own)
        } else {
            Templates::of_bundle_with(own)
        }
    }

    /// Nothing is wrong with the built-in ones, wherever somebody changes them.
    #[test]
    fn the_built_in_ones_are_taken() {
        for name in replaceable() {
            let text = format!("{}{{# #}}", built_in(name).expect("a template"));
            if let Err(faults) = with(name, &text) {
                panic!("{faults}");
            }
        }
    }

    /// Each template with pieces of others in it, in all places: whatever it is, it
    /// is taken or refused.
    #[test]
    fn whatever_a_template_is_it_is_taken_or_refused() {
        const PIECES: [&str; 20] = [
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "\"",
            "'",
            "`",
            "\\",
            "\n",
            "é",
            "-",
            "|",
            ".",
            "custom",
            " raw ",
            " for a in ",
            "{{ custom.x | bash_word }}",
            "{% set a = b %}",
        ];
        let mut random = fastrand::Rng::with_seed(9);
        let names: Vec<&'static str> = replaceable().collect();
        let (mut taken, mut refused) = (0, 0);
        for _ in 0..400 {
            let name = names[random.usize(..names.len())];
            let mut text = built_in(name).expect("a template").to_owned();
            for _ in 0..random.usize(..3) {
                let letters: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                let at = letters[random.usize(..letters.len())];
                let end = letters[random.usize(..letters.len())].clamp(at, at + 9);
                let end = (end..=text.len()).find(|end| text.is_char_boundary(*end));
                let piece = PIECES[random.usize(..PIECES.len())];
                text.replace_range(at..end.unwrap_or(at), piece);
            }
            match with(name, &text) {
                Ok(_) => taken += 1,
                Err(faults) => {
                    assert!(!faults.0.is_empty());
                    assert!(faults.0.iter().all(|fault| fault.place.is_some()));
                    refused += 1;
                }
            }
        }
        assert!(
            taken > 50 && refused > 50,
            "{taken} taken, {refused} refused"
        );
    }
}
