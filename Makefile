# Every target sets up its own environment in .venv; nothing has to be installed by hand.
PYTHON ?= python3
BIN := .venv/bin

# NumPy 2.0 was never built for newer ones
TOO_NEW := $(shell $(PYTHON) -c 'import sys; print("yes" * (sys.version_info >= (3, 13)))')

.PHONY: serve test oldest site fix bench lighthouse clean

serve: .venv/.ready  ## open the site on this machine, at PORT=8000 or the next free one; it reloads as you edit
	$(BIN)/mkdocs serve

test: .venv/.ready  ## everything that must hold: style, types, a strict site build, pages and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mkdocs build --strict
	$(BIN)/pytest

ifeq ($(TOO_NEW),yes)
oldest:
	@echo "Left out: the pages on NumPy 2.0, which has no build for this Python; make oldest PYTHON=python3.12 runs them"
else
oldest: .venv-oldest/.ready  ## the pages once more, on the oldest NumPy that the package supports
	.venv-oldest/bin/pytest docs -q
endif

site: .venv/.ready  ## build the three sites into site/
	$(BIN)/mkdocs build --strict

fix: .venv/.ready  ## write what the code prints into the pages; read the diff afterwards
	$(BIN)/pytest docs --fix

# The other libraries: each is a group bench-NAME in pyproject.toml. torch is not among them: it takes 5 GB.
PEERS ?= autograd dezero micrograd

bench: $(PEERS:%=.venv-bench/.%)  ## speed and memory beside other libraries; PEERS="autograd torch" names them
	.venv-bench/bin/python -m benchmarks $(ARGS)

LIGHTHOUSE := 13.5.0

lighthouse: .venv/.ready .cache/lighthouse/.ready  ## what Lighthouse says of the site on a phone; takes some minutes
	$(BIN)/python -m website.lighthouse

clean:  ## remove everything that was made here
	rm -rf .venv .venv-oldest .venv-bench .cache site

.venv/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up .venv from pyproject.toml; this takes about a minute, once."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip==26.3
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group test
	@touch $@

.venv-oldest/.ready: pyproject.toml
	@echo "Setting up .venv-oldest from pyproject.toml; this takes half a minute, once."
	$(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check pip==26.3
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --editable . --group oldest
	@touch $@

.venv-bench/.ready: pyproject.toml
	@echo "Setting up .venv-bench from pyproject.toml, once."
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check pip==26.3
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

.venv-bench/.%: .venv-bench/.ready
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --group bench-$* && touch $@ || \
	  echo "$* cannot be installed here: left out"

# Node too comes from PyPI: the distributions' own is often older than Lighthouse wants.
.cache/lighthouse/.ready: pyproject.toml Makefile
	@echo "Setting up Node and Lighthouse in .cache/lighthouse; this takes about two minutes, once."
	$(PYTHON) -m venv .cache/lighthouse
	.cache/lighthouse/bin/python -m pip install --quiet --disable-pip-version-check pip==26.3
	.cache/lighthouse/bin/python -m pip install --quiet --disable-pip-version-check --group lighthouse
	PATH="$(CURDIR)/.cache/lighthouse/bin:$$PATH" npm install --prefix .cache/lighthouse --no-save --no-fund \
	  --no-audit --ignore-scripts --loglevel=error lighthouse@$(LIGHTHOUSE)
	@touch $@
