//! The variables of the plan: its steps, what is looked at beside them, and the
//! words for both.

use serde::Serialize;

use super::of_spec;
use super::settings::LogSettingsView;
use crate::dialect::{Dialect, Unquotable};
use crate::document::{Document, ManagedPolicy};
use crate::plan::{
    Check, Command, LogGroupKey, PassRole, Plan, Removal, Step, Subject, Target, Update,
};
use crate::render::RenderError;
use crate::request::Spec;
use crate::templates::{Context, Templates, Value};

/// A call as the templates see it: its text for each shell.
#[derive(Serialize)]
pub(super) struct CommandView {
    bash: String,
    cmd: String,
}

impl CommandView {
    /// A call of AWS's page, laid out as there.
    pub(super) fn new(command: &Command) -> Result<Self, Unquotable> {
        Self::of_both(|dialect| dialect.command(command))
    }

    /// Any other call.
    pub(super) fn compact(command: &Command) -> Result<Self, Unquotable> {
        Self::of_both(|dialect| dialect.compact(command))
    }

    fn of_both(text: impl Fn(Dialect) -> Result<String, Unquotable>) -> Result<Self, Unquotable> {
        Ok(Self {
            bash: text(Dialect::Bash)?,
            cmd: text(Dialect::Cmd)?,
        })
    }
}

/// A check as the templates see it.
#[derive(Serialize)]
pub(super) struct CheckView<'a> {
    property: &'static str,
    value: &'a str,
    bash: String,
    cmd: String,
}

impl<'a> CheckView<'a> {
    fn new(check: &'a Check) -> Result<Self, Unquotable> {
        let CommandView { bash, cmd } = CommandView::compact(&check.command)?;
        Ok(Self {
            property: check.property.id(),
            value: &check.value,
            bash,
            cmd,
        })
    }
}

/// An update as the templates see it.
#[derive(Serialize)]
struct UpdateView {
    property: &'static str,
    bash: String,
    cmd: String,
}

impl UpdateView {
    fn new(update: &Update) -> Result<Self, Unquotable> {
        let CommandView { bash, cmd } = CommandView::compact(&update.command)?;
        Ok(Self {
            property: update.property.id(),
            bash,
            cmd,
        })
    }
}

/// A target as the templates see it.
#[derive(Serialize)]
pub(super) struct TargetView<'a> {
    subject: &'static str,
    /// What it is, in words.
    thing: &'a str,
    value: &'a str,
    bash: String,
    cmd: String,
}

impl<'a> TargetView<'a> {
    pub(super) fn new(target: &'a Target, thing: &'a str) -> Result<Self, Unquotable> {
        let CommandView { bash, cmd } = CommandView::compact(&target.check.command)?;
        Ok(Self {
            subject: target.subject.id(),
            thing,
            value: &target.check.value,
            bash,
            cmd,
        })
    }
}

/// How somebody is permitted to pass the role, as the templates see it.
#[derive(Serialize)]
struct PassRoleView {
    create: CommandView,
    attach_to_role: CommandView,
    attach_to_user: CommandView,
}

impl PassRoleView {
    fn new(pass_role: &PassRole) -> Result<Self, Unquotable> {
        Ok(Self {
            create: CommandView::new(&pass_role.create)?,
            attach_to_role: CommandView::new(&pass_role.attach_to_role)?,
            attach_to_user: CommandView::new(&pass_role.attach_to_user)?,
        })
    }
}

/// How the key of the log group comes to be used, as the templates see it.
#[derive(Serialize)]
struct LogGroupKeyView {
    read: CommandView,
    write: CommandView,
    associate: CommandView,
}

impl LogGroupKeyView {
    fn new(key: &LogGroupKey) -> Result<Self, Unquotable> {
        Ok(Self {
            read: CommandView::new(&key.read)?,
            write: CommandView::new(&key.write)?,
            associate: CommandView::new(&key.associate)?,
        })
    }
}

/// A step as the templates see it.
#[derive(Serialize)]
struct StepView<'a> {
    number: usize,
    subject: &'static str,
    /// The name of the policy and of its document, if it is of one.
    policy_name: &'a str,
    document: &'static str,
    /// The number and the resource of the step that creates what it belongs to; 0
    /// for none.
    parent: usize,
    parent_resource: &'a str,
    /// What it does, in words.
    title: &'a str,
    /// What it creates, in words.
    thing: &'a str,
    /// What removes that, in words.
    undo_title: &'a str,
    resource: &'a str,
    bash: String,
    cmd: String,
    checks: Vec<CheckView<'a>>,
    updates: Vec<UpdateView>,
    removal: Option<RemovalView>,
    /// The resources that go with it, without a call of their own.
    children: Vec<&'a str>,
}

/// What removes a step's result, as the templates see it.
#[derive(Serialize)]
struct RemovalView {
    contents: Option<CommandView>,
    users: Vec<CommandView>,
    bash: String,
    cmd: String,
}

impl RemovalView {
    fn new(removal: &Removal) -> Result<Self, Unquotable> {
        let CommandView { bash, cmd } = CommandView::compact(&removal.command)?;
        let contents = removal.contents.as_ref().map(CommandView::compact);
        let users: Result<_, _> = removal.users.iter().map(CommandView::compact).collect();
        Ok(Self {
            contents: contents.transpose()?,
            users: users?,
            bash,
            cmd,
        })
    }
}

impl<'a> StepView<'a> {
    fn new(
        index: usize,
        plan: &'a Plan,
        policies: &[ManagedPolicy<'a>],
        titles: [&'a str; 3],
    ) -> Result<Self, Unquotable> {
        let [title, thing, undo_title] = titles;
        let step = &plan.apply[index];
        let policy = step.policy.and_then(|document| {
            let of_document = |policy: &&ManagedPolicy<'_>| policy.document == document;
            policies.iter().find(of_document)
        });
        let parent = (1..)
            .zip(&plan.apply)
            .find(|(_, parent)| Some(parent.subject) == step.parent);
        let children = plan.apply.iter().filter_map(|child| {
            let is_child = child.parent == Some(step.subject) && child.removal.is_none();
            is_child.then_some(child.resource.as_str())
        });
        let CommandView { bash, cmd } = CommandView::new(&step.command)?;
        let checks: Result<_, _> = step.checks.iter().map(CheckView::new).collect();
        let updates: Result<_, _> = step.updates.iter().map(UpdateView::new).collect();
        Ok(Self {
            number: index + 1,
            subject: step.subject.id(),
            policy_name: policy.map_or("", |policy| policy.name.as_str()),
            document: step.policy.map_or("", Document::file_name),
            parent: parent.map_or(0, |(number, _)| number),
            parent_resource: parent.map_or("", |(_, parent)| &parent.resource),
            title,
            thing,
            undo_title,
            resource: &step.resource,
            bash,
            cmd,
            checks: checks?,
            updates: updates?,
            removal: step.removal.as_ref().map(RemovalView::new).transpose()?,
            children: children.collect(),
        })
    }
}

/// Adds the plan's steps and targets. The context must
/// have the spec's variables.
pub(super) fn add(
    context: &mut Context,
    plan: &Plan,
    policies: &[ManagedPolicy<'_>],
    templates: &Templates,
) -> Result<(), RenderError> {
    let settings = plan.log_settings.as_ref();
    let items: Vec<Wording<'_>> = ["apply", "thing", "undo"]
        .into_iter()
        .flat_map(|phase| {
            plan.apply
                .iter()
                .map(move |step| Wording::of_step(phase, step, policies))
        })
        .chain(plan.targets.iter().map(Wording::of_target))
        .chain(settings.iter().flat_map(|_| Wording::of_settings()))
        .collect();
    let words = worded(&items, context, templates)?;
    let mut titles = words.lines();
    let mut of_steps = || titles.by_ref().take(plan.apply.len()).collect::<Vec<_>>();
    let (apply, things, undo) = (of_steps(), of_steps(), of_steps());
    let steps = (0..plan.apply.len()).map(|index| {
        let titles = [apply[index], things[index], undo[index]];
        let view = StepView::new(index, plan, policies, titles)?;
        Ok(Value::from_serializable(&view))
    });
    let steps = steps.collect::<Result<Vec<Value>, Unquotable>>()?;
    let undone = std::iter::zip(&plan.apply, &steps).rev();
    let undone = undone.filter_map(|(step, view)| step.removal.as_ref().map(|_| view.clone()));
    context.insert_value("undo", undone.collect::<Vec<Value>>().into());
    context.insert_value("apply", steps.into());

    let mut title = || titles.next().unwrap_or_default();
    let targets = plan.targets.iter();
    let targets: Result<Vec<_>, _> = targets
        .map(|target| TargetView::new(target, title()))
        .collect();
    context.insert("targets", &targets?);
    let settings = settings.map(|settings| LogSettingsView::new(settings, title));
    context.insert("log_settings", &settings.transpose()?);
    let pass_role = plan.pass_role.as_ref().map(PassRoleView::new).transpose()?;
    context.insert("pass_role", &pass_role);
    let key = plan.log_group_key.as_ref();
    let key = key.map(LogGroupKeyView::new).transpose()?;
    context.insert("log_group_key", &key);
    Ok(())
}

/// The lines that a template gives, one for each of so many items.
pub(crate) fn lines(
    template: &str,
    items: usize,
    context: &Context,
    templates: &Templates,
) -> Result<String, RenderError> {
    let text = templates.render(template, context)?;
    if text.lines().count() == items {
        Ok(text)
    } else {
        Err(RenderError::File {
            template: template.to_owned(),
            fault: format!(
                "has {} lines where {items} items want one each, in their order",
                text.lines().count()
            ),
        })
    }
}

/// Something of a plan that is to be put into words.
#[derive(Clone, Debug, Serialize)]
pub struct Wording<'a> {
    phase: &'static str,
    subject: &'static str,
    policy_name: &'a str,
}

impl<'a> Wording<'a> {
    /// What a step does in a phase: `apply` and `undo` do it, `thing` names what it
    /// creates.
    #[must_use]
    pub fn of_step(phase: &'static str, step: &Step, policies: &[ManagedPolicy<'a>]) -> Self {
        let policy = policies
            .iter()
            .find(|policy| Some(policy.document) == step.policy);
        Self {
            phase,
            subject: step.subject.id(),
            policy_name: policy.map_or("", |policy| policy.name.as_str()),
        }
    }

    /// The logs of an alias, what switches them on, and what switches them off again.
    #[must_use]
    pub fn of_settings() -> [Self; 3] {
        ["thing", "apply", "undo"].map(|phase| Self {
            phase,
            subject: Subject::LogSettings.id(),
            policy_name: "",
        })
    }

    /// The role.
    #[must_use]
    pub fn of_role() -> Self {
        Self {
            phase: "thing",
            subject: Subject::Role.id(),
            policy_name: "",
        }
    }

    /// What the logs need.
    #[must_use]
    pub fn of_target(target: &Target) -> Self {
        Self {
            phase: "thing",
            subject: target.subject.id(),
            policy_name: "",
        }
    }
}

/// A line of words for each item. The context must have the spec's variables.
///
/// # Errors
/// If an item cannot be worded.
pub(crate) fn worded(
    items: &[Wording<'_>],
    context: &Context,
    templates: &Templates,
) -> Result<String, RenderError> {
    let context = of_wording(items, context);
    let text = lines(WORDING, items.len(), &context, templates)?;
    if templates.are_own() {
        check_words(&text)?;
    }
    Ok(text)
}

/// The template of the wording of steps.
const WORDING: &str = "wording/steps.txt";

/// That nothing in the words means anything to a shell: the scripts say them in
/// many places.
fn check_words(text: &str) -> Result<(), RenderError> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " _+=,.@-/:#\n".contains(c);
    match text.chars().find(|c| !is_plain(*c)) {
        None => Ok(()),
        Some(c) => Err(RenderError::File {
            template: WORDING.to_owned(),
            fault: format!(
                "has `{}`: the scripts say these words, so that they have letters, digits, blanks and `_+=,.@-/:#` alone",
                c.escape_debug()
            ),
        }),
    }
}

/// The variables of the wording of steps, which gives a line for each item:
/// those of the spec and the items.
#[must_use]
pub fn of_wording(items: &[Wording<'_>], of_spec: &Context) -> Context {
    let mut context = of_spec.clone();
    context.insert("items", items);
    context
}

/// What the steps of a plan do, in words.
///
/// # Errors
/// If a step cannot be worded.
pub(crate) fn titles(
    plan: &Plan,
    spec: &Spec,
    templates: &Templates,
) -> Result<Vec<String>, RenderError> {
    let policies = spec.policies();
    let steps = plan.apply.iter();
    let items: Vec<_> = steps
        .map(|step| Wording::of_step("apply", step, &policies))
        .collect();
    let text = worded(&items, &of_spec(spec), templates)?;
    Ok(text.lines().map(str::to_owned).collect())
}
