//! The question of `undo` at a terminal.

use super::*;

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_asks_at_a_terminal() {
    let mut iam = Iam::start(ACCOUNT);
    for (shell, (answer, code)) in crate::support::SHELLS.iter().cycle().zip(ANSWERS) {
        let site = Site::new(&iam, &example("text-only"), RUNNERS[0], Cli::V1);
        iam.ask("reset");
        site.done("apply", &["--yes"]);
        let programs = site.wrapped("CALL");
        let argv = [shell, &["undo.sh"][..]].concat();
        let typed = format!("{answer}\r");
        let session = at_terminal(
            &site.folder,
            programs.path(),
            &argv,
            &[(QUESTION.trim_start(), &typed)],
        );
        assert_eq!(session.code, Some(code), "{shell:?}, {answer}: {session:?}");
        let exists = iam.ask("state")["roles"].get(ROLE).is_some();
        assert_eq!(exists, code == 2, "{shell:?}, {answer}: {session:?}");
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn undo_asks_at_a_terminal_of_cmd() {
    let mut iam = Iam::start(ACCOUNT);
    let site = Site::new(&iam, &example("text-only"), Runner::CmdExe, Cli::V1);
    site.done("apply", &["--yes"]);
    let receipt = site.receipt();
    iam.ask("save applied");
    // Wine has no timeout.exe, by which the script tells a terminal.
    let functions = site.folder.join("functions.cmd");
    let text = std::fs::read_to_string(&functions).unwrap();
    let terminal = "\"%SYSTEM%\\timeout.exe\" /t 0";
    assert_eq!(text.matches(terminal).count(), 1);
    std::fs::write(&functions, text.replace(terminal, "ver")).unwrap();
    for (answer, code) in ANSWERS
        .into_iter()
        .chain([("y\"es", 0), ("&echo yes", 2), ("%TEMP%", 2)])
    {
        iam.ask("restore applied");
        site.write_receipt(&receipt);
        let output = site.with_bridge(|bridge| {
            let command = Cmd::new(&site.folder, "undo.cmd").aws(Aws::Exe, Some(bridge));
            command.stdin(format!("{answer}\r\n").as_bytes()).run()
        });
        assert_eq!(output.code, code, "{answer}: {output:?}");
        assert!(
            output.stdout.replace('\r', "").contains(QUESTION),
            "{output:?}"
        );
        let exists = iam.ask("state")["roles"].get(ROLE).is_some();
        assert_eq!(exists, code == 2, "{answer}: {output:?}");
    }
}
