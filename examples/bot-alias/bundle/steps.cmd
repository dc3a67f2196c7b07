@echo off
rem steps.cmd - what apply.cmd and undo.cmd do for one step. It names no account and is the same in all bundles of a version
rem of lexlogs. Those scripts call it; by itself it does nothing. Its first argument names the subroutine, the next are for
rem that one; from the word aws on they are a command. A subroutine does nothing once CODE is not 0.
set "SUBROUTINE=%~1"
if not "%CODE%"=="0" exit /b 0
goto %SUBROUTINE%

rem --- What apply does --------------------------------------------------------

rem Makes what a step is for, unless it is there.
:create
if "%DRY_RUN%"=="yes" goto run
set "OUTCOME=already there"
if "%STATE%"=="absent" goto create_now
rem If an earlier run that broke off made it, it is as it was to be: it was absent before.
for %%M in (creating unknown) do if "%STATE% %MADE%"=="same %%M" call .\functions.cmd note created
for %%M in (creating unknown) do if "%STATE% %MADE%"=="different %%M" call .\functions.cmd note failed
exit /b 0
:create_now
call .\functions.cmd note creating
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%RC%"=="0" goto created
call .\functions.cmd note_failure
call .\functions.cmd failed
exit /b 0
:created
set "OUTCOME=created"
call .\functions.cmd note created
exit /b 0
:run
call .\functions.cmd run %*
exit /b 0

rem Waits until what was just made is known everywhere.
:wait_for
if "%DRY_RUN%"=="no" if not "%OUTCOME%"=="created" exit /b 0
call .\functions.cmd run %*
if not "%RC%"=="0" call .\functions.cmd failed
exit /b 0

rem Whether aspect %1 is to be put right: what was just made is right.
:is_wrong
set "WRONG="
if "%OUTCOME%"=="created" exit /b 0
if not "%UPDATE%"=="yes" exit /b 0
if "%DRY_RUN%"=="yes" set "WRONG=yes"
if defined DIFFERS_%NUMBER%_%1 set "WRONG=yes"
exit /b 0

rem Puts aspect %2 right that differs.
:update
call :is_wrong %2
if not defined WRONG exit /b 0
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
set "OUTCOME=updated"
if "%RC%"=="0" exit /b 0
call .\functions.cmd note "not updated"
call .\functions.cmd failed
exit /b 0

rem Finds the version that must go, if there are as many as IAM keeps.
:make_room
set "VERSION=None"
call :is_wrong %2
if not defined WRONG exit /b 0
call .\functions.cmd run %*
set "VERSION=VERSION"
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
call .\functions.cmd read_version
exit /b 0

rem Deletes that version.
:drop
if "%VERSION%"=="None" exit /b 0
goto update

rem --- What undo does ---------------------------------------------------------

rem Decides whether step %2 is taken out, which is titled %3; with the result of step %4 or %5 it goes in any case. What
rem holds logs goes by the receipt alone: then %6 is receipt.
:decide
if "%DRY_RUN%"=="yes" goto take
call set "FOUND=%%STATE_%~2%%"
call set "MADE=%%MADE_step-%~2%%"
set "WHY=apply did not make it"
if "%~6"=="receipt" set "WHY=the receipt does not say that apply made it"
for %%M in (creating unknown) do if "%MADE%"=="%%M" set "WHY=it is not as this bundle makes it"
set "OTHER="
for %%A in (%~2_path %~2_name %~2_location %~4_path) do if defined DIFFERS_%%A set "OTHER=yes"
if defined OTHER set "WHY=another of its name is there"
if defined OTHER goto stays
if not "%FOUND%"=="absent" goto decide_there
for %%M in (created creating unknown) do if "%MADE%"=="%%M" set "GONE=yes"& set "GONE_%~2=yes"
exit /b 0
:decide_there
if "%MADE%"=="created" goto take
for %%M in (creating unknown) do if "%MADE% %FOUND%"=="%%M same" goto take
if "%WITHOUT_RECEIPT% %FOUND% %~6"=="yes same none" goto take
if defined TAKEN_%~4 goto take
if defined TAKEN_%~5 goto take
:stays
echo   stays: %~3: %WHY%
exit /b 0
:take
set "TAKEN=yes"
set "TAKEN_%~2=yes"
exit /b 0

rem Takes out what is to go; what is gone already is no fault.
:remove
if not defined TAKEN_%NUMBER% exit /b 0
call .\functions.cmd run %*
set "OUTCOME=removed"
if "%DRY_RUN%"=="yes" exit /b 0
call .\functions.cmd is_absent
exit /b 0

rem Notes that what belongs to this step, step %2, went with it.
:went_along
if "%DRY_RUN%"=="no" if "%OUTCOME%"=="removed" call .\functions.cmd record "step-%~2: removed %~3"
exit /b 0

rem Finds the versions of a policy that go before the policy itself can.
:find_versions
type nul >"%WORK%\versions.txt"
if not defined TAKEN_%NUMBER% exit /b 0
call .\functions.cmd run %*
if "%DRY_RUN%"=="yes" >"%WORK%\versions.txt" echo VERSION
if "%DRY_RUN%"=="yes" exit /b 0
call .\functions.cmd is_absent
if not "%CODE%"=="0" exit /b 0
if not defined ABSENT copy "%WORK%\out.txt" "%WORK%\versions.txt" >nul
exit /b 0

rem Notes how a step ended.
:end_step
if defined GONE_%NUMBER% set "OUTCOME=removed"
if "%DRY_RUN%"=="no" if "%OUTCOME%"=="removed" call .\functions.cmd note removed
call .\functions.cmd finish
exit /b 0
