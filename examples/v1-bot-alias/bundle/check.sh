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
read_alias() { get aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 "$@"; }
# logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: $found is ours, absent, other, or unknown.
# The words: the role of the logs; then where they go to.
# Amazon Lex takes the log group's ARN with :* at its end and without, so both count as the same.
logs() {
    found=unknown
    read_alias --output text --query "$4" || return
    case $(printf '%s\n' "$out" | tr '\t' ' ') in
    "$2" | "$3") found=ours ;;
    None | arn:aws:iam::111122223333:role/LexConversationLogsRole) found=absent ;;
    *)
        found=other
        printf '      in the account:  %s logs: %s\n      in the bundle:   %s logs: %s\n' "$1" "$out" "$1" "$2" >>"$work/details"
        ;;
    esac
}
# settings KIND WORDS OTHER-WORDS QUERY: the line of a kind of logs of the alias.
settings() {
    what="$1 logs of alias live of bot OrderFlowers"
    logs "$@"
    case $found in
    ours) line 'in place' ;;
    absent) line missing; off="$off, $1 logs" ;;
    other) line differs ;;
    *) line unknown ;;
    esac
}

begin check '' aws 111122223333 us-east-1 "$@"
role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
report
policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
report
attachment LexConversationLogsCloudWatchLogsPolicy LexConversationLogsRole
report
policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
report
attachment LexConversationLogsS3Policy LexConversationLogsRole
report
steps=$plan
target "log group /lex/support-bot" /lex/support-bot \
    aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate \
    --region us-east-1 \
    --query "logGroups[?logGroupName=='/lex/support-bot'].logGroupName|[0]"
target "bucket support-bot-audio-logs" us-east-1 \
    aws s3api get-bucket-location --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region us-east-1 \
    --query "LocationConstraint||'us-east-1'"
# The caller may not be permitted to see these either.
absent='\(AccessDenied[A-Za-z]*\)' off=''
settings text "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot -" \
    "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* -" \
    "conversationLogs.[[iamRoleArn],logSettings[?logType=='TEXT'].[resourceArn,kmsKeyArn||'-'][]][]"
settings audio "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:s3:::support-bot-audio-logs -" \
    "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:s3:::support-bot-audio-logs -" \
    "conversationLogs.[[iamRoleArn],logSettings[?logType=='AUDIO'].[resourceArn,kmsKeyArn||'-'][]][]"

case $steps,$plan in *-missing*,* | *-differs*) printf '\nNot in place.\n'; exit 1 ;; esac
printf '\nThe role and policies are in place.\n'
if [ -n "$missing" ]; then printf 'Still missing: %s (create it before you switch logs on).\n' "${missing#, }"; fi
if [ -n "$off" ]; then printf 'Not switched on yet: %s (enable switches them on).\n' "${off#, }"; fi
