//! The variables of what switches the logs of the bot's alias on and off.

use serde::Serialize;

use super::steps::{CommandView, TargetView};
use crate::dialect::Unquotable;
use crate::plan::{GiveRole, LogKind, LogSettings};

/// One kind of logs as the templates see it.
#[derive(Serialize)]
struct LogKindView {
    /// Whether the bundle turns it on; else its settings are kept.
    is_on: bool,
    earlier: &'static str,
    current: CommandView,
    member: &'static str,
}

impl LogKindView {
    fn new(kind: &LogKind) -> Result<Self, Unquotable> {
        Ok(Self {
            is_on: kind.is_on,
            earlier: kind.earlier,
            current: CommandView::compact(&kind.current)?,
            member: kind.member,
        })
    }
}

/// How the logs of an alias are switched on and off, as the templates see it.
#[derive(Serialize)]
pub(super) struct LogSettingsView<'a> {
    /// The role of the bot, in V2.
    bot: Option<TargetView<'a>>,
    /// What it is, in words.
    thing: &'a str,
    /// What switches on, in words.
    title: &'a str,
    /// What switches off, in words.
    undo_title: &'a str,
    resource: &'a str,
    /// Prints the settings as the bundle's document has them.
    current: CommandView,
    kinds: Vec<LogKindView>,
    changed: CommandView,
    describe: CommandView,
    before: &'static str,
    /// The files in which enabling saves what was before, that one first.
    saved: Vec<&'static str>,
    role: Option<CommandView>,
    earlier_role: &'static str,
    enabling: CommandView,
    disabling: CommandView,
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
            read: CommandView::in_page(&give_role.read)?,
            write: CommandView::in_page(&give_role.write)?,
        })
    }
}

impl<'a> LogSettingsView<'a> {
    /// `title` gives the words: those of the bot, of the logs, of switching them on and off.
    pub(super) fn new(
        settings: &'a LogSettings,
        mut title: impl FnMut() -> &'a str,
    ) -> Result<Self, Unquotable> {
        let bot = settings.bot.as_ref();
        let bot = bot.map(|bot| TargetView::new(bot, title())).transpose()?;
        let kinds: Result<_, _> = settings.kinds.iter().map(LogKindView::new).collect();
        let give_role = settings.give_role.as_ref().map(GiveRoleView::new);
        let arrived: Result<_, _> = settings.arrived.iter().map(CommandView::in_page).collect();
        let role = settings.role.as_ref().map(CommandView::compact);
        Ok(Self {
            bot,
            thing: title(),
            title: title(),
            undo_title: title(),
            resource: &settings.resource,
            current: CommandView::compact(&settings.current)?,
            kinds: kinds?,
            changed: CommandView::compact(&settings.changed)?,
            describe: CommandView::compact(&settings.describe)?,
            before: settings.before,
            saved: settings.saved().collect(),
            role: role.transpose()?,
            earlier_role: settings.earlier_role,
            enabling: CommandView::compact(&settings.enabling)?,
            disabling: CommandView::compact(&settings.disabling)?,
            request: settings.request,
            update: CommandView::compact(&settings.update)?,
            update_with: CommandView::compact(&settings.update_with)?,
            put_back: settings.put_back,
            give_role: give_role.transpose()?,
            talk: CommandView::in_page(&settings.talk)?,
            arrived: arrived?,
        })
    }
}
