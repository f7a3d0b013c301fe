#!/usr/bin/env bash
# The server: candles over HTTP and WebSocket, and the chart page: server.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
run_java io.kline.tools.local.ServerOnStack "$@"
