//! What holds between the modules: templates read only variables that are
//! there, and a template that spoils a document is found.

use lexlogs::docs::flavor::Shells;
use lexlogs::docs::page;
use lexlogs::docs::snippets::{self, Setup};
use lexlogs::plan::Plan;
use lexlogs::received::UnverifiedBundle;
use lexlogs::received::inspect::Inspection;
use lexlogs::received::verify;
use lexlogs::render::{self, RenderError, html, variables};
use lexlogs::request::Request;
use lexlogs::templates::Templates;

use crate::support::{assert_recorded, bundle, output_of, real, request, root, unescaped};

const PARAMETERS: [(&str, &str); 22] = [
    ("lex-version", "v2"),
    ("account-id", "111122223333"),
    ("region", "us-east-1"),
    ("log-group-name", "/lex/bot"),
    ("bucket-name", "bot-audio"),
    ("audio-log-prefix", "calls/"),
    ("source-account", "true"),
    (
        "kms-key-arn",
        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    ("tags", "Team=Voice"),
    ("role-path", "/lex/"),
    (
        "permissions-boundary",
        "arn:aws:iam::aws:policy/PowerUserAccess",
    ),
    ("pass-role-policy", "true"),
    (
        "associated-resource-arn",
        "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST",
    ),
    ("bot-id", "ABCDEFGHIJ"),
    ("bot-alias-id", "KLMNOPQRST"),
    ("text-log-prefix", "live/"),
    ("text-logs-selective", "true"),
    ("audio-logs-selective", "true"),
    ("replica-region", "us-west-2"),
    ("contact", "iam@example.com"),
    ("cloudformation", "true"),
    ("custom", "ticket=CHG0042"),
];

/// The built-in templates as sources, from the folder they are built from.
fn sources() -> Vec<(String, String)> {
    let templates = root().join("templates");
    let mut sources = Vec::new();
    for folder in std::fs::read_dir(&templates).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path
                .strip_prefix(&templates)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            sources.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    sources
}

#[test]
fn every_template_in_the_folder_is_in_the_program() {
    let mut names: Vec<String> = sources().into_iter().map(|(name, _)| name).collect();
    // These go into bundles and pages as they are.
    let plain = [
        "bash/functions.sh",
        "cmd/functions.cmd",
        "html/script.js",
        "html/style.css",
    ];
    names.retain(|name| !plain.contains(&name.as_str()));
    names.sort();
    let (of_bundle, of_pages, of_inspect) = (
        Templates::built_in().unwrap().names(),
        Templates::of_pages().unwrap().names(),
        Templates::of_inspect().unwrap().names(),
    );
    // No bundle waits for the templates of others to be parsed.
    let of_others = |name: &&str| name.starts_with("pages/") || name.starts_with("inspect/");
    assert!(!of_bundle.iter().any(of_others));
    let mut all = [of_bundle, of_pages, of_inspect].concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all, names);
}

#[test]
fn templates_read_only_variables_that_they_are_given() {
    let templates = Templates::built_in().unwrap();
    let request = request(PARAMETERS);
    let of_documents = variables::of_spec(request.spec());
    let documents = render::documents(request.spec(), templates).unwrap();
    let mut of_bundle = of_documents.clone();
    let parameters = lexlogs::digest::File::new("request.json", String::new());
    variables::add_bundle(&mut of_bundle, &request, &documents, &parameters, templates);
    let mut of_page = of_bundle.clone();
    html::add(&mut of_page, "# Title\n").unwrap();
    for name in templates.names() {
        let given = match name {
            "docs/next.txt" => {
                &variables::of_next("", lexlogs::render::OutputKind::Signed("x"), request.spec())
            }
            "cloudformation/template.json" => &lexlogs::cloudformation::context(request.spec()),
            _ if name.starts_with("policies/") => &of_documents,
            _ if name.starts_with("html/") => &of_page,
            _ => &of_bundle,
        };
        for variable in templates.variables(name).unwrap() {
            // A script sets these for the parts that it includes.
            let set = ["script", "step"].contains(&variable) && !name.starts_with("policies/");
            let known = set || given.contains_key(variable);
            assert!(known, "{name} reads `{variable}`, which it is not given");
        }
    }
}

#[test]
fn templates_of_pages_read_only_variables_that_they_are_given() {
    let templates = Templates::of_pages().unwrap();
    let request = request(PARAMETERS);
    let setup = Setup::new(request.spec());
    let of_how_to = page::of_page(&setup, Shells::Both, templates).unwrap();
    let entries = snippets::list(templates).unwrap();
    for name in templates.names() {
        let given = match name {
            "pages/how-to.txt" => &of_how_to,
            "pages/list.txt" => &snippets::of_list(&entries),
            "pages/parameters.txt" => &page::of_parameters(),
            "pages/shells.txt" => &lexlogs::docs::snippets::of_label("cmd"),
            "pages/title.txt" => &snippets::of_title(""),
            _ => {
                assert!(!name.starts_with("pages/"), "{name}");
                continue;
            }
        };
        for variable in templates.variables(name).unwrap() {
            let known = given.contains_key(variable);
            assert!(known, "{name} reads `{variable}`, which it is not given");
        }
    }
}

#[test]
fn templates_of_inspect_read_only_variables_that_they_are_given() {
    let templates = Templates::of_inspect().unwrap();
    let request = request(PARAMETERS);
    let zip = bundle(&request).to_zip().unwrap();
    let received = UnverifiedBundle::from_zip(&zip).unwrap();
    let report = verify::check(&received).report;
    let inspection = Inspection::new(&received, &report, &request, None).unwrap();
    let of_spec = variables::of_spec(request.spec());
    for name in templates.names() {
        let given = match name {
            "inspect/inspect.txt" => &inspection.context().unwrap(),
            _ => &of_spec,
        };
        for variable in templates.variables(name).unwrap() {
            // What it says why of is given beside the spec.
            let known =
                given.contains_key(variable) || (name == "inspect/why.txt" && variable == "kind");
            assert!(known, "{name} reads `{variable}`, which it is not given");
        }
    }
}

#[test]
fn every_parameter_is_a_variable() {
    let variables = variables::of_spec(request(PARAMETERS).spec());
    for parameter in lexlogs::parameters::PARAMETERS {
        assert!(
            variables.contains_key(&parameter.variable()),
            "{}",
            parameter.name
        );
    }
}

/// The scripts say them in many places, those of cmd.exe without quotes.
#[test]
fn the_words_for_steps_mean_nothing_to_a_shell() {
    let odd = [
        ("role-name", "a+=,.@-_b"),
        ("log-group-name", "/a.-_#b"),
        ("bucket-name", "a.b-c"),
        ("cloudwatch-policy-name", "c+=,.@-_d"),
        ("create-log-group", "true"),
        ("log-group-retention-days", "1"),
        ("log-group-deletion-protection", "true"),
        ("create-bucket", "true"),
        ("bucket-policy-tls-only", "true"),
        ("audio-log-expiration-days", "1"),
        ("bot-id", "ABCDEFGHIJ"),
        ("bot-alias-id", "KLMNOPQRST"),
    ];
    let plan = Plan::new(request(PARAMETERS.into_iter().chain(odd)).spec());
    let steps = plan.apply.iter();
    let undo = steps.clone().filter_map(|step| step.undo.as_ref());
    let mut words: Vec<&String> = steps.flat_map(|step| [&step.title, &step.thing]).collect();
    words.extend(undo.map(|undo| &undo.title));
    words.extend(plan.targets.iter().map(|target| &target.thing));
    words.extend(plan.log_settings.iter().map(|settings| &settings.thing));
    assert!(words.len() > 20, "{words:?}");
    for words in words {
        let means = |c: char| !(c.is_ascii_alphanumeric() || " _+=,.@-/:#".contains(c));
        assert!(!words.contains(means), "{words}");
    }
}

/// The built-in templates with one text replaced in one of them.
fn spoiled(name: &str, from: &str, to: &str) -> Templates {
    let mut sources = sources();
    let mut found = sources.iter_mut();
    let (_, text) = found.find(|(source, _)| source.ends_with(name)).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    *text = text.replace(from, to);
    let sources = sources.iter();
    Templates::from_sources(sources.map(|(name, text)| (name.clone(), text.as_str()))).unwrap()
}

/// Why the documents are refused that such templates make.
fn refused(request: &Request, name: &str, from: &str, to: &str) -> String {
    match render::documents(request.spec(), &spoiled(name, from, to)) {
        Err(RenderError::Document {
            name: file, fault, ..
        }) if file.ends_with(name) => fault,
        other => panic!("{name}: {from} to {to}: {other:?}"),
    }
}

/// Each `-` is replaced by its `+` in the template of the head, and the line below says what was found then.
/// `LEXLOGS_RECORD=1` writes those lines.
#[test]
fn a_template_that_spoils_a_document_is_refused() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let keys = [
        ("log-group-kms-key-arn", key),
        ("kms-decrypt", "true"),
        ("create-log-group", "true"),
        ("create-bucket", "true"),
        ("bucket-policy-tls-only", "true"),
    ];
    let others = "arn:aws:kms:us-east-1:999999999999:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let of_others = ["log-group-kms-key-arn", "kms-key-arn"].map(|name| (name, others));
    let plain = request(PARAMETERS);
    let with_keys = request(PARAMETERS.into_iter().chain(keys));
    let of_others = request(PARAMETERS.into_iter().chain(keys).chain(of_others));
    for request in [&with_keys, &of_others] {
        assert!(render::documents(request.spec(), Templates::built_in().unwrap()).is_ok());
    }
    let file = "tests/suite/rules/spoiled.txt";
    let recorded = std::fs::read_to_string(root().join(file)).unwrap();
    let (mut now, mut head, mut from) = (String::new(), "", "");
    for line in recorded.lines().filter(|line| !line.starts_with("  ")) {
        now += &format!("{line}\n");
        match line.split_at_checked(2) {
            Some(("==", name)) => head = name.trim_start(),
            Some(("- ", text)) => from = text,
            Some(("+ ", to)) => {
                let (name, request) = match head.split_once(' ') {
                    None => (head, &plain),
                    Some((name, "with keys")) => (name, &with_keys),
                    Some((name, _)) => (name, &of_others),
                };
                let [from, to] = [from, to].map(|text| String::from_utf8(unescaped(text)).unwrap());
                let fault = refused(request, name, &from, &to);
                now += &format!("  {fault}\n");
            }
            _ => assert_eq!(line, ""),
        }
    }
    assert_recorded(&now, file);
    // And what is too long.
    let sid = format!("\"Sid\": \"{}\", \"Effect\"", "x".repeat(2048));
    let trust = refused(&plain, "AssumeRolePolicyDocument.json", "\"Effect\"", &sid);
    assert!(trust.contains("IAM's quota is 2048"), "{trust}");
    let actions = vec!["\"s3:PutObject\""; 600].join(",");
    let policy = refused(&plain, "S3Policy.json", "\"s3:PutObject\"", &actions);
    assert!(policy.contains("IAM's quota is 6144"), "{policy}");
}

#[test]
fn a_template_that_reads_what_is_not_there_is_refused() {
    let templates = spoiled("S3Policy.json", "bucket_name", "bucket");
    let error = render::documents(request(PARAMETERS).spec(), &templates)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("bucket") && error.contains("S3Policy.json"),
        "{error}"
    );
}

#[test]
#[ignore = "needs botocore: run tests/run"]
fn the_table_of_regions_is_what_its_script_prints() {
    let printed = output_of(real("venv/bin/python"), &["tests/real/regions.py"], root());
    let table = std::fs::read_to_string(root().join("src/values/region/table.rs")).unwrap();
    let words = |text: &str| -> Vec<String> {
        let words = text.split('"').skip(1).step_by(2).skip(1);
        words.map(str::to_owned).collect()
    };
    // The table may be of a newer botocore, which knows more: the others are in the same order.
    let (printed, table) = (words(&printed), words(&table));
    let mut rest = table.iter();
    for word in &printed {
        assert!(
            rest.any(|known| known == word),
            "{word} is not in the table"
        );
    }
    assert!(
        printed.len() > 70 && table.len() - printed.len() < 10,
        "{printed:?}"
    );
}
