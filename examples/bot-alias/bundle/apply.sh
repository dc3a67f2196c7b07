#!/bin/sh
# apply.sh - lets Amazon Lex V2 write conversation logs, in the AWS account 111122223333.
# Made by lexlogs 0.1.0. It looks at what is there, then does this, in this order, where it is not done already:
#   1. create the policy LexConversationLogsCloudWatchLogsPolicy
#   2. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role SupportBotRole
#   3. create the policy LexConversationLogsS3Policy
#   4. attach the policy LexConversationLogsS3Policy to the role SupportBotRole
#
#   sh apply.sh --dry-run    print every command, change nothing
#   sh apply.sh              check the documents, the AWS CLI and the account, look, then do it
#   sh apply.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2. What it did is in receipt.txt then.
# Exit codes: 0 done; 1 something is there and differs, nothing was changed; 2 refused before any change; 3 a call failed.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh apply.sh [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --update           put right what is there and differs
  --skip-checksums   do not compare the documents with their SHA-256
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Makes what a step is for, unless it is there.
create() {
    if [ "$dry_run" = yes ]; then call "$@"; return; fi
    outcome='already there'
    found=$(state "$number")
    if [ "$found" != absent ]; then
        # If an earlier run that broke off made it, it is as it was to be: it was absent before.
        case $found-$(made "$number") in
        same-creating | same-unknown) note created ;;
        different-creating | different-unknown) note failed ;;
        esac
        return
    fi
    note creating
    call "$@"
    if [ "$code" != 0 ]; then
        note_failure
        failed
    fi
    outcome=created
    note created
}

# Waits until what was just made is known everywhere.
wait_for() {
    if [ "$dry_run" = no ] && [ "$outcome" != created ]; then return; fi
    call "$@"
    if [ "$code" != 0 ]; then failed; fi
}

# Whether this aspect is to be put right: what was just made is right.
is_wrong() {
    if [ "$outcome" = created ]; then return 1; fi
    case $dry_run-$update-$differences in
    yes-yes-* | no-yes-*" $number-$1 "*) return 0 ;;
    *) return 1 ;;
    esac
}

# Puts an aspect right that differs.
update() {
    if ! is_wrong "$1"; then return; fi
    shift
    call "$@"
    if [ "$code" != 0 ]; then note 'not updated'; failed; fi
    outcome=updated
}

# Finds the version that must go, if there are as many as IAM keeps.
make_room() {
    version=None
    if ! is_wrong "$1"; then return; fi
    shift
    call "$@"
    if [ "$code" != 0 ]; then failed; fi
    version=${out:-VERSION}
}

# Deletes that version.
drop() {
    if [ "$version" != None ]; then update "$@"; fi
}

# The documents and the functions are beside this script; those tell what they do.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;;
esac
if [ ! -f functions.sh ]; then
    echo 'apply: functions.sh is missing beside this script. Extract the whole zip, then run the script in its folder.' >&2
    echo 'Nothing was changed.' >&2
    exit 2
fi
. ./functions.sh
script=apply account=111122223333 bundle_region=us-east-1 steps=4
bundle=lex-conversation-logs-111122223333-us-east-1-SupportBotRole
digest=9c561687df297359bad1570c8e02076fed0ca9e97734d49696441e22de56f419 generator="lexlogs 0.1.0"

# --- Before anything is changed ---------------------------------------------

switches='--update --skip-checksums'
options "$@"
document LexConversationLogsCloudWatchLogsPolicy.json \
    5497f60c415ab88fa7f7846b0066e4742d1927b0fd9a9a68bea26202a596b82b
document LexConversationLogsS3Policy.json \
    efd12cddb9c29bd6ed2dbb749577444dfe23d7cf6166e20e31dc9a2857b68bc6
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL=/lex/support-bot
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"
# --- What is there ----------------------------------------------------------

subject role "the IAM role SupportBotRole" none
look path aws iam get-role --role-name SupportBotRole --output text \
    --query "[! Role.Arn && 'Arn'][] | [?@].[@]"
look existing-trust aws iam get-role --role-name SupportBotRole --output text \
    --query "[! ([Role.AssumeRolePolicyDocument.Statement][] | [?Effect=='Allow' && contains([Principal.Service][],'lexv2.amazonaws.com') && contains([Action][],'sts:AssumeRole')]) && 'no statement lets lexv2.amazonaws.com assume the role'][] | [?@].[@]"
settle

subject 1 "the policy LexConversationLogsCloudWatchLogsPolicy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsCloudWatchLogsPolicy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[join(' ',['Arn',Arn])]"
settle

subject 2 "the policy LexConversationLogsCloudWatchLogsPolicy on the role SupportBotRole" none
look attached aws iam list-attached-role-policies --role-name SupportBotRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[PolicyArn]"
settle

subject 3 "the policy LexConversationLogsS3Policy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:s3:::support-bot-audio-logs/live/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsS3Policy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[join(' ',['Arn',Arn])]"
settle

subject 4 "the policy LexConversationLogsS3Policy on the role SupportBotRole" none
look attached aws iam list-attached-role-policies --role-name SupportBotRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[PolicyArn]"
settle

if [ "$(state role)" = absent ] && [ "$dry_run" = no ]; then
    refuse 'the role SupportBotRole is not there, and this bundle never makes it.'
fi
if [ -n "$different" ] && { [ "$update" = no ] || [ -n "$lasting" ]; }; then
    printf '\napply: not everything that is there is as this bundle makes it:\n%s' "$verdict" >&2
    if [ -n "$lasting" ]; then
        printf 'Nothing was changed. An Arn or a Region that differs, or the trust policy of a role that was there before, is not for this script to change: README.md says what can be done.\n' >&2
    else
        printf 'Nothing was changed. To put right what differs, use --update.\n' >&2
    fi
    exit 1
fi

# --- The steps --------------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase=Step

step 1 "create the policy LexConversationLogsCloudWatchLogsPolicy" arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
create aws iam create-policy \
    --policy-name LexConversationLogsCloudWatchLogsPolicy \
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json
wait_for aws iam wait policy-exists --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
make_room document aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
drop document aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id "$version"
update document aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json --set-as-default
finish

step 2 "attach the policy LexConversationLogsCloudWatchLogsPolicy to the role SupportBotRole" "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy on SupportBotRole"
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --role-name SupportBotRole
finish

step 3 "create the policy LexConversationLogsS3Policy" arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
create aws iam create-policy \
    --policy-name LexConversationLogsS3Policy \
    --policy-document file://LexConversationLogsS3Policy.json
wait_for aws iam wait policy-exists --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
make_room document aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
drop document aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id "$version"
update document aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --policy-document file://LexConversationLogsS3Policy.json --set-as-default
finish

step 4 "attach the policy LexConversationLogsS3Policy to the role SupportBotRole" "arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy on SupportBotRole"
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --role-name SupportBotRole
finish

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    record 'result: done'
    printf '\nDone: all 4 steps. receipt.txt says what was done; check shows it, undo takes it out.\n'
fi
exit 0
