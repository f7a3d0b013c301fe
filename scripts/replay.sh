#!/usr/bin/env bash
# Feeds the trades of a file to the trades topic; --help lists the options.
# run_java keeps the caller's directory: a relative --file is relative to it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
run_java io.kline.demo.feed.ReplayMain "$@"
