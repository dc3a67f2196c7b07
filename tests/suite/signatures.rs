//! Signatures, with the system's ssh-keygen and ssh-agent: what `lexlogs` signs,
//! ssh-keygen verifies, and the other way round; and what one refuses, so does
//! the other, in the same words.

mod asked;
mod refused;
mod together;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use lexlogs::signature::{self, Signer};

use crate::support::{SHELLS, folder, output_of, root, text, write_program};
use crate::terminal::at_terminal;
use crate::wine::Cmd;

/// Who signs.
const ME: &str = "me@example.com";
const PASSPHRASE: &str = "four words & a \"quote\"";
/// The bundle of these tests, in a folder.
const ZIP: &str = "b.zip";
const SIGNATURE: &str = "b.zip.sig";

/// Every kind of key: its name, what makes one, and what ssh-keygen calls it.
const KINDS: [(&str, &[&str], &str); 7] = [
    ("ed25519", &["-t", "ed25519"], "ED25519"),
    ("ecdsa256", &["-t", "ecdsa", "-b", "256"], "ECDSA"),
    ("ecdsa384", &["-t", "ecdsa", "-b", "384"], "ECDSA"),
    ("ecdsa521", &["-t", "ecdsa", "-b", "521"], "ECDSA"),
    ("rsa2048", &["-t", "rsa", "-b", "2048"], "RSA"),
    ("rsa3072", &["-t", "rsa", "-b", "3072"], "RSA"),
    ("rsa4096", &["-t", "rsa", "-b", "4096"], "RSA"),
];

const ED25519: &[&str] = &["-t", "ed25519"];

/// Makes a key, and gives its private file; the public one is beside it.
fn make_key(folder: &Path, name: &str, kind: &[&str], passphrase: &str) -> PathBuf {
    let rest = ["-q", "-N", passphrase, "-C", "", "-f", name];
    output_of("ssh-keygen", &[kind, &rest].concat(), folder);
    folder.join(name)
}

fn public(key: &Path) -> PathBuf {
    key.with_extension("pub")
}

/// A line of a file of allowed signers.
fn line(before: &str, key: &Path) -> String {
    format!("{before} {}", fs::read_to_string(public(key)).unwrap())
}

/// A program in a folder, with nothing of this machine's keys, and no terminal.
fn command(program: &str, folder: &Path) -> Command {
    // In a session of its own, a program finds no terminal.
    let mut command = Command::new("setsid");
    command.arg(program).current_dir(folder);
    for name in [
        "SSH_AUTH_SOCK",
        "SSH_ASKPASS",
        "SSH_ASKPASS_REQUIRE",
        "DISPLAY",
        "WAYLAND_DISPLAY",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
    command
}

/// `lexlogs bundle --sign KEY`, to `b.zip`.
fn signing(folder: &Path, key: &Path) -> Command {
    let mut command = command(env!("CARGO_BIN_EXE_lexlogs"), folder);
    let config = root().join("examples/text-only/lexlogs.toml");
    command
        .arg("bundle")
        .arg(config)
        .args(["-o", ZIP, "--sign"]);
    command.arg(key);
    command
}

/// Runs a command that must succeed.
fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        text(&output.stderr)
    );
    output
}

/// A program that answers when a passphrase is asked for, and notes what was
/// asked.
fn askpass(folder: &Path, answer: &str) -> [(&'static str, String); 2] {
    let program = folder.join("askpass");
    let script = format!("#!/bin/sh\necho \"$1\" >>asked\ncat <<'END'\n{answer}\nEND\n");
    write_program(&program, &script);
    [
        ("SSH_ASKPASS", program.to_str().unwrap().to_owned()),
        ("SSH_ASKPASS_REQUIRE", "force".to_owned()),
    ]
}

/// An ssh-agent, which ends when it is dropped.
struct Agent {
    child: Child,
    place: tempfile::TempDir,
}

impl Agent {
    fn start() -> Self {
        let place = folder();
        let mut command = command("ssh-agent", place.path());
        command.args(["-D", "-a", "socket"]).stdout(Stdio::null());
        let child = command.spawn().unwrap();
        let agent = Self { child, place };
        while std::os::unix::net::UnixStream::connect(agent.socket()).is_err() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        agent
    }

    fn socket(&self) -> PathBuf {
        self.place.path().join("socket")
    }

    fn add(&self, key: &Path) {
        let mut add = command("ssh-add", self.place.path());
        succeed(add.arg("-q").arg(key).env("SSH_AUTH_SOCK", self.socket()));
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether ssh-keygen finds the signature good, and what it says.
fn keygen_verifies(folder: &Path, signers: &str, identity: &str) -> (bool, String) {
    fs::write(folder.join("signers"), signers).unwrap();
    let mut command = command("ssh-keygen", folder);
    command.args(["-Y", "verify", "-f", "signers", "-n", "lexlogs"]);
    command.args(["-I", identity, "-s", SIGNATURE]);
    command.stdin(fs::File::open(folder.join(ZIP)).unwrap());
    let output = command.output().unwrap();
    let said = [text(&output.stdout), text(&output.stderr)].concat();
    (output.status.success(), said)
}

/// Whether lexlogs does.
fn lexlogs_verifies(folder: &Path, signers: &str, identity: &str) -> Result<Signer, String> {
    fs::write(folder.join("signers"), signers).unwrap();
    signature::verify(
        &fs::read(folder.join(ZIP)).unwrap(),
        &folder.join(SIGNATURE),
        &folder.join("signers"),
        identity,
    )
    .unwrap()
}

/// Both must find it good, and name the same key.
fn both_verify(folder: &Path, key: &Path, kind: &str) {
    let signers = line(ME, key);
    let (good, said) = keygen_verifies(folder, &signers, ME);
    assert!(good, "{kind}: {said}");
    let signer =
        lexlogs_verifies(folder, &signers, ME).unwrap_or_else(|why| panic!("{kind}: {why}"));
    let expected = format!(
        "Good \"lexlogs\" signature for {ME} with {kind} key {}\n",
        signer.fingerprint
    );
    assert_eq!(said, expected);
}

/// Signs `b.zip` by ssh-keygen.
fn keygen_signs(folder: &Path, key: &Path, namespace: &str) {
    let _ = fs::remove_file(folder.join(SIGNATURE));
    let mut command = command("ssh-keygen", folder);
    command.args(["-q", "-Y", "sign", "-n", namespace, "-f"]);
    succeed(command.arg(key).arg(ZIP));
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn every_kind_of_key_signs_for_both_and_both_sign_alike() {
    let place = folder();
    for (name, kind, called) in KINDS {
        let key = make_key(place.path(), name, kind, "");
        succeed(signing(place.path(), &key).arg("--force"));
        both_verify(place.path(), &key, called);
        let ours = fs::read_to_string(place.path().join(SIGNATURE)).unwrap();
        keygen_signs(place.path(), &key, "lexlogs");
        both_verify(place.path(), &key, called);
        // ECDSA takes a random number.
        if called != "ECDSA" {
            assert_eq!(
                fs::read_to_string(place.path().join(SIGNATURE)).unwrap(),
                ours
            );
        }
    }
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn a_passphrase_is_asked_for_by_askpass_or_at_a_terminal() {
    let place = folder();
    let key = make_key(place.path(), "key", ED25519, PASSPHRASE);
    let mut by_askpass = signing(place.path(), &key);
    succeed(by_askpass.envs(askpass(place.path(), PASSPHRASE)));
    let asked = fs::read_to_string(place.path().join("asked")).unwrap();
    assert!(asked.starts_with("Enter passphrase"), "{asked}");
    both_verify(place.path(), &key, "ED25519");

    for (typed, code) in [(PASSPHRASE, 0), ("wrong", 2)] {
        let other = folder();
        let signing = signing(other.path(), &key);
        let words = signing.get_args().map(|word| word.to_str().unwrap());
        let argv: Vec<&str> = ["env", "-u", "SSH_AUTH_SOCK"]
            .into_iter()
            .chain(words)
            .collect();
        let steps = [("Enter passphrase", format!("{typed}\r"))];
        let steps = steps
            .each_ref()
            .map(|(question, typed)| (*question, typed.as_str()));
        let session = at_terminal(other.path(), other.path(), &argv, &steps);
        assert_eq!(session.code, Some(code), "{session:?}");
        assert!(!session.shown.contains(PASSPHRASE), "{session:?}");
        assert_eq!(
            session.shown.contains("incorrect passphrase"),
            code == 2,
            "{session:?}"
        );
        assert_eq!(other.path().join(ZIP).exists(), code == 0);
    }
}

#[test]
#[ignore = "needs ssh-keygen and ssh-agent: run tests/run"]
fn a_key_in_an_agent_signs() {
    let place = folder();
    let agent = Agent::start();
    let key = make_key(place.path(), "key", ED25519, "");
    agent.add(&key);
    // A key of which only the public part is there, and an encrypted one.
    fs::remove_file(&key).unwrap();
    let encrypted = make_key(place.path(), "encrypted", ED25519, "");
    agent.add(&encrypted);
    let change = ["-q", "-p", "-P", "", "-N", PASSPHRASE, "-f", "encrypted"];
    output_of("ssh-keygen", &change, place.path());
    for (file, key) in [(&public(&key), &key), (&encrypted, &encrypted)] {
        let mut signing = signing(place.path(), file);
        succeed(signing.arg("--force").env("SSH_AUTH_SOCK", agent.socket()));
        both_verify(place.path(), key, "ED25519");
    }
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn the_report_names_the_signature_and_its_key() {
    let place = folder();
    let key = make_key(place.path(), "key", ED25519, "");
    let output = succeed(&mut signing(place.path(), &key));
    let listed = output_of("ssh-keygen", &["-lf", "key"], place.path());
    let fingerprint = listed.split(' ').nth(1).unwrap();
    let said = text(&output.stderr);
    assert!(
        said.contains(&format!("\nsigned by the key {fingerprint}: b.zip.sig\n")),
        "{said}"
    );
    assert!(
        said.contains("1. Send b.zip and b.zip.sig to the administrator of the account, and your public key through a separate channel."),
        "{said}"
    );
    let output = succeed(signing(place.path(), &key).arg("--json"));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["signature"]["path"], "b.zip.sig");
    assert_eq!(json["signature"]["fingerprint"], fingerprint);
    assert_eq!(json["unchanged"], true);
}

/// A bundle whose name needs quotes in both shells, signed, in a folder; the
/// command of its runbook that verifies it; the zip's name.
fn with_runbook(place: &Path) -> (String, String) {
    let key = make_key(place, "key", ED25519, "");
    fs::write(place.join("allowed_signers"), line("requester", &key)).unwrap();
    let mut signing = command(env!("CARGO_BIN_EXE_lexlogs"), place);
    let config = root().join("examples/text-only/lexlogs.toml");
    signing
        .arg("bundle")
        .arg(&config)
        .args(["--role-name=a=b,c@d", "-o.", "--sign=key"]);
    let output = succeed(&mut signing);
    let name = text(&output.stdout)
        .trim_end()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let mut render = command(env!("CARGO_BIN_EXE_lexlogs"), place);
    succeed(
        render
            .arg("render")
            .arg(&config)
            .args(["--role-name=a=b,c@d", "-oout"]),
    );
    let readme = fs::read_to_string(place.join("out/README.md")).unwrap();
    let (_, block) = readme.split_once("```sh\nssh-keygen ").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    (format!("ssh-keygen {block}"), name)
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn the_runbooks_command_verifies_in_every_shell() {
    let place = folder();
    let (block, name) = with_runbook(place.path());
    for shell in SHELLS {
        let mut command = command(shell[0], place.path());
        command.args(&shell[1..]).args(["-c", &block]);
        let said = succeed(&mut command).stdout;
        assert!(
            text(&said).starts_with("Good \"lexlogs\" signature for requester with ED25519 key ")
        );
    }
    fs::write(place.path().join(&name), "another").unwrap();
    let output = command("sh", place.path())
        .args(["-c", &block])
        .output()
        .unwrap();
    assert!(!output.status.success() && output.stdout.starts_with(b"Could not verify"));
}

#[test]
#[ignore = "needs Wine and ssh-keygen: run tests/run"]
fn the_runbooks_command_reaches_ssh_keygen_in_a_command_prompt() {
    let place = folder();
    let (block, name) = with_runbook(place.path());
    // Wine has no ssh-keygen: this one notes what it is given.
    let programs = folder();
    let stand_in = "@echo %*>args\r\n@set /p LINE=\r\n@echo %LINE:~0,2%>input\r\n";
    fs::write(programs.path().join("ssh-keygen.cmd"), stand_in).unwrap();
    Cmd::pasted(place.path(), &block)
        .extra_path(programs.path())
        .run();
    let read = |name: &str| fs::read_to_string(place.path().join(name)).unwrap();
    assert_eq!(
        read("args").replace(" \r\n", "\r\n"),
        format!("-Y verify -f allowed_signers -I requester -n lexlogs -s \"{name}.sig\"\r\n")
    );
    assert_eq!(read("input"), "PK\r\n");
}
