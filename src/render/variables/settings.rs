//! The variables of what switches the logs of the bot's alias on and off.

use serde::Serialize;

use super::steps::CommandView;
use crate::dialect::Unquotable;
use crate::plan::{GiveRole, LogKind, LogSettings};

/// One kind of logs as the templates see it.
#[derive(Serialize)]
struct LogKindView<'a> {
    name: &'static str,
    earlier: &'static str,
    current: &'a str,
    query: &'a str,
    /// Empty if the bundle leaves its settings.
    words: &'a str,
    other_words: &'a str,
}

impl<'a> LogKindView<'a> {
    fn new(kind: &'a LogKind) -> Self {
        Self {
            name: kind.name,
            earlier: kind.earlier,
            current: &kind.current,
            query: &kind.query,
            words: kind.words.as_deref().unwrap_or_default(),
            other_words: kind.other_words.as_deref().unwrap_or_default(),
        }
    }
}

/// How the logs of an alias are switched on and off, as the templates see it.
#[derive(Serialize)]
pub(super) struct LogSettingsView<'a> {
    /// The logs of the alias, in words.
    thing: &'a str,
    /// What switches on, in words.
    title: &'a str,
    /// What switches off, in words.
    undo_title: &'a str,
    resource: &'a str,
    kinds: Vec<LogKindView<'a>>,
    read_bot: Option<CommandView>,
    read: CommandView,
    changed: &'static str,
    before: &'static str,
    /// The files in which enabling saves what was before, that one first.
    saved: Vec<&'static str>,
    role: &'static str,
    earlier_role: &'static str,
    enabling: &'a str,
    disabling: &'a str,
    request: &'static str,
    update: CommandView,
    update_with: CommandView,
    put_back: &'static str,
    give_role: Option<GiveRoleView>,
    talk: CommandView,
    arrived: Vec<CommandView>,
}

/// How the bot comes to have the role, as the templates see it.
#[derive(Serialize)]
struct GiveRoleView {
    read: CommandView,
    write: CommandView,
}

impl GiveRoleView {
    fn new(give_role: &GiveRole) -> Result<Self, Unquotable> {
        Ok(Self {
            read: CommandView::new(&give_role.read)?,
            write: CommandView::new(&give_role.write)?,
        })
    }
}

impl<'a> LogSettingsView<'a> {
    /// `title` gives the words: those of the logs, of switching them on and off.
    pub(super) fn new(
        settings: &'a LogSettings,
        mut title: impl FnMut() -> &'a str,
    ) -> Result<Self, Unquotable> {
        let give_role = settings.give_role.as_ref().map(GiveRoleView::new);
        let arrived: Result<_, _> = settings.arrived.iter().map(CommandView::new).collect();
        let read_bot = settings.read_bot.as_ref().map(CommandView::compact);
        Ok(Self {
            thing: title(),
            title: title(),
            undo_title: title(),
            resource: &settings.resource,
            kinds: settings.kinds.iter().map(LogKindView::new).collect(),
            read_bot: read_bot.transpose()?,
            read: CommandView::compact(&settings.read)?,
            changed: settings.changed,
            before: settings.before,
            saved: settings.saved().collect(),
            role: settings.role.unwrap_or_default(),
            earlier_role: settings.earlier_role,
            enabling: &settings.enabling,
            disabling: &settings.disabling,
            request: settings.request,
            update: CommandView::new(&settings.update)?,
            update_with: CommandView::new(&settings.update_with)?,
            put_back: settings.put_back,
            give_role: give_role.transpose()?,
            talk: CommandView::new(&settings.talk)?,
            arrived: arrived?,
        })
    }
}
