@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Lets Amazon Lex V2 write conversation logs in AWS account 111122223333, us-gov-west-1. From lexlogs 0.1.0.
rem   1. create the role svc-lex-conversation-logs
rem   2. create the policy svc-lex-logs-cloudwatch
rem   3. attach the policy svc-lex-logs-cloudwatch to the role svc-lex-conversation-logs
rem   4. create the policy svc-lex-logs-s3
rem   5. attach the policy svc-lex-logs-s3 to the role svc-lex-conversation-logs
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
call .\functions.cmd begin apply "--dry-run --update --yes" aws-us-gov 111122223333 us-gov-west-1 || goto end
echo Plan:
call :steps
if defined DIFFERING if not defined --dry-run call .\functions.cmd stop 1 ^
    "something differs. --update replaces a document; README.md says more."
call .\functions.cmd confirm "Make these %CHANGES% changes in account 111122223333?" ^
    2ff3c3cc59b967cd7ca0596f4af01316f613113a0c7cd4264475963bf186a4d8 || goto end
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
call .\functions.cmd role svc-lex-conversation-logs LexConversationLogsAssumeRolePolicyDocument.json /service/lex/ arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call :expect boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call :read aws iam get-role --role-name svc-lex-conversation-logs ^
    --query Role.PermissionsBoundary.PermissionsBoundaryArn
call :expect tags 3
call :read aws iam list-role-tags --role-name svc-lex-conversation-logs ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :create aws iam create-role ^
    --role-name svc-lex-conversation-logs ^
    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json ^
    --path /service/lex/ ^
    --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary ^
    --tags file://LexConversationLogsTags.json
call :update boundary aws iam put-role-permissions-boundary --role-name svc-lex-conversation-logs ^
    --permissions-boundary arn:aws-us-gov:iam::111122223333:policy/boundaries/ServiceBoundary
call :update tags aws iam tag-role --role-name svc-lex-conversation-logs ^
    --tags file://LexConversationLogsTags.json

call .\functions.cmd policy svc-lex-logs-cloudwatch LexConversationLogsCloudWatchLogsPolicy.json
call :expect tags 3
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :create aws iam create-policy ^
    --policy-name svc-lex-logs-cloudwatch ^
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json ^
    --tags file://LexConversationLogsTags.json
call :update tags aws iam tag-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --tags file://LexConversationLogsTags.json

call .\functions.cmd attachment svc-lex-logs-cloudwatch svc-lex-conversation-logs
call :create aws iam attach-role-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-cloudwatch ^
    --role-name svc-lex-conversation-logs

call .\functions.cmd policy svc-lex-logs-s3 LexConversationLogsS3Policy.json
call :expect tags 3
call :read aws iam list-policy-tags ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --query "length(Tags[?(Key=='CostCenter' && Value=='4711') || (Key==`Gr\u00f6\u00dfe` && Value==`\u00bd`) || (Key=='Owner' && Value=='voice team')])"
call :create aws iam create-policy ^
    --policy-name svc-lex-logs-s3 ^
    --policy-document file://LexConversationLogsS3Policy.json ^
    --tags file://LexConversationLogsTags.json
call :update tags aws iam tag-policy --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --tags file://LexConversationLogsTags.json

call .\functions.cmd attachment svc-lex-logs-s3 svc-lex-conversation-logs
call :create aws iam attach-role-policy ^
    --policy-arn arn:aws-us-gov:iam::111122223333:policy/svc-lex-logs-s3 ^
    --role-name svc-lex-conversation-logs
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

rem What belongs to the thing of step %1, resource %2, comes with it, in a later run too if this one breaks off. If that
rem existed before, --update changes its part, or it is left as it is.
:part_of
if not "%PHASE%"=="compare" exit /b
if "%STATE%"=="in place" exit /b
if defined ELSEWHERE exit /b
call :made "%RESOURCE%"
set "PART=%LAST%"
call :made "%~2"
call set "PARENT=%%PLAN_%1%%"
for %%W in (create missing) do if "%PARENT%"=="%%W" goto part_is_new
if "%LAST%"=="creating" goto part_is_new
if "%LAST%"=="created" if not "%PART%"=="created" goto part_is_new
if not "%~3"=="" set "STATE=in place"& goto no_details
if not "%STATE%"=="create" exit /b
>>"%WORK%\details.txt" echo       in the account:  %PROPERTY% none
for /f "delims=" %%V in ("%VALUE%") do >>"%WORK%\details.txt" echo       in the bundle:   %PROPERTY% %%V
goto differs
:part_is_new
set "STATE=create"
:no_details
if exist "%WORK%\details.txt" del "%WORK%\details.txt"
exit /b
rem The same command creates and updates it.
:put
if not "%PHASE%"=="compare" if "%STATE%"=="update" call .\functions.cmd run updating updated %*& exit /b
goto create
rem Change the property %1 if it differs.
:update
if "%PHASE%"=="compare" exit /b
if not "%STATE%"=="update" exit /b
for %%D in (%DIFFERENCES%) do if "%%D"=="%NUMBER%-%1" call .\functions.cmd run updating updated %*
exit /b
