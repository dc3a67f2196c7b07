@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Switches on the text and audio logs of alias live of bot OrderFlowers
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
call .\functions.cmd name "text and audio logs of alias live of bot OrderFlowers" ^
    arn:aws:lex:us-east-1:111122223333:bot:OrderFlowers:live
call :read_alias --output text --query lastUpdatedDate || goto end
copy /y /b "%WORK%\out.txt" "%WORK%\changed.txt" >nul
call :compare_logs
if not "%CODE%"=="0" goto end
call .\functions.cmd line "%STATE%"
if defined DIFFERING if not defined --dry-run call .\functions.cmd stop 1 ^
    "the alias has other settings for these logs. --update replaces them; disable puts them back."
call .\functions.cmd confirm "Make this change in account 111122223333?" ^
    52bc32be25b191240a06cf0783d289fd250904aefdb20d369c9d1dacfea71cb3 || goto end
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
call .\functions.cmd get aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 %* || exit /b 1
exit /b 0
rem logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: FOUND is ours, absent, other, or unknown.
rem The words: the role of the logs; then where they go to.
rem Amazon Lex takes the log group's ARN with :* at its end and without, so both count as the same.
:logs
set "FOUND=unknown"
call :read_alias --output text --query %4 || exit /b 1
set "FOUND=other"
for /f "usebackq tokens=1,2*" %%A in ("%WORK%\out.txt") do (
    for %%W in (None arn:aws:iam::111122223333:role/LexConversationLogsRole) do if "%%A %%B %%C"=="%%~W  " set "FOUND=absent"
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
call :read_alias --output text --query lastUpdatedDate || exit /b 1
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
rem Compare both kinds as far as this bundle switches them on. Of two states the more serious one counts.
:compare_logs
set "STATE=in place"
call :logs text "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot -" ^
    "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:* -" ^
    "conversationLogs.[[iamRoleArn],logSettings[?logType=='TEXT'].[resourceArn,kmsKeyArn||'-'][]][]" && call :state_with
call :logs audio "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:s3:::support-bot-audio-logs -" ^
    "arn:aws:iam::111122223333:role/LexConversationLogsRole arn:aws:s3:::support-bot-audio-logs -" ^
    "conversationLogs.[[iamRoleArn],logSettings[?logType=='AUDIO'].[resourceArn,kmsKeyArn||'-'][]][]" && call :state_with
exit /b
:state_with
if "%FOUND%-%STATE%"=="absent-in place" set "STATE=create"
if "%FOUND%"=="other" set "STATE=differs"
if "%FOUND%"=="other" if defined --update set "STATE=update"
exit /b
rem send BEFORE AFTER: save the alias, make the request out of it, send that, and see that the alias shows it.
:send
call :fetch @ alias-before.json || exit /b 1
call :fetch "conversationLogs.logSettings[?contains(['TEXT'],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]" earlier-text-logs.json || exit /b 1
call :fetch "conversationLogs.logSettings[?contains(['AUDIO'],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]" earlier-audio-logs.json || exit /b 1
call :fetch conversationLogs.iamRoleArn earlier-role.json || exit /b 1
rem The request: the alias as it is, with these logs.
call :fetch "merge({name: name, botName: botName, botVersion: botVersion, checksum: checksum}, (description && {description: description}) || `{}`, {conversationLogs: {iamRoleArn: 'arn:aws:iam::111122223333:role/LexConversationLogsRole', logSettings: [{destination: 'CLOUDWATCH_LOGS', logType: 'TEXT', resourceArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot'}, {destination: 'S3', logType: 'AUDIO', resourceArn: 'arn:aws:s3:::support-bot-audio-logs'}]}})" alias-request.json || exit /b 1
call :unchanged || exit /b 1
if defined --dry-run echo alias-request.json would be:& type "%WORK%\alias-request.json"
if not defined --dry-run (
    for %%F in (alias-before.json earlier-text-logs.json earlier-audio-logs.json earlier-role.json) do call :keep %%F && call :place %%F
    call :place alias-request.json
)
call .\functions.cmd run %1 %2 aws lex-models put-bot-alias ^
    --cli-input-json file://alias-request.json ^
    --region us-east-1 || exit /b 1
if defined --dry-run exit /b
:see
call :compare_logs
if not "%CODE%"=="0" exit /b
if not "%STATE%"=="in place" call :try_again && goto see
if "%CODE%"=="0" del alias-request.json
exit /b
