#!/bin/sh
# Removes from AWS account 111122223333 what apply created, as receipt.txt says, and nothing else. From lexlogs 0.1.0.
#   1. detach the policy svc-lex-logs-s3 from the role svc-lex-conversation-logs
#   2. delete the policy svc-lex-logs-s3
#   3. detach the policy svc-lex-logs-cloudwatch from the role svc-lex-conversation-logs
#   4. delete the policy svc-lex-logs-cloudwatch
#   5. delete the role svc-lex-conversation-logs
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
# unused COMMAND...: nobody else may use what will be removed. The command prints who does, a line each.
unused() {
    case $phase-$plan in compare-*" $number-remove "*) ;; *) return ;; esac
    get "$@" --output text || return 0
    if grep -vxF -f "$work/going" "$work/out" | sed -n 's/^..*/      used by: &/p' | grep .; then used=yes; fi
}
absent='\((NoSuch[A-Za-z]*|ResourceNotFoundException|ServerSideEncryptionConfigurationNotFoundError)\)'

# thing NAME RESOURCE: a step that is neither a role, a policy nor an attachment.
thing() {
    waiter='' replacing=''
    name "$1" "$2" || return 0
    state=unknown
}
# expect PROPERTY VALUE COMMAND...: compare one value with what the command prints; None means that it has no value.
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
    other
}
# other: whether that can be updated is up to --update; a Region cannot, and a bucket's policy is left to a person.
other() {
    differs "$property"
    case $property in region | policy) state=differs elsewhere=yes ;; esac
}

begin undo '--dry-run --yes --without-receipt' aws-us-gov 111122223333 us-gov-west-1 "$@"
if [ ! -f receipt.txt ] && ! has --without-receipt; then
    stop 2 'there is no receipt.txt beside this script, so it is not known what apply created. README.md says what to do.'
fi
printf '%s\n' svc-lex-conversation-logs >"$work/going"

# The steps, which run twice: to compare, then to do.
steps() {
full=''
attachment svc-lex-logs-s3 svc-lex-conversation-logs
remove aws iam detach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --role-name svc-lex-conversation-logs

policy svc-lex-logs-s3 LexConversationLogsS3Policy.json
expect tags 3 \
    aws iam list-policy-tags \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
remove aws iam delete-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
unused aws iam list-entities-for-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

attachment svc-lex-logs-cloudwatch svc-lex-conversation-logs
remove aws iam detach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --role-name svc-lex-conversation-logs

policy svc-lex-logs-cloudwatch LexConversationLogsCloudWatchLogsPolicy.json
expect tags 3 \
    aws iam list-policy-tags \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
remove aws iam delete-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
unused aws iam list-entities-for-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

role svc-lex-conversation-logs LexConversationLogsAssumeRolePolicyDocument.json /service/lex/ arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
expect boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary \
    aws iam get-role --role-name svc-lex-conversation-logs \
    --query Role.PermissionsBoundary.PermissionsBoundaryArn
expect tags 3 \
    aws iam list-role-tags --role-name svc-lex-conversation-logs \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
remove aws iam delete-role --role-name svc-lex-conversation-logs
unused aws iam list-attached-role-policies --role-name svc-lex-conversation-logs \
    --query "AttachedPolicies[].[PolicyArn]"
unused aws iam list-role-policies --role-name svc-lex-conversation-logs \
    --query "PolicyNames[].[@]"
unused aws iam list-instance-profiles-for-role --role-name svc-lex-conversation-logs \
    --query "InstanceProfiles[].[InstanceProfileName]"
}

echo 'Plan:'
steps
if [ -n "$used" ]; then stop 2 'something else uses what would be removed, as shown above.'; fi
confirm "Remove these $changes from account 111122223333?" 2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was removed.'; fi
