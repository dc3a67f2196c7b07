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
absent='\((NoSuch[A-Za-z]*|ResourceNotFoundException|ServerSideEncryptionConfigurationNotFoundError)\)'

# thing NAME RESOURCE: a step that is neither a role, a policy nor an attachment.
thing() {
    waiter='' replacing=''
    name "$1" "$2" || return 0
    state=unknown
}
# expect PROPERTY VALUE COMMAND...: compare one value with what the command prints; None means that it has no value.
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
    other
}
# other: whether that can be updated is up to --update; a Region cannot, and a bucket's policy is left to a person.
other() {
    differs "$property"
    case $property in region | policy) state=differs elsewhere=yes ;; esac
}

begin check '' aws-us-gov 111122223333 us-gov-west-1 "$@"
role svc-lex-conversation-logs LexConversationLogsAssumeRolePolicyDocument.json /service/lex/ arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
expect boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary \
    aws iam get-role --role-name svc-lex-conversation-logs \
    --query Role.PermissionsBoundary.PermissionsBoundaryArn
expect tags 3 \
    aws iam list-role-tags --role-name svc-lex-conversation-logs \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
report
policy svc-lex-logs-cloudwatch LexConversationLogsCloudWatchLogsPolicy.json
expect tags 3 \
    aws iam list-policy-tags \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
report
attachment svc-lex-logs-cloudwatch svc-lex-conversation-logs
report
policy svc-lex-logs-s3 LexConversationLogsS3Policy.json
expect tags 3 \
    aws iam list-policy-tags \
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 \
    --query 'length(Tags[?(Key=='\''CostCenter'\'' && Value=='\''4711'\'') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='\''Owner'\'' && Value=='\''voice team'\'')])'
report
attachment svc-lex-logs-s3 svc-lex-conversation-logs
report
steps=$plan
target "log group /org/voice/lex/support-bot" /org/voice/lex/support-bot \
    aws logs describe-log-groups --log-group-name-prefix /org/voice/lex/support-bot \
    --no-paginate --region us-gov-west-1 \
    --query "logGroups[?logGroupName=='/org/voice/lex/support-bot'].logGroupName|[0]"
target "bucket org-voice-archive" us-gov-west-1 \
    aws s3api get-bucket-location --bucket org-voice-archive \
    --expected-bucket-owner 111122223333 --region us-gov-west-1 \
    --query "LocationConstraint||'us-east-1'"

case $steps,$plan in *-missing*,* | *-differs*) printf '\nNot in place.\n'; exit 1 ;; esac
printf '\nThe role and policies are in place.\n'
if [ -n "$missing" ]; then printf 'Still missing: %s (create it before you switch logs on).\n' "${missing#, }"; fi
