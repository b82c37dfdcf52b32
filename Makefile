# Two commands on a fresh machine: `make demo` and `make test`. Each does all its own set-up in .venv.
# Only Python 3.11 or newer and make are needed. PYTHON=python3.12 make demo  chooses another Python.
SHELL := /bin/sh
PYTHON ?=
BIN := .venv/bin
export PYTHONUTF8 = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export JUPYTER_PREFER_ENV_PATH = 1

.PHONY: help demo test test-all check mutants setup schemas fonts constraints clean

help:
	@echo "make demo      render the example reports"
	@echo "make test      run the tests (at most five minutes)"
	@echo "make test-all  the same, with the browser and long groups"
	@echo "make check     lint and types only"
	@echo "make mutants   break the rules of the pyramid one by one, and print each break that no test sees"
	@echo "make schemas   write content/schemas/ anew from the models"
	@echo "make clean     remove .venv and what was rendered"

demo:
	@echo "cxassess demo: prepares .venv if needed, then renders the example reports into reports/"
	@PYTHON="$(PYTHON)" sh tools/setup.sh
	@$(BIN)/cxassess demo

test:
	@echo "cxassess test: prepares .venv if needed, then checks types and runs the tests"
	@PYTHON="$(PYTHON)" sh tools/setup.sh test
	@sh tools/test.sh

test-all:
	@echo "cxassess test-all: prepares .venv if needed, then runs every test, the browser ones too"
	@PYTHON="$(PYTHON)" sh tools/setup.sh test
	@sh tools/test.sh --all-groups

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Takes about half an hour; ONLY="cxassess.pyramid.whynot*" takes one module's.
mutants: setup
	@$(BIN)/python tools/mutants.py $(ONLY)

# For who works on the project: with the tools for tests, too.
setup:
	@PYTHON="$(PYTHON)" sh tools/setup.sh test

schemas: setup
	@$(BIN)/python -c "from cxassess.schemas import save_schemas; save_schemas()"

# FROM is a folder of full Noto Sans fonts, as Debian's package fonts-noto-core installs them.
fonts: setup
	@$(BIN)/python tools/fonts.py "$(FROM)"

# Newest versions that fit pyproject.toml, for Python 3.11 to 3.14; names and versions only, no addresses.
constraints: setup
	@$(BIN)/python -m pip install --quiet uv
	@printf "hatchling\neditables\n" | $(BIN)/uv pip compile --universal --upgrade --no-emit-index-url --no-annotate --no-header \
		--extra test --python-version 3.11 --output-file constraints.txt pyproject.toml - > /dev/null

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis mutants
	find reports -mindepth 1 ! -name .gitkeep -delete
