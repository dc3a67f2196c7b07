@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Puts back what the {{ log_settings.thing | comment }}
rem were before enable, in AWS account {{ account_id }}, Region {{ region }}. From {{ generator | safe }}.
rem The rest of the alias, and what others have changed since, stays as it is.
rem
rem usage: disable.cmd [--dry-run] [--yes] [--without-saved] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run         compare, print the plan, the request and the command that would run, change nothing
rem   --yes             do not ask before the change
rem   --without-saved   switch off what is exactly as this bundle sets it, and put nothing back
rem   --verbose         also print the commands that only read
rem Exit codes: 0 done, 1 others changed the settings, 2 refused before any change, 3 a call failed.

{% set script = "disable" -%}
{% include "parts/start.cmd" -%}
for %%V in ("TRIES=0" "MISSING=" "PIECES=") do set %%V
call .\functions.cmd begin disable "--dry-run --yes --without-saved" {{ partition }} {{ account_id }} {{ region }} || goto end
if not defined --without-saved call :saved
if not "%CODE%"=="0" goto end
echo Plan:
call .\functions.cmd name {{ log_settings.thing | cmd }} ^
    {{ log_settings.resource | cmd }}
call :read_alias --output text --query {{ log_settings.changed }} || goto end
copy /y /b "%WORK%\out.txt" "%WORK%\changed.txt" >nul
set "ALL="
{% if text_logs_selective or audio_logs_selective -%}
call :keep_selective || goto end
{% endif -%}
{% for kind in log_settings.kinds -%}
{% if kind.words -%}
call :logs {{ kind.name }} {{ kind.words | cmd }} ^
    {{ kind.other_words | cmd }} ^
    {{ kind.query | cmd }} || goto end
for %%V in ("{{ kind.name }}=%FOUND%" "ALL=%ALL% %FOUND%") do set %%V
{% endif -%}
{% endfor -%}
set "STATE=absent"
for %%F in (%ALL%) do if %%F==other set "STATE=keep"
for %%F in (%ALL%) do if %%F==ours set "STATE=remove"
if "%STATE%"=="remove" call :collect
{% if lex_version == "v2" -%}
if defined PIECES call :keep_selective
{% endif -%}
if not "%CODE%"=="0" goto end
call .\functions.cmd line "%STATE%"
if "%PLAN_1%"=="keep" if not defined --dry-run call .\functions.cmd stop 1 ^
    "others changed the settings since. What was before is in {{ log_settings.before }}."
call .\functions.cmd confirm "Make this change in account {{ account_id }}?" ^
    {{ digest }} || goto end
set "NUMBER=1"
if "%PLAN_1%"=="remove" call :send
if not "%CODE%"=="0" goto end
if defined --dry-run echo Dry run: nothing was changed.& goto end
if "%PLAN_1%"=="absent" echo Done: these logs are switched off already.& goto end
echo Done: the alias has the settings for logs that it had before.

{% include "parts/end.cmd" %}
{% include "parts/logs.cmd" -%}
{% include "parts/alias.cmd" -%}
rem What enable saved must be here and of this alias. The size of a missing file is nothing, that of an empty one 0.
:saved
for %%F in ({{ log_settings.saved | join(sep=" ") | safe }}) do if not defined MISSING if not 1%%~zF GTR 10 set "MISSING=%%F"
if defined MISSING call .\functions.cmd stop 2 ^
    "there is no %MISSING% beside this script, where enable saves what was before. --without-saved does without it."& exit /b 1
for %%I in ({{ bot_id }} {{ bot_alias_id }}) do "%SYSTEM%\find.exe" """%%I""" {{ log_settings.before }} >nul || call .\functions.cmd stop 2 ^
    "{{ log_settings.before }} is of another bot or alias."
exit /b
rem before SAVED FILE: what enable saved, among the temporary files.
:before
if defined --without-saved >"%WORK%\%2" echo null
if not defined --without-saved copy /y /b %1 "%WORK%\%2" >nul
exit /b 0
rem is_null FILE: whether nothing else is in it.
:is_null
set "NULL="
for /f "usebackq delims=" %%L in ("%WORK%\%1") do if "%%L"=="null" set "NULL=yes"
if defined NULL exit /b 0
exit /b 1
rem kind FOUND SAVED QUERY MEMBER: add what is sent for a kind: if it is this bundle's, what was before, else what it is now.
:kind
if "%1"=="ours" (call :before %2 %4) else call :fetch %3 %4 || exit /b 1
{% if lex_version == "v2" -%}
if "%1"=="ours" call :fetch %3 now || exit /b 1
if "%1"=="ours" call :turned_off %4
{% endif -%}
call :is_null %4 && exit /b 0
if defined PIECES >>"%WORK%\{{ log_settings.put_back }}" echo ,
{% if lex_version == "v2" -%}
>>"%WORK%\{{ log_settings.put_back }}" echo "%4":
{% endif -%}
>>"%WORK%\{{ log_settings.put_back }}" type "%WORK%\%4"
set "PIECES=some"
exit /b 0
{% if lex_version == "v2" -%}
rem turned_off MEMBER: what was before may log everything again.
:turned_off
call :is_on selectiveLoggingEnabled now || exit /b
call :is_on enabled %1 || exit /b
call :is_on selectiveLoggingEnabled %1 && exit /b
set "LOGS=%1"
>>"%WORK%\details.txt" echo       selective logging of %LOGS:LogSettings=% logs is turned off
exit /b
rem is_on MEMBER FILE
:is_on
for /f "usebackq tokens=1,2 delims=:, " %%A in ("%WORK%\%2") do if "%%~A"=="%1" if "%%B"=="true" exit /b 0
exit /b 1
{% endif -%}
rem sent QUERY MEMBER: whether the alias shows what was sent for a kind. Else it looks again.
:sent
call :read_alias --output json --query %1 || exit /b 1
call .\functions.cmd compare "%WORK%\%2"
if not "%STATE%"=="in place" call :try_again && goto sent
exit /b %CODE%
rem collect: the logs that come back or stay, in a file of their own.
:collect
>"%WORK%\{{ log_settings.put_back }}" echo {{ '{' | safe }}{% if lex_version == "v1" %}"logSettings": [{% endif %}
{% for kind in log_settings.kinds -%}
call :kind {% if kind.words %}%{{ kind.name }}% {{ kind.earlier }}{% else %}other none{% endif %} ^
    {{ kind.current | cmd }} {{ kind.name }}LogSettings || exit /b 1
{% endfor -%}
{% if log_settings.role -%}
call :before {{ log_settings.earlier_role }} role
call :is_null role && call :fetch {{ log_settings.role | cmd }} role
if not "%CODE%"=="0" exit /b
>>"%WORK%\{{ log_settings.put_back }}" echo ], "iamRoleArn":
>>"%WORK%\{{ log_settings.put_back }}" type "%WORK%\role"
{% endif -%}
>>"%WORK%\{{ log_settings.put_back }}" echo }
exit /b 0
rem send: make the request out of the alias, send it, and see that the alias shows it.
:send
rem The request: the alias as it is, without logs.
call :fetch {{ log_settings.disabling | cmd }} {{ log_settings.request }} || exit /b 1
call :unchanged || exit /b 1
set "FILES={{ log_settings.request }}"
if defined PIECES set "FILES={{ log_settings.request }} {{ log_settings.put_back }}"
if defined --dry-run for %%F in (%FILES%) do echo %%F would be:& type "%WORK%\%%F"
if not defined --dry-run for %%F in (%FILES%) do call :place %%F
if not defined PIECES call .\functions.cmd run removing removed {{ log_settings.update | cmd }}
if defined PIECES call .\functions.cmd run removing removed {{ log_settings.update_with | cmd }}
if not "%CODE%"=="0" exit /b
if defined --dry-run exit /b
{% for kind in log_settings.kinds -%}
call :sent {{ kind.current | cmd }} {{ kind.name }}LogSettings || exit /b 1
{% endfor -%}
del %FILES%
for %%F in ({{ log_settings.saved | join(sep=" ") | safe }}) do call :keep %%F
exit /b
