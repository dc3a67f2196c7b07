//! Documentation: the documents and commands of a spec as blocks of a page, a
//! whole page around them, and the regions of pages that are there already.
//!
//! [`snippets`] names the blocks, from the same plan as the scripts; [`page`]
//! has the page's wording from the templates; [`markup`] writes both in the
//! language of a page's site ([`flavor`]). [`files`] finds pages and what
//! stands beside them, [`regions`] finds the regions in one, [`rewrite`]
//! fills them anew, [`diff`] shows what that changes.

mod code;
pub(crate) mod diff;
pub(crate) mod files;
pub mod flavor;
mod marker;
mod markup;
pub mod page;
pub mod regions;
pub mod rewrite;
pub mod settings;
pub mod snippets;

use crate::render::RenderError;
use crate::templates::{Context, Templates};
use flavor::{Flavor, Shells};
use page::Form;
use snippets::{Setup, Unknown};

/// The region and snippet that is the whole page.
pub(crate) const PAGE: &str = "page";
/// The table of the parameters.
pub(crate) const PARAMETERS: &str = "parameters";
/// The listing of a bundle's files.
pub(crate) const FILES: &str = "files";

/// The names of what is neither a document nor a command.
pub(crate) const OTHERS: [&str; 3] = [PAGE, PARAMETERS, FILES];

/// Why a block could not be made.
#[derive(Debug)]
pub(crate) enum BlockError {
    /// There is none of that name.
    Unknown(Unknown),
    /// The templates or this program are at fault.
    Render(RenderError),
}

impl<E: Into<RenderError>> From<E> for BlockError {
    fn from(error: E) -> Self {
        Self::Render(error.into())
    }
}

impl From<Unknown> for BlockError {
    fn from(unknown: Unknown) -> Self {
        Self::Unknown(unknown)
    }
}

/// Everything that can stand in a region, by its name, in a flavor.
pub(crate) fn block(
    name: &str,
    setup: &Setup<'_>,
    shells: Shells,
    flavor: Flavor,
    templates: &Templates,
) -> Result<String, BlockError> {
    let markup = flavor.markup();
    Ok(match name {
        PAGE => page::page(setup, shells, flavor, Form::Region, templates)?,
        PARAMETERS => page::parameters(flavor, templates)?,
        FILES => markup.block(&[snippets::files(setup.spec)]),
        _ => markup.block(&setup.find(name)?.code(setup, shells, templates)?),
    })
}

/// The labels of the two shells: bash's, then cmd.exe's.
///
/// # Errors
/// If their template does not give two lines.
fn labels(templates: &Templates) -> Result<[String; 2], RenderError> {
    let label = |shell| {
        let text = templates.render("pages/shells.txt", &of_label(shell))?;
        Ok::<_, RenderError>(text.trim().to_owned())
    };
    Ok([label("bash")?, label("cmd")?])
}

/// The variables of the label of a shell's commands.
#[must_use]
pub fn of_label(shell: &str) -> Context {
    let mut context = Context::new();
    context.insert("shell", shell);
    context
}
