# make run   the synthetic workspace, or your own files: make run DATA=path/to/exports; then the console
#            make run SERVE=0 ends with the report, for scripts; PORT=8700 by default
# make test  everything the tests need, then all of them
PYTHON ?= python3
BIN := .venv/bin
DATA ?=
SERVE ?= 1
PORT ?= 8700
TESTS ?=
JOBS ?= 2
KEEP ?=

# tests start the program again and again: without its compiled modules each start compiles them all
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install develop run test browser pictures cover check fix lint types docs bench lock vendor clean

install: .venv/.installed
develop: .venv/.developed

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "caopan needs Python 3.11 or newer; this is $$($(PYTHON) --version)"; \
	       echo "hint: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python requirements/run.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.developed: .venv/.installed requirements/develop.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/develop.lock
	@touch $@

run: install
ifeq ($(strip $(DATA)),)
	@$(BIN)/caopan --workspace caopan-workspace/synthetic demo
	@$(BIN)/caopan --workspace caopan-workspace/synthetic run
else
	@$(BIN)/caopan --workspace caopan-workspace/own run "$(DATA)"
endif
ifneq ($(strip $(SERVE)),0)
	@$(BIN)/caopan --workspace caopan-workspace/$(if $(strip $(DATA)),own,synthetic) serve --open --port $(PORT)$(if $(strip $(DATA)),, --rehearse)
endif

test: develop browser
ifeq ($(strip $(TESTS)),)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --ignore=tests/browser
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile tests/browser
else
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(TESTS)
endif

# Chromium and a font with Chinese; where they cannot be had, their tests are skipped (in CI: fail)
browser:
	@sh tests/browser/install.sh

# every screen, theme, language and width as PNG; KEEP=--keep makes them the baseline of the tests
pictures: develop browser
	$(BIN)/python -m tests.browser.pictures $(KEEP)

cover: develop browser
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --cov --cov-report=term $(TESTS)

check: lint types test

lint: develop
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/codespell src tests docs bench README.md ARCHITECTURE.md
	$(BIN)/deptry src

types: develop
	$(BIN)/mypy

fix: develop
	$(BIN)/ruff check --fix .

docs: develop
	$(BIN)/python docs/generate.py

bench: develop
	$(BIN)/python -m bench

lock: develop
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml --group build -o requirements/run.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml --extra postgres --extra connect --extra obs --group lint --group types --group test --group build \
	  -c requirements/run.lock -o requirements/develop.lock

# the console's vendored assets; needs Node, maintainers only (vendor/README.md)
vendor:
	cd vendor && npm install && node build.mjs

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
