@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Lets Amazon Lex V2 write conversation logs in AWS account 111122223333, eu-west-1. From lexlogs 0.1.0.
rem   1. create the log group /lex/support-bot
rem   2. set the retention of the log group /lex/support-bot to 30 days
rem   3. create the bucket support-bot-audio-logs
rem   4. block public access to the bucket support-bot-audio-logs
rem   5. set the default encryption of the bucket support-bot-audio-logs
rem   6. set the tags of the bucket support-bot-audio-logs
rem   7. create the role LexConversationLogsRole
rem   8. create the policy LexConversationLogsCloudWatchLogsPolicy
rem   9. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role LexConversationLogsRole
rem   10. create the policy LexConversationLogsS3Policy
rem   11. attach the policy LexConversationLogsS3Policy to the role LexConversationLogsRole
rem   12. create the policy LexConversationLogsKMSPolicy
rem   13. attach the policy LexConversationLogsKMSPolicy to the role LexConversationLogsRole
rem
rem usage: apply.cmd [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run   compare, print the plan and the commands that would run, change nothing
rem   --update    also replace what exists and differs
rem   --yes       do not ask before the first change
rem   --verbose   also print the commands that only read
rem Exit codes: 0 done, 1 something differs, 2 refused before any change, 3 a call failed.

set "SELF=%~f0"
<nul >nul set ARGUMENTS=. %*
rem (If the arguments end with a caret, this line belongs to them.)
for %%V in ("WORK=" "CODE=0") do set %%V
pushd "%~dp0" || exit /b 2
if not exist functions.cmd >&2 echo apply: functions.cmd is missing beside this script. Extract the whole zip.& set "CODE=2"& goto end
call .\functions.cmd begin apply "--dry-run --update --yes" aws 111122223333 eu-west-1 || goto end
echo Plan:
call :steps
if defined DIFFERING if not defined --dry-run call .\functions.cmd stop 1 ^
    "something differs. --update replaces a document; README.md says more."
call .\functions.cmd confirm "Make these %CHANGES% changes in account 111122223333?" ^
    eb8ae24329cea492e25ceae996ca0d26ed2330b80f10669c4f26d27ba317822f || goto end
call :steps
if "%CODE%"=="0" if defined --dry-run (echo Dry run: nothing was changed.) else echo Done. receipt.txt lists what was created, for undo.

:end
if defined WORK rd /s /q "%WORK%"
rem The window of a script that was double-clicked closes with it. Explorer's command line is the one that ends like this.
setlocal EnableDelayedExpansion
set "LINE=!CMDCMDLINE:"=!"
if /i "!LINE!"=="!ComSpec! /c !SELF! " pause
popd
exit /b %CODE%

rem The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
:steps
call :thing "log group /lex/support-bot" ^
    arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
call :expect existence /lex/support-bot
call :read aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate ^
    --region eu-west-1 ^
    --query "logGroups[?logGroupName=='/lex/support-bot'].logGroupName|[0]"
call :create aws logs create-log-group ^
    --log-group-name /lex/support-bot ^
    --tags file://LexConversationLogsLogGroupTags.json ^
    --region eu-west-1

call :thing "retention of log group /lex/support-bot" ^
    "retention of arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot"
call :expect retention 30
call :read aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate ^
    --region eu-west-1 ^
    --query "logGroups[?logGroupName=='/lex/support-bot'].retentionInDays|[0]"
call :part_of 1 arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
call :put aws logs put-retention-policy ^
    --log-group-name /lex/support-bot ^
    --retention-in-days 30 ^
    --region eu-west-1

call :thing "bucket support-bot-audio-logs" ^
    arn:aws:s3:::support-bot-audio-logs
call :expect region eu-west-1
call :read aws s3api get-bucket-location --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "(LocationConstraint=='EU' && 'eu-west-1')||LocationConstraint||'us-east-1'"
call :create aws s3api create-bucket ^
    --bucket support-bot-audio-logs ^
    --create-bucket-configuration "LocationConstraint=eu-west-1" ^
    --region eu-west-1

call :thing "public access block of bucket support-bot-audio-logs" ^
    "public access block of arn:aws:s3:::support-bot-audio-logs"
call :expect public-access-block 4
call :read aws s3api get-public-access-block --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "length(values(PublicAccessBlockConfiguration)[?@])"
call :part_of 3 arn:aws:s3:::support-bot-audio-logs
call :put aws s3api put-public-access-block ^
    --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 ^
    --public-access-block-configuration "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true" ^
    --region eu-west-1

call :thing "default encryption of bucket support-bot-audio-logs" ^
    "default encryption of arn:aws:s3:::support-bot-audio-logs"
call :expect encryption arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
call :read aws s3api get-bucket-encryption --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "ServerSideEncryptionConfiguration.Rules[0].*.KMSMasterKeyID|[0]"
call :part_of 3 arn:aws:s3:::support-bot-audio-logs
call :put aws s3api put-bucket-encryption ^
    --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 ^
    --server-side-encryption-configuration "Rules=[{ApplyServerSideEncryptionByDefault={SSEAlgorithm=aws:kms,KMSMasterKeyID=arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab},BucketKeyEnabled=true}]" ^
    --region eu-west-1

call :thing "tags of bucket support-bot-audio-logs" ^
    "tags of arn:aws:s3:::support-bot-audio-logs"
call :expect tags 1
call :read aws s3api get-bucket-tagging --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "length(TagSet[?(Key=='CostCenter' && Value=='4711')])"
call :part_of 3 arn:aws:s3:::support-bot-audio-logs left
call :create aws s3api put-bucket-tagging ^
    --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 ^
    --tagging file://LexConversationLogsBucketTags.json ^
    --region eu-west-1

call .\functions.cmd role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
call :expect tags 1
call :read aws iam list-role-tags --role-name LexConversationLogsRole ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :create aws iam create-role ^
    --role-name LexConversationLogsRole ^
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json ^
    --tags file://LexConversationLogsTags.json
call :update tags aws iam tag-role --role-name LexConversationLogsRole ^
    --tags file://LexConversationLogsTags.json

call .\functions.cmd policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
call :expect tags 1
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :create aws iam create-policy ^
    --policy-name LexConversationLogsCloudWatchLogsPolicy ^
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json ^
    --tags file://LexConversationLogsTags.json
call :update tags aws iam tag-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^
    --tags file://LexConversationLogsTags.json

call .\functions.cmd attachment LexConversationLogsCloudWatchLogsPolicy LexConversationLogsRole
call :create aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^
    --role-name LexConversationLogsRole

call .\functions.cmd policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
call :expect tags 1
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :create aws iam create-policy ^
    --policy-name LexConversationLogsS3Policy ^
    --policy-document file://LexConversationLogsS3Policy.json ^
    --tags file://LexConversationLogsTags.json
call :update tags aws iam tag-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^
    --tags file://LexConversationLogsTags.json

call .\functions.cmd attachment LexConversationLogsS3Policy LexConversationLogsRole
call :create aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^
    --role-name LexConversationLogsRole

call .\functions.cmd policy LexConversationLogsKMSPolicy LexConversationLogsKMSPolicy.json
call :expect tags 1
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :create aws iam create-policy ^
    --policy-name LexConversationLogsKMSPolicy ^
    --policy-document file://LexConversationLogsKMSPolicy.json ^
    --tags file://LexConversationLogsTags.json
call :update tags aws iam tag-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy ^
    --tags file://LexConversationLogsTags.json

call .\functions.cmd attachment LexConversationLogsKMSPolicy LexConversationLogsRole
call :create aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy ^
    --role-name LexConversationLogsRole
exit /b

rem In the first pass, print the step's line of the plan. In the second, do what the plan says.
:create
if "%PHASE%"=="compare" call .\functions.cmd line "%STATE%"& exit /b
if "%STATE%"=="create" call .\functions.cmd run creating created %*& exit /b
if not "%STATE%"=="update" call .\functions.cmd record "in place: !RESOURCE!"& exit /b
for %%D in (%DIFFERENCES%) do if "%%D"=="%NUMBER%-document" goto replace
exit /b
:replace
if "%KIND%"=="policy" call :make_room
call .\functions.cmd run updating updated aws iam %REPLACING%
exit /b
rem IAM keeps five versions of a policy: of five, the oldest that is not the default goes before a new one comes.
:make_room
call .\functions.cmd get aws iam list-policy-versions --policy-arn "%POLICY%" --output text ^
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
call .\functions.cmd version
if "%VERSION%"=="None" exit /b
call .\functions.cmd run "deleting %VERSION%" "deleted %VERSION%" aws iam delete-policy-version ^
    --policy-arn "%POLICY%" --version-id %VERSION%
exit /b
rem What the receipt says last of creating a resource: LAST.
:made
for %%V in (LAST UPDATED) do set "%%V="
if exist receipt.txt for /f "usebackq delims=" %%L in ("receipt.txt") do (
    for %%W in (creating created "not created" removed) do if "%%L"=="%%~W: %~1" set "LAST=%%~W"
    if "%%L"=="updating: %~1" set "UPDATED=yes"
)
rem A call got no answer, and a later run updated what it found: that had existed before.
if "%LAST%"=="creating" if defined UPDATED set "LAST=updating"
exit /b

rem A step that is neither a role, a policy nor an attachment: its name and its resource.
:thing
for %%V in ("KIND=thing" "WAITER=") do set %%V
call .\functions.cmd name "%~1" "%~2" && set "STATE=unknown"
exit /b
rem What the next command must print: the property and its value.
:expect
for %%V in ("PROPERTY=%~1" "VALUE=%~2") do set %%V
exit /b
rem Compare that with what the command prints; None means that there is none.
:read
if not "%PHASE%"=="compare" exit /b
if "%STATE%%ELSEWHERE%"=="create" exit /b
if defined ELSEWHERE exit /b
call .\functions.cmd read %* --output text || exit /b
for %%V in (SAME OTHER) do set "%%V="
if "%RC%"=="0" goto read_done
for %%E in (Entity Bucket TagSet PublicAccessBlockConfiguration) do "%SYSTEM%\find.exe" "(NoSuch%%E)" "%WORK%\err.txt" >nul && set "RC=0"
for %%E in (ResourceNotFoundException ServerSideEncryptionConfigurationNotFoundError) do (
    "%SYSTEM%\find.exe" "(%%E)" "%WORK%\err.txt" >nul && set "RC=0"
)
if not "%RC%"=="0" call .\functions.cmd unread& exit /b
type nul >"%WORK%\out.txt"
:read_done
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%VALUE%" (set "SAME=yes") else if not "%%L"=="None" set "OTHER=yes"
if defined SAME if "%STATE%"=="unknown" set "STATE=in place"
if defined SAME exit /b
if not defined OTHER if "%STATE%"=="unknown" set "STATE=create"& exit /b
if not defined OTHER >"%WORK%\out.txt" echo none
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do >>"%WORK%\details.txt" echo       in the account:  %PROPERTY% %%L
>>"%WORK%\details.txt" echo       in the bundle:   %PROPERTY% %VALUE%
:differs
set "STATE=differs"
if "%PROPERTY%"=="region" set "ELSEWHERE=yes"& exit /b
if defined --update set "STATE=update"
set "DIFFERENCES=%DIFFERENCES% %NUMBER%-%PROPERTY%"
exit /b

rem What belongs to the thing of step %1, resource %2, comes with it, in a later run too if this one breaks off. If that
rem existed before, --update changes its part, or it is left as it is.
:part_of
if not "%PHASE%"=="compare" exit /b
if "%STATE%"=="in place" exit /b
call :made "%RESOURCE%"
set "PART=%LAST%"
call :made "%~2"
call set "PARENT=%%PLAN_%1%%"
for %%W in (create missing) do if "%PARENT%"=="%%W" goto part_is_new
if "%LAST%"=="creating" goto part_is_new
if "%LAST%"=="created" if not "%PART%"=="created" goto part_is_new
if not "%~3"=="" set "STATE=in place"& goto no_details
if not "%STATE%"=="create" exit /b
>>"%WORK%\details.txt" echo       in the account:  %PROPERTY% none
>>"%WORK%\details.txt" echo       in the bundle:   %PROPERTY% %VALUE%
goto differs
:part_is_new
set "STATE=create"
:no_details
if exist "%WORK%\details.txt" del "%WORK%\details.txt"
exit /b
rem The same command creates and updates it.
:put
if not "%PHASE%"=="compare" if "%STATE%"=="update" call .\functions.cmd run updating updated %*& exit /b
goto create
rem Change the property %1 if it differs.
:update
if "%PHASE%"=="compare" exit /b
if not "%STATE%"=="update" exit /b
for %%D in (%DIFFERENCES%) do if "%%D"=="%NUMBER%-%1" call .\functions.cmd run updating updated %*
exit /b
