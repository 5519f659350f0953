# Everything a person types. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help setup environment demo test lint types format lock screenshots

PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
APPS := accounts api common config discussions moderation readings

help: ## what there is to do
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: $(BIN)/.ready ## the environment in .venv, and nothing else

# Asked for pip, not only for python: a first run that was interrupted leaves an environment without it.
$(BIN)/.ready: requirements.txt
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(MAKE) --no-print-directory environment
	@echo "Installing what Colloquy needs (a minute or two the first time)"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

environment:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and not on this machine's PATH."; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv --clear .venv 2>/dev/null || { rm -rf .venv; echo "The venv module is incomplete here; fetching virtualenv instead"; \
	  $(PYTHON) -m pip install --quiet --target .venv-maker virtualenv && PYTHONPATH=.venv-maker $(PYTHON) -m virtualenv --quiet .venv && rm -rf .venv-maker; } || \
	  { echo "No environment could be made. On Debian: apt-get install python3-venv"; exit 1; }

$(BIN)/.ready-to-test: requirements-test.txt $(BIN)/.ready
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

demo: setup ## everything, with sample texts and people; prints the address and the sign-ins
	@exec $(BIN)/python manage.py demo $(DEMO_ARGS)

test: lint types ## every check and every test, on SQLite and on PostgreSQL
	@echo "== tests on SQLite"
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)
	@echo "== tests on PostgreSQL (all but those of the importer's stages, which ask no database)"
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --database=postgresql --ignore=tests/importing $(PYTEST_ARGS) $(if $(PYTEST_ARGS),|| test $$? -eq 5)

lint: $(BIN)/.ready-to-test ## form, order of imports between apps, migrations, the deployment checks
	@echo "== ruff"
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== djade"
	@git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	@echo "== who imports whom"
	@$(BIN)/lint-imports --no-cache
	@echo "== migrations and deployment checks"
	@$(BIN)/python -m tests.house.production makemigrations --check --dry-run
	@$(BIN)/python -m tests.house.production check --deploy --fail-level WARNING

types: $(BIN)/.ready-to-test ## mypy, strict
	@echo "== mypy"
	@$(BIN)/python -m tests.house.production --run $(BIN)/mypy $(APPS) bench

format: $(BIN)/.ready-to-test ## put code and templates into the house's form
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .
	@git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2

lock: $(BIN)/.ready-to-test ## write the lock files anew from pyproject.toml
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group test --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q -c requirements.txt -o requirements-test.txt

screenshots: $(BIN)/.ready-to-test ## pictures of every page, and the README's
	@$(BIN)/python -m tests.browser.screenshots
