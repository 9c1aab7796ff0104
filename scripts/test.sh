#!/usr/bin/env bash
# All set-up, lint and checks, then every test twice: on the embedded pair (SQLite and a broker in a file) and on
# PostgreSQL with Redis. Arguments go to pytest. REQUIRE_SERVICES=1 makes missing servers a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/services.sh

scripts/setup.sh --dev --no-data
browser() { command -v chromium || command -v google-chrome || command -v chromium-browser; }
browser >/dev/null || { may_install && install_packages chromium; } || say "No Chromium here, so the tests in a browser will be skipped."

trap end_services EXIT
trap 'exit 130' INT TERM
ensure_services || true
export TEST_DATABASE_URL TEST_REDIS_URL
"$BIN/python" -c 'import sys; sys.path.insert(0, "."); from scripts.prepare import compile_messages; compile_messages()'

WORKERS=${TEST_WORKERS:-$(getconf _NPROCESSORS_ONLN)}
if [ "$WORKERS" -gt 6 ]; then WORKERS=6; fi # each takes two of the sixteen databases of Redis
report=()
failed=0

part() { # part NAME COMMAND: what fails here is told at the end, and the tests run all the same
    if "$2"; then
        report+=("$(printf '%-22s passed' "$1")")
    else
        report+=("$(printf '%-22s failed' "$1")")
        failed=1
    fi
}
part Lint scripts/lint.sh
part Checks scripts/check.sh

half() { # half NAME, with the environment that decides what it runs on
    local name=$1 log status=0
    shift
    say "" "Tests on $name"
    log=$(mktemp)
    "$BIN/pytest" --numprocesses "$WORKERS" --dist loadfile -q --durations 25 --durations-min 4 "$@" 2>&1 | tee "$log" || status=$?
    report+=("$(printf '%-22s %s' "$name" "$(grep -v '^$' "$log" | tail -n 1)")")
    rm -f "$log"
    [ "$status" = 0 ] || failed=1
}

unset DATABASE_URL CELERY_BROKER_URL CACHE_URL
half "SQLite" "$@"
if [ -z "$MISSING_SERVICES" ]; then
    export DATABASE_URL=$TEST_DATABASE_URL CELERY_BROKER_URL=$TEST_REDIS_URL/2 CACHE_URL=${TEST_REDIS_URL/redis:/rediscache:}/8
    half "PostgreSQL and Redis" "$@"
elif [ "${REQUIRE_SERVICES:-0}" = 1 ]; then
    report+=("PostgreSQL and Redis   failed: $MISSING_SERVICES could be neither found nor installed, and REQUIRE_SERVICES=1 asks for them.")
    failed=1
else
    report+=("PostgreSQL and Redis   skipped: $MISSING_SERVICES could be neither found nor installed on this machine.")
fi

say ""
printf '%s\n' "${report[@]}"
exit "$failed"
