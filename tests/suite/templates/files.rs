//! The files of a folder of templates: which count, for which version, and how
//! such a folder begins.

use std::fs;

use super::{change, exported, refused, render};
use crate::support::{folder, lexlogs, names, text};

#[test]
fn files_that_override_nothing_are_refused() {
    let place = exported();
    let own = place.path().join("own");
    for (name, told) in [
        (
            "aply.sh",
            " is not the name of a template; did you mean `bash/apply.sh`?",
        ),
        (
            "apply.sh",
            " is not the name of a template; did you mean `bash/apply.sh`?",
        ),
        (
            "bash/apply.sh.orig",
            " is not the name of a template; did you mean `bash/apply.sh`?",
        ),
        (
            "bash/functions.sh",
            ": cannot be replaced: it is the same in every bundle of a version, or what lexlogs itself says",
        ),
        (
            "legal.html",
            " is not the name of a template; the nearest names are ",
        ),
    ] {
        fs::write(own.join(name), "x").unwrap();
        let said = refused(place.path(), &[]);
        assert!(said.starts_with(&format!("own/{name}{told}")), "{said}");
        fs::remove_file(own.join(name)).unwrap();
    }
    fs::create_dir(own.join("extra")).unwrap();
    assert!(refused(place.path(), &[]).starts_with("own/extra is not the name of a template"));
    fs::remove_dir(own.join("extra")).unwrap();
    fs::write(own.join("docs/README.md"), b"a\nb \xff").unwrap();
    assert_eq!(
        refused(place.path(), &[]),
        "own/docs/README.md:2:3: own/docs/README.md is not UTF-8 text; save the file as UTF-8"
    );
    fs::write(own.join("docs/README.md"), vec![b'x'; 300_000]).unwrap();
    assert_eq!(
        refused(place.path(), &[]),
        "own/docs/README.md has more than 262144 bytes, which no template needs"
    );
}

#[test]
fn templates_for_another_version_are_not_used_by_mistake() {
    let place = exported();
    let record = place.path().join("own/lexlogs-templates.json");
    let now = fs::read_to_string(&record).unwrap();
    assert!(now.starts_with(
        "{\n  \"generator\": \"lexlogs 0.1.0\",\n  \"templates\": {\n    \"bash/apply.sh\": \""
    ));
    // The version before had another apply.sh, of which this one was made.
    let digest = now.split("\"bash/apply.sh\": \"").nth(1).unwrap()[..64].to_owned();
    let before = now.replace("lexlogs 0.1.0", "lexlogs 0.0.9");
    let before = before.replace(&digest, &"0".repeat(64));
    fs::write(&record, before).unwrap();
    change(
        place.path(),
        "bash/apply.sh",
        "#!/bin/sh\n",
        "#!/bin/sh\n# Mine.\n",
    );
    assert_eq!(
        refused(place.path(), &[]),
        "own/bash/apply.sh: was made from the template of lexlogs 0.0.9, and that of this version (lexlogs 0.1.0) is another: write the new ones by \
`lexlogs templates export NEW`, carry your changes over into NEW/bash/apply.sh, and use NEW"
    );
    // One whose built-in is the same still counts.
    fs::remove_file(place.path().join("own/bash/apply.sh")).unwrap();
    change(
        place.path(),
        "bash/check.sh",
        "#!/bin/sh\n",
        "#!/bin/sh\n# Mine.\n",
    );
    let output = render(place.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let script = fs::read_to_string(place.path().join("out/check.sh")).unwrap();
    assert!(script.starts_with("#!/bin/sh\n# Mine.\n"));
    fs::remove_dir_all(place.path().join("out")).unwrap();

    fs::write(&record, "{}").unwrap();
    assert!(
        refused(place.path(), &[])
            .starts_with("own/lexlogs-templates.json is not what lexlogs wrote: ")
    );
    fs::remove_file(&record).unwrap();
    assert_eq!(
        refused(place.path(), &[]),
        "own/lexlogs-templates.json is not there, so nobody knows for which lexlogs these templates are; `lexlogs templates export NEW` writes a folder to begin with"
    );
    let output = lexlogs(
        place.path(),
        &["bundle", &super::config(), "--templates", "no"],
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).starts_with("error: cannot read no"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn unchanged_exports_of_older_versions_do_not_count() {
    let place = exported();
    let own = place.path().join("own");
    let record = own.join("lexlogs-templates.json");
    let now = fs::read_to_string(&record).unwrap();
    let digest = now.split("\"docs/README.md\": \"").nth(1).unwrap()[..64].to_owned();
    let old = "# An old runbook\n";
    let of_old = lexlogs::digest::sha256(old.as_bytes());
    fs::write(
        &record,
        now.replace(&digest, &of_old).replace("0.1.0", "0.0.9"),
    )
    .unwrap();
    fs::write(own.join("docs/README.md"), old).unwrap();
    let output = render(place.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let readme = fs::read_to_string(place.path().join("out/README.md")).unwrap();
    assert!(readme.starts_with("# Conversation logs of Amazon Lex V2"));
}

#[test]
fn an_export_replaces_nothing_and_is_whole_or_not_there() {
    let place = folder();
    let export = |name: &str| lexlogs(place.path(), &["templates", "export", name]);
    fs::create_dir(place.path().join("empty")).unwrap();
    for name in ["new", "empty", "a/b"] {
        let output = export(name);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(
            place
                .path()
                .join(name)
                .join("lexlogs-templates.json")
                .is_file()
        );
        let readme = fs::read_to_string(place.path().join(name).join("README.md")).unwrap();
        assert!(readme.contains("\n- What a `.sh` or `.cmd` template prints is quoted "));
    }
    fs::write(place.path().join("file"), "mine").unwrap();
    for name in ["new", "file"] {
        let output = export(name);
        assert_eq!(output.status.code(), Some(3));
        assert_eq!(
            text(&output.stderr),
            format!(
                "error: {name} already exists, and is never replaced; nothing was written\n |\n = help: name a new folder\n"
            )
        );
    }
    assert_eq!(
        fs::read_to_string(place.path().join("file")).unwrap(),
        "mine"
    );
    assert_eq!(names(place.path()), ["a", "empty", "file", "new"]);
}

#[test]
fn templates_can_be_listed_and_shown() {
    let place = exported();
    let said = |arguments: &[&str]| {
        let output = lexlogs(place.path(), &[&["templates"], arguments].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    let list = said(&["list"]);
    let json: serde_json::Value = serde_json::from_str(&said(&["list", "--json"])).unwrap();
    assert_eq!(list.lines().count(), json.as_array().unwrap().len());
    for entry in json.as_array().unwrap() {
        let name = entry["name"].as_str().unwrap();
        let makes = entry["makes"].as_str().unwrap();
        let mut lines = list.lines();
        assert!(
            lines.any(|line| line.starts_with(name) && line.ends_with(makes)),
            "{name}"
        );
        let file = fs::read_to_string(place.path().join("own").join(name)).unwrap();
        assert_eq!(said(&["show", name]), file);
    }
    let output = lexlogs(place.path(), &["templates", "show", "README.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "error: README.md is not the name of a template\n |\n = help: did you mean `docs/README.md`?\n\n1 error; nothing was written\n"
    );
}

#[test]
fn what_a_template_is_given_can_be_had_as_json() {
    let place = exported();
    let given = |name: &str| -> serde_json::Value {
        let output = lexlogs(place.path(), &["templates", "variables", name]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_str(text(&output.stdout)).unwrap()
    };
    let script = given("bash/apply.sh");
    for parameter in lexlogs::parameters::PARAMETERS {
        let example = &script[parameter.variable()];
        assert!(!example.is_null() && *example != "", "{}", parameter.name);
    }
    assert_eq!(script["apply"][0]["subject"], "log-group");
    assert_eq!(given("docs/next.txt")["zipped"], true);
    assert!(given("docs/next.txt")["account_id"].is_null());
    // Every template reads what it is given, and nothing else; one includes the built-in one of another.
    for name in lexlogs::templates::replaceable() {
        assert!(given(name).is_object(), "{name}");
        let path = place.path().join("own").join(name);
        let built_in = fs::read_to_string(&path).unwrap();
        let built_in = built_in.replace("\"parts/", "\"built-in/parts/");
        fs::write(&path, format!("{built_in}{{# #}}")).unwrap();
    }
    let output = render(place.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output = lexlogs(
        place.path(),
        &["docs", "page", "--lex-version", "v2", "--templates", "own"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output = lexlogs(place.path(), &["templates", "variables", "bash/aply.sh"]);
    assert_eq!(output.status.code(), Some(2));
}
