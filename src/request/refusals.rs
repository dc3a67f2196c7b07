//! How the values of parameters are refused: what is wrong, and what would pass.

use super::resolve::Resolver;
use crate::diagnostic::{Diagnostic, Lookalike, Suggestion, did_you_mean};
use crate::parameters::{DefaultValue, Key, Origin, RawValue};

impl Resolver<'_> {
    /// Refuses the value that was given for a parameter; another would pass.
    pub(super) fn refuse(&mut self, key: Key, what: impl Into<String>) {
        let fault = self.refusal(key, what);
        self.faults.push(fault);
    }

    pub(super) fn refusal(&self, key: Key, what: impl Into<String>) -> Diagnostic {
        let mut fault = self.fault(key, what);
        fault.place = fault.place.map(Origin::at_value);
        let value = self.raw.get(key).map(|(value, _)| value);
        let is_required = key.parameter().default == DefaultValue::Required;
        if matches!(value, Some(RawValue::Other("null", _))) && !is_required {
            fault.help = Some("leave the key out".into());
            return fault;
        }
        fault.suggestion = self.mend(key);
        if let Some(RawValue::Text(text)) = value
            && let Some(lookalike) = Lookalike::first(text)
        {
            fault.what = lookalike.what();
            fault.help = Some(lookalike.help());
        }
        fault
    }

    /// Refuses a parameter that no other value would mend.
    pub(super) fn refuse_any(&mut self, key: Key, what: impl Into<String>) {
        let fault = self.fault(key, what);
        self.faults.push(fault);
    }

    fn fault(&self, key: Key, what: impl Into<String>) -> Diagnostic {
        let given = self.raw.get(key);
        Diagnostic {
            name: Some(key.name().to_owned()),
            value: given.map(|(value, _)| value.to_string()),
            place: given.map(|(_, place)| place.clone()),
            what: what.into(),
            help: None,
            suggestion: None,
        }
    }

    fn mend(&self, key: Key) -> Option<Suggestion> {
        let example = self.example(key)?;
        let meant = self.meant(key);
        Some(Suggestion {
            key,
            is_likely: meant.is_some(),
            example: meant.unwrap_or(example),
        })
    }

    /// Refuses that a parameter is missing; in a TOML file it may be in the wrong place.
    pub(super) fn refuse_missing(&mut self, key: Key, what: &str) {
        let mut fault = self.fault(key, what);
        fault.suggestion = self.mend(key);
        for (table, help) in [
            (
                Key::Tags,
                "it stands among the tags, for in a TOML file all lines below `[tags]` are tags: move it above",
            ),
            (
                Key::Custom,
                "it stands among the values of one's own, for in a TOML file all lines below `[custom]` are such values: move it above",
            ),
        ] {
            if let Some((RawValue::Pairs(pairs), _)) = self.raw.get(table)
                && let Some(pair) = pairs.iter().find(|pair| pair.key == key.name())
            {
                fault.place = pair.spot.clone().map(Origin::File);
                fault.help = Some(help.into());
            }
        }
        self.faults.push(fault);
    }

    /// Whether a name that is no parameter's is most likely this one's: it was told
    /// already, and it is not missing.
    pub(super) fn is_misspelt(&self, key: Key) -> bool {
        let told = did_you_mean(key.name());
        let mut helps = self.faults.iter().filter_map(|fault| fault.help.as_ref());
        helps.any(|help| *help == told)
    }
}
