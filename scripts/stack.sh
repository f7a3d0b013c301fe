#!/usr/bin/env bash
# Kafka, Redis and MariaDB on this machine, in the background: stack.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
run_java io.kline.demo.stack.StackMain "$@"
