//! A run onto what the run before left: what is there is compared, and what no
//! row is behind any more stays until it is pruned.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;

use super::{entries, fleet, made, place, table, tree};
use crate::verify::run;

#[test]
fn only_bundles_that_differ_are_written_again() {
    let place = place(9);
    made(place.path(), "rows.csv", "out", &[]);
    let out = place.path().join("out");
    let expected = tree(&out);
    let times = || -> BTreeMap<String, (i64, i64, u64)> {
        let zips = expected.keys().filter(|path| path.contains('/'));
        zips.map(|path| {
            let meta = fs::metadata(out.join(path)).unwrap();
            (path.clone(), (meta.mtime(), meta.mtime_nsec(), meta.ino()))
        })
        .collect()
    };
    let before = times();
    let said = made(place.path(), "rows.csv", "out", &[]);
    assert!(
        said.starts_with("9 bundles: 0 written, 9 unchanged"),
        "{said}"
    );
    assert_eq!(times(), before);

    // Same name and size, another content; cut off; gone; the index gone; of another row.
    let zips: Vec<&String> = before.keys().collect();
    let mut altered = expected[zips[0]].clone();
    altered[5000] ^= 1;
    fs::write(out.join(zips[0]), altered).unwrap();
    fs::write(out.join(zips[1]), &expected[zips[1]][..9000]).unwrap();
    fs::remove_file(out.join(zips[2])).unwrap();
    fs::write(out.join(zips[3]), &expected[zips[4]]).unwrap();
    fs::remove_file(out.join("fleet.json")).unwrap();
    let said = made(place.path(), "rows.csv", "out", &[]);
    assert!(
        said.starts_with("9 bundles: 4 written, 5 unchanged"),
        "{said}"
    );
    assert!(tree(&out) == expected);
    let after = times();
    for zip in &zips[4..] {
        assert_eq!(after[*zip], before[*zip]);
    }
}

#[test]
fn bundles_of_rows_that_are_gone_stay_until_they_are_pruned() {
    let place = place(10);
    made(place.path(), "rows.csv", "out", &[]);
    let out = place.path().join("out");
    fs::write(place.path().join("rows.csv"), table(6)).unwrap();
    made(place.path(), "rows.csv", "fresh", &[]);
    let (all, fresh) = (tree(&out), tree(&place.path().join("fresh")));

    let said = made(place.path(), "rows.csv", "out", &[]);
    assert!(
        said.ends_with("\n4 bundles of rows that are gone are still there; --prune removes them\n"),
        "{said}"
    );
    let kept = tree(&out);
    assert_eq!(kept.len(), 12);
    let stale = entries(&out.join("fleet.json"))
        .into_iter()
        .filter(|entry| entry["stale"] == true);
    assert_eq!(stale.count(), 4);
    let (code, said, _) = run(place.path(), &["verify", "out"]);
    assert!(
        code == 0 && said.contains("\n  stale:      4, whose rows were removed\n"),
        "{said}"
    );

    // What the index does not list is nobody's to remove, and what was altered neither.
    let paths: Vec<&String> = all
        .keys()
        .filter(|path| path.contains('/') && !fresh.contains_key(*path))
        .collect();
    let foreign = out.join("999999999999");
    fs::create_dir(&foreign).unwrap();
    fs::copy(
        out.join(paths[0]),
        foreign.join("lex-conversation-logs-x.zip"),
    )
    .unwrap();
    fs::write(out.join(paths[0]), "mine").unwrap();
    let said = made(place.path(), "rows.csv", "out", &["--prune"]);
    assert!(
        said.starts_with(&format!(
            "note: {} is not what the index of the previous run lists",
            paths[0]
        )),
        "{said}"
    );
    assert!(
        said.ends_with("\n3 bundles of rows that are gone removed\n"),
        "{said}"
    );
    assert_eq!(fs::read(out.join(paths[0])).unwrap(), b"mine");
    fs::remove_file(out.join(paths[0])).unwrap();
    let _ = fs::remove_dir(out.join(paths[0]).parent().unwrap());
    fs::remove_dir_all(foreign).unwrap();
    assert!(tree(&out) == fresh);
}

#[test]
fn nothing_is_pruned_while_rows_have_faults() {
    let place = place(4);
    made(place.path(), "rows.csv", "out", &[]);
    let rows = table(4).replace("eu-west-1", "eu_west_1");
    fs::write(place.path().join("rows.csv"), rows).unwrap();
    let (code, _, said) = fleet(
        place.path(),
        "rows.csv",
        "out",
        &["--keep-going", "--prune"],
    );
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("note: nothing was pruned: "), "{said}");
    assert_eq!(tree(&place.path().join("out")).len(), 6);
}
