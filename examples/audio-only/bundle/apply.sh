#!/bin/sh
# apply.sh - lets Amazon Lex V2 write conversation logs, in the AWS account 111122223333.
# Made by lexlogs 0.1.0. It does this, in this order:
#   1. create the IAM role LexConversationLogsRole
#   2. create the policy LexConversationLogsS3Policy
#   3. attach the policy LexConversationLogsS3Policy to the role LexConversationLogsRole
#
#   sh apply.sh --dry-run    print every command, change nothing
#   sh apply.sh              check the documents, the AWS CLI and the account, then do it
#   sh apply.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 done; 2 refused before any change; 3 a call failed, at the step that it names.

# zsh splits words in its own way unless it is told to be a plain shell.
if [ -n "${ZSH_VERSION:-}" ]; then emulate sh; fi
set -u

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh apply.sh [--dry-run] [--skip-checksums]
  --dry-run          print every command, change nothing, call nothing
  --skip-checksums   do not compare the documents with their SHA-256
USAGE
}

# Stops before any change.
refuse() {
    printf 'apply: %s\nNothing was changed.\n' "$1" >&2
    exit 2
}

# Prints one word as it would be typed.
quoted() {
    case $1 in
    '' | *[!A-Za-z0-9_+.@:/-]*) printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
    esac
}

# Prints a command as it would be typed, an option a line.
show() {
    text=
    for word in "$@"; do
        case $word in
        --*) text="$text \\
        " ;;
        *) text="$text${text:+ }" ;;
        esac
        text=$text$(quoted "$word")
    done
    printf '    %s\n' "$text"
}

# Names the step that the next command is.
step() {
    step_number=$1
    step_title=$2
    printf '\nStep %s of 3: %s\n' "$step_number" "$step_title" || fail 'it could not be printed, so it was not tried'
}

# Prints a command, then runs it; stops if it fails.
run() {
    show "$@" || fail 'it could not be printed, so it was not tried'
    if [ "$dry_run" = yes ]; then return; fi
    if "$@"; then return; else fail "exit code $? of the AWS CLI, whose words are above"; fi
}

# Stops at a step.
fail() {
    {
        printf '\nStep %s of 3 failed: %s (%s).\n' "$step_number" "$step_title" "$1"
        printf 'The steps before it are done, the steps after it were not tried.\n'
        printf 'Mend the cause, then run the commands of the remaining steps; README.md says how, and how to undo.\n'
    } >&2
    exit 3
}

# Prints the SHA-256 of a file, or nothing if no tool computes it.
sha256() {
    if command -v sha256sum >/dev/null 2>&1; then
        sum=$(sha256sum <"$1")
    elif command -v shasum >/dev/null 2>&1; then
        sum=$(shasum -a 256 <"$1")
    elif command -v openssl >/dev/null 2>&1; then
        sum=$(openssl dgst -sha256 -r <"$1")
    else
        sum=
    fi
    printf '%s\n' "${sum%% *}"
}

# A document must be beside this script, as it was made.
document() {
    if [ ! -f "$1" ]; then
        refuse "$1 is missing beside this script. Extract the whole zip, then run the script in its folder."
    fi
    if [ "$skip_checksums" = yes ]; then return; fi
    sum=$(sha256 "$1")
    if [ -z "$sum" ]; then
        refuse "the SHA-256 of $1 could not be computed. Compare the file with SHA256SUMS, then use --skip-checksums."
    fi
    if [ "$sum" != "$2" ]; then
        refuse "$1 was altered: its SHA-256 is not the one that it was made with. Ask for the bundle again."
    fi
}

# --- Options ----------------------------------------------------------------

dry_run=no
skip_checksums=no
for option in "$@"; do
    case $option in
    --dry-run) dry_run=yes ;;
    --skip-checksums) skip_checksums=yes ;;
    --help) usage; exit 0 ;;
    *) usage >&2; refuse "there is no option \"$option\"." ;;
    esac
done

# --- Before anything is changed ---------------------------------------------

# The documents are named relative to the script's own folder.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || refuse 'the folder of this script cannot be entered.' ;;
esac

document LexConversationLogsAssumeRolePolicyDocument.json \
    055c6a5576dbc9ecaeedb7ec698def9eec22ffb4620b268c3f8bcca1a4369745
document LexConversationLogsS3Policy.json \
    8c955c1162b6e31e345cb0503ec3cc07e53cd625a52c141ae7aad996f9e3e0e3

# No pager, no prompt, one form of messages; the Region gives the partition.
export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy AWS_DEFAULT_OUTPUT=json
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1

# Nothing is done unseen. (In zsh, printf does not fail where the output is closed.)
{ true >&1; } 2>/dev/null || refuse 'nothing can be printed to the standard output.'
printf 'Account 111122223333, Region us-east-1 (AWS_REGION and AWS_DEFAULT_REGION are set to it): checking the credentials.\n' ||
    refuse 'nothing can be printed to the standard output.'
show aws sts get-caller-identity \
    --query Account \
    --output text
if [ "$dry_run" = no ]; then
    command -v aws >/dev/null 2>&1 || refuse 'the AWS CLI is not installed, or not on the PATH: there is no command aws.'
    account=$(aws sts get-caller-identity \
    --query Account \
    --output text) ||
        refuse 'the AWS CLI has no working credentials; its own words are above. Sign in, or set AWS_PROFILE.'
    # The AWS CLI of Windows ends its lines with CR LF, in other shells of Windows too.
    account=${account%"$(printf '\r')"}
    if [ "$account" != 111122223333 ]; then
        refuse "the credentials belong to the account \"$account\"; this bundle is for the account 111122223333."
    fi
fi

# --- The steps --------------------------------------------------------------

step 1 'create the IAM role LexConversationLogsRole'
run aws iam create-role \
    --role-name LexConversationLogsRole \
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json

step 2 'create the policy LexConversationLogsS3Policy'
run aws iam create-policy \
    --policy-name LexConversationLogsS3Policy \
    --policy-document file://LexConversationLogsS3Policy.json

step 3 'attach the policy LexConversationLogsS3Policy to the role LexConversationLogsRole'
run aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --role-name LexConversationLogsRole

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    printf '\nDone: all 3 steps. README.md says how to prove it, and how to undo it.\n'
fi
exit 0
