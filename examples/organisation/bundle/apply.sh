#!/bin/sh
# apply.sh - lets Amazon Lex V2 write conversation logs, in the AWS account 111122223333.
# Made by lexlogs 0.1.0. It does this, in this order:
#   1. create the IAM role svc-lex-conversation-logs
#   2. create the policy svc-lex-logs-cloudwatch
#   3. attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs
#   4. create the policy svc-lex-logs-s3
#   5. attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs
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
    printf '\nStep %s of 5: %s\n' "$step_number" "$step_title" || fail 'it could not be printed, so it was not tried'
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
        printf '\nStep %s of 5 failed: %s (%s).\n' "$step_number" "$step_title" "$1"
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
    97d11010b0810ec7f47a041bef5cf5484395fe58116e69f61ce7235263960ff6
document LexConversationLogsCloudWatchLogsPolicy.json \
    9e33512f8ec06ee18c7029367a40e47144dd6321c6308e165cc0914d2879d64a
document LexConversationLogsS3Policy.json \
    626b744bf83846bbea4ef6734e6ca262a7ebeef3a2552702935c53637fdd3560
document LexConversationLogsTags.json \
    2dc3e5369558933f4cff4944c3702e3dea901af78a37e53403d64e34009f9141

# No pager, no prompt, one form of messages; the Region gives the partition.
export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy AWS_DEFAULT_OUTPUT=json
export AWS_REGION=us-gov-west-1 AWS_DEFAULT_REGION=us-gov-west-1
# Git for Windows must not take the role's path for a path of its own.
export MSYS2_ARG_CONV_EXCL=/service/lex/

# Nothing is done unseen. (In zsh, printf does not fail where the output is closed.)
{ true >&1; } 2>/dev/null || refuse 'nothing can be printed to the standard output.'
printf 'Account 111122223333, Region us-gov-west-1 (AWS_REGION and AWS_DEFAULT_REGION are set to it): checking the credentials.\n' ||
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

step 1 'create the IAM role svc-lex-conversation-logs'
run aws iam create-role \
    --role-name svc-lex-conversation-logs \
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json \
    --path /service/lex/ \
    --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary \
    --tags file://LexConversationLogsTags.json

step 2 'create the policy svc-lex-logs-cloudwatch'
run aws iam create-policy \
    --policy-name svc-lex-logs-cloudwatch \
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json \
    --tags file://LexConversationLogsTags.json

step 3 'attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs'
run aws iam attach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --role-name svc-lex-conversation-logs

step 4 'create the policy svc-lex-logs-s3'
run aws iam create-policy \
    --policy-name svc-lex-logs-s3 \
    --policy-document file://LexConversationLogsS3Policy.json \
    --tags file://LexConversationLogsTags.json

step 5 'attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs'
run aws iam attach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --role-name svc-lex-conversation-logs

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    printf '\nDone: all 5 steps. README.md says how to prove it, and how to undo it.\n'
fi
exit 0
