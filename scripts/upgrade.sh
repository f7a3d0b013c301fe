#!/usr/bin/env bash
# Replaces the running live job by this build of it, without a gap: upgrade.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
source "$(dirname -- "${BASH_SOURCE[0]}")/flink.sh"

usage() {
    cat <<'TEXT'
usage: scripts/upgrade.sh live [--key value …]
Takes a savepoint of the running live job, starts this build of the job from it beside the old one, waits until
it has caught up, and then ends the old one. Prints the longest pause between fresh candles meanwhile. Free slots
for a second live job are needed. The keys are the settings of the new job.

Example:
  scripts/upgrade.sh live --config flink-conf/kline.properties
TEXT
}

case "${1:-}" in
    --help | -h) usage; exit 0 ;;
    live) shift ;;
    *) usage >&2; exit 2 ;;
esac

ensure_built jar
use_flink
run_java io.kline.tools.cluster.UpgradeMain "$@"
