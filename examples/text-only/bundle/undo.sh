#!/bin/sh
# undo.sh - takes out what apply put into the AWS account 111122223333, as receipt.txt beside it says, and nothing else.
# Made by lexlogs 0.1.0. It does this, in this order, where apply did the opposite:
#   3. detach the policy LexConversationLogsCloudWatchLogsPolicy from the role LexConversationLogsRole
#   2. delete the policy LexConversationLogsCloudWatchLogsPolicy
#   1. delete the IAM role LexConversationLogsRole
#
#   sh undo.sh --dry-run    print every command, change nothing
#   sh undo.sh              look, ask, then do it
#   sh undo.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 done; 2 refused before any change; 3 a call failed, at the step that it names.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh undo.sh [--dry-run] [--yes] [--without-receipt] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --yes              do not ask
  --without-receipt  take out what is exactly as this bundle makes it, whoever made it
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Decides whether step $1 is taken out, which is titled $2; with the result of step $3 or $4 it goes in any case. What
# holds logs goes by the receipt alone: then $5 is receipt.
decide() {
    if [ "$dry_run" = yes ]; then taken="$taken $1 "; return; fi
    found=$(state "$1") says=$(made "$1") why='apply did not make it'
    if [ "$5" = receipt ]; then why='the receipt does not say that apply made it'; fi
    case $says in creating | unknown) why='it is not as this bundle makes it' ;; esac
    case $differences in
    *" $1-path "* | *" $1-name "* | *" $1-location "* | *" $3-path "*) found=other why='another of its name is there' ;;
    esac
    case $found-$says in
    absent-created | absent-creating | absent-unknown) gone="$gone $1 "; return ;;
    absent-*) return ;;
    other-*) printf '  stays: %s: %s\n' "$2" "$why"; return ;;
    *-created | same-creating | same-unknown) ;;
    *)
        case $found-$without_receipt-$5-$taken in
        same-yes-none-* | *" $3 "* | *" $4 "*) ;;
        *) printf '  stays: %s: %s\n' "$2" "$why"; return ;;
        esac
        ;;
    esac
    taken="$taken $1 "
}

# Whether step $1 is taken out.
is_taken() {
    case $taken in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

# Looks whether anybody else uses what is to go.
look_for_users() {
    number=$1 title=$2
    shift 2
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = yes ] || is_absent || [ -z "$out" ]; then return; fi
    printf '%s\n' "$out" | sed 's/^/  in use: /'
    used=yes
}

# Takes out what is to go; what is gone already is no fault.
remove() {
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = no ] && is_absent; then :; fi
    outcome=removed
}

# Finds the versions of a policy that go before the policy itself can.
find_versions() {
    versions=
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = yes ]; then versions=VERSION; elif ! is_absent; then versions=$out; fi
}

# Notes how a step ended.
end_step() {
    case $gone in *" $number "*) outcome=removed ;; esac
    if [ "$outcome" = removed ] && [ "$dry_run" = no ]; then note removed; fi
    finish
}

# The documents and the functions are beside this script; those tell what they do.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;;
esac
if [ ! -f functions.sh ]; then
    echo 'undo: functions.sh is missing beside this script. Extract the whole zip, then run the script in its folder.' >&2
    echo 'Nothing was changed.' >&2
    exit 2
fi
. ./functions.sh
script=undo account=111122223333 bundle_region=us-east-1 steps=3
bundle=lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole
digest=ea3d198292cfa4926fcd3ae1cd01f3c6de20b4ca06133ad0ac7008e3e5c9a590 generator="lexlogs 0.1.0"

# --- Before anything is changed ---------------------------------------------

switches='--yes --without-receipt'
options "$@"
if [ "$dry_run" = no ] && [ "$without_receipt" = no ]; then
    if [ ! -f receipt.txt ]; then
        refuse 'there is no receipt.txt beside this script, so it is not known what apply made. README.md says what can be done.'
    fi
    case $(cat receipt.txt) in
    *"bundle-digest: $digest"*) ;;
    *) refuse 'receipt.txt is of another bundle, so it is not known what apply of this one made. README.md says what can be done.' ;;
    esac
fi
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL=/lex/support-bot
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"
# --- What is there ----------------------------------------------------------

subject 1 "the IAM role LexConversationLogsRole" none
look path aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.Arn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['Arn',Role.Arn])][] | [?@].[@]"
look trust aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.AssumeRolePolicyDocument.Version!='2012-10-17' && join(' ',['Version',Role.AssumeRolePolicyDocument.Version||'none']), [Role.AssumeRolePolicyDocument.Statement][] | [?! (Effect=='Allow' && [Principal.Service][]==['lexv2.amazonaws.com'] && keys(Principal)==['Service'] && ! Condition && [Action][] && ! ([Action][] | [?! contains(['sts:AssumeRole'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([Role.AssumeRolePolicyDocument.Statement][].[Action][][],'sts:AssumeRole') && 'Action sts:AssumeRole is missing'][] | [?@].[@]"
look bounded aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.PermissionsBoundary && join(' ',['PermissionsBoundary',Role.PermissionsBoundary.PermissionsBoundaryArn])][] | [?@].[@]"
settle

subject 2 "the policy LexConversationLogsCloudWatchLogsPolicy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsCloudWatchLogsPolicy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[join(' ',['Arn',Arn])]"
settle

subject 3 "the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole" 1
look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[PolicyArn]"
settle

# --- What is to go ----------------------------------------------------------

taken='' gone='' used='' kept=''
printf '\n'
decide 1 "the IAM role LexConversationLogsRole" none none none
decide 2 "the policy LexConversationLogsCloudWatchLogsPolicy" none none none
decide 3 "the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole" 1 2 none
look_for_users 1 "the IAM role LexConversationLogsRole" aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text \
    --query "AttachedPolicies[?! contains(['arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'],PolicyArn)].[PolicyArn]"
look_for_users 1 "the IAM role LexConversationLogsRole" aws iam list-role-policies --role-name LexConversationLogsRole --output text \
    --query "PolicyNames[].[@]"
look_for_users 1 "the IAM role LexConversationLogsRole" aws iam list-instance-profiles-for-role --role-name LexConversationLogsRole --output text \
    --query "InstanceProfiles[].[InstanceProfileName]"
look_for_users 2 "the policy LexConversationLogsCloudWatchLogsPolicy" aws iam list-entities-for-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query "[PolicyRoles[?RoleName!='LexConversationLogsRole'].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]"
if [ -n "$used" ]; then refuse 'somebody else uses what is to go, as said above. Take that out first.'; fi
if [ -z "$taken$gone" ]; then
    printf '\nDone: there is nothing to take out.\n'
    exit 0
fi
if is_taken 1; then printf '  goes: %s\n' "the IAM role LexConversationLogsRole"; fi
if is_taken 2; then printf '  goes: %s\n' "the policy LexConversationLogsCloudWatchLogsPolicy"; fi
if is_taken 3; then printf '  goes: %s\n' "the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole"; fi
if [ "$dry_run" = no ] && [ "$yes" = no ] && [ -n "$taken" ]; then
    if [ ! -t 0 ]; then refuse 'there is no terminal to ask at; use --yes.'; fi
    printf 'Type yes to take it out: '
    IFS= read -r answer || answer=
    if [ "$answer" != yes ]; then refuse 'the answer was not yes.'; fi
fi

# --- The steps --------------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase='Undo of step'

step 3 "detach the policy LexConversationLogsCloudWatchLogsPolicy from the role LexConversationLogsRole" "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy on LexConversationLogsRole"
remove aws iam detach-role-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --role-name LexConversationLogsRole
end_step

step 2 "delete the policy LexConversationLogsCloudWatchLogsPolicy" arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
find_versions aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query "Versions[?! IsDefaultVersion].[VersionId]"
for version in $versions; do
    remove aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id "$version"
done
remove aws iam delete-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
end_step

step 1 "delete the IAM role LexConversationLogsRole" arn:aws:iam::111122223333:role/LexConversationLogsRole
remove aws iam delete-role --role-name LexConversationLogsRole
end_step

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    record 'result: undone'
    printf '\nDone: what apply made is taken out%s. receipt.txt says what was done.\n' "${kept:+, but for what stays, as said above}"
fi
exit 0
