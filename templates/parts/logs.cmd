:read_alias
call {% if script == "check" %}:look{% else %}.\functions.cmd get{% endif %} {{ log_settings.read | cmd(compact=true) }} %* || exit /b 1
exit /b 0
{% if lex_version == "v2" and (script != "check" or text_logs_selective or audio_logs_selective) -%}
rem keep_selective: stop if this AWS CLI neither shows nor sends selective logging, and so would switch it off.
rem A skeleton sends nothing to AWS.
:keep_selective
call .\functions.cmd read aws lexv2-models update-bot-alias --generate-cli-skeleton
"%SYSTEM%\find.exe" "selectiveLoggingEnabled" "%WORK%\out.txt" >nul || call .\functions.cmd stop 2 ^
    "this AWS CLI does not know selective logging and could switch it off: use a newer one."
exit /b %CODE%
{% endif -%}
rem logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: FOUND is ours, absent, other, or unknown.
rem The words: {% if lex_version == "v1" %}the role of the logs{% else %}whether the logs are on{% if text_logs_selective or audio_logs_selective %}, selectively if the bundle asks for that{% endif %}{% endif %}; then where they go to.
rem Amazon Lex takes the log group's ARN with :* at its end and without, so both count as the same.
:logs
set "FOUND=unknown"
call :read_alias --output text --query %4 || exit /b 1
set "FOUND=other"
for /f "usebackq tokens=1,2*" %%A in ("%WORK%\out.txt") do (
    for %%W in (None{% if lex_version == "v1" %} {{ role_arn | cmd }}{% endif %}) do if "%%A %%B %%C"=="%%~W  " set "FOUND=absent"
    if "%%A %%B %%C"=="%~2" set "FOUND=ours"
    if "%%A %%B %%C"=="%~3" set "FOUND=ours"
)
{% if lex_version == "v2" and kms_key_arn -%}
for /f "usebackq tokens=1-3*" %%A in ("%WORK%\out.txt") do if "%%A %%B %%C %%D"=="%~2" set "FOUND=ours"
{% endif -%}
if not "%FOUND%"=="other" exit /b 0
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do >>"%WORK%\details.txt" echo       in the account:  %1 logs: %%L
for /f "delims=" %%W in ("%~2") do >>"%WORK%\details.txt" echo       in the bundle:   %1 logs: %%W
exit /b 0
