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

exec "$BIN/python" scripts/serve.py
