# PostgreSQL and Redis for one run of tests, on ports and in a folder of their own, ended with the script that sources
# this. Sets TEST_DATABASE_URL and TEST_REDIS_URL; both may come from outside instead, for servers that run already.
# Leaves a variable empty, and a sentence in MISSING_SERVICES, where a server can neither be found nor installed.

SERVICES_DIR=
SERVICES_PIDS=()
MISSING_SERVICES=
# Durability is worth nothing to a database that is thrown away, and costs tests half their time.
POSTGRES_OPTIONS=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)

free_port() { "$BIN/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

end_services() {
    local pid
    for pid in "${SERVICES_PIDS[@]}"; do kill -INT "$pid" 2>/dev/null || true; done
    for pid in "${SERVICES_PIDS[@]}"; do wait "$pid" 2>/dev/null || true; done
    SERVICES_PIDS=()
    if [ -n "$SERVICES_DIR" ]; then rm -rf "$SERVICES_DIR"; fi
    SERVICES_DIR=
}

services_dir() {
    [ -n "$SERVICES_DIR" ] && return 0
    SERVICES_DIR=$(mktemp -d "${TMPDIR:-/tmp}/iesogi-services-XXXXXX")
    chmod 755 "$SERVICES_DIR"
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then exec setpriv --reuid postgres --regid postgres --init-groups "$@"; else exec "$@"; fi
}

start_postgres() {
    local initdb server port data
    initdb=$(postgres_program initdb)
    server=$(postgres_program postgres)
    [ -n "$initdb" ] && [ -n "$server" ] || return 1
    if [ "$(id -u)" = 0 ] && ! id postgres >/dev/null 2>&1; then return 1; fi
    services_dir
    data=$SERVICES_DIR/postgres
    mkdir "$data"
    [ "$(id -u)" != 0 ] || chown postgres "$data"
    port=$(free_port)
    (cd / && as_postgres "$initdb" --pgdata "$data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync) \
        >"$SERVICES_DIR/initdb.log" 2>&1 || { tail -n 3 "$SERVICES_DIR/initdb.log" >&2; return 1; }
    (cd / && as_postgres setsid "$server" -D "$data" -p "$port" -k "$data" -c listen_addresses=127.0.0.1 \
        -c max_connections=60 "${POSTGRES_OPTIONS[@]}") >"$SERVICES_DIR/postgres.log" 2>&1 &
    SERVICES_PIDS+=($!)
    wait_for "$port" || { tail -n 3 "$SERVICES_DIR/postgres.log" >&2; return 1; }
    TEST_DATABASE_URL=postgres://postgres@127.0.0.1:$port/postgres
}

start_redis() {
    local port
    command -v redis-server >/dev/null || return 1
    services_dir
    port=$(free_port)
    setsid redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$SERVICES_DIR" >"$SERVICES_DIR/redis.log" 2>&1 &
    SERVICES_PIDS+=($!)
    wait_for "$port" || { tail -n 3 "$SERVICES_DIR/redis.log" >&2; return 1; }
    TEST_REDIS_URL=redis://127.0.0.1:$port
}

wait_for() {
    "$BIN/python" - "$1" <<'PY'
import socket, sys, time
for _ in range(200):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
sys.exit(1)
PY
}

ensure_services() {
    if [ -z "${TEST_DATABASE_URL:-}" ]; then
        start_postgres || { may_install && install_packages postgresql && start_postgres; } || MISSING_SERVICES="PostgreSQL"
    fi
    if [ -z "${TEST_REDIS_URL:-}" ]; then
        start_redis || { may_install && install_packages redis-server && start_redis; } || MISSING_SERVICES="${MISSING_SERVICES:+$MISSING_SERVICES and }Redis"
    fi
    [ -z "$MISSING_SERVICES" ]
}
