//! Signatures of bundles in OpenSSH's format, beside the zip: `BUNDLE.zip.sig`.
//!
//! The system's `ssh-keygen` makes and verifies them, as it does for git: it has
//! every kind of key, asks for passphrases (at the terminal or by
//! `SSH_ASKPASS`), finds keys in an ssh-agent, and knows the file of allowed
//! signers. What it prints differs from version to version: its exit code
//! decides, and its words are only repeated.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Serialize;

use crate::diagnostic::{escape_path, escape_value};
use crate::io_error;

/// What a signature is for: one that was made for anything else is refused, so
/// that nobody's signature of a mail or a commit passes for one of a bundle.
const NAMESPACE: &str = "lexlogs";

const KEYGEN: &str = "ssh-keygen";

const ARMOR: &str = "-----BEGIN SSH SIGNATURE-----";

pub fn path_beside(zip: &Path) -> PathBuf {
    let mut path = OsString::from(zip);
    path.push(".sig");
    path.into()
}

/// Whether a file is a signature in OpenSSH's format, of whatever.
pub fn is_one(text: &[u8]) -> bool {
    text.starts_with(ARMOR.as_bytes())
}

/// A signature that fits the bytes that it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub text: String,
    /// The key that made it, as ssh-keygen names it: `SHA256:…`.
    pub fingerprint: String,
}

impl Signature {
    /// The signature that this text is, of these bytes, by whomever; or, in
    /// ssh-keygen's words, why it is none.
    pub fn of(bytes: &[u8], text: &str) -> Result<Result<Self, String>, Error> {
        let (_place, file) = scratch("bundle.zip.sig", text.as_bytes()).map_err(Error::Io)?;
        let mut command = Command::new(KEYGEN);
        command.args(["-Y", "check-novalidate", "-n", NAMESPACE, "-s"]);
        let checked = run(command.arg(file), bytes)?;
        Ok(checked.map(|words| Self {
            text: text.to_owned(),
            fingerprint: fingerprint(&words),
        }))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// Who, as the verifier named him.
    pub identity: String,
    /// With which key, as ssh-keygen names it: `SHA256:…`.
    pub fingerprint: String,
}

impl fmt::Display for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let identity = escape_value(&self.identity);
        write!(f, "signed by {identity}, with the key {}", self.fingerprint)
    }
}

/// Why `ssh-keygen` could not be asked, or did not sign.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read the key {}: {}; nothing was written", escape_path(.path), io_error::reason(.source))]
    Key { path: PathBuf, source: io::Error },
    #[error(
        "signatures need {KEYGEN}, which is not on the PATH: install the OpenSSH client (Windows: Settings, System, Optional features)"
    )]
    NoProgram,
    /// The system refused what is needed beside.
    #[error("cannot run {KEYGEN}: {}", io_error::reason(.0))]
    Io(io::Error),
    /// It ended without a signature, and has said why.
    #[error("{KEYGEN} did not sign with {}, for the reason above; {}; nothing was written", escape_path(.key), why_not(.key))]
    Failed { key: PathBuf },
    /// It gave one that it does not find good, in its words.
    #[error("{KEYGEN} refuses its own signature by {}: {why}; nothing was written", escape_path(.key))]
    Refused { key: PathBuf, why: String },
}

impl Error {
    /// Whether the key is at fault, not the system.
    pub fn is_of_the_input(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Refused { .. })
    }
}

/// Where to look if a key does not sign.
fn why_not(key: &Path) -> String {
    if key.extension().is_some_and(|extension| extension == "pub") {
        "the private key of a public one must be in an ssh-agent (`ssh-add -l` lists its keys, SSH_AUTH_SOCK names it), or beside it".into()
    } else {
        format!("`{KEYGEN} -y -f KEY` shows whether it can be used at all")
    }
}

/// Signs bytes with a key: the file of a private key, or that of a public one
/// whose private key is in an ssh-agent.
pub fn sign(key: &Path, bytes: &[u8]) -> Result<Signature, Error> {
    // Its own words would be of a key that "is not found", whatever is wrong.
    let unreadable = |source| Error::Key {
        path: key.to_owned(),
        source,
    };
    let meta = File::open(key).and_then(|file| file.metadata());
    if meta.map_err(unreadable)?.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    // A file, for the standard input is where a passphrase may come from.
    let (_place, file) = scratch("bundle.zip", bytes).map_err(Error::Io)?;
    let mut command = Command::new(KEYGEN);
    command.args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"]);
    let status = command.arg(key).arg(&file).status().map_err(missing)?;
    let key = key.to_owned();
    if !status.success() {
        return Err(Error::Failed { key });
    }
    let text = fs::read_to_string(path_beside(&file)).map_err(Error::Io)?;
    Signature::of(bytes, &text)?.map_err(|why| Error::Refused { key, why })
}

/// Verifies that the signature in a file is one of these bytes by `identity`,
/// whose keys are in the file of allowed signers, see ssh-keygen(1); or says, in
/// ssh-keygen's words, why not.
pub fn verify(
    bytes: &[u8],
    signature: &Path,
    allowed_signers: &Path,
    identity: &str,
) -> Result<Result<Signer, String>, Error> {
    let mut command = Command::new(KEYGEN);
    command.args(["-Y", "verify", "-n", NAMESPACE, "-f"]);
    // As one word with its option, no identity is an option of its own.
    command.arg(allowed_signers).arg(format!("-I{identity}"));
    let verified = run(command.arg("-s").arg(signature), bytes)?;
    Ok(match verified {
        Ok(words) => Ok(Signer {
            identity: identity.to_owned(),
            fingerprint: fingerprint(&words),
        }),
        Err(why) => Err(format!(
            "is not a valid signature of this zip by `{}`: {why} (`{KEYGEN} -Y find-principals` prints whose key it is)",
            escape_value(identity)
        )),
    })
}

/// Runs `ssh-keygen` with bytes as its standard input: what it says if it is
/// content, else what it says then.
fn run(command: &mut Command, bytes: &[u8]) -> Result<Result<String, String>, Error> {
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(missing)?;
    let stdin = child.stdin.take();
    // It may print before it has read all, and may not read all.
    let output = std::thread::scope(|scope| {
        scope.spawn(|| stdin.map(|mut stdin| stdin.write_all(bytes)));
        child.wait_with_output()
    });
    let output = output.map_err(Error::Io)?;
    let words = [output.stderr, output.stdout].concat();
    let words = String::from_utf8_lossy(&words);
    let lines: Vec<&str> = words.lines().map(str::trim_end).collect();
    let words = lines.join("; ");
    Ok(if output.status.success() {
        Ok(words)
    } else {
        Err(words)
    })
}

/// The key in what ssh-keygen says; all of it, should another version name keys
/// otherwise.
fn fingerprint(words: &str) -> String {
    let mut names = words.split_whitespace();
    let name = names.find(|word| word.starts_with("SHA256:"));
    escape_value(name.unwrap_or(words))
}

fn missing(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::NoProgram,
        _ => Error::Io(error),
    }
}

/// A file in a folder of its own that nobody else can read, for another program
/// to work on; both are gone when the folder is dropped.
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
