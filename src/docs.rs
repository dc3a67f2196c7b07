//! Documentation: the documents and commands of a spec as blocks of a page, a
//! whole page around them, and the regions of pages that are there already.
//!
//! [`snippets`] names the blocks, from the same plan as the scripts; [`page`]
//! has the page's wording from the templates; `markup` writes both in the
//! language of a page's site ([`flavor`]). `files` finds pages and what
//! stands beside them, [`regions`] finds the regions in one, [`rewrite`]
//! fills them anew, `diff` shows what that changes.

pub(crate) mod block;
mod code;
pub(crate) mod diff;
pub(crate) mod files;
pub mod flavor;
mod marker;
mod markup;
pub(crate) mod names;
pub mod page;
pub mod powershell;
pub mod regions;
pub mod rewrite;
pub mod settings;
pub mod snippets;
