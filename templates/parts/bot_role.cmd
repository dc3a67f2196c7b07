rem The bot's role, with which Amazon Lex writes the logs. It is compared, never changed: TODO says what to do.
:bot_role
set "WHAT=role {{ role_name }} of bot {{ bot_id }}"
set "STATE=differs"
call .\functions.cmd get {{ log_settings.read_bot.cmd }} || exit /b 1
{% if existing_role and not role_path -%}
for /f "usebackq" %%A in ("%WORK%\out.txt") do if "%%A"=="True" set "STATE=in place"
"%FIND%" "arn:{{ partition }}:iam::{{ account_id }}:role/" "%WORK%\out.txt" >nul || set "STATE=differs"
for /f "usebackq tokens=2" %%A in ("%WORK%\out.txt") do >"%WORK%\details.txt" echo       in the account: %%A
{% else -%}
for /f "usebackq delims=" %%A in ("%WORK%\out.txt") do (
    if "%%A"=="%~1" set "STATE=in place"
    >"%WORK%\details.txt" echo       in the account: %%A
)
{% endif -%}
set "TODO=give the bot the role of this bundle, or generate a bundle with existing-role for the role it has"
"%FIND%" ":role/aws-service-role/" "%WORK%\out.txt" >nul && set "STATE=linked"
if "%STATE%"=="linked" set "TODO=only Amazon Lex can change this role. Use the console, or give the bot a custom role"
if "%STATE%"=="linked" set "STATE=differs"
if "%STATE%"=="in place" del "%WORK%\details.txt"
exit /b 0
