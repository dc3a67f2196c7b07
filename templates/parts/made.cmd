rem What the receipt says last of creating a resource: LAST.
:made
for %%V in (LAST UPDATED) do set "%%V="
if exist receipt.txt for /f "usebackq delims=" %%L in ("receipt.txt") do (
    for %%W in (creating created "not created" removed) do if "%%L"=="%%~W: %~1" set "LAST=%%~W"
    if "%%L"=="updating: %~1" set "UPDATED=yes"
)
rem A call got no answer, and a later run updated what it found: that had existed before.
if "%LAST%"=="creating" if defined UPDATED set "LAST=updating"
exit /b
