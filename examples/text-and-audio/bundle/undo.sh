#!/bin/sh
# Removes from AWS account 111122223333 what apply created, as receipt.txt says, and nothing else. From lexlogs 0.1.0.
#   1. detach the policy LexConversationLogsS3Policy from the role LexConversationLogsRole
#   2. delete the policy LexConversationLogsS3Policy
#   3. detach the policy LexConversationLogsCloudWatchLogsPolicy from the role LexConversationLogsRole
#   4. delete the policy LexConversationLogsCloudWatchLogsPolicy
#   5. delete the role LexConversationLogsRole
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

begin undo '--dry-run --yes --without-receipt' aws 111122223333 us-east-1 "$@"
if [ ! -f receipt.txt ] && ! has --without-receipt; then
    stop 2 'there is no receipt.txt beside this script, so it is not known what apply created. README.md says what to do.'
fi
printf '%s\n' LexConversationLogsRole >"$work/going"

# The steps, which run twice: to compare, then to do.
steps() {
full=''
attachment LexConversationLogsS3Policy LexConversationLogsRole
remove aws iam detach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --role-name LexConversationLogsRole

policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
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
remove aws iam delete-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
unused aws iam list-entities-for-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
remove aws iam delete-role --role-name LexConversationLogsRole
unused aws iam list-attached-role-policies --role-name LexConversationLogsRole \
    --query "AttachedPolicies[].[PolicyArn]"
unused aws iam list-role-policies --role-name LexConversationLogsRole --query "PolicyNames[].[@]"
unused aws iam list-instance-profiles-for-role --role-name LexConversationLogsRole \
    --query "InstanceProfiles[].[InstanceProfileName]"
}

echo 'Plan:'
steps
if [ -n "$used" ]; then stop 2 'something else uses what would be removed, as shown above.'; fi
confirm "Remove these $changes from account 111122223333?" db632426b082ff80a4988fee7eb7f911445aa677d606523a6780f8deae1108d1
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was removed.'; fi
