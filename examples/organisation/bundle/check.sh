#!/bin/sh
# check.sh - says whether the AWS account 111122223333 is as this bundle makes it. It changes nothing.
# Made by lexlogs 0.1.0. It looks at this, in this order:
#   1. the IAM role svc-lex-conversation-logs
#   2. the policy svc-lex-logs-cloudwatch
#   3. the policy svc-lex-logs-cloudwatch on the role svc-lex-conversation-logs
#   4. the policy svc-lex-logs-s3
#   5. the policy svc-lex-logs-s3 on the role svc-lex-conversation-logs
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
script=check account=111122223333 bundle_region=us-gov-west-1 steps=5
bundle=lex-conversation-logs-111122223333-us-gov-west-1-svc-lex-conversation-logs
digest=2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8 generator="lexlogs 0.1.0"

# --- Before anything is looked at -------------------------------------------

switches=''
options "$@"
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
unseen=

subject log-group "the log group /org/voice/lex/support-bot" none
look_target target aws logs describe-log-groups --log-group-name-prefix /org/voice/lex/support-bot --no-paginate --region us-gov-west-1 --output text \
    --query "[! (logGroups[?logGroupName=='/org/voice/lex/support-bot']) && 'absent'][] | [?@].[@]"
settle

subject bucket "the bucket org-voice-archive" none
look_target target aws s3api get-bucket-location --bucket org-voice-archive --expected-bucket-owner 111122223333 --region us-gov-west-1 --output text \
    --query "[LocationConstraint!='us-gov-west-1' && join(' ',['Region',LocationConstraint||'us-east-1'])][] | [?@].[@]"
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
