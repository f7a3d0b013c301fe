#!/usr/bin/env bash
# Compares Redis, MySQL and, if given, the trades: are all candles right? check.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
# Still in the caller's directory: a relative --file is relative to it.
run_java io.kline.tools.check.CheckMain "$@"
