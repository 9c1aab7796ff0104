#!/usr/bin/env bash
# Missing migrations, the deployment checks under the documented production settings, and catalogues that compile.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

var=$(mktemp -d "${TMPDIR:-/tmp}/iesogi-check-XXXXXX")
if [ -z "${TEST_REDIS_URL:-}" ]; then
    . scripts/services.sh
    trap 'end_services; rm -rf "$var"' EXIT
    start_redis || true
else
    trap 'rm -rf "$var"' EXIT
fi

production() {
    local line settings=("VAR_DIR=$var" "STORAGE_URL=file://$var/files")
    while IFS= read -r line; do
        case "$line" in '#'* | '') ;; *) settings+=("$line") ;; esac
    done <scripts/production.env
    if [ -n "${TEST_REDIS_URL:-}" ]; then
        settings+=("CELERY_BROKER_URL=$TEST_REDIS_URL/14" "CACHE_URL=${TEST_REDIS_URL/redis:/rediscache:}/15")
    else
        say "No Redis here, so the broker of the production settings is not tried." >&2
        settings+=("SILENCED_CHECKS=iesogi.E010")
    fi
    env "${settings[@]}" "$@"
}

mkdir -p "$var/files"
env VAR_DIR="$var" DATABASE_URL="sqlite:///$var/check.sqlite3" "$BIN/python" manage.py makemigrations --check --dry-run
production "$BIN/python" manage.py check --deploy --fail-level WARNING
find locale -name '*.po' -print0 | xargs -0 -r -n 1 msgfmt --check -o /dev/null
say "Checks passed."
