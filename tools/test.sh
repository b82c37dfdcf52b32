#!/bin/sh
# Lint, types, tests and notebooks, in .venv as tools/setup.sh made it.
# --all-groups runs the groups browser, office and long too.
set -u
bin=.venv/bin
failed=0
step() { echo; echo "== $1"; shift; "$@" || failed=1; }

step "lint" $bin/ruff check --quiet .
step "format" $bin/ruff format --check --quiet .
step "types" $bin/mypy
# Two workers; the tests of one file stay together, for they share a kernel or a browser.
step "tests" $bin/python -m pytest -q -n 2 --dist loadfile --durations=10 -rs "$@"
# Every notebook runs as it is; strictly compared where outputs are kept on purpose.
step "notebooks run" $bin/python -m pytest -q -p nbval.plugin --nbval-lax --nbval-current-env \
    --nbval-cell-timeout=60 --nbval-kernel-startup-timeout=60 --durations=10 notebooks templates
step "notebook compared" $bin/python -m pytest -q -p nbval.plugin --nbval --nbval-current-env \
    --nbval-cell-timeout=60 --nbval-kernel-startup-timeout=60 tests/notebooks
exit $failed
