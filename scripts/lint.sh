#!/usr/bin/env bash
# Style of code and templates, spelling. `scripts/lint.sh --fix` mends what it can.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

mapfile -t templates < <(find templates iesogi reports visits communications dissemination -name '*.html' -path '*templates*' | sort)
failed=0
try() { "$@" || { failed=1; say "Not passed: $(basename "$1") ${2:-}" >&2; }; }

if [ "${1:-}" = --fix ]; then
    "$BIN/ruff" check --fix .
    "$BIN/ruff" format .
    [ ${#templates[@]} = 0 ] || "$BIN/djade" --target-version 5.2 "${templates[@]}"
    [ ${#templates[@]} = 0 ] || "$BIN/djhtml" --tabwidth 2 "${templates[@]}"
    "$BIN/typos" --write-changes
    exit 0
fi

try "$BIN/ruff" check --quiet .
try "$BIN/ruff" format --quiet --check .
if [ ${#templates[@]} -gt 0 ]; then
    try "$BIN/djade" --check --target-version 5.2 "${templates[@]}"
    try "$BIN/djhtml" --check --tabwidth 2 "${templates[@]}"
fi
try "$BIN/typos"
[ "$failed" = 0 ] && say "Lint passed."
exit "$failed"
