//! The man pages.

use std::process::Command;

use crate::support::{folder, lexlogs, root, text};

/// Every command that has a page, and the program.
pub(crate) const COMMANDS: [&str; 24] = [
    "",
    "init",
    "bundle",
    "render",
    "cloudformation",
    "fleet",
    "verify",
    "inspect",
    "diff",
    "receipt",
    "lint",
    "docs",
    "docs-page",
    "docs-snippet",
    "docs-list",
    "docs-write",
    "templates",
    "templates-list",
    "templates-show",
    "templates-variables",
    "templates-export",
    "schema",
    "completions",
    "man",
];

fn page(command: &str) -> String {
    let arguments = [&["man"][..], &[command]].concat();
    let arguments = if command.is_empty() {
        &arguments[..1]
    } else {
        &arguments
    };
    let output = lexlogs(root(), arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).to_owned()
}

#[test]
fn every_command_has_a_page_with_its_flags_and_exit_codes() {
    let output = lexlogs(root(), &["man", "bundel"]);
    assert_eq!(output.status.code(), Some(2));
    let listed = COMMANDS[1..].join(", ");
    assert!(
        text(&output.stderr).contains(&format!("the commands are {listed}\n")),
        "{}",
        text(&output.stderr)
    );
    assert!(page("").contains("\nlexlogs\\-bundle(1)\n"));
    let of_bundle = page("bundle");
    assert!(of_bundle.starts_with(".ie"), "{of_bundle}");
    for row in lexlogs::parameters::PARAMETERS {
        let flag = format!("\\-\\-{}\\fR", row.name.replace('-', "\\-"));
        assert!(of_bundle.contains(&flag), "{flag}");
    }
    assert!(page("docs-write").contains("lexlogs docs write"));
    let of_verify = page("verify");
    for part in [
        "\n.SH EXAMPLES\n.TP\nVerify a bundle:\n\\fBlexlogs verify request.zip\\fR\n",
        "\n.SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\nIntact, proven",
        "\n.SH \"SEE ALSO\"\n\\fBlexlogs\\fR(1), \\fBlexlogs\\-inspect\\fR(1), ",
    ] {
        assert!(of_verify.contains(part), "{part}: {of_verify}");
    }
}

#[test]
#[ignore = "needs mandoc: run tests/run"]
fn mandoc_warns_of_nothing() {
    let place = folder();
    for command in COMMANDS {
        let path = place.path().join("page.1");
        std::fs::write(&path, page(command)).unwrap();
        // Of long lines in the source it has a remark on style.
        let output = Command::new("mandoc")
            .args(["-Tlint", "-Wwarning"])
            .arg(&path)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{command}: {}",
            text(&output.stdout)
        );
        assert_eq!(text(&output.stdout), "", "{command}");
        let shown = Command::new("mandoc")
            .arg("-Tascii")
            .arg(&path)
            .output()
            .unwrap();
        assert!(shown.stdout.len() > 500, "{command}");
    }
}
