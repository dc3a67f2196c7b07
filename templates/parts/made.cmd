rem What the receipt says last of creating a resource: LAST.
:made
set "LAST="
if exist receipt.txt for /f "usebackq delims=" %%L in ("receipt.txt") do (
    for %%W in (creating created "not created" removed) do if "%%L"=="%%~W: %~1" set "LAST=%%~W"
)
exit /b
