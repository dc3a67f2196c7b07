@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem apply.cmd - lets Amazon Lex V1 write conversation logs, in the AWS account 111122223333.
rem Made by lexlogs 0.1.0. It looks at what is there, then does this, in this order, where it is not done already:
rem   1. create the IAM role LexConversationLogsRole
rem   2. create the policy LexConversationLogsCloudWatchLogsPolicy
rem   3. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role LexConversationLogsRole
rem   4. create the policy LexConversationLogsS3Policy
rem   5. attach the policy LexConversationLogsS3Policy to the role LexConversationLogsRole
rem
rem   apply.cmd --dry-run      print every command, change nothing
rem   apply.cmd                check the documents, the AWS CLI and the account, look, then do it
rem   apply.cmd --help         all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2. What it did is in receipt.txt then.
rem Exit codes: 0 done; 1 something is there and differs, nothing was changed; 2 refused before any change; 3 a call failed.

rem An aws.cmd that lies in this folder must not run in place of the AWS CLI.
set "NoDefaultCurrentDirectoryInExePath=1"
rem A variable of such a name would stand in front of what cmd.exe itself says.
set "ERRORLEVEL="
set "RANDOM="
set "CD="
set "SCRIPT=apply"
set "ACCOUNT=111122223333"
set "BUNDLE_REGION=us-east-1"
set "STEPS=5"
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

rem --- Before anything is changed ---------------------------------------------

call .\functions.cmd begin
call .\functions.cmd document LexConversationLogsAssumeRolePolicyDocument.json ^
    3c61b29ee389631b7addf3081fa3d672a0fe1b3bdbb40e08edf6b7795bfed301
call .\functions.cmd document LexConversationLogsCloudWatchLogsPolicy.json ^
    5497f60c415ab88fa7f7846b0066e4742d1927b0fd9a9a68bea26202a596b82b
call .\functions.cmd document LexConversationLogsS3Policy.json ^
    8c955c1162b6e31e345cb0503ec3cc07e53cd625a52c141ae7aad996f9e3e0e3
if "%DRY_RUN%"=="no" call .\functions.cmd read_receipt
call .\functions.cmd sign_in aws sts get-caller-identity --output text ^
    --query "[Account,Arn]"

rem --- What is there ----------------------------------------------------------

call .\functions.cmd subject 1 "the IAM role LexConversationLogsRole" none
call .\functions.cmd look path aws iam get-role --role-name LexConversationLogsRole --output text ^
    --query "[Role.Arn!='arn:aws:iam::111122223333:role/LexConversationLogsRole' && join(' ',['Arn',Role.Arn])][] | [?@].[@]"
call .\functions.cmd look trust aws iam get-role --role-name LexConversationLogsRole --output text ^
    --query "[Role.AssumeRolePolicyDocument.Version!='2012-10-17' && join(' ',['Version',Role.AssumeRolePolicyDocument.Version||'none']), [Role.AssumeRolePolicyDocument.Statement][] | [?! (Effect=='Allow' && [Principal.Service][]==['lex.amazonaws.com'] && keys(Principal)==['Service'] && ! Condition && [Action][] && ! ([Action][] | [?! contains(['sts:AssumeRole'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([Role.AssumeRolePolicyDocument.Statement][].[Action][][],'sts:AssumeRole') && 'Action sts:AssumeRole is missing'][] | [?@].[@]"
call .\functions.cmd look bounded aws iam get-role --role-name LexConversationLogsRole --output text ^
    --query "[Role.PermissionsBoundary && join(' ',['PermissionsBoundary',Role.PermissionsBoundary.PermissionsBoundaryArn])][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject 2 "the policy LexConversationLogsCloudWatchLogsPolicy" none
call .\functions.cmd look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text ^
    --query Policy.DefaultVersionId
call .\functions.cmd look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id %VERSION% --output text ^
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
call .\functions.cmd look name aws iam list-policies --scope Local --output text ^
    --query "Policies[?PolicyName=='LexConversationLogsCloudWatchLogsPolicy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[join(' ',['Arn',Arn])]"
call .\functions.cmd settle

call .\functions.cmd subject 3 "the policy LexConversationLogsCloudWatchLogsPolicy on the role LexConversationLogsRole" 1
call .\functions.cmd look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text ^
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy'].[PolicyArn]"
call .\functions.cmd settle

call .\functions.cmd subject 4 "the policy LexConversationLogsS3Policy" none
call .\functions.cmd look version aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text ^
    --query Policy.DefaultVersionId
call .\functions.cmd look document aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id %VERSION% --output text ^
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws:s3:::support-bot-audio-logs/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
call .\functions.cmd look name aws iam list-policies --scope Local --output text ^
    --query "Policies[?PolicyName=='LexConversationLogsS3Policy' && Arn!='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[join(' ',['Arn',Arn])]"
call .\functions.cmd settle

call .\functions.cmd subject 5 "the policy LexConversationLogsS3Policy on the role LexConversationLogsRole" 1
call .\functions.cmd look attached aws iam list-attached-role-policies --role-name LexConversationLogsRole --output text ^
    --query "AttachedPolicies[?PolicyArn=='arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy'].[PolicyArn]"
call .\functions.cmd settle

if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto steps
if not defined DIFFERENT goto steps
if not defined LASTING if "%UPDATE%"=="yes" goto steps
echo.>&2
echo apply: not everything that is there is as this bundle makes it:>&2
type "%WORK%\verdict.txt" 1>&2
if defined LASTING echo Nothing was changed. An Arn or a Region that differs, or the trust policy of a role that was there before, is not for this script to change: README.md says what can be done.>&2
if not defined LASTING echo Nothing was changed. To put right what differs, use --update.>&2
set "CODE=1"
goto end

rem --- The steps --------------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Step"

call .\functions.cmd step 1 "create the IAM role LexConversationLogsRole" arn:aws:iam::111122223333:role/LexConversationLogsRole
call .\steps.cmd create aws iam create-role ^
    --role-name LexConversationLogsRole ^
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json
call .\steps.cmd wait_for aws iam wait role-exists --role-name LexConversationLogsRole
call .\steps.cmd update trust aws iam update-assume-role-policy --role-name LexConversationLogsRole --policy-document file://LexConversationLogsAssumeRolePolicyDocument.json
call .\functions.cmd finish

call .\functions.cmd step 2 "create the policy LexConversationLogsCloudWatchLogsPolicy" arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
call .\steps.cmd create aws iam create-policy ^
    --policy-name LexConversationLogsCloudWatchLogsPolicy ^
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json
call .\steps.cmd wait_for aws iam wait policy-exists --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy
call .\steps.cmd make_room document aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --output text ^
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
call .\steps.cmd drop document aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --version-id %VERSION%
call .\steps.cmd update document aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json --set-as-default
call .\functions.cmd finish

call .\functions.cmd step 3 "attach the policy LexConversationLogsCloudWatchLogsPolicy to the role LexConversationLogsRole" "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy on LexConversationLogsRole"
call .\steps.cmd create aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^
    --role-name LexConversationLogsRole
call .\functions.cmd finish

call .\functions.cmd step 4 "create the policy LexConversationLogsS3Policy" arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
call .\steps.cmd create aws iam create-policy ^
    --policy-name LexConversationLogsS3Policy ^
    --policy-document file://LexConversationLogsS3Policy.json
call .\steps.cmd wait_for aws iam wait policy-exists --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy
call .\steps.cmd make_room document aws iam list-policy-versions --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --output text ^
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
call .\steps.cmd drop document aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --version-id %VERSION%
call .\steps.cmd update document aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy --policy-document file://LexConversationLogsS3Policy.json --set-as-default
call .\functions.cmd finish

call .\functions.cmd step 5 "attach the policy LexConversationLogsS3Policy to the role LexConversationLogsRole" "arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy on LexConversationLogsRole"
call .\steps.cmd create aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^
    --role-name LexConversationLogsRole
call .\functions.cmd finish

if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto dry_run_done
call .\functions.cmd record "result: done"
if not "%CODE%"=="0" goto end
echo.
echo Done: all 5 steps. receipt.txt says what was done; check shows it, undo takes it out.
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
echo apply: there is no option "%~1".>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_folder
echo apply: the folder of this script cannot be entered.>&2
echo Nothing was changed.>&2
set "CODE=2"
goto end

:no_functions
echo apply: functions.cmd, show.cmd, steps.cmd or settings.cmd is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
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
echo usage: apply.cmd [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --update           put right what is there and differs
echo   --skip-checksums   do not compare the documents with their SHA-256
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0
