
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
