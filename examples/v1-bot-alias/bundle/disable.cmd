@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem disable.cmd - puts back the settings that the alias live of the bot OrderFlowers had for its conversation logs
rem before enable.cmd, in the AWS account 111122223333. Made by lexlogs 0.1.0. Everything else of the alias stays as it is now.
rem
rem   disable.cmd --dry-run    print every command, change nothing
rem   disable.cmd              look, then put back
rem   disable.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 done; 1 others changed the settings since, nothing was changed; 2 refused before any change; 3 a call failed.

rem An aws.cmd that lies in this folder must not run in place of the AWS CLI.
set "NoDefaultCurrentDirectoryInExePath=1"
rem A variable of such a name would stand in front of what cmd.exe itself says.
set "ERRORLEVEL="
set "RANDOM="
set "CD="
set "SCRIPT=disable"
set "ACCOUNT=111122223333"
set "BUNDLE_REGION=us-east-1"
set "STEPS=6"
set "BUNDLE=lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole"
set "DIGEST=52bc32be25b191240a06cf0783d289fd250904aefdb20d369c9d1dacfea71cb3"
set "GENERATOR=lexlogs 0.1.0"
set "CODE=0"
for %%V in (WORK PHASE NUMBER TITLE PROFILE REGION EXTRA RECEIPT KNOWN DIFFERENT LASTING UNSEEN USED TAKEN GONE KEPT PARENT STATE_none STATE_role MADE_step-none CALLER CLICKED) do set "%%V="
for %%V in (DRY_RUN UPDATE SKIP_CHECKSUMS YES WITHOUT_RECEIPT WITHOUT_SAVED) do set "%%V=no"
for /l %%N in (1,1,%STEPS%) do for %%V in (STATE_%%N MADE_step-%%N TAKEN_%%N GONE_%%N) do set "%%V="
for /l %%N in (1,1,%STEPS%) do for %%A in (path name trust boundary tags document key retention location public-access-block encryption settings) do set "DIFFERS_%%N_%%A="

set "SELF=%~f0"
if "%~1"=="" if "%1"=="" set "CLICKED=maybe"
rem The documents and the subroutines are beside this script; those tell what they do.
pushd "%~dp0"
if errorlevel 1 goto no_folder
if not exist functions.cmd goto no_functions
if not exist show.cmd goto no_functions
if not exist steps.cmd goto no_functions

rem --- Options ----------------------------------------------------------------

rem They end where nothing is left, not at an empty argument, which is refused.
if not "%~1"=="" goto option
if "%1"=="" goto options_done
:option
set "OPTION="
if "%~1"=="--dry-run" set "OPTION=DRY_RUN"
if "%~1"=="--without-saved" set "OPTION=WITHOUT_SAVED"
if "%~1"=="--help" goto usage
if "%~1"=="--profile" goto option_name
if "%~1"=="--region" goto option_name
if not defined OPTION goto option_unknown
set "%OPTION%=yes"
goto option_next
:option_name
if "%~2"=="" goto option_nameless
if "%~1"=="--profile" set PROFILE= --profile "%~2"
if "%~1"=="--region" set REGION= --region "%~2"
shift /1
:option_next
shift /1
if not "%~1"=="" goto option
if not "%1"=="" goto option
:options_done
set EXTRA=%PROFILE%%REGION%

if not exist settings.cmd goto no_functions
rem --- Before anything is changed ---------------------------------------------

if "%DRY_RUN%"=="yes" goto saved_seen
if "%WITHOUT_SAVED%"=="yes" goto saved_seen
if not exist alias-before.json call .\functions.cmd refuse "there is no alias-before.json beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
if not "%CODE%"=="0" goto end
if not exist earlier-text-logs.json call .\functions.cmd refuse "there is no earlier-text-logs.json beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
if not "%CODE%"=="0" goto end
if not exist earlier-audio-logs.json call .\functions.cmd refuse "there is no earlier-audio-logs.json beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
if not "%CODE%"=="0" goto end
if not exist earlier-role.json call .\functions.cmd refuse "there is no earlier-role.json beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
if not "%CODE%"=="0" goto end
"%SystemRoot%\System32\find.exe" "OrderFlowers" alias-before.json >nul
if errorlevel 1 call .\functions.cmd refuse "alias-before.json is of another bot."
if not "%CODE%"=="0" goto end
"%SystemRoot%\System32\find.exe" "live" alias-before.json >nul
if errorlevel 1 call .\functions.cmd refuse "alias-before.json is of another alias."
if not "%CODE%"=="0" goto end
:saved_seen

call .\functions.cmd begin
call .\functions.cmd sign_in aws sts get-caller-identity --output text ^
    --query "[Account,Arn]"
rem The alias is looked for in its own Region.
set EXTRA=%PROFILE%

rem --- What is there ----------------------------------------------------------

set "SAME="
call .\functions.cmd subject text-settings "the text logs of the alias live of the bot OrderFlowers" none
call .\functions.cmd look settings aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='TEXT']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='TEXT'] && ! ((conversationLogs.logSettings[?logType=='TEXT'])[?contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],resourceArn)]) && to_string(conversationLogs.logSettings[?logType=='TEXT'])][] | [?@].[@]"
call .\functions.cmd settle
if "%FOUND%"=="same" set "SAME=yes"
call .\functions.cmd subject audio-settings "the audio logs of the alias live of the bot OrderFlowers" none
call .\functions.cmd look settings aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='AUDIO']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='AUDIO'] && ! ((conversationLogs.logSettings[?logType=='AUDIO'])[?resourceArn=='arn:aws:s3:::support-bot-audio-logs' && ! (kmsKeyArn)]) && to_string(conversationLogs.logSettings[?logType=='AUDIO'])][] | [?@].[@]"
call .\functions.cmd settle
if "%FOUND%"=="same" set "SAME=yes"
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto steps
if defined SAME goto steps
if not defined DIFFERENT goto already
echo.>&2
echo disable: others changed the settings since:>&2
type "%WORK%\verdict.txt" 1>&2
echo Nothing was changed. What was before is in alias-before.json.>&2
set "CODE=1"
goto end

:already
echo.
echo Done: these logs are switched off already.
goto end

rem --- Switching off ----------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Undo of step"
set "CHANGED="
set "PIECES="
call .\functions.cmd step 6 "put back the settings that the text and audio logs of the alias live of the bot OrderFlowers had before" arn:aws:lex:us-east-1:111122223333:bot:OrderFlowers:live
call .\settings.cmd unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[lastUpdatedDate]"
call .\settings.cmd save alias-request.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query "merge({name: name, botName: botName, botVersion: botVersion, checksum: checksum}, (description && {description: description}) || `{}`)"
call :put_back_begin
set "SAVED="
if "%STATE_text-settings%"=="same" set "SAVED=earlier-text-logs.json"
call :current aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query "conversationLogs.logSettings[?contains(['TEXT'],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]"
call :add 
set "SAVED="
if "%STATE_audio-settings%"=="same" set "SAVED=earlier-audio-logs.json"
call :current aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query "conversationLogs.logSettings[?contains(['AUDIO'],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]"
call :add 
set "SAVED=earlier-role.json"
call :current aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query conversationLogs.iamRoleArn
rem Without a role of before it is that of now.
call :is_null "%WORK%\current.txt"
if "%DRY_RUN%"=="no" if defined NULL copy /b "%WORK%\out.txt" "%WORK%\current.txt" >nul
call :put_back_end
call .\settings.cmd unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[lastUpdatedDate]"
if "%DRY_RUN%"=="yes" set "PIECES=some"
if defined PIECES call :send aws lex-models put-bot-alias --cli-input-json file://alias-request.json --region us-east-1 --conversation-logs file://alias-log-settings.json
if not defined PIECES call :send aws lex-models put-bot-alias --cli-input-json file://alias-request.json --region us-east-1
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto dry_run_done
del alias-request.json alias-log-settings.json
if errorlevel 1 echo   alias-request.json alias-log-settings.json could not be removed
call .\functions.cmd note removed
call .\functions.cmd record "result: undone"
call .\settings.cmd keep alias-before.json
call .\settings.cmd keep earlier-text-logs.json
call .\settings.cmd keep earlier-audio-logs.json
call .\settings.cmd keep earlier-role.json
if not "%CODE%"=="0" goto end
echo.
echo Done: the alias has the settings for logs again that it had before.
goto end

:dry_run_done
echo.
echo Dry run: nothing was called and nothing was changed.
goto end

:usage
call :help
goto end

:option_nameless
call :help 1>&2
call .\functions.cmd refuse "%~1 needs a name."
goto end

:option_unknown
call :help 1>&2
echo disable: there is no option "%~1".>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_folder
echo disable: the folder of this script cannot be entered.>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_functions
echo disable: functions.cmd, show.cmd, steps.cmd or settings.cmd is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:end
if defined WORK rd /s /q "%WORK%"
rem The window of a script that was clicked closes with it, so that nobody could read what it said. Explorer's command
rem line is the one that names the whole path and ends with a blank.
if not defined CLICKED goto leave
setlocal EnableDelayedExpansion
set "LINE=!CMDCMDLINE:"=!"
if /i "!LINE!"=="!ComSpec! /c !SELF! " pause
endlocal
:leave
popd
exit /b %CODE%

rem --- Subroutines ------------------------------------------------------------

:help
echo usage: disable.cmd [--dry-run] [--without-saved] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --without-saved    switch off what is exactly as this bundle sets it, and put nothing back
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0

rem Begins the settings that are put back.
:put_back_begin
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
>alias-log-settings.json echo {"logSettings": [
exit /b 0

rem What is to be put back: what was saved, or what is there now.
:current
if not "%CODE%"=="0" exit /b 0
call .\functions.cmd run %*
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
if not "%CODE%"=="0" exit /b 0
copy /b "%WORK%\out.txt" "%WORK%\current.txt" >nul
if not defined SAVED exit /b 0
if "%WITHOUT_SAVED%"=="yes" >"%WORK%\current.txt" echo null
if "%WITHOUT_SAVED%"=="no" copy /b "%SAVED%" "%WORK%\current.txt" >nul
exit /b 0

rem Whether a file holds nothing but null.
:is_null
set "NULL="
for %%F in (%1) do if %%~zF LSS 8 set "NULL=yes"
exit /b 0

rem Adds it to the settings that are put back.
:add
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
call :is_null "%WORK%\current.txt"
if defined NULL exit /b 0
if defined PIECES >>alias-log-settings.json echo ,
type "%WORK%\current.txt" >>alias-log-settings.json
set "PIECES=some"
exit /b 0

rem Ends them.
:put_back_end
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
>>alias-log-settings.json echo ], "iamRoleArn":
type "%WORK%\current.txt" >>alias-log-settings.json
>>alias-log-settings.json echo }
"%SystemRoot%\System32\find.exe" "}" alias-log-settings.json >nul 2>nul
set "RC=%errorlevel%"
set "WHY=alias-log-settings.json cannot be written in this folder; make room for it"
if not "%RC%"=="0" call .\functions.cmd stop
exit /b 0

rem Sends the alias back.
:send
if not "%CODE%"=="0" exit /b 0
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
exit /b 0
