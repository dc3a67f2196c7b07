@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Lets Amazon Lex {{ lex_version | upper }} write conversation logs in AWS account {{ account_id }}, {{ region }}. From {{ generator | safe }}.
{%- for step in apply %}
rem   {{ step.number }}. {{ step.title | comment }}
{%- endfor %}
rem
rem usage: apply.cmd [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
rem   --dry-run   compare, print the plan and the commands that would run, change nothing
rem   --update    also replace what exists and differs
rem   --yes       do not ask before the first change
rem   --verbose   also print the commands that only read
rem Exit codes: 0 done, 1 something differs, 2 refused before any change, 3 a call failed.

{% set script = "apply" -%}
{% include "parts/start.cmd" -%}
call .\functions.cmd begin apply "--dry-run --update --yes" {{ partition }} {{ account_id }} {{ region }} || goto end{% include "parts/protection.cmd" %}
echo Plan:
call :steps
if defined DIFFERING if not defined --dry-run call .\functions.cmd stop 1 ^
    "something differs. --update replaces a document; README.md says more."
call .\functions.cmd confirm "Make these %CHANGES% changes in account {{ account_id }}?" ^
    {{ digest }} || goto end
call :steps
if "%CODE%"=="0" if defined --dry-run (echo Dry run: nothing was changed.) else echo Done. receipt.txt lists what was created, for undo.

{% include "parts/end.cmd" %}
rem The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
:steps
{% if existing_role -%}
call :existing_role {{ role_name | cmd }} {{ service_principal }}{% if role_path %} {{ role_arn | cmd }}{% endif %}
{% endif -%}
{% for step in apply -%}
{% include "parts/step.cmd" -%}
{% if step.parent and step.subject != "attachment" -%}
call :part_of {{ step.parent.number }} {{ step.parent.resource | cmd }}{% if step.subject == "bucket-tagging" %} left{% endif %}
{% endif -%}
{% if step.parent and step.subject != "attachment" and step.subject != "bucket-tagging" %}call :put{% else %}call :create{% endif %} {{ step.command | cmd }}
{% for update in step.updates -%}
call :update {{ update.property }} {{ update.command | cmd(compact=true) }}
{% endfor -%}
{% if not loop.last %}
{% endif -%}
{% endfor -%}
exit /b

rem In the first pass, print the step's line of the plan. In the second, do what the plan says.
:create
if "%PHASE%"=="compare" call .\functions.cmd line "%STATE%"& exit /b
if "%STATE%"=="create" call .\functions.cmd run creating created %*& exit /b
if not "%STATE%"=="update" call .\functions.cmd record "in place: !RESOURCE!"& exit /b
for %%D in (%DIFFERENCES%) do if "%%D"=="%NUMBER%-document" goto replace
exit /b
:replace
if "%KIND%"=="policy" call :make_room
call .\functions.cmd run updating updated aws iam %REPLACING%
exit /b
rem IAM keeps five versions of a policy: of five, the oldest that is not the default goes before a new one comes.
:make_room
call .\functions.cmd get aws iam list-policy-versions --policy-arn "%POLICY%" --output text ^
    --query "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]"
call .\functions.cmd version
if "%VERSION%"=="None" exit /b
call .\functions.cmd run "deleting %VERSION%" "deleted %VERSION%" aws iam delete-policy-version ^
    --policy-arn "%POLICY%" --version-id %VERSION%
exit /b
{% if existing_role -%}
{% include "parts/existing_role.cmd" -%}
{% endif -%}
{% if tags or permissions_boundary or create_log_group or create_bucket -%}
{% include "parts/made.cmd" -%}
{% include "parts/things.cmd" -%}
{% include "parts/part_of.cmd" -%}
rem The same command creates and updates it.
:put
if not "%PHASE%"=="compare" if "%STATE%"=="update" call .\functions.cmd run updating updated %*& exit /b
goto create
rem Change the property %1 if it differs.
:update
if "%PHASE%"=="compare" exit /b
if not "%STATE%"=="update" exit /b
for %%D in (%DIFFERENCES%) do if "%%D"=="%NUMBER%-%1" call .\functions.cmd run updating updated %*
exit /b
{% endif -%}
