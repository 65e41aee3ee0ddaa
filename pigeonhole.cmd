@echo off
rem Runs Pigeonhole from a checkout. Builds it first, if that was not done yet; delete cli\target\built to build anew.
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%cli\target\pigeonhole-cli.jar"
set "STAMP=%HOME_DIR%cli\target\built"
set "BUILD_LOG=%HOME_DIR%cli\target\build.log"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

if exist "%STAMP%" if exist "%JAR%" goto run
echo pigeonhole: building (once) ... 1>&2
if not exist "%HOME_DIR%cli\target" mkdir "%HOME_DIR%cli\target"
pushd "%HOME_DIR%"
call mvnw.cmd -q -B -Dlauncher -Dmaven.test.skip=true -pl cli -am package > "%BUILD_LOG%" 2>&1
if errorlevel 1 (
  popd
  type "%BUILD_LOG%" 1>&2
  echo error: the build failed 1>&2
  exit /b 1
)
popd
type nul > "%STAMP%"

:run
set "PIGEONHOLE_PROGRAM=pigeonhole"
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %PIGEONHOLE_JAVA_OPTS% -cp "%JAR%;%PIGEONHOLE_CLASSPATH%" dev.pigeonhole.cli.Main %*
exit /b %ERRORLEVEL%
