@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem enable.cmd - switches on the conversation logs of the alias {{ bot_alias_id }} of the bot {{ bot_id }}, in the AWS account {{ account_id }}.
rem Made by {{ generator }}. Run apply.cmd before it. Everything else of the alias stays as it is; what its settings for logs
rem were is saved beside this script before anything is changed, and disable.cmd puts them back.
rem
rem   enable.cmd --dry-run    print every command, change nothing
rem   enable.cmd              look{% if lex_version == "v2" %} at the bot's role and the alias{% endif %}, save, then switch on
rem   enable.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 done; 1 the alias has other settings, nothing was changed; 2 refused before any change; 3 a call failed.

{% set script = "enable" -%}
{% set steps = log_settings.number -%}
{% set options = ["DRY_RUN", "UPDATE", "SKIP_CHECKSUMS"] -%}
{% include "parts/begin.cmd" %}
if not exist settings.cmd goto no_functions
rem --- Before anything is changed ---------------------------------------------

call .\functions.cmd begin
{% for document in documents -%}
{% if document.kind == "log-settings" -%}
call .\functions.cmd document {{ document.name }} ^
    {{ document.sha256 }}
{% endif -%}
{% endfor -%}
call .\functions.cmd sign_in {{ identify.cmd }}
rem Bot and alias are looked for in their own Region.
set EXTRA=%PROFILE%

rem --- What is there ----------------------------------------------------------
{% for premise in log_settings.looks %}
call .\functions.cmd subject {{ premise.subject }} {{ premise.title | cmd_word }} none
{% for look in premise.looks -%}
call .\functions.cmd look {{ look.aspect }} {{ look.cmd }}
{% endfor -%}
call .\functions.cmd settle
{% if premise.subject == "bot" -%}
call :bot_role
{% endif -%}
{% endfor %}
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto steps
if not exist "%WORK%\verdict.txt" goto already
if not defined DIFFERENT goto steps
if "%UPDATE%"=="yes" goto steps
echo.>&2
echo enable: the alias has other settings for these logs:>&2
type "%WORK%\verdict.txt" 1>&2
echo Nothing was changed. To replace them, use --update; disable.cmd puts them back.>&2
set "CODE=1"
goto end

:already
echo.
echo Done: the logs are switched on already, as this bundle does it.
goto end

rem --- Switching on -----------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Step"
set "CHANGED="
call .\functions.cmd step {{ log_settings.number }} {{ log_settings.title | cmd_word }} {{ log_settings.resource | cmd_word }}
call .\settings.cmd unchanged {{ log_settings.changed.cmd }}
{% for file in log_settings.saved -%}
call .\settings.cmd keep {{ file }}
{% endfor -%}
call .\settings.cmd save {{ log_settings.before }} {{ log_settings.describe.cmd }}
{% for kind in log_settings.kinds -%}
{% if kind.subject -%}
call .\settings.cmd save {{ kind.earlier }} {{ kind.current.cmd }}
{% endif -%}
{% endfor -%}
{% if log_settings.role -%}
call .\settings.cmd save {{ log_settings.earlier_role }} {{ log_settings.role.cmd }}
{% endif -%}
call .\settings.cmd save {{ log_settings.request }} {{ log_settings.enabling.cmd }}
call .\settings.cmd unchanged {{ log_settings.changed.cmd }}
call :send {{ log_settings.update.cmd }}
{% for premise in log_settings.looks -%}
{% if premise.subject != "bot" -%}
{% for look in premise.looks -%}
call :prove {{ look.cmd }}
{% endfor -%}
{% endif -%}
{% endfor -%}
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto dry_run_done
del {{ log_settings.request }}
if errorlevel 1 echo   {{ log_settings.request }} could not be removed
set "OUTCOME=created"
if defined DIFFERENT set "OUTCOME=updated"
call .\functions.cmd note %OUTCOME%
call .\functions.cmd record "result: done"
if not "%CODE%"=="0" goto end
echo   switched on
echo.
echo Done: conversations that begin from now on are logged. {{ log_settings.before }} is what the alias was; disable.cmd puts its settings back.
goto end

:dry_run_done
echo.
echo Dry run: nothing was called and nothing was changed.
goto end

{% include "parts/end.cmd" -%}
:help
echo usage: enable.cmd [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --update           replace other settings of the same kind of logs
echo   --skip-checksums   do not compare the documents with their SHA-256
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0
{% if lex_version == "v2" %}
rem Whether the bot has the role of this bundle.
:bot_role
if not "%CODE%"=="0" exit /b 0
if not "%FOUND%"=="different" exit /b 0
"%SystemRoot%\System32\find.exe" "service-linked" "%WORK%\out.txt" >nul
if errorlevel 1 goto other_role
call .\functions.cmd refuse "the role of the bot belongs to Amazon Lex, and nobody else can give it permissions. Either switch the logs on in the console, where Amazon Lex changes the role by itself, or give the bot a role of its own; README.md says how."
exit /b 0
:other_role
call .\functions.cmd refuse "the bot has another role than the one of this bundle. Give it that role, or ask for a bundle with existing-role and the role that it has; README.md says how."
exit /b 0
{% endif %}
rem Sends the alias back, with its logs switched on.
:send
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="no" call .\functions.cmd note creating
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if "%RC%"=="0" exit /b 0
call .\functions.cmd note_failure
call .\functions.cmd failed
exit /b 0

rem Looks again at what was set, several times if need be, for Amazon Lex takes a moment.
:prove
set "TRIES=0"
:prove_again
if not "%CODE%"=="0" exit /b 0
call .\functions.cmd run %*
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
if not "%CODE%"=="0" exit /b 0
if not defined OUT exit /b 0
set /a "TRIES+=1"
set "WHY=the alias does not show what was sent"
if "%TRIES%"=="5" call .\functions.cmd stop
ping -n 3 127.0.0.1 >nul
goto prove_again
