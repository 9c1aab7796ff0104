#!/usr/bin/env bash
# Strings of code and templates into the catalogues, with files but no line numbers, so that a moved line changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python manage.py makemessages --all --add-location file --no-obsolete --no-wrap --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'
.venv/bin/python -c 'from scripts.prepare import compile_messages; compile_messages()'
