#!/usr/bin/env bash
# Submits a job to a Flink cluster: submit.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
source "$(dirname -- "${BASH_SOURCE[0]}")/flink.sh"

usage() {
    cat <<'TEXT'
usage: scripts/submit.sh live|history [--from-savepoint DIR] [--standby] [--parallelism N] [--key value …]
Submits the job and returns when Flink has it. The cluster is that of FLINK_HOME, else that of
scripts/cluster.sh. The keys are the settings of the job, such as --config FILE.

  --from-savepoint DIR  go on from a savepoint, or from a checkpoint (…/chk-N)
  --standby             a second live job beside the first one, from a savepoint of it that is taken now:
                        candles stay fresh when the TaskManagers of one of them die. If Flink places it on
                        a TaskManager of the first one, it is ended, and the exit code is 1
  --parallelism N       instead of parallelism.default of the cluster

Environment: KLINE_KAFKA_PASSWORD, KLINE_REDIS_PASSWORD, KLINE_MYSQL_PASSWORD; KAFKA_PORT, REDIS_PORT,
MYSQL_PORT where the servers of scripts/stack.sh have other ports. Without --config, and with MySQL on this machine,
the password of MySQL is by default that of the stack.

Examples:
  scripts/submit.sh live && scripts/submit.sh history
  scripts/submit.sh live --from-savepoint target/cluster/savepoints/savepoint-1a2b3c-4d5e6f
  FLINK_HOME=/opt/flink scripts/submit.sh live --config flink-conf/kline.properties
TEXT
}

case "${1:-}" in
    --help | -h) usage; exit 0 ;;
    "") usage >&2; exit 2 ;;
esac
name_job "$1"
which="$1"
shift
savepoint="" standby="" parallelism=""
declare -a options=()
while (($# > 0)); do
    case "$1" in
        --from-savepoint) savepoint="${2:?--from-savepoint needs a folder}"; shift 2 ;;
        --parallelism) parallelism="${2:?--parallelism needs a number}"; shift 2 ;;
        --standby) standby=yes; shift ;;
        --help | -h) usage; exit 0 ;;
        *) options+=("$1"); shift ;;
    esac
done
[[ -z "$standby" || "$which" == live ]] || die "only the live job can have a standby"

# Flink takes it from where the JobManager works.
[[ ! -d "$savepoint" ]] || savepoint="$(cd -- "$savepoint" && pwd)"

ensure_built jar
use_flink
local_mysql='--mysql\.url[= ]jdbc:mysql://(localhost|127\.0\.0\.1|\[::1\])[:/]'
given=" ${options[*]-} "
if [[ -z "${FLINK_HOME:-}" && "$given" != *" --config"* ]] &&
    [[ "$given" != *" --mysql.url"* || "$given" =~ $local_mysql ]]; then
    # That of the local stack's MariaDB. Another server's is never guessed.
    export KLINE_MYSQL_PASSWORD="${KLINE_MYSQL_PASSWORD:-kline}"
fi
find_jobs "$JOB_NAME"
((${#JOB_IDS[@]} < 2)) || [[ -z "$standby" ]] || die "there is a standby already: ${JOB_IDS[*]}"
running="${JOB_IDS[0]:-}"
if [[ -n "$standby" ]]; then
    [[ -n "$running" ]] || die "no live job runs that this one could stand by"
    [[ -n "$savepoint" ]] || savepoint="$(take_savepoint "$running")"
    [[ -n "$savepoint" ]] || die "no savepoint of $running that the standby could go on from"
elif [[ -n "$running" && -z "${KLINE_BESIDE:-}" ]]; then
    die "$JOB_NAME runs already as $running: scripts/stop.sh $which, or scripts/upgrade.sh $which"
fi
if [[ -z "$savepoint" && -z "${FLINK_HOME:-}" && -d "$CLUSTER_DIR" ]]; then
    # Those of a job that runs come and go meanwhile.
    newest="$({ find "$CLUSTER_DIR" -path '*points/*' -name _metadata -printf '%T@ %h\n' 2>/dev/null || true; } |
        sort -n | tail -n 1)"
    [[ -z "$newest" ]] ||
        echo "note: it begins without state. The newest checkpoint or savepoint, perhaps of the other job, is" \
            "${newest#* }: --from-savepoint DIR goes on from one" >&2
fi
if [[ -z "$savepoint" && -n "${FLINK_HOME:-}" && "$which" == live ]]; then
    echo "note: it begins without state, which is meant for the first start of all. --from-savepoint DIR goes on from" \
        "a savepoint or a checkpoint of an earlier one" >&2
fi
declare -a run=(run -d -c "$JOB_CLASS")
[[ -z "$parallelism" ]] || run+=(-p "$parallelism")
[[ -z "$savepoint" ]] || run+=(-s "$savepoint")
if ! output="$(flink "${run[@]}" "$KLINE_ROOT/target/kline-job.jar" ${options[@]+"${options[@]}"} 2>&1)"; then
    printf '%s\n' "$output" >&2
    die "$JOB_NAME was not submitted"
fi
id="$(sed -n 's/^Job has been submitted with JobID \([0-9a-f]*\).*/\1/p' <<<"$output")"
if [[ -z "$id" ]]; then
    # --help of the job, for example.
    printf '%s\n' "$output"
    exit 0
fi
echo "$JOB_NAME submitted: $id"
[[ -z "$standby" ]] || run_java io.kline.tools.cluster.StandbyMain "$running" "$id"
