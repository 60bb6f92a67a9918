# The two commands of Readout, each alone on a fresh clone:
#   make run    the main job on the sample articles
#   make test   install, lint, types, tests
# Both install the locked packages into .venv first, once.

SHELL := /bin/sh
PYTHON ?= python3.13 python3.12 python3.11 python3
DATA ?= data
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-input
.DEFAULT_GOAL := help
.PHONY: help run test lint types tests bench codebook screenshot interop lock clean

help: ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

run: .venv/.ready ## the main job on the sample articles, into DATA (default: data)
	@$(BIN)/readout run --sample --data "$(DATA)"
	@$(BIN)/readout report --data "$(DATA)"

test: lint types tests ## install, lint, types, tests

lint: .venv/.ready ## style, by ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.ready ## types, by mypy
	$(BIN)/mypy

tests: .venv/.ready ## tests, by pytest on two processes
	$(BIN)/python -m pytest -n 2

bench: .venv/.ready ## speed, as ratios to a floor measured in the same run
	$(BIN)/python tests/bench_extract.py
	$(BIN)/python -m tests.bench_events
	PYTHONPATH=. $(BIN)/python tests/bench_incremental.py
	PYTHONPATH=. $(BIN)/python tests/bench_publish.py

codebook: .venv/.ready ## CODEBOOK.md anew from transforms/records.py
	$(BIN)/python -m warehouse.schemas > CODEBOOK.md

screenshot: .venv/.ready ## docs/report.png, of the sample's report (needs Chromium)
	@folder=$$(mktemp -d) && $(BIN)/readout run --sample --plain --quiet --data "$$folder" >/dev/null \
	  && $(BIN)/readout report --data "$$folder" >/dev/null \
	  && $(BIN)/python tests/browser.py "$$folder"/report docs/report.png 1280 800; \
	status=$$?; rm -rf "$$folder"; exit $$status

interop: .venv/.ready ## the sample in older DuckDBs and frictionless, in throw-away environments
	sh tests/interop.sh $(BIN)/python

lock: .venv/.ready ## resolve the newest allowed versions anew (needs uv)
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --upgrade --output-file requirements.lock

clean: ## remove the environment
	rm -rf .venv

# A new environment whenever the lock or the project file changed; built whole or not at all.
.venv/.ready: requirements.lock pyproject.toml
	@rm -rf .venv; \
	for python in $(PYTHON); do \
	  $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	    && found=$$python && break; \
	done; \
	test -n "$$found" || { echo "Readout needs Python 3.11, 3.12 or 3.13; found: $$(python3 --version 2>&1)" >&2; exit 1; }; \
	echo "Installing the locked packages into .venv, about a minute …" >&2; \
	$$found -m venv .venv >/dev/null 2>&1 \
	  || { rm -rf .venv; echo "Readout needs Python's venv module; on Debian and Ubuntu: apt install $$found-venv" >&2; exit 1; }; \
	{ $(INSTALL) --require-hashes --no-deps --requirement requirements.lock \
	  && $(INSTALL) --no-deps --no-build-isolation --editable .; } >.venv/install.log 2>&1 \
	  || { grep -qiE 'connection|timed out|resolution|unreachable|could not find a version' .venv/install.log \
	       && echo "Readout could not download its packages: is there a network? (see .venv/install.log)" >&2 \
	       || echo "Readout could not be installed: $$(grep -i error .venv/install.log | tail -n 1) (see .venv/install.log)" >&2; \
	       exit 1; }
	@touch $@
