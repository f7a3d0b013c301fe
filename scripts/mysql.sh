#!/usr/bin/env bash
# MySQL itself in place of MariaDB, from Debian's unstable suite: mysql.sh --help
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

FOLDER="${KLINE_MYSQL_ROOT:-${KLINE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kline}/mysql-root}"
export KLINE_STACK_DIR="${KLINE_STACK_DIR:-$KLINE_ROOT/target/mysql}"
export MYSQL_PORT="${MYSQL_PORT:-13307}"

usage() {
    cat <<EOF
usage: mysql.sh start | stop | status | test [class ...] | chaos [scenario ...] | clean
  start    run MySQL on port $MYSQL_PORT, with the tables of sql/schema.sql
  stop     stop it, keep its data
  status   exit code 0 if it runs and answers
  test     run on it every integration test that needs a database, or those named
  chaos    scripts/chaos.sh with MySQL as the database; without a name: none
  clean    stop it, delete its data and the folder of its programs

The first start, test or chaos makes a folder with MySQL's programs and the libraries that they need, by debootstrap:
half a gigabyte of Debian's unstable suite, minutes. That needs root on a Debian machine. The programs run as ordinary
processes from there.

Environment:
  MYSQL_PORT        instead of 13307
  KLINE_STACK_DIR   data and log (default: target/mysql of the project)
  KLINE_MYSQL_ROOT  folder of the programs (default: mysql-root in KLINE_CACHE, which is ~/.cache/kline)

Examples:
  mysql.sh start
  mysql.sh test
  mysql.sh test KlineUpsertITCase MigrationITCase
EOF
}

# The address that apt takes Debian's packages from, which may be a mirror.
mirror() {
    local address
    address="$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Identifier: Packages' 2>/dev/null |
        sed -n 's/^Debian|Debian|//p' | head -n 1)"
    [[ -n "$address" ]] || die "apt knows no address of Debian's packages"
    printf '%s\n' "$address"
}

ensure_folder() {
    if [[ ! -x "$FOLDER/usr/sbin/mysqld" ]]; then
        [[ "$(id -u)" == 0 ]] || die "making $FOLDER needs root; its programs do not"
        [[ "$(dpkg --print-architecture 2>/dev/null)" == amd64 ]] || die "this works on Debian for amd64 only"
        if ! command -v debootstrap >/dev/null; then
            echo "installing debootstrap ..." >&2
            { apt-get update -q && apt-get install -y -q --no-install-recommends debootstrap; } >&2 ||
                die "cannot install debootstrap"
        fi
        echo "making $FOLDER ..." >&2
        rm -rf -- "$FOLDER.part"
        mkdir -p -- "$(dirname -- "$FOLDER")"
        local address
        address="$(mirror)"
        debootstrap --variant=minbase --include=mysql-server-core unstable "$FOLDER.part" "$address" >&2 ||
            die "debootstrap failed; $FOLDER.part/debootstrap/debootstrap.log says why"
        rm -rf -- "$FOLDER.part/var/cache/apt" "$FOLDER.part/var/lib/apt/lists"
        mv -- "$FOLDER.part" "$FOLDER"
    fi
    export KLINE_MYSQL_ROOT="$FOLDER"
}

# Names of the integration tests that start or share a database.
tests() {
    grep -rlE 'Servers\.newDatabase|EmbeddedMariaDb|(Test|Candle|Filled)Stores|RunningJobs' \
        "$KLINE_ROOT/src/test/java" --include='*ITCase.java' | sed 's:.*/\(.*\)\.java:\1:' |
        # What MariaDB alone is tested for.
        grep -v '^EmbeddedMariaDbITCase$' | sort
}

case "${1:-}" in
    start)
        ensure_folder
        exec "$KLINE_ROOT/scripts/stack.sh" start mysql
        ;;
    stop | status)
        export KLINE_MYSQL_ROOT="$FOLDER"
        exec "$KLINE_ROOT/scripts/stack.sh" "$1" mysql
        ;;
    test)
        ensure_folder
        shift
        [[ $# -gt 0 ]] || mapfile -t names < <(tests)
        [[ $# -eq 0 ]] || names=("$@")
        cd -- "$KLINE_ROOT"
        # IntervalTest: Maven wants a unit test beside them, and this one costs nothing.
        exec mvn -B -ntp verify -Dtest=IntervalTest "-Dit.test=$(IFS=,; echo "${names[*]}")"
        ;;
    chaos)
        ensure_folder
        shift
        # Of its own servers, on its own ports.
        unset KLINE_STACK_DIR MYSQL_PORT
        [[ $# -gt 0 ]] || set -- none
        exec "$KLINE_ROOT/scripts/chaos.sh" "$@"
        ;;
    clean)
        export KLINE_MYSQL_ROOT="$FOLDER"
        "$KLINE_ROOT/scripts/stack.sh" clean mysql
        rm -rf -- "$FOLDER" "$FOLDER.part"
        ;;
    -h | --help) usage ;;
    *)
        usage >&2
        exit 2
        ;;
esac
