@echo off
rem show.cmd - prints its arguments as a command that could be typed, an option a line. functions.cmd calls it; it is a file
rem of its own because cmd.exe reads a whole file again for each turn of a loop.
set "SHOWN=   "
set WORD=%1
:next_word
set "WORD=%WORD:"=%"
if not "%WORD:~0,2%"=="--" goto add
echo %SHOWN% ^^
set "SHOWN=       "
:add
set SHOWN=%SHOWN% %1
shift /1
set WORD=%1
if defined WORD goto next_word
echo %SHOWN%
exit /b 0
