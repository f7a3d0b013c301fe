#!/usr/bin/env bash
# Measures, prints a table and writes target/bench/results.json. bench.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
# Scripts to be compared are the caller's; everything else is the project's.
args=()
for arg in "$@"; do
    if [[ "${#args[@]}" -gt 0 && "${args[-1]}" == --script && "$arg" != /* ]]; then
        arg="$PWD/$arg"
    elif [[ "$arg" == --script=* && "$arg" != --script=/* ]]; then
        arg="--script=$PWD/${arg#--script=}"
    fi
    args+=("$arg")
done
cd -- "$KLINE_ROOT"
run_java io.kline.tools.bench.BenchMain ${args[@]+"${args[@]}"}
