#!/bin/sh
# undo.sh - takes out what apply put into the AWS account 111122223333, as receipt.txt beside it says, and nothing else.
# Made by lexlogs 0.1.0. It does this, in this order, where apply did the opposite:
#   5. detach the policy svc-lex-logs-s3 from the role svc-lex-conversation-logs
#   4. delete the policy svc-lex-logs-s3
#   3. detach the policy svc-lex-logs-cloudwatch from the role svc-lex-conversation-logs
#   2. delete the policy svc-lex-logs-cloudwatch
#   1. delete the IAM role svc-lex-conversation-logs
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
script=undo account=111122223333 bundle_region=us-gov-west-1 steps=5
bundle=lex-conversation-logs-111122223333-us-gov-west-1-svc-lex-conversation-logs
digest=2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8 generator="lexlogs 0.1.0"

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

# --- What is to go ----------------------------------------------------------

taken='' gone='' used='' kept=''
printf '\n'
decide 1 "the IAM role svc-lex-conversation-logs" none none none
decide 2 "the policy svc-lex-logs-cloudwatch" none none none
decide 3 "the policy svc-lex-logs-cloudwatch on the role svc-lex-conversation-logs" 1 2 none
decide 4 "the policy svc-lex-logs-s3" none none none
decide 5 "the policy svc-lex-logs-s3 on the role svc-lex-conversation-logs" 1 4 none
look_for_users 1 "the IAM role svc-lex-conversation-logs" aws iam list-attached-role-policies --role-name svc-lex-conversation-logs --output text \
    --query "AttachedPolicies[?! contains(['arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch','arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3'],PolicyArn)].[PolicyArn]"
look_for_users 1 "the IAM role svc-lex-conversation-logs" aws iam list-role-policies --role-name svc-lex-conversation-logs --output text \
    --query "PolicyNames[].[@]"
look_for_users 1 "the IAM role svc-lex-conversation-logs" aws iam list-instance-profiles-for-role --role-name svc-lex-conversation-logs --output text \
    --query "InstanceProfiles[].[InstanceProfileName]"
look_for_users 2 "the policy svc-lex-logs-cloudwatch" aws iam list-entities-for-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text \
    --query "[PolicyRoles[?RoleName!='svc-lex-conversation-logs'].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]"
look_for_users 4 "the policy svc-lex-logs-s3" aws iam list-entities-for-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text \
    --query "[PolicyRoles[?RoleName!='svc-lex-conversation-logs'].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]"
if [ -n "$used" ]; then refuse 'somebody else uses what is to go, as said above. Take that out first.'; fi
if [ -z "$taken$gone" ]; then
    printf '\nDone: there is nothing to take out.\n'
    exit 0
fi
if is_taken 1; then printf '  goes: %s\n' "the IAM role svc-lex-conversation-logs"; fi
if is_taken 2; then printf '  goes: %s\n' "the policy svc-lex-logs-cloudwatch"; fi
if is_taken 3; then printf '  goes: %s\n' "the policy svc-lex-logs-cloudwatch on the role svc-lex-conversation-logs"; fi
if is_taken 4; then printf '  goes: %s\n' "the policy svc-lex-logs-s3"; fi
if is_taken 5; then printf '  goes: %s\n' "the policy svc-lex-logs-s3 on the role svc-lex-conversation-logs"; fi
if [ "$dry_run" = no ] && [ "$yes" = no ] && [ -n "$taken" ]; then
    if [ ! -t 0 ]; then refuse 'there is no terminal to ask at; use --yes.'; fi
    printf 'Type yes to take it out: '
    IFS= read -r answer || answer=
    if [ "$answer" != yes ]; then refuse 'the answer was not yes.'; fi
fi

# --- The steps --------------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase='Undo of step'

step 5 "detach the policy svc-lex-logs-s3 from the role svc-lex-conversation-logs" "arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 on svc-lex-conversation-logs"
remove aws iam detach-role-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --role-name svc-lex-conversation-logs
end_step

step 4 "delete the policy svc-lex-logs-s3" arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
find_versions aws iam list-policy-versions --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text \
    --query "Versions[?! IsDefaultVersion].[VersionId]"
for version in $versions; do
    remove aws iam delete-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --version-id "$version"
done
remove aws iam delete-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
end_step

step 3 "detach the policy svc-lex-logs-cloudwatch from the role svc-lex-conversation-logs" "arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch on svc-lex-conversation-logs"
remove aws iam detach-role-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --role-name svc-lex-conversation-logs
end_step

step 2 "delete the policy svc-lex-logs-cloudwatch" arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
find_versions aws iam list-policy-versions --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text \
    --query "Versions[?! IsDefaultVersion].[VersionId]"
for version in $versions; do
    remove aws iam delete-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --version-id "$version"
done
remove aws iam delete-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
end_step

step 1 "delete the IAM role svc-lex-conversation-logs" arn:aws-us-gov:iam::111122223333:role/service/lex/svc-lex-conversation-logs
remove aws iam delete-role --role-name svc-lex-conversation-logs
end_step

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    record 'result: undone'
    printf '\nDone: what apply made is taken out%s. receipt.txt says what was done.\n' "${kept:+, but for what stays, as said above}"
fi
exit 0
