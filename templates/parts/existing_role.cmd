
rem The role must exist and trust Amazon Lex: this bundle neither creates, changes nor deletes it.
:existing_role
if not "%PHASE%"=="compare" exit /b
set "WHAT=role %~1"
call .\functions.cmd get aws iam get-role --role-name "%~1" --query Role.Arn --output text ^
    || call .\functions.cmd stop 2 "the role %~1 does not exist, and this bundle does not create it." || exit /b
set "OTHER="
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do set "FOUND=%%L"& if not "%%L"=="%~3" set "OTHER=yes"
if "%~3"=="" set "OTHER="
if defined OTHER call .\functions.cmd stop 1 "the ARN of the role is !FOUND!, not %~3."& exit /b
call .\functions.cmd get aws iam get-role --role-name "%~1" --output text ^
    --query "[Role.AssumeRolePolicyDocument.Statement][][]|[?Effect=='Allow'].[Principal.Service][][].[@]" || exit /b
set "STATE="
for /f "usebackq delims=" %%L in ("%WORK%\out.txt") do if "%%L"=="%~2" set "STATE=in place"
if not defined STATE call .\functions.cmd stop 1 "no statement of its trust policy lets %~2 assume the role %~1."& exit /b
call .\functions.cmd line "in place"
exit /b
