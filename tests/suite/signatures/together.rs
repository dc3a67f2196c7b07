//! A zip and its signature belong together: neither stands beside another's.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use lexlogs::output::{self, Outcome};
use lexlogs::signature::Signature;

use super::{
    ED25519, ME, SIGNATURE, ZIP, keygen_signs, keygen_verifies, line, make_key, signing, succeed,
};
use crate::support::{bundle, folder, lexlogs, names, request, root, text};

/// Makes another bundle than [`signing`] does, at the same place, with no
/// signature.
fn make_another(place: &Path, more: &[&str]) -> std::process::Output {
    let config = root().join("examples/with-kms/lexlogs.toml");
    let arguments = ["bundle", config.to_str().unwrap(), "-o", ZIP];
    lexlogs(place, &[&arguments, more].concat())
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn neither_is_replaced_without_force() {
    let place = folder();
    let key = make_key(place.path(), "key", &["-t", "ecdsa"], "");
    let other = make_key(place.path(), "other", &["-t", "ecdsa"], "");
    succeed(&mut signing(place.path(), &key));
    let read = |name: &str| fs::read(place.path().join(name)).unwrap();
    let (zip, signature) = (read(ZIP), read(SIGNATURE));

    // ECDSA would sign differently each time: a signature by the same key stays.
    let output = succeed(&mut signing(place.path(), &key));
    assert!(text(&output.stderr).contains("unchanged: "));
    assert_eq!(read(SIGNATURE), signature);

    let output = signing(place.path(), &other).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        text(&output.stderr),
        "error: b.zip.sig already exists and differs; nothing was written\n |\n = note: it is the signature by another key\n \
         = help: use --force to replace it, or -o to write elsewhere\n"
    );
    assert_eq!(
        (read(ZIP), read(SIGNATURE)),
        (zip.clone(), signature.clone())
    );
    succeed(signing(place.path(), &other).arg("--force"));
    assert_eq!(read(ZIP), zip);
    assert!(keygen_verifies(place.path(), &line(ME, &other), ME).0);

    // A zip that is there gets the signature that it has not.
    fs::remove_file(place.path().join(SIGNATURE)).unwrap();
    succeed(&mut signing(place.path(), &key));
    assert!(keygen_verifies(place.path(), &line(ME, &key), ME).0);
    assert_eq!(
        names(place.path()).len(),
        7,
        "two keys, `signers` and the two files: nothing else"
    );
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn an_unsigned_zip_is_not_put_beside_another_signature() {
    let place = folder();
    let key = make_key(place.path(), "key", ED25519, "");
    succeed(&mut signing(place.path(), &key));
    fs::remove_file(place.path().join(ZIP)).unwrap();
    let output = make_another(place.path(), &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).contains("b.zip.sig already exists and differs; nothing was written\n |\n = note: it is the signature of another zip\n"),
        "{}",
        text(&output.stderr)
    );
    assert!(!place.path().join(ZIP).exists());
    assert!(make_another(place.path(), &["--force"]).status.success());
    assert!(!place.path().join(SIGNATURE).exists());
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn what_is_no_signature_of_ours_is_left_alone() {
    let place = folder();
    let key = make_key(place.path(), "key", ED25519, "");
    let beside = place.path().join(SIGNATURE);
    // Such a name GnuPG gives to its signatures, too.
    for theirs in [&b"\x89\x02\x33 of GnuPG"[..], b""] {
        fs::write(&beside, theirs).unwrap();
        for output in [
            make_another(place.path(), &["--force"]),
            signing(place.path(), &key).arg("--force").output().unwrap(),
        ] {
            assert_eq!(output.status.code(), Some(3));
            let said = text(&output.stderr);
            let why = "b.zip.sig already exists and is not the signature of a bundle; nothing was written\n |\n = help: move it away\n";
            assert!(said.contains(why), "{said}");
        }
        assert_eq!(fs::read(&beside).unwrap(), theirs);
        assert!(!place.path().join(ZIP).exists());
    }
    fs::remove_file(&beside).unwrap();
    fs::create_dir(&beside).unwrap();
    let output = signing(place.path(), &key).output().unwrap();
    assert!(text(&output.stderr).contains("b.zip.sig already exists and is not a file"));
    assert!(!place.path().join(ZIP).exists());
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn whoever_looks_finds_no_signature_that_does_not_fit() {
    let place = folder();
    let key = make_key(place.path(), "key", ED25519, "");
    let base = [
        ("lex-version", "v2"),
        ("account-id", "111122223333"),
        ("region", "us-east-1"),
    ];
    let made = ["/lex/one", "/lex/two"].map(|name| {
        let bundle = bundle(&request(base.into_iter().chain([("log-group-name", name)])));
        let bytes = bundle.to_zip().unwrap();
        fs::write(place.path().join(ZIP), &bytes).unwrap();
        keygen_signs(place.path(), &key, "lexlogs");
        let armor = fs::read_to_string(place.path().join(SIGNATURE)).unwrap();
        let signature = Signature::of(&bytes, &armor).unwrap().unwrap();
        (bundle, bytes, signature)
    });
    let (zip, beside) = (place.path().join(ZIP), place.path().join(SIGNATURE));
    let (done, both) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        let looker = scope.spawn(|| {
            let mut looks = 0;
            while !done.load(Ordering::Relaxed) {
                let before = fs::read_to_string(&beside).ok();
                let bytes = fs::read(&zip).unwrap();
                let after = fs::read_to_string(&beside).ok();
                looks += 1;
                // What stood there all the time.
                if let Some(armor) = before.filter(|before| after.as_ref() == Some(before)) {
                    both.fetch_add(1, Ordering::Relaxed);
                    let known = made.iter().find(|(_, known, _)| *known == bytes);
                    let (_, _, signature) = known.expect("a whole zip");
                    assert_eq!(signature.text, armor, "after {looks} looks");
                }
            }
            looks
        });
        // The deadline is only for a hang.
        let end = Instant::now() + Duration::from_secs(120);
        let enough = |turns| turns >= 10 && both.load(Ordering::Relaxed) > 100;
        let mut turns = 0;
        while !enough(turns) && Instant::now() < end && !looker.is_finished() {
            let (bundle, bytes, signature) = &made[turns % 2];
            let outcome = output::zip(&zip, bytes, bundle, Some(signature), true).unwrap();
            // The first turn finds the second bundle.
            assert_eq!(outcome, Outcome::Written);
            turns += 1;
        }
        done.store(true, Ordering::Relaxed);
        let looks = looker.join().unwrap();
        assert!(enough(turns), "{turns} turns, {both:?} of {looks} looks");
    });
}
