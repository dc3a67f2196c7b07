//! The types of the parameters, each with its rule.

pub mod arn;
pub mod bot;
pub mod contact;
pub mod custom;
pub mod form;
pub mod names;
pub mod raw;
pub mod region;
pub mod retention;
pub mod tags;
