#!/usr/bin/env bash
# Measures, prints a table and writes target/bench/results.json. bench.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
cd -- "$KLINE_ROOT"
run_java io.kline.tools.bench.BenchMain "$@"
