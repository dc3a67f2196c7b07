#!/bin/sh
# Removes from AWS account 111122223333 what apply created, as receipt.txt says, and nothing else. From lexlogs 0.1.0.
#   1. detach the policy LexConversationLogsKMSPolicy from the role LexConversationLogsRole
#   2. delete the policy LexConversationLogsKMSPolicy
#   3. detach the policy LexConversationLogsS3Policy from the role LexConversationLogsRole
#   4. delete the policy LexConversationLogsS3Policy
#   5. detach the policy LexConversationLogsCloudWatchLogsPolicy from the role LexConversationLogsRole
#   6. delete the policy LexConversationLogsCloudWatchLogsPolicy
#   7. delete the role LexConversationLogsRole
#   8. delete the bucket support-bot-audio-logs
#   9. delete the log group /lex/support-bot
#
# usage: sh undo.sh [--dry-run] [--yes] [--without-receipt] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run           print the plan and the commands that would run, change nothing
#   --yes               do not ask before the first change
#   --without-receipt   remove what is exactly as this bundle creates it, whoever created it
#   --verbose           also print the commands that only read
# Exit codes: 0 done, 2 refused before any change, 3 a call failed.

case $0 in */*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;; esac
if [ ! -f functions.sh ]; then echo 'undo: functions.sh is missing beside this script. Extract the whole zip.' >&2; exit 2; fi
. ./functions.sh
used=''

# made RESOURCE: what the receipt says last of creating it, in $last.
made() {
    last=$({ tr -d '\r' <receipt.txt; } 2>/dev/null |
        grep -xF -e "creating: $1" -e "created: $1" -e "not created: $1" -e "removed: $1" | tail -n 1)
    last=${last%%: *}
    # A call got no answer, and a later run updated what it found: that had existed before.
    if [ "$last" = creating ] && tr -d '\r' <receipt.txt | grep -qxF "updating: $1"; then last=updating; fi
}
# In the first pass, decide what happens to the step's thing. In the second, remove it.
remove() {
    case $phase-$plan in
    compare-*) decide ;;
    *" $number-remove "*) if [ -z "$full" ]; then remove_versions; run removing removed "$@"; fi ;;
    *" $number-absent "*) made "$resource"; case $last in creat*) record "removed: $resource" ;; esac ;;
    esac
}
decide() {
    made "$resource"
    # A policy that apply created goes, and so does its attachment, whoever made that.
    case $last-$resource in created-*) ;; *' on '*) made "${resource% on *}" ;; esac
    case $last-$state-$elsewhere$full/$given in
    *-create-*) line absent ;;
    created-*-/* | creating-'in place'-/* | *-'in place'-/*' --without-receipt '*)
        line remove
        printf '%s\n' "${resource% on *}" >>"$work/going"
        ;;
    *)
        if [ "$full" = yes ]; then printf '      it is not empty\n' >>"$work/details"; else
            printf '      the receipt does not say that apply created it as it is\n' >>"$work/details"; fi
        line keep
        ;;
    esac
}
# IAM deletes a policy only when its other versions are gone.
remove_versions() {
    case $resource in *' on '*) return ;; *:policy/*) ;; *) return ;; esac
    get aws iam list-policy-versions --policy-arn "$resource" --query 'Versions[?! IsDefaultVersion].[VersionId]' --output text
    versions
    for version in $out; do
        run "deleting $version" "deleted $version" \
            aws iam delete-policy-version --policy-arn "$resource" --version-id "$version"
    done
}
# unused COMMAND...: nobody else may use what is to be removed. The command prints who does, a line each.
unused() {
    case $phase-$plan in compare-*" $number-remove "*) ;; *) return ;; esac
    get "$@" --output text || return 0
    if grep -vxF -f "$work/going" "$work/out" | sed -n 's/^..*/      used by: &/p' | grep .; then used=yes; fi
}
# holds COMMAND...: what holds logs stays, and so does what no receipt names. The command prints something if it holds any.
holds() {
    full=''
    case $phase-$plan in compare-* | *" $number-remove "*) ;; *) return ;; esac
    made "$resource"
    case $last in created | creating) ;; *) full=unknown ;; esac
    if get "$@" --output text && [ -n "$out" ] && [ "$out" != None ]; then full=yes; fi
    if [ "$phase-$full" = run-yes ]; then printf 'kept: %s: it is not empty\n\n' "$what"; fi
}
# with_it RESOURCE: it went with the thing of this step.
with_it() {
    case $phase-$plan-$full in run-*" $number-remove "*-) record "removed: $1" ;; esac
}
absent='\((NoSuch[A-Za-z]*|ResourceNotFoundException|ServerSideEncryptionConfigurationNotFoundError)\)'

# thing NAME RESOURCE: a step that is neither a role, a policy nor an attachment.
thing() {
    waiter='' replacing=''
    name "$1" "$2" || return 0
    state=unknown
}
# expect PROPERTY VALUE COMMAND...: compare one value with what the command prints; None means that there is none.
expect() {
    if [ "$phase" = run ] || [ "$state" = create ] || [ -n "$elsewhere" ]; then return; fi
    property=$1 value=$2
    shift 2
    if ! get "$@" --output text || [ "$out" = None ]; then out=; fi
    case $state-$out in
    unknown-"$value") state='in place'; return ;;
    unknown-) state=create; return ;;
    *-"$value") return ;;
    esac
    printf '      in the account:  %s %s\n      in the bundle:   %s %s\n' "$property" "${out:-none}" "$property" "$value" >>"$work/details"
    differs "$property"
    if [ "$property" = region ]; then state=differs elsewhere=yes; fi
}

begin undo '--dry-run --yes --without-receipt' aws 111122223333 eu-west-1 "$@"
if [ ! -f receipt.txt ] && ! has --without-receipt; then
    stop 2 'there is no receipt.txt beside this script, so it is not known what apply created. README.md says what to do.'
fi
printf '%s\n' LexConversationLogsRole >"$work/going"

# The steps, which run twice: to compare, then to do.
steps() {
full=''
attachment LexConversationLogsKMSPolicy LexConversationLogsRole
remove aws iam detach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy \
    --role-name LexConversationLogsRole

policy LexConversationLogsKMSPolicy LexConversationLogsKMSPolicy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
remove aws iam delete-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy
unused aws iam list-entities-for-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy \
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

attachment LexConversationLogsS3Policy LexConversationLogsRole
remove aws iam detach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --role-name LexConversationLogsRole

policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
remove aws iam delete-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
unused aws iam list-entities-for-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

attachment LexConversationLogsCloudWatchLogsPolicy LexConversationLogsRole
remove aws iam detach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --role-name LexConversationLogsRole

policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
remove aws iam delete-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
unused aws iam list-entities-for-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
expect tags 1 \
    aws iam list-role-tags --role-name LexConversationLogsRole \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
remove aws iam delete-role --role-name LexConversationLogsRole
unused aws iam list-attached-role-policies --role-name LexConversationLogsRole \
    --query "AttachedPolicies[].[PolicyArn]"
unused aws iam list-role-policies --role-name LexConversationLogsRole --query "PolicyNames[].[@]"
unused aws iam list-instance-profiles-for-role --role-name LexConversationLogsRole \
    --query "InstanceProfiles[].[InstanceProfileName]"

thing "bucket support-bot-audio-logs" \
    arn:aws:s3:::support-bot-audio-logs
expect region eu-west-1 \
    aws s3api get-bucket-location --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "(LocationConstraint=='EU' && 'eu-west-1')||LocationConstraint||'us-east-1'"
holds aws s3api list-object-versions --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --max-keys 1 --no-paginate --region eu-west-1 \
    --query "Versions[0].VersionId||DeleteMarkers[0].VersionId"
remove aws s3api delete-bucket --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1
with_it "public access block of arn:aws:s3:::support-bot-audio-logs"
with_it "default encryption of arn:aws:s3:::support-bot-audio-logs"
with_it "tags of arn:aws:s3:::support-bot-audio-logs"

thing "log group /lex/support-bot" \
    arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
expect existence /lex/support-bot \
    aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate \
    --region eu-west-1 \
    --query "logGroups[?logGroupName=='/lex/support-bot'].logGroupName|[0]"
holds aws logs describe-log-streams --log-group-name /lex/support-bot --limit 1 \
    --region eu-west-1 --query "logStreams[0].logStreamName"
remove aws logs delete-log-group --log-group-name /lex/support-bot --region eu-west-1
with_it "retention of arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot"
}

echo 'Plan:'
steps
if [ -n "$used" ]; then stop 2 'something else uses what is to be removed, as shown above.'; fi
confirm "Remove these $changes from account 111122223333?" eb8ae24329cea492e25ceae996ca0d26ed2330b80f10669c4f26d27ba317822f
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was removed.'; fi
