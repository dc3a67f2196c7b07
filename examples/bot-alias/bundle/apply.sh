#!/bin/sh
# Lets Amazon Lex V2 write conversation logs in AWS account 111122223333, us-east-1. From lexlogs 0.1.0.
#   1. create the policy LexConversationLogsCloudWatchLogsPolicy
#   2. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role SupportBotRole
#   3. create the policy LexConversationLogsS3Policy
#   4. attach the policy LexConversationLogsS3Policy to the role SupportBotRole
#
# usage: sh apply.sh [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run   compare, print the plan and the commands that would run, change nothing
#   --update    also replace what exists and differs
#   --yes       do not ask before the first change
#   --verbose   also print the commands that only read
# Exit codes: 0 done, 1 something differs, 2 refused before any change, 3 a call failed.

case $0 in */*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;; esac
if [ ! -f functions.sh ]; then echo 'apply: functions.sh is missing beside this script. Extract the whole zip.' >&2; exit 2; fi
. ./functions.sh
# In the first pass, print the step's line of the plan. In the second, do what the plan says.
create() {
    case $phase-$plan in
    compare-*) line "$state" ;;
    *" $number-create "*) run creating created "$@"; has --dry-run || [ -z "$waiter" ] || get aws iam wait $waiter || failed ;;
    *" $number-update "*) case $differences in *" $number-document "*) make_room; run updating updated aws iam $replacing ;; esac ;;
    *) record "in place: $resource" ;;
    esac
}
# IAM keeps five versions of a policy: of five, the oldest that is not the default goes before a new one comes.
make_room() {
    case $replacing in create-policy-version*) ;; *) return ;; esac
    get aws iam list-policy-versions --policy-arn "$resource" --output text \
        --query '[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]'
    [ "$out" = None ] || run "deleting $out" "deleted $out" aws iam delete-policy-version --policy-arn "$resource" --version-id "$out"
}
# The role must exist and trust Amazon Lex: this bundle neither creates, changes nor deletes it.
existing_role() {
    if [ "$phase" = run ]; then return; fi
    what="role $1"
    get aws iam get-role --role-name "$1" --query Role.Arn --output text ||
        stop 2 "the role $1 does not exist, and this bundle does not create it."
    if [ -n "${3:-}" ] && [ "$out" != "$3" ]; then stop 1 "the ARN of the role is $out, not $3."; fi
    get aws iam get-role --role-name "$1" --output text \
        --query "[Role.AssumeRolePolicyDocument.Statement][][]|[?Effect=='Allow'].[Principal.Service][][].[@]"
    if ! printf '%s\n' "$out" | grep -qxF "$2"; then stop 1 "no statement of its trust policy lets $2 assume the role $1."; fi
    line 'in place'
}

begin apply '--dry-run --update --yes' aws 111122223333 us-east-1 "$@"

# The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
steps() {
existing_role SupportBotRole lexv2.amazonaws.com
policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
create aws iam create-policy \
    --policy-name LexConversationLogsCloudWatchLogsPolicy \
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json

attachment LexConversationLogsCloudWatchLogsPolicy SupportBotRole
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --role-name SupportBotRole

policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
create aws iam create-policy \
    --policy-name LexConversationLogsS3Policy \
    --policy-document file://LexConversationLogsS3Policy.json

attachment LexConversationLogsS3Policy SupportBotRole
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --role-name SupportBotRole
}

echo 'Plan:'
steps
case $plan in *-differs*) has --dry-run || stop 1 'something differs. --update replaces a document; README.md says more.' ;; esac
confirm "Make these $changes changes in account 111122223333?" b4d50960974344d312764500a76753d5d5cf72addf13a5c00ab5e1df94179a98
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was created, for undo.'; fi
