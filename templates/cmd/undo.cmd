@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem undo.cmd - takes out what apply put into the AWS account {{ account_id }}, as receipt.txt beside it says, and nothing else.
rem Made by {{ generator }}. It does this, in this order, where apply did the opposite:
{%- for step in undo %}
rem   {{ step.number }}. {{ step.undo_title }}
{%- endfor %}
rem
rem   undo.cmd --dry-run    print every command, change nothing
rem   undo.cmd              look, ask, then do it
rem   undo.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 done; 2 refused before any change; 3 a call failed, at the step that it names.

{% set script = "undo" -%}
{% set steps = apply | length -%}
{% set options = ["DRY_RUN", "YES", "WITHOUT_RECEIPT"] -%}
{% include "parts/begin.cmd" %}
rem --- Before anything is changed ---------------------------------------------

if "%DRY_RUN%"=="yes" goto receipt_read
call .\functions.cmd read_receipt
if "%WITHOUT_RECEIPT%"=="yes" goto receipt_read
if not exist receipt.txt call .\functions.cmd refuse "there is no receipt.txt beside this script, so it is not known what apply made. README.md says what can be done."
if exist receipt.txt if not defined KNOWN call .\functions.cmd refuse "receipt.txt is of another bundle, so it is not known what apply of this one made. README.md says what can be done."
if not "%CODE%"=="0" goto end
:receipt_read

call .\functions.cmd begin
{{ looks.cmd -}}
if not "%CODE%"=="0" goto end

rem --- What is to go ----------------------------------------------------------

echo.
{% for step in apply -%}
{% if step.removal -%}
call .\steps.cmd decide {{ step.number }} {{ step.look_title | cmd_word }} {{ step.parent }} {% if step.subject == "attachment" %}{{ step.number - 1 }}{% else %}none{% endif %} {% if step.removal.contents %}receipt{% else %}none{% endif %}
{% endif -%}
{% endfor -%}
{% for step in apply -%}
{% if step.removal -%}
{% for users in step.removal.users -%}
call .\functions.cmd look_for_users {{ step.number }} {{ step.look_title | cmd_word }} {{ users.cmd }}
{% endfor -%}
{% endif -%}
{% endfor -%}
{% for step in apply -%}
{% if step.removal and step.removal.contents -%}
call .\functions.cmd look_for_contents {{ step.number }} {{ step.look_title | cmd_word }} {{ step.removal.contents.cmd }}
{% endif -%}
{% endfor -%}
if not "%CODE%"=="0" goto end
if defined USED call .\functions.cmd refuse "somebody else uses what is to go, as said above. Take that out first."
if not "%CODE%"=="0" goto end
if not defined TAKEN if not defined GONE goto nothing
{% for step in apply -%}
{% if step.removal -%}
if defined TAKEN_{{ step.number }} echo   goes: {{ step.look_title }}
{% endif -%}
{% endfor -%}
if "%DRY_RUN%"=="yes" goto steps
if "%YES%"=="yes" goto steps
if not defined TAKEN goto steps
rem timeout.exe takes no input but a keyboard's.
if not exist "%SystemRoot%\System32\timeout.exe" goto ask
"%SystemRoot%\System32\timeout.exe" /t 0 >nul 2>nul
if errorlevel 1 goto no_terminal
:ask
set "ANSWER="
set /p "ANSWER=Type yes to take it out: "
if defined ANSWER set "ANSWER=%ANSWER:"=%"
if not defined ANSWER if not exist "%SystemRoot%\System32\timeout.exe" goto no_terminal
if not "%ANSWER%"=="yes" call .\functions.cmd refuse "the answer was not yes."
if not "%CODE%"=="0" goto end

rem --- The steps --------------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Undo of step"
{% for step in undo -%}
call .\functions.cmd step {{ step.number }} {{ step.undo_title | cmd_word }} {{ step.resource | cmd_word }}{% if step.regional %} regional{% endif %}
{% if step.removal.versions -%}
call .\steps.cmd find_versions {{ step.removal.versions.list.cmd }}
if "%CODE%"=="0" for /f "usebackq" %%V in ("%WORK%\versions.txt") do set "OUT=%%V"& call .\functions.cmd read_version& call :remove_version_{{ step.number }}
{% endif -%}
{% if step.removal.contents -%}
call .\functions.cmd look_for_contents {{ step.number }} {{ step.look_title | cmd_word }} {{ step.removal.contents.cmd }}
{% endif -%}
call .\steps.cmd remove {{ step.removal.cmd }}
call .\steps.cmd end_step
{% for child in step.children -%}
call .\steps.cmd went_along {{ child.number }} {{ child.resource | cmd_word }}
{% endfor -%}
{% endfor %}
if not "%CODE%"=="0" goto end
echo.
if "%DRY_RUN%"=="yes" goto dry_run_done
call .\functions.cmd record "result: undone"
if not "%CODE%"=="0" goto end
if not defined KEPT echo Done: what apply made is taken out. receipt.txt says what was done.
if defined KEPT echo Done: what apply made is taken out, but for what stays, as said above. receipt.txt says what was done.
goto end

:dry_run_done
echo Dry run: nothing was called and nothing was changed.
goto end

:nothing
echo.
echo Done: there is nothing to take out.
goto end

:no_terminal
call .\functions.cmd refuse "there is no terminal to ask at; use --yes."
goto end

{% include "parts/end.cmd" -%}
:help
echo usage: undo.cmd [--dry-run] [--yes] [--without-receipt] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --yes              do not ask
echo   --without-receipt  take out what is exactly as this bundle makes it, whoever made it
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0

{% for step in undo %}{% if step.removal.versions -%}
:remove_version_{{ step.number }}
call .\steps.cmd remove {{ step.removal.versions.delete.cmd }}
exit /b 0
{% endif %}{% endfor %}
