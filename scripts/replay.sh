#!/usr/bin/env bash
# Feeds the trades of a file to the trades topic; --help lists the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
ensure_built
# Still in the caller's directory: a relative --file is relative to it.
run_java io.kline.tools.replay.ReplayMain "$@"
