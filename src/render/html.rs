//! The runbook as a page for a browser. It is made from the text of README.md,
//! so that both say the same; the template lays it out, and adds a picture.

mod blocks;
mod inline;
mod layout;
mod picture;

use std::sync::OnceLock;

use base64ct::{Base64, Encoding};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::RenderError;
use crate::spec::Spec;
use crate::templates::{self, Context, TemplateError, Templates};

/// Adds what the page reads beside the variables of the runbook: the runbook's
/// text as HTML, the picture, and style and script with the digests by which
/// the page's Content-Security-Policy lets them in.
///
/// # Errors
/// If the runbook has markup that the page cannot show.
pub fn add(
    context: &mut Context,
    spec: &Spec,
    runbook: &str,
    templates: &Templates,
) -> Result<(), RenderError> {
    let page = blocks::read(runbook)?;
    context.insert("title", page.title);
    context.insert("opening", &layout::html(&page.opening)?);
    let sections = page.sections.iter().map(|section| {
        Ok(SectionView {
            id: &section.id,
            title: section.title,
            html: layout::html(&section.blocks)?,
        })
    });
    context.insert(
        "sections",
        &sections.collect::<Result<Vec<_>, TemplateError>>()?,
    );
    let audio = spec.audio_logs.as_ref();
    let key = audio.and_then(|audio| audio.encryption.as_ref()?.key_arn.arn());
    context.insert("kms_key_account", key.map_or("", |key| key.account));
    let text = spec.text_logs.as_ref();
    let key = text.and_then(|text| text.kms_key_arn.as_ref()?.arn());
    context.insert(
        "log_group_kms_key_account",
        key.map_or("", |key| key.account),
    );
    let words = templates.render("html/picture.txt", context)?;
    context.insert("pictures", &picture::of(spec, &words));
    context.extend(constants()?.clone());
    Ok(())
}

/// A section as the template sees it.
#[derive(Serialize)]
struct SectionView<'a> {
    id: &'a str,
    title: &'a str,
    /// Its blocks.
    html: String,
}

/// What is the same in every page, made once for the life of the process.
fn constants() -> Result<&'static Context, TemplateError> {
    static MADE: OnceLock<Result<Context, TemplateError>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let mut context = Context::new();
        for (name, file) in [("style", "html/style.css"), ("script", "html/script.js")] {
            let text = templates::plain(file)?;
            context.insert(name, text);
            let digest = Base64::encode_string(&Sha256::digest(text));
            context.insert(format!("{name}_digest"), &digest);
        }
        Ok(context)
    });
    made.as_ref().map_err(Clone::clone)
}

/// A page in ASCII, which every browser reads alike, whatever it takes for the
/// encoding. What is not ASCII stands in text and attributes alone, where
/// HTML has character references.
pub(super) fn ascii(page: String) -> String {
    if page.is_ascii() {
        return page;
    }
    let mut ascii = String::with_capacity(page.len() + 64);
    for c in page.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            ascii.push_str(&format!("&#x{:X};", u32::from(c)));
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_ascii_and_stays_as_it_is_otherwise() {
        assert_eq!(ascii("<b>&amp;</b>".into()), "<b>&amp;</b>");
        assert_eq!(
            ascii("Größe ½ 𝄞".into()),
            "Gr&#xF6;&#xDF;e &#xBD; &#x1D11E;"
        );
    }
}
