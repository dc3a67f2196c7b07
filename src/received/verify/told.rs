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
        if self.signer.is_some() {
            return writeln!(f, "; proven by its signature");
        }
        if self.expected {
            return writeln!(f, "; proven by its SHA-256");
        }
        let templates = match self.templates {
            Some(_) => " and --templates FOLDER",
            None => "",
        };
        writeln!(
            f,
            "; not proven by this version, {GENERATOR}{}\nNOT PROVEN: the files match the bundle's own lists, which whoever changes a file can change too. Verify it with {generator}{templates}, by its signature (--allowed-signers FILE --identity ID) or by its SHA-256 (--sha256 DIGEST).",
            if templates.is_empty() {
                ""
            } else {
                ", without those templates"
            },
        )
    }
}
