#!/usr/bin/env bash
# Everything on this machine: servers, both jobs, made-up trades, the chart page. Ctrl-C stops all.
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<'TEXT'
usage: scripts/demo.sh
Runs Kafka, Redis, MariaDB, both Flink jobs, a generator of trades and the server with the chart page
on this machine, with data of its own below target/demo that is removed at the end. Ctrl-C stops all.

Environment:
  KAFKA_PORT, REDIS_PORT, MYSQL_PORT  instead of 19092, 16379, 13306
  FLINK_UI_PORT                       instead of 8081
  SERVER_PORT                         instead of 8080

Examples:
  scripts/demo.sh
  SERVER_PORT=8090 scripts/demo.sh
TEXT
}

case "${1:-}" in
    "") ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac

export KLINE_STACK_DIR="$KLINE_ROOT/target/demo"
log="$KLINE_ROOT/target/demo.log"

stop() {
    trap '' INT TERM
    "$KLINE_ROOT/scripts/stack.sh" clean >>"$log" 2>&1 || echo "see $log" >&2
    echo "Stopped."
}

port="${SERVER_PORT:-8080}"
echo "Chart: http://localhost:$port/"
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    die "something listens on port $port already: choose another one with SERVER_PORT"
fi
ensure_built
: >"$log"
echo "Starting Kafka, Redis and MariaDB (the first time they are unpacked: half a minute) …"
"$KLINE_ROOT/scripts/stack.sh" clean >>"$log" 2>&1 || true
trap stop EXIT
trap 'exit 130' INT TERM
"$KLINE_ROOT/scripts/stack.sh" start || die "the servers did not start; is another stack running on these ports? (scripts/stack.sh stop)"
(run_java io.kline.tools.demo.DemoMain 2>>"$log") &
# A signal ends the first wait; the second one waits until the program has stopped by itself.
program=$!
trap 'kill -TERM "$program" 2>/dev/null || true' INT TERM
wait "$program" || true
if kill -0 "$program" 2>/dev/null; then
    wait "$program" || true
fi
