//! The templates in the binary, Tera and its filters. The only module that
//! knows Tera.

mod filters;
pub mod overrides;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use filters::Kind;
use include_dir::{Dir, include_dir};
use tera::Tera;

pub use tera::{Context, Value};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The folder whose templates only documentation reads.
const PAGES: &str = "pages";
/// The folder of what `lexlogs inspect` says.
const INSPECT: &str = "inspect";
/// The folder that documentation shares with the bundle.
const POLICIES: &str = "policies";

/// By which `lexlogs docs list` lists.
const LISTING: [&str; 2] = ["pages/list.txt", "pages/title.txt"];

/// What goes into bundles and pages as it is: no templates, so that no bundle
/// takes the time to parse them.
const PLAIN: [&str; 4] = [
    "bash/functions.sh",
    "cmd/functions.cmd",
    "html/script.js",
    "html/style.css",
];

/// A template that cannot be read or rendered: a fault of the templates, never
/// of the parameters.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    /// Where and what, in Tera's words.
    pub message: String,
}

impl From<tera::Error> for TemplateError {
    fn from(error: tera::Error) -> Self {
        let mut message = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            message = format!("{message}: {cause}");
            source = cause.source();
        }
        Self { message }
    }
}

/// Templates, named by their paths below `templates/`.
pub struct Templates {
    parsed: Parsed,
    /// Those that are not built in.
    overrides: Option<overrides::Overrides>,
}

enum Parsed {
    /// One for each kind of output: all errors of custom templates are reported at once.
    All(Vec<Tera>),
    /// Each when it is first used: parsing takes most of the time that a bundle takes.
    WhenUsed(BTreeMap<String, BuiltIn>),
}

/// A built-in template.
struct BuiltIn {
    text: &'static str,
    tera: OnceLock<Result<Tera, TemplateError>>,
}

impl Templates {
    /// The built-in templates of a bundle, each parsed once for the life of the process.
    ///
    /// # Errors
    /// None: a broken template is reported when it is first rendered.
    pub fn built_in() -> Result<&'static Self, TemplateError> {
        static BUILT_IN: OnceLock<Templates> = OnceLock::new();
        Ok(BUILT_IN.get_or_init(|| Self::when_used(is_of_bundles_set)))
    }

    /// Those of documentation.
    ///
    /// # Errors
    /// None.
    #[doc(hidden)]
    pub fn of_pages() -> Result<&'static Self, TemplateError> {
        static BUILT_IN: OnceLock<Templates> = OnceLock::new();
        Ok(BUILT_IN.get_or_init(|| Self::when_used(is_of_pages_set)))
    }

    /// Those of what is said of a bundle.
    ///
    /// # Errors
    /// None.
    #[doc(hidden)]
    pub fn of_inspect() -> Result<&'static Self, TemplateError> {
        static BUILT_IN: OnceLock<Templates> = OnceLock::new();
        Ok(BUILT_IN.get_or_init(|| Self::when_used(|folder| folder == INSPECT)))
    }

    fn when_used(is_wanted: fn(&str) -> bool) -> Self {
        let built_in = sources(is_wanted).into_iter().map(|(name, text)| {
            let tera = OnceLock::new();
            (name, BuiltIn { text, tera })
        });
        Self {
            parsed: Parsed::WhenUsed(built_in.collect()),
            overrides: None,
        }
    }

    /// Templates from names and texts.
    ///
    /// # Errors
    /// If one of them is not a template.
    #[doc(hidden)]
    pub fn from_sources<'a>(
        sources: impl IntoIterator<Item = (String, &'a str)>,
    ) -> Result<Self, TemplateError> {
        let sources: Vec<(String, &str)> = sources.into_iter().collect();
        Ok(Self {
            parsed: Parsed::All(parse_all(&sources)?),
            overrides: None,
        })
    }

    /// What a template is parsed in.
    fn tera(&self, name: &str) -> Result<&Tera, TemplateError> {
        match &self.parsed {
            Parsed::All(teras) => Ok(&teras[Kind::of(name) as usize]),
            Parsed::WhenUsed(all) => {
                let first = first_of(name);
                let known = all.get(first).ok_or_else(|| missing(name))?;
                let tera = known.tera.get_or_init(|| parse(first, all));
                tera.as_ref().map_err(Clone::clone)
            }
        }
    }

    /// Renders one template.
    ///
    /// # Errors
    /// If a value that it prints is missing or of a wrong kind.
    #[doc(hidden)]
    pub fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        let text = self.tera(name)?.render(name, context)?;
        let mut refused = text.split(filters::REFUSED).skip(1).step_by(2);
        match refused.next() {
            None => Ok(text),
            Some(why) => Err(TemplateError {
                message: format!("{name} {why}"),
            }),
        }
    }

    /// All that a template is given, as JSON.
    ///
    /// # Errors
    /// None that can occur: Tera's.
    #[doc(hidden)]
    pub fn to_json(context: &Context) -> Result<String, TemplateError> {
        let mut tera = Tera::new();
        tera.register_filter("json", |value: &Value, _: tera::Kwargs, _: &tera::State| {
            // In the order of the names.
            let sorted = serde_json::to_value(value).and_then(|value| crate::json::to_text(&value));
            sorted.map_err(tera::Error::message)
        });
        Ok(tera.render_str("{{ __tera_context | json }}", context, false)?)
    }

    /// The names of all templates, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = match &self.parsed {
            Parsed::All(teras) => teras.iter().flat_map(Tera::get_template_names).collect(),
            Parsed::WhenUsed(all) => all.keys().map(String::as_str).collect(),
        };
        names.sort_unstable();
        names
    }

    /// The variables that a template reads, sorted, those of its includes too.
    ///
    /// # Errors
    /// If there is no template of that name.
    #[doc(hidden)]
    pub fn variables(&self, name: &str) -> Result<Vec<&str>, TemplateError> {
        let names = self.tera(name)?.get_template_variables(name)?;
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        Ok(names)
    }
}

/// The template by whose name one is parsed: scripts that share parts are parsed together, all others alone.
fn first_of(name: &str) -> &str {
    match name {
        "bash/check.sh" | "bash/undo.sh" => "bash/apply.sh",
        "bash/enable.sh" => "bash/disable.sh",
        "cmd/check.cmd" | "cmd/undo.cmd" => "cmd/apply.cmd",
        "cmd/enable.cmd" => "cmd/disable.cmd",
        alone => alone,
    }
}

/// Parses templates by their kinds.
fn parse_all(sources: &[(String, &str)]) -> Result<Vec<Tera>, TemplateError> {
    let mut teras = Vec::from(Kind::ALL.map(Kind::tera));
    for (kind, tera) in std::iter::zip(Kind::ALL, &mut teras) {
        let of_kind = sources.iter().filter(|(name, _)| Kind::of(name) == kind);
        tera.add_raw_templates(of_kind.map(|(name, text)| (name.as_str(), *text)))?;
    }
    Ok(teras)
}

/// Parses what has this first one, with all that it includes.
fn parse(first: &str, all: &BTreeMap<String, BuiltIn>) -> Result<Tera, TemplateError> {
    let names = all.keys().map(String::as_str);
    let mut names: Vec<&str> = names.filter(|name| first_of(name) == first).collect();
    let mut next = 0;
    while let Some(BuiltIn { text, .. }) = names.get(next).and_then(|name| all.get(*name)) {
        let includes = text.split("{% include \"").skip(1);
        for included in includes.filter_map(|rest| rest.split('"').next()) {
            if !names.contains(&included) {
                names.push(included);
            }
        }
        next += 1;
    }
    let mut tera = Kind::of(first).tera();
    let known = names
        .iter()
        .filter_map(|name| Some((*name, all.get(*name)?.text)));
    tera.add_raw_templates(known)?;
    Ok(tera)
}

/// The text of a file that is no template.
///
/// # Errors
/// If there is none of that name.
pub(crate) fn plain(name: &str) -> Result<&'static str, TemplateError> {
    let known = PLAIN.contains(&name).then_some(name);
    known
        .and_then(|name| BUILT_IN.get_file(name)?.contents_utf8())
        .ok_or_else(|| missing(name))
}

fn missing(name: &str) -> TemplateError {
    TemplateError {
        message: format!("there is no {name}"),
    }
}

/// Whether the templates of a folder are parsed for bundles.
fn is_of_bundles_set(folder: &str) -> bool {
    ![PAGES, INSPECT].contains(&folder)
}

/// Whether they are parsed for documentation.
fn is_of_pages_set(folder: &str) -> bool {
    [PAGES, POLICIES].contains(&folder)
}

/// The built-in templates of some of the folders.
fn sources(is_wanted: fn(&str) -> bool) -> Vec<(String, &'static str)> {
    let mut files = Vec::new();
    for folder in BUILT_IN.dirs() {
        if folder.path().to_str().is_some_and(is_wanted) {
            collect(folder, &mut files);
        }
    }
    files
}

/// The names of the templates that custom ones can override, sorted: all but
/// those of what lexlogs itself says of a bundle, or of its own blocks.
pub fn replaceable() -> impl Iterator<Item = &'static str> {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let all = sources(|folder| folder != INSPECT).into_iter();
        let mut names: Vec<String> = all.map(|(name, _)| name).collect();
        names.retain(|name| !LISTING.contains(&name.as_str()));
        names.sort_unstable();
        names
    });
    names.iter().map(String::as_str)
}

/// What a template makes, in words.
#[must_use]
pub fn purpose(name: &str) -> String {
    let (folder, file) = name.split_once('/').unwrap_or(("", name));
    match (folder, file) {
        ("docs", "next.txt") => "what `bundle` and `render` say at their end".into(),
        ("html", "picture.html") => "the picture in README.html".into(),
        ("parts", "start.sh" | "start.cmd") => "how each script starts".into(),
        ("parts", "end.cmd") => "how each .cmd script ends".into(),
        ("parts", "step.sh" | "step.cmd") => "how a script names a step and compares it".into(),
        ("parts", "made.sh" | "made.cmd") => "what the receipt says of a resource".into(),
        ("parts", "things.sh" | "things.cmd") => "how single values are compared".into(),
        ("parts", "part_of.sh" | "part_of.cmd") => "what belongs to them".into(),
        ("parts", "existing_role.sh" | "existing_role.cmd") => "how the role is checked".into(),
        ("parts", "protection.sh" | "protection.cmd") => "what the AWS CLI must know".into(),
        ("parts", "alias.sh" | "alias.cmd") => "how the bot's alias is changed".into(),
        ("parts", "bot_role.sh" | "bot_role.cmd") => "how the bot's role is compared".into(),
        ("parts", "logs.sh" | "logs.cmd") => "how the alias's log settings are compared".into(),
        ("cloudformation", _) => "`lexlogs cloudformation`".into(),
        ("pages", "how-to.txt") => "`lexlogs docs page`".into(),
        ("pages", "parameters.txt") => "the table of parameters in a page".into(),
        ("pages", "shells.txt") => "the label of a shell's commands in a page".into(),
        _ => format!("{file} of a bundle"),
    }
}

/// Whether a bundle's bytes depend on a template: not on what is said beside it.
fn is_of_bundle(name: &str) -> bool {
    let folder = name.split_once('/').map_or("", |(folder, _)| folder);
    is_of_bundles_set(folder) && name != "docs/next.txt"
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    for file in folder.files() {
        if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            // A build on Windows has backslashes in its paths.
            let name = name.replace('\\', "/");
            if !PLAIN.contains(&name.as_str()) {
                files.push((name, text));
            }
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_makes_is_said_of_each() {
        let mut count = 0;
        for name in replaceable() {
            let purpose = purpose(name);
            let Some(file) = purpose.strip_suffix(" of a bundle") else {
                continue;
            };
            let document = crate::document::Document::ALL
                .iter()
                .any(|document| document.file_name() == file);
            assert!(
                document || crate::render::is_file_name(file),
                "{name}: {purpose}"
            );
            count += 1;
        }
        assert!(count > 20, "{count}");
    }

    /// Values that no shell's quoting touches: of these alone nothing can mean anything there.
    #[test]
    fn what_a_script_prints_as_it_is_is_known() {
        let mut found = std::collections::BTreeSet::new();
        for (name, text) in sources(is_of_bundles_set) {
            if ["sh", "cmd"].iter().any(|of| name.ends_with(of)) {
                let printed = text
                    .split("{{")
                    .skip(1)
                    .filter_map(|rest| rest.split("}}").next());
                found.extend(printed.filter(|tag| tag.contains("| safe")));
            }
        }
        let known = [
            " '{' | safe ",
            " generator | safe ",
            " log_settings.saved | join(sep=\" \") | safe ",
            " role_name | safe ",
        ];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), known);
    }

    #[test]
    fn what_is_no_template_has_nothing_to_fill_in() {
        for name in PLAIN {
            let text = plain(name).expect(name);
            for sign in ["{{", "{%", "{#"] {
                assert!(!text.contains(sign), "{name} has {sign}");
            }
        }
    }
}
