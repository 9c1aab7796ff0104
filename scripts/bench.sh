#!/usr/bin/env bash
# All set-up, then every measure, in a folder of data of its own that goes when it is done. Arguments name measures.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

scripts/setup.sh --dev --no-data
var=$(mktemp -d "${TMPDIR:-/tmp}/iesogi-bench-XXXXXX")
trap 'rm -rf "$var"' EXIT
unset DATABASE_URL CELERY_BROKER_URL CACHE_URL EMAIL_URL STORAGE_URL
export VAR_DIR=$var DEMO=1 DEBUG=0 HTTPS=0
"$BIN/python" scripts/prepare.py >/dev/null
"$BIN/python" -m bench "$@"
