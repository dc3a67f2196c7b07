//! Whether a parameter is given, and whether that means anything.

use crate::parameters::{Key, Kind, RawParameters};

/// Whether a parameter is given and is not just its default.
pub(super) fn is_non_default(raw: &RawParameters, key: Key) -> bool {
    let default = key.parameter().default_text();
    raw.get(key)
        .is_some_and(|(value, _)| default != Some(value.to_string().as_str()))
}

/// Whether what a parameter needs is given.
pub(super) fn has_effect(raw: &RawParameters, key: Key) -> bool {
    key.parameter()
        .needs
        .is_none_or(|needs| is_given(raw, needs))
}

/// Whether a parameter is given; a switch, whether it is on.
pub(super) fn is_given(raw: &RawParameters, key: Key) -> bool {
    let is_switch = key.parameter().kind == Kind::Switch;
    raw.get(key)
        .is_some_and(|(value, _)| !is_switch || value.to_string() == "true")
}
