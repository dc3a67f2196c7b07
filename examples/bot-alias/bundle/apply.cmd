@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Lets Amazon Lex V2 write conversation logs in AWS account 111122223333, us-east-1. From lexlogs 0.1.0.
rem   1. create the policy LexConversationLogsCloudWatchLogsPolicy
rem   2. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role SupportBotRole
rem   3. create the policy LexConversationLogsS3Policy
rem   4. attach the policy LexConversationLogsS3Policy to the role SupportBotRole
rem
rem usage: apply.cmd [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run   compare, print the plan and the commands that would run, change nothing
rem   --update    also replace what exists and differs
rem   --yes       do not ask before the first change
rem   --verbose   also print the commands that only read
rem Exit codes: 0 done, 1 something differs, 2 refused before any change, 3 a call failed.

set "SELF=%~f0"
<nul >nul set ARGUMENTS=. %*
rem (If the arguments end with a caret, this line belongs to them.)
for %%V in ("WORK=" "CODE=0") do set %%V
pushd "%~dp0" || exit /b 2
if not exist functions.cmd >&2 echo apply: functions.cmd is missing beside this script. Extract the whole zip.& set "CODE=2"& goto end
call .\functions.cmd begin apply "--dry-run --update --yes" aws 111122223333 us-east-1 || goto end
echo Plan:
call :steps
if defined DIFFERING if not defined --dry-run call .\functions.cmd stop 1 ^
    "something differs. --update replaces a document; README.md says more."
call .\functions.cmd confirm "Make these %CHANGES% changes in account 111122223333?" ^
    b4d50960974344d312764500a76753d5d5cf72addf13a5c00ab5e1df94179a98 || goto end
call :steps
if "%CODE%"=="0" if defined --dry-run (echo Dry run: nothing was changed.) else echo Done. receipt.txt lists what was created, for undo.

:end
if defined WORK rd /s /q "%WORK%"
rem The window of a script that was double-clicked closes with it. Explorer's command line is the one that ends like this.
setlocal EnableDelayedExpansion
set "LINE=!CMDCMDLINE:"=!"
if /i "!LINE!"=="!ComSpec! /c !SELF! " pause
popd
exit /b %CODE%

rem The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
:steps
call :existing_role SupportBotRole lexv2.amazonaws.com
call .\functions.cmd policy LexConversationLogsCloudWatchLogsPolicy LexConversationLogsCloudWatchLogsPolicy.json
call :create aws iam create-policy ^
    --policy-name LexConversationLogsCloudWatchLogsPolicy ^
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json

call .\functions.cmd attachment LexConversationLogsCloudWatchLogsPolicy SupportBotRole
call :create aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^
    --role-name SupportBotRole

call .\functions.cmd policy LexConversationLogsS3Policy LexConversationLogsS3Policy.json
call :create aws iam create-policy ^
    --policy-name LexConversationLogsS3Policy ^
    --policy-document file://LexConversationLogsS3Policy.json

call .\functions.cmd attachment LexConversationLogsS3Policy SupportBotRole
call :create aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^
    --role-name SupportBotRole
exit /b

rem In the first pass, print the step's line of the plan. In the second, do what the plan says.
:create
if "%PHASE%"=="compare" call .\functions.cmd line "%STATE%"& exit /b
if "%STATE%"=="create" call .\functions.cmd run creating created %*& exit /b
if not "%STATE%"=="update" call .\functions.cmd record "in place: !RESOURCE!"& exit /b
for %%D in (%DIFFERENCES%) do if "%%D"=="%NUMBER%-document" goto replace
exit /b
:replace
if "%KIND%"=="policy" call :make_room
call .\functions.cmd run updating updated aws iam %REPLACING%
exit /b
rem IAM keeps five versions of a policy: of five, the oldest that is not the default goes before a new one comes.
:make_room
call .\functions.cmd get aws iam list-policy-versions --policy-arn "%POLICY%" --output text ^
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
call .\functions.cmd version
if "%VERSION%"=="None" exit /b
call .\functions.cmd run "deleting %VERSION%" "deleted %VERSION%" aws iam delete-policy-version ^
    --policy-arn "%POLICY%" --version-id %VERSION%
exit /b

rem The role must exist and trust Amazon Lex: this bundle neither creates, changes nor deletes it.
:existing_role
if not "%PHASE%"=="compare" exit /b
set "WHAT=role %~1"
call .\functions.cmd get aws iam get-role --role-name "%~1" --query Role.Arn --output text ^
    || call .\functions.cmd stop 2 "the role %~1 does not exist, and this bundle does not create it." || exit /b
set "OTHER="
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do set "FOUND=%%L"& if not "%%L"=="%~3" set "OTHER=yes"
if "%~3"=="" set "OTHER="
if defined OTHER call .\functions.cmd stop 1 "the ARN of the role is !FOUND!, not %~3."& exit /b
call .\functions.cmd get aws iam get-role --role-name "%~1" --output text ^
    --query "[Role.AssumeRolePolicyDocument.Statement][][]|[?Effect=='Allow'].[Principal.Service][][].[@]" || exit /b
set "STATE="
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%~2" set "STATE=in place"
if not defined STATE call .\functions.cmd stop 1 "no statement of its trust policy lets %~2 assume the role %~1."& exit /b
call .\functions.cmd line "in place"
exit /b
