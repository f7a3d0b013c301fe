#!/usr/bin/env bash
# A Flink cluster of separate processes on this machine, in the background: cluster.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
# Ends after seconds: what the optimizing compiler does would never pay off.
KLINE_JAVA_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${KLINE_JAVA_OPTS:-}"
run_java io.kline.tools.cluster.ClusterMain "$@"
