//! A bundle is the same bytes whatever surrounds the program that makes it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::examples::{DIGESTS, render_into};
use crate::support::{bundle, folder, lexlogs, random_request, request, root, text};

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
