#!/bin/sh
# enable.sh - switches on the conversation logs of the alias live of the bot OrderFlowers, in the AWS account 111122223333.
# Made by lexlogs 0.1.0. Run apply.sh before it. Everything else of the alias stays as it is; what its settings for logs
# were is saved beside this script before anything is changed, and disable.sh puts them back.
#
#   sh enable.sh --dry-run    print every command, change nothing
#   sh enable.sh              look, save, then switch on
#   sh enable.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 done; 1 the alias has other settings, nothing was changed; 2 refused before any change; 3 a call failed.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh enable.sh [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --update           replace other settings of the same kind of logs
  --skip-checksums   do not compare the documents with their SHA-256
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Looks again at what was set, several times if need be, for Amazon Lex takes a moment.
prove() {
    tries=1
    while :; do
        call "$@"
        if [ "$dry_run" = yes ]; then return; fi
        if [ "$code" != 0 ]; then failed; fi
        if [ -z "$out" ]; then return; fi
        if [ "$tries" = 5 ]; then stop 'the alias does not show what was sent'; fi
        tries=$((tries + 1))
        sleep 2
    done
}

# The documents and the functions are beside this script; those tell what they do.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;;
esac
if [ ! -f functions.sh ]; then
    echo 'enable: functions.sh is missing beside this script. Extract the whole zip, then run the script in its folder.' >&2
    echo 'Nothing was changed.' >&2
    exit 2
fi
. ./functions.sh
script=enable account=111122223333 bundle_region=us-east-1 steps=6
bundle=lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole
digest=52bc32be25b191240a06cf0783d289fd250904aefdb20d369c9d1dacfea71cb3 generator="lexlogs 0.1.0"
if [ ! -f settings.sh ]; then refuse 'settings.sh is missing beside this script. Extract the whole zip, then run the script in its folder.'; fi
# shellcheck source=settings.sh
. ./settings.sh

# --- Before anything is changed ---------------------------------------------

switches='--update --skip-checksums'
options "$@"
document LexConversationLogsSettings.json \
    0fe8829595d90b65688613bc939c42912ca3c20ff85fa5d586f8fb8543262c9b
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

if [ -n "$different" ] && [ "$update" = no ]; then
    printf '\nenable: the alias has other settings for these logs:\n%s' "$verdict" >&2
    printf 'Nothing was changed. To replace them, use --update; disable.sh puts them back.\n' >&2
    exit 1
fi
if [ "$dry_run" = no ] && [ -z "$verdict" ]; then
    printf '\nDone: the logs are switched on already, as this bundle does it.\n'
    exit 0
fi

# --- Switching on -----------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase=Step
step 6 "switch on the text and audio logs of the alias live of the bot OrderFlowers" arn:aws:lex:us-east-1:111122223333:bot:OrderFlowers:live
changed=
unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[lastUpdatedDate]"
if [ "$dry_run" = no ]; then
    for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json earlier-role.json; do keep "$file"; done
fi
save alias-before.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json
save earlier-text-logs.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query 'conversationLogs.logSettings[?contains(['\''TEXT'\''],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]'
save earlier-audio-logs.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query 'conversationLogs.logSettings[?contains(['\''AUDIO'\''],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]'
save earlier-role.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query conversationLogs.iamRoleArn
save alias-request.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json \
    --query 'merge({name: name, botName: botName, botVersion: botVersion, checksum: checksum}, (description && {description: description}) || `{}`, {conversationLogs: {iamRoleArn: '\''arn:aws:iam::111122223333:role/LexConversationLogsRole'\'', logSettings: [{destination: '\''CLOUDWATCH_LOGS'\'', logType: '\''TEXT'\'', resourceArn: '\''arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot'\''}, {destination: '\''S3'\'', logType: '\''AUDIO'\'', resourceArn: '\''arn:aws:s3:::support-bot-audio-logs'\''}]}})'
unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[lastUpdatedDate]"
if [ "$dry_run" = no ]; then note creating; fi
call aws lex-models put-bot-alias --cli-input-json file://alias-request.json --region us-east-1
if [ "$code" != 0 ]; then
    note_failure
    failed
fi
prove aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='TEXT']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='TEXT'] && ! ((conversationLogs.logSettings[?logType=='TEXT'])[?contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],resourceArn)]) && to_string(conversationLogs.logSettings[?logType=='TEXT'])][] | [?@].[@]"
prove aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text \
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='AUDIO']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='AUDIO'] && ! ((conversationLogs.logSettings[?logType=='AUDIO'])[?resourceArn=='arn:aws:s3:::support-bot-audio-logs' && ! (kmsKeyArn)]) && to_string(conversationLogs.logSettings[?logType=='AUDIO'])][] | [?@].[@]"
if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
    exit 0
fi
rm -f alias-request.json
outcome=created
if [ -n "$different" ]; then outcome=updated; fi
note "$outcome"
printf '  %s\n' 'switched on'
record 'result: done'
printf '\nDone: conversations that begin from now on are logged. alias-before.json is what the alias was; disable.sh puts its settings back.\n'
exit 0
