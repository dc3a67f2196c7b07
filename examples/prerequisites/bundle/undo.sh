#!/bin/sh
# undo.sh - takes out what apply put into the AWS account 111122223333, as receipt.txt beside it says, and nothing else.
# Made by lexlogs 0.1.0. It does this, in this order, where apply did the opposite:
#   13. detach the policy LexConversationLogsKMSPolicy from the role LexConversationLogsRole
#   12. delete the policy LexConversationLogsKMSPolicy
#   11. detach the policy LexConversationLogsS3Policy from the role LexConversationLogsRole
#   10. delete the policy LexConversationLogsS3Policy
#   9. detach the policy LexConversationLogsCloudWatchLogsPolicy from the role LexConversationLogsRole
#   8. delete the policy LexConversationLogsCloudWatchLogsPolicy
#   7. delete the IAM role LexConversationLogsRole
#   3. delete the bucket support-bot-audio-logs
#   1. delete the log group /lex/support-bot
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

# Looks whether what is to go holds anything: then it stays.
look_for_contents() {
    number=$1 what=$2
    if [ -z "$phase" ]; then title=$2; fi
    shift 2
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = yes ] || is_absent || [ -z "$out" ]; then return; fi
    printf '  stays: %s: it is not empty, and what is in it is not for undo to delete\n' "$what"
    taken=${taken%%" $number "*}${taken#*" $number "}
    kept=yes
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

# Notes that what belongs to this step, step $1, went with it.
went_along() {
    if [ "$outcome" = removed ] && [ "$dry_run" = no ]; then record "step-$1: removed $2"; fi
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
script=undo account=111122223333 bundle_region=eu-west-1 steps=13
bundle=lex-conversation-logs-111122223333-eu-west-1-LexConversationLogsRole
digest=eb8ae24329cea492e25ceae996ca0d26ed2330b80f10669c4f26d27ba317822f generator="lexlogs 0.1.0"

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

subject 1 "the log group /lex/support-bot" none
look there aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate --region eu-west-1 --output text \
    --query "logGroups[?logGroupName=='/lex/support-bot'].[arn]"
settle

subject 2 "the retention of the log group /lex/support-bot" 1
look retention aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate --region eu-west-1 --output text \
    --query '[logGroups[?logGroupName=='\''/lex/support-bot'\''].[retentionInDays!=`30` && join('\'' '\'',['\''RetentionInDays'\'',to_string(retentionInDays||'\''none'\'')])][]][] | [?@].[@]'
settle

subject 3 "the bucket support-bot-audio-logs" none
look location aws s3api get-bucket-location --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region eu-west-1 --output text \
    --query "[! contains(['eu-west-1','EU'],LocationConstraint) && join(' ',['Region',LocationConstraint||'us-east-1'])][] | [?@].[@]"
settle

subject 4 "the public access block of the bucket support-bot-audio-logs" 3
look public-access-block aws s3api get-public-access-block --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region eu-west-1 --output text \
    --query "[! (PublicAccessBlockConfiguration.BlockPublicAcls) && 'BlockPublicAcls false', ! (PublicAccessBlockConfiguration.IgnorePublicAcls) && 'IgnorePublicAcls false', ! (PublicAccessBlockConfiguration.BlockPublicPolicy) && 'BlockPublicPolicy false', ! (PublicAccessBlockConfiguration.RestrictPublicBuckets) && 'RestrictPublicBuckets false'][] | [?@].[@]"
settle

subject 5 "the default encryption of the bucket support-bot-audio-logs" 3
look encryption aws s3api get-bucket-encryption --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region eu-west-1 --output text \
    --query "[ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm!='aws:kms' && join(' ',['SSEAlgorithm',ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm||'none']), ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID!='arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' && join(' ',['KMSMasterKeyID',ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID||'none']), ! (ServerSideEncryptionConfiguration.Rules[0].BucketKeyEnabled) && 'BucketKeyEnabled false'][] | [?@].[@]"
settle

subject 6 "the tags of the bucket support-bot-audio-logs" 3
look creation-tags aws s3api get-bucket-tagging --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region eu-west-1 --output text \
    --query "[! (TagSet[?Key=='CostCenter' && Value=='4711']) && join(' ',['Tags',to_string(TagSet)])][] | [?@].[@]"
settle

subject 7 "the IAM role LexConversationLogsRole" none
look path aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.Arn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['Arn',Role.Arn])][] | [?@].[@]"
look trust aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.AssumeRolePolicyDocument.Version!='2012-10-17' && join(' ',['Version',Role.AssumeRolePolicyDocument.Version||'none']), [Role.AssumeRolePolicyDocument.Statement][] | [?! (Effect=='Allow' && [Principal.Service][]==['lexv2.amazonaws.com'] && keys(Principal)==['Service'] && ! Condition && [Action][] && ! ([Action][] | [?! contains(['sts:AssumeRole'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([Role.AssumeRolePolicyDocument.Statement][].[Action][][],'sts:AssumeRole') && 'Action sts:AssumeRole is missing'][] | [?@].[@]"
look bounded aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[Role.PermissionsBoundary && join(' ',['PermissionsBoundary',Role.PermissionsBoundary.PermissionsBoundaryArn])][] | [?@].[@]"
look tags aws iam get-role --role-name LexConversationLogsRole --output text \
    --query "[! (Role.Tags[?Key=='CostCenter' && Value=='4711']) && join(' ',['Tags',to_string(Role.Tags)])][] | [?@].[@]"
settle

subject 8 "the policy LexConversationLogsCloudWatchLogsPolicy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
look tags aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query "[! (Policy.Tags[?Key=='CostCenter' && Value=='4711']) && join(' ',['Tags',to_string(Policy.Tags)])][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsCloudWatchLogsPolicy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[join(' ',['Arn',Arn])]"
settle

subject 9 "the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole" 7
look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[PolicyArn]"
settle

subject 10 "the policy LexConversationLogsS3Policy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:s3:::support-bot-audio-logs/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
look tags aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query "[! (Policy.Tags[?Key=='CostCenter' && Value=='4711']) && join(' ',['Tags',to_string(Policy.Tags)])][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsS3Policy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[join(' ',['Arn',Arn])]"
settle

subject 11 "the policy LexConversationLogsS3Policy on the role LexConversationLogsRole" 7
look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[PolicyArn]"
settle

subject 12 "the policy LexConversationLogsKMSPolicy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'] && [Action][] && ! ([Action][] | [?! contains(['kms:GenerateDataKey'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'kms:GenerateDataKey') && 'Action kms:GenerateDataKey is missing'][] | [?@].[@]"
look tags aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy --output text \
    --query "[! (Policy.Tags[?Key=='CostCenter' && Value=='4711']) && join(' ',['Tags',to_string(Policy.Tags)])][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsKMSPolicy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy'].[join(' ',['Arn',Arn])]"
settle

subject 13 "the policy LexConversationLogsKMSPolicy on the role LexConversationLogsRole" 7
look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy'].[PolicyArn]"
settle

# --- What is to go ----------------------------------------------------------

taken='' gone='' used='' kept=''
printf '\n'
decide 1 "the log group /lex/support-bot" none none receipt
decide 3 "the bucket support-bot-audio-logs" none none receipt
decide 7 "the IAM role LexConversationLogsRole" none none none
decide 8 "the policy LexConversationLogsCloudWatchLogsPolicy" none none none
decide 9 "the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole" 7 8 none
decide 10 "the policy LexConversationLogsS3Policy" none none none
decide 11 "the policy LexConversationLogsS3Policy on the role LexConversationLogsRole" 7 10 none
decide 12 "the policy LexConversationLogsKMSPolicy" none none none
decide 13 "the policy LexConversationLogsKMSPolicy on the role LexConversationLogsRole" 7 12 none
look_for_users 7 "the IAM role LexConversationLogsRole" aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text \
    --query "AttachedPolicies[?! contains(['arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy','arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy','arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy'],PolicyArn)].[PolicyArn]"
look_for_users 7 "the IAM role LexConversationLogsRole" aws iam list-role-policies --role-name LexConversationLogsRole --output text \
    --query "PolicyNames[].[@]"
look_for_users 7 "the IAM role LexConversationLogsRole" aws iam list-instance-profiles-for-role --role-name LexConversationLogsRole --output text \
    --query "InstanceProfiles[].[InstanceProfileName]"
look_for_users 8 "the policy LexConversationLogsCloudWatchLogsPolicy" aws iam list-entities-for-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query "[PolicyRoles[?RoleName!='LexConversationLogsRole'].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]"
look_for_users 10 "the policy LexConversationLogsS3Policy" aws iam list-entities-for-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query "[PolicyRoles[?RoleName!='LexConversationLogsRole'].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]"
look_for_users 12 "the policy LexConversationLogsKMSPolicy" aws iam list-entities-for-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy --output text \
    --query "[PolicyRoles[?RoleName!='LexConversationLogsRole'].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]"
look_for_contents 1 "the log group /lex/support-bot" aws logs describe-log-streams --log-group-name /lex/support-bot --limit 1 --region eu-west-1 --output text \
    --query "[logStreams[0] && 'logStreams'][] | [?@].[@]"
look_for_contents 3 "the bucket support-bot-audio-logs" aws s3api list-object-versions --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --max-keys 1 --no-paginate --region eu-west-1 --output text \
    --query "[Versions[0] && 'Versions', DeleteMarkers[0] && 'DeleteMarkers'][] | [?@].[@]"
if [ -n "$used" ]; then refuse 'somebody else uses what is to go, as said above. Take that out first.'; fi
if [ -z "$taken$gone" ]; then
    printf '\nDone: there is nothing to take out.\n'
    exit 0
fi
if is_taken 1; then printf '  goes: %s\n' "the log group /lex/support-bot"; fi
if is_taken 3; then printf '  goes: %s\n' "the bucket support-bot-audio-logs"; fi
if is_taken 7; then printf '  goes: %s\n' "the IAM role LexConversationLogsRole"; fi
if is_taken 8; then printf '  goes: %s\n' "the policy LexConversationLogsCloudWatchLogsPolicy"; fi
if is_taken 9; then printf '  goes: %s\n' "the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole"; fi
if is_taken 10; then printf '  goes: %s\n' "the policy LexConversationLogsS3Policy"; fi
if is_taken 11; then printf '  goes: %s\n' "the policy LexConversationLogsS3Policy on the role LexConversationLogsRole"; fi
if is_taken 12; then printf '  goes: %s\n' "the policy LexConversationLogsKMSPolicy"; fi
if is_taken 13; then printf '  goes: %s\n' "the policy LexConversationLogsKMSPolicy on the role LexConversationLogsRole"; fi
if [ "$dry_run" = no ] && [ "$yes" = no ] && [ -n "$taken" ]; then
    if [ ! -t 0 ]; then refuse 'there is no terminal to ask at; use --yes.'; fi
    printf 'Type yes to take it out: '
    IFS= read -r answer || answer=
    if [ "$answer" != yes ]; then refuse 'the answer was not yes.'; fi
fi

# --- The steps --------------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase='Undo of step'

step 13 "detach the policy LexConversationLogsKMSPolicy from the role LexConversationLogsRole" "arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy on LexConversationLogsRole"
remove aws iam detach-role-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy --role-name LexConversationLogsRole
end_step

step 12 "delete the policy LexConversationLogsKMSPolicy" arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy
find_versions aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy --output text \
    --query "Versions[?! IsDefaultVersion].[VersionId]"
for version in $versions; do
    remove aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy --version-id "$version"
done
remove aws iam delete-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy
end_step

step 11 "detach the policy LexConversationLogsS3Policy from the role LexConversationLogsRole" "arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy on LexConversationLogsRole"
remove aws iam detach-role-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --role-name LexConversationLogsRole
end_step

step 10 "delete the policy LexConversationLogsS3Policy" arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
find_versions aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query "Versions[?! IsDefaultVersion].[VersionId]"
for version in $versions; do
    remove aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id "$version"
done
remove aws iam delete-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
end_step

step 9 "detach the policy LexConversationLogsCloudWatchLogsPolicy from the role LexConversationLogsRole" "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy on LexConversationLogsRole"
remove aws iam detach-role-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --role-name LexConversationLogsRole
end_step

step 8 "delete the policy LexConversationLogsCloudWatchLogsPolicy" arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
find_versions aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query "Versions[?! IsDefaultVersion].[VersionId]"
for version in $versions; do
    remove aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id "$version"
done
remove aws iam delete-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
end_step

step 7 "delete the IAM role LexConversationLogsRole" arn:aws:iam::111122223333:role/LexConversationLogsRole
remove aws iam delete-role --role-name LexConversationLogsRole
end_step

step 3 "delete the bucket support-bot-audio-logs" arn:aws:s3:::support-bot-audio-logs
look_for_contents 3 "the bucket support-bot-audio-logs" aws s3api list-object-versions --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --max-keys 1 --no-paginate --region eu-west-1 --output text \
    --query "[Versions[0] && 'Versions', DeleteMarkers[0] && 'DeleteMarkers'][] | [?@].[@]"
remove aws s3api delete-bucket --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region eu-west-1
end_step
went_along 4 "public access block of arn:aws:s3:::support-bot-audio-logs"
went_along 5 "default encryption of arn:aws:s3:::support-bot-audio-logs"
went_along 6 "tags of arn:aws:s3:::support-bot-audio-logs"

step 1 "delete the log group /lex/support-bot" arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
look_for_contents 1 "the log group /lex/support-bot" aws logs describe-log-streams --log-group-name /lex/support-bot --limit 1 --region eu-west-1 --output text \
    --query "[logStreams[0] && 'logStreams'][] | [?@].[@]"
remove aws logs delete-log-group --log-group-name /lex/support-bot --region eu-west-1
end_step
went_along 2 "retention of arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot"

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    record 'result: undone'
    printf '\nDone: what apply made is taken out%s. receipt.txt says what was done.\n' "${kept:+, but for what stays, as said above}"
fi
exit 0
