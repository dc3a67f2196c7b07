//! The command lines of those who begin.

use std::path::PathBuf;

use clap::Args;

use super::{choice, completion};
use crate::schema::Described;

/// Writes a parameter file to begin with; at a terminal it asks for the few values it needs
#[derive(Args, Debug)]
#[command(
    after_help = "Each answer is judged as it is typed, by the rules of all parameters. Without a terminal nothing is asked, and what must be \
filled in is empty. The schema, by which editors complete and check the file, is written beside it, as lexlogs.schema.json. What is there already \
is never replaced.\n\
Exit codes: 0 done; 2 bad usage, or not all was answered; 3 writing failed, or something is there already."
)]
pub(crate) struct Init {
    /// The file, .toml or .json; only TOML can have comments
    #[arg(default_value = "lexlogs.toml")]
    pub(crate) file: PathBuf,
}

/// Prints the JSON Schema of parameter files, or of a bundle's manifest, for editors and programs
#[derive(Args, Debug)]
#[command(
    after_help = "It is JSON Schema 2020-12. A TOML file is checked in its JSON form. What the schema of parameters refuses lexlogs \
refuses, too; what two values say together it leaves to lexlogs.\n\
Exit codes: 0 done; 2 bad usage; 3 printing failed."
)]
pub(crate) struct Schema {
    /// Of which file
    #[arg(default_value = Described::Parameters.name(), value_parser = choice(&Described::ALL, Described::name))]
    pub(crate) file: Described,
}

/// Prints what a shell loads to complete commands, flags, values and files
#[derive(Args, Debug)]
#[command(after_help = "Have it loaded when the shell starts:\n\
bash:       source <(lexlogs completions bash)              in ~/.bashrc\n\
zsh:        source <(lexlogs completions zsh)               in ~/.zshrc, after compinit\n\
fish:       lexlogs completions fish | source               in ~/.config/fish/config.fish\n\
elvish:     eval (lexlogs completions elvish | slurp)       in ~/.config/elvish/rc.elv\n\
PowerShell: lexlogs completions powershell | Out-String | Invoke-Expression   in $PROFILE\n\
It asks the lexlogs on the PATH. Exit codes: 0 done; 2 bad usage; 3 printing failed.")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_parser = completion::shells())]
    pub(crate) shell: String,
}

/// Prints the man page of a command, or of lexlogs itself
#[derive(Args, Debug)]
#[command(after_help = "To read it: lexlogs man bundle | man -l -\n\
To install it: lexlogs man bundle >lexlogs-bundle.1, into a folder man1 of the MANPATH.\n\
Exit codes: 0 done; 2 bad usage; 3 printing failed.")]
pub(crate) struct Man {
    /// The command, such as bundle or docs-page
    pub(crate) command: Option<String>,
}
