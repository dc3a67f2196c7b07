#!/bin/sh
# disable.sh - puts back the settings that the alias live of the bot OrderFlowers had for its conversation logs
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

# Adds the settings in $out, if there are any, to those that are put back.
add() {
    case $out in '' | null) return ;; esac
    pieces="$pieces${pieces:+, }$out"
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
script=disable account=111122223333 bundle_region=us-east-1 steps=6
bundle=lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole
digest=52bc32be25b191240a06cf0783d289fd250904aefdb20d369c9d1dacfea71cb3 generator="lexlogs 0.1.0"
if [ ! -f settings.sh ]; then refuse 'settings.sh is missing beside this script. Extract the whole zip, then run the script in its folder.'; fi
# shellcheck source=settings.sh
. ./settings.sh

# --- Before anything is changed ---------------------------------------------

switches='--without-saved'
options "$@"
if [ "$dry_run" = no ] && [ "$without_saved" = no ]; then
    for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json earlier-role.json; do
        if [ ! -s "$file" ]; then
            refuse "there is no $file beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
        fi
    done
    case $(cat alias-before.json) in
    *'"OrderFlowers"'*) ;;
    *) refuse 'alias-before.json is of another bot.' ;;
    esac
    case $(cat alias-before.json) in
    *'"live"'*) ;;
    *) refuse 'alias-before.json is of another alias.' ;;
    esac
fi
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL=/lex/support-bot
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"

# --- What is there ----------------------------------------------------------

subject text-settings "the text logs of the alias live of the bot OrderFlowers" none
look settings aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='TEXT']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='TEXT'] && ! ((conversationLogs.logSettings[?logType=='TEXT'])[?contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],resourceArn)]) && to_string(conversationLogs.logSettings[?logType=='TEXT'])][] | [?@].[@]"
settle

subject audio-settings "the audio logs of the alias live of the bot OrderFlowers" none
look settings aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='AUDIO']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='AUDIO'] && ! ((conversationLogs.logSettings[?logType=='AUDIO'])[?resourceArn=='arn:aws:s3:::support-bot-audio-logs' && ! (kmsKeyArn)]) && to_string(conversationLogs.logSettings[?logType=='AUDIO'])][] | [?@].[@]"
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
step 6 "put back the settings that the text and audio logs of the alias live of the bot OrderFlowers had before" arn:aws:lex:us-east-1:111122223333:bot:OrderFlowers:live
changed='' pieces=''
unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[lastUpdatedDate]"
save alias-request.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query 'merge({name: name, botName: botName, botVersion: botVersion, checksum: checksum}, (description && {description: description}) || `{}`)'
call aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query 'conversationLogs.logSettings[?contains(['\''TEXT'\''],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]'
if [ "$code" != 0 ]; then failed; fi
if [ "$(state text-settings)" = same ]; then saved earlier-text-logs.json; fi
add
call aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query 'conversationLogs.logSettings[?contains(['\''AUDIO'\''],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]'
if [ "$code" != 0 ]; then failed; fi
if [ "$(state audio-settings)" = same ]; then saved earlier-audio-logs.json; fi
add
call aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query conversationLogs.iamRoleArn
if [ "$code" != 0 ]; then failed; fi
role=$out
saved earlier-role.json
case $out in '' | null) ;; *) role=$out ;; esac
unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[lastUpdatedDate]"
if [ "$dry_run" = yes ] || [ -n "$pieces" ]; then
    if [ "$dry_run" = no ]; then
        write "{\"logSettings\": [$pieces], \"iamRoleArn\": $role}" alias-log-settings.json
    fi
    call aws lex-models put-bot-alias --cli-input-json file://alias-request.json --region us-east-1 --conversation-logs file://alias-log-settings.json
else
    call aws lex-models put-bot-alias --cli-input-json file://alias-request.json --region us-east-1
fi
if [ "$code" != 0 ]; then failed; fi
if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
    exit 0
fi
rm -f alias-request.json alias-log-settings.json
note removed
record 'result: undone'
for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json earlier-role.json; do keep "$file"; done
printf '\nDone: the alias has the settings for logs again that it had before.\n'
exit 0
