#!/usr/bin/env bash
# Recomputes closed candles of a range, prints what differs, and repairs it with --apply. rebuild.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
# Still in the caller's directory: a relative --file is relative to it.
run_java io.kline.tools.rebuild.RebuildMain "$@"
