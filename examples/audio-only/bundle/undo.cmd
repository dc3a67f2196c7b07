@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem undo.cmd - takes out what apply put into the AWS account 111122223333, as receipt.txt beside it says, and nothing else.
rem Made by lexlogs 0.1.0. It does this, in this order, where apply did the opposite:
rem   3. detach the policy LexConversationLogsS3Policy from the role LexConversationLogsRole
rem   2. delete the policy LexConversationLogsS3Policy
rem   1. delete the IAM role LexConversationLogsRole
rem
rem   undo.cmd --dry-run    print every command, change nothing
rem   undo.cmd              look, ask, then do it
rem   undo.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 done; 2 refused before any change; 3 a call failed, at the step that it names.

rem An aws.cmd that lies in this folder must not run in place of the AWS CLI.
set "NoDefaultCurrentDirectoryInExePath=1"
rem A variable of such a name would stand in front of what cmd.exe itself says.
set "ERRORLEVEL="
set "RANDOM="
set "CD="
set "SCRIPT=undo"
set "ACCOUNT=111122223333"
set "BUNDLE_REGION=us-east-1"
set "STEPS=3"
set "BUNDLE=lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole"
set "DIGEST=385162a2d026c26cd4b6857d5e5588c7845924e6a7f339749f9fe5592cdb1a3e"
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
if "%~1"=="--yes" set "OPTION=YES"
if "%~1"=="--without-receipt" set "OPTION=WITHOUT_RECEIPT"
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

rem --- Before anything is changed ---------------------------------------------

if "%DRY_RUN%"=="yes" goto receipt_read
call .\functions.cmd read_receipt
if "%WITHOUT_RECEIPT%"=="yes" goto receipt_read
if not exist receipt.txt call .\functions.cmd refuse "there is no receipt.txt beside this script, so it is not known what apply made. README.md says what can be done."
if exist receipt.txt if not defined KNOWN call .\functions.cmd refuse "receipt.txt is of another bundle, so it is not known what apply of this one made. README.md says what can be done."
if not "%CODE%"=="0" goto end
:receipt_read

call .\functions.cmd begin
call .\functions.cmd sign_in aws sts get-caller-identity --output text ^
    --query "[Account,Arn]"

rem --- What is there ----------------------------------------------------------

call .\functions.cmd subject 1 "the IAM role LexConversationLogsRole" none
call .\functions.cmd look path aws iam get-role --role-name LexConversationLogsRole --output text ^
    --query "[Role.Arn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['Arn',Role.Arn])][] | [?@].[@]"
call .\functions.cmd look trust aws iam get-role --role-name LexConversationLogsRole --output text ^
    --query "[Role.AssumeRolePolicyDocument.Version!='2012-10-17' && join(' ',['Version',Role.AssumeRolePolicyDocument.Version||'none']), [Role.AssumeRolePolicyDocument.Statement][] | [?! (Effect=='Allow' && [Principal.Service][]==['lexv2.amazonaws.com'] && keys(Principal)==['Service'] && ! Condition && [Action][] && ! ([Action][] | [?! contains(['sts:AssumeRole'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([Role.AssumeRolePolicyDocument.Statement][].[Action][][],'sts:AssumeRole') && 'Action sts:AssumeRole is missing'][] | [?@].[@]"
call .\functions.cmd look bounded aws iam get-role --role-name LexConversationLogsRole --output text ^
    --query "[Role.PermissionsBoundary && join(' ',['PermissionsBoundary',Role.PermissionsBoundary.PermissionsBoundaryArn])][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject 2 "the policy LexConversationLogsS3Policy" none
call .\functions.cmd look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text ^
    --query Policy.DefaultVersionId
call .\functions.cmd look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id %VERSION% --output text ^
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:s3:::support-bot-audio-logs/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
call .\functions.cmd look name aws iam list-policies --scope Local --output text ^
    --query "Policies[?PolicyName=='LexConversationLogsS3Policy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[join(' ',['Arn',Arn])]"
call .\functions.cmd settle

call .\functions.cmd subject 3 "the policy LexConversationLogsS3Policy on the role LexConversationLogsRole" 1
call .\functions.cmd look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text ^
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[PolicyArn]"
call .\functions.cmd settle
if not "%CODE%"=="0" goto end

rem --- What is to go ----------------------------------------------------------

echo.
call .\steps.cmd decide 1 "the IAM role LexConversationLogsRole" none none none
call .\steps.cmd decide 2 "the policy LexConversationLogsS3Policy" none none none
call .\steps.cmd decide 3 "the policy LexConversationLogsS3Policy on the role LexConversationLogsRole" 1 2 none
call .\functions.cmd look_for_users 1 "the IAM role LexConversationLogsRole" aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text ^
    --query "AttachedPolicies[?! contains(['arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'],PolicyArn)].[PolicyArn]"
call .\functions.cmd look_for_users 1 "the IAM role LexConversationLogsRole" aws iam list-role-policies --role-name LexConversationLogsRole --output text ^
    --query "PolicyNames[].[@]"
call .\functions.cmd look_for_users 1 "the IAM role LexConversationLogsRole" aws iam list-instance-profiles-for-role --role-name LexConversationLogsRole --output text ^
    --query "InstanceProfiles[].[InstanceProfileName]"
call .\functions.cmd look_for_users 2 "the policy LexConversationLogsS3Policy" aws iam list-entities-for-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text ^
    --query "[PolicyRoles[?RoleName!='LexConversationLogsRole'].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]"
if not "%CODE%"=="0" goto end
if defined USED call .\functions.cmd refuse "somebody else uses what is to go, as said above. Take that out first."
if not "%CODE%"=="0" goto end
if not defined TAKEN if not defined GONE goto nothing
if defined TAKEN_1 echo   goes: the IAM role LexConversationLogsRole
if defined TAKEN_2 echo   goes: the policy LexConversationLogsS3Policy
if defined TAKEN_3 echo   goes: the policy LexConversationLogsS3Policy on the role LexConversationLogsRole
if "%DRY_RUN%"=="yes" goto steps
if "%YES%"=="yes" goto steps
if not defined TAKEN goto steps
rem timeout.exe takes no input but a keyboard's.
if not exist "%SystemRoot%\System32\timeout.exe" goto ask
"%SystemRoot%\System32\timeout.exe" /t 0 >nul 2>nul
if errorlevel 1 goto no_terminal
:ask
set "ANSWER="
set /p "ANSWER=Type yes to take it out: "
if defined ANSWER set "ANSWER=%ANSWER:"=%"
if not defined ANSWER if not exist "%SystemRoot%\System32\timeout.exe" goto no_terminal
if not "%ANSWER%"=="yes" call .\functions.cmd refuse "the answer was not yes."
if not "%CODE%"=="0" goto end

rem --- The steps --------------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Undo of step"
call .\functions.cmd step 3 "detach the policy LexConversationLogsS3Policy from the role LexConversationLogsRole" "arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy on LexConversationLogsRole"
call .\steps.cmd remove aws iam detach-role-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --role-name LexConversationLogsRole
call .\steps.cmd end_step
call .\functions.cmd step 2 "delete the policy LexConversationLogsS3Policy" arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
call .\steps.cmd find_versions aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text ^
    --query "Versions[?! IsDefaultVersion].[VersionId]"
if "%CODE%"=="0" for /f "usebackq" %%V in ("%WORK%\versions.txt") do set "OUT=%%V"& call .\functions.cmd read_version& call :remove_version_2
call .\steps.cmd remove aws iam delete-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
call .\steps.cmd end_step
call .\functions.cmd step 1 "delete the IAM role LexConversationLogsRole" arn:aws:iam::111122223333:role/LexConversationLogsRole
call .\steps.cmd remove aws iam delete-role --role-name LexConversationLogsRole
call .\steps.cmd end_step

if not "%CODE%"=="0" goto end
echo.
if "%DRY_RUN%"=="yes" goto dry_run_done
call .\functions.cmd record "result: undone"
if not "%CODE%"=="0" goto end
if not defined KEPT echo Done: what apply made is taken out. receipt.txt says what was done.
if defined KEPT echo Done: what apply made is taken out, but for what stays, as said above. receipt.txt says what was done.
goto end

:dry_run_done
echo Dry run: nothing was called and nothing was changed.
goto end

:nothing
echo.
echo Done: there is nothing to take out.
goto end

:no_terminal
call .\functions.cmd refuse "there is no terminal to ask at; use --yes."
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
echo undo: there is no option "%~1".>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_folder
echo undo: the folder of this script cannot be entered.>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_functions
echo undo: functions.cmd, show.cmd or steps.cmd is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
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
echo usage: undo.cmd [--dry-run] [--yes] [--without-receipt] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --yes              do not ask
echo   --without-receipt  take out what is exactly as this bundle makes it, whoever made it
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0

:remove_version_2
call .\steps.cmd remove aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id %VERSION%
exit /b 0

