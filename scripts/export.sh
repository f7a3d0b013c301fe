#!/usr/bin/env bash
# Writes closed candles as archives: a zip with a CSV file for each day or month. export.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
# Still in the caller's directory: a relative --out is relative to it.
run_java io.kline.tools.export.ExportMain "$@"
