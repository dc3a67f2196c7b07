#!/bin/sh
# disable.sh - puts back the settings that the alias KLMNOPQRST of the bot ABCDEFGHIJ had for its conversation logs
# before enable.sh, in the AWS account 111122223333. Made by lexlogs 0.1.0. Everything else of the alias stays as it is now.
#
#   sh disable.sh --dry-run    print every command, change nothing
#   sh disable.sh              look, then put back
#   sh disable.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 done; 1 others changed the settings since, nothing was changed; 2 refused before any change; 3 a call failed.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh disable.sh [--dry-run] [--without-saved] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --without-saved    switch off what is exactly as this bundle sets it, and put nothing back
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Adds the settings in $out, if there are any, to those that are put back, as the member $1.
add() {
    case $out in '' | null) return ;; esac
    pieces="$pieces${pieces:+, }\"$1\": $out"
}

# What was saved in the file $1.
saved() {
    out=null
    if [ "$dry_run" = no ] && [ "$without_saved" = no ]; then out=$(cat "$1"); fi
}

# The documents and the functions are beside this script; those tell what they do.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;;
esac
if [ ! -f functions.sh ]; then
    echo 'disable: functions.sh is missing beside this script. Extract the whole zip, then run the script in its folder.' >&2
    echo 'Nothing was changed.' >&2
    exit 2
fi
. ./functions.sh
script=disable account=111122223333 bundle_region=us-east-1 steps=5
bundle=lex-conversation-logs-111122223333-us-east-1-SupportBotRole
digest=9c561687df297359bad1570c8e02076fed0ca9e97734d49696441e22de56f419 generator="lexlogs 0.1.0"
if [ ! -f settings.sh ]; then refuse 'settings.sh is missing beside this script. Extract the whole zip, then run the script in its folder.'; fi
# shellcheck source=settings.sh
. ./settings.sh

# --- Before anything is changed ---------------------------------------------

switches='--without-saved'
options "$@"
if [ "$dry_run" = no ] && [ "$without_saved" = no ]; then
    for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json; do
        if [ ! -s "$file" ]; then
            refuse "there is no $file beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
        fi
    done
    case $(cat alias-before.json) in
    *'"ABCDEFGHIJ"'*) ;;
    *) refuse 'alias-before.json is of another bot.' ;;
    esac
    case $(cat alias-before.json) in
    *'"KLMNOPQRST"'*) ;;
    *) refuse 'alias-before.json is of another alias.' ;;
    esac
fi
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL=/lex/support-bot
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"

# --- What is there ----------------------------------------------------------

subject text-settings "the text logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
look settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.textLogSettings) && 'absent', conversationLogSettings.textLogSettings && ! (conversationLogSettings.textLogSettings[?enabled && ! selectiveLoggingEnabled && contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],destination.cloudWatch.cloudWatchLogGroupArn) && destination.cloudWatch.logPrefix=='live/']) && to_string(conversationLogSettings.textLogSettings)][] | [?@].[@]"
settle

subject audio-settings "the audio logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
look settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.audioLogSettings) && 'absent', conversationLogSettings.audioLogSettings && ! (conversationLogSettings.audioLogSettings[?enabled && ! selectiveLoggingEnabled && destination.s3Bucket.s3BucketArn=='arn:aws:s3:::support-bot-audio-logs' && destination.s3Bucket.logPrefix=='live/' && ! (destination.s3Bucket.kmsKeyArn)]) && to_string(conversationLogSettings.audioLogSettings)][] | [?@].[@]"
settle

case $dry_run-$states in
yes-* | *=same*) ;;
*)
    if [ -n "$different" ]; then
        printf '\ndisable: others changed the settings since:\n%sNothing was changed. What was before is in alias-before.json.\n' "$verdict" >&2
        exit 1
    fi
    printf '\nDone: these logs are switched off already.\n'
    exit 0
    ;;
esac

# --- Switching off ----------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase='Undo of step'
step 5 "put back the settings that the text and audio logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ had before" arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST
changed='' pieces=''
unchanged aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[lastUpdatedDateTime]"
save alias-request.json aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output json \
    --query 'merge({botId: botId, botAliasId: botAliasId, botAliasName: botAliasName}, (description && {description: description}) || `{}`, (botVersion && {botVersion: botVersion}) || `{}`, (botAliasLocaleSettings && {botAliasLocaleSettings: botAliasLocaleSettings}) || `{}`, (sentimentAnalysisSettings && {sentimentAnalysisSettings: sentimentAnalysisSettings}) || `{}`)'
call aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output json \
    --query "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings"
if [ "$code" != 0 ]; then failed; fi
if [ "$(state text-settings)" = same ]; then saved earlier-text-logs.json; fi
add textLogSettings
call aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output json \
    --query "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings"
if [ "$code" != 0 ]; then failed; fi
if [ "$(state audio-settings)" = same ]; then saved earlier-audio-logs.json; fi
add audioLogSettings
unchanged aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[lastUpdatedDateTime]"
if [ "$dry_run" = yes ] || [ -n "$pieces" ]; then
    if [ "$dry_run" = no ]; then
        write "{$pieces}" alias-log-settings.json
    fi
    call aws lexv2-models update-bot-alias --cli-input-json file://alias-request.json --region us-east-1 --conversation-log-settings file://alias-log-settings.json
else
    call aws lexv2-models update-bot-alias --cli-input-json file://alias-request.json --region us-east-1
fi
if [ "$code" != 0 ]; then failed; fi
if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
    exit 0
fi
rm -f alias-request.json alias-log-settings.json
note removed
record 'result: undone'
for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json; do keep "$file"; done
printf '\nDone: the alias has the settings for logs again that it had before.\n'
exit 0
