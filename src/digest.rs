//! Files in memory and their digests, and the name that this program gives
//! itself in them.

use sha2::{Digest, Sha256};

/// Name and version of this program, as files name it.
pub const GENERATOR: &str = concat!("lexlogs ", env!("CARGO_PKG_VERSION"));

/// Whether a generator is a version of this program.
pub(crate) fn is_generator(text: &str) -> bool {
    let version = text.strip_prefix("lexlogs ").unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    version.starts_with(|c: char| c.is_ascii_digit())
        && version.chars().all(is_plain)
        && version.len() < 40
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name in the bundle's folder.
    pub name: &'static str,
    /// Its content.
    pub text: String,
    /// Its permissions on Unix: 0o755 for what runs in a Unix shell, else
    /// 0o644.
    pub mode: u32,
    /// The SHA-256 of its content, in lower-case hexadecimal digits.
    pub sha256: String,
}

impl File {
    /// A file with its digest, computed here once for all who need it.
    #[must_use]
    pub fn new(name: &'static str, text: String) -> Self {
        let sha256 = sha256(text.as_bytes());
        let is_script = std::path::Path::new(name).extension() == Some("sh".as_ref());
        let mode = if is_script { 0o755 } else { 0o644 };
        Self {
            name,
            text,
            mode,
            sha256,
        }
    }
}

/// The SHA-256 of some bytes, in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// A digest in lower-case hexadecimal digits.
pub(crate) fn hexadecimal(digest: &[u8]) -> String {
    let digits = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * digest.len());
    for byte in digest {
        text.push(char::from(digits[usize::from(byte >> 4)]));
        text.push(char::from(digits[usize::from(byte & 15)]));
    }
    text
}

/// What a receipt knows a bundle by: the SHA-256 of those lines of `SHA256SUMS`
/// that say what is put in place, which are those of the documents and of the
/// request. Takes names and digests, in any order.
#[must_use]
pub fn of_bundle<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut files: Vec<(&str, &str)> = files.into_iter().collect();
    files.sort_unstable();
    let lines: String = files
        .iter()
        .map(|(name, sha256)| format!("{sha256}  {name}\n"))
        .collect();
    sha256(lines.as_bytes())
}
