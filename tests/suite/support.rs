//! What the tests share: the program, the real parts, parameters.

mod random;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lexlogs::bundle::Bundle;
use lexlogs::parameters::{Origin, RawParameters, RawValue, find};
use lexlogs::request::Request;
use lexlogs::templates::Templates;

pub(crate) use random::{random_parameters, random_pieces, random_request};

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program, in a folder.
pub(crate) fn lexlogs(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_lexlogs");
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// What a program printed, which must be UTF-8.
pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Compares a text with a file that was read before it was committed. `LEXLOGS_RECORD=1` writes that file.
pub(crate) fn assert_recorded(now: &str, file: &str) {
    let path = root().join(file);
    if std::env::var_os("LEXLOGS_RECORD").is_some() {
        return std::fs::write(path, now).unwrap();
    }
    let recorded = std::fs::read_to_string(path).unwrap();
    let mut lines = (1..).zip(std::iter::zip(now.lines(), recorded.lines()));
    let differs = lines.find(|(_, (now, recorded))| now != recorded);
    assert!(
        now == recorded,
        "{file} is another (line, now, recorded): {differs:#?}\nIf that is meant, LEXLOGS_RECORD=1 writes it."
    );
}

/// The bytes of a recorded text, in which `‹1b›` is a byte that text does not show, and `‹›` before a line end takes that away.
pub(crate) fn unescaped(text: &str) -> Vec<u8> {
    let mut pieces = text.split('‹');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        let (byte, rest) = piece.split_once('›').unwrap();
        let is_end = byte.is_empty() && rest == "\n";
        bytes.extend((!byte.is_empty()).then(|| u8::from_str_radix(byte, 16).unwrap()));
        bytes.extend(if is_end { b"" } else { rest.as_bytes() });
    }
    bytes
}

/// Whether all is to be run, what elsewhere takes turns included: `tests/run --full`.
pub(crate) fn full() -> bool {
    std::env::var_os("LEXLOGS_FULL").is_some()
}

/// The number of repetitions: a few, or more in a full run.
pub(crate) fn count(ordinary: usize, of_full: usize) -> usize {
    if full() { of_full } else { ordinary }
}

/// Combines choices, given the number of options of each, into as few cases as possible so that each pair of options of
/// two choices occurs in at least one case (a pairwise cover, the same in each run). All combinations in a full run.
///
/// A case contains the index of an option for each choice: with `for case in cover(&[RUNNERS.len(), CLIS.len()])`, the
/// runner is `RUNNERS[case[0]]`.
pub(crate) fn cover(options: &[usize]) -> Vec<Vec<usize>> {
    if full() {
        return product(options);
    }
    pairwise(options)
}

/// Like [`cover`], but each option occurs at least once, not each pair: as many cases as the longest choice has options. For
/// behaviour that each shell must show once. All combinations in a full run.
pub(crate) fn each(options: &[usize]) -> Vec<Vec<usize>> {
    if full() {
        return product(options);
    }
    let most = options.iter().copied().max().unwrap_or_default();
    let case = |number| options.iter().map(|count| number % count).collect();
    (0..most).map(case).collect()
}

/// All combinations; the last choice changes fastest.
fn product(options: &[usize]) -> Vec<Vec<usize>> {
    options.iter().fold(vec![Vec::new()], |cases, &count| {
        let longer =
            |case: Vec<usize>| (0..count).map(move |option| [&case[..], &[option]].concat());
        cases.into_iter().flat_map(longer).collect()
    })
}

/// The pairs of options in a case.
fn pairs(case: &[usize]) -> Vec<[(usize, usize); 2]> {
    let places = (0..case.len()).flat_map(|one| (0..one).map(move |other| [other, one]));
    places
        .map(|pair| pair.map(|choice| (choice, case[choice])))
        .collect()
}

/// Greedy: repeatedly takes the first case with the most pairs that are not covered yet.
fn pairwise(options: &[usize]) -> Vec<Vec<usize>> {
    let all = product(options);
    if options.len() < 2 {
        return all;
    }
    let mut left: BTreeSet<[(usize, usize); 2]> = all.iter().flat_map(|case| pairs(case)).collect();
    let mut cases = Vec::new();
    while !left.is_empty() {
        let new = |case: &&Vec<usize>| {
            pairs(case)
                .iter()
                .filter(|pair| left.contains(*pair))
                .count()
        };
        // `max_by_key` returns the last of equal elements.
        let case = all.iter().rev().max_by_key(new).unwrap();
        for pair in pairs(case) {
            left.remove(&pair);
        }
        cases.push(case.clone());
    }
    cases
}

#[test]
fn a_cover_has_every_pair_in_few_cases() {
    for (options, most) in [
        (&[7, 2][..], 14),
        (&[5, 4, 2], 20),
        (&[7, 10, 2], 70),
        (&[3, 2, 10, 2], 33),
        (&[4], 4),
    ] {
        let cases = pairwise(options);
        assert!(cases.len() <= most, "{options:?}: {} cases", cases.len());
        let covered: BTreeSet<_> = cases.iter().flat_map(|case| pairs(case)).collect();
        for case in product(options) {
            assert!(
                pairs(&case).iter().all(|pair| covered.contains(pair)),
                "{case:?}"
            );
        }
    }
}

/// A new folder, removed when it is dropped.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("lexlogs-test-")
        .tempdir()
        .unwrap()
}

/// Where `tests/run` has put the real parts.
pub(crate) fn real(part: &str) -> PathBuf {
    let real =
        std::env::var_os("LEXLOGS_REAL").map_or_else(|| root().join("target/real"), PathBuf::from);
    let path = real.join(part);
    assert!(
        path.exists(),
        "{} is missing: run tests/run, which installs it",
        path.display()
    );
    path
}

/// The shells that run `.sh`, each as a command.
pub(crate) const SHELLS: [&[&str]; 5] =
    [&["bash"], &["dash"], &["busybox", "sh"], &["ksh"], &["zsh"]];

/// A shell as a command, with nothing of this process's AWS settings.
pub(crate) fn shell(shell: &[&str]) -> Command {
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).stdin(std::process::Stdio::null());
    without_aws(&mut command);
    command
}

/// Takes out every AWS setting, and points the AWS CLI away from AWS: a call
/// that no server here answers fails.
pub(crate) fn without_aws(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    command.envs(without_aws_settings());
}

/// What keeps the AWS CLI away from AWS, and what any program needs.
pub(crate) fn without_aws_settings() -> Vec<(String, String)> {
    let settings = [
        ("AWS_CONFIG_FILE", "/nonexistent/config"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_MAX_ATTEMPTS", "1"),
        ("NO_PROXY", "127.0.0.1"),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
        ("HTTP_PROXY", "http://127.0.0.1:1"),
        ("HOME", "/nonexistent"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ("LC_ALL", "C.UTF-8"),
    ];
    settings
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// A `PATH` that begins with a folder.
pub(crate) fn path_with(folder: &Path) -> std::ffi::OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).unwrap()
}

/// A folder with nothing but these programs of the system, to be the whole
/// `PATH`.
pub(crate) fn only_programs(names: &[&str]) -> tempfile::TempDir {
    let programs = folder();
    for name in names {
        let found = output_of("/bin/sh", &["-c", &format!("command -v {name}")], root());
        std::os::unix::fs::symlink(found.trim(), programs.path().join(name)).unwrap();
    }
    programs
}

/// Writes a file that can be run.
pub(crate) fn write_program(path: &Path, text: &str) {
    let source = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(source.path(), text).unwrap();
    copy_program(source.path(), path);
}

/// Copies a program. A child process writes the copy: a file descriptor of this process could be inherited by a program that
/// another test starts at that moment, and Linux does not run a file that is open for writing ("Text file busy").
pub(crate) fn copy_program(from: &Path, to: &Path) {
    let mut install = Command::new("install");
    install.args(["-m", "755"]).arg(from).arg(to);
    assert!(install.status().unwrap().success(), "{}", to.display());
}

/// Named parameters as raw ones, as if given by flags.
pub(crate) fn raw<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> RawParameters {
    let mut raw = RawParameters::default();
    for (name, value) in values {
        let key = find(name)
            .unwrap_or_else(|| panic!("no parameter {name}"))
            .key;
        raw.set(key, RawValue::Text(value.to_owned()), Origin::Flag);
    }
    raw
}

/// Parameters that must be good, as a request.
pub(crate) fn request<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Request {
    Request::new(&raw(values), Vec::new()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A request for Amazon Lex V2 in one account and Region, with further parameters.
pub(crate) fn of_v2(more: &[(&str, &str)]) -> Request {
    let base = [
        ("lex-version", "v2"),
        ("account-id", "111122223333"),
        ("region", "us-east-1"),
    ];
    request(base.iter().chain(more).copied())
}

/// The bundle of a request.
pub(crate) fn bundle(request: &Request) -> Bundle {
    Bundle::new(request, Templates::built_in().unwrap()).unwrap()
}

/// The text of a bundle's file.
pub(crate) fn file<'a>(bundle: &'a Bundle, name: &str) -> &'a str {
    let file = bundle.files.iter().find(|file| file.name == name);
    &file.unwrap_or_else(|| panic!("no {name}")).text
}

/// Writes a bundle's files into a folder that is there.
pub(crate) fn unpack(bundle: &Bundle, folder: &Path) {
    for file in &bundle.files {
        std::fs::write(folder.join(file.name), &file.text).unwrap();
    }
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Runs a program that must succeed, and gives what it printed.
pub(crate) fn output_of(program: impl AsRef<OsStr>, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program.as_ref())
        .args(arguments)
        .current_dir(folder)
        .output();
    let output = output.unwrap_or_else(|error| panic!("{}: {error}", program.as_ref().display()));
    assert!(
        output.status.success(),
        "{}: {}",
        program.as_ref().display(),
        text(&output.stderr)
    );
    text(&output.stdout).to_owned()
}
