#!/usr/bin/env bash
# The jobs in one JVM on the local stack, with the Flink UI: local.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
run_java io.kline.tools.local.LocalMain "$@"
