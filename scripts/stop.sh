#!/usr/bin/env bash
# Stops a job with a savepoint: stop.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
source "$(dirname -- "${BASH_SOURCE[0]}")/flink.sh"

usage() {
    cat <<'TEXT'
usage: scripts/stop.sh live|history [--job ID] [--cancel]
Stops the job with a savepoint and prints where it is. Nothing is lost: submit.sh --from-savepoint goes on
from there. With a standby there are two live jobs: --job says which. --cancel ends a job that cannot take a
savepoint, such as one that fails again and again; its checkpoints are kept.

Examples:
  scripts/stop.sh live
  scripts/stop.sh live --job ID --cancel
TEXT
}

case "${1:-}" in
    --help | -h) usage; exit 0 ;;
    "") usage >&2; exit 2 ;;
esac
name_job "$1"
which="$1"
shift
id=""
cancel=""
while (($# > 0)); do
    case "$1" in
        --job) id="${2:?--job needs an id}"; shift 2 ;;
        --cancel) cancel=yes; shift ;;
        --help | -h) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done

ensure_built
use_flink
find_jobs "$JOB_NAME"
((${#JOB_IDS[@]} > 0)) || die "$JOB_NAME does not run"
if [[ -z "$id" ]]; then
    ((${#JOB_IDS[@]} == 1)) || die "several run, say which with --job: ${JOB_IDS[*]}"
    id="${JOB_IDS[0]}"
fi
[[ " ${JOB_IDS[*]} " == *" $id "* ]] || die "$JOB_NAME is ${JOB_IDS[*]}, not $id"
if [[ -n "$cancel" ]]; then
    if ! output="$(flink cancel "$id" 2>&1)"; then
        printf '%s\n' "$output" >&2
        die "$JOB_NAME $id was not ended"
    fi
    echo "$JOB_NAME $id ended; its checkpoints are kept"
    exit 0
fi
if ! flink_when_running stop "$id"; then
    printf '%s\n' "$output" >&2
    die "$JOB_NAME $id was not stopped, or not in time: see in Flink's UI whether it still runs, and has a savepoint"
fi
echo "$JOB_NAME stopped; savepoint: $(savepoint_in "$output")"
