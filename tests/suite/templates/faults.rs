//! What is wrong with custom templates, told with file, line and column.

use std::fs;

use super::{change, exported, refused, rendered, write};

/// Puts a line in front of a template.
fn with_line(name: &str, line: &str) -> tempfile::TempDir {
    let place = exported();
    let built_in = fs::read_to_string(place.path().join("own").join(name)).unwrap();
    write(place.path(), name, &format!("{line}\n{built_in}"));
    place
}

#[test]
fn each_fault_of_a_template_has_its_place_and_what_would_pass() {
    for (name, line, told) in [
        (
            "docs/README.md",
            "{{ acount_id }}",
            "1:4: the template reads `acount_id`, which it is not given; did you mean `account_id`?",
        ),
        (
            "docs/README.md",
            "é {% if not exists %}{% endif %}",
            "1:13: the template reads `exists`, which it is not given; the nearest names are ",
        ),
        (
            "docs/README.md",
            "{% for step in apply %}{{ step.titel }}{% endfor %}",
            "1:32: Field `titel` is not defined; did you mean `title`?",
        ),
        (
            "docs/README.md",
            "{{ region | uper }}",
            "1:13: Unknown filter `uper`",
        ),
        (
            "docs/README.md",
            "{% include \"docs/READM.md\" %}",
            "1:12: Unknown template `docs/READM.md`",
        ),
        (
            "docs/README.md",
            "{{ __tera_context }}",
            "1:4: the template reads `__tera_context`, which it is not given; the nearest names are `",
        ),
        ("docs/README.md", "{% fro step in apply %}", "1:4: "),
        ("docs/README.md", "a\n {{ region", "3:1: "),
        ("docs/README.md", "{{ throw(message=\"no\") }}", "1:4: "),
        (
            "docs/README.md",
            "{{ custom.tiket }}",
            "1:11: Field `tiket` is not defined; did you mean `ticket`?",
        ),
        (
            "docs/README.md",
            "a\u{b}b",
            " gives a file that has `\\u{b}` in line 1, which nobody reads alike everywhere",
        ),
        (
            "parts/start.sh",
            "echo {{ roel_path }}",
            "1:9: the template reads `roel_path`, which it is not given; did you mean `role_path`?",
        ),
        (
            "bash/apply.sh",
            "{% include \"docs/README.md\" %}",
            "1:12: Unknown template `docs/README.md`",
        ),
        (
            "cmd/apply.cmd",
            "rem ok\nrem größe",
            " gives a file that has `ö` in line 2, which nobody reads alike everywhere",
        ),
        (
            "cmd/apply.cmd",
            "rem {{ custom.team | comment }}",
            "1:22: the argument holds `&`, which a comment cannot",
        ),
        (
            "cmd/apply.cmd",
            "echo {{ custom.team | cmd }}",
            "1:23: the argument holds `%`, which cmd.exe does not pass on",
        ),
    ] {
        let place = with_line(name, line);
        let said = refused(place.path(), &["--custom", "ticket=CHG1,team=a & 100%"]);
        let first = said.split("\n\n").next().unwrap();
        assert!(
            first.starts_with(&format!("own/{name}:{told}")),
            "{line}\n{first}\n{told}"
        );
    }
}

/// What a template of a shell prints and says nothing of does no harm, wherever it
/// stands: it is quoted, or refused.
#[test]
fn a_value_that_could_leave_quotes_is_refused_without_a_filter() {
    for (name, value, refused_for) in [
        ("bash/apply.sh", "it's $(id)", "'"),
        ("bash/apply.sh", "`id`", "`"),
        ("bash/apply.sh", "a\\", "\\"),
        ("cmd/apply.cmd", "a & calc", "&"),
        ("cmd/apply.cmd", "a|b", "|"),
        ("cmd/apply.cmd", "a) else (b", ")"),
    ] {
        for line in ["echo {{ custom.x }}", "echo \"{{ custom.x }}\""] {
            let place = with_line(name, line);
            let said = refused(place.path(), &["--custom", &format!("x={value}")]);
            let filter = if name.ends_with("sh") { "sh" } else { "cmd" };
            assert!(
                said.contains(&format!(
                    "own/{name}: prints `{value}`: the argument holds `{refused_for}`: write `| {filter}`, as a word of its own and not within quotes"
                )),
                "{said}"
            );
        }
    }
    for (line, printed) in [
        ("echo {{ custom.x }}", "echo a\\;\\ \\$\\(id\\)\\ \\\"b"),
        (
            "echo \"{{ custom.x }}\"",
            "echo \"a\\;\\ \\$\\(id\\)\\ \\\"b\"",
        ),
        ("echo {{ custom.x | sh }}", "echo 'a; $(id) \"b'"),
        ("echo {{ custom.x | safe }}", "echo a; $(id) \"b"),
        ("# {{ custom.x | comment }}", "# a; $(id) \"b"),
        (
            "{% set x = custom.x %}{{ x | upper }}",
            "A\\;\\ \\$\\(ID\\)\\ \\\"B",
        ),
        (
            "{{ custom | get(key=\"x\") }}",
            "a\\;\\ \\$\\(id\\)\\ \\\"b",
        ),
    ] {
        let place = with_line("bash/apply.sh", line);
        let out = rendered(place.path(), &["--custom", "x=a; $(id) \"b"]);
        let script = fs::read_to_string(out.join("apply.sh")).unwrap();
        assert!(
            script.starts_with(&format!("{printed}\n")),
            "{line}: {script}"
        );
    }
}

#[test]
fn several_faults_are_told_together() {
    let place = with_line("docs/README.md", "{{ a_b }}\n{{ region | c_d }}");
    write(place.path(), "cmd/check.cmd", "{{ e_f | g_h }}\n");
    let places = || {
        let said = refused(place.path(), &[]);
        let faults = said
            .split("\n\n")
            .map(|fault| fault.split(": ").next().unwrap().to_owned());
        faults.collect::<Vec<String>>()
    };
    // Filters and names are looked for in two goes: what is unknown to Tera comes first.
    assert_eq!(
        places(),
        ["own/cmd/check.cmd:1:10", "own/docs/README.md:2:13"]
    );
    change(place.path(), "docs/README.md", " | c_d", "");
    change(place.path(), "cmd/check.cmd", " | g_h", "");
    assert_eq!(
        places(),
        ["own/cmd/check.cmd:1:4", "own/docs/README.md:1:4"]
    );
}

#[test]
fn a_document_that_is_not_a_policy_is_refused() {
    let name = "policies/LexConversationLogsS3Policy.json";
    for (from, to, told) in [
        (
            "\"s3:PutObject\"",
            "\"s3:*\"",
            "gives a document that does not allow `s3:PutObject`, which Amazon Lex needs; ",
        ),
        (
            "\"Version\"",
            "Version",
            "gives a document that has a fault in line 2: key must be a string; ",
        ),
        (
            "{{ bucket_name",
            "{{ role_name",
            "gives a document that has the Resource `arn:aws:s3:::",
        ),
        (
            "{{ bucket_name",
            "{{ custom.x",
            "gives a document that has the Resource `arn:aws:s3:::a\"]/",
        ),
        (
            "\"Statement\"",
            "\"Id\": \"x\",\n    \"Statement\"",
            "gives a document that is not a policy document: unknown field `Id`, expected `Version` or `Statement`; ",
        ),
        (
            "Allow",
            "Deny",
            "gives a document that denies something, where Amazon Lex is to be allowed in; ",
        ),
    ] {
        let place = exported();
        change(place.path(), name, from, to);
        let said = refused(place.path(), &["--custom", "x=a\"]"]);
        assert!(said.starts_with(&format!("own/{name}: {told}")), "{said}");
        let help = format!("compare it with the built-in one: `lexlogs templates show {name}`");
        assert!(said.contains(&help), "{said}");
    }
}

#[test]
fn files_that_are_not_fit_for_their_places_are_refused() {
    for (name, text, told) in [
        (
            "cmd/check.cmd",
            format!("rem {}\n", "x".repeat(8001)),
            "own/cmd/check.cmd: gives a file that has 8005 characters in line 1; cmd.exe is given 8000 at most",
        ),
        (
            "docs/README.md",
            "# T\n\n{% for i in range(end=99999) %}xxxxxxxxxxxxxxxxxxx\n{% endfor %}".into(),
            "own/docs/README.md: gives a file that has 1999985 bytes, which no reader of bundles takes: 1048576 is the most",
        ),
    ] {
        let place = exported();
        write(place.path(), name, &text);
        let said = refused(place.path(), &[]);
        assert!(said.starts_with(told), "{said}\n{told}");
    }
}
