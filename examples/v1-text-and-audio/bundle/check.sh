#!/bin/sh
# check.sh - says whether the AWS account 111122223333 is as this bundle makes it. It changes nothing.
# Made by lexlogs 0.1.0. It looks at this, in this order:
#   1. the IAM role LexConversationLogsRole
#   2. the policy LexConversationLogsCloudWatchLogsPolicy
#   3. the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole
#   4. the policy LexConversationLogsS3Policy
#   5. the policy LexConversationLogsS3Policy on the role LexConversationLogsRole
# and at what the logs are written to.
#
#   sh check.sh              look
#   sh check.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 in place; 1 something is absent or differs; 2 refused; 3 a call failed, so it could not tell.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh check.sh [--dry-run] [--profile NAME] [--region NAME]
  --dry-run          print every command, call nothing
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Looks at what is no step's, which the caller may not be permitted to.
look_target() {
    aspect=$1
    shift
    call "$@"
    if [ "$dry_run" = yes ]; then return; fi
    case $code-$err in
    0-*) ;;
    *'(AccessDenied'* | *'(403)'*)
        printf '%s\n' "$err" >&2
        printf '  could not be looked at: it is not permitted, or another account has it\n'
        found=unknown unseen=yes
        return
        ;;
    *'(NoSuchBucket)'* | *'(404)'* | *'(ResourceNotFoundException)'* | *'(NotFoundException)'*) out=absent ;;
    *) failed ;;
    esac
    case $out in
    '') found=same ;;
    absent) found=absent ;;
    *) differs ;;
    esac
}

# The documents and the functions are beside this script; those tell what they do.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;;
esac
if [ ! -f functions.sh ]; then
    echo 'check: functions.sh is missing beside this script. Extract the whole zip, then run the script in its folder.' >&2
    echo 'Nothing was changed.' >&2
    exit 2
fi
. ./functions.sh
script=check account=111122223333 bundle_region=us-east-1 steps=5
bundle=lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole
digest=f202dfec8f9f28ecf782386d7cec5ea3b4855d45147b7933ada46401df77aebb generator="lexlogs 0.1.0"

# --- Before anything is looked at -------------------------------------------

switches=''
options "$@"
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL=/lex/support-bot
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"
# --- What is there ----------------------------------------------------------

subject 1 "the IAM role LexConversationLogsRole" none
look path aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.Arn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['Arn',Role.Arn])][] | [?@].[@]"
look trust aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.AssumeRolePolicyDocument.Version!='2012-10-17' && join(' ',['Version',Role.AssumeRolePolicyDocument.Version||'none']), [Role.AssumeRolePolicyDocument.Statement][] | [?! (Effect=='Allow' && [Principal.Service][]==['lex.amazonaws.com'] && keys(Principal)==['Service'] && ! Condition && [Action][] && ! ([Action][] | [?! contains(['sts:AssumeRole'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([Role.AssumeRolePolicyDocument.Statement][].[Action][][],'sts:AssumeRole') && 'Action sts:AssumeRole is missing'][] | [?@].[@]"
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

subject 4 "the policy LexConversationLogsS3Policy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:s3:::support-bot-audio-logs/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsS3Policy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[join(' ',['Arn',Arn])]"
settle

subject 5 "the policy LexConversationLogsS3Policy on the role LexConversationLogsRole" 1
look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[PolicyArn]"
settle
unseen=

subject log-group "the log group /lex/support-bot" none
look_target target aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate --region us-east-1 --output text \
    --query "[! (logGroups[?logGroupName=='/lex/support-bot']) && 'absent'][] | [?@].[@]"
settle

subject bucket "the bucket support-bot-audio-logs" none
look_target target aws s3api get-bucket-location --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region us-east-1 --output text \
    --query "[LocationConstraint && join(' ',['Region',LocationConstraint||'us-east-1'])][] | [?@].[@]"
settle

# --- What that means --------------------------------------------------------

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called.\n'
    exit 0
fi
if [ -n "$unseen" ]; then
    printf '\ncheck: warning: not everything could be looked at, as said above.\n' >&2
fi
if [ -n "$verdict" ]; then
    printf '\nNot in place:\n%s' "$verdict"
    exit 1
fi
printf '\nIn place, as this bundle makes it.\n'
exit 0
