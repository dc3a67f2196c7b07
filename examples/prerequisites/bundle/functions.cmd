@echo off
rem functions.cmd: what the scripts of a bundle share. It names no account, and is the same in every bundle of this version.
rem A call is functions.cmd FUNCTION ARGUMENT...; once CODE is not 0, it does nothing. cmd.exe executes what the value of %X% says.
rem So what AWS, a file or an argument says is only in a %%L of for or, after setlocal, in !X!, which cmd.exe does not look into.
if not "%CODE%"=="0" exit /b 1
set "FUNCTION=%1"
shift /1
goto %FUNCTION%
:stop CODE MESSAGE [FILE]: 1 something differs, 2 refused before any change, 3 a call failed. A message may hold !X!.
if not "%CODE%"=="0" exit /b 1
set "CODE=%1"
setlocal EnableDelayedExpansion
if not "%3"=="" >&2 type "!WORK!\%3"
>&2 echo %SCRIPT%: %~2
if "%PHASE%"=="compare" >&2 echo Nothing was changed.& exit /b 1
>&2 echo Step %NUMBER% failed: !WHAT!. Done before it:
if exist "!WORK!\done.txt" >&2 type "!WORK!\done.txt"
>&2 echo Running this again is safe: it continues where it stopped.
exit /b 1
:begin SCRIPT "OPTION..." PARTITION ACCOUNT REGION: read the arguments, sign in, check account and documents.
for %%V in ("SCRIPT=%1" "OPTIONS=%~2 --verbose --help" "PARTITION=%3" "ACCOUNT=%4" "SYSTEM=%SystemRoot%\System32") do set %%V
set "SAFE=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"
rem Variables of the first five names would hide those of cmd.exe.
for %%V in (ERRORLEVEL RANDOM CD DATE TIME AWS_PAGER DIFFERENCES DIFFERING PROFILE AWS CALLER OURS ANSWER) do set "%%V="
for %%V in (--profile --dry-run --update --yes --verbose --help --without-receipt --without-saved) do set "%%V="
for %%V in ("--region=%5" "PHASE=compare" "NUMBER=0" "CHANGES=0" "UNWRITABLE=2" "NAME=%TEMP%\lexlogs-%RANDOM%") do set %%V
rem An aws.cmd in this folder must not run in place of the AWS CLI. That must not ask, and must print errors in one form.
for %%V in ("NoDefaultCurrentDirectoryInExePath=1" "AWS_CLI_AUTO_PROMPT=off" "AWS_CLI_ERROR_FORMAT=legacy") do set %%V
rem An argument without its quotes is safe between quotes. A call changes ^ and %%, and like set answers /? itself.
if not defined ARGUMENTS set "ARGUMENTS=. /?"
set "ARGUMENT=%ARGUMENTS:"=%"
for /f "tokens=2 delims=^%%" %%A in ("%ARGUMENT:/?=^%.") do set "ARGUMENT=%ARGUMENT:~2%"& goto unknown_option
call :options %ARGUMENTS%
if not "%CODE%"=="0" exit /b 1
if defined --help goto help
if defined --profile set PROFILE= --profile "%--profile%"
for %%V in (AWS_REGION AWS_DEFAULT_REGION) do set "%%V=%--region%"
for %%A in (aws.exe aws.cmd aws.bat) do if not "%%~$PATH:A"=="" set "AWS=%%A"
if not defined AWS call :stop 2 "there is no command aws on the PATH." || exit /b 1
if defined TEMP for /l %%N in (1,1,9) do if not defined WORK mkdir "%NAME%-%%N" 2>nul && set "WORK=%NAME%-%%N"
if not defined WORK call :stop 2 "no folder for temporary files can be made; set TEMP." || exit /b 1
rem The SHA-256 is the second line that certutil prints. Windows 7 writes blanks between the bytes.
setlocal EnableDelayedExpansion
for /f "usebackq tokens=1,2" %%A in ("SHA256SUMS") do if "%%~xB"==".json" (
    set "SUM=unknown"
    "!SYSTEM!\certutil.exe" -hashfile "%%B" SHA256 >"!WORK!\sum.txt" 2>nul
    for /f "usebackq skip=1 delims=" %%L in ("!WORK!\sum.txt") do if "!SUM!"=="unknown" set "SUM=%%L"
    if /i not "!SUM: =!"=="%%A" >>"!WORK!\altered.txt" echo %%B: SHA-256 !SUM!
)
endlocal
if not exist "%WORK%\sum.txt" >"%WORK%\altered.txt" echo SHA256SUMS: missing
if exist "%WORK%\altered.txt" call :stop 2 "a document was altered or is missing; extract the whole zip again." altered.txt || exit /b 1
set FOUND=""
call :read aws sts get-caller-identity --query "[Account,Arn]" --output text
if not "%RC%"=="0" call :stop 2 "the AWS CLI has no working credentials. Sign in, or use --profile." err.txt || exit /b 1
for /f "usebackq tokens=1*" %%A in ("%WORK%\out.txt") do set FOUND="%%A"& set "CALLER=%%B"& if "%%A"=="%ACCOUNT%" set "OURS=yes"
if not defined OURS call :stop 2 "the credentials belong to account !FOUND!; this bundle is for account %ACCOUNT%." || exit /b 1
setlocal EnableDelayedExpansion
echo Account %ACCOUNT%, Region !AWS_REGION!, signed in as !CALLER!& echo.
exit /b 0
:options . ARGUMENT...: set a variable of each option's name.
shift /1
set ARGUMENT=%1
if not defined ARGUMENT exit /b
set VALUE=.%2
set "ARGUMENT=%ARGUMENT:"=%"
set "VALUE=%VALUE:"=%"
for %%O in (%OPTIONS%) do if "%ARGUMENT%"=="%%O" set "%%O=yes"& goto options
if not "%VALUE%"=="." for %%O in (--profile --region) do if "%ARGUMENT%"=="%%O" set "%%O=%VALUE:~1%"& shift /1& goto options
:unknown_option
set ARGUMENT="%ARGUMENT%"
call :stop 2 "the option !ARGUMENT! is unknown or lacks its value; --help lists the options."& exit /b 1
:help
setlocal EnableDelayedExpansion
for /f "usebackq skip=2 delims=" %%L in ("%SCRIPT%.cmd") do set "LINE=%%L"& ^
    if "!LINE!"=="rem" (echo.) else if "!LINE:~0,3!"=="rem" (echo.!LINE:~4!) else exit /b 1
:show COMMAND...: print it as it can be typed, an option on each line.
set "SHOWN=aws"
:next_word
shift /1
set WORD=%1
if not defined WORD echo %SHOWN%& exit /b
set "WORD=%WORD:"=%"
if "%WORD:~0,2%"=="--" echo %SHOWN% ^^& set "SHOWN=   "
for /f "delims=%SAFE%_+@:/" %%C in ("%WORD%") do set WORD="%WORD%"
set SHOWN=%SHOWN% %WORD%
goto next_word
:read COMMAND...: its exit code is in RC, what it printed and its errors are in files: on a terminal the AWS CLI would page.
set COMMAND=%*
set COMMAND=%COMMAND:*aws =aws %
if defined --verbose call :show %COMMAND%%PROFILE%
:call
call %COMMAND%%PROFILE% <nul >"%WORK%\out.txt" 2>"%WORK%\err.txt"
set "RC=%errorlevel%"& exit /b
:get COMMAND...: read from AWS. False if it says that there is no such thing; any other error stops the script.
call :read %*
if "%RC%"=="0" exit /b 0
"%SYSTEM%\find.exe" "(NoSuchEntity)" "%WORK%\err.txt" >nul && exit /b 1
:unread - print the command that failed to read, and stop.
>&2 call :show %COMMAND%%PROFILE%
:failed - stop with the words of the last command.
for %%F in ("%WORK%\err.txt") do if "%%~zF"=="0" call :stop 3 "exit code %RC% of the AWS CLI, which said nothing."& exit /b 1
call :stop 3 "exit code %RC% of the AWS CLI." err.txt& exit /b 1
:run BEFORE AFTER COMMAND...: print a command, then run it; the receipt says so before and after.
set "AFTER=%~2"
set COMMAND=%*
set COMMAND=%COMMAND:*aws =aws %
call :show %COMMAND%%PROFILE%
if defined --dry-run echo.& exit /b
call :record "%~1: !RESOURCE!" || exit /b 1
call :call
rem Only a refusal says that nothing was done; a lost connection or an internal failure does not.
set "REFUSED="
if not "%RC%"=="0" "%SYSTEM%\find.exe" "An error occurred (" "%WORK%\err.txt" >nul && set "REFUSED=yes"
if defined REFUSED for %%E in ("(Service" "(Internal" "(50") do "%SYSTEM%\find.exe" %%E "%WORK%\err.txt" >nul && set "REFUSED="
if defined REFUSED call :record "not %AFTER%: !RESOURCE!" || exit /b 1
if not "%RC%"=="0" goto failed
call :record "%AFTER%: !RESOURCE!" || exit /b 1
echo %AFTER%: %WHAT%& echo.
>>"%WORK%\done.txt" echo   %AFTER%: %WHAT%
if "%AFTER%"=="created" if defined WAITER call :get aws iam wait %WAITER% || goto failed
exit /b
:record LINE: add a line to the receipt. It may hold !X!. Whether that worked shows in the file's size.
if defined --dry-run exit /b 0
for %%F in (receipt.txt) do set "SIZE=%%~zF"
setlocal EnableDelayedExpansion
2>nul >>receipt.txt echo.%~1
endlocal
for %%F in (receipt.txt) do if not "%%~zF"=="%SIZE%" exit /b 0
call :stop %UNWRITABLE% "receipt.txt cannot be written in this folder, or there is no room for it."& exit /b 1
:name THING RESOURCE: name the next step. False in the second pass, which compares nothing and does what was planned.
set /a "NUMBER+=1"
for %%V in ("WHAT=%~1" "STATE=create" "ELSEWHERE=") do set %%V
set "RESOURCE=%~2"
if "%PHASE%"=="compare" exit /b 0
call set "STATE=%%PLAN_%NUMBER%%%"
exit /b 1
:compare DOCUMENT: compare it with what was read, whatever the indentation. Lines of more than 8,191 characters would be lost.
set "STATE=in place"
(for /f "usebackq tokens=*" %%L in ("%WORK%\out.txt") do echo.%%L)>"%WORK%\live.txt"
(for /f "usebackq tokens=*" %%L in ("%~1") do echo.%%L)>"%WORK%\ours.txt"
for %%F in ("%WORK%\out.txt") do if %%~zF GTR 8000 >>"%WORK%\live.txt" echo more than cmd.exe can compare
"%SYSTEM%\fc.exe" "%WORK%\live.txt" "%WORK%\ours.txt" >nul 2>nul && exit /b
if not "%errorlevel%"=="1" call :stop 2 "fc.exe could not compare the document of the %WHAT%." || exit /b 1
call :lacking live.txt ours.txt "in the account: "
call :lacking ours.txt live.txt "in the document:"
if not exist "%WORK%\details.txt" >"%WORK%\details.txt" echo       the same lines in another order
set "STATE=differs"& if defined --update set "STATE=update"
set "DIFFERENCES=%DIFFERENCES% %NUMBER%-document"& exit /b
:lacking FILE OTHER LABEL: print the lines of a file that the other file lacks, below the line of the plan.
for /f "usebackq delims=" %%L in ("%WORK%\%1") do (
    set "LACKS=yes"
    for /f "usebackq delims=" %%M in ("%WORK%\%2") do if "%%L"=="%%M" set "LACKS="
    if defined LACKS >>"%WORK%\details.txt" echo       %~3 %%L
)
exit /b
:role NAME DOCUMENT [PATH [BOUNDARY]]
for %%V in ("KIND=role" "FOLDER=/" "BOUNDARY=None") do set %%V
if not "%~3"=="" set "FOLDER=%~3"
if not "%~4"=="" set "BOUNDARY=%~4"
set WAITER=role-exists --role-name "%~1"
set REPLACING=update-assume-role-policy --role-name "%~1" --policy-document "file://%~2"
call :name "role %~1" "arn:%PARTITION%:iam::%ACCOUNT%:role%FOLDER%%~1" || exit /b 1
call :get aws iam get-role --role-name "%~1" --query "Role.[Arn,PermissionsBoundary.PermissionsBoundaryArn]" --output text || exit /b 1
set "ELSEWHERE=yes"
for /f "usebackq tokens=1*" %%A in ("%WORK%\out.txt") do (
    if "%%A"=="%RESOURCE%" (set "ELSEWHERE=") else >>"%WORK%\details.txt" echo       its ARN is %%A
    if not "%%B"=="%BOUNDARY%" if not defined ELSEWHERE >>"%WORK%\details.txt" echo       its permissions boundary is %%B
)
if defined ELSEWHERE set "STATE=differs"& exit /b
call :get aws iam get-role --role-name "%~1" --query Role.AssumeRolePolicyDocument --output json && call :compare "%~2"& exit /b
:policy NAME DOCUMENT
for %%V in ("KIND=policy" "POLICY=arn:%PARTITION%:iam::%ACCOUNT%:policy/%~1") do set %%V
set WAITER=policy-exists --policy-arn "%POLICY%"
set REPLACING=create-policy-version --policy-arn "%POLICY%" --policy-document "file://%~2" --set-as-default
call :name "policy %~1" "%POLICY%" || exit /b 1
call :get aws iam get-policy --policy-arn "%POLICY%" --query Policy.DefaultVersionId --output text && call :version || exit /b 1
call :get aws iam get-policy-version --policy-arn "%POLICY%" --version-id %VERSION% --query PolicyVersion.Document ^
    --output json && call :compare "%~2"& exit /b
:version - what was read, one or one a line, for a command: so it may hold nothing that cmd.exe looks into.
for /f "usebackq delims=%SAFE%" %%V in ("%WORK%\out.txt") do call :stop 3 "AWS answered with something that is no version." || exit /b 1
set "VERSION="
for /f "usebackq" %%V in ("%WORK%\out.txt") do set "VERSION=%%V"
exit /b 0
:attachment POLICY ROLE
for %%V in ("KIND=attachment" "WAITER=" "POLICY=arn:%PARTITION%:iam::%ACCOUNT%:policy/%~1") do set %%V
call :name "policy %~1 on role %~2" "%POLICY% on %~2" || exit /b 1
call :get aws iam list-attached-role-policies --role-name "%~2" --query "AttachedPolicies[].[PolicyArn]" --output text || exit /b 1
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%POLICY%" set "STATE=in place"
exit /b
:line WORD: print a line of the plan, with what differs below it.
set "WORD=%~1        "
echo   %WORD:~0,8%  %WHAT%
if exist "%WORK%\details.txt" type "%WORK%\details.txt"& del "%WORK%\details.txt"
set "PLAN_%NUMBER%=%~1"
for %%W in (create update remove) do if "%~1"=="%%W" set /a "CHANGES+=1"
if "%~1"=="differs" set "DIFFERING=yes"
exit /b
:confirm QUESTION DIGEST: the end of the first pass. Go on only if the answer is yes; then start the receipt.
echo.
if not defined --dry-run if not defined --yes if not "%CHANGES%"=="0" call :ask "%~1" || exit /b 1
for %%L in ("" "receipt: 2" "bundle-digest: %~2" "script: %SCRIPT%" "time: !DATE! !TIME!" "caller: !CALLER!") do ^
    call :record %%L || exit /b 1
for %%V in ("PHASE=do" "NUMBER=0" "UNWRITABLE=3") do set %%V
exit /b %CODE%
:ask QUESTION. timeout.exe works only where the standard input is a console.
"%SYSTEM%\timeout.exe" /t 0 >nul 2>nul || call :stop 2 "there is no terminal to ask at: read the plan, then use --yes." || exit /b 1
set /p "ANSWER=%~1 [y/N] "
if defined ANSWER set "ANSWER=%ANSWER:"=%"
for %%A in (y yes) do if /i "%ANSWER%"=="%%A" echo.& exit /b 0
call :stop 2 "the answer was not yes."& exit /b 1
