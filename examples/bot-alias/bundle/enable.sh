#!/bin/sh
# enable.sh - switches on the conversation logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ, in the AWS account 111122223333.
# Made by lexlogs 0.1.0. Run apply.sh before it. Everything else of the alias stays as it is; what its settings for logs
# were is saved beside this script before anything is changed, and disable.sh puts them back.
#
#   sh enable.sh --dry-run    print every command, change nothing
#   sh enable.sh              look at the bot's role and the alias, save, then switch on
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
script=enable account=111122223333 bundle_region=us-east-1 steps=5
bundle=lex-conversation-logs-111122223333-us-east-1-SupportBotRole
digest=9c561687df297359bad1570c8e02076fed0ca9e97734d49696441e22de56f419 generator="lexlogs 0.1.0"
if [ ! -f settings.sh ]; then refuse 'settings.sh is missing beside this script. Extract the whole zip, then run the script in its folder.'; fi
# shellcheck source=settings.sh
. ./settings.sh

# --- Before anything is changed ---------------------------------------------

switches='--update --skip-checksums'
options "$@"
document LexConversationLogsSettings.json \
    1e3fe033993b18f75e3b391efc4dd420fd31707f1b9b820cc987e0c513c3ceae
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL=/lex/support-bot
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"

# --- What is there ----------------------------------------------------------

subject bot "the role of the bot ABCDEFGHIJ" none
look bot-role aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text \
    --query "[contains(roleArn,':role/aws-service-role/') && join(' ',['service-linked',roleArn]), ! contains(roleArn,':role/aws-service-role/') && ! (starts_with(roleArn,'arn:aws:iam::111122223333:role/') && ends_with(roleArn,'/SupportBotRole')) && join(' ',['roleArn',roleArn])][] | [?@].[@]"
settle
case $found-$out in
different-service-linked*)
    refuse 'the role of the bot belongs to Amazon Lex, and nobody else can give it permissions. Either switch the logs on in the console, where Amazon Lex changes the role by itself, or give the bot a role of its own; README.md says how.'
    ;;
different-*) refuse 'the bot has another role than the one of this bundle. Give it that role, or ask for a bundle with existing-role and the role that it has; README.md says how.' ;;
esac

subject text-settings "the text logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
look settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.textLogSettings) && 'absent', conversationLogSettings.textLogSettings && ! (conversationLogSettings.textLogSettings[?enabled && ! selectiveLoggingEnabled && contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],destination.cloudWatch.cloudWatchLogGroupArn) && destination.cloudWatch.logPrefix=='live/']) && to_string(conversationLogSettings.textLogSettings)][] | [?@].[@]"
settle

subject audio-settings "the audio logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
look settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.audioLogSettings) && 'absent', conversationLogSettings.audioLogSettings && ! (conversationLogSettings.audioLogSettings[?enabled && ! selectiveLoggingEnabled && destination.s3Bucket.s3BucketArn=='arn:aws:s3:::support-bot-audio-logs' && destination.s3Bucket.logPrefix=='live/' && ! (destination.s3Bucket.kmsKeyArn)]) && to_string(conversationLogSettings.audioLogSettings)][] | [?@].[@]"
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
step 5 "switch on the text and audio logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST
changed=
unchanged aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[lastUpdatedDateTime]"
if [ "$dry_run" = no ]; then
    for file in alias-before.json earlier-text-logs.json earlier-audio-logs.json; do keep "$file"; done
fi
save alias-before.json aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output json
save earlier-text-logs.json aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output json \
    --query "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings"
save earlier-audio-logs.json aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output json \
    --query "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings"
save alias-request.json aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output json \
    --query 'merge({botId: botId, botAliasId: botAliasId, botAliasName: botAliasName}, (description && {description: description}) || `{}`, (botVersion && {botVersion: botVersion}) || `{}`, (botAliasLocaleSettings && {botAliasLocaleSettings: botAliasLocaleSettings}) || `{}`, (sentimentAnalysisSettings && {sentimentAnalysisSettings: sentimentAnalysisSettings}) || `{}`, {conversationLogSettings: merge(conversationLogSettings || `{}`, {textLogSettings: [{destination: {cloudWatch: {cloudWatchLogGroupArn: '\''arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot'\'', logPrefix: '\''live/'\''}}, enabled: `true`}], audioLogSettings: [{destination: {s3Bucket: {logPrefix: '\''live/'\'', s3BucketArn: '\''arn:aws:s3:::support-bot-audio-logs'\''}}, enabled: `true`}]})})'
unchanged aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[lastUpdatedDateTime]"
if [ "$dry_run" = no ]; then note creating; fi
call aws lexv2-models update-bot-alias --cli-input-json file://alias-request.json --region us-east-1
if [ "$code" != 0 ]; then
    note_failure
    failed
fi
prove aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.textLogSettings) && 'absent', conversationLogSettings.textLogSettings && ! (conversationLogSettings.textLogSettings[?enabled && ! selectiveLoggingEnabled && contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],destination.cloudWatch.cloudWatchLogGroupArn) && destination.cloudWatch.logPrefix=='live/']) && to_string(conversationLogSettings.textLogSettings)][] | [?@].[@]"
prove aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.audioLogSettings) && 'absent', conversationLogSettings.audioLogSettings && ! (conversationLogSettings.audioLogSettings[?enabled && ! selectiveLoggingEnabled && destination.s3Bucket.s3BucketArn=='arn:aws:s3:::support-bot-audio-logs' && destination.s3Bucket.logPrefix=='live/' && ! (destination.s3Bucket.kmsKeyArn)]) && to_string(conversationLogSettings.audioLogSettings)][] | [?@].[@]"
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
