//! The blocks of documentation: every document and every command of a spec by
//! its name, from the same plan as the scripts.

use serde::Serialize;

use super::flavor::Shells;
use super::markup::{Code, Language};
use super::names::OTHERS;
use super::powershell;
use crate::bundle;
use crate::document::Document;
use crate::parameters::{Key, Kind, Origin, RawParameters, RawValue, nearest_of};
use crate::plan::{Command, Plan, Step, Subject};
use crate::render::{self, RenderError, variables};
use crate::request::Spec;
use crate::shell::Shell;
use crate::templates::{Context, TemplateError, Templates};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Document(Document),
    Command(Command),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Snippet {
    /// Its name: that of the document, or of the action and what it acts on.
    pub(crate) name: String,
    pub(crate) content: Content,
    /// The parameter without which it is not there.
    pub(crate) needs: Option<Key>,
}

/// A spec with its snippets and the variables of its templates.
pub struct Setup<'a> {
    pub spec: &'a Spec,
    pub(super) context: Context,
    /// In the order in which they are used.
    pub(crate) snippets: Vec<Snippet>,
}

impl<'a> Setup<'a> {
    pub fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            context: variables::of_spec(spec),
            snippets: snippets(spec, &Plan::new(spec)),
        }
    }

    /// The snippet of that name, or what is wrong with the name and what to do.
    pub(crate) fn find(&self, name: &str) -> Result<&Snippet, String> {
        let found = self.snippets.iter().find(|snippet| snippet.name == name);
        found.ok_or_else(|| unknown(name))
    }
}

impl Snippet {
    /// Its code: of a document one block, of a command one for each shell.
    pub(crate) fn code(
        &self,
        setup: &Setup<'_>,
        shells: Shells,
        templates: &Templates,
    ) -> Result<Vec<Code>, RenderError> {
        let command = match &self.content {
            Content::Document(document) => {
                let file = render::document_of(*document, setup.spec, &setup.context, templates)?;
                return Ok(vec![Code {
                    language: Language::Json,
                    label: None,
                    text: file.text,
                }]);
            }
            Content::Command(command) => command,
        };
        let code = |shell: &Shells| {
            let (language, text) = match shell {
                Shells::PowerShell => (Language::PowerShell, powershell::command(command)?),
                Shells::Cmd => (Language::Cmd, Shell::Cmd.command(command)?),
                _ => (Language::Bash, Shell::Bash.command(command)?),
            };
            let is_alone = shells.each().len() == 1;
            let label = (!is_alone).then(|| label(*shell, templates)).transpose()?;
            Ok(Code {
                language,
                label,
                text: text + "\n",
            })
        };
        shells.each().iter().map(code).collect()
    }
}

pub(super) fn label(shell: Shells, templates: &Templates) -> Result<String, RenderError> {
    let text = templates.render("pages/shells.txt", &of_label(shell.name()))?;
    Ok(text.trim().to_owned())
}

pub fn of_label(shell: &str) -> Context {
    let mut context = Context::new();
    context.insert("shell", shell);
    context
}

/// The snippets of a spec, in the order in which they are used.
fn snippets(spec: &Spec, plan: &Plan) -> Vec<Snippet> {
    let document = |document: Document| Snippet {
        name: document.id().to_owned(),
        content: Content::Document(document),
        needs: document.turned_on_by(),
    };
    let documents = spec.documents().into_iter().map(document);
    documents.chain(commands(plan)).collect()
}

/// The commands of a plan that a page can show: what puts things in place, and
/// what takes them out.
fn commands(plan: &Plan) -> Vec<Snippet> {
    let snippet = |verb: &str, step: &Step, command: &Command| {
        let what = step.policy.map_or(step.subject.id(), Document::id);
        Snippet {
            // Of the CloudWatch Logs policy: `create-cloudwatch-policy`.
            name: format!("{verb}-{what}"),
            content: Content::Command(command.clone()),
            needs: step
                .policy
                .map_or(step.subject.turned_on_by(), Document::turned_on_by),
        }
    };
    let apply = plan.apply.iter().map(|step| {
        let verb = match step.subject {
            Subject::Attachment => "attach",
            Subject::LogGroupRetention
            | Subject::ReplicaLogGroupRetention
            | Subject::LogGroupDeletionProtection
            | Subject::ReplicaLogGroupDeletionProtection
            | Subject::BucketPublicAccessBlock
            | Subject::BucketEncryption
            | Subject::BucketLifecycle
            | Subject::BucketTags
            | Subject::BucketPolicy => "put",
            _ => "create",
        };
        snippet(verb, step, &step.command)
    });
    let undo = plan.apply.iter().rev().filter_map(|step| {
        let verb = match step.subject {
            Subject::Attachment => "detach",
            Subject::LogGroupDeletionProtection | Subject::ReplicaLogGroupDeletionProtection => {
                "disable"
            }
            _ => "delete",
        };
        let undo = step.undo.as_ref()?;
        Some(snippet(verb, step, &undo.command))
    });
    let document = Document::PassRolePolicy;
    let pass_role = plan.pass_role.iter().map(|pass_role| Snippet {
        name: format!("create-{}", document.id()),
        content: Content::Command(pass_role.create.clone()),
        needs: document.turned_on_by(),
    });
    let document = Document::LogSettings;
    let settings = plan.log_settings.iter().flat_map(|settings| {
        let calls = [
            ("read", settings.enabling_request()),
            ("update", settings.update.clone()),
        ];
        calls.map(|(verb, command)| Snippet {
            name: format!("{verb}-bot-alias"),
            content: Content::Command(command),
            needs: document.turned_on_by(),
        })
    });
    apply.chain(pass_role).chain(settings).chain(undo).collect()
}

/// A spec with everything that a setup can have, in placeholder words.
fn with_everything() -> Option<Spec> {
    let mut raw = RawParameters::default();
    let mut set = |key: Key, value: &str| {
        raw.set(key, RawValue::Text(value.into()), Origin::Flag);
    };
    set(Key::LexVersion, "v2");
    set(Key::Tags, Key::Tags.parameter().example);
    for switch in [
        Key::PassRolePolicy,
        Key::CreateLogGroup,
        Key::LogGroupDeletionProtection,
        Key::CreateBucket,
        Key::BucketPolicyTlsOnly,
    ] {
        set(switch, "true");
    }
    for word in [
        Key::KmsKeyArn,
        Key::LogGroupKmsKeyArn,
        Key::LogGroupRetentionDays,
        Key::AudioLogExpirationDays,
        Key::ReplicaRegion,
        Key::BotId,
        Key::BotAliasId,
    ] {
        set(word, word.name());
    }
    Spec::documentation(&raw, Vec::new()).ok()
}

fn unknown(name: &str) -> String {
    let everything = with_everything();
    let all = everything.as_ref().map(|spec| Setup::new(spec).snippets);
    let all = all.unwrap_or_default();
    match all.iter().find(|snippet| snippet.name == name) {
        Some(Snippet {
            needs: Some(needs), ..
        }) => {
            let word = match needs.parameter().kind {
                Kind::Text => ", or its own name for the placeholder word",
                Kind::Switch | Kind::Tags | Kind::Custom => "",
            };
            let needs = needs.name();
            format!("is not there without `{needs}`: give that parameter{word}")
        }
        Some(_) => format!("is not there with `{}`", Key::ExistingRole.name()),
        None => {
            let names = all.iter().map(|snippet| snippet.name.as_str());
            let help = match nearest_of(name, names.chain(OTHERS)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`lexlogs docs list` prints them all".into(),
            };
            format!("is not the name of a snippet; {help}")
        }
    }
}

/// The files of a bundle as they lie in its folder.
pub(crate) fn files(spec: &Spec) -> Code {
    let names = bundle::file_names(spec).into_iter();
    let names = names.map(|name| format!("    {name}\n"));
    Code {
        language: Language::Text,
        label: None,
        text: format!("{}/\n{}", spec.folder_name(), names.collect::<String>()),
    }
}

#[derive(Debug, Serialize)]
pub struct Entry {
    pub name: String,
    /// `document`, `command`, or `page` for what is more than one of them.
    pub kind: &'static str,
    /// What it is, in words.
    pub title: String,
    /// The parameter without which it is not there.
    pub needs: Option<&'static str>,
}

pub fn list(templates: &Templates) -> Result<Vec<Entry>, RenderError> {
    let Some(spec) = with_everything() else {
        return Err(RenderError::Template(TemplateError {
            message: "the placeholder words make no spec".into(),
        }));
    };
    let snippets = Setup::new(&spec).snippets.into_iter();
    let known = snippets.map(|snippet| {
        let kind = match snippet.content {
            Content::Document(_) => "document",
            Content::Command(_) => "command",
        };
        (snippet.name, kind, snippet.needs.map(Key::name))
    });
    let others = OTHERS.map(|name| (name.to_owned(), "page", None));
    known
        .chain(others)
        .map(|(name, kind, needs)| {
            let title = templates.render("pages/title.txt", &of_title(&name))?;
            let title = title.trim_end().to_owned();
            if title.is_empty() {
                let message = format!("pages/title.txt has no words for `{name}`");
                return Err(RenderError::Template(TemplateError { message }));
            }
            Ok(Entry {
                name,
                kind,
                title,
                needs,
            })
        })
        .collect()
}

/// The variables of the title of a snippet: its name, and for a command the
/// verb and what it acts on.
pub fn of_title(name: &str) -> Context {
    let (verb, on) = name.split_once('-').unwrap_or_default();
    let mut context = Context::new();
    context.insert("name", name);
    context.insert("verb", verb);
    context.insert("on", on);
    context
}

pub fn of_list(entries: &[Entry]) -> Context {
    let longest = entries.iter().map(|entry| entry.name.len()).max();
    let blanks = |entry: &Entry| " ".repeat(longest.unwrap_or(0) - entry.name.len());
    let blanks: Vec<String> = entries.iter().map(blanks).collect();
    let mut context = Context::new();
    context.insert("entries", entries);
    context.insert("blanks", &blanks);
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_snippets_have_the_same_name() {
        let spec = with_everything().expect("a spec");
        let snippets = Setup::new(&spec).snippets;
        let names = snippets.iter().map(|snippet| snippet.name.as_str());
        let mut names: Vec<&str> = names.chain(OTHERS).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
    }

    #[test]
    fn a_block_that_is_off_and_an_unknown_name_differ() {
        assert!(unknown("kms-policy").starts_with("is not there without `kms-key-arn`"));
        assert!(unknown("create-s3-policy").starts_with("is not there without `bucket-name`"));
        assert_eq!(
            unknown("tags"),
            "is not there without `tags`: give that parameter"
        );
        assert_eq!(unknown("create-role"), "is not there with `existing-role`");
        assert_eq!(
            unknown("create-rol"),
            "is not the name of a snippet; did you mean `create-role`?"
        );
        assert_eq!(
            unknown("xyz"),
            "is not the name of a snippet; `lexlogs docs list` prints them all"
        );
    }
}
