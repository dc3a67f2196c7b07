//! `lexlogs verify`, asked who signed.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::refused::signed;
use super::{ED25519, ME, SIGNATURE, ZIP, keygen_signs, line, make_key};
use crate::support::{lexlogs, text};

/// Runs `lexlogs verify` with the signers in the file `signers`; gives the exit
/// code and what was said, the result first.
fn verify(place: &Path, signers: &str, arguments: &[&str]) -> (i32, String) {
    fs::write(place.join("signers"), signers).unwrap();
    let asked = ["verify", "--allowed-signers", "signers", "--identity", ME];
    let output = lexlogs(place, &[&asked, arguments].concat());
    let said = [text(&output.stdout), text(&output.stderr)].concat();
    (output.status.code().unwrap(), said)
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn the_signer_is_told_or_why_nobody_counts() {
    let (place, key) = signed();
    let place = place.path();
    let signers = line(ME, &key);
    let (code, said) = verify(place, &signers, &[ZIP]);
    let mut lines = said.lines();
    assert!(lines.next().unwrap().starts_with("OK: "), "{said}");
    let signature = format!("  signature:  signed by {ME}, with the key SHA256:");
    assert!(lines.next_back().unwrap().starts_with(&signature), "{said}");
    assert_eq!((code, lines.count()), (0, 4), "{said}");

    let (code, said) = verify(place, &signers, &[ZIP, "--json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &report["whole"]), (0, &Value::Bool(true)));
    assert_eq!(report["signer"]["identity"], ME);

    let other = make_key(place, "other", ED25519, "");
    let (code, said) = verify(place, &line(ME, &other), &[ZIP]);
    assert!(
        said.starts_with("FAILED: 1 error\n")
            && said.contains("\nb.zip.sig: is not a valid signature of this zip by `me@example.com`: Could not verify signature."),
        "{said}"
    );
    assert_eq!(code, 1);

    // Elsewhere, and of an altered zip.
    fs::rename(place.join(SIGNATURE), place.join("mine.sig")).unwrap();
    let (code, said) = verify(place, &signers, &[ZIP, "--signature", "mine.sig"]);
    assert_eq!(code, 0, "{said}");
    let mut zip = fs::read(place.join(ZIP)).unwrap();
    zip[100] ^= 1;
    fs::write(place.join(ZIP), &zip).unwrap();
    let (code, said) = verify(place, &signers, &[ZIP, "--signature", "mine.sig"]);
    assert!(
        said.contains("\nmine.sig: is not a valid signature of this zip ")
            && said.starts_with("FAILED: 2 errors\n"),
        "{said}"
    );
    assert_eq!(code, 1);
}

/// Of another version's bundle a signature proves what its request cannot.
#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn an_unsigned_bundle_is_a_finding_and_a_signature_a_proof() {
    let (place, key) = signed();
    let place = place.path();
    let signers = line(ME, &key);
    fs::remove_file(place.join(SIGNATURE)).unwrap();
    let (code, said) = verify(place, &signers, &[ZIP]);
    assert_eq!(
        (code, crate::verify::findings(&said).as_str()),
        (1, "b.zip.sig: is missing: the bundle is not signed\n")
    );
    fs::write(place.join(ZIP), crate::hostile::of_another_version()).unwrap();
    let (code, said) = {
        let output = lexlogs(place, &["verify", ZIP]);
        (output.status.code(), text(&output.stdout).to_owned())
    };
    assert!(
        code == Some(1) && said.starts_with("FAILED: not proven: "),
        "{said}"
    );
    keygen_signs(place, &key, "lexlogs");
    let (code, said) = verify(place, &signers, &[ZIP]);
    assert!(
        code == 0 && said.starts_with("OK: ") && said.contains("\n  signature:  signed by "),
        "{said}"
    );
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn what_cannot_be_asked_is_said() {
    let (place, key) = signed();
    let place = place.path();
    let signers = line(ME, &key);
    fs::write(place.join("large"), vec![b'a'; 1 << 20]).unwrap();
    let (code, said) = verify(place, &signers, &[ZIP, "--signature", "large"]);
    assert!(
        said.contains("\nlarge: is not a valid signature of this zip "),
        "{said}"
    );
    assert_eq!(code, 1);
    let (code, said) = verify(place, &signers, &[ZIP, "--signature", "none.sig"]);
    assert!(said.starts_with("error: cannot read none.sig: "), "{said}");
    assert_eq!(code, 3);
    let arguments = [
        "verify",
        ZIP,
        "--allowed-signers",
        "signers",
        "--identity",
        ME,
    ];
    let mut command = super::command(env!("CARGO_BIN_EXE_lexlogs"), place);
    let programs = crate::support::only_programs(&["setsid"]);
    command.args(arguments).env("PATH", programs.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let begin = "error: signatures need ssh-keygen, which is not on the PATH: install ";
    assert!(text(&output.stderr).starts_with(begin), "{output:?}");

    let render = crate::command_line::run(place, "render", &["-o", "folder"]);
    assert!(render.status.success());
    let (code, said) = verify(place, &signers, &["folder"]);
    assert_eq!(
        (code, said.as_str()),
        (
            2,
            "error: folder: a folder has no signature: verify the zip\n"
        )
    );

    let output = lexlogs(place, &["verify", ZIP]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stderr),
        "warning: b.zip.sig was not verified: set --allowed-signers FILE --identity ID\n"
    );
    for alone in [
        ["--allowed-signers", "signers"],
        ["--identity", ME],
        ["--signature", SIGNATURE],
    ] {
        let output = lexlogs(place, &[&["verify", ZIP], &alone[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{alone:?}");
    }
}
