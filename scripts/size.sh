#!/usr/bin/env bash
# Computes what an installation needs: size.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

ensure_built
cd -- "$KLINE_ROOT"
run_java io.kline.tools.size.SizeMain "$@"
