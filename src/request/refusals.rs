//! How the values of parameters are refused: what is wrong, and what would pass.

use super::resolve::Resolver;
use crate::diagnostic::{Diagnostic, Lookalike, MISSING, Suggestion, did_you_mean};
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
        fault.suggestion = self.suggestion(key);
        // The suggested value says what to do.
        if fault
            .suggestion
            .as_ref()
            .is_some_and(|suggestion| suggestion.is_likely)
        {
            fault.help = None;
        }
        if let Some(RawValue::Text(text)) = value
            && let Some(lookalike) = Lookalike::first(text)
        {
            fault.what = lookalike.what();
            fault.help = Some(lookalike.help());
        }
        fault
    }

    /// Refuses a parameter that no other value would fix.
    pub(super) fn refuse_any(&mut self, key: Key, what: impl Into<String>) {
        let fault = self.fault(key, what);
        self.faults.push(fault);
    }

    fn fault(&self, key: Key, what: impl Into<String>) -> Diagnostic {
        let given = self.raw.get(key);
        // What is wrong, and what to do.
        let what = what.into();
        let (what, help) = what
            .split_once("; ")
            .map_or((what.as_str(), None), |(what, help)| (what, Some(help)));
        Diagnostic {
            name: Some(key.name().to_owned()),
            value: given.map(|(value, _)| value.to_string()),
            place: given.map(|(_, place)| place.clone()),
            what: what.to_owned(),
            help: help.map(str::to_owned),
            suggestion: None,
        }
    }

    fn suggestion(&self, key: Key) -> Option<Suggestion> {
        let example = self.example(key)?;
        let meant = self.meant(key);
        Some(Suggestion {
            key,
            is_likely: meant.is_some(),
            example: meant.unwrap_or(example),
        })
    }

    /// Refuses that a parameter is missing; in a TOML file it may be in the wrong place.
    pub(super) fn refuse_missing(&mut self, key: Key, what: String) {
        let mut fault = self.fault(key, what);
        fault.place = self.raw.place_of_missing();
        let is_missing = |fault: &Diagnostic| fault.what.starts_with(MISSING);
        let unread = self
            .raw
            .unread()
            .filter(|_| !self.faults.iter().any(is_missing));
        fault.help = unread.map(|file| {
            format!("{file} is not read if flags are set; to use it, name it: `{file}`")
        });
        fault.suggestion = self.suggestion(key);
        for (table, help) in [
            (
                Key::Tags,
                "move it above `[tags]`: in TOML all lines below that are tags",
            ),
            (
                Key::Custom,
                "move it above `[custom]`: in TOML all lines below that are custom values",
            ),
        ] {
            if let Some((RawValue::Pairs(pairs), _)) = self.raw.get(table)
                && let Some(pair) = pairs.iter().find(|pair| pair.key == key.name())
            {
                fault.place = pair.spot.clone().map(Origin::File);
                (fault.help, fault.suggestion) = (Some(help.into()), None);
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
