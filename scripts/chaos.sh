#!/usr/bin/env bash
# Faults on a real cluster under load, each ended by the checker's verdict: chaos.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built jar
run_java io.kline.tools.chaos.ChaosMain "$@"
