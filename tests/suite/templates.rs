//! Custom templates: what they make, and how what is wrong with them is
//! told.

mod files;
mod used;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{folder, lexlogs, root, text};

/// The example that is rendered.
fn config() -> String {
    let path = root().join("examples/text-and-audio/lexlogs.toml");
    path.to_str().unwrap().to_owned()
}

/// A folder with the templates in `own`.
fn exported() -> TempDir {
    let place = folder();
    let output = lexlogs(place.path(), &["templates", "export", "own"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "own\n");
    place
}

/// Replaces the first occurrence of a text in a template.
fn change(place: &Path, name: &str, from: &str, to: &str) {
    let path = place.join("own").join(name);
    let template = fs::read_to_string(&path).unwrap();
    assert!(template.contains(from), "{name} has no {from}");
    fs::write(&path, template.replacen(from, to, 1)).unwrap();
}

/// Writes a template.
fn write(place: &Path, name: &str, text: &str) {
    fs::write(place.join("own").join(name), text).unwrap();
}

/// Renders the example with the templates in `own`.
fn render(place: &Path, more: &[&str]) -> std::process::Output {
    let config = config();
    let arguments = ["render", &config, "--templates", "own", "-o", "out"];
    lexlogs(place, &[&arguments, more].concat())
}

/// One that cmd.exe passes on.
const PLAIN_TICKET: &str = "CHG 0042 & 'a'; b";

/// A header with the ticket in both scripts, and a step that prints it.
fn with_header_and_step(place: &Path) {
    change(
        place,
        "bash/apply.sh",
        "#!/bin/sh\n",
        "#!/bin/sh\n# Ticket: {{ custom.ticket | comment }}\n",
    );
    change(
        place,
        "bash/apply.sh",
        "echo 'Plan:'\n",
        "printf 'ticket=[%s] by %s\\n' {{ custom.ticket | sh }} {% for name in custom.approvers %}{{ name | sh }}{% endfor %}\necho 'Plan:'\n",
    );
    change(
        place,
        "cmd/apply.cmd",
        "echo Plan:\n",
        "echo ticket=[{{ custom.ticket | cmd }}]\necho Plan:\n",
    );
}

/// Parameters with these values of one's own.
fn parameters(place: &Path, ticket: &str) {
    let ticket = serde_json::to_string(ticket).unwrap();
    let given = fs::read_to_string(config()).unwrap();
    let custom = format!("{given}\n[custom]\nticket = {ticket}\napprovers = [\"Ann $HOME\"]\n");
    fs::write(place.join("lexlogs.toml"), custom).unwrap();
}

fn bundle(place: &Path, arguments: &[&str]) -> std::process::Output {
    lexlogs(place, &[&["bundle"], arguments].concat())
}
