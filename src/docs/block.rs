//! Everything that can be in a region, by its name.

use super::flavor::{Flavor, Shells};
use super::names::{FILES, PAGE, PARAMETERS};
use super::page;
use super::snippets::{self, Setup};
use crate::render::RenderError;
use crate::templates::Templates;

/// Everything that can stand in a region, by its name, in a flavor; or what is wrong with the name.
pub(crate) fn block(
    name: &str,
    setup: &Setup<'_>,
    shells: Shells,
    flavor: Flavor,
    templates: &Templates,
) -> Result<Result<String, String>, RenderError> {
    let markup = flavor.markup();
    let text = match name {
        PAGE => page::page(setup, shells, flavor, false, templates)?,
        PARAMETERS => page::parameters(flavor, templates)?,
        FILES => markup.block(&[snippets::files(setup.spec)]),
        _ => match setup.find(name) {
            Ok(snippet) => markup.block(&snippet.code(setup, shells, templates)?),
            Err(what) => return Ok(Err(what)),
        },
    };
    Ok(Ok(text))
}
