@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Compares AWS account {{ account_id }} with this bundle. Changes nothing. From {{ generator | safe }}.
rem
rem usage: check.cmd [--verbose] [--profile NAME] [--region NAME]
rem   --verbose   also print the commands
rem Exit codes: 0 the role and policies are in place, 1 they are not, 2 refused, 3 a call failed.

{% set script = "check" -%}
{% include "parts/start.cmd" -%}
for %%V in (ABSENT MISSING OFF) do set "%%V="
call .\functions.cmd begin check "" {{ partition }} {{ account_id }} {{ region }} || goto end{% include "parts/protection.cmd" %}
{% if text_logs_selective or audio_logs_selective -%}
call :keep_selective || goto end
{% endif -%}
{% if existing_role -%}
call :existing_role {{ role_name | cmd }} {{ service_principal }}{% if role_path %} {{ role_arn | cmd }}{% endif %}
{% endif -%}
{% for step in apply -%}
{% include "parts/step.cmd" -%}
{% if step.subject == "bucket-tagging" -%}
call :part_of {{ step.parent.number }} {{ step.parent.resource | cmd }} left
{% endif -%}
call :report
{% endfor -%}
{% for target in targets -%}
call .\functions.cmd name {{ target.thing | cmd }} {{ target.check.value | cmd }}
call :target {{ target.check.command | cmd(compact=true) }}
{% endfor -%}
{% if log_settings -%}
{% if lex_version == "v2" -%}
call :bot_role {{ role_arn | cmd }}
call :target_known
call :for_children && call :children
{% endif -%}
{% for kind in log_settings.kinds -%}
{% if kind.words -%}
call :settings {{ kind.name }} {{ kind.words | cmd }} ^
    {{ kind.other_words | cmd }} ^
    {{ kind.query | cmd }}
{% endif -%}
{% endfor -%}
{% endif -%}
if not "%CODE%"=="0" goto end
echo.
if defined ABSENT echo Not in place.& set "CODE=1"& goto end
echo The role and policies are in place.
if defined MISSING echo Still missing: %MISSING:~2% ^(create it before you switch logs on^).
{% if log_settings -%}
if defined OFF echo Not switched on yet: %OFF:~2% ^(enable switches them on^).
{% endif %}
{% include "parts/end.cmd" %}
:report
if "%STATE%"=="create" set "STATE=missing"
if not "%STATE%"=="in place" set "ABSENT=yes"
call .\functions.cmd line "%STATE%"
exit /b

rem Compare what the logs need, which the caller may not be permitted to see, with the value that was named.
:target
call .\functions.cmd read %* --output text || exit /b
set "STATE=missing"
if not "%RC%"=="0" goto target_refused
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%RESOURCE%" (set "STATE=in place") else if not "%%L"=="None" (
    set "STATE=differs"
    >>"%WORK%\details.txt" echo       in the account:  %%L
    >>"%WORK%\details.txt" echo       in the bundle:   %RESOURCE%
)
:target_known
if "%STATE%"=="missing" set "MISSING=%MISSING%, %WHAT%"
if "%STATE%"=="differs" set "ABSENT=yes"
call .\functions.cmd line "%STATE%"
exit /b
:target_refused
for %%E in ("(AccessDenied" "(403)") do "%SYSTEM%\find.exe" %%E "%WORK%\err.txt" >nul && set "STATE=unknown"
if "%STATE%"=="unknown" goto target_known
for %%E in ("(NoSuchBucket)" "(404)" "(ResourceNotFoundException)" "(NotFoundException)") do (
    "%SYSTEM%\find.exe" %%E "%WORK%\err.txt" >nul && goto target_known
)
call .\functions.cmd unread
exit /b
{% if existing_role -%}
{% include "parts/existing_role.cmd" -%}
{% endif -%}
{% if tags or permissions_boundary or create_log_group or create_bucket -%}
{% include "parts/things.cmd" -%}
{% endif -%}
{% if tags and create_bucket -%}
{% include "parts/made.cmd" -%}
{% include "parts/part_of.cmd" -%}
{% endif -%}
{% if log_settings %}
rem Read what the caller may not be permitted to see. False then.
:look
call .\functions.cmd read %* || exit /b 1
if "%RC%"=="0" exit /b 0
"%SYSTEM%\find.exe" "(AccessDenied" "%WORK%\err.txt" >nul || call .\functions.cmd unread
exit /b 1
{% if lex_version == "v2" -%}
:children
for %%V in ("WHAT=privacy of bot {{ bot_id }}" "STATE=differs") do set %%V
>>"%WORK%\details.txt" echo       the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it
goto target_known
{% endif -%}
rem The line of a kind of logs of the alias.
:settings
set "WHAT=%1 logs of alias {{ bot_alias_id }} of bot {{ bot_id }}"
call :logs %*
set "STATE=%FOUND%"
if "%FOUND%"=="ours" set "STATE=in place"
if "%FOUND%"=="other" set "STATE=differs"
if not "%FOUND%"=="absent" goto target_known
set "OFF=%OFF%, %1 logs"
call .\functions.cmd line missing
exit /b
{% include "parts/logs.cmd" -%}
{% if lex_version == "v2" -%}
{% include "parts/bot_role.cmd" -%}
{% endif -%}
{% endif -%}
