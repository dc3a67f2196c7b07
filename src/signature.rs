//! Signatures of bundles in OpenSSH's format (`SSHSIG`), beside the zip:
//! `BUNDLE.zip.sig`, for `ssh-keygen -Y verify`.
//!
//! They are made by the system's `ssh-keygen` ([`keygen`]), so that no private
//! key and no passphrase ever is in this program; they are verified here, by
//! public keys ([`allowed`]), without any other program.

pub mod allowed;
pub mod keygen;
mod validity;

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;
use ssh_key::public::KeyData;
use ssh_key::{Algorithm, HashAlg, PublicKey, SshSig};

use crate::fault::printable;
use allowed::{Remark, Search};

/// What a signature is for: one that was made for anything else is refused, so
/// that nobody's signature of a mail or a commit passes for one of a bundle.
pub const NAMESPACE: &str = "lexlogs";

/// The shortest RSA key that counts, in bits.
const LEAST_RSA: usize = 2048;

/// Where the signature of a zip is.
#[must_use]
pub fn path_beside(zip: &Path) -> PathBuf {
    let mut path = OsString::from(zip);
    path.push(".sig");
    path.into()
}

/// A signature of a kind that bundles have: its namespace and its key are such
/// as can be verified. Whose it is, and of what, is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    signature: SshSig,
    text: String,
}

impl Signature {
    /// Reads a signature as `ssh-keygen` writes it.
    ///
    /// # Errors
    /// If it is none, or of a kind that no bundle has.
    pub fn parse(armor: &str) -> Result<Self, Refusal> {
        let signature =
            SshSig::from_pem(armor).map_err(|error| Refusal::NotOne(error.to_string()))?;
        if signature.version() != SshSig::VERSION {
            let version = signature.version();
            return Err(Refusal::NotOne(format!("its version is {version}")));
        }
        if !signature.reserved().is_empty() {
            return Err(Refusal::NotOne("it has data that is reserved".into()));
        }
        if signature.namespace() != NAMESPACE {
            return Err(Refusal::Namespace(signature.namespace().to_owned()));
        }
        match signature.public_key() {
            KeyData::Rsa(key) => {
                let modulus = key.n.as_positive_bytes().unwrap_or_default();
                let unused = modulus.first().map_or(0, |first| first.leading_zeros());
                let bits = modulus.len() * 8 - unused as usize;
                if bits < LEAST_RSA {
                    return Err(Refusal::Key(format!("an RSA key of {bits} bits")));
                }
            }
            KeyData::Ed25519(_)
            | KeyData::Ecdsa(_)
            | KeyData::SkEd25519(_)
            | KeyData::SkEcdsaSha2NistP256(_) => {}
            other => {
                let algorithm = other.algorithm();
                let kind = match &algorithm {
                    Algorithm::Dsa => "DSA",
                    other => other.as_str(),
                };
                return Err(Refusal::Key(format!("a {} key", printable(kind))));
            }
        }
        let text = signature
            .to_pem(ssh_key::LineEnding::LF)
            .map_err(|error| Refusal::NotOne(error.to_string()))?;
        // The library forgives lengths that are wrong; nobody writes them. Line
        // ends may be a mail program's.
        let letters = |text: &str| -> String { text.split_ascii_whitespace().collect() };
        if letters(armor) != letters(&text) {
            return Err(Refusal::NotOne("it has been tampered with".into()));
        }
        Ok(Self { signature, text })
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it was made of these bytes, by whomever.
    #[must_use]
    pub fn fits(&self, bytes: &[u8]) -> bool {
        PublicKey::from(self.signature.public_key().clone())
            .verify(NAMESPACE, bytes, &self.signature)
            .is_ok()
    }

    /// Whether both were made with one key.
    #[must_use]
    pub fn is_by_the_key_of(&self, other: &Self) -> bool {
        self.signature.public_key() == other.signature.public_key()
    }

    /// The key that made it, as `ssh-keygen -l` names it: `SHA256:…`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.signature
            .public_key()
            .fingerprint(HashAlg::Sha256)
            .to_string()
    }

    /// The key's kind, such as `ssh-ed25519`.
    #[must_use]
    pub fn key_type(&self) -> String {
        self.signature.public_key().algorithm().as_str().to_owned()
    }
}

/// Who signed a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Signer {
    /// Who, as the verifier named him.
    pub identity: String,
    /// With which kind of key, such as `ssh-ed25519`.
    pub key_type: String,
    /// With which key: `SHA256:…`.
    pub fingerprint: String,
}

impl fmt::Display for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let identity = printable(&self.identity);
        write!(
            f,
            "signed by {identity}, with the {} key {}",
            self.key_type, self.fingerprint
        )
    }
}

/// Why a signature does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no signature in OpenSSH's format, for this reason.
    NotOne(String),
    /// It was made for another namespace.
    Namespace(String),
    /// It was made with a key of a kind that does not count.
    Key(String),
    /// It was made of other bytes.
    Altered,
    /// Its key is not one of the identity's.
    NotAllowed {
        /// Who should have signed.
        identity: String,
        /// The key that did: `SHA256:…`.
        fingerprint: String,
        /// Whether the file has any line for the identity.
        known: bool,
        /// What is to be said of its lines.
        remarks: Vec<Remark>,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOne(why) => write!(
                f,
                "it is not a whole signature of OpenSSH, made with a key and not with a certificate: {}",
                printable(why)
            ),
            Self::Namespace(namespace) => write!(
                f,
                "it was made for the namespace `{}`; a bundle is signed for `{NAMESPACE}`",
                printable(namespace)
            ),
            Self::Key(key) => write!(
                f,
                "it was made with {key}; ed25519, ECDSA and RSA keys of {LEAST_RSA} bits or more count"
            ),
            Self::Altered => f.write_str(
                "it does not fit: the file was changed after it was signed, or another one was signed",
            ),
            Self::NotAllowed {
                identity,
                fingerprint,
                known,
                remarks,
            } => {
                let identity = printable(identity);
                if *known {
                    write!(
                        f,
                        "the key that made it, {fingerprint}, does not count as one of `{identity}`"
                    )?;
                } else {
                    write!(
                        f,
                        "no line of the allowed signers is for `{identity}`; the key that made it is {fingerprint}"
                    )?;
                }
                remarks
                    .iter()
                    .try_for_each(|remark| write!(f, "\n    {remark}"))
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// Verifies a signature as `ssh-keygen -Y verify -n lexlogs` does: `bytes` are
/// the zip's, `signature` the text of its signature, `allowed_signers` the text
/// of a file of that format (see ssh-keygen(1)), and `now` the time at which
/// keys must be valid.
///
/// # Errors
/// Why the signature does not count.
pub fn verify(
    bytes: &[u8],
    signature: &str,
    allowed_signers: &str,
    identity: &str,
    now: SystemTime,
) -> Result<Signer, Refusal> {
    let signature = Signature::parse(signature)?;
    if !signature.fits(bytes) {
        return Err(Refusal::Altered);
    }
    match allowed::search(
        allowed_signers,
        identity,
        signature.signature.public_key(),
        now,
    ) {
        Search::Found => Ok(Signer {
            identity: identity.to_owned(),
            key_type: signature.key_type(),
            fingerprint: signature.fingerprint(),
        }),
        Search::Not { known, remarks } => Err(Refusal::NotAllowed {
            identity: identity.to_owned(),
            fingerprint: signature.fingerprint(),
            known,
            remarks,
        }),
    }
}

#[cfg(test)]
mod tests;
