@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem enable.cmd - switches on the conversation logs of the alias live of the bot OrderFlowers, in the AWS account 111122223333.
rem Made by lexlogs 0.1.0. Run apply.cmd before it. Everything else of the alias stays as it is; what its settings for logs
rem were is saved beside this script before anything is changed, and disable.cmd puts them back.
rem
rem   enable.cmd --dry-run    print every command, change nothing
rem   enable.cmd              look, save, then switch on
rem   enable.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 done; 1 the alias has other settings, nothing was changed; 2 refused before any change; 3 a call failed.

rem An aws.cmd that lies in this folder must not run in place of the AWS CLI.
set "NoDefaultCurrentDirectoryInExePath=1"
rem A variable of such a name would stand in front of what cmd.exe itself says.
set "ERRORLEVEL="
set "RANDOM="
set "CD="
set "SCRIPT=enable"
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
if "%~1"=="--update" set "OPTION=UPDATE"
if "%~1"=="--skip-checksums" set "OPTION=SKIP_CHECKSUMS"
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

call .\functions.cmd begin
call .\functions.cmd document LexConversationLogsSettings.json ^
    0fe8829595d90b65688613bc939c42912ca3c20ff85fa5d586f8fb8543262c9b
call .\functions.cmd sign_in aws sts get-caller-identity --output text ^
    --query "[Account,Arn]"
rem Bot and alias are looked for in their own Region.
set EXTRA=%PROFILE%

rem --- What is there ----------------------------------------------------------

call .\functions.cmd subject text-settings "the text logs of the alias live of the bot OrderFlowers" none
call .\functions.cmd look settings aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='TEXT']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='TEXT'] && ! ((conversationLogs.logSettings[?logType=='TEXT'])[?contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],resourceArn)]) && to_string(conversationLogs.logSettings[?logType=='TEXT'])][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject audio-settings "the audio logs of the alias live of the bot OrderFlowers" none
call .\functions.cmd look settings aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='AUDIO']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='AUDIO'] && ! ((conversationLogs.logSettings[?logType=='AUDIO'])[?resourceArn=='arn:aws:s3:::support-bot-audio-logs' && ! (kmsKeyArn)]) && to_string(conversationLogs.logSettings[?logType=='AUDIO'])][] | [?@].[@]"
call .\functions.cmd settle

if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto steps
if not exist "%WORK%\verdict.txt" goto already
if not defined DIFFERENT goto steps
if "%UPDATE%"=="yes" goto steps
echo.>&2
echo enable: the alias has other settings for these logs:>&2
type "%WORK%\verdict.txt" 1>&2
echo Nothing was changed. To replace them, use --update; disable.cmd puts them back.>&2
set "CODE=1"
goto end

:already
echo.
echo Done: the logs are switched on already, as this bundle does it.
goto end

rem --- Switching on -----------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Step"
set "CHANGED="
call .\functions.cmd step 6 "switch on the text and audio logs of the alias live of the bot OrderFlowers" arn:aws:lex:us-east-1:111122223333:bot:OrderFlowers:live
call .\settings.cmd unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[lastUpdatedDate]"
call .\settings.cmd keep alias-before.json
call .\settings.cmd keep earlier-text-logs.json
call .\settings.cmd keep earlier-audio-logs.json
call .\settings.cmd keep earlier-role.json
call .\settings.cmd save alias-before.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json
call .\settings.cmd save earlier-text-logs.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query "conversationLogs.logSettings[?contains(['TEXT'],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]"
call .\settings.cmd save earlier-audio-logs.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query "conversationLogs.logSettings[?contains(['AUDIO'],logType)].merge({logType: logType, destination: destination, resourceArn: resourceArn}, (kmsKeyArn && {kmsKeyArn: kmsKeyArn}) || `{}`) | [0]"
call .\settings.cmd save earlier-role.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query conversationLogs.iamRoleArn
call .\settings.cmd save alias-request.json aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output json ^
    --query "merge({name: name, botName: botName, botVersion: botVersion, checksum: checksum}, (description && {description: description}) || `{}`, {conversationLogs: {iamRoleArn: 'arn:aws:iam::111122223333:role/LexConversationLogsRole', logSettings: [{destination: 'CLOUDWATCH_LOGS', logType: 'TEXT', resourceArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot'}, {destination: 'S3', logType: 'AUDIO', resourceArn: 'arn:aws:s3:::support-bot-audio-logs'}]}})"
call .\settings.cmd unchanged aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[lastUpdatedDate]"
call :send aws lex-models put-bot-alias --cli-input-json file://alias-request.json --region us-east-1
call :prove aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='TEXT']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='TEXT'] && ! ((conversationLogs.logSettings[?logType=='TEXT'])[?contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],resourceArn)]) && to_string(conversationLogs.logSettings[?logType=='TEXT'])][] | [?@].[@]"
call :prove aws lex-models get-bot-alias --bot-name OrderFlowers --name live --region us-east-1 --output text ^
    --query "[conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['iamRoleArn',conversationLogs.iamRoleArn]), ! (conversationLogs.logSettings[?logType=='AUDIO']) && ! (conversationLogs.logSettings && conversationLogs.iamRoleArn!='arn:aws:iam::111122223333:role/LexConversationLogsRole') && 'absent', conversationLogs.logSettings[?logType=='AUDIO'] && ! ((conversationLogs.logSettings[?logType=='AUDIO'])[?resourceArn=='arn:aws:s3:::support-bot-audio-logs' && ! (kmsKeyArn)]) && to_string(conversationLogs.logSettings[?logType=='AUDIO'])][] | [?@].[@]"
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto dry_run_done
del alias-request.json
if errorlevel 1 echo   alias-request.json could not be removed
set "OUTCOME=created"
if defined DIFFERENT set "OUTCOME=updated"
call .\functions.cmd note %OUTCOME%
call .\functions.cmd record "result: done"
if not "%CODE%"=="0" goto end
echo   switched on
echo.
echo Done: conversations that begin from now on are logged. alias-before.json is what the alias was; disable.cmd puts its settings back.
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
echo enable: there is no option "%~1".>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_folder
echo enable: the folder of this script cannot be entered.>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_functions
echo enable: functions.cmd, show.cmd, steps.cmd or settings.cmd is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
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
echo usage: enable.cmd [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --update           replace other settings of the same kind of logs
echo   --skip-checksums   do not compare the documents with their SHA-256
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0

rem Sends the alias back, with its logs switched on.
:send
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="no" call .\functions.cmd note creating
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%RC%"=="0" exit /b 0
call .\functions.cmd note_failure
call .\functions.cmd failed
exit /b 0

rem Looks again at what was set, several times if need be, for Amazon Lex takes a moment.
:prove
set "TRIES=0"
:prove_again
if not "%CODE%"=="0" exit /b 0
call .\functions.cmd run %*
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
if not "%CODE%"=="0" exit /b 0
if not defined OUT exit /b 0
set /a "TRIES+=1"
set "WHY=the alias does not show what was sent"
if "%TRIES%"=="5" call .\functions.cmd stop
ping -n 3 127.0.0.1 >nul
goto prove_again
