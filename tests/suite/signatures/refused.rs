//! What cannot be signed with, and what does not count as signed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{
    Agent, ED25519, ME, PASSPHRASE, SIGNATURE, ZIP, askpass, command, keygen_signs,
    keygen_verifies, lexlogs_verifies, line, make_key, public, signing, succeed,
};
use crate::support::{folder, names, only_programs, output_of, text};

/// A folder with a signed `b.zip`, and the key.
pub(super) fn signed() -> (tempfile::TempDir, std::path::PathBuf) {
    let place = folder();
    let key = make_key(place.path(), "key", ED25519, "");
    succeed(&mut signing(place.path(), &key));
    (place, key)
}

/// Neither lexlogs nor ssh-keygen may find it good; lexlogs must repeat what
/// ssh-keygen says.
fn both_refuse(folder: &Path, signers: &str, identity: &str) {
    let (good, words) = keygen_verifies(folder, signers, identity);
    assert!(!good, "{signers}: {words}");
    let why = lexlogs_verifies(folder, signers, identity).unwrap_err();
    assert!(!words.is_empty(), "{signers}");
    for word in words.lines() {
        // It names the file of the signers, elsewhere by its full path.
        let word = word.split("signers").last().unwrap();
        // The two run at different times.
        let word = word.split(": verify time ").next().unwrap();
        assert!(why.contains(word.trim_end()), "{word}: {why}");
    }
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn who_is_not_allowed_is_refused_by_both() {
    let (place, key) = signed();
    let other = make_key(place.path(), "other", ED25519, "");
    let rsa = make_key(place.path(), "rsa", &["-t", "rsa", "-b", "2048"], "");
    for signers in [
        String::new(),
        line("you@example.com", &key),
        line("*,!me@example.com", &key),
        line(ME, &other),
        line(ME, &rsa),
        line(&format!("{ME} namespaces=\"*,!lexlogs\""), &key),
        line(&format!("{ME} valid-before=\"20200101\""), &key),
        line(&format!("{ME} valid-after=\"20990101\""), &key),
        line(&format!("{ME} cert-authority"), &key),
        line(&format!("{ME} no-such-option"), &key),
    ] {
        both_refuse(place.path(), &signers, ME);
    }
}

/// Whatever an identity is, it is no option and no word of a shell.
#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn an_identity_is_nothing_but_an_identity() {
    let (place, key) = signed();
    for identity in ["-r", "-Osomething", "--help", "$(touch x)", "a;touch x"] {
        let signers = line(&format!("\"{identity}\""), &key);
        let signer = lexlogs_verifies(place.path(), &signers, identity).unwrap();
        assert_eq!(signer.identity, identity);
        both_refuse(place.path(), &line(ME, &key), identity);
    }
    assert!(!names(place.path()).contains(&"x".to_owned()));
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn who_is_allowed_is_so_for_both() {
    let (place, key) = signed();
    let other = make_key(place.path(), "other", ED25519, "");
    let dates = "NAMESPACES=\"lexlogs\",valid-after=\"20200101\",valid-before=\"209901010000\"";
    let more = [line("you", &key), line(ME, &other), line(ME, &key)].concat();
    for signers in [
        line("\"you@here,m?@example.com\"", &key),
        line(&format!("{ME} {dates}"), &key),
        format!("# who\n\n{ME} not a key\nnot a line\n{more}"),
        line(ME, &key).replace('\n', "\r\n"),
    ] {
        let (good, said) = keygen_verifies(place.path(), &signers, ME);
        assert!(good, "{signers}: {said}");
        let ours = lexlogs_verifies(place.path(), &signers, ME);
        assert!(ours.is_ok(), "{signers}: {ours:?}");
    }
    // A certificate.
    let authority = make_key(place.path(), "authority", ED25519, "");
    let certify = ["-q", "-s", "authority", "-I", "x", "-n", ME, "key.pub"];
    output_of("ssh-keygen", &certify, place.path());
    keygen_signs(place.path(), &place.path().join("key-cert.pub"), "lexlogs");
    let signers = line(&format!("{ME} cert-authority"), &authority);
    assert!(keygen_verifies(place.path(), &signers, ME).0);
    assert!(lexlogs_verifies(place.path(), &signers, ME).is_ok());
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn what_was_changed_or_is_for_something_else_is_refused_by_both() {
    let (place, key) = signed();
    let signers = line(ME, &key);
    let refuse = || both_refuse(place.path(), &signers, ME);
    let (zip, signature) = (place.path().join(ZIP), place.path().join(SIGNATURE));
    let bytes = fs::read(&zip).unwrap();
    for at in [0, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&zip, changed).unwrap();
        refuse();
    }
    let longer = [&bytes[..], b"\0"].concat();
    for other in [&bytes[..bytes.len() - 1], &longer, b""] {
        fs::write(&zip, other).unwrap();
        refuse();
    }
    fs::write(&zip, &bytes).unwrap();

    let whole = fs::read_to_string(&signature).unwrap();
    // Without its last line feed it is whole still.
    for length in (0..whole.len() - 1).step_by(61) {
        fs::write(&signature, &whole[..length]).unwrap();
        refuse();
    }
    for namespace in ["file", "Lexlogs", "lexlogs2"] {
        keygen_signs(place.path(), &key, namespace);
        refuse();
    }
}

#[test]
#[ignore = "needs ssh-keygen and ssh-agent: run tests/run"]
fn what_cannot_sign_is_told_and_nothing_is_written() {
    let keys = folder();
    let key = make_key(keys.path(), "key", ED25519, "");
    let encrypted = make_key(keys.path(), "encrypted", ED25519, PASSPHRASE);
    let alone = make_key(keys.path(), "alone", ED25519, "");
    fs::remove_file(&alone).unwrap();
    let open = make_key(keys.path(), "open", ED25519, "");
    fs::set_permissions(&open, fs::Permissions::from_mode(0o640)).unwrap();
    let garbage = keys.path().join("garbage");
    fs::write(&garbage, "no key").unwrap();
    fs::set_permissions(&garbage, fs::Permissions::from_mode(0o600)).unwrap();

    let agent = Agent::start();
    agent.add(&key);
    let wrong: Vec<_> = askpass(keys.path(), "wrong").into();
    let with_agent = vec![("SSH_AUTH_SOCK", agent.socket().to_str().unwrap().to_owned())];
    let nobody = vec![("SSH_AUTH_SOCK", "/nonexistent/socket".to_owned())];
    let path = only_programs(&["setsid"]);
    let no_keygen = vec![("PATH", path.path().to_str().unwrap().to_owned())];
    for (key, settings, code, by_keygen, said) in [
        (&encrypted, &wrong, 2, true, "incorrect passphrase"),
        (&public(&alone), &vec![], 2, true, "must be in an ssh-agent"),
        (&public(&alone), &nobody, 2, true, "must be in an ssh-agent"),
        (
            &public(&alone),
            &with_agent,
            2,
            true,
            "No private key found",
        ),
        (&open, &vec![], 2, true, "are too open"),
        (
            &garbage,
            &vec![],
            2,
            true,
            "shows whether it can be used at all",
        ),
        (
            &keys.path().join("absent"),
            &vec![],
            3,
            true,
            "cannot read the key",
        ),
        (
            &keys.path().to_owned(),
            &vec![],
            3,
            true,
            "cannot read the key",
        ),
        (
            &key,
            &no_keygen,
            3,
            false,
            "signatures need ssh-keygen, which is not on the PATH: install the OpenSSH client",
        ),
    ] {
        let place = folder();
        let mut command = signing(place.path(), key);
        let output = command.envs(settings.iter().cloned()).output().unwrap();
        let words = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}: {words}");
        assert!(words.contains(said), "{said}: {words}");
        if by_keygen {
            assert!(words.contains("; nothing was written\n"), "{words}");
        }
        assert_eq!(text(&output.stdout), "");
        assert!(!place.path().join(ZIP).exists() && !place.path().join(SIGNATURE).exists());
        // What askpass noted, at most: nothing of the signing is left.
        assert!(
            names(place.path()).iter().all(|name| name == "asked"),
            "{said}"
        );
        if by_keygen {
            fs::write(place.path().join(ZIP), "x").unwrap();
            let mut keygen = self::command("ssh-keygen", place.path());
            keygen
                .args(["-q", "-Y", "sign", "-n", "lexlogs", "-f"])
                .arg(key)
                .arg(ZIP);
            let output = keygen.envs(settings.iter().cloned()).output().unwrap();
            assert!(!output.status.success(), "{said}");
        }
    }
}
