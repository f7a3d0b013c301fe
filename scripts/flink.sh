# Sourced by the scripts that talk to a Flink cluster. Defines use_flink, flink ARGS..., flink_when_running ARGS...,
# name_job, find_jobs, take_savepoint.

# Sets FLINK_CONF_DIR, and checks that there is a cluster to talk to.
use_flink() {
    if [[ -n "${FLINK_HOME:-}" ]]; then
        [[ -x "$FLINK_HOME/bin/flink" ]] || die "FLINK_HOME is $FLINK_HOME, but there is no bin/flink in it"
        export FLINK_CONF_DIR="${FLINK_CONF_DIR:-$FLINK_HOME/conf}"
        return
    fi
    CLUSTER_DIR="${KLINE_CLUSTER_DIR:-$KLINE_ROOT/target/cluster}"
    export FLINK_CONF_DIR="$CLUSTER_DIR/conf"
    [[ -f "$FLINK_CONF_DIR/config.yaml" ]] ||
        die "no cluster in $CLUSTER_DIR: scripts/cluster.sh start, or set FLINK_HOME to a Flink that is set up"
}

# The flink command: that of FLINK_HOME, or the same program from Maven's jars.
flink() {
    local -a ports=("-Dkline.kafka.port=${KAFKA_PORT:-19092}" "-Dkline.redis.port=${REDIS_PORT:-16379}"
        "-Dkline.mysql.port=${MYSQL_PORT:-13306}")
    if [[ -n "${FLINK_HOME:-}" ]]; then
        JVM_ARGS="${JVM_ARGS:-} ${ports[*]}" "$FLINK_HOME/bin/flink" "$@"
        return
    fi
    find_opens
    CLASSPATH="$(<"$KLINE_ROOT/target/flink.classpath")" "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
        "${OPENS[@]}" "${ports[@]}" \
        -Dlog4j2.configurationFile="$KLINE_ROOT/src/main/resources/io/kline/tools/log4j2.properties" \
        org.apache.flink.client.cli.CliFrontend "$@"
}

# The flink command for a job that may have been submitted a moment ago: while it starts there is no savepoint of it.
# A savepoint may take as long as in flink-conf/config.yaml, with a Flink of another configuration too. Sets output to
# what the command printed.
flink_when_running() {
    local deadline=$((SECONDS + 60))
    while ! output="$(flink "$1" -Dclient.timeout=5min "${@:2}" 2>&1)"; do
        [[ "$output" == *"Not all required tasks are currently running"* ]] && ((SECONDS < deadline)) || return 1
        sleep 1
    done
}

# Sets JOB_CLASS and JOB_NAME of live or history.
name_job() {
    case "$1" in
        live) JOB_CLASS=io.kline.job.LiveJob JOB_NAME="Kline live" ;;
        history) JOB_CLASS=io.kline.job.HistoryJob JOB_NAME="Kline history" ;;
        *) die "the jobs are live and history, not $1" ;;
    esac
}

# Sets JOB_IDS to the ids of the jobs of a name that run or will, the oldest first.
find_jobs() {
    local list
    # Flink's client would try for a minute. A JobManager that takes over needs some seconds.
    if ! list="$(flink list -Drest.retry.max-attempts=5 2>&1)"; then
        grep -vE '^[[:space:]]+(at|\.\.\.) ' <<<"$list" >&2
        die "the cluster of $FLINK_CONF_DIR does not answer: scripts/cluster.sh status shows whether it runs"
    fi
    mapfile -t JOB_IDS < <(sed -n "s/^[0-9. :]* : \([0-9a-f]\{32\}\) : $1 (.*/\1/p" <<<"$list")
}

# Prints the savepoint that the output of the flink command names.
savepoint_in() {
    sed -n 's/.*Path: *\(.*\)$/\1/p' <<<"$1" | tail -n 1
}

# Takes a savepoint of a running job and prints its folder.
take_savepoint() {
    local output
    flink_when_running savepoint "$1" ||
        { printf '%s\n' "$output" >&2; die "no savepoint of $1"; }
    savepoint_in "$output"
}
