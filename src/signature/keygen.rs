//! Signing by the system's `ssh-keygen -Y sign`. It has every kind of key, asks
//! for passphrases (at the terminal or by `SSH_ASKPASS`), and finds keys in an
//! ssh-agent; what it gives is verified here before it counts.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{NAMESPACE, Refusal, Signature, path_beside};

/// The program.
const KEYGEN: &str = "ssh-keygen";

/// Why there is no signature.
#[derive(Debug)]
pub enum SignError {
    /// The key's file cannot be read.
    Key {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// There is no `ssh-keygen`.
    NoProgram,
    /// The system refused what is needed beside.
    Io(io::Error),
    /// `ssh-keygen` ended without one; it has said why.
    Failed {
        /// The key.
        key: PathBuf,
    },
    /// It gave one that does not count.
    Refused {
        /// The key.
        key: PathBuf,
        /// Why it does not.
        why: Refusal,
    },
}

impl SignError {
    /// Whether the key is at fault, not the system.
    #[must_use]
    pub fn is_of_the_input(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Refused { .. })
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key { path, source } => {
                write!(f, "cannot read the key {}: {source}", path.display())
            }
            Self::NoProgram => write!(
                f,
                "signing needs {KEYGEN}, and there is none on the PATH; install the OpenSSH client (on Windows: Settings, System, Optional features)"
            ),
            Self::Io(source) => write!(f, "cannot sign: {source}"),
            Self::Failed { key } if is_public(key) => write!(
                f,
                "{KEYGEN} did not sign with {}, for the reason above; the private key of a public one must be in an ssh-agent (`ssh-add -l` lists its keys, SSH_AUTH_SOCK names it), or beside it",
                key.display()
            ),
            Self::Failed { key } => write!(
                f,
                "{KEYGEN} did not sign with {}, for the reason above; `{KEYGEN} -y -f KEY` tells whether it can be used at all",
                key.display()
            ),
            Self::Refused { key, why } => {
                write!(
                    f,
                    "the signature by {} does not count: {why}",
                    key.display()
                )
            }
        }?;
        f.write_str("; nothing was written")
    }
}

impl std::error::Error for SignError {}

/// Whether a key is a public one by its name.
fn is_public(key: &Path) -> bool {
    key.extension().is_some_and(|extension| extension == "pub")
}

/// Signs bytes with a key: the file of a private key, or that of a public one
/// whose private key is in an ssh-agent.
///
/// # Errors
/// If there is no `ssh-keygen`, or it does not sign; it says why on the
/// standard error of this process.
pub fn sign(key: &Path, bytes: &[u8]) -> Result<Signature, SignError> {
    // Its own words would be of a key that "is not found", whatever is wrong.
    let unreadable = |source| SignError::Key {
        path: key.to_owned(),
        source,
    };
    let meta = File::open(key).and_then(|file| file.metadata());
    if meta.map_err(unreadable)?.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }

    // A file, for the standard input is where a passphrase may come from.
    let (place, file) = scratch("bundle.zip", bytes).map_err(SignError::Io)?;
    let status = Command::new(KEYGEN)
        .args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"])
        .arg(key)
        .arg(&file)
        .status();
    let status = match status {
        Ok(status) => status,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(SignError::NoProgram),
        Err(error) => return Err(SignError::Io(error)),
    };
    if !status.success() {
        let key = key.to_owned();
        return Err(SignError::Failed { key });
    }
    let text = fs::read_to_string(path_beside(&file)).map_err(SignError::Io)?;
    drop(place);
    let refused = |why| SignError::Refused {
        key: key.to_owned(),
        why,
    };
    let signature = Signature::parse(&text).map_err(refused)?;
    if !signature.fits(bytes) {
        return Err(refused(Refusal::Altered));
    }
    Ok(signature)
}

/// A file in a folder of its own that nobody else can read, for another program
/// to work on; both are gone when the folder is dropped.
///
/// # Errors
/// If the system refuses.
fn scratch(name: &str, bytes: &[u8]) -> io::Result<(tempfile::TempDir, PathBuf)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".lexlogs-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    let place = builder.tempdir()?;
    let file = place.path().join(name);
    fs::write(&file, bytes)?;
    Ok((place, file))
}
