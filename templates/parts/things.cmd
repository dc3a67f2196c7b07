
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
for %%E in (Entity Bucket TagSet PublicAccessBlockConfiguration{% if audio_log_expiration_days %} LifecycleConfiguration{% endif %}{% if bucket_policy_tls_only %} BucketPolicy{% endif %}) do "%SYSTEM%\find.exe" "(NoSuch%%E)" "%WORK%\err.txt" >nul && set "RC=0"
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
