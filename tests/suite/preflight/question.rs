//! The question of `apply` at a terminal.

use super::*;

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn apply_asks_at_a_terminal_and_goes_on_only_after_yes() {
    let answers = Answers::new();
    let question = "Make these 3 changes in account 111122223333? [y/N] ";
    let end = ("\u{4}", false);
    for case in each(&[SHELLS.len(), TYPED.len() + 1]) {
        let (name, (typed, goes_on)) = (SHELLS[case[0]], *TYPED.get(case[1]).unwrap_or(&end));
        let bundle = small_bundle();
        let argv = [name, &["apply.sh"]].concat();
        let typed = if typed == end.0 {
            typed.to_owned()
        } else {
            format!("{typed}\n")
        };
        let session = at_terminal(bundle.path(), answers.path(), &argv, &[(question, &typed)]);
        assert_eq!(
            session.code,
            Some(if goes_on { 0 } else { 2 }),
            "{typed:?}: {session:?}"
        );
        assert_eq!(
            answers.take_changes().len(),
            if goes_on { 3 } else { 0 },
            "{session:?}"
        );
        assert_eq!(
            session
                .shown
                .contains("the answer was not yes.\nNothing was changed.\n"),
            !goes_on,
            "{session:?}"
        );
        assert!(!bundle.path().join("ran").exists());
    }
    // What needs no answer is not asked.
    let bundle = small_bundle();
    for argument in ["--yes", "--dry-run"] {
        let session = at_terminal(
            bundle.path(),
            answers.path(),
            &["sh", "apply.sh", argument],
            &[],
        );
        assert!(
            session.code == Some(0) && !session.shown.contains("[y/N]"),
            "{session:?}"
        );
    }
    answers.in_place(bundle.path());
    let session = at_terminal(bundle.path(), answers.path(), &["sh", "apply.sh"], &[]);
    assert!(
        session.code == Some(0) && !session.shown.contains("[y/N]"),
        "{session:?}"
    );
}

/// Wine has no timeout.exe, with which the script detects a console: one that only succeeds stands in for it.
#[test]
#[ignore = "needs Wine: run tests/run"]
fn apply_asks_at_a_console_and_goes_on_only_after_yes() {
    use crate::bridge::{Bridge, run_program};
    let windows = folder();
    let system = windows.path().join("System32");
    fs::create_dir(&system).unwrap();
    for name in ["certutil.exe", "fc.exe", "find.exe"] {
        let program = real("wine-prefix/drive_c/windows/system32").join(name);
        std::os::unix::fs::symlink(program, system.join(name)).unwrap();
    }
    let source = windows.path().join("timeout.c");
    fs::write(&source, "int main(void) { return 0; }\n").unwrap();
    let mut compiler = Command::new("x86_64-w64-mingw32-gcc");
    let built = compiler
        .arg("-o")
        .arg(system.join("timeout.exe"))
        .arg(&source)
        .status()
        .unwrap();
    assert!(built.success());
    for (typed, goes_on) in TYPED {
        let answers = Answers::new();
        let bundle = small_bundle();
        let script = format!(
            "@set \"SystemRoot={}\"\r\n@call apply.cmd\r\n",
            windows_path(windows.path())
        );
        fs::write(bundle.path().join("t.cmd"), script).unwrap();
        let program = answers.path().join("aws");
        let settings = crate::support::without_aws_settings();
        let bridge = Bridge::start(move |call| run_program(&program, &settings, call).with_crlf());
        let output = Cmd::new(bundle.path(), "t.cmd")
            .aws(Aws::Exe, Some(&bridge))
            .stdin(format!("{typed}\r\n").as_bytes())
            .run();
        assert_eq!(
            output.code,
            if goes_on { 0 } else { 2 },
            "{typed:?}: {output:?}"
        );
        assert!(
            output
                .stdout
                .contains("Make these 3 changes in account 111122223333? [y/N] "),
            "{output:?}"
        );
        assert_eq!(
            answers.take_changes().len(),
            if goes_on { 3 } else { 0 },
            "{output:?}"
        );
        assert!(!bundle.path().join("ran").exists(), "{typed:?}");
    }
}
