@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem check.cmd - says whether the AWS account 111122223333 is as this bundle makes it. It changes nothing.
rem Made by lexlogs 0.1.0. It looks at this, in this order:
rem   1. the policy LexConversationLogsCloudWatchLogsPolicy
rem   2. the policy LexConversationLogsCloudWatchLogsPolicy on the role SupportBotRole
rem   3. the policy LexConversationLogsS3Policy
rem   4. the policy LexConversationLogsS3Policy on the role SupportBotRole
rem and at what the logs are written to, and at the bot and its alias.
rem
rem   check.cmd              look
rem   check.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 in place; 1 something is absent or differs; 2 refused; 3 a call failed, so it could not tell.

rem An aws.cmd that lies in this folder must not run in place of the AWS CLI.
set "NoDefaultCurrentDirectoryInExePath=1"
rem A variable of such a name would stand in front of what cmd.exe itself says.
set "ERRORLEVEL="
set "RANDOM="
set "CD="
set "SCRIPT=check"
set "ACCOUNT=111122223333"
set "BUNDLE_REGION=us-east-1"
set "STEPS=4"
set "BUNDLE=lex-conversation-logs-111122223333-us-east-1-SupportBotRole"
set "DIGEST=9c561687df297359bad1570c8e02076fed0ca9e97734d49696441e22de56f419"
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

rem --- Before anything is looked at -------------------------------------------

call .\functions.cmd begin
call .\functions.cmd sign_in aws sts get-caller-identity --output text ^
    --query "[Account,Arn]"

rem --- What is there ----------------------------------------------------------

call .\functions.cmd subject role "the IAM role SupportBotRole" none
call .\functions.cmd look path aws iam get-role --role-name SupportBotRole --output text ^
    --query "[! Role.Arn && 'Arn'][] | [?@].[@]"
call .\functions.cmd look existing-trust aws iam get-role --role-name SupportBotRole --output text ^
    --query "[! ([Role.AssumeRolePolicyDocument.Statement][] | [?Effect=='Allow' && contains([Principal.Service][],'lexv2.amazonaws.com') && contains([Action][],'sts:AssumeRole')]) && 'no statement lets lexv2.amazonaws.com assume the role'][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject 1 "the policy LexConversationLogsCloudWatchLogsPolicy" none
call .\functions.cmd look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text ^
    --query Policy.DefaultVersionId
call .\functions.cmd look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id %VERSION% --output text ^
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
call .\functions.cmd look name aws iam list-policies --scope Local --output text ^
    --query "Policies[?PolicyName=='LexConversationLogsCloudWatchLogsPolicy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[join(' ',['Arn',Arn])]"
call .\functions.cmd settle

call .\functions.cmd subject 2 "the policy LexConversationLogsCloudWatchLogsPolicy on the role SupportBotRole" none
call .\functions.cmd look attached aws iam list-attached-role-policies --role-name SupportBotRole --output text ^
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[PolicyArn]"
call .\functions.cmd settle

call .\functions.cmd subject 3 "the policy LexConversationLogsS3Policy" none
call .\functions.cmd look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text ^
    --query Policy.DefaultVersionId
call .\functions.cmd look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id %VERSION% --output text ^
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:s3:::support-bot-audio-logs/live/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
call .\functions.cmd look name aws iam list-policies --scope Local --output text ^
    --query "Policies[?PolicyName=='LexConversationLogsS3Policy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[join(' ',['Arn',Arn])]"
call .\functions.cmd settle

call .\functions.cmd subject 4 "the policy LexConversationLogsS3Policy on the role SupportBotRole" none
call .\functions.cmd look attached aws iam list-attached-role-policies --role-name SupportBotRole --output text ^
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[PolicyArn]"
call .\functions.cmd settle

call .\functions.cmd subject log-group "the log group /lex/support-bot" none regional
call :look_target target aws logs describe-log-groups --log-group-name-prefix /lex/support-bot --no-paginate --region us-east-1 --output text ^
    --query "[! (logGroups[?logGroupName=='/lex/support-bot']) && 'absent'][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject bucket "the bucket support-bot-audio-logs" none regional
call :look_target target aws s3api get-bucket-location --bucket support-bot-audio-logs --expected-bucket-owner 111122223333 --region us-east-1 --output text ^
    --query "[LocationConstraint && join(' ',['Region',LocationConstraint||'us-east-1'])][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject bot "the role of the bot ABCDEFGHIJ" none
call :look_target bot-role aws lexv2-models describe-bot --bot-id ABCDEFGHIJ --region us-east-1 --output text ^
    --query "[contains(roleArn,':role/aws-service-role/') && join(' ',['service-linked',roleArn]), ! contains(roleArn,':role/aws-service-role/') && ! (starts_with(roleArn,'arn:aws:iam::111122223333:role/') && ends_with(roleArn,'/SupportBotRole')) && join(' ',['roleArn',roleArn])][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject text-settings "the text logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
call :look_target settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text ^
    --query "[! (conversationLogSettings.textLogSettings) && 'absent', conversationLogSettings.textLogSettings && ! (conversationLogSettings.textLogSettings[?enabled && ! selectiveLoggingEnabled && contains(['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot','arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'],destination.cloudWatch.cloudWatchLogGroupArn) && destination.cloudWatch.logPrefix=='live/']) && to_string(conversationLogSettings.textLogSettings)][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject audio-settings "the audio logs of the alias KLMNOPQRST of the bot ABCDEFGHIJ" none
call :look_target settings aws lexv2-models describe-bot-alias --bot-id ABCDEFGHIJ --bot-alias-id KLMNOPQRST --region us-east-1 --output text ^
    --query "[! (conversationLogSettings.audioLogSettings) && 'absent', conversationLogSettings.audioLogSettings && ! (conversationLogSettings.audioLogSettings[?enabled && ! selectiveLoggingEnabled && destination.s3Bucket.s3BucketArn=='arn:aws:s3:::support-bot-audio-logs' && destination.s3Bucket.logPrefix=='live/' && ! (destination.s3Bucket.kmsKeyArn)]) && to_string(conversationLogSettings.audioLogSettings)][] | [?@].[@]"
call .\functions.cmd settle
if not "%CODE%"=="0" goto end

rem --- Whether logs arrive ----------------------------------------------------

echo.
echo Looking at what was delivered in the last hour:
set "START=START"
set "END=END"
rem Where it is UTC1 the clock is an hour behind.
if "%DRY_RUN%"=="no" call .\functions.cmd clock UTC1
if "%DRY_RUN%"=="no" set "START=%NOW%"
if "%DRY_RUN%"=="no" call .\functions.cmd clock UTC0
if "%DRY_RUN%"=="no" set "END=%NOW%"
call :look_at_deliveries aws cloudwatch get-metric-data --metric-data-queries "Id=logs,Expression='SEARCH(\'MetricName=(ConversationLogsTextDeliverySuccess OR ConversationLogsTextDeliveryFailure OR ConversationLogsAudioDeliverySuccess OR ConversationLogsAudioDeliveryFailure) ABCDEFGHIJ\', \'Sum\', 3600)'" --start-time %START% --end-time %END% --region us-east-1 --output text ^
    --query "MetricDataResults[?Values].[join(' ',[Label,to_string(sum(Values))])]"
if not "%CODE%"=="0" goto end

rem --- What that means --------------------------------------------------------

if "%DRY_RUN%"=="yes" goto dry_run_done
if defined UNSEEN echo.>&2
if defined UNSEEN echo check: warning: not everything could be looked at, as said above.>&2
echo.
if exist "%WORK%\verdict.txt" goto not_in_place
echo In place, as this bundle makes it.
goto end

:not_in_place
echo Not in place:
type "%WORK%\verdict.txt"
set "CODE=1"
goto end

:dry_run_done
echo.
echo Dry run: nothing was called.
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
echo check: there is no option "%~1".>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_folder
echo check: the folder of this script cannot be entered.>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_functions
echo check: functions.cmd, show.cmd, steps.cmd or settings.cmd is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
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
echo usage: check.cmd [--dry-run] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, call nothing
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0

rem Prints what was delivered, which the caller may not be permitted to look at.
:look_at_deliveries
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" goto deliveries_unseen
if not defined OUT echo   nothing: no conversation was logged, and none failed to be
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do echo   %%L
exit /b 0
:deliveries_unseen
type "%WORK%\err.txt" 1>&2
echo   could not be looked at
set "UNSEEN=yes"
exit /b 0

rem Looks at what is no step's, which the caller may not be permitted to.
:look_target
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
if "%RC%"=="0" goto target_seen
for %%E in ("(AccessDenied" "(403)") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 goto target_unseen
)
for %%E in ("(NoSuchBucket)" "(404)" "(ResourceNotFoundException)" "(NotFoundException)") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 goto target_absent
)
call .\functions.cmd failed
exit /b 0
:target_unseen
type "%WORK%\err.txt" 1>&2
echo   could not be looked at: it is not permitted, or another account has it
set "UNSEEN=yes"
exit /b 0
:target_seen
set "FOUND=same"
if not defined OUT exit /b 0
if "%OUT%"=="absent" goto target_absent
set "ASPECT=target"
call .\functions.cmd differs
exit /b 0
:target_absent
set "FOUND=absent"
exit /b 0
