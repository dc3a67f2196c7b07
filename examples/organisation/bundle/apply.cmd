@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem apply.cmd - lets Amazon Lex V2 write conversation logs, in the AWS account 111122223333.
rem Made by lexlogs 0.1.0. It looks at what is there, then does this, in this order, where it is not done already:
rem   1. create the IAM role svc-lex-conversation-logs
rem   2. create the policy svc-lex-logs-cloudwatch
rem   3. attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs
rem   4. create the policy svc-lex-logs-s3
rem   5. attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs
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
set "BUNDLE_REGION=us-gov-west-1"
set "STEPS=5"
set "BUNDLE=lex-conversation-logs-111122223333-us-gov-west-1-svc-lex-conversation-logs"
set "DIGEST=2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8"
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
    97d11010b0810ec7f47a041bef5cf5484395fe58116e69f61ce7235263960ff6
call .\functions.cmd document LexConversationLogsCloudWatchLogsPolicy.json ^
    9e33512f8ec06ee18c7029367a40e47144dd6321c6308e165cc0914d2879d64a
call .\functions.cmd document LexConversationLogsS3Policy.json ^
    626b744bf83846bbea4ef6734e6ca262a7ebeef3a2552702935c53637fdd3560
call .\functions.cmd document LexConversationLogsTags.json ^
    2dc3e5369558933f4cff4944c3702e3dea901af78a37e53403d64e34009f9141
if "%DRY_RUN%"=="no" call .\functions.cmd read_receipt
call .\functions.cmd sign_in aws sts get-caller-identity --output text ^
    --query "[Account,Arn]"

rem --- What is there ----------------------------------------------------------

call .\functions.cmd subject 1 "the IAM role svc-lex-conversation-logs" none
call .\functions.cmd look path aws iam get-role --role-name svc-lex-conversation-logs --output text ^
    --query "[Role.Arn!='arn:aws-us-gov:iam::111122223333:role/service/lex/svc-lex-conversation-logs' && join(' ',['Arn',Role.Arn])][] | [?@].[@]"
call .\functions.cmd look trust aws iam get-role --role-name svc-lex-conversation-logs --output text ^
    --query "[Role.AssumeRolePolicyDocument.Version!='2012-10-17' && join(' ',['Version',Role.AssumeRolePolicyDocument.Version||'none']), [Role.AssumeRolePolicyDocument.Statement][] | [?! (Effect=='Allow' && [Principal.Service][]==['lexv2.amazonaws.com'] && keys(Principal)==['Service'] && Condition && keys(Condition)==['StringEquals'] && keys(Condition.StringEquals)==['aws:SourceAccount'] && values(Condition.StringEquals)[]==['111122223333'] && [Action][] && ! ([Action][] | [?! contains(['sts:AssumeRole'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([Role.AssumeRolePolicyDocument.Statement][].[Action][][],'sts:AssumeRole') && 'Action sts:AssumeRole is missing'][] | [?@].[@]"
call .\functions.cmd look boundary aws iam get-role --role-name svc-lex-conversation-logs --output text ^
    --query "[Role.PermissionsBoundary.PermissionsBoundaryArn!='arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary' && join(' ',['PermissionsBoundary',Role.PermissionsBoundary.PermissionsBoundaryArn||'none'])][] | [?@].[@]"
call .\functions.cmd look tags aws iam get-role --role-name svc-lex-conversation-logs --output text ^
    --query "[! (Role.Tags[?Key=='CostCenter' && Value=='4711'] && Role.Tags[?Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`] && Role.Tags[?Key=='Owner' && Value=='voice team']) && join(' ',['Tags',to_string(Role.Tags)])][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject 2 "the policy svc-lex-logs-cloudwatch" none
call .\functions.cmd look version aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text ^
    --query Policy.DefaultVersionId
call .\functions.cmd look document aws iam get-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --version-id %VERSION% --output text ^
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/org/voice/lex/support-bot:*'] && [Action][] && ! ([Action][] | [?! contains(['logs:CreateLogStream','logs:PutLogEvents'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:CreateLogStream') && 'Action logs:CreateLogStream is missing', ! contains([PolicyVersion.Document.Statement][].[Action][][],'logs:PutLogEvents') && 'Action logs:PutLogEvents is missing'][] | [?@].[@]"
call .\functions.cmd look tags aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text ^
    --query "[! (Policy.Tags[?Key=='CostCenter' && Value=='4711'] && Policy.Tags[?Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`] && Policy.Tags[?Key=='Owner' && Value=='voice team']) && join(' ',['Tags',to_string(Policy.Tags)])][] | [?@].[@]"
call .\functions.cmd look name aws iam list-policies --scope Local --output text ^
    --query "Policies[?PolicyName=='svc-lex-logs-cloudwatch' && Arn!='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch'].[join(' ',['Arn',Arn])]"
call .\functions.cmd settle

call .\functions.cmd subject 3 "the policy svc-lex-logs-cloudwatch on the role svc-lex-conversation-logs" 1
call .\functions.cmd look attached aws iam list-attached-role-policies --role-name svc-lex-conversation-logs --output text ^
    --query "AttachedPolicies[?PolicyArn=='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch'].[PolicyArn]"
call .\functions.cmd settle

call .\functions.cmd subject 4 "the policy svc-lex-logs-s3" none
call .\functions.cmd look version aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text ^
    --query Policy.DefaultVersionId
call .\functions.cmd look document aws iam get-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --version-id %VERSION% --output text ^
    --query "[PolicyVersion.Document.Version!='2012-10-17' && join(' ',['Version',PolicyVersion.Document.Version||'none']), [PolicyVersion.Document.Statement][] | [?! (Effect=='Allow' && ! Condition && [Resource][]==['arn:aws-us-gov:s3:::org-voice-archive/lex/support-bot/*'] && [Action][] && ! ([Action][] | [?! contains(['s3:PutObject'],@)]))].join(' ',['Statement',to_string(@)]), ! contains([PolicyVersion.Document.Statement][].[Action][][],'s3:PutObject') && 'Action s3:PutObject is missing'][] | [?@].[@]"
call .\functions.cmd look tags aws iam get-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text ^
    --query "[! (Policy.Tags[?Key=='CostCenter' && Value=='4711'] && Policy.Tags[?Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`] && Policy.Tags[?Key=='Owner' && Value=='voice team']) && join(' ',['Tags',to_string(Policy.Tags)])][] | [?@].[@]"
call .\functions.cmd look name aws iam list-policies --scope Local --output text ^
    --query "Policies[?PolicyName=='svc-lex-logs-s3' && Arn!='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3'].[join(' ',['Arn',Arn])]"
call .\functions.cmd settle

call .\functions.cmd subject 5 "the policy svc-lex-logs-s3 on the role svc-lex-conversation-logs" 1
call .\functions.cmd look attached aws iam list-attached-role-policies --role-name svc-lex-conversation-logs --output text ^
    --query "AttachedPolicies[?PolicyArn=='arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3'].[PolicyArn]"
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

call .\functions.cmd step 1 "create the IAM role svc-lex-conversation-logs" arn:aws-us-gov:iam::111122223333:role/service/lex/svc-lex-conversation-logs
call .\steps.cmd create aws iam create-role ^
    --role-name svc-lex-conversation-logs ^
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json ^
    --path /service/lex/ ^
    --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary ^
    --tags file://LexConversationLogsTags.json
call .\steps.cmd wait_for aws iam wait role-exists --role-name svc-lex-conversation-logs
call .\steps.cmd update trust aws iam update-assume-role-policy --role-name svc-lex-conversation-logs --policy-document file://LexConversationLogsAssumeRolePolicyDocument.json
call .\steps.cmd update boundary aws iam put-role-permissions-boundary --role-name svc-lex-conversation-logs --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call .\steps.cmd update tags aws iam tag-role --role-name svc-lex-conversation-logs --tags file://LexConversationLogsTags.json
call .\functions.cmd finish

call .\functions.cmd step 2 "create the policy svc-lex-logs-cloudwatch" arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
call .\steps.cmd create aws iam create-policy ^
    --policy-name svc-lex-logs-cloudwatch ^
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json ^
    --tags file://LexConversationLogsTags.json
call .\steps.cmd wait_for aws iam wait policy-exists --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
call .\steps.cmd make_room document aws iam list-policy-versions --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --output text ^
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
call .\steps.cmd drop document aws iam delete-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --version-id %VERSION%
call .\steps.cmd update document aws iam create-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json --set-as-default
call .\steps.cmd update tags aws iam tag-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch --tags file://LexConversationLogsTags.json
call .\functions.cmd finish

call .\functions.cmd step 3 "attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs" "arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch on svc-lex-conversation-logs"
call .\steps.cmd create aws iam attach-role-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --role-name svc-lex-conversation-logs
call .\functions.cmd finish

call .\functions.cmd step 4 "create the policy svc-lex-logs-s3" arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
call .\steps.cmd create aws iam create-policy ^
    --policy-name svc-lex-logs-s3 ^
    --policy-document file://LexConversationLogsS3Policy.json ^
    --tags file://LexConversationLogsTags.json
call .\steps.cmd wait_for aws iam wait policy-exists --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
call .\steps.cmd make_room document aws iam list-policy-versions --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --output text ^
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
call .\steps.cmd drop document aws iam delete-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --version-id %VERSION%
call .\steps.cmd update document aws iam create-policy-version --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --policy-document file://LexConversationLogsS3Policy.json --set-as-default
call .\steps.cmd update tags aws iam tag-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 --tags file://LexConversationLogsTags.json
call .\functions.cmd finish

call .\functions.cmd step 5 "attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs" "arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 on svc-lex-conversation-logs"
call .\steps.cmd create aws iam attach-role-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --role-name svc-lex-conversation-logs
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
echo apply: functions.cmd, show.cmd or steps.cmd is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
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
