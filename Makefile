# What one can ask for: make help
PYTHON ?= python3
PORT ?= 8000
VAR ?= var
export PORT VAR SCALE

BIN := .venv/bin
INSTALL := $(PYTHON) -m barnensbasta.install
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
# Settings of production with values that are nobody's.
PRODUCTION := env DJANGO_SETTINGS_MODULE=barnensbasta.settings.production \
	SECRET_KEY="$$(od -An -tx1 -N40 /dev/urandom | tr -d ' \n')" ALLOWED_HOSTS=barnensbasta.example \
	DATABASE_URL=postgres://barnensbasta_app@db/barnensbasta REDIS_URL=redis://:nobodys@redis:6379/0 \
	EMAIL_HOST=mail.example DEFAULT_FROM_EMAIL=noreply@barnensbasta.example \
	SERVICE_URL=https://barnensbasta.example/ AUDIT_ANCHORS=/anchors/audit.jsonl

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test test-all pictures mutations bench check check-database fix lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: ## install what is needed (the others do it themselves)
	@$(INSTALL) --tests

demo: ## start the demo; PORT (8000) and VAR (var) move it, Ctrl-C ends it
	@$(INSTALL) && exec $(BIN)/python -m barnensbasta.demo_run --die-with-parent

demo-reset: ## the same, with a new county
	@$(INSTALL) && exec $(BIN)/python -m barnensbasta.demo_run --die-with-parent --reset

test: ## the whole suite, in a real browser and on a real PostgreSQL and Redis
	@$(INSTALL) --tests && exec $(BIN)/python -m pytest --numprocesses 2

test-all: ## the same with what takes minutes: every mutation, and the whole crawl
	@$(INSTALL) --tests && exec $(BIN)/python -m pytest --numprocesses 2 -m ""

pictures: ## every page and every step of the story, to look at, in var/e2e/shots
	@$(INSTALL) --tests && exec env PICTURES=1 $(BIN)/python -m pytest tests/e2e/test_story.py tests/e2e/test_pages.py

mutations: ## each rule, filter and policy dropped and widened in turn: what catches it, and how many
	@$(INSTALL) --tests && rm -rf var/mutations && $(BIN)/python -m pytest --numprocesses 2 -m "" -k "not sample" \
		tests/mutations tests/access/test_mutations.py; status=$$?; $(BIN)/python -m tests.mutations.report; exit $$status

bench: ## how long pages take beside the least they could; SCALE=small for three minutes
	@$(INSTALL) && exec $(BIN)/python -m bench

check: ## lint, types, layers, templates, translations, migrations, policies, production settings
	@$(INSTALL)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(find templates -name '*.html')
	$(BIN)/lint-imports
	$(BIN)/python -m barnensbasta.translations check
	$(BIN)/mypy .
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@rm -rf var/check
	$(BIN)/python -m barnensbasta.local --careless --var var/check $(MAKE) --no-print-directory check-database

check-database: # on an empty database of its own
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py prepare
	$(BIN)/python manage.py apply_policies --check

fix: ## mend what can be mended by machine
	@$(INSTALL)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(find templates -name '*.html')

lock: ## after a change of dependencies: pin them anew (LOCK_FLAGS=--upgrade for the newest)
	$(LOCK) $(LOCK_FLAGS) pyproject.toml --output-file requirements/base.txt
	$(LOCK) $(LOCK_FLAGS) pyproject.toml --group local --group dev --group uv --output-file requirements/dev.txt
	$(LOCK) $(LOCK_FLAGS) --group uv --output-file requirements/uv.txt
	$(LOCK) $(LOCK_FLAGS) --group node --output-file requirements/node.txt
	npm install --package-lock-only --ignore-scripts
