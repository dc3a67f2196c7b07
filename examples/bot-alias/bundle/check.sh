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
read_alias() { get aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST \
        --region us-east-1 "$@"; }
# keep_selective SETTINGS: where there are any, stop if this AWS CLI neither shows nor sends selective logging, and so would
# switch it off. A skeleton sends nothing to AWS.
keep_selective() {
    case $1 in '' | None) return ;; esac
    look aws lexv2-models update-bot-alias --generate-cli-skeleton
    grep -q selectiveLoggingEnabled "$work/out" ||
        stop 2 'this AWS CLI does not know selective logging and could switch it off: use a newer one.'
}
# logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: $found is ours, absent, other, or unknown.
# The words: whether the logs are on, selectively if the bundle asks for that; then where they go to.
# Amazon Lex takes the log group's ARN with :* at its end and without, so both count as the same.
logs() {
    found=unknown
    read_alias --output text --query "$4" || return
    case $(printf '%s\n' "$out" | tr '\t' ' ') in
    "$2" | "$3") found=ours ;;
    None) found=absent ;;
    *)
        found=other
        printf '      in the account:  %s logs: %s\n      in the bundle:   %s logs: %s\n' "$1" "$out" "$1" "$2" >>"$work/details"
        ;;
    esac
}
# settings KIND WORDS OTHER-WORDS QUERY: the line of a kind of logs of the alias.
settings() {
    what="$1 logs of alias KLMNOPQRST of bot ABCDEFGHIJ"
    logs "$@"
    case $found in
    ours) line 'in place' ;;
    absent) line missing; off="$off, $1 logs" ;;
    other) line differs ;;
    *) line unknown ;;
    esac
}
# The bot's role, with which Amazon Lex writes the logs, is compared and never changed.
bot_role() {
    what='role SupportBotRole of bot ABCDEFGHIJ' state=unknown
    get aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text \
        --query "[ends_with(roleArn,'/SupportBotRole'),roleArn]" || return
    case $out in
    "True${tab}arn:aws:iam::111122223333:role/"*) state='in place'; return ;;
    esac
    state=differs
    printf '      in the account:  %s\n      in the bundle:   %s\n' "${out#*"$tab"}" \
        arn:aws:iam::111122223333:role/SupportBotRole >>"$work/details"
}
# Whether the bot is directed at children: Amazon Lex writes no conversation logs for it then.
for_children() { get aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text \
        --query dataPrivacy.childDirected && [ "$out" = True ]; }

begin check '' aws 111122223333 us-east-1 "$@"
keep_selective requested
existing_role SupportBotRole lexv2.amazonaws.com
policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
report
attachment LexConversationLogsCloudWatchLogsPolicy SupportBotRole
report
policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
report
attachment LexConversationLogsS3Policy SupportBotRole
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
bot_role
line "$state"
if for_children; then
    what='privacy of bot ABCDEFGHIJ'
    echo '      the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it' >>"$work/details"
    line differs
fi
settings text "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot live/" \
    "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* live/" \
    "conversationLogSettings.textLogSettings[0].[enabled,destination.*.*[]][]"
settings audio "True arn:aws:s3:::support-bot-audio-logs live/" \
    "True arn:aws:s3:::support-bot-audio-logs live/" \
    "conversationLogSettings.audioLogSettings[0].[enabled&&selectiveLoggingEnabled,destination.*.*[]][]"

case $steps,$plan in *-missing*,* | *-differs*) printf '\nNot in place.\n'; exit 1 ;; esac
printf '\nThe role and policies are in place.\n'
if [ -n "$missing" ]; then printf 'Still missing: %s (create it before you switch logs on).\n' "${missing#, }"; fi
if [ -n "$off" ]; then printf 'Not switched on yet: %s (enable switches them on).\n' "${off#, }"; fi
