@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Removes from AWS account {{ account_id }} what apply created, as receipt.txt says, and nothing else. From {{ generator | safe }}.
{%- for step in undo %}
rem   {{ loop.index }}. {{ step.undo.title | comment }}
{%- endfor %}
rem
rem usage: undo.cmd [--dry-run] [--yes] [--without-receipt] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run           print the plan and the commands that would run, change nothing
rem   --yes               do not ask before the first change
rem   --without-receipt   remove what is exactly as this bundle creates it, whoever created it
rem   --verbose           also print the commands that only read
rem Exit codes: 0 done, 2 refused before any change, 3 a call failed.

{% set script = "undo" -%}
{% include "parts/start.cmd" -%}
set "USED="
call .\functions.cmd begin undo "--dry-run --yes --without-receipt" {{ partition }} {{ account_id }} {{ region }} || goto end{% include "parts/protection.cmd" %}
if not exist receipt.txt if not defined --without-receipt call .\functions.cmd stop 2 ^
    "there is no receipt.txt beside this script, so it is not known what apply created. README.md says what to do." || goto end
>"%WORK%\going.txt" echo {{ role_name | cmd }}
echo Plan:
call :steps
if defined USED call .\functions.cmd stop 2 "something else uses what would be removed, as shown above."
call .\functions.cmd confirm "Remove these %CHANGES% from account {{ account_id }}?" ^
    {{ digest }} || goto end
call :steps
if "%CODE%"=="0" if defined --dry-run (echo Dry run: nothing was changed.) else echo Done. receipt.txt lists what was removed.

{% include "parts/end.cmd" %}
rem The steps, which run twice: to compare, then to do.
:steps
set "FULL="
{% for step in undo -%}
{% include "parts/step.cmd" -%}
{% if step.undo.contents -%}
call :holds {{ step.undo.contents | cmd(compact=true) }}
{% endif -%}
call :remove {{ step.undo.command | cmd(compact=true) }}
{% for user in step.undo.users -%}
call :unused {{ user | cmd(compact=true) }}
{% endfor -%}
{% for child in step.children -%}
call :with_it {{ child | cmd }}
{% endfor -%}
{% if not loop.last %}
{% endif -%}
{% endfor -%}
exit /b

rem In the first pass, decide what happens to the step's thing. In the second, remove it.
:remove
if "%PHASE%"=="compare" goto decide
if "%STATE%"=="absent" call :made "%RESOURCE%"
if "%STATE%"=="absent" for %%W in (created creating) do if "%LAST%"=="%%W" call .\functions.cmd record "removed: !RESOURCE!"
if not "%STATE%%FULL%"=="remove" exit /b
if "%KIND%"=="policy" call :remove_versions
call .\functions.cmd run removing removed %*
exit /b
:decide
if not "%CODE%"=="0" exit /b
set "GOES="
if "%STATE%"=="create" call .\functions.cmd line absent& exit /b
if defined --without-receipt if "%STATE%"=="in place" set "GOES=yes"
call :made "%RESOURCE%"
rem A policy that apply created goes, and so does its attachment, whoever made that.
if "%KIND%"=="attachment" if not "%LAST%"=="created" call :made "%POLICY%"
if "%LAST%"=="creating" if "%STATE%"=="in place" set "GOES=yes"
if "%LAST%"=="created" if not defined ELSEWHERE set "GOES=yes"
if defined FULL set "GOES="
if "%FULL%"=="yes" >>"%WORK%\details.txt" echo       it is not empty
if not defined GOES if not "%FULL%"=="yes" (
    >>"%WORK%\details.txt" echo       the receipt does not say that apply created it as it is
)
if not defined GOES call .\functions.cmd line keep& exit /b
if not "%KIND%"=="role" >>"%WORK%\going.txt" echo %POLICY%
call .\functions.cmd line remove
exit /b
{% include "parts/made.cmd" %}
rem IAM deletes a policy only when its other versions are gone.
:remove_versions
call .\functions.cmd get aws iam list-policy-versions --policy-arn "%POLICY%" ^
    --query "Versions[?! IsDefaultVersion].[VersionId]" --output text || exit /b
call .\functions.cmd version || exit /b
copy /y "%WORK%\out.txt" "%WORK%\versions.txt" >nul || call .\functions.cmd stop 3 "there is no room for temporary files." || exit /b 1
for /f "usebackq" %%V in ("%WORK%\versions.txt") do call .\functions.cmd run "deleting %%V" "deleted %%V" ^
    aws iam delete-policy-version --policy-arn "%POLICY%" --version-id %%V
exit /b

rem After the line of what is to go: nobody else may use it. The command prints its users, a line each.
:unused
if not "%PHASE%%GOES%"=="compareyes" exit /b
call .\functions.cmd get %* --output text || exit /b
call .\functions.cmd lacking out.txt going.txt "used by:"
if exist "%WORK%\details.txt" type "%WORK%\details.txt"& del "%WORK%\details.txt"& set "USED=yes"
exit /b
{% if create_log_group or create_bucket %}
rem What holds logs stays, and so does what no receipt names. The command prints something if it holds any.
:holds
set "FULL="
if "%STATE%"=="create" exit /b
if not "%PHASE%"=="compare" if not "%STATE%"=="remove" exit /b
call :made "%RESOURCE%"
set "FULL=unknown"
for %%W in (created creating) do if "%LAST%"=="%%W" set "FULL="
call .\functions.cmd get %* --output text || exit /b
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if not "%%L"=="None" set "FULL=yes"
if not "%PHASE%"=="compare" if "%FULL%"=="yes" echo kept: %WHAT%: it is not empty& echo.
exit /b
rem It went with the thing of this step.
:with_it
if not "%PHASE%%STATE%%FULL%"=="doremove" exit /b
call .\functions.cmd record "removed: %~1"
exit /b
{% endif -%}
{% if tags or permissions_boundary or create_log_group or create_bucket -%}
{% include "parts/things.cmd" -%}
{% endif -%}
