//! The only module that writes files. What it writes appears whole or not at
//! all: made beside its place under another name, then renamed. What is there
//! already and differs stays, unless it is to be replaced.

mod contents;
mod file;
mod folder;
mod outcome;
mod pages;
mod starter;
mod templates;
mod zip;

pub use file::file;
pub use folder::folder;
pub use outcome::{Outcome, OutputError};
pub(crate) use outcome::{TRIES, busy, failed, folder_of, made, place, read_file};
pub use pages::{NewPage, pages};
pub use starter::{is_free, starter};
pub use templates::templates;
pub use zip::zip;
