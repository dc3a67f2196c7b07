//! Generates, without ever talking to AWS, the IAM policies and scripts that let
//! Amazon Lex write conversation logs: the library behind the program of the
//! same name. Data flows one way, and each stage is a type:
//!
//! 1. [`Config`] reads a parameter file; [`RawParameters`] hold what was given,
//!    in a file or by a program, by the keys of the one table,
//!    [`parameters`];
//! 2. [`Request::new`] judges all of it and gives every fault at once
//!    ([`Diagnostics`]), each with its place and what would fix it; what it gives
//!    cannot fail on input any more;
//! 3. [`Plan`] has the ordered steps of its spec, each with the arguments of
//!    the AWS CLI that put it in place, look at it and take it out;
//! 4. [`render()`] makes the documents, the scripts and the runbook in memory;
//! 5. [`Bundle`] has those and the lists of them, and is a zip to be handed over,
//!    the same bytes for the same parameters on every machine;
//! 6. [`verify`] says of any zip whether it is such a bundle, byte for byte.
//!
//! Nothing here reads or writes a file, prints, or panics, whatever it is given.
//!
//! ```
//! use lexlogs::{Bundle, Config, Plan, Request, Templates, verify};
//!
//! let file = br#"
//! lex-version = "v2"
//! account-id = "111122223333"
//! region = "us-east-1"
//! log-group-name = "/lex/support-bot"
//! "#;
//! let config = Config::parse("request.toml".as_ref(), file);
//! let request = Request::new(&config.parameters, config.faults)?;
//!
//! let plan = Plan::new(request.spec());
//! assert_eq!(plan.apply[0].command.arguments()[..2], ["iam", "create-role"]);
//!
//! let bundle = Bundle::new(&request, Templates::built_in()?)?;
//! let zip = bundle.to_zip()?;
//! assert!(verify(&zip).whole);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is listed below is the library. The modules are the program's own, and
//! public for its tests alone: they may change in any version.

#![deny(missing_docs)]

// The pipeline: `parameters`, `cli` and `config` give raw parameters, `spec` judges them, `plan` has the calls, `render` the
// files, by way of `shell` and `templates`, each document read back by `policy`; `bundle` packs them, `signature` says whose
// it is, and `output` alone writes files. `commands` runs this line for each command of the program. And back: `received`
// reads a stranger's bundle, renders it again and compares; `receipt` reads what the administrator sends. `docs` puts the same
// into pages, `cloudformation` into a template, `fleet` makes many, `schema` and `starter` tell the table to editors and beginners, `lint` judges policy documents
// of anybody.
#[doc(hidden)]
pub mod bundle;
mod cli;
#[doc(hidden)]
pub mod cloudformation;
mod commands;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod digest;
#[doc(hidden)]
pub mod docs;
#[doc(hidden)]
pub mod document;
mod escape;
#[doc(hidden)]
pub mod fleet;
mod io_error;
mod json;
mod limits;
#[doc(hidden)]
pub mod lint;
mod markdown;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod parameters;
#[doc(hidden)]
pub mod plan;
#[doc(hidden)]
pub mod policy;
#[doc(hidden)]
pub mod receipt;
#[doc(hidden)]
pub mod received;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod request;
mod schema;
#[doc(hidden)]
pub mod shell;
#[doc(hidden)]
pub mod signature;
mod span;
mod starter;
#[doc(hidden)]
pub mod templates;
#[doc(hidden)]
pub mod values;

#[doc(hidden)]
pub use commands::main;

pub use bundle::Bundle;
pub use config::Config;
pub use diagnostic::Diagnostics;
pub use digest::File;
pub use parameters::RawParameters;
pub use plan::Plan;
pub use received::verify::{Report, verify};
pub use render::files as render;
pub use request::Request;
pub use templates::Templates;
