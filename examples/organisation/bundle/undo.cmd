@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Removes from AWS account 111122223333 what apply created, as receipt.txt says, and nothing else. From lexlogs 0.1.0.
rem   1. detach the policy svc-lex-logs-s3 from the role svc-lex-conversation-logs
rem   2. delete the policy svc-lex-logs-s3
rem   3. detach the policy svc-lex-logs-cloudwatch from the role svc-lex-conversation-logs
rem   4. delete the policy svc-lex-logs-cloudwatch
rem   5. delete the role svc-lex-conversation-logs
rem
rem usage: undo.cmd [--dry-run] [--yes] [--without-receipt] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run           print the plan and the commands that would run, change nothing
rem   --yes               do not ask before the first change
rem   --without-receipt   remove what is exactly as this bundle creates it, whoever created it
rem   --verbose           also print the commands that only read
rem Exit codes: 0 done, 2 refused before any change, 3 a call failed.

set "SELF=%~f0"
<nul >nul set ARGUMENTS=. %*
rem (If the arguments end with a caret, this line belongs to them.)
for %%V in ("WORK=" "CODE=0") do set %%V
pushd "%~dp0" || exit /b 2
if not exist functions.cmd >&2 echo undo: functions.cmd is missing beside this script. Extract the whole zip.& set "CODE=2"& goto end
set "USED="
call .\functions.cmd begin undo "--dry-run --yes --without-receipt" aws-us-gov 111122223333 us-gov-west-1 || goto end
if not exist receipt.txt if not defined --without-receipt call .\functions.cmd stop 2 ^
    "there is no receipt.txt beside this script, so it is not known what apply created. README.md says what to do." || goto end
>"%WORK%\going.txt" echo svc-lex-conversation-logs
echo Plan:
call :steps
if defined USED call .\functions.cmd stop 2 "something else uses what would be removed, as shown above."
call .\functions.cmd confirm "Remove these %CHANGES% from account 111122223333?" ^
    2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8 || goto end
call :steps
if "%CODE%"=="0" if defined --dry-run (echo Dry run: nothing was changed.) else echo Done. receipt.txt lists what was removed.

:end
if defined WORK rd /s /q "%WORK%"
rem The window of a script that was double-clicked closes with it. Explorer's command line is the one that ends like this.
setlocal EnableDelayedExpansion
set "LINE=!CMDCMDLINE:"=!"
if /i "!LINE!"=="!ComSpec! /c !SELF! " pause
popd
exit /b %CODE%

rem The steps, which run twice: to compare, then to do.
:steps
set "FULL="
call .\functions.cmd attachment svc-lex-logs-s3 svc-lex-conversation-logs
call :remove aws iam detach-role-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --role-name svc-lex-conversation-logs

call .\functions.cmd policy svc-lex-logs-s3 LexConversationLogsS3Policy.json
call :expect tags 3
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :remove aws iam delete-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3
call :unused aws iam list-entities-for-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

call .\functions.cmd attachment svc-lex-logs-cloudwatch svc-lex-conversation-logs
call :remove aws iam detach-role-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --role-name svc-lex-conversation-logs

call .\functions.cmd policy svc-lex-logs-cloudwatch LexConversationLogsCloudWatchLogsPolicy.json
call :expect tags 3
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :remove aws iam delete-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch
call :unused aws iam list-entities-for-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --query "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]"

call .\functions.cmd role svc-lex-conversation-logs LexConversationLogsAssumeRolePolicyDocument.json /service/lex/ arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call :expect boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call :read aws iam get-role --role-name svc-lex-conversation-logs ^
    --query Role.PermissionsBoundary.PermissionsBoundaryArn
call :expect tags 3
call :read aws iam list-role-tags --role-name svc-lex-conversation-logs ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :remove aws iam delete-role --role-name svc-lex-conversation-logs
call :unused aws iam list-attached-role-policies --role-name svc-lex-conversation-logs ^
    --query "AttachedPolicies[].[PolicyArn]"
call :unused aws iam list-role-policies --role-name svc-lex-conversation-logs ^
    --query "PolicyNames[].[@]"
call :unused aws iam list-instance-profiles-for-role --role-name svc-lex-conversation-logs ^
    --query "InstanceProfiles[].[InstanceProfileName]"
exit /b

rem In the first pass, decide what happens to the step's thing. In the second, remove it.
:remove
if "%PHASE%"=="compare" goto decide
if "%STATE%"=="absent" call :made "%RESOURCE%"
if "%STATE%"=="absent" for %%W in (created creating) do if "%LAST%"=="%%W" call .\functions.cmd record "removed: !RESOURCE!"
if not "%STATE%%FULL%"=="remove" exit /b
if "%KIND%"=="policy" call :remove_versions
call .\functions.cmd run removing removed %*
exit /b
:decide
if not "%CODE%"=="0" exit /b
set "GOES="
if "%STATE%"=="create" call .\functions.cmd line absent& exit /b
if defined --without-receipt if "%STATE%"=="in place" set "GOES=yes"
call :made "%RESOURCE%"
rem A policy that apply created goes, and so does its attachment, whoever made that.
if "%KIND%"=="attachment" if not "%LAST%"=="created" call :made "%POLICY%"
if "%LAST%"=="creating" if "%STATE%"=="in place" set "GOES=yes"
if "%LAST%"=="created" if not defined ELSEWHERE set "GOES=yes"
if defined FULL set "GOES="
if "%FULL%"=="yes" >>"%WORK%\details.txt" echo       it is not empty
if not defined GOES if not "%FULL%"=="yes" (
    >>"%WORK%\details.txt" echo       the receipt does not say that apply created it as it is
)
if not defined GOES call .\functions.cmd line keep& exit /b
if not "%KIND%"=="role" >>"%WORK%\going.txt" echo %POLICY%
call .\functions.cmd line remove
exit /b
rem What the receipt says last of creating a resource: LAST.
:made
for %%V in (LAST UPDATED) do set "%%V="
if exist receipt.txt for /f "usebackq delims=" %%L in ("receipt.txt") do (
    for %%W in (creating created "not created" removed) do if "%%L"=="%%~W: %~1" set "LAST=%%~W"
    if "%%L"=="updating: %~1" set "UPDATED=yes"
)
rem A call got no answer, and a later run updated what it found: that had existed before.
if "%LAST%"=="creating" if defined UPDATED set "LAST=updating"
exit /b

rem IAM deletes a policy only when its other versions are gone.
:remove_versions
call .\functions.cmd get aws iam list-policy-versions --policy-arn "%POLICY%" ^
    --query "Versions[?! IsDefaultVersion].[VersionId]" --output text || exit /b
call .\functions.cmd version || exit /b
copy /y "%WORK%\out.txt" "%WORK%\versions.txt" >nul || call .\functions.cmd stop 3 "there is no room for temporary files." || exit /b 1
for /f "usebackq" %%V in ("%WORK%\versions.txt") do call .\functions.cmd run "deleting %%V" "deleted %%V" ^
    aws iam delete-policy-version --policy-arn "%POLICY%" --version-id %%V
exit /b

rem After the line of what is to go: nobody else may use it. The command prints its users, a line each.
:unused
if not "%PHASE%%GOES%"=="compareyes" exit /b
call .\functions.cmd get %* --output text || exit /b
call .\functions.cmd lacking out.txt going.txt "used by:"
if exist "%WORK%\details.txt" type "%WORK%\details.txt"& del "%WORK%\details.txt"& set "USED=yes"
exit /b

rem A step that is neither a role, a policy nor an attachment: its name and its resource.
:thing
for %%V in ("KIND=thing" "WAITER=") do set %%V
call .\functions.cmd name "%~1" "%~2" && set "STATE=unknown"
exit /b
rem What the next command must print: the property and its value.
:expect
for %%V in ("PROPERTY=%~1" "VALUE=%~2") do set %%V
exit /b
rem Compare that with what the command prints; None means that it has no value.
:read
if not "%PHASE%"=="compare" exit /b
if "%STATE%%ELSEWHERE%"=="create" exit /b
if defined ELSEWHERE exit /b
call .\functions.cmd read %* --output text || exit /b
for %%V in (SAME OTHER) do set "%%V="
if "%RC%"=="0" goto read_done
for %%E in (Entity Bucket TagSet PublicAccessBlockConfiguration) do "%SYSTEM%\find.exe" "(NoSuch%%E)" "%WORK%\err.txt" >nul && set "RC=0"
for %%E in (ResourceNotFoundException ServerSideEncryptionConfigurationNotFoundError) do (
    "%SYSTEM%\find.exe" "(%%E)" "%WORK%\err.txt" >nul && set "RC=0"
)
if not "%RC%"=="0" call .\functions.cmd unread& exit /b
type nul >"%WORK%\out.txt"
:read_done
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%VALUE%" (set "SAME=yes") else if not "%%L"=="None" set "OTHER=yes"
if defined SAME if "%STATE%"=="unknown" set "STATE=in place"
if defined SAME exit /b
if not defined OTHER if "%STATE%"=="unknown" set "STATE=create"& exit /b
if not defined OTHER >"%WORK%\out.txt" echo none
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do >>"%WORK%\details.txt" echo       in the account:  %PROPERTY% %%L
for /f "delims=" %%V in ("%VALUE%") do >>"%WORK%\details.txt" echo       in the bundle:   %PROPERTY% %%V
:differs
set "STATE=differs"
for %%P in (region policy) do if "%PROPERTY%"=="%%P" set "ELSEWHERE=yes"& exit /b
if defined --update set "STATE=update"
set "DIFFERENCES=%DIFFERENCES% %NUMBER%-%PROPERTY%"
exit /b
