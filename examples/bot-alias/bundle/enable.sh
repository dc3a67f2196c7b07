#!/bin/sh
# Switches on the text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ
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
# fetch QUERY FILE: write what the query selects of the alias, as JSON, among the temporary files.
fetch() {
    read_alias --output json --query "$1"
    printf '%s\n' "$out" >"$work/$2" || stop 3 'there is no room for temporary files.'
}
# unchanged: stop if somebody else has changed the alias since it was compared.
unchanged() {
    read_alias --output text --query lastUpdatedDateTime
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
# Compare both kinds as far as this bundle switches them on. Of two states the more serious one counts.
compare_logs() {
    state='in place'
    logs text "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot live/" \
        "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* live/" \
        "conversationLogSettings.textLogSettings[0].[enabled,destination.*.*[]][]"
    state_with "$found"
    logs audio "True arn:aws:s3:::support-bot-audio-logs live/" \
        "True arn:aws:s3:::support-bot-audio-logs live/" \
        "conversationLogSettings.audioLogSettings[0].[enabled&&selectiveLoggingEnabled,destination.*.*[]][]"
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
    fetch "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings" earlier-text-logs.json
    fetch "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings" earlier-audio-logs.json
    # The request: the alias as it is, with these logs.
    fetch 'merge({botId: botId, botAliasId: botAliasId, botAliasName: botAliasName}, (description && {description: description}) || `{}`, (botVersion && {botVersion: botVersion}) || `{}`, (botAliasLocaleSettings && {botAliasLocaleSettings: botAliasLocaleSettings}) || `{}`, (sentimentAnalysisSettings && {sentimentAnalysisSettings: sentimentAnalysisSettings}) || `{}`, {conversationLogSettings: merge(conversationLogSettings || `{}`, {textLogSettings: [merge(conversationLogSettings.textLogSettings[0] || `{}`, {destination: {cloudWatch: {cloudWatchLogGroupArn: '\''arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot'\'', logPrefix: '\''live/'\''}}, enabled: `true`})], audioLogSettings: [merge(conversationLogSettings.audioLogSettings[0] || `{}`, {destination: {s3Bucket: {logPrefix: '\''live/'\'', s3BucketArn: '\''arn:aws:s3:::support-bot-audio-logs'\''}}, enabled: `true`, selectiveLoggingEnabled: `true`})]})})' alias-request.json
    unchanged
    if has --dry-run; then
        printf 'alias-request.json would be:\n'
        cat "$work/alias-request.json"
    else
        for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json; do
            keep "$file"
            place "$file"
        done
        place alias-request.json
    fi
    run "$1" "$2" aws lexv2-models update-bot-alias \
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
bot_role || failed
line "$state"
case $state-$out in
'in place'-*) ;;
*:role/aws-service-role/*) stop 2 'only Amazon Lex can change this role: use the console, or give the bot a custom role.' ;;
*) stop 2 'give the bot the role of this bundle, or generate a bundle with existing-role for the role of the bot.' ;;
esac
if for_children; then stop 2 'the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it.'; fi
name "text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ" \
    arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST
read_alias --output text --query lastUpdatedDateTime
changed=$out
keep_selective requested
compare_logs
if [ "$state" != 'in place' ]; then
    read_alias --output text --query 'conversationLogSettings.*[].enabled'
    keep_selective "$out"
fi
line "$state"
case $plan in
*-differs*) has --dry-run || stop 1 'the alias has other settings for these logs. --update replaces them; disable puts them back.' ;;
esac
confirm 'Make this change in account 111122223333?' b4d50960974344d312764500a76753d5d5cf72addf13a5c00ab5e1df94179a98
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
