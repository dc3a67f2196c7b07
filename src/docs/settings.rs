//! What is given for a page or a region: parameters, and beside them the shells
//! and the flavor. What stands nearer to the text wins: a region's own words
//! over flags, flags over the file beside the pages.

use std::collections::BTreeMap;

use super::flavor::{Flavor, Shells};
use super::names::PARAMETERS;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::parameters::{Key, Origin, RawParameters, RawValue, nearest_of};
use crate::request::Spec;

pub(crate) const SHELL: &str = "shell";
pub(crate) const FLAVOR: &str = "flavor";
/// What is no parameter of a spec.
pub const OPTIONS: &[&str] = &[SHELL, FLAVOR];

/// What is given, before any rule has looked at it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub parameters: RawParameters,
    /// Those of [`OPTIONS`].
    pub options: BTreeMap<&'static str, (RawValue, Origin)>,
}

impl From<Config> for Settings {
    fn from(config: Config) -> Self {
        Self {
            parameters: config.parameters,
            options: config.others,
        }
    }
}

impl Settings {
    /// These settings, with those of `over` in place of the same ones here.
    pub(crate) fn overridden_by(mut self, over: Self) -> Self {
        self.parameters = self.parameters.overridden_by(over.parameters);
        self.options.extend(over.options);
        self
    }

    /// The settings for one block. The table of parameters is the same for every
    /// spec, so that nobody has to give a version for it.
    pub(crate) fn for_block(mut self, name: &str) -> Self {
        let key = Key::LexVersion;
        if name == PARAMETERS && self.parameters.get(key).is_none() {
            let any = RawValue::Text(key.parameter().example.to_owned());
            self.parameters.set(key, any, Origin::Flag);
        }
        self
    }

    /// The spec, the shells if they are given, and the flavor that `fit` makes of
    /// what is given; or all that is wrong with them, after these faults.
    pub(crate) fn judged<F>(
        &self,
        faults: Vec<Diagnostic>,
        fit: impl Fn(Option<Flavor>) -> Result<F, Box<Diagnostic>>,
    ) -> Result<(Spec, Option<Shells>, F), Vec<Diagnostic>> {
        let spec = Spec::documentation(&self.parameters, faults);
        let shells = self.choice(SHELL, &Shells::ALL, Shells::name);
        let flavor = self.choice(FLAVOR, &Flavor::ALL, Flavor::name);
        match (spec, shells, flavor.and_then(fit)) {
            (Ok(spec), Ok(shells), Ok(flavor)) => Ok((spec, shells, flavor)),
            (spec, shells, flavor) => {
                let mut faults = spec.err().map_or(Vec::new(), |faults| faults.0);
                let options = [shells.err(), flavor.err()].into_iter().flatten();
                faults.extend(options.map(|fault| *fault));
                Err(faults)
            }
        }
    }

    fn choice<T: Copy>(
        &self,
        key: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Result<Option<T>, Box<Diagnostic>> {
        let Some((value, _)) = self.options.get(key) else {
            return Ok(None);
        };
        let text = value.to_string();
        if let Some(found) = all.iter().find(|choice| name(**choice) == text) {
            return Ok(Some(*found));
        }
        let names: Vec<String> = all.iter().map(|one| format!("`{}`", name(*one))).collect();
        let near = nearest_of(&text, all.iter().map(|one| name(*one)));
        let mut fault = self.refused(key, format!("is not one of {}", names.join(", ")));
        fault.help = near.map(did_you_mean);
        Err(fault)
    }

    pub(crate) fn refused(&self, key: &str, what: String) -> Box<Diagnostic> {
        let given = self.options.get(key);
        let mut fault = Diagnostic::of_form(Some(key), None, what);
        fault.value = given.map(|(value, _)| value.to_string());
        fault.place = given.map(|(_, place)| place.clone().at_value());
        Box::new(fault)
    }
}
