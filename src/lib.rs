//! Offline generator of the IAM policy documents and scripts that let Amazon
//! Lex write conversation logs.
//!
//! Data flows one way:
//!
//! 1. [`parameters`]: the one table; [`cli`] and [`config`] turn flags and
//!    files into raw parameters;
//! 2. [`spec`]: raw parameters become a [`spec::Request`], validated and
//!    cross-checked, with the [`spec::Spec`] in it;
//! 3. [`plan`]: the spec becomes the ordered steps, each an argument vector;
//! 4. [`render`]: spec and plan become files in memory, by way of the two
//!    [`dialect`]s and the Tera [`templates`]; every policy document is read
//!    back and checked ([`policy`]);
//! 5. [`bundle`]: the files become a reproducible zip, and [`signature`] says
//!    whose it is;
//! 6. [`output`]: whatever is written appears whole or not at all.
//!
//! And back: a bundle from anybody is taken apart by [`bundle::received`], which
//! trusts nothing, then judged by [`bundle::verify`], told by
//! [`bundle::inspect`], compared by [`bundle::diff`]. What comes back from the
//! administrator is read by [`receipt`].
//!
//! [`lint`] judges policy documents of anybody, by a table of rules, of which
//! those of form hold for every document that is rendered.
//!
//! [`schema`] tells editors and programs what the files look like, and
//! [`starter`] is one to begin with, from the same table.
//!
//! [`docs`] puts the documents and the commands into pages, from the same spec
//! and plan; a spec of its own kind, with placeholder words, which makes no
//! bundle. [`commands`] runs this line for each command of the program.

pub mod bundle;
pub mod cli;
pub mod commands;
pub mod config;
pub mod dialect;
pub mod docs;
pub mod document;
pub mod fault;
pub mod fleet;
mod html;
mod json;
pub mod lint;
mod markdown;
pub mod output;
pub mod parameters;
pub mod plan;
pub mod policy;
pub mod receipt;
pub mod render;
pub mod schema;
pub mod signature;
pub mod spec;
pub mod starter;
pub mod templates;
