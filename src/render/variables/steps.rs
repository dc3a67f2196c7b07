//! The variables of the plan: its steps, what is looked at beside them, and the
//! words for both.

use serde::Serialize;

use super::of_spec;
use super::settings::LogSettingsView;
use crate::dialect::{Dialect, Unquotable};
use crate::document::ManagedPolicy;
use crate::plan::{
    Aspect, Command, LogGroupKey, Look, PassRole, Plan, Premise, Removal, Step, Subject, Update,
    Versions,
};
use crate::render::RenderError;
use crate::spec::Spec;
use crate::templates::{Context, Templates, Value};

/// A call as the templates see it: its text for each shell.
#[derive(Serialize)]
pub(super) struct CommandView {
    bash: String,
    cmd: String,
}

impl CommandView {
    /// A call of AWS's page, laid out as there.
    fn new(command: &Command) -> Result<Self, Unquotable> {
        Self::of_both(|dialect| dialect.command(command))
    }

    /// The same in a page, whose lines end as the page's do.
    pub(super) fn in_page(command: &Command) -> Result<Self, Unquotable> {
        Ok(Self {
            bash: Dialect::Bash.command(command)?,
            cmd: Dialect::Cmd.command(command)?,
        })
    }

    /// Any other call.
    pub(super) fn compact(command: &Command) -> Result<Self, Unquotable> {
        Self::of_both(|dialect| dialect.compact(command))
    }

    fn of_both(text: impl Fn(Dialect) -> Result<String, Unquotable>) -> Result<Self, Unquotable> {
        let of = |dialect: Dialect| Ok(dialect.file(text(dialect)?));
        Ok(Self {
            bash: of(Dialect::Bash)?,
            cmd: of(Dialect::Cmd)?,
        })
    }
}

/// A look or an update as the templates see it.
#[derive(Serialize)]
struct AspectView {
    aspect: &'static str,
    room: Option<VersionsView>,
    bash: String,
    cmd: String,
}

impl AspectView {
    fn of_look(look: &Look) -> Result<Self, Unquotable> {
        Self::new(look.aspect, None, &look.command)
    }

    fn of_update(update: &Update) -> Result<Self, Unquotable> {
        Self::new(update.aspect, update.room.as_ref(), &update.command)
    }

    fn new(aspect: Aspect, room: Option<&Versions>, call: &Command) -> Result<Self, Unquotable> {
        let CommandView { bash, cmd } = CommandView::compact(call)?;
        Ok(Self {
            aspect: aspect.id(),
            room: room.map(VersionsView::new).transpose()?,
            bash,
            cmd,
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
pub(super) struct PremiseView<'a> {
    subject: &'static str,
    title: &'a str,
    looks: Vec<AspectView>,
}

impl<'a> PremiseView<'a> {
    pub(super) fn new(premise: &Premise, title: &'a str) -> Result<Self, Unquotable> {
        let looks: Result<_, _> = premise.looks.iter().map(AspectView::of_look).collect();
        Ok(Self {
            subject: premise.subject.id(),
            title,
            looks: looks?,
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
            create: CommandView::in_page(&pass_role.create)?,
            attach_to_role: CommandView::in_page(&pass_role.attach_to_role)?,
            attach_to_user: CommandView::in_page(&pass_role.attach_to_user)?,
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
            read: CommandView::in_page(&key.read)?,
            write: CommandView::in_page(&key.write)?,
            associate: CommandView::in_page(&key.associate)?,
        })
    }
}

/// A step as the templates see it.
#[derive(Serialize)]
struct StepView<'a> {
    number: usize,
    subject: &'static str,
    /// The number of the step that puts in place what it belongs to, or `none`.
    parent: String,
    /// Whether its calls say by themselves to which Region they go.
    regional: bool,
    /// What it does, in words.
    title: &'a str,
    /// What it puts in place, in words.
    look_title: &'a str,
    /// What undoes it, in words.
    undo_title: &'a str,
    resource: &'a str,
    bash: String,
    cmd: String,
    wait: Option<CommandView>,
    looks: Vec<AspectView>,
    updates: Vec<AspectView>,
    removal: Option<RemovalView>,
    /// What goes with it, without a call of its own.
    children: Vec<ChildView<'a>>,
}

/// What takes a step's result out, as the templates see it.
#[derive(Serialize)]
struct RemovalView {
    contents: Option<CommandView>,
    users: Vec<CommandView>,
    versions: Option<VersionsView>,
    bash: String,
    cmd: String,
}

/// A step whose result goes with that of another one.
#[derive(Serialize)]
struct ChildView<'a> {
    number: usize,
    resource: &'a str,
}

impl RemovalView {
    fn new(removal: &Removal) -> Result<Self, Unquotable> {
        let CommandView { bash, cmd } = CommandView::compact(&removal.command)?;
        let contents = removal.contents.as_ref().map(CommandView::compact);
        let users: Result<_, _> = removal.users.iter().map(CommandView::compact).collect();
        let versions = removal.versions.as_ref().map(VersionsView::new);
        Ok(Self {
            contents: contents.transpose()?,
            users: users?,
            versions: versions.transpose()?,
            bash,
            cmd,
        })
    }
}

impl<'a> StepView<'a> {
    fn new(index: usize, plan: &'a Plan, titles: [&'a str; 3]) -> Result<Self, Unquotable> {
        let [title, look_title, undo_title] = titles;
        let step = &plan.apply[index];
        let parent = plan
            .apply
            .iter()
            .position(|parent| Some(parent.subject) == step.parent)
            .map_or("none".to_owned(), |parent| (parent + 1).to_string());
        let children = (1..).zip(&plan.apply).filter_map(|(number, child)| {
            let is_child = child.parent == Some(step.subject) && child.removal.is_none();
            let resource = child.resource.as_str();
            is_child.then_some(ChildView { number, resource })
        });
        let CommandView { bash, cmd } = match step.subject {
            Subject::Role | Subject::Policy | Subject::Attachment => {
                CommandView::new(&step.command)?
            }
            _ => CommandView::compact(&step.command)?,
        };
        let looks: Result<_, _> = step.looks.iter().map(AspectView::of_look).collect();
        let updates: Result<_, _> = step.updates.iter().map(AspectView::of_update).collect();
        Ok(Self {
            number: index + 1,
            subject: step.subject.id(),
            parent,
            regional: step.command.is_regional(),
            title,
            look_title,
            undo_title,
            resource: &step.resource,
            bash,
            cmd,
            wait: step.wait.as_ref().map(CommandView::compact).transpose()?,
            looks: looks?,
            updates: updates?,
            removal: step.removal.as_ref().map(RemovalView::new).transpose()?,
            children: children.collect(),
        })
    }
}

/// Adds the plan's steps, and what is looked at beside them. The context must
/// have the spec's variables.
pub(super) fn add(
    context: &mut Context,
    plan: &Plan,
    policies: &[ManagedPolicy<'_>],
    templates: &Templates,
) -> Result<(), RenderError> {
    context.insert("identify", &CommandView::compact(&plan.identify)?);
    let items: Vec<Wording<'_>> = ["apply", "look", "undo"]
        .into_iter()
        .flat_map(|phase| {
            plan.apply
                .iter()
                .map(move |step| Wording::of_step(phase, step, policies))
        })
        .chain(plan.premises().map(Wording::of_premise))
        .chain(
            plan.log_settings
                .iter()
                .flat_map(|_| Wording::of_settings()),
        )
        .collect();
    let words = worded(&items, context, templates)?;
    let mut titles = words.lines();
    let mut of_steps = || titles.by_ref().take(plan.apply.len()).collect::<Vec<_>>();
    let (apply, look, undo) = (of_steps(), of_steps(), of_steps());
    let steps = (0..plan.apply.len()).map(|index| {
        let titles = [apply[index], look[index], undo[index]];
        StepView::new(index, plan, titles).map(|view| Value::from_serializable(&view))
    });
    let steps = steps.collect::<Result<Vec<Value>, Unquotable>>()?;
    let undone = std::iter::zip(&plan.apply, &steps).rev();
    let undone = undone.filter_map(|(step, view)| step.removal.as_ref().map(|_| view.clone()));
    context.insert_value("undo", undone.collect::<Vec<Value>>().into());
    context.insert_value("apply", steps.into());

    let mut title = || titles.next().unwrap_or_default();
    let existing_role = plan.existing_role.as_ref();
    let existing_role = existing_role.map(|role| PremiseView::new(role, title()));
    context.insert("existing_role_look", &existing_role.transpose()?);
    let targets = plan.targets.iter();
    let targets: Result<Vec<_>, _> = targets
        .map(|target| PremiseView::new(target, title()))
        .collect();
    context.insert("targets", &targets?);
    let settings = plan.log_settings.as_ref();
    let settings =
        settings.map(|settings| LogSettingsView::new(settings, plan.apply.len() + 1, title));
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
    /// What a step does in a phase: `apply` and `undo` do it, `look` looks at
    /// what was done.
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

    /// What switching the logs of an alias on does, and switching them off again.
    #[must_use]
    pub fn of_settings() -> [Self; 2] {
        ["apply", "undo"].map(|phase| Self {
            phase,
            subject: "log-settings",
            policy_name: "",
        })
    }

    /// What must be there.
    #[must_use]
    pub fn of_premise(premise: &Premise) -> Self {
        Self {
            phase: "look",
            subject: premise.subject.id(),
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
