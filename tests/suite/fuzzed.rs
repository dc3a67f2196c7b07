//! The fuzz targets' corpus, replayed: what was found on the way of fuzzing,
//! and what once broke something. `fuzz/run` looks for more.

#[path = "../../fuzz/checks.rs"]
pub(crate) mod checks;

use std::fs;

use crate::support::{names, random_pieces, root};

#[test]
fn everything_that_fuzzing_found_still_holds() {
    type Check = fn(&[u8]);
    let targets: [(&str, Check); 7] = [
        ("config", checks::config),
        ("index", checks::index),
        ("lint", checks::lint),
        ("receipt", checks::receipt),
        ("regions", checks::regions),
        ("targets", checks::targets),
        ("verify", checks::verify),
    ];
    let corpus = root().join("fuzz/corpus");
    assert_eq!(names(&corpus), targets.map(|(name, _)| name));
    for (name, check) in targets {
        let folder = corpus.join(name);
        let inputs = names(&folder);
        assert!(
            (15..=20).contains(&inputs.len()),
            "{name}: {} inputs",
            inputs.len()
        );
        for input in inputs {
            let bytes = fs::read(folder.join(&input)).unwrap();
            let held = std::panic::catch_unwind(|| check(&bytes));
            assert!(held.is_ok(), "fuzz/corpus/{name}/{input}");
        }
    }
}

#[test]
fn what_is_nearly_a_table_is_read_or_told() {
    let pieces = "account-id¦region¦regin¦,¦;¦\t¦\n¦\r\n¦\r¦\"¦\"\"¦ ¦111122223333¦us-east-1¦sep=|\n¦|¦{¦}¦:¦\u{feff}¦é¦日¦\u{1b}¦x";
    let mut random = fastrand::Rng::with_seed(10);
    for _ in 0..2000 {
        let headers = "¦account-id,region\n¦region;tags\r\n¦{\"region\": \"x\"}\n";
        let mut bytes = random_pieces(&mut random, headers, 2).into_bytes();
        bytes.extend(random_pieces(&mut random, pieces, 20).bytes());
        if random.bool() {
            let at = random.usize(..=bytes.len());
            bytes.insert(at, random.u8(..));
        }
        checks::targets(&bytes);
    }
}
