@echo off
rem settings.cmd - what enable.cmd and disable.cmd share. It names no account and is the same in all bundles of a version of
rem lexlogs that name a bot. Those scripts call it; by itself it does nothing. Its first argument names the subroutine, the
rem second may be a file; from the word aws on they are a command. A subroutine does nothing once CODE is not 0.
set "SUBROUTINE=%~1"
set "FILE=%~2"
if not "%CODE%"=="0" exit /b 0
goto %SUBROUTINE%

rem Moves the file FILE out of the way that an earlier run has saved: nothing is lost.
:keep
if "%DRY_RUN%"=="yes" exit /b 0
if not exist "%FILE%" exit /b 0
set "NTH=1"
:keep_next
if not exist "%FILE%.%NTH%" goto keep_now
set /a "NTH+=1"
goto keep_next
:keep_now
ren "%FILE%" "%FILE%.%NTH%" 2>nul
set "WHY=%FILE% cannot be renamed"
if exist "%FILE%" call .\functions.cmd stop
if "%CODE%"=="0" echo   %FILE% is %FILE%.%NTH% now
exit /b 0

rem Writes what a call prints to the file FILE.
:save
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
if not "%CODE%"=="0" exit /b 0
copy /b "%WORK%\out.txt" "%FILE%" >nul 2>nul
set "RC=%errorlevel%"
set "WHY=%FILE% cannot be written in this folder; make room for it"
if not "%RC%"=="0" call .\functions.cmd stop
exit /b 0

rem Notes when the alias was changed last, or stops if that was since it was noted.
:unchanged
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
if not "%CODE%"=="0" exit /b 0
set "WHY=somebody else changed the alias just now, so nothing was sent"
if defined CHANGED if not "%OUT%"=="%CHANGED%" call .\functions.cmd stop
set "CHANGED=%OUT%"
exit /b 0
