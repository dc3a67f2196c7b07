@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem check.cmd - says whether the AWS account 111122223333 is as this bundle makes it. It changes nothing.
rem Made by lexlogs 0.1.0. It looks at this, in this order:
rem   1. the IAM role svc-lex-conversation-logs
rem   2. the policy svc-lex-logs-cloudwatch
rem   3. the policy svc-lex-logs-cloudwatch on the role svc-lex-conversation-logs
rem   4. the policy svc-lex-logs-s3
rem   5. the policy svc-lex-logs-s3 on the role svc-lex-conversation-logs
rem and at what the logs are written to.
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

call .\functions.cmd subject log-group "the log group /org/voice/lex/support-bot" none regional
call :look_target target aws logs describe-log-groups --log-group-name-prefix /org/voice/lex/support-bot --no-paginate --region us-gov-west-1 --output text ^
    --query "[! (logGroups[?logGroupName=='/org/voice/lex/support-bot']) && 'absent'][] | [?@].[@]"
call .\functions.cmd settle

call .\functions.cmd subject bucket "the bucket org-voice-archive" none regional
call :look_target target aws s3api get-bucket-location --bucket org-voice-archive --expected-bucket-owner 111122223333 --region us-gov-west-1 --output text ^
    --query "[LocationConstraint!='us-gov-west-1' && join(' ',['Region',LocationConstraint||'us-east-1'])][] | [?@].[@]"
call .\functions.cmd settle
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
echo check: functions.cmd, show.cmd or steps.cmd is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
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
