#!/bin/sh
# Compares AWS account 111122223333 with this bundle. Changes nothing. From lexlogs 0.1.0.
#
# usage: sh check.sh [--verbose] [--profile NAME] [--region NAME]
#   --verbose   also print the commands
# Exit codes: 0 the role and policies are in place, 1 they are not, 2 refused, 3 a call failed.

case $0 in */*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;; esac
if [ ! -f functions.sh ]; then echo 'check: functions.sh is missing beside this script. Extract the whole zip.' >&2; exit 2; fi
. ./functions.sh
missing=''

# Print the step's line.
report() {
    if [ "$state" = create ]; then state=missing; fi
    line "$state"
}
# target WHAT VALUE COMMAND...: compare what the logs need, which the caller may not be permitted to see.
target() {
    what=$1 value=$2
    shift 2
    look "$@" --output text
    case $code-$out in
    0-"$value") line 'in place' ;;
    0-None | 0-) line missing; missing="$missing, $what" ;;
    0-*) printf '      in the account:  %s\n      in the bundle:   %s\n' "$out" "$value" >>"$work/details"; line differs ;;
    *)
        if grep -qE '\((AccessDenied[A-Za-z]*|403)\)' "$work/err"; then line unknown
        elif grep -qE '\((NoSuchBucket|404|ResourceNotFoundException|NotFoundException)\)' "$work/err"; then
            line missing; missing="$missing, $what"
        else show "$@" >&2; failed; fi
        ;;
    esac
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
# made RESOURCE: what the receipt says last of creating it, in $last.
made() {
    last=$({ tr -d '\r' <receipt.txt; } 2>/dev/null |
        grep -xF -e "creating: $1" -e "created: $1" -e "not created: $1" -e "removed: $1" | tail -n 1)
    last=${last%%: *}
    # A call got no answer, and a later run updated what it found: that had existed before.
    if [ "$last" = creating ] && tr -d '\r' <receipt.txt | grep -qxF "updating: $1"; then last=updating; fi
}
# part_of NUMBER RESOURCE [left]: what belongs to the thing of that step comes with it, in a later run too if this one breaks
# off. If that existed before, --update changes its part, or it is left as it is.
part_of() {
    if [ "$phase" = run ] || [ "$state" = 'in place' ]; then return; fi
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
        differs "$property"
    fi
}

begin check '' aws 111122223333 eu-west-1 "$@"
thing "log group /lex/support-bot" \
    arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
expect existence /lex/support-bot \
    aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate \
    --region eu-west-1 \
    --query "logGroups[?logGroupName=='/lex/support-bot'].logGroupName|[0]"
report
thing "retention of log group /lex/support-bot" \
    "retention of arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot"
expect retention 30 \
    aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate \
    --region eu-west-1 \
    --query "logGroups[?logGroupName=='/lex/support-bot'].retentionInDays|[0]"
report
thing "bucket support-bot-audio-logs" \
    arn:aws:s3:::support-bot-audio-logs
expect region eu-west-1 \
    aws s3api get-bucket-location --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "(LocationConstraint=='EU' && 'eu-west-1')||LocationConstraint||'us-east-1'"
report
thing "public access block of bucket support-bot-audio-logs" \
    "public access block of arn:aws:s3:::support-bot-audio-logs"
expect public-access-block 4 \
    aws s3api get-public-access-block --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "length(values(PublicAccessBlockConfiguration)[?@])"
report
thing "default encryption of bucket support-bot-audio-logs" \
    "default encryption of arn:aws:s3:::support-bot-audio-logs"
expect encryption arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab \
    aws s3api get-bucket-encryption --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "ServerSideEncryptionConfiguration.Rules[0].*.KMSMasterKeyID|[0]"
report
thing "tags of bucket support-bot-audio-logs" \
    "tags of arn:aws:s3:::support-bot-audio-logs"
expect tags 1 \
    aws s3api get-bucket-tagging --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "length(TagSet[?(Key=='CostCenter' && Value=='4711')])"
part_of 3 arn:aws:s3:::support-bot-audio-logs left
report
role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
expect tags 1 \
    aws iam list-role-tags --role-name LexConversationLogsRole \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
report
policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
report
attachment LexConversationLogsCloudWatchLogsPolicy LexConversationLogsRole
report
policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
report
attachment LexConversationLogsS3Policy LexConversationLogsRole
report
policy LexConversationLogsKMSPolicy LexConversationLogsKMSPolicy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
report
attachment LexConversationLogsKMSPolicy LexConversationLogsRole
report
steps=$plan
target "KMS key arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" "Enabled SYMMETRIC_DEFAULT" \
    aws kms describe-key \
    --key-id arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab \
    --region eu-west-1 --query "KeyMetadata.join(' ',[KeyState,KeySpec])"

case $steps,$plan in *-missing*,* | *-differs*) printf '\nNot in place.\n'; exit 1 ;; esac
printf '\nThe role and policies are in place.\n'
if [ -n "$missing" ]; then printf 'Still missing: %s (create it before you switch logs on).\n' "${missing#, }"; fi
