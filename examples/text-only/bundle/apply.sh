#!/bin/sh
# Lets Amazon Lex V2 write conversation logs in AWS account 111122223333, us-east-1. From lexlogs 0.1.0.
#   1. create the role LexConversationLogsRole
#   2. create the policy LexConversationLogsCloudWatchLogsPolicy
#   3. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role LexConversationLogsRole
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

begin apply '--dry-run --update --yes' aws 111122223333 us-east-1 "$@"

# The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
steps() {
role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
create aws iam create-role \
    --role-name LexConversationLogsRole \
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json

policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
create aws iam create-policy \
    --policy-name LexConversationLogsCloudWatchLogsPolicy \
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json

attachment LexConversationLogsCloudWatchLogsPolicy LexConversationLogsRole
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --role-name LexConversationLogsRole
}

echo 'Plan:'
steps
case $plan in *-differs*) has --dry-run || stop 1 'something differs. --update replaces a document; README.md says more.' ;; esac
confirm "Make these $changes changes in account 111122223333?" ea3d198292cfa4926fcd3ae1cd01f3c6de20b4ca06133ad0ac7008e3e5c9a590
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was created, for undo.'; fi
