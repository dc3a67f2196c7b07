#!/bin/sh
# apply.sh - lets Amazon Lex V2 write conversation logs, in the AWS account 111122223333.
# Made by lexlogs 0.1.0. It looks at what is there, then does this, in this order, where it is not done already:
#   1. create the IAM role svc-lex-conversation-logs
#   2. create the policy svc-lex-logs-cloudwatch
#   3. attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs
#   4. create the policy svc-lex-logs-s3
#   5. attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs
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
script=apply account=111122223333 bundle_region=us-gov-west-1 steps=5
bundle=lex-conversation-logs-111122223333-us-gov-west-1-svc-lex-conversation-logs
digest=2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8 generator="lexlogs 0.1.0"

# --- Before anything is changed ---------------------------------------------

switches='--update --skip-checksums'
options "$@"
document LexConversationLogsAssumeRolePolicyDocument.json \
    97d11010b0810ec7f47a041bef5cf5484395fe58116e69f61ce7235263960ff6
document LexConversationLogsCloudWatchLogsPolicy.json \
    9e33512f8ec06ee18c7029367a40e47144dd6321c6308e165cc0914d2879d64a
document LexConversationLogsS3Policy.json \
    626b744bf83846bbea4ef6734e6ca262a7ebeef3a2552702935c53637fdd3560
document LexConversationLogsTags.json \
    2dc3e5369558933f4cff4944c3702e3dea901af78a37e53403d64e34009f9141
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL="/service/lex/;/org/voice/lex/support-bot"
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"
# --- What is there ----------------------------------------------------------

subject 1 "the IAM role svc-lex-conversation-logs" none
look path aws iam get-role --role-name svc-lex-conversation-logs --output text \
    --query "[Role.Arn!='arn:aws-us-gov:iam::111122223333:role/service/lex/svc-lex-conversation-logs' && join(' ',['Arn',Role.Arn])][] | [?@].[@]"
look trust aws iam get-role --role-name svc-lex-conversation-logs --output text \
    --query "[Role.AssumeRolePolicyDocument.Version!='2012-10-17' && join(' ',['Version',Role.AssumeRolePolicyDocument.Version||'none']), [Role.AssumeRolePolicyDocument.Statement][] | [?! (Effect=='Allow' && [Principal.Service][]==['lexv2.amazonaws.com'] && keys(Principal)==['Service'] && Condition && keys(Condition)==['StringEquals'] && keys(Condition.StringEquals)==['aws:SourceAccount'] && values(Condition.StringEquals)[]==['111122223333'] && [Action][] && ! ([Action][] | [?! contains(['sts:AssumeRole'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([Role.AssumeRolePolicyDocument.Statement][].[Action][][],'sts:AssumeRole') && 'Action sts:AssumeRole is missing'][] | [?@].[@]"
look boundary aws iam get-role --role-name svc-lex-conversation-logs --output text \
    --query "[Role.PermissionsBoundary.PermissionsBoundaryArn!='arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary' && join(' ',['PermissionsBoundary',Role.PermissionsBoundary.PermissionsBoundaryArn||'none'])][] | [?@].[@]"
look tags aws iam get-role --role-name svc-lex-conversation-logs --output text \
    --query '[! (Role.Tags[?Key=='\''CostCenter'\'' && Value=='\''4711'\''] && Role.Tags[?Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`] && Role.Tags[?Key=='\''Owner'\'' && Value=='\''voice team'\'']) && join('\'' '\'',['\''Tags'\'',to_string(Role.Tags)])][] | [?@].[@]'
settle

subject 2 "the policy svc-lex-logs-cloudwatch" none
look version aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/org/voice/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
look tags aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text \
    --query '[! (Policy.Tags[?Key=='\''CostCenter'\'' && Value=='\''4711'\''] && Policy.Tags[?Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`] && Policy.Tags[?Key=='\''Owner'\'' && Value=='\''voice team'\'']) && join('\'' '\'',['\''Tags'\'',to_string(Policy.Tags)])][] | [?@].[@]'
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='svc-lex-logs-cloudwatch' && Arn!='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch'].[join(' ',['Arn',Arn])]"
settle

subject 3 "the policy svc-lex-logs-cloudwatch on the role svc-lex-conversation-logs" 1
look attached aws iam list-attached-role-policies --role-name svc-lex-conversation-logs --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch'].[PolicyArn]"
settle

subject 4 "the policy svc-lex-logs-s3" none
look version aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws-us-gov:s3:::org-voice-archive/lex/support-bot/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
look tags aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text \
    --query '[! (Policy.Tags[?Key=='\''CostCenter'\'' && Value=='\''4711'\''] && Policy.Tags[?Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`] && Policy.Tags[?Key=='\''Owner'\'' && Value=='\''voice team'\'']) && join('\'' '\'',['\''Tags'\'',to_string(Policy.Tags)])][] | [?@].[@]'
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='svc-lex-logs-s3' && Arn!='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3'].[join(' ',['Arn',Arn])]"
settle

subject 5 "the policy svc-lex-logs-s3 on the role svc-lex-conversation-logs" 1
look attached aws iam list-attached-role-policies --role-name svc-lex-conversation-logs --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3'].[PolicyArn]"
settle

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

step 1 "create the IAM role svc-lex-conversation-logs" arn:aws-us-gov:iam::111122223333:role/service/lex/svc-lex-conversation-logs
create aws iam create-role \
    --role-name svc-lex-conversation-logs \
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json \
    --path /service/lex/ \
    --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary \
    --tags file://LexConversationLogsTags.json
wait_for aws iam wait role-exists --role-name svc-lex-conversation-logs
update trust aws iam update-assume-role-policy --role-name svc-lex-conversation-logs --policy-document file://LexConversationLogsAssumeRolePolicyDocument.json
update boundary aws iam put-role-permissions-boundary --role-name svc-lex-conversation-logs --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
update tags aws iam tag-role --role-name svc-lex-conversation-logs --tags file://LexConversationLogsTags.json
finish

step 2 "create the policy svc-lex-logs-cloudwatch" arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
create aws iam create-policy \
    --policy-name svc-lex-logs-cloudwatch \
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json \
    --tags file://LexConversationLogsTags.json
wait_for aws iam wait policy-exists --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
make_room document aws iam list-policy-versions --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text \
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
drop document aws iam delete-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --version-id "$version"
update document aws iam create-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json --set-as-default
update tags aws iam tag-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --tags file://LexConversationLogsTags.json
finish

step 3 "attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs" "arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch on svc-lex-conversation-logs"
create aws iam attach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --role-name svc-lex-conversation-logs
finish

step 4 "create the policy svc-lex-logs-s3" arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
create aws iam create-policy \
    --policy-name svc-lex-logs-s3 \
    --policy-document file://LexConversationLogsS3Policy.json \
    --tags file://LexConversationLogsTags.json
wait_for aws iam wait policy-exists --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
make_room document aws iam list-policy-versions --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text \
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
drop document aws iam delete-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --version-id "$version"
update document aws iam create-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --policy-document file://LexConversationLogsS3Policy.json --set-as-default
update tags aws iam tag-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --tags file://LexConversationLogsTags.json
finish

step 5 "attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs" "arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 on svc-lex-conversation-logs"
create aws iam attach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --role-name svc-lex-conversation-logs
finish

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    record 'result: done'
    printf '\nDone: all 5 steps. receipt.txt says what was done; check shows it, undo takes it out.\n'
fi
exit 0
