//! What a template can read and what it can do: every variable and every filter,
//! with its words. By these tables templates of one's own are checked, filters
//! are registered, and the reference is written.

mod fields;
mod table;

use fields::Fields;
use table::{OTHERS, UNSAFE};

use super::filters::{FILTERS, Filter};
use crate::parameters::PARAMETERS;

/// Where a variable is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Wherever a request is known: its parameters, and what follows from them.
    Request,
    /// In the scripts and the runbook.
    Bundle,
    /// In the page, beside those of the runbook.
    Page,
    /// In what several scripts include: set by the script.
    Included,
    /// In the wording of steps.
    Steps,
    /// In what the program says at its end.
    End,
    /// In the how-to page.
    HowTo,
    /// In the table of parameters of a page.
    Parameters,
}

impl Scope {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Request,
        Self::Bundle,
        Self::Page,
        Self::Included,
        Self::Steps,
        Self::End,
        Self::HowTo,
        Self::Parameters,
    ];

    /// Where that is, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Request => {
                "everywhere but in docs/next.txt, pages/parameters.txt and pages/shells.txt"
            }
            Self::Bundle => "also in bash/, cmd/, parts/, docs/README.md and html/",
            Self::Page => "also in html/",
            Self::Included => "also in parts/, set by the script that includes it",
            Self::Steps => "also in wording/steps.txt",
            Self::End => "in docs/next.txt, what `bundle` and `render` say at their end",
            Self::HowTo => "also in pages/how-to.txt",
            Self::Parameters => "in pages/parameters.txt",
        }
    }

    /// The scopes of a template.
    #[must_use]
    pub fn of(template: &str) -> &'static [Self] {
        match template {
            "docs/next.txt" => &[Self::End],
            "pages/how-to.txt" => &[Self::Request, Self::HowTo],
            "pages/parameters.txt" => &[Self::Parameters],
            "pages/shells.txt" => &[],
            "wording/steps.txt" => &[Self::Request, Self::Steps],
            _ => match template.split_once('/').map_or("", |(folder, _)| folder) {
                "html" => &[Self::Request, Self::Bundle, Self::Page],
                "parts" => &[Self::Request, Self::Bundle, Self::Included],
                "bash" | "cmd" | "docs" => &[Self::Request, Self::Bundle],
                _ => &[Self::Request],
            },
        }
    }
}

/// A variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Where it is given.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// What it has, by dots: of a list, what each item has.
    pub fields: Vec<&'static str>,
    /// The same in groups of one meaning, with blanks between, each with that.
    groups: Fields,
    /// What it is, in one phrase.
    pub meaning: &'static str,
}

impl Variable {
    fn new(scope: Scope, name: String, groups: Fields, meaning: &'static str) -> Self {
        let names = groups.iter().map(|(names, _)| *names);
        Self {
            scope,
            name,
            fields: names.flat_map(str::split_whitespace).collect(),
            groups,
            meaning,
        }
    }
}

/// Every variable of a scope.
#[must_use]
pub fn of_scope(scope: Scope) -> Vec<Variable> {
    let others = OTHERS.iter().filter(|(other, ..)| *other == scope);
    let others = others.map(|(scope, name, groups, meaning)| {
        Variable::new(*scope, (*name).to_owned(), groups, meaning)
    });
    let parameters = PARAMETERS.iter().map(|row| {
        let groups = match row.kind {
            crate::parameters::Kind::Tags => fields::TAGS,
            _ => fields::ONE_VALUE,
        };
        Variable::new(Scope::Request, row.variable(), groups, row.meaning)
    });
    match scope {
        Scope::Request => parameters.chain(others).collect(),
        _ => others.collect(),
    }
}

/// Every variable that a template is given.
#[must_use]
pub fn given_to(template: &str) -> Vec<Variable> {
    let scopes = Scope::of(template).iter();
    scopes.flat_map(|scope| of_scope(*scope)).collect()
}

/// Whether a script may print a path of names only by a filter of its shell, as far
/// as it is one of these variables.
#[must_use]
pub fn is_unsafe(path: &str, given: &[Variable]) -> bool {
    let is_in = |known: &str| {
        let rest = path.strip_prefix(known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    // All that a thing has is printed with it.
    let has_more = || {
        let (name, field) = path.split_once('.').unwrap_or((path, ""));
        let variable = given.iter().find(|known| known.name == name);
        variable.is_some_and(|known| !known.fields.is_empty() && !known.fields.contains(&field))
    };
    UNSAFE.iter().any(|known| is_in(known)) || is_command(path, given) || has_more()
}

/// Whether a path is that of commands for a shell.
pub(super) fn is_command(path: &str, given: &[Variable]) -> bool {
    path.split_once('.').is_some_and(|(name, field)| {
        let last = field.rsplit('.').next().unwrap_or_default();
        let mut known = given.iter().filter(|known| known.name == name);
        ["bash", "cmd", "sh"].contains(&last) && known.any(|known| known.fields.contains(&field))
    })
}

/// What is told of Tera's own filters.
pub const OF_TERA: [&str; 33] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "indent",
    "int",
    "join",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "wordcount",
];

/// Tera's filters that give things in an order that differs from run to run.
pub const WITHOUT_ORDER: [&str; 4] = ["group_by", "keys", "pairs", "values"];

/// The names of the filters that a template can use.
pub(super) fn filters() -> impl Iterator<Item = &'static str> {
    let own = FILTERS.iter().map(|filter| filter.name);
    own.chain(OF_TERA)
}

/// The reference of one template, or of all.
#[must_use]
pub fn text(template: Option<&str>) -> String {
    let scopes = template.map_or(&Scope::ALL[..], Scope::of);
    let mut text = String::from("Variables\n");
    for scope in scopes {
        if template.is_none() {
            text.push_str(&format!("\n  {}\n", scope.words()));
        }
        for variable in of_scope(*scope) {
            text.push_str(&format!("    {}: {}\n", variable.name, variable.meaning));
            for (names, meaning) in variable.groups {
                let names = names.replace(' ', " .");
                text.push_str(&format!("        .{names}: {meaning}\n"));
            }
        }
    }
    text.push_str(
        "\nA parameter that was not given is an empty text, a switch that is off is false. What is not in this list is refused, also in an `if`.\n\
`custom.NAME` must be given in `[custom]`, unless the template asks `custom.NAME is defined` or has `| default(value=…)`.\n\
\nFilters\n",
    );
    for Filter { name, meaning, .. } in FILTERS {
        text.push_str(&format!("    {name}: {meaning}\n"));
    }
    text.push_str(&format!("    of Tera: {}\n", OF_TERA.join(" ")));
    text.push_str(
        "\nIn .sh and .cmd what may hold any character goes through `bash_word` or `cmd_word`, as a word of its own and not within quotes, or in a \
comment through `bash_comment` or `cmd_comment`: `custom`, `tags`, `notes`, `needs`, `parameters`, paths, ARNs. Commands stand as they are, \
where a command stands. A script includes scripts of its own shell alone. In policies/ `custom` goes through `json`.\n\
`{% include \"built-in/NAME\" %}` is the built-in template of that name: put something before it or behind it.\n",
    );
    text
}
