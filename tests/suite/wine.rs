//! Runs a generated .cmd script with Wine as a user would run it on Windows: a cmd.exe that behaves (`tests/real/setup`
//! says why Wine's own does not), an `aws` of the wanted form, and nothing of this machine's environment.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;
use std::thread;

use crate::bridge::Bridge;
use crate::support::real;

/// After so many seconds a script counts as hanging.
const TIMEOUT: &str = "120";

/// With this exit code a program ends whose DLLs Wine cannot initialize (`STATUS_DLL_INIT_FAILED`): about one in 20,000, whatever
/// program it is. The first one then ends with 1, and prints nothing. `tests/run` runs such a test once more.
const NOT_INITIALIZED: &str = "-1073741502";

/// Which form of `aws` the script finds on its PATH.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aws {
    /// `aws.exe`, as AWS CLI v2 installs it.
    Exe,
    /// `aws.cmd`, as pip installs AWS CLI v1.
    Batch,
    Absent,
}

/// What the script's certutil does, called by name or by its full path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certutil {
    /// Hashes like that of Windows 10 and 11.
    StandIn,
    /// Hashes like that of Windows 7, with blanks between the bytes.
    Spaced,
    /// Prints nothing and succeeds: Wine's own.
    Silent,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    /// The exit code's low eight bits: Wine's loader is a Unix program, and a Unix exit code has no more.
    pub(crate) code: i32,
    /// What was printed, with the line ends that it had.
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// The names of what the script left in `%TEMP%`, sorted. Each run has a `%TEMP%` of its own.
    pub(crate) left_in_temp: Vec<String>,
}

/// A script to run.
pub(crate) struct Cmd {
    folder: PathBuf,
    script: String,
    args: Vec<String>,
    aws: Aws,
    certutil: Certutil,
    /// Folders at the start of the Windows PATH.
    path: Vec<PathBuf>,
    env: Vec<(String, String)>,
    stdin: Vec<u8>,
}

impl Cmd {
    /// The script `script` in `folder`, which becomes the current folder. The folder's name may hold anything; the
    /// script's is a plain one, because `cmd /c` reads it as a command line, in which Wine splits `a & b.cmd` at the `&`.
    pub(crate) fn new(folder: &Path, script: &str) -> Self {
        assert!(
            script
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)),
            "`{script}` is not a plain file name"
        );
        Self {
            folder: folder.to_owned(),
            script: script.to_owned(),
            args: Vec::new(),
            aws: Aws::Absent,
            certutil: Certutil::StandIn,
            path: Vec::new(),
            env: Vec::new(),
            stdin: Vec::new(),
        }
    }

    /// A command prompt in `folder` that is given `text`, as when a reader pastes it: cmd.exe reads it line by line, as
    /// interactive input, and ends where the text ends.
    pub(crate) fn pasted(folder: &Path, text: &str) -> Self {
        let mut cmd = Self::new(folder, "");
        cmd.stdin = text.replace('\n', "\r\n").into();
        cmd
    }

    /// The script's arguments. They pass through `cmd /c`, so characters that mean something to cmd do so here.
    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(|&arg| arg.to_owned()));
        self
    }

    /// Which `aws` the script finds (none, if this is not called), and what answers it. Without a bridge every call fails
    /// with 253.
    pub(crate) fn aws(mut self, aws: Aws, bridge: Option<&Bridge>) -> Self {
        self.aws = aws;
        match bridge {
            Some(bridge) => self.env("LEXLOGS_BRIDGE_PORT", &bridge.port().to_string()),
            None => self,
        }
    }

    pub(crate) fn certutil(mut self, certutil: Certutil) -> Self {
        self.certutil = certutil;
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What the script reads from its standard input, which is empty if this is not called.
    pub(crate) fn stdin(mut self, bytes: &[u8]) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Puts a folder at the start of the Windows PATH, before the form of `aws` and before system32.
    pub(crate) fn extra_path(mut self, folder: &Path) -> Self {
        self.path.push(folder.to_owned());
        self
    }

    /// Runs the script to its end. Several runs at a time are fine: Wine serialises the start of its server itself.
    ///
    /// # Panics
    /// If a part of Wine is missing, and if the script hangs (then all that it started is killed).
    pub(crate) fn run(mut self) -> Output {
        match self.aws {
            Aws::Exe => self.path.push(real("stub/exe")),
            Aws::Batch => self.path.push(real("stub/batch")),
            Aws::Absent => {}
        }
        let own_certutil = match self.certutil {
            Certutil::StandIn | Certutil::Spaced => "n,b",
            Certutil::Silent => "b",
        };
        if self.certutil == Certutil::Spaced {
            self = self.env("LEXLOGS_CERTUTIL", "spaced");
        }

        let scratch = tempfile::tempdir().expect("a temporary folder");
        // The user's name is part of %TEMP% on Windows, and may be like this.
        let temp = scratch.path().join("Temp of (a) user");
        fs::create_dir(&temp).expect("a folder for %TEMP%");
        // Files, not pipes: a program that the script left running would keep a pipe open.
        let stdout = scratch.path().join("stdout");
        let stderr = scratch.path().join("stderr");

        let mut arguments = vec!["--signal=KILL", TIMEOUT, "wine", "cmd"];
        let prompt = self.script.is_empty();
        if !prompt {
            arguments.extend(["/c", &self.script]);
        }

        start_services();
        // `timeout` runs Wine in a process group of its own and kills all of it.
        let mut child = wine(Command::new("timeout"), own_certutil)
            .args(arguments)
            .args(&self.args)
            .current_dir(&self.folder)
            .env("HOME", scratch.path())
            // What Wine puts in front of its PATH, and into TEMP and TMP.
            .envs((!self.path.is_empty()).then(|| ("WINEPATH", windows_path_list(&self.path))))
            .env("WINETEMP", windows_path(&temp))
            .env("WINETMP", windows_path(&temp))
            .envs(self.env)
            .stdin(if prompt {
                // A file: of a pipe, Wine's cmd.exe takes more than the first line and loses the rest.
                let stdin = scratch.path().join("stdin");
                fs::write(&stdin, &self.stdin).expect("a file for stdin");
                Stdio::from(File::open(&stdin).expect("the file for stdin"))
            } else {
                Stdio::piped()
            })
            .stdout(File::create(&stdout).expect("a file for stdout"))
            .stderr(File::create(&stderr).expect("a file for stderr"))
            .spawn()
            .expect("`timeout` of the GNU core utilities");
        let pipe = child.stdin.take();
        // A script need not read what it is offered, so a broken pipe is no failure.
        let writer = thread::spawn(move || pipe.map(|mut pipe| drop(pipe.write_all(&self.stdin))));
        let status = child.wait().expect("the end of Wine");
        writer.join().expect("the writer of stdin");

        let stdout = text(&fs::read(stdout).expect("stdout"));
        let stderr = text(&fs::read(stderr).expect("stderr"));
        let Some(code) = status.code() else {
            panic!(
                "{} hung for {TIMEOUT} s and was killed\nstdout: {stdout}\nstderr: {stderr}",
                self.script
            );
        };
        let printed = stdout.clone() + &stderr;
        if printed.contains(NOT_INITIALIZED) || (code == 1 && printed.is_empty()) {
            eprintln!("Wine failed to start a process");
        }
        Output {
            code,
            stdout,
            stderr,
            left_in_temp: names_in(&temp),
        }
    }
}

/// A command that is Wine or starts it, with nothing of this process's environment.
fn wine(mut command: Command, own_certutil: &str) -> Command {
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", "/nonexistent")
        // Or Wine cannot enter a folder with other letters than ASCII in its name.
        .env("LC_ALL", "C.UTF-8")
        .env("WINEPREFIX", real("wine-prefix"))
        .env("WINEDEBUG", "-all")
        .env(
            "WINEDLLOVERRIDES",
            format!(
                "mscoree,mshtml=;cmd.exe,find.exe,findstr.exe,where.exe,fc.exe=n,b;certutil.exe={own_certutil}"
            ),
        );
    command
}

/// Starts Wine's server and the services of Windows, once and apart from any script. Otherwise the first script after a
/// pause starts them: they share its standard error, and Wine reports the crash of a service there (that of
/// winedevice.exe, in its ntoskrnl.exe, was seen once). The server ends by itself when nothing has run for five minutes.
fn start_services() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let run = |program: &str, arguments: &[&str]| {
            let mut command = wine(Command::new(program), "b");
            command
                .args(arguments)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            command
                .status()
                .unwrap_or_else(|error| panic!("{program}: {error}"))
        };
        // 2: one is running already.
        let server = run("wineserver", &["--persistent=300"]).code();
        assert!(matches!(server, Some(0 | 2)), "wineserver: {server:?}");
        assert!(
            run("wine", &["cmd", "/c", "exit"]).success(),
            "wine does not start"
        );
    });
}

/// A Linux path as a script under Wine sees it.
pub(crate) fn windows_path(path: &Path) -> String {
    let path = path.to_str().expect("a path in UTF-8");
    assert!(path.starts_with('/'), "`{path}` is not absolute");
    format!("Z:{}", path.replace('/', "\\"))
}

fn windows_path_list(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| windows_path(path)).collect();
    assert!(
        paths.iter().all(|path| !path.contains(';')),
        "a folder with `;` cannot be on PATH: {paths:?}"
    );
    paths.join(";")
}

/// Output is a mixture: what programs print arrives as it is (here: UTF-8), what cmd itself prints is in Windows-1252,
/// of which the part that equals Latin-1 is decoded.
fn text(bytes: &[u8]) -> String {
    bytes
        .utf8_chunks()
        .flat_map(|chunk| {
            chunk
                .valid()
                .chars()
                .chain(chunk.invalid().iter().map(|&byte| char::from(byte)))
        })
        .collect()
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry of the folder")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
