#!/usr/bin/env bash
# Set-up, then web, worker and beat under one process manager. Ctrl-C ends them all.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

export PORT=${PORT:-8000}
case "$PORT" in *[!0-9]* | '') stop "PORT must be a number; \"$PORT\" is none. For example: make run PORT=8001" ;; esac

port_is_free() {
    "$1" - "$PORT" <<'PY'
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except (OSError, OverflowError):
        sys.exit(1)
PY
}

python=$(find_python)
port_is_free "$python" || stop "Port $PORT on 127.0.0.1 is taken or not allowed; end the program that holds it, or choose another: make run PORT=8001"

scripts/setup.sh

export PORTAL_URL=${PORTAL_URL:-http://127.0.0.1:$PORT}
"$BIN/python" scripts/banner.py

# Settings read .env themselves, and what the environment says wins; honcho would have it the other way round.
(trap '' HUP && exec "$BIN/honcho" start --env /dev/null) &
honcho=$!
# Closing the terminal must end the portal just as Ctrl-C does.
trap 'kill -TERM "$honcho" 2>/dev/null' INT TERM HUP
status=0
wait "$honcho" || status=$?
while kill -0 "$honcho" 2>/dev/null; do
    status=0
    wait "$honcho" || status=$?
done
case "$status" in
    0 | 130 | 143) say "The portal has ended; its data is kept." ;;
    *) stop "A process of the portal ended by itself (status $status), so the others were ended too; the lines above say which and why." ;;
esac
