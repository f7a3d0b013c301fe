# Sourced by every script: finds the project, a JDK and a build of it, and runs its programs.
# Defines KLINE_ROOT, ensure_built [classes|jar], run_java MainClass args...

set -euo pipefail

KLINE_ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Sets JAVA to the java command of a JDK 17 or newer.
find_java() {
    if [[ -n "${JAVA_HOME:-}" ]]; then
        JAVA="$JAVA_HOME/bin/java"
        [[ -x "$JAVA" ]] || die "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it"
    else
        JAVA="$(command -v java)" || die "no java found: install a JDK 17 or newer, or set JAVA_HOME"
    fi
    local version major
    version="$("$JAVA" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')"
    major="${version%%[.-]*}"
    [[ "$major" =~ ^[0-9]+$ && "$major" -ge 17 ]] ||
        die "JDK 17 or newer is needed, but $JAVA is version ${version:-unknown}"
}

# Whether something that the build reads is newer than the last build of this kind.
is_stale() {
    local stamp="$KLINE_ROOT/target/.built-$1" jar
    [[ -f "$stamp" && -d "$KLINE_ROOT/target/classes" && -f "$KLINE_ROOT/target/kline.classpath" ]] ||
        return 0
    [[ "$1" != jar || -f "$KLINE_ROOT/target/kline-job.jar" ]] || return 0
    [[ -z "$(find "$KLINE_ROOT/src/main" "$KLINE_ROOT/pom.xml" -newer "$stamp" -print -quit)" ]] ||
        return 0
    local -a jars
    IFS=: read -r -a jars <"$KLINE_ROOT/target/kline.classpath"
    for jar in "${jars[@]}"; do
        [[ -f "$jar" ]] || return 0
    done
    return 1
}

# Builds if needed: the classes that scripts run (default), or the job jar as well. KLINE_BUILT says that it is done.
ensure_built() {
    [[ -z "${KLINE_BUILT:-}" ]] || return 0
    local kind="${1:-classes}"
    is_stale "$kind" || return 0
    command -v mvn >/dev/null || die "no mvn found: building needs Maven 3.8 or newer"
    local java_home
    java_home="${JAVA_HOME:-$(dirname -- "$(dirname -- "$(readlink -f -- "$JAVA")")")}"
    [[ -x "$java_home/bin/javac" ]] || die "building needs a JDK, but there is no javac in $java_home/bin"
    mkdir -p "$KLINE_ROOT/target"
    (
        # One build at a time; who waited finds it done.
        if command -v flock >/dev/null; then
            flock -n 9 || { echo "waiting for another build ..." >&2; flock 9; }
        fi
        is_stale "$kind" || exit 0
        echo "building ... (the first time Maven downloads the dependencies: minutes)" >&2
        touch "$KLINE_ROOT/target/.building-$kind"
        local phase=compile
        [[ "$kind" != jar ]] || phase=package
        cd -- "$KLINE_ROOT"
        # 9>&-: nothing that Maven leaves behind shall hold the lock.
        JAVA_HOME="$java_home" mvn -q -B -ntp -Dstyle.color=never -Dmaven.test.skip=true \
            -Dspotless.check.skip=true "$phase" >&2 9>&- || die "the build failed"
        mv -f "target/.building-$kind" "target/.built-$kind"
    ) 9>"$KLINE_ROOT/target/.build.lock"
}

# Sets OPENS to what Flink and the embedded servers need opened: words, since no option has blanks inside.
find_opens() {
    read -r -a OPENS <<<"$(sed -n 's:.*<jvm\.opens>\(.*\)</jvm\.opens>.*:\1:p' "$KLINE_ROOT/pom.xml")"
}

# Becomes the Java program. KLINE_JAVA_OPTS holds more options of the JVM, separated by blanks.
run_java() {
    local main="$1"
    shift
    local -a options
    find_opens
    read -r -a options <<<"${KLINE_JAVA_OPTS:-}"
    # Where the locale is C, Java takes what is not ASCII for question marks: in arguments, names of files and output.
    [[ "$(locale charmap 2>/dev/null)" == UTF-8 ]] || export LC_ALL=C.UTF-8
    export CLASSPATH="$KLINE_ROOT/target/classes:$(<"$KLINE_ROOT/target/kline.classpath")"
    exec "$JAVA" "${OPENS[@]}" ${options[@]+"${options[@]}"} "-Dkline.root=$KLINE_ROOT" \
        "-Dkline.kafka.port=${KAFKA_PORT:-19092}" "-Dkline.redis.port=${REDIS_PORT:-16379}" \
        "-Dkline.mysql.port=${MYSQL_PORT:-13306}" \
        -Dlog4j2.configurationFile=classpath:io/kline/tools/log4j2.properties "$main" "$@"
}

find_java
