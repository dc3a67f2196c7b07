@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem apply.cmd - lets Amazon Lex {{ lex_version | upper }} write conversation logs, in the AWS account {{ account_id }}.
rem Made by {{ generator }}. It looks at what is there, then does this, in this order, where it is not done already:
{%- for step in apply %}
rem   {{ step.number }}. {{ step.title }}
{%- endfor %}
rem
rem   apply.cmd --dry-run      print every command, change nothing
rem   apply.cmd                check the documents, the AWS CLI and the account, look, then do it
rem   apply.cmd --help         all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2. What it did is in receipt.txt then.
rem Exit codes: 0 done; 1 something is there and differs, nothing was changed; 2 refused before any change; 3 a call failed.

{% set script = "apply" -%}
{% set steps = apply | length -%}
{% set options = ["DRY_RUN", "UPDATE", "SKIP_CHECKSUMS"] -%}
{% include "parts/begin.cmd" %}
rem --- Before anything is changed ---------------------------------------------

call .\functions.cmd begin
{% for document in documents -%}
{% if document.used -%}
call .\functions.cmd document {{ document.name }} ^
    {{ document.sha256 }}
{% endif -%}
{% endfor -%}
{{ looks.cmd }}
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto steps
{% if existing_role -%}
if "%STATE_role%"=="absent" call .\functions.cmd refuse "the role {{ role_name }} is not there, and this bundle never makes it."
if not "%CODE%"=="0" goto end
{% endif -%}
if not defined DIFFERENT goto steps
if not defined LASTING if "%UPDATE%"=="yes" goto steps
echo.>&2
echo apply: not everything that is there is as this bundle makes it:>&2
type "%WORK%\verdict.txt" 1>&2
if defined LASTING echo Nothing was changed. An Arn that differs, or the trust policy of a role that was there before, is not for this script to change: README.md says what can be done.>&2
if not defined LASTING echo Nothing was changed. To put right what differs, use --update.>&2
set "CODE=1"
goto end

rem --- The steps --------------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd read_receipt
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Step"
{% for step in apply %}
call .\functions.cmd step {{ step.number }} {{ step.title | cmd_word }} {{ step.resource | cmd_word }}
call :create {{ step.cmd }}
{% if step.wait -%}
call :wait_for {{ step.wait.cmd }}
{% endif -%}
{% for update in step.updates -%}
{% if update.room -%}
call :make_room {{ update.aspect }} {{ update.room.list.cmd }}
call :drop {{ update.aspect }} {{ update.room.delete.cmd }}
{% endif -%}
call :update {{ update.aspect }} {{ update.cmd }}
{% endfor -%}
call .\functions.cmd finish
{% endfor %}
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto dry_run_done
call .\functions.cmd record "result: done"
if not "%CODE%"=="0" goto end
echo.
echo Done: all {{ apply | length }} steps. receipt.txt says what was done; check shows it, undo takes it out.
goto end

:dry_run_done
echo.
echo Dry run: nothing was called and nothing was changed.
goto end

{% include "parts/end.cmd" -%}
:help
echo usage: apply.cmd [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --update           put right what is there and differs
echo   --skip-checksums   do not compare the documents with their SHA-256
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0

rem Makes what a step is for, unless it is there.
:create
if not "%CODE%"=="0" exit /b 0
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
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="no" if not "%OUTCOME%"=="created" exit /b 0
call .\functions.cmd run %*
if not "%RC%"=="0" call .\functions.cmd failed
exit /b 0

rem Whether aspect %1 is to be put right.
:is_wrong
set "WRONG="
if not "%CODE%"=="0" exit /b 0
if not "%UPDATE%"=="yes" exit /b 0
if "%DRY_RUN%"=="yes" set "WRONG=yes"
if defined DIFFERS_%NUMBER%_%1 set "WRONG=yes"
exit /b 0

rem Puts aspect %1 right that differs.
:update
call :is_wrong %1
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
call :is_wrong %1
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
