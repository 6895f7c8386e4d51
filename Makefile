# Every target sets up its own environment in .venv; nothing has to be installed by hand.
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve test site fix clean

serve: .venv/.ready  ## open the site on this machine; it reloads as you edit
	$(BIN)/mkdocs serve

test: .venv/.ready  ## everything that must hold: style, types, a strict site build, pages and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mkdocs build --strict
	$(BIN)/pytest

site: .venv/.ready  ## build the three sites into site/
	$(BIN)/mkdocs build --strict

fix: .venv/.ready  ## write what the code prints into the pages; read the diff afterwards
	$(BIN)/pytest docs --fix

clean:  ## remove everything that was made here
	rm -rf .venv .cache site

.venv/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up .venv from pyproject.toml; this takes about a minute, once."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip==26.3
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group test
	@touch $@
