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
call :keep_selective || goto end
call :existing_role SupportBotRole lexv2.amazonaws.com
call .\functions.cmd policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
call :report
call .\functions.cmd attachment LexConversationLogsCloudWatchLogsPolicy SupportBotRole
call :report
call .\functions.cmd policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
call :report
call .\functions.cmd attachment LexConversationLogsS3Policy SupportBotRole
call :report
call .\functions.cmd name "log group /lex/support-bot" /lex/support-bot
call :target aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate ^
    --region us-east-1 ^
    --query "logGroups[?logGroupName=='/lex/support-bot'].logGroupName|[0]"
call .\functions.cmd name "bucket support-bot-audio-logs" us-east-1
call :target aws s3api get-bucket-location --bucket support-bot-audio-logs ^
    --expected-bucket-owner 111122223333 --region us-east-1 ^
    --query "LocationConstraint||'us-east-1'"
call :bot_role arn:aws:iam::111122223333:role/SupportBotRole
call :target_known
call :for_children && call :children
call :settings text "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot live/" ^
    "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* live/" ^
    "conversationLogSettings.textLogSettings[0].[enabled,destination.*.*[]][]"
call :settings audio "True arn:aws:s3:::support-bot-audio-logs live/" ^
    "True arn:aws:s3:::support-bot-audio-logs live/" ^
    "conversationLogSettings.audioLogSettings[0].[enabled&&selectiveLoggingEnabled,destination.*.*[]][]"
if not "%CODE%"=="0" goto end
echo.
if defined ABSENT echo Not in place.& set "CODE=1"& goto end
echo The role and policies are in place.
if defined MISSING echo Still missing: %MISSING:~2% ^(create it before you switch logs on^).
if defined OFF echo Not switched on yet: %OFF:~2% ^(enable switches them on^).

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

rem The role must exist and trust Amazon Lex: this bundle neither creates, changes nor deletes it.
:existing_role
if not "%PHASE%"=="compare" exit /b
set "WHAT=role %~1"
call .\functions.cmd get aws iam get-role --role-name "%~1" --query Role.Arn --output text ^
    || call .\functions.cmd stop 2 "the role %~1 does not exist, and this bundle does not create it." || exit /b
set "OTHER="
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do set "FOUND=%%L"& if not "%%L"=="%~3" set "OTHER=yes"
if "%~3"=="" set "OTHER="
if defined OTHER call .\functions.cmd stop 1 "the ARN of the role is !FOUND!, not %~3."& exit /b
call .\functions.cmd get aws iam get-role --role-name "%~1" --output text ^
    --query "[Role.AssumeRolePolicyDocument.Statement][][]|[?Effect=='Allow'].[Principal.Service][][].[@]" || exit /b
set "STATE="
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%~2" set "STATE=in place"
if not defined STATE call .\functions.cmd stop 1 "no statement of its trust policy lets %~2 assume the role %~1."& exit /b
call .\functions.cmd line "in place"
exit /b

rem Read what the caller may not be permitted to see. False then.
:look
call .\functions.cmd read %* || exit /b 1
if "%RC%"=="0" exit /b 0
"%SYSTEM%\find.exe" "(AccessDenied" "%WORK%\err.txt" >nul || call .\functions.cmd unread
exit /b 1
:children
for %%V in ("WHAT=privacy of bot ABCDEFGHIJ" "STATE=differs") do set %%V
>>"%WORK%\details.txt" echo       the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it
goto target_known
rem The line of a kind of logs of the alias.
:settings
set "WHAT=%1 logs of alias KLMNOPQRST of bot ABCDEFGHIJ"
call :logs %*
set "STATE=%FOUND%"
if "%FOUND%"=="ours" set "STATE=in place"
if "%FOUND%"=="other" set "STATE=differs"
if not "%FOUND%"=="absent" goto target_known
set "OFF=%OFF%, %1 logs"
call .\functions.cmd line missing
exit /b
:read_alias
call :look aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST ^
    --region us-east-1 %* || exit /b 1
exit /b 0
rem keep_selective: stop if this AWS CLI neither shows nor sends selective logging, and so would switch it off.
rem A skeleton sends nothing to AWS.
:keep_selective
call .\functions.cmd read aws lexv2-models update-bot-alias --generate-cli-skeleton
"%SYSTEM%\find.exe" "selectiveLoggingEnabled" "%WORK%\out.txt" >nul || call .\functions.cmd stop 2 ^
    "this AWS CLI does not know selective logging and could switch it off: use a newer one."
exit /b %CODE%
rem logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: FOUND is ours, absent, other, or unknown.
rem The words: whether the logs are on, selectively if the bundle asks for that; then where they go to.
rem Amazon Lex takes the log group's ARN with :* at its end and without, so both count as the same.
:logs
set "FOUND=unknown"
call :read_alias --output text --query %4 || exit /b 1
set "FOUND=other"
for /f "usebackq tokens=1,2*" %%A in ("%WORK%\out.txt") do (
    for %%W in (None) do if "%%A %%B %%C"=="%%~W  " set "FOUND=absent"
    if "%%A %%B %%C"=="%~2" set "FOUND=ours"
    if "%%A %%B %%C"=="%~3" set "FOUND=ours"
)
if not "%FOUND%"=="other" exit /b 0
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do >>"%WORK%\details.txt" echo       in the account:  %1 logs: %%L
for /f "delims=" %%W in ("%~2") do >>"%WORK%\details.txt" echo       in the bundle:   %1 logs: %%W
exit /b 0
rem bot_role ARN: the bot's role, with which Amazon Lex writes the logs, is compared and never changed.
:bot_role
set "WHAT=role SupportBotRole of bot ABCDEFGHIJ"
set "STATE=unknown"
call :look aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text ^
    --query "[ends_with(roleArn,'/SupportBotRole'),roleArn]" || exit /b 1
set "STATE=differs"
for /f "usebackq tokens=1,2" %%A in ("%WORK%\out.txt") do (
    if "%%A"=="True" set "STATE=in place"
    >"%WORK%\details.txt" echo       in the account:  %%B
)
"%SYSTEM%\find.exe" "arn:aws:iam::111122223333:role/" "%WORK%\out.txt" >nul || set "STATE=differs"
if "%STATE%"=="in place" del "%WORK%\details.txt"& exit /b 0
for /f "delims=" %%A in ("%~1") do >>"%WORK%\details.txt" echo       in the bundle:   %%A
exit /b 0
rem Whether the bot is directed at children: Amazon Lex writes no conversation logs for it then.
:for_children
call :look aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text ^
    --query dataPrivacy.childDirected || exit /b 1
for /f "usebackq" %%A in ("%WORK%\out.txt") do if "%%A"=="True" exit /b 0
exit /b 1
