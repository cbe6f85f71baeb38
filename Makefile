# Works with GNU make 3.81 and newer. Each target installs what it needs into .venv, and again only when a lock changes.

PORT = 8000
WORKERS = 2
SIZE = small
BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
COMPILE = $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --annotation-style=line \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: help demo run machines test test-sqlite test-postgresql bench check fix docs lock clean
.NOTPARALLEL:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: export DJANGO_SETTINGS_MODULE = config.settings.demo
demo: export DJANGO_RUNSERVER_HIDE_WARNING = true
demo: .venv/run.stamp ## Build a fictional trust and serve it on this machine; PORT=8000 unless given
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) build_demo
	@$(MANAGE) runserver 127.0.0.1:$(PORT) --noreload

run: export DJANGO_SETTINGS_MODULE = config.settings.demo
run: export PARITY_DEBUG = 1
run: .venv/run.stamp ## Serve the demo while working on the code: reloads on a change, shows errors in full
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

test: test-sqlite test-postgresql ## Run every test: all of them on SQLite, then again on PostgreSQL what a database can change

test-sqlite: .venv/test.stamp ## Run every test that SQLite can, the journeys through a browser included
	@$(BIN)/python -m tests.rig.browser
	PARITY_TEST_DATABASE=sqlite $(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal -m "not postgresql"

# Not again: tests/unit and tests/architecture use no database, what a browser shows does not depend on which one there is, and
# what the matrix of routes asks is asked of both in tests/integration/sight and tests/specification.
test-postgresql: .venv/test.stamp ## Run on a real PostgreSQL every test that depends on the database
	PARITY_TEST_DATABASE=postgresql $(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal \
		--ignore=tests/unit --ignore=tests/architecture --ignore=tests/web/test_every_route.py -m "not browser"

bench: .venv/test.stamp ## Measure speed against SQL by hand and the packages alone; SIZE=small, medium or national
	$(BIN)/python -m tests.bench --size $(SIZE)

machines: .venv/test.stamp ## Run many machines on this one: a primary, its replica, two web processes and four workers
	$(BIN)/python -m tests.many_machines

check: export DJANGO_SETTINGS_MODULE = config.settings.demo
check: .venv/check.stamp ## Check format, lint, types, imports, Django's own checks, migrations and generated docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) generate_docs --check

fix: .venv/check.stamp ## Put right what a tool can: format and lint
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: .venv/run.stamp ## Write the generated parts of docs/ anew
	$(MANAGE) generate_docs

lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: .venv/lock.stamp ## Work out the locks in requirements/ anew (with Python 3.11); UPGRADE=--upgrade takes newer versions
	$(COMPILE) $(UPGRADE) --extra=postgresql --output-file=requirements/run.txt pyproject.toml requirements/run.in
	for purpose in test check lock; do \
		$(COMPILE) $(UPGRADE) --output-file=requirements/$$purpose.txt requirements/$$purpose.in || exit 1; done

clean: ## Remove what these commands made, the demo's data included
	rm -rf .venv var/demo var/tests build dist *.egg-info .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@requirements/make-venv

# One after the other, so that each purpose adds to what the one before it installed.
.venv/test.stamp: .venv/run.stamp
.venv/check.stamp: .venv/test.stamp
.venv/%.stamp: requirements/%.txt .venv/bin/python
	@echo "Installing what is needed to $*."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@
