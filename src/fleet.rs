//! Many rows to many bundles: [`targets`] reads the rows, each is judged as any
//! request is, and [`making`] makes the bundles on several threads, beside the
//! [`index`] of the previous run.
//!
//! Nothing is written before all rows have been judged. Existing bundles are
//! compared, whatever their names say, so running again completes an
//! interrupted run. [`verify`] and [`diff`] read such a folder back.

pub mod diff;
pub mod index;
pub mod making;
pub mod names;
pub mod output;
pub mod place;
pub mod targets;
pub mod verify;
