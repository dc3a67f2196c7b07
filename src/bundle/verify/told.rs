//! A report in words.

use std::fmt;

use super::{Report, Reproduced};
use crate::digest::GENERATOR;
use crate::render::REQUEST;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        if let Some(signer) = &self.signer {
            writeln!(f, "{signer}")?;
        }
        if !self.whole {
            let faults = match self.findings.len() {
                1 => "1 fault".to_owned(),
                count => format!("{count} faults"),
            };
            return writeln!(f, "not whole: {faults}");
        }
        let generator = self.generator.as_deref().unwrap_or_default();
        let name = self.bundle.as_deref().unwrap_or_default();
        write!(
            f,
            "whole: {name}, {} files, {} bytes, made by {generator}",
            self.files, self.bytes
        )?;
        if let Some(templates) = &self.templates {
            write!(f, " with templates that are not its own ({templates})")?;
        }
        if self.reproduced == Reproduced::Same {
            return writeln!(f, "; this lexlogs makes the same of its {REQUEST}");
        }
        writeln!(f)?;
        let begin = if self.proven { "note" } else { "NOT PROVEN" };
        if self.templates.is_some() {
            write!(
                f,
                "{begin}: this is {GENERATOR}, which was not given those templates"
            )?;
            if self.proven {
                return writeln!(f);
            }
            return writeln!(
                f,
                "; that the documents grant what the request asks for is so, all else may have been altered: read it, or verify it with {generator} and --templates FOLDER, or by a signature"
            );
        }
        write!(
            f,
            "{begin}: this is {GENERATOR}, which writes {} of them otherwise ({})",
            self.differing.len(),
            self.differing.join(", ")
        )?;
        if !self.unknown.is_empty() {
            write!(f, ", of which it does not know {}", self.unknown.join(", "))?;
        }
        if self.proven {
            return writeln!(f);
        }
        writeln!(
            f,
            "; that the documents grant what the request asks for is so, all else may have been altered: verify it with {generator}, or by a signature"
        )
    }
}
