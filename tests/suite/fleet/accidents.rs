//! Runs that are killed, interrupted, or meet something in their way: every
//! bundle that is there is whole, and running again makes the rest.

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::{fleet, made, place, table, tree};
use crate::support::count;

/// Starts a run.
fn start(place: &Path, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_lexlogs"))
        .args(["fleet", "rows.csv", "--config", "shared.toml", "-o", "out"])
        .args(more)
        .current_dir(place)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// How many zips are there.
fn zips(out: &Path) -> usize {
    let Ok(accounts) = fs::read_dir(out) else {
        return 0;
    };
    accounts
        .filter_map(|account| fs::read_dir(account.ok()?.path()).ok())
        .flatten()
        .filter(|file| {
            file.as_ref()
                .is_ok_and(|file| file.path().extension() == Some("zip".as_ref()))
        })
        .count()
}

/// Waits until so many zips are there, or the run has ended.
fn wait_for(child: &mut Child, out: &Path, count: usize) {
    while zips(out) < count && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
}

#[test]
fn a_killed_run_leaves_whole_bundles_for_the_next() {
    let (place, mut random) = (place(16), fastrand::Rng::with_seed(9));
    made(place.path(), "rows.csv", "undisturbed", &[]);
    let expected = tree(&place.path().join("undisturbed"));
    let out = place.path().join("out");
    let moments = count(10, 50);
    let mut killed = 0;
    // A run can end before it is killed; repeat until most were killed.
    for moment in 0..10 * moments {
        if moment >= moments && killed > moments / 2 {
            break;
        }
        // Onto nothing, and onto a fleet of other parameters.
        if moment % 2 == 0 {
            let _ = fs::remove_dir_all(&out);
        } else {
            made(place.path(), "rows.csv", "out", &["--tags", "a=b"]);
        }
        let mut run = start(place.path(), &[]);
        if moment % 2 == 0 {
            wait_for(&mut run, &out, random.usize(..=16));
        }
        std::thread::sleep(Duration::from_micros(random.u64(..60_000)));
        run.kill().unwrap();
        killed += usize::from(run.wait().unwrap().signal() == Some(9));

        if out.exists() {
            for (path, bytes) in tree_with_leftovers(&out) {
                if path.contains("/lex-") {
                    let report = lexlogs::verify(&bytes);
                    assert!(report.proven, "{path}: {report}");
                }
            }
        }
        made(place.path(), "rows.csv", "out", &[]);
        assert!(tree(&out) == expected, "moment {moment}");
    }
    assert!(killed > moments / 2, "{killed} were killed");
}

/// All that is there but for the folder in which files are made.
fn tree_with_leftovers(out: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(out).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() && name != ".lexlogs-fleet" {
            for file in fs::read_dir(entry.path()).unwrap() {
                let file = file.unwrap();
                let path = format!("{name}/{}", file.file_name().into_string().unwrap());
                files.push((path, fs::read(file.path()).unwrap()));
            }
        }
    }
    files
}

#[test]
fn ctrl_c_ends_it_at_a_bundle() {
    let place = place(60);
    made(place.path(), "rows.csv", "undisturbed", &[]);
    let expected = tree(&place.path().join("undisturbed"));
    let out = place.path().join("out");
    for signal in ["-INT", "-TERM"] {
        let _ = fs::remove_dir_all(&out);
        let mut run = start(place.path(), &[]);
        wait_for(&mut run, &out, 3);
        self::signal(&run, signal);
        let status = run.wait().unwrap();
        let mut said = String::new();
        run.stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(status.code(), Some(130), "{said}");
        let done = zips(&out);
        assert!((3..60).contains(&done), "{done}");
        assert!(
            said.ends_with(&format!(
                "error: interrupted; {done} of 60 bundles exist, each complete: run the command again to generate the others\n"
            )),
            "{said}"
        );
        // Nothing of the making is left.
        assert_eq!(tree(&out).len(), done);
        let said = made(place.path(), "rows.csv", "out", &[]);
        assert!(
            said.starts_with(&format!(
                "60 bundles: {} written, {done} unchanged",
                60 - done
            )),
            "{said}"
        );
        assert!(tree(&out) == expected);
    }
}

#[test]
fn two_runs_into_one_folder_are_kept_apart() {
    let place = place(60);
    let mut first = start(place.path(), &[]);
    wait_for(&mut first, &place.path().join("out"), 1);
    let (code, _, said) = fleet(place.path(), "rows.csv", "out", &[]);
    assert_eq!(code, 3);
    assert!(
        said.starts_with(
            "error: out is being written to by another lexlogs; wait until it has ended\n"
        ),
        "{said}"
    );
    assert!(first.wait().unwrap().success());
    made(place.path(), "rows.csv", "out", &[]);
}

#[test]
fn what_is_no_bundle_is_not_replaced() {
    let place = place(6);
    made(place.path(), "rows.csv", "expected", &[]);
    let expected = tree(&place.path().join("expected"));
    let paths: Vec<&String> = expected.keys().filter(|path| path.contains('/')).collect();
    let out = place.path().join("out");
    let own = out.join(paths[2]);
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::write(&own, "my notes").unwrap();
    let (code, said, complained) = fleet(place.path(), "rows.csv", "out", &["--jobs", "1"]);
    assert_eq!((code, said.as_str()), (3, ""));
    let told = format!(
        "out/{} already exists and is not a bundle; move it away, or overwrite it with --force",
        paths[2]
    );
    assert_eq!(
        complained,
        format!(
            "error: {told}\n |\n = help: all bundles that were written are complete: fix this and run the command again\n"
        )
    );
    assert_eq!(tree(&out).len(), 3);
    // The others are made if that is asked for, but there is no index of half a fleet.
    let (code, said, complained) = fleet(place.path(), "rows.csv", "out", &["--keep-going"]);
    assert_eq!((code, said.as_str()), (3, ""));
    assert!(complained.contains(&told), "{complained}");
    assert_eq!(tree(&out).len(), 6);
    assert_eq!(fs::read(&own).unwrap(), b"my notes");
    made(place.path(), "rows.csv", "out", &["--force"]);
    assert!(tree(&out) == expected);

    // A file where the account's folder belongs.
    let account = out.join(paths[0]).parent().unwrap().to_owned();
    fs::remove_dir_all(&account).unwrap();
    fs::write(&account, "x").unwrap();
    let (code, _, complained) = fleet(place.path(), "rows.csv", "out", &["--force"]);
    assert_eq!(code, 3, "{complained}");
    assert_eq!(fs::read(&account).unwrap(), b"x");
}

#[test]
fn an_index_of_another_program_is_not_replaced() {
    let place = place(4);
    made(place.path(), "rows.csv", "out", &[]);
    let out = place.path().join("out");
    let index = fs::read_to_string(out.join("fleet.json")).unwrap();
    fs::write(place.path().join("rows.csv"), table(2)).unwrap();
    fs::write(place.path().join("victim.zip"), "precious").unwrap();
    let digest = lexlogs::digest::sha256(b"precious");
    let line = index.lines().nth(4).unwrap();
    let path = line.split('"').nth(3).unwrap();
    let old = line.split('"').rev().nth(1).unwrap();
    for hostile in [
        index.replace(path, "../victim.zip").replace(old, &digest),
        index
            .replace(path, "100000000000/../../victim.zip")
            .replace(old, &digest),
    ] {
        fs::write(out.join("fleet.json"), &hostile).unwrap();
        let before = tree(&out);
        let (code, _, complained) = fleet(place.path(), "rows.csv", "out", &["--prune"]);
        assert_eq!(code, 3);
        assert!(
            complained.starts_with("error: out/fleet.json is no index as lexlogs writes it: "),
            "{complained}"
        );
        assert!(complained.contains("; move it away\n"), "{complained}");
        assert!(tree(&out) == before);
    }
    assert_eq!(
        fs::read(place.path().join("victim.zip")).unwrap(),
        b"precious"
    );
}

#[test]
fn a_role_that_is_spelt_otherwise_takes_the_place_of_its_bundle() {
    let place = place(3);
    made(place.path(), "rows.csv", "out", &["--role-name", "MyRole"]);
    made(
        place.path(),
        "rows.csv",
        "fresh",
        &["--role-name", "myrole"],
    );
    let out = place.path().join("out");
    let own = tree(&out).into_keys().next().unwrap();
    fs::write(out.join(&own), "mine").unwrap();
    let said = made(place.path(), "rows.csv", "out", &["--role-name", "myrole"]);
    assert!(
        said.starts_with(&format!(
            "note: {own} is not what the index of the previous run lists"
        )),
        "{said}"
    );
    assert_eq!(fs::read(out.join(&own)).unwrap(), b"mine");
    fs::remove_file(out.join(&own)).unwrap();
    assert!(tree(&out) == tree(&place.path().join("fresh")));
}

#[test]
fn more_failures_than_a_hundred_are_counted() {
    let place = place(260);
    let out = place.path().join("out");
    made(place.path(), "rows.csv", "out", &[]);
    for path in tree(&out).keys().filter(|path| path.contains('/')) {
        fs::write(out.join(path), "mine").unwrap();
    }
    let (code, _, said) = fleet(place.path(), "rows.csv", "out", &["--keep-going"]);
    assert_eq!(code, 3);
    assert_eq!(said.matches("is not a bundle; move it away").count(), 100);
    assert!(said.contains("\n       and 160 more\n"), "{said}");
    let (_, said, _) = fleet(place.path(), "rows.csv", "out", &["--keep-going", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(json["failed"].as_array().unwrap().len(), 100);
    assert_eq!(json["more-failed"], 160);
    // Of rows that are gone.
    fs::write(place.path().join("rows.csv"), table(2)).unwrap();
    let some = tree(&out)
        .into_keys()
        .filter(|path| path.contains("us-east-1"));
    for path in some.take(1) {
        fs::remove_file(out.join(path)).unwrap();
    }
    let said = made(place.path(), "rows.csv", "out", &["--force"]);
    assert_eq!(said.matches("is not what the index").count(), 100);
    assert!(said.contains("\nnote: and 158 more\n"), "{said}");
}

#[test]
fn more_threads_than_the_system_has_are_not_asked_for() {
    let place = place(3);
    made(place.path(), "rows.csv", "out", &["--jobs", "1000000"]);
    assert_eq!(tree(&place.path().join("out")).len(), 5);
}

#[test]
fn ctrl_c_ends_it_while_it_waits_for_rows() {
    let place = place(1);
    let mut run = Command::new(env!("CARGO_BIN_EXE_lexlogs"))
        .args(["fleet", "-", "--config", "shared.toml", "-o", "out"])
        .current_dir(place.path())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let rows = run.stdin.take().unwrap();
    wait_until_it_catches_interrupts(&run);
    signal(&run, "-INT");
    let ended = (0..1200).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        run.try_wait().unwrap()
    });
    drop(rows);
    run.wait().unwrap();
    assert_eq!(ended.and_then(|status| status.code()), Some(130));
    assert!(!place.path().join("out").exists());
}

#[test]
fn a_run_under_nohup_goes_on() {
    let place = place(60);
    let out = place.path().join("out");
    let program = env!("CARGO_BIN_EXE_lexlogs");
    let arguments = ["fleet", "rows.csv", "--config", "shared.toml", "-o", "out"];
    let mut run = Command::new("nohup")
        .arg(program)
        .args(arguments)
        .current_dir(place.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for(&mut run, &out, 3);
    signal(&run, "-HUP");
    assert!(run.wait().unwrap().success());
    assert_eq!(zips(&out), 60);
}

/// Waits until the program handles Ctrl+C; before that, the signal itself would end it.
fn wait_until_it_catches_interrupts(run: &Child) {
    let status = format!("/proc/{}/status", run.id());
    let catches = || {
        // Only Linux reports this. Elsewhere, assume that a second is enough.
        let Ok(status) = fs::read_to_string(&status) else {
            return !Path::new("/proc/self/status").exists();
        };
        let mut lines = status.lines();
        let caught = lines.find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        // SIGINT is 2, and the lowest bit is signal 1.
        u64::from_str_radix(caught.trim(), 16).unwrap() & 2 != 0
    };
    if !Path::new("/proc/self/status").exists() {
        std::thread::sleep(Duration::from_secs(1));
    }
    let found = (0..12_000).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        catches()
    });
    assert!(found, "it never catches SIGINT");
}

/// Sends a signal to a run.
fn signal(run: &Child, signal: &str) {
    let id = run.id().to_string();
    let sent = Command::new("kill").args([signal, &id]).status().unwrap();
    assert!(sent.success());
}
