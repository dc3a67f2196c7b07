//! The one table of parameters, and what was given for them.

mod given;
mod table;

pub use crate::values::raw::{RawPair, RawValue};
pub use given::{Origin, RawParameters};
pub(crate) use table::three_nearest;
pub use table::{DefaultValue, Key, Kind, LOGS, PARAMETERS, Parameter, find, nearest_of};
