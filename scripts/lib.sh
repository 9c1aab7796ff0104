# Shared by the scripts in this folder; sourced with the project as current folder.

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

PYTHON_OK='import sys; sys.exit(sys.version_info < (3, 11))'
BIN=.venv/bin

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c "$PYTHON_OK" >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed and this machine has $(python3 --version 2>/dev/null || echo none); install one, or name it: make run PYTHON=/path/to/python3.12"
}

need_disk() { # need_disk MEGABYTES
    local free
    free=$(df -Pm . | awk 'NR == 2 { print $4 }')
    [ "${free:-0}" -ge "$1" ] || stop "Only ${free:-0} MB are free in this folder and $1 MB are needed; free some space and run the same command again."
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install_packages() { # quiet unless it fails
    local log
    log=$(mktemp)
    say "Installing system packages: $*"
    if as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update && apt-get install -y --no-install-recommends "$@"' sh "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 5 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

has_library() { "$1" -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "$2" 2>/dev/null; }

# A program of PostgreSQL that Debian keeps out of PATH.
postgres_program() {
    command -v "$1" 2>/dev/null || find /usr/lib/postgresql -path "*/bin/$1" 2>/dev/null | sort -V | tail -n 1
}

fingerprint() { cat "$@" | sha256sum | cut -d ' ' -f 1; }
