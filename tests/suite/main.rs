//! The one integration-test binary. Tests that need real shells, the AWS CLI,
//! an IAM server or Wine are ignored unless `tests/run` has installed them.

// It uses shells, programs and file modes of Unix throughout; `tests/everywhere` has what Windows runs.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod apply;
mod aws_page;
mod bridge;
mod check;
mod cloudformation;
mod command_line;
mod completions;
mod diff;
mod dist;
mod docs;
mod drift;
mod enable_disable;
mod examples;
mod extraction;
mod faults;
mod figures;
mod fleet;
mod fuzzed;
mod harness;
mod hostile;
mod html;
mod iam;
mod init;
mod inspect;
mod keys;
mod library;
mod lint;
mod man;
mod output;
mod pass_role;
mod preflight;
mod prerequisites;
mod project;
mod quoting;
mod readme;
mod receipts;
mod recorded;
mod recording;
mod rules;
mod runbook;
mod runner;
mod same_bytes;
mod schema;
mod signatures;
mod site;
mod support;
mod surroundings;
mod templates;
mod terminal;
mod undo;
mod verify;
mod vocabulary;
mod windows;
mod wine;
