//! The variables of the plan: its steps, what is looked at beside them, and the
//! words for both.

use serde::Serialize;

use super::of_spec;
use crate::dialect::{Dialect, Unquotable};
use crate::document::{Document, ManagedPolicy};
use crate::plan::{Command, Look, Plan, Premise, Step, Subject, Update, Versions};
use crate::render::RenderError;
use crate::spec::Spec;
use crate::templates::{Context, TemplateError, Templates};

/// A call as the templates see it: its text for each shell.
#[derive(Serialize)]
struct CommandView {
    bash: String,
    cmd: String,
}

impl CommandView {
    /// A call of AWS's page, laid out as there.
    fn new(command: &Command) -> Result<Self, Unquotable> {
        Ok(Self {
            bash: Dialect::Bash.command(command)?,
            cmd: Dialect::Cmd.command(command)?,
        })
    }

    /// Any other call.
    fn compact(command: &Command) -> Result<Self, Unquotable> {
        Ok(Self {
            bash: Dialect::Bash.compact(command)?,
            cmd: Dialect::Cmd.compact(command)?,
        })
    }
}

/// A look or an update as the templates see it.
#[derive(Serialize)]
struct AspectView {
    aspect: &'static str,
    room: Option<VersionsView>,
    #[serde(flatten)]
    command: CommandView,
}

impl AspectView {
    fn of_look(look: &Look) -> Result<Self, Unquotable> {
        Ok(Self {
            aspect: look.aspect.id(),
            room: None,
            command: CommandView::compact(&look.command)?,
        })
    }

    fn of_update(update: &Update) -> Result<Self, Unquotable> {
        Ok(Self {
            aspect: update.aspect.id(),
            room: update.room.as_ref().map(VersionsView::new).transpose()?,
            command: CommandView::compact(&update.command)?,
        })
    }
}

/// Versions to be deleted as the templates see them.
#[derive(Serialize)]
struct VersionsView {
    list: CommandView,
    delete: CommandView,
}

impl VersionsView {
    fn new(versions: &Versions) -> Result<Self, Unquotable> {
        Ok(Self {
            list: CommandView::compact(&versions.list)?,
            delete: CommandView::compact(&versions.delete)?,
        })
    }
}

/// What must be there as the templates see it.
#[derive(Serialize)]
struct PremiseView<'a> {
    subject: &'static str,
    title: &'a str,
    looks: Vec<AspectView>,
}

impl<'a> PremiseView<'a> {
    fn new(premise: &Premise, title: &'a str) -> Result<Self, Unquotable> {
        let looks: Result<_, _> = premise.looks.iter().map(AspectView::of_look).collect();
        Ok(Self {
            subject: premise.subject.id(),
            title,
            looks: looks?,
        })
    }
}

/// A step as the templates see it.
#[derive(Serialize)]
struct StepView<'a> {
    number: usize,
    subject: &'static str,
    /// What it does, in words.
    title: &'a str,
    /// What it puts in place, in words.
    look_title: &'a str,
    /// What undoes it, in words.
    undo_title: &'a str,
    resource: &'a str,
    #[serde(flatten)]
    command: CommandView,
    wait: Option<CommandView>,
    looks: Vec<AspectView>,
    updates: Vec<AspectView>,
    users: Vec<CommandView>,
    versions: Option<VersionsView>,
    removal: CommandView,
}

impl<'a> StepView<'a> {
    fn new(index: usize, step: &'a Step, titles: [&'a str; 3]) -> Result<Self, Unquotable> {
        let [title, look_title, undo_title] = titles;
        let removal = &step.removal;
        let looks: Result<_, _> = step.looks.iter().map(AspectView::of_look).collect();
        let updates: Result<_, _> = step.updates.iter().map(AspectView::of_update).collect();
        let users: Result<_, _> = removal.users.iter().map(CommandView::compact).collect();
        Ok(Self {
            number: index + 1,
            subject: step.subject.id(),
            title,
            look_title,
            undo_title,
            resource: &step.resource,
            command: CommandView::new(&step.command)?,
            wait: step.wait.as_ref().map(CommandView::compact).transpose()?,
            looks: looks?,
            updates: updates?,
            users: users?,
            versions: removal
                .versions
                .as_ref()
                .map(VersionsView::new)
                .transpose()?,
            removal: CommandView::compact(&removal.command)?,
        })
    }
}

/// Adds the plan's steps, and what is looked at beside them.
pub(super) fn add(
    context: &mut Context,
    plan: &Plan,
    spec: &Spec,
    policies: &[ManagedPolicy<'_>],
    templates: &Templates,
) -> Result<(), RenderError> {
    context.insert("identify", &CommandView::compact(&plan.identify)?);
    let steps: Vec<_> = plan
        .apply
        .iter()
        .map(|step| (step.subject, step.policy))
        .collect();
    let premises: Vec<_> = plan
        .existing_role
        .iter()
        .chain(&plan.targets)
        .map(|premise| (premise.subject, None))
        .collect();
    let words = |phase, items: &[(Subject, Option<Document>)]| {
        let context = of_wording(spec, phase, items, policies);
        lines("wording/steps.txt", items.len(), &context, templates)
    };
    let (apply, look, undo) = (
        words("apply", &steps)?,
        words("look", &steps)?,
        words("undo", &steps)?,
    );
    let titles = std::iter::zip(apply.lines(), std::iter::zip(look.lines(), undo.lines()));
    let views: Result<Vec<StepView<'_>>, Unquotable> = std::iter::zip(&plan.apply, titles)
        .enumerate()
        .map(|(index, (step, (title, (look, undo))))| {
            StepView::new(index, step, [title, look, undo])
        })
        .collect();
    let mut views = views?;
    context.insert("apply", &views);
    views.reverse();
    context.insert("undo", &views);

    let premise_words = words("look", &premises)?;
    let mut titles = premise_words.lines();
    let mut view = |premise: &Premise| PremiseView::new(premise, titles.next().unwrap_or_default());
    let existing_role = plan.existing_role.as_ref().map(&mut view).transpose()?;
    context.insert("existing_role_look", &existing_role);
    let targets: Result<Vec<_>, _> = plan.targets.iter().map(view).collect();
    context.insert("targets", &targets?);
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
        let message = format!("{template} gives no line for each of {items} items");
        Err(TemplateError { message }.into())
    }
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
    let steps: Vec<_> = plan
        .apply
        .iter()
        .map(|step| (step.subject, step.policy))
        .collect();
    let context = of_wording(spec, "apply", &steps, &spec.policies());
    let text = lines("wording/steps.txt", steps.len(), &context, templates)?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// The variables of the wording of steps, which gives a line for each item.
#[must_use]
pub fn of_wording(
    spec: &Spec,
    phase: &str,
    items: &[(Subject, Option<Document>)],
    policies: &[ManagedPolicy<'_>],
) -> Context {
    #[derive(Serialize)]
    struct Wording<'a> {
        subject: &'static str,
        policy_name: &'a str,
    }

    let items: Vec<Wording<'_>> = items
        .iter()
        .map(|(subject, document)| {
            let policy = policies
                .iter()
                .find(|policy| Some(policy.document) == *document);
            Wording {
                subject: subject.id(),
                policy_name: policy.map_or("", |policy| policy.name.as_str()),
            }
        })
        .collect();
    let mut context = of_spec(spec);
    context.insert("phase", phase);
    context.insert("items", &items);
    context
}
