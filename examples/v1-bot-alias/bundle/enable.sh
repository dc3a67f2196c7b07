#!/bin/sh
# Switches on the text and audio logs of alias live of bot OrderFlowers
# in AWS account 111122223333, Region us-east-1, and leaves the rest of the alias as it is. From lexlogs 0.1.0.
# It saves the alias beside this script first: disable puts its settings for logs back.
#
# usage: sh enable.sh [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run   compare, print the plan, the request and the command that would run, change nothing
#   --update    also replace other settings of the same kind of logs
#   --yes       do not ask before the change
#   --verbose   also print the commands that only read
# Exit codes: 0 done, 1 the alias has other settings, 2 refused before any change, 3 a call failed.

case $0 in */*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;; esac
if [ ! -f functions.sh ]; then echo 'enable: functions.sh is missing beside this script. Extract the whole zip.' >&2; exit 2; fi
. ./functions.sh

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
# fetch QUERY FILE: write what the query selects of the alias, as JSON, among the temporary files.
fetch() {
    read_alias --output json --query "$1"
    printf '%s\n' "$out" >"$work/$2" || stop 3 'there is no room for temporary files.'
}
# unchanged: stop if somebody else has changed the alias since it was compared.
unchanged() {
    read_alias --output text --query lastUpdatedDate
    if [ "$out" != "$changed" ]; then stop 3 'somebody else changed the alias just now, so nothing was sent.'; fi
}
# keep FILE: rename what an earlier run saved, so that nothing is overwritten.
keep() {
    if [ ! -e "$1" ]; then return; fi
    nth=1
    while [ -e "$1.$nth" ]; do nth=$((nth + 1)); done
    mv "$1" "$1.$nth" 2>/dev/null || stop 3 "$1 cannot be renamed."
    printf '%s is %s.%s now.\n' "$1" "$1" "$nth"
}
# place FILE: move a temporary file beside this script.
place() { mv "$work/$1" "$1" 2>/dev/null || stop 3 "$1 cannot be written in this folder; make room for it."; }
# try_again: Amazon Lex takes a moment to show what it was sent. Wait, five times at most.
try_again() {
    tries=$((${tries:-0} + 1))
    if [ "$tries" = 5 ]; then stop 3 'the alias does not show what was sent.'; fi
    sleep 2
}
# Compare both kinds as far as this bundle switches them on. Of two states the more serious one counts.
compare_logs() {
    state='in place'
    logs text "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot -" \
        "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* -" \
        "conversationLogs.[[iamRoleArn],logSettings[?logType=='TEXT'].[resourceArn,kmsKeyArn||'-'][]][]"
    state_with "$found"
    logs audio "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:s3:::support-bot-audio-logs -" \
        "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:s3:::support-bot-audio-logs -" \
        "conversationLogs.[[iamRoleArn],logSettings[?logType=='AUDIO'].[resourceArn,kmsKeyArn||'-'][]][]"
    state_with "$found"
}
state_with() {
    case $1-$state in
    other-*) differs settings ;;
    absent-'in place') state=create ;;
    esac
}
# send BEFORE AFTER: save the alias, make the request out of it, send that, and see that the alias shows it.
send() {
    fetch @ alias-before.json
    fetch 'conversationLogs.logSettings[?contains(['\''TEXT'\''],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]' earlier-text-logs.json
    fetch 'conversationLogs.logSettings[?contains(['\''AUDIO'\''],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]' earlier-audio-logs.json
    fetch conversationLogs.iamRoleArn earlier-role.json
    # The request: the alias as it is, with these logs.
    fetch 'merge({name: name, botName: botName, botVersion: botVersion, checksum: checksum}, (description && {description: description}) || `{}`, {conversationLogs: {iamRoleArn: '\''arn:aws:iam::111122223333:role/LexConversationLogsRole'\'', logSettings: [{destination: '\''CLOUDWATCH_LOGS'\'', logType: '\''TEXT'\'', resourceArn: '\''arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot'\''}, {destination: '\''S3'\'', logType: '\''AUDIO'\'', resourceArn: '\''arn:aws:s3:::support-bot-audio-logs'\''}]}})' alias-request.json
    unchanged
    if has --dry-run; then
        printf 'alias-request.json would be:\n'
        cat "$work/alias-request.json"
    else
        for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json earlier-role.json; do
            keep "$file"
            place "$file"
        done
        place alias-request.json
    fi
    run "$1" "$2" aws lex-models put-bot-alias \
        --cli-input-json file://alias-request.json \
        --region us-east-1
    if has --dry-run; then return; fi
    compare_logs
    while [ "$state" != 'in place' ]; do
        try_again
        compare_logs
    done
    rm -f alias-request.json
}

begin enable '--dry-run --update --yes' aws 111122223333 us-east-1 "$@"

echo 'Plan:'
name "text and audio logs of alias live of bot OrderFlowers" \
    arn:aws:lex:us-east-1:111122223333:bot:OrderFlowers:live
read_alias --output text --query lastUpdatedDate
changed=$out
compare_logs
line "$state"
case $plan in
*-differs*) has --dry-run || stop 1 'the alias has other settings for these logs. --update replaces them; disable puts them back.' ;;
esac
confirm 'Make this change in account 111122223333?' 52bc32be25b191240a06cf0783d289fd250904aefdb20d369c9d1dacfea71cb3
number=1
case $plan in
*-create*) send creating created ;;
*-update*) send updating updated ;;
*'1-in place'*) record "in place: $resource" ;;
esac
if has --dry-run; then echo 'Dry run: nothing was changed.'; exit 0; fi
case $plan in
*'1-in place'*) echo 'Done: these logs are switched on already.' ;;
*) echo 'Done: new conversations are logged. alias-before.json is the alias as it was; disable puts its settings back.' ;;
esac
