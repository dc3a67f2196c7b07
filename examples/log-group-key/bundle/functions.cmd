@echo off
rem functions.cmd - what the scripts of a bundle share. It names no account and is the same in all bundles of a version of
rem lexlogs. Those scripts call it; by itself it does nothing. Its first argument names the subroutine, the next
rem are for that one; from the word aws on they are a command. A subroutine does nothing once CODE is not 0.
set "FUNCTION=%~1"
set FIRST=%2
set SECOND=%3
set THIRD=%4
set FOURTH=%5
if defined FIRST set "FIRST=%FIRST:"=%"
if defined SECOND set "SECOND=%SECOND:"=%"
if defined THIRD set "THIRD=%THIRD:"=%"
if defined FOURTH set "FOURTH=%FOURTH:"=%"
set ALL=%*
set COMMAND=%ALL:*aws =aws %
goto %FUNCTION%

rem --- Ends -------------------------------------------------------------------

rem Stops before any change.
:refuse
echo %SCRIPT%: %FIRST%>&2
echo Nothing was changed.>&2
set "CODE=2"
exit /b 0

rem Stops where something failed; WHY says what.
:stop
if not "%CODE%"=="0" exit /b 0
set "CODE=3"
echo.>&2
if not defined PHASE goto stop_looking
echo %PHASE% %NUMBER% of %STEPS% failed: %TITLE% ^(%WHY%^).>&2
echo Done before:>&2
if exist "%WORK%\so_far.txt" type "%WORK%\so_far.txt" 1>&2
echo Running this again is safe: it goes on where it stopped.>&2
exit /b 0
:stop_looking
echo %SCRIPT%: looking at %TITLE% failed: %WHY%.>&2
echo Nothing was changed. Running this again is safe.>&2
exit /b 0

rem --- Options and documents --------------------------------------------------

rem Makes a folder for what the AWS CLI prints. Two scripts that start in the same second get the same random numbers.
:begin
if not defined TEMP set "FIRST=no folder for temporary files can be made: the variable TEMP is not set."& goto refuse
set "TRIES=0"
:new_work
set "WORK=%TEMP%\lexlogs-%RANDOM%-%RANDOM%"
mkdir "%WORK%" 2>nul
set "RC=%errorlevel%"
if "%RC%"=="0" exit /b 0
set "WORK="
set /a "TRIES+=1"
if not "%TRIES%"=="9" goto new_work
set "FIRST=no folder for temporary files can be made where the variable TEMP says."
goto refuse

rem Document FIRST must be beside this script, as it was made: SECOND is its SHA-256.
:document
if not "%CODE%"=="0" exit /b 0
if not exist "%FIRST%" goto document_missing
if exist "%FIRST%\" goto document_missing
if "%SKIP_CHECKSUMS%"=="yes" exit /b 0
set "SUM="
"%SystemRoot%\System32\certutil.exe" -hashfile "%FIRST%" SHA256 >"%WORK%\sum.txt" 2>nul
set "RC=%errorlevel%"
if not "%RC%"=="0" goto document_unchecked
rem The second line is the digest; Windows 7 writes blanks between its bytes.
for /f "usebackq skip=1 eol=; delims=" %%L in ("%WORK%\sum.txt") do if not defined SUM set "SUM=%%L"
if not defined SUM goto document_unchecked
set "SUM=%SUM: =%"
if /i "%SUM%"=="%SECOND%" exit /b 0
set "FIRST=%FIRST% was altered: its SHA-256 is not the one that it was made with. Ask for the bundle again."
goto refuse
:document_missing
set "FIRST=%FIRST% is missing beside this script. Extract the whole zip, then run the script in its folder."
goto refuse
:document_unchecked
set "FIRST=the SHA-256 of %FIRST% could not be computed. Compare the file with SHA256SUMS, then use --skip-checksums."
goto refuse

rem --- Calls of the AWS CLI ---------------------------------------------------

rem Prints a command, then runs it: its exit code is in RC, the first line of what it printed in OUT; what it printed and
rem said is in files, for to a terminal the AWS CLI would page.
:run
if not "%CODE%"=="0" exit /b 0
call .\show.cmd %COMMAND%%EXTRA%
set "RC=0"
if "%DRY_RUN%"=="yes" exit /b 0
call %COMMAND%%EXTRA% <nul >"%WORK%\out.txt" 2>"%WORK%\err.txt"
set "RC=%errorlevel%"
set "OUT="
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if not defined OUT set "OUT=%%L"
rem What is too long for a line of cmd.exe is not nothing; an end of line alone is.
for %%F in ("%WORK%\out.txt") do if %%~zF GTR 2 if not defined OUT set "OUT=too long"
if "%RC%"=="0" type "%WORK%\err.txt" 1>&2
exit /b 0

rem Stops with what the last call said.
:failed
if not "%CODE%"=="0" exit /b 0
type "%WORK%\err.txt" 1>&2
set "OTHERS="
"%SystemRoot%\System32\find.exe" "(BucketAlreadyExists)" "%WORK%\err.txt" >nul
if not errorlevel 1 set "OTHERS=yes"
for %%E in ("(AccessDenied) when calling the GetBucketLocation" "(403) when calling the GetBucketLocation") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 set "OTHERS=yes"
)
if defined OTHERS echo If the bucket belongs to another account, ask the requester for a bundle with another name: all accounts share them.>&2
set "WHY=exit code %RC% of the AWS CLI, whose words are above"
for %%F in ("%WORK%\err.txt") do if "%%~zF"=="0" set "WHY=exit code %RC% of the AWS CLI, which said nothing"
goto stop

rem Whether the last call failed because what it named is not there: nothing but these errors means that.
:is_absent
set "ABSENT="
if not "%CODE%"=="0" exit /b 0
if "%RC%"=="0" exit /b 0
for %%E in ("(NoSuchEntity)" "(ResourceNotFoundException)" "(NoSuchBucket)") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 set "ABSENT=yes"
)
if not defined ABSENT goto failed
exit /b 0

rem Sets what all calls share, and makes sure that they go to the account ACCOUNT.
:sign_in
if not "%CODE%"=="0" exit /b 0
rem No prompt, one form of messages; the Region gives the partition.
set "AWS_PAGER="
set "AWS_CLI_AUTO_PROMPT=off"
set "AWS_CLI_ERROR_FORMAT=legacy"
set "AWS_DEFAULT_OUTPUT=json"
set "AWS_REGION=%BUNDLE_REGION%"
set "AWS_DEFAULT_REGION=%BUNDLE_REGION%"
echo Account %ACCOUNT%, Region %BUNDLE_REGION% ^(AWS_REGION and AWS_DEFAULT_REGION are set to it^): checking the credentials.
call :run
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" goto no_credentials
set "FOUND="
for /f "usebackq tokens=1,2" %%A in ("%WORK%\out.txt") do set "FOUND=%%A"& set "CALLER=%%B"
setlocal EnableDelayedExpansion
if "!FOUND!"=="%ACCOUNT%" exit /b 0
echo %SCRIPT%: the credentials belong to the account "!FOUND!"; this bundle is for the account %ACCOUNT%.>&2
echo Nothing was changed.>&2
endlocal& set "CODE=2"
exit /b 0
:no_credentials
set "AWS="
for %%A in (aws.exe aws.cmd aws.bat) do if not "%%~$PATH:A"=="" set "AWS=%%A"
set "FIRST=the AWS CLI is not installed, or not on the PATH: there is no command aws."
if not defined AWS goto refuse
type "%WORK%\err.txt" 1>&2
set "FIRST=the AWS CLI has no working credentials; its own words are above. Sign in, or use --profile."
goto refuse

rem --- Looking at what is there -----------------------------------------------

rem Begins to look at what step FIRST makes; without the result of step THIRD it cannot be there. If FOURTH is regional, its
rem calls say by themselves where it is.
:subject
if not "%CODE%"=="0" exit /b 0
set EXTRA=%PROFILE%%REGION%
if "%FOURTH%"=="regional" set EXTRA=%PROFILE%
set "NUMBER=%FIRST%"
set "TITLE=%SECOND%"
set "PARENT=%THIRD%"
set "FOUND=unknown"
set "NOTED="
set "VERSION=VERSION"
echo.
echo Looking at %TITLE%:
call set "STATE=%%STATE_%PARENT%%%"
if "%STATE%"=="absent" set "FOUND=absent"
exit /b 0

rem Prints what the last call found to differ.
:differs
set "FOUND=different"
set "DIFFERS_%NUMBER%_%ASPECT%=yes"
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do echo   different: %%L
if "%OUT%"=="too long" type "%WORK%\out.txt"
exit /b 0

rem Looks at one aspect of it, and prints what differs.
:look
if not "%CODE%"=="0" exit /b 0
set "ASPECT=%FIRST%"
if "%DRY_RUN%"=="yes" goto look_now
if "%ASPECT% %FOUND%"=="name absent" goto look_now
if "%ASPECT%"=="name" exit /b 0
if "%FOUND%"=="absent" exit /b 0
:look_now
call :run
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call :find_none
call :is_absent
if not "%CODE%"=="0" exit /b 0
if defined ABSENT set "FOUND=absent"
if defined ABSENT exit /b 0
if "%FOUND%"=="unknown" set "FOUND=same"
if "%ASPECT%"=="version" call :read_version
if "%ASPECT%"=="version" exit /b 0
if not defined OUT for %%A in (attached there) do if "%ASPECT%"=="%%A" set "FOUND=absent"
for %%A in (attached there) do if "%ASPECT%"=="%%A" exit /b 0
if not defined OUT exit /b 0
if "%ASPECT%"=="settings" for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="absent" set "FOUND=absent"
if "%ASPECT% %FOUND%"=="settings absent" exit /b 0
for %%A in (bounded creation-tags) do if "%ASPECT%"=="%%A" goto noted
for %%A in (path name location existing-trust) do if "%ASPECT%"=="%%A" set "LASTING=yes"
goto differs
:noted
set "NOTED=yes"
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do echo   note: %%L
exit /b 0

rem Finds that the last call failed because a bucket has none of what it asks for: that is an answer.
:find_none
for %%E in ("(NoSuchPublicAccessBlockConfiguration)" "(ServerSideEncryptionConfigurationNotFoundError)" "(NoSuchTagSet)") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 set "OUT=none"
)
if not "%OUT%"=="none" exit /b 0
>"%WORK%\out.txt" echo none
set "RC=0"
exit /b 0

rem Takes the version that the last call printed, and nothing that would mean something to cmd.exe.
:read_version
for /f "tokens=1 delims=&|<>^()%%!, " %%V in ("%OUT%") do set "VERSION=%%V"
exit /b 0

rem Finds what apply was stopped before: it made what this belongs to, so it is nobody else's.
:find_unfinished
if not "%SCRIPT%"=="apply" exit /b 0
call set "MADE=%%MADE_step-%NUMBER%%%"
if "%MADE%"=="created" exit /b 0
call set "MADE=%%MADE_step-%PARENT%%%"
for %%M in ("created same" "created different" "creating same" "unknown same") do if "%MADE% %STATE%"==%%M set "FOUND=absent"
if "%FOUND%"=="absent" echo   not done yet: an earlier run was stopped before it
exit /b 0

rem Notes how it was found; STATE is that of what it belongs to.
:settle
if not "%CODE%"=="0" exit /b 0
if "%FOUND%"=="absent" echo   absent
if "%FOUND%"=="different" call :find_unfinished
if defined NOTED call :find_unfinished
set "STATE_%NUMBER%=%FOUND%"
if "%FOUND%"=="same" echo   in place
if "%FOUND%"=="different" set "DIFFERENT=yes"
if "%FOUND%"=="same" exit /b 0
if "%FOUND%"=="unknown" exit /b 0
>>"%WORK%\verdict.txt" echo   %FOUND%: %TITLE%
exit /b 0

rem --- Steps and their receipt ------------------------------------------------

rem Adds the line FIRST to the receipt; what was not added is missing in the file's size. The line may hold what AWS answered:
rem expanded late, no character of it means anything to cmd.exe.
:record
if not "%CODE%"=="0" exit /b 0
set "SIZE="
if exist receipt.txt for %%F in (receipt.txt) do set "SIZE=%%~zF"
setlocal EnableDelayedExpansion
if defined FIRST (2>nul >>receipt.txt echo !FIRST!) else 2>nul >>receipt.txt echo.
endlocal
for %%F in (receipt.txt) do if not "%%~zF"=="%SIZE%" exit /b 0
set "WHY=receipt.txt cannot be written; make room for it"
if defined RECEIPT goto stop
set "FIRST=receipt.txt cannot be written in this folder; copy the folder to where you may write."
goto refuse

rem Adds what became of this step: FIRST.
:note
set "FIRST=step-%NUMBER%: %FIRST% %RESOURCE%"
goto record

rem Adds that what was to be made was not, or may have been: only a refusal says that it was not.
:note_failure
set "FIRST=failed"
"%SystemRoot%\System32\find.exe" "An error occurred (" "%WORK%\err.txt" >nul
if errorlevel 1 set "FIRST=unknown"
for %%E in ("(ServiceFailure)" "(InternalFailure)" "(ServiceUnavailable)" "(50") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 set "FIRST=unknown"
)
goto note

rem Puts the time where it is FIRST into NOW, and the AWS CLI's version into CLI. cmd.exe knows no UTC and no form of dates
rem that is the same everywhere. The AWS CLI's own log begins with both, and with its version; this call goes nowhere.
:clock
set "NOW=unknown"
set "CLI=unknown"
set "LINE="
setlocal
set "TZ=%FIRST%"
call aws configure get region --debug <nul >nul 2>"%WORK%\log.txt"
endlocal
set /p LINE=<"%WORK%\log.txt"
if not "%LINE:~4,1%%LINE:~7,1%%LINE:~13,1%"=="--:" exit /b 0
set "NOW=%LINE:~0,10%T%LINE:~11,8%Z"
for /f "tokens=1" %%A in ("%LINE:*version: =%") do set "CLI=%%A"
exit /b 0

rem Begins this run's part of the receipt, with a line of its own in case an earlier run broke off in the middle of one.
:begin_receipt
set "FIRST=UTC0"
call :clock
set "FIRST="
call :record
set "RECEIPT=begun"
set "TITLE=receipt.txt"
for %%L in ("receipt: 1" "bundle: %BUNDLE%" "bundle-digest: %DIGEST%" "generator: %GENERATOR%" "script: %SCRIPT%" "time: %NOW%" "account: %ACCOUNT%") do set "FIRST=%%~L"& call :record
setlocal EnableDelayedExpansion
set "FIRST=caller: !CALLER!"
call :record
endlocal & set "CODE=%CODE%"
set "FIRST=cli: %CLI%"
goto record

rem Reads what the receipt of this bundle says last of making each step: creating, created, unknown, failed or removed.
:read_receipt
set "OURS="
if not exist receipt.txt exit /b 0
for /f "usebackq tokens=1,2 delims=: " %%A in ("receipt.txt") do (
    if "%%A"=="bundle-digest" set "OURS="
    if "%%A %%B"=="bundle-digest %DIGEST%" set "OURS=yes"
    if defined OURS set "KNOWN=yes"
    if defined OURS for %%W in (creating created unknown failed removed) do if "%%B"=="%%W" set "MADE_%%A=%%B"
)
exit /b 0

rem Names the step that the next commands are; if FOURTH is regional, they say by themselves where.
:step
if not "%CODE%"=="0" exit /b 0
set "NUMBER=%FIRST%"
set "TITLE=%SECOND%"
set "RESOURCE=%THIRD%"
set "OUTCOME=stays"
set EXTRA=%PROFILE%%REGION%
if "%FOURTH%"=="regional" set EXTRA=%PROFILE%
call set "STATE=%%STATE_%NUMBER%%%"
call set "MADE=%%MADE_step-%NUMBER%%%"
echo.
echo %PHASE% %NUMBER% of %STEPS%: %TITLE%
exit /b 0

rem Notes how it ended.
:finish
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
set "FIRST=%OUTCOME%"
if "%OUTCOME%"=="already there" call :note
if "%OUTCOME%"=="updated" call :note
if not "%CODE%"=="0" exit /b 0
echo   %OUTCOME%
>>"%WORK%\so_far.txt" echo   %NUMBER%. %TITLE%: %OUTCOME%
exit /b 0

rem --- What undo takes out ----------------------------------------------------

rem Looks whether anybody else uses what is to go: the result of step FIRST, titled SECOND.
:look_for_users
if not "%CODE%"=="0" exit /b 0
set "NUMBER=%FIRST%"
set "TITLE=%SECOND%"
if not defined TAKEN_%NUMBER% exit /b 0
call :run
if "%DRY_RUN%"=="yes" exit /b 0
call :is_absent
if not "%CODE%"=="0" exit /b 0
if not defined OUT exit /b 0
set "USED=yes"
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do echo   in use: %%L
exit /b 0

rem Looks whether what is to go holds anything, likewise: then it stays. The call says by itself where it is.
:look_for_contents
if not "%CODE%"=="0" exit /b 0
set "NUMBER=%FIRST%"
if not defined PHASE set "TITLE=%SECOND%"
set EXTRA=%PROFILE%
if not defined TAKEN_%NUMBER% exit /b 0
call :run
if "%DRY_RUN%"=="yes" exit /b 0
call :is_absent
if not "%CODE%"=="0" exit /b 0
if defined ABSENT exit /b 0
if not defined OUT exit /b 0
echo   stays: %SECOND%: it is not empty, and what is in it is not for undo to delete
set "TAKEN_%NUMBER%="
set "KEPT=yes"
set "TAKEN="
for /l %%N in (1,1,%STEPS%) do if defined TAKEN_%%N set "TAKEN=yes"
exit /b 0
