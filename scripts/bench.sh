#!/usr/bin/env bash
# All set-up, then every measure on SQLite, then those of the database again on PostgreSQL as it is installed, each with
# data of its own that goes when it is done. Arguments name measures.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/services.sh

scripts/setup.sh --dev --no-data
"$BIN/python" -c 'import sys; from bench.__main__ import refuse_unknown; refuse_unknown(sys.argv[1:])' "$@"
POSTGRES_OPTIONS=() # what it costs to keep a row is part of the measure
var=$(mktemp -d "${TMPDIR:-/tmp}/iesogi-bench-XXXXXX")
trap 'end_services; rm -rf "$var"' EXIT
trap 'exit 130' INT TERM
unset DATABASE_URL CELERY_BROKER_URL CACHE_URL EMAIL_URL STORAGE_URL TEST_DATABASE_URL TEST_REDIS_URL
export DEMO=1 DEBUG=0 HTTPS=0
ON_BOTH="intake cases campaigns tracker calls letters"
status=0

measure() { # measure FOLDER NAMES..., in a database that is made for it
    export VAR_DIR=$var/$1
    shift
    mkdir "$VAR_DIR"
    "$BIN/python" scripts/prepare.py >/dev/null
    "$BIN/python" -m bench "$@" || status=1
}

say "On SQLite"
measure sqlite "$@"

again=()
for name in ${*:-$ON_BOTH}; do
    if [[ " $ON_BOTH " == *" $name "* ]]; then again+=("$name"); fi
done
if [ ${#again[@]} -gt 0 ]; then
    ensure_services || true
    if [ -n "${TEST_DATABASE_URL:-}" ]; then
        say "" "On PostgreSQL"
        export DATABASE_URL=$TEST_DATABASE_URL
        measure postgresql "${again[@]}"
    else
        say "" "PostgreSQL could be neither found nor installed, so nothing was measured on it."
    fi
fi
exit "$status"
