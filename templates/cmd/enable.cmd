@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Switches on the {{ log_settings.thing | comment }}
rem in AWS account {{ account_id }}, Region {{ region }}, and leaves the rest of the alias as it is. From {{ generator | safe }}.
rem It saves the alias beside this script first: disable puts its settings for logs back.
rem
rem usage: enable.cmd [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run   compare, print the plan, the request and the command that would run, change nothing
rem   --update    also replace other settings of the same kind of logs
rem   --yes       do not ask before the change
rem   --verbose   also print the commands that only read
rem Exit codes: 0 done, 1 the alias has other settings, 2 refused before any change, 3 a call failed.

{% set script = "enable" -%}
{% include "parts/start.cmd" -%}
for %%V in ("TRIES=0" "WAITER=") do set %%V
call .\functions.cmd begin enable "--dry-run --update --yes" {{ partition }} {{ account_id }} {{ region }} || goto end
echo Plan:
{% if lex_version == "v2" -%}
call :bot_role {{ role_arn | cmd }} || goto end
call .\functions.cmd line "%STATE%"
"%SYSTEM%\find.exe" ":role/aws-service-role/" "%WORK%\out.txt" >nul && call .\functions.cmd stop 2 ^
    "only Amazon Lex can change this role: use the console, or give the bot a custom role."
if not "%STATE%"=="in place" call .\functions.cmd stop 2 ^
    "give the bot the role of this bundle, or generate a bundle with existing-role for the role of the bot."
call :for_children && call .\functions.cmd stop 2 ^
    "the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it."
if not "%CODE%"=="0" goto end
{% endif -%}
call .\functions.cmd name {{ log_settings.thing | cmd }} ^
    {{ log_settings.resource | cmd }}
call :read_alias --output text --query {{ log_settings.changed }} || goto end
copy /y /b "%WORK%\out.txt" "%WORK%\changed.txt" >nul
{% if text_logs_selective or audio_logs_selective -%}
call :keep_selective || goto end
{% endif -%}
call :compare_logs
{% if lex_version == "v2" -%}
if not "%STATE%"=="in place" call :has_logs && call :keep_selective
{% endif -%}
if not "%CODE%"=="0" goto end
call .\functions.cmd line "%STATE%"
if defined DIFFERING if not defined --dry-run call .\functions.cmd stop 1 ^
    "the alias has other settings for these logs. --update replaces them; disable puts them back."
call .\functions.cmd confirm "Make this change in account {{ account_id }}?" ^
    {{ digest }} || goto end
set "NUMBER=1"
if "%PLAN_1%"=="create" call :send creating created
if "%PLAN_1%"=="update" call :send updating updated
if "%PLAN_1%"=="in place" call .\functions.cmd record "in place: !RESOURCE!"
if not "%CODE%"=="0" goto end
if defined --dry-run echo Dry run: nothing was changed.& goto end
if "%PLAN_1%"=="in place" echo Done: these logs are switched on already.& goto end
echo Done: new conversations are logged. {{ log_settings.before }} is the alias as it was; disable puts its settings back.

{% include "parts/end.cmd" %}
{% include "parts/logs.cmd" -%}
{% include "parts/alias.cmd" -%}
{% if lex_version == "v2" -%}
{% include "parts/bot_role.cmd" -%}
{% endif -%}
{% if lex_version == "v2" -%}
rem Whether the alias has settings for any logs.
:has_logs
call :read_alias --output text --query "conversationLogSettings.*[].enabled" || exit /b 1
for /f "usebackq" %%A in ("%WORK%\out.txt") do if not "%%A"=="None" exit /b 0
exit /b 1
{% endif -%}
rem Compare both kinds as far as this bundle switches them on. Of two states the more serious one counts.
:compare_logs
set "STATE=in place"
{% for kind in log_settings.kinds -%}
{% if kind.words -%}
call :logs {{ kind.name }} {{ kind.words | cmd }} ^
    {{ kind.other_words | cmd }} ^
    {{ kind.query | cmd }} && call :state_with
{% endif -%}
{% endfor -%}
exit /b
:state_with
if "%FOUND%-%STATE%"=="absent-in place" set "STATE=create"
if "%FOUND%"=="other" set "STATE=differs"
if "%FOUND%"=="other" if defined --update set "STATE=update"
exit /b
rem send BEFORE AFTER: save the alias, make the request out of it, send that, and see that the alias shows it.
:send
call :fetch @ {{ log_settings.before }} || exit /b 1
{% for kind in log_settings.kinds -%}
{% if kind.words -%}
call :fetch {{ kind.current | cmd }} {{ kind.earlier }} || exit /b 1
{% endif -%}
{% endfor -%}
{% if log_settings.role -%}
call :fetch {{ log_settings.role | cmd }} {{ log_settings.earlier_role }} || exit /b 1
{% endif -%}
rem The request: the alias as it is, with these logs.
call :fetch {{ log_settings.enabling | cmd }} {{ log_settings.request }} || exit /b 1
call :unchanged || exit /b 1
if defined --dry-run echo {{ log_settings.request }} would be:& type "%WORK%\{{ log_settings.request }}"
if not defined --dry-run (
    for %%F in ({{ log_settings.saved | join(sep=" ") | safe }}) do call :keep %%F && call :place %%F
    call :place {{ log_settings.request }}
)
call .\functions.cmd run %1 %2 {{ log_settings.update | cmd }} || exit /b 1
if defined --dry-run exit /b
:see
call :compare_logs
if not "%CODE%"=="0" exit /b
if not "%STATE%"=="in place" call :try_again && goto see
if "%CODE%"=="0" del {{ log_settings.request }}
exit /b
