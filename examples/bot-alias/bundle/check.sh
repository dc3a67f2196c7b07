#!/bin/sh
# check.sh - says whether the AWS account 111122223333 is as this bundle makes it. It changes nothing.
# Made by lexlogs 0.1.0. It looks at this, in this order:
#   1. the policy LexConversationLogsCloudWatchLogsPolicy
#   2. the policy LexConversationLogsCloudWatchLogsPolicy on the role SupportBotRole
#   3. the policy LexConversationLogsS3Policy
#   4. the policy LexConversationLogsS3Policy on the role SupportBotRole
# and at what the logs are written to, and at the bot and its alias.
#
#   sh check.sh              look
#   sh check.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 in place; 1 something is absent or differs; 2 refused; 3 a call failed, so it could not tell.

# (Queries hold backquotes, which are JMESPath's; a search holds quotes of its own.)
# shellcheck shell=sh source=functions.sh disable=SC2016,SC1003

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh check.sh [--dry-run] [--profile NAME] [--region NAME]
  --dry-run          print every command, call nothing
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Looks at what is no step's, which the caller may not be permitted to.
look_target() {
    aspect=$1
    shift
    call "$@"
    if [ "$dry_run" = yes ]; then return; fi
    case $code-$err in
    0-*) ;;
    *'(AccessDenied'* | *'(403)'*)
        printf '%s\n' "$err" >&2
        printf '  could not be looked at: it is not permitted, or another account has it\n'
        found=unknown unseen=yes
        return
        ;;
    *'(NoSuchBucket)'* | *'(404)'* | *'(ResourceNotFoundException)'* | *'(NotFoundException)'*) out=absent ;;
    *) failed ;;
    esac
    case $out in
    '') found=same ;;
    absent) found=absent ;;
    *) differs ;;
    esac
}

# The documents and the functions are beside this script; those tell what they do.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;;
esac
if [ ! -f functions.sh ]; then
    echo 'check: functions.sh is missing beside this script. Extract the whole zip, then run the script in its folder.' >&2
    echo 'Nothing was changed.' >&2
    exit 2
fi
. ./functions.sh
script=check account=111122223333 bundle_region=us-east-1 steps=4
bundle=lex-conversation-logs-111122223333-us-east-1-SupportBotRole
digest=9c561687df297359bad1570c8e02076fed0ca9e97734d49696441e22de56f419 generator="lexlogs 0.1.0"

# --- Before anything is looked at -------------------------------------------

switches=''
options "$@"
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL=/lex/support-bot
sign_in aws sts get-caller-identity --output text \
    --query "[Account,Arn]"
# --- What is there ----------------------------------------------------------

subject role "the IAM role SupportBotRole" none
look path aws iam get-role --role-name SupportBotRole --output text \
    --query "[! Role.Arn && 'Arn'][] | [?@].[@]"
look existing-trust aws iam get-role --role-name SupportBotRole --output text \
    --query "[! ([Role.AssumeRolePolicyDocument.Statement][] | [?Effect=='Allow' && contains([Principal.Service][],'lexv2.amazonaws.com') && contains([Action][],'sts:AssumeRole')]) && 'no statement lets lexv2.amazonaws.com assume the role'][] | [?@].[@]"
settle

subject 1 "the policy LexConversationLogsCloudWatchLogsPolicy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsCloudWatchLogsPolicy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[join(' ',['Arn',Arn])]"
settle

subject 2 "the policy LexConversationLogsCloudWatchLogsPolicy on the role SupportBotRole" none
look attached aws iam list-attached-role-policies --role-name SupportBotRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[PolicyArn]"
settle

subject 3 "the policy LexConversationLogsS3Policy" none
look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text \
    --query Policy.DefaultVersionId
look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id "$version" --output text \
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:s3:::support-bot-audio-logs/live/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
look name aws iam list-policies --scope Local --output text \
    --query "Policies[?PolicyName=='LexConversationLogsS3Policy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[join(' ',['Arn',Arn])]"
settle

subject 4 "the policy LexConversationLogsS3Policy on the role SupportBotRole" none
look attached aws iam list-attached-role-policies --role-name SupportBotRole --output text \
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[PolicyArn]"
settle
unseen=

subject log-group "the log group /lex/support-bot" none
look_target target aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate --region us-east-1 --output text \
    --query "[! (logGroups[?logGroupName=='/lex/support-bot']) && 'absent'][] | [?@].[@]"
settle

subject bucket "the bucket support-bot-audio-logs" none
look_target target aws s3api get-bucket-location --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region us-east-1 --output text \
    --query "[LocationConstraint && join(' ',['Region',LocationConstraint||'us-east-1'])][] | [?@].[@]"
settle

subject bot "the role of the bot ABCDEFGHIJ" none
look_target bot-role aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text \
    --query "[contains(roleArn,':role/aws-service-role/') && join(' ',['service-linked',roleArn]), ! contains(roleArn,':role/aws-service-role/') && ! (starts_with(roleArn,'arn:aws:iam::111122223333:role/') && ends_with(roleArn,'/SupportBotRole')) && join(' ',['roleArn',roleArn])][] | [?@].[@]"
settle

subject text-settings "the text logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
look_target settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.textLogSettings) && 'absent', conversationLogSettings.textLogSettings && ! (conversationLogSettings.textLogSettings[?enabled && ! selectiveLoggingEnabled && contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],destination.cloudWatch.cloudWatchLogGroupArn) && destination.cloudWatch.logPrefix=='live/']) && to_string(conversationLogSettings.textLogSettings)][] | [?@].[@]"
settle

subject audio-settings "the audio logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
look_target settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text \
    --query "[! (conversationLogSettings.audioLogSettings) && 'absent', conversationLogSettings.audioLogSettings && ! (conversationLogSettings.audioLogSettings[?enabled && ! selectiveLoggingEnabled && destination.s3Bucket.s3BucketArn=='arn:aws:s3:::support-bot-audio-logs' && destination.s3Bucket.logPrefix=='live/' && ! (destination.s3Bucket.kmsKeyArn)]) && to_string(conversationLogSettings.audioLogSettings)][] | [?@].[@]"
settle

# --- Whether logs arrive ----------------------------------------------------

printf '\nLooking at what was delivered in the last hour:\n'
# Where it is UTC1 the clock is an hour behind.
start=$(TZ=UTC1 date +%Y-%m-%dT%H:%M:%SZ) end=$(TZ=UTC0 date +%Y-%m-%dT%H:%M:%SZ)
call aws cloudwatch get-metric-data --metric-data-queries 'Id=logs,Expression='\''SEARCH(\'\''MetricName=(ConversationLogsTextDeliverySuccess OR ConversationLogsTextDeliveryFailure OR ConversationLogsAudioDeliverySuccess OR ConversationLogsAudioDeliveryFailure) ABCDEFGHIJ\'\'', \'\''Sum\'\'', 3600)'\''' --start-time "$start" --end-time "$end" --region us-east-1 --output text \
    --query "MetricDataResults[?Values].[join(' ',[Label,to_string(sum(Values))])]"
if [ "$code" != 0 ]; then
    printf '%s\n' "$err" >&2
    printf '  could not be looked at\n'
    unseen=yes
elif [ -n "$out" ]; then
    printf '%s\n' "$out" | sed 's/^/  /'
elif [ "$dry_run" = no ]; then
    printf '  nothing: no conversation was logged, and none failed to be\n'
fi

# --- What that means --------------------------------------------------------

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called.\n'
    exit 0
fi
if [ -n "$unseen" ]; then
    printf '\ncheck: warning: not everything could be looked at, as said above.\n' >&2
fi
if [ -n "$verdict" ]; then
    printf '\nNot in place:\n%s' "$verdict"
    exit 1
fi
printf '\nIn place, as this bundle makes it.\n'
exit 0
