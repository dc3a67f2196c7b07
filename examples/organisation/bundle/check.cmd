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
call .\functions.cmd begin check "" aws-us-gov 111122223333 us-gov-west-1 || goto end
call .\functions.cmd role svc-lex-conversation-logs LexConversationLogsAssumeRolePolicyDocument.json /service/lex/ arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call :expect boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call :read aws iam get-role --role-name svc-lex-conversation-logs ^
    --query Role.PermissionsBoundary.PermissionsBoundaryArn
call :expect tags 3
call :read aws iam list-role-tags --role-name svc-lex-conversation-logs ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :report
call .\functions.cmd policy svc-lex-logs-cloudwatch LexConversationLogsCloudWatchLogsPolicy.json
call :expect tags 3
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :report
call .\functions.cmd attachment svc-lex-logs-cloudwatch svc-lex-conversation-logs
call :report
call .\functions.cmd policy svc-lex-logs-s3 LexConversationLogsS3Policy.json
call :expect tags 3
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :report
call .\functions.cmd attachment svc-lex-logs-s3 svc-lex-conversation-logs
call :report
call .\functions.cmd name "log group /org/voice/lex/support-bot" /org/voice/lex/support-bot
call :target aws logs describe-log-groups --log-group-name-prefix /org/voice/lex/support-bot ^
    --no-paginate --region us-gov-west-1 ^
    --query "logGroups[?logGroupName=='/org/voice/lex/support-bot'].logGroupName|[0]"
call .\functions.cmd name "bucket org-voice-archive" us-gov-west-1
call :target aws s3api get-bucket-location --bucket org-voice-archive ^
    --expected-bucket-owner 111122223333 --region us-gov-west-1 ^
    --query "LocationConstraint||'us-east-1'"
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
rem Compare that with what the command prints; None means that it has no value.
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
for /f "delims=" %%V in ("%VALUE%") do >>"%WORK%\details.txt" echo       in the bundle:   %PROPERTY% %%V
:differs
set "STATE=differs"
for %%P in (region policy) do if "%PROPERTY%"=="%%P" set "ELSEWHERE=yes"& exit /b
if defined --update set "STATE=update"
set "DIFFERENCES=%DIFFERENCES% %NUMBER%-%PROPERTY%"
exit /b
