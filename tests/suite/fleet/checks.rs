//! `verify` and `diff` of a fleet's folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lexlogs::digest::sha256;
use serde_json::Value;

use super::{made, place, tree};
use crate::support::folder;
use crate::verify::run;

fn verify(place: &Path, more: &[&str]) -> (i32, String) {
    let mut arguments = vec!["verify", "out"];
    arguments.extend(more);
    let (code, said, complained) = run(place, &arguments);
    (code, said + &complained)
}

#[test]
fn a_fleet_is_whole_and_proven() {
    let place = place(7);
    made(place.path(), "rows.csv", "out", &[]);
    let index = fs::read(place.path().join("out/fleet.json")).unwrap();
    let digest = sha256(&index);
    let zips = tree(&place.path().join("out"));
    let bytes: usize = zips
        .iter()
        .filter(|(path, _)| path.contains('/'))
        .map(|(_, zip)| zip.len())
        .sum();
    let generator = lexlogs::digest::GENERATOR;
    let whole = format!(
        "OK: 7 bundles\n  bundles:    7 ({bytes} bytes)\n  SHA-256:    {digest}  fleet.json\n  generator:  {generator}\n"
    );
    assert_eq!(verify(place.path(), &[]), (0, whole.clone()));
    assert_eq!(
        verify(place.path(), &["--sha256", &digest]),
        (0, whole.clone())
    );
    assert_eq!(
        verify(place.path(), &["--sha256", &digest.to_uppercase()]),
        (0, whole)
    );
    let (code, said) = verify(place.path(), &["--json"]);
    let json: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(code, 0);
    assert_eq!(
        (&json["whole"], &json["proven"]),
        (&true.into(), &true.into())
    );
    assert_eq!(json["bundles"], 7);
    assert_eq!(json["sha256"], digest);
    // A digest that is another's proves nothing.
    let other = "0".repeat(64);
    let (code, said) = verify(place.path(), &["--sha256", &other]);
    assert_eq!(code, 1);
    assert!(
        said.contains(&format!(
            "\nfleet.json: SHA-256 mismatch: expected {other}, got {digest}\n"
        )),
        "{said}"
    );
    assert_eq!(verify(place.path(), &["--sha256", "abc"]).0, 2);
}

#[test]
fn a_bundle_is_proven_by_its_digest_too() {
    let place = folder();
    fs::write(
        place.path().join("out"),
        crate::hostile::of_another_version(),
    )
    .unwrap();
    let digest = sha256(&fs::read(place.path().join("out")).unwrap());
    let (code, said) = verify(place.path(), &[]);
    assert!(
        code == 1 && said.starts_with("FAILED: not proven"),
        "{said}"
    );
    let (code, said) = verify(place.path(), &["--sha256", &digest]);
    assert!(code == 0 && said.starts_with("OK: "), "{said}");
    let (code, said) = verify(place.path(), &["--sha256", &"0".repeat(64)]);
    assert_eq!(code, 1);
    assert!(
        said.contains(&format!(
            "\nSHA-256 mismatch: expected {}, got {digest}\n",
            "0".repeat(64)
        )),
        "{said}"
    );
}

/// What is done to a folder: files by their paths, each removed or written.
type Changes = Vec<(String, Option<Vec<u8>>)>;

/// What somebody may do to a folder that holds `good`, and what is told then.
fn alterations(good: &BTreeMap<String, Vec<u8>>) -> Vec<(Changes, String)> {
    let index = String::from_utf8(good["fleet.json"].clone()).unwrap();
    let sums = String::from_utf8(good["SHA256SUMS"].clone()).unwrap();
    let digest = sha256(index.as_bytes());
    let zips: Vec<&String> = good.keys().filter(|path| path.contains('/')).collect();
    let of = |path: &String| sha256(&good[path]);
    let mut flipped = good[zips[0]].clone();
    flipped[7000] ^= 1;
    let one = |path: &str, bytes: &[u8], told: &str| {
        let change = (path.to_owned(), Some(bytes.to_vec()));
        (vec![change], format!("{path}: {told}"))
    };
    let gone = |path: &str| (vec![(path.to_owned(), None)], format!("{path}: is missing"));
    let unlisted = "is not in the index";
    vec![
        gone(zips[1]),
        gone("SHA256SUMS"),
        one(zips[0], &flipped, "does not match the index"),
        one(
            "100000000000/lex-conversation-logs-extra.zip",
            &good[zips[0]],
            unlisted,
        ),
        one("run-me.sh", b"x", unlisted),
        one("777777777777/x", b"x", unlisted),
        (
            vec![(".lexlogs-fleet/lock".into(), Some(Vec::new()))],
            ".lexlogs-fleet: is of a run that is at work, or was killed: run it again".into(),
        ),
        one(
            "SHA256SUMS",
            sums.replacen(&of(zips[2]), &of(zips[3]), 1).as_bytes(),
            &format!("does not match fleet.json about {}", zips[2]),
        ),
        one(
            "SHA256SUMS",
            (sums.clone() + &sums).as_bytes(),
            "lists more than fleet.json does",
        ),
        one(
            "SHA256SUMS",
            sums.replace(&digest, &of(zips[0])).as_bytes(),
            "does not match fleet.json about fleet.json",
        ),
        one("fleet.json", b"{}", "is no index as lexlogs writes it"),
        (
            vec![(
                "fleet.json".into(),
                Some(
                    index
                        .replace("\"region\":\"eu", "\"region\":\"us")
                        .into_bytes(),
                ),
            )],
            ": is the bundle of another account, Region or role than the index says".into(),
        ),
        forged(good, zips[0]),
    ]
}

/// Whoever alters a bundle can alter the lists as well.
fn forged(good: &BTreeMap<String, Vec<u8>>, path: &str) -> (Changes, String) {
    let mut zip = good[path].clone();
    let at = zip.windows(7).position(|window| window == b"aws iam");
    let at = at.unwrap();
    zip[at..at + 7].copy_from_slice(b"aws IAM");
    let text = |name: &str| {
        let text = std::str::from_utf8(&good[name]).unwrap();
        text.replace(&sha256(&good[path]), &sha256(&zip))
    };
    let index = text("fleet.json");
    let sums = text("SHA256SUMS").replace(&sha256(&good["fleet.json"]), &sha256(index.as_bytes()));
    let told = format!("{path}: is not intact: ");
    let changes = [
        (path, zip),
        ("fleet.json", index.into_bytes()),
        ("SHA256SUMS", sums.into_bytes()),
    ];
    let changes = changes.map(|(path, bytes)| (path.to_owned(), Some(bytes)));
    (changes.into(), told)
}

#[test]
fn whatever_is_altered_is_told() {
    let place = place(6);
    made(place.path(), "rows.csv", "out", &[]);
    let out = place.path().join("out");
    let good = tree(&out);
    let digest = sha256(&good["fleet.json"]);
    let restore = || {
        fs::remove_dir_all(&out).unwrap();
        for (path, bytes) in &good {
            let path = out.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    };
    for (files, told) in alterations(&good) {
        for (path, bytes) in files {
            let path = out.join(path);
            match bytes {
                None => fs::remove_file(path).unwrap(),
                Some(bytes) => {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, bytes).unwrap();
                }
            }
        }
        let (code, said) = verify(place.path(), &[]);
        assert_eq!(code, 1, "{told}: {said}");
        assert!(said.contains(&told), "{told}: {said}");
        assert!(said.starts_with("FAILED: "), "{said}");
        let (code, _) = verify(place.path(), &["--sha256", &digest]);
        assert_eq!(code, 1, "{told}");
        restore();
        assert_eq!(verify(place.path(), &[]).0, 0);
    }
}
