//! The variables that are no parameters, and those that scripts must quote.

use super::Scope;

/// What the variables are that are no parameters.
pub(super) const OTHERS: &[(Scope, &str, &str, &str)] = &[
    (
        Scope::Request,
        "service_principal",
        "",
        "the service that assumes the role",
    ),
    (
        Scope::Request,
        "partition",
        "",
        "the partition of the Region, such as `aws`",
    ),
    (
        Scope::Request,
        "iam_console",
        "",
        "the address of the IAM console, if the partition has one that is known",
    ),
    (Scope::Request, "role_arn", "", "the ARN of the role"),
    (
        Scope::Request,
        "account_regional_bucket",
        "",
        "whether the bucket's name is of the account's own namespace in its Region",
    ),
    (
        Scope::Bundle,
        "generator",
        "",
        "this program and its version",
    ),
    (
        Scope::Bundle,
        "bundle_name",
        "",
        "the name of the bundle and of its folder",
    ),
    (
        Scope::Bundle,
        "notes",
        "",
        "what is worth knowing, each a sentence",
    ),
    (
        Scope::Bundle,
        "documents",
        "name sha256 kind used",
        "the JSON documents; `used` if a step reads it",
    ),
    (
        Scope::Bundle,
        "policies",
        "id name document grants.actions grants.resource",
        "the policies that apply creates, and what they permit",
    ),
    (
        Scope::Bundle,
        "parameters",
        "name value",
        "the parameters that hold, but for tables",
    ),
    (
        Scope::Bundle,
        "digest",
        "",
        "the SHA-256 over documents and request, by which a receipt is the bundle's",
    ),
    (
        Scope::Bundle,
        "unix_paths",
        "",
        "what begins like a path of Unix, with `;` between",
    ),
    (
        Scope::Bundle,
        "needs",
        "purpose permissions",
        "the IAM permissions that the scripts need",
    ),
    (
        Scope::Bundle,
        "identify",
        "bash cmd",
        "the call that tells whose credentials they are",
    ),
    (
        Scope::Bundle,
        "apply",
        STEP,
        "the steps in their order, each with its calls for both shells",
    ),
    (Scope::Bundle, "undo", STEP, "the same, the other way round"),
    (
        Scope::Bundle,
        "existing_role_look",
        PREMISE,
        "what is looked at of a role that must be there; none if it is made",
    ),
    (
        Scope::Bundle,
        "targets",
        PREMISE,
        "what the logs are written to, and how that is looked at",
    ),
    (
        Scope::Bundle,
        "pass_role",
        "create.bash create.cmd attach_to_role.bash attach_to_role.cmd attach_to_user.bash attach_to_user.cmd",
        "the calls that permit somebody to pass the role, if that is asked for",
    ),
    (
        Scope::Bundle,
        "log_group_key",
        "read.bash read.cmd write.bash write.cmd associate.bash associate.cmd",
        "the calls by which CloudWatch Logs comes to use the key, if there is one",
    ),
    (
        Scope::Bundle,
        "log_settings",
        LOG_SETTINGS,
        "how the logs of the bot's alias are switched on and off, if it is given",
    ),
    (
        Scope::Bundle,
        "looks",
        "sh cmd",
        "the part of each script that looks at what is there",
    ),
    (Scope::Page, "title", "", "the title of the runbook"),
    (Scope::Page, "opening", "", "what stands below it, as HTML"),
    (
        Scope::Page,
        "sections",
        "id title html",
        "the sections of the runbook",
    ),
    (
        Scope::Page,
        "pictures",
        "form width height boxes",
        "the picture, wide and narrow; not in html/picture.txt, of which it is made",
    ),
    (
        Scope::Page,
        "kms_key_account",
        "",
        "the account of the bucket's key",
    ),
    (
        Scope::Page,
        "log_group_kms_key_account",
        "",
        "the account of the log group's key",
    ),
    (Scope::Page, "style", "", "the style sheet"),
    (
        Scope::Page,
        "style_digest",
        "",
        "its SHA-256 in Base64, for the Content-Security-Policy",
    ),
    (Scope::Page, "script", "", "the script of the page"),
    (Scope::Page, "script_digest", "", "its SHA-256 in Base64"),
    (Scope::Included, "script", "", "the name of the script"),
    (Scope::Included, "steps", "", "how many steps it has"),
    (
        Scope::Included,
        "options",
        "",
        "the options of a .cmd script",
    ),
    (
        Scope::Steps,
        "items",
        "phase subject policy_name",
        "what is to be put into words, a line for each",
    ),
    (Scope::End, "output", "", "the path of what was written"),
    (
        Scope::End,
        "readme",
        "",
        "the path of README.html, if it is a folder",
    ),
    (Scope::End, "zipped", "", "whether it is a zip"),
    (
        Scope::End,
        "signature",
        "",
        "the path of the signature, if there is one",
    ),
    (
        Scope::End,
        "custom",
        "",
        "the values of one's own, each as `custom.NAME`",
    ),
    (Scope::HowTo, "shells", "", "`bash`, `cmd` or `both`"),
    (
        Scope::HowTo,
        "label_bash",
        "",
        "the label of bash's commands",
    ),
    (Scope::HowTo, "label_cmd", "", "the label of cmd.exe's"),
    (
        Scope::HowTo,
        "placeholders",
        "",
        "the parameters that stand as their own names",
    ),
    (
        Scope::Parameters,
        "parameters",
        "name required default meaning rule",
        "the table of parameters",
    ),
];

const STEP: &str = "number subject parent regional title look_title undo_title resource bash cmd wait.bash wait.cmd \
looks.aspect looks.bash looks.cmd updates.aspect updates.bash updates.cmd updates.room.list.bash updates.room.list.cmd \
updates.room.delete.bash updates.room.delete.cmd removal.contents.bash removal.contents.cmd removal.users.bash \
removal.users.cmd removal.versions.list.bash removal.versions.list.cmd removal.versions.delete.bash \
removal.versions.delete.cmd removal.bash removal.cmd children.number children.resource";

const PREMISE: &str = "subject title looks.aspect looks.bash looks.cmd";

const LOG_SETTINGS: &str = "number title undo_title resource looks.subject looks.title looks.looks.aspect \
looks.looks.bash looks.looks.cmd kinds.subject kinds.earlier kinds.current.bash kinds.current.cmd kinds.member \
changed.bash changed.cmd describe.bash describe.cmd before saved role.bash role.cmd earlier_role enabling.bash enabling.cmd \
disabling.bash disabling.cmd request update.bash update.cmd update_with.bash update_with.cmd put_back \
give_role.read.bash give_role.read.cmd give_role.write.bash give_role.write.cmd talk.bash talk.cmd \
deliveries.bash deliveries.cmd arrived.bash arrived.cmd";

/// What may hold characters that mean something to a shell: a script prints it by
/// a filter alone.
pub(super) const UNSAFE: [&str; 17] = [
    "custom",
    "tags",
    "parameters",
    "notes",
    "needs",
    "role_path",
    "role_arn",
    "permissions_boundary",
    "audio_log_prefix",
    "text_log_prefix",
    "unix_paths",
    "policies.grants.resource",
    "apply.resource",
    "apply.children.resource",
    "undo.resource",
    "undo.children.resource",
    "log_settings.resource",
];
