//! The rows of the table.

/// What the help of a command ends with.
pub(in crate::cli) struct Entry {
    /// The words of its name, with `-` between them; empty for the program.
    pub(in crate::cli) name: &'static str,
    /// What each example does, and its line.
    pub(in crate::cli) examples: &'static [(&'static str, &'static str)],
    pub(in crate::cli) exit_codes: &'static [(u8, &'static str)],
}

const DONE: (u8, &str) = (0, "Done");
const USAGE: (u8, &str) = (2, "Bad usage");
const INPUT: (u8, &str) = (2, "Bad usage or bad input");
const NO_BUNDLE: (u8, &str) = (2, "Bad usage, or not a bundle");
const READING: (u8, &str) = (3, "Reading failed");
const WRITING: (u8, &str) = (3, "Reading or writing failed");
const PRINTING: (u8, &str) = (3, "Printing failed");

/// One row for each command, in the order of the help.
pub(in crate::cli) const ENTRIES: &[Entry] = &[
    Entry {
        name: "",
        examples: &[
            (
                "Write a parameter file, which asks for its values",
                "lexlogs init",
            ),
            (
                "Generate the bundle to send to the administrator",
                "lexlogs bundle lexlogs.toml",
            ),
            (
                "Verify a bundle that you received",
                "lexlogs verify request.zip",
            ),
        ],
        exit_codes: &[DONE, (1, "A check found a difference"), INPUT, WRITING],
    },
    Entry {
        name: "init",
        examples: &[
            ("Write lexlogs.toml", "lexlogs init"),
            (
                "Write JSON to another file",
                "lexlogs init support-bot.json",
            ),
        ],
        exit_codes: &[
            DONE,
            (2, "Bad usage, or an answer is missing"),
            (3, "Writing failed, or a file already exists"),
        ],
    },
    Entry {
        name: "bundle",
        examples: &[
            (
                "Generate the bundle in dist/",
                "lexlogs bundle lexlogs.toml",
            ),
            (
                "Keep the zip's SHA-256 to send it through a separate channel",
                "lexlogs bundle lexlogs.toml -o request.zip >request.sha256",
            ),
            (
                "Use the existing role of a bot",
                "lexlogs bundle lexlogs.toml --role-name SupportBotRole --existing-role",
            ),
        ],
        exit_codes: &[
            DONE,
            INPUT,
            (3, "Reading or writing failed, or a different file exists"),
        ],
    },
    Entry {
        name: "render",
        examples: &[(
            "Write the files of the bundle into a folder",
            "lexlogs render lexlogs.toml -o bundle",
        )],
        exit_codes: &[
            DONE,
            INPUT,
            (3, "Reading or writing failed, or different files exist"),
        ],
    },
    Entry {
        name: "cloudformation",
        examples: &[
            (
                "Generate the template of a stack",
                "lexlogs cloudformation lexlogs.toml -o LexConversationLogsStack.json",
            ),
            ("Print it", "lexlogs cloudformation lexlogs.toml"),
        ],
        exit_codes: &[
            DONE,
            INPUT,
            (3, "Reading or writing failed, or a different file exists"),
        ],
    },
    Entry {
        name: "fleet",
        examples: &[
            (
                "Generate a bundle for each row, with shared values from a file",
                "lexlogs fleet accounts.csv --config lexlogs.toml -o fleet",
            ),
            (
                "Do the same again, and remove the bundles of deleted rows",
                "lexlogs fleet accounts.csv --config lexlogs.toml -o fleet --prune",
            ),
            (
                "Generate the template and the instances of a StackSet instead",
                "lexlogs fleet accounts.csv --config lexlogs.toml --stack-set r-abcd -o stack-set",
            ),
        ],
        exit_codes: &[
            DONE,
            (2, "Bad usage, or rows with errors"),
            WRITING,
            (130, "Interrupted"),
        ],
    },
    Entry {
        name: "verify",
        examples: &[
            ("Verify a bundle", "lexlogs verify request.zip"),
            (
                "Compare it with the SHA-256 that you received through a separate channel",
                "lexlogs verify request.zip --sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "Require a signature",
                "lexlogs verify request.zip --allowed-signers allowed_signers --identity requester@example.com",
            ),
        ],
        exit_codes: &[
            (0, "Intact, proven, and signed if required"),
            (1, "Not intact, not proven, or not signed as required"),
            NO_BUNDLE,
            READING,
        ],
    },
    Entry {
        name: "inspect",
        examples: &[
            ("Show what a bundle does", "lexlogs inspect request.zip"),
            (
                "Also list its files with their SHA-256",
                "lexlogs inspect request.zip --files",
            ),
        ],
        exit_codes: &[
            (0, "Described"),
            (1, "Not intact, or of another version and not proven"),
            NO_BUNDLE,
            READING,
        ],
    },
    Entry {
        name: "diff",
        examples: &[(
            "Show what changed since the last approval",
            "lexlogs diff approved-last-year.zip request.zip",
        )],
        exit_codes: &[
            (0, "Identical"),
            (1, "Different, or one is not intact"),
            (2, "Bad usage, or one is not a bundle"),
            READING,
        ],
    },
    Entry {
        name: "receipt",
        examples: &[(
            "Check what the administrator sent back",
            "lexlogs receipt request.zip receipt.txt",
        )],
        exit_codes: &[
            (0, "All steps were done"),
            (1, "Not all, or the receipt is of another bundle"),
            INPUT,
            READING,
        ],
    },
    Entry {
        name: "lint",
        examples: &[
            (
                "Check two documents together",
                "lexlogs lint trust-policy.json policy.json",
            ),
            (
                "Write the findings for a code-scanning service",
                "lexlogs lint --sarif policy.json >lint.sarif",
            ),
            ("Explain a rule", "lexlogs lint --explain confused-deputy"),
        ],
        exit_codes: &[
            (0, "No finding of the severity in --fail-on or above"),
            (1, "Such a finding"),
            USAGE,
            READING,
        ],
    },
    Entry {
        name: "docs",
        examples: &[
            (
                "Print a how-to page with placeholders",
                "lexlogs docs page --lex-version v2",
            ),
            (
                "Check the regions of all pages in CI",
                "lexlogs docs write --check docs",
            ),
        ],
        exit_codes: &[
            DONE,
            (1, "A page is out of date (write --check)"),
            INPUT,
            WRITING,
        ],
    },
    Entry {
        name: "docs-page",
        examples: &[
            (
                "Use placeholders",
                "lexlogs docs page --lex-version v2 >how-to.md",
            ),
            (
                "Use the values of a file",
                "lexlogs docs page lexlogs.toml --flavor mkdocs >how-to.md",
            ),
        ],
        exit_codes: &[DONE, INPUT, WRITING],
    },
    Entry {
        name: "docs-snippet",
        examples: &[(
            "Print the command that creates the role, for cmd.exe",
            "lexlogs docs snippet create-role --lex-version v2 --shell cmd",
        )],
        exit_codes: &[DONE, INPUT, WRITING],
    },
    Entry {
        name: "docs-list",
        examples: &[("List the names of all blocks", "lexlogs docs list")],
        exit_codes: &[DONE, USAGE, PRINTING],
    },
    Entry {
        name: "docs-write",
        examples: &[
            (
                "Fill the regions of all pages in a folder",
                "lexlogs docs write docs",
            ),
            ("Check them in CI", "lexlogs docs write --check docs"),
        ],
        exit_codes: &[DONE, (1, "A page is out of date (--check)"), INPUT, WRITING],
    },
    Entry {
        name: "templates",
        examples: &[
            (
                "Copy all templates to a new folder",
                "lexlogs templates export our-templates",
            ),
            (
                "Use the changed ones",
                "lexlogs bundle lexlogs.toml --templates our-templates",
            ),
        ],
        exit_codes: &[DONE, USAGE, (3, "Writing failed, or the directory exists")],
    },
    Entry {
        name: "templates-list",
        examples: &[("List the names of all templates", "lexlogs templates list")],
        exit_codes: &[DONE, USAGE, PRINTING],
    },
    Entry {
        name: "templates-show",
        examples: &[(
            "Print the template of the runbook",
            "lexlogs templates show docs/README.md",
        )],
        exit_codes: &[DONE, USAGE, PRINTING],
    },
    Entry {
        name: "templates-variables",
        examples: &[(
            "Print what the runbook can use",
            "lexlogs templates variables docs/README.md",
        )],
        exit_codes: &[DONE, USAGE, PRINTING],
    },
    Entry {
        name: "templates-export",
        examples: &[(
            "Copy all templates to a new folder",
            "lexlogs templates export our-templates",
        )],
        exit_codes: &[DONE, USAGE, (3, "Writing failed, or the directory exists")],
    },
    Entry {
        name: "schema",
        examples: &[
            (
                "Save the schema of parameter files",
                "lexlogs schema >lexlogs.schema.json",
            ),
            (
                "Print the schema of a bundle's manifest.json",
                "lexlogs schema manifest",
            ),
        ],
        exit_codes: &[DONE, USAGE, PRINTING],
    },
    Entry {
        name: "completions",
        examples: &[
            (
                "bash: add this line to ~/.bashrc",
                "source <(lexlogs completions bash)",
            ),
            (
                "zsh: add this line to ~/.zshrc, after compinit",
                "source <(lexlogs completions zsh)",
            ),
            (
                "fish: add this line to ~/.config/fish/config.fish",
                "lexlogs completions fish | source",
            ),
            (
                "elvish: add this line to ~/.config/elvish/rc.elv",
                "eval (lexlogs completions elvish | slurp)",
            ),
            (
                "PowerShell: add this line to $PROFILE",
                "lexlogs completions powershell | Out-String | Invoke-Expression",
            ),
        ],
        exit_codes: &[DONE, USAGE, PRINTING],
    },
    Entry {
        name: "man",
        examples: &[
            ("Read a page", "lexlogs man bundle | man -l -"),
            (
                "Install it, in a folder man1 of the MANPATH",
                "lexlogs man bundle >lexlogs-bundle.1",
            ),
        ],
        exit_codes: &[DONE, USAGE, PRINTING],
    },
];
