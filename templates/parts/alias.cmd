rem fetch QUERY FILE: write what the query selects of the alias, as JSON, among the temporary files.
:fetch
call :read_alias --output json --query %1 || exit /b 1
copy /y /b "%WORK%\out.txt" "%WORK%\%2" >nul 2>nul || call .\functions.cmd stop 3 "there is no room for temporary files."
exit /b %CODE%
rem unchanged: stop if somebody else has changed the alias since it was compared.
:unchanged
call :read_alias --output text --query {{ log_settings.changed }} || exit /b 1
"%SYSTEM%\fc.exe" "%WORK%\out.txt" "%WORK%\changed.txt" >nul 2>nul && exit /b 0
call .\functions.cmd stop 3 "somebody else changed the alias just now, so nothing was sent."
exit /b 1
rem keep FILE: rename what an earlier run saved, so that nothing is overwritten.
:keep
if not "%CODE%"=="0" exit /b 1
if not exist %1 exit /b 0
set "NTH=1"
:keep_next
if exist %1.%NTH% set /a "NTH+=1"& goto keep_next
ren %1 %1.%NTH% 2>nul
if exist %1 call .\functions.cmd stop 3 "%1 cannot be renamed."& exit /b 1
echo %1 is %1.%NTH% now.
exit /b 0
rem place FILE: move a temporary file beside this script.
:place
if not "%CODE%"=="0" exit /b 1
copy /y /b "%WORK%\%1" %1 >nul 2>nul || call .\functions.cmd stop 3 "%1 cannot be written in this folder; make room for it."
exit /b %CODE%
rem try_again: Amazon Lex takes a moment to show what it was sent. Wait, five times at most.
:try_again
set /a "TRIES+=1"
if "%TRIES%"=="5" call .\functions.cmd stop 3 "the alias does not show what was sent."
if "%CODE%"=="0" "%SYSTEM%\ping.exe" -n 3 127.0.0.1 >nul
exit /b %CODE%
