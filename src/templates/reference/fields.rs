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

pub(super) const COMMAND: Fields = &[("bash cmd", "the call, for each shell")];

pub(super) const LOOKS: Fields = &[("sh cmd", "the text, for each shell")];

const ASPECT: &str = "which part of it that is, in one word";
const LOOK: &str = "a call that prints nothing if that is as it is to be";

pub(super) const STEP: Fields = &[
    ("number", "its number in apply, from 1"),
    (
        "subject",
        "what it puts in place, in one word, such as `role`",
    ),
    (
        "parent",
        "the number of the step that makes what this belongs to, or `none`",
    ),
    (
        "regional",
        "whether its calls name their Region, whatever --region is",
    ),
    ("title", "what it does, in words"),
    ("look_title", "what it puts in place, in words"),
    ("undo_title", "what takes it out, in words"),
    ("resource", "the ARN of what it is for"),
    ("bash cmd", "the call that does it, for each shell"),
    (
        "wait.bash wait.cmd",
        "the call that waits until it is known everywhere, if there is one",
    ),
    ("looks.aspect", ASPECT),
    ("looks.bash looks.cmd", LOOK),
    ("updates.aspect", ASPECT),
    ("updates.bash updates.cmd", "the call that puts that right"),
    (
        "updates.room.list.bash updates.room.list.cmd",
        "the call that prints the version that goes before, if there must be room",
    ),
    (
        "updates.room.delete.bash updates.room.delete.cmd",
        "the call that deletes it",
    ),
    (
        "removal.contents.bash removal.contents.cmd",
        "the call that prints what it holds, for it stays while it holds anything",
    ),
    (
        "removal.users.bash removal.users.cmd",
        "calls that print what is somebody else's and keeps it",
    ),
    (
        "removal.versions.list.bash removal.versions.list.cmd",
        "the call that prints the versions that go before it",
    ),
    (
        "removal.versions.delete.bash removal.versions.delete.cmd",
        "the call that deletes one",
    ),
    (
        "removal.bash removal.cmd",
        "the call that takes it out, if it does not go with another",
    ),
    ("children.number", "the number of a step that goes with it"),
    ("children.resource", "the ARN of what that is for"),
];

pub(super) const PREMISE: Fields = &[
    ("subject", "what it is, in one word"),
    ("title", "what it is, in words"),
    ("looks.aspect", ASPECT),
    ("looks.bash looks.cmd", LOOK),
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
    ("number", "the number of that step, after the others"),
    ("title", "what switches on, in words"),
    ("undo_title", "what switches off, in words"),
    ("resource", "the ARN of the alias"),
    ("looks.subject", "what is looked at, in one word"),
    ("looks.title", "what is looked at, in words"),
    ("looks.looks.aspect", ASPECT),
    ("looks.looks.bash looks.looks.cmd", LOOK),
    (
        "kinds.subject",
        "of text or audio logs: what shows whether their settings are this bundle's; empty if it leaves them",
    ),
    (
        "kinds.earlier",
        "the file in which their settings are kept as they were",
    ),
    (
        "kinds.current.bash kinds.current.cmd",
        "the call that prints their settings as JSON",
    ),
    (
        "kinds.member",
        "the member that they are in the file `put_back`; empty in V1",
    ),
    (
        "changed.bash changed.cmd",
        "the call that prints when the alias was changed last",
    ),
    (
        "describe.bash describe.cmd",
        "the call that prints the alias as it is",
    ),
    ("before", "the file in which that is kept"),
    (
        "saved",
        "the names of all files in which enable keeps what was before",
    ),
    (
        "role.bash role.cmd",
        "the call that prints the role of the alias, in V1",
    ),
    ("earlier_role", "the file in which that is kept"),
    (
        "enabling.bash enabling.cmd",
        "the call that prints the request that switches on",
    ),
    (
        "disabling.bash disabling.cmd",
        "the call that prints the request that switches off",
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
        "deliveries.bash deliveries.cmd",
        "the call that prints what was delivered in the last hour",
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
    ("phase", "`apply`, `look` or `undo`"),
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
