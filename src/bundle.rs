//! Files to a bundle: the files that list the others, and the zip.

pub mod manifest;
pub mod read;
pub mod write;

use crate::cloudformation;
use crate::digest::File;
use crate::document::{Document, STACK};
use crate::render::{self, RenderError};
use crate::request::{Request, Spec};
use crate::templates::Templates;

/// Whether a bundle may have a file of that name.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    let own = [manifest::MANIFEST, manifest::CHECKSUMS, STACK];
    let documents = Document::ALL.map(Document::file_name);
    own.iter().chain(&documents).any(|known| *known == name) || render::is_file_name(name)
}

/// The names of the files of a spec's bundle, sorted.
#[must_use]
pub fn file_names(spec: &Spec) -> Vec<&'static str> {
    let documents = spec.documents().into_iter().map(Document::file_name);
    let mut names: Vec<&str> = documents
        .chain(render::file_names(spec.bot.is_some()))
        .chain([manifest::MANIFEST, manifest::CHECKSUMS])
        .chain(spec.cloudformation.then_some(STACK))
        .collect();
    names.sort_unstable();
    names
}

/// A whole bundle in memory.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Its name: that of its zip without `.zip`.
    pub name: String,
    /// The name of the folder in its zip.
    pub folder: String,
    /// Its files, sorted by name.
    pub files: Vec<File>,
}

impl Bundle {
    /// Renders the bundle of a request.
    ///
    /// # Errors
    /// If a template cannot be rendered or spoiled a document.
    pub fn new(request: &Request, templates: &Templates) -> Result<Self, RenderError> {
        let name = request.bundle_name();
        let mut files = render::files(request, templates)?;
        if request.spec().cloudformation {
            let template = cloudformation::template(request.spec(), templates)?;
            files.push(File::new(STACK, template));
        }
        files.sort_by_key(|file| file.name);
        files.push(manifest::manifest(&name, &files, templates.note())?);
        files.sort_by_key(|file| file.name);
        // Of the manifest too: it is checked as any other file.
        files.push(manifest::checksums(&files));
        files.sort_by_key(|file| file.name);
        Ok(Self {
            name,
            folder: request.spec().folder_name(),
            files,
        })
    }
}
