//! What the variables have that are more than one value: what is read of them by
//! dots, in groups of one meaning. Of a list it is what each item has.

/// Names by dots, with blanks between, and what they are.
pub(super) type Fields = &'static [(&'static str, &'static str)];

pub(super) const ONE_VALUE: Fields = &[];

pub(super) const TAGS: Fields = &[("key", "the key of the tag"), ("value", "its value")];

pub(super) const DOCUMENTS: Fields = &[
    ("name", "the name of the file"),
    ("sha256", "its SHA-256"),
    ("text", "its content"),
    (
        "kind",
        "`policy`, `trust-policy`, `tags`, `pass-role-policy`, `log-group-key-policy` or `log-settings`",
    ),
    ("used", "whether a step reads it"),
];

pub(super) const POLICIES: Fields = &[
    ("id", "which of them it is: the `subject` of its step"),
    ("name", "its name"),
    ("document", "the name of its document"),
    ("grants.actions", "what one of its statements permits"),
    ("grants.resource", "on what, if not on everything"),
];

pub(super) const PARAMETERS: Fields = &[("name", "the name"), ("value", "the value as text")];

pub(super) const NEEDS: Fields = &[
    ("purpose", "for what"),
    ("permissions", "the names of the permissions"),
];

const CHECKS: &str = "a call that must print the value, or `None` if there is none";

pub(super) const STEP: Fields = &[
    ("number", "its number in apply, from 1"),
    ("subject", "what it creates, in one word, such as `role`"),
    ("policy_name", "the name of the policy, if it is of one"),
    ("document", "the file name of that policy's document"),
    (
        "parent",
        "the number of the step that creates what this belongs to, or 0",
    ),
    ("parent_resource", "the resource of that step"),
    ("title", "what it does, in words"),
    ("thing", "what it creates, in words"),
    ("undo_title", "what removes that, in words"),
    (
        "resource",
        "what the receipt calls it: an ARN, and where it is attached",
    ),
    ("bash cmd", "the call that creates it, for each shell"),
    ("checks.property", "what a check compares, in one word"),
    ("checks.value", "the value that the parameters ask for"),
    ("checks.bash checks.cmd", CHECKS),
    ("updates.property", "what an update changes, in one word"),
    ("updates.bash updates.cmd", "the call that changes it"),
    (
        "removal.contents.bash removal.contents.cmd",
        "the call that prints something if it holds anything: then it stays",
    ),
    (
        "removal.users.bash removal.users.cmd",
        "calls that print who uses it",
    ),
    (
        "removal.bash removal.cmd",
        "the call that removes it, if it does not go with another",
    ),
    ("children", "the resources that go with it"),
];

pub(super) const TARGET: Fields = &[
    ("subject", "what it is, in one word"),
    ("thing", "what it is, in words"),
    ("value", "the value that the call must print"),
    ("bash cmd", CHECKS),
];

pub(super) const PASS_ROLE: Fields = &[
    ("create.bash create.cmd", "the call that creates the policy"),
    (
        "attach_to_role.bash attach_to_role.cmd",
        "the call that attaches it to a role that people assume",
    ),
    (
        "attach_to_user.bash attach_to_user.cmd",
        "the call that attaches it to a user",
    ),
];

pub(super) const LOG_GROUP_KEY: Fields = &[
    (
        "read.bash read.cmd",
        "the call that prints the key's policy",
    ),
    (
        "write.bash write.cmd",
        "the call that puts another in its place",
    ),
    (
        "associate.bash associate.cmd",
        "the call that has the log group encrypted with the key",
    ),
];

pub(super) const LOG_SETTINGS: Fields = &[
    ("thing", "the logs of the alias, in words"),
    ("title", "what switches on, in words"),
    ("undo_title", "what switches off, in words"),
    ("resource", "the ARN of the alias"),
    ("kinds.name", "`text` or `audio`"),
    (
        "kinds.earlier",
        "the file in which their settings are kept as they were",
    ),
    ("kinds.current", "the query that selects their settings"),
    (
        "kinds.query",
        "the query that selects their settings in words, `None` if there are none",
    ),
    (
        "kinds.words kinds.other_words",
        "what it selects if they are this bundle's, in both forms of the log group's ARN; empty if it leaves them",
    ),
    (
        "kinds.member",
        "the member that they are in the file `put_back`; empty in V1",
    ),
    (
        "read_bot.bash read_bot.cmd",
        "the call that reads the role of the bot, in V2",
    ),
    (
        "read.bash read.cmd",
        "the call that reads the alias; the queries are for it",
    ),
    (
        "changed",
        "the query that selects when the alias was last changed",
    ),
    ("before", "the file in which that is kept"),
    (
        "saved",
        "the names of all files in which enable keeps what was before",
    ),
    (
        "role",
        "the query that selects the role of the alias, in V1; empty in V2",
    ),
    ("earlier_role", "the file in which that is kept"),
    (
        "enabling",
        "the query that makes the request that switches on",
    ),
    (
        "disabling",
        "the query that makes the request that switches off",
    ),
    ("request", "the file that a request is written to"),
    ("update.bash update.cmd", "the call that sends it"),
    (
        "update_with.bash update_with.cmd",
        "the call that sends it with the settings of the file `put_back`",
    ),
    ("put_back", "the file of settings that are put back"),
    (
        "give_role.read.bash give_role.read.cmd",
        "the call that prints the request that gives the bot the role, where its owner must",
    ),
    (
        "give_role.write.bash give_role.write.cmd",
        "the call that sends it",
    ),
    (
        "talk.bash talk.cmd",
        "the call that says something to the bot",
    ),
    (
        "arrived.bash arrived.cmd",
        "calls that print what has arrived of it in the logs",
    ),
];

pub(super) const SECTIONS: Fields = &[
    ("id", "the name of its place in the page"),
    ("title", "its title"),
    ("html", "what stands below it, as HTML"),
];

pub(super) const ITEMS: Fields = &[
    ("phase", "`apply`, `thing` or `undo`"),
    ("subject", "what the step puts in place, in one word"),
    ("policy_name", "the name of the policy, if it is of one"),
];

pub(super) const ROWS: Fields = &[
    ("name", "the name"),
    ("required", "whether it must be given"),
    ("default", "what holds if it is not given"),
    ("meaning", "what it is, in one phrase"),
    ("rule", "what may be given"),
];
