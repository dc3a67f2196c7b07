@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Puts back what the text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ
rem were before enable, in AWS account 111122223333, Region us-east-1. From lexlogs 0.1.0.
rem The rest of the alias, and what others have changed since, stays as it is.
rem
rem usage: disable.cmd [--dry-run] [--yes] [--without-saved] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run         compare, print the plan, the request and the command that would run, change nothing
rem   --yes             do not ask before the change
rem   --without-saved   switch off what is exactly as this bundle sets it, and put nothing back
rem   --verbose         also print the commands that only read
rem Exit codes: 0 done, 1 others changed the settings, 2 refused before any change, 3 a call failed.

set "SELF=%~f0"
<nul >nul set ARGUMENTS=. %*
rem (If the arguments end with a caret, this line belongs to them.)
for %%V in ("WORK=" "CODE=0") do set %%V
pushd "%~dp0" || exit /b 2
if not exist functions.cmd >&2 echo disable: functions.cmd is missing beside this script. Extract the whole zip.& set "CODE=2"& goto end
for %%V in ("TRIES=0" "MISSING=" "PIECES=") do set %%V
call .\functions.cmd begin disable "--dry-run --yes --without-saved" aws 111122223333 us-east-1 || goto end
if not defined --without-saved call :saved
if not "%CODE%"=="0" goto end
echo Plan:
call .\functions.cmd name "text and audio logs of alias KLMNOPQRST of bot ABCDEFGHIJ" ^
    arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST
call :read_alias --output text --query lastUpdatedDateTime || goto end
copy /y /b "%WORK%\out.txt" "%WORK%\changed.txt" >nul
set "ALL="
call :keep_selective || goto end
call :logs text "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot live/" ^
    "True arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* live/" ^
    "conversationLogSettings.textLogSettings[0].[enabled,destination.*.*[]][]" || goto end
for %%V in ("text=%FOUND%" "ALL=%ALL% %FOUND%") do set %%V
call :logs audio "True arn:aws:s3:::support-bot-audio-logs live/" ^
    "True arn:aws:s3:::support-bot-audio-logs live/" ^
    "conversationLogSettings.audioLogSettings[0].[enabled&&selectiveLoggingEnabled,destination.*.*[]][]" || goto end
for %%V in ("audio=%FOUND%" "ALL=%ALL% %FOUND%") do set %%V
set "STATE=absent"
for %%F in (%ALL%) do if %%F==other set "STATE=keep"
for %%F in (%ALL%) do if %%F==ours set "STATE=remove"
if "%STATE%"=="remove" call :collect
if defined PIECES call :keep_selective
if not "%CODE%"=="0" goto end
call .\functions.cmd line "%STATE%"
if "%PLAN_1%"=="keep" if not defined --dry-run call .\functions.cmd stop 1 ^
    "others changed the settings since. What was before is in alias-before.json."
call .\functions.cmd confirm "Make this change in account 111122223333?" ^
    b4d50960974344d312764500a76753d5d5cf72addf13a5c00ab5e1df94179a98 || goto end
set "NUMBER=1"
if "%PLAN_1%"=="remove" call :send
if not "%CODE%"=="0" goto end
if defined --dry-run echo Dry run: nothing was changed.& goto end
if "%PLAN_1%"=="absent" echo Done: these logs are switched off already.& goto end
echo Done: the alias has the settings for logs that it had before.

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
rem What enable saved must be here and of this alias. The size of a missing file is nothing, that of an empty one 0.
:saved
for %%F in (alias-before.json earlier-text-logs.json earlier-audio-logs.json) do if not defined MISSING if not 1%%~zF GTR 10 set "MISSING=%%F"
if defined MISSING call .\functions.cmd stop 2 ^
    "there is no %MISSING% beside this script, where enable saves what was before. --without-saved does without it."& exit /b 1
for %%I in (ABCDEFGHIJ KLMNOPQRST) do "%SYSTEM%\find.exe" """%%I""" alias-before.json >nul || call .\functions.cmd stop 2 ^
    "alias-before.json is of another bot or alias."
exit /b
rem before SAVED FILE: what enable saved, among the temporary files.
:before
if defined --without-saved >"%WORK%\%2" echo null
if not defined --without-saved copy /y /b %1 "%WORK%\%2" >nul
exit /b 0
rem is_null FILE: whether nothing else is in it.
:is_null
set "NULL="
for /f "usebackq delims=" %%L in ("%WORK%\%1") do if "%%L"=="null" set "NULL=yes"
if defined NULL exit /b 0
exit /b 1
rem kind FOUND SAVED QUERY MEMBER: add what is sent for a kind: if it is this bundle's, what was before, else what it is now.
:kind
if "%1"=="ours" (call :before %2 %4) else call :fetch %3 %4 || exit /b 1
if "%1"=="ours" call :fetch %3 now || exit /b 1
if "%1"=="ours" call :turned_off %4
call :is_null %4 && exit /b 0
if defined PIECES >>"%WORK%\alias-log-settings.json" echo ,
>>"%WORK%\alias-log-settings.json" echo "%4":
>>"%WORK%\alias-log-settings.json" type "%WORK%\%4"
set "PIECES=some"
exit /b 0
rem turned_off MEMBER: what was before may log everything again.
:turned_off
call :is_on selectiveLoggingEnabled now || exit /b
call :is_on enabled %1 || exit /b
call :is_on selectiveLoggingEnabled %1 && exit /b
set "LOGS=%1"
>>"%WORK%\details.txt" echo       selective logging of %LOGS:LogSettings=% logs is turned off
exit /b
rem is_on MEMBER FILE
:is_on
for /f "usebackq tokens=1,2 delims=:, " %%A in ("%WORK%\%2") do if "%%~A"=="%1" if "%%B"=="true" exit /b 0
exit /b 1
rem sent QUERY MEMBER: whether the alias shows what was sent for a kind. Else it looks again.
:sent
call :read_alias --output json --query %1 || exit /b 1
call .\functions.cmd compare "%WORK%\%2"
if not "%STATE%"=="in place" call :try_again && goto sent
exit /b %CODE%
rem collect: the logs that come back or stay, in a file of their own.
:collect
>"%WORK%\alias-log-settings.json" echo {
call :kind %text% earlier-text-logs.json ^
    "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings" textLogSettings || exit /b 1
call :kind %audio% earlier-audio-logs.json ^
    "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings" audioLogSettings || exit /b 1
>>"%WORK%\alias-log-settings.json" echo }
exit /b 0
rem send: make the request out of the alias, send it, and see that the alias shows it.
:send
rem The request: the alias as it is, without logs.
call :fetch "merge({botId: botId, botAliasId: botAliasId, botAliasName: botAliasName}, (description && {description: description}) || `{}`, (botVersion && {botVersion: botVersion}) || `{}`, (botAliasLocaleSettings && {botAliasLocaleSettings: botAliasLocaleSettings}) || `{}`, (sentimentAnalysisSettings && {sentimentAnalysisSettings: sentimentAnalysisSettings}) || `{}`)" alias-request.json || exit /b 1
call :unchanged || exit /b 1
set "FILES=alias-request.json"
if defined PIECES set "FILES=alias-request.json alias-log-settings.json"
if defined --dry-run for %%F in (%FILES%) do echo %%F would be:& type "%WORK%\%%F"
if not defined --dry-run for %%F in (%FILES%) do call :place %%F
if not defined PIECES call .\functions.cmd run removing removed aws lexv2-models update-bot-alias ^
    --cli-input-json file://alias-request.json ^
    --region us-east-1
if defined PIECES call .\functions.cmd run removing removed aws lexv2-models update-bot-alias ^
    --cli-input-json file://alias-request.json ^
    --region us-east-1 ^
    --conversation-log-settings file://alias-log-settings.json
if not "%CODE%"=="0" exit /b
if defined --dry-run exit /b
call :sent "conversationLogSettings.textLogSettings[0] && conversationLogSettings.textLogSettings" textLogSettings || exit /b 1
call :sent "conversationLogSettings.audioLogSettings[0] && conversationLogSettings.audioLogSettings" audioLogSettings || exit /b 1
del %FILES%
for %%F in (alias-before.json earlier-text-logs.json earlier-audio-logs.json) do call :keep %%F
exit /b
