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
call .\functions.cmd begin check "" aws 111122223333 us-east-1 || goto end
call .\functions.cmd role LexConversationLogsRole LexConversationLogsAssumeRolePolicyDocument.json
call :report
call .\functions.cmd policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
call :report
call .\functions.cmd attachment LexConversationLogsS3Policy LexConversationLogsRole
call :report
call .\functions.cmd name "bucket support-bot-audio-logs" us-east-1
call :target aws s3api get-bucket-location --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region us-east-1 ^
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
