@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Compares AWS account 111122223333 with this bundle. Changes nothing. From lexlogs 0.1.0.
rem
rem usage: check.cmd [--verbose] [--profile NAME] [--region NAME]
rem   --verbose   also print the commands
rem Exit codes: 0 the role and policies are in place, 1 they are not, 2 refused, 3 a call failed.

set "SELF=%~f0"
<nul >nul set ARGUMENTS=. %*
rem (If the arguments end with a caret, this line belongs to them.)
for %%V in ("WORK=" "CODE=0") do set %%V
pushd "%~dp0" || exit /b 2
if not exist functions.cmd >&2 echo check: functions.cmd is missing beside this script. Extract the whole zip.& set "CODE=2"& goto end
for %%V in (ABSENT MISSING OFF) do set "%%V="
call .\functions.cmd begin check "" aws 111122223333 eu-west-1 || goto end
call :thing "log group /lex/support-bot" ^
    arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot
call :expect existence /lex/support-bot
call :read aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate ^
    --region eu-west-1 ^
    --query "logGroups[?logGroupName=='/lex/support-bot'].logGroupName|[0]"
call :report
call :thing "retention of log group /lex/support-bot" ^
    "retention of arn:aws:logs:eu-west-1:111122223333:log-group:/lex/support-bot"
call :expect retention 30
call :read aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate ^
    --region eu-west-1 ^
    --query "logGroups[?logGroupName=='/lex/support-bot'].retentionInDays|[0]"
call :report
call :thing "bucket support-bot-audio-logs" ^
    arn:aws:s3:::support-bot-audio-logs
call :expect region eu-west-1
call :read aws s3api get-bucket-location --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "(LocationConstraint=='EU' && 'eu-west-1')||LocationConstraint||'us-east-1'"
call :report
call :thing "public access block of bucket support-bot-audio-logs" ^
    "public access block of arn:aws:s3:::support-bot-audio-logs"
call :expect public-access-block 4
call :read aws s3api get-public-access-block --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "length(values(PublicAccessBlockConfiguration)[?@])"
call :report
call :thing "default encryption of bucket support-bot-audio-logs" ^
    "default encryption of arn:aws:s3:::support-bot-audio-logs"
call :expect encryption arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
call :read aws s3api get-bucket-encryption --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "ServerSideEncryptionConfiguration.Rules[0].*.KMSMasterKeyID|[0]"
call :report
call :thing "tags of bucket support-bot-audio-logs" ^
    "tags of arn:aws:s3:::support-bot-audio-logs"
call :expect tags 1
call :read aws s3api get-bucket-tagging --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region eu-west-1 ^
    --query "length(TagSet[?(Key=='CostCenter' && Value=='4711')])"
call :part_of 3 arn:aws:s3:::support-bot-audio-logs left
call :report
call .\functions.cmd role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
call :expect tags 1
call :read aws iam list-role-tags --role-name LexConversationLogsRole ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :report
call .\functions.cmd policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
call :expect tags 1
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :report
call .\functions.cmd attachment LexConversationLogsCloudWatchLogsPolicy LexConversationLogsRole
call :report
call .\functions.cmd policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
call :expect tags 1
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :report
call .\functions.cmd attachment LexConversationLogsS3Policy LexConversationLogsRole
call :report
call .\functions.cmd policy LexConversationLogsKMSPolicy LexConversationLogsKMSPolicy.json
call :expect tags 1
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsKMSPolicy ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711')])"
call :report
call .\functions.cmd attachment LexConversationLogsKMSPolicy LexConversationLogsRole
call :report
call .\functions.cmd name "KMS key arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" "Enabled SYMMETRIC_DEFAULT"
call :target aws kms describe-key ^
    --key-id arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab ^
    --region eu-west-1 --query "KeyMetadata.join(' ',[KeyState,KeySpec])"
if not "%CODE%"=="0" goto end
echo.
if defined ABSENT echo Not in place.& set "CODE=1"& goto end
echo The role and policies are in place.
if defined MISSING echo Still missing: %MISSING:~2% ^(create it before you switch logs on^).

:end
if defined WORK rd /s /q "%WORK%"
rem The window of a script that was double-clicked closes with it. Explorer's command line is the one that ends like this.
setlocal EnableDelayedExpansion
set "LINE=!CMDCMDLINE:"=!"
if /i "!LINE!"=="!ComSpec! /c !SELF! " pause
popd
exit /b %CODE%

:report
if "%STATE%"=="create" set "STATE=missing"
if not "%STATE%"=="in place" set "ABSENT=yes"
call .\functions.cmd line "%STATE%"
exit /b

rem Compare what the logs need, which the caller may not be permitted to see, with the value that was named.
:target
call .\functions.cmd read %* --output text || exit /b
set "STATE=missing"
if not "%RC%"=="0" goto target_refused
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%RESOURCE%" (set "STATE=in place") else if not "%%L"=="None" (
    set "STATE=differs"
    >>"%WORK%\details.txt" echo       in the account:  %%L
    >>"%WORK%\details.txt" echo       in the bundle:   %RESOURCE%
)
:target_known
if "%STATE%"=="missing" set "MISSING=%MISSING%, %WHAT%"
if "%STATE%"=="differs" set "ABSENT=yes"
call .\functions.cmd line "%STATE%"
exit /b
:target_refused
for %%E in ("(AccessDenied" "(403)") do "%SYSTEM%\find.exe" %%E "%WORK%\err.txt" >nul && set "STATE=unknown"
if "%STATE%"=="unknown" goto target_known
for %%E in ("(NoSuchBucket)" "(404)" "(ResourceNotFoundException)" "(NotFoundException)") do (
    "%SYSTEM%\find.exe" %%E "%WORK%\err.txt" >nul && goto target_known
)
call .\functions.cmd unread
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
