rem bot_role ARN: the bot's role, with which Amazon Lex writes the logs, is compared and never changed.
:bot_role
set "WHAT=role {{ role_name | safe }} of bot {{ bot_id }}"
set "STATE=unknown"
call {% if script == "check" %}:look{% else %}.\functions.cmd get{% endif %} {{ log_settings.read_bot | cmd(compact=true) }} || exit /b 1
set "STATE=differs"
{% if existing_role and not role_path -%}
for /f "usebackq tokens=1,2" %%A in ("%WORK%\out.txt") do (
    if "%%A"=="True" set "STATE=in place"
    >"%WORK%\details.txt" echo       in the account:  %%B
)
"%SYSTEM%\find.exe" "arn:{{ partition }}:iam::{{ account_id }}:role/" "%WORK%\out.txt" >nul || set "STATE=differs"
{% else -%}
for /f "usebackq" %%A in ("%WORK%\out.txt") do (
    if "%%A"=="%~1" set "STATE=in place"
    >"%WORK%\details.txt" echo       in the account:  %%A
)
{% endif -%}
if "%STATE%"=="in place" del "%WORK%\details.txt"& exit /b 0
for /f "delims=" %%A in ("%~1") do >>"%WORK%\details.txt" echo       in the bundle:   %%A
exit /b 0
rem Whether the bot is directed at children: Amazon Lex writes no conversation logs for it then.
:for_children
call {% if script == "check" %}:look{% else %}.\functions.cmd get{% endif %} {{ log_settings.read_privacy | cmd(compact=true) }} || exit /b 1
for /f "usebackq" %%A in ("%WORK%\out.txt") do if "%%A"=="True" exit /b 0
exit /b 1
