//! Text in pages of HTML.

use std::io::{self, Write};

/// Writes a text as HTML that shows it as it is, in elements and in attributes:
/// the same as Tera's own way, in pieces instead of bytes.
///
/// # Errors
/// The writer's.
pub(crate) fn write_escaped(text: &str, to: &mut dyn Write) -> io::Result<()> {
    for piece in pieces(text) {
        to.write_all(piece.as_bytes())?;
    }
    Ok(())
}

/// What is written, piece by piece.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = *rest.as_bytes().first()?;
        if let Some(reference) = reference(first) {
            rest = &rest[1..];
            return Some(reference);
        }
        let mut bytes = rest.bytes();
        let plain = bytes.position(|byte| reference(byte).is_some());
        let (piece, more) = rest.split_at(plain.unwrap_or(rest.len()));
        rest = more;
        Some(piece)
    })
}

/// What stands for a character that means something in HTML.
fn reference(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_tera_does() {
        for text in ["", "plain ½", "<b>it's \"1\" & 2</b>", "&&", "ß<日>"] {
            let (mut ours, mut teras) = (Vec::new(), Vec::new());
            write_escaped(text, &mut ours).expect("written");
            tera::escape_html(text, &mut teras).expect("written");
            assert_eq!(ours, teras, "{text}");
        }
    }
}
