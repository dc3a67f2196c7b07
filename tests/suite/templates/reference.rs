//! The reference of variables and filters, against what templates are really
//! given.

use std::collections::BTreeSet;

use lexlogs::docs::flavor::Shells;
use lexlogs::docs::page;
use lexlogs::docs::snippets::Setup;
use lexlogs::parameters::Key;
use lexlogs::plan::Plan;
use lexlogs::render::variables::steps::Wording;
use lexlogs::render::{self, Made, html, variables};
use lexlogs::templates::reference::{
    OF_TERA, Scope, WITHOUT_ORDER, is_unsafe, of_scope, text as reference,
};
use lexlogs::templates::{Context, Templates};
use lexlogs::{RawParameters, Request};
use serde_json::Value;

use crate::apply::{CASES, example};
use crate::support::{lexlogs, root, text};

/// The paths below a value: of a list, those of its items.
fn fields(value: &Value, before: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = format!("{before}{name}");
                fields(value, &format!("{path}."), found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for item in items {
                fields(item, before, found);
            }
        }
        // What is not there this time is there in another bundle.
        Value::Null => {}
        Value::Array(items) if items.is_empty() => {}
        _ => drop(found.insert(before.trim_end_matches('.').to_owned())),
    }
}

/// Compares what is given beyond some names with what the reference has.
fn compare(scope: Scope, contexts: &[Context], besides: &[&str]) {
    let known = of_scope(scope);
    for variable in &known {
        let mut found = BTreeSet::new();
        for context in contexts {
            let value = context.get(&variable.name);
            let value = value.unwrap_or_else(|| panic!("{scope:?}: no {}", variable.name));
            let value = serde_json::to_value(value).unwrap();
            if variable.name != "custom" {
                fields(&value, "", &mut found);
            }
        }
        found.remove("");
        let fields: BTreeSet<String> = variable.fields.iter().map(ToString::to_string).collect();
        assert_eq!(found, fields, "{scope:?}: {}", variable.name);
    }
    for context in contexts {
        let mut rest = context.clone();
        let known = known.iter().map(|variable| variable.name.as_str());
        for name in known.chain(besides.iter().copied()) {
            rest.remove(name);
        }
        assert_eq!(rest, Context::new(), "{scope:?}");
    }
}

/// The texts below a value by their paths: of a list, those of its items.
fn texts(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                texts(value, &format!("{path}.{name}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, path, found)),
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        _ => {}
    }
}

#[test]
fn what_a_script_prints_as_it_is_means_nothing_to_a_shell() {
    let templates = Templates::built_in().unwrap();
    let known: Vec<_> = [Scope::Request, Scope::Bundle]
        .into_iter()
        .flat_map(of_scope)
        .collect();
    let mut plain = 0;
    let mut odd = std::collections::BTreeSet::new();
    for (lex_version, bot, alias) in [
        ("v2", "ABCDEFGHIJ", "KLMNOPQRST"),
        ("v1", "OrderFlowers", "Prod"),
    ] {
        // Every parameter, as odd as it may be.
        let raw = [
            (Key::LexVersion, lex_version),
            (Key::RolePath, "/a+=,.@-b/"),
            (
                Key::PermissionsBoundary,
                "arn:aws:iam::111122223333:policy/a+=,.@-b/c",
            ),
            (Key::RoleName, "a+=,.@-_b"),
            (Key::LogGroupName, "/a.-_#b"),
            (
                Key::LogGroupKmsKeyArn,
                Key::LogGroupKmsKeyArn.parameter().example,
            ),
            (Key::CreateLogGroup, "true"),
            (Key::LogGroupRetentionDays, "30"),
            (Key::BucketName, "a.b-c"),
            (Key::CreateBucket, "true"),
            (Key::KmsKeyArn, Key::KmsKeyArn.parameter().example),
            (Key::AudioLogPrefix, "it's (a)&b;! @=:+,/"),
            (Key::Tags, "Größe=é a/b"),
            (Key::Custom, "a=$(b)"),
            (Key::PassRolePolicy, "true"),
            (Key::BotId, bot),
            (Key::BotAliasId, alias),
        ];
        let of_v2 = (lex_version == "v2").then_some((Key::TextLogPrefix, "a/.#b"));
        let raw = raw.into_iter().chain(of_v2).collect();
        let raw = RawParameters::example().overridden_by(raw);
        let request = Request::new(&raw, Vec::new()).unwrap_or_else(|faults| panic!("{faults}"));
        let mut context = variables::of_spec(request.spec());
        let documents = render::documents(request.spec(), templates).unwrap();
        let file = lexlogs::digest::File::new("request.json", String::new());
        variables::add_bundle(&mut context, &request, &documents, &file, templates).unwrap();
        for variable in &known {
            let value = serde_json::to_value(context.get(&variable.name).unwrap()).unwrap();
            let mut found = Vec::new();
            texts(&value, &variable.name, &mut found);
            for (path, text) in found {
                let means = |c: char| !(c.is_ascii_alphanumeric() || " _+=,.@-/:#".contains(c));
                if is_unsafe(&path, &known) {
                    odd.insert(path);
                } else {
                    assert!(!text.contains(means), "{path}: {text}");
                    plain += 1;
                }
            }
        }
    }
    assert!(plain > 100, "{plain}");
    for path in [
        "custom.a",
        "role_path",
        "apply.bash",
        "undo.children",
        "targets.value",
    ] {
        assert!(odd.contains(path), "{path}: {odd:?}");
    }
}

#[test]
fn every_variable_is_in_the_reference_and_no_other() {
    let templates = Templates::built_in().unwrap();
    let names = |scope| -> Vec<String> {
        let all = of_scope(scope).into_iter();
        all.map(|variable| variable.name).collect()
    };
    let (of_request, of_bundle) = (names(Scope::Request), names(Scope::Bundle));
    let of_request: Vec<&str> = of_request.iter().map(String::as_str).collect();
    let mut all = of_request.clone();
    all.extend(of_bundle.iter().map(String::as_str));
    let (mut requests, mut bundles, mut pages, mut steps) = (vec![], vec![], vec![], vec![]);
    let mut cases: Vec<_> = CASES.into_iter().map(example).collect();
    cases.extend(["bot-alias", "v1-bot-alias"].map(example));
    // A bot that is to have the bundle's own role.
    let of_bot = [(Key::BotId, "ABCDEFGHIJ"), (Key::BotAliasId, "KLMNOPQRST")];
    let of_bot = RawParameters::example().overridden_by(of_bot.into_iter().collect());
    cases.push(Request::new(&of_bot, Vec::new()).unwrap());
    for request in cases {
        let of_spec = variables::of_spec(request.spec());
        let documents = render::documents(request.spec(), templates).unwrap();
        let mut of_bundle = of_spec.clone();
        let parameters = lexlogs::digest::File::new("request.json", String::new());
        variables::add_bundle(&mut of_bundle, &request, &documents, &parameters, templates)
            .unwrap();
        let mut of_page = of_bundle.clone();
        html::add(
            &mut of_page,
            "# Title

## Section
",
        )
        .unwrap();
        let plan = Plan::new(request.spec());
        let policies = request.spec().policies();
        let items: Vec<_> = plan
            .apply
            .iter()
            .map(|step| Wording::of_step("apply", step, &policies))
            .collect();
        steps.push(variables::steps::of_wording(&items, &of_spec));
        requests.push(of_spec);
        bundles.push(of_bundle);
        pages.push(of_page);
    }
    compare(Scope::Request, &requests, &[]);
    compare(Scope::Bundle, &bundles, &of_request);
    compare(Scope::Page, &pages, &all);
    compare(Scope::Steps, &steps, &of_request);

    let request = example("text-only");
    let end = variables::of_next("x", Made::Zip, request.spec());
    compare(Scope::End, &[end], &[]);
    let of_pages = Templates::of_pages().unwrap();
    let setup = Setup::new(request.spec());
    let how_to = page::of_page(&setup, Shells::Both, of_pages).unwrap();
    compare(Scope::HowTo, &[how_to], &of_request);
    compare(Scope::Parameters, &[page::of_parameters()], &[]);
}

#[test]
fn every_filter_is_in_the_reference_and_no_other() {
    let known = reference(None);
    let filter = |name: &str| {
        let source = format!("{{{{ a | {name} }}}}");
        Templates::from_sources([("a".to_owned(), source.as_str())])
    };
    assert!(filter("json_encode").is_err());
    for name in OF_TERA.iter().chain(&WITHOUT_ORDER) {
        assert!(filter(name).is_ok(), "{name}");
    }
    let own = known
        .split("\nFilters\n")
        .nth(1)
        .unwrap()
        .lines()
        .take_while(|line| !line.contains("of Tera:"))
        .map(|line| line.trim().split(':').next().unwrap().to_owned());
    let own: Vec<String> = own.collect();
    for name in &own {
        assert!(filter(name).is_ok(), "{name}");
    }
    // Tera tells how many there are.
    let tera = format!("{:?}", tera::Tera::new());
    let count: usize = tera
        .split("filters: ")
        .nth(1)
        .and_then(|rest| rest.split(',').next())
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(count, OF_TERA.len() + WITHOUT_ORDER.len());
    assert_eq!(
        own,
        [
            "bash_word",
            "cmd_word",
            "bash_comment",
            "cmd_comment",
            "json",
            "markdown"
        ]
    );
}

#[test]
fn the_reference_can_be_had_for_one_template() {
    let said = |arguments: &[&str]| {
        let output = lexlogs(root(), &[&["templates", "variables"], arguments].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    let all = said(&[]);
    assert_eq!(all, reference(None));
    assert!(
        all.contains("\n    account_id: the AWS account that gets the role and the policies\n")
    );
    assert!(all.contains("\n    tags: tags for "), "{all}");
    assert!(all.contains("\n        .key: the key of the tag\n        .value: its value\n"));
    assert!(all.contains(
        "\n        .removal.bash .removal.cmd: the call that removes it, if it does not go with another\n"
    ));
    let next = said(&["docs/next.txt"]);
    assert!(next.starts_with("Variables\n    output: "), "{next}");
    assert!(!next.contains("account_id"), "{next}");
    let output = lexlogs(root(), &["templates", "variables", "bash/aply.sh"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "lexlogs: bash/aply.sh: is not the name of a template\n    help:    did you mean `bash/apply.sh`?\n\n1 fault; nothing was written\n"
    );
}
