//! Custom templates in place of the built-in ones, file by file: a folder,
//! read and judged. Errors are reported with file, line and column.

mod faults;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use record::Record;

use super::{Kind, Parsed, TemplateError, Templates, replaceable};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, did_you_mean_one};
use crate::digest::sha256;
use crate::parameters::{Origin, nearest_of};
use faults::place;
pub(crate) use faults::unknown;
use record::README;
pub use record::RECORD;
pub use record::{built_in, export};

/// The variable of Tera's own that holds all others.
const ALL: &str = "__tera_context";

/// The most bytes that a template may have.
const MAX_BYTES: u64 = 256 << 10;

/// The templates of a folder that replace built-in ones.
#[derive(Debug)]
pub struct Overrides {
    /// The folder, as it was named.
    folder: PathBuf,
    texts: BTreeMap<&'static str, Arc<Source>>,
}

/// What a bundle's manifest says of templates that are not built in.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The SHA-256 over the names and the digests of those that replace others.
    pub sha256: String,
    /// The names of those.
    pub replaced: Vec<String>,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.replaced.join(", "))
    }
}

/// Why the templates of a folder cannot be had.
#[derive(Debug)]
pub enum OverridesError {
    /// Something could not be read.
    Read {
        /// What.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// Something is wrong with them.
    Diagnostics(Diagnostics),
}

impl Overrides {
    /// What is wrong with them, by Tera's words.
    fn faults(&self, error: &TemplateError) -> Vec<Diagnostic> {
        faults::of_tera(error, &self.texts, |name, what| self.fault(name, what))
    }

    /// Reads a folder.
    ///
    /// # Errors
    /// If it cannot be read, or everything that is wrong with it before the
    /// templates are parsed.
    pub fn read(folder: &Path) -> Result<Self, OverridesError> {
        let mut overrides = Self {
            folder: folder.to_owned(),
            texts: BTreeMap::new(),
        };
        let mut faults = Vec::new();
        let mut names = Vec::new();
        overrides.list("", &mut names)?;
        names.sort_unstable();
        let record = overrides.record(&names)?;
        if let Err(fault) = &record {
            faults.push(fault.clone());
        }
        for name in names.iter().filter(|name| *name != RECORD) {
            let Some(known) = replaceable().find(|known| known == name) else {
                let (what, help) = unknown(name);
                faults.push(overrides.fault(name, what).with_help(help));
                continue;
            };
            let source = match overrides.source(name)? {
                Ok(source) => source,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            if let Ok(record) = &record {
                match record.judge(known, source.text()) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(what) => {
                        faults.push(overrides.fault(name, what));
                        continue;
                    }
                }
            }
            overrides.texts.insert(known, source);
        }
        if faults.is_empty() {
            Ok(overrides)
        } else {
            Err(OverridesError::Diagnostics(Diagnostics(faults)))
        }
    }

    /// The names of the files, by paths with `/`; hidden ones are not the
    /// templates', such as a version control's.
    fn list(&self, below: &str, names: &mut Vec<String>) -> Result<(), OverridesError> {
        let folder = if below.is_empty() {
            self.folder.clone()
        } else {
            self.folder.join(below)
        };
        let unreadable = |source| OverridesError::Read {
            path: folder.clone(),
            source,
        };
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || (below.is_empty() && name == README) {
                continue;
            }
            let is_folder = folder.join(name.as_ref()).is_dir();
            let holds_some = replaceable().any(|known| {
                let rest = known.strip_prefix(name.as_ref());
                rest.is_some_and(|rest| rest.starts_with('/'))
            });
            if is_folder && below.is_empty() && holds_some {
                self.list(&name, names)?;
            } else {
                let slash = if below.is_empty() { "" } else { "/" };
                names.push(format!("{below}{slash}{name}"));
            }
        }
        Ok(())
    }

    /// What the templates were made from.
    fn record(&self, names: &[String]) -> Result<Result<Record, Diagnostic>, OverridesError> {
        let begin = "`lexlogs templates export NEW` writes a folder to begin with".to_owned();
        if !names.iter().any(|name| name == RECORD) {
            let what =
                "is not there, so nobody knows for which lexlogs these templates are".to_owned();
            return Ok(Err(self.fault(RECORD, what).with_help(begin)));
        }
        let source = match self.source(RECORD)? {
            Ok(source) => source,
            Err(fault) => return Ok(Err(fault)),
        };
        Ok(match serde_json::from_str(source.text()) {
            Ok(record) => Ok(record),
            Err(error) => {
                let what = format!("is not what lexlogs wrote: {error}");
                Err(self.fault(RECORD, what).with_help(begin))
            }
        })
    }

    /// The text of a file, with the line ends of this program's templates.
    fn source(&self, name: &str) -> Result<Result<Arc<Source>, Diagnostic>, OverridesError> {
        let path = self.folder.join(name);
        let mut bytes = Vec::new();
        let read =
            fs::File::open(&path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
        read.map_err(|source| OverridesError::Read { path, source })?;
        if bytes.len() as u64 > MAX_BYTES {
            let what = format!("has more than {MAX_BYTES} bytes, which no template needs");
            return Ok(Err(self.fault(name, what)));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let path = self.path(name);
        Ok(match std::str::from_utf8(bytes) {
            // As Git writes them on Windows.
            Ok(text) => Ok(Source::new(&path, &text.replace("\r\n", "\n"), 1)),
            Err(error) => {
                let place = Origin::File(Span::not_utf8(&path, bytes, error.valid_up_to(), 1));
                let fault = Diagnostic::of_form(None, place, "is not UTF-8 text".to_owned());
                Err(fault.with_help("save the file as UTF-8".to_owned()))
            }
        })
    }

    /// Something that is wrong with a file of the folder as a whole.
    fn fault(&self, name: &str, what: String) -> Diagnostic {
        let place = Origin::File(Span::of_file(&self.path(name)));
        Diagnostic::of_form(None, place, what)
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// What those that make bundles come to; none if all of a bundle's are built
    /// in.
    fn note(&self) -> Option<Note> {
        let texts: Vec<(&str, &str)> = self
            .texts
            .iter()
            .filter(|(name, _)| super::is_of_bundle(name))
            .map(|(name, source)| (*name, source.text()))
            .collect();
        let lines: String = texts
            .iter()
            .map(|(name, text)| format!("{}  {name}\n", sha256(text.as_bytes())))
            .collect();
        (!texts.is_empty()).then(|| Note {
            sha256: sha256(lines.as_bytes()),
            replaced: texts.iter().map(|(name, _)| (*name).to_owned()).collect(),
        })
    }
}

impl Templates {
    /// The templates of a bundle, some of them custom.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    #[doc(hidden)]
    pub fn of_bundle_with(overrides: Overrides) -> Result<Self, Diagnostics> {
        Self::with(overrides, super::is_of_bundles_set)
    }

    /// Those of documentation.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    #[doc(hidden)]
    pub fn of_pages_with(overrides: Overrides) -> Result<Self, Diagnostics> {
        Self::with(overrides, super::is_of_pages_set)
    }

    fn with(overrides: Overrides, is_wanted: fn(&str) -> bool) -> Result<Self, Diagnostics> {
        let mut sources = super::sources(is_wanted);
        // So that one can be had in front of something, or behind it.
        let replaced = sources
            .iter()
            .filter(|(name, _)| overrides.texts.contains_key(name.as_str()));
        let at_hand = replaced.map(|(name, text)| (format!("built-in/{name}"), *text));
        sources.extend(at_hand.collect::<Vec<_>>());
        let built_in = super::parse_all(&sources);
        let mut teras = built_in.map_err(|error| Diagnostics(overrides.faults(&error)))?;
        let mut faults = Vec::new();
        for (name, custom) in &overrides.texts {
            let tera = &mut teras[Kind::of(name) as usize];
            // Of another set: of documentation, or of bundles.
            if !tera.contains_template(name) {
                continue;
            }
            if let Err(error) = tera.add_raw_template(name, custom.text()) {
                faults.extend(overrides.faults(&error.into()));
            }
        }
        if faults.is_empty() {
            Ok(Self {
                parsed: Parsed::All(teras),
                overrides: Some(overrides),
            })
        } else {
            Err(Diagnostics(faults))
        }
    }

    /// Whether some of them are not built in.
    #[doc(hidden)]
    #[must_use]
    pub fn has_overrides(&self) -> bool {
        self.overrides.is_some()
    }

    /// What the manifest of a bundle says of them; none if all of a bundle's are
    /// built in.
    #[doc(hidden)]
    #[must_use]
    pub fn note(&self) -> Option<Note> {
        self.overrides.as_ref().and_then(Overrides::note)
    }

    /// The names of custom templates in this set.
    #[doc(hidden)]
    pub fn overridden(&self) -> impl Iterator<Item = &'static str> {
        let overrides = self
            .overrides
            .iter()
            .flat_map(|overrides| overrides.texts.keys().copied());
        overrides.filter(|name| self.variables(name).is_ok())
    }

    /// Whether custom templates read, in an `if` too, nothing but the names that they are given.
    ///
    /// # Errors
    /// The others, each with its template.
    #[doc(hidden)]
    pub fn check_names(&self, given: &BTreeMap<&str, BTreeSet<String>>) -> Result<(), Diagnostics> {
        let mut faults = Vec::new();
        for (name, source) in self.overrides.iter().flat_map(|overrides| &overrides.texts) {
            let (Some(given), Ok(read)) = (given.get(name), self.variables(name)) else {
                continue;
            };
            // All that there is, in another order in each run; Tera does not name it among the variables.
            let all = source.text().contains(ALL).then_some(ALL);
            let unknown = read.into_iter().filter(|read| !given.contains(*read));
            for unknown in unknown.chain(all) {
                let near = nearest_of(unknown, given.iter().map(String::as_str));
                let known = given.iter().map(String::as_str);
                let all = format!("lexlogs templates variables {name}");
                let help = did_you_mean_one(unknown, near, known, &all);
                let at = source.text().find(unknown).unwrap_or_default();
                let place = place(source, at..at + unknown.len());
                let what = format!("the template reads `{unknown}`, which it is not given");
                faults.push(Diagnostic::of_form(None, place, what).with_help(help));
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Diagnostics(faults))
        }
    }

    /// What is wrong with a custom template, or with what it gives; none if all are built in, so that it is a fault of
    /// this program.
    #[doc(hidden)]
    #[must_use]
    pub fn fault_of(&self, template: &str, what: String) -> Option<Diagnostic> {
        let overrides = self.overrides.as_ref()?;
        Some(overrides.fault(template, what))
    }

    /// An error as faults of custom templates; none if they are built in, so
    /// that it is a fault of this program.
    #[doc(hidden)]
    #[must_use]
    pub fn faults(&self, error: &TemplateError) -> Option<Diagnostics> {
        let overrides = self.overrides.as_ref()?;
        Some(Diagnostics(overrides.faults(error)))
    }
}
