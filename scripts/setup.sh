#!/usr/bin/env bash
# All set-up, from nothing to a portal with its data. Safe to run again: what has not changed is not done twice.
#   scripts/setup.sh          what the running portal needs
#   scripts/setup.sh --dev    that, and what tests and lint need
#   --no-data                 leave the database alone
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

DEV= DATA=1
for option in "$@"; do
    case "$option" in
        --dev) DEV=1 ;;
        --no-data) DATA= ;;
        *) stop "Unknown option $option; scripts/setup.sh knows --dev and --no-data." ;;
    esac
done

venv_works() { [ -x "$BIN/python" ] && "$BIN/python" -c "$PYTHON_OK" 2>/dev/null; }

python_to_probe() { if venv_works; then echo "$BIN/python"; else find_python; fi; }

missing_packages() {
    local python=$1
    has_library "$python" libpango-1.0.so.0 || echo libpango-1.0-0
    has_library "$python" libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library "$python" libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    command -v msgfmt >/dev/null || echo gettext
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=ar family)" ]; } || echo fontconfig fonts-dejavu-core
}

system_packages() {
    local python missing
    python=$(python_to_probe)
    missing=$(missing_packages "$python" | tr '\n' ' ')
    [ -n "${missing// /}" ] || return 0
    if [ "$(uname)" = Darwin ]; then
        stop "Some system libraries are missing. Install them with: brew install pango gettext"
    fi
    # shellcheck disable=SC2086
    if may_install && install_packages $missing; then return 0; fi
    stop "System packages are missing and cannot be installed from here. As an administrator, run: apt-get install $missing"
}

python_environment() {
    local python wanted file=requirements.txt stamp=.venv/stamp-run
    if ! venv_works; then
        python=$(find_python)
        need_disk 700
        say "Making .venv with $("$python" --version)"
        "$python" -m venv --clear .venv || stop "Python could not make the folder .venv; install the package python3-venv and run the same command again."
    fi
    if [ -n "$DEV" ]; then
        file=requirements-dev.txt stamp=.venv/stamp-dev
    fi
    wanted=$(fingerprint requirements.txt "$file")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return 0; fi
    need_disk 500
    say "Installing the Python packages of $file"
    "$BIN/python" -m pip install --quiet --disable-pip-version-check --requirement "$file" \
        || stop "The Python packages of $file could not be installed; the lines above say why. Mend that and run the same command again."
    # What development needs holds what the portal needs.
    if [ -n "$DEV" ]; then fingerprint requirements.txt requirements.txt >.venv/stamp-run; fi
    echo "$wanted" >"$stamp"
}

environment_file() {
    [ -e .env ] && return 0
    "$BIN/python" scripts/env_file.py
    say "Wrote .env with a secret key of its own"
}

need_disk 50
system_packages
python_environment
environment_file
if [ -n "$DATA" ]; then "$BIN/python" scripts/prepare.py; fi
