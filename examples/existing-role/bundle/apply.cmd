@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem apply.cmd - lets Amazon Lex V2 write conversation logs, in the AWS account 111122223333.
rem Made by lexlogs 0.1.0. It does this, in this order:
rem   1. create the policy LexConversationLogsCloudWatchLogsPolicy
rem   2. attach the policy LexConversationLogsCloudWatchLogsPolicy to the role SupportBotRole
rem   3. create the policy LexConversationLogsS3Policy
rem   4. attach the policy LexConversationLogsS3Policy to the role SupportBotRole
rem
rem   apply.cmd --dry-run      print every command, change nothing
rem   apply.cmd                check the documents, the AWS CLI and the account, then do it
rem   apply.cmd --help         all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 done; 2 refused before any change; 3 a call failed, at the step that it names.

rem An aws.cmd that lies in this folder must not run in place of the AWS CLI.
set "NoDefaultCurrentDirectoryInExePath=1"
rem A variable of such a name would stand in front of what cmd.exe itself says.
set "ERRORLEVEL="
set "RANDOM="
set "CD="
set "CODE=0"
set "WORK="
set "DRY_RUN=no"
set "SKIP_CHECKSUMS=no"

rem The documents are named relative to the script's own folder.
pushd "%~dp0"
if errorlevel 1 goto no_folder

rem --- Options ----------------------------------------------------------------

rem They end where nothing is left, not at an empty argument, which is refused.
if not "%~1"=="" goto option
if "%1"=="" goto options_done
:option
set "OPTION="
if "%~1"=="--dry-run" set "OPTION=DRY_RUN"
if "%~1"=="--skip-checksums" set "OPTION=SKIP_CHECKSUMS"
if "%~1"=="--help" goto option_help
if not defined OPTION goto option_unknown
set "%OPTION%=yes"
shift /1
if not "%~1"=="" goto option
if not "%1"=="" goto option
goto options_done

:option_help
call :usage
goto end

:option_unknown
call :usage 1>&2
echo apply: there is no option "%~1".>&2
goto refused

:options_done

rem --- Before anything is changed ---------------------------------------------

rem What the AWS CLI prints goes through a file: to a terminal it would page.
rem Two scripts that start in the same second get the same random numbers.
set "TRIES=0"
:new_work
set "NEW=%TEMP%\lexlogs-%RANDOM%-%RANDOM%"
mkdir "%NEW%" 2>nul
set "RC=%errorlevel%"
if "%RC%"=="0" goto work
set /a "TRIES+=1"
if not "%TRIES%"=="9" goto new_work
goto no_work
:work
set "WORK=%NEW%"

set "DOCUMENT=LexConversationLogsCloudWatchLogsPolicy.json"
set "EXPECTED=5497f60c415ab88fa7f7846b0066e4742d1927b0fd9a9a68bea26202a596b82b"
call :document
if not "%CODE%"=="0" goto refused

set "DOCUMENT=LexConversationLogsS3Policy.json"
set "EXPECTED=8c955c1162b6e31e345cb0503ec3cc07e53cd625a52c141ae7aad996f9e3e0e3"
call :document
if not "%CODE%"=="0" goto refused

rem No prompt, one form of messages; the Region gives the partition.
set "AWS_PAGER="
set "AWS_CLI_AUTO_PROMPT=off"
set "AWS_CLI_ERROR_FORMAT=legacy"
set "AWS_DEFAULT_OUTPUT=json"
set "AWS_REGION=us-east-1"
set "AWS_DEFAULT_REGION=us-east-1"

echo Account 111122223333, Region us-east-1 ^(AWS_REGION and AWS_DEFAULT_REGION are set to it^): checking the credentials.
echo     aws sts get-caller-identity ^^
echo         --query Account ^^
echo         --output text
if "%DRY_RUN%"=="yes" goto checked
call aws sts get-caller-identity ^
    --query Account ^
    --output text >"%WORK%\account.txt"
set "RC=%errorlevel%"
if not "%RC%"=="0" goto no_credentials
set "ACCOUNT="
set /p ACCOUNT=<"%WORK%\account.txt"
if not "%ACCOUNT%"=="111122223333" goto other_account
:checked

rem --- The steps --------------------------------------------------------------

set "STEP=1"
set "TITLE=create the policy LexConversationLogsCloudWatchLogsPolicy"
echo.
echo Step 1 of 4: create the policy LexConversationLogsCloudWatchLogsPolicy
echo     aws iam create-policy ^^
echo         --policy-name LexConversationLogsCloudWatchLogsPolicy ^^
echo         --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json
if "%DRY_RUN%"=="yes" goto step_1_done
call aws iam create-policy ^
    --policy-name LexConversationLogsCloudWatchLogsPolicy ^
    --policy-document file://LexConversationLogsCloudWatchLogsPolicy.json >"%WORK%\result.txt"
set "RC=%errorlevel%"
type "%WORK%\result.txt"
if not "%RC%"=="0" goto failed
:step_1_done

set "STEP=2"
set "TITLE=attach the policy LexConversationLogsCloudWatchLogsPolicy to the role SupportBotRole"
echo.
echo Step 2 of 4: attach the policy LexConversationLogsCloudWatchLogsPolicy to the role SupportBotRole
echo     aws iam attach-role-policy ^^
echo         --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^^
echo         --role-name SupportBotRole
if "%DRY_RUN%"=="yes" goto step_2_done
call aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy ^
    --role-name SupportBotRole >"%WORK%\result.txt"
set "RC=%errorlevel%"
type "%WORK%\result.txt"
if not "%RC%"=="0" goto failed
:step_2_done

set "STEP=3"
set "TITLE=create the policy LexConversationLogsS3Policy"
echo.
echo Step 3 of 4: create the policy LexConversationLogsS3Policy
echo     aws iam create-policy ^^
echo         --policy-name LexConversationLogsS3Policy ^^
echo         --policy-document file://LexConversationLogsS3Policy.json
if "%DRY_RUN%"=="yes" goto step_3_done
call aws iam create-policy ^
    --policy-name LexConversationLogsS3Policy ^
    --policy-document file://LexConversationLogsS3Policy.json >"%WORK%\result.txt"
set "RC=%errorlevel%"
type "%WORK%\result.txt"
if not "%RC%"=="0" goto failed
:step_3_done

set "STEP=4"
set "TITLE=attach the policy LexConversationLogsS3Policy to the role SupportBotRole"
echo.
echo Step 4 of 4: attach the policy LexConversationLogsS3Policy to the role SupportBotRole
echo     aws iam attach-role-policy ^^
echo         --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^^
echo         --role-name SupportBotRole
if "%DRY_RUN%"=="yes" goto step_4_done
call aws iam attach-role-policy ^
    --policy-arn arn:aws:iam::111122223333:policy/LexConversationLogsS3Policy ^
    --role-name SupportBotRole >"%WORK%\result.txt"
set "RC=%errorlevel%"
type "%WORK%\result.txt"
if not "%RC%"=="0" goto failed
:step_4_done

echo.
if "%DRY_RUN%"=="yes" goto dry_run_done
echo Done: all 4 steps. README.md says how to prove it, and how to undo it.
goto end

:dry_run_done
echo Dry run: nothing was called and nothing was changed.
goto end

rem --- Endings ----------------------------------------------------------------

:no_folder
echo apply: the folder of this script cannot be entered.>&2
goto refused

:no_work
echo apply: no folder for temporary files can be made where the variable TEMP says.>&2
goto refused

:no_credentials
set "AWS="
for %%A in (aws.exe aws.cmd aws.bat) do if not "%%~$PATH:A"=="" set "AWS=%%A"
if not defined AWS goto no_aws
echo apply: the AWS CLI has no working credentials; its own words are above. Sign in, or set AWS_PROFILE.>&2
goto refused

:no_aws
echo apply: the AWS CLI is not installed, or not on the PATH: there is no command aws.>&2
goto refused

:other_account
echo apply: the credentials belong to the account "%ACCOUNT%"; this bundle is for the account 111122223333.>&2
goto refused

:refused
echo Nothing was changed.>&2
set "CODE=2"
goto end

:failed
echo.>&2
echo Step %STEP% of 4 failed: %TITLE% ^(exit code %RC% of the AWS CLI, whose words are above^).>&2
echo The steps before it are done, the steps after it were not tried.>&2
echo Mend the cause, then run the commands of the remaining steps; README.md says how, and how to undo.>&2
set "CODE=3"
goto end

:end
if defined WORK rd /s /q "%WORK%"
popd
exit /b %CODE%

rem --- Subroutines ------------------------------------------------------------

:usage
echo usage: apply.cmd [--dry-run] [--skip-checksums]
echo   --dry-run          print every command, change nothing, call nothing
echo   --skip-checksums   do not compare the documents with their SHA-256
exit /b 0

rem %DOCUMENT% must be beside this script, as it was made.
:document
if not exist "%DOCUMENT%" goto document_missing
if exist "%DOCUMENT%\" goto document_missing
if "%SKIP_CHECKSUMS%"=="yes" exit /b 0
set "SUM="
"%SystemRoot%\System32\certutil.exe" -hashfile "%DOCUMENT%" SHA256 >"%WORK%\sum.txt" 2>nul
set "RC=%errorlevel%"
if not "%RC%"=="0" goto document_unchecked
rem The second line is the digest; Windows 7 writes blanks between its bytes.
for /f "usebackq skip=1 eol=; delims=" %%L in ("%WORK%\sum.txt") do if not defined SUM set "SUM=%%L"
if not defined SUM goto document_unchecked
set "SUM=%SUM: =%"
if /i not "%SUM%"=="%EXPECTED%" goto document_altered
exit /b 0

:document_missing
echo apply: %DOCUMENT% is missing beside this script. Extract the whole zip, then run the script in its folder.>&2
set "CODE=2"
exit /b 0

:document_unchecked
echo apply: the SHA-256 of %DOCUMENT% could not be computed. Compare the file with SHA256SUMS, then use --skip-checksums.>&2
set "CODE=2"
exit /b 0

:document_altered
echo apply: %DOCUMENT% was altered: its SHA-256 is not the one that it was made with. Ask for the bundle again.>&2
set "CODE=2"
exit /b 0
