# Needs python3 (3.11 or newer, with venv) and make; everything else is installed into $(VENV) from requirements.lock.

PYTHON ?= python3
VENV   ?= .venv
SAMPLE ?= anonymous-bank
PORT   ?= 8501
# Processes that share the tests, a file to each at a time; four hold about 2 GiB. JOBS=0: one after the other, here.
JOBS   ?= auto
ARGS   ?=

PY         := $(VENV)/bin/python
OUT        := out/$(SAMPLE)
NEW_ENOUGH := import sys, venv; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.PHONY: help setup run plan serve test lint format types check lock build clean distclean

help: ## Show this list
	@echo 'make TARGET [PYTHON=python3.12] [VENV=.venv] [SAMPLE=anonymous-bank] [PORT=8501] [JOBS=auto] [ARGS=...]'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '  %-10s %s\n' $$name "$$text"; done

# A working environment is used as it stands, whoever made it; a broken or too old one is made anew.
setup: ## Create the environment, install the locked packages (nothing to do when they are there)
	@if ! $(PY) -c '$(NEW_ENOUGH)' 2>/dev/null; then \
		if ! $(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null; then \
			echo "Python 3.11 or newer with the venv module is needed; '$(PYTHON)' is" \
				"$$($(PYTHON) --version 2>/dev/null || echo not there). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; \
			exit 1; \
		fi; \
		echo "Creating $(VENV) with $$($(PYTHON) --version)"; \
		$(PYTHON) -m venv --clear $(VENV); \
	fi
	@$(PY) scripts/bootstrap.py

plan: setup ## Plan the sample from history to costs, into out/
	@$(PY) -m staffing plan data/$(SAMPLE)/plan.toml --out $(OUT) $(ARGS)

run: plan ## Plan the sample, then open it in the dashboard on http://localhost:8501
	@$(PY) -m staffing serve --plan $(OUT) --port $(PORT)

serve: setup ## Open the last plan of the sample in the dashboard without planning again
	@$(PY) -m staffing serve --plan $(OUT) --port $(PORT)

# Bytecode is kept, whatever the environment says: the tests start dozens of processes that load the package.
test: setup ## Run all tests, the browser ones included (ARGS='-k erlang' for some)
	@CHROMIUM="$$($(PY) scripts/browser.py)" && export CHROMIUM && PYTHONDONTWRITEBYTECODE= $(PY) -m pytest \
		--numprocesses $(JOBS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup ## Check style and format
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

format: setup ## Put the code into the house format
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .

types: setup ## Check types
	@$(PY) -m mypy

check: lint types test ## Everything that must pass before a commit lands

lock: setup ## Bring requirements.lock up to date with pyproject.toml (ARGS=--upgrade for newer releases)
	@$(PY) scripts/lock.py $(ARGS)

build: setup ## Build the source archive and the wheel into dist/
	@$(PY) -m build --no-isolation

clean: ## Remove what the targets above made, but not the environment
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis $(OUT)

distclean: clean ## Remove the environment too
	rm -rf $(VENV)
