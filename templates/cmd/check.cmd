@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem check.cmd - says whether the AWS account {{ account_id }} is as this bundle makes it. It changes nothing.
rem Made by {{ generator }}. It looks at this, in this order:
{%- for step in apply %}
rem   {{ step.number }}. {{ step.look_title }}
{%- endfor %}
{%- if targets %}
rem and at what the logs are written to{% if log_settings %}, and at the bot and its alias{% endif %}.
{%- elif log_settings %}
rem and at the bot and its alias.
{%- endif %}
rem
rem   check.cmd              look
rem   check.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 in place; 1 something is absent or differs; 2 refused; 3 a call failed, so it could not tell.

{% set script = "check" -%}
{% set steps = apply | length -%}
{% set options = ["DRY_RUN"] -%}
{% include "parts/begin.cmd" %}
rem --- Before anything is looked at -------------------------------------------

call .\functions.cmd begin
{{ looks.cmd -}}
{% for target in targets %}
call .\functions.cmd subject {{ target.subject }} {{ target.title | cmd_word }} none regional
{% for look in target.looks -%}
call :look_target {{ look.aspect }} {{ look.cmd }}
{% endfor -%}
call .\functions.cmd settle
{% endfor -%}
{% if log_settings -%}
{% for premise in log_settings.looks %}
call .\functions.cmd subject {{ premise.subject }} {{ premise.title | cmd_word }} none
{% for look in premise.looks -%}
call :look_target {{ look.aspect }} {{ look.cmd }}
{% endfor -%}
call .\functions.cmd settle
{% endfor -%}
{% endif -%}
if not "%CODE%"=="0" goto end

{% if log_settings and log_settings.deliveries -%}
rem --- Whether logs arrive ----------------------------------------------------

echo.
echo Looking at what was delivered in the last hour:
set "START=START"
set "END=END"
rem Where it is UTC1 the clock is an hour behind.
if "%DRY_RUN%"=="no" call .\functions.cmd clock UTC1
if "%DRY_RUN%"=="no" set "START=%NOW%"
if "%DRY_RUN%"=="no" call .\functions.cmd clock UTC0
if "%DRY_RUN%"=="no" set "END=%NOW%"
call :look_at_deliveries {{ log_settings.deliveries.cmd }}
if not "%CODE%"=="0" goto end

{% endif -%}
rem --- What that means --------------------------------------------------------

if "%DRY_RUN%"=="yes" goto dry_run_done
{% if targets -%}
if defined UNSEEN echo.>&2
if defined UNSEEN echo check: warning: not everything could be looked at, as said above.>&2
{% endif -%}
echo.
if exist "%WORK%\verdict.txt" goto not_in_place
echo In place, as this bundle makes it.
goto end

:not_in_place
echo Not in place:
type "%WORK%\verdict.txt"
set "CODE=1"
goto end

:dry_run_done
echo.
echo Dry run: nothing was called.
goto end

{% include "parts/end.cmd" -%}
:help
echo usage: check.cmd [--dry-run] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, call nothing
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0
{% if log_settings and log_settings.deliveries %}
rem Prints what was delivered, which the caller may not be permitted to look at.
:look_at_deliveries
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" goto deliveries_unseen
if not defined OUT echo   nothing: no conversation was logged, and none failed to be
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do echo   %%L
exit /b 0
:deliveries_unseen
type "%WORK%\err.txt" 1>&2
echo   could not be looked at
set "UNSEEN=yes"
exit /b 0
{% endif -%}
{% if targets or log_settings %}
rem Looks at what is no step's, which the caller may not be permitted to.
:look_target
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
if "%RC%"=="0" goto target_seen
for %%E in ("(AccessDenied" "(403)") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 goto target_unseen
)
for %%E in ("(NoSuchBucket)" "(404)" "(ResourceNotFoundException)" "(NotFoundException)") do (
    "%SystemRoot%\System32\find.exe" %%E "%WORK%\err.txt" >nul
    if not errorlevel 1 goto target_absent
)
call .\functions.cmd failed
exit /b 0
:target_unseen
type "%WORK%\err.txt" 1>&2
echo   could not be looked at: it is not permitted, or another account has it
set "UNSEEN=yes"
exit /b 0
:target_seen
set "FOUND=same"
if not defined OUT exit /b 0
if "%OUT%"=="absent" goto target_absent
set "ASPECT=target"
call .\functions.cmd differs
exit /b 0
:target_absent
set "FOUND=absent"
exit /b 0
{% endif -%}
