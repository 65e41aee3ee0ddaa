# What the launcher of a checkout and the one of the zip have in common: functions for sh, which need
#   $jar      the jar of the program
#   $fake_jar the jar of the server to try language models without a key
#   $libs     the class path of what that server needs

# Sets $java, and $flags: newer Javas warn about native libraries, such as SQLite's, unless told that they are wanted.
find_java() {
  # A class path has its parts between colons.
  case $jar in
    *:*)
      echo "error: there is a colon in $jar, and Java cannot start what is there; put the folder elsewhere" >&2
      exit 1
      ;;
  esac
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  elif command -v java > /dev/null 2>&1; then
    java=$(command -v java)
  else
    echo "error: no Java found in JAVA_HOME or on the PATH; install one, version 17 or newer" >&2
    exit 1
  fi
  java_version=$(java_version)
  if [ "${java_version:-17}" -lt 17 ]; then
    echo "error: $java is Java $java_version; install version 17 or newer, or let JAVA_HOME name one" >&2
    exit 1
  fi
  flags=
  if [ "${java_version:-17}" -gt 17 ]; then
    flags=--enable-native-access=ALL-UNNAMED
  fi
}

# The file that says what version this is, which is faster than asking the program; empty if there is none.
java_release() {
  real=$(readlink -f "$java" 2> /dev/null || echo "$java")
  release=${real%/bin/java}/release
  [ "$release" = "$real/release" ] || [ ! -r "$release" ] || echo "$release"
}

# The number before the first dot; 1 for the old ones that begin with 1.8.
java_version() {
  release=$(java_release)
  if [ -n "$release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release"
  else
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p'
  fi
}

# Runs a small job, and writes down the classes that it loads.
record_run() {
  list=$1
  shift
  # shellcheck disable=SC2086
  OPENAI_API_KEY= "$java" $flags -XX:DumpLoadedClassList="$scratch/$list" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    -cp "$jar" dev.pigeonhole.cli.Main run "$scratch/in.csv" --categories "$scratch/c.yaml" \
    --output "$scratch/$list.csv" --workspace "$scratch/w" --logs "$scratch/logs" --quiet "$@"
}

# Makes the archive $1 of what runs load, loaded once and kept: starts then take a third less CPU. One run is offline, one asks the
# fake server. In a shell of its own, so that server and files go however it ends. Uses $flags. Ends with 1 if it cannot be made, and
# with 129 and more if a signal came.
record() (
  archive=$1
  scratch=$(mktemp -d) || exit 1
  server=
  trap '[ -z "$server" ] || kill "$server" || :; rm -rf "$scratch" "$archive.$$"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # Whatever asks something here would wait for an answer to a question that nobody sees.
  exec > "$scratch/log" 2>&1 < /dev/null
  printf 'text\nwhere is my card\nhow do I pay\n' > "$scratch/in.csv"
  printf 'categories:\n  - {name: card, description: about a card, examples: [my card]}\n  - {name: payment, examples: [how to pay]}\n' > "$scratch/c.yaml"
  "$java" -cp "$fake_jar:$libs" dev.pigeonhole.fakellm.FakeLlmMain > "$scratch/url" &
  server=$!
  record_run local || exit 1
  tries=0
  while [ ! -s "$scratch/url" ] && [ "$tries" -lt 10 ]; do
    sleep 1
    tries=$((tries + 1))
  done
  record_run openai --model gpt-5-nano --base-url "$(head -n 1 "$scratch/url")" || cp "$scratch/local" "$scratch/openai"
  # Newer Javas number the classes, each list its own way; a class without a number is taken by its name.
  cat "$scratch/local" "$scratch/openai" | sed -e '/^#/d' -e '/ source: /d' -e 's/ id: [0-9]*$//' | awk '!seen[$0]++' > "$scratch/all"
  # Made beside and moved, so that another start never sees half of it. The JVM makes it read-only, which mv would ask about.
  # shellcheck disable=SC2086
  "$java" $flags -Xshare:dump -XX:SharedClassListFile="$scratch/all" -XX:SharedArchiveFile="$archive.$$" -XX:+UseSerialGC -cp "$jar" \
    && mv -f "$archive.$$" "$archive" || exit 1
)

# The same; but a signal that came meanwhile ends all, which some shells do not do by themselves.
try_record() {
  record "$1" && return
  code=$?
  [ "$code" -lt 129 ] || exit "$code"
  return 1
}

# The server to try language models without a key. It is no part of the program.
fake_llm() {
  # shellcheck disable=SC2086
  exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${PIGEONHOLE_JAVA_OPTS:-} -cp "$fake_jar:$libs" \
    dev.pigeonhole.fakellm.FakeLlmMain "$@"
}

# Whether a file that may be read has more bytes than that.
is_larger() {
  [ -f "$1" ] && [ -r "$1" ] && [ "$(wc -c < "$1")" -gt "$2" ]
}

# Becomes the program. $1 is the archive, or empty if there is none; then come the arguments.
launch() {
  archive=$1
  shift

  # Only where both are there is a person asked.
  if [ -t 0 ]; then
    export PIGEONHOLE_STDIN_TTY=1
  fi
  if [ -t 2 ]; then
    export PIGEONHOLE_STDERR_TTY=1
    if [ -z "${COLUMNS:-}" ]; then
      size=$(stty size 2> /dev/null < /dev/tty || echo)
      COLUMNS=${size#* }
      export COLUMNS
    fi
  fi
  export PIGEONHOLE_PROGRAM="$0"

  # Without a locale a JVM cannot read arguments that are not ASCII.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
  esac

  # C1 and the serial collector: a run is short, or waits for a provider. A server is worth the second compiler, and so is a large
  # input, but only for what every row needs: thirty times the usual thresholds. A command that names no input but goes on with a job
  # gets the same where the database is large: it reads the input of a large job, and only the second compiler hashes quickly.
  # PIGEONHOLE_JAVA_OPTS comes last, so it wins.
  compilers=-XX:TieredStopAtLevel=1
  if [ "${1:-}" = serve ]; then
    compilers=-XX:TieredStopAtLevel=4
  fi
  continues=
  case ${1:-} in
    resume | retry-failed) continues=1 ;;
  esac
  for argument in "$@" ${continues:+.pigeonhole}; do
    if is_larger "$argument" 20000000 \
      || { [ -n "$continues" ] && is_larger "${argument#--workspace=}/pigeonhole.db" 5000000; }; then
      compilers="-XX:Tier4InvocationThreshold=150000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=400000"
      compilers="$compilers -XX:Tier4BackEdgeThreshold=1000000"
    fi
  done
  # A cascade trains dozens of classifiers: the first compiler alone takes two to three times as long.
  case " $* " in
    *" --cascade"*) compilers=-XX:TieredStopAtLevel=4 ;;
  esac
  # PIGEONHOLE_CLASSPATH names jars of other providers; behind ours, so that the archive still fits.
  # shellcheck disable=SC2086
  exec "$java" $flags ${archive:+-XX:SharedArchiveFile="$archive"} -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off \
    $compilers -XX:+UseSerialGC ${PIGEONHOLE_JAVA_OPTS:-} \
    -cp "$jar${PIGEONHOLE_CLASSPATH:+:$PIGEONHOLE_CLASSPATH}" dev.pigeonhole.cli.Main "$@"
}
