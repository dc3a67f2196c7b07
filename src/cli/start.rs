//! The command lines of those who begin.

use std::path::PathBuf;

use clap::Args;

use super::{choice, completion};
use crate::schema::Described;

/// Create a parameter file; at a terminal, ask for the required values
#[derive(Args, Debug)]
#[command(
    after_help = "Each answer is checked when you type it. Without a terminal, required values are left empty to fill in. The JSON Schema for \
editors is written to lexlogs.schema.json in the same folder. Existing files are never overwritten.\n\
Exit codes: 0 done; 2 bad usage, or an answer is missing; 3 writing failed, or a file already exists."
)]
pub(crate) struct Init {
    /// The file, .toml or .json; only TOML has comments
    #[arg(default_value = "lexlogs.toml")]
    pub(crate) file: PathBuf,
}

/// Print the JSON Schema of parameter files or manifests
#[derive(Args, Debug)]
#[command(
    after_help = "JSON Schema 2020-12. A TOML file is checked in its JSON form. lexlogs also checks combinations of values, which the schema \
does not.\n\
Exit codes: 0 done; 2 bad usage; 3 printing failed."
)]
pub(crate) struct Schema {
    /// The kind of file
    #[arg(default_value = Described::Parameters.name(), value_parser = choice(&Described::ALL, Described::name))]
    pub(crate) file: Described,
}

/// Print the completion script of a shell
#[derive(Args, Debug)]
#[command(after_help = "Load it when the shell starts:\n\
bash:       source <(lexlogs completions bash)              in ~/.bashrc\n\
zsh:        source <(lexlogs completions zsh)               in ~/.zshrc, after compinit\n\
fish:       lexlogs completions fish | source               in ~/.config/fish/config.fish\n\
elvish:     eval (lexlogs completions elvish | slurp)       in ~/.config/elvish/rc.elv\n\
PowerShell: lexlogs completions powershell | Out-String | Invoke-Expression   in $PROFILE\n\
The script calls lexlogs on the PATH. Exit codes: 0 done; 2 bad usage; 3 printing failed.")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_parser = completion::shells())]
    pub(crate) shell: String,
}

/// Print the man page of a command, or of lexlogs
#[derive(Args, Debug)]
#[command(after_help = "To read it: lexlogs man bundle | man -l -\n\
To install it: lexlogs man bundle >lexlogs-bundle.1, into a folder man1 of the MANPATH.\n\
Exit codes: 0 done; 2 bad usage; 3 printing failed.")]
pub(crate) struct Man {
    /// The command, such as bundle or docs-page
    pub(crate) command: Option<String>,
}
