//! What is wrong with templates of one's own, told with file, line and column.

use std::fs;

use super::{change, exported, refused, write};

/// Puts a line in front of a template.
fn with_line(name: &str, line: &str) -> tempfile::TempDir {
    let place = exported();
    let built_in = fs::read_to_string(place.path().join("own").join(name)).unwrap();
    write(place.path(), name, &format!("{line}\n{built_in}"));
    place
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn each_fault_of_a_template_has_its_place_and_what_would_pass() {
    for (name, line, told) in [
        (
            "docs/README.md",
            "{{ acount_id }}",
            "1:4: reads `acount_id`, which it is not given; did you mean `account_id`?",
        ),
        (
            "docs/README.md",
            "é {% if not exists %}{% endif %}",
            "1:13: reads `exists`, which it is not given; it is given account_id, account_regional_bucket, apply, ",
        ),
        (
            "docs/README.md",
            "{% for step in apply %}{{ step.titel }}{% endfor %}",
            "1:27: reads `.titel` of `apply`, which it does not have; did you mean `.title`?",
        ),
        (
            "docs/README.md",
            "{% if pass_role.zsh %}{% endif %}",
            "1:7: reads `.zsh` of `pass_role`, which it does not have; it has .create.bash .create.cmd ",
        ),
        (
            "docs/README.md",
            "{% if region.name %}{% endif %}",
            "1:7: reads `.name` of `region`, which it does not have; it is one value",
        ),
        (
            "docs/README.md",
            "{% for policy in policies %}{% for grant in policy.grants %}{% if grant.action %}{% endif %}{% endfor %}{% endfor %}",
            "1:67: reads `.grants.action` of `policies`, which it does not have; did you mean `.grants.actions`?",
        ),
        (
            "docs/README.md",
            "{{ region | uper }}",
            "1:13: unknown filter `uper`; did you mean `upper`?",
        ),
        (
            "docs/README.md",
            "{{ region | colour }}",
            "1:13: unknown filter `colour`; the filters are bash_word, cmd_word, ",
        ),
        (
            "docs/README.md",
            "{% include \"docs/READM.md\" %}",
            "1:12: unknown template `docs/READM.md`; did you mean `docs/README.md`?",
        ),
        (
            "docs/README.md",
            "{% for step in apply %}",
            "1:1: begins what nothing ends: `{% endfor %}` is missing",
        ),
        (
            "docs/README.md",
            "{% for step in apply %}\n{%- endif %}",
            "2:5: does not belong to the `for` of line 1, which is still to be ended by `{% endfor %}`",
        ),
        (
            "docs/README.md",
            "{% set a %}{% endset %}{% set b = region %}{% else %}",
            "1:47: belongs to nothing: no tag before it is still to be ended",
        ),
        (
            "docs/README.md",
            "{% fro step in apply %}",
            "1:4: unknown tag `fro`; did you mean `for`?",
        ),
        (
            "docs/README.md",
            "{{ __tera_context }}",
            "1:4: reads `__tera_context`, which it is not given; it is given account_id, ",
        ),
        (
            "docs/README.md",
            "a\n {{ region",
            "3:1: unexpected character",
        ),
        ("docs/README.md", "{{ throw(message=\"no\") }}", "1:4: "),
        (
            "docs/README.md",
            "{% if custom.tiket %}{% endif %}",
            "1:7: reads `custom.tiket`, which `custom` does not give; did you mean `custom.ticket`?",
        ),
        (
            "docs/README.md",
            "{{ custom[\"ticket\"] }}",
            "1:4: reads `custom` as a whole, or by `[ ]`: write `custom.NAME`, so that lexlogs can say whether it is given",
        ),
        (
            "docs/README.md",
            "{% for key, value in pass_role %}{% endfor %}",
            "1:1: goes through names and values together, in another order in each run: name the values one by one",
        ),
        (
            "docs/README.md",
            "{{ pass_role | keys | length }}",
            "1:16: uses the filter `keys`, whose result has another order in each run: the same parameters must give the same bytes",
        ),
        (
            "docs/README.md",
            "{% component x() %}{% endcomponent x %}",
            "1:1: defines a component, in which nobody sees what it is not given: use a part that is included, or `set`",
        ),
        (
            "docs/README.md",
            "a\u{b}b",
            "1:2: has the control character `\\u{b}`",
        ),
        (
            "bash/apply.sh",
            "echo {{ custom.ticket }}",
            "1:6: prints what may hold any character and goes through no filter of the shell: end it in `| bash_word`, or in a comment in `| bash_comment`",
        ),
        (
            "bash/apply.sh",
            "echo {{ custom.ticket | bash_word | upper }}",
            "1:6: prints what may hold any character",
        ),
        (
            "bash/apply.sh",
            "echo {{ region ~ custom.ticket | cmd_word }}",
            "1:6: prints what may hold any character",
        ),
        (
            "bash/apply.sh",
            "{% set x = custom.ticket %}echo {{ x }}",
            "1:33: prints what may hold any character",
        ),
        (
            "bash/apply.sh",
            "{% set x = custom.ticket ~ region %}echo {{ x | upper }}",
            "1:42: prints what may hold any character",
        ),
        (
            "bash/apply.sh",
            "{% for tag in tags %}echo {{ tag.key }}{% endfor %}",
            "1:27: prints what may hold any character",
        ),
        (
            "bash/apply.sh",
            "echo \"Ticket {{ custom.ticket | bash_word }}\"",
            "1:14: stands within quotes, which would end where those of `bash_word` begin: write it as a word of its own",
        ),
        (
            "bash/apply.sh",
            "cat <<X\n{{ custom.ticket | bash_word }}\nX",
            "2:1: stands in a here-document, where quotes quote nothing: print it with printf",
        ),
        (
            "bash/apply.sh",
            "echo \"\nTicket {{ custom.ticket | bash_word }}\n\"",
            "2:8: stands within quotes, which would end",
        ),
        (
            "bash/apply.sh",
            "echo \"\n# {{ custom.ticket | bash_comment }}\n\"",
            "2:3: prints by `bash_comment` what stands in no comment of its own line",
        ),
        (
            "bash/apply.sh",
            "cat <<X\n# {{ custom.ticket | bash_comment }}\nX",
            "2:3: prints by `bash_comment` what stands in no comment of its own line",
        ),
        (
            "bash/apply.sh",
            "{% filter replace(from=\"'\", to=\"\") %}echo {{ custom.ticket | bash_word }}{% endfilter %}",
            "1:43: stands in `{% filter %}`, whose text may be changed so that nothing is quoted any more: print it outside",
        ),
        (
            "bash/apply.sh",
            "{% filter trim %}{% set a %}{% endset %}{{ custom.ticket | bash_word }}{% endfilter %}",
            "1:41: stands in `{% filter %}`, whose text",
        ),
        (
            "bash/apply.sh",
            "{% set a %}{{ custom.ticket | bash_word }}{% endset %}{{ a | replace(from=\"'\", to=\"\") }}",
            "1:12: stands in `{% set %}`, whose text",
        ),
        (
            "bash/apply.sh",
            "{% include \"docs/README.md\" %}",
            "1:1: includes `docs/README.md`, in which nothing is quoted for this shell: a script includes scripts of its own shell alone",
        ),
        (
            "bash/apply.sh",
            "echo \"{% include \"parts/start.sh\" %}\"",
            "1:7: includes `parts/start.sh` within something else, which may undo its quotes: put it on a line of its own",
        ),
        (
            "bash/apply.sh",
            "# {{ log_settings.read.bash }}",
            "1:3: prints a command of several lines, of which the others are no comment: end it in `| bash_comment`",
        ),
        (
            "bash/apply.sh",
            "echo \"{{ log_settings.read.bash }}\"",
            "1:7: prints a command, whose own quotes would end where it stands: end it in `| bash_word` as a word of its own, or put it where a command stands",
        ),
        (
            "bash/apply.sh",
            "{% for step in apply | reverse %}echo {{ step }}{% endfor %}",
            "1:39: prints what may hold any character",
        ),
        (
            "policies/LexConversationLogsS3Policy.json",
            "{{ custom.ticket }}",
            "1:1: prints what may hold any character into a document: end it in `| json`, between `\"`",
        ),
        (
            "bash/apply.sh",
            "echo {{ custom.ticket | bash_comment }}",
            "1:6: prints by `bash_comment` what stands in no comment of its own line",
        ),
        (
            "parts/start.sh",
            "echo {{ role_path }}",
            "1:6: prints what may hold any character",
        ),
        (
            "cmd/apply.cmd",
            "echo {{ custom.ticket }}",
            "1:6: prints what may hold any character and goes through no filter of the shell: end it in `| cmd_word`, or in a comment in `| cmd_comment`",
        ),
        (
            "cmd/apply.cmd",
            "set \"TICKET={{ custom.ticket | cmd_word }}\"",
            "1:13: stands within quotes, which would end where those of `cmd_word` begin: write it as a word of its own",
        ),
        (
            "cmd/apply.cmd",
            "rem ok\nrem größe",
            "2:7: has `ö`: cmd.exe reads what is not ASCII in a code page that nobody knows",
        ),
        (
            "cmd/apply.cmd",
            "rem {{ custom.team | cmd_comment }}",
            "1:22: the argument holds `&`, which a comment cannot",
        ),
        (
            "cmd/apply.cmd",
            "echo {{ custom.team | cmd_word }}",
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

#[test]
fn several_faults_are_told_together() {
    let place = with_line("docs/README.md", "{{ a_b }}\n{{ region | c_d }}");
    write(place.path(), "cmd/check.cmd", "{{ e_f | upper }}\n");
    // Filters and names are looked for in two goes: what is unknown to Tera comes first.
    assert!(
        refused(place.path(), &[]).starts_with("own/docs/README.md:2:13: unknown filter `c_d`; ")
    );
    change(place.path(), "docs/README.md", " | c_d", "");
    let said = refused(place.path(), &[]);
    let places: Vec<&str> = said
        .split("\n\n")
        .map(|fault| fault.split(": ").next().unwrap())
        .collect();
    assert_eq!(places, ["own/cmd/check.cmd:1:4", "own/docs/README.md:1:4"]);
}

#[test]
fn a_document_that_is_no_policy_any_more_is_refused_whatever_made_it() {
    let name = "policies/LexConversationLogsS3Policy.json";
    for (from, to, told) in [
        (
            "\"s3:PutObject\"",
            "\"s3:*\"",
            ":6:11: gives a document that does not allow `s3:PutObject`, which Amazon Lex needs; ",
        ),
        (
            "\"Version\"",
            "Version",
            ":2:3: gives a document that has a fault in line 2: this is no JSON: key must be a string; ",
        ),
        (
            "{{ bucket_name",
            "{{ role_name",
            ":9:11: gives a document that has the Resource `arn:aws:s3:::",
        ),
        (
            "\"Statement\"",
            "\"Id\": \"x\",\n    \"Statement\"",
            ":3:3: gives a document that has a fault in line 3: an identity policy has no element `Id`; ",
        ),
        (
            "Allow",
            "Deny",
            ":5:11: gives a document that denies something, where Amazon Lex is to be allowed in; ",
        ),
    ] {
        let place = exported();
        change(place.path(), name, from, to);
        let said = refused(place.path(), &[]);
        assert!(said.starts_with(&format!("own/{name}{told}")), "{said}");
        let help = format!("compare it with the built-in one: `lexlogs templates show {name}`");
        assert!(said.contains(&help), "{said}");
    }
}

#[test]
fn files_that_are_not_fit_for_their_places_are_refused() {
    for (name, text, told) in [
        ("wording/steps.txt", "only one line\n".into(), "own/wording/steps.txt: gives a file that has 1 lines where 17 items want one each, in their order".to_owned()),
        ("wording/steps.txt", "{% for item in items %}do it & more\n{% endfor %}".into(), "own/wording/steps.txt: gives a file that has `&`: the scripts say these words, so that they have letters, digits, blanks and `_+=,.@-/:#` alone".into()),
        ("cmd/check.cmd", format!("rem {}\n", "x".repeat(8001)), "own/cmd/check.cmd: gives a file that has 8005 characters in line 1; cmd.exe is given 8000 at most".into()),
        ("docs/README.md", "# T\n\n{% for i in range(end=99999) %}xxxxxxxxxxxxxxxxxxx\n{% endfor %}".into(), "own/docs/README.md: gives a file that has 1999985 bytes, which no reader of bundles takes: 1048576 is the most".into()),
    ] {
        let place = exported();
        write(place.path(), name, &text);
        let said = refused(place.path(), &[]);
        assert!(said.starts_with(&told), "{said}\n{told}");
    }
}
