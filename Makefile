# Everything the book needs, from a clean clone: `make site` builds it, `make test` proves it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
  $$python -c '$(SUITABLE)' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PORT ?= 8000

.PHONY: help site serve wheelhouse bundle test benchmark notebooks lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s%s\n", $$1, $$2}' Makefile

$(INSTALLED): requirements-book.txt pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c '$(SUITABLE)' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; name it with: make PYTHON=/path/to/python3 site" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { echo "Python's venv module is missing; on Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }; \
	  apt-get update -qq && apt-get install -y -qq python3-venv; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-book.txt
	@touch $@

site: $(INSTALLED) ## Execute the chapters and build the website in _build/html
	$(BIN)/jupyter-book build chapters --config _config.yml --toc "$(CURDIR)/_toc.yml" --path-output . -W --keep-going --quiet
	@echo "The site is ready: open $(CURDIR)/_build/html/index.html, or run: make serve"

serve: site ## Build the site and serve it at http://127.0.0.1:8000 (PORT=... for another port)
	@echo "Serving the site at http://127.0.0.1:$(PORT)/ (stop with Ctrl+C)"
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

wheelhouse: $(INSTALLED) ## Fetch every package of a session, to install without internet (COMPUTERS="here windows-3.13 macos-3.13 linux-3.12")
	$(BIN)/python -m book.bundle wheelhouse $(COMPUTERS)

bundle: site wheelhouse ## One zip file for a USB stick: site, notebooks, data, packages and how to use them
	$(BIN)/python -m book.bundle zip

test: site ## Build the site and run every test: code, data, notebooks, pages in a real browser
	$(BIN)/python -m tests.install_browser
	$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet --exclude chapters .
	KINDERARMOEDE_FACE=site $(BIN)/python -m pytest --nbval --nbval-cell-timeout=120 chapters
	$(BIN)/python -m pytest tests -n auto --dist loadfile --maxfail=20

benchmark: site ## Measure weight and speed beside a plain Jupyter Book page of the same map (about three minutes)
	$(BIN)/python -m tests.install_browser
	$(BIN)/python -m benchmarks

notebooks: $(INSTALLED) ## Execute the chapters and store their outputs (after a change in a chapter or in the data)
	KINDERARMOEDE_FACE=site $(BIN)/jupyter nbconvert --to notebook --inplace --execute chapters/*.ipynb chapters/opdrachten/*.ipynb chapters/uitwerkingen/*.ipynb \
	  --ExecutePreprocessor.record_timing=False --ClearMetadataPreprocessor.enabled=True --ClearMetadataPreprocessor.preserve_cell_metadata_mask=tags

RESOLVE := uv pip compile - --universal --python-version 3.11 --fork-strategy fewest --no-header
lock: ## Renew the pinned versions: requirements-book.txt and, with the same versions, requirements.txt (needs uv)
	printf -- '-e .[book,session,test]\n' | $(RESOLVE) --upgrade -o requirements-book.txt
	printf -- '-e .[session]\n' | $(RESOLVE) --constraint <(grep -v '^-e' requirements-book.txt) --no-annotate -o requirements.txt

clean: ## Remove everything that was built, the virtual environment too
	rm -rf _build $(VENV) .pytest_cache .ruff_cache *.egg-info
