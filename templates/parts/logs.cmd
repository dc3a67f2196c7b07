:read_alias
call {% if script == "check" %}:look{% else %}.\functions.cmd get{% endif %} {{ log_settings.read | cmd(compact=true) }} %* || exit /b 1
exit /b 0
rem logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: FOUND is ours, absent, other, or unknown.
rem The words: {% if lex_version == "v1" %}the role of the logs{% else %}whether the logs are on, for everything that is said{% endif %}; then where they go to.
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
