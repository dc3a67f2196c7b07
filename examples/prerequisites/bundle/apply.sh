#!/bin/sh
# Lets Amazon Lex V2 write conversation logs in AWS account 111122223333, eu-west-1. From lexlogs 0.1.0.
#   1. create the log group /lex/support-bot
#   2. set the retention of the log group /lex/support-bot to 30 days
#   3. create the bucket support-bot-audio-logs
#   4. block public access to the bucket support-bot-audio-logs
#   5. set the default encryption of the bucket support-bot-audio-logs
#   6. set the tags of the bucket support-bot-audio-logs
#   7. create the role LexConversationLogsRole
#   8. create the policy LexConversationLogsCloudWatchLogsPolicy
#   9. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role LexConversationLogsRole
#   10. create the policy LexConversationLogsS3Policy
#   11. attach the policy LexConversationLogsS3Policy to the role LexConversationLogsRole
#   12. create the policy LexConversationLogsKMSPolicy
#   13. attach the policy LexConversationLogsKMSPolicy to the role LexConversationLogsRole
#
# usage: sh apply.sh [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run   compare, print the plan and the commands that would run, change nothing
#   --update    also replace what exists and differs
#   --yes       do not ask before the first change
#   --verbose   also print the commands that only read
# Exit codes: 0 done, 1 something differs, 2 refused before any change, 3 a call failed.

case $0 in */*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;; esac
if [ ! -f functions.sh ]; then echo 'apply: functions.sh is missing beside this script. Extract the whole zip.' >&2; exit 2; fi
. ./functions.sh
# In the first pass, print the step's line of the plan. In the second, do what the plan says.
create() {
    case $phase-$plan in
    compare-*) line "$state" ;;
    *" $number-create "*) run creating created "$@"; has --dry-run || [ -z "$waiter" ] || get aws iam wait $waiter || failed ;;
    *" $number-update "*) case $differences in *" $number-document "*) make_room; run updating updated aws iam $replacing ;; esac ;;
    *) record "in place: $resource" ;;
    esac
}
# IAM keeps five versions of a policy: of five, the oldest that is not the default goes before a new one comes.
make_room() {
    case $replacing in create-policy-version*) ;; *) return ;; esac
    get aws iam list-policy-versions --policy-arn "$resource" --output text \
        --query '[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]'
    [ "$out" = None ] || run "deleting $out" "deleted $out" aws iam delete-policy-version --policy-arn "$resource" --version-id "$out"
}
# made RESOURCE: what the receipt says last of creating it, in $last.
made() {
    last=$({ tr -d '\r' <receipt.txt; } 2>/dev/null |
        grep -xF -e "creating: $1" -e "created: $1" -e "not created: $1" -e "removed: $1" | tail -n 1)
    last=${last%%: *}
    # A call got no answer, and a later run updated what it found: that had existed before.
    if [ "$last" = creating ] && tr -d '\r' <receipt.txt | grep -qxF "updating: $1"; then last=updating; fi
}
absent='\((NoSuch[A-Za-z]*|ResourceNotFoundException|ServerSideEncryptionConfigurationNotFoundError)\)'

# thing NAME RESOURCE: a step that is neither a role, a policy nor an attachment.
thing() {
    waiter='' replacing=''
    name "$1" "$2" || return 0
    state=unknown
}
# expect PROPERTY VALUE COMMAND...: compare one value with what the command prints; None means that there is none.
expect() {
    if [ "$phase" = run ] || [ "$state" = create ] || [ -n "$elsewhere" ]; then return; fi
    property=$1 value=$2
    shift 2
    if ! get "$@" --output text || [ "$out" = None ]; then out=; fi
    case $state-$out in
    unknown-"$value") state='in place'; return ;;
    unknown-) state=create; return ;;
    *-"$value") return ;;
    esac
    printf '      in the account:  %s %s\n      in the bundle:   %s %s\n' "$property" "${out:-none}" "$property" "$value" >>"$work/details"
    differs "$property"
    if [ "$property" = region ]; then state=differs elsewhere=yes; fi
}
# part_of NUMBER RESOURCE [left]: what belongs to the thing of that step comes with it, in a later run too if this one breaks
# off. If that existed before, --update changes its part, or it is left as it is.
part_of() {
    if [ "$phase" = run ] || [ "$state" = 'in place' ]; then return; fi
    made "$resource"; child=$last
    made "$2"
    case $plan in *" $1-create "* | *" $1-missing "*) last=creating ;; esac
    case $last-$child in
    created-created) ;;
    created-* | creating-*) state=create; : >"$work/details"; return ;;
    esac
    if [ -n "${3:-}" ]; then state='in place'; : >"$work/details"; return; fi
    if [ "$state" = create ]; then
        printf '      in the account:  %s none\n      in the bundle:   %s %s\n' "$property" "$property" "$value" >>"$work/details"
        differs "$property"
    fi
}
# put COMMAND...: the same command creates and updates it.
put() {
    case $phase-$plan in run-*" $number-update "*) run updating updated "$@" ;; *) create "$@" ;; esac
}
# update PROPERTY COMMAND...: change a property that differs.
update() {
    case $phase-$plan-$differences in run-*" $number-update "*-*" $number-$1 "*) shift; run updating updated "$@" ;; esac
}

begin apply '--dry-run --update --yes' aws 111122223333 eu-west-1 "$@"

# The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
steps() {
thing "log group /lex/support-bot" \
    arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
expect existence /lex/support-bot \
    aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate \
    --region eu-west-1 \
    --query "logGroups[?logGroupName=='/lex/support-bot'].logGroupName|[0]"
create aws logs create-log-group \
    --log-group-name /lex/support-bot \
    --tags file://LexConversationLogsLogGroupTags.json \
    --region eu-west-1

thing "retention of log group /lex/support-bot" \
    "retention of arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot"
expect retention 30 \
    aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate \
    --region eu-west-1 \
    --query "logGroups[?logGroupName=='/lex/support-bot'].retentionInDays|[0]"
part_of 1 arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
put aws logs put-retention-policy \
    --log-group-name /lex/support-bot \
    --retention-in-days 30 \
    --region eu-west-1

thing "bucket support-bot-audio-logs" \
    arn:aws:s3:::support-bot-audio-logs
expect region eu-west-1 \
    aws s3api get-bucket-location --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "(LocationConstraint=='EU' && 'eu-west-1')||LocationConstraint||'us-east-1'"
create aws s3api create-bucket \
    --bucket support-bot-audio-logs \
    --create-bucket-configuration "LocationConstraint=eu-west-1" \
    --region eu-west-1

thing "public access block of bucket support-bot-audio-logs" \
    "public access block of arn:aws:s3:::support-bot-audio-logs"
expect public-access-block 4 \
    aws s3api get-public-access-block --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "length(values(PublicAccessBlockConfiguration)[?@])"
part_of 3 arn:aws:s3:::support-bot-audio-logs
put aws s3api put-public-access-block \
    --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 \
    --public-access-block-configuration "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true" \
    --region eu-west-1

thing "default encryption of bucket support-bot-audio-logs" \
    "default encryption of arn:aws:s3:::support-bot-audio-logs"
expect encryption arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab \
    aws s3api get-bucket-encryption --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "ServerSideEncryptionConfiguration.Rules[0].*.KMSMasterKeyID|[0]"
part_of 3 arn:aws:s3:::support-bot-audio-logs
put aws s3api put-bucket-encryption \
    --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 \
    --server-side-encryption-configuration "Rules=[{ApplyServerSideEncryptionByDefault={SSEAlgorithm=aws:kms,KMSMasterKeyID=arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab},BucketKeyEnabled=true}]" \
    --region eu-west-1

thing "tags of bucket support-bot-audio-logs" \
    "tags of arn:aws:s3:::support-bot-audio-logs"
expect tags 1 \
    aws s3api get-bucket-tagging --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 --region eu-west-1 \
    --query "length(TagSet[?(Key=='CostCenter' && Value=='4711')])"
part_of 3 arn:aws:s3:::support-bot-audio-logs left
create aws s3api put-bucket-tagging \
    --bucket support-bot-audio-logs \
    --expected-bucket-owner 111122223333 \
    --tagging file://LexConversationLogsBucketTags.json \
    --region eu-west-1

role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
expect tags 1 \
    aws iam list-role-tags --role-name LexConversationLogsRole \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
create aws iam create-role \
    --role-name LexConversationLogsRole \
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json \
    --tags file://LexConversationLogsTags.json
update tags aws iam tag-role --role-name LexConversationLogsRole \
    --tags file://LexConversationLogsTags.json

policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
create aws iam create-policy \
    --policy-name LexConversationLogsCloudWatchLogsPolicy \
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json \
    --tags file://LexConversationLogsTags.json
update tags aws iam tag-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --tags file://LexConversationLogsTags.json

attachment LexConversationLogsCloudWatchLogsPolicy LexConversationLogsRole
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy \
    --role-name LexConversationLogsRole

policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
create aws iam create-policy \
    --policy-name LexConversationLogsS3Policy \
    --policy-document file://LexConversationLogsS3Policy.json \
    --tags file://LexConversationLogsTags.json
update tags aws iam tag-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --tags file://LexConversationLogsTags.json

attachment LexConversationLogsS3Policy LexConversationLogsRole
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy \
    --role-name LexConversationLogsRole

policy LexConversationLogsKMSPolicy LexConversationLogsKMSPolicy.json
expect tags 1 \
    aws iam list-policy-tags \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy \
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
create aws iam create-policy \
    --policy-name LexConversationLogsKMSPolicy \
    --policy-document file://LexConversationLogsKMSPolicy.json \
    --tags file://LexConversationLogsTags.json
update tags aws iam tag-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy \
    --tags file://LexConversationLogsTags.json

attachment LexConversationLogsKMSPolicy LexConversationLogsRole
create aws iam attach-role-policy \
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy \
    --role-name LexConversationLogsRole
}

echo 'Plan:'
steps
case $plan in *-differs*) has --dry-run || stop 1 'something differs. --update replaces a document; README.md says more.' ;; esac
confirm "Make these $changes changes in account 111122223333?" eb8ae24329cea492e25ceae996ca0d26ed2330b80f10669c4f26d27ba317822f
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was created, for undo.'; fi
