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

use crate::support::{bundle, request, root};

const PARAMETERS: [(&str, &str); 18] = [
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
    ("contact", "iam@example.com"),
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

/// The built-in templates with one text replaced in one of them.
fn spoiled(name: &str, from: &str, to: &str) -> Templates {
    let mut sources = sources();
    let (_, text) = sources
        .iter_mut()
        .find(|(source, _)| source.ends_with(name))
        .unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    *text = text.replace(from, to);
    Templates::from_sources(
        sources
            .iter()
            .map(|(name, text)| (name.clone(), text.as_str())),
    )
    .unwrap()
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
            "inspect/inspect.txt" => &inspection.context(),
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

/// Renders the documents by a template with one text replaced, which must be
/// refused for that reason.
fn assert_refused(name: &str, from: &str, to: &str, reason: &str) {
    assert_refused_of(&request(PARAMETERS), name, from, to, reason);
}

fn assert_refused_of(request: &Request, name: &str, from: &str, to: &str, reason: &str) {
    match render::documents(request.spec(), &spoiled(name, from, to)) {
        Ok(_) => panic!("{name}: {from} to {to} was not found"),
        Err(RenderError::Document {
            name: file, fault, ..
        }) => {
            assert!(file.ends_with(name));
            assert!(fault.contains(reason), "{name}, {reason}: {fault}");
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

#[test]
fn a_template_that_spoils_the_trust_policy_is_refused() {
    for (from, to, reason) in [
        (
            "\"Service\": \"{{ service_principal }}\"",
            "",
            "other principals",
        ),
        (
            "\"{{ service_principal }}\"",
            "[]",
            "`Service` is an empty list",
        ),
        (
            "\"Service\": ",
            "\"Service\": \"ec2.amazonaws.com\", \"Service\": ",
            "the key `Service` stands there twice",
        ),
        (
            "\"StringEquals\": {",
            "\"StringNotEquals\": {}, \"StringEquals\": {",
            "other conditions",
        ),
        (
            "\"StringEquals\": {",
            "\"StringEquals\": {}, \"StringEquals\": {",
            "twice",
        ),
        (
            "\"Version\": \"2012-10-17\",",
            "\"Version\": 2012,",
            "has a fault in line 2: `Version` is a number",
        ),
        ("\"Allow\"", "\"Allow\",", "this is no JSON: "),
        ("\"Allow\"", "\"Alow\"", "`Alow` is no effect"),
        (
            "\"Effect\": \"Allow\",",
            "\"Effect\": \"Allow\", \"Effect\": \"Deny\",",
            "the key `Effect` stands there twice",
        ),
        (
            "Statement",
            "Statements",
            "a policy document has no element `Statements`",
        ),
        (
            "2012-10-17",
            "2008-10-17",
            "`2008-10-17` is the old version",
        ),
        (
            "{{ service_principal }}",
            "lex.amazonaws.com",
            "has other principals than the service `lexv2.amazonaws.com` alone",
        ),
        (
            "\"Service\": \"{{ service_principal }}\"",
            "\"Service\": \"{{ service_principal }}\", \"AWS\": \"*\"",
            "other principals",
        ),
        (
            "\"{{ service_principal }}\"",
            "[\"{{ service_principal }}\", \"ec2.amazonaws.com\"]",
            "other principals",
        ),
        ("\"Allow\"", "\"Deny\"", "denies something"),
        ("aws:SourceAccount", "aws:SourceArn", "other conditions"),
        ("{{ account_id }}", "999999999999", "other conditions"),
        ("\"{{ account_id }}\"", "[]", "other conditions"),
        (
            "{%- if source_account %}",
            "{%- if not source_account %}",
            "other conditions",
        ),
        (
            "\"Principal\"",
            "\"Resource\": \"*\", \"Principal\"",
            "a statement of a trust policy has no `Resource`",
        ),
        (
            "\"Effect\"",
            &format!("\"Sid\": \"{}\", \"Effect\"", "x".repeat(2048)),
            "IAM takes 2048",
        ),
        (
            "sts:AssumeRole",
            "AssumeRole",
            "`AssumeRole` is no action by its form",
        ),
        (
            "sts:AssumeRole",
            "sts:TagSession",
            "does not allow `sts:AssumeRole`",
        ),
    ] {
        assert_refused("AssumeRolePolicyDocument.json", from, to, reason);
    }
}

#[test]
fn a_template_that_spoils_another_document_is_refused() {
    let (logs, s3, kms, tags, pass) = (
        "CloudWatchLogsPolicy.json",
        "S3Policy.json",
        "KMSPolicy.json",
        "LogsTags.json",
        "PassRolePolicy.json",
    );
    for (name, from, to, reason) in [
        (
            s3,
            "\"Statement\": [",
            "\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [], \"Resource\": \"arn:aws:s3:::bot-audio/calls/*\"},",
            "`Action` is an empty list",
        ),
        (
            s3,
            "\"Statement\": [",
            "\"Statement\": [[null, \"Allow\", null, \"s3:*\", null, null],",
            "element 1 of `Statement` is a list, and must be an object",
        ),
        (
            tags,
            "  {\n    \"Key\": \"{{ tag.key }}\",\n    \"Value\": \"{{ tag.value }}\"\n  }",
            "[\"{{ tag.key }}\", \"{{ tag.value }}\"]",
            "does not hold tags as AWS takes them: invalid type: sequence, expected a map",
        ),
        (logs, "\"Effect\"", "\"Sid\": \"a-b\", \"Effect\"", "Sid"),
        (logs, ":*\"", "é:*\"", "ASCII"),
        (
            logs,
            "logs:PutLogEvents",
            "logs:PutLogEvent",
            "does not allow `logs:PutLogEvents`",
        ),
        (
            logs,
            "{{ region }}",
            "eu-west-1",
            "instead of `arn:aws:logs:us-east-1:111122223333:log-group:/lex/bot:*`",
        ),
        (
            logs,
            "{{ account_id }}",
            "account-id",
            "has the Resource `arn:aws:logs:us-east-1:account-id:log-group:/lex/bot:*` instead",
        ),
        (
            logs,
            "{{ partition }}",
            "aws-cn",
            "has the Resource `arn:aws-cn:",
        ),
        (logs, ":*\"", "\"", "has the Resource"),
        (logs, "\"Allow\"", "\"Deny\"", "denies something"),
        (
            logs,
            "\"Resource\"",
            "\"Condition\": {}, \"Resource\"",
            "has a condition",
        ),
        (
            logs,
            "\"Resource\"",
            "\"Principal\": {\"AWS\": \"*\"}, \"Resource\"",
            "a statement of an identity policy has no `Principal`",
        ),
        (logs, "\"Resource\"", "\"NotResource\"", "unknown field"),
        (
            logs,
            "\"Action\": [",
            "\"Action\": [\"logs:*\",",
            "allows `logs:*`, which Amazon Lex does not need",
        ),
        (s3, "\"arn:", "\"urn:", "has the Resource"),
        (
            s3,
            "\"Resource\": ",
            "\"Resource\": [], \"Sid\": ",
            "`Resource` is an empty list",
        ),
        (
            s3,
            "/{{ audio_log_prefix }}*",
            "/*",
            "has the Resource `arn:aws:s3:::bot-audio/*` instead of `arn:aws:s3:::bot-audio/calls/*`",
        ),
        (s3, "*\"", "\"", "has the Resource"),
        (
            s3,
            "\"s3:PutObject\"",
            &vec!["\"s3:PutObject\""; 600].join(","),
            "IAM takes 6144",
        ),
        (
            kms,
            "{{ kms_key_arn }}",
            "arn:aws:kms:us-east-1:111122223333:key/other",
            "has the Resource",
        ),
        (tags, "tag.value", "tag.key", "does not hold the tags"),
        (
            pass,
            "iam:PassRole",
            "iam:PassRole*",
            "does not allow `iam:PassRole`",
        ),
        (
            pass,
            "{{ role_arn }}",
            "*",
            "has the Resource `*` instead of `arn:aws:iam::111122223333:role/lex/LexConversationLogsRole`",
        ),
        (
            pass,
            "{{ service_principal }}",
            "ec2.amazonaws.com",
            "has other conditions",
        ),
        (pass, "StringEquals", "StringLike", "stands there twice"),
        (
            pass,
            "\"iam:AssociatedResourceARN\": \"{{ associated_resource_arn }}\"",
            "",
            "has other conditions",
        ),
        (
            pass,
            "{%- if associated_resource_arn %}",
            "{%- if not associated_resource_arn %}",
            "has other conditions",
        ),
        (
            pass,
            "\"Resource\"",
            "\"Principal\": {\"AWS\": \"*\"}, \"Resource\"",
            "a statement of an identity policy has no `Principal`",
        ),
    ] {
        assert_refused(name, from, to, reason);
    }
}

#[test]
fn a_template_that_spoils_a_key_statement_is_refused() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let keys = [("log-group-kms-key-arn", key), ("kms-decrypt", "true")];
    let request = request(PARAMETERS.into_iter().chain(keys));
    assert!(render::documents(request.spec(), Templates::built_in().unwrap()).is_ok());
    let (logs, of_key) = ("CloudWatchLogsPolicy.json", "LogGroupKeyPolicy.json");
    for (name, from, to, reason) in [
        (
            logs,
            "{{ log_group_kms_key_arn }}",
            "*",
            "has the Resource `*` instead of",
        ),
        (
            logs,
            "kms:ViaService",
            "kms:CallerAccount",
            "other conditions",
        ),
        (
            logs,
            "logs.{{ region }}",
            "s3.{{ region }}",
            "other conditions",
        ),
        (logs, "StringEquals", "StringLike", "other conditions"),
        (logs, "\"kms:Encrypt\",", "", "does not allow `kms:Encrypt`"),
        (
            logs,
            "\"kms:Encrypt\",",
            "\"kms:Encrypt\", \"logs:PutLogEvents\",",
            "on another resource than its own",
        ),
        (
            logs,
            "{%- if log_group_kms_key_arn %}",
            "{%- if not log_group_kms_key_arn %}",
            "does not allow `kms:Encrypt`",
        ),
        (
            "KMSPolicy.json",
            "kms:Decrypt",
            "kms:*",
            "does not allow `kms:Decrypt`",
        ),
        (of_key, "\"Principal\"", "\"NotPrincipal\"", "unknown field"),
        (of_key, "\"Service\"", "\"AWS\"", "other principals"),
        (
            of_key,
            "logs.{{ region }}",
            "logs.eu-west-1",
            "other principals than the service `logs.us-east-1.amazonaws.com` alone",
        ),
        (
            of_key,
            "\"Resource\": \"*\",",
            "",
            "the statement has no `Resource`",
        ),
        (of_key, "ArnEquals", "ArnLike", "other conditions"),
        (of_key, "{{ log_group_name }}", "*", "other conditions"),
        (
            of_key,
            "kms:Describe*",
            "kms:*",
            "does not allow `kms:Describe*`",
        ),
    ] {
        assert_refused_of(&request, name, from, to, reason);
    }
}

#[test]
fn a_template_that_spoils_tags_is_refused() {
    let creation = [("create-log-group", "true"), ("create-bucket", "true")];
    let request = request(PARAMETERS.into_iter().chain(creation));
    for (from, to, reason) in [
        ("tag.value", "tag.key", "does not hold the tags"),
        ("TagSet", "Tags", "tags as AWS takes them: unknown field"),
        (
            "{%- for tag in tags %}",
            "{%- for tag in [] %}",
            "does not hold",
        ),
    ] {
        assert_refused_of(&request, "BucketTags.json", from, to, reason);
    }
    for (from, to, reason) in [
        ("tag.value", "tag.key", "does not hold the tags"),
        (
            "{%- for tag in tags %}",
            "{%- for tag in [] %}",
            "does not hold",
        ),
        ("\"{{ tag.key", "[], \"{{ tag.key", "tags as AWS takes them"),
    ] {
        assert_refused_of(&request, "LogGroupTags.json", from, to, reason);
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
        ("create-bucket", "true"),
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
