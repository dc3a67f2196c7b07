//! Everything that can be in a region, by its name.

use super::flavor::{Flavor, Shells};
use super::names::{FILES, PAGE, PARAMETERS};
use super::page::{self, Form};
use super::snippets::{self, Setup};
use crate::render::RenderError;
use crate::templates::Templates;

#[derive(Debug)]
pub(crate) enum BlockError {
    /// There is none of that name: what is wrong with it, as a sentence fragment.
    Unknown(String),
    Render(RenderError),
}

impl<E: Into<RenderError>> From<E> for BlockError {
    fn from(error: E) -> Self {
        Self::Render(error.into())
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
        _ => markup.block(
            &setup
                .find(name)
                .map_err(BlockError::Unknown)?
                .code(setup, shells, templates)?,
        ),
    })
}
