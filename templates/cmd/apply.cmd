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
if "%DRY_RUN%"=="no" call .\functions.cmd read_receipt
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
if defined LASTING echo Nothing was changed. An Arn or a Region that differs, or the trust policy of a role that was there before, is not for this script to change: README.md says what can be done.>&2
if not defined LASTING echo Nothing was changed. To put right what differs, use --update.>&2
set "CODE=1"
goto end

rem --- The steps --------------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Step"
{% for step in apply %}
call .\functions.cmd step {{ step.number }} {{ step.title | cmd_word }} {{ step.resource | cmd_word }}{% if step.regional %} regional{% endif %}
call .\steps.cmd create {{ step.cmd }}
{% if step.wait -%}
call .\steps.cmd wait_for {{ step.wait.cmd }}
{% endif -%}
{% for update in step.updates -%}
{% if update.room -%}
call .\steps.cmd make_room {{ update.aspect }} {{ update.room.list.cmd }}
call .\steps.cmd drop {{ update.aspect }} {{ update.room.delete.cmd }}
{% endif -%}
call .\steps.cmd update {{ update.aspect }} {{ update.cmd }}
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
