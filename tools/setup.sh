#!/bin/sh
# Makes .venv and installs the project with its pinned versions, by `setup.sh test` the tools for tests, too; does nothing
# when that is done already. The stamps, one for each of the two, hold the place of the checkout, the Python asked for, and
# the text of pyproject.toml and constraints.txt.
set -eu

tools=${1:-}
stamp=.venv/stamp${tools:+-$tools}

tell() { echo "cxassess: $*" >&2; exit 1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || tell "PYTHON=$PYTHON is not a Python 3.11 to 3.14; name another, or leave it out"
        echo "$PYTHON"
        return
    fi
    for name in python3 python3.13 python3.12 python3.14 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 && is_new_enough "$name"; then echo "$name"; return; fi
    done
}

stamp_text() { pwd; echo "${PYTHON:-}"; cat pyproject.toml constraints.txt; }

if [ -f "$stamp" ] && stamp_text | cmp -s - "$stamp" && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

python=$(find_python)
[ -n "$python" ] || tell "needs Python 3.11 to 3.14; install one (for example 'apt install python3 python3-venv' or from python.org) and run make again, or name it: make demo PYTHON=/path/to/python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    tell "this Python has no venv module; install it (Debian and Ubuntu: 'apt install python3-venv') and run make again"

echo "cxassess: installing into .venv with $("$python" --version); the first time takes a minute or two"
rm -f "$stamp"
# A good .venv of the same Python is kept, and pip only adds what is missing; any other is made anew.
base='import os, sys; print(os.path.realpath(sys.base_prefix), sys.version)'
[ "$(.venv/bin/python -c "$base" 2>/dev/null)" = "$("$python" -c "$base")" ] &&
    [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)')" = "$(pwd)/.venv" ] ||
    "$python" -m venv --clear .venv
.venv/bin/python -m pip install --constraint constraints.txt hatchling editables
.venv/bin/python -m pip install --constraint constraints.txt --no-build-isolation --editable ".${tools:+[$tools]}"
stamp_text > .venv/stamp
stamp_text > "$stamp"
