@echo off
rem Runs Pigeonhole from where it was unpacked. Needs a Java, 17 or newer.
setlocal
set "APP=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "PIGEONHOLE_PROGRAM=pigeonhole"
if "%~1"=="fake-llm" goto fake
rem The manifest allows native libraries only to what is started by -jar.
if defined PIGEONHOLE_CLASSPATH goto more
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %PIGEONHOLE_JAVA_OPTS% -jar "%APP%\pigeonhole.jar" %*
exit /b %ERRORLEVEL%

:more
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %PIGEONHOLE_JAVA_OPTS% -cp "%APP%\pigeonhole.jar;%PIGEONHOLE_CLASSPATH%" dev.pigeonhole.cli.Main %*
exit /b %ERRORLEVEL%

:fake
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %PIGEONHOLE_JAVA_OPTS% -cp "%APP%\fake-llm\pigeonhole-fake-llm.jar;%APP%\lib\*" dev.pigeonhole.fakellm.FakeLlmMain %2 %3 %4 %5 %6 %7 %8 %9
exit /b %ERRORLEVEL%
