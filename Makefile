# Every target sets up its own environment in .venv; nothing has to be installed by hand.
PYTHON ?= python3
BIN := .venv/bin
# what belongs to another environment, such as one that is activated, leads nowhere here; and what one process has
# compiled, hundreds need not compile again
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONOPTIMIZE PYTHONPATH VIRTUAL_ENV PIP_TARGET PIP_PREFIX
export PIP_USER := 0

# Where each of several processes has threads of its own for NumPy's products, these wait for each other, three times as
# long as the products take. It holds for both lanes; a page's programs have one thread in any case.
ONE_THREAD := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
# A test file at a time in each of three processes: two cores are busy also while a test waits for a browser.
PYTEST := $(ONE_THREAD) $(BIN)/pytest tests -n 3 --dist loadfile --no-loadscope-reorder

# NumPy 2.0 was never built for newer ones
TOO_NEW := $(shell $(PYTHON) -c 'import sys; print("yes" * (sys.version_info >= (3, 13)))' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help serve test thorough oldest pinned newest optional site pdf zip runtime editor font fix bench lighthouse lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sort -u -t: -k1,1 | sed -E 's/:.*##  */ /' | while read -r name text; \
	  do printf 'make %-11s %s\n' "$$name" "$$text"; done

serve: .venv/.ready  ## open the site on this machine, at PORT=8000 or the next free one; it reloads as you edit
	$(BIN)/mkdocs serve

# What `pytest docs` has run need not run once more for the build, and the site that is tested is built anew.
HANDED_ON := DOCCHECK_OUTCOMES="$(CURDIR)/.cache/outcomes"

test: .venv/.ready  ## what must hold: style, types, all pages, a strict site build, tests with and without a browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@rm -rf .cache/outcomes .cache/tried-site
	$(HANDED_ON) $(BIN)/pytest docs
	$(HANDED_ON) $(PYTEST)

thorough: .venv/.ready oldest optional scores  ## what takes longer: attacks, other processors, the oldest NumPy, every page in a browser
	$(HANDED_ON) $(PYTEST) --thorough -m thorough

ifeq ($(TOO_NEW),yes)
oldest:
	@echo "Left out: the oldest NumPy, 2.0, which has no build for this Python; make oldest PYTHON=python3.12 tries it"
else
oldest: .venv-oldest/.ready  ## the pages and the library once more, on the oldest NumPy that the package supports
	.venv-oldest/bin/pytest docs tests/library -q
endif

pinned: .venv-pinned/.ready  ## the same on the NumPy of the pages, in an environment without the tools of the site
	.venv-pinned/bin/pytest docs tests/library -q

newest: .venv-newest/.ready  ## the same on the newest NumPy that this Python can have
	.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade numpy
	.venv-newest/bin/pytest docs tests/library -q

# What programs and tests need that not everybody has: each is a group optional-NAME in pyproject.toml.
OPTIONAL := jax mpi statsmodels torch

optional: $(OPTIONAL:%=.venv-optional/.%)  ## programs and tests that need PyTorch, JAX or MPI, as far as these can be installed
	.venv-optional/bin/pytest docs --optional -q
	.venv-optional/bin/pytest tests/optional -q || [ $$? = 5 ]  # which says that nothing could be installed

site: .venv/.ready  ## build the three sites into site/
	$(BIN)/mkdocs build --strict

pdf: .venv/.ready  ## the same with all steps as a PDF for each language, which Chromium prints in some minutes
	PDF=1 $(BIN)/mkdocs build --strict

zip: .venv/.ready  ## the same with a zip of itself, to be unpacked and read without a server
	OFFLINE=1 $(BIN)/mkdocs build --strict

runtime: .venv/.ready  ## get once what lets readers run pages in their browser, and a font for formulas; then site and serve use it
	@$(MAKE) --no-print-directory font || echo "Without the font, formulas are set in the reader's own"
	@command -v npm >/dev/null || $(MAKE) --no-print-directory .cache/lighthouse/.ready
	@PATH="$$PATH:$(CURDIR)/.cache/lighthouse/bin" $(BIN)/python -m website.tools.runtime
	@$(MAKE) --no-print-directory editor || echo "Without the editor, code is edited in a plain field"

fix: .venv/.ready  ## write what the code prints into the pages; read the diff afterwards
	$(BIN)/pytest docs --fix

# The other libraries: each is a group bench-NAME in pyproject.toml. torch is not among them: it takes 5 GB.
PEERS ?= autograd dezero micrograd

# What keeps a library from choosing by itself which of the processor's instructions to use, as programs want that must
# calculate alike on many machines: NumPy alone would be held back, or PyTorch.
HELD := OPENBLAS_CORETYPE OPENBLAS_L2_SIZE NPY_DISABLE_CPU_FEATURES MKL_ENABLE_INSTRUCTIONS ATEN_CPU_CAPABILITY \
  ONEDNN_MAX_CPU_ISA

bench: $(PEERS:%=.venv-bench/.%)  ## speed and memory beside other libraries; PEERS="autograd torch" names them
	env $(HELD:%=-u %) .venv-bench/bin/python -m benchmarks $(ARGS)

LIGHTHOUSE := 13.5.0

lighthouse: .venv/.ready .cache/lighthouse/.ready  ## what Lighthouse says of the site on a phone; takes some minutes
	$(BIN)/python -m website.tools.lighthouse

# Where Node and Lighthouse cannot be had, everything else can still be tried.
.PHONY: scores
scores: .venv/.ready
	@if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; then \
	    echo "Left out: Lighthouse, which drives Chromium or Chrome, and there is none on PATH"; \
	  elif $(MAKE) --no-print-directory .cache/lighthouse/.ready; then \
	    $(BIN)/python -m website.tools.lighthouse || { echo "Once more: a busy moment lowers a score"; \
	    $(BIN)/python -m website.tools.lighthouse; }; \
	  else echo "Left out: Lighthouse, for Node or Lighthouse could not be installed; make lighthouse tries it again"; fi

editor: .cache/editor/editor.js  ## the editor for code in the pages, bundled from npm's CodeMirror; without it a plain field

# $(call npm,FOLDER): what the lock file there names by digest, installed where the target is; with Node from PATH, or
# with that of Lighthouse
define npm
@mkdir -p $(@D)
@cp $(1)/package.json $(1)/package-lock.json $(@D)/
@command -v npm >/dev/null || $(MAKE) --no-print-directory .cache/lighthouse/.ready
@cd $(@D) && PATH="$$PATH:$(CURDIR)/.cache/lighthouse/bin" \
  npm ci --no-fund --no-audit --ignore-scripts --loglevel=error >/dev/null
endef

.cache/editor/editor.js: $(wildcard website/editor/*)
	$(call npm,website/editor)
	@cp website/editor/editor.js $(@D)/source.js
	@cd $(@D) && PATH="$$PATH:$(CURDIR)/.cache/lighthouse/bin" \
	  node_modules/.bin/esbuild source.js --bundle --format=esm --minify --target=es2022 --log-level=warning \
	    --outfile=editor.js && echo "The editor is in $@"

font: .cache/font/maths.woff  ## the font for formulas, from npm; without it they are set in the reader's own

.cache/font/maths.woff: $(wildcard website/font/*)
	$(call npm,website/font)
	@cd $(@D)/node_modules/@fontsource/stix-two-math && cp LICENSE $(CURDIR)/$(@D)/ && \
	  cp files/stix-two-math-latin-400-normal.woff $(CURDIR)/$@ && echo "The font is in $@"

lock:  ## write constraints.txt anew: the newest versions of what pyproject.toml leaves open
	$(PYTHON) -m venv --clear .cache/lock
	@.cache/lock/bin/python -m pip install --quiet --disable-pip-version-check pip==26.3
	@.cache/lock/bin/python -m pip install --quiet --disable-pip-version-check --editable . --group test
	@sed -i.old '/^[^#]/d' constraints.txt && rm constraints.txt.old
	@.cache/lock/bin/python -m pip freeze --quiet --exclude-editable | grep -v '^numpy==' >> constraints.txt
	@echo "Read the diff of constraints.txt, then: make test thorough"

clean:  ## remove everything that was made here
	rm -rf .venv .venv-oldest .venv-pinned .venv-newest .venv-optional .venv-bench .cache site

# $(call environment,FOLDER,WHAT TO INSTALL): constraints.txt says in which versions everything comes
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
  { echo "Python 3.11 or newer is needed, and $(PYTHON) is not; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
@echo "Setting up $(1) from pyproject.toml; this takes about a minute, once."
@$(PYTHON) -m venv $(1)
@$(1)/bin/python -m pip install --quiet --disable-pip-version-check pip==26.3
@$(1)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt $(2)
endef

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info >= (3, 15))' || \
	  echo "For this Python, the NumPy of the pages has to be compiled; make PYTHON=python3.14 ... is quicker"
	$(call environment,.venv,--build-constraint constraints.txt --editable . --group test)
	@touch $@

.venv-oldest/.ready .venv-pinned/.ready .venv-newest/.ready .venv-optional/.ready: .venv-%/.ready: pyproject.toml constraints.txt
	$(call environment,.venv-$*,--build-constraint constraints.txt --editable . --group $*)
	@touch $@

.venv-bench/.ready: pyproject.toml constraints.txt
	$(call environment,.venv-bench,--group bench)
	@touch $@

.venv-bench/.%: .venv-bench/.ready
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --group bench-$* && touch $@ || \
	  echo "$* cannot be installed here: left out"

.venv-optional/.%: .venv-optional/.ready
	@.venv-optional/bin/python -m pip install --quiet --disable-pip-version-check --group optional-$* && touch $@ || \
	  echo "Left out: what needs $*, which cannot be installed here"

# Node too comes from PyPI: the distributions' own is often older than Lighthouse wants.
.cache/lighthouse/.ready: pyproject.toml constraints.txt Makefile
	$(call environment,.cache/lighthouse,--group lighthouse)
	@PATH="$(CURDIR)/.cache/lighthouse/bin:$$PATH" npm install --prefix .cache/lighthouse --no-save --no-fund \
	  --no-audit --ignore-scripts --loglevel=error lighthouse@$(LIGHTHOUSE)
	@touch $@
