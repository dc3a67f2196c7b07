@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem disable.cmd - puts back the settings that the alias {{ bot_alias_id }} of the bot {{ bot_id }} had for its conversation logs
rem before enable.cmd, in the AWS account {{ account_id }}. Made by {{ generator }}. Everything else of the alias stays as it is now.
rem
rem   disable.cmd --dry-run    print every command, change nothing
rem   disable.cmd              look, then put back
rem   disable.cmd --help       all options
rem
rem It needs cmd.exe and the AWS CLI, version 1 or 2.
rem Exit codes: 0 done; 1 others changed the settings since, nothing was changed; 2 refused before any change; 3 a call failed.

{% set script = "disable" -%}
{% set steps = log_settings.number -%}
{% set options = ["DRY_RUN", "WITHOUT_SAVED"] -%}
{% include "parts/begin.cmd" %}
if not exist settings.cmd goto no_functions
rem --- Before anything is changed ---------------------------------------------

if "%DRY_RUN%"=="yes" goto saved_seen
if "%WITHOUT_SAVED%"=="yes" goto saved_seen
{% for file in log_settings.saved -%}
if not exist {{ file }} call .\functions.cmd refuse "there is no {{ file }} beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
if not "%CODE%"=="0" goto end
{% endfor -%}
"%SystemRoot%\System32\find.exe" "{{ bot_id }}" {{ log_settings.before }} >nul
if errorlevel 1 call .\functions.cmd refuse "{{ log_settings.before }} is of another bot."
if not "%CODE%"=="0" goto end
"%SystemRoot%\System32\find.exe" "{{ bot_alias_id }}" {{ log_settings.before }} >nul
if errorlevel 1 call .\functions.cmd refuse "{{ log_settings.before }} is of another alias."
if not "%CODE%"=="0" goto end
:saved_seen

call .\functions.cmd begin
call .\functions.cmd sign_in {{ identify.cmd }}
rem The alias is looked for in its own Region.
set EXTRA=%PROFILE%

rem --- What is there ----------------------------------------------------------

set "SAME="
{% for premise in log_settings.looks -%}
{% if premise.subject != "bot" -%}
call .\functions.cmd subject {{ premise.subject }} {{ premise.title | cmd_word }} none
{% for look in premise.looks -%}
call .\functions.cmd look {{ look.aspect }} {{ look.cmd }}
{% endfor -%}
call .\functions.cmd settle
if "%FOUND%"=="same" set "SAME=yes"
{% endif -%}
{% endfor -%}
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto steps
if defined SAME goto steps
if not defined DIFFERENT goto already
echo.>&2
echo disable: others changed the settings since:>&2
type "%WORK%\verdict.txt" 1>&2
echo Nothing was changed. What was before is in {{ log_settings.before }}.>&2
set "CODE=1"
goto end

:already
echo.
echo Done: these logs are switched off already.
goto end

rem --- Switching off ----------------------------------------------------------

:steps
if "%DRY_RUN%"=="no" call .\functions.cmd begin_receipt
set "PHASE=Undo of step"
set "CHANGED="
set "PIECES="
call .\functions.cmd step {{ log_settings.number }} {{ log_settings.undo_title | cmd_word }} {{ log_settings.resource | cmd_word }}
call .\settings.cmd unchanged {{ log_settings.changed.cmd }}
call .\settings.cmd save {{ log_settings.request }} {{ log_settings.disabling.cmd }}
call :put_back_begin
{% for kind in log_settings.kinds -%}
{% if kind.subject -%}
set "SAVED="
if "%STATE_{{ kind.subject }}%"=="same" set "SAVED={{ kind.earlier }}"
{% else -%}
set "SAVED="
{% endif -%}
call :current {{ kind.current.cmd }}
call :add {{ kind.member }}
{% endfor -%}
{% if log_settings.role -%}
set "SAVED={{ log_settings.earlier_role }}"
call :current {{ log_settings.role.cmd }}
rem Without a role of before it is that of now.
call :is_null "%WORK%\current.txt"
if "%DRY_RUN%"=="no" if defined NULL copy /b "%WORK%\out.txt" "%WORK%\current.txt" >nul
{% endif -%}
call :put_back_end
call .\settings.cmd unchanged {{ log_settings.changed.cmd }}
if "%DRY_RUN%"=="yes" set "PIECES=some"
if defined PIECES call :send {{ log_settings.update_with.cmd }}
if not defined PIECES call :send {{ log_settings.update.cmd }}
if not "%CODE%"=="0" goto end
if "%DRY_RUN%"=="yes" goto dry_run_done
del {{ log_settings.request }} {{ log_settings.put_back }}
if errorlevel 1 echo   {{ log_settings.request }} {{ log_settings.put_back }} could not be removed
call .\functions.cmd note removed
call .\functions.cmd record "result: undone"
{% for file in log_settings.saved -%}
call .\settings.cmd keep {{ file }}
{% endfor -%}
if not "%CODE%"=="0" goto end
echo.
echo Done: the alias has the settings for logs again that it had before.
goto end

:dry_run_done
echo.
echo Dry run: nothing was called and nothing was changed.
goto end

{% include "parts/end.cmd" -%}
:help
echo usage: disable.cmd [--dry-run] [--without-saved] [--profile NAME] [--region NAME]
echo   --dry-run          print every command, change nothing, call nothing
echo   --without-saved    switch off what is exactly as this bundle sets it, and put nothing back
echo   --profile NAME     use this profile of the AWS CLI
echo   --region NAME      send the calls to this Region's endpoints
exit /b 0

rem Begins the settings that are put back.
:put_back_begin
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
>{{ log_settings.put_back }} echo {% if lex_version == "v1" %}{"logSettings": [{% else %}{{ '{' }}{% endif %}
exit /b 0

rem What is to be put back: what was saved, or what is there now.
:current
if not "%CODE%"=="0" exit /b 0
call .\functions.cmd run %*
if "%DRY_RUN%"=="yes" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
if not "%CODE%"=="0" exit /b 0
copy /b "%WORK%\out.txt" "%WORK%\current.txt" >nul
if not defined SAVED exit /b 0
if "%WITHOUT_SAVED%"=="yes" >"%WORK%\current.txt" echo null
if "%WITHOUT_SAVED%"=="no" copy /b "%SAVED%" "%WORK%\current.txt" >nul
exit /b 0

rem Whether a file holds nothing but null.
:is_null
set "NULL="
for %%F in (%1) do if %%~zF LSS 8 set "NULL=yes"
exit /b 0

rem Adds it to the settings that are put back{% if lex_version == "v2" %}, as the member %1{% endif %}.
:add
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
call :is_null "%WORK%\current.txt"
if defined NULL exit /b 0
if defined PIECES >>{{ log_settings.put_back }} echo ,
{% if lex_version == "v2" -%}
>>{{ log_settings.put_back }} echo "%1":
{% endif -%}
type "%WORK%\current.txt" >>{{ log_settings.put_back }}
set "PIECES=some"
exit /b 0

rem Ends them.
:put_back_end
if not "%CODE%"=="0" exit /b 0
if "%DRY_RUN%"=="yes" exit /b 0
{% if lex_version == "v1" -%}
>>{{ log_settings.put_back }} echo ], "iamRoleArn":
type "%WORK%\current.txt" >>{{ log_settings.put_back }}
{% endif -%}
>>{{ log_settings.put_back }} echo }
"%SystemRoot%\System32\find.exe" "}" {{ log_settings.put_back }} >nul 2>nul
set "RC=%errorlevel%"
set "WHY={{ log_settings.put_back }} cannot be written in this folder; make room for it"
if not "%RC%"=="0" call .\functions.cmd stop
exit /b 0

rem Sends the alias back.
:send
if not "%CODE%"=="0" exit /b 0
call .\functions.cmd run %*
if not "%CODE%"=="0" exit /b 0
if not "%RC%"=="0" call .\functions.cmd failed
exit /b 0
