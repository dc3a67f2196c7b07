//! The Linux end of aws.exe (`tests/real/aws-stub.c`): takes the calls of a script that runs under Wine and answers each
//! with what a handler says, or with what a real AWS CLI of this machine does (`run_program`).

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// First bytes of every request and reply; the layout is described in aws-stub.c.
const PROTOCOL: [u8; 4] = *b"LXB1";

/// The exit code of a program of Windows that Ctrl-C ended.
const INTERRUPTED: i32 = 0xC000_013A_u32.cast_signed();

/// One call of `aws` in a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// The arguments, without the program's own name.
    pub(crate) argv: Vec<String>,
    /// The script's current folder, as a Linux path.
    pub(crate) cwd: PathBuf,
    /// The caller's variables `AWS_*` and `TZ`; names in upper case, as Python sees them on Windows.
    pub(crate) env: Vec<(String, String)>,
}

/// What `aws` answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) code: i32,
}

impl Reply {
    /// The same answer with CRLF for each LF, as the AWS CLI writes it on Windows.
    pub(crate) fn with_crlf(self) -> Self {
        let crlf = |bytes: Vec<u8>| -> Vec<u8> {
            let mut text = Vec::with_capacity(bytes.len());
            for byte in bytes {
                if byte == b'\n' {
                    text.push(b'\r');
                }
                text.push(byte);
            }
            text
        };
        Self {
            stdout: crlf(self.stdout),
            stderr: crlf(self.stderr),
            code: self.code,
        }
    }
}

/// Takes calls until it is dropped.
pub(crate) struct Bridge {
    port: u16,
    stopping: Arc<AtomicBool>,
    acceptor: Option<JoinHandle<()>>,
}

impl Bridge {
    /// Listens on a free loopback port. Calls that come at the same time are handled at the same time.
    pub(crate) fn start(handler: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let port = listener.local_addr().expect("the port listened at").port();
        let stopping = Arc::new(AtomicBool::new(false));
        let stop_seen = Arc::clone(&stopping);
        let acceptor = thread::spawn(move || {
            // The scope waits for the calls under way and hands on a panic of the handler.
            thread::scope(|calls| {
                for connection in listener.incoming() {
                    if stop_seen.load(Ordering::SeqCst) {
                        return;
                    }
                    let connection = connection.expect("a connection from aws.exe");
                    calls.spawn(|| serve(connection, &handler));
                }
            });
        });
        Self {
            port,
            stopping,
            acceptor: Some(acceptor),
        }
    }

    /// The port, for `LEXLOGS_BRIDGE_PORT`.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the acceptor. If this fails, it is gone already.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        if let Some(acceptor) = self.acceptor.take()
            && let Err(panic) = acceptor.join()
            && !thread::panicking()
        {
            panic::resume_unwind(panic);
        }
    }
}

/// Reads one call and writes the answer. When the caller was killed meanwhile, nobody is left to tell: the run that
/// killed it says so.
fn serve(mut connection: TcpStream, handler: &impl Fn(&Call) -> Reply) {
    if let Ok(call) = read_call(&mut connection) {
        let reply = handler(&call);
        let _ = write_reply(&mut connection, &reply);
    }
}

fn read_call(connection: &mut impl Read) -> io::Result<Call> {
    let mut protocol = [0; PROTOCOL.len()];
    connection.read_exact(&mut protocol)?;
    assert_eq!(
        protocol, PROTOCOL,
        "aws.exe is of another version: run tests/real/setup"
    );
    let argv = texts(&read_field(connection)?);
    let cwd = texts(&read_field(connection)?).concat();
    let env = texts(&read_field(connection)?);
    Ok(Call {
        argv,
        cwd: linux_path(&cwd)
            .unwrap_or_else(|| panic!("the script's folder {cwd} is not on drive Z:"))
            .into(),
        env: env
            .iter()
            .filter_map(|variable| variable.split_once('='))
            .map(|(name, value)| (name.to_ascii_uppercase(), value.to_owned()))
            .collect(),
    })
}

fn read_field(connection: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    connection.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    let mut field = vec![0; length as usize];
    connection.read_exact(&mut field)?;
    Ok(field)
}

/// Splits a field into its texts, each of which ends with a NUL.
fn texts(field: &[u8]) -> Vec<String> {
    let text = str::from_utf8(field).expect("aws.exe sends UTF-8");
    text.split_terminator('\0').map(str::to_owned).collect()
}

fn write_reply(connection: &mut impl Write, reply: &Reply) -> io::Result<()> {
    let mut message = PROTOCOL.to_vec();
    message.extend(reply.code.to_le_bytes());
    for field in [&reply.stdout, &reply.stderr] {
        let length = u32::try_from(field.len()).expect("an answer under 4 GiB");
        message.extend(length.to_le_bytes());
        message.extend(field);
    }
    connection.write_all(&message)
}

/// Runs a real AWS CLI of this machine as the script's `aws`: in the script's folder, with these variables of the script's
/// and with `env`, which wins (it says which endpoint and which credentials), and with nothing else of this process's
/// environment. `env` has to bring `PATH` and `HOME` if the program needs them.
pub(crate) fn run_program(program: &Path, env: &[(String, String)], call: &Call) -> Reply {
    let output = Command::new(program)
        .args(call.argv.iter().map(|argument| linux_argument(argument)))
        .current_dir(&call.cwd)
        .env_clear()
        .envs(
            call.env
                .iter()
                .map(|(name, value)| (name, linux_path(value).unwrap_or_else(|| value.clone()))),
        )
        .envs(env.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}", program.display()));
    Reply {
        stdout: output.stdout,
        stderr: output.stderr,
        // That of a program of Windows that was interrupted.
        code: output.status.code().unwrap_or(INTERRUPTED),
    }
}

/// `Z:\a\b` as the Linux path `/a/b`; Wine's drive Z: is the root folder.
fn linux_path(windows: &str) -> Option<String> {
    let rest = windows
        .strip_prefix("Z:")
        .or_else(|| windows.strip_prefix("z:"))?;
    rest.starts_with(['\\', '/'])
        .then(|| rest.replace('\\', "/"))
}

/// An argument with its path, if it holds one, in Linux form: `Z:\…`, `file://…`, and the same behind `--option=`.
fn linux_argument(argument: &str) -> String {
    if argument.starts_with("--")
        && let Some((option, value)) = argument.split_once('=')
    {
        return format!("{option}={}", linux_argument(value));
    }
    for scheme in ["file://", "fileb://"] {
        if let Some(path) = argument.strip_prefix(scheme) {
            return format!(
                "{scheme}{}",
                linux_path(path).unwrap_or_else(|| path.replace('\\', "/"))
            );
        }
    }
    linux_path(argument).unwrap_or_else(|| argument.to_owned())
}
