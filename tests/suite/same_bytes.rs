//! A bundle is the same bytes whatever surrounds the program that makes it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::examples::{DIGESTS, render_into};
use crate::support::{bundle, folder, lexlogs, output_of, random_request, request, root, text};

/// Whether a file has that ending.
fn is_of(name: &str, ending: &str) -> bool {
    Path::new(name).extension() == Some(ending.as_ref())
}

/// What may be different around two runs.
struct Surrounding {
    variables: &'static [(&'static str, &'static str)],
    umask: &'static str,
    /// What the command begins with.
    before: &'static str,
}

const SURROUNDINGS: [Surrounding; 3] = [
    Surrounding {
        variables: &[
            ("TZ", "Asia/Kathmandu"),
            ("LANG", "C"),
            ("HOME", "/nonexistent"),
            ("SOURCE_DATE_EPOCH", "1"),
        ],
        umask: "077",
        before: "",
    },
    Surrounding {
        variables: &[
            ("TZ", "America/St_Johns"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "tr_TR.UTF-8"),
            ("USER", "someone"),
            ("HOSTNAME", "elsewhere"),
            ("COLUMNS", "20"),
        ],
        umask: "000",
        before: "taskset -c 0 ",
    },
    Surrounding {
        variables: &[
            ("TZ", ":garbage"),
            ("LANG", "garbage"),
            ("HOME", "/"),
            ("TMPDIR", "/"),
            ("RAYON_NUM_THREADS", "7"),
        ],
        umask: "022",
        before: "",
    },
];

#[test]
fn surroundings_do_not_show_in_the_bytes() {
    let folder = folder();
    let rendered = folder.path().join("rendered");
    fs::create_dir(&rendered).unwrap();
    render_into(&rendered);
    for (index, surrounding) in SURROUNDINGS.iter().enumerate() {
        let Surrounding {
            variables,
            umask,
            before,
        } = surrounding;
        // Another current folder each time, and another way to the file.
        let here = folder.path().join(format!("{index} é"));
        fs::create_dir(&here).unwrap();
        std::os::unix::fs::symlink(root().join("examples"), here.join("link")).unwrap();
        let script = format!(
            "umask {umask}; exec {before}{} bundle \"$1\" -o \"$2\"",
            env!("CARGO_BIN_EXE_lexlogs")
        );
        for (example, digest) in DIGESTS {
            let config = match index {
                0 => root().join("examples").join(example).join("lexlogs.toml"),
                _ => format!("./link/{example}/lexlogs.toml").into(),
            };
            // The request of a bundle is a parameter file, in the table's order.
            let config = match index {
                2 => format!("../rendered/{example}/request.json").into(),
                _ => config,
            };
            let zip = here.join(format!("{example}.zip"));
            let mut command = Command::new("sh");
            command
                .args(["-c", &script, "sh"])
                .args([&config, &zip])
                .current_dir(&here)
                .env_clear()
                .env("PATH", "/usr/bin:/bin")
                .envs(variables.iter().copied());
            let output = command.output().unwrap();
            assert!(output.status.success(), "{}", text(&output.stderr));
            let bytes = fs::read(&zip).unwrap();
            assert_eq!(
                lexlogs::digest::sha256(&bytes),
                digest,
                "{index}: {example}"
            );
        }
    }
}

#[test]
fn many_at_once_make_what_one_makes() {
    let digests: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = DIGESTS
            .iter()
            .rev()
            .map(|(example, _)| {
                scope.spawn(move || {
                    let config = root().join("examples").join(example).join("lexlogs.toml");
                    let bytes = fs::read(&config).unwrap();
                    let config = lexlogs::config::Config::parse(&config, &bytes);
                    let request =
                        lexlogs::request::Request::new(&config.parameters, config.faults).unwrap();
                    let zip = bundle(&request).to_zip().unwrap();
                    lexlogs::digest::sha256(&zip)
                })
            })
            .collect();
        let digests = runs.into_iter().map(|run| run.join().unwrap());
        digests.collect()
    });
    let expected = DIGESTS.iter().rev().map(|(_, digest)| (*digest).to_owned());
    assert_eq!(digests, expected.collect::<Vec<_>>());
}

#[test]
fn the_order_of_parameters_does_not_show_in_the_bytes() {
    let folder = folder();
    let turned = |text: &str| text.lines().rev().collect::<Vec<_>>().join("\n");
    for (example, digest) in DIGESTS {
        let config = root().join("examples").join(example).join("lexlogs.toml");
        let toml = fs::read_to_string(config).unwrap();
        let toml = match toml.split_once("[tags]\n") {
            Some((head, tags)) => format!("{}\n[tags]\n{}\n", turned(head), turned(tags)),
            None => turned(&toml),
        };
        fs::write(folder.path().join("turned.toml"), toml).unwrap();
        let arguments = ["bundle", "turned.toml", "-o", "a.zip", "--force"];
        let output = lexlogs(folder.path(), &arguments);
        assert!(
            text(&output.stdout).starts_with(digest),
            "{example}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn entries_are_sorted_dated_1980_made_by_unix_and_stored() {
    let bundle = bundle(&random_request(&mut fastrand::Rng::with_seed(1)));
    let bytes = bundle.to_zip().unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    assert!(zip.comment().is_empty());
    let mut names = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        assert_eq!(
            entry.compression(),
            zip::CompressionMethod::Stored,
            "{name}"
        );
        assert_eq!(
            entry.last_modified().map(|date| date.to_string()),
            Some("1980-01-01 00:00:00".into())
        );
        let mode = if is_of(&name, "sh") {
            0o100_755
        } else {
            0o100_644
        };
        assert_eq!(entry.unix_mode(), Some(mode), "{name}");
        assert_eq!(entry.extra_data().unwrap_or_default(), b"", "{name}");
        assert!(
            name.starts_with(&format!("{}/", bundle.folder)) && name.is_ascii(),
            "{name}"
        );
        names.push(name);
    }
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
    // The byte that says which system made an entry, in each header of the
    // central directory: 3 is Unix.
    let headers = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, four)| four == b"PK\x01\x02");
    let systems: Vec<u8> = headers.map(|(at, _)| bytes[at + 5]).collect();
    assert_eq!(systems, vec![3; names.len()]);
}

#[test]
fn every_file_has_the_line_ends_and_letters_of_its_reader() {
    let mut random = fastrand::Rng::with_seed(2);
    for _ in 0..200 {
        for file in bundle(&random_request(&mut random)).files {
            let crlf = file.text.matches("\r\n").count();
            assert_eq!(file.text.matches('\r').count(), crlf, "{}", file.name);
            assert!(
                file.text.ends_with('\n') && !file.text.starts_with('\u{feff}'),
                "{}",
                file.name
            );
            if is_of(file.name, "cmd") {
                assert_eq!(file.text.matches('\n').count(), crlf, "{}", file.name);
            } else {
                assert_eq!(crlf, 0, "{}", file.name);
            }
            assert!(
                file.text.is_ascii() || file.name == "README.md",
                "{}",
                file.name
            );
            assert!(
                !file
                    .text
                    .lines()
                    .any(|line| line.ends_with("^ ") || line.ends_with("\\ ")),
                "{}",
                file.name
            );
            if is_of(file.name, "cmd") {
                let joined = file.text.replace("^\r\n", "");
                assert!(
                    joined.lines().all(|line| line.len() < 7000),
                    "{}",
                    file.name
                );
                // A caret escapes the next character, so it must be a blank.
                assert_eq!(
                    file.text.matches(" ^\r\n").count(),
                    file.text.matches(" ^\r\n    ").count()
                );
            }
        }
    }
}

#[test]
fn no_script_is_longer_than_can_be_read() {
    let files = bundle(&crate::faults::everything(3)).files;
    for file in files
        .iter()
        .filter(|file| is_of(file.name, "cmd") || is_of(file.name, "sh"))
    {
        let lines = file.text.lines().count();
        assert!(lines <= 400, "{}: {lines} lines", file.name);
    }
}

#[test]
#[ignore = "needs unzip: run tests/run"]
fn unzip_and_sha256sum_find_a_bundle_whole() {
    let folder = folder();
    let config = root().join("examples/text-and-audio/lexlogs.toml");
    let arguments = ["bundle", config.to_str().unwrap(), "-o", "a.zip"];
    assert!(lexlogs(folder.path(), &arguments).status.success());
    output_of("unzip", &["-tq", "a.zip"], folder.path());
    output_of("unzip", &["-q", "a.zip", "-d", "a"], folder.path());
    let top = fs::read_dir(folder.path().join("a"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let checked = output_of("sha256sum", &["-c", "SHA256SUMS"], &top);
    assert_eq!(
        checked.lines().count(),
        fs::read_dir(&top).unwrap().count() - 1
    );
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(top.join("manifest.json")).unwrap()).unwrap();
    for file in manifest["files"].as_array().unwrap() {
        let bytes = fs::read(top.join(file["name"].as_str().unwrap())).unwrap();
        assert_eq!(file["size"], bytes.len());
        assert_eq!(file["sha256"], lexlogs::digest::sha256(&bytes));
        let mode = fs::metadata(top.join(file["name"].as_str().unwrap()))
            .unwrap()
            .permissions()
            .mode()
            & 0o111;
        assert_eq!(file["mode"], if mode == 0 { "0644" } else { "0755" });
    }
}

#[test]
fn windows_opens_the_longest_path_in_a_download_folder() {
    for (region, role) in [
        ("us-gov-west-1", "r".repeat(64)),
        ("us-gov-west-1", format!("{}.", "r".repeat(19))),
        ("us-east-1", "LexConversationLogsRole".to_owned()),
    ] {
        let bundle = bundle(&request([
            ("lex-version", "v2"),
            ("account-id", "111122223333"),
            ("region", region),
            ("role-name", role.as_str()),
            ("log-group-name", "/lex/bot"),
        ]));
        assert!(!bundle.folder.ends_with('.'));
        // "Extract all" makes a folder of the zip's name, and the zip has its own.
        for file in &bundle.files {
            let path = format!(
                r"C:\Users\name\Downloads\{}\{}\{}",
                bundle.name, bundle.folder, file.name
            );
            assert!(path.len() < 260, "{} {path}", path.len());
        }
    }
}
