//! The names of what is neither a document nor a command.

/// The region and snippet that is the whole page.
pub(crate) const PAGE: &str = "page";
pub(crate) const PARAMETERS: &str = "parameters";
pub(crate) const FILES: &str = "files";

pub(crate) const OTHERS: [&str; 3] = [PAGE, PARAMETERS, FILES];
