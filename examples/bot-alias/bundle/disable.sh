#!/bin/sh
# Puts back what the text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ
# were before enable, in AWS account 111122223333, Region us-east-1. From lexlogs 0.1.0.
# The rest of the alias, and what others have changed since, stays as it is.
#
# usage: sh disable.sh [--dry-run] [--yes] [--without-saved] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run         compare, print the plan, the request and the command that would run, change nothing
#   --yes             do not ask before the change
#   --without-saved   switch off what is exactly as this bundle sets it, and put nothing back
#   --verbose         also print the commands that only read
# Exit codes: 0 done, 1 others changed the settings, 2 refused before any change, 3 a call failed.

case $0 in */*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;; esac
if [ ! -f functions.sh ]; then echo 'disable: functions.sh is missing beside this script. Extract the whole zip.' >&2; exit 2; fi
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
# What enable saved must be here and of this alias.
saved() {
    for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json; do
        if [ ! -s "$file" ]; then
            stop 2 "there is no $file beside this script, where enable saves what was before. --without-saved does without it."
        fi
    done
    for id in ABCDEFGHIJ KLMNOPQRST; do
        grep -q "\"$id\"" alias-before.json || stop 2 'alias-before.json is of another bot or alias.'
    done
}
# before FILE: what enable saved in it.
before() { if has --without-saved; then echo null; else tr -d '\r' <"$1"; fi; }
# kind FOUND SAVED QUERY MEMBER: add what is sent for a kind: if it is this bundle's, what was before, else what it is now.
kind() {
    case $1 in
    ours)
        before "$2" >"$work/$4"
        fetch "$3" now
        # What was before may log everything again.
        if is_on selectiveLoggingEnabled now && is_on enabled "$4" && ! is_on selectiveLoggingEnabled "$4"; then
            echo "      selective logging of ${4%LogSettings} logs is turned off" >>"$work/details"
        fi
        ;;
    *) fetch "$3" "$4" ;;
    esac
    case $(cat "$work/$4") in null) return ;; esac
    {
        if [ -n "$pieces" ]; then echo ,; fi
        printf '"%s":\n' "$4"
        cat "$work/$4"
    } >>"$work/alias-log-settings.json"
    pieces=some
}
# sent QUERY MEMBER: whether the alias shows what was sent for a kind.
sent() {
    read_alias --output json --query "$1"
    compare "$work/$2"
    [ "$state" = 'in place' ]
}
# is_on MEMBER FILE
is_on() { grep -q "\"$1\": true" "$work/$2"; }
# collect: the logs that come back or stay, in a file of their own.
collect() {
    pieces=''
    echo '{' >"$work/alias-log-settings.json"
    kind "$text_logs" earlier-text-logs.json \
        "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings" textLogSettings
    kind "$audio_logs" earlier-audio-logs.json \
        "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings" audioLogSettings
    echo '}' >>"$work/alias-log-settings.json"
}
# send: make the request out of the alias, send it, and see that the alias shows it.
send() {
    # The request: the alias as it is, without logs.
    fetch 'merge({botId: botId, botAliasId: botAliasId, botAliasName: botAliasName}, (description && {description: description}) || `{}`, (botVersion && {botVersion: botVersion}) || `{}`, (botAliasLocaleSettings && {botAliasLocaleSettings: botAliasLocaleSettings}) || `{}`, (sentimentAnalysisSettings && {sentimentAnalysisSettings: sentimentAnalysisSettings}) || `{}`)' alias-request.json
    unchanged
    for file in alias-request.json${pieces:+ alias-log-settings.json}; do
        if has --dry-run; then printf '%s would be:\n' "$file"; cat "$work/$file"; else place "$file"; fi
    done
    if [ -n "$pieces" ]; then
        run removing removed aws lexv2-models update-bot-alias \
            --cli-input-json file://alias-request.json \
            --region us-east-1 \
            --conversation-log-settings file://alias-log-settings.json
    else
        run removing removed aws lexv2-models update-bot-alias \
            --cli-input-json file://alias-request.json \
            --region us-east-1
    fi
    if has --dry-run; then return; fi
    until sent "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings" textLogSettings &&
        sent "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings" audioLogSettings; do
        try_again
    done
    rm -f alias-request.json alias-log-settings.json
    for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json; do keep "$file"; done
}

begin disable '--dry-run --yes --without-saved' aws 111122223333 us-east-1 "$@"
has --without-saved || saved

echo 'Plan:'
name "text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ" \
    arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST
read_alias --output text --query lastUpdatedDateTime
changed=$out
keep_selective requested
logs text "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot live/" \
    "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* live/" \
    "conversationLogSettings.textLogSettings[0].[enabled,destination.*.*[]][]"
text_logs=$found
logs audio "True arn:aws:s3:::support-bot-audio-logs live/" \
    "True arn:aws:s3:::support-bot-audio-logs live/" \
    "conversationLogSettings.audioLogSettings[0].[enabled&&selectiveLoggingEnabled,destination.*.*[]][]"
audio_logs=$found
case -$text_logs-$audio_logs in
*-ours*)
    collect
    keep_selective "$pieces"
    line remove
    ;;
*-other*) line keep; has --dry-run || stop 1 'others changed the settings since. What was before is in alias-before.json.' ;;
*) line absent ;;
esac
confirm 'Make this change in account 111122223333?' b4d50960974344d312764500a76753d5d5cf72addf13a5c00ab5e1df94179a98
number=1
case $plan in *-remove*) send ;; esac
if has --dry-run; then echo 'Dry run: nothing was changed.'; exit 0; fi
case $plan in
*-remove*) echo 'Done: the alias has the settings for logs that it had before.' ;;
*) echo 'Done: these logs are switched off already.' ;;
esac
