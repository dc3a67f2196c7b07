//! One bundle by a cold process, beside what bounds it: an empty Rust process,
//! a process that only reads and writes the same bytes, and `zip`; and one that
//! verifies it, beside `sha256sum`.
//! All in one run, in turn, so that the ratios hold whatever the machine does.
//!
//! `cargo bench --bench cold_process [-- [--rounds N] [--program FILE]]`

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each is run, unless `--rounds` says otherwise.
const ROUNDS: usize = 400;

/// A program that does nothing: what the system takes to start and end one.
const EMPTY: &str = "fn main() {}";

/// A program that does no more than read the parameters and write the bytes of
/// the zip under another name, then rename it.
const COPY: &str = r"
fn main() -> std::io::Result<()> {
    let names: Vec<String> = std::env::args().collect();
    let _parameters = std::fs::read(&names[1])?;
    let bytes = std::fs::read(&names[2])?;
    std::fs::write(&names[3], bytes)?;
    std::fs::rename(&names[3], &names[4])
}
";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let parameters =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/text-and-audio/lexlogs.toml");
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name| {
        let index = arguments.iter().position(|argument| argument == name)?;
        Some(arguments.get(index + 1).expect("a value after an option"))
    };
    let lexlogs = option("--program").map_or(env!("CARGO_BIN_EXE_lexlogs"), String::as_str);

    let zip = folder.join("bundle.zip");
    let files = folder.join("files");
    let sums = folder.join("sums");
    let made = Command::new(lexlogs)
        .arg("bundle")
        .arg(&parameters)
        .arg("-o")
        .arg(&zip)
        .output()
        .expect("the program to start");
    // What it prints is a line that sha256sum reads.
    std::fs::write(&sums, made.stdout).expect("the digest to be written");
    succeed(
        Command::new(lexlogs)
            .arg("render")
            .arg(&parameters)
            .arg("-o")
            .arg(&files),
    );

    let (empty, copy) = (
        compile(folder, "empty", EMPTY),
        compile(folder, "copy", COPY),
    );
    let new = folder.join("new.zip");
    let (temporary, packed) = (folder.join("temporary"), folder.join("packed.zip"));
    let mut subjects = [
        Subject::new("an empty Rust process", || Command::new(&empty)),
        Subject::new("read, write and rename only", || {
            let mut command = Command::new(&copy);
            command.args([&parameters, &zip, &temporary, &new]);
            command
        }),
        Subject::new("lexlogs bundle", || {
            let mut command = Command::new(lexlogs);
            command.arg("bundle").arg(&parameters).arg("-o").arg(&new);
            command
        }),
        Subject::new("zip -X -0, files rendered already", || {
            let mut command = Command::new("zip");
            command
                .args(["-X", "-q", "-0", "-r"])
                .arg(&packed)
                .arg("files")
                .current_dir(folder);
            command
        }),
        Subject::new("lexlogs verify", || {
            let mut command = Command::new(lexlogs);
            command.arg("verify").arg(&zip);
            command
        }),
        Subject::new("sha256sum -c", || {
            let mut command = Command::new("sha256sum");
            command.arg("-c").arg(&sums);
            command
        }),
    ];
    let rounds = option("--rounds").map_or(ROUNDS, |rounds| rounds.parse().expect("a number"));
    for _ in 0..rounds {
        for subject in &mut subjects {
            for made in [&new, &packed] {
                // Only some subjects make it.
                let _ = std::fs::remove_file(made);
            }
            subject.run();
        }
    }
    let base = subjects[0].median();
    println!("{rounds} rounds, medians:");
    for subject in &subjects {
        let median = subject.median();
        let ratio = median.as_secs_f64() / base.as_secs_f64();
        println!(
            "{:36} {:7.3} ms  {ratio:5.2} x",
            subject.name,
            median.as_secs_f64() * 1e3
        );
    }
}

struct Subject<'a> {
    name: &'static str,
    command: Box<dyn Fn() -> Command + 'a>,
    times: Vec<Duration>,
}

impl<'a> Subject<'a> {
    fn new(name: &'static str, command: impl Fn() -> Command + 'a) -> Self {
        Self {
            name,
            command: Box::new(command),
            times: Vec::new(),
        }
    }

    fn run(&mut self) {
        let mut command = (self.command)();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status().expect("the program to start");
        self.times.push(start.elapsed());
        assert!(status.success(), "{} failed", self.name);
    }

    fn median(&self) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times[times.len() / 2]
    }
}

fn succeed(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "{command:?} failed"
    );
}

/// Compiles a program with the profile of the release build.
fn compile(folder: &Path, name: &str, text: &str) -> PathBuf {
    let (source, program) = (folder.join(name).with_extension("rs"), folder.join(name));
    std::fs::write(&source, text).expect("the source to be written");
    succeed(
        Command::new("rustc")
            .args([
                "--edition",
                "2024",
                "-C",
                "opt-level=3",
                "-C",
                "panic=abort",
                "-C",
                "strip=symbols",
                "-o",
            ])
            .args([&program, &source]),
    );
    program
}
