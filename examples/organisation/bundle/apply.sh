#!/bin/sh
# Lets Amazon Lex V2 write conversation logs in AWS account 111122223333, us-gov-west-1. From lexlogs 0.1.0.
#   1. create the role svc-lex-conversation-logs
#   2. create the policy svc-lex-logs-cloudwatch
#   3. attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs
#   4. create the policy svc-lex-logs-s3
#   5. attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs
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
# made RESOURCE: what the receipt says last of creating it, in $last.
made() {
    last=$({ tr -d '\r' <receipt.txt; } 2>/dev/null |
        grep -xF -e "creating: $1" -e "created: $1" -e "not created: $1" -e "removed: $1" | tail -n 1)
    last=${last%%: *}
    # A call got no answer, and a later run updated what it found: that had existed before.
    if [ "$last" = creating ] && tr -d '\r' <receipt.txt | grep -qxF "updating: $1"; then last=updating; fi
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
# part_of NUMBER RESOURCE [left]: what belongs to the thing of that step comes with it, in a later run too if this one breaks
# off. If that existed before, --update changes its part, or it is left as it is.
part_of() {
    if [ "$phase" = run ] || [ "$state" = 'in place' ] || [ -n "$elsewhere" ]; then return; fi
    made "$resource"; child=$last
    made "$2"
    case $plan in *" $1-create "* | *" $1-missing "*) last=creating ;; esac
    case $last-$child in
    created-created) ;;
    created-* | creating-*) state=create; : >"$work/details"; return ;;
    esac
    if [ -n "${3:-}" ]; then state='in place'; : >"$work/details"; return; fi
    if [ "$state" = create ]; then
        printf '      in the account:  %s none\n      in the bundle:   %s %s\n' "$property" "$property" "$value" >>"$work/details"
        other
    fi
}
# put COMMAND...: the same command creates and updates it.
put() {
    case $phase-$plan in run-*" $number-update "*) run updating updated "$@" ;; *) create "$@" ;; esac
}
# update PROPERTY COMMAND...: change a property that differs.
update() {
    case $phase-$plan-$differences in run-*" $number-update "*-*" $number-$1 "*) shift; run updating updated "$@" ;; esac
}

begin apply '--dry-run --update --yes' aws-us-gov 111122223333 us-gov-west-1 "$@"

# The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
steps() {
role svc-lex-conversation-logs LexConversationLogsAssumeRolePolicyDocument.json /service/lex/ arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
expect boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary \
    aws iam get-role --role-name svc-lex-conversation-logs \
    --query Role.PermissionsBoundary.PermissionsBoundaryArn
expect tags 3 \
    aws iam list-role-tags --role-name svc-lex-conversation-logs \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
create aws iam create-role \
    --role-name svc-lex-conversation-logs \
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json \
    --path /service/lex/ \
    --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary \
    --tags file://LexConversationLogsTags.json
update boundary aws iam put-role-permissions-boundary --role-name svc-lex-conversation-logs \
    --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
update tags aws iam tag-role --role-name svc-lex-conversation-logs \
    --tags file://LexConversationLogsTags.json

policy svc-lex-logs-cloudwatch LexConversationLogsCloudWatchLogsPolicy.json
expect tags 3 \
    aws iam list-policy-tags \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
create aws iam create-policy \
    --policy-name svc-lex-logs-cloudwatch \
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json \
    --tags file://LexConversationLogsTags.json
update tags aws iam tag-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --tags file://LexConversationLogsTags.json

attachment svc-lex-logs-cloudwatch svc-lex-conversation-logs
create aws iam attach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --role-name svc-lex-conversation-logs

policy svc-lex-logs-s3 LexConversationLogsS3Policy.json
expect tags 3 \
    aws iam list-policy-tags \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
create aws iam create-policy \
    --policy-name svc-lex-logs-s3 \
    --policy-document file://LexConversationLogsS3Policy.json \
    --tags file://LexConversationLogsTags.json
update tags aws iam tag-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --tags file://LexConversationLogsTags.json

attachment svc-lex-logs-s3 svc-lex-conversation-logs
create aws iam attach-role-policy \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --role-name svc-lex-conversation-logs
}

echo 'Plan:'
steps
case $plan in *-differs*) has --dry-run || stop 1 'something differs. --update replaces a document; README.md says more.' ;; esac
confirm "Make these $changes changes in account 111122223333?" 2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was created, for undo.'; fi
