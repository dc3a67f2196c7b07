//! The types of the parameters, each with its rule.

pub mod arn;
pub mod bot;
pub mod contact;
pub mod custom;
pub mod form;
mod lex_version;
mod name;
pub mod names;
pub mod raw;
pub mod region;
pub mod retention;
pub mod tags;
mod text;
