//! A report in words.

use std::fmt;

use super::{Report, Reproduced};
use crate::digest::GENERATOR;
use crate::escape::counted;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.bundle.as_deref().unwrap_or_default();
        match self.findings.len() {
            0 if self.proven => writeln!(f, "OK: {name}")?,
            0 => writeln!(f, "FAILED: not proven: {name}")?,
            count => writeln!(f, "FAILED: {}", counted(count, "error"))?,
        }
        if let Some(generator) = &self.generator {
            writeln!(f, "  files:      {} ({} bytes)", self.files, self.bytes)?;
            if let Some(sha256) = &self.sha256 {
                writeln!(f, "  SHA-256:    {sha256}")?;
            }
            write!(f, "  generator:  {generator}")?;
            if let Some(templates) = &self.templates {
                write!(f, " with custom templates ({templates})")?;
            }
            writeln!(f, "\n  reproduced: {}", self.reproduced())?;
        }
        if let Some(signer) = &self.signer {
            writeln!(f, "  signature:  {signer}")?;
        }
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        if self.findings.is_empty() && !self.proven {
            let generator = self.generator.as_deref().unwrap_or_default();
            let templates = match self.templates {
                Some(_) => " and --templates FOLDER",
                None => "",
            };
            writeln!(
                f,
                "The files match the bundle's own lists, but whoever changes a file can change the lists too. Verify it with {generator}{templates}, by its signature (--allowed-signers FILE --identity ID) or by its SHA-256 (--sha256 DIGEST)."
            )?;
        }
        Ok(())
    }
}

impl Report {
    fn reproduced(&self) -> String {
        match self.reproduced {
            Reproduced::Same => "yes, byte for byte".to_owned(),
            Reproduced::Different => "no".to_owned(),
            Reproduced::NotTried if self.templates.is_some() => {
                format!("not tried by {GENERATOR} without those templates")
            }
            Reproduced::NotTried => format!("not tried by {GENERATOR}"),
        }
    }
}
