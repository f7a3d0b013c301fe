#!/usr/bin/env bash
# Replaces the running live job by this build of it, or rescales it, without a gap: upgrade.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
source "$(dirname -- "${BASH_SOURCE[0]}")/flink.sh"

usage() {
    cat <<'TEXT'
usage: scripts/upgrade.sh live [--parallelism N] [--other-settings] [--key value …]
Takes a savepoint of the running live job, starts this build of the job from it beside the old one, waits until
it has caught up, and then ends the old one. Prints the longest pause between fresh candles meanwhile. Free slots
for a second live job are needed. The keys are the settings of the new job: those that decide on candles have
to be those of the running one.

  --parallelism N   of the new job, instead of that of the old one
  --other-settings  the new job has other settings, on purpose

Examples:
  scripts/upgrade.sh live --config flink-conf/kline.properties
  scripts/upgrade.sh live --parallelism 4
TEXT
}

case "${1:-}" in
    --help | -h) usage; exit 0 ;;
    live) shift ;;
    *) usage >&2; exit 2 ;;
esac
parallelism=""
other=""
declare -a options=()
while (($# > 0)); do
    case "$1" in
        --parallelism)
            parallelism="${2:?--parallelism needs a number}"
            # Flink refuses what the state cannot be divided into, but only when it was saved.
            [[ "$parallelism" =~ ^[1-9][0-9]{0,2}$ ]] && ((parallelism <= 720)) ||
                die "--parallelism $parallelism: from 1 to 720"
            shift 2
            ;;
        --other-settings) other=yes; shift ;;
        --parallelism=*) set -- --parallelism "${1#*=}" "${@:2}" ;;
        --help | -h) usage; exit 0 ;;
        *) options+=("$1"); shift ;;
    esac
done

# It runs for two minutes beside the jobs: compiling more of it would take from them.
KLINE_JAVA_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${KLINE_JAVA_OPTS:-}"

ensure_built jar
use_flink
run_java io.kline.tools.cluster.UpgradeMain "$parallelism" "$other" ${options[@]+"${options[@]}"}
