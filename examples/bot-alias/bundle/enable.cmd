@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Switches on the text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ
rem in AWS account 111122223333, Region us-east-1, and leaves the rest of the alias as it is. From lexlogs 0.1.0.
rem It saves the alias beside this script first: disable puts its settings for logs back.
rem
rem usage: enable.cmd [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run   compare, print the plan, the request and the command that would run, change nothing
rem   --update    also replace other settings of the same kind of logs
rem   --yes       do not ask before the change
rem   --verbose   also print the commands that only read
rem Exit codes: 0 done, 1 the alias has other settings, 2 refused before any change, 3 a call failed.

set "SELF=%~f0"
<nul >nul set ARGUMENTS=. %*
rem (If the arguments end with a caret, this line belongs to them.)
for %%V in ("WORK=" "CODE=0") do set %%V
pushd "%~dp0" || exit /b 2
if not exist functions.cmd >&2 echo enable: functions.cmd is missing beside this script. Extract the whole zip.& set "CODE=2"& goto end
for %%V in ("TRIES=0" "WAITER=") do set %%V
call .\functions.cmd begin enable "--dry-run --update --yes" aws 111122223333 us-east-1 || goto end
echo Plan:
call :bot_role arn:aws:iam::111122223333:role/SupportBotRole || goto end
call .\functions.cmd line "%STATE%"
"%SYSTEM%\find.exe" ":role/aws-service-role/" "%WORK%\out.txt" >nul && call .\functions.cmd stop 2 ^
    "only Amazon Lex can change this role: use the console, or give the bot a custom role."
if not "%STATE%"=="in place" call .\functions.cmd stop 2 ^
    "give the bot the role of this bundle, or generate a bundle with existing-role for the role of the bot."
call :for_children && call .\functions.cmd stop 2 ^
    "the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it."
if not "%CODE%"=="0" goto end
call .\functions.cmd name "text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ" ^
    arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST
call :read_alias --output text --query lastUpdatedDateTime || goto end
copy /y /b "%WORK%\out.txt" "%WORK%\changed.txt" >nul
call :keep_selective || goto end
call :compare_logs
if not "%STATE%"=="in place" call :has_logs && call :keep_selective
if not "%CODE%"=="0" goto end
call .\functions.cmd line "%STATE%"
if defined DIFFERING if not defined --dry-run call .\functions.cmd stop 1 ^
    "the alias has other settings for these logs. --update replaces them; disable puts them back."
call .\functions.cmd confirm "Make this change in account 111122223333?" ^
    b4d50960974344d312764500a76753d5d5cf72addf13a5c00ab5e1df94179a98 || goto end
set "NUMBER=1"
if "%PLAN_1%"=="create" call :send creating created
if "%PLAN_1%"=="update" call :send updating updated
if "%PLAN_1%"=="in place" call .\functions.cmd record "in place: !RESOURCE!"
if not "%CODE%"=="0" goto end
if defined --dry-run echo Dry run: nothing was changed.& goto end
if "%PLAN_1%"=="in place" echo Done: these logs are switched on already.& goto end
echo Done: new conversations are logged. alias-before.json is the alias as it was; disable puts its settings back.

:end
if defined WORK rd /s /q "%WORK%"
rem The window of a script that was double-clicked closes with it. Explorer's command line is the one that ends like this.
setlocal EnableDelayedExpansion
set "LINE=!CMDCMDLINE:"=!"
if /i "!LINE!"=="!ComSpec! /c !SELF! " pause
popd
exit /b %CODE%

:read_alias
call .\functions.cmd get aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST ^
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
rem fetch QUERY FILE: write what the query selects of the alias, as JSON, among the temporary files.
:fetch
call :read_alias --output json --query %1 || exit /b 1
copy /y /b "%WORK%\out.txt" "%WORK%\%2" >nul 2>nul || call .\functions.cmd stop 3 "there is no room for temporary files."
exit /b %CODE%
rem unchanged: stop if somebody else has changed the alias since it was compared.
:unchanged
call :read_alias --output text --query lastUpdatedDateTime || exit /b 1
"%SYSTEM%\fc.exe" "%WORK%\out.txt" "%WORK%\changed.txt" >nul 2>nul && exit /b 0
call .\functions.cmd stop 3 "somebody else changed the alias just now, so nothing was sent."
exit /b 1
rem keep FILE: rename what an earlier run saved, so that nothing is overwritten.
:keep
if not "%CODE%"=="0" exit /b 1
if not exist %1 exit /b 0
set "NTH=1"
:keep_next
if exist %1.%NTH% set /a "NTH+=1"& goto keep_next
ren %1 %1.%NTH% 2>nul
if exist %1 call .\functions.cmd stop 3 "%1 cannot be renamed."& exit /b 1
echo %1 is %1.%NTH% now.
exit /b 0
rem place FILE: move a temporary file beside this script.
:place
if not "%CODE%"=="0" exit /b 1
copy /y /b "%WORK%\%1" %1 >nul 2>nul || call .\functions.cmd stop 3 "%1 cannot be written in this folder; make room for it."
exit /b %CODE%
rem try_again: Amazon Lex takes a moment to show what it was sent. Wait, five times at most.
:try_again
set /a "TRIES+=1"
if "%TRIES%"=="5" call .\functions.cmd stop 3 "the alias does not show what was sent."
if "%CODE%"=="0" "%SYSTEM%\ping.exe" -n 3 127.0.0.1 >nul
exit /b %CODE%
rem bot_role ARN: the bot's role, with which Amazon Lex writes the logs, is compared and never changed.
:bot_role
set "WHAT=role SupportBotRole of bot ABCDEFGHIJ"
set "STATE=unknown"
call .\functions.cmd get aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text ^
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
call .\functions.cmd get aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text ^
    --query dataPrivacy.childDirected || exit /b 1
for /f "usebackq" %%A in ("%WORK%\out.txt") do if "%%A"=="True" exit /b 0
exit /b 1
rem Whether the alias has settings for any logs.
:has_logs
call :read_alias --output text --query "conversationLogSettings.*[].enabled" || exit /b 1
for /f "usebackq" %%A in ("%WORK%\out.txt") do if not "%%A"=="None" exit /b 0
exit /b 1
rem Compare both kinds as far as this bundle switches them on. Of two states the more serious one counts.
:compare_logs
set "STATE=in place"
call :logs text "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot live/" ^
    "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* live/" ^
    "conversationLogSettings.textLogSettings[0].[enabled,destination.*.*[]][]" && call :state_with
call :logs audio "True arn:aws:s3:::support-bot-audio-logs live/" ^
    "True arn:aws:s3:::support-bot-audio-logs live/" ^
    "conversationLogSettings.audioLogSettings[0].[enabled&&selectiveLoggingEnabled,destination.*.*[]][]" && call :state_with
exit /b
:state_with
if "%FOUND%-%STATE%"=="absent-in place" set "STATE=create"
if "%FOUND%"=="other" set "STATE=differs"
if "%FOUND%"=="other" if defined --update set "STATE=update"
exit /b
rem send BEFORE AFTER: save the alias, make the request out of it, send that, and see that the alias shows it.
:send
call :fetch @ alias-before.json || exit /b 1
call :fetch "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings" earlier-text-logs.json || exit /b 1
call :fetch "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings" earlier-audio-logs.json || exit /b 1
rem The request: the alias as it is, with these logs.
call :fetch "merge({botId: botId, botAliasId: botAliasId, botAliasName: botAliasName}, (description && {description: description}) || `{}`, (botVersion && {botVersion: botVersion}) || `{}`, (botAliasLocaleSettings && {botAliasLocaleSettings: botAliasLocaleSettings}) || `{}`, (sentimentAnalysisSettings && {sentimentAnalysisSettings: sentimentAnalysisSettings}) || `{}`, {conversationLogSettings: merge(conversationLogSettings || `{}`, {textLogSettings: [merge(conversationLogSettings.textLogSettings[0] || `{}`, {destination: {cloudWatch: {cloudWatchLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot', logPrefix: 'live/'}}, enabled: `true`})], audioLogSettings: [merge(conversationLogSettings.audioLogSettings[0] || `{}`, {destination: {s3Bucket: {logPrefix: 'live/', s3BucketArn: 'arn:aws:s3:::support-bot-audio-logs'}}, enabled: `true`, selectiveLoggingEnabled: `true`})]})})" alias-request.json || exit /b 1
call :unchanged || exit /b 1
if defined --dry-run echo alias-request.json would be:& type "%WORK%\alias-request.json"
if not defined --dry-run (
    for %%F in (alias-before.json earlier-text-logs.json earlier-audio-logs.json) do call :keep %%F && call :place %%F
    call :place alias-request.json
)
call .\functions.cmd run %1 %2 aws lexv2-models update-bot-alias ^
    --cli-input-json file://alias-request.json ^
    --region us-east-1 || exit /b 1
if defined --dry-run exit /b
:see
call :compare_logs
if not "%CODE%"=="0" exit /b
if not "%STATE%"=="in place" call :try_again && goto see
if "%CODE%"=="0" del alias-request.json
exit /b
