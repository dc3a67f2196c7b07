//! The templates in the binary, Tera and its filters. The only module that
//! knows Tera.

mod filters;
pub mod overrides;

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

/// The parsed templates, named by their paths below `templates/`.
pub struct Templates {
    /// One for each kind of output.
    teras: [Tera; Kind::ALL.len()],
    /// Those that are not built in.
    overrides: Option<overrides::Overrides>,
}

impl Templates {
    /// The templates of a bundle that are built into the binary, parsed once for
    /// the life of the process.
    ///
    /// # Errors
    /// If one of them is not a template.
    pub fn built_in() -> Result<&'static Self, TemplateError> {
        static PARSED: OnceLock<Result<Templates, TemplateError>> = OnceLock::new();
        let parsed = PARSED.get_or_init(|| Self::from_sources(sources(is_of_bundles_set)));
        parsed.as_ref().map_err(Clone::clone)
    }

    /// Those of documentation: a set of its own, since parsing takes most of the
    /// time that a bundle takes.
    ///
    /// # Errors
    /// If one of them is not a template.
    #[doc(hidden)]
    pub fn of_pages() -> Result<&'static Self, TemplateError> {
        static PARSED: OnceLock<Result<Templates, TemplateError>> = OnceLock::new();
        let parsed = PARSED.get_or_init(|| Self::from_sources(sources(is_of_pages_set)));
        parsed.as_ref().map_err(Clone::clone)
    }

    /// Those of what is said of a bundle, for the same reason.
    ///
    /// # Errors
    /// If one of them is not a template.
    #[doc(hidden)]
    pub fn of_inspect() -> Result<&'static Self, TemplateError> {
        static PARSED: OnceLock<Result<Templates, TemplateError>> = OnceLock::new();
        let parsed = PARSED.get_or_init(|| Self::from_sources(sources(|folder| folder == INSPECT)));
        parsed.as_ref().map_err(Clone::clone)
    }

    /// Templates from names and texts.
    ///
    /// # Errors
    /// If one of them is not a template.
    #[doc(hidden)]
    pub fn from_sources<'a>(
        sources: impl IntoIterator<Item = (String, &'a str)>,
    ) -> Result<Self, TemplateError> {
        let mut teras = Kind::ALL.map(Kind::tera);
        let sources: Vec<(String, &str)> = sources.into_iter().collect();
        for (kind, tera) in std::iter::zip(Kind::ALL, &mut teras) {
            let of_kind = sources.iter().filter(|(name, _)| Kind::of(name) == kind);
            tera.add_raw_templates(of_kind.map(|(name, text)| (name.as_str(), *text)))?;
        }
        Ok(Self {
            teras,
            overrides: None,
        })
    }

    fn tera(&self, name: &str) -> &Tera {
        &self.teras[Kind::of(name) as usize]
    }

    /// Renders one template.
    ///
    /// # Errors
    /// If a value that it prints is missing or of a wrong kind.
    #[doc(hidden)]
    pub fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        let text = self.tera(name).render(name, context)?;
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
        let teras = self.teras.iter();
        let mut names: Vec<&str> = teras.flat_map(Tera::get_template_names).collect();
        names.sort_unstable();
        names
    }

    /// The variables that a template reads, sorted, those of its includes too.
    ///
    /// # Errors
    /// If there is no template of that name.
    #[doc(hidden)]
    pub fn variables(&self, name: &str) -> Result<Vec<&str>, TemplateError> {
        let mut names: Vec<&str> = self
            .tera(name)
            .get_template_variables(name)?
            .into_iter()
            .collect();
        names.sort_unstable();
        Ok(names)
    }
}

/// The text of a file that is no template.
///
/// # Errors
/// If there is none of that name.
pub(crate) fn plain(name: &str) -> Result<&'static str, TemplateError> {
    let known = PLAIN.contains(&name).then_some(name);
    known
        .and_then(|name| BUILT_IN.get_file(name)?.contents_utf8())
        .ok_or_else(|| TemplateError {
            message: format!("there is no {name}"),
        })
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
        ("parts", "existing_role.sh" | "existing_role.cmd") => {
            "how an existing role is checked".into()
        }
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
